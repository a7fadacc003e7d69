"""Every history item stands once in the conversation; what can be new is asked anew."""

from percuta.facts.edition import Facts
from percuta.facts.questionnaire import Asked, Group
from percuta.facts.screening import AnswerKind
from percuta.facts.vocabulary import Phototype, Scope

CHANGES_WITHIN_WEEKS = {
    "pregnancy",
    "breastfeeding",
    "sunburn",
    "tan_or_sunbed",
    "skin_infection",
    "herpes_active",
    "systemic_infection",
    "isotretinoin",
    "anticoagulant",
    "systemic_corticosteroid",
    "immunosuppressive_therapy",
    "chemotherapy_or_radiotherapy",
    "photosensitising_drug",
    "antiarrhythmic",
    "diabetes",
    "granuloma_after_needling",
    "anaesthetic_allergy",
    "product_ingredient_allergy",
}


def test_every_history_item_stands_once_in_the_conversation(facts: Facts) -> None:
    asked = [r.history_key for r in facts.screening if r.answer_kind is not AnswerKind.PERSON]
    assert set(facts.questionnaire) == set(asked)
    assert len(facts.table("questionnaire")) == len(set(asked))


def test_groups_follow_each_other_and_none_is_torn_apart(facts: Facts) -> None:
    groups = [item.group for item in facts.questionnaire.values()]
    assert groups == sorted(groups, key=list(Group).index)
    assert set(groups) == set(Group)


def test_what_is_about_the_skin_to_be_treated_is_asked_anew(facts: Facts) -> None:
    about_skin = {r.history_key for r in facts.screening if r.scope is Scope.ZONE}
    anew = {k for k, item in facts.questionnaire.items() if item.asked is Asked.EACH_VISIT}
    assert about_skin <= anew
    assert anew >= CHANGES_WITHIN_WEEKS


def test_every_sum_of_points_suggests_exactly_one_skin_type(facts: Facts) -> None:
    by_question: dict[str, list[int]] = {}
    for choice in facts.skin_type_choices:
        by_question.setdefault(choice.question, []).append(choice.points)
    assert all(points == [0, 1, 2, 3, 4] for points in by_question.values())
    assert set(facts.skin_type_scores) == set(Phototype)
    most = sum(max(points) for points in by_question.values())
    for total in range(most + 1):
        fitting = [
            s for s in facts.skin_type_scores.values() if s.points_lo <= total <= s.points_hi
        ]
        assert len(fitting) == 1, total
