"""Today over a real vault: everything that is due stands there with its reason, can be put off, and loses nothing to the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Deal, ExpectedChange, Person, Proposal, Statement
from kamdesk.model.values import PartialDate
from kamdesk.services.agenda import Agenda
from kamdesk.services.facts import Facts
from kamdesk.services.greetings import Greetings
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.preferences import PreferencesService
from kamdesk.services.promises import PromiseData, Promises
from kamdesk.translation import shipped_vocabularies

TODAY = date(2026, 3, 5)


@pytest.fixture
def agenda(store) -> Agenda:
    return Agenda(store, shipped_vocabularies)


def put(store, row) -> str:
    def work(session):
        session.add(row)
        session.flush()
        return row.id

    return store.write("record.add", {"noun": "", "name": ""}, work)


def kinds(day) -> list[tuple[str, str]]:
    return [(item.kind, item.group) for item in day.items]


@pytest.fixture
def busy(store, plant) -> dict[str, str]:
    """One of everything that can be due."""
    done, promises = Interactions(store), Promises(store)
    client, petr, anna = plant["client"], plant["petr"], plant["anna"]
    ids = dict(plant)
    ids["meeting"] = done.plan(
        InteractionData(client, starts_at=datetime(2026, 3, 5, 12, 30), purpose="Смета", person_ids=(petr,))
    )
    ids["result"] = done.plan(InteractionData(client, starts_at=datetime(2026, 3, 5, 9), person_ids=(anna,)))
    ids["step"] = done.log(
        InteractionData(
            client,
            starts_at=datetime(2026, 3, 1, 9),
            next_step="Счёт",
            next_step_on=date(2026, 3, 4),
            person_ids=(petr,),
        )
    )
    ids["complaint"] = done.log(
        InteractionData(client, kind="complaint", starts_at=datetime(2026, 3, 2, 9), purpose="Течь")
    )
    ids["ours"] = promises.add(
        PromiseData("Расчёт", due=date(2026, 3, 6), organisation_id=client, person_id=anna)
    )
    ids["theirs"] = promises.add(PromiseData("ТЗ", side="theirs", due=date(2026, 3, 3), person_id=petr))
    Facts(store).set_birthday(petr, PartialDate(1976, 3, 8))
    ids["proposal"] = put(
        store, Proposal(organisation_id=client, subject="Насосы", status="sent", next_date=TODAY)
    )
    ids["deal"] = put(store, Deal(organisation_id=client, name="Станция", expected=PartialDate(2026, 2)))
    ids["change"] = put(
        store, ExpectedChange(person_id=anna, kind="leaves", text="Уходит", date=PartialDate(2026, 3, 20))
    )
    ids["statement"] = put(
        store, Statement(organisation_id=client, text="Рынок растёт", review_by=date(2026, 3, 1))
    )
    fact = Facts(store).add(anna, "Лыжи", kind="hobby").id

    def work(session):
        session.get(Person, anna).cadence_days = 14
        from kamdesk.model.tables import Fact

        session.get(Fact, fact).review_by = date(2026, 3, 1)

    store.write("record.edit_all", {"field": "", "n": 1}, work)
    return ids


def test_everything_that_is_due_stands_there_with_its_reason(agenda, busy) -> None:
    day = agenda.day()
    assert kinds(day) == [
        ("meeting", "now"), ("next_step", "overdue"), ("promise_theirs", "overdue"), ("deal", "overdue"),
        ("result", "today"), ("proposal", "today"), ("complaint", "today"), ("quiet", "today"),
        ("promise_ours", "week"), ("date", "week"), ("change", "later"), ("review_facts", "later"),
        ("review_statements", "later"),
    ]  # fmt: skip
    assert day.counts == {"now": 1, "overdue": 3, "today": 4, "week": 2, "later": 3}
    by_kind = {item.kind: item for item in day.items}
    assert by_kind["meeting"].organisation == "Завод «Прогресс»"
    assert by_kind["meeting"].people[0][1].family == "Иванов"
    assert by_kind["date"].organisation == "Завод «Прогресс»" and by_kind["date"].record
    assert by_kind["promise_theirs"].organisation == "Завод «Прогресс»"
    assert by_kind["review_facts"].count == 1 and by_kind["quiet"].reason.code == "agenda.why.never_met"
    assert len({item.key for item in day.items}) == len(day.items)


def test_what_was_done_is_gone(store, agenda, busy) -> None:
    interactions, promises = Interactions(store), Promises(store)
    interactions.finish_step(busy["step"])
    interactions.settle(busy["complaint"])
    interactions.done(busy["result"], "Да")  # a real contact with Anna: she is not quiet any more
    promises.keep(busy["ours"])
    promises.keep(busy["theirs"])
    agenda.happened(busy["change"])
    left = {item.kind for item in agenda.day().items}
    assert left == {"meeting", "proposal", "deal", "date", "review_facts", "review_statements"}
    interactions.reopen_step(busy["step"])
    interactions.reopen(busy["complaint"])
    assert {"next_step", "complaint"} <= {item.kind for item in agenda.day().items}
    assert agenda.freshness([busy["anna"], busy["petr"]])[busy["anna"]].code == "green"


def test_put_off_dismissed_and_undone(vault, store, clock, agenda, busy) -> None:
    item = next(one for one in agenda.day().items if one.kind == "promise_theirs")
    agenda.snooze(item, TODAY + timedelta(3))
    day = agenda.day()
    assert item.key not in {one.key for one in day.items} and [one.key for one in day.put_off] == [item.key]
    clock.forward(days=3)
    assert item.key in {one.key for one in agenda.day().items}
    clock.forward(days=-3)
    agenda.bring_back(item)
    assert item.key in {one.key for one in agenda.day().items}
    agenda.dismiss(item)
    clock.forward(days=200)
    day = agenda.day()
    assert item.key not in {one.key for one in (*day.items, *day.put_off)}
    clock.forward(days=-200)
    assert vault.history.undo().code == "agenda.dismiss"
    assert item.key in {one.key for one in agenda.day().items}
    for wrong in (TODAY, TODAY - timedelta(1), TODAY + timedelta(400)):
        with pytest.raises(KamdeskError):
            agenda.snooze(item, wrong)


def test_another_occasion_comes_up_again(store, clock, agenda, busy) -> None:
    birthday = next(one for one in agenda.day().items if one.kind == "date")
    agenda.dismiss(birthday)
    assert "date" not in {one.kind for one in agenda.day().items}
    clock.forward(days=366)
    again = [one for one in agenda.day().items if one.kind == "date"]
    assert [one.record for one in again] == [birthday.record] and again[0].key != birthday.key


def test_a_machine_that_slept_a_week_and_a_clock_two_years_back(clock, agenda, busy) -> None:
    before = {item.record for item in agenda.day().items}
    clock.forward(days=7)
    after = agenda.day()
    assert {item.record for item in after.items} == before  # nothing that was due went unseen
    missed = next(item for item in after.items if item.kind == "date")
    assert (missed.group, missed.reason.params["when"].code) == ("overdue", "agenda.days_ago")
    assert next(item for item in after.items if item.record == busy["meeting"]).kind == "result"
    clock.forward(days=-7 - 731)
    agenda.day()
    clock.forward(days=731)
    assert {item.record for item in agenda.day().items} == before


def test_another_day_can_be_asked_for(agenda, busy) -> None:
    assert {item.kind for item in agenda.day(date(2025, 1, 1)).items} == {"complaint"}
    assert agenda.day(date(2026, 3, 6)).now == datetime(2026, 3, 6, 12, 0)


def test_preferences_of_the_vault_decide_on_dates(store, agenda, plant) -> None:
    Facts(store).set_birthday(plant["petr"], PartialDate(1976, 2, 29))
    Facts(store).set_birthday(plant["anna"], PartialDate(None, 3, 14))
    wishes = PreferencesService(store)
    assert [item.record for item in agenda.day(date(2026, 3, 5)).items] != []
    assert agenda.day(date(2026, 2, 20)).items == ()
    wishes.set(leap_birthday="mar1", lead_days=9)
    (item,) = agenda.day(date(2026, 2, 20)).items
    assert item.due == date(2026, 3, 1)
    assert [row.day for row in agenda.dates(2026)] == [date(2026, 3, 1), date(2026, 3, 14)]
    wishes.set(weekend_shift="before")
    late = next(one for one in agenda.day(date(2026, 3, 5)).items if one.people[0][0] == plant["anna"])
    assert late.due == date(2026, 3, 13)  # the 14th is a Saturday
    assert [row.day for row in agenda.dates(2028, 2)] == [date(2028, 2, 29)]
    assert agenda.dates(1970, 2) == ()


@pytest.mark.parametrize("value", ["--03", "1980-03", "1980", "--03-05", "1980-03-05", "2011", "--12"])
def test_the_question_to_the_vault_finds_what_the_rule_finds(store, agenda, plant, value) -> None:
    """The condition in SQL never leaves out what ``rules.dates.occasion`` would show."""
    Facts(store).set_birthday(plant["petr"], PartialDate.parse(value))
    from kamdesk.rules.dates import occasion

    for n in range(-40, 330, 6):
        day = TODAY + timedelta(n)
        expected = occasion(PartialDate.parse(value), day, 7) is not None
        assert bool(agenda.day(day).items) is expected, day


def test_only_real_contact_counts_for_the_cadence(store, agenda, plant) -> None:
    interactions, petr = Interactions(store), plant["petr"]
    store.write(
        "record.edit",
        {"noun": "", "field": "", "name": ""},
        lambda s: setattr(s.get(Person, petr), "cadence_days", 30),
    )
    at = datetime(2026, 1, 10, 9)
    interactions.log(InteractionData(plant["client"], kind="call", starts_at=at, person_ids=(petr,)))
    for kind in ("greeting", "gift"):
        interactions.log(
            InteractionData(plant["client"], kind=kind, starts_at=datetime(2026, 3, 1, 9), person_ids=(petr,))
        )
    found = agenda.freshness([petr, "nobody"])
    assert list(found) == [petr]
    assert (found[petr].code, found[petr].last_contact, found[petr].due) == (
        "red",
        at.date(),
        date(2026, 2, 9),
    )
    assert [item.kind for item in agenda.day().items] == ["quiet"]
    planned = interactions.plan(
        InteractionData(plant["client"], starts_at=datetime(2026, 3, 20, 9), person_ids=(petr,))
    )
    assert agenda.day().items == ()  # a meeting stands ahead already
    interactions.cancel(planned)
    interactions.log(InteractionData(plant["client"], kind="messenger", person_ids=(petr,)))
    assert agenda.freshness([petr])[petr].code == "green" and agenda.day().items == ()


def test_a_greeting_is_one_step_and_takes_the_card_away(vault, store, agenda, plant) -> None:
    Facts(store).set_birthday(plant["petr"], PartialDate(1976, 3, 8))
    greetings = Greetings(store)
    (item,) = agenda.day().items
    card = greetings.card(plant["petr"], "birthday")
    assert card.language == "ru" and card.earlier == ()
    assert card.drafts[0].text.startswith("Уважаемый Пётр Сергеевич!\n\nПоздравляю вас с днём рождения!")
    assert card.drafts[0].text.endswith("Мария Соколова") or card.drafts[0].text.endswith("Соколова")
    english = greetings.card(plant["petr"], "birthday", "en")
    assert english.drafts[0].text.startswith("Dear Mr Ivanov,\n\nHappy birthday!")
    with pytest.raises(KamdeskError):
        greetings.greeted(plant["petr"], "  ", item)
    greetings.greeted(plant["petr"], card.drafts[0].text, item)
    assert agenda.day().items == ()
    (last,) = greetings.card(plant["petr"], "birthday").earlier
    assert (last.kind, last.on, last.text) == ("greeting", TODAY, card.drafts[0].text)
    assert vault.history.undo().code == "agenda.greeted"
    assert [one.key for one in agenda.day().items] == [item.key]


def test_a_greeting_of_the_history_answers_the_birthday(store, clock, agenda, plant) -> None:
    Facts(store).set_birthday(plant["petr"], PartialDate(1976, 3, 8))
    clock.forward(days=3)
    assert [item.kind for item in agenda.day().items] == ["date"]
    Interactions(store).log(InteractionData(plant["client"], kind="greeting", person_ids=(plant["petr"],)))
    assert agenda.day().items == ()


def test_the_mail_is_unsent_and_survives_any_address(store, plant) -> None:
    from email import message_from_bytes, policy

    from kamdesk.model.tables import Contact

    greetings = Greetings(store)
    for address in ("p.ivanov@client.example", "не адрес", "a@b\r\nBcc: x@y", 'a"b@c, d@e'):
        put(store, Contact(person_id=plant["petr"], kind="email", value=address, position=-1))
        mail = message_from_bytes(
            greetings.eml(plant["petr"], "birthday", "ru", "Текст\n\nПодпись"), policy=policy.default
        )
        assert mail["X-Unsent"] == "1" and mail["Subject"] == "С днём рождения!" and mail["Bcc"] is None
        assert "Подпись" in mail.get_content()
        store.write("x", {}, lambda s: [s.delete(row) for row in s.query(Contact)])
