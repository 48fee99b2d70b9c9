"""The group grid: nine people in one go, vacant seats, problems cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kamdesk.model.tables import Organisation
from kamdesk.services.group import Group, GroupRow
from kamdesk.services.organisations import Organisations
from kamdesk.services.people import People
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies


@pytest.fixture
def group(vault: Vault) -> Group:
    return Group(vault.store, shipped_vocabularies)


@pytest.fixture
def client(vault: Vault) -> str:
    return Organisations(vault.store).add("Группа «Север»")


ROWS = (
    GroupRow(
        name="Иванов Пётр Сергеевич", title="Генеральный директор", influence=3, stance=1, parts=("decider",)
    ),
    GroupRow(
        name="Смирнова Анна Олеговна",
        title="Финансовый директор",
        reports_to="Иванов",
        email="smirnova@sever.example",
    ),
    GroupRow(
        name="Котов И. В.",
        title="Главный инженер",
        reports_to="Генеральный директор",
        phone="8 495 123-45-67",
    ),
    GroupRow(title="Начальник отдела закупок", reports_to="Смирнова Анна"),
)


def test_rows_come_back_as_they_were_typed(group: Group, client: str) -> None:
    saved = group.save(client, ROWS)
    assert saved.problems == ()
    by_title = {row.title: row for row in saved.rows}
    assert by_title["Генеральный директор"].name == "Иванов Пётр Сергеевич"
    assert by_title["Генеральный директор"].parts == ("decider",)
    assert by_title["Финансовый директор"].reports_to == "Иванов Пётр Сергеевич"
    assert by_title["Финансовый директор"].suggested_lens == "finance"
    assert by_title["Главный инженер"].phone == "8 495 123-45-67"
    vacant = by_title["Начальник отдела закупок"]
    assert vacant.person_id is None
    assert vacant.reports_to == "Смирнова Анна Олеговна"


def test_saving_again_changes_nothing_and_makes_no_step(vault: Vault, group: Group, client: str) -> None:
    saved = group.save(client, ROWS)
    before = vault.history.undoable()
    again = group.save(client, saved.rows)
    assert again.rows == saved.rows
    assert vault.history.undoable() == before


def test_the_whole_grid_is_one_step(vault: Vault, group: Group, client: str) -> None:
    group.save(client, ROWS)
    vault.history.undo()
    assert group.rows(client) == ()
    vault.history.redo()
    assert len(group.rows(client)) == 4


def test_a_row_is_edited_in_place(vault: Vault, group: Group, client: str) -> None:
    saved = group.save(client, ROWS)
    first = next(row for row in saved.rows if row.title == "Главный инженер")
    group.save(client, [replace(first, stance=-2, title="Технический директор", phone="")])
    rows = {row.person_id: row for row in group.rows(client)}
    assert rows[first.person_id].title == "Технический директор"
    assert rows[first.person_id].stance == -2
    assert rows[first.person_id].phone == ""
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (
            GroupRow(name="Орлов Иван", title="Инженер", reports_to="Никто"),
            "reports_to",
            "group.reports_to_unknown",
        ),
        (GroupRow(name="Орлов Иван", reports_to="Иванов"), "title", "group.reports_needs_title"),
        (
            GroupRow(name="Орлов Иван", title="Инженер", parts=("decider", "economic_buyer")),
            "parts",
            "person.both_sets",
        ),
    ],
)
def test_problems_are_told_by_cell(group: Group, client: str, row: GroupRow, column: str, code: str) -> None:
    group.save(client, ROWS)
    saved = group.save(client, [GroupRow(), row])
    assert [(p.row, p.column, p.message.code) for p in saved.problems] == [(1, column, code)]


def test_reporting_in_a_circle_is_refused(group: Group, client: str) -> None:
    saved = group.save(client, ROWS)
    boss = next(row for row in saved.rows if row.title == "Генеральный директор")
    result = group.save(client, [replace(boss, reports_to="Котов")])
    assert [p.message.code for p in result.problems] == ["organisation.reports_to_itself"]


def test_a_seat_stays_when_its_person_leaves_and_is_taken_again(
    vault: Vault, group: Group, client: str
) -> None:
    saved = group.save(client, ROWS)
    people = People(vault.store, shipped_vocabularies)
    engineer = next(row for row in saved.rows if row.title == "Главный инженер")
    people.leave(engineer.person_id or "", client)
    assert next(row for row in group.rows(client) if row.title == "Главный инженер").person_id is None
    people.add("Белов Иван Ильич", client, "главный инженер")
    rows = [row for row in group.rows(client) if row.seat_id == engineer.seat_id]
    assert [row.name for row in rows] == ["Белов Иван Ильич"]
    assert people.card(engineer.person_id or "").posts[0].is_former


def test_a_client_that_is_gone_is_told(vault: Vault, group: Group, client: str) -> None:
    vault.store.write("record.delete", {}, lambda session: session.delete(session.get(Organisation, client)))
    with pytest.raises(Exception, match="record.gone"):
        group.save(client, ROWS)
