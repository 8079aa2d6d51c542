"""Names of organisations, addresses and other words: as written, spaces collapsed.

There is no list of all names, so nothing here replaces a word by a likelier
one. What is decided is which of two readings stands (``readings``); what is
measured is how many words are known; what stays open goes to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from intake.domain.notice import Candidate, Flag
from intake.fields.address_parts import is_part
from intake.fields.cleaning import is_dotted
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.readings import Merged, merge
from intake.fields.reference import Reference
from intake.fields.script import collapse, has_writing
from intake.fields.settling import Settled
from intake.fields.word_evidence import word_evidence
from intake.fields.words import Words

_SENTENCES_END = re.compile(r"([^\W\d_]{4}|[»”\"])\.$")
"""The point of the sentence that a name ends, not of «им.»."""
_DOTTED = re.compile(r"ёв(?:ич|на)(?!\w)|иёв[аыоу]?[мй]?(?!\w)", re.IGNORECASE)
"""Dots on the vowel of an ending that has none in any name («Асаналиёв»): dirt."""
_COMPANY = re.compile(r"(?<!\w)[О0]с[О0]{2}(?!\w)")
"""«ОсОО» with zeros for letters, which no other word looks like."""
_NUMBERED_INITIAL = re.compile(r"(?<=\d)(?=[А-ЯЁӨҮҢ]\. ?[А-ЯЁӨҮҢ])")
"""Between a school's number and the initial of whom it is named after («№ 31Б. Кайыпов»)."""
_LABEL = re.compile(
    r"^(?:(?:Организация|Уюм|Наименование|Аталышы)\W*\s|(?:[^\W\d_]+\.? ){0,3}[^\W\d_]+\.?: )"
    r"(?=[А-ЯЁӨҮҢ«\d№])"
)
"""What forms that were typed anew print before the name («Наименование», «организации:»)."""
_CONTACT = re.compile(
    r"[\s,;(]+(?:тел|телефону?|факс|моб|e-?mail|эл\. ?(?:почта|дарек)|байланыш)(?!\w).*$",
    re.IGNORECASE,
)
"""The school's telephone, which letterheads have behind the address."""
_IS_CONTACT = re.compile(r"(?:тел|телефон|факс|моб|e-?mail|эл\. ?почта)\b", re.IGNORECASE)

_NEXT_LABEL = re.compile(
    r"[\s,;]+(?:\d\.? )?(?:ИНН|ОКПО)\b.*$|\s*\([^()]*(?:наименование|аталышы)\b.*$"
    r"|[\s,;]+(?:юр|факт)\.?(?: адрес)?$",
    re.IGNORECASE,
)
"""The next label of the form, or a caption of its own, and what follows it."""
_ADDRESS_LABEL = re.compile(
    r"^(?:(?:юридический|фактический|юри?дикалык|фактылык|адрес|дареги)\W+)+", re.IGNORECASE
)
_STAMPS_NUMBER = re.compile(
    r"\s(?:вх|входящий|кир|кириш|кирүүчү|рег|исх|чыг|чыгыш)\.?\s*№.*$", re.IGNORECASE
)
"""A stamp's number behind the line («Кир. № 126»); streets are called like it («Кирова № 5»)."""
_CAPTIONS_END = re.compile(r"^[^()]{1,60}\)[\s,]+(?=\S)")
"""The end of a caption of the blank above."""
_STAMPS_DATE = re.compile(r"^\W*\d{1,2}\.\d{1,2}\.\d{2,4}\W+")
"""The date of a stamp beside the line, read into it."""

