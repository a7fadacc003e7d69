"""Every setting of the server, read strictly from the environment."""

import difflib
import ipaddress
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from percuta.errors import SettingsError
from percuta.facts.vocabulary import Weekday
from percuta.planning.case.case import MOST_HOLIDAYS
from percuta.site import private_file
from percuta.site.secret import given_secret, made_secret

PREFIX = "PERCUTA_"

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")


@dataclass(frozen=True)
class Told:
    """What an operator is told of a setting.

    Parameters
    ----------
    about : str
        What it is for.
    allowed : str
        What may be set, in words that follow "must be".
    """

    about: str
    allowed: str


def _comma_separated(given: object) -> object:
    if not isinstance(given, str):
        return given
    return tuple(part.strip().lower() for part in given.split(","))


def _host(name: str) -> str:
    try:
        return str(ipaddress.IPv4Address(name))
    except ValueError:
        if _HOST.fullmatch(name) and len(name) < 254 and not name.replace(".", "").isdigit():
            return name
    raise ValueError("no host name")


def _whole_path(given: Path) -> Path:
    if given == Path():
        raise ValueError("no path")
    try:
        return given.expanduser().absolute()
    except RuntimeError as error:
        raise ValueError("no home folder") from error


_Path = Annotated[Path, AfterValidator(_whole_path)]


class Configuration(BaseModel):
    """What one server needs to know; frozen, and safe if nothing is set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_folder: Annotated[
        _Path,
        Told("Where the record lies. Made on the first start, open to nobody else.", "a folder"),
    ] = Field(default=Path("~/.percuta"), validate_default=True)
    host_names: Annotated[
        tuple[Annotated[str, AfterValidator(_host)], ...],
        BeforeValidator(_comma_separated),
        Field(min_length=1),
        Told(
            "The names and addresses under which browsers may ask for the clinic. Others are "
            "refused. `percuta serve --lan` adds this machine's own.",
            "host names or IPv4 addresses, separated by commas, without * and without a port",
        ),
    ] = ("localhost", "127.0.0.1")
    port: Annotated[
        int,
        Field(ge=1, le=65_535),
        Told("Where the server listens.", "a whole number from 1 to 65535"),
    ] = 8000
    workers: Annotated[
        int,
        Field(ge=1, le=64),
        Told("How many processes answer side by side.", "a whole number from 1 to 64"),
    ] = 2
    is_tls: Annotated[
        bool,
        Told(
            "Whether browsers reach the clinic by https only. Cookies are then never sent "
            "without it. `percuta serve --lan` sets it.",
            "yes or no",
        ),
    ] = False
    session_hours: Annotated[
        float,
        Field(gt=0, le=24, allow_inf_nan=False),
        Told(
            "After how many hours without a click somebody is signed out.",
            "a number above 0, and 24 at most",
        ),
    ] = 8.0
    form_seconds: Annotated[
        float,
        Field(gt=0, le=300, allow_inf_nan=False),
        Told(
            "How many seconds a form may take to arrive whole. One that takes longer is refused, "
            "and nothing of it is saved.",
            "a number above 0, and 300 at most",
        ),
    ] = 10.0
    closed_weekdays: Annotated[
        tuple[Weekday, ...],
        BeforeValidator(_comma_separated),
        Field(max_length=len(Weekday) - 1),
        Told(
            "Weekdays on which the clinic is closed. Dates of a series move to the next open day.",
            "weekdays, separated by commas, for example saturday, sunday; not all seven",
        ),
    ] = ()
    holidays: Annotated[
        tuple[date, ...],
        BeforeValidator(_comma_separated),
        Field(max_length=MOST_HOLIDAYS),
        Told(
            "Single days on which the clinic is closed. Dates of a series move past them.",
            f"days like 2026-12-25, separated by commas, {MOST_HOLIDAYS} at most",
        ),
    ] = ()
    secret_key_file: Annotated[
        _Path | None,
        Told(
            "The file that holds the key which signs sessions. If nothing is set, it is made in "
            "the data folder on the first start.",
            "a file that only the server's user can read",
        ),
    ] = None

    @property
    def database_path(self) -> Path:
        """Where the record lies."""
        return self.data_folder / "percuta.sqlite3"

    @property
    def authority_folder(self) -> Path:
        """Where the clinic's certificate authority lies, if the server was ever opened to a LAN."""
        return self.data_folder / "authority"

    @property
    def authority_certificate(self) -> Path:
        """What tablets load and trust."""
        return self.authority_folder / "authority.crt"

    @cached_property
    def secret_key(self) -> str:
        """The key that signs sessions."""
        if self.secret_key_file is not None:
            return given_secret(self.secret_key_file)
        return made_secret(self.data_folder / "secret_key")


def configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read every setting, and open the data folder.

    Raises
    ------
    SettingsError
        Naming every unknown variable and every value that is not allowed.
    """
    read = parse(environment)
    private_file.open_folder(read.data_folder)
    return read


def parse(environment: Mapping[str, str]) -> Configuration:
    """The settings that the environment holds; nothing on the machine is touched."""
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    fields = {variable(name): name for name in Configuration.model_fields}
    faults = [_unknown(name, fields) for name in sorted(given.keys() - fields.keys())]
    values = {fields[name]: value for name, value in given.items() if name in fields}
    try:
        read = Configuration.model_validate(values)
    except ValidationError as error:
        raise SettingsError([*faults, *_not_allowed(error, values)]) from None
    if faults:
        raise SettingsError(faults)
    return read


def variable(field: str) -> str:
    """The environment variable of a field."""
    return PREFIX + field.removeprefix("is_").upper()


def told(field: str) -> Told:
    """What an operator is told of a field."""
    for part in Configuration.model_fields[field].metadata:
        if isinstance(part, Told):
            return part
    raise KeyError(field)


def _unknown(name: str, known: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
    return f"{name}: there is no such setting: {meant}"


def _not_allowed(error: ValidationError, values: Mapping[str, Any]) -> Iterator[str]:
    for field in dict.fromkeys(str(fault["loc"][0]) for fault in error.errors()):
        value = values.get(field, Configuration.model_fields[field].default)
        yield f"{variable(field)}: '{value}' is not allowed: must be {told(field).allowed}"
