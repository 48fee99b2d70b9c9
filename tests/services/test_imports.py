"""Importing people into a real vault: a dry run that changes nothing, every row accounted for, nothing overwritten, one undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kamdesk.exchange.contact_files import read_contacts
from kamdesk.exchange.records import ContactsRead, ImportedPerson, Skipped, TypedValue
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import (
    Contact,
    Employment,
    Entity,
    Fact,
    Note,
    Organisation,
    Person,
    Seat,
    entities,
)
from kamdesk.model.values import PartialDate, PersonName
from kamdesk.services.import_report import ImportReport
from kamdesk.services.imports import Imports
from kamdesk.store.unit_of_work import Store
from kamdesk.store.vault import Vault
from kamdesk.translation import shipped_vocabularies

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "vcards"
TABLE = (
    "ФИО;Должность;Организация;E-mail;Телефон;Руководитель;День рождения;Тип;Примечание\n"
    "Иванов Пётр Сергеевич;Генеральный директор;Завод «Прогресс»;ivanov@progress.ru;+7 495 111-22-33;;5 марта;Руководство;\n"
    "Орлова Анна Игоревна;Главный инженер;Завод «Прогресс»;orlova@progress.ru;;Иванов П. С.;1975;Техника;знает линию\n"
    ";;Завод «Прогресс»;;;;;;\n"
    "Кузнецов Олег;Закупки;ООО «Новое»;kuz@new.ru;;;29.02.1980;;\n"
)


def person(
    family: str = "Белова", given: str = "Ирина", source: str = "a.csv:2", **values: object
) -> ImportedPerson:
    """Somebody as a source tells of them."""
    return replace(ImportedPerson(source, PersonName(family, given)), **values)


def read_of(*people: ImportedPerson) -> ContactsRead:
    """A source of these people."""
    return ContactsRead(people, (), len(people))


def refuse(data: bytes) -> bytes:
    """A decoder that refuses every picture."""
    raise KamdeskError("documents.picture_unreadable")


@pytest.fixture
def make(store: Store) -> Callable[..., Imports]:
    def made(decode: Callable[[bytes], bytes] = lambda data: b"\x89PNG\r\n\x1a\n" + data) -> Imports:
        return Imports(store, shipped_vocabularies, decode)

    return made


@pytest.fixture
def imports(make: Callable[..., Imports]) -> Imports:
    return make()


def count(store: Store, entity: type[Entity]) -> int:
    """How many rows a table has."""
    return store.read(lambda session: session.scalar(select(func.count()).select_from(entity)) or 0)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all entities, to see whether anything changed."""

    def work(session):
        return {
            entity.__tablename__: sorted(
                tuple(str(getattr(row, column.name)) for column in entity.__table__.columns)
                for row in session.scalars(select(entity))
            )
            for entity in entities()
        }

    return store.read(work)


def accounted(report: ImportReport) -> int:
    """How many rows stand in the four lists."""
    return sum(len(rows) for rows in (report.created, report.updated, report.same, report.skipped))


def test_a_dry_run_changes_nothing_and_names_nobody_new(store: Store, imports: Imports, vault: Vault) -> None:
    before, steps = everything(store), vault.history.undoable()
    read = read_contacts(TABLE.encode(), "team.csv")
    report = imports.people(read, dry_run=True)
    assert everything(store) == before
    assert vault.history.undoable() == steps
    assert [row.name for row in report.created] == [
        "Иванов Пётр Сергеевич",
        "Орлова Анна Игоревна",
        "Кузнецов Олег",
    ]
    assert {row.id for row in report.created} == {""}
    real = imports.people(read)
    assert [replace(row, id="") for row in real.created] == list(report.created), "the dry run told the truth"
    assert all(row.id for row in real.created)


def test_every_row_stands_in_one_list(imports: Imports) -> None:
    read = read_contacts(TABLE.encode(), "team.csv")
    report = imports.people(read, leave_out=["team.csv:5"])
    assert accounted(report) == read.rows == 4
    sources = [
        row.source for rows in (report.created, report.updated, report.same, report.skipped) for row in rows
    ]
    assert sorted(sources) == ["team.csv:2", "team.csv:3", "team.csv:4", "team.csv:5"]
    why = {row.source: row.why.code for row in report.skipped if row.why is not None}
    assert why == {"team.csv:4": "contacts.no_name", "team.csv:5": "import.left_out"}


def test_a_second_import_is_all_the_same(store: Store, imports: Imports) -> None:
    read = read_contacts(TABLE.encode(), "team.csv")
    imports.people(read)
    before = everything(store)
    report = imports.people(read)
    assert len(report.same) == 3
    assert not report.created
    assert not report.updated
    assert everything(store) == before


