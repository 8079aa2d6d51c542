"""Where the screens around the desk are."""

from __future__ import annotations

from django.urls import URLPattern, path

from intake.web.workflow import keying, office, people, sign_in, supervision

urlpatterns: list[URLPattern] = [
    path("login", sign_in.SignIn.as_view(), name="login"),
    path("password", sign_in.ChangePassword.as_view(), name="password"),
    path("i18n/setlang/", sign_in.set_language, name="set_language"),
    path("inbox", office.inbox, name="inbox"),
    path("inbox/<int:record_id>", office.answer, name="answer"),
    path("records/<int:record_id>/reopen", office.reopen, name="reopen"),
    path("keying", keying.keying, name="keying"),
    path("keying/<int:check_id>", keying.key, name="key"),
    path("differences", keying.differences, name="differences"),
    path("differences/<int:check_id>", keying.judge, name="judge"),
    path("checks/<int:check_id>/crop.jpg", keying.crop, name="check-crop"),
    path("overview", supervision.overview, name="overview"),
    path("webhooks/<int:hook_id>", supervision.tell, name="tell"),
    path("trust", supervision.trust, name="trust"),
    path("trust/policy", supervision.set_policy, name="set-policy"),
    path("trust/target", supervision.set_target, name="set-target"),
    path("report", supervision.report, name="report"),
    path("people", people.people, name="people"),
    path("people/add", people.add, name="add-person"),
    path("people/<int:user_id>", people.person, name="person"),
    path("people/offices", people.add_office, name="add-office"),
    path("people/offices/<int:office_id>", people.rename_office, name="rename-office"),
    path("people/keys", people.issue, name="issue-key"),
    path("people/keys/<int:token_id>/revoke", people.revoke, name="revoke-key"),
]
