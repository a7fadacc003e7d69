"""The audit trail as a Django app: triggers follow every migration."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Installs the triggers of every app of the record after it was migrated."""

    name = "percuta.clinic.audit"
    label = "audit"

    def ready(self) -> None:
        """Listen for migrations."""
        post_migrate.connect(_install, dispatch_uid="percuta.clinic.audit")


def _install(sender: AppConfig, using: str, **_: object) -> None:
    from percuta.clinic.audit.triggers import install

    if sender.name.startswith("percuta.clinic."):
        install(connections[using], sender)
