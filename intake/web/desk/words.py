"""What the desk's scripts say, in the reader's language: scripts hold no words of their own."""

from __future__ import annotations

from django.utils.translation import gettext as _


def notice_words() -> dict[str, str]:
    """Return the words of the screen of one notice."""
    return {
        **_states(),
        "flagged": _("To look at"),
        "unflagged": _("Not flagged"),
        "toLookAt": _("to look at"),
        "lookedAt": _("looked at"),
        "asRead": _("as read:"),
        "accept": _("Accept"),
        "edit": _("Change"),
        "page": _("Page"),
        "noPlace": _("The place on the scan is not known: look at the whole page."),
        "nearPlace": _("The place on the scan is not known; it should be about here."),
        "progress": _("{done} of {all} looked at"),
        "left": _("Fields still to look at: {count}. Next: {field}."),
        "sayWhat": _("Nothing was read: type the value, or say blank, missing, unreadable."),
        "accepted": _("{field}: {value}, accepted"),
        "undone": _("{field}: undone"),
        "nothingToUndo": _("There is nothing to undo."),
        "takeBack": _("Take back"),
        "takenBack": _("Notice {id}: your decision is taken back."),
        "handOver": _("A field is not legible to you: hand the notice over."),
        "noConnection": _("No connection. Your answers are kept here and are sent again."),
        "signedOut": _("You are signed out. Sign in again: your answers wait here."),
        "signIn": _("Sign in"),
        "checking": _("The value is being checked"),
        "fetching": _("The next notice is being fetched"),
        "lookAgain": _("Look at what the rules say; Enter accepts the value all the same."),
        "connected": _("Connected again; everything is sent."),
        "back": _("Notice {id} was not handed in: {why}"),
        "show": _("Show it"),
        "approved": _("Approved"),
        "second-keying": _("Approved; its numbers and name are keyed again by a second person"),
        "rejected": _("Rejected"),
        "returned": _("Sent back to the office"),
        "handed": _("Handed to a senior"),
        "caught": _("A planted error, and you caught it: {field}, {shown}; it is really {really}."),
        "missed": _("A planted error was missed: {field}, {shown}; it is really {really}."),
        "mine": _("yours"),
        "theirs": _("set by {who}"),
        "clash": _("Somebody changed this notice meanwhile. Choose for each marked field."),
        "changedTo": _("{who} set: {value}"),
        "loading": _("The page is being drawn"),
        "noPicture": _("The page cannot be shown; open the original."),
    }


def grid_words() -> dict[str, str]:
    """Return the words of the screen of one field of many notices."""
    return {
        **_states(),
        "saved": _("{count} saved"),
        "conflict": _("changed by somebody else to: {value}"),
        "failed": _("not saved: {why}"),
        "noConnection": _("No connection. Nothing is lost: save again."),
        "sayWhat": _("Nothing was read: type the value, or say blank, missing, unreadable."),
        "noPlace": _("The place on the scan is not known: look at the whole page."),
        "progress": _("{done} of {all} looked at"),
        "lookAgain": _("Look at what the rules say; Enter accepts the value all the same."),
    }


def _states() -> dict[str, str]:
    return {
        "blank": _("blank on the paper"),
        "missing": _("not on the page"),
        "unreadable": _("not readable"),
        "illegible": _("not legible to me"),
        "read": "",
    }
