"""Forms: another form is a folder and no code; every mistake is named with file and line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from intake.cli import main
from intake.domain.template import FieldKind
from intake.errors import TemplateError
from intake.fields.checks import Facts, cross_check
from intake.fields.graded import Written
from intake.fields.grading import Grader
from intake.fields.messages import explain
from intake.fields.reference import load_reference
from intake.forms import load_form, load_forms, remarks
from intake.options import TEMPLATES
from intake.stages.complete import complete
from intake.stages.completion.choices.alone import with_alone
from tests.typed import matched, typed_page, written

OTHER = Path(__file__).parent / "forms"
_TODAY = load_reference(TEMPLATES / "reference"), date(2026, 1, 1)

NOTICE = """
В отдел образования
Сокулукского района Чуйской области
УВЕДОМЛЕНИЕ О ВРЕМЕННОМ ЗАКРЫТИИ
Настоящим школа СОШ № 5 имени Ч. Айтматова (название) код ОКПО 24275760
сообщает, что занятия прекращены с 12 мая 2024 г. по 20.05.2024
по причине ремонта здания либо карантина (подчеркнуть).

Руководитель _____ Асанов А. А.
(подпись, фамилия)
"""


def test_another_form_needs_no_code() -> None:
    forms = (*load_forms(TEMPLATES), *load_forms(OTHER))
    (placement,) = matched([(1, typed_page(NOTICE))], forms)
    assert placement.template.name == "leave-notice"
    assert written(placement, "school_name") == "СОШ № 5 имени Ч. Айтматова"
    assert written(placement, "school_okpo") == "24275760"
    assert written(placement, "district") == "Сокулукского"
    assert written(placement, "closed_from") == "12 мая 2024 г."
    assert written(placement, "closed_until") == "20.05.2024"
    assert written(placement, "head") == "Асанов А. А."
    assert {option.option for option in placement.options} == {"repair", "quarantine"}


def test_the_offices_of_another_form_are_known_by_what_people_call_them() -> None:
    start, end = NOTICE.index("В отдел"), NOTICE.index("УВЕДОМЛЕНИЕ")
    text = f"{NOTICE[:start]}В управление образования мэрии г.Токмок\n\n{NOTICE[end:]}"
    page = typed_page(text)
    (placement,) = matched([(1, page)], load_forms(OTHER))
    reference = load_reference(TEMPLATES / "reference")
    assert written(complete(placement, {1: page}, reference), "district") == "Токмок"


ENUM = (
    'shift = { kind = "enum", options = ["full", "half"],'
    ' words = { full = ["толук", "полностью"], half = ["жарым-жартылай", "частично"] } }\n'
)


def with_enum(folder: Path, rule: str) -> Path:
    """Return a copy of the other form that also asks how far the school is closed."""
    shutil.copytree(OTHER / "leave-notice", folder)
    for name, before, blank in (
        ("ru.txt", "сообщает", "режим работы {shift} сообщает"),
        ("ky.txt", "{closed_from}", "{shift} болуп {closed_from}"),
        ("form.toml", "[[checks]]", f"{rule}[[checks]]"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, blank, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("written_", "value"), [
    ("полностью", "full"), ("Частично", "half"), ("частичн.", "half"), ("муниципально", None),
])  # fmt: skip
def test_an_enum_of_another_form_has_answers_of_its_own(
    tmp_path: Path, written_: str, value: str | None
) -> None:
    form = load_form(with_enum(tmp_path / "leave-notice", ENUM))
    page = typed_page(NOTICE.replace("сообщает", f"режим работы {written_} сообщает"))
    (placement,) = matched([(1, page)], (form,))
    assert written(placement, "shift") == written_
    reference = load_reference(TEMPLATES / "reference")
    graded = Grader(reference, date(2026, 1, 1)).grade(
        form.fields["shift"], Written(written_, language="ru")
    )
    assert graded.value == value


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("ремонта здания", {"repair"}),
        ("ремонта здания и карантина и холода", {"repair", "quarantine", "cold"}),
        ("ремонта здания, карантина, холода", {"repair", "quarantine", "cold"}),
        ("ремонта здания, карантина", {"repair", "quarantine"}),
        ("ремонта здания либо карантина либо холода", set()),
        ("ремонта здания и карантина", {"repair", "quarantine"}),
        ("ремонта здания и карантина (халода)", set()),
    ],
)
def test_options_said_alone_of_three_that_may_be_chosen_together(
    tmp_path: Path, said: str, chosen: set[str]
) -> None:
    folder = tmp_path / "leave-notice"
    shutil.copytree(OTHER / "leave-notice", folder)
    for name, before, after in (
        (
            "form.toml",
            '["repair", "quarantine"]',
            '["repair", "quarantine", "cold"], several = true',
        ),
        ("ru.txt", "карантина]", "карантина] либо [cause=cold: холода]"),
        ("ky.txt", "карантин]", "карантин] же [cause=cold: суук]"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert before in text
        (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    typed = typed_page(NOTICE.replace("ремонта здания либо карантина (подчеркнуть)", said))
    (placement,) = matched([(1, typed)], (load_form(folder),))
    placement = with_alone(placement, {1: typed})
    alone = {each.option for each in placement.options} if placement.alone else set()
    assert alone == chosen
    assert bool(placement.asked) is (said == "ремонта здания, карантина, холода")  # or print


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("соответствует/не соответствует", {"repair": 1, "quarantine": 2}),
        ("соответствует / не соответствует", {"repair": 1, "quarantine": 2}),
        ("###/не соответствует", {"quarantine": 2}),  # the other one is struck out, unreadable
    ],
)
def test_an_option_that_ends_with_another_is_told_from_it(
    tmp_path: Path, said: str, options: dict[str, int]
) -> None:
    folder = tmp_path / "leave-notice"
    shutil.copytree(OTHER / "leave-notice", folder)
    text = (folder / "ru.txt").read_text(encoding="utf-8").replace(" либо ", " / ")
    text = text.replace("ремонта здания", "соответствует").replace("карантина", "не соответствует")
    (folder / "ru.txt").write_text(text, encoding="utf-8")
    page = typed_page(NOTICE.replace("ремонта здания либо карантина", said))
    (placement,) = matched([(1, page)], (load_form(folder),))
    placement = complete(placement, {1: page}, load_reference(TEMPLATES / "reference"))
    assert {each.option: len(each.words) for each in placement.options} == options


@pytest.mark.parametrize(("rule", "cause"), [
    (ENUM.replace(', half = ["жарым-жартылай", "частично"]', ""), "how option 'half' of 'shift'"),
    (ENUM.replace("half =", "part ="), "options are written; it has no 'part'"),
])  # fmt: skip
def test_an_option_without_words_is_a_mistake(tmp_path: Path, rule: str, cause: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load_form(with_enum(tmp_path / "leave-notice", rule))
    assert (caught.value.line, cause in caught.value.cause) == (19, True), str(caught.value)


def test_the_product_s_own_form_is_whole() -> None:
    (form,) = load_forms(TEMPLATES)
    assert form.name == "resource-centre-notice"
    assert form.fields["organization_inn"].kind is FieldKind.INN
    assert {wording.language for wording in form.wordings} == {"ky", "ru"}
    assert len(form.fields) == 19


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the other form with something else in one of its files."""
    shutil.copytree(OTHER / "leave-notice", folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "old", "new", "line", "cause"), [
    ("ru.txt", "{district}", "{distrikt}", 2, "no field 'distrikt'"),
    ("ru.txt", "{school_okpo}", "{school_okpo", 6, "bracket"),
    ("ru.txt", "== body", "=== body", 4, "a block begins"),
    ("ru.txt", "repair: ", "broken: ", 8, "no option 'broken'"),
    ("ru.txt", "<(название)>", "<(название)", 6, "not closed"),
    ("ky.txt", "<(аталышы)>", "(аталышы)>", 6, "without"),
    ("ky.txt", "== signature", "== body", 11, "two blocks are called"),
    ("form.toml", 'kind = "okpo"', 'kind = "opko"', 10, "school_okpo"),
    ("form.toml", 'region = "region"', 'region = "regoin"', 20, "no field is called 'regoin'"),
    ("form.toml", 'rule = "within"', 'rule = "inside"', 19, "rule"),
    ("form.toml", "[fields]", "[fields", 8, "not TOML"),
    ("ru.txt", "{district} района {region}", "{district} {region}", 2, "no words stand between"),
    ("form.toml", "[[checks]]", "phone = { kind = 'number' }\n[[checks]]", 19, "'phone' has"),
    ("form.toml", '"quarantine"]', '"quarantine", "flood"]', 15, "option 'flood' of 'cause'"),
    ("form.toml", ', options = ["repair", "quarantine"]', "", 15, "options"),
    ("form.toml", "addressee = [", "adressee = [", 25, "no block is called 'adressee'"),
    ("form.toml", "version", "version = '2'\nversion", 2, "'version' is there twice"),
    ("form.toml", "school_okpo =", "окпо =", 10, "names are of Latin letters"),
    ("form.toml", "[addressees]", "[addresses]", 24, "'addressees' is meant? There are version"),
    ("form.toml", "required = true", "requird = true", 9, "'required' is meant? There are kind"),
    ("form.toml", "required = true", "required = 'yes'", 9, "true or false"),
    ("form.toml", 'addressee = [', 'addressee = "роо" # [', 25, "a list is wanted"),
    ("form.toml", "[addressees]", "[headings]\nschol_name = []\n[addressees]", 25,
     "'schol_name'; there is 'school_name'"),
    ("form.toml", '"quarantine"]', '"quarantine"], answers = { cold = ["да"] }', 15, "no 'cold'"),
    ("form.toml", 'region = "region"', 'region = "region"\nkind = "x"', 20, "no setting 'kind'"),
    ("form.toml", 'rule = "within"', 'rule = "not-after-today"', 20, "a field of kind date"),
    ("ru.txt", "== signature", "= signature", 10, "a block begins"),
    ("ru.txt", "repair: ремонта здания", "repair:  ", 8, "has no words"),
    ("ru.txt", "школа", "шкoла", 6, "«шкoла» has Latin letters"),
    ("form.toml", 'version', 'verson', 1, "'version' is meant?"),
    ("form.toml", 'version = "2024-2"', '', 1, 'write version = "2024-1"'),
    ("form.toml", '"repair", "quar', '"repair, "quar', 15, "a list is not closed"),
    ("form.toml", 'rule = "within"', 'rule = "within', 20, "a quote is not closed"),
    ("form.toml", '[[checks]]', '[checks]', 19, "in two brackets"),
    ("form.toml", "required = true", "required = True", 9, "written small"),
    ("form.toml", 'region = "region"', 'regoin = "region"', 20, "'regoin'; it needs 'region'"),
    ("form.toml", 'kind = "okpo"', 'kind = "okpo", answers = { a = ["да"] }', 10, "okpo has none"),
    ("ru.txt", "{school_okpo}", "{school_оkpo}", 6, "'school_оkpo' has a letter that is not Latin"),
    ("ru.txt", "{school_okpo}", "{school okpo}", 6, "is no field's name"),
    ("ru.txt", "{closed_from}", "{closed_from «20»}", 7, "straight quotes"),
    ("ru.txt", "{closed_from}", "________", 7, "is no blank; write {field}"),
    ("ru.txt", "[cause=repair: ремонта здания]", "{cause}", 8, "cause is a choice"),
    ("ru.txt", "{school_okpo}", "[school_okpo=one: код]", 6, "of kind okpo and has no options"),
])  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, line: int, cause: str
) -> None:
    folder = changed(tmp_path / "leave-notice", name, old, new)
    with pytest.raises(TemplateError) as caught:
        load_form(folder)
    assert caught.value.path.endswith(name)
    assert (caught.value.line, cause in caught.value.cause) == (line, True), str(caught.value)


