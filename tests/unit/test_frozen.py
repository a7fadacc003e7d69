"""Frozen classes behave as those of the standard library do."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from percuta.frozen import frozen


@frozen
class Needle:
    """One needle."""

    gauge: int
    length_mm: float = 1.5
    names: tuple[str, ...] = ()


@frozen(kw_only=True)
class Bent(Needle):
    """A needle that bent."""

    angle: float

    def __post_init__(self) -> None:
        if self.angle < 0:
            raise ValueError("bends have no sign")


@frozen(order=True)
class Place:
    """Somewhere."""

    x: float
    y: float


@frozen(eq=False)
class Bulk:
    """Compared by identity."""

    x: float


@dataclass(frozen=True)
class Standard:
    """What the standard library makes of the same fields."""

    gauge: int
    length_mm: float = 1.5
    names: tuple[str, ...] = ()


def test_they_are_made_compared_hashed_and_written_as_the_standard_ones() -> None:
    one, two, other = Needle(30), Needle(gauge=30, length_mm=1.5), Needle(32)
    assert one == two
    assert hash(one) == hash(two)
    assert one != other
    standard: object = Standard(30)
    assert one != standard
    assert repr(Bent(30, angle=2.0)) == "Bent(gauge=30, length_mm=1.5, names=(), angle=2.0)"
    told = repr(Standard(30)).removeprefix("Standard")
    assert repr(one) == f"Needle{told}"
    assert dataclasses.asdict(one) == dataclasses.asdict(Standard(30))
    assert [each.name for each in fields(Bent)] == ["gauge", "length_mm", "names", "angle"]
    assert len({one, two, other}) == 2


@pytest.mark.parametrize("name", ["gauge", "unknown"])
def test_nothing_of_them_can_be_changed(name: str) -> None:
    needle = Needle(30)
    with pytest.raises(FrozenInstanceError):
        setattr(needle, name, 1)
    with pytest.raises(FrozenInstanceError):
        delattr(needle, name)
    assert needle == Needle(30)


def test_a_wrong_constructor_call_is_an_error_the_first_time_and_later() -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'gauge'"):
            Needle()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'width'"):
            Needle(30, width=2)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'angle'"):
            Bent(30)  # type: ignore[call-arg]


def test_what_is_checked_after_making_is_checked_on_replacing_too() -> None:
    bent = Bent(30, angle=2.0)
    assert replace(bent, angle=3.0).angle == 3.0
    with pytest.raises(ValueError, match="no sign"):
        replace(bent, angle=-1.0)


def test_an_undecorated_subclass_is_made_before_and_after_its_base() -> None:
    @frozen
    class Base:
        x: int

    class Early(Base):
        pass

    assert (Early(1).x, Base(2).x, Early(3).x) == (1, 2, 3)
    assert Early(1) != Base(1)


def test_order_and_identity_are_by_request() -> None:
    assert sorted([Place(2, 1), Place(1, 2)]) == [Place(1, 2), Place(2, 1)]
    assert Bulk(1) != Bulk(1)
    with pytest.raises(TypeError):
        sorted([Needle(1), Needle(2)])  # type: ignore[type-var]


def test_copies_and_pickles_are_equal() -> None:
    bent = Bent(30, angle=2.0)
    assert copy.deepcopy(bent) == bent
    assert pickle.loads(pickle.dumps(bent)) == bent  # noqa: S301 - our own bytes


def test_a_default_made_by_a_factory_is_refused() -> None:
    with pytest.raises(TypeError, match="write a default itself"):

        @frozen
        class _Listed:
            names: list[str] = field(default_factory=list)
