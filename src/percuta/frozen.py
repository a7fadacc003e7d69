"""A frozen dataclass that is cheap to declare.

The standard library compiles six methods from source text for every frozen dataclass. Percuta
declares some 150 of them before its first answer and makes instances of half: that compiling
was an eighth of a whole ``percuta plan``. Here the constructor is compiled when it is first
called, and the other methods are closures over the names of the fields.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Class = TypeVar("Class", bound=type)
Values = Callable[[Any], Any]


@overload
def frozen(declared: Class) -> Class: ...


@overload
def frozen(
    *, eq: bool = True, order: bool = False, kw_only: bool = False
) -> Callable[[Class], Class]: ...


@dataclass_transform(frozen_default=True)
def frozen(
    declared: Any = None, *, eq: bool = True, order: bool = False, kw_only: bool = False
) -> Any:
    """Make a class a frozen dataclass, as ``dataclass(frozen=True)`` would.

    Parameters
    ----------
    eq : bool
        Whether instances are compared and hashed by their fields; else by identity.
    order : bool
        Whether they are ordered by their fields too.
    kw_only : bool
        Whether the constructor takes its own fields by name only.

    Raises
    ------
    TypeError
        If a field's default is made by a factory: nothing here would call it.

    Notes
    -----
    ``fields``, ``replace``, ``asdict``, ``__post_init__``, copying and pickling work as they do
    for any dataclass.
    """

    def made(cls: Any) -> Any:
        dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        own = fields(cls)
        if any(field.default_factory is not MISSING for field in own):
            raise TypeError(f"{cls.__name__}: write a default itself, not its factory")
        cls.__init__ = _compiled_when_called(cls)
        cls.__setattr__ = cls.__delattr__ = _refuse
        cls.__repr__ = _written
        if eq:
            _compare(cls, _values(own), is_ordered=order)
        return cls

    return made if declared is None else made(declared)


def _compiled_when_called(cls: Any) -> Callable[..., None]:
    def __init__(self: Any, *given: Any, **named: Any) -> None:
        cls.__init__ = _constructor(cls)
        cls.__init__(self, *given, **named)

    return __init__


def _constructor(cls: Any) -> Callable[..., None]:
    own = fields(cls)
    by_place = [_parameter(field) for field in own if not field.kw_only]
    by_name = [_parameter(field) for field in own if field.kw_only]
    parameters = ["self", *by_place, *(["*", *by_name] if by_name else [])]
    lines = [f"set_field(self, {field.name!r}, {field.name})" for field in own]
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    names = {f"default_of_{field.name}": field.default for field in own}
    found: dict[str, Any] = {}
    # Only the names of declared fields enter the text, as in the standard library.
    exec(source, {**names, "set_field": object.__setattr__}, found)  # noqa: S102
    made: Callable[..., None] = found["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _parameter(field: "Field[Any]") -> str:
    has_default = field.default is not MISSING
    return f"{field.name}=default_of_{field.name}" if has_default else field.name


def _refuse(self: Any, name: str, *_: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field '{name}' of {type(self).__name__}")


def _written(self: Any) -> str:
    told = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
    return f"{type(self).__qualname__}({told})"


def _values(own: "tuple[Field[Any], ...]") -> Values:
    return attrgetter(*(field.name for field in own)) if own else lambda _: ()


def _compare(cls: Any, values: Values, *, is_ordered: bool) -> None:
    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(values(self))

    def __lt__(self: Any, other: object) -> Any:
        return values(self) < values(other) if type(other) is type(self) else NotImplemented

    cls.__eq__, cls.__hash__ = __eq__, __hash__
    if is_ordered:
        cls.__lt__ = __lt__