APPLICATION = """
Приложение 2 к Порядку реорганизации образовательных организаций
Дата регистрации 17.01.2025 г.

Начальнику отдела образования Аламудунского
района Чуйской области

ЗАЯВЛЕНИЕ
о согласовании реорганизации образовательной организации
Средняя школа № 2 (полное наименование организации-заявителя)
ИНН 00706201910051, код ОКПО 29449138, форма собственности муниципальная,
место нахождения: с. Лебединовка, ул. Победы, д. 301 просит согласовать
реорганизацию в форме слияния, присоединения, выделения (нужное подчеркнуть) с
сохранением учащихся в прежнем здании либо с переводом учащихся в другую организацию
(нужное подчеркнуть).
Причина реорганизации: малочисленность: на 01.09.2024 обучается 31 ученик
Контактное лицо: Сидоренко Ольга Павловна (фамилия, имя, отчество), телефон 0312
63-18-40

Руководитель организации _______ Мусаева Ч. Б.
(подпись, фамилия, инициалы)
М.П.
Дата заполнения «13» января 2025 г.
"""


@pytest.mark.parametrize(("field", "value"), [
    ("incoming_date", "17.01.2025"),  # behind the form's own label, which is no stamp
    ("reason", "малочисленность: на 01.09.2024 обучается 31 ученик"),
    ("phone", "0312 63-18-40"),
    ("application_date", "«13» января 2025"),
])  # fmt: skip
def test_another_form_has_labels_colons_and_numbers_of_its_own(field: str, value: str) -> None:
    page = typed_page(APPLICATION)
    (placement,) = matched([(1, page)], load_forms(OTHER))
    placement = complete(placement, {1: page}, load_reference(TEMPLATES / "reference"))
    assert written(placement, field) == value


