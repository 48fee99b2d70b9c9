"""The documents of the demo speak to each reader differently and say the same of prices, terms and dates (issue item 2, R5, R6)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents import edits
from kamdesk.model.inputs import ReaderArguments
from kamdesk.rules.markup import plain as unmarked
from kamdesk.services.generation import Audience, Made

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LENSES = ("executive", "people", "finance", "technical")
CONTACTS = {
    "ru": ("Полякова", "+7 900 000-03-12", "polyakova@zarechny-karton.example"),
    "en": ("Ruth Costello", "+353 20 910 0312", "ruth.costello@ballinree.example"),
}
NO_CONSENT = {"ru": "Дроздов", "en": "Pettigrew"}
FIGURES = {
    "ru": ("36 592 924,00", "29 994 200,00", "6 598 724,00", "КП-114", "23 ноября 2026", "23 декабря 2026", "Аванс 30 %"),
    "en": ("1,850,104.50", "1,504,150.00", "345,954.50", "LF-072", "23 November 2026", "23 December 2026", "30% within 10"),
}  # fmt: skip
FIRST_PART = {
    "ru": {"executive": "Особые условия", "people": "Опыт и рекомендации", "finance": "Экономический эффект",
           "technical": "Техническое решение"},
    "en": {"executive": "Special terms", "people": "Experience and references", "finance": "Economic effect",
           "technical": "Technical solution"},
}  # fmt: skip
TYPE_WORDS = re.compile(
    r"executive|finance\b|technical\b|people\b|procurement|\blens|stance|Руководство|Персонал|\bФинансы|\bТехника|Закупки|Тип участника"
    r"|Проявляет интерес|Поддерживает|Сомневается|Нейтральн",
    re.IGNORECASE,
)
SUBJECT_HEADINGS = {"Technical solution"}


@dataclass(frozen=True)
class Demo:
    """The demo in one language with every document made."""

    language: str
    place: Workplace
    proposal: str
    made: tuple[Made, ...]

    def variant(self, lens: str) -> Made:
        return next(
            one for one in self.made if one.kind == "variant" and one.lenses[one.reader_ids[0]] == lens
        )

    def said(self, lens: str) -> ReaderArguments:
        made = self.variant(lens)
        return next(item for item in made.reasons if item.reader_id == made.reader_ids[0])

    def again(self, lens: str) -> ReaderArguments:
        """The arguments of this reader as they would be chosen now."""
        reader = self.variant(lens).reader_ids[0]
        (made,) = self.place.generation.generate(
            self.proposal, Audience(group=False, letters=(), variants=(reader,)), formats=("docx",)
        )
        return next(item for item in made.reasons if item.reader_id == reader)


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=["ru", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder: Path = tmp_path_factory.mktemp("demo") / "vault"
    place, client = make_demo(folder, request.param, clock=clock)
    try:
        proposal = place.proposals.list(client)[0].id
        readers = tuple(reader.id for reader in place.proposals.page(proposal).readers)
        made = place.generation.generate(proposal, Audience(variants=readers))
        yield Demo(request.param, place, proposal, made)
    finally:
        place.close()


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-").split())


def pdf_text(made: Made) -> str:
    assert made.pdf is not None
    document = pypdfium2.PdfDocument(made.pdf)
    try:
        return plain(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def headings(made: Made) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made.docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for paragraph in root.iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        if style is not None and (style.get(f"{WORD}val") or "").startswith(("Heading", "Title", "Subtitle")):
            found.append("".join(node.text or "" for node in paragraph.iter(f"{WORD}t")))
    return found


def test_the_first_argument_is_what_this_reader_decides_by(demo: Demo) -> None:
    first = {lens: demo.said(lens).chosen[0] for lens in LENSES}
    assert first["executive"].evidence_kind == "exclusive"
    assert first["people"].evidence_kind == "reference"
    assert first["people"].recommender_id
    assert first["finance"].evidence_kind == "figure"
    assert any(sign.isdigit() for sign in first["finance"].text)
    assert first["technical"].evidence_kind in ("figure", "case")
    assert len({item.text for item in first.values()}) == len(LENSES)
    assert all(str(item.reason) for item in first.values())


@pytest.mark.parametrize("lens", LENSES)
def test_each_variant_begins_with_its_own_subject_and_argument(demo: Demo, lens: str) -> None:
    made = demo.variant(lens)
    parts = [text for text in headings(made) if text in FIRST_PART[demo.language].values()]
    assert parts[0] == FIRST_PART[demo.language][lens]
    own = plain(unmarked(demo.said(lens).chosen[0].text))
    others = [plain(unmarked(demo.said(other).chosen[0].text)) for other in LENSES if other != lens]
    text = plain(edits.text(made.docx))
    assert own in text
    assert not [other for other in others if other in text and text.index(other) < text.index(own)]


def test_references_and_the_benefit_table_stand_on_the_page(demo: Demo) -> None:
    people, finance = demo.variant("people"), demo.variant("finance")
    text = pdf_text(people)
    assert all(contact in text for contact in CONTACTS[demo.language])
    assert not [one.file_name for one in demo.made if NO_CONSENT[demo.language] in pdf_text(one)]
    effect = {"ru": ("Накопленный эффект", "−29 994 200"), "en": ("Cumulative effect", "−1,504,150")}[
        demo.language
    ]
    page = plain(edits.text(finance.docx))
    assert all(words in page for words in effect)
    assert b"word/media/" in finance.docx


def test_number_date_prices_terms_and_validity_are_the_same_everywhere(demo: Demo) -> None:
    wanted = FIGURES[demo.language]
    for made in demo.made:
        docx, pdf = plain(edits.text(made.docx)), pdf_text(made)
        expected = wanted if made.kind != "cover" else (wanted[3], wanted[4], wanted[5])
        for words in expected:
            assert words in docx, (made.file_name, words)
            assert words in pdf, (made.file_name, words)
    amounts = {
        frozenset(re.findall(r"\d[\d ]*,\d\d\b|\d[\d,]*\.\d\d\b", pdf_text(one)))
        for one in demo.made
        if one.kind != "cover"
    }
    assert len(amounts) == 1


def test_no_type_or_stance_in_headings_names_and_properties(demo: Demo) -> None:
    for made in demo.made:
        with zipfile.ZipFile(io.BytesIO(made.docx)) as archive:
            core = etree.fromstring(archive.read("docProps/core.xml"))
            app = etree.fromstring(archive.read("docProps/app.xml"))
        shown = [made.file_name, *core.itertext(), *app.itertext()]
        shown += [text for text in headings(made) if text not in SUBJECT_HEADINGS]
        assert not [text for text in shown if TYPE_WORDS.search(text)], made.file_name


def test_a_letter_fits_one_page(demo: Demo) -> None:
    letters = [made for made in demo.made if made.kind == "cover"]
    assert len(letters) == 5
    assert {made.pages for made in letters} == {1}


def test_own_criteria_and_a_changed_type_change_the_result(demo: Demo) -> None:
    before = demo.said("executive")
    page = demo.place.proposals.page(demo.proposal)
    reader = next(item for item in page.readers if item.id == before.reader_id)
    own = demo.place.people.card(reader.person_id).criteria
    demo.place.people.set_criteria(("payback", "tco"), person_id=reader.person_id)
    by_criteria = demo.again("executive")
    demo.place.people.set_criteria(own, person_id=reader.person_id)
    assert by_criteria.chosen[0].text != before.chosen[0].text
    demo.place.proposals.set_reader_lens(reader.id, "technical")
    by_type = demo.again("executive")
    demo.place.proposals.set_reader_lens(reader.id, "executive")
    assert by_type.subject != before.subject
    assert [item.text for item in by_type.chosen] != [item.text for item in before.chosen]
