"""What is read on paper and in files that leave the window: the discreet brief, the letter, dossiers at each level, maps, calendars, mail.

Every text column of every table is marked three times: by its own declaration as private, as personal, and by a row that is private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.documents.cleaning import clean
from kamdesk.documents.context.catalogue import CONTRACTS, catalogue
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.doctor import check
from kamdesk.documents.pdf import PdfMade
from kamdesk.documents.render import Renderer
from kamdesk.model.fields import FieldKind
from kamdesk.model.internal import DossierOptions
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Colleague,
    Contact,
    Deal,
    DealCompetitor,
    Employment,
    Fact,
    Interaction,
    Organisation,
    Part,
    Participant,
    Person,
    Promise,
    Proposal,
    ProposalReader,
    Relationship,
    Seat,
    entities,
    fields_of,
)
from kamdesk.model.values import PartialDate, Sensitivity
from kamdesk.services.brief import Briefs
from kamdesk.services.cheat_sheet import CheatSheets
from kamdesk.services.dossier_print import DossierPrints
from kamdesk.services.meeting_letter import MeetingLetters
from kamdesk.services.template_sample import TemplateSamples
from kamdesk.services.templates import Templates
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create
from tests.privacy.marks import WORD, _add_row
from tests.services.press import Press, pdf_text, squeezed, word_text
from tests.services.test_own_templates import word_file

_TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
_MACHINERY = frozenset({"alias", "external_key", "preference", "agenda_mark", "vocabulary", "stored_file"})
_KEPT = frozenset({"sort_key", "normalised"})
MAY_READ = {
    "brief": {"fact.text", "person.address_form"},
    "sheet": {"person.address_form"},
    "business_personal": {"fact.text", "interaction.outcome", "person.address_form", "promise.witness"},
    "dossier personal": {"fact.text", "interaction.outcome", "person.address_form", "promise.witness"},
}
"""Where personal words are meant to be read."""


@dataclass(frozen=True)
class Papers:
    """The words of everything made of one vault, and where each mark was put."""

    mode: str
    planted: dict[str, str]
    texts: dict[str, str]

    def read(self, name: str) -> set[str]:
        found = re.findall(rf"{WORD}\d+в", squeezed(self.texts[name]))
        return {self.planted.get(mark, mark) for mark in found}


def rows(session: Any) -> dict[str, str]:
    """A client with two people who know each other, a past and a planned meeting, a promise, birthdays."""
    client, me = Organisation(short_name="Прогресс"), Colleague(family_name="Орлова", is_me=True)
    people = [
        Person(family_name="Иванов", gender="male", stance=2),
        Person(family_name="Ёлкина", gender="female"),
    ]
    session.add_all([client, me, *people])
    session.flush()
    soon = datetime.now() + timedelta(days=3)
    met = Interaction(organisation_id=client.id, starts_at=datetime(2026, 3, 4, 10), purpose="Показ")
    ahead = Interaction(organisation_id=client.id, starts_at=soon, state="planned", purpose="Обсудить срок")
    seat = Seat(organisation_id=client.id, title="Директор")
    session.add_all([met, ahead, seat])
    session.flush()
    for number, person in enumerate(people):
        place = seat.id if not number else None
        session.add(Employment(person_id=person.id, organisation_id=client.id, seat_id=place))
        session.add(Part(person_id=person.id, organisation_id=client.id, code="decider"))
        session.add(
            Fact(
                person_id=person.id, kind="birthday", text="ДР", date=PartialDate(1970, soon.month, soon.day)
            )
        )
        session.add(Fact(person_id=person.id, kind="hobby", text="Теннис"))
        session.add(Contact(person_id=person.id, kind="phone", value="+7 495 1234567"))
        session.add_all(Participant(interaction_id=one.id, person_id=person.id) for one in (met, ahead))
    session.add(Relationship(from_id=people[0].id, to_id=people[1].id, kind="trusts"))
    session.add(
        Promise(organisation_id=client.id, interaction_id=met.id, person_id=people[0].id, text="прислать ТЗ")
    )
    deal, offer = (
        Deal(organisation_id=client.id, name="Линия"),
        Proposal(organisation_id=client.id, subject="Линия"),
    )
    session.add_all([deal, offer])
    session.flush()
    session.add_all(ProposalReader(proposal_id=offer.id, person_id=one.id) for one in people)
    session.add(DealCompetitor(deal_id=deal.id, organisation_id=client.id))
    session.flush()
    ids = {"client": client.id, "person": people[0].id, "met": met.id, "ahead": ahead.id}
    return {**ids, "deal": deal.id, "proposal": offer.id}


def plant(session: Any, mode: str) -> dict[str, str]:
    """A mark in each text that is ``mode``: by its column (private, personal) or by its row (row)."""
    planted: dict[str, str] = {}
    for entity in entities():
        table = entity.__tablename__
        if session.query(entity).first() is None:
            _add_row(session, entity)
        if table in _MACHINERY:
            continue
        own = next((column.name for column, info in fields_of(entity) if info.row_sensitivity), "")
        for row in session.query(entity).order_by(entity.id).all():
            for column, info in fields_of(entity):
                by_row = bool(own) or table == "custom_value"
                chosen = by_row if mode == "row" else info.sensitivity.value == mode
                if info.kind in _TEXTS and column.name not in _KEPT and chosen:
                    mark = f"{WORD}{len(planted)}в"
                    setattr(row, column.name, mark)
                    planted[mark] = f"{table}.{column.name}"
            if own:
                setattr(row, own, "private" if mode == "row" else "business")
    session.flush()
    return planted


def _mail(data: bytes) -> str:
    message = message_from_bytes(data, policy=default)
    return f"{message['to']} {message['subject']} {message.get_content()}"


class Quick(Press):
    """Writes Word files only."""

    def to_pdf(self, docx: bytes, converter: str = "builtin") -> PdfMade:
        return PdfMade(b"", "builtin", 1)


def _on_own_files(place: Workplace, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The same on files of the user's with every field there is."""
    templates, press = Templates(place.store, clean), Quick()
    for kind in ("brief", "cheat_sheet", "dossier", "results"):
        lines = ["{{ " + entry.tag[1] + " }}" for entry in catalogue(kind).entries]
        templates.set_default(templates.add_own(kind, word_file(*lines), mode="tags", kind=kind))
    briefs = Briefs(place.store, place.vocabularies, press, place.questions)
    sheets = CheatSheets(place.store, place.vocabularies, press, place.questions)
    for subject in (f"client:{ids['client']}", f"proposal:{ids['proposal']}", f"deal:{ids['deal']}"):
        yield "sheet", word_text(sheets.print(subject, "ru").docx)
        yield "sheet in full", word_text(sheets.print(subject, "ru", full=True).docx)
    yield "brief", word_text(briefs.print(ids["ahead"], "ru").docx)
    yield "brief in full", word_text(briefs.print(ids["ahead"], "ru", full=True).docx)
    letters = MeetingLetters(place.store, press)
    yield "letter", word_text(letters.word(ids["met"], letters.draft(ids["met"]).text))
    prints = DossierPrints(place.store, place.vocabularies, press)
    for level in ("business", "business_personal"):
        made = prints.print("client", ids["client"], "ru", DossierOptions(level=level))
        yield level, word_text(made.docx)