def test_a_form_says_its_captions_and_reasons_itself() -> None:
    form = load_form(OTHER / "reorganisation-application")
    said = {key: form.said[key]["ru"] for key in ("reorganisation", "reorganisation=merger")}
    assert list(said.values()) == ["Форма реорганизации", "слияние"]
    facts = Facts({"application_date": "2023-05-01"}, {}, *_TODAY)
    (finding,) = cross_check(form.checks, facts)
    assert explain(finding.note, "ru", form.said) == "Дата до вступления Порядка в силу."


def test_a_form_that_another_program_saved(tmp_path: Path) -> None:
    folder = tmp_path / "leave-notice"
    shutil.copytree(OTHER / "leave-notice", folder)
    text = (folder / "ru.txt").read_text(encoding="utf-8")
    (folder / "ru.txt").write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig")
    assert load_form(folder).wordings
    (folder / "ru.txt").write_text(text, encoding="cp1251")
    with pytest.raises(TemplateError) as caught:
        load_form(folder)
    assert (caught.value.line, "not UTF-8" in caught.value.cause) == (2, True)


@pytest.mark.parametrize("name", ["RU.txt", "ru.txt.txt", "русский.txt"])
def test_a_wording_is_named_by_its_language(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "leave-notice"
    shutil.copytree(OTHER / "leave-notice", folder)
    (folder / "ru.txt").rename(folder / name)
    with pytest.raises(TemplateError, match=r"name it ru\.txt or ky\.txt"):
        load_form(folder)


def test_one_block_must_be_there(tmp_path: Path) -> None:
    folder = tmp_path / "leave-notice"
    shutil.copytree(OTHER / "leave-notice", folder)
    text = (folder / "ru.txt").read_text(encoding="utf-8")
    text = text.replace("== body", "== body optional").replace(
        "signature\n", "signature optional\n"
    )
    (folder / "ru.txt").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match="every block may be left out"):
        load_form(folder)


