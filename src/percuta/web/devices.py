"""Every device that the edition knows: its clearance, its hardware, its label, what is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.edition import facts_in_force
from percuta.facts.devices import CatalogueEntry, Clearance, Device
from percuta.facts.edition import Facts
from percuta.web.signed_in import actor

NO_BREAK = "\N{NO-BREAK SPACE}"
_LIBRARY, _CLEARED, _UNCLEARED = "For the library", "Cleared", "No clearance found"


@dataclass(frozen=True)
class DeviceRow:
    """One device: what its hardware can do stands apart from what a label evaluated.

    ``refusal`` says why it cannot be planned with; empty where it can.
    """

    name: str
    clearance: str
    hardware: str
    label: str
    refusal: str
    is_uncleared: bool


@dataclass(frozen=True)
class DeviceGroup:
    """Devices of one standing; ``choices`` are keys and names of those to plan with."""

    name: str
    rows: tuple[DeviceRow, ...]
    choices: tuple[tuple[str, str], ...]


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """The devices of the edition in force, those that cannot be planned with included."""
    authorise(actor(request), Permission.PLAN)
    facts = facts_in_force()
    told = {"groups": device_groups(facts), "edition": facts.edition}
    return render(request, "web/devices.html", told)


def device_groups(facts: Facts) -> tuple[DeviceGroup, ...]:
    """Cleared devices by their own name, uncleared ones, then what they are modelled after."""
    entries = facts.catalogue.values()
    cleared = [entry for entry in entries if entry.status is Clearance.CLEARED]
    others = [entry for entry in entries if entry.status is not Clearance.CLEARED]
    library = [device for key, device in facts.devices.items() if key not in facts.catalogue]
    groups = (
        _of_entries(_CLEARED, cleared, facts),
        _of_entries(_UNCLEARED, others, facts),
        DeviceGroup(
            _LIBRARY,
            tuple(_library_row(device) for device in library),
            tuple((device.key, device.name) for device in library),
        ),
    )
    return tuple(group for group in groups if group.rows)


def _of_entries(name: str, entries: Iterable[CatalogueEntry], facts: Facts) -> DeviceGroup:
    told = sorted(entries, key=lambda entry: (entry.key not in facts.devices, entry.name.lower()))
    return DeviceGroup(
        name,
        tuple(_entry_row(entry, facts.devices.get(entry.key)) for entry in told),
        tuple((entry.key, entry.name) for entry in told if entry.key in facts.devices),
    )


def _entry_row(entry: CatalogueEntry, device: Device | None) -> DeviceRow:
    return DeviceRow(
        name=entry.name,
        clearance=entry.clearance,
        hardware="not read" if device is None else _hardware(device),
        label=_label(entry),
        refusal="" if device is not None else entry.why_not_planned,
        is_uncleared=entry.status is not Clearance.CLEARED,
    )


def _library_row(device: Device) -> DeviceRow:
    return DeviceRow(
        name=device.name,
        clearance=f"modelled on {device.modelled_on}",
        hardware=_hardware(device),
        label="that of the model" if device.family else "none",
        refusal="",
        is_uncleared=False,
    )


def _hardware(device: Device) -> str:
    low, high = device.depth_min_mm, device.depth_max_mm
    span = f"{high:g} mm" if device.has_fixed_length else f"{low:g} to {high:g} mm"
    return f"{device.needles_n} needles, {span.replace(' ', NO_BREAK)}"


def _label(entry: CatalogueEntry) -> str:
    if entry.label_depth_mm is not None:
        return f"{entry.label_depth_mm:g} mm, {entry.label_depth_site.replace('_', ' ')}"
    return "none" if entry.status is not Clearance.CLEARED else "no depth read"
