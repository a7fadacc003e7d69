"""The bibliography behind every fact, read from an edition's ``sources.bib``."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from percuta.errors import FactError
from percuta.frozen import frozen


class SourceKind(StrEnum):
    """What sort of document says so; ``rank`` orders them when two disagree."""

    LABEL = "label"
    REGULATOR = "regulator"
    GUIDELINE = "guideline"
    DEVICE_MANUAL = "device_manual"
    LEAFLET = "leaflet"
    TRIAL_RECORD = "trial_record"
    RCT = "rct"
    CONTROLLED_TRIAL = "controlled_trial"
    SINGLE_ARM = "single_arm"
    RETROSPECTIVE = "retrospective"
    PHARMACOKINETICS = "pharmacokinetics"
    ANIMAL_STUDY = "animal_study"
    REVIEW = "review"
    TEXTBOOK = "textbook"
    CASE_REPORT = "case_report"
    SCALE = "scale"
    CLINIC_PAGE = "clinic_page"
    VENDOR_PAGE = "vendor_page"
    SECONDARY = "secondary"
    CODE = "code"
    DATASET = "dataset"
    OWN_ARITHMETIC = "own_arithmetic"
    MEMORY = "memory"
    HOLE = "hole"


@frozen
class Source:
    """One document: what it is, where it can be found, and how much of it we read.

    ``work`` is the key under which a paper counts: its own, or that of an entry for the same one.
    """

    key: str
    kind: SourceKind
    author: str
    title: str
    journal: str
    year: str
    address: str
    read: str
    work: str

    @property
    def citation(self) -> str:
        """One printable line."""
        parts = (self.author, f"{self.title} ({self.year})", self.journal, self.address)
        return ". ".join(part for part in parts if part and part != "-") + "."


_REQUIRED = ("author", "title", "year", "kind", "read")


class Bibliography(Mapping[str, Source]):
    """The sources of an edition by key; an entry is parsed once somebody asks for it.

    A plan cites a quarter of the entries, and parsing all of them took a tenth of the whole
    command. ``read_sources`` reads all of them strictly.
    """

    def __init__(self, text: str) -> None:
        self._entries = _entries(text)
        self._parsed: dict[str, Source] = {}

    def __getitem__(self, key: str) -> Source:
        if key not in self._parsed:
            self._parsed.update(_parsed(self._entries[key]))
        return self._parsed[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _entries(text: str) -> dict[str, str]:
    """The text of each entry by its key: it runs up to the line that begins the next."""
    entries: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        if line.startswith("@") and "{" in line:
            key = _key_in(line)
            entries[key] = []
        if key:
            entries[key].append(line)
    return {key: "".join(lines) for key, lines in entries.items()}


def _key_in(line: str) -> str:
    return line[line.index("{") + 1 :].rstrip().rstrip(",")


def read_sources(path: Path) -> Mapping[str, Source]:
    """Read the whole of ``sources.bib``.

    Raises
    ------
    FactError
        Naming every entry that cannot be parsed, lacks a field or occurs twice.
    """
    return _parsed(path.read_text(encoding="utf-8"))


def _parsed(text: str) -> dict[str, Source]:
    from bibtexparser.entrypoint import parse_string

    library = parse_string(text)
    faults = [
        f"sources.bib, line {block.start_line}: cannot be read" for block in library.failed_blocks
    ]
    sources: dict[str, Source] = {}
    for entry in library.entries:
        values = {key: str(field.value) for key, field in entry.fields_dict.items()}
        missing = [name for name in _REQUIRED if not values.get(name)]
        if missing:
            faults.append(f"sources.bib, {entry.key}: lacks {', '.join(missing)}")
        elif values["kind"] not in list(SourceKind):
            faults.append(f"sources.bib, {entry.key}: kind '{values['kind']}' is not known")
        else:
            sources[entry.key] = _source(entry.key, values)
    if faults:
        raise FactError(faults)
    return sources


def _source(key: str, values: Mapping[str, str]) -> Source:
    doi = values.get("doi", "")
    return Source(
        key=key,
        kind=SourceKind(values["kind"]),
        author=values["author"],
        title=values["title"],
        journal=values.get("journal", ""),
        year=values["year"],
        address=f"https://doi.org/{doi}" if doi else values.get("url", ""),
        read=values["read"],
        work=values.get("same_as", key),
    )


def source_keys(text: str) -> frozenset[str]:
    """Entry keys of a bibliography text, without parsing the entries."""
    return frozenset(_entries(text))


def citations(keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Printable bibliography for ``keys``, sorted, each once."""
    return tuple(f"[{key}] {sources[key].citation}" for key in sorted(set(keys)))
