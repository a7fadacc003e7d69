"""A plan in the record: one chain of versions; a signed version can never change."""

import hashlib
from typing import ClassVar
from uuid import UUID

from django.db import models

from percuta.clinic.accounts.models import User
from percuta.clinic.audit.declaration import Kind, Record, declared
from percuta.clinic.consults.models import Consultation


class Plan(Record):
    """What is to be done for one consultation, from first draft to last signed version."""

    consultation = declared(
        models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="plans"),
        Kind.NEUTRAL,
        "consultation",
    )
    opened_at = declared(models.DateTimeField(), Kind.NEUTRAL, "opened")
    opened_by = declared(
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "opened by",
    )

    class Meta:
        """Newest first."""

        ordering = ("-opened_at", "-id")

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


class PlanVersion(Record):
    """One version: a draft holds only wishes; a signed one holds the case and the plan's bytes."""

    sealed_when: ClassVar[str] = 'OLD."signed_at" IS NOT NULL'

    plan = declared(
        models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions"),
        Kind.NEUTRAL,
        "plan",
    )
    number = declared(models.PositiveIntegerField(), Kind.NEUTRAL, "version")
    revision = declared(models.PositiveIntegerField(default=1), Kind.NEUTRAL, "revision")
    changed_at = declared(models.DateTimeField(), Kind.NEUTRAL, "changed")
    changed_by = declared(
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "changed by",
    )
    wishes = declared(models.JSONField(), Kind.CLINICAL, "wishes")
    document = declared(models.TextField(blank=True), Kind.CLINICAL, "plan as signed")
    sha256 = declared(models.CharField(max_length=64, blank=True), Kind.NEUTRAL, "digest")
    facts_edition = declared(
        models.CharField(max_length=40, blank=True), Kind.NEUTRAL, "facts edition"
    )
    valid_until = declared(models.DateField(null=True, blank=True), Kind.CLINICAL, "valid until")
    accepted = declared(models.JSONField(default=list), Kind.CLINICAL, "what was accepted")
    signed_at = declared(models.DateTimeField(null=True, blank=True), Kind.NEUTRAL, "signed")
    signed_by = declared(
        models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+"),
        Kind.NEUTRAL,
        "signed by",
    )

    class Meta:
        """Numbered from 1; a signature comes whole or not at all."""

        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by=None, document="", sha256="")
                | (
                    models.Q(signed_at__isnull=False, signed_by__isnull=False)
                    & ~models.Q(document="")
                    & ~models.Q(sha256="")
                ),
                name="signature_is_whole",
            ),
        )

    @property
    def clinic_id(self) -> UUID:
        """The clinic of the patient."""
        found: UUID = self.plan.clinic_id
        return found

    @property
    def about_patient_id(self) -> UUID:
        """The patient that an event about this row concerns."""
        found: UUID = self.plan.consultation.patient_id
        return found

    @property
    def is_signed(self) -> bool:
        """Whether it is sealed."""
        return self.signed_at is not None

    @property
    def is_as_signed(self) -> bool:
        """Whether the document of a signed version still is what was signed."""
        return hashlib.sha256(self.document.encode()).hexdigest() == self.sha256
