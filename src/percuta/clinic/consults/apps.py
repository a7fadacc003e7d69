"""Consults as a Django app."""

from django.apps import AppConfig


class ConsultsConfig(AppConfig):
    """What a person answered and what bothers them."""

    name = "percuta.clinic.consults"
    label = "consults"
