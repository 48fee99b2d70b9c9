"""Alternatives, the discount on the whole, payments by stage and what the effect depends on, as documents show them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kamdesk.documents.blocks import Picture, Table, plain_text
from kamdesk.documents.context.build import build
from kamdesk.documents.context.sensitivity import sensitivity_nodes
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import AssumptionData, BenefitData, BenefitLine
from tests.documents.choices import with_choices
from tests.documents.sample import proposal, tailored


def test_alternatives_stand_side_by_side_and_each_whole() -> None:
    document = build(with_choices(), tailored(), "group")
    tables = [node for node in document.blocks["prices"] if isinstance(node, Table)]
    choice, extended, basic, options = tables
    assert [row[0] for row in choice.rows] == ["Расширенный (рекомендуем)", "Базовый"]
    assert choice.strong_rows == (0,)
    assert extended.header[1] == "Артикул"
    assert extended.rows[0][1:3] == (
        "РПТ-420",
        "Рекуператор петлевой трубчатый РПТ-420\nсталь 10Х23Н18, до 950 °C",
    )
    labels = [row[2] for row in extended.rows[-extended.total_rows :]]
    assert labels == ["Сумма позиций", "Скидка 3\u00a0%", "Итого без НДС", "НДС 22\u00a0%", "Всего с НДС"]
    assert extended.rows[-1][-1] == choice.rows[0][-1]
    assert basic.rows[-1][-1] == choice.rows[1][-1]
    assert "только для варианта «Расширенный»" in options.rows[0][1]
    assert options.total_rows == 0
    said = plain_text(document.blocks["prices"])
    assert "Всего к оплате по варианту «Расширенный»" in said
    assert "Всего с НДС, вариант «Расширенный»" in plain_text(document.blocks["figures"])


def test_an_amount_off_the_whole_has_no_percentage() -> None:
    data = replace(proposal("en"), total_discount=Decimal(1000), total_discount_kind="amount")
    said = plain_text(build(data, tailored("en"), "group").blocks["prices"])
    assert "\u22121,000.00" in said
    assert "Discount 1000" not in said


def test_stages_with_results_and_payments_that_make_the_total() -> None:
    document = build(with_choices("en"), tailored("en"), "group")
    table = next(node for node in document.blocks["schedule"] if isinstance(node, Table))
    assert table.header == ("No.", "Stage", "Term", "Result", "Payment")
    assert [row[4].split("\n")[0] for row in table.rows] == ["30%", "", "20%", "50%", "100%"]
    assert table.rows[0][3] == "Layout approved"
    total = table.rows[-1][4].split("\n")[1]
    assert total in plain_text(document.blocks["prices"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Проект окупается и при худшем из трёх: Цена газа, 7,2\u00a0₽/м³ — остаётся"),
        ("en", "The project pays back even at the worst of the three: Gas price at 7.2\u00a0£/m³ leaves"),
    ],
)
def test_what_the_effect_rests_and_depends_on(language: str, said: str) -> None:
    nodes = build(with_choices(language), tailored(language), "group").blocks["effect"]
    assert said in plain_text(nodes)
    tables = [node for node in nodes if isinstance(node, Table)]
    rests, ends = tables[-2:]
    assert len(rests.rows) == 2
    assert len(ends.rows) == 6
    assert rests.rows[0][3] in ("договор поставки на 2026 год", "supply contract for 2026")
    pictures = [node for node in nodes if isinstance(node, Picture)]
    assert len(pictures) == 2
    assert rests.rows[0][0] in (pictures[1].svg or "")
    assert rests.rows[0][0] in pictures[1].alt


def test_no_promise_where_it_does_not_pay_at_the_worst() -> None:
    data = with_choices()
    assert data.benefit is not None
    poor = replace(
        data.benefit, assumed=(replace(data.benefit.assumed[0], low=Decimal(1)), data.benefit.assumed[1])
    )
    nodes = build(replace(data, benefit=poor), tailored(), "group").blocks["effect"]
    assert "Проект окупается" not in plain_text(nodes)
    assert "не окупается" in plain_text(nodes)


def test_an_assumption_that_nothing_rests_on_is_not_shown() -> None:
    data = with_choices()
    assert data.benefit is not None
    loose = tuple(replace(line, assumption="", spread=None) for line in data.benefit.lines)
    nodes = build(replace(data, benefit=replace(data.benefit, lines=loose)), tailored(), "group").blocks[
        "effect"
    ]
    assert "Цена газа" not in plain_text(nodes)


def test_quotes_inside_quotes_are_of_the_other_kind() -> None:
    from kamdesk.documents.context.words import Words

    assert Words("ru")("alternative_named", name="Запас «Плюс»") == "Вариант «Запас „Плюс“»"
    assert Words("en")("of_alternative", name="The “Plus”") == "for “The ‘Plus’” only"
    assert Words("en")("alternative_named", name="The “Plus”") == "Alternative: The “Plus”"


def test_an_assumption_that_hardly_matters_says_how_huge_it_would_have_to_be() -> None:
    lines = (
        BenefitLine("Вложения", "investment", (Decimal(10) ** 15,)),
        BenefitLine("Экономия", "saving", (Decimal(0), Decimal("0.01")), assumption="a"),
    )
    hours = AssumptionData("a", "Ча\x0bсы", Decimal(10) ** 12, "ч", Decimal(10) ** 11, Decimal(10) ** 13)
    model = BenefitData(lines, "year", Decimal(10), assumed=(hours,))
    nodes = sensitivity_nodes(proposal("ru"), model, Words("ru"))
    assert any("Часы" in node.svg for node in nodes if isinstance(node, Picture))
