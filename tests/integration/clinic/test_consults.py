"""A consultation takes what a case file takes, and refuses what a case file refuses."""

from uuid import uuid4

import pytest

from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation
from percuta.errors import Faults
from percuta.facts.vocabulary import Concern, ScarKind, Zone
from tests.integration.clinic.people import NOW, Practice


@pytest.fixture(name="opened")
def _opened(practice: Practice) -> Consultation:
    return consults.open_consultation(
        by=practice.practitioner, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )


@pytest.mark.parametrize("weight_kg", [0.0, -3.0, 400.5])
def test_a_weight_that_nobody_has_is_refused(
    practice: Practice, opened: Consultation, weight_kg: float
) -> None:
    with pytest.raises(Faults, match=r"person\.weight_kg"):
        consults.weigh(
            by=practice.practitioner,
            at=NOW,
            consultation=opened,
            shown_kg=None,
            weight_kg=weight_kg,
        )
    opened.refresh_from_db()
    assert opened.weight_kg is None


@pytest.mark.parametrize("severity", [0, 5])
def test_a_severity_beyond_the_scale_is_refused(
    practice: Practice, opened: Consultation, severity: int
) -> None:
    with pytest.raises(Faults, match="severity"):
        state(practice, opened, Concern.TEXTURE, severity=severity)
    assert not opened.concerninzones.exists()


def test_only_scars_have_a_kind(practice: Practice, opened: Consultation) -> None:
    with pytest.raises(Faults, match="kind"):
        state(practice, opened, Concern.TEXTURE, severity=2, kind=ScarKind.ROLLING)


def state(
    practice: Practice,
    opened: Consultation,
    concern: Concern,
    *,
    severity: int,
    kind: ScarKind | None = None,
) -> None:
    """Something bothers on the chin."""
    consults.state_concern(
        by=practice.practitioner,
        at=NOW,
        consultation=opened,
        concern=concern,
        zone=Zone.CHIN,
        severity=severity,
        kind=kind,
        seen=0,
    )