@pytest.mark.parametrize(("name", "old", "new", "remark"), [
    ("ru.txt", "УВЕДОМЛЕНИЕ О ВРЕМЕННОМ ЗАКРЫТИИ\n", "",
     "ru.txt: no line begins with a title in capitals; papers are told by «Настоящим»"),
    ("ru.txt", "quarantine: карантина", "quarantine: ремонта здания",
     "«ремонта здания» says options repair and quarantine of cause"),
    ("ru.txt", "школа", "мектеби өрт", "ru.txt has ө, ү or ң: is it in Russian?"),
])  # fmt: skip
def test_what_is_no_mistake_and_may_not_be_meant_is_said(
    tmp_path: Path, name: str, old: str, new: str, remark: str
) -> None:
    folder = changed(tmp_path / "leave-notice", name, old, new)
    assert remark in remarks(load_form(folder))


def test_template_check_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", "check"]) == 0
    assert "resource-centre-notice 2023-1: 19 fields" in capsys.readouterr().out
    folder = tmp_path / "own"
    shutil.copytree(OTHER / "leave-notice", folder)
    check = '\n[[checks]]\nrule = "review-when"\nfield = "cause"\nvalue = "repair"\n'
    text = '[reasons.repairs]\nru = "Проверьте смету."\n'
    with (folder / "form.toml").open("a", encoding="utf-8") as form:
        form.write(f'{check}reason = "works-permit"\n{check}reason = "repairs"\n{text}')
    (folder / "ky.txt").unlink()
    assert main(["template", "check", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "no text for reason works-permit" in told
    assert "repairs says nothing in ky, en" in told
    assert "no ky.txt: papers in that language are not found" in told
    assert f"{tmp_path}: no reference folder there; to read papers, copy " in told
    (tmp_path / "form").mkdir()
    (tmp_path / "form" / "form.toml").write_text("version = 1", encoding="utf-8")
    assert main(["template", "check", str(tmp_path)]) == 1
    assert "form.toml:1: " in capsys.readouterr().err
