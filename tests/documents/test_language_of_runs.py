"""Every run of a made document is in the language of the document, whatever the template or the letterhead says (R10)."""

from __future__ import annotations

import pytest
from lxml import etree

from kamdesk.documents import cleaning, letterhead
from kamdesk.documents.context.build import build
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled
from tests.documents.letterheads import english, russian
from tests.documents.made import packed, parts_of
from tests.documents.sample import EXECUTIVE, proposal, tailored

CODES = {"ru": "ru-RU", "en": "en-GB"}
MARK = b'<w:r><w:rPr><w:lang w:val="de-DE" w:eastAsia="de-DE"/></w:rPr><w:t>'


def _languages(docx: bytes) -> tuple[str, set[str]]:
    """The language that holds where no other is said, and every other one said in the body, styles and notes."""
    parts = parts_of(docx)
    sheet = etree.fromstring(parts["word/styles.xml"])
    default = sheet.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}").get(w("val"))
    said = {
        tag.get(w("val"))
        for name in ("word/styles.xml", "word/document.xml")
        for tag in etree.fromstring(parts[name]).iter(w("lang"))
    }
    return default, said - {default}


def _marked(template: bytes) -> bytes:
    """The template with every run of the body marked as German, as a foreign keyboard does."""
    parts = parts_of(template)
    body = parts["word/document.xml"].replace(b"<w:r><w:t>", MARK)
    parts["word/document.xml"] = body.replace(
        b'<w:r><w:t xml:space="preserve">', MARK[:-1] + b' xml:space="preserve">'
    )
    return packed(parts)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["group", "executive", "people", "finance", "technical", "cover"])
def test_bundled_templates_speak_the_language_of_the_document(name: str, language: str) -> None:
    template = bundled(language, name)
    reader = None if template.kind == "group" else EXECUTIVE
    document = build(proposal(language), tailored(language), template.kind, reader)
    for data in (template.read(), _marked(template.read())):
        assert _languages(Renderer().render(data, document)) == (CODES[language], set())


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("made", [russian, english])
def test_a_letterhead_of_another_language_does_so_too(made: object, language: str) -> None:
    head = _marked(cleaning.clean(made().build()).data)
    document = build(proposal(language), tailored(language), "group")
    template = letterhead.prepare(head, None, "group", language)
    assert _languages(Renderer().render(template, document)) == (CODES[language], set())