_OTHERS = re.compile(
    r"\d{8}|[():]|(?:19|20)\d\d ?-? ?(?:г|ж)|(?<!\w)(?:ИНН|ОКПО)(?!\w)"
    r"|(?<!\w)(?:соответстви|приказ|ылайык|буйруг|уведомля|сообща|извеща|кабарла|билдир|администрац"
    r"|уважени|урматтоо|сиз(?:дер)?ге(?!\w))",
    re.IGNORECASE,
)
"""Another field's number or label, a caption, or the words of a letter around a name."""
_STREET = re.compile(r"(?<!\w)(?:ул|улица|көч|көчөсү|просп|проспект)(?!\w).*\d", re.IGNORECASE)
"""An address behind a name, of a letterhead that has no label before it."""
_OPENED = re.compile(r"([^\W\d_]+), ?[«\"“№А-ЯЁӨҮҢ]")
"""A letter's opening before a name («Бизде, Кошой уулу … мектеп»): a name says first what it is."""
_LOST_POINT = re.compile(r"(?<![^\s«\"])[А-ЯЁӨҮҢ] (?=[А-ЯЁӨҮҢ])|(?<!\S)им (?=[А-ЯЁӨҮҢ])")
"""«им Н Бегалиева»: both readers took the points for dirt; of 1,504 values none has it so."""
_KIND = re.compile(
    r"школ|мектеп|мектеб|лице[йяю]|гимнази|бакча|\bсад|ясл|интернат|мекеме|учрежд|комплекс|центр"
    r"|борбор|колл?едж|училищ|академи|институт|организац|уюм|предприят|ишкана|коом|обществ|фонд"
    r"|(?-i:(?<![^\W\d_])(?=\w*[А-ЯӨҮҢ]{2})[А-ЯӨҮҢ][^\W\d_]{1,5}(?![^\W\d_]))",
    re.IGNORECASE,
)
"""What a legal entity is, in words or as «СОШ», «ОсОО»: so in each of 533 names. «Оксфорд» alone
lacks the rest."""
_CUT = re.compile(
    r"(?:№|ской|ского|[нтд][ыиуү]н|[дт][ае]г[ыи]|(?i:муниципалдык|мамлекеттик|жеке(?: менчик)?)"
    r"|(?i:муниципальн|государственн|частн)\w+|(?<!\w)(?:им\.?|имени|атындагы|[А-ЯЁӨҮҢ]\.))[»\"]?$"
)
"""The end of a name or an address whose next word, «области», «мекемеси», went elsewhere."""
_STROKE_BEHIND = re.compile(r"(?<=[\w.]),\s[^\W\d_ЗзбОо]\]?$")
"""A stroke behind an address, read as one letter more («көчөсү 141, П»); «З» is a house."""
_TIGHT = re.compile(r",(?=[^\W\d_])")
"""A comma whose space was not seen: none of 1,532 stood so before a word."""
_NEXT_SENTENCE = re.compile(r"\d\. [А-ЯЁӨҮҢ][^\W\d_]{2,}$")
"""A house, and the first word of the next sentence («…, 12. Уюм»)."""
_ODD = re.compile(r"[!?|\\{}<>=+*~^]")
"""Signs that no address has: part of a word was misread, or a stroke stands there."""

