"""The error family: an error is a broken promise, never a clinical judgement.

An unsafe wish is a finding (``percuta.planning.judgement.findings``) and comes back as data.
"""

from collections.abc import Iterable


class PercutaError(Exception):
    """Anything that Percuta itself refuses to go on with."""


class Faults(PercutaError):
    """Several faults found together, so that a person can mend them in one go.

    Parameters
    ----------
    faults : iterable of str
        One sentence each: the field, the value, what is allowed.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class FactError(Faults):
    """The fact tables break one of their own rules."""


class UnknownEdition(PercutaError):
    """No fact edition of that name is on this machine."""


class CaseError(Faults):
    """A case file cannot be read; every fault is named."""


class PlanError(Faults):
    """A stored plan cannot be read or does not belong to this software."""


class PlanChanged(PlanError):
    """A stored plan is not what was stored: its digest differs."""


class UnknownUnit(PercutaError):
    """A unit that ``percuta.units`` does not know."""


class ModelError(PercutaError, ValueError):
    """A model was asked something it cannot answer."""


class OutsideValidity(ModelError):
    """A value lies where the model does not hold."""


class DidNotConverge(ModelError):
    """A computation has no answer."""


class AccessDenied(PercutaError):
    """Somebody asked for what their role does not allow."""


class RecordError(PercutaError):
    """The record cannot do this as it stands now."""


class NotHere(RecordError):
    """No such row, or none that this person may know of."""


class Conflict(RecordError):
    """Somebody else changed it since it was read; nothing was overwritten."""


class Sealed(RecordError):
    """It is signed: what is signed is amended by a new version, never changed."""


class StudyError(Faults):
    """A study file cannot be read, or its results cannot be kept; every fault is named."""


class SettingsError(Faults):
    """The server's settings, or what it finds on this machine, do not let it start."""


class FigureError(Faults, ValueError):
    """Values that a figure cannot draw truthfully; every fault is named."""
