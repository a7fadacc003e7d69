"""Reading case files stood here until they had a folder of their own."""

from percuta.moved import moved

__getattr__ = moved(__name__, "percuta.planning.case.case_file")
