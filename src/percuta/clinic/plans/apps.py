"""Plans as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What is to be done, drafted, signed and kept."""

    name = "percuta.clinic.plans"
    label = "plans"
