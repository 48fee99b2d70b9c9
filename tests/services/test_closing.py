"""The steps after sending through the services, from the sending to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.documents.context.internal_brief import brief_document, cuts
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.model.messages import KamdeskError
from kamdesk.services.closing import Contact
from kamdesk.services.concessions import ConcessionData, effects_of
from kamdesk.services.interactions import InteractionData
from kamdesk.services.proposal_views import OfferRow
from kamdesk.store.vault import Vault

THURSDAY = date(2026, 3, 5)
MONDAY = date(2026, 3, 9)


@pytest.fixture
def place(vault: Vault) -> Iterator[Workplace]:
    opened = open_workplace(vault)
    yield opened
    if "workers" in vars(opened):
        opened.workers.close()


def kinds(place: Workplace, proposal: str) -> dict[str, str]:
    """The ids of the steps by kind."""
    return {one.kind: one.id for one in place.closing.view(proposal).steps}


@pytest.fixture
def sent(place: Workplace, plant: dict[str, str]) -> str:
    """A proposal over a hundred thousand that was sent on Thursday, the next contact on Wednesday."""
    proposal = place.proposals.start(plant["client"], subject="Насосы")
    place.proposals.save_offer(proposal, [OfferRow(name="Насос", unit="шт.", price=Decimal(100000))])
    place.proposals.edit(proposal, {"vat_mode": "none"})
    place.proposals.set_status(proposal, "sent", next_date=date(2026, 3, 11))
    return proposal


def test_sending_begins_the_steps_and_a_new_client_has_shorter_ones(place: Workplace, sent: str) -> None:
    view = place.closing.view(sent)
    assert [one.kind for one in view.steps] == ["sent", "receipt", "next_steps", "urgency", "dated"]
    assert view.new_client and view.sent_on == THURSDAY
    assert [one.due_on for one in view.steps[1:]] == [
        date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 12),
    ]  # fmt: skip
    assert view.reading.verdict.code == "hold"
    assert [one.due_on for one in place.closing.view(sent).steps if one.is_open]
    place.vault.history.undo()
    assert not place.closing.view(sent).steps


def test_the_client_who_bought_has_the_usual_days(place: Workplace, plant: dict[str, str]) -> None:
    deal = place.deals.add(plant["client"], "Прошлая поставка")
    place.deals.set_stage(deal, "won")
    proposal = place.proposals.start(plant["client"], subject="Ещё")
    place.proposals.set_status(proposal, "sent", next_date=MONDAY)
    view = place.closing.view(proposal)
    assert not view.new_client
    assert view.steps[4].due_on == date(2026, 3, 16)


def test_a_confirmed_receipt_moves_the_status_and_keeps_a_date_ahead(
    place: Workplace, sent: str, clock, plant: dict[str, str]
) -> None:
    clock.forward(days=8)
    step = kinds(place, sent)["receipt"]
    place.closing.done(step, "Получили, смотрит Ёлкина", contact=Contact(person_ids=(plant["anna"],)))
    view = place.closing.view(sent)
    assert view.status == "receipt_confirmed"
    assert view.next_date is not None and view.next_date > date(2026, 3, 13)
    assert view.steps[1].done_on == date(2026, 3, 13)
    assert [(one.kind, one.side) for one in view.touches] == [("call", "mutual")]
    logged = place.interactions.view(view.steps[1].interaction_id or "")
    assert logged.outcome == "" and [one.id for one in logged.people] == [plant["anna"]]
    place.closing.reopen(step)
    assert place.closing.view(sent).status == "sent"
    place.vault.history.undo()
    place.vault.history.undo()
    assert (place.closing.view(sent).status, place.closing.view(sent).touches) == ("sent", ())


def test_steps_are_left_out_moved_and_linked(place: Workplace, sent: str, plant: dict[str, str]) -> None:
    steps = kinds(place, sent)
    place.closing.skip(steps["urgency"])
    place.closing.move(steps["next_steps"], MONDAY + timedelta(7))
    with pytest.raises(KamdeskError, match=r"closing\.past"):
        place.closing.move(steps["next_steps"], THURSDAY - timedelta(1))
    met = place.interactions.log(InteractionData(organisation_id=plant["client"], kind="meeting"))
    place.closing.done(steps["next_steps"], interaction_id=met)
    view = place.closing.view(sent)
    assert view.steps[3].skipped and view.steps[2].interaction_id == met
    assert view.steps[2].due_on == MONDAY + timedelta(7)
    with pytest.raises(KamdeskError, match=r"interaction\.in_future"):
        place.closing.done(steps["dated"], on=MONDAY)


def test_a_dated_call_is_planned_and_is_the_next_date(place: Workplace, sent: str) -> None:
    at = datetime(2026, 3, 10, 11, 0)
    planned = place.closing.plan(sent, at, "meeting")
    view = place.closing.view(sent)
    assert (view.next_date, view.agreed, view.steps[4].interaction_id) == (at.date(), at.date(), planned)
    assert place.interactions.view(planned).state == "planned"
    with pytest.raises(KamdeskError, match=r"closing\.past"):
        place.closing.plan(sent, datetime(2026, 3, 4, 11, 0))


def test_only_a_talk_that_is_ahead_and_about_this_is_agreed(
    place: Workplace, sent: str, plant: dict[str, str], clock
) -> None:
    other = place.proposals.start(plant["client"], subject="Другое")
    place.proposals.set_status(other, "sent", next_date=date(2026, 3, 12))
    at = datetime(2026, 3, 10, 15, 0)
    planned = place.closing.plan(other, at)
    assert place.closing.view(other).agreed == at.date()
    assert place.closing.view(sent).agreed is None
    own = place.interactions.plan(InteractionData(organisation_id=plant["client"], kind="call", starts_at=at))
    assert place.closing.view(sent).agreed == at.date()
    clock.forward(days=4, hours=21)
    assert place.closing.view(sent).agreed == at.date()
    assert (
        place.closing.view(sent).reading.verdict.why.code != "closing.why.agreed_today"
    )  # Wednesday was said
    clock.forward(hours=7)
    assert place.closing.view(sent).agreed is None
    assert {one.id for one in place.interactions.timeline(organisation_id=plant["client"])} >= {own, planned}


def test_touches_raise_neediness_an_answer_takes_it_away(place: Workplace, sent: str, clock) -> None:
    for _ in range(3):
        clock.forward(days=1)
        place.closing.touch(sent, Contact("call", "ours"))
    view = place.closing.view(sent)
    assert view.reading.neediness.value == 45 and view.reading.verdict.code == "hold"
    place.closing.touch(sent, Contact("email", "theirs"))
    assert place.closing.view(sent).reading.neediness.value == 0


def test_sending_again_begins_anew_and_keeps_what_was_done(place: Workplace, sent: str, clock) -> None:
    place.closing.done(kinds(place, sent)["receipt"], "Получили")
    clock.forward(days=4)
    place.proposals.set_status(sent, "revision")
    place.proposals.set_status(sent, "sent", next_date=date(2026, 3, 12))
    view = place.closing.view(sent)
    assert [one.kind for one in view.earlier] == ["sent", "receipt"]
    assert [one.is_open for one in view.steps] == [False, True, True, True, True]
    assert view.sent_on == MONDAY


@pytest.mark.parametrize("status", ["accepted", "declined", "withdrawn"])
def test_an_answer_closes_every_step(place: Workplace, sent: str, status: str) -> None:
    place.proposals.set_status(sent, status)
    view = place.closing.view(sent)
    assert not any(one.is_open for one in view.steps)
    assert view.reading.verdict.code == "closed"


@pytest.mark.parametrize("status", ["accepted", "withdrawn", "superseded"])
def test_several_closed_at_once_close_their_steps_as_one_does(
    place: Workplace, sent: str, plant: dict[str, str], status: str
) -> None:
    other = place.proposals.start(plant["client"], subject="Ещё")
    place.proposals.set_status(other, "sent", next_date=MONDAY)
    place.proposals.set_statuses([sent, other], "receipt_confirmed")
    assert [place.closing.view(one).steps[1].done_on for one in (sent, other)] == [THURSDAY, THURSDAY]
    place.proposals.set_statuses([sent, other], status)
    assert all(place.closing.view(one).next_step is None for one in (sent, other))
    place.vault.history.undo()
    place.vault.history.undo()
    assert all(place.closing.view(one).next_step is not None for one in (sent, other))


def test_a_proposal_sent_before_steps_were_kept_can_begin(place: Workplace, plant: dict[str, str]) -> None:
    proposal = place.proposals.start(plant["client"], subject="Старое")
    with pytest.raises(KamdeskError, match=r"closing\.not_sent"):
        place.closing.begin(proposal)
    place.records.set("proposal", proposal, {"status": "discussion"})
    assert not place.closing.view(proposal).steps
    place.closing.begin(proposal, date(2026, 3, 2))
    assert place.closing.view(proposal).sent_on == date(2026, 3, 2)


def test_habits_are_preferences(place: Workplace, plant: dict[str, str]) -> None:
    place.preferences.set(closing_new_client=100, closing_receipt=2, closing_need_limit=15)
    proposal = place.proposals.start(plant["client"], subject="Новое")
    place.proposals.set_status(proposal, "sent", next_date=MONDAY)
    view = place.closing.view(proposal)
    assert view.steps[1].due_on == MONDAY and view.reading.neediness.limit == 15


# --- concessions --------------------------------------------------------------------------------------------------


def test_a_concession_for_nothing_raises_neediness(
    place: Workplace, sent: str, plant: dict[str, str]
) -> None:
    client = plant["client"]
    one = place.concessions.add(client, ConcessionData("Отсрочка 60 дней", kind="payment", proposal_id=sent))
    assert place.closing.view(sent).reading.neediness.value == 15
    place.concessions.edit(one, {"got": "Объём вырос вдвое"})
    assert place.closing.view(sent).reading.neediness.value == 0
    for data, code in (
        (ConcessionData("  "), "concession.empty"),
        (ConcessionData("Скидка", cost=Decimal(-1)), "concession.negative"),
    ):
        with pytest.raises(KamdeskError, match=code.replace(".", r"\.")):
            place.concessions.add(client, data)
    place.records.delete("concession", one)
    assert not place.concessions.list(proposal_id=sent)


def test_what_was_given_for_an_earlier_version_still_counts(
    place: Workplace, sent: str, plant: dict[str, str], clock
) -> None:
    place.concessions.add(plant["client"], ConcessionData("Доставка за наш счёт", proposal_id=sent))
    second = place.proposal_versions.new_version(sent)
    place.proposals.set_status(second, "sent", next_date=MONDAY)
    assert place.closing.view(sent).status == "superseded"
    clock.forward(days=1)
    parts = place.closing.view(second).reading.neediness.parts
    assert [(one.why.code, one.why.params["n"]) for one in parts] == [("closing.part.concessions", 1)]


def test_the_effect_is_summed_by_currency_deal_and_year(place: Workplace, plant: dict[str, str]) -> None:
    client, add = plant["client"], place.concessions.add
    deal = place.deals.add(client, "Насосная")
    add(client, ConcessionData("Скидка", cost=Decimal(300), worth=Decimal(100), deal_id=deal))
    add(client, ConcessionData("Доставка", cost=Decimal("50.50"), given_on=date(2025, 5, 5)))
    add(client, ConcessionData("Training", cost=Decimal(7), currency="EUR", got="Reference"))
    add(client, ConcessionData("Сведения", kind="information"))
    found = effects_of(place.concessions.list(organisation_id=client))
    roubles = next(one for one in found.total if one.currency == "RUB")
    assert (roubles.cost, roubles.worth, roubles.net) == (Decimal("350.50"), Decimal(100), Decimal("-250.50"))
    assert (roubles.count, roubles.unknown, roubles.for_nothing) == (3, 1, 2)
    assert [one.currency for one in found.by_deal[deal]] == ["RUB"]
    assert list(found.by_year) == [2026, 2025]
    assert found.by_year[2025][0].cost == Decimal("50.50")


def test_a_lower_total_after_sending_is_offered_once(place: Workplace, sent: str) -> None:
    assert place.closing.view(sent).lowered is None
    page = place.proposals.page(sent)
    line = page.offer[0]
    place.proposals.save_offer(sent, [replace(line, discount=Decimal(10))])
    lowered = place.closing.view(sent).lowered
    assert lowered is not None and (lowered.money.amount, lowered.money.currency) == (Decimal(10000), "RUB")
    assert lowered.through == ("discount",) and lowered.gave_way
    one = place.concessions.take_discount(sent, "Скидка после отправки")
    view = place.concessions.list(proposal_id=sent)[0]
    assert (view.id, view.cost, view.kind, view.for_nothing) == (one, Decimal(10000), "price", True)
    assert place.closing.view(sent).lowered is None
    with pytest.raises(KamdeskError, match=r"concession\.no_drop"):
        place.concessions.take_discount(sent, "ещё раз")


@pytest.mark.parametrize(
    ("change", "through", "gave_way"),
    [
        (lambda rows: rows[:1], ("removed",), False),
        (lambda rows: [rows[0], replace(rows[1], quantity=Decimal(1))], ("quantity",), False),
        (lambda rows: [rows[0], replace(rows[1], optional=True)], ("removed",), False),
        (lambda rows: [replace(rows[0], price=Decimal(90000)), rows[1]], ("price",), True),
        (lambda rows: [replace(rows[0], price=Decimal(90000))], ("price", "removed"), True),
    ],
)
def test_less_for_less_is_no_discount(
    place: Workplace, plant: dict[str, str], change, through: tuple[str, ...], gave_way: bool
) -> None:
    proposal = place.proposals.start(plant["client"], subject="Насосы")
    pump = OfferRow(name="Насос", unit="шт.", price=Decimal(100000))
    place.proposals.save_offer(
        proposal, [pump, replace(pump, name="Вал", quantity=Decimal(3), price=Decimal(500))]
    )
    place.proposals.set_status(proposal, "sent", next_date=date(2026, 3, 11))
    place.proposals.save_offer(proposal, change(list(place.proposals.page(proposal).offer)))
    lowered = place.closing.view(proposal).lowered
    assert lowered is not None and (lowered.through, lowered.gave_way) == (through, gave_way)


def test_a_discount_on_the_whole_after_sending_is_one(place: Workplace, sent: str) -> None:
    place.proposals.edit(sent, {"total_discount": Decimal(5)})
    lowered = place.closing.view(sent).lowered
    assert lowered is not None and lowered.through == ("discount",)


def test_a_lower_price_in_a_new_version_is_offered_once(place: Workplace, sent: str) -> None:
    new = place.proposal_versions.new_version(sent)
    line = place.proposals.page(new).offer[0]
    place.proposals.save_offer(new, [replace(line, discount=Decimal(10))])
    place.proposals.set_status(new, "sent", next_date=date(2026, 3, 11))
    assert place.closing.view(sent).lowered is None
    lowered = place.closing.view(new).lowered
    assert lowered is not None and (lowered.money.amount, lowered.through) == (Decimal(10000), ("discount",))
    place.concessions.take_discount(new, "Скидка во второй версии")
    assert place.closing.view(new).lowered is None
    place.proposals.save_offer(new, [replace(place.proposals.page(new).offer[0], discount=Decimal(15))])
    lowered = place.closing.view(new).lowered
    assert lowered is not None and lowered.money.amount == Decimal(5000)


def test_a_dearer_new_version_is_compared_with_its_own_sending(place: Workplace, sent: str) -> None:
    new = place.proposal_versions.new_version(sent)
    line = place.proposals.page(new).offer[0]
    place.proposals.save_offer(new, [replace(line, price=line.price + 50000)])
    place.proposals.set_status(new, "sent", next_date=date(2026, 3, 11))
    assert place.closing.view(new).lowered is None
    place.proposals.edit(new, {"total_discount": Decimal(5)})
    lowered = place.closing.view(new).lowered
    assert lowered is not None and lowered.through == ("discount",)


def test_a_concession_stays_with_its_client(place: Workplace, sent: str) -> None:
    other = place.organisations.add("Другой завод")
    with pytest.raises(KamdeskError, match=r"concession\.other_client"):
        place.concessions.add(other, ConcessionData("Скидка", proposal_id=sent))


# --- Today --------------------------------------------------------------------------------------------------------


def test_the_due_step_stands_on_today_and_is_done_from_there(place: Workplace, sent: str, clock) -> None:
    assert not [one for one in place.agenda.day().items if one.kind == "closing"]
    clock.forward(days=1)
    cards = [one for one in place.agenda.day().items if one.target[1] == sent]
    assert [(one.kind, one.reason.params["step"].code) for one in cards] == [("closing", "receipt")]
    assert cards[0].actions == ("step_done", "plan_call", "not_today", "open")
    place.agenda.snooze(cards[0], MONDAY)
    assert not [one for one in place.agenda.day().items if one.kind == "closing"]
    place.agenda.bring_back(cards[0])
    place.closing.done(cards[0].record)
    assert not [one for one in place.agenda.day().items if one.kind == "closing"]


def test_do_not_call_today_is_a_quiet_card(place: Workplace, sent: str, clock) -> None:
    clock.forward(days=1)
    for _ in range(3):
        place.closing.touch(sent, Contact("call", "ours"))
    clock.forward(days=3)
    cards = [one for one in place.agenda.day().items if one.target[1] == sent]
    assert [one.kind for one in cards] == ["closing_hold"]
    assert cards[0].actions == ("open",)
    verdict = cards[0].reason.params["verdict"]
    assert (verdict.code, verdict.params["date"]) == ("closing.verdict.hold_until", date(2026, 3, 13))


def test_what_ends_soon_is_said_beside_the_step(place: Workplace, sent: str, clock) -> None:
    place.proposals.edit(sent, {"valid_until": date(2026, 3, 10)})
    clock.forward(days=1)
    cards = [one for one in place.agenda.day().items if one.target[1] == sent]
    assert {one.kind for one in cards} == {"closing", "proposal"}


def test_whose_initiative_is_taken_from_the_words_of_a_capture(
    place: Workplace, plant: dict[str, str]
) -> None:
    lines = place.capture.preview(
        "Позвонил Иванову, не дозвонился\nПисьмо от Иванова: просит отсрочку", plant["client"]
    )
    place.capture.save(lines, plant["client"])
    assert {one.initiative for one in place.interactions.timeline(organisation_id=plant["client"])} == {
        "ours", "theirs",
    }  # fmt: skip


def test_a_brief_names_concessions_only_where_it_was_asked_for(
    place: Workplace, plant: dict[str, str]
) -> None:
    client = plant["client"]
    place.concessions.add(client, ConcessionData("ТАЙНАЯ СКИДКА", cost=Decimal(7000)))
    full = place.briefs.full(f"client:{client}")
    assert [(one.given, one.got, one.cost) for one in full.concessions] == [
        ("ТАЙНАЯ СКИДКА", "", Decimal(7000))
    ]
    words = InternalWords("ru", place.vocabularies())
    cut, today = cuts()[0], THURSDAY
    open_page = str(brief_document(place.briefs.discreet(f"client:{client}"), words, cut, today))
    private_page = str(brief_document(full.brief, words, cut, today, full))
    assert "ТАЙНАЯ" not in open_page
    assert "ТАЙНАЯ СКИДКА" in private_page and "взамен ничего" in private_page


def test_a_dossier_for_others_leaves_concessions_out(
    place: Workplace, sent: str, plant: dict[str, str]
) -> None:
    place.concessions.add(plant["client"], ConcessionData("ТАЙНАЯ СКИДКА", got="ТАЙНЫЙ ОБМЕН"))
    place.closing.done(kinds(place, sent)["receipt"], "ТАЙНЫЙ ИТОГ")
    for level, seen in (("business", False), ("personal", False), ("everything", True)):
        text = place.dossiers.export(plant["client"], level).decode()
        assert ("ТАЙН" in text) is seen, level


# --- preferences --------------------------------------------------------------------------------------------------


def test_a_change_of_a_preference_moves_the_steps_and_the_verdict(place: Workplace, sent: str) -> None:
    before = place.closing.view(sent)
    assert (before.reading.verdict.code, before.reading.neediness.limit) == ("hold", 36)
    place.closing.touch(sent, Contact("call", "ours"))
    place.closing.touch(sent, Contact("call", "ours"))
    place.preferences.set(closing_new_client=100, closing_need_limit=15)
    strict = place.closing.view(sent).reading
    assert (strict.neediness.limit, strict.neediness.over) == (15, True)
    place.preferences.set(closing_need_limit=100, closing_idle_limit=100)
    mild = place.closing.view(sent).reading
    assert not mild.neediness.over and mild.verdict != strict.verdict
    for _ in range(2):
        place.vault.history.undo()
    assert place.closing.view(sent).reading.neediness.limit == before.reading.neediness.limit
