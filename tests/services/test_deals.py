"""Deals: amounts, stages, decision group of one deal, competitors, what belongs to it; where a newcomer begins."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import Money, PartialDate
from kamdesk.services.deal_views import DealRow, sums
from kamdesk.services.deals import Deals
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.notes import Notes
from kamdesk.services.organisations import Organisations
from kamdesk.services.people import People
from kamdesk.services.promises import PromiseData, Promises
from kamdesk.services.proposals import Proposals
from kamdesk.services.reading_order import ReadingOrders
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies


@pytest.fixture
def deals(vault: Vault) -> Deals:
    return Deals(vault.store, shipped_vocabularies)


@pytest.fixture
def deal(deals: Deals, plant: dict[str, str]) -> str:
    return deals.add(plant["client"], " Линия  розлива ")


def test_a_deal_has_a_name_an_amount_and_a_month(deals: Deals, deal: str, plant: dict[str, str]) -> None:
    deals.edit(deal, {"amount": Decimal(1_200_000), "currency": "EUR", "expected": PartialDate(2026, 9)})
    (row,) = deals.list(plant["client"])
    assert (row.name, row.amount, row.is_open) == ("Линия розлива", Money(Decimal(1_200_000), "EUR"), True)
    with pytest.raises(KamdeskError, match=r"deal\.amount_negative"):
        deals.edit(deal, {"amount": Decimal(-1)})
    with pytest.raises(KamdeskError, match=r"record\.required"):
        deals.add(plant["client"], " ")


def test_a_decided_deal_is_dated_and_an_open_one_is_not(deals: Deals, deal: str, vault: Vault) -> None:
    deals.set_stage(deal, "lost")
    deals.edit(deal, {"loss_reason": "price"})
    assert (deals.card(deal).row.closed_on, deals.card(deal).row.loss_reason) == (date(2026, 3, 5), "price")
    deals.set_stage(deal, "negotiation")
    assert (deals.card(deal).row.closed_on, deals.card(deal).row.loss_reason) == (None, "")
    vault.history.undo()
    assert deals.card(deal).row.loss_reason == "price"


def test_open_ones_come_first_by_their_month(deals: Deals, plant: dict[str, str]) -> None:
    late, soon, won = (deals.add(plant["client"], name) for name in ("Поздняя", "Скорая", "Готовая"))
    deals.edit(late, {"expected": PartialDate(2027)})
    deals.edit(soon, {"expected": PartialDate(2026, 4)})
    deals.set_stage(won, "won")
    assert [row.name for row in deals.list()] == ["Скорая", "Поздняя", "Готовая"]


def test_sums_stand_by_stage_and_currency(deals: Deals, plant: dict[str, str]) -> None:
    for name, amount, currency in (("А", 100, "RUB"), ("Б", 50, "RUB"), ("В", 7, "EUR")):
        made = deals.add(plant["client"], name)
        deals.edit(made, {"amount": Decimal(amount), "currency": currency})
    deals.set_stage(deals.add(plant["client"], "Г"), "won")
    first, last = deals.sums(plant["client"])
    assert (first.stage, first.count) == ("interest", 3)
    assert first.sums == (Money(Decimal(7), "EUR"), Money(Decimal(150), "RUB"))
    assert (last.stage, last.is_open, last.unknown) == ("won", False, 1)


@given(
    st.lists(
        st.tuples(st.sampled_from(("interest", "won")), st.none() | st.decimals("0", "999999", places=2)),
        max_size=12,
    )
)
def test_sums_by_stage_lose_nothing(given_rows) -> None:
    rows = [
        DealRow(
            str(at),
            "",
            "",
            "",
            stage,
            True,
            Money(amount) if amount is not None else None,
            "RUB",
            None,
            None,
            "",
        )
        for at, (stage, amount) in enumerate(given_rows)
    ]
    made = sums(rows, ("interest", "won"))
    assert sum(one.count for one in made) == len(rows)
    assert sum((money.amount for one in made for money in one.sums), Decimal()) == sum(
        (amount for _stage, amount in given_rows if amount is not None), Decimal()
    )


def test_competitors_are_named_and_added_once(
    deals: Deals, deal: str, vault: Vault, plant: dict[str, str]
) -> None:
    link = deals.add_competitor(deal, "Альфа")
    assert deals.add_competitor(deal, "АЛЬФА") == link
    assert [rival.name for rival in deals.card(deal).rivals] == ["Альфа"]
    with pytest.raises(KamdeskError, match=r"deal\.own_competitor"):
        deals.add_competitor(deal, "Завод «Прогресс»")
    deals.drop_competitor(link)
    assert deals.card(deal).rivals == ()
    assert len(Organisations(vault.store).list(("competitor",))) == 1


def test_parts_in_one_deal_stand_beside_the_general_ones(
    deals: Deals, deal: str, vault: Vault, plant: dict[str, str]
) -> None:
    people = People(vault.store, shipped_vocabularies)
    people.set_parts(plant["petr"], plant["client"], ["decider"])
    people.set_parts(plant["petr"], plant["client"], ["economic_buyer", "champion"], deal_id=deal)
    member = next(one for one in deals.card(deal).members if one.id == plant["petr"])
    assert member.general == ("decider",)
    assert set(member.parts) == {"economic_buyer", "champion"}
    listed = next(row for row in people.list(plant["client"]) if row.id == plant["petr"])
    assert listed.parts == ("decider",)  # a list is about the client, not about one deal
    people.set_parts(plant["petr"], plant["client"], ["economic_buyer", "champion", "user"], deal_id=deal)
    member = next(one for one in deals.card(deal).members if one.id == plant["petr"])
    assert set(member.parts) == {"user", "champion"}
    assert member.general == ("decider",)


def test_proposals_meetings_promises_and_notes_belong_to_it(
    deals: Deals, deal: str, vault: Vault, plant: dict[str, str]
) -> None:
    client = plant["client"]
    proposals = Proposals(vault.store, shipped_vocabularies)
    proposals.start(client, subject="С начала", deal_id=deal)
    other = proposals.start(client, subject="Потом")
    deals.link(deal, "proposal", other)
    met = Interactions(vault.store).log(InteractionData(client, purpose="Осмотр"))
    deals.link(deal, "interaction", met)
    deals.promise(deal, "Прислать расчёт", due=date(2026, 3, 9))
    kept = Promises(vault.store).add(PromiseData("Старое", organisation_id=client))
    deals.link(deal, "promise", kept)
    deals.add_note(deal, "Торопятся")
    card = deals.card(deal)
    assert {one.subject for one in card.proposals} == {"С начала", "Потом"}
    assert [one.purpose for one in card.interactions] == ["Осмотр"]
    assert {one.text for one in card.promises} == {"Прислать расчёт", "Старое"}
    assert [one.text for one in card.notes] == ["Торопятся"]
    assert Notes(vault.store).of(organisation_id=client) == ()
    deals.unlink("proposal", other)
    assert [one.subject for one in deals.card(deal).free_proposals] == ["Потом"]
    stranger = Organisations(vault.store).add("Чужой")
    with pytest.raises(KamdeskError, match=r"deal\.other_client"):
        deals.link(deal, "proposal", proposals.start(stranger))


def test_the_reading_order_says_why_and_is_put_away(
    deals: Deals, deal: str, vault: Vault, plant: dict[str, str]
) -> None:
    reading = ReadingOrders(vault.store, shipped_vocabularies)
    people = People(vault.store, shipped_vocabularies)
    people.set_parts(plant["anna"], plant["client"], ["decider"])
    people.set_stance(plant["petr"], -3)
    deals.promise(deal, "Прислать расчёт", due=date(2026, 3, 1))
    order = reading.of(plant["client"])
    reasons = [step.reason.code for step in order.steps]
    assert reasons == [
        "reading.about_missing", "reading.decides", "reading.against", "reading.late", "reading.deal",
    ]  # fmt: skip
    assert [step.place for step in order.steps][1] == f"person:{plant['anna']}"
    assert Translator("ru").message(order.steps[3].reason) == "1 наше обещание просрочено"
    reading.dismiss(plant["client"])
    reading.dismiss(plant["client"])
    assert reading.of(plant["client"]).dismissed
    vault.history.undo()
    assert not reading.of(plant["client"]).dismissed
