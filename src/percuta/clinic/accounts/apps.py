"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Clinics and the people who work there."""

    name = "percuta.clinic.accounts"
    label = "accounts"