def test_seats_organisations_and_dates_come_along(store: Store, imports: Imports) -> None:
    imports.people(read_contacts(TABLE.encode(), "team.csv"))

    def look(session):
        people = {row.family_name: row for row in session.scalars(select(Person))}
        seats = {row.title: row for row in session.scalars(select(Seat))}
        organisations = {row.short_name: row.kind for row in session.scalars(select(Organisation))}
        birthdays = {
            row.person_id: row.date for row in session.scalars(select(Fact).where(Fact.kind == "birthday"))
        }
        assert organisations == {"Завод «Прогресс»": "prospect", "ООО «Новое»": "prospect"}
        assert people["Иванов"].lens == "executive"
        assert seats["Главный инженер"].reports_to_id == seats["Генеральный директор"].id
        assert birthdays[people["Иванов"].id] == PartialDate(None, 3, 5)
        assert birthdays[people["Кузнецов"].id] == PartialDate(1980, 2, 29)
        notes = [row.text for row in session.scalars(select(Note))]
        assert notes == ["знает линию"]
        return True

    assert store.read(look)


def test_with_a_client_everybody_is_seated_there(
    store: Store, imports: Imports, plant: dict[str, str]
) -> None:
    report = imports.people(read_contacts(TABLE.encode(), "team.csv"), organisation_id=plant["client"])
    assert [row.name for row in report.updated] == ["Иванов Пётр Сергеевич"]
    assert report.updated[0].id == plant["petr"]
    assert count(store, Organisation) == 1
    held = store.read(
        lambda session: session.scalars(
            select(Employment).where(Employment.organisation_id == plant["client"])
        ).all()
    )
    assert len(held) == 4


def test_empty_fields_are_filled_and_nothing_is_overwritten(
    store: Store, imports: Imports, plant: dict[str, str]
) -> None:
    theirs = person(
        "Иванов",
        "Пётр",
        title="Президент",
        gender="f",
        nickname="Петя",
        emails=("ivanov@progress.ru",),
        birthday=PartialDate(1970, 5, 1),
    )
    theirs = replace(theirs, name=PersonName("Иванов", "Пётр", "Сергеевич"))
    imports.people(read_of(theirs), organisation_id=plant["client"])
    first = imports.people(
        read_of(
            replace(
                theirs,
                gender="m",
                birthday=PartialDate(1971, 1, 1),
                emails=("ivanov@progress.ru", "second@progress.ru"),
            )
        ),
        organisation_id=plant["client"],
    )
    (row,) = first.updated
    kept = [note for note in row.notes if note.code == "import.kept_title"]
    assert kept[0].params == {"ours": "Генеральный директор", "theirs": "Президент"}

    def look(session):
        petr = session.get(Person, plant["petr"])
        assert (petr.given_name, petr.gender) == ("Пётр", "f"), "what was there first stays"
        titles = {seat.title for seat in session.scalars(select(Seat))}
        assert "Президент" not in titles
        mails = session.scalars(select(Contact.value).where(Contact.person_id == petr.id)).all()
        assert sorted(mails) == ["ivanov@progress.ru", "second@progress.ru"]
        birthday = session.scalars(select(Fact.date).where(Fact.kind == "birthday")).one()
        assert birthday == PartialDate(1970, 5, 1)
        return True

    assert store.read(look)


def test_doubles_in_one_file_become_one_person(store: Store, imports: Imports) -> None:
    read = read_of(
        person(emails=("belova@x.ru",)),
        person(source="a.csv:3", emails=("BELOVA@x.ru",), phones=(TypedValue("mobile", "+7 900 111-22-33"),)),
        person(source="a.csv:4", emails=("other@y.ru",), organisation="Другая"),
    )
    report = imports.people(read)
    assert [row.source for row in report.created] == ["a.csv:2", "a.csv:4"]
    assert [row.source for row in report.updated] == ["a.csv:3"]
    assert [note.code for note in report.created[1].notes] == ["import.same_name"], (
        "a possible double is marked"
    )
    assert count(store, Person) == 2


def test_a_shared_phone_makes_nobody_the_same(store: Store, imports: Imports) -> None:
    board = (TypedValue("phone", "+7 495 000-00-00"),)
    people = [person(f"Фамилия{n}", "Имя", f"a.csv:{n}", phones=board) for n in range(5)]
    report = imports.people(read_of(*people))
    assert len(report.created) == 5
    assert count(store, Person) == 5


