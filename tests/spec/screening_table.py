"""What every screening rule must do, typed by hand; nothing here is read from the fact tables.

A rule that changes in ``screening.csv`` must be changed here too, by somebody who meant it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One rule.

    ``fires`` are the answers that fire it, ``unknown`` the level of an unknown answer, ``until``
    the event that ends it, ``wait`` and ``watch`` the days of deferral and of caution, ``only``
    whom it concerns, ``asked`` its key in the case file.
    """

    rule: str
    level: str
    unknown: str | None
    scope: str
    fires: tuple[str, ...] = ("yes",)
    until: str | None = None
    wait: int | None = None
    watch: int | None = None
    only: str = "always"
    is_required: bool = True
    asked: str = ""

    @property
    def key(self) -> str:
        """The history key that is answered."""
        return self.asked or self.rule


CURRENT = ("current",)
PAST = ("past",)
LATELY = ("current", "past")
ITSELF = ("person",)
STEEL = "device=stainless_steel,other"
PRILOCAINE = "numbing=prilocaine,benzocaine"
OPTIONAL = False

LINES = (
    # women
    Line("pregnancy", "defer", "defer", "person", until="end_of_pregnancy", only="sex=female"),
    Line(
        "breastfeeding", "defer", "defer", "person", until="end_of_breastfeeding", only="sex=female"
    ),
    # the skin itself
    Line("skin_cancer_in_zone", "stop", "refer", "zone", until="specialist_clearance"),
    Line("actinic_keratosis_in_zone", "stop", "caution", "zone", until="specialist_clearance"),
    Line("suspicious_lesion_in_zone", "stop", "refer", "zone", until="specialist_clearance"),
    Line("tattoo_in_zone", "stop", "caution", "zone"),
    Line("piercing_in_zone", "caution", "note", "zone", is_required=OPTIONAL),
    Line("open_wound_in_zone", "defer", "caution", "zone", until="healed"),
    Line("active_acne_in_zone", "defer", "caution", "zone", until="cleared"),
    Line("eczema_in_zone", "defer", "caution", "zone", until="quiet"),
    Line("sunburn", "defer", "caution", "zone", LATELY, until="settled", wait=14),
    Line("tan_or_sunbed", "defer", "caution", "zone", LATELY, wait=14, watch=28),
    Line("self_tan", "defer", "note", "zone", LATELY, wait=2, is_required=OPTIONAL),
    Line("sun_exposure", "defer", "note", "zone", LATELY, wait=1, is_required=OPTIONAL),
    Line(
        "phototype.dark",
        "caution",
        None,
        "person",
        ITSELF,
        only="phototype in IV,V,VI",
        asked="phototype",
    ),
    # used or done before
    Line("topical_retinoid_or_acid", "defer", "caution", "zone", LATELY, wait=1, watch=7),
    Line(
        "isotretinoin.current",
        "defer",
        "refer",
        "person",
        CURRENT,
        until="stopped",
        asked="isotretinoin",
    ),
    Line(
        "isotretinoin.recent",
        "defer",
        "refer",
        "person",
        PAST,
        wait=180,
        watch=365,
        asked="isotretinoin",
    ),
    Line("botulinum", "defer", "caution", "zone", LATELY, wait=14, watch=180),
    Line("filler", "defer", "caution", "zone", LATELY, wait=14, watch=365),
    Line("peel_or_resurfacing", "defer", "caution", "zone", LATELY, wait=30, watch=90),
    Line("facial_surgery", "defer", "caution", "zone", LATELY, wait=365),
    Line("recent_scar", "refer", "caution", "zone", LATELY, wait=42, watch=365),
    Line("photosensitising_drug", "caution", "caution", "person", LATELY, watch=60),
    # how the skin heals
    Line("keloid", "refer", "refer", "person"),
    Line("granuloma_after_needling", "stop", "refer", "person"),
    Line("herpes_active", "defer", "defer", "person", until="healed"),
    Line("herpes_history", "caution", "caution", "person"),
    Line("skin_infection", "defer", "defer", "person", until="cleared"),
    Line("rosacea_active", "defer", "caution", "person", until="quiet"),
    Line("psoriasis", "refer", "caution", "person"),
    Line("vitiligo", "refer", "caution", "person"),
    # health and medicines
    Line("bleeding_disorder", "stop", "refer", "person"),
    Line("anticoagulant", "refer", "refer", "person"),
    Line("nsaid_or_fish_oil", "caution", "note", "person", LATELY, watch=14, is_required=OPTIONAL),
    Line("diabetes.controlled", "caution", "refer", "person", ("controlled",), asked="diabetes"),
    Line(
        "diabetes.uncontrolled",
        "defer",
        None,
        "person",
        ("uncontrolled",),
        until="controlled",
        asked="diabetes",
    ),
    Line("connective_tissue_disease", "refer", "refer", "person"),
    Line("immunosuppressive_disease", "refer", "caution", "person"),
    Line("immunosuppressive_therapy", "refer", "refer", "person"),
    Line(
        "systemic_corticosteroid", "defer", "refer", "person", CURRENT, until="prescriber_clearance"
    ),
    Line(
        "chemotherapy_or_radiotherapy",
        "defer",
        "refer",
        "person",
        LATELY,
        until="finished",
        wait=90,
    ),
    Line("cardiac_or_pacemaker", "refer", "caution", "person"),
    Line("epilepsy", "caution", "note", "person"),
    Line("systemic_infection", "defer", "defer", "person", until="recovered"),
    Line("smoking", "note", "note", "person", is_required=OPTIONAL),
    Line("expectation_concern", "refer", "note", "person", is_required=OPTIONAL),
    Line("age.under_22", "caution", None, "person", ITSELF, only="age<22", asked="age"),
    Line("age.under_18", "stop", None, "person", ITSELF, only="age<18", asked="age"),
    # device
    Line("metal_allergy", "stop", "refer", "device", only=STEEL),
    Line("nickel_allergy", "refer", "caution", "device", only="device=nickel"),
    # numbing and other products
    Line("anaesthetic_allergy", "stop", "refer", "agent", only="numbing!=none"),
    Line("antiarrhythmic", "refer", "caution", "agent", only="numbing=amide"),
    Line("hepatic_disease", "refer", "caution", "agent", only="numbing=amide"),
    Line(
        "pseudocholinesterase_deficiency",
        "stop",
        "caution",
        "agent",
        only="numbing=ester",
        is_required=OPTIONAL,
    ),
    Line(
        "soya_or_peanut_allergy",
        "stop",
        "note",
        "agent",
        only="numbing=soya_lecithin",
        is_required=OPTIONAL,
    ),
    Line("methaemoglobinaemia_or_g6pd", "stop", "caution", "agent", only=PRILOCAINE),
    Line(
        "methaemoglobin_forming_drug",
        "stop",
        "caution",
        "agent",
        until="prescriber_clearance",
        only=PRILOCAINE,
        is_required=OPTIONAL,
    ),
    Line("product_ingredient_allergy", "stop", "caution", "agent"),
)
