"""The application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from percuta.site.orphans import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "percuta.site.settings")
application = get_wsgi_application()
end_with_parent()
