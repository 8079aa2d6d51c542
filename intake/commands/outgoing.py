"""Commands about the addresses that are told of events."""

from __future__ import annotations

import argparse

from django.utils import timezone

from intake.registry import accounts, addresses, webhooks
from intake.registry.access import Actor, one, webhooks_of
from intake.registry.addresses import Fared
from intake.registry.models import Role, Webhook

_OPERATOR = Actor("the operator", Role.ADMINISTRATOR, None)


def add(arguments: argparse.Namespace) -> int:
    """Add an address, and print the secret that signs what it is told."""
    office = accounts.office(arguments.office) if arguments.office else None
    print(webhooks.add(arguments.url, office).secret)
    return 0


def show(_arguments: argparse.Namespace) -> int:
    """Print a line an address, those with trouble first; 1 where one fails."""
    told = addresses.all_of(_OPERATOR)
    for fared in told:
        print(_line(fared))
    if not told:
        print("no address is told of events; add one with: intake webhook add URL")
    return 1 if any(fared.failed and fared.hook.active for fared in told) else 0


def again(arguments: argparse.Namespace) -> int:
    """Send once more what an address did not take."""
    print(f"{addresses.try_again(_hook(arguments), _OPERATOR)} events are sent again")
    return 0


def off(arguments: argparse.Namespace) -> int:
    """Tell an address no more."""
    addresses.switch(_hook(arguments), _OPERATOR, on=False)
    print("switched off")
    return 0


def on(arguments: argparse.Namespace) -> int:
    """Tell an address again."""
    addresses.switch(_hook(arguments), _OPERATOR, on=True)
    print("switched on")
    return 0


def _hook(arguments: argparse.Namespace) -> Webhook:
    return one(webhooks_of(_OPERATOR), arguments.number)


def _line(fared: Fared) -> str:
    hook, failed = fared.hook, fared.failed
    office = hook.office.code if hook.office else "all offices"
    state = "off" if not hook.active else "FAILS" if failed else "ok"
    line = f"{hook.pk} {state} {hook.url} ({office})"
    if fared.waiting or fared.given_up:
        line += f": {fared.waiting} events wait, {fared.given_up} given up"
    if failed:
        line += f"; last: {failed.last_error}, {failed.attempts} tries"
        if hook.active and failed.given_up_at is None:
            line += f", next {timezone.localtime(failed.due_at):%d.%m. %H:%M}"
    return line
