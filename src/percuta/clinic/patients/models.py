"""The people who are treated here."""

from datetime import date
from uuid import UUID

from django.db import models

from percuta.clinic.accounts.models import Clinic
from percuta.clinic.audit.declaration import Kind, Record, declared
from percuta.clinic.patients.age import age, doubt
from percuta.facts.vocabulary import Sex


class Patient(Record):
    """One person as the clinic knows them; what they answered stands in their consultations."""

    clinic = declared(
        models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients"),
        Kind.NEUTRAL,
        "clinic",
    )
    given_name = declared(models.CharField(max_length=80), Kind.PERSONAL, "given name")
    family_name = declared(models.CharField(max_length=80), Kind.PERSONAL, "family name")
    birth_date = declared(models.DateField(null=True, blank=True), Kind.PERSONAL, "date of birth")
    sex = declared(
        models.CharField(max_length=10, blank=True, choices=[(s.value, s.value) for s in Sex]),
        Kind.PERSONAL,
        "sex",
    )
    record_number = declared(
        models.CharField(max_length=40, blank=True), Kind.PERSONAL, "record number"
    )
    opened_at = declared(models.DateTimeField(), Kind.NEUTRAL, "opened")
    revision = declared(models.PositiveIntegerField(default=1), Kind.NEUTRAL, "revision")

    class Meta:
        """By family name, as a list is read."""

        ordering = ("family_name", "given_name", "id")
        indexes = (models.Index(fields=["clinic", "family_name"]),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def about_patient_id(self) -> UUID:
        """The patient that an event about this row concerns."""
        return self.id

    def age_on(self, day: date) -> int | None:
        """Whole years on a day, ``None`` where that is not known or cannot be right."""
        return age(self.birth_date, day)

    def doubt_on(self, day: date) -> str:
        """Why the date of birth cannot be right on a day; empty if it can, or is not known."""
        return doubt(self.birth_date, day)
