"""The audit trail. It has no foreign keys, and the database lets it only grow."""

from uuid import uuid4

from django.db import models

from percuta.clinic.audit.declaration import Kind, declared


class Event(models.Model):
    """One act of one person: what, on which row, about which patient. It holds no values."""

    id = declared(models.BigAutoField(primary_key=True), Kind.NEUTRAL, "number")
    at = declared(models.DateTimeField(), Kind.NEUTRAL, "time")
    actor = declared(models.UUIDField(null=True), Kind.NEUTRAL, "who")
    clinic = declared(models.UUIDField(null=True), Kind.NEUTRAL, "clinic")
    action = declared(models.CharField(max_length=80), Kind.NEUTRAL, "what")
    subject = declared(models.CharField(max_length=80), Kind.NEUTRAL, "kind of row")
    subject_id = declared(models.UUIDField(), Kind.NEUTRAL, "row")
    patient = declared(models.UUIDField(null=True), Kind.NEUTRAL, "patient")
    given = declared(models.JSONField(default=list), Kind.NEUTRAL, "names of what was given")

    class Meta:
        """Newest first."""

        ordering = ("-id",)


class RowVersion(models.Model):
    """A row before and after a change, written by the database itself, however it was made."""

    id = declared(models.BigAutoField(primary_key=True), Kind.NEUTRAL, "number")
    at = declared(models.TextField(), Kind.NEUTRAL, "time")
    actor = declared(models.TextField(null=True), Kind.NEUTRAL, "who")
    action = declared(models.TextField(null=True), Kind.NEUTRAL, "what")
    table = declared(models.TextField(), Kind.NEUTRAL, "table")
    row = declared(models.TextField(), Kind.NEUTRAL, "row")
    before = declared(models.JSONField(null=True), Kind.CLINICAL, "before")
    after = declared(models.JSONField(null=True), Kind.CLINICAL, "after")

    class Meta:
        """Newest first."""

        ordering = ("-id",)
        indexes = (models.Index(fields=["table", "row"]),)


class Acting(models.Model):
    """Who is acting in the transaction that is open now: read by the triggers, gone at its end."""

    id = declared(
        models.UUIDField(primary_key=True, default=uuid4, editable=False), Kind.NEUTRAL, "number"
    )
    actor = declared(models.TextField(null=True), Kind.NEUTRAL, "who")
    action = declared(models.TextField(), Kind.NEUTRAL, "what")
