"""What a result belongs to: study, facts, software with its libraries, seed."""

import hashlib
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import percuta
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
    code_sha256: str
    libraries: str

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
    "code_sha256": "code with the digest",
    "libraries": "libraries",
}
_SHORT = 12
_LIBRARIES = ("numpy", "scipy", "pyarrow")
"""Whose versions may move the last digit of a figure, or a byte of the file."""


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
        code_sha256=code_sha256(Path(percuta.__file__).parent),
        libraries=", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    )


@lru_cache(maxsize=2)
def code_sha256(package: Path) -> str:
    """Digest of every source file of a package: a version number does not change with each line."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(package).as_posix()} {content}\n".encode())
    return digest.hexdigest()
