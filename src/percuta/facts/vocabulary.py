"""The closed words of the field, one meaning each, the same in table, case file and page."""

from enum import StrEnum


class Zone(StrEnum):
    """A named piece of skin; left and right are the patient's own.

    ``periorbital_*`` is the skin over and outside the bony rim; lids and anything inside the
    rim are no zone at all, so they cannot be planned.
    """

    FOREHEAD = "forehead"
    GLABELLA = "glabella"
    TEMPLE_LEFT = "temple_left"
    TEMPLE_RIGHT = "temple_right"
    PERIORBITAL_LEFT = "periorbital_left"
    PERIORBITAL_RIGHT = "periorbital_right"
    NOSE = "nose"
    CHEEK_LEFT = "cheek_left"
    CHEEK_RIGHT = "cheek_right"
    UPPER_LIP = "upper_lip"
    PERIORAL = "perioral"
    CHIN = "chin"
    JAWLINE_LEFT = "jawline_left"
    JAWLINE_RIGHT = "jawline_right"
    NECK_FRONT = "neck_front"
    NECK_LEFT = "neck_left"
    NECK_RIGHT = "neck_right"
    DECOLLETAGE = "decolletage"
    HAND_LEFT_DORSAL = "hand_left_dorsal"
    HAND_RIGHT_DORSAL = "hand_right_dorsal"
    ABDOMEN = "abdomen"
    FLANK_LEFT = "flank_left"
    FLANK_RIGHT = "flank_right"
    THIGH_LEFT = "thigh_left"
    THIGH_RIGHT = "thigh_right"
    BUTTOCK_LEFT = "buttock_left"
    BUTTOCK_RIGHT = "buttock_right"
    BREAST_LEFT = "breast_left"
    BREAST_RIGHT = "breast_right"
    UPPER_ARM_LEFT = "upper_arm_left"
    UPPER_ARM_RIGHT = "upper_arm_right"
    FOREARM_LEFT = "forearm_left"
    FOREARM_RIGHT = "forearm_right"
    BACK_UPPER = "back_upper"
    BACK_LOWER = "back_lower"
    SCALP = "scalp"

    @property
    def without_side(self) -> str:
        """The name that both sides share."""
        return "_".join(part for part in self.split("_") if part not in {"left", "right"})


class Concern(StrEnum):
    """What bothers the person."""

    ACNE_SCARS = "acne_scars"
    FINE_LINES = "fine_lines"
    WRINKLES = "wrinkles"
    HYPERPIGMENTATION = "hyperpigmentation"
    UNEVEN_TONE = "uneven_tone"
    ENLARGED_PORES = "enlarged_pores"
    STRETCH_MARKS = "stretch_marks"
    TEXTURE = "texture"
    LAXITY = "laxity"
    OTHER_SCARS = "other_scars"
    MELASMA = "melasma"
    HAIR_LOSS = "hair_loss"


class ScarKind(StrEnum):
    """The shape of an atrophic acne scar, or what another scar came from."""

    ICEPICK = "icepick"
    BOXCAR = "boxcar"
    ROLLING = "rolling"
    SURGICAL = "surgical"
    TRAUMATIC = "traumatic"
    BURN = "burn"
    HYPERTROPHIC = "hypertrophic"


KINDS = {
    Concern.ACNE_SCARS: (ScarKind.ICEPICK, ScarKind.BOXCAR, ScarKind.ROLLING),
    Concern.OTHER_SCARS: (
        ScarKind.SURGICAL,
        ScarKind.TRAUMATIC,
        ScarKind.BURN,
        ScarKind.HYPERTROPHIC,
    ),
}
"""The kinds that a concern has; no other concern has any."""


class Sex(StrEnum):
    """Sex as the evidence tables use it (skin thickness, pregnancy)."""

    FEMALE = "female"
    MALE = "male"


class Phototype(StrEnum):
    """Fitzpatrick skin type."""

    I = "I"  # noqa: E741 - the field's own name
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"
    VI = "VI"


class Operator(StrEnum):
    """Who holds the needle."""

    PHYSICIAN = "physician"
    NURSE = "nurse"
    ESTHETICIAN = "esthetician"


class Weekday(StrEnum):
    """A day of the week, in the order in which Python counts them from 0."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Ordered(StrEnum):
    """Words in an order, the least first."""

    @property
    def weight(self) -> int:
        """Position in that order."""
        return list(type(self)).index(self)


class Level(Ordered):
    """How a finding weighs, lightest first."""

    NOTE = "note"
    CAUTION = "caution"
    DEFER = "defer"
    REFER = "refer"
    STOP = "stop"


class Advice(Ordered):
    """What a zone calls for at the next session, mildest first."""

    KEEP = "keep"
    LIGHTER = "lighter"
    WAIT = "wait"
    HOLD = "hold"
    ASK_PHYSICIAN = "ask_physician"
    STOP = "stop"

    @property
    def may_go_on(self) -> bool:
        """Whether the zone may be needled on the day, within what it bore."""
        return self in {Advice.KEEP, Advice.LIGHTER}


class Scope(StrEnum):
    """What a screening rule acts on."""

    PERSON = "person"
    ZONE = "zone"
    DEVICE = "device"
    AGENT = "agent"


class Basis(StrEnum):
    """Where an evidence row's number comes from."""

    MEASURED = "measured"
    DERIVED = "derived"
    EXPERT = "expert"
    VENDOR = "vendor"
    ASSUMED = "assumed"
    MEMORY = "memory"


NUMBING_NONE = "none"
"""The case file's word for a session without numbing."""
