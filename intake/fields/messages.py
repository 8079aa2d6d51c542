"""What a flag or a note says to a clerk, in Kyrgyz, Russian and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intake.domain.notice import Flag
from intake.fields.graded import Note

LANGUAGES = ("ky", "ru", "en")
Said = Mapping[str, Mapping[str, str]]
"""What a form says by key and language (``Template.said``)."""

MESSAGES: dict[str, tuple[str, str, str]] = {
    # flags
    Flag.LOW_CONFIDENCE: (
        "Маани так эмес окулган: сүрөт менен салыштырыңыз.",
        "Значение прочитано неуверенно: сверьте его с изображением.",
        "The value was read with little certainty: compare it with the picture.",
    ),
    Flag.AMBIGUOUS: (
        "Бир нече окулуш мүмкүн: туурасын тандаңыз.",
        "Возможны разные прочтения: выберите верное.",
        "Several readings are possible: choose the right one.",
    ),
    Flag.CORRECTED: (
        "Окулган жазуу оңдолду: оңдоо туура экенин текшериңиз.",
        "Прочитанное исправлено: проверьте, верно ли исправление.",
        "What was read has been corrected: check the correction.",
    ),
    Flag.CHECK_FAILED: (
        "Маани текшерүүдөн өткөн жок.",
        "Значение не прошло проверку.",
        "The value failed a check.",
    ),
    Flag.NOT_IN_REFERENCE: (
        "Мындай жазуу маалымдамада жок.",
        "Такого значения нет в справочнике.",
        "The value is not in the reference list.",
    ),
    Flag.CONFLICT: (
        "Маани документтеги башка маалыматка каршы келет.",
        "Значение противоречит другим сведениям документа.",
        "The value contradicts something else on the paper.",
    ),
    Flag.REQUIRED_BLANK: (
        "Милдеттүү талаа толтурулган эмес.",
        "Обязательное поле не заполнено.",
        "A required field is blank.",
    ),
    Flag.MISSING: (
        "Бул талаа баракта табылган жок.",
        "Это поле на странице не найдено.",
        "The field was not found on the page.",
    ),
    Flag.UNREADABLE: (
        "Жазуу бар, бирок окулбады: сүрөттөн окуп жазыңыз.",
        "Запись есть, но прочитать её не удалось: впишите значение с изображения.",
        "Something is written but could not be read: type it from the picture.",
    ),
    Flag.HANDWRITTEN: (
        "Кол менен жазылган: сүрөт менен салыштырыңыз.",
        "Написано от руки: сверьте с изображением.",
        "Handwritten: compare it with the picture.",
    ),
    # identifiers
    Note.DIGITS_REPAIRED: (
        "Цифранын ордуна тамга окулуп, цифрага алмаштырылды.",
        "Вместо цифры была прочитана буква; она заменена цифрой.",
        "A letter was read where a digit belongs; it was replaced by the digit.",
    ),
    Note.DIGIT_COUNT: (
        "Цифралардын саны туура келбейт: ИНН 14, ОКПО 8 цифрадан турат; ашыкча сан болушу мүмкүн.",
        "Не сходится количество цифр: в ИНН их 14, в ОКПО 8; возможно, рядом стоит лишнее число.",
        "The count of digits is wrong (an INN has 14, an OKPO 8), or another number stands beside.",
    ),
    Note.INK_BESIDE: (
        "Окулган нерсенин жанында дагы жазуу бар: бир бөлүгү окулбай калышы мүмкүн.",
        "Рядом с прочитанным есть ещё запись: возможно, часть не прочитана.",
        "There is more ink beside what was read: a part may not have been read.",
    ),
    Note.ZERO_RESTORED: (
        "ИННдин башындагы 0 түшүп калган; ал калыбына келтирилди.",
        "Потерян начальный 0 ИНН; он восстановлен.",
        "The leading 0 of the INN was lost; it has been restored.",
    ),
    Note.CHECK_DIGIT: (
        "Текшерүү цифрасы дал келбейт: бир цифра туура эмес окулушу же жазылышы мүмкүн.",
        "Контрольная цифра не сходится: возможно, одна из цифр прочитана или написана неверно.",
        "The check digit does not fit: one digit may have been misread or miswritten.",
    ),
    Note.READINGS_DISAGREE: (
        "Эки көз карандысыз окуу эки башка натыйжа берди.",
        "Два независимых прочтения дали разный результат.",
        "Two independent readings gave different results.",
    ),
    Note.CHOSEN_BY_CHECK: (
        "Текшерүү цифрасы дал келген окулуш тандалды.",
        "Выбрано прочтение, у которого сходится контрольная цифра.",
        "The reading whose check digit fits was chosen.",
    ),
    Note.INN_DATE: (
        "ИНН ичиндеги каттоо күнү мүмкүн эмес.",
        "Дата регистрации внутри ИНН невозможна.",
        "The registration date within the INN is impossible.",
    ),
    Note.INN_FIRST_DIGIT: (
        "Уюмдун ИННи 0 менен башталышы керек.",
        "ИНН организации должен начинаться с 0.",
        "The INN of an organisation starts with 0.",
    ),
    Note.INN_PERSON: (
        "Бул жеке адамдын ИНН (ПИН) номери окшойт; уюмдуку талап кылынат.",
        "Похоже на ИНН (ПИН) физического лица; нужен ИНН организации.",
        "This looks like the number of a person; that of the organisation is wanted.",
    ),
    Note.PLACEHOLDER: (
        "Чыныгы номердин ордуна толтургуч жазылган окшойт.",
        "Похоже на заполнитель вместо настоящего номера.",
        "This looks like a filler, not a real number.",
    ),
    Note.SWAPPED: (
        "ИНН менен ОКПО бири-биринин ордуна жазылган; ордуна коюлду.",
        "ИНН и ОКПО были вписаны не на свои места; они переставлены.",
        "INN and OKPO stood in each other's place; they have been put right.",
    ),
    Note.NOT_A_NUMBER: (
        "Бул жерде номер окулган жок.",
        "Номер в этом месте прочитать не удалось.",
        "No number could be read here.",
    ),
    # dates
    Note.NOT_A_DATE: (
        "Жазуудан күн, ай, жыл аныкталган жок.",
        "Не удалось определить день, месяц и год.",
        "Day, month and year could not be made out.",
    ),
    Note.DATE_IMPOSSIBLE: (
        "Календарда мындай күн жок.",
        "Такой даты нет в календаре.",
        "There is no such day in the calendar.",
    ),
    Note.DATE_TOO_EARLY: (
        "Күнү бланк уруксат берген күндөн мурунку.",
        "Дата раньше, чем допускает бланк.",
        "The date is earlier than the form allows.",
    ),
    Note.DATE_IN_FUTURE: (
        "Күнү али келе элек.",
        "Дата ещё не наступила.",
        "The date lies in the future.",
    ),
    Note.MONTH_UNSURE: (
        "Айдын аты так окулган жок.",
        "Название месяца прочитано неуверенно.",
        "The name of the month is unsure.",
    ),
    Note.OTHER_WORDS: (
        "Күндүн жанында башка сөздөр да окулду: штамптын күнү эмеспи, текшериңиз.",
        "Рядом с датой прочитаны другие слова: проверьте, не дата ли это штампа.",
        "Other words were read beside the date: see that it is not the date of a stamp.",
    ),
    Note.FORM_WORDS: (
        "Бланктын өзүнүн сөздөрү кошо окулушу мүмкүн: маани кайсы жерден башталарын текшериңиз.",
        "Возможно, прочитаны и слова самого бланка: проверьте, где начинается значение.",
        "Words of the form itself may have been read along: see where the value begins.",
    ),
    Note.YEAR_DIFFERS: (
        "Жазылган жыл бланкта басылган жылга дал келбейт.",
        "Вписанный год не совпадает с годом, напечатанным на бланке.",
        "The written year differs from the year printed on the form.",
    ),
    Note.YEAR_MISSING: (
        "Жылы жазылган эмес.",
        "Год не указан.",
        "The year is not given.",
    ),
    # ownership
    Note.TERM_UNKNOWN: (
        "Бланктагы жооптордун бири да таанылган жок.",
        "Ни один из ответов бланка не узнан.",
        "None of the form's answers was recognised.",
    ),
    Note.TERM_UNSURE: (
        "Жооп так окулган жок.",
        "Ответ прочитан неуверенно.",
        "The answer is unsure.",
    ),
    Note.TERMS_SEVERAL: (
        "Бирден көп жооп жазылган.",
        "Указано несколько ответов.",
        "More than one answer is written.",
    ),
    Note.TERM_NEGATED: (
        "«Мамлекеттик эмес» деген сыяктуу тануу бар: чыныгы жоопту тактаңыз.",
        "Есть отрицание («негосударственная»): уточните ответ.",
        "There is a negation ('non-state'): make sure of the answer.",
    ),
    # places
    Note.PLACE_UNKNOWN: (
        "Мындай облус, район же шаар маалымдамада жок.",
        "Такой области, района или города нет в справочнике.",
        "There is no such region, district or city in the reference list.",
    ),
    Note.OTHER_NUMBER: (
        "Башка номер болушу мүмкүн: мекеменин же башка каттын номери эмеспи, текшериңиз.",
        "Возможно, это другой номер: проверьте, не самой ли организации он и не с её бланка ли.",
        "It may be another number: see that it is not the school's own, or its letterhead's.",
    ),
    Note.PLACE_ASIDE: (
        "Жазуу бланктын сөздөрүнөн алыс турат: ушул талааныкыбы, текшериңиз.",
        "Запись стоит далеко от слов бланка: проверьте, к этому ли полю она относится.",
        "It stands far from the form's words: see that it belongs to this field.",
    ),
    Note.HALF_UNREAD: (
        "Облус менен район (шаар) чогуу жазылат, бирөө гана окулду.",
        "Область и район (город) пишут вместе, прочитано лишь одно из двух.",
        "A region and a district or city go together; only one of them was read.",
    ),
    Note.PLACE_UNSURE: (
        "Жердин аты так окулган жок; окшош аттар бар.",
        "Название места прочитано неуверенно; есть похожие.",
        "The name of the place is unsure; others are similar.",
    ),
    Note.SPELLING_REPAIRED: (
        "Жазылышы маалымдама боюнча оңдолду.",
        "Написание исправлено по справочнику.",
        "The spelling was corrected after the reference list.",
    ),
    # names and addresses
    Note.KYRGYZ_LETTERS: (
        "Ө/о, ү/у же ң/н тамгаларынын кайсынысы жазылганы белгисиз.",
        "Неясно, какая буква написана: ө или о, ү или у, ң или н.",
        "It is unclear which letter is written: ө or о, ү or у, ң or н.",
    ),
    Note.QUOTES_UNBALANCED: (
        "Тырмакчанын ачылышы же жабылышы жок.",
        "Не хватает открывающей или закрывающей кавычки.",
        "An opening or closing quotation mark is wanting.",
    ),
    Note.SPELLING_UNSURE: (
        "Белгисиз сөз бар; белгилүү сөзгө бир тамгасы менен гана айырмаланат.",
        "Есть незнакомое слово, которое отличается от известного одной буквой.",
        "There is an unknown word that is one letter away from a known one.",
    ),
    Note.SIGNS_REPAIRED: (
        "Башка белгинин ордуна № коюлду.",
        "На месте другого знака поставлен №.",
        "Another sign was replaced by №.",
    ),
    Note.COMMAS_DOUBTFUL: (
        "Сап сызыгынын чекиттери тыныш белгилерден ажыратылган жок: үтүрлөрдү караңыз.",
        "Точки линейки не отличить от знаков препинания: проверьте запятые.",
        "The dots of the rule cannot be told from punctuation: look at the commas.",
    ),
    Note.NUMBERLESS: (
        "Даректе үйдүн номери жок: ал окулбай калышы мүмкүн.",
        "В адресе нет номера дома: возможно, он не прочитан.",
        "The address has no house number: it may not have been read.",
    ),
    Note.ADDRESS_UNUSUAL: (
        "Бул дарекке окшобойт.",
        "Это не похоже на адрес.",
        "This does not look like an address.",
    ),
    Note.NAME_UNUSUAL: (
        "Бул адамдын аты-жөнүнө окшобойт.",
        "Это не похоже на фамилию, имя и отчество.",
        "This does not look like a person's name.",
    ),
    Note.ONE_INITIAL: (
        "Фамилиядан кийин бир гана тамга окулду, экинчиси жоголгон болушу мүмкүн.",
        "После фамилии прочитан один инициал; второй мог быть потерян.",
        "One initial was read behind the surname; a second one may have been lost.",
    ),
    Note.NAME_ENDS: (
        "Аты-жөнүнүн бөлүктөрү туура келбейт (эркек же аял): аягында тамга жоголушу мүмкүн.",
        "Части имени не согласуются (мужское или женское): буква на конце могла потеряться.",
        "The name's parts do not agree (a man's or a woman's): a letter at an end may be lost.",
    ),
    Note.DIGITS_IN_NAME: (
        "Аты-жөнүндө цифра бар.",
        "В имени есть цифра.",
        "There is a digit in the name.",
    ),
    Note.NOTHING_LEGIBLE: (
        "Бул жерден сөз окулган жок.",
        "Прочитать слова в этом месте не удалось.",
        "No words could be read here.",
    ),
    # marks
    Note.MARK_UNSURE: (
        "Белги так көрүнбөйт: кайсы сөздүн асты сызылганын, тегеректелгенин же чийилгенин караңыз.",
        "Отметка видна неясно: посмотрите, что подчёркнуто, обведено или зачёркнуто.",
        "The mark is unclear: look which words are underlined, circled or struck out.",
    ),
    Note.MARK_BOTH: (
        "Бири-бирин жокко чыгарган эки вариант тең белгиленген.",
        "Отмечены оба варианта, исключающие друг друга.",
        "Two options that exclude each other are both marked.",
    ),
    Note.MARK_STRUCK: (
        "Керектүүсүнүн асты сызылбай, керексизи чийилген.",
        "Вместо подчёркивания нужного зачёркнуто ненужное.",
        "The unwanted option was struck out instead of underlining the wanted one.",
    ),
    Note.MARK_NONE: (
        "Эч бир вариант белгиленген эмес.",
        "Ни один вариант не отмечен.",
        "No option is marked.",
    ),
    Note.PRESENCE_UNSURE: (
        "Кол тамга же мөөр бар-жогу так көрүнбөйт.",
        "Неясно, есть ли подпись или печать.",
        "It is unclear whether there is a signature or a seal.",
    ),
    Note.PRESENCE_ABSENT: (
        "Кол тамга же мөөр коюлган эмес.",
        "Нет подписи или печати.",
        "There is no signature or no seal.",
    ),
    # checks between fields
    Note.ADDRESSEE: (
        "Документ бул жооп үчүн тийиштүү органга жиберилген эмес.",
        "Документ направлен не тому органу, которого требует этот ответ.",
        "The paper does not go to the authority that this answer calls for.",
    ),
    Note.ANSWER_NEEDS_NONE: (
        "Толтурулган, бирок белгиленген жоопто мунун кереги жок.",
        "Заполнено, хотя при отмеченном ответе этого не нужно.",
        "Filled in, although the answer that is marked does not call for it.",
    ),
    Note.ANSWER_NEEDS_IT: (
        "Белгиленген жооп муну талап кылат, бирок толтурулган эмес.",
        "Отмеченный ответ этого требует, но поле не заполнено.",
        "The answer that is marked calls for this, but it is blank.",
    ),
    Note.SAME_VALUE: (
        "Башка талаадагы менен бирдей, бирок айырмаланышы керек.",
        "Совпадает с другим полем, от которого должно отличаться.",
        "The same as another field, from which it should differ.",
    ),
    Note.PLACES_DIFFER: (
        "Бир эле жер болууга тийиш эки талаада ар башка жер жазылган.",
        "В двух полях указаны разные места, а должно быть одно.",
        "Two fields name different places, where one is meant.",
    ),
    Note.INN_AFTER_DATE: (
        "ИНН ичиндеги каттоо күнү документтин күнүнөн кийин.",
        "Дата регистрации внутри ИНН позже даты документа.",
        "The registration date within the INN is after the date of the paper.",
    ),
    Note.DATES_REVERSED: (
        "Бул күн кийин келиши керек болгон күндөн кийин турат.",
        "Эта дата позже той, которая должна идти за ней.",
        "This date is after the one that should follow it.",
    ),
    Note.WHAT_IT_IS: (
        "Бул кандай уюм экени айтылган эмес (мектеп, бакча, ЖЧК): аталыштын бир бөлүгү калып калышы"
        " мүмкүн.",
        "Не сказано, что это за организация (школа, сад, ОсОО): возможно, прочитана лишь часть"
        " названия.",
        "It does not say what organisation this is (a school, a firm): a part of the name may be"
        " missing.",
    ),
    Note.DISTRICT_OUTSIDE_REGION: (
        "Бул район же шаар көрсөтүлгөн облуска кирбейт.",
        "Этот район или город не входит в указанную область.",
        "This district or city does not lie in the region given.",
    ),
    Note.PLACE_BESIDE: (
        "Бул жер бош окулду, бирок жанындагы талаага район менен облус чогуу жазылган окшойт.",
        "Здесь ничего не прочитано, но в соседнем поле, похоже, стоят и район, и область.",
        "Nothing was read here, but the field beside it seems to hold both district and region.",
    ),
    Note.LAYER_CONTRADICTED: (
        "Файлдын ичиндеги текст сүрөткө дал келбейт: сүрөттөгү маани алынды.",
        "Текст внутри файла не совпадает с изображением: взято то, что на изображении.",
        "The text within the file differs from the picture: the picture was believed.",
    ),
}


def explain(key: str, language: str, said: Said = MappingProxyType({})) -> str:
    """Return what a flag or note key means; ``said`` is what its form says of it, by language.

    A key that nobody explains is shown with its dashes as spaces. Raises ValueError for a
    language other than ky, ru, en.
    """
    number = LANGUAGES.index(language)
    if own := said.get(key):
        return own.get(language) or next(iter(own.values()))
    return MESSAGES[key][number] if key in MESSAGES else key.replace("-", " ")