def test_newcomers_take_vacant_seats_of_their_title(
    store: Store, imports: Imports, plant: dict[str, str]
) -> None:
    def vacancies(session):
        seats = [Seat(organisation_id=plant["client"], title="Инженер") for _ in range(2)]
        session.add_all(seats)

    store.write("record.add", {"noun": "", "name": ""}, vacancies)
    newcomers = [person(f"Новый{n}", "Имя", f"a.csv:{n}", title="инженер") for n in range(3)]
    imports.people(read_of(*newcomers), organisation_id=plant["client"])
    engineers = store.read(
        lambda session: [row for row in session.scalars(select(Seat)) if row.title.casefold() == "инженер"]
    )
    held = store.read(lambda session: session.scalars(select(Employment.seat_id)).all())
    assert len(engineers) == 3, "two vacant ones are taken, one is made"
    assert {row.id for row in engineers} <= set(held)
    assert len(held) == len(set(held))


def test_a_key_of_the_source_is_known_again(imports: Imports) -> None:
    imports.people(read_of(person(uid="urn:uuid:1")))
    report = imports.people(read_of(person("Белова-Смит", "Ирина", uid="urn:uuid:1")))
    assert not report.created
    assert accounted(report) == 1


def test_a_photo_is_kept_or_refused_with_a_word(store: Store, make: Callable[..., Imports]) -> None:
    with_photo = person(photo=b"picture")
    (refused,) = make(refuse).people(read_of(with_photo)).created
    assert [note.code for note in refused.notes] == ["import.photo_unreadable"]
    report = make().people(
        read_of(replace(with_photo, emails=()), person("Чёрная", "Ольга", "a.csv:3", photo=b"other"))
    )
    assert [note.code for note in report.created[0].notes] == []
    photo = store.read(
        lambda session: session.scalars(select(Person.photo_id).where(Person.family_name == "Чёрная")).one()
    )
    assert photo is not None


def test_what_should_not_be_written_down_is_told(imports: Imports) -> None:
    report = imports.people(
        read_of(person(spouse="Ирина Петровна"), person("Серов", source="a.csv:3", hobby="парус"))
    )
    told = {row.source: [remark.code for remark in row.notes] for row in report.created}
    assert told == {"a.csv:2": ["guard.family"], "a.csv:3": []}


def test_unknown_words_of_own_columns_are_told(imports: Imports) -> None:
    (row,) = imports.people(read_of(person(lens="Космонавт", stance="+2", influence="3"))).created
    assert [note.params for note in row.notes if note.code == "import.unknown_word"] == [
        {"word": "Космонавт"}
    ]


def test_one_undo_takes_it_all_back_and_one_redo_brings_it_again(
    store: Store, imports: Imports, vault: Vault
) -> None:
    before = everything(store)
    imports.people(read_contacts(TABLE.encode(), "team.csv"))
    after = everything(store)
    assert vault.history.undoable().message.code == "import.people"
    vault.history.undo()
    assert everything(store) == before
    vault.history.redo()
    assert everything(store) == after


def test_what_the_watcher_raises_ends_the_import_without_a_trace(store: Store, imports: Imports) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert total == 60
        if done:
            raise Stopped

    before = everything(store)
    with pytest.raises(Stopped):
        imports.people(read_of(*(person(f"Ф{n}", "И", f"a.csv:{n}") for n in range(60))), progress=stop)
    assert everything(store) == before


def test_skipped_rows_of_the_reader_stay_in_the_report(imports: Imports) -> None:
    read = ContactsRead(
        (), (Skipped("a.vcf:1", "?", Message("contacts.no_name")),), 1, (Message("table.empty"),)
    )
    report = imports.people(read)
    assert report.skipped[0].source == "a.vcf:1"
    assert report.remarks == read.remarks


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared contact cards are not here")
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("*.vcf")) if SHARED.is_dir() else [], ids=lambda path: path.name
)
def test_real_cards_come_in_right_and_are_the_same_again(store: Store, imports: Imports, path: Path) -> None:
    read = read_contacts(path.read_bytes(), path.name)
    report = imports.people(read)
    assert accounted(report) == read.rows > 0
    assert len(report.created) + len(report.updated) + len(report.same) == len(read.people)

    def names(session):
        return {
            " ".join((row.family_name, row.given_name)).strip() for row in session.scalars(select(Person))
        }

    wanted = {" ".join((one.name.family, one.name.given)).strip() for one in read.people}
    assert store.read(names) >= {name for name in wanted if name}
    values = store.read(lambda session: set(session.scalars(select(Contact.value))))
    for one in read.people:
        assert {mail.casefold() for mail in one.emails} <= {value.casefold() for value in values}
    again = imports.people(read)
    assert len(again.same) == len(read.people), [row.notes for row in again.updated]
