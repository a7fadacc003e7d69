"""Fill a new record as its people would, and say who may sign in where: ``-m`` runs it."""

import json
import os
import sys

import django


def main() -> None:
    """Open two clinics in the record that the environment names; no page is empty."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
    django.setup()
    from percuta.clinic.edition import facts_in_force
    from tests.integration.clinic.access_matrix import address
    from tests.integration.clinic.access_site import open_site, pages
    from tests.integration.clinic.people import PASSWORD

    site = open_site(facts_in_force())
    told = {
        "administrator": site.here.administrator.login,
        "practitioner": site.here.practitioner.login,
        "professional": site.here.professional.login,
        "password": PASSWORD,
        "patient_id": str(site.here.patient.pk),
        "signed_plan_id": str(site.signed_plan.pk),
        "addresses": {page: address(page, site) for page in pages()},
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
