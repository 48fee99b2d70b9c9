"""Pasted text of every shape: cells, lines, signatures, cards, and text that is nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.exchange.clipboard import read_pasted
from kamdesk.exchange.records import PostalAddress, TypedValue
from kamdesk.exchange.signature import read_signature, split_signatures
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PersonName

NINE = """ФИО\tДолжность\tРуководитель\tТип
Иванов Пётр Сергеевич\tГенеральный директор\t\tРуководство
Щукина Анна Ильинична\tДиректор по персоналу\tИванов П. С.\tПерсонал
Коваленко Игорь Олегович\tФинансовый директор\tИванов П. С.\tФинансы
Саакян Армен Ашотович\tГлавный инженер\tИванов П. С.\tТехника
Ким Виктор\tНачальник отдела закупок\tКоваленко И. О.\tЗакупки
Мамедов Али Гасан оглы\tГлавный механик\tСаакян А. А.\tТехника
Белая Ольга Игоревна\tЮрист\tИванов П. С.\tПраво
Жук Дарья\tСпециалист по тендерам\tКим Виктор\tЗакупки
Седых Наталья Евгеньевна\tЭнергетик\tСаакян А. А.\tЭксплуатация
"""

SIGNATURES = """Добрый день!

С уважением,
Пётр Иванов
Директор по закупкам
АО «Луч»
тел.: +7 (495) 123-45-67 доб. 12
моб. 8 912 345-67-89
p.ivanov@luch.ru | www.luch.ru
300000, г. Тула, ул. Ленина, д. 1

