"""Signing in, slowed down after failures, and the language of the screens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from intake.registry import sign_ins
from intake.registry.errors import Forbidden
from intake.registry.models import User
from intake.web.sentences import translated


class SignIn(LoginView):
    """The log-in; every attempt is kept, too many failed ones are refused for a while."""

    template_name = "web/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse before the password is looked at, so that guessing tells nothing."""
        try:
            sign_ins.allow(request.POST.get("username", ""), address_of(request))
        except Forbidden as error:
            form = AuthenticationForm(request)
            context = self.get_context_data(form=form, refused=translated(str(error)))
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign the person in, in the person's own language."""
        user = form.get_user()
        sign_ins.note(user.get_username(), address_of(self.request), succeeded=True)
        answer = super().form_valid(form)
        if isinstance(user, User) and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Keep the failure."""
        name = form.data.get("username", "")
        sign_ins.note(name, address_of(self.request), succeeded=False)
        return super().form_invalid(form)


class ChangePassword(PasswordChangeView):
    """A person's own password."""

    template_name = "web/password.html"
    success_url = reverse_lazy("home")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show the screens in another language, now and whenever this person signs in."""
    answer = django_set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and translation.check_for_language(language):
        User.objects.filter(pk=request.user.pk).update(language=language[:2])
    return answer


def address_of(request: HttpRequest) -> str:
    """Return the caller's address: the nearest one that a proxy of ours vouches for."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "")[:45]
