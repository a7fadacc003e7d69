"""Clinics and the people who work there."""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from percuta.clinic.accounts.roles import ROLE_NAMES, ROLES, Permission, Role
from percuta.clinic.audit.declaration import Kind, Record, declared
from percuta.facts.vocabulary import Operator


class Clinic(Record):
    """One practice. People and patients belong to one; nobody sees into another."""

    name = declared(models.CharField(max_length=120), Kind.NEUTRAL, "name")
    is_demo = declared(models.BooleanField(default=False), Kind.NEUTRAL, "invented people only")

    class Meta:
        """A data folder holds either a demo clinic or real ones."""

        ordering = ("name",)

    @property
    def clinic_id(self) -> UUID:
        """The clinic itself."""
        return self.id


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person who signs in with this name."""
        return self.get(login__iexact=username or "")


class User(AbstractBaseUser, Record):
    """Somebody who works at a clinic and signs in."""

    login = declared(models.CharField(max_length=120, unique=True), Kind.PERSONAL, "sign-in name")
    password = declared(
        models.CharField(max_length=128), Kind.PERSONAL, "password", is_audited=False
    )
    last_login = declared(
        models.DateTimeField(null=True, blank=True),
        Kind.NEUTRAL,
        "last signed in",
        is_audited=False,
    )
    name = declared(models.CharField(max_length=120), Kind.PERSONAL, "name")
    clinic = declared(
        models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="people"),
        Kind.NEUTRAL,
        "clinic",
    )
    role = declared(
        models.CharField(max_length=40, choices=[(role.value, ROLE_NAMES[role]) for role in Role]),
        Kind.NEUTRAL,
        "role",
    )
    operator = declared(
        models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Operator]),
        Kind.NEUTRAL,
        "profession",
    )
    is_active = declared(models.BooleanField(default=True), Kind.NEUTRAL, "may sign in")

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def role_name(self) -> str:
        """The role as people say it."""
        return ROLE_NAMES[Role(self.role)]

    def may(self, permission: Permission) -> bool:
        """Whether this person's role allows it."""
        return self.is_active and permission in ROLES[Role(self.role)]
