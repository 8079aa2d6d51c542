from __future__ import annotations

import re

import pytest

from intake.domain.ink import Mark, OptionInk, Presence
from intake.domain.notice import Flag
from intake.fields.choices import grade_choice
from intake.fields.graded import Note
from intake.fields.marks import grade_presence
from intake.fields.messages import LANGUAGES, MESSAGES, explain
from intake.fields.reference import Reference
from intake.fields.terms import grade_term, is_term, says_all
from tests.fields.writing import written

LEVELS = ("preschool", "school")


def ink(option: str, mark: Mark, confidence: float = 0.95, *, sure: bool = True) -> OptionInk:
    return OptionInk("education_level", option, mark, confidence, sure)


def marks(preschool: Mark, school: Mark) -> tuple[OptionInk, ...]:
    return ink("preschool", preschool), ink("school", school)


@pytest.mark.parametrize(
    ("preschool", "school", "value"),
    [
        (Mark.UNDERLINED, Mark.NONE, "preschool"),
        (Mark.NONE, Mark.CIRCLED, "school"),
        (Mark.CIRCLED, Mark.CIRCLED, "preschool,school"),
        (Mark.NONE, Mark.NONE, None),
        (Mark.UNDERLINED, Mark.STRUCK, "preschool"),
    ],
)
def test_sure_marks_need_no_person(preschool: Mark, school: Mark, value: str | None) -> None:
    graded = grade_choice(marks(preschool, school), LEVELS, several=True)
    assert (graded.value, graded.flags) == (value, ())


def test_nobody_underlines_one_option_and_circles_the_other() -> None:
    graded = grade_choice(marks(Mark.CIRCLED, Mark.UNDERLINED), LEVELS, several=True)
    assert graded.value == "preschool,school"
    assert (graded.flags, graded.notes) == ((Flag.AMBIGUOUS,), (Note.MARK_UNSURE,))


def test_a_mark_beside_an_option_that_was_not_found_is_asked_about() -> None:
    graded = grade_choice((ink("school", Mark.UNDERLINED),), LEVELS, several=True)
    assert (graded.value, graded.notes) == ("school", (Note.MARK_UNSURE,))


def test_options_that_exclude_each_other() -> None:
    both = marks(Mark.UNDERLINED, Mark.UNDERLINED)
    graded = grade_choice(both, LEVELS, several=False)
    assert (graded.value, graded.flags) == (None, (Flag.AMBIGUOUS,))
    assert graded.notes == (Note.MARK_BOTH,)


def test_what_a_clear_stroke_leaves_is_chosen() -> None:
    graded = grade_choice(marks(Mark.STRUCK, Mark.NONE), LEVELS, several=True)
    assert (graded.value, graded.flags) == ("school", ())


def test_doubted_strike_outs_and_abstentions_go_to_a_person() -> None:
    doubted = (ink("preschool", Mark.STRUCK, 0.97, sure=False), ink("school", Mark.NONE))
    graded = grade_choice(doubted, LEVELS, several=True)
    assert (graded.value, graded.notes) == ("school", (Note.MARK_STRUCK,))
    graded = grade_choice(marks(Mark.STRUCK, Mark.STRUCK), LEVELS, several=True)
    assert (graded.value, graded.notes) == (None, (Note.MARK_STRUCK,))
    unsure = (ink("preschool", Mark.NONE, 0.6, sure=False), ink("school", Mark.UNDERLINED))
    graded = grade_choice(unsure, LEVELS, several=True)
    assert (graded.value, graded.notes) == ("school", (Note.MARK_UNSURE,))
    assert graded.candidates[0].value == "school"


def test_presence() -> None:
    assert grade_presence(Presence(True, 0.9, True)).value == "present"
    assert grade_presence(Presence(False, 0.9, True)).flags == ()
    unsure = grade_presence(Presence(True, 0.55, False))
    assert (unsure.value, unsure.flags) == ("present", (Flag.AMBIGUOUS,))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("мамлекеттик", "state"), ("государственная", "state"), ("Мамлекеттик менчик", "state"),
        ("гос.", "state"), ("гос. собственность", "state"), ("государственной формы", "state"),
        ("муниципалдык", "municipal"), ("муниц.", "municipal"), ("МУНИЦИПАЛЬНАЯ", "municipal"),
        ("менчиктин муниципалдык формасы", "municipal"), ("муниципалдык менчик", "municipal"),
        ("частная", "private"), ("жеке менчик", "private"), ("жекеменчик", "private"),
        ("жеке", "private"), ("частной формы собственности", "private"), ("част.", "private"),
        ("мунидипальная", "municipal"), ("мамлекеттак", "state"), ("государотвенная", "state"),
        ("чaстная", "private"), ("муниципалдьшк", "municipal"), ("жеке менник", "private"),
    ],
)  # fmt: skip
def test_ownership(text: str, value: str, reference: Reference) -> None:
    graded = grade_term(written(text), reference.terms)
    assert (graded.value, graded.flags) == (value, ())


