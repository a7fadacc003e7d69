"""Everything a patient may have to read has plain words, and no plain words are left over."""

from percuta.facts.edition import Facts, editions, open_edition
from percuta.facts.vocabulary import Level, Scope
from percuta.planning.plan import depth_findings
from percuta.planning.screening.screening import applies
from percuta.report import plain
from tests.people import a_case


def test_plain_words_exist_for_every_zone_and_concern(facts: Facts) -> None:
    zones = {zone: row.patient_name for zone, row in facts.zones.items()}
    assert zones == plain.ZONE
    concerns = {
        key: row.patient_name
        for edition in editions()
        for key, row in open_edition(edition).concerns.items()
    }
    assert concerns == plain.CONCERN


def test_plain_words_exist_for_whatever_may_block(facts: Facts) -> None:
    blocking = {Level.STOP, Level.REFER, Level.DEFER}
    for rule in facts.screening:
        if rule.scope is not Scope.AGENT and {rule.level, rule.level_if_unknown} & blocking:
            assert rule.key in plain.CAUSE, rule.key
        if rule.until_event is not None:
            assert rule.until_event in plain.EVENT, rule.until_event
    assert {
        depth_findings.RULE_NOTHING_ALLOWED,
        depth_findings.RULE_ABOVE_LIMIT,
        depth_findings.RULE_NOT_A_SETTING,
        depth_findings.RULE_NO_PUBLISHED_DEPTH,
    } <= set(plain.CAUSE)


def test_plain_words_exist_for_every_warning_sign_and_alternative(facts: Facts) -> None:
    flags = {r.sign for r in facts.recovery if r.kind == "red_flag" and r.modality == "needling"}
    assert flags == set(plain.RED_FLAG)
    every = {row.alternative for name in editions() for row in open_edition(name).alternatives}
    assert every == set(plain.ALTERNATIVE)


def test_plain_questions_answer_to_rules_that_are_asked(facts: Facts) -> None:
    case = a_case(facts, numbing="lidocaine_prilocaine_cream")
    asked = {rule.key for rule in facts.screening if applies(rule, case, facts)}
    for rule in plain.QUESTION:
        assert rule in asked or rule.startswith("person."), rule
