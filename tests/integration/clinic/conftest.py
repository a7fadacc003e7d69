"""Two clinics that know nothing of each other."""

import pytest

from tests.integration.clinic.people import Practice, open_practice


@pytest.fixture
def practice(db: None) -> Practice:
    """The clinic that a test is about."""
    return open_practice("here")


@pytest.fixture
def elsewhere(db: None) -> Practice:
    """Another clinic in the same database."""
    return open_practice("elsewhere")
