"""Who is signed in, and refusals as screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from intake.errors import IntakeError
from intake.registry.access import Actor, actor_of_user
from intake.registry.models import User
from intake.web.problems import status_of

Rest = ParamSpec("Rest")
Screen = Callable[Concatenate[HttpRequest, Actor, Rest], HttpResponseBase]


def signed_in(screen: Screen[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a screen the actor who asks; send strangers to the log-in, show refusals as a page."""

    @login_required
    def wrapped(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if not isinstance(request.user, User):
            raise TypeError("login_required lets only people through")
        try:
            return screen(request, actor_of_user(request.user), *args, **kwargs)
        except IntakeError as error:
            status = status_of(error)
            context = {"message": str(error), "status": int(status)}
            return render(request, "web/refused.html", context, status=status)

    return wrapped
