"""Merging: field by field, everything that hangs on the other record, doubles, old ids, one undo that restores it all."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Acquaintance,
    AgendaMark,
    Alias,
    Argument,
    Attachment,
    Contact,
    CustomField,
    CustomValue,
    Document,
    Employment,
    ExternalKey,
    Fact,
    InfluenceMap,
    Interaction,
    MapPlace,
    Objection,
    ObjectionUse,
    Organisation,
    Part,
    Participant,
    Person,
    Proposal,
    ProposalArgument,
    ProposalReader,
    Relationship,
    Seat,
    Telling,
    Unit,
    entities,
)
from kamdesk.model.values import PartialDate
from kamdesk.services.merging import Merging
from kamdesk.services.records import Records
from kamdesk.store import versions
from kamdesk.store.joining import links_to


@pytest.fixture
def merging(store) -> Merging:
    return Merging(store)


def snapshot(store) -> dict[str, list[tuple]]:
    """Every row of every entity, in a fixed order."""

    def work(session):
        run = session.connection().exec_driver_sql
        return {
            e.__tablename__: [tuple(row) for row in run(f'SELECT * FROM "{e.__tablename__}" ORDER BY id')]
            for e in entities()
        }

    return store.read(work)


def add(store, *rows) -> list[str]:
    def work(session):
        for row in rows:
            session.add(row)
            session.flush()
        return [row.id for row in rows]

    return store.write("record.add", {"noun": "", "name": "x"}, work)


def all_of(store, entity, **values):
    def work(session):
        found = session.query(entity).filter_by(**values).all()
        session.expunge_all()
        return found

    return store.read(work)


def double(store, **values) -> str:
    return add(store, Person(**{"family_name": "Иванов", "given_name": "П.", **values}))[0]


def test_a_value_that_only_one_has_is_taken_and_a_newer_stance_wins(store, plant, merging) -> None:
    Records(store, None).set(
        "person", plant["petr"], {"stance": 1, "stance_date": datetime.date(2025, 1, 1), "gender": "male"}
    )
    other = double(
        store, stance=-2, stance_evidence="Спорил", stance_date=datetime.date(2026, 1, 1), address_form="Петя"
    )
    plan = {field.name: field for field in merging.plan("person", plant["petr"], other).fields}
    assert (plan["name"].proposed, plan["stance"].proposed) == ("kept", "other")
    assert plan["address_form"].proposed == "other" and plan["gender"].proposed == "kept"
    merging.merge("person", plant["petr"], other)
    (row,) = all_of(store, Person, id=plant["petr"])
    assert (row.given_name, row.gender, row.address_form) == ("Пётр", "male", "Петя")
    assert (row.stance, row.stance_evidence) == (-2, "Спорил")
    assert all_of(store, Person, id=other) == []


def test_choices_are_followed_for_a_whole_group_and_the_sort_key_goes_with_it(store, plant, merging) -> None:
    other = double(store, family_name="Ёжиков", given_name="Олег")
    merging.merge("person", plant["petr"], other, {"name": "other"})
    (row,) = all_of(store, Person, id=plant["petr"])
    assert (row.family_name, row.given_name, row.middle_name) == ("Ёжиков", "Олег", "")
    assert row.sort_key.startswith("е\u04ffжиков")


def test_tags_and_long_texts_of_both_are_put_together(store, plant, merging) -> None:
    Records(store, None).set("organisation", plant["client"], {"tags": ("a", "b"), "description": "Насосы"})
    (other,) = add(store, Organisation(short_name="Прогресс", tags=("b", "c"), description="Завод с 1960"))
    merging.merge("organisation", plant["client"], other)
    (row,) = all_of(store, Organisation, id=plant["client"])
    assert row.tags == ("a", "b", "c") and row.description == "Насосы\n\nЗавод с 1960"


@pytest.mark.parametrize(
    "choices", [{"nonsense": "kept"}, {"name": "both"}, {"name": "theirs"}, {"family_name": "other"}]
)
def test_a_wrong_choice_changes_nothing(store, plant, merging, choices) -> None:
    other, before = double(store), snapshot(store)
    before = snapshot(store)
    with pytest.raises(KamdeskError) as caught:
        merging.merge("person", plant["petr"], other, choices)
    assert caught.value.message.code.startswith("merge.unknown")
    assert snapshot(store) == before


def test_a_required_name_is_not_chosen_away(store, plant, merging) -> None:
    (other,) = add(store, Organisation(short_name="", legal_name="АО"))
    with pytest.raises(KamdeskError) as caught:
        merging.merge("organisation", plant["client"], other, {"short_name": "other"})
    assert caught.value.message.code == "record.required"


def test_what_hangs_on_the_other_goes_along_and_doubles_become_one(store, plant, merging) -> None:
    petr, anna, client = plant["petr"], plant["anna"], plant["client"]
    other = double(store)
    deal_map, meeting, argument, objection = add(
        store,
        InfluenceMap(organisation_id=client, name="Юг"),
        Interaction(organisation_id=client, purpose="Пуск"),
        Argument(text="Дешевле"),
        Objection(text="Дорого"),
    )
    heard = {"objection_id": objection, "organisation_id": client, "heard_on": datetime.date(2026, 3, 1)}
    add(
        store,
        Contact(person_id=petr, kind="email", value="A@x.ru", normalised="a@x.ru", sensitivity="business"),
        Contact(
            person_id=other,
            kind="email",
            value="a@x.ru",
            normalised="a@x.ru",
            note="личная",
            sensitivity="private",
        ),
        Contact(person_id=other, kind="phone", value="8 495 1", normalised="+74951"),
        Employment(person_id=other, organisation_id=client),
        Part(person_id=petr, organisation_id=client, code="decider"),
        Part(person_id=other, organisation_id=client, code="decider"),
        Part(person_id=other, organisation_id=client, code="champion"),
        Relationship(from_id=petr, to_id=other, kind="friend"),
        Relationship(from_id=anna, to_id=petr, kind="trusts", strength=1),
        Relationship(from_id=anna, to_id=other, kind="trusts", strength=3, sensitivity="private"),
        Participant(interaction_id=meeting, person_id=petr),
        Participant(interaction_id=meeting, person_id=other),
        MapPlace(map_id=deal_map, person_id=petr, x=1, y=2),
        MapPlace(map_id=deal_map, person_id=other, x=5, y=6, member=True),
        Acquaintance(colleague_id=plant["me"], person_id=petr, strength=1),
        Acquaintance(colleague_id=plant["me"], person_id=other, strength=2, note="с института"),
        Telling(person_id=other, argument_id=argument),
        ObjectionUse(person_id=petr, **heard),
        ObjectionUse(person_id=other, **heard, result="worked", note="помог пример"),
        ObjectionUse(person_id=other, **{**heard, "heard_on": datetime.date(2026, 3, 4)}),
        Attachment(person_id=other, name="Визитка", path="/x"),
        Fact(person_id=petr, kind="hobby", text="Рыбалка", sensitivity="personal"),
        Fact(person_id=other, kind="hobby", text="Рыбалка", sensitivity="private", source="Анна"),
        ExternalKey(table_name="person", row_id=other, kind="vcard_uid", value="uid-1"),
        AgendaMark(key=f"birthday:{other}:2026", person_id=other),
    )
    merging.merge("person", petr, other)
    assert {(c.normalised, c.note, c.sensitivity) for c in all_of(store, Contact, person_id=petr)} == {
        ("a@x.ru", "личная", "private"),
        ("+74951", "", "business"),
    }
    assert len(all_of(store, Employment, person_id=petr)) == 1
    assert sorted(p.code for p in all_of(store, Part, person_id=petr)) == ["champion", "decider"]
    (tie,) = all_of(store, Relationship)
    assert (tie.from_id, tie.to_id, tie.strength, tie.sensitivity) == (anna, petr, 3, "private")
    assert len(all_of(store, Participant, interaction_id=meeting)) == 1
    (spot,) = all_of(store, MapPlace)
    assert (spot.person_id, spot.x, spot.member) == (petr, 1, True)
    (known,) = all_of(store, Acquaintance)
    assert (known.strength, known.note) == (2, "с института")
    (fact,) = all_of(store, Fact)
    assert (fact.person_id, fact.sensitivity, fact.source) == (petr, "private", "Анна")
    assert [t.person_id for t in all_of(store, Telling)] == [petr]
    uses = all_of(store, ObjectionUse, person_id=petr)
    assert {(use.heard_on.day, use.result, use.note) for use in uses} == {
        (1, "worked", "помог пример"),
        (4, "", ""),
    }
    assert [k.row_id for k in all_of(store, ExternalKey)] == [petr]
    assert [m.key for m in all_of(store, AgendaMark)] == [f"birthday:{petr}:2026"]
    assert all_of(store, Attachment)[0].person_id == petr
    for table, column in links_to("person"):
        assert store.read(
            lambda s, table=table, column=column: s.connection()
            .exec_driver_sql(f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?', (other,))
            .scalar()
        ) == 0  # fmt: skip


def test_posts_that_contradict_stay_two(store, plant, merging) -> None:
    other = double(store)
    (seat,) = add(store, Seat(organisation_id=plant["client"], title="Советник"))
    add(store, Employment(person_id=other, organisation_id=plant["client"], seat_id=seat))
    merging.merge("person", plant["petr"], other)
    assert len(all_of(store, Employment, person_id=plant["petr"])) == 2


def test_a_birthday_is_one_and_the_fuller_is_proposed(store, plant, merging) -> None:
    other = double(store)
    add(
        store,
        Fact(person_id=plant["petr"], kind="birthday", date=PartialDate(None, 3, 5), sensitivity="private"),
        Fact(person_id=other, kind="birthday", date=PartialDate(1975, 3, 5), sensitivity="personal"),
    )
    merging.merge("person", plant["petr"], other)
    (fact,) = all_of(store, Fact)
    assert (str(fact.date), fact.sensitivity) == ("1975-03-05", "private")


def test_values_of_own_fields_are_chosen(store, plant, merging) -> None:
    (other,) = add(store, Organisation(short_name="Прогресс"))
    (field,) = add(store, CustomField(label_ru="Код", label_en="Code"))
    add(
        store,
        CustomValue(field_id=field, organisation_id=plant["client"], value="1"),
        CustomValue(field_id=field, organisation_id=other, value="2"),
    )
    merging.merge("organisation", plant["client"], other, {f"custom.{field}": "other"})
    (value,) = all_of(store, CustomValue)
    assert (value.organisation_id, value.value) == (plant["client"], "2")


def test_organisations_keep_all_seats_and_units_and_do_not_stand_above_themselves(
    store, plant, merging
) -> None:
    (top,) = add(store, Organisation(short_name="Холдинг"))
    (other,) = add(store, Organisation(short_name="Прогресс", parent_id=top))
    (middle,) = add(store, Organisation(short_name="Дивизион", parent_id=other))
    Records(store, None).set("organisation", plant["client"], {"parent_id": middle})
    add(
        store,
        Unit(organisation_id=plant["client"], name="Цех"),
        Unit(organisation_id=other, name="Цех"),
        Seat(organisation_id=other, title="Генеральный директор"),
        InfluenceMap(organisation_id=plant["client"]),
        InfluenceMap(organisation_id=other),
    )
    merging.merge("organisation", plant["client"], other)
    assert len(all_of(store, Unit, organisation_id=plant["client"])) == 2
    assert len(all_of(store, Seat, organisation_id=plant["client"])) == 3
    assert len(all_of(store, InfluenceMap)) == 1
    parents = {o.id: o.parent_id for o in all_of(store, Organisation)}
    assert parents == {top: None, plant["client"]: top, middle: plant["client"]}


def test_a_proposal_to_both_speaks_to_one_reader_and_its_documents_remember_what_was_told(
    store, plant, merging
) -> None:
    other = double(store)
    proposal, argument, second = add(
        store,
        Proposal(organisation_id=plant["client"], subject="Насосы"),
        Argument(text="Дешевле"),
        Argument(text="Быстрее"),
    )
    mine, theirs = add(
        store,
        ProposalReader(proposal_id=proposal, person_id=plant["petr"], position=1),
        ProposalReader(proposal_id=proposal, person_id=other, position=0, lens="finance"),
    )
    add(
        store,
        ProposalArgument(reader_id=mine, argument_id=argument),
        ProposalArgument(reader_id=theirs, argument_id=argument, pinned=True, wording="Втрое"),
        Document(
            proposal_id=proposal, reader_id=theirs, kind="cover", hand_edited=True,
            reasons=json.dumps({mine: [argument], theirs: [second]}),
        ),
        Document(proposal_id=proposal, reader_id=mine, kind="cover", reasons="{}", version=2),
        Document(proposal_id=proposal, reader_id=mine, kind="variant", reasons="{}"),
    )  # fmt: skip
    merging.merge("person", plant["petr"], other)
    (reader,) = all_of(store, ProposalReader)
    assert (reader.id, reader.lens, reader.position) == (mine, "finance", 0)
    (choice,) = all_of(store, ProposalArgument)
    assert (choice.reader_id, choice.pinned, choice.wording) == (mine, True, "Втрое")
    documents = all_of(store, Document, is_current=True)
    assert sorted((one.reader_id, one.kind) for one in documents) == [(mine, "cover"), (mine, "variant")]
    (document,) = (one for one in documents if one.hand_edited)
    assert json.loads(document.reasons) == {mine: [argument, second]}


def test_old_ids_keep_working_through_several_merges_and_a_second_one_does_nothing(
    store, plant, merging
) -> None:
    first, second = double(store), double(store)
    merging.merge("person", first, second)
    merging.merge("person", plant["petr"], first)
    assert merging.aliases()[second] == merging.aliases()[first] == plant["petr"]
    assert Records(store, None).title("person", second) == "Иванов Пётр Сергеевич"
    before = snapshot(store)
    assert merging.merge("person", second, plant["petr"]) == plant["petr"]
    assert merging.merge("person", plant["petr"], first) == plant["petr"]
    assert snapshot(store) == before
    with pytest.raises(KamdeskError) as caught:
        merging.merge("person", plant["petr"], "nobody")
    assert caught.value.message.code == "record.gone"


def test_a_search_opens_the_kept_record_and_after_undo_the_other(vault, store, plant, merging) -> None:
    other = double(store)
    add(store, Fact(person_id=other, text="Коллекционирует паровозы"))

    def owner() -> str:
        query = "SELECT owner_id FROM search_entry WHERE table_name = 'fact'"
        return store.read(lambda s: s.connection().exec_driver_sql(query).scalar_one())

    merging.merge("person", plant["petr"], other)
    assert owner() == plant["petr"]
    vault.history.undo()
    assert owner() == other


def test_vectors_know_both_and_that_somebody_chose(store, plant, merging) -> None:
    other = double(store)

    def foreign(connection):
        connection.exec_driver_sql(
            "INSERT INTO field_version VALUES ('person', ?, 'gender', '{\"elsewhere\": 7}')", (other,)
        )

    store.on_writer(foreign)
    Records(store, None).set("person", other, {"salutation": "Пётр!"})
    merging.merge("person", plant["petr"], other)

    def vector(group):
        return store.read(lambda s: versions.vector_of(s.connection(), "person", plant["petr"], group))

    assert vector("gender")["elsewhere"] == 7
    step = store.read(lambda s: s.connection().exec_driver_sql("SELECT max(id) FROM step").scalar())
    assert vector("name")[store.vault_id] == step  # two spellings: our choice is newer than both
    assert vector("salutation")[store.vault_id] == step


_WORLD = st.lists(
    st.tuples(
        st.sampled_from(
            ["contact", "employment", "part", "relation", "participant", "fact", "telling", "reader", "place"]
        ),
        st.sampled_from(["kept", "other"]),
        st.integers(0, 2),
        st.sampled_from(["public", "business", "personal", "private"]),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    world=_WORLD,
    names=st.tuples(*(st.sampled_from(["", "Пётр", "П.", "Ёж"]) for _ in range(4))),
    choice=st.sampled_from(["kept", "other", None]),
)
def test_undo_of_a_merge_gives_back_every_byte_and_nothing_is_lost(
    vault, store, plant, merging, world, names, choice
):
    """Merge, undo, redo, undo: the same rows; every text survives; no sensitivity is lowered; no link hangs."""
    kept, other, *rest = add(
        store,
        Person(family_name="Иванов", given_name=names[0], middle_name=names[1]),
        Person(family_name="Иванов", given_name=names[2], middle_name=names[3]),
        *(Interaction(organisation_id=plant["client"], purpose=str(n)) for n in range(3)),
        *(Argument(text=f"Довод {n}") for n in range(3)),
        *(Proposal(organisation_id=plant["client"], subject=str(n)) for n in range(3)),
        InfluenceMap(name="Карта"),
    )
    meetings, arguments, proposals, drawn = rest[:3], rest[3:6], rest[6:9], rest[9]
    ids = {"kept": kept, "other": other}
    made = {
        "contact": lambda who, n, level: Contact(
            person_id=who,
            kind="email",
            value=f"{n}@x.ru",
            normalised=f"{n}@x.ru",
            note=level,
            sensitivity=level,
        ),
        "employment": lambda who, n, _: Employment(
            person_id=who, organisation_id=plant["client"], since=PartialDate(2000 + n) if n else None
        ),
        "part": lambda who, n, _: Part(
            person_id=who, organisation_id=plant["client"], code=("decider", "user", "buyer")[n]
        ),
        "relation": lambda who, n, level: Relationship(
            from_id=who, to_id=(plant["anna"], kept, other)[n], kind="knows", note=level, sensitivity=level
        ),
        "participant": lambda who, n, _: Participant(interaction_id=meetings[n], person_id=who),
        "fact": lambda who, n, level: Fact(person_id=who, text=f"Факт {n}", sensitivity=level),
        "telling": lambda who, n, _: Telling(person_id=who, argument_id=arguments[n]),
        "reader": lambda who, n, _: ProposalReader(proposal_id=proposals[n], person_id=who),
        "place": lambda who, n, _: MapPlace(map_id=drawn, person_id=who, x=n),
    }
    rows = [made[kind](ids[who], n, level) for kind, who, n, level in world]
    add(store, *(row for row in rows if not isinstance(row, Relationship) or row.from_id != row.to_id))
    before = snapshot(store)
    strictest = _strictest(store, (kept, other))
    texts = {c.normalised for c in all_of(store, Contact)} | {f.text for f in all_of(store, Fact)}
    merging.merge("person", kept, other, {"name": choice} if choice else None)
    merged = snapshot(store)
    assert texts == {c.normalised for c in all_of(store, Contact)} | {f.text for f in all_of(store, Fact)}
    assert all(level <= _strictest(store, (kept,))[key] for key, level in strictest.items())
    assert all(row.from_id != row.to_id for row in all_of(store, Relationship))
    assert [a.kept_id for a in all_of(store, Alias, old_id=other)] == [kept]
    merging.merge("person", kept, other)
    assert snapshot(store) == merged
    vault.history.undo()
    assert snapshot(store) == before
    vault.history.redo()
    assert snapshot(store) == merged
    vault.history.undo()
    assert snapshot(store) == before
    for _ in range(2 if rows else 1):
        vault.history.undo()  # the next example begins with an empty vault


def _strictest(store, people) -> dict[str, int]:
    """The strictest level at which each contact and fact of these people is kept."""
    ranks = ["public", "business", "personal", "private"]
    found: dict[str, int] = {}
    for entity, name in ((Contact, "normalised"), (Fact, "text")):
        for row in all_of(store, entity):
            if row.person_id in people:
                key = getattr(row, name)
                found[key] = max(found.get(key, 0), ranks.index(row.sensitivity))
    return found
