"""The plan as a whole: made, stored, compared, checked again."""

from percuta.moved import moved

__getattr__ = moved(__name__, "percuta.planning.plan.plan")
