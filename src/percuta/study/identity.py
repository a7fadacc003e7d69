"""What a result belongs to: study, facts, software, seed."""

from dataclasses import asdict, dataclass

from percuta import __version__
from percuta.facts.edition import Facts
from percuta.study.design import Study


@dataclass(frozen=True)
class Identity:
    """Two results belong together only where all of this is the same."""

    study: str
    study_sha256: str
    seed: int
    facts_edition: str
    facts_sha256: str
    percuta: str

    def differences(self, other: "Identity") -> tuple[str, ...]:
        """What differs, in words: what the other is, and what this is."""
        own, there = asdict(self), asdict(other)
        return tuple(
            f"{_WORDS[name]} {_short(there[name])}, not {_short(own[name])}"
            for name in own
            if own[name] != there[name]
        )


_WORDS = {
    "study": "name",
    "study_sha256": "study with the digest",
    "seed": "seed",
    "facts_edition": "facts edition",
    "facts_sha256": "facts with the digest",
    "percuta": "Percuta",
}
_SHORT = 12


def _short(value: object) -> str:
    return value[:_SHORT] if isinstance(value, str) and len(value) == 64 else str(value)


def identity_of(study: Study, facts: Facts) -> Identity:
    """Of a study under these facts and this software."""
    return Identity(
        study=study.name,
        study_sha256=study.sha256,
        seed=study.seed,
        facts_edition=facts.edition,
        facts_sha256=facts.sha256,
        percuta=__version__,
    )
