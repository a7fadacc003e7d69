"""The same in plain words: what a patient reads, without jargon and without figures of craft.

Every entry answers to one word, rule or sentence of the facts; where the facts have changed
under us, a general sentence stands in rather than a wrong one.
"""

from typing import NamedTuple

from percuta.facts.vocabulary import Concern, Zone


class Cause(NamedTuple):
    """Why a rule makes needling wait or end, and what to ask about if the answer is not known."""

    why: str
    topic: str


ZONE = {
    Zone.FOREHEAD: "your forehead",
    Zone.GLABELLA: "the skin between your brows",
    Zone.TEMPLE_LEFT: "your left temple",
    Zone.TEMPLE_RIGHT: "your right temple",
    Zone.PERIORBITAL_LEFT: "the bony rim around your left eye",
    Zone.PERIORBITAL_RIGHT: "the bony rim around your right eye",
    Zone.NOSE: "your nose",
    Zone.CHEEK_LEFT: "your left cheek",
    Zone.CHEEK_RIGHT: "your right cheek",
    Zone.UPPER_LIP: "your upper lip",
    Zone.PERIORAL: "the skin around your mouth",
    Zone.CHIN: "your chin",
    Zone.JAWLINE_LEFT: "your left jawline",
    Zone.JAWLINE_RIGHT: "your right jawline",
    Zone.NECK_FRONT: "the front of your neck",
    Zone.NECK_LEFT: "the left side of your neck",
    Zone.NECK_RIGHT: "the right side of your neck",
    Zone.DECOLLETAGE: "your upper chest",
    Zone.HAND_LEFT_DORSAL: "the back of your left hand",
    Zone.HAND_RIGHT_DORSAL: "the back of your right hand",
    Zone.ABDOMEN: "your belly",
    Zone.FLANK_LEFT: "your left flank",
    Zone.FLANK_RIGHT: "your right flank",
    Zone.THIGH_LEFT: "your left thigh",
    Zone.THIGH_RIGHT: "your right thigh",
    Zone.BUTTOCK_LEFT: "your left buttock",
    Zone.BUTTOCK_RIGHT: "your right buttock",
    Zone.BREAST_LEFT: "your left breast",
    Zone.BREAST_RIGHT: "your right breast",
    Zone.UPPER_ARM_LEFT: "your left upper arm",
    Zone.UPPER_ARM_RIGHT: "your right upper arm",
    Zone.FOREARM_LEFT: "your left forearm",
    Zone.FOREARM_RIGHT: "your right forearm",
    Zone.BACK_UPPER: "your upper back",
    Zone.BACK_LOWER: "your lower back",
    Zone.SCALP: "your scalp",
}

CONCERN = {
    Concern.ACNE_SCARS: "acne scars",
    Concern.FINE_LINES: "fine lines",
    Concern.WRINKLES: "wrinkles",
    Concern.HYPERPIGMENTATION: "dark patches",
    Concern.UNEVEN_TONE: "uneven skin tone",
    Concern.ENLARGED_PORES: "large pores",
    Concern.STRETCH_MARKS: "stretch marks",
    Concern.TEXTURE: "rough texture",
    Concern.LAXITY: "loss of firmness",
    Concern.OTHER_SCARS: "scars not from acne",
    Concern.MELASMA: "melasma",
    Concern.HAIR_LOSS: "thinning hair",
}

