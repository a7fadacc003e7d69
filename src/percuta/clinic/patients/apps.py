"""Patients as a Django app."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """The people who are treated here."""

    name = "percuta.clinic.patients"
    label = "patients"
