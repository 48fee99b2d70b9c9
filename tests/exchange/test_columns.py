"""Headers of Outlook, Google, Bitrix24, amoCRM and people's own tables; the mapping as a value; guesses by content."""

from __future__ import annotations

import pytest

from kamdesk.exchange.columns import Mapping, fingerprint, guess, people_of
from kamdesk.exchange.headers import FIELDS, IGNORED, field_of
from kamdesk.exchange.records import PostalAddress, TypedValue
from kamdesk.exchange.tables import read_text
from kamdesk.model.texts.exchange import TEXTS
from kamdesk.model.values import PartialDate, PersonName

# The 92 headers that a Russian Outlook writes.
OUTLOOK_RU = (
    "Обращение|Имя|Отчество|Фамилия|Суффикс|Организация|Отдел|Должность|Улица (раб. адрес)|Улица 2 (раб. адрес)|"
    "Улица 3 (раб. адрес)|Город (раб. адрес)|Область (раб. адрес)|Индекс (раб. адрес)|Страна или регион (раб. адрес)|"
    "Улица (дом. адрес)|Улица 2 (дом. адрес)|Улица 3 (дом. адрес)|Город (дом. адрес)|Область (дом. адрес)|"
    "Почтовый код (дом.)|Страна или регион (дом. адрес)|Улица (другой адрес)|Улица  2 (другой адрес)|"
    "Улица  3 (другой адрес)|Город  (другой адрес)|Область  (другой адрес)|Индекс  (другой адрес)|"
    "Страна или регион  (другой адрес)|Телефон помощника|Рабочий факс|Рабочий телефон|Телефон раб. 2|Обратный вызов|"
    "Телефон в машине|Основной телефон организации|Домашний факс|Домашний телефон|Телефон дом. 2|ISDN|"
    "Телефон переносной|Другой факс|Другой телефон|Пейджер|Основной телефон|Радиотелефон|"
    "Телетайп/телефон с титрами|Телекс|Важность|Веб-страница|Годовщина|День рождения|Дети|Заметки|Имя помощника|"
    "Инициалы|Категории|Ключевые слова|Код организации|Личный код|Отложено|Пол|Пользовательское поле 1|"
    "Пользовательское поле 2|Пользовательское поле 3|Пользовательское поле 4|Пометка|"
    "Почтовый ящик (дом. адрес)|Почтовый ящик (другой адрес)|Почтовый ящик (раб. адрес)|Профессия|Расположение|"
    "Расположение комнаты|Расстояние|Руководитель|Сведения о доступности в Интернете|Сервер каталогов|Супруг(а)|"
    "Счет|Счета|Хобби|Частное|Адрес эл. почты|Тип эл. почты|Краткое имя эл. почты|Адрес 2 эл. почты|"
    "Тип 2 эл. почты|Краткое 2 имя эл. почты|Адрес 3 эл. почты|Тип 3 эл. почты|Краткое 3 имя эл. почты|Язык"
).split("|")


def _row(headers: list[str], **cells: str) -> list[str]:
    return [cells.get(header, "") for header in headers]


def test_a_russian_outlook_with_its_92_columns() -> None:
    assert len(OUTLOOK_RU) == 92
    cells = {
        "Обращение": "г-жа", "Имя": "Алёна", "Отчество": "Петровна", "Фамилия": "Щукина", "Организация": "Луч",
        "Отдел": "Закупки", "Должность": "Директор", "Улица (раб. адрес)": "Ленина, 1", "Город (раб. адрес)": "Тула",
        "Индекс (раб. адрес)": "300000", "Рабочий телефон": "+7 495 1", "Телефон переносной": "8 912 3456789",
        "Рабочий факс": "+7 495 2", "День рождения": "0.0.00", "Годовщина": "05.03.1999", "Дети": "Маша",
        "Заметки": "две\nстроки", "Имя помощника": "Ольга", "Категории": "Клиенты;VIP", "Руководитель": "Иванов П. С.",
        "Супруг(а)": "Олег", "Хобби": "лыжи", "Адрес эл. почты": "s@luch.ru", "Тип эл. почты": "SMTP",
        "Адрес 2 эл. почты": "s2@luch.ru", "Важность": "Обычная", "Частное": "Ложь", "Пол": "Не указан",
        "Пейджер": "77", "Улица  2 (другой адрес)": "Дача",
    }  # fmt: skip
    mapping = guess(OUTLOOK_RU, [])
    read = people_of(OUTLOOK_RU, [_row(OUTLOOK_RU, **cells)], mapping, ["o.csv:2"])
    person = read.people[0]
    assert person.name == PersonName("Щукина", "Алёна", "Петровна")
    assert (person.gender, person.organisation, person.department, person.title) == (
        "f",
        "Луч",
        "Закупки",
        "Директор",
    )
    assert person.addresses == (PostalAddress("work", "300000, Тула, Ленина, 1"), PostalAddress("", "Дача"))
    assert set(person.phones) == {
        TypedValue("phone", "+7 495 1"), TypedValue("mobile", "8 912 3456789"), TypedValue("fax", "+7 495 2"),
    }  # fmt: skip
    assert (person.birthday, person.anniversary) == (None, PartialDate(1999, 3, 5))
    assert (person.manager, person.assistant, person.spouse) == ("Иванов П. С.", "Ольга", "Олег")
    assert (person.children, person.hobby, person.notes) == ("Маша", "лыжи", "две\nстроки")
    assert (person.emails, person.categories) == (("s@luch.ru", "s2@luch.ru"), ("Клиенты", "VIP"))
    assert person.not_understood == ("Пейджер: 77",)


