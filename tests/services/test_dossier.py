"""A dossier goes out and comes in: what leaves, what arrives, what is told, and that nothing is lost or loosened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Alias,
    Colleague,
    Company,
    Contact,
    Employment,
    Fact,
    Objection,
    ObjectionUse,
    Organisation,
    Person,
    Proposal,
    Seat,
    StoredFile,
    Template,
    entities,
)
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services import files
from kamdesk.services.dossier import Dossiers
from kamdesk.services.text_templates import TextTemplates
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import Vault, create
from kamdesk.translation import Translator


@pytest.fixture
def vocabularies(repository: Path) -> Vocabularies:
    return Vocabularies.load(repository / "resources" / "vocabulary.json")


@pytest.fixture
def other(tmp_path: Path, clock) -> Iterator[Vault]:
    """A second, empty vault: the colleague's."""
    opened = create(tmp_path / "other", None, cost=KdfCost(1024, 1, 1), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def dossiers(vault: Vault, vocabularies: Vocabularies) -> Dossiers:
    return Dossiers(vault.store, lambda: vocabularies)


@pytest.fixture
def theirs(other: Vault, vocabularies: Vocabularies) -> Dossiers:
    return Dossiers(other.store, lambda: vocabularies)


def document(**parts: Any) -> bytes:
    head = {"format": "kamdesk-dossier", "version": 1, "dossier_id": "test"}
    return json.dumps({**head, **parts}, ensure_ascii=False).encode()


def counts(vault: Vault) -> dict[str, int]:
    return vault.store.read(
        lambda session: {
            entity.__tablename__: session.scalar(select(func.count()).select_from(entity))
            for entity in entities()
        }
    )


def client_in(report) -> str:
    """The id of the demo's client."""
    return next(row.id for row in report.created if row.source.endswith("organisations[0]"))


def notes(report) -> dict[str, list[str]]:
    """Codes of the notes on rows, by source."""
    rows = (*report.created, *report.updated, *report.same)
    return {row.source: [note.code for note in row.notes] for row in rows if row.notes}


def whys(rows) -> dict[str, str]:
    return {row.source: row.why.code for row in rows}


SMALL: dict[str, Any] = {
    "organisations": [{"id": "o", "short_name": "Ромашка", "language": "ru"}],
    "people": [{"id": "p", "family_name": "Петров", "given_name": "Пётр", "stance": 1}],
    "employments": [{"id": "e", "person_id": "p", "organisation_id": "o"}],
    "contacts": [{"id": "c", "person_id": "p", "kind": "mobile", "value": "8 900 000-01-02"}],
    "facts": [{"id": "f", "person_id": "p", "text": "Любит чай"}],
}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_out_in_out_is_identical(dossiers: Dossiers, theirs: Dossiers, language: str) -> None:
    client = client_in(dossiers.open_demo(language))
    out = dossiers.export(client, "everything")
    report = theirs.import_(out)
    assert (report.skipped, report.remarks, report.updated) == ((), (), ())
    assert theirs.export(client, "everything") == out


@pytest.mark.parametrize("level", ["business", "personal", "everything"])
def test_the_same_again_changes_nothing(vault: Vault, dossiers: Dossiers, level: str) -> None:
    client = client_in(dossiers.open_demo("ru"))
    before, steps = dossiers.export(client, "everything"), counts(vault)
    report = dossiers.import_(dossiers.export(client, level))
    assert report.same
    assert not (report.created or report.updated or report.skipped or report.remarks)
    assert dossiers.export(client, "everything") == before
    assert counts(vault) == steps


def test_every_row_of_the_document_stands_in_the_report_once(dossiers: Dossiers) -> None:
    parts = {**SMALL, "facts": [*SMALL["facts"], {"text": "ничей"}, 5]}
    report = dossiers.import_(document(**parts), source="d.json")
    named = [
        row.source for rows in (report.created, report.updated, report.same, report.skipped) for row in rows
    ]
    assert sorted(named) == sorted(
        f"d.json: {name}[{index}]" for name, rows in parts.items() for index in range(len(rows))
    )
    assert [row.name for row in report.created[:2]] == ["Ромашка", "Петров Пётр"]


def test_a_dry_run_tells_the_same_and_writes_nothing(vault: Vault, dossiers: Dossiers) -> None:
    before = counts(vault)
    told = dossiers.import_(document(**SMALL), dry_run=True)
    assert counts(vault) == before
    assert [row.id for row in told.created] == [""] * 5
    done = dossiers.import_(document(**SMALL))
    assert [(row.source, row.name) for row in done.created] == [
        (row.source, row.name) for row in told.created
    ]
    again = {**SMALL, "people": [{**SMALL["people"][0], "stance": 2}]}
    told = dossiers.import_(document(**again), dry_run=True)
    assert [row.name for row in told.updated] == ["Петров Пётр"]
    assert dossiers.import_(document(**again)) == told


def test_an_import_is_one_step_of_undo(vault: Vault, dossiers: Dossiers) -> None:
    before = counts(vault)
    dossiers.open_demo("ru")
    assert counts(vault) != before
    vault.history.undo()
    assert counts(vault) == before


def test_absent_is_not_empty_and_changes_are_named(vault: Vault, dossiers: Dossiers) -> None:
    dossiers.import_(document(**SMALL))
    people = [{"id": "p", "stance": -2, "lens": "finance"}]
    report = dossiers.import_(document(organisations=SMALL["organisations"], people=people))
    (row,) = report.updated
    assert row.source == "people[0]"
    assert [Translator("en").message(note) for note in row.notes] == ["Changed: Type of stakeholder, Stance"]
    person = vault.store.read(lambda session: session.scalars(select(Person)).one())
    assert (person.family_name, person.stance, person.lens) == ("Петров", -2, "finance")


def test_who_may_see_it_is_never_loosened(vault: Vault, dossiers: Dossiers) -> None:
    dossiers.import_(document(**SMALL))
    for given, kept in (("public", "private"), ("business", "private")):
        facts = [{**SMALL["facts"][0], "sensitivity": given}]
        report = dossiers.import_(document(**{**SMALL, "facts": facts}))
        assert notes(report) == {"facts[0]": ["dossier.kept_private"]}
        assert vault.store.read(lambda session: session.scalars(select(Fact.sensitivity)).one()) == kept
    contacts = [{**SMALL["contacts"][0], "sensitivity": "private"}]
    assert len(dossiers.import_(document(**{**SMALL, "contacts": contacts})).updated) == 1


def test_what_belongs_to_nothing_is_skipped_with_all_below_it(vault: Vault, dossiers: Dossiers) -> None:
    parts = {
        "people": [{"id": "p", "stance": 9}],
        "facts": [{"id": "f", "person_id": "p", "text": "x"}],
        "proposals": [{"id": "k", "organisation_id": "nowhere", "subject": "x"}],
        "readers": [{"id": "r", "proposal_id": "k", "person_id": "p"}],
        "proposal_arguments": [{"reader_id": "r", "argument_id": "a"}],
        "arguments": [{"id": "a", "text": "x", "case_id": "nowhere"}],
    }
    report = dossiers.import_(document(**parts))
    assert [row.source for row in report.created] == ["arguments[0]"]
    assert whys(report.skipped) == {
        "people[0]": "dossier.not_a_choice",
        "facts[0]": "dossier.no_owner",
        "proposals[0]": "dossier.no_owner",
        "readers[0]": "dossier.no_owner",
        "proposal_arguments[0]": "dossier.no_owner",
    }
    assert notes(report) == {"arguments[0]": ["dossier.left_open"]}


def test_seats_that_report_in_a_circle_are_cut_loose(vault: Vault, dossiers: Dossiers) -> None:
    seats = [
        {"id": "a", "organisation_id": "o", "title": "A", "reports_to_id": "b"},
        {"id": "b", "organisation_id": "o", "title": "B", "reports_to_id": "c"},
        {"id": "c", "organisation_id": "o", "title": "C", "reports_to_id": "a"},
        {"id": "d", "organisation_id": "o", "title": "D", "reports_to_id": "a"},
    ]
    report = dossiers.import_(document(**{**SMALL, "seats": seats}))
    assert list(notes(report).values()) == [["dossier.circle"]]
    rows = vault.store.read(lambda session: {row.title: row for row in session.scalars(select(Seat))})
    assert sum(row.reports_to_id is None for row in rows.values()) == 1
    assert rows["D"].reports_to_id == rows["A"].id


def test_what_is_computed_arrives_computed(vault: Vault, dossiers: Dossiers) -> None:
    dossiers.open_demo("ru")
    numbers = vault.store.read(lambda session: list(session.scalars(select(Contact.normalised))))
    assert "+79000000201" in numbers
    total = vault.store.read(
        lambda session: session.scalars(select(Proposal).where(Proposal.status == "draft")).one()
    )
    assert total.total_minor == 3_659_292_400
    assert total.changed_at is not None
    keys = vault.store.read(lambda session: [row.sort_key for row in session.scalars(select(Person))])
    assert all(keys)


def test_our_company_stays_ours_and_there_is_one_me(
    vault: Vault, dossiers: Dossiers, theirs: Dossiers, plant
) -> None:
    client = client_in(theirs.open_demo("ru"))
    report = dossiers.import_(theirs.export(client, "everything"))
    assert not report.skipped
    assert list(notes(report).values()) == [["dossier.not_me"]]
    mine = vault.store.read(lambda session: list(session.scalars(select(Colleague).where(Colleague.is_me))))
    assert [row.family_name for row in mine] == ["Соколова"]
    second = document(company=[{"id": "x", "full_name": "ООО «Чужое»"}])
    assert whys(dossiers.import_(second).skipped) == {"company[0]": "dossier.company_here"}
    assert vault.store.read(lambda session: session.scalar(select(func.count()).select_from(Company))) == 1


def test_a_file_cannot_change_our_requisites_nor_who_is_me(vault: Vault, dossiers: Dossiers) -> None:
    client = client_in(dossiers.open_demo("ru"))
    read = json.loads(dossiers.export(client, "everything"))
    read["company"][0]["account"] = "40702810000000066666"
    stranger = next(row for row in read["colleagues"] if not row.get("is_me"))
    stranger["is_me"] = True
    report = dossiers.import_(json.dumps(read).encode())
    assert whys(report.skipped) == {"company[0]": "dossier.company_here"}
    assert list(notes(report).values()) == [["dossier.not_me"]]
    assert not report.updated
    account = vault.store.read(lambda session: session.scalars(select(Company.account)).one())
    assert account == "40702810600000012345"


def test_a_row_merged_away_here_stays_merged(vault: Vault, dossiers: Dossiers) -> None:
    dossiers.import_(document(**SMALL))
    ids = vault.store.read(
        lambda session: {row.family_name: row.id for row in session.scalars(select(Person))}
    )

    def merge(session):
        old = Person(family_name="Петров-старый")
        session.add(old)
        session.flush()
        session.add(Alias(table_name="person", old_id=old.id, kept_id=ids["Петров"]))
        gone = old.id
        session.delete(old)
        return gone

    gone = vault.store.write("record.add", {"noun": "", "name": ""}, merge)
    parts = {
        **SMALL,
        "people": [{"id": gone, "family_name": "Петров-старый"}],
        "facts": [{"person_id": gone, "text": "x"}],
    }
    del parts["employments"], parts["contacts"]
    report = dossiers.import_(document(**parts))
    assert whys(report.skipped) == {"people[0]": "dossier.merged_here"}
    owners = vault.store.read(lambda session: set(session.scalars(select(Fact.person_id))))
    assert owners == {ids["Петров"]}


def test_files_go_whole_and_only_when_everything_goes(
    vault: Vault, dossiers: Dossiers, other: Vault, theirs: Dossiers
) -> None:
    client = client_in(dossiers.open_demo("ru"))

    def attach(session):
        photo = files.add(session, vault.store.files, "Фото.png", b"\x89PNG\r\n\x1a\n" + bytes(1000))
        blank = files.add(session, vault.store.files, "Бланк.dotx", b"PK" + bytes(range(256)))
        session.scalars(select(Person).where(Person.family_name == "Самарин")).one().photo_id = photo
        template = Template(name="Бланк", file_id=blank)
        session.add(template)
        session.flush()
        session.scalars(select(Proposal).where(Proposal.status == "draft")).one().template_id = template.id
        files.add(session, vault.store.files, "Чужой.bin", b"not of this client")

    vault.store.write("record.add", {"noun": "", "name": ""}, attach)
    for level in ("business", "personal"):
        read = json.loads(dossiers.export(client, level))
        assert not {"files", "templates"} & read.keys()
        assert not any("photo_id" in person for person in read["people"])
    out = dossiers.export(client, "everything")
    names = {row["name"] for row in json.loads(out)["files"]}
    assert {"Фото.png", "Бланк.dotx"} <= names and "Чужой.bin" not in names
    assert not theirs.import_(out).skipped
    assert theirs.export(client, "everything") == out
    stored = other.store.read(
        lambda session: {row.name: row.storage for row in session.scalars(select(StoredFile))}
    )
    assert other.store.files.get(stored["Бланк.dotx"]) == b"PK" + bytes(range(256))
    broken = json.loads(out)
    broken["files"].append({"id": "new", "name": "x.dotx", "content": "%%%"})
    broken["templates"].append({"id": "t", "name": "x", "file_id": "new"})
    found = whys(theirs.import_(json.dumps(broken).encode()).skipped)
    assert sorted(found.values()) == ["dossier.bad_file", "dossier.no_owner"]


def test_nothing_of_another_client_leaves(vault: Vault, dossiers: Dossiers, plant) -> None:
    client = client_in(dossiers.open_demo("ru"))

    def share(session):
        """Somebody of the first client works for the second one too."""
        person = session.scalars(select(Person).where(Person.family_name == "Абрамян")).one()
        session.add(Employment(person_id=person.id, organisation_id=plant["client"]))

    vault.store.write("record.add", {"noun": "", "name": ""}, share)
    words = dossiers.export(client, "everything").decode()
    assert "Прогресс" not in words
    assert "Ёлкина" not in words
    other_words = dossiers.export(plant["client"], "everything").decode()
    assert "Абрамян" in other_words
    assert "Самарин" not in other_words
    assert "Модернизация насосных" not in other_words


@pytest.mark.parametrize("level", ["business", "everything"])
def test_what_was_objected_at_another_client_stays_there(
    vault: Vault, dossiers: Dossiers, plant, level: str
) -> None:
    client = client_in(dossiers.open_demo("ru"))

    def heard(session):
        """Somebody of the first client spoke for the second one."""
        person = session.scalars(select(Person).where(Person.family_name == "Абрамян")).one()
        objection = session.scalars(select(Objection)).first()
        for where, note in ((plant["client"], "ТАЙНА ДРУГОГО"), (client, "СКАЗАНО ЗДЕСЬ")):
            session.add(
                ObjectionUse(
                    objection_id=objection.id, person_id=person.id, organisation_id=where, note=note,
                    heard_on=date(2026, 3, 1),
                )
            )  # fmt: skip

    vault.store.write("record.add", {"noun": "", "name": ""}, heard)
    words = dossiers.export(client, level).decode()
    assert "Прогресс" not in words and "ТАЙНА ДРУГОГО" not in words
    assert ("СКАЗАНО ЗДЕСЬ" in words) is (level == "everything")


def test_a_taken_over_default_gives_way_to_the_one_that_is_here(
    vault: Vault, dossiers: Dossiers, theirs: Dossiers, other: Vault
) -> None:
    client = client_in(dossiers.open_demo("ru"))
    made = TextTemplates(vault.store, None, None).add("Наше письмо", purpose="cover_email", body="Наше")
    TextTemplates(vault.store, None, None).set_default(made)
    document = dossiers.export(client, "everything")
    here = TextTemplates(other.store, None, None)
    own = here.add("Своё письмо", purpose="cover_email", body="Своё")
    here.set_default(own)
    report = theirs.import_(document, source="their.json")
    assert here.default("cover_email", "ru").id == own
    assert not here.view(made).is_default
    assert any("dossier.usual_here" in told for told in notes(report).values())
    here.set_default(made)
    theirs.import_(document, source="their.json")
    assert here.default("cover_email", "ru").id == made


def test_a_row_that_is_here_may_come_in_part(vault: Vault, dossiers: Dossiers) -> None:
    promise = {"id": "w", "organisation_id": "o", "text": "Прислать расчёт"}
    dossiers.import_(document(**SMALL, promises=[promise]))
    report = dossiers.import_(
        document(promises=[{"id": "w", "done_on": "2026-03-04"}, {"id": "x", "side": "theirs"}])
    )
    assert [row.source for row in report.updated] == ["promises[0]"]
    assert whys(report.skipped) == {"promises[1]": "dossier.missing"}


def test_unknown_parts_are_told_not_lost_silently(dossiers: Dossiers) -> None:
    people = [{**SMALL["people"][0], "zodiac": "Рыбы"}]
    report = dossiers.import_(document(**{**SMALL, "people": people, "pets": [1]}), source="d.json")
    assert [note.code for note in report.remarks] == ["dossier.unknown_field"] * 2
    words = [Translator("en").message(note) for note in report.remarks]
    assert words == [
        'd.json: people[0].zodiac is unknown to this version and was not taken: "Рыбы"',
        "d.json: pets is unknown to this version and was not taken: [1]",
    ]


def test_a_wrong_requisite_is_said_and_kept(vault: Vault, dossiers: Dossiers) -> None:
    report = dossiers.import_(document(organisations=[{"short_name": "X", "inn": "7707083894"}]))
    assert notes(report) == {"organisations[0]": ["requisites.inn_digit"]}
    assert vault.store.read(lambda session: session.scalars(select(Organisation.inn)).one()) == "7707083894"


def test_a_document_that_cannot_be_read_leaves_nothing(vault: Vault, dossiers: Dossiers) -> None:
    before = counts(vault)
    for data in (b"{", b"[]", document()[:-1] + b', "version": 3}'):
        with pytest.raises(KamdeskError):
            dossiers.import_(data)
    assert counts(vault) == before


def test_a_client_that_is_not_here(dossiers: Dossiers) -> None:
    with pytest.raises(KamdeskError) as caught:
        dossiers.export("00000000-0000-4000-8000-000000000000")
    assert caught.value.message.code == "record.gone"
    with pytest.raises(ValueError, match="secret"):
        dossiers.export("x", "secret")


def test_the_demo_opened_next_year_is_alive(vault: Vault, dossiers: Dossiers) -> None:
    today = date(2027, 6, 17)
    client = client_in(dossiers.open_demo("en", today=today))
    read = json.loads(dossiers.export(client, "everything"))
    planned = [row["starts_at"] for row in read["interactions"] if row.get("state") == "planned"]
    assert all(today.isoformat() < moment < "2027-07-10" for moment in planned)
    past = [row["starts_at"] for row in read["interactions"] if row.get("state") != "planned"]
    assert max(past) < today.isoformat()
    draft = next(row for row in read["proposals"] if row.get("status", "draft") == "draft")
    assert draft["valid_until"] > today.isoformat()
    assert any(row.get("consent_until", "") > today.isoformat() for row in read["recommenders"])
    assert "--02-29" in {row.get("date") for row in read["facts"]}


def test_a_document_kept_from_version_1_is_read_for_ever(dossiers: Dossiers, repository: Path) -> None:
    """A fixture of the release that first wrote this format; it is never edited, later versions get their own."""
    data = (repository / "tests" / "exchange" / "kept" / "dossier-1.json").read_bytes()
    report = dossiers.import_(data)
    assert (len(report.created), report.skipped, report.remarks, notes(report)) == (19, (), (), {})
    again = dossiers.import_(data)
    assert len(again.same) == 19
