"""What is asked for: person, answers, concerns, setting, and the files that they come in."""

from percuta.moved import moved

__getattr__ = moved(__name__, "percuta.planning.case.case")
