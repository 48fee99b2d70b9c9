"""Files of meetings and deals on their cards, and calendars that are saved: links, menus, what is written."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QPushButton

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import clients, people, today
from kamdesk.desktop.pages.file_links import save_calendar
from kamdesk.services.attachments import NewFile, Owner


@pytest.fixture
def there(opened):
    """The window with the pages of clients, people and dates."""
    for module in (today, clients, people):
        module.register(opened.desk)
    return opened


def links(part) -> list[QPushButton]:
    """The links that are drawn."""
    return [one for one in part.findChildren(QPushButton) if not one.isHidden()]


def test_a_file_of_a_meeting_stands_on_its_card_and_leads_to_the_tab(there) -> None:
    meeting = there.place.interactions.timeline(organisation_id=there.client)[0]
    page = there.show(Target("client", there.client, "history"))
    card = page.history.list.row(meeting.id)
    assert card.files.isHidden()
    (file_id,) = there.place.attachments.add(
        Owner(interaction_id=meeting.id), [NewFile("протокол & итоги.txt", b"1")]
    )
    there.settle()
    (link,) = links(card.files)
    assert link.text() == "протокол && итоги.txt"
    link.click()
    there.settle()
    assert there.window.here() == Target("client", there.client, f"files:{file_id}")
    assert [row.id for row in page.panels["files"].panel.table.selected_rows()] == [file_id]
    there.place.attachments.delete([file_id])
    there.settle()
    assert card.files.isHidden()


def test_a_deal_shows_its_files(there) -> None:
    deal = there.place.deals.list(there.client)[0].id
    page = there.show(Target("client", there.client, f"deals:{deal}"))
    card = page.panels["deals"].panel.card
    there.place.attachments.add(Owner(deal_id=deal), [NewFile("смета.txt", b"1")])
    there.settle()
    assert [one.text() for one in links(card.file_links)] == ["смета.txt"]


def test_the_menu_of_a_meeting_attaches_and_saves_a_calendar(there, tmp_path) -> None:
    meeting = there.place.interactions.timeline(organisation_id=there.client)[0]
    page = there.show(Target("client", there.client, "history"))
    card = page.history.list.row(meeting.id)
    card._menu()
    words = {action.text() for menu in card.findChildren(QMenu) for action in menu.actions()}
    assert "Прикрепить файл" in words and "Сохранить в календарь" in words
    calendars = there.place.calendars
    save_calendar(there.desk, card, tmp_path / "m.ics", lambda: calendars.calendar_of(meeting.id))
    there.settle()
    assert b"BEGIN:VEVENT" in (tmp_path / "m.ics").read_bytes()


def test_birthdays_are_saved_from_the_dates_of_the_year(there, tmp_path) -> None:
    page = there.show(Target("dates"))
    assert page.calendar_button.isEnabled()
    save_calendar(there.desk, page, tmp_path / "b.ics", there.place.calendars.birthdays)
    there.settle()
    assert b"RRULE:FREQ=YEARLY" in (tmp_path / "b.ics").read_bytes()
    save_calendar(there.desk, page, tmp_path / "b.ics" / "c.ics", there.place.calendars.birthdays)
    there.settle()
    assert there.window.notices.isVisible()