def test_an_english_outlook() -> None:
    text = (
        "Title,First Name,Middle Name,Last Name,Company,Department,Job Title,Business Street,Business City,"
        "Business State,Business Postal Code,Business Country/Region,Business Phone,Business Phone 2,Mobile Phone,"
        "Birthday,Anniversary,E-mail Address,E-mail Type,E-mail 2 Address,Manager's Name,Assistant's Name,Spouse,Notes,"
        "Priority,Private\n"
        "Mr.,Peter,S.,Ivanov,Acme,Purchasing,Buyer,1 Main St,Leeds,,LS1,UK,+44 1,+44 2,+44 7,3/4/1980,0/0/00,p@acme.com,"
        "SMTP,q@acme.com,Big Boss,Ann,Mary,note,Normal,FALSE\n"
    )
    person = read_text(text, "o.csv").people().people[0]
    assert person.name == PersonName("Ivanov", "Peter", "S.")
    assert (person.title, person.birthday, person.anniversary) == ("Buyer", PartialDate(1980, 3, 4), None)
    assert person.addresses == (PostalAddress("work", "1 Main St, Leeds, LS1, UK"),)
    assert [phone.value for phone in person.phones] == ["+44 1", "+44 2", "+44 7"]
    assert (person.manager, person.assistant, person.gender) == ("Big Boss", "Ann", "m")
    assert person.not_understood == ()


def test_google_since_2024() -> None:
    text = (
        "First Name,Middle Name,Last Name,Organization Name,Organization Title,Birthday,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Street,"
        "Address 1 - City,Relation 1 - Label,Relation 1 - Value\n"
        "Анна,,Ким,Луч,HR, --03-05,* myContacts ::: Завод,* Work,a@b.ru ::: c@d.ru,Mobile,+7 1234567,Home Fax,"
        "+7 999 ::: +7 888,Ленина 1,Тула,Spouse,Олег\n"
    )
    person = read_text(text, "g.csv").people().people[0]
    assert (person.name, person.birthday) == (PersonName("Ким", "Анна"), PartialDate(None, 3, 5))
    assert (person.emails, person.categories) == (("a@b.ru", "c@d.ru"), ("Завод",))
    assert person.phones == (
        TypedValue("mobile", "+7 1234567"), TypedValue("fax", "+7 999"), TypedValue("fax", "+7 888"),
    )  # fmt: skip
    assert person.addresses == (PostalAddress("", "Тула, Ленина 1"),)
    assert person.not_understood == ("Relation 1 - Label: Spouse", "Relation 1 - Value: Олег")


