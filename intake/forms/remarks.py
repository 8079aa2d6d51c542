"""What is no mistake in a form, though its writer may not have meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from intake.domain.template import (
    FieldKind,
    FieldRule,
    Template,
    Wording,
    gaps_of,
    options_of,
    print_in,
    words_of_options,
)

LANGUAGES = ("ky", "ru")
"""Languages that papers are written in."""


TOLD = ("ky", "ru", "en")
"""Languages that reviewers are told things in."""


def remarks(form: Template) -> Iterator[str]:
    """Yield what reading and reviewers will lack, one line each."""
    spoken = {wording.language for wording in form.wordings}
    for language in LANGUAGES:
        if language not in spoken:
            yield f"no {language}.txt: papers in that language are not found"
    for wording in form.wordings:
        if not wording.title.isupper():
            yield (
                f"{wording.language}.txt: no line begins with a title in capitals; papers are told"
                f" by «{wording.title}»"
            )
        if _is_of_another(wording):
            yield f"{wording.language}.txt has {_OWN[wording.language][1]}"
        for what in _unprinted(form, wording):
            yield f"{wording.language}.txt has no {what}, as another wording has"
    yield from _alike(form)
    if untold := [name for name in form.fields if name not in form.said]:
        yield f"no caption for {', '.join(untold)}: reviewers see these names"
    for name, said in form.said.items():
        if unsaid := [language for language in TOLD if not said.get(language)]:
            yield f"{name} says nothing in {', '.join(unsaid)}: people see another language"
    for reason in _reasons(form):
        if reason not in form.said:
            yield f"no text for reason {reason}: reviewers see it as written"


_OWN = {
    "ky": ("[өүңӨҮҢ]", "no ө, ү or ң: is it in Kyrgyz?"),
    "ru": ("^[^өүңӨҮҢ]*$", "ө, ү or ң: is it in Russian?"),
}
"""What the wording of each language has, and what to ask where it has not."""


def _is_of_another(wording: Wording) -> bool:
    text = " ".join(print_in(block) for block in wording.blocks)
    own = _OWN.get(wording.language)
    return own is not None and re.search(own[0], text) is None


def _unprinted(form: Template, wording: Wording) -> Iterator[str]:
    """Yield the blanks and options that a wording lacks."""
    blanks = {name for block in wording.blocks for name in gaps_of(block)}
    printed = {option for block in wording.blocks for option in options_of(block)}
    for name, rule in form.fields.items():
        if rule.kind is FieldKind.CHOICE:
            options = ((name, option) for option in rule.options)
            yield from (f"[{name}={option}: …]" for name, option in options
                        if (name, option) not in printed)  # fmt: skip
        elif rule.kind is not FieldKind.SEAL and name not in blanks:
            yield f"{{{name}}}"


def _alike(form: Template) -> Iterator[str]:
    """Yield the headings that two fields of one kind have, and words that two options have."""
    for (one, mine), (other, its) in combinations(form.fields.items(), 2):
        for said in sorted(set(mine.headings) & set(its.headings)):
            if mine.kind is its.kind:
                yield f"heading «{said}» is of {one} and {other}: which is meant is not told"
    for name, rule in form.fields.items():
        for one, other in combinations(rule.options, 2):
            for said in sorted(_said(form, rule, one) & _said(form, rule, other)):
                yield f"«{said}» says options {one} and {other} of {name}"


def _said(form: Template, rule: FieldRule, option: str) -> set[str]:
    blocks = (block for wording in form.wordings for block in wording.blocks)
    printed = (pair for block in blocks for pair in words_of_options(block, rule.name))
    own = (words for name, words in printed if name == option)
    return {*own, *rule.words.get(option, ()), *rule.answers.get(option, ())}


def _reasons(form: Template) -> list[str]:
    given = [check.settings.get("reason") for check in form.checks]
    listed = [list(one.values()) if isinstance(one, Mapping) else [one] for one in given]
    return list(dict.fromkeys(str(one) for some in listed for one in some if one is not None))
