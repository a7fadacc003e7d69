"""The page that hands the clinic's certificate authority to a tablet; its key never leaves."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from percuta.site.configuration import configuration


@login_not_required
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The certificate that a tablet has to trust before anybody can sign in from it."""
    path = configuration().authority_certificate
    if not path.exists():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert")