_POSTCODE = re.compile(r"(?<!\d)7[12]\d{4}(?!\d)")
_NESTED = re.compile(r"«[^«»]*«[^«»]*»$")
_CLOSING = "»”\"'"
SHORTEST = 3
"""Letters of an organisation's name, at least."""
_FLAGS = {
    Note.FORM_WORDS: Flag.AMBIGUOUS,
    Note.READINGS_DISAGREE: Flag.AMBIGUOUS,
    Note.KYRGYZ_LETTERS: Flag.AMBIGUOUS,
    Note.SPELLING_UNSURE: Flag.AMBIGUOUS,
    Note.QUOTES_UNBALANCED: Flag.AMBIGUOUS,
    Note.NAME_UNUSUAL: Flag.AMBIGUOUS,
    Note.ADDRESS_UNUSUAL: Flag.AMBIGUOUS,
    Note.ONE_INITIAL: Flag.AMBIGUOUS,
    Note.NAME_ENDS: Flag.AMBIGUOUS,
    Note.DIGITS_IN_NAME: Flag.AMBIGUOUS,
    Note.INK_BESIDE: Flag.AMBIGUOUS,
    Note.WHAT_IT_IS: Flag.AMBIGUOUS,
    Note.SIGNS_REPAIRED: Flag.CORRECTED,
    Note.COMMAS_DOUBTFUL: Flag.AMBIGUOUS,
    Note.NUMBERLESS: Flag.AMBIGUOUS,
    Note.NOTHING_LEGIBLE: Flag.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word that may be spelled otherwise, and how."""

    word: str
    instead: str
    note: Note


def grade_text(written: Written, reference: Reference) -> Graded:
    """Return any written words: a text field, or what has no rules of its own."""
    words = reference.words
    merged = merge(written, words)
    if not has_writing(merged.text):
        return _empty(written, merged)
    doubts = _doubts(merged, written, words)
    dotted = (Note.SPELLING_UNSURE,) if _DOTTED.search(merged.text) else ()
    notes = distinct((*_reading_notes(merged), *(doubt.note for doubt in doubts), *dotted))
    return Graded(
        merged.text,
        collapse(written.text),
        _candidates(merged, doubts),
        distinct(_FLAGS[note] for note in notes),
        notes,
        ocr_evidence(written) | word_evidence(written, merged, words, len(doubts)),
    )


def grade_name(written: Written, reference: Reference) -> Graded:
    """Return the full name of a legal entity.

    Quotes that open and never close (OCR loses 11-19 % of closing quotes) are
    ``ambiguous`` unless the second reading has them; evidence ``numbered``
    tells of a number in the name, whose digits nothing can check.
    """
    graded = grade_text(written, reference)
    value = graded.value
    if value is None:
        return graded
    value = _SENTENCES_END.sub(r"\1", value)
    value = _NUMBERED_INITIAL.sub(" ", _COMPANY.sub("ОсОО", value))
    graded = replace(graded, value=_LABEL.sub("", value))
    if graded.value != value:  # a retyped form's own label, or a name that begins so
        graded = noted(graded, Note.SPELLING_UNSURE)
        value = graded.value or value
    own = _NEXT_LABEL.sub("", _without_stamp(value))
    if own and own != value:  # the line went on with the next label, or began with a stamp's date
        graded, value = noted(replace(graded, value=own), Note.SPELLING_UNSURE), own
    opened = _OPENED.match(value)
    is_opened = opened is not None and not _KIND.search(opened[1])
    if _OTHERS.search(value) or _STREET.search(value) or is_opened:
        graded = noted(graded, Note.FORM_WORDS)
    if _LOST_POINT.search(value):
        graded = noted(graded, Note.SPELLING_UNSURE)
    is_told = any(sign.isupper() or sign.isdigit() for sign in value)  # «уюму» is not
    is_cut = _CUT.search(value) or sum(map(str.isalpha, value)) < SHORTEST
    if is_cut:
        graded = noted(graded, Note.INK_BESIDE)  # the rest of it was taken for another field's
    elif not is_told or not _KIND.search(value):
        graded = noted(graded, Note.WHAT_IT_IS)
    evidence = dict(graded.evidence) | {"numbered": float(any(map(str.isdigit, value)))}
    graded = replace(graded, evidence=evidence)
    if value.count("«") == value.count("»") or _closes_both(value, written):
        return graded
    is_open = value.count("«") > value.count("»")
    closed = _closed(_LIKE_QUOTES.sub("»", value) if is_open else value)
    others = (*graded.candidates, Candidate(closed, 0.5, "quotes"))
    # what opened was closed somewhere, likeliest at the end; what only closed may be a stroke
    graded = replace(graded, value=closed if is_open else value, candidates=best_first(others))
    return noted(graded, Note.QUOTES_UNBALANCED)


def grade_address(written: Written, reference: Reference) -> Graded:
    """Return an address; evidence ``digit_count`` tells how many digits nothing can check.

    One without any digit is ``ambiguous`` («6а» was read «ба», or not at all) unless it ends with
    a village or town, and so is one on a dotted rule, whose commas went with the dots, or where
    one part follows another without a comma though others have theirs.
    """
    graded = grade_text(written, reference)
    value = graded.value
    if value is None:
        return graded
    own = _CONTACT.sub("", _without_stamp(_without_term(_STROKE_BEHIND.sub("", value), reference)))
    if own and own != value:
        graded, value = noted(replace(graded, value=own), Note.SPELLING_UNSURE), own
    if _IS_CONTACT.match(value):
        graded = noted(graded, Note.FORM_WORDS)
    if ", " in value:  # whoever parts with spaces does so everywhere
        value = _TIGHT.sub(", ", value)
        graded = replace(graded, value=value)
    housed = _HOUSE_BA.sub(
        "6", _HIGH_HOUSE.sub(r"\1б", _HOUSE_THREE.sub("3", _HOUSE_ZERO.sub("0", value)))
    )
    if housed != value:
        graded, value = offered(replace(graded, value=housed), value), housed
    if _OTHERS.search(value) or _runs_on(value) or _NEXT_SENTENCE.search(value):
        graded = noted(graded, Note.FORM_WORDS)
    if _LOST_POINT.search(value):
        graded = noted(graded, Note.SPELLING_UNSURE)
    digits = sum(map(str.isdigit, value))
    graded = replace(graded, evidence=dict(graded.evidence) | {"digit_count": float(digits)})
    if _ODD.search(value):
        graded = noted(graded, Note.INK_BESIDE)
    if not any(map(str.isdigit, _POSTCODE.sub("", value))) and not _NO_NUMBER.search(value):
        graded = noted(graded, Note.NUMBERLESS)
    if "," not in value and not any(map(is_part, value.split())):
        graded = noted(graded, Note.ADDRESS_UNUSUAL)  # «Ноокат № 1»: likelier a school's name
    lost = is_dotted(written.text) and "," not in value
    lost |= "," in value and _PART_AFTER_PART.search(value) is not None
    graded = noted(graded, Note.COMMAS_DOUBTFUL) if lost else graded
    if _BROKEN_OFF.search(written.text) or _CUT.search(value):
        graded = noted(graded, Note.INK_BESIDE)
    return offered(graded, _HOUSE_6.sub("б", value))


def _runs_on(value: str) -> bool:
    """Tell whether words that are none of an address follow its house («…, 8 Педагогический»)."""
    behind = _BEHIND_HOUSE.search(value)
    is_more = behind is not None and not any(map(is_part, behind[1].split()))
    return is_more and not _NO_NUMBER.search(value)


def _without_stamp(value: str) -> str:
    """Return a value without what an incoming stamp says about it, or the end of a caption."""
    return _STAMPS_NUMBER.sub("", _STAMPS_DATE.sub("", _CAPTIONS_END.sub("", value)))


def _without_term(value: str, reference: Reference) -> str:
    """Return an address without an answer before it: that of the line above («жеке менчик …»)."""
    low = value.casefold()
    terms = (term for several in reference.terms.values() for term in several)
    found = max((t for t in terms if low.startswith((f"{t} ", f"{t},"))), key=len, default="")
    return _ADDRESS_LABEL.sub("", value[len(found) :].lstrip(" ,;"))


_NO_NUMBER = re.compile(
    r"(?<!\w)(?:б/н|н/ж|без номера|номерсиз|[^\W\d_][\w-]+ (?:айылы|а\.|шаары|ш\.)"
    r"|(?:село|с\.|город|г\.|айыл) ?[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?)$",
    re.IGNORECASE,
)
"""«Without a number», said in so many letters; a village or town, whose streets have no names."""
_BEHIND_HOUSE = re.compile(r"\d[^\W\d_]?\W+((?:[^\W\d_]|[^\w])*[^\W\d_]{4}(?:[^\W\d_]|[^\w])*)$")
_PART_AFTER_PART = re.compile(
    r"[^\W\d_][\w-]+ (?:а|ш|обл|р-ну?|району?|область|облусу|айылы|шаары)\.? (?=[А-ЯЁӨҮҢ])"
)
"""A part of an address whose comma a reader took for its point («Ак-Жар а. Совет көчөсү»)."""
_BROKEN_OFF = re.compile(r"\w[-–]$")
"""An address that goes on in a next line («13-»), which was not found."""
_HIGH_HOUSE = re.compile(r"(?<![\d/-])([2-9]\d|1\d\d)6(?=$|-үй)")
"""«84б», «143б», which both readers take for «846», «1436»: no street has so many houses."""
_HOUSE_THREE = re.compile(r"(?<=\d)З(?=[абвг]?$)|(?<=\d/)З$|(?<=[,.№м] )З$|(?<=[.№])З$")
"""«17За», «76/З», «д. З»: no house has the letter of the digit's shape."""
_HOUSE_ZERO = re.compile(r"(?<=\d)[оО](?![^\W\d_оО])")
"""«6о»: nor this one."""
_HOUSE_BA = re.compile(r"(?<=[,.] )б(?=[абвг](?:-үй)?$)")
"""«6а» at the end, which readers take for a word."""
_HOUSE_6 = re.compile(r"(?<=\d-)6(?!\d)")
"""The flat of «37-6»; as often the letter of «37-б», which both readers take for it."""


def offered(graded: Graded, other: str) -> Graded:
    """Ask about a value that both readings have, where another spelling is as likely."""
    if other == graded.value:
        return graded
    candidates = best_first((*graded.candidates, Candidate(other, 0.5, "words")))
    return noted(replace(graded, candidates=candidates), Note.SPELLING_UNSURE)


def _empty(written: Written, merged: Merged) -> Graded:
    text = collapse(written.text)
    if not merged.second or not has_writing(merged.second):
        return Graded(None, text, evidence=ocr_evidence(written))
    seen = (Candidate(merged.second, 0.4, "second"),)
    notes = (Note.NOTHING_LEGIBLE,)
    return Graded(None, text, seen, (Flag.UNREADABLE,), notes, ocr_evidence(written))


def _reading_notes(merged: Merged) -> tuple[Note, ...]:
    said = {
        Note.READINGS_DISAGREE: merged.count(Settled.UNRESOLVED) > 0,
        Note.SIGNS_REPAIRED: merged.number_signs > 0,
    }
    return tuple(note for note, holds in said.items() if holds)


def _doubts(merged: Merged, written: Written, words: Words) -> list[_Doubt]:
    """Find unknown words beside which a known spelling lies.

    A word both readings agree on is let pass where the whole text has no Kyrgyz
    letter (it was typed without them), and where only a neighbour is known that
    could as well be another name.
    """
    plain = not re.search("[өүңӨҮҢ]", merged.text)
    found = []
    for token in merged.tokens:
        agreed = merged.second is not None and token.how in (Settled.SAME, Settled.PUNCTUATION)
        for word in re.findall(r"[^\W\d_]{3,}", token.text):
            doubt = None if words.knows(word) else _doubt(word, written, words, agreed=agreed)
            if doubt and not (agreed and plain and doubt.note is Note.KYRGYZ_LETTERS):
                found.append(doubt)
    return found


def _doubt(word: str, written: Written, words: Words, *, agreed: bool) -> _Doubt | None:
    if written.language == "ky":
        for spelling in words.spellings(word):
            if agreed and _has_more(word, spelling):
                break
            return _Doubt(word, _like(spelling, word), Note.KYRGYZ_LETTERS)
    near = words.neighbour(word)
    if agreed and not _is_misspelling(word, near, words):
        return None
    return _Doubt(word, _like(near, word), Note.SPELLING_UNSURE) if near else None


def _has_more(word: str, spelling: str) -> bool:
    """Tell whether a word has Kyrgyz letters where a known one has plain ones: seldom misread."""
    pairs = zip(word.casefold(), spelling.casefold(), strict=False)
    return all(mine == other or mine in "өүң" for mine, other in pairs)


def _is_misspelling(word: str, near: str | None, words: Words) -> bool:
    """Tell whether a word that both readings have is hardly a word: long, one letter replaced.

    Not its last one: «Беловодское» is no «Беловодской» misread.
    """
    if near is None or near not in words.common:
        return False
    return len(near) == len(word) >= 9 and near[:-1] != word[:-1].casefold()


def _like(word: str, model: str) -> str:
    if model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _candidates(merged: Merged, doubts: list[_Doubt]) -> tuple[Candidate, ...]:
    text = merged.text
    found = [Candidate(text, 0.9, "value")]
    swapped = text
    for doubt in doubts:
        swapped = swapped.replace(doubt.word, doubt.instead)
    found.append(Candidate(swapped, 0.5, "words"))
    found.append(Candidate(merged.first, 0.4, "first"))
    if merged.second:
        found.append(Candidate(merged.second, 0.4, "second"))
    return best_first(found)


_LIKE_QUOTES = re.compile(r"(?<!№)\s(?:66|99)(?=\s|$)")
"""What “ and ” behind a word look like."""


def _closes_both(value: str, written: Written) -> bool:
    """Tell whether one quote closes two («Школа «Умай», as Russian writes), in both readings."""
    last = [text.rstrip(" ,.;")[-2:] for text in (written.text, written.second or "") if text]
    return bool(_NESTED.search(value)) and all(
        end[-1:] in _CLOSING and end[:1] not in _CLOSING for end in last
    )


def _closed(value: str) -> str:
    missing = value.count("«") - value.count("»")
    return value + "»" * missing if missing > 0 else "«" * -missing + value


def noted(graded: Graded, note: Note) -> Graded:
    """Return a graded value with one more note, and the flag that goes with it."""
    return replace(
        graded,
        flags=distinct((*graded.flags, _FLAGS[note])),
        notes=distinct((*graded.notes, note)),
    )
