"""A consultation: what a person answered, their skin type, and what bothers them where."""

from uuid import UUID

from django.db import models

from percuta.clinic.accounts.models import User
from percuta.clinic.audit.declaration import Kind, Record, declared
from percuta.clinic.patients.models import Patient
from percuta.facts.vocabulary import Concern, Phototype, ScarKind, Zone


class Consultation(Record):
    """One conversation. It begins with the answers of the one before, still to be confirmed."""

    patient = declared(
        models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consultations"),
        Kind.NEUTRAL,
        "patient",
    )
    opened_at = declared(models.DateTimeField(), Kind.NEUTRAL, "opened")
    opened_by = declared(
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "opened by",
    )
    previous = declared(
        models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "consultation before",
    )
    weight_kg = declared(
        models.FloatField(null=True, blank=True), Kind.CLINICAL, "weight", unit="kg"
    )
    phototype = declared(
        models.CharField(max_length=3, blank=True, choices=[(p.value, p.value) for p in Phototype]),
        Kind.CLINICAL,
        "skin type",
    )
    revision = declared(models.PositiveIntegerField(default=1), Kind.NEUTRAL, "revision")

    class Meta:
        """Newest first."""

        ordering = ("-opened_at", "-id")

    @property
    def clinic_id(self) -> UUID:
        """The clinic of the patient."""
        found: UUID = self.patient.clinic_id
        return found

    @property
    def about_patient_id(self) -> UUID:
        """The patient that an event about this row concerns."""
        return self.patient_id


class PartOfConsultation(Record):
    """A row that belongs to a consultation and is changed by one person at a time."""

    consultation = declared(
        models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="%(class)ss"),
        Kind.NEUTRAL,
        "consultation",
    )
    at = declared(models.DateTimeField(), Kind.NEUTRAL, "given")
    by = declared(
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "taken by",
    )
    revision = declared(models.PositiveIntegerField(default=1), Kind.NEUTRAL, "revision")

    class Meta:
        """Each kind of part is a table of its own."""

        abstract = True

    @property
    def clinic_id(self) -> UUID:
        """The clinic of the patient."""
        found: UUID = self.consultation.clinic_id
        return found

    @property
    def about_patient_id(self) -> UUID:
        """The patient that an event about this row concerns."""
        found: UUID = self.consultation.patient_id
        return found


class HistoryAnswer(PartOfConsultation):
    """One answer. One that was carried over counts only once it is confirmed."""

    key = declared(models.CharField(max_length=80), Kind.NEUTRAL, "item")
    status = declared(models.CharField(max_length=20), Kind.CLINICAL, "answer")
    last = declared(models.DateField(null=True, blank=True), Kind.CLINICAL, "last time")
    is_last_unknown = declared(
        models.BooleanField(default=False), Kind.CLINICAL, "nobody knows when"
    )
    zones = declared(models.JSONField(default=list, blank=True), Kind.CLINICAL, "where")
    cleared = declared(models.DateField(null=True, blank=True), Kind.CLINICAL, "cleared in writing")
    ingredients = declared(models.JSONField(default=list, blank=True), Kind.CLINICAL, "ingredients")
    is_confirmed = declared(models.BooleanField(default=True), Kind.NEUTRAL, "confirmed")

    class Meta:
        """One answer an item."""

        constraints = (
            models.UniqueConstraint(fields=["consultation", "key"], name="one_answer_an_item"),
        )


class SkinTypeAnswer(PartOfConsultation):
    """One answer to a question behind the skin type."""

    question = declared(models.CharField(max_length=80), Kind.NEUTRAL, "question")
    choice = declared(models.CharField(max_length=80), Kind.CLINICAL, "answer")

    class Meta:
        """One answer a question."""

        constraints = (
            models.UniqueConstraint(
                fields=["consultation", "question"], name="one_answer_a_skin_question"
            ),
        )


class ConcernInZone(PartOfConsultation):
    """What bothers the person in one zone, from 1 mild to 4 severe."""

    concern = declared(
        models.CharField(max_length=40, choices=[(c.value, c.value) for c in Concern]),
        Kind.CLINICAL,
        "concern",
    )
    zone = declared(
        models.CharField(max_length=40, choices=[(z.value, z.value) for z in Zone]),
        Kind.CLINICAL,
        "zone",
    )
    kind = declared(
        models.CharField(max_length=20, blank=True, choices=[(k.value, k.value) for k in ScarKind]),
        Kind.CLINICAL,
        "kind of scar",
    )
    severity = declared(models.PositiveSmallIntegerField(), Kind.CLINICAL, "severity")

    class Meta:
        """A concern stands once in a zone, with a severity that the scale knows."""

        constraints = (
            models.UniqueConstraint(
                fields=["consultation", "concern", "zone"], name="one_concern_a_zone"
            ),
            models.CheckConstraint(
                condition=models.Q(severity__gte=1, severity__lte=4), name="severity_1_to_4"
            ),
        )
