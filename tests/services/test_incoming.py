"""Dropped invitations and mails: what they become, the second time too."""

from __future__ import annotations

from datetime import datetime

import pytest

from kamdesk.exchange.calendar import read_calendar
from kamdesk.exchange.mail import read_mail
from kamdesk.model.messages import KamdeskError
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.services.attachments import Attachments, Owner
from kamdesk.services.calendars import Calendars
from kamdesk.services.company import ColleagueData, OurCompany
from kamdesk.services.facts import Facts
from kamdesk.services.incoming import Incoming
from kamdesk.services.interactions import Interactions
from kamdesk.services.people import People
from tests.exchange.arrivals import invitation, mail


class Here:
    """The readers without a worker."""

    read_calendar = staticmethod(read_calendar)
    read_mail = staticmethod(read_mail)


@pytest.fixture
def incoming(store, plant) -> Incoming:
    OurCompany(store).edit_colleague(
        plant["me"], ColleagueData(PersonName("Соколова", "Мария"), email="maria@ours.ru")
    )
    from kamdesk.translation import shipped_vocabularies

    People(store, shipped_vocabularies).add_contact(plant["petr"], "Ivanov@progress.ru")
    return Incoming(store, Here(), Attachments(store, lambda data, name: data.decode("utf-8", "ignore")))


def test_an_invitation_becomes_a_planned_meeting_at_the_right_client(vault, store, plant, incoming) -> None:
    found = incoming.look("invite.ics", invitation())
    (one,) = found.invitations
    assert (one.change, one.organisation_id) == ("new", plant["client"])
    assert [(person.known, person.name.family) for person in one.people] == [
        (True, "Иванов"), (True, "Соколова"), (False, "Сидорова"),
    ]  # fmt: skip
    row = incoming.take_invitation(one, add=one.people[2:])
    view = Interactions(store).view(row)
    assert (view.state, view.purpose, view.place) == ("planned", "Показ стенда", "Переговорная 3")
    assert view.starts_at == datetime(2026, 3, 10, 10, 0)
    assert {who.name.family for who in view.people} == {"Иванов", "Соколова", "Сидорова"}
    assert vault.history.undo().code == "incoming.plan"
    assert Interactions(store).timeline(organisation_id=plant["client"]) == ()


def test_a_second_version_moves_the_same_meeting_and_a_third_cancels_it(
    vault, store, plant, incoming
) -> None:
    row = incoming.take_invitation(incoming.look("a.ics", invitation()).invitations[0])
    assert incoming.look("a.ics", invitation()).invitations[0].change == "same"
    (moved,) = incoming.look("a.ics", invitation(start="20260311T120000", sequence=1)).invitations
    assert (moved.change, moved.interaction_id, moved.was) == ("changed", row, datetime(2026, 3, 10, 10))
    assert incoming.take_invitation(moved) == row
    assert Interactions(store).view(row).starts_at == datetime(2026, 3, 11, 12)
    (gone,) = incoming.look("a.ics", invitation(method="CANCEL", sequence=2)).invitations
    assert gone.change == "cancelled"
    incoming.take_invitation(gone)
    assert Interactions(store).view(row).state == "cancelled"
    vault.history.undo()
    assert Interactions(store).view(row).state == "planned"


def test_a_cancelled_meeting_that_was_never_here_is_nothing(incoming) -> None:
    assert incoming.look("a.ics", invitation(method="CANCEL")).invitations[0].change == "same"


def test_new_people_need_a_client(incoming) -> None:
    (one,) = incoming.look("a.ics", invitation(organiser="x@nowhere.org", attendees=())).invitations
    assert one.organisation_id == ""
    with pytest.raises(KamdeskError) as raised:
        incoming.take_invitation(one, add=one.people)
    assert raised.value.message.code == "incoming.whose"


def test_a_mail_is_kept_with_its_files_once(vault, store, plant, incoming) -> None:
    found = incoming.look("Письмо.eml", mail())
    kept = found.mail
    assert (kept.organisation_id, kept.interaction_id) == (plant["client"], "")
    row = incoming.take_mail(kept)
    view = Interactions(store).view(row)
    assert (view.kind, view.state, view.purpose) == ("email", "done", "Расчёт по линии")
    assert "во вложении" in view.outcome
    files = Attachments(store, lambda data, name: "").of(Owner(interaction_id=row))
    assert {one.name for one in files} == {"Письмо.eml", "Расчёт.txt"}
    again = incoming.look("Письмо.eml", mail()).mail
    assert again.interaction_id == row
    with pytest.raises(KamdeskError) as raised:
        incoming.take_mail(again)
    assert raised.value.message.code == "incoming.known_mail"
    assert vault.history.undo().code == "incoming.mail"
    assert incoming.look("Письмо.eml", mail()).mail.interaction_id == ""


def test_a_mail_from_nobody_asks_for_a_client(incoming, plant) -> None:
    kept = incoming.look("a.eml", mail(sender="x@nowhere.org")).mail
    with pytest.raises(KamdeskError) as raised:
        incoming.take_mail(kept)
    assert raised.value.message.code == "incoming.whose"
    assert incoming.take_mail(kept, plant["client"])


def test_a_stranger_at_a_known_host_belongs_to_that_client(incoming, plant) -> None:
    assert incoming.look("a.eml", mail(sender="new@progress.ru")).mail.organisation_id == plant["client"]


def test_a_plain_file_is_neither(incoming) -> None:
    found = incoming.look("a.txt", b"Hello")
    assert found.mail is None and not found.invitations


def test_meetings_and_birthdays_go_out_and_come_back(store, plant, incoming) -> None:
    row = incoming.take_invitation(incoming.look("a.ics", invitation()).invitations[0])
    made = Calendars(store).calendar_of(row)
    (read,) = read_calendar(made, "out.ics").invitations
    assert (read.uid, read.starts_at, read.summary) == (
        "uid-1@progress.ru",
        datetime(2026, 3, 10, 10),
        "Показ стенда",
    )
    Facts(store).set_birthday(plant["anna"], PartialDate(1980, 2, 29))
    Facts(store).set_birthday(plant["petr"], PartialDate(1970))
    days = Calendars(store).birthdays(plant["client"])
    assert days == Calendars(store).birthdays(plant["client"])
    assert days.count(b"BEGIN:VEVENT") == 1
    assert b"BYMONTHDAY=-1" in days and b"BYMONTH=2" in days and b"1980" not in days
