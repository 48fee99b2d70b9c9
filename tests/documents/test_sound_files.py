"""Every kind of file that leaves is sound to the letter: bundled documents, letterheads, templates made, repaired and cleaned (R9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kamdesk.bootstrap import Workplace
from kamdesk.documents import cleaning, doctor, internal_templates, letterhead
from kamdesk.documents.context.build import build
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.context.results_letter import letter_document, letter_text
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import Template, all_bundled
from kamdesk.model.inputs import ClientData
from kamdesk.model.internal import DossierOptions
from kamdesk.model.letter import Agreement, LetterData
from tests.documents import big, letterheads, sample
from tests.documents.made import PLACES, parts_of, template_with
from tests.documents.test_letterhead_tables import MAKERS, page
from tests.documents.word_schema import faults

READERS = {"executive": sample.EXECUTIVE, "people": sample.PEOPLE, "finance": sample.FINANCE,
           "technical": sample.TECHNICAL, "cover": sample.EXECUTIVE}  # fmt: skip


@pytest.mark.parametrize("source", [sample, big], ids=["small", "big"])
@pytest.mark.parametrize("template", all_bundled(), ids=lambda one: one.id)
def test_documents_of_bundled_templates(template: Template, source: Any) -> None:
    language, name = template.language, template.path.name.partition(".")[0]
    made = build(source.proposal(language), source.tailored(language), template.kind, READERS.get(name))
    docx = Renderer().render(template.read(), made)
    assert faults(template.read()) == [] and faults(docx) == []
    accessible(docx, language, made.title)


def results(language: str) -> bytes:
    """The letter with a meeting's results."""
    data = sample.proposal(language)
    letter = LetterData(
        language=language, date=date(2026, 11, 23), kind="meeting", met_on=date(2026, 11, 20),
        client=ClientData(data.client.name, data.client.legal_name), company=data.company, signatory=data.signatory,
        phone="+7 351 200-45-67", email="info@kontur-energo.example", readers=data.readers[:2],
        ours=(Agreement("Прислать проект привязки", "Белов А. Ю.", date(2026, 11, 30)), Agreement("Назвать срок", "", None)),
        theirs=(Agreement("Согласовать окно останова", "Громов А. В.", date(2026, 12, 2)),),
        next_step="Встреча на площадке", next_step_on=date(2026, 12, 2),
    )  # fmt: skip
    document = letter_document(letter, letter_text(letter))
    return Renderer().render(internal_templates.read("results", language), document)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_letter_with_results(language: str) -> None:
    docx = results(language)
    assert faults(docx) == []
    accessible(docx, language, "")


def internal(place: Workplace, language: str) -> dict[str, bytes]:
    """The documents of the house of the demo's client by the name of their template, as Word files."""
    client = next(row.id for row in place.organisations.list() if row.kind == "client")
    made = {}
    for paper, ending in (("a4", ""), ("a5", "_a5")):
        made[f"brief{ending}"] = place.briefs.print(f"client:{client}", language, paper=paper).docx
        made[f"cheat_sheet{ending}"] = place.cheat_sheets.print(
            f"client:{client}", language, paper=paper
        ).docx
        options = DossierOptions(paper=paper)
        made[f"dossier{ending}"] = place.dossier_prints.print("client", client, language, options).docx
    return made


@pytest.mark.parametrize("language", ["ru", "en"])
def test_documents_of_the_house(
    language: str, tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]
) -> None:
    place = demo_copy(tmp_path / "vault", language)
    try:
        made = internal(place, language)
    finally:
        place.close()
    assert set(made) | {"results"} == set(internal_templates.NAMES)
    for name, docx in made.items():
        assert faults(docx) == [], name
        accessible(docx, language, "")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("maker", [*MAKERS, letterheads.russian, letterheads.english])
def test_letterheads_cleaned_made_templates_and_filled(maker: Any, language: str) -> None:
    raw = maker().build() if maker in (letterheads.russian, letterheads.english) else page(maker)
    cleaned = cleaning.clean(raw).data
    template = letterhead.prepare(cleaned, None, "group", language)
    document = build(sample.proposal(language), sample.tailored(language), "group")
    docx = Renderer().render(template, document)
    own = set(faults(raw))  # what a company's file had wrong before
    for data in (cleaned, template, docx):
        assert set(faults(data)) <= own
    accessible(docx, language, document.title)


def accessible(docx: bytes, language: str, title: str) -> None:
    """A reader's program is told the language, the title, what are headings, table heads and pictures; no one's name or path is in."""
    parts = parts_of(docx)
    core = parts["docProps/core.xml"].decode()
    assert f"<dc:language>{'ru-RU' if language == 'ru' else 'en-GB'}</dc:language>" in core
    assert "<dc:title></dc:title>" not in core and title.partition(":")[0] in core
    sheet = etree.fromstring(parts["word/styles.xml"])
    assert next(sheet.iter(w("lang"))).get(w("val")) == ("ru-RU" if language == "ru" else "en-GB")
    outline = {style.get(w("styleId")) for style in sheet.iterfind(w("style")) if style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None}  # fmt: skip
    body = etree.fromstring(parts["word/document.xml"])
    used = [node.get(w("val")) for node in body.iter(w("pStyle"))]
    headings = [one for one in used if "heading" in one.lower()]
    assert all(one in outline for one in headings)
    for table in body.iter(w("tbl")):
        look = table.find(f"{w('tblPr')}/{w('tblLook')}")
        if look is not None and look.get(w("firstRow")) == "1" and len(table.findall(w("tr"))) > 1:
            assert table.find(f"{w('tr')}/{w('trPr')}/{w('tblHeader')}") is not None
    for name, data in parts.items():
        for trace in (b"python-docx", b"/home/", b"C:\\Users", b"/%s/" % b"root", b"w:rsid", b"docId"):
            assert trace not in data, f"{trace!r} in {name}"


@pytest.mark.parametrize("place", PLACES)
def test_a_template_that_was_repaired(place: str) -> None:
    broken = template_with("{{ наша.название }} и {{ «предложение.номер» }}", place, language="ru")
    repaired = doctor.repair(broken, catalogue("group")).data
    assert repaired != broken
    assert set(faults(repaired)) <= set(faults(broken))
