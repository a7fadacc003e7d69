"""The pages as a Django app: templates and static files."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages for those who work at a clinic."""

    name = "percuta.web"
    label = "web"
