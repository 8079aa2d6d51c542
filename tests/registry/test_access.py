from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from intake.errors import Refused
from intake.registry import access, accounts
from intake.registry.errors import Forbidden, NotFound
from intake.registry.models import Audit, Role, Token, User
from tests.registry.people import PASSWORD, notice, submit, town, written

pytestmark = pytest.mark.django_db


def test_owner_colleague_and_reviewer_see_a_record_and_strangers_get_not_found(
    tmp_path: Path,
) -> None:
    here = town()
    submission = submit(tmp_path, here.office)
    record = written(submission, notice())[0]
    for actor in (here.owner, here.colleague, here.reviewer, here.admin):
        assert access.one(access.records_of(actor), record.pk) == record
        assert access.one(access.submissions_of(actor), submission.pk) == submission
    for actor in (here.stranger, here.far_reviewer):
        with pytest.raises(NotFound):
            access.one(access.records_of(actor), record.pk)
        with pytest.raises(NotFound):
            access.one(access.submissions_of(actor), submission.pk)


@pytest.mark.parametrize("key", [0, -1, 2**63, 999_999])
def test_a_key_that_no_row_has_is_not_found(key: int) -> None:
    with pytest.raises(NotFound):
        access.one(access.records_of(town().admin), key)


def test_a_clerk_may_not_review() -> None:
    with pytest.raises(Forbidden, match="clerk"):
        access.require_reviewer(town().owner)


def test_a_token_is_kept_hashed_and_dies_when_revoked_or_expired() -> None:
    here = town()
    token, key = accounts.issue_token("1C", office=here.office, days=30)
    assert key not in str(Token.objects.values().get(pk=token.pk))
    actor = accounts.actor_of_key(key)
    assert actor is not None
    assert actor.offices == frozenset({here.office.pk})
    assert Token.objects.get(pk=token.pk).last_used_at is not None
    assert accounts.actor_of_key(key + "x") is None
    Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert accounts.actor_of_key(key) is None
    _, second = accounts.issue_token("again", office=None, days=1)
    assert accounts.revoke_token(second) == 1
    assert accounts.actor_of_key(second) is None
    assert Audit.objects.filter(what="token revoked").count() == 1


def test_a_service_token_sees_all_offices(tmp_path: Path) -> None:
    here = town()
    submission = submit(tmp_path, here.other_office)
    _, key = accounts.issue_token("ministry", office=None, days=1, role=Role.REVIEWER)
    actor = accounts.actor_of_key(key)
    assert actor is not None
    assert access.one(access.submissions_of(actor), submission.pk) == submission


@pytest.mark.parametrize(
    ("code", "region", "district", "cause"),
    [
        ("Osh", "KG-O", "", "code"),
        ("osh", "KG-X", "", "region"),
        ("osh", "KG-O", "41708222000000", "district"),
        ("kara-suu", "KG-O", "", "already"),
    ],
)
def test_a_wrong_office_is_refused(code: str, region: str, district: str, cause: str) -> None:
    town()
    with pytest.raises(Refused, match=cause):
        accounts.add_office(code, "Name", region, district)


def test_weak_passwords_and_taken_names_are_refused() -> None:
    town()
    with pytest.raises(Refused, match="weak"):
        accounts.create_admin("second", "12345")
    with pytest.raises(Refused, match="already"):
        accounts.create_admin("root", PASSWORD)
    assert User.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_an_office_gets_another_name_and_keeps_its_code() -> None:
    here = town()
    renamed = accounts.rename_office("kara-suu", " Кара-Суу  РБМ ", here.admin)
    assert (renamed.code, renamed.name) == ("kara-suu", "Кара-Суу РБМ")
    assert Audit.objects.get(what="office renamed").about["from"] == "Кара-Суу РББ"
    for code, name in (("kara-suu", " \n"), ("nowhere", "x")):
        with pytest.raises(Refused):
            accounts.rename_office(code, name)
