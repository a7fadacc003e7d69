"""Exit statuses: what a script calling ``percuta`` can rely on."""

PLAN_MADE = 0
UNREADABLE = 2
ANSWER_WITHOUT_PLAN = 3
