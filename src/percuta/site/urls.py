"""Where the pages stand, and what is shown when there is none."""

from django.urls import include, path

from percuta.site import authority

urlpatterns = [
    path("authority/", authority.download, name="authority"),
    path("", include("percuta.web.urls")),
]

handler404 = "percuta.web.refusals.not_found"
handler403 = "percuta.web.refusals.forbidden"
handler500 = "percuta.web.refusals.broken"
