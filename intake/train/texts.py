"""What training lines say: words of both languages, values and wording of forms, numbers, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from intake.synth.dates import draw_notice_date, write_date
from intake.synth.filling import write_ownership
from intake.synth.identifiers import draw_inn, draw_okpo
from intake.synth.organisations import draw_organisation
from intake.synth.people import draw_person, write_name
from intake.synth.places import draw_place, write_address
from intake.synth.reference import FOLDER, happens, table, weighted
from intake.train.alphabet import ALPHABET, DIGITS, LATIN, fold

LANGUAGES = ("ky", "ru")
_WORD = re.compile(r"[а-яёңөүА-ЯЁҢӨҮ-]{2,24}")


class Texts:
    """Draws texts; ``words`` are the word lists by language, read from files once."""

    def __init__(self, lists: dict[str, Path]) -> None:
        self.words = {language: read_words(path) for language, path in lists.items()}

    def draw(self, rng: Random, longest: int) -> str:
        """Return a text of 1 to ``longest`` letters, all of them in the alphabet."""
        text = ""
        while not text:
            kind = weighted(rng, _ODDS)
            text = _cut(rng, fold(_signed(rng, kind(rng, self))), longest)
        return text

    def draw_sensible(self, rng: Random, longest: int) -> str:
        """Return a text as papers have it, without Latin letters: Tesseract cannot write them."""
        text = ""
        while not text or re.search("[A-Za-z]", text):
            kind = weighted(rng, _SENSIBLE)
            text = _cut(rng, fold(_signed(rng, kind(rng, self))), longest)
        return text

    def some_words(self, rng: Random) -> str:
        """Return a few words of one language, with the punctuation of letters."""
        words = self.words.get(rng.choice(LANGUAGES)) or _reference_words()
        chosen = [_cased(rng, rng.choice(words)) for _ in range(rng.randint(1, 9))]
        return " ".join(word + _stop(rng) for word in chosen)


def read_words(path: Path) -> tuple[str, ...]:
    """Read a word list, one word a line, without words of other letters."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(word for word in lines if _WORD.fullmatch(word))


def _words(rng: Random, texts: Texts) -> str:
    return texts.some_words(rng)


@cache
def _reference_words() -> tuple[str, ...]:
    return tuple(row["word"] for row in table("words"))


def _school_words(rng: Random, _texts: Texts) -> str:
    return " ".join(_cased(rng, rng.choice(_reference_words())) for _ in range(rng.randint(1, 6)))


