"""The cheat sheet: who is on it, what it says of them, what a paper on a table never says, that it is two pages at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from kamdesk.bootstrap import Workplace
from kamdesk.cli.propose import make_demo
from kamdesk.model.internal import CheatSheet
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Employment, Organisation, Part, Person, Relationship
from kamdesk.services.cheat_sheet import MOST_PAGES, CheatSheets, SheetSubject
from tests.services.press import Press, pdf_text, word_text

FAMILY = "Самарин"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    opened, _client = make_demo(tmp_path_factory.mktemp("demo") / "vault", "ru")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(place: Workplace) -> str:
    proposal = place.proposals.list()[0]
    return place.proposals.page(proposal.id).organisation_id


@pytest.fixture
def sheets(place: Workplace) -> CheatSheets:
    return CheatSheets(place.store, place.vocabularies, Press(), place.questions)


def proposal_of(place: Workplace, client: str) -> str:
    return place.proposals.list(client)[0].id


def test_the_group_of_a_client_is_those_with_a_part(
    place: Workplace, sheets: CheatSheets, client: str
) -> None:
    found = sheets.full(f"client:{client}")
    with_part = set(
        place.store.read(
            lambda s: s.scalars(select(Part.person_id).where(Part.organisation_id == client)).all()
        )
    )
    assert {one.id for one in found.sheet.members} <= with_part
    assert FAMILY in {one.name.family for one in found.sheet.members}
    assert found.reach and found.ties and found.concessions and found.deals
    boss = next(one for one in found.sheet.members if one.name.family == FAMILY)
    judged = found.of(boss.id)
    assert judged is not None and judged.stance_evidence and judged.parts
    assert {boss.id} <= {end for tie in found.ties_of(boss.id) for end in (tie.source, tie.target)}


def test_a_proposal_brings_its_readers_in_order_and_its_own_choice(
    place: Workplace, sheets: CheatSheets, client: str
) -> None:
    proposal = proposal_of(place, client)
    readers = [one.person_id for one in place.proposals.page(proposal).readers]
    found = sheets.full(f"proposal:{proposal}").sheet
    assert [one.id for one in found.members] == readers
    assert found.about == place.proposals.page(proposal).values["subject"]
    told = {one.text for member in found.members for one in member.done if one.how == "told"}
    assert all(not told.intersection(member.to_say) for member in found.members[:1])


def test_what_was_told_in_another_language_is_not_to_be_said_again(
    place: Workplace, sheets: CheatSheets, client: str
) -> None:
    proposal = proposal_of(place, client)
    reader, argument = next(
        (reader, argument)
        for reader in place.proposals.page(proposal).readers
        for argument in (place.library.argument(one.argument_id) for one in reader.chosen)
        if not argument.twins and not argument.told
    )
    words = argument.short or argument.text

    def to_say() -> tuple[str, ...]:
        members = sheets.discreet(f"proposal:{proposal}").members
        return next(one.to_say for one in members if one.id == reader.person_id)

    assert words in to_say()
    twin = place.library.translate("argument", argument.id, "en", {"text": "Said in English"})
    place.tellings.tell(reader.person_id, twin, None)
    assert words not in to_say()
    for _step in range(2):
        place.vault.history.undo()


def test_a_deal_adds_who_has_a_part_in_it_alone(place: Workplace, sheets: CheatSheets, client: str) -> None:
    deal = next(one for one in place.deals.list(client) if one.is_open)

    def outsider(session: Any) -> str:
        person = Person(family_name="Сторонний")
        session.add(person)
        session.flush()
        session.add(Part(person_id=person.id, organisation_id=client, deal_id=deal.id, code="approver"))
        return str(person.id)

    person = place.store.write("record.add", {"noun": "", "name": ""}, outsider)
    found = sheets.full(f"deal:{deal.id}")
    assert found.sheet.members[0].id == person and found.sheet.about == deal.name
    judged = found.of(person)
    assert judged is not None and judged.parts == ("approver",)
    assert [one.name for one in found.deals] == [deal.name]
    assert person not in {one.id for one in sheets.full(f"client:{client}").sheet.members}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_full_paper_says_what_the_discreet_one_keeps(
    place: Workplace, sheets: CheatSheets, client: str, language: str
) -> None:
    subject = f"proposal:{proposal_of(place, client)}"
    full, discreet = (sheets.print(subject, language, full=whole) for whole in (True, False))
    private = sheets.full(subject)
    evidence = next(one.stance_evidence for one in private.judged if one.stance_evidence)[:20]
    secrets = [
        evidence,
        private.deals[0].rivals[0][0],
        *(["отношение:", "Ещё не знаем"] if language == "ru" else ["stance:", "Not known yet"]),
    ]
    for secret in secrets:
        assert secret in word_text(full.docx) and secret not in word_text(discreet.docx)
    for made, eyes in ((full, "Только для себя"), (discreet, "Только для внутреннего")):
        assert made.pages <= MOST_PAGES
        if language == "ru":
            assert pdf_text(made.pdf).count(eyes) == made.pages
        assert FAMILY in pdf_text(made.pdf)
        assert "амятка" not in made.name and "heat" not in made.name


def test_a_discreet_sheet_has_no_room_for_judgements() -> None:
    names = {one.name for one in fields(CheatSheet)}
    assert not names & {"judged", "deals", "reach", "ties", "concessions", "stance", "parts"}


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_a_crowd_is_counted_and_stays_on_two_pages(place: Workplace, sheets: CheatSheets, paper: str) -> None:
    def crowd(session: Any) -> str:
        firm = Organisation(short_name=f"Толпа {paper}")
        session.add(firm)
        session.flush()
        people = [
            Person(
                family_name=f"Участников{number:02}",
                influence=number % 4,
                stance=number % 7 - 3,
                stance_evidence="Сказал на встрече, что решать будет не он, " * 6,
            )
            for number in range(30)
        ]
        session.add_all(people)
        session.flush()
        for one in people:
            session.add(Employment(person_id=one.id, organisation_id=firm.id))
            session.add(Part(person_id=one.id, organisation_id=firm.id, code="commission"))
            session.add(Relationship(from_id=one.id, to_id=people[0].id, kind="trusts"))
        return str(firm.id)

    firm = place.store.write("record.add", {"noun": "", "name": ""}, crowd)
    made = sheets.print(f"client:{firm}", "ru", paper=paper, full=True)
    assert made.pages <= MOST_PAGES and "и ещё" in pdf_text(made.pdf).replace("\u00a0", " ")


def test_a_client_without_anybody_and_a_wrong_subject_are_told(
    place: Workplace, sheets: CheatSheets, client: str
) -> None:
    def empty(session: Any) -> str:
        firm = Organisation(short_name="Пусто")
        session.add(firm)
        session.flush()
        return str(firm.id)

    firm = place.store.write("record.add", {"noun": "", "name": ""}, empty)
    with pytest.raises(KamdeskError) as told:
        sheets.print(f"client:{firm}", "ru")
    assert told.value.message.code == "sheet.nobody"
    for wrong in ("", "client:", "meeting:1", "deal:none"):
        with pytest.raises(KamdeskError) as told:
            sheets.full(wrong)
        assert told.value.message.code == "record.gone"
    with pytest.raises(KamdeskError) as told:
        sheets.print(f"client:{client}", "ru", paper="a3")
    assert told.value.message.code == "sheet.paper"
    assert str(SheetSubject.parse("deal:x")) == "deal:x"


def test_ties_that_ended_and_people_who_left_are_not_opposite(place: Workplace, sheets: CheatSheets) -> None:
    def rows(session: Any) -> tuple[str, str]:
        firm = Organisation(short_name="Прошлое")
        session.add(firm)
        people = [Person(family_name="Здесь"), Person(family_name="Тоже"), Person(family_name="Ушедший")]
        session.add_all(people)
        session.flush()
        for one in people:
            session.add(Part(person_id=one.id, organisation_id=firm.id, code="user"))
        for one in people[:2]:
            session.add(Employment(person_id=one.id, organisation_id=firm.id))
        gone = Employment(person_id=people[2].id, organisation_id=firm.id, is_former=True)
        session.add(gone)
        from kamdesk.model.values import PartialDate

        session.add(
            Relationship(from_id=people[0].id, to_id=people[1].id, kind="rival", until=PartialDate(2020))
        )
        return str(firm.id), str(people[2].id)

    firm, gone = place.store.write("record.add", {"noun": "", "name": ""}, rows)
    found = sheets.full(f"client:{firm}")
    assert gone not in {one.id for one in found.sheet.members} and not found.ties


def test_days_are_those_of_the_clock(place: Workplace, sheets: CheatSheets, client: str) -> None:
    today = place.store.now().date()
    assert isinstance(today, date) and not isinstance(today, datetime)
    assert sheets.print(f"client:{client}", "ru").name.endswith(today.isoformat())
