"""The pages as an application of Django's: one thread answers one whole request."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "percuta.site.settings")
application = get_wsgi_application()
