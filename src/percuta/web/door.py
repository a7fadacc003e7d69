"""The door: signing in, and what is said when it stays closed."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_http_methods

_ASK = auth.LoginView.as_view(template_name="web/sign_in.html", redirect_authenticated_user=True)

sign_in = login_not_required(require_http_methods(["GET", "HEAD", "POST"])(_ASK))
"""Name and password in, a session out."""
