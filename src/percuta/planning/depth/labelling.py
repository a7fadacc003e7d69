"""Whose label speaks: a device by its name and numbers, and what it is not cleared for.

An edition without a catalogue of devices tells none of this, and its plans stay as they were.
"""

from collections.abc import Iterable, Iterator

from percuta.facts.depths import DepthRow, Indication
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case, Frozen, Person, StatedConcern
from percuta.planning.judgement.findings import Reason, because


class DeviceLine(Frozen):
    """What a plan says of its device, once: its name, its clearance, whose labels limit it."""

    name: str
    clearance: str
    labels: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The device in one line."""
        labels = f", limited by the label of {' and '.join(self.labels)}" if self.labels else ""
        return f"{self.name} ({self.clearance}){labels}"


def device_line(label_rows: Iterable[str], device: Device, facts: Facts) -> DeviceLine | None:
    """The line of a plan on its device; ``label_rows`` are the rows of depths that bound it."""
    if not facts.catalogue:
        return None
    keys = set(label_rows)
    labels = [row for row in facts.depths if row.key in keys]
    entry = facts.catalogue.get(device.key)
    told = because("", "devices", device) if entry is None else because("", "catalogue", entry)
    return DeviceLine(
        name=device.name,
        clearance=entry.clearance if entry else f"modelled on {device.modelled_on}",
        labels=tuple(dict.fromkeys(label_name(row, facts) for row in labels)),
        facts=told.facts,
        sources=told.sources,
    )


def label_name(row: DepthRow, facts: Facts) -> str:
    """Whose label a row is of, by the name of the device, else by the word of the table."""
    for entry in facts.catalogue.values():
        if entry.family is not None and entry.family == row.family:
            return _without_cartridge(entry.name)
    return row.family or row.device_kind


def label_words(row: DepthRow, facts: Facts, device: Device | None = None) -> str:
    """A label with its site; as the limit of ``device`` it says so where it is of another one."""
    where = "any site" if "any" in row.site else ", ".join(row.site).replace("_", " ")
    text = f"label of {label_name(row, facts)} for {where}"
    if facts.catalogue and device is not None and row.family != device.family:
        return f"{text}, as no label of {device.name} names a depth here"
    return text


def off_label(
    zone: Zone, stated: Iterable[StatedConcern], device: Device, case: Case, facts: Facts
) -> Reason:
    """Why a use is outside what the device is cleared for, naming the limit that is passed."""
    text = _outside(zone, stated, device, case.person, facts)
    text = f"{text}: off-label use is the professional's decision."
    cleared = [row for row in facts.indications if row.family == device.family]
    if cleared:
        return because(text, "indications", *cleared)
    entry = facts.catalogue.get(device.key)
    return because(text, "catalogue", entry) if entry else because(text, "devices", device)


def is_indicated(
    zone: Zone, stated: StatedConcern, device: Device, case: Case, facts: Facts
) -> bool:
    """Whether a label names this concern here, for this skin type and age."""
    rows = _naming(zone, stated, device, facts)
    return any(not list(_limits_passed(row, case.person)) for row in rows)


def _outside(
    zone: Zone, stated: Iterable[StatedConcern], device: Device, person: Person, facts: Facts
) -> str:
    if not facts.catalogue:
        concern = "this concern, site, skin type and age together"
        return f"{device.modelled_on} is not cleared for {concern}"
    entry = facts.catalogue.get(device.key)
    if entry is not None and not entry.number_list:
        return f"No clearance of {device.name} was found"
    if entry is not None and not entry.is_indication_read:
        return f"What {device.name} ({entry.clearance}) is cleared for was not read"
    limits = [
        limit
        for concern in stated
        for limit in _limits_of(_naming(zone, concern, device, facts), concern, person)
    ]
    return f"{device.modelled_on} is {'; '.join(dict.fromkeys(limits))}"


def _limits_of(rows: list[Indication], stated: StatedConcern, person: Person) -> Iterator[str]:
    """In words: not cleared at all, or cleared for others than this person."""
    concern = stated.concern.value.replace("_", " ")
    if not rows:
        yield f"not cleared for {concern} here"
    passed = [list(_limits_passed(row, person)) for row in rows]
    if passed and all(passed):
        fewest = sorted(passed, key=len)[0]
        yield f"cleared for {concern} here {' and '.join(fewest)} only"


def _limits_passed(row: Indication, person: Person) -> Iterator[str]:
    if row.phototypes is not None and person.phototype not in row.phototypes:
        yield f"in skin types {row.phototypes[0]} to {row.phototypes[-1]}"
    if row.age_min_years is not None and (person.age or 0) < row.age_min_years:
        yield f"from age {row.age_min_years}"


def _naming(zone: Zone, stated: StatedConcern, device: Device, facts: Facts) -> list[Indication]:
    sites = set(facts.zones[zone].sites)
    return [
        row
        for row in facts.indications
        if row.family == device.family
        and stated.concern in row.concern
        and not sites.isdisjoint(row.site)
    ]


def _without_cartridge(name: str) -> str:
    """One model may stand in several rows, one for each cartridge."""
    return name.partition(",")[0]
