"""With what, by whom, when: the choices of a plan as a form."""

from dataclasses import dataclass

from percuta.clinic.plans.wishes import Wishes
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import NUMBING_NONE, Operator
from percuta.web.devices import device_groups
from percuta.web.other_drugs import OtherDrugs, drugs_of

_BY_RULE = ("", "as the rules choose")


@dataclass(frozen=True)
class Choice:
    """One option of a list."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class DeviceChoices:
    """Devices of one standing: cleared, none found, or for the library."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SettingForm:
    """Every choice with what is chosen now, and the same in one line."""

    line: str
    devices: tuple[DeviceChoices, ...]
    operators: tuple[Choice, ...]
    numbings: tuple[Choice, ...]
    glides: tuple[Choice, ...]
    soothings: tuple[Choice, ...]
    topicals: tuple[Choice, ...]
    licences: tuple[Choice, ...]
    date: str
    other_mg: str
    drugs: OtherDrugs | None
    interval_weeks: str
    calm_by: str
    strikes_per_cm2: str


def setting_form(wishes: Wishes, facts: Facts) -> SettingForm:
    """The form for the wishes of a draft."""
    setting = wishes.setting
    devices = {key: device.name for key, device in facts.devices.items()}
    numbings = {NUMBING_NONE: "none", **_of_role("numbing", facts)}
    licences = {
        key: f"{licence.jurisdiction}: {licence.operator}"
        for key, licence in facts.licences.items()
    }
    return SettingForm(
        line=", ".join(
            (
                devices.get(setting.device, setting.device),
                setting.operator.value,
                f"numbing: {numbings.get(setting.numbing, setting.numbing)}",
            )
        ),
        devices=tuple(
            DeviceChoices(group.name, _choices(dict(group.choices), setting.device))
            for group in device_groups(facts)
            if group.choices
        ),
        operators=_choices({word.value: word.value for word in Operator}, setting.operator.value),
        numbings=_choices(numbings, setting.numbing),
        glides=_choices(dict([_BY_RULE]) | _of_role("glide", facts), setting.glide),
        soothings=_choices(dict([_BY_RULE]) | _of_role("soothing", facts), setting.soothing),
        topicals=tuple(
            Choice(key, name, key in setting.topicals)
            for key, name in _of_role("topical", facts).items()
        ),
        licences=_choices({"": "none adopted", **licences}, setting.licence),
        date=setting.date.isoformat(),
        other_mg=_typed(setting.other_local_anaesthetic_mg),
        drugs=drugs_of(setting.other_local_anaesthetics, facts),
        interval_weeks=_typed(setting.interval_weeks),
        calm_by=setting.calm_by.isoformat() if setting.calm_by else "",
        strikes_per_cm2=_typed(setting.strikes_per_cm2),
    )


def _of_role(role: str, facts: Facts) -> dict[str, str]:
    return {key: agent.name for key, agent in facts.agents.items() if role in agent.role}


def _choices(names: dict[str, str], chosen: str | None) -> tuple[Choice, ...]:
    return tuple(Choice(key, name, key == (chosen or "")) for key, name in names.items())


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
