"""Two versions side by side: every row says what stood there and what stands there now."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kamdesk.model.tables import Colleague
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.library import Library
from kamdesk.services.organisations import Organisations
from kamdesk.services.proposal_compare import SECTIONS, Comparison, ProposalCompare
from kamdesk.services.proposal_versions import ProposalVersions
from kamdesk.services.proposal_views import AssumptionRow, BenefitRow, OfferRow, StageRow
from kamdesk.services.proposals import Proposals
from kamdesk.services.rows import insert
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies


@pytest.fixture
def pair(vault: Vault) -> tuple[Proposals, ProposalCompare, str, str]:
    store = vault.store
    client = Organisations(store).add("Север")
    Group(store, shipped_vocabularies).save(
        client,
        (
            GroupRow(name="Смирнова Анна Олеговна", title="Финансовый директор"),
            GroupRow(name="Котов Илья Викторович", title="Главный инженер"),
        ),
    )
    Library(store).add_argument("Линия окупается за 14 месяцев.", {"lenses": ("finance",)})
    proposals = Proposals(store, shipped_vocabularies)
    first = proposals.start(client, subject="Линия розлива")
    proposals.save_offer(
        first,
        [
            OfferRow(name="Линия", quantity=Decimal(1), price=Decimal(100), vat=Decimal(22)),
            OfferRow(name="Монтаж"),
        ],
    )
    proposals.save_benefit(first, [BenefitRow(name="Энергия", amounts=(Decimal(0), Decimal(50)))])
    proposals.save_stages(first, [StageRow(name="Поставка", term="неделя 3")])
    second = ProposalVersions(store, proposals).new_version(first)
    return proposals, ProposalCompare(store, proposals), first, second


def said(found: Comparison, language: str = "ru") -> dict[str, tuple[str, str]]:
    words = Translator(language)
    return {
        words.message(row.what): tuple(words.message(one) if one else "" for one in (row.before, row.after))
        for row in found.rows
        if row.differs
    }


def test_a_fresh_version_says_the_same(pair) -> None:
    _proposals, compare, first, second = pair
    found = compare.compare(first, second)
    assert (found.before.version, found.after.version) == (1, 2)
    assert said(found) == {}
    assert {row.section for row in found.rows} <= set(SECTIONS)
    order = [SECTIONS.index(row.section) for row in found.rows]
    assert sorted(set(order)) == list(range(len(set(order))))


def test_a_discount_on_the_whole_is_told_in_what_it_is(pair) -> None:
    proposals, compare, first, second = pair
    proposals.edit(first, {"total_discount": Decimal(5)})
    proposals.edit(second, {"total_discount": Decimal(5), "total_discount_kind": "amount"})
    before, after = said(compare.compare(first, second))["Скидка на всё"]
    assert (before, after.replace("\u00a0", " ")) == ("5 %", "5 ₽")


def test_every_change_is_a_row(pair) -> None:
    proposals, compare, first, second = pair
    proposals.edit(second, {"payment": "Аванс 30 %", "language": "ru", "vat_mode": "included"})
    proposals.save_offer(second, [OfferRow(name="Линия", unit="шт.", price=Decimal(90), discount=Decimal(5))])
    proposals.save_benefit(second, [BenefitRow(name="Энергия", amounts=(Decimal(0), Decimal(60)))])
    proposals.save_stages(second, [StageRow(name="Поставка", term="неделя 4")])
    reader = proposals.page(second).readers[0]
    proposals.reword(reader.id, reader.chosen[0].argument_id, "У вас окупится за год.")
    proposals.set_readers(second, [reader.person_id])
    changes = said(compare.compare(first, second))
    assert changes["Условия оплаты"] == ("", "Аванс 30 %")
    assert changes["Линия"] == ("1 по 100, НДС 22 %", "1 шт. по 90, скидка 5 %, без НДС")
    assert changes["Монтаж"][1] == ""
    assert changes["Энергия"] == ("0, 50, экономия", "0, 60, экономия")
    assert changes["Поставка"] == ("неделя 3", "неделя 4")
    assert "1. У вас окупится за год." in [after for _before, after in changes.values()]
    assert changes["Котов Илья Викторович"][1] == ""
    assert [one.replace("\u00a0", " ") for one in changes["Итого с НДС"]] == ["122 ₽", "85,50 ₽"]
    for before, after in said(compare.compare(first, second), "en").values():
        assert "compare." not in before + after
        assert "{" not in before + after


def test_lines_of_one_name_are_compared_each(pair) -> None:
    proposals, compare, first, second = pair
    twice = [OfferRow(name="Насос", price=Decimal(100)), OfferRow(name="Насос", price=Decimal(200))]
    proposals.save_offer(first, twice)
    proposals.save_offer(second, [OfferRow(name="Насос", price=Decimal(90)), twice[1]])
    changes = said(compare.compare(first, second))
    assert changes["Насос"] == ("1 по 100, без НДС", "1 по 90, без НДС")
    assert "Насос (2)" not in changes


def test_payments_assumptions_kinds_and_tasks_are_compared(pair) -> None:
    proposals, compare, first, second = pair
    proposals.save_stages(second, [StageRow(name="Поставка", term="неделя 3", payment=Decimal(50))])
    proposals.save_assumptions(
        second,
        [AssumptionRow(name="Цена газа", value=Decimal(8), unit="₽/м³", low=Decimal(7), source="счёт")],
    )
    gas = proposals.page(second).assumptions[0].id
    row = BenefitRow(
        name="Энергия", kind="income", amounts=(Decimal(0), Decimal(50)), assumption_id=gas, spread=Decimal(5)
    )
    proposals.save_benefit(second, [row])
    changes = said(compare.compare(first, second))
    assert changes["Поставка"] == ("неделя 3", "неделя 3, оплата 50 %")
    assert changes["Цена газа"] == ("", "8 ₽/м³, от 7, счёт")
    assert changes["Энергия"][1] == "0, 50, дополнительный доход, Цена газа, ± 5 %"


def test_what_a_colleague_answers_for_is_compared(pair, store) -> None:
    proposals, compare, first, second = pair
    me = store.write(
        "record.add",
        {"noun": "", "name": ""},
        lambda session: insert(session, Colleague(family_name="Соколова")),
    )
    proposals.set_team(first, [(me, "")])
    proposals.set_team(second, [(me, "проект")])
    assert said(compare.compare(first, second))["Предложение подготовили"] == (
        "Соколова",
        "Соколова (проект)",
    )
