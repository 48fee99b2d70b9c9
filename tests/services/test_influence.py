"""Influence maps through the service: who stands on them, what is remembered, what is answered, what leaves discreetly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from kamdesk.documents.map_svg import to_png
from kamdesk.model.influence import REPORTS_TO, TAKES_SEAT, Answer, person_node, seat_node
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Acquaintance,
    Colleague,
    Employment,
    ExpectedChange,
    InfluenceMap,
    Interaction,
    MapPlace,
    Organisation,
    Part,
    Participant,
    Person,
    Relationship,
    Seat,
    Unit,
)
from kamdesk.model.values import PartialDate
from kamdesk.rules.influence_graph import as_tree
from kamdesk.rules.map_layout import arrange
from kamdesk.services.influence import Influence
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault
from kamdesk.translation import Translator, shipped_vocabularies

SAY = Translator("ru").message


@pytest.fixture
def maps(store: Store) -> Iterator[Influence]:
    return Influence(store, shipped_vocabularies, to_png)


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    """A factory with a boss, two deputies on one seat, a champion below, a gap, somebody without a seat; a bank beside it."""

    def work(session):
        made: dict[str, str] = {}

        def keep(key, row):
            session.add(row)
            session.flush()
            made[key] = row.id
            return row.id

        plant = keep("plant", Organisation(short_name="Завод", territory="Урал", tags=("КОЛ",)))
        bank = keep("bank", Organisation(short_name="Банк", kind="partner"))
        shop = keep("shop", Unit(organisation_id=plant, name="Цех № 1"))
        top = keep("s_top", Seat(organisation_id=plant, title="Генеральный директор"))
        deputy = keep("s_deputy", Seat(organisation_id=plant, title="Заместитель", reports_to_id=top))
        work_ = keep(
            "s_work", Seat(organisation_id=plant, title="Энергетик", reports_to_id=deputy, unit_id=shop)
        )
        keep("s_gap", Seat(organisation_id=plant, title="Главный инженер", reports_to_id=top))
        for key, family, seat, extra in (
            ("boss", "Самарин", top, {"influence": 3, "stance": 0}),
            ("first", "Штерн", deputy, {"influence": 2, "stance": -1}),
            ("second", "Гусева", deputy, {}),
            ("champion", "Сафин", work_, {"influence": 1, "stance": 3, "ladder_now": "trust"}),
            ("loose", "Зимина", None, {}),
        ):
            person = keep(key, Person(family_name=family, given_name="Имя", **extra))
            session.add(Employment(person_id=person, organisation_id=plant, seat_id=seat))
        # the boss also sits on the gap's neighbour, and once worked elsewhere
        also = keep("s_also", Seat(organisation_id=plant, title="Председатель правления"))
        session.add(Employment(person_id=made["boss"], organisation_id=plant, seat_id=also, position=1))
        session.add(Employment(person_id=made["boss"], organisation_id=bank, is_former=True))
        keep("banker", Person(family_name="Банкиров", given_name="Илья", ladder_now="loyalty"))
        session.add(Employment(person_id=made["banker"], organisation_id=bank))
        for key, one, other, kind, more in (
            ("r_trust", "champion", "first", "trusts", {"strength": 2, "sensitivity": "business"}),
            ("r_family", "first", "boss", "family", {"strength": 3, "sensitivity": "business"}),
            ("r_class", "banker", "boss", "classmate", {"strength": 3}),
            ("r_rival", "second", "champion", "rival", {}),
            ("r_old", "loose", "boss", "knows", {"until": PartialDate(2020)}),
        ):
            keep(key, Relationship(from_id=made[one], to_id=made[other], kind=kind, **more))
        for who, code in (
            ("boss", "decider"),
            ("champion", "champion"),
            ("first", "approver"),
            ("second", "approver"),
        ):
            session.add(Part(person_id=made[who], organisation_id=plant, code=code))
        keep(
            "change",
            ExpectedChange(
                organisation_id=plant, person_id=made["champion"], seat_id=made["s_gap"], kind="appointed",
                date=PartialDate(2026, 7),
            ),
        )  # fmt: skip
        return made

    return store.write("record.add", {"noun": "", "name": "Завод"}, work)


def said(answer: Answer) -> str:
    return "\n".join([SAY(answer.head), *(SAY(line.message) for line in answer.lines)])


def test_everybody_and_every_gap_stands_on_the_map_once(maps: Influence, ids: dict[str, str]) -> None:
    graph = maps.graph(ids["plant"])
    members = {node.id: node for node in graph.members}
    assert set(members) == {
        *(seat_node(ids[key]) for key in ("s_top", "s_deputy", "s_work", "s_gap", "s_also")),
        person_node(ids["second"]),
        person_node(ids["loose"]),
    }
    assert members[seat_node(ids["s_gap"])].ghost
    assert members[seat_node(ids["s_top"])].others == (seat_node(ids["s_also"]),)
    assert members[person_node(ids["second"])].seat_id == ids["s_deputy"]
    champion = members[seat_node(ids["s_work"])]
    assert (champion.unit, champion.parts, champion.stance) == ("Цех № 1", ("champion",), 3)
    assert champion.changes[0].date == PartialDate(2026, 7)
    assert [node.name.family for node in graph.nodes if not node.is_member] == ["Банкиров"]
    assert not graph.cycles and graph.map_id is None


def test_ties_say_what_they_are(maps: Influence, ids: dict[str, str]) -> None:
    graph = maps.graph(ids["plant"])
    ties = {edge.id: edge for edge in graph.edges}
    assert ties[ids["r_class"]].private and not ties[ids["r_class"]].directed
    assert ties[ids["r_family"]].private  # of the family, though the row says business
    assert not ties[ids["r_trust"]].private and ties[ids["r_trust"]].directed
    assert ties[ids["r_old"]].past
    assert ties[ids["change"]].kind == TAKES_SEAT and ties[ids["change"]].target == seat_node(ids["s_gap"])
    reporting = {(edge.source, edge.target) for edge in graph.edges if edge.kind == REPORTS_TO}
    assert (person_node(ids["second"]), seat_node(ids["s_top"])) in reporting
    assert (seat_node(ids["s_work"]), seat_node(ids["s_deputy"])) in reporting


def test_circle_in_the_seats_is_survived(maps: Influence, ids: dict[str, str], store: Store) -> None:
    def work(session):
        session.get(Seat, ids["s_top"]).reports_to_id = ids["s_work"]

    store.write("record.edit", {"noun": "", "field": "", "name": ""}, work)
    graph = maps.graph(ids["plant"])
    assert graph.cycles == (tuple(seat_node(ids[key]) for key in ("s_top", "s_work", "s_deputy")),)
    assert len(arrange(graph).placed) == len(graph.members)
    assert sum(1 for root in as_tree(graph) for _, item in root.walk() if item.node) == len(graph.members)


def test_first_drag_makes_the_map_and_each_step_is_undone_in_words(
    maps: Influence, ids: dict[str, str], store: Store, vault: Vault
) -> None:
    at, card = ids["plant"], seat_node(ids["s_work"])
    maps.place(card, 500, 600, organisation_id=at)
    maps.fold(seat_node(ids["s_top"]), True, organisation_id=at)
    maps.place(person_node(ids["loose"]), -40, 9_999_999, organisation_id=at)
    graph = maps.graph(at)
    assert graph.map_id is not None
    places = {place.node_id: place for place in graph.places}
    assert (places[card].x, places[card].y) == (500, 600)
    assert places[person_node(ids["loose"])].y == 200_000
    maps.tidy(organisation_id=at)
    assert [(place.node_id, place.x, place.folded) for place in maps.graph(at).places] == [
        (seat_node(ids["s_top"]), None, True)
    ]
    assert SAY(vault.history.undo()) == "Разложить карту заново"
    assert len(maps.graph(at).places) == 3
    undone = [SAY(vault.history.undo()) for _ in range(3)]
    assert undone == [
        "Передвинуть на карте: Зимина И.",
        "Свернуть на карте: Генеральный директор",
        "Передвинуть на карте: Энергетик",
    ]
    assert maps.graph(at).map_id is None
    rows = store.read(lambda session: session.query(MapPlace).count() + session.query(InfluenceMap).count())
    assert rows == 0


def test_one_map_however_often_dragged(maps: Influence, ids: dict[str, str], store: Store) -> None:
    for x in range(3):
        maps.place(seat_node(ids["s_top"]), x, 0, organisation_id=ids["plant"], visit="drag")
    assert store.read(lambda session: session.query(InfluenceMap).count()) == 1
    assert store.read(lambda session: session.query(MapPlace).count()) == 1


def test_tidying_what_was_never_arranged_leaves_no_step(
    maps: Influence, ids: dict[str, str], vault: Vault
) -> None:
    maps.tidy(organisation_id=ids["plant"])
    assert vault.history.undo().code == "record.add"


def test_saved_map_of_chosen_people(maps: Influence, ids: dict[str, str], vault: Vault) -> None:
    chosen = maps.candidates(territory="урал")
    assert set(chosen) == {ids[key] for key in ("boss", "first", "second", "champion", "loose")}
    assert maps.candidates(tag="кол") == chosen
    assert maps.candidates() == ()
    made = maps.create("  Лидеры  Урала ", [ids["boss"], ids["champion"], ids["banker"]])
    graph = maps.graph(map_id=made)
    assert graph.name == "Лидеры Урала"
    assert [node.organisation for node in graph.members] == ["Завод", "Завод", "Банк"]
    # the deputy between them was not chosen
    reporting = [(edge.source, edge.target) for edge in graph.edges if edge.kind == REPORTS_TO]
    assert reporting == [(person_node(ids["champion"]), person_node(ids["boss"]))]
    maps.place(person_node(ids["boss"]), 7, 8, map_id=made)
    maps.set_members(made, [ids["boss"], ids["first"]])
    assert set(maps.members(made)) == {ids["boss"], ids["first"]}
    assert [(place.x, place.y) for place in maps.graph(map_id=made).places] == [(7, 8)]
    maps.tidy(map_id=made)
    assert set(maps.members(made)) == {ids["boss"], ids["first"]}
    maps.rename(made, "Урал")
    assert [(row.name, row.members) for row in maps.maps()] == [("Урал", 2)]
    maps.delete(made)
    assert maps.maps() == ()
    assert SAY(vault.history.undo()) == "Удалить карту «Урал»"
    assert len(maps.members(made)) == 2


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda maps, ids: maps.create(" ", [ids["boss"]]), "influence.name_empty"),
        (lambda maps, ids: maps.create("Карта", []), "influence.nobody"),
        (lambda maps, ids: maps.create("Карта", ["нет такого"]), "record.gone"),
        (lambda maps, ids: maps.graph("нет такого"), "record.gone"),
        (
            lambda maps, ids: maps.place("seat:нет", 0, 0, organisation_id=ids["plant"]),
            "influence.not_on_map",
        ),
        (lambda maps, ids: maps.place("что-то", 0, 0, organisation_id=ids["plant"]), "influence.not_on_map"),
        (
            lambda maps, ids: maps.fold("person:нет", True, organisation_id=ids["plant"]),
            "influence.not_on_map",
        ),
        (lambda maps, ids: maps.leaving(maps.graph(ids["plant"]), "seat:нет"), "influence.not_on_map"),
        (lambda maps, ids: maps.sheets(ids["plant"], paper="A7"), "influence.paper"),
        (lambda maps, ids: maps.svg(ids["empty"]), "influence.empty"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_kept(maps, ids, store, call, code) -> None:
    def work(session):
        row = Organisation(short_name="Пусто")
        session.add(row)
        session.flush()
        return row.id

    ids["empty"] = store.write("record.add", {"noun": "", "name": "Пусто"}, work)
    with pytest.raises(KamdeskError) as told:
        call(maps, ids)
    assert told.value.message.code == code
    assert store.read(lambda session: session.query(InfluenceMap).count()) == 0


def test_introduction_names_each_relation_and_who_to_start_with(maps: Influence, ids: dict[str, str]) -> None:
    graph = maps.graph(ids["plant"])
    answer = maps.introduction(ids["boss"], graph)
    words = said(answer)
    assert "Банкиров Илья" in words and "Учились вместе: Самарин Имя" in words
    assert "лояльность" in words
    assert answer.private and answer.found
    assert answer.nodes == (person_node(ids["banker"]), seat_node(ids["s_top"]))
    assert answer.edges == (ids["r_class"],)
    told = maps.introduction(ids["first"])
    assert "Пользуется доверием: " not in said(told).splitlines()[0]
    assert "Доверяет: Штерн Имя" in said(told)


def test_nobody_leads_to_a_stranger(maps: Influence, ids: dict[str, str], store: Store) -> None:
    def work(session):
        row = Person(family_name="Одиноков")
        session.add(row)
        session.flush()
        return row.id

    alone = store.write("record.add", {"noun": "", "name": ""}, work)
    answer = maps.introduction(alone)
    assert not answer.found and "пути нет" in said(answer)


def test_acquaintance_of_a_colleague_opens_a_door(maps: Influence, ids: dict[str, str], store: Store) -> None:
    def work(session):
        colleague = Colleague(family_name="Тимохин", given_name="Павел")
        session.add(colleague)
        session.flush()
        session.add(Acquaintance(colleague_id=colleague.id, person_id=ids["loose"], strength=3))

    store.write("record.add", {"noun": "", "name": ""}, work)
    assert "Тимохин Павел" in said(maps.introduction(ids["loose"]))


def test_deciders_and_who_is_heard_by_them(maps: Influence, ids: dict[str, str]) -> None:
    answer = maps.deciders(maps.graph(ids["plant"]))
    words = said(answer)
    assert words.startswith("Кто принимает решение: Самарин Имя.")
    assert "Штерн Имя. Родственники: Самарин Имя." in words
    assert "контакта пока нет" in words
    assert answer.private
    assert "Зимина" not in words  # that tie ended


def test_who_holds_it_together(maps: Influence, ids: dict[str, str]) -> None:
    answer = maps.connector(maps.graph(ids["plant"]))
    assert answer.found
    assert SAY(answer.head) == "Группу связывает: Штерн Имя."
    assert "Сафин Имя" in said(answer)


def test_what_changes_when_somebody_leaves(maps: Influence, ids: dict[str, str]) -> None:
    graph = maps.graph(ids["plant"])
    words = said(maps.leaving(graph, seat_node(ids["s_work"])))
    assert "продвигает нас внутри" in words
    assert "Ожидается: получит назначение: июль 2026" in words
    assert "неизвестно" in words  # who takes the seat
    boss = said(maps.leaving(graph, seat_node(ids["s_top"])))
    assert "Больше никто не выполняет: принимает решение" in boss
    first = said(maps.leaving(graph, seat_node(ids["s_deputy"])))
    assert "Согласует: кто ещё — Гусева Имя." in first
    gap = maps.leaving(graph, seat_node(ids["s_gap"]))
    assert not gap.found


def test_contact_counts_as_knowing(maps: Influence, ids: dict[str, str], store: Store) -> None:
    def work(session):
        for day in (1, 2, 3):
            meeting = Interaction(
                organisation_id=ids["plant"], state="done", starts_at=datetime(2026, 3, day, 10)
            )
            session.add(meeting)
            session.flush()
            session.add(Participant(interaction_id=meeting.id, person_id=ids["second"]))

    store.write("record.add", {"noun": "", "name": ""}, work)
    graph = maps.graph(ids["plant"])
    assert graph.by_id[person_node(ids["second"])].coverage == "several"
    assert "Вы знакомы лично: Гусева Имя" in said(maps.introduction(ids["second"], graph))


def test_discreet_picture_judges_nobody(maps: Influence, ids: dict[str, str]) -> None:
    graph = maps.graph(ids["plant"], discreet=True)
    assert all(node.stance is None and node.influence is None and not node.parts for node in graph.nodes)
    assert {edge.kind for edge in graph.edges} == {REPORTS_TO}
    open_one, closed = maps.svg(ids["plant"]), maps.svg(ids["plant"], discreet=True)
    assert "Принимает решение" in open_one and "соперничают" in open_one
    for told in ("Принимает", "соперничают", "пенсию", "назначение", "Продвигает", "Банкиров"):
        assert told not in closed
    assert "Самарин" in closed


def test_pictures_have_the_size_that_was_asked_for(maps: Influence, ids: dict[str, str]) -> None:
    picture = maps.picture(ids["plant"], "en", 900)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") in (899, 900, 901)
    sheets = maps.sheets(ids["plant"], "en", paper="A3")
    assert len(sheets) == 1
    assert 'width="1587" height="1123"' in sheets[0]


def test_what_is_too_small_for_a_sheet_is_split_by_branches(maps: Influence, store: Store) -> None:
    def work(session):
        client = Organisation(short_name="Холдинг")
        session.add(client)
        session.flush()
        seats = []
        for number in range(180):
            boss = seats[(number - 1) // 5].id if number else None
            seat = Seat(
                organisation_id=client.id, title=f"Должность {number}", reports_to_id=boss, position=number
            )
            session.add(seat)
            session.flush()
            seats.append(seat)
        return client.id

    client = store.write("record.add", {"noun": "", "name": ""}, work)
    sheets = maps.sheets(client, "ru", paper="A4")
    assert len(sheets) > 1
    assert f"(1 из {len(sheets)})" in sheets[0]
    for number in range(180):
        assert any(f">Должность {number}<" in sheet for sheet in sheets)
