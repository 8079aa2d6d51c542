"""Where each screen, call and picture of the desk is."""

from __future__ import annotations

from django.urls import URLPattern, path

from intake.web.desk import calls, keys, pictures, screens

urlpatterns: list[URLPattern] = [
    path("desk", screens.queue, name="desk"),
    path("desk/begin", screens.begin, name="desk-begin"),
    path("desk/keys", keys.keys, name="desk-keys"),
    path("desk/next", calls.next_notice, name="desk-next"),
    path("desk/fields/<str:field>", screens.grid, name="desk-grid"),
    path("desk/fields/<str:field>/column", calls.column, name="desk-column"),
    path("desk/<int:record_id>", screens.notice, name="desk-notice"),
    path("desk/<int:record_id>/opened", calls.opened, name="desk-opened"),
    path("desk/<int:record_id>/check", calls.check, name="desk-check"),
    path("desk/<int:record_id>/draft", calls.draft, name="desk-draft"),
    path("desk/<int:record_id>/finish", calls.finish, name="desk-finish"),
    path("desk/<int:record_id>/release", calls.release, name="desk-release"),
    path("desk/<int:record_id>/take-back", calls.take_back, name="desk-take-back"),
    path("records/<int:record_id>/pages/<int:number>.jpg", pictures.page, name="page-picture"),
    path("records/<int:record_id>/crops/<str:field>.jpg", pictures.crop, name="crop"),
]
