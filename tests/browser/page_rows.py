"""Every page of the addresses, and in whose browser it is looked at: one line a page.

To add a page, add one line to ``LOOKED_AT``; what shows no page of its own goes to ``NO_PAGE``
under the reason. An address in neither fails the suite.
"""

from collections.abc import Mapping

#  page             who looks
_TABLE = """
   sign_in          nobody
   patients         practitioner
   new_patient      practitioner
   patient          professional
   correct_patient  practitioner
   password         practitioner
   consultation     practitioner
   new_plan         practitioner
   devices          practitioner
   plan             professional
   plan_version     practitioner
   sign             professional
   compare          professional
   people           administrator
   new_person       administrator
   person           administrator
   reset_password   administrator
   trail            administrator
"""

LOOKED_AT: Mapping[str, str] = dict(line.split() for line in _TABLE.strip().splitlines())

NO_PAGE: Mapping[str, frozenset[str]] = {
    "sends on": frozenset({"landing", "sign_out"}),
    "a part of the plan page": frozenset({"plan_forecast"}),
    "a press, which shows the page that it stands on": frozenset(
        {
            "amend",
            "answer",
            "answer_skin_question",
            "begin_consultation",
            "choose_skin_type",
            "nothing_changed",
            "none_of_these",
            "state_concern",
            "weigh",
            "withdraw_concern",
        }
    ),
    "a file": frozenset(
        {
            "authority",
            "case",
            "document",
            "plan_json",
            "version_case",
            "version_document",
            "version_json",
        }
    ),
}