def test_google_before() -> None:
    text = (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
        "Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,"
        "Organization 1 - Department\n"
        "Анна Ким,Анна,Юрьевна,Ким,,,* myContacts ::: Друзья,* ,a@b.ru,Work,+7 495 1,,Луч,Бухгалтер,Финансы\n"
    )
    person = read_text(text, "g.csv").people().people[0]
    assert (person.name, person.phones) == (
        PersonName("Ким", "Анна", "Юрьевна"),
        (TypedValue("phone", "+7 495 1"),),
    )
    assert (person.organisation, person.title, person.department) == ("Луч", "Бухгалтер", "Финансы")
    assert (person.categories, person.not_understood) == (("Друзья",), ())


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("ФИО", "name"), ("  ф. и. о. ", "name"), ("ДОЛЖНОСТЬ", "title"), ("Тип", "lens"), ("Влияние", "influence"),
        ("Отношение", "stance"), ("Руководитель", "manager"), ("Подчиняется", "manager"), ("Телефон", "phone"),
        ("Почта", "email"), ("E-mail", "email"), ("Участие", "part"), ("Рабочий e-mail", "email"),
        ("Номер факса", "fax"), ("Контакт Telegram", "telegram"), ("Компания контакта", "organisation"),
        ("Рабочий прямой телефон", "phone"), ("Телефон 3", "phone"), ("Мобильный (личный)", "mobile"),
        ("Адрес  2  эл.  почты", "email"), ("Phone 12 - Value", "phone:12"), ("Ответственный", IGNORED),
        ("Любимый цвет", None), ("", None),
    ],
)  # fmt: skip
def test_single_headers(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_every_field_has_words_for_the_preview() -> None:
    assert {f"column.{field}" for field in FIELDS} < TEXTS.keys()


def test_own_columns_carry_the_judgements_as_words() -> None:
    text = "ФИО\tДолжность\tТип\tВлияние\tОтношение\tУчастие\nИванов Пётр\tДиректор\tФинансы\tРешающее\t+2\tЛПР\n"
    person = read_text(text, "clip").people().people[0]
    assert (person.lens, person.influence, person.stance, person.part) == ("Финансы", "Решающее", "+2", "ЛПР")


def test_a_mapping_is_changed_by_hand_and_remembered_by_its_headers() -> None:
    table = read_text("Кто там;Связь\nИванов Пётр;a@b.ru\n;\nx;\n", "a.csv")
    mapping = Mapping(("", ""), fingerprint(["Кто там", "Связь"]))
    assert not mapping.names_people
    changed = mapping.changed(0, "name").changed(1, "email")
    assert (
        changed.fingerprint
        == mapping.fingerprint
        == fingerprint(["связь ", "КТО  ТАМ"])
        != fingerprint(["Связь"])
    )
    headers = ("Кто там", "Связь")
    read = people_of(headers, table.rows[-2:], changed, ["a:2", "a:4"])
    assert [person.emails for person in read.people] == [("a@b.ru",), ()]
    skipped = people_of(headers, table.rows[-2:], mapping, ["a:2", "a:4"]).skipped
    assert [item.why.code for item in skipped] == ["contacts.no_column", "contacts.no_column"]
    with pytest.raises(ValueError, match="unknown field"):
        mapping.changed(0, "shoe_size")
    with pytest.raises(IndexError):
        mapping.changed(7, "name")


def test_columns_without_headers_are_told_by_their_content() -> None:
    rows = [
        ["Иванов Пётр Сергеевич", "Директор", "+7 912 345-67-89", "a@b.ru", "05.03.1975", "АО «Луч»"],
        ["Щукина Анна", "Главный бухгалтер", "+7 495 345-67-89", "c@d.ru", "", "ООО «Ромашка»"],
    ]
    assert guess([], rows).fields == ("name", "title", "phone", "email", "birthday", "organisation")


def test_a_first_name_column_without_a_family_name_holds_the_full_name() -> None:
    person = read_text("Имя;Почта\nПётр Сергеевич Иванов;a@b.ru\n", "a").people().people[0]
    assert person.name == PersonName("Иванов", "Пётр", "Сергеевич")


def test_unknown_columns_are_kept_with_their_header() -> None:
    person = read_text("ФИО;Почта;Любимый цвет\nИванов Пётр;нет почты;синий\n", "a").people().people[0]
    assert person.not_understood == ("Любимый цвет: синий", "E-mail: нет почты")


def test_every_row_is_taken_or_skipped() -> None:
    read = read_text("ФИО;Почта;Заметки\nИванов Пётр;;\n;;одна заметка\n;b@c.ru;\n", "a.csv").people()
    assert [person.source for person in read.people] == ["a.csv:2", "a.csv:4"]
    assert [(item.source, item.name, item.why.code) for item in read.skipped] == [
        ("a.csv:3", "одна заметка", "contacts.no_name")
    ]
    assert read.rows == 3
