"""Parts of the proposal pages on their own: reading price tables, stored grids, sentences, money, the matrix of criteria."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.criteria import OPEN_ROLE, CriteriaModel
from kamdesk.desktop.models.offer_paste import heading_of, read_offer
from kamdesk.desktop.pages.proposal_argument_column import sentences
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.model.values import PersonName
from kamdesk.rules.tailoring import CriterionRow
from kamdesk.services.proposal_views import ReaderView
from kamdesk.translation import shipped_vocabularies

RUSSIAN = (
    "Спецификация к договору\n"
    "№ п/п\tНаименование\tЕд. изм.\tКол-во\tЦена без НДС, руб.\tСкидка, %\tСтавка НДС\tСумма, руб.\n"
    "1\tНасос ЦНС 60-66\tшт.\t2\t1 250 000,50\t5\t22%\t2 375 000,95\n"
    '2\t"Шкаф ""Север"""\tкомпл.\t1\t480 000\t\tбез НДС\t480 000\n'
    "\tИтого\t\t\t\t\t\t2 855 000,95\n"
    "\tВ том числе НДС\t\t\t\t\t\t500 000\n"
)


def test_a_price_table_is_read_by_its_heading() -> None:
    rows = read_offer(RUSSIAN)
    assert rows is not None
    assert [row["name"] for row in rows] == ["Насос ЦНС 60-66", 'Шкаф "Север"']
    assert rows[0] == {
        "name": "Насос ЦНС 60-66", "unit": "шт.", "quantity": "2", "price": "1 250 000,50", "discount": "5", "vat": "22%",
    }  # fmt: skip
    assert rows[1]["vat"] == "без НДС"


def test_an_english_heading_is_read_too() -> None:
    assert heading_of(["#", "Description", "UoM", "Qty", "Unit price, EUR", "VAT", "Total"]) == {
        1: "name", 2: "unit", 3: "quantity", 4: "price", 5: "vat", 6: "sum",
    }  # fmt: skip
    assert heading_of(["Pump", "2", "100"]) == {}


def test_article_numbers_and_alternatives_have_columns_of_their_own() -> None:
    assert heading_of(["Код товара", "Наименование, артикул", "Вариант", "Кол-во", "Цена"]) == {
        0: "article", 1: "name", 2: "alternative", 3: "quantity", 4: "price",
    }  # fmt: skip
    assert heading_of(["Item no.", "Description", "Alternative", "Qty"]) == {
        0: "article", 1: "name", 2: "alternative", 3: "quantity",
    }  # fmt: skip
    assert heading_of(["Наименование, артикул", "Цена"]) == {0: "name", 1: "price"}


def test_without_a_heading_the_columns_are_told_by_what_they_hold() -> None:
    text = "1\tНасос центробежный\tшт.\t2\t100 000\t200 000\n2\tМонтаж и наладка\tуслуга\t1\t50 000\t50 000"
    rows = read_offer(text)
    assert rows is not None
    assert rows[0] == {"name": "Насос центробежный", "unit": "шт.", "quantity": "2", "price": "100 000"}
    assert read_offer(text, guess=False) is None
    assert read_offer("Насос\t2") is None


def test_pasted_lines_become_sentences() -> None:
    assert sentences("• Окупается за год.\n\n2) Обучаем людей.\n— 24 часа на связи.") == [
        "Окупается за год.",
        "Обучаем людей.",
        "24 часа на связи.",
    ]


def test_a_list_stays_with_the_line_that_leads_to_it() -> None:
    assert sentences(
        "Мы берём на себя **риск**:\n• свой шеф-монтаж\n• запасной шкаф\nОкупается за год.\n- Обучаем."
    ) == [
        "Мы берём на себя **риск**:\n- свой шеф-монтаж\n- запасной шкаф",
        "Окупается за год.",
        "Обучаем.",
    ]
    assert sentences("**Платежи:**\n1) аванс\n2) остаток") == ["**Платежи:**\n1. аванс\n2. остаток"]


@pytest.mark.parametrize(
    ("amount", "unit", "language", "expected"),
    [
        ("36592924.00", "1", "ru", "36 592 924 ₽"),
        ("36592924.5", "1", "ru", "36 592 924,50 ₽"),
        ("36592924", "1000000", "ru", "36,59 млн ₽"),
        ("-1500", "1000", "ru", "−1,5 тыс. ₽"),
        ("36592924", "1", "en", "₽36,592,924"),
        ("-1500.5", "1", "en", "−₽1,500.50"),
    ],
)
def test_money_is_written_as_people_write_it(
    kit: Kit, amount: str, unit: str, language: str, expected: str
) -> None:
    kit.words.set_language(language)
    words = ProposalWords(kit, shipped_vocabularies)
    assert words.money(Decimal(amount), "RUB", unit).replace("\u00a0", " ") == expected


def test_the_matrix_says_what_is_open(kit: Kit) -> None:
    readers = tuple(
        ReaderView(
            one, one, PersonName(one, "Иван"), "", "finance", "", False, ("price",), "effect", (), (), ()
        )
        for one in ("Первый", "Второй")
    )
    model = CriteriaModel(kit, ProposalWords(kit, shipped_vocabularies))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show((CriterionRow("price", {"Первый": 0}, {"Второй": ("a", "b")}),), readers)
    assert [model.cell(0, 0), model.cell(0, 1)] == ["#1: no answer", "2 arguments"]
    assert model.index(0, 0).data(OPEN_ROLE)
    assert not model.index(0, 1).data(OPEN_ROLE)
    kit.words.set_language("ru")
    assert model.cell(0, 0) == "№ 1: нет ответа"
    model.show((), ())
    tester.deleteLater()
    model.deleteLater()