def _made(place: Workplace, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    press, client = Press(), ids["client"]
    briefs = Briefs(place.store, place.vocabularies, press, place.questions)
    printed = briefs.print(ids["ahead"], "ru")
    yield "brief", pdf_text(printed.pdf) + word_text(printed.docx) + repr(printed.name)
    sheets = CheatSheets(place.store, place.vocabularies, press, place.questions)
    sheet = sheets.print(f"client:{client}", "ru")
    yield "sheet", pdf_text(sheet.pdf) + word_text(sheet.docx) + repr(sheet.name)
    for subject in (f"client:{client}", f"proposal:{ids['proposal']}", f"deal:{ids['deal']}"):
        yield "sheet", repr(sheets.discreet(subject))
    for subject in (ids["met"], f"client:{client}", f"person:{ids['person']}"):
        yield "brief", repr(briefs.discreet(subject))
    letters = MeetingLetters(place.store, press)
    draft = letters.draft(ids["met"])
    yield "letter", repr((draft.text, draft.to)) + _mail(letters.mail(ids["met"], draft.text))
    yield "letter", word_text(letters.word(ids["met"], draft.text))
    prints = DossierPrints(place.store, place.vocabularies, press)
    for level in ("business", "business_personal"):
        for about, row_id in (("client", client), ("person", ids["person"])):
            paper = prints.print(about, row_id, "ru", DossierOptions(level=level))
            yield level, pdf_text(paper.pdf) + word_text(paper.docx) + repr(paper.name)
    for level in ("business", "personal"):
        yield f"dossier {level}", place.dossiers.export(client, level).decode()
    yield (
        "map",
        place.influence.svg(client, "ru", discreet=True)
        + "".join(place.influence.sheets(client, "ru", discreet=True)),
    )
    for made in (
        place.calendars.calendar_of(ids["met"]),
        place.calendars.calendar_of(ids["ahead"]),
        place.calendars.birthdays(),
    ):
        yield "calendar", made.decode().replace("\r\n ", "")
    card = place.greetings.card(ids["person"], "birthday")
    yield (
        "greeting",
        repr(card.drafts) + _mail(place.greetings.eml(ids["person"], "birthday", "ru", card.drafts[0].text)),
    )


@pytest.fixture(scope="module", params=["private", "personal", "row"])
def papers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    folder = tmp_path_factory.mktemp(request.param) / "vault"
    place = open_workplace(create(folder, "p", cost=KdfCost(1024, 1, 1)))
    try:
        ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)
        planted = place.store.write(
            "record.add", {"noun": "", "name": ""}, lambda session: plant(session, request.param)
        )
        texts: dict[str, str] = {}
        for name, text in (*_made(place, ids), *_on_own_files(place, ids)):
            texts[name] = texts.get(name, "") + text
        return Papers(request.param, planted, texts)
    finally:
        place.close()


