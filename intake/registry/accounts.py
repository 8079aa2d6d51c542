"""Writes offices, people and tokens."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.errors import Refused
from intake.registry import places
from intake.registry.access import Actor, actor_of_token
from intake.registry.models import Assignment, Audit, Office, Role, Token, User

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_SEEN_EVERY = timedelta(minutes=1)


def add_office(code: str, name: str, region: str, district: str = "") -> Office:
    """Add an office; Refused for a code in use and for places that do not exist."""
    if not _CODE.fullmatch(code):
        raise Refused(f"office code {code!r} is not small letters, digits, hyphens; correct it")
    if region not in places.regions():
        raise Refused(f"region {region!r} is unknown; give one of {', '.join(places.regions())}")
    if district and (
        district not in places.districts() or places.districts()[district].region != region
    ):
        raise Refused(f"district {district!r} is not in {region}; give a SOATE code of 14 digits")
    try:
        with transaction.atomic():
            return Office.objects.create(code=code, name=name, region=region, district=district)
    except IntegrityError as error:
        raise Refused(f"office {code} is there already; choose another code") from error


def rename_office(code: str, name: str, actor: Actor | None = None) -> Office:
    """Give an office another name; its code stays, because receipts begin with it."""
    row, wanted = office(code), " ".join(name.split())
    if not wanted or not wanted.isprintable():
        raise Refused("an office needs a name in letters; give one")
    before, row.name = row.name, wanted[:200]
    with transaction.atomic():
        row.save(update_fields=["name"])
        Audit.objects.create(
            what="office renamed",
            about={"office": code, "from": before, "to": row.name},
            user=actor.user if actor else None,
        )
    return row


def office(code: str) -> Office:
    """Return the office with this code; Refused where there is none."""
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise Refused(f"there is no office {code!r}; add it with: intake office add")
    return found


def create_admin(username: str, password: str) -> User:
    """Add an administrator; Refused for a name in use and for a weak password."""
    return add_person(username, password, Role.ADMINISTRATOR)


def add_person(
    username: str,
    password: str,
    role: str,
    *,
    office: Office | None = None,
    regions: tuple[str, ...] = (),
) -> User:
    """Add a person with a role, in an office (clerk) or looking after regions (reviewer)."""
    unknown = [region for region in regions if region not in places.regions()]
    if unknown or (role == Role.CLERK) != (office is not None):
        raise Refused("a clerk needs an office, others known regions; correct the call")
    try:
        validate_password(password, User(username=username))
        with transaction.atomic():
            user = User(username=username, role=role, office=office)
            user.set_password(password)
            user.save()
            Assignment.objects.bulk_create(Assignment(user=user, region=r) for r in regions)
    except ValidationError as error:
        raise Refused(
            f"the password is weak ({' '.join(error.messages)}); choose another"
        ) from error
    except IntegrityError as error:
        raise Refused(f"there is a person {username!r} already; choose another name") from error
    return user


def issue_token(
    name: str, *, office: Office | None, days: int, role: str = Role.CLERK
) -> tuple[Token, str]:
    """Add a token and return it with its key, which is shown this once and never again."""
    key = f"ntk_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = Token.objects.create(
            name=name,
            office=office,
            role=role,
            prefix=key[:10],
            digest=_digest(key),
            expires_at=timezone.now() + timedelta(days=days),
        )
        Audit.objects.create(what="token issued", about={"token": token.pk, "name": name})
    return token, key


def revoke_token(prefix: str) -> int:
    """End all tokens whose key starts so; return how many there were."""
    live = Token.objects.filter(prefix=prefix[:10], revoked_at=None)
    count = live.update(revoked_at=timezone.now())
    if count:
        Audit.objects.create(what="token revoked", about={"prefix": prefix[:10]})
    return count


def actor_of_key(key: str) -> Actor | None:
    """Return who this key belongs to, or None where it is unknown, expired or revoked."""
    now = timezone.now()
    token = (
        Token.objects.select_related("office")
        .filter(digest=_digest(key), revoked_at=None, expires_at__gt=now)
        .first()
    )
    if token is None:
        return None
    # A write a minute, not a call: the row would be the busiest of the database.
    if token.last_used_at is None or token.last_used_at < now - _SEEN_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return actor_of_token(token)


def _digest(key: str) -> str:
    # The key holds 256 random bits: a slow hash would only slow the calls down.
    return hashlib.sha256(key.encode()).hexdigest()
