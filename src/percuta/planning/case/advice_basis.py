"""What an advised depth follows from."""

from enum import StrEnum


class AdvisedBy(StrEnum):
    """Rows that name the zone itself, rows of a neighbour, or the least that can be set."""

    ZONE = "zone"
    NEIGHBOUR = "neighbour"
    SHALLOWEST_SETTING = "shallowest_setting"