NAMES = (
    "brief", "sheet", "letter", "business", "business_personal", "dossier business", "dossier personal", "map", "calendar", "greeting",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_read_that_is_not_meant_for_this_paper(name: str, papers: Papers) -> None:
    allowed = MAY_READ.get(name, set()) if papers.mode == "personal" else set()
    assert papers.read(name) <= allowed


def test_what_is_private_is_read_by_whoever_asks_for_everything(papers: Papers) -> None:
    """Else the tests of the discreet papers would prove nothing."""
    expected = {
        "private": {"person.stance_evidence", "deal_competitor.note", "relationship.note"},
        "personal": {"fact.text"},
        "row": {"promise.text"},
    }[papers.mode]
    assert expected <= papers.read("sheet in full")
    kept = papers.read("sheet in full") | papers.read("brief in full")
    assert papers.mode == "personal" or not kept & papers.read("sheet")


def test_the_marks_stand_in_the_new_tables_and_the_papers_have_words(papers: Papers) -> None:
    expected = {
        "private": {"acquaintance.note", "expected_change.text", "attachment.text", "attachment.path", "statement.source", "deal_competitor.note"},
        "personal": {"fact.text", "interaction.outcome", "promise.witness"},
        "row": {"custom_value.value", "attachment.name", "statement.text", "expected_change.text", "contact.value", "promise.text"},
    }  # fmt: skip
    assert expected[papers.mode] <= set(papers.planted.values())
    unnamed = {"letter", "greeting"} | ({"calendar"} if papers.mode == "row" else set())
    assert all("Иванов" in papers.texts[name] for name in NAMES if name not in unnamed)
    if papers.mode == "personal":
        assert papers.read("brief") and papers.read("business_personal")


# --- what a mark cannot show: addresses and days must be right to go out at all ---------------------------------


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    opened = open_workplace(create(tmp_path / "vault", "p", cost=KdfCost(1024, 1, 1)))
    yield opened
    opened.close()


def test_private_addresses_are_told_to_nobody_else(place: Workplace) -> None:
    """All who were at a meeting read who the letter went to, and a diary is shared."""
    ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)

    def work(session: Any) -> None:
        kinds = (("private", "secret"), ("personal", "home"), ("business", "work"))
        for place_, (sensitivity, word) in enumerate(kinds):
            address = f"{word}@progress.example"
            session.add(
                Contact(person_id=ids["person"], kind="email", value=address, normalised=address, sensitivity=sensitivity, position=place_)
            )  # fmt: skip

    place.store.write("record.add", {"noun": "", "name": ""}, work)
    letters = MeetingLetters(place.store, Press())
    sent = _mail(letters.mail(ids["met"], letters.draft(ids["met"]).text))
    diary = place.calendars.calendar_of(ids["met"]).decode().replace("\r\n ", "")
    for text in (sent, diary):
        assert "work@progress.example" in text
        assert not re.search("secret@|home@", text)


def test_private_birthdays_and_private_meetings_stay_out_of_a_diary(place: Workplace) -> None:
    ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)

    def close(session: Any) -> None:
        for fact in session.scalars(select(Fact).where(Fact.person_id != ids["person"])):
            fact.sensitivity = "personal"
        session.get(Interaction, ids["met"]).sensitivity = "private"
        session.get(Interaction, ids["met"]).place = "Кафе"

    place.store.write("record.add", {"noun": "", "name": ""}, close)
    days = place.calendars.birthdays().decode().replace("\r\n ", "")
    assert "Ёлкина" in days and "Иванов" not in days
    hour = place.calendars.calendar_of(ids["met"]).decode().replace("\r\n ", "")
    assert "SUMMARY:Встреча" in hour and "DTSTART" in hour
    assert not re.search("Показ|Кафе|Иванов|Ёлкина|ATTENDEE", hour)


