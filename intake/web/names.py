"""What people call kinds of fields, reasons of flags, authorities and groups of counts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "inn": _("INN"),
    "okpo": _("OKPO"),
    "name": _("names of organisations"),
    "person": _("names of people"),
    "address": _("addresses"),
    "region": _("regions"),
    "district": _("districts"),
    "enum": _("form of ownership"),
    "choice": _("underlined choices"),
    "date": _("dates"),
    "number": _("numbers"),
    "signature": _("signature"),
    "seal": _("seal"),
    "text": _("text"),
}
FLAGS: Mapping[str, Promise] = {
    "low-confidence": _("read with little certainty"),
    "ambiguous": _("several readings are possible"),
    "corrected": _("corrected by the program"),
    "check-failed": _("failed a check"),
    "not-in-reference": _("not in the reference list"),
    "conflict": _("contradicts something else"),
    "required-blank": _("required, but blank"),
    "missing": _("not found on the page"),
    "unreadable": _("not readable"),
    "handwritten": _("handwritten"),
}
AUTHORITIES: Mapping[str, Promise] = {
    "ministry": _("the Ministry"),
    "local-government": _("the local government"),
    "education-department": _("the education department"),
}
SCREENS: Mapping[str, Promise] = {
    "desk": _("at the desk"),
    "desk ahead": _("fetched ahead for the desk"),
    "grid": _("one field of many notices"),
    "keying": _("keyed again"),
    "scan": _("the scan"),
    "crop": _("a piece of the scan"),
    "original": _("the original file"),
    "record": _("the record"),
    "api": _("through the API"),
    "api list": _("in a list through the API"),
}
GROUPS: Mapping[str, Promise] = {
    "region": _("region"),
    "district": _("district or city"),
    "ownership": _("form of ownership"),
    "level": _("level of education"),
    "month": _("month"),
}
