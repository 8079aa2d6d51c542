"""The supervisor's screens: where work piles up, what is measured, the morning's report."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intake.errors import Refused
from intake.registry import addresses, forms, policy, targets
from intake.registry import overview as overviews
from intake.registry import report as reporting
from intake.registry import trust as trusting
from intake.registry.access import Actor, one, require_supervisor, webhooks_of
from intake.registry.errors import Forbidden
from intake.registry.models import FourEyes, Station
from intake.web import charts
from intake.web.actors import signed_in
from intake.web.names import FLAGS

_SPANS = (1, 7, 30, 92, 366)


@require_GET
@signed_in
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the backlog by office and age, what was done a day, what failed, who is told."""
    told = overviews.build(actor)
    ages = [_("under a day"), _("1–3 days"), _("4–7 days"), _("over a week")]
    waiting = [
        charts.Row(line.office.name, [line.by_age[age] for age in overviews.AGES])
        for line in told.backlog
        if line.total
    ]
    pages = [charts.Row(f"{one.day:%d.%m}", [one.pages]) for one in told.days]
    decided = [charts.Row(f"{one.day:%d.%m}", [one.approved, one.rejected]) for one in told.days]
    context = {
        "told": told,
        "hooks": addresses.all_of(actor),
        "ages": ages,
        "stations": [(name, told.stations[code]) for code, name in Station.choices],
        "waiting": charts.stacked(_("Records waiting, by office and age"), ages, waiting),
        "pages": charts.columns(_("Pages read a day"), [_("pages")], pages),
        "decided": charts.columns(_("Decisions a day"), [_("approved"), _("rejected")], decided),
    }
    return render(request, "workflow/overview.html", context)


@require_POST
@signed_in
def tell(request: HttpRequest, actor: Actor, hook_id: int) -> HttpResponse:
    """Try an address again (``again``), stop telling it (``off``), or go on (``on``)."""
    require_supervisor(actor)
    hook, wanted = one(webhooks_of(actor), hook_id), request.POST.get("do", "")
    if wanted == "again":
        addresses.try_again(hook, actor)
    elif wanted in {"on", "off"}:
        addresses.switch(hook, actor, on=wanted == "on")
    else:
        raise Refused(f"{wanted} is nothing to do with an address; give again, on or off")
    return redirect("overview")


@require_GET
@signed_in
def trust(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show how far accepted values can be trusted, and what the policy is."""
    return _trust(request, actor)


@require_POST
@signed_in
def set_policy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Change how much is checked; what is refused is said where it was typed."""
    try:
        policy.change(
            actor,
            four_eyes=request.POST.get("four_eyes", ""),
            critical=request.POST.getlist("critical"),
            sample_share=_share(request.POST.get("sample_share", "")),
            seed_share=_share(request.POST.get("seed_share", "")),
        )
    except Forbidden:
        raise
    except Refused as error:
        return _trust(request, actor, refused_policy=str(error))
    return redirect("trust")


@require_POST
@signed_in
def set_target(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Adopt a target rate of silent errors, or say how many checks its proof lacks."""
    target = None
    try:
        target = _share(request.POST.get("target", ""))
        targets.set_target(actor, target, *_span(request))
    except Forbidden:
        raise
    except Refused as error:
        return _trust(request, actor, refused=str(error), target=target)
    return redirect("trust")


@require_GET
@signed_in
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the morning's report; ``?form=csv`` gives the table, ``?hours=`` another span."""
    hours = request.GET.get("hours", "24")
    if not hours.isdigit() or not 1 <= int(hours) <= 24 * 92:
        raise Refused("hours is no number from 1 to 2208; correct it")
    until = timezone.localtime()
    told = reporting.build(actor, until - timedelta(hours=int(hours)), until)
    if request.GET.get("form") == "csv":
        return HttpResponse(
            reporting.as_csv(told).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
        )
    return render(request, "workflow/report.html", {"report": told, "hours": int(hours)})


def _trust(
    request: HttpRequest,
    actor: Actor,
    *,
    refused: str = "",
    refused_policy: str = "",
    target: float | None = None,
) -> HttpResponse:
    require_supervisor(actor)
    since, until = _span(request)
    rules = policy.current()
    samples = trusting.sampled(actor, since, until)
    wanted = target or rules.target or 0.005
    told = trusting.measure(actor, since, until)
    context = {
        "told": told,
        "flags": _flags(told),
        "policy": rules,
        "four_eyes": FourEyes.choices,
        "fields": [(name, name in rules.critical) for name in _text_fields()],
        "plans": targets.plans(samples, wanted),
        "target": wanted,
        "refused": refused,
        "refused_policy": refused_policy,
        "is_shaken": rules.target and not targets.plan(samples, rules.target).is_proved,
        "spans": _SPANS,
        "days": (until - since).days,
        "threshold": max(rules.thresholds.values(), default=0),
    }
    status = 422 if refused or refused_policy else 200
    return render(request, "workflow/trust.html", context, status=status)


def _flags(told: trusting.Trust) -> str:
    rows = [
        charts.Row(str(FLAGS.get(rate.name, rate.name)), [rate.count, rate.n - rate.count])
        for rate in told.flags
    ]
    return charts.stacked(_("Were the flags right?"), [_("changed"), _("right as it was")], rows)


def _text_fields() -> list[str]:
    kinds = forms.kinds("")
    return [name for name in forms.columns() if kinds[name] in {"name", "inn", "okpo", "person"}]


def _span(request: HttpRequest) -> tuple[datetime, datetime]:
    given = request.GET.get("days") or request.POST.get("days") or "92"
    days = int(given) if given.isdigit() and int(given) in _SPANS else 92
    now = timezone.now()
    return now - timedelta(days=days), now + timedelta(seconds=1)


def _share(text: str) -> float:
    """Return a share from a percentage as people write it; Refused for anything else."""
    try:
        return float(text.replace(",", ".").replace("%", "").strip()) / 100
    except ValueError as error:
        raise Refused("a share is no percentage; give it as 0,5") from error