@pytest.mark.parametrize(
    "text",
    ["негосударственная", "мамлекеттик эмес", "государственная, муниципальная, частная", "менчик",
     "мамлекеттик, муниципалдык, жеке менчик", "коммунальная", "№ 5 орто мектеби", "форма"],
)  # fmt: skip
def test_ownership_that_a_person_must_see(text: str, reference: Reference) -> None:
    assert grade_term(written(text), reference.terms).flags


def test_the_end_of_the_forms_list_is_no_answer(reference: Reference) -> None:
    assert grade_term(written("частная) муниципальная"), reference.terms).value == "municipal"
    assert grade_term(written("частная): Адрес"), reference.terms).value is None
    assert grade_term(written("муниципальная)"), reference.terms).value == "municipal"


def test_readings_that_disagree_about_ownership(reference: Reference) -> None:
    graded = grade_term(written("частная", "муниципальная"), reference.terms)
    assert graded.flags == (Flag.AMBIGUOUS,)
    assert grade_term(written("частн", "частная"), reference.terms).flags == ()
    assert grade_term(written("___"), reference.terms).flags == ()


def test_every_flag_and_note_is_explained_in_three_languages() -> None:
    assert set(MESSAGES) == {*Flag, *Note}
    for key in MESSAGES:
        texts = [explain(key, language) for language in LANGUAGES]
        assert len(set(texts)) == 3
        assert all(text.strip().endswith(".") for text in texts)
        assert re.search("[а-яөүң]", texts[0])
        assert not re.search("[өүңӨҮҢ]", texts[1]) or key == Note.KYRGYZ_LETTERS
        assert not re.search("[а-яА-Я]", texts[2]) or key == Note.KYRGYZ_LETTERS
    own = {str(Note.INN_DATE): {"ky": "Өз сөзү."}}  # what a form says counts, in whatever language
    assert explain(Note.INN_DATE, "ru", own) == "Өз сөзү."


def test_a_damaged_term_among_other_words_is_asked_about(reference: Reference) -> None:
    assert grade_term(written("оку ыр овенидя мунпшаы тныя"), reference.terms).flags
    assert grade_term(written("муниципалдык менчик"), reference.terms).flags == ()


@pytest.mark.parametrize(
    "text",
    [
        "Муниципальная (государственная, муниципальная, частная)",
        "муниц. (мамлекеттик, муниципалдык, жеке менчик)",
    ],
)
def test_the_forms_list_behind_an_answer_says_nothing(text: str, reference: Reference) -> None:
    graded = grade_term(written(text), reference.terms)
    assert (graded.value, graded.flags) == ("municipal", ())
    assert not says_all("муниципальная (ОсОО)", reference.terms)
    assert says_all("(государственная, муниципальная, частная)", reference.terms)


SHIFTS = {"first": ("первая", "1", "I"), "second": ("вторая", "2", "II")}


@pytest.mark.parametrize(("text", "option"), [("2-смена", "second"), ("I смена", "first")])
def test_short_terms_count_as_they_are(text: str, option: str) -> None:
    graded = grade_term(written(text), SHIFTS)
    assert (graded.value, graded.flags) == (option, ())


def test_a_list_of_answers_is_none() -> None:
    assert is_term("вторая", SHIFTS)
    assert not is_term("первая, вторая", SHIFTS)


def test_one_struck_out_one_underlined_and_one_as_printed_is_asked_about() -> None:
    inks = (ink("a", Mark.STRUCK), ink("b", Mark.NONE), ink("c", Mark.UNDERLINED))
    assert grade_choice(inks, ("a", "b", "c"), several=False).flags == (Flag.AMBIGUOUS,)


def test_a_term_word_by_word_is_meant_though_another_has_its_words() -> None:
    terms = {"monthly": ["ай сайын"], "quarterly": ["чейрек сайын"]}
    graded = grade_term(written("ай сайын", "ай сайын"), terms)
    assert (graded.value, graded.flags) == ("monthly", ())
    assert is_term("чейрек сайын", terms)


@pytest.mark.parametrize(
    ("text", "option"),
    [("собственность", "owned"), ("менчик", "owned"), ("аренда", "leased"), ("ижара", "leased")],
)
def test_a_forms_own_word_is_an_answer_though_others_ask_with_it(text: str, option: str) -> None:
    terms = {"owned": ["собственность", "менчик"], "leased": ["аренда", "ижара"]}
    graded = grade_term(written(text, text), terms)
    assert (graded.value, graded.flags) == (option, ())
    assert is_term(text, terms)


def test_what_asks_for_ownership_is_no_answer(reference: Reference) -> None:
    assert not is_term("менчик", reference.terms)
    assert not is_term("форма собственности", reference.terms)
    assert is_term("муниципалдык менчик", reference.terms)
