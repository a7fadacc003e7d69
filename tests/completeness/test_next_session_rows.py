"""Whatever can be told after a session has a row that says what follows, and none is left over."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Advice, Level, Scope
from percuta.planning.follow_up.delivered import StoppedFor
from percuta.planning.recovery.check_in import CheckIn
from percuta.planning.recovery.check_in_file import reportable_signs

_AS_GRAVE = {
    Level.DEFER: Advice.WAIT,
    Level.REFER: Advice.ASK_PHYSICIAN,
    Level.STOP: Advice.STOP,
}
_OF_THE_RECORD = {
    *("redness_returned", "redness_beyond_published", "endpoint_passed", "above_ceiling"),
    *("not_planned", "nothing_lighter", "more_than_planned", "less_than_planned", "other_device"),
    *("as_planned", "not_recorded", "not_reported", "sign_again", "series_complete"),
    *("no_interval",),
}


def test_every_sign_feeling_and_stop_has_a_row_and_no_row_is_left_over(facts: Facts) -> None:
    felt = {"redness", "tenderness", "sunburn_feeling"}
    assert felt <= set(CheckIn.model_fields)
    wanted = set(reportable_signs(facts)) | {f"{name}_still" for name in felt}
    wanted |= {f"stopped_{why}" for why in StoppedFor}
    assert wanted | _OF_THE_RECORD == set(facts.next_session)


def test_every_red_flag_of_needling_can_be_reported(facts: Facts) -> None:
    flags = {
        row.key.removeprefix("recovery.")
        for row in facts.recovery
        if row.kind == "red_flag" and row.modality == "needling"
    }
    assert flags <= set(reportable_signs(facts))
    for sign in reportable_signs(facts):
        row = facts.next_session[sign]
        assert row.advice.weight >= Advice.ASK_PHYSICIAN.weight, sign
        assert row.recovery == sign


def test_no_row_is_milder_than_the_screening_rule_that_it_rests_on(facts: Facts) -> None:
    rules = {rule.key: rule for rule in facts.screening}
    resting = [row for row in facts.next_session.values() if row.screening is not None]
    assert len(resting) >= 9
    for row in resting:
        rule = rules[row.screening or ""]
        if rule.scope in {Scope.PERSON, Scope.ZONE}:
            assert row.advice.weight >= _AS_GRAVE[rule.level].weight, row.key


def test_what_a_sign_corrects_is_a_question_of_the_screening(facts: Facts) -> None:
    asked = {rule.history_key for rule in facts.screening}
    corrected = {row.corrects for row in facts.next_session.values() if row.corrects is not None}
    assert corrected <= asked
    assert {"herpes_history", "methaemoglobinaemia_or_g6pd"} <= corrected


def test_a_row_without_a_published_rule_says_that_it_is_ours(facts: Facts) -> None:
    for row in facts.next_session.values():
        if row.screening is None:
            assert row.provenance.basis == "assumed", row.key
            assert "PERCUTA" in row.sources
