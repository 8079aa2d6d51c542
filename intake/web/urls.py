"""Where each screen and call is."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path

from intake.web import health, screens, tables
from intake.web.api import api
from intake.web.desk.urls import urlpatterns as desk
from intake.web.workflow.urls import urlpatterns as workflow

handler404 = "intake.web.refusals.not_found"
handler500 = "intake.web.refusals.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", screens.home, name="home"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("submissions", screens.submissions, name="submissions"),
    path("submissions/upload", screens.upload, name="upload"),
    path("submissions/<int:submission_id>", screens.submission, name="submission"),
    path("submissions/<int:submission_id>/again", screens.read_again, name="read-again"),
    path("submissions/<int:submission_id>/original", screens.original, name="original"),
    path("records", tables.records, name="records"),
    path("records/<int:record_id>", tables.record, name="record"),
    path("pairs", tables.pairs, name="pairs"),
    path("pairs/<int:pair_id>", tables.decide_pair, name="decide-pair"),
    path("counts", tables.counts, name="counts"),
    path("export.<str:form>", tables.export, name="export"),
    *workflow,
    *desk,
    path("api/v1/", api.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