CAUSE = {
    "pregnancy": Cause("You are pregnant, or could be. We do not treat then.", "pregnancy"),
    "breastfeeding": Cause("You are breastfeeding. We do not treat then.", "breastfeeding"),
    "skin_cancer_in_zone": Cause("A skin doctor must look at this skin first.", "this skin"),
    "open_wound_in_zone": Cause("The skin there is open or sore.", "sore skin there"),
    "skin_infection": Cause("You have a skin infection. Needling could spread it.", "infections"),
    "herpes_active": Cause("You have a cold sore. Needling could spread it.", "cold sores"),
    "metal_allergy": Cause("You react to metal, and the needles are steel.", "metal allergy"),
    "nickel_allergy": Cause(
        "You react to nickel, and the needles may hold some.", "nickel allergy"
    ),
    "bleeding_disorder": Cause("You bleed more easily than others do.", "bleeding"),
    "anticoagulant": Cause("You take a blood thinner. Please keep taking it.", "blood thinners"),
    "isotretinoin.current": Cause("You take isotretinoin (acne capsules).", "acne capsules"),
    "isotretinoin.recent": Cause(
        "You took isotretinoin (acne capsules). The skin needs time after it.", "acne capsules"
    ),
    "topical_retinoid_or_acid": Cause(
        "You use a strong cream there (such as retinol or an acid). The skin needs a break first.",
        "your creams",
    ),
    "active_acne_in_zone": Cause("There are sore acne spots there.", "acne spots"),
    "keloid": Cause("Your scars may grow thick and raised.", "raised scars"),
    "rosacea_active": Cause("Your rosacea is active now.", "rosacea"),
    "eczema_in_zone": Cause("There is eczema there.", "eczema"),
    "psoriasis": Cause(
        "You have psoriasis, or a skin disease that can start where skin is hurt.", "psoriasis"
    ),
    "vitiligo": Cause("You have vitiligo. It can start where skin is hurt.", "vitiligo"),
    "connective_tissue_disease": Cause(
        "You have lupus, rheumatoid arthritis or something like it.", "such diseases"
    ),
    "immunosuppressive_therapy": Cause(
        "You take a medicine that weakens your body's defences.", "your medicines"
    ),
    "immunosuppressive_disease": Cause(
        "You have an illness that weakens your body's defences.", "your body's defences"
    ),
    "chemotherapy_or_radiotherapy": Cause(
        "You have chemotherapy or radiation, or had it lately. Skin heals slowly then.",
        "chemotherapy and radiation",
    ),
    "systemic_corticosteroid": Cause(
        "You take a high dose of cortisone. Please keep taking it.", "cortisone"
    ),
    "diabetes.controlled": Cause("You have diabetes. Skin may heal slowly then.", "diabetes"),
    "diabetes.uncontrolled": Cause(
        "Your diabetes is not well controlled yet. Skin heals slowly then.", "diabetes"
    ),
    "cardiac_or_pacemaker": Cause("You have a heart condition or a pacemaker.", "your heart"),
    "actinic_keratosis_in_zone": Cause(
        "There are rough spots from the sun there. A skin doctor must look at them first.",
        "rough spots from the sun",
    ),
    "suspicious_lesion_in_zone": Cause(
        "There is a new or changing mark there. A skin doctor must look at it first.",
        "marks on this skin",
    ),
    "sunburn": Cause("The skin there is sunburnt, or was lately.", "sunburn"),
    "tan_or_sunbed": Cause("You have tanned lately. Fresh tan can leave dark marks.", "tanning"),
    "self_tan": Cause("There is self-tan on the skin.", "self-tan"),
    "sun_exposure": Cause("The skin there was in strong sun.", "strong sun"),
    "botulinum": Cause("You had botulinum toxin injected there lately.", "botulinum toxin"),
    "filler": Cause("You had filler there. It has to settle first.", "filler"),
    "peel_or_resurfacing": Cause(
        "You had a strong peel or a laser there. The skin has to heal first.", "peels and lasers"
    ),
    "facial_surgery": Cause("You had surgery on your face. It has to heal first.", "surgery"),
    "recent_scar": Cause("There is a young scar from surgery there.", "scars from surgery"),
    "age.under_18": Cause("We treat adults only: you need to be 18 or older.", "your age"),
    "tattoo_in_zone": Cause("There is a tattoo or permanent make-up there.", "tattoos"),
    "systemic_infection": Cause("You are ill with an infection now.", "infections"),
    "granuloma_after_needling": Cause(
        "You had lasting lumps after needling. They could come again.", "lumps after needling"
    ),
    "expectation_concern": Cause(
        "We would first like you to talk with somebody about what you hope for.", "your hopes"
    ),
    "depth.nothing_allowed": Cause(
        "The device cannot be set gently enough for this skin.", "the device"
    ),
    "depth.above_limit": Cause(
        "The setting asked for is too strong for this skin. It must be chosen again.", "the setting"
    ),
    "depth.not_a_setting": Cause(
        "The device does not have the setting asked for. It must be chosen again.", "the setting"
    ),
    "depth.no_published_depth": Cause(
        "No studies tell us how to treat this skin. A doctor must decide.", "this skin"
    ),
}

UNKNOWN_CAUSE = Cause("Something here needs a closer look first.", "this")

EVENT = {
    "end_of_pregnancy": "after the pregnancy",
    "end_of_breastfeeding": "when you no longer breastfeed",
    "specialist_clearance": "when a specialist has agreed in writing",
    "prescriber_clearance": "when the doctor who gave you the medicine has agreed in writing",
    "healed": "when it has healed",
    "cleared": "when it has cleared up",
    "stopped": "some time after your doctor has ended it",
    "finished": "some time after it has ended",
    "quiet": "when it has calmed down",
    "controlled": "when it is well controlled",
    "settled": "when the skin has settled",
    "recovered": "when you are well again",
}