--
Best regards,
Mary Smith
Head of Procurement | Acme Ltd
T: +44 20 7946 0958  M: +44 7700 900123
E: mary@acme.com  W: acme.com
Telegram: @marysmith
"""


def test_nine_people_of_excel_in_one_paste() -> None:
    pasted = read_pasted(NINE)
    assert (pasted.shape, pasted.people.rows, len(pasted.people.people)) == ("table", 9, 9)
    assert pasted.mapping is not None
    assert pasted.mapping.fields == ("name", "title", "manager", "lens")
    ali = pasted.people.people[5]
    assert ali.name == PersonName("Мамедов", "Али", "Гасан оглы")
    assert (ali.title, ali.manager, ali.lens) == ("Главный механик", "Саакян А. А.", "Техника")


def test_the_same_without_headers() -> None:
    pasted = read_pasted(NINE.partition("\n")[2])
    assert (pasted.shape, len(pasted.people.people)) == ("table", 9)
    assert [person.name.family for person in pasted.people.people][:3] == ["Иванов", "Щукина", "Коваленко"]
    assert pasted.people.people[0].title == "Генеральный директор"


def test_the_mapping_can_be_changed_and_the_table_read_again() -> None:
    pasted = read_pasted("Иванов Пётр\tсиний\nЩукина Анна\tкрасный\n")
    assert pasted.table is not None
    assert pasted.mapping is not None
    again = pasted.table.people(pasted.mapping.changed(1, "hobby"))
    assert [person.hobby for person in again.people] == ["синий", "красный"]


def test_an_excel_cell_with_a_line_break() -> None:
    pasted = read_pasted('Иванов Пётр Сергеевич\t"Директор\nпо развитию"\ta@b.ru\nЩукина Анна\tHR\tc@d.ru')
    assert [person.title for person in pasted.people.people] == ["Директор по развитию", "HR"]


def test_lines_of_name_and_post() -> None:
    pasted = read_pasted(
        "1. Иванов Пётр Сергеевич — генеральный директор\n"
        "2) Щукина Анна Ильинична – директор по персоналу, +7 912 345-67-89\n"
        "• Сидоров О. П. - главный инженер; sidorov@luch.ru\n"
        "Коваленко Игорь, финансовый директор ООО «Ромашка»\n"
        "и другие\n"
    )
    assert pasted.shape == "lines"
    first, second, third, fourth = pasted.people.people
    assert (first.name, first.title) == (PersonName("Иванов", "Пётр", "Сергеевич"), "генеральный директор")
    assert (second.title, second.phones) == (
        "директор по персоналу",
        (TypedValue("mobile", "+7 912 345-67-89"),),
    )
    assert (third.name, third.emails) == (PersonName("Сидоров", "О.", "П."), ("sidorov@luch.ru",))
    assert (fourth.title, fourth.organisation) == ("финансовый директор", "ООО «Ромашка»")
    assert [(item.source, item.name, item.why.code) for item in pasted.people.skipped] == [
        ("clipboard:5", "и другие", "contacts.not_a_person")
    ]
    assert pasted.people.rows == 5


@pytest.mark.parametrize(
    "text", ["Иванов Пётр Сергеевич", "Иванов Пётр\nЩукина Анна\nСаакян Армен Ашотович", "Mary Smith"]
)
def test_names_alone(text: str) -> None:
    assert len(read_pasted(text).people.people) == len(text.split("\n"))


def test_two_signatures() -> None:
    pasted = read_pasted(SIGNATURES)
    assert (pasted.shape, pasted.people.rows) == ("signatures", 2)
    peter, mary = pasted.people.people
    assert (peter.name, peter.title, peter.organisation) == (
        PersonName("Иванов", "Пётр"), "Директор по закупкам", "АО «Луч»",
    )  # fmt: skip
    assert peter.phones == (
        TypedValue("phone", "+7 (495) 123-45-67 доб. 12"),
        TypedValue("mobile", "8 912 345-67-89"),
    )
    assert (peter.emails, peter.url) == (("p.ivanov@luch.ru",), "www.luch.ru")
    assert peter.addresses == (PostalAddress("", "300000, г. Тула, ул. Ленина, д. 1"),)
    assert (mary.name, mary.title, mary.organisation) == (
        PersonName("Smith", "Mary"),
        "Head of Procurement",
        "Acme Ltd",
    )
    assert mary.phones == (TypedValue("phone", "+44 20 7946 0958"), TypedValue("mobile", "+44 7700 900123"))
    assert (mary.emails, mary.url) == (("mary@acme.com",), "acme.com")
    assert mary.messengers == (TypedValue("telegram", "@marysmith"),)
    assert (peter.not_understood, mary.not_understood) == ((), ())


def test_a_post_above_the_name_belongs_to_it() -> None:
    pasted = read_pasted(
        "Генеральный директор\nИванов Пётр Сергеевич\nНачальник отдела закупок\nПетров Олег Ильич\n+7 495 1234567"
    )
    assert [(person.name.family, person.title) for person in pasted.people.people] == [
        ("Иванов", "Генеральный директор"),
        ("Петров", "Начальник отдела закупок"),
    ]


def test_one_signature_on_few_lines() -> None:
    person = read_signature(
        "С уважением, Анна Ким\nменеджер по закупкам\nОтдел снабжения\n+7 495 111-22-33", "mail"
    )
    assert person is not None
    assert (person.name, person.title) == (PersonName("Ким", "Анна"), "менеджер по закупкам")
    assert (person.department, person.phones) == (
        "Отдел снабжения",
        (TypedValue("phone", "+7 495 111-22-33"),),
    )
    assert read_signature("Добрый день", "mail") is None
    assert split_signatures("Добрый день") == []


def test_cards_pasted_as_text() -> None:
    pasted = read_pasted("BEGIN:VCARD\nVERSION:3.0\nFN:Пётр Иванов\nEND:VCARD\n")
    assert (pasted.shape, pasted.people.people[0].raw_name) == ("cards", "Пётр Иванов")


def test_text_about_nobody_is_accounted_for() -> None:
    pasted = read_pasted("просто текст ни о чём")
    assert [item.why.code for item in pasted.people.skipped] == ["contacts.not_a_person"]
    assert read_pasted("  \n ").people.rows == 0


def test_a_paste_of_books_is_refused() -> None:
    with pytest.raises(KamdeskError) as refusal:
        read_pasted("а" * (5 * 2**20 + 1))
    assert refusal.value.message.code == "table.too_big"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ИвановПётр С.—-,;\t\n@a.ru+7 912"«»', max_size=200))
def test_any_paste_is_accounted_for(text: str) -> None:
    read = read_pasted(text).people
    assert read.rows == len(read.people) + len(read.skipped)
