"""Rendering: what is put in comes out exactly, blocks stand where their tag stood, nothing of the template's author leaves."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.documents import vetting
from kamdesk.documents.blocks import (
    Bullets,
    Heading,
    KeyValues,
    Paragraph,
    Picture,
    Run,
    Table,
    text,
)
from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.sections import prose
from kamdesk.documents.pictures import png
from kamdesk.documents.render import Renderer, blocks_of
from kamdesk.documents.templates import all_bundled, bundled, for_subject
from kamdesk.model.messages import KamdeskError
from tests.documents.made import PLACES, packed, parts_of, template_with, words_of
from tests.documents.sample import EXECUTIVE, proposal, tailored

RENDERER = Renderer()
AWKWARD = "A & B <b>«ёлочки»</b> \"x\" 'y' {{ not a tag }} {% nor this %} {_{ 😀 𝄞 \u00a0\u2011 ]]> &amp; \\n"


def _document(kind: str = "group", language: str = "ru", **client: Any) -> OutgoingDocument:
    data = proposal(language)
    data = replace(data, client=replace(data.client, **client))
    return build(data, tailored(language), kind, None if kind == "group" else EXECUTIVE)


def _with(document: OutgoingDocument, **blocks: Any) -> OutgoingDocument:
    return replace(document, blocks={**document.blocks, **blocks})


@pytest.mark.parametrize("template", all_bundled(), ids=lambda item: item.id)
def test_every_bundled_template_makes_a_sound_file(template: Any) -> None:
    made = RENDERER.render(template.read(), _document(template.kind, template.language))
    assert vetting.vet(made, vetting.OUTPUT).ok, vetting.vet(made, vetting.OUTPUT).findings
    assert vetting.vet(template.read(), vetting.FOREIGN).ok
    reopened = docx.Document(io.BytesIO(made))
    assert reopened.paragraphs
    assert b"{{" not in b"".join(data for name, data in parts_of(made).items() if name.endswith(".xml"))
    assert (
        f'w:val="{"ru-RU" if template.language == "ru" else "en-GB"}"'.encode()
        in parts_of(made)["word/styles.xml"]
    )


def test_rendering_twice_gives_the_same_bytes() -> None:
    template, document = bundled("ru", "group").read(), _document()
    assert RENDERER.render(template, document) == Renderer().render(template, document)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_exact_wherever_its_tag_stands(place: str) -> None:
    made = RENDERER.render(
        template_with("[{{ client.short_name }}]", place, language="en"),
        _document(language="en", name=AWKWARD),
    )
    folder = {"header": "word/header", "footer": "word/footer", "footnote": "word/footnotes"}.get(
        place, "word/document"
    )
    found = "\n".join(words_of(made, name) for name in parts_of(made) if re.match(folder + r"\d*\.xml", name))
    assert f"[{AWKWARD}]" in found


@given(st.text(max_size=60))
def test_any_text_is_exact(value: str) -> None:
    made = RENDERER.render(
        template_with("[{{ client.short_name }}]", language="en"), _document(language="en", name=value)
    )
    legal = "".join(c for c in value.replace("\r\n", "\n").replace("\r", "\n") if _in_xml(c))
    expected = f"[{legal}]" if value else "[Northgate Steel plc]"
    assert expected in words_of(made)


def _in_xml(character: str) -> bool:
    code = ord(character)
    return code in (9, 10) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def test_a_megabyte_of_text_is_exact() -> None:
    long = "Ы & <🙂> «x»\n" * 80_000
    made = RENDERER.render(
        template_with("{{ client.short_name }}", language="en"), _document(language="en", name=long)
    )
    assert long in words_of(made)


def test_blocks_are_exact_too() -> None:
    nodes = (
        Heading(AWKWARD, 2), text(AWKWARD), Bullets(((Run(AWKWARD),),)), Bullets(((Run(AWKWARD),),), numbered=True),
        Table((AWKWARD,), ((AWKWARD,),), total_rows=1), KeyValues(((AWKWARD, AWKWARD),)),
    )  # fmt: skip
    made = RENDERER.render(bundled("ru", "group").read(), _with(_document(), body=nodes))
    assert words_of(made).count(AWKWARD) == 8
    assert vetting.vet(made, vetting.OUTPUT).ok


def test_a_block_in_a_cell_a_header_and_an_empty_one() -> None:
    for place in ("cell", "header", "footer", "footnote"):
        made = RENDERER.render(
            template_with("{{ block.terms }}", place, language="en"), _document(language="en")
        )
        assert vetting.vet(made, vetting.OUTPUT).ok
        docx.Document(io.BytesIO(made))
        empty = _with(_document(language="en"), terms=())
        assert vetting.vet(
            RENDERER.render(template_with("{{ block.terms }}", place, language="en"), empty), vetting.OUTPUT
        ).ok


def test_pictures_carry_their_alt_text_and_are_stored_once() -> None:
    picture = Picture("Логотип & «знак»", 40, png=png(2, 1, b"\xff\x00\x00\x00\x00\xff", 6))
    made = RENDERER.render(
        bundled("ru", "group").read(), _with(_document(), logo=(picture,), body=(picture, picture))
    )
    parts = parts_of(made)
    assert len([name for name in parts if name.startswith("word/media/")]) == 1
    assert "Логотип &amp; «знак»".encode() in parts["word/document.xml"]
    header = next(name for name in parts if re.match(r"word/header\d", name) and b"drawing" in parts[name])
    assert f"word/_rels/{header.rpartition('/')[2]}.rels" in parts
    assert len(docx.Document(io.BytesIO(made)).inline_shapes) == 2
    identities = re.findall(rb'docPr id="(\d+)"', b"".join(parts.values()))
    assert len(identities) == len(set(identities))


def test_tables_repeat_their_head_and_keep_their_rows() -> None:
    rows = tuple((str(number), "x") for number in range(60))
    made = RENDERER.render(
        bundled("ru", "group").read(),
        _with(_document(), body=(Table(("a", "b"), rows, total_rows=2),)),
    )
    body = parts_of(made)["word/document.xml"]
    assert body.count(b"<w:tblHeader/>") == 1
    assert body.count(b"<w:cantSplit/>") >= 61


@pytest.mark.parametrize("numbered", [False, True])
def test_words_that_lead_to_a_list_never_end_a_page(numbered: bool) -> None:
    said = ("Выгоды:", "первая", "вторая", "И ещё:", "третья", "Иначе")
    inner = ("", "bullet", "bullet", "more", "number", "more")
    nodes = (Bullets(tuple((Run(one),) for one in said), numbered, inner), *prose("Итого:\n- раз\nДва"))
    made = RENDERER.render(bundled("ru", "group").read(), _with(_document(), body=nodes))
    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    kept = [
        one.text
        for one in paragraphs
        if one.text in (*said, "Итого:", "раз", "Два") and one.paragraph_format.keep_with_next
    ]
    assert kept == ["Выгоды:", "И ещё:", "Итого:"]


def test_the_properties_are_ours_and_nobody_elses() -> None:
    source = docx.Document(io.BytesIO(bundled("en", "group").read()))
    source.core_properties.author = "Mallory"
    source.core_properties.last_modified_by = "Trent"
    source.core_properties.comments = "Eve"
    paragraph = source.add_paragraph("kept ")
    paragraph._p.append(_element('<w:ins w:id="1" w:author="Mallory"><w:r><w:t>added</w:t></w:r></w:ins>'))
    paragraph._p.append(
        _element('<w:del w:id="2" w:author="Mallory"><w:r><w:delText>gone</w:delText></w:r></w:del>')
    )
    source.add_comment(paragraph.runs, "secret", author="Mallory", initials="M")
    target = io.BytesIO()
    source.save(target)
    made = RENDERER.render(target.getvalue(), _document(language="en"))
    everything = b"".join(parts_of(made).values())
    for word in (b"Mallory", b"Trent", b"Eve<", b"gone", b"secret", b"rsid"):
        assert word not in everything
    assert "kept added" in words_of(made)
    properties = docx.Document(io.BytesIO(made)).core_properties
    assert properties.author == "Contour Energy Ltd"
    assert properties.title == "Proposal No. 2026-117: Heat recovery for the reheating furnaces of Shop 2"
    assert properties.revision == 1


def _element(xml: str) -> Any:
    from lxml import etree

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return etree.fromstring(xml.replace(" ", f' xmlns:w="{space}" ', 1))


def test_tags_in_either_language_and_split_over_runs() -> None:
    parts = parts_of(template_with("{{ client.name }} = {{ клиент.название }}", language="ru"))
    document = parts["word/document.xml"].decode()
    split = document.replace(
        "{{ клиент.наз", "{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ клиент.</w:t></w:r><w:r><w:t>наз"
    )
    parts["word/document.xml"] = split.encode()
    assert "АО «Уралметпром» = АО «Уралметпром»" in words_of(RENDERER.render(packed(parts), _document()))


def test_conditions_and_rows_that_a_template_may_have() -> None:
    template = template_with(
        "{% if block.terms %}{{ client.name|upper }}{% else %}no{% endif %}", language="en"
    )
    assert "NORTHGATE STEEL PLC" in words_of(RENDERER.render(template, _document(language="en")))


def test_an_unknown_field_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(KamdeskError) as refused:
        RENDERER.render(template_with("{{ клиент.назване }}", language="ru"), _document())
    assert refused.value.message.code == "documents.unknown_field_nearest"
    assert refused.value.message.params["nearest"] == "клиент.название"


def test_a_block_inside_a_sentence_is_refused() -> None:
    with pytest.raises(KamdeskError) as refused:
        RENDERER.render(template_with("Prices: {{ block.prices }}"), _document(language="en"))
    assert refused.value.message.code == "documents.block_not_alone"


def test_what_is_no_word_file_is_refused() -> None:
    for data in (b"", b"PK\x03\x04", b"%PDF-1.4", bundled("ru", "group").read()[:5000]):
        with pytest.raises(KamdeskError):
            RENDERER.render(data, _document())


def test_a_template_without_headings_gets_them() -> None:
    bare = docx.Document()
    for name in ("Heading 1", "Heading 2", "Heading 3", "List Bullet"):
        bare.styles[name].delete()
    bare.add_paragraph("{{ блок.всё }}")
    target = io.BytesIO()
    bare.save(target)
    made = docx.Document(io.BytesIO(RENDERER.render(target.getvalue(), _document())))
    assert [p.text for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert any(p.text.startswith("\u2022\t") for p in made.paragraphs)


def test_blocks_follow_the_formatting_of_the_place() -> None:
    source = docx.Document()
    paragraph = source.add_paragraph()
    run = paragraph.add_run("{{ блок.понимание }}")
    run.font.name, run.font.size = "Times New Roman", docx.shared.Pt(14)
    paragraph.paragraph_format.first_line_indent = docx.shared.Mm(12.5)
    target = io.BytesIO()
    source.save(target)
    made = docx.Document(io.BytesIO(RENDERER.render(target.getvalue(), _document())))
    body = next(p for p in made.paragraphs if p.text.startswith("Цех № 2"))
    assert body.runs[0].font.name == "Times New Roman"
    assert body.runs[0].font.size == docx.shared.Pt(14)
    assert body.paragraph_format.first_line_indent == paragraph.paragraph_format.first_line_indent


def test_which_blocks_a_template_has() -> None:
    assert "block.body" in blocks_of(bundled("ru", "group").read(), "group")
    assert for_subject("ru", "effect").id == "bundled.finance.ru"


def test_a_paragraph_of_a_role_falls_back_to_body_text() -> None:
    nodes = (
        Paragraph((Run("note"),), role="small"),
        Paragraph((Run("lead", italic=True),), role="lead", align="center"),
    )
    made = RENDERER.render(bundled("ru", "group").read(), _with(_document(), body=nodes))
    assert "note\nlead" in words_of(made)
