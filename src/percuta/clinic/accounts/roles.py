"""Everything a person may do in the record, and which role may do it: nothing else is allowed."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a person may do."""

    SEE_PATIENTS = "see_patients"
    WRITE_PATIENTS = "write_patients"
    CONSULT = "consult"
    PLAN = "plan"
    SIGN = "sign"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_TRAIL = "read_trail"
    KEEP_OWN_SIGN_IN = "keep_own_sign_in"


class Role(StrEnum):
    """What a person is in the clinic."""

    PRACTITIONER = "practitioner"
    QUALIFIED_PROFESSIONAL = "qualified_professional"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.PRACTITIONER: "Practitioner",
    Role.QUALIFIED_PROFESSIONAL: "Qualified professional",
    Role.ADMINISTRATOR: "Administrator",
}

_WORKS_HERE = frozenset({Permission.KEEP_OWN_SIGN_IN})

_PRACTISES = _WORKS_HERE | {
    Permission.SEE_PATIENTS,
    Permission.WRITE_PATIENTS,
    Permission.CONSULT,
    Permission.PLAN,
}

ROLES = {
    Role.PRACTITIONER: _PRACTISES,
    Role.QUALIFIED_PROFESSIONAL: _PRACTISES | {Permission.SIGN},
    Role.ADMINISTRATOR: _WORKS_HERE | {Permission.MANAGE_ACCOUNTS, Permission.READ_TRAIL},
}