@pytest.mark.parametrize("level", ["business", "business_personal", "own", "everything"])
@pytest.mark.parametrize("left_out", [(), ("negotiation",), ("family",)])
def test_the_map_in_a_dossier_is_discreet_below_everything(
    level: str, left_out: tuple[str, ...], place: Workplace
) -> None:
    asked: list[bool] = []

    def picture(organisation_id: str, language: str, width_px: int, *, discreet: bool = False) -> bytes:
        asked.append(discreet)
        return b""

    ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)
    prints = DossierPrints(place.store, place.vocabularies, Press(), picture)
    options = DossierOptions(level=level, ceiling=Sensitivity.PERSONAL.value, left_out=left_out)
    prints.data("client", ids["client"], "ru", options)
    assert asked == [not (level == "everything" and not left_out)]


def test_names_that_break_out_of_a_header_do_not(place: Workplace) -> None:
    """A name of an import with line breaks, an address that is none, half a sign in the text."""
    ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)

    def break_(session: Any) -> None:
        session.get(Person, ids["person"]).given_name = "Пётр\r\nBcc: thief@evil.example"
        session.add(
            Contact(
                person_id=ids["person"], kind="email", value="p@progress.example\r\nBcc: thief@evil.example"
            )
        )

    place.store.write("record.add", {"noun": "", "name": ""}, break_)
    mail = message_from_bytes(
        place.greetings.eml(ids["person"], "birthday", "ru", "С днём \ud800!"), policy=default
    )
    assert mail["bcc"] is None and mail["x-unsent"] == "1"
    assert "С днём" in mail.get_content()
    diary = place.calendars.calendar_of(ids["met"]).decode()
    assert not re.search("^Bcc", diary, re.MULTILINE)


def test_the_paper_on_the_table_asks_nothing_that_gives_us_away(place: Workplace) -> None:
    """A question gives away as much as its answer: private fields, the family and what we judge are not asked on paper."""
    ids = place.store.write("record.add", {"noun": "", "name": ""}, rows)
    closed = place.standard.add_field("person", "text", "Тайное", sensitivity="private")
    opened = place.standard.add_field("person", "text", "Открытое")
    asked = {
        "Что в тайном поле?": f"custom.{closed}",
        "А в забытом?": "custom.11111111-1111-4111-8111-111111111111",
        "Есть ли дети?": "fact.family",
        "О чём молчать?": "fact.topic_avoid",
        "За нас ли?": "person.stance",
        "Кого слушает?": "person.relations",
        "Что в открытом поле?": f"custom.{opened}",
    }
    for one in place.questions.list("person"):
        place.questions.delete(one.id)
    for text, about in asked.items():
        place.questions.add("person", text, about=about)
    briefs = Briefs(place.store, place.vocabularies, Press(), place.questions)
    on_paper = {one.text_ru for one in briefs.discreet(f"person:{ids['person']}").questions}
    assert on_paper & set(asked) == {"Что в открытом поле?"}
    on_screen = {one.text_ru for one in briefs.full(f"person:{ids['person']}").brief.questions}
    assert "Есть ли дети?" in on_screen


# --- a template cannot carry private words to the client ----------------------------------------------------------


@pytest.mark.parametrize("kind", CONTRACTS)
@pytest.mark.parametrize("internal", INTERNAL)
def test_a_template_that_names_private_fields_is_told_of_and_never_filled(
    kind: str, internal: str, place: Workplace
) -> None:
    """Every field of the house, in both languages, in a file for the client: the doctor finds it, the renderer refuses."""
    outgoing, renderer = catalogue(kind), Renderer()
    document = TemplateSamples(place.store, Press()).document(kind, "ru")
    tags = [
        tag for entry in catalogue(internal).entries for tag in entry.tag if outgoing.path_of(tag) is None
    ]
    assert tags
    whole = check(word_file(*("{{ " + tag + " }}" for tag in tags)), outgoing, kind, "own")
    assert sum(one.severity == "error" for one in whole) >= len(tags)
    assert "private_field" in {one.kind for one in whole}
    conditions = ("{% if " + tags[0] + " %}да{% endif %}", "{% set x = " + tags[-1] + " %}")
    for written in (*("{{ " + tag + " }}" for tag in tags), *conditions):
        with pytest.raises(KamdeskError):
            renderer.render(word_file(written), document)