QUESTION = {
    "person.sex": "Are you female or male?",
    "person.phototype": "What is your own skin colour, and how fast do you burn in the sun?",
    "skin_infection": "Do you have a skin infection now, or warts?",
    "herpes_active": "Do you have a cold sore or blisters like it now?",
    "herpes_history": "Have you ever had cold sores?",
    "anaesthetic_allergy": "Have you ever reacted badly to numbing cream or a numbing injection?",
    "bleeding_disorder": "Do you have an illness that makes you bleed easily?",
    "anticoagulant": "Do you take a medicine that thins your blood?",
    "topical_retinoid_or_acid": (
        "Do you use retinol, acid or benzoyl peroxide creams there? When did you last use them?"
    ),
    "active_acne_in_zone": "Are there sore acne spots in the area?",
    "keloid": "Do your scars grow thick and raised?",
    "rosacea_active": "Is rosacea (a red face with spots) troubling you now?",
    "psoriasis": "Do you have psoriasis, or a skin disease that starts where skin is hurt?",
    "immunosuppressive_therapy": "Do you take a medicine that weakens your body's defences?",
    "immunosuppressive_disease": "Do you have an illness that weakens your body's defences?",
    "antiarrhythmic": "Do you take a medicine for your heart rhythm?",
    "methaemoglobinaemia_or_g6pd": (
        "Has a doctor told you that your blood carries oxygen badly, or that you lack G6PD?"
    ),
    "actinic_keratosis_in_zone": "Are there rough spots from the sun in the area?",
    "botulinum": "Have you had injections against wrinkles (botulinum toxin) there? When last?",
    "peel_or_resurfacing": "Have you had a strong peel or a laser treatment there? When?",
    "systemic_infection": "Are you ill with an infection now, or do you have hepatitis?",
}

RED_FLAG = {
    "spreading redness, warmth, pus or fever": (
        "redness that spreads, skin that gets hotter, pus, or a fever"
    ),
    "grouped blisters with burning": "small blisters in a group that burn",
    "nodules or sinus appearing about 3 weeks later": (
        "lumps, or a spot that keeps weeping, some weeks later"
    ),
    "lasting red itchy indurated plaques": "red, itchy, hard patches that stay",
    "numb mouth, ringing ears, twitching, fit or palpitation after numbing": (
        "after numbing cream: a numb mouth, ringing ears, twitching, a fit or a racing heart. "
        "Wipe the cream off"
    ),
    "blue-grey colour or breathlessness after prilocaine or benzocaine": (
        "after numbing cream: skin or lips turning blue-grey, or trouble breathing"
    ),
    "straight-line marks that do not fade": "marks in straight lines that do not fade",
}

ALTERNATIVE = {
    "a physician finds the cause first": "a visit to a doctor, who finds the cause first",
    "a physician who treats scars; silicone for raised ones": (
        "a doctor who treats scars; silicone gel or sheets where they are raised"
    ),
    "punch excision, or TCA CROSS": "small treatments of single deep scars, done by a doctor",
    "resurfacing by peel or energy device": "a peel or a laser, done by a doctor",
    "release of the tethering bands (subcision), fillers": (
        "loosening the skin under the scars or filling them, done by a doctor"
    ),
    "a combination chosen by scar type; no single best treatment": (
        "a mix of treatments for your kind of scars; no single one is best"
    ),
    "a topical retinoid at night and sunscreen by day": (
        "a vitamin A cream at night (never in pregnancy) and sunscreen by day"
    ),
    "a topical retinoid and sunscreen; botulinum toxin for lines of expression": (
        "sunscreen, a vitamin A cream (never in pregnancy), or injections for lines from smiling "
        "and frowning"
    ),
    "sun protection and hydroquinone or a triple combination, first line up to 12 weeks": (
        "sun protection, and a lightening cream from a doctor (never in pregnancy)"
    ),
    "sun protection; a superficial glycolic acid peel": (
        "sun protection, or a light peel if it suits your skin"
    ),
    "topical tretinoin; glycolic acid peels": (
        "a vitamin A cream from a doctor (never in pregnancy), or light peels"
    ),
    "fractional laser; no fully effective treatment has emerged": (
        "laser treatment; nothing takes them away fully"
    ),
    "superficial glycolic acid peels": "light peels, if they suit your skin",
    "laser, radiofrequency or focused ultrasound by a physician": (
        "treatment with laser, radio waves or ultrasound, done by a doctor"
    ),
    "azelaic acid and sun protection; otherwise wait until after": (
        "azelaic acid cream and sun protection, or waiting until after the pregnancy"
    ),
    "wait; for active acne azelaic acid or benzoyl peroxide": (
        "waiting; for acne spots, cream with azelaic acid or benzoyl peroxide"
    ),
}


def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last."""
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return f"{ended[:1].upper()}{ended[1:]}"


def listed(words: tuple[str, ...]) -> str:
    """Words in a row: commas, and an ``and`` before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def places(names: tuple[str, ...]) -> str:
    """Zones in a row, left and right of the same told together."""
    told: dict[str, None] = {}
    for name in names:
        sides = {name.replace(" right ", " left "), name.replace(" left ", " right ")}
        both = name.replace(" right ", " left ").replace(" left ", " left and right ")
        told[both if len(sides) == 2 and sides <= set(names) else name] = None
    return listed(tuple(told))
