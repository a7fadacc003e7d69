"""Settings are read strictly: safe if nothing is set, refused by name if something is wrong."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from percuta.errors import SettingsError
from percuta.site.configuration import Configuration, configuration, parse, told, variable

WRONG = {
    "PERCUTA_DATA_FOLDER": ("", "."),
    "PERCUTA_HOST_NAMES": (
        "",
        "*",
        ".clinic.lan",
        "clinic.lan:8000",
        "a b",
        "clinic.lan,",
        "1.2.3",
    ),
    "PERCUTA_PORT": ("0", "65536", "-1", "80.5", "http", ""),
    "PERCUTA_WORKERS": ("0", "65", "two", ""),
    "PERCUTA_TLS": ("maybe", "", "2"),
    "PERCUTA_SESSION_HOURS": ("0", "-1", "25", "inf", "nan", ""),
    "PERCUTA_FORM_SECONDS": ("0", "-1", "301", "inf", "nan", ""),
    "PERCUTA_CLOSED_WEEKDAYS": (
        "",
        "sun",
        "sunday;monday",
        "monday,tuesday,wednesday,thursday,friday,saturday,sunday",
    ),
    "PERCUTA_HOLIDAYS": ("", "25 December", "2026-02-30", ",".join(["2026-12-25"] * 401)),
    "PERCUTA_SECRET_KEY_FILE": ("",),
}


def faults(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        parse(environment)
    return raised.value.faults


def test_nothing_set_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/nurse")
    read = parse({})
    assert read.data_folder == Path("/home/nurse/.percuta")
    assert read.database_path == Path("/home/nurse/.percuta/percuta.sqlite3")
    assert read.host_names == ("localhost", "127.0.0.1"), "nobody but this machine"
    assert (read.port, read.workers, read.session_hours) == (8000, 2, 8)
    assert not read.is_tls
    assert (read.closed_weekdays, read.holidays) == ((), ()), "open on every day"
    assert read.secret_key_file is None


def test_everything_can_be_set(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("abcdefghij" * 6, encoding="utf-8")
    key.chmod(0o600)
    read = configuration(
        {
            "PERCUTA_DATA_FOLDER": str(tmp_path / "clinic"),
            "PERCUTA_HOST_NAMES": "Clinic.lan, 192.168.1.5",
            "PERCUTA_PORT": "8443",
            "PERCUTA_WORKERS": "4",
            "PERCUTA_TLS": "yes",
            "PERCUTA_SESSION_HOURS": "0.5",
            "PERCUTA_CLOSED_WEEKDAYS": "Saturday, sunday",
            "PERCUTA_HOLIDAYS": "2026-12-25,2027-01-01",
            "PERCUTA_SECRET_KEY_FILE": str(key),
            "PATH": "/usr/bin",
        }
    )
    assert read.host_names == ("clinic.lan", "192.168.1.5")
    assert (read.port, read.workers, read.session_hours) == (8443, 4, 0.5)
    assert read.is_tls
    assert read.closed_weekdays == ("saturday", "sunday")
    assert read.holidays == (date(2026, 12, 25), date(2027, 1, 1))
    assert read.secret_key == "abcdefghij" * 6


def test_every_setting_is_told_and_tried_with_wrong_values() -> None:
    fields = set(Configuration.model_fields)
    assert {variable(field) for field in fields} == set(WRONG)
    for field in fields:
        assert told(field).about.endswith(".")
        assert told(field).allowed


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_refused_with_what_is_allowed(name: str, value: str) -> None:
    (fault,) = faults({name: value})
    field = next(field for field in Configuration.model_fields if variable(field) == name)
    assert fault == f"{name}: '{value}' is not allowed: must be {told(field).allowed}"


def test_an_unknown_variable_is_refused_with_the_likely_one() -> None:
    assert faults({"PERCUTA_PROT": "80"}) == (
        "PERCUTA_PROT: there is no such setting: did you mean PERCUTA_PORT?",
    )
    (fault,) = faults({"PERCUTA_DEBUG": "1"})
    assert fault.startswith("PERCUTA_DEBUG: there is no such setting")


def test_all_faults_are_named_together() -> None:
    told_all = faults({"PERCUTA_PORT": "0", "PERCUTA_TLS": "perhaps", "PERCUTA_XYZ": "1"})
    assert [fault.split(":")[0] for fault in told_all] == [
        "PERCUTA_XYZ",
        "PERCUTA_PORT",
        "PERCUTA_TLS",
    ]


def test_a_configuration_is_frozen_and_knows_no_other_field() -> None:
    read = parse({})
    with pytest.raises(ValidationError):
        setattr(read, "port", 1)  # noqa: B010 - the types forbid it already
    with pytest.raises(ValidationError):
        Configuration.model_validate({"debug": True})


def test_parsing_touches_nothing(tmp_path: Path) -> None:
    parse({"PERCUTA_DATA_FOLDER": str(tmp_path / "clinic")})
    assert not list(tmp_path.iterdir())


def test_the_data_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "clinic"
    for _ in range(2):
        configuration({"PERCUTA_DATA_FOLDER": str(folder)})
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with pytest.raises(SettingsError, match=f"others .* can open it: chmod 700 {tmp_path}"):
        configuration({"PERCUTA_DATA_FOLDER": str(tmp_path)})


def test_a_file_in_the_place_of_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "clinic").touch()
    with pytest.raises(SettingsError, match="cannot be made a folder"):
        configuration({"PERCUTA_DATA_FOLDER": str(tmp_path / "clinic")})
