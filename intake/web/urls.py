"""Where each screen and call is."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import URLPattern, URLResolver, include, path

from intake.web import health, screens, tables
from intake.web.api import api
from intake.web.desk.urls import urlpatterns as desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("", screens.home, name="home"),
    path("login", LoginView.as_view(template_name="web/login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("submissions", screens.submissions, name="submissions"),
    path("submissions/upload", screens.upload, name="upload"),
    path("submissions/<int:submission_id>", screens.submission, name="submission"),
    path("submissions/<int:submission_id>/again", screens.read_again, name="read-again"),
    path("submissions/<int:submission_id>/original", screens.original, name="original"),
    path("records", tables.records, name="records"),
    path("records/<int:record_id>", tables.record, name="record"),
    path("pairs", tables.pairs, name="pairs"),
    path("pairs/<int:pair_id>", tables.decide_pair, name="decide-pair"),
    path("report", tables.report, name="report"),
    path("counts", tables.counts, name="counts"),
    path("export.<str:form>", tables.export, name="export"),
    *desk,
    path("api/v1/", api.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
