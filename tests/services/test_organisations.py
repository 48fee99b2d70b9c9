"""Organisations of all kinds, who belongs to whom, the tree of units and seats: each change one step of undo."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Seat
from kamdesk.services.organisations import Organisations
from kamdesk.services.records import Records
from kamdesk.store.vault import Vault


@pytest.fixture
def organisations(vault: Vault) -> Organisations:
    return Organisations(vault.store)


def seats(organisations: Organisations, client: str) -> dict[str, str]:
    """Ids of seats by title."""
    return {seat.title: seat.id for seat in organisations.seats(client)}


def test_each_kind_is_added_listed_and_changed(organisations: Organisations, vault: Vault) -> None:
    for kind in (
        "client",
        "prospect",
        "training",
        "competitor",
        "distributor",
        "authority",
        "association",
        "partner",
    ):
        organisations.add(f"Организация {kind}", kind)
    assert [row.kind for row in organisations.list(("authority",))] == ["authority"]
    ids = [row.id for row in organisations.list(("prospect", "partner"))]
    organisations.set_kind(ids, "client")
    assert len(organisations.list(("client",))) == 3
    vault.history.undo()
    assert len(organisations.list(("client",))) == 1


def test_parents_and_children_without_circles(organisations: Organisations, plant: dict[str, str]) -> None:
    works = plant["client"]
    holding = organisations.set_parent_named(works, "Холдинг «Север»")
    assert organisations.set_parent_named(works, "холдинг север") == holding
    card = organisations.card(works)
    assert card.parent is not None
    assert card.parent.name == "Холдинг «Север»"
    assert [one.id for one in organisations.card(holding).children] == [works]
    for child, parent in ((holding, works), (works, works)):
        with pytest.raises(KamdeskError, match=r"organisation\.parent_loop"):
            organisations.set_parent(child, parent)
    organisations.set_parent(works, None)
    assert organisations.card(works).parent is None


def test_contacts_and_tags_of_the_organisation(
    organisations: Organisations, vault: Vault, plant: dict[str, str]
) -> None:
    organisations.add_contact(plant["client"], "progress-zavod.ru")
    organisations.add_contact(plant["client"], "8 495 123-45-67")
    assert [(one.kind, one.value) for one in organisations.card(plant["client"]).contacts] == [
        ("website", "progress-zavod.ru"),
        ("phone", "8 495 123-45-67"),
    ]
    other = organisations.add("Другой завод")
    records = Records(vault.store, vault.history)
    records.set("organisation", plant["client"], {"tags": ("экспорт", "2026")})
    records.set("organisation", other, {"tags": ("экспорт",)})
    assert organisations.tags() == ("экспорт", "2026")


def test_units_move_without_standing_in_themselves(
    organisations: Organisations, plant: dict[str, str]
) -> None:
    client = plant["client"]
    branch = organisations.add_unit(client, "Филиал", kind="branch")
    shop = organisations.add_unit(client, "Цех", parent_id=branch)
    office = organisations.add_unit(client, "Контора")
    with pytest.raises(KamdeskError, match=r"organisation\.unit_loop"):
        organisations.move_unit(branch, shop)
    organisations.shift_unit(office, -1)
    assert [unit.name for unit in organisations.units(client) if unit.parent_id is None] == [
        "Контора",
        "Филиал",
    ]
    organisations.move_unit(shop, office)
    assert {unit.name: unit.parent_id for unit in organisations.units(client)}["Цех"] == office
    stranger = organisations.add("Чужая")
    with pytest.raises(KamdeskError, match=r"organisation\.other_tree"):
        organisations.move_unit(shop, organisations.add_unit(stranger, "Чужой отдел"))


def test_what_stood_in_a_deleted_unit_stays(
    organisations: Organisations, vault: Vault, plant: dict[str, str]
) -> None:
    client = plant["client"]
    branch = organisations.add_unit(client, "Филиал")
    shop = organisations.add_unit(client, "Цех", parent_id=branch)
    chief = organisations.add_seat(client, "Мастер", unit_id=shop)
    organisations.delete_unit(shop)
    assert {seat.id: seat.unit_id for seat in organisations.seats(client)}[chief] == branch
    vault.history.undo()
    assert {seat.id: seat.unit_id for seat in organisations.seats(client)}[chief] == shop
    assert [unit.name for unit in organisations.units(client)] == ["Филиал", "Цех"]


def test_reporting_lines_refuse_circles_and_close_over_a_deleted_seat(
    organisations: Organisations, vault: Vault, plant: dict[str, str]
) -> None:
    client = plant["client"]
    head = seats(organisations, client)["Генеральный директор"]
    money = seats(organisations, client)["Финансовый директор"]
    clerk = organisations.add_seat(client, "Бухгалтер", reports_to_id=money)
    organisations.set_reports_to(money, head)
    with pytest.raises(KamdeskError, match=r"organisation\.reports_to_itself"):
        organisations.set_reports_to(head, clerk)
    organisations.delete_seat(money)
    tree = organisations.tree(client)
    assert {seat.id: seat.reports_to_id for seat in tree.seats}[clerk] == head
    assert [person for person, _name in tree.unseated] == [plant["anna"]]
    vault.history.undo()
    assert organisations.tree(client).unseated == ()


def test_people_come_and_go_and_the_seat_stays(
    organisations: Organisations, vault: Vault, plant: dict[str, str]
) -> None:
    client = plant["client"]
    head = seats(organisations, client)["Генеральный директор"]
    organisations.vacate(head)
    seat = next(one for one in organisations.seats(client) if one.id == head)
    assert seat.holders == ()
    assert str(seat.vacant_since) == "2026-03-05"
    newcomer = organisations.put_new_on_seat(head, "Орлов Иван Петрович")
    assert [person for person, _name in organisations.tree(client).seats[0].holders or ()] in (
        [newcomer],
        [plant["anna"]],
    )
    organisations.put_on_seat(head, plant["anna"])
    tree = organisations.tree(client)
    by_title = {one.title: [person for person, _name in one.holders] for one in tree.seats}
    assert by_title == {"Генеральный директор": [plant["anna"]], "Финансовый директор": []}
    assert [person for person, _name in tree.unseated] == [newcomer]
    vault.history.undo()
    assert organisations.tree(client).unseated == ()


def test_circles_that_came_from_elsewhere_are_shown(
    organisations: Organisations, plant: dict[str, str]
) -> None:
    client = plant["client"]
    head, money = (
        seats(organisations, client)[title] for title in ("Генеральный директор", "Финансовый директор")
    )

    def spoil(session) -> None:
        session.get(Seat, head).reports_to_id = money
        session.get(Seat, money).reports_to_id = head

    organisations._store.write("record.edit", {}, spoil)
    assert organisations.tree(client).looped == {head, money}
    organisations.set_reports_to(head, None)
    assert organisations.tree(client).looped == frozenset()


def test_nobody_sits_on_two_seats_by_one_move(organisations: Organisations, plant: dict[str, str]) -> None:
    head = seats(organisations, plant["client"])["Генеральный директор"]
    organisations.put_on_seat(head, plant["anna"])

    def posts(session) -> int:
        return session.query(Employment).filter(Employment.person_id == plant["anna"]).count()

    assert organisations._store.read(posts) == 1
