"""Fill a new record as an administrator would, and say who may sign in: ``-m`` runs it."""

import json
import os
import sys

import django


def main() -> None:
    """Open a practice in the record that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
    django.setup()
    from tests.integration.clinic.people import PASSWORD, open_practice

    practice = open_practice("here")
    told = {
        "administrator": practice.administrator.login,
        "practitioner": practice.practitioner.login,
        "professional": practice.professional.login,
        "password": PASSWORD,
        "patient_id": str(practice.patient.pk),
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
