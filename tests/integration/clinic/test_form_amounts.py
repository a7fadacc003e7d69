"""Drugs with milligrams, typed on one line of a form."""

import pytest

from percuta.errors import Faults
from percuta.web.forms import Form


def test_drugs_with_amounts_are_read() -> None:
    form = Form({"others": "lidocaine 40, articaine 20.5; prilocaine 3"})
    found = form.amounts("others")
    form.check()
    assert found == (("lidocaine", 40.0), ("articaine", 20.5), ("prilocaine", 3.0))
    assert Form({}).amounts("others") == ()


@pytest.mark.parametrize("text", ["40", "lidocaine", "lidocaine 12,5", "lidocaine 0", "x nan"])
def test_anything_else_is_named_as_a_fault(text: str) -> None:
    form = Form({"others": text})
    assert form.amounts("others") == ()
    with pytest.raises(Faults, match="like lidocaine 40"):
        form.check()