@cache
def _wording() -> tuple[str, ...]:
    """The official wording of all forms, holes and marks left out."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(FOLDER.parent.glob("*/*.txt"))]
    marks = re.compile(r"^(#|==).*$|\{[^}]*\}|\[[^:\]]*:|[\]<>_]", re.MULTILINE)
    return tuple(" ".join(marks.sub(" ", text).split()) for text in texts)


def _form(rng: Random, _texts: Texts) -> str:
    words = rng.choice(_wording()).split()
    start = rng.randrange(len(words))
    return " ".join(words[start : start + rng.randint(1, 9)])


def _name(rng: Random, _texts: Texts) -> str:
    return write_name(rng, draw_person(rng)[rng.choice(LANGUAGES)])


def _address(rng: Random, _texts: Texts) -> str:
    place = draw_place(rng)[rng.choice(LANGUAGES)]
    house = _house(rng)
    return rng.choice((write_address(rng, place, house), f"{place.district} {place.region}"))


def _house(rng: Random) -> str:
    """The number of a house; its letter may be one of a digit's shape («84б», not «846»).

    «З» and «О» are passed over, as they are on houses: nobody could tell them from digits.
    """
    number = str(rng.randint(1, 180))
    letter = rng.choice("абвгдеАБВГД")
    return rng.choice((number, f"{number}{letter}", f"{number}-{letter}", f"{number}/{letter}",
                       f"{number}/{rng.randint(1, 9)}", f"{number}6"))  # fmt: skip


def _house_letters(rng: Random, _texts: Texts) -> str:
    """A number and a letter, or the digit of its shape in its place: either must be seen."""
    between = rng.choice(("", "", "-", " "))
    house = f"{rng.randint(1, 280)}{between}{rng.choice('ббб666аАвВгд30')}"
    before = ("", "", "ул. Манаса, ", "д. ", "№ ", "үй ", "көчөсү, ", "кв. ", "ул. Ленина ")
    return rng.choice(before) + house + rng.choice(("", "", "", ",", ".", " үй", ", кв. 5"))


def _organisation(rng: Random, _texts: Texts) -> str:
    return draw_organisation(rng).names[rng.choice(LANGUAGES)]


def _ownership(rng: Random, _texts: Texts) -> str:
    kinds = ("state", "municipal", "private")
    return write_ownership(rng, rng.choice(kinds), rng.choice(LANGUAGES))


def _date(rng: Random, _texts: Texts) -> str:
    written = write_date(rng, draw_notice_date(rng), rng.choice(LANGUAGES))
    return rng.choice((written.whole, written.whole, written.day_month))


def _number(rng: Random, _texts: Texts) -> str:
    some = str(rng.randrange(10 ** rng.randint(1, 9)))
    spaced = " ".join(draw_inn(rng))
    numbers = (draw_inn(rng), draw_okpo(rng), some, spaced, f"ИНН {draw_inn(rng)}",
               f"{draw_inn(rng)}, ОКПО {draw_okpo(rng)}")  # fmt: skip
    return rng.choice(numbers)


def _digits(rng: Random, _texts: Texts) -> str:
    return "".join(rng.choice(DIGITS) for _ in range(rng.randint(1, 16)))


def _code(rng: Random, texts: Texts) -> str:
    n = rng.randint(1, 999)
    series = "".join(rng.choice("ABCDEIKMNOPT") for _ in range(rng.randint(1, 3)))
    roman = rng.choice(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XX", "XXI"))
    latin = "".join(rng.choice("abcdefghiklmnoprstuvwyz") for _ in range(rng.randint(2, 9)))
    codes = (
        f"№ {n}", f"№{n}/{rng.randint(1, 9)}", f"№ {n}-{series}", f"{series} № {n:07d}",
        f"№ {n}-{rng.choice('кокбпд')}", "№ от", f"№ {n} от {_date(rng, texts)}",
        f"{_date(rng, texts)} № {n}", f"{_abbreviation(rng)} № {n}", _abbreviation(rng),
        _house(rng), f"№ {_house(rng)}", f"д. {_house(rng)}", f"{_house(rng)}-үй", "б/н", "н/ж",
        f"{roman} {texts.some_words(rng)}", f"{roman} век", f"{latin}{n}@mail.kg",
        latin.capitalize(), latin.upper(), f"{latin} {latin[::-1]}", f"www.{latin}.kg",
        f"+996 {n:03d} {rng.randint(10, 99)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}",
        f"(0{rng.randint(3120, 3949)}) {rng.randint(10000, 99999)}", f"{n}-б.", f"{n}%",
        f"{n} (§ {rng.randint(1, 40)})", f"{n}/{n + 1}", f"{n} = {n} + 0",
    )  # fmt: skip
    return rng.choice(codes)


def _abbreviation(rng: Random) -> str:
    """Two to four capitals, mostly without sense: «КР» is not to be guessed from its first."""
    common = ("КР", "ОсОО", "ЖЧК", "ИП", "СШ", "БжИМ", "МОиН", "ОО", "МУ")
    letters = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯӨҮ"
    drawn = "".join(rng.choice(letters) for _ in range(rng.randint(2, 4)))
    return rng.choice(common) if happens(rng, 0.3) else drawn


def _mixed(rng: Random, texts: Texts) -> str:
    """Latin within Cyrillic words: serials of licences, names of schools, e-mail."""
    serial = "".join(rng.choice(LATIN.upper()) for _ in range(rng.randint(1, 3)))
    digits = str(rng.randrange(10 ** rng.randint(2, 8)))
    name = "".join(rng.choice(LATIN) for _ in range(rng.randint(3, 9)))
    latin = rng.choice((
        f"{serial} {digits}", f"{serial}{digits}", f"{serial} № {digits}", f"{serial}-{digits}",
        f"«{name.capitalize()}»", f"«{name.upper()}»", name.capitalize(),
        f"«{name.capitalize()} {name[::-1].capitalize()}»", f"{name[:4]}@{name[::-1]}.kg",
    ))  # fmt: skip
    words = texts.some_words(rng).split()
    return " ".join((*words[: rng.randint(0, 2)], latin, *words[2 : 2 + rng.randint(0, 2)]))


def _letters(rng: Random, _texts: Texts) -> str:
    """Letters without sense: the recogniser must see, not guess."""
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randint(1, 14)))


def _cyrillic_letters(rng: Random, _texts: Texts) -> str:
    letters = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөү" + "ңөүңөүзэоеёйи"
    word = "".join(rng.choice(letters) for _ in range(rng.randint(1, 10)))
    return _cased(rng, word)


def _capitals(rng: Random, texts: Texts) -> str:
    """Words that begin with capitals, which only their height tells from small letters."""
    words = texts.words.get(rng.choice(LANGUAGES)) or _reference_words()
    return " ".join(_alike(rng.choice(words), rng) for _ in range(rng.randint(1, 5)))


def _alike(word: str, rng: Random) -> str:
    changed = rng.choice((str.capitalize, str.capitalize, str.upper, str.lower))
    return rng.choice(_ALIKE) + word if happens(rng, 0.2) else changed(word)


_ALIKE = "ВЖЗИЙКЛМНОПСТУХЦЧШЩЭЮЯӨҮҢ"
_ODDS: dict[Callable[[Random, Texts], str], float] = {
    _words: 34, _school_words: 8, _form: 10, _name: 8, _address: 6, _organisation: 6,
    _ownership: 1, _date: 5, _number: 6, _digits: 3, _code: 6, _mixed: 5, _letters: 4,
    _cyrillic_letters: 4, _capitals: 8,
    _house_letters: 5,
}  # fmt: skip

_SENSIBLE = {
    kind: odds
    for kind, odds in _ODDS.items()
    if kind not in (_digits, _mixed, _letters, _cyrillic_letters, _capitals, _house_letters)
}


def _cased(rng: Random, word: str) -> str:
    chance = rng.random()
    return word.upper() if chance < 0.1 else word.capitalize() if chance < 0.3 else word


def _stop(rng: Random) -> str:
    signs = (",", ",", ",", ".", ".", ";", ":", " –", " -", "!", "?", "...")
    return rng.choice(signs) if happens(rng, 0.14) else ""


def _signed(rng: Random, text: str) -> str:
    if happens(rng, 0.07):
        pair = rng.choice(("«»", "“”", "„“", '""', "()", "[]", "''"))
        return f"{pair[0]}{text}{pair[1]}"
    return text.upper() if happens(rng, 0.04) else text


def _cut(rng: Random, text: str, longest: int) -> str:
    """Return whole words that fit, or a part of the first one."""
    if len(text) <= longest:
        return text
    words = text.split()
    start = rng.randrange(len(words))
    return _fitting(words[start:], longest)


def _fitting(words: Sequence[str], longest: int) -> str:
    taken = words[0][:longest]
    for word in words[1:]:
        if len(taken) + 1 + len(word) > longest:
            break
        taken += " " + word
    return taken
