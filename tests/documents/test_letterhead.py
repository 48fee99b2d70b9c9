"""Letterhead mode: a company's own Word file without a single tag becomes a template, in both languages."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kamdesk.documents import cleaning, doctor, edits, letterhead, vetting
from kamdesk.documents.context.build import build
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.ooxml.names import w
from kamdesk.documents.ooxml.package import Package
from kamdesk.documents.render import Renderer
from tests.documents.letterheads import SAMPLE, english, png, russian
from tests.documents.office import convert
from tests.documents.sample import EXECUTIVE, proposal, tailored
from tests.documents.word_files import (
    HEAD,
    NAMESPACES,
    SECTION,
    WordFile,
    field,
    linked_picture,
    paragraph,
    run,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"
KINDS = ("group", "variant", "cover")


def cleaned(made: WordFile) -> bytes:
    return cleaning.clean(made.build()).data


def lines(data: bytes) -> list[str]:
    return edits.visible_text(data).splitlines()


def suggested(data: bytes) -> letterhead.Place:
    (found,) = [place for place in letterhead.places(data) if place.suggested]
    return found


def test_places_describe_the_body_and_point_behind_the_letterhead() -> None:
    found = letterhead.places(cleaned(russian()))
    assert [(place.index, place.kind, place.role) for place in found] == [
        (0, "table", "head"),
        (1, "empty", "head"),
        (2, "empty", ""),
        (3, "text", "address"),
        (4, "text", "salutation"),
        (5, "text", ""),
        (6, "table", ""),
        (7, "text", "signature"),
        (8, "text", "signature"),
        (9, "end", ""),
    ]
    assert [place.index for place in found if place.suggested] == [2]
    assert found[5].text == SAMPLE
    assert found[6].text == "Наименование | Цена | Насос | 100"


@pytest.mark.parametrize(
    ("body", "index"),
    [
        ((), 0),
        ((paragraph("Текст письма без шапки"),), 0),
        (
            (
                paragraph("ООО «Ромашка»"),
                paragraph("тел. 200-00-00"),
                paragraph("Исх. № 5"),
                paragraph("Текст"),
            ),
            2,
        ),
        (
            (
                paragraph("ООО «Ромашка»"),
                paragraph(""),
                paragraph("www.example.ru"),
                paragraph(""),
                paragraph("Текст"),
            ),
            3,
        ),
        ((paragraph("Генеральному директору ООО «Ромашка»"), paragraph("Текст")), 0),
        ((paragraph("Acme Ltd"), paragraph("Phone 1"), paragraph("Our ref: 5"), paragraph("Dear Sir,")), 2),
        ((paragraph("Acme Ltd", style="1"), paragraph("Text")), 0),
    ],
)
def test_the_suggestion(body: tuple[str, ...], index: int) -> None:
    assert suggested(WordFile(*body).build()).index == index


def test_styles_are_found_by_name_whatever_their_ids() -> None:
    assert letterhead.styles(cleaned(russian())) == letterhead.StyleMap(
        heading1="1",
        heading2="2",
        heading3="",
        normal="a",
        text="a",
        list_bullet="ab",
        list_number="",
        table="ac",
    )
    found = letterhead.styles(cleaned(english()))
    assert (found.heading1, found.normal, found.text) == ("Heading1", "Normal", "a5")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_prepared_letterhead_is_a_template_the_doctor_finds_nothing_in(kind: str, language: str) -> None:
    source = cleaned(russian() if language == "ru" else english())
    template = letterhead.prepare(source, None, kind, language)
    assert vetting.vet(template, vetting.OUTPUT) == vetting.VetReport(True, ())
    assert doctor.check(template, catalogue(kind), kind) == ()
    assert letterhead.prepare(source, None, kind, language) == template


def test_everything_before_the_place_stays_and_old_text_goes() -> None:
    template = letterhead.prepare(cleaned(russian()), None, "variant", "ru")
    assert lines(template) == [
        "",
        "ООО «Контур-Энерго»",
        "454000, г. Челябинск, пр. Ленина, д. 5",
        "ИНН 7451000000, тел. +7 (351) 200-00-00",
        "№ {{ предложение.номер }} от {{ предложение.дата }}",
        "",
        "",
        "{{ получатель.кому }}",
        "{{ блок.заголовок }}",
        "{{ получатель.обращение }}",
        "{{ блок.показатели }}",
        "{{ блок.текст }}",
        "{{ блок.подпись }}",
        "{{ блок.приложения }}",
        "ООО «Контур-Энерго» · стр. 1 из 1",
    ]
    document = docx.Document(BytesIO(template))
    assert len(document.tables) == 1
    assert len(document.inline_shapes) == 1


def test_text_takes_the_look_of_the_old_text() -> None:
    template = letterhead.prepare(cleaned(russian()), None, "group", "ru")
    package = Package.read(template)
    tag = next(
        item for item in package.tree(package.main()).iter(w("p")) if "блок.текст" in "".join(item.itertext())
    )
    assert tag.find(f"{w('pPr')}/{w('ind')}").get(w("firstLine")) == "709"
    assert tag.find(f"{w('r')}/{w('rPr')}/{w('rFonts')}").get(w("ascii")) == "Arial"
    sheet = package.tree("word/styles.xml")
    fonts = {
        style.get(w("styleId")): font.get(w("ascii"))
        for style in sheet.iter(w("style"))
        if (font := style.find(f"{w('rPr')}/{w('rFonts')}")) is not None
    }
    assert fonts == {"1": "Arial", "2": "Arial", "ab": "Arial"}


def test_the_place_may_be_pointed_at() -> None:
    source = cleaned(russian())
    assert "Уважаемый Андрей Андреевич!" in lines(letterhead.prepare(source, 5, "group", "ru"))
    at_end = lines(letterhead.prepare(source, 9, "group", "ru"))
    assert SAMPLE in at_end
    assert "{{ блок.текст }}" in at_end
    from_start = lines(letterhead.prepare(source, 0, "group", "ru"))
    assert from_start[0] == "Исх. № {{ предложение.номер }} от {{ предложение.дата }}"
    for start, kind in ((10, "group"), (-1, "group"), (0, "poem")):
        with pytest.raises(ValueError, match="."):
            letterhead.prepare(source, start, kind, "ru")


def test_the_section_of_the_place_keeps_its_page() -> None:
    made = WordFile(
        paragraph("ООО «Ромашка»"),
        paragraph("Текст", properties=SECTION.replace('w:w="11906" w:h="16838"', 'w:w="11000" w:h="16000"')),
        paragraph("Альбомное приложение"),
    )
    made.side("footer", paragraph(field(" PAGE ")))
    template = letterhead.prepare(made.build(), None, "group", "ru")
    package = Package.read(template)
    (section,) = package.tree(package.main()).iter(w("sectPr"))
    assert section.find(w("pgSz")).get(w("w")) == "11000"
    assert section is package.tree(package.main()).find(w("body"))[-1]


def test_a_logo_anchored_to_the_page_survives_in_whatever_text_it_stood() -> None:
    def floating(relation_id: str, frame: str) -> str:
        inner = linked_picture(relation_id).replace("r:link", "r:embed")
        start = (
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" '
            'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="{frame}"><wp:posOffset>9</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="{frame}"><wp:posOffset>9</wp:posOffset></wp:positionV>'
        )
        inner = inner.replace("<wp:inline>", start).replace("</wp:inline>", "</wp:anchor>")
        return inner.replace("<wp:docPr", "<wp:wrapNone/><wp:docPr")

    made = WordFile()
    made.part("word/media/logo.png", png())
    logo = made.relate("image", "media/logo.png")
    made.body += [paragraph("Текст", floating(logo, "page")), paragraph("Ещё", floating(logo, "paragraph"))]
    package = Package.read(letterhead.prepare(made.build(), 0, "group", "ru"))
    document = package.tree(package.main())
    assert (
        len(
            list(
                document.iter(
                    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
                )
            )
        )
        == 1
    )
    assert "word/media/logo.png" in package.parts


def test_what_only_the_old_text_used_is_gone_from_the_file() -> None:
    made = WordFile(paragraph("ООО «Ромашка»"))
    made.part("word/media/old.png", png())
    old = linked_picture(made.relate("image", "media/old.png")).replace("r:link", "r:embed")
    link = made.relate("hyperlink", "https://other-client.example", external=True)
    made.body.append(
        f'<w:p>{run("Рисунок")}{old}<w:hyperlink r:id="{link}">{run("сайт")}</w:hyperlink></w:p>'
    )
    made.body.append('<w:p><w:r><w:footnoteReference w:id="2"/></w:r><w:bookmarkEnd w:id="1"/></w:p>')
    made.body.insert(0, '<w:p><w:bookmarkStart w:id="1" w:name="Другой_клиент"/></w:p>')
    made.footnote(paragraph("Цена для другого клиента"))
    made.relate("glossaryDocument", "glossary/document.xml")
    made.part(
        "word/glossary/document.xml",
        f"{HEAD}<w:glossaryDocument {NAMESPACES}><w:body>{paragraph('Заготовка')}</w:body></w:glossaryDocument>",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml",
    )
    everything = edits.text(letterhead.prepare(made.build(), 2, "group", "ru"))
    for trace in ("old.png", "other-client", "другого клиента", "Другой_клиент", "Заготовка"):
        assert trace in edits.text(made.build())
        assert trace not in everything
    assert "ООО «Ромашка»" in everything


def test_a_file_without_styles_or_sections_works_too() -> None:
    made = WordFile(paragraph("Текст"), section="")
    made.styles = f"{HEAD}<w:styles {NAMESPACES}/>"
    template = letterhead.prepare(made.build(), None, "group", "ru")
    assert Renderer().render(template, build(proposal("ru"), tailored("ru"), "group"))
    assert letterhead.styles(made.build()).normal == ""


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_rendered_letterhead_carries_the_proposal_and_the_companys_own_lines(
    kind: str, language: str
) -> None:
    source = cleaned(russian() if language == "ru" else english())
    template = letterhead.prepare(source, None, kind, language)
    reader = None if kind == "group" else EXECUTIVE
    document = build(proposal(language), tailored(language), kind, reader)
    rendered = Renderer().render(template, document)
    assert vetting.vet(rendered, vetting.OUTPUT) == vetting.VetReport(True, ())
    text = edits.visible_text(rendered)
    assert "{{" not in text
    assert proposal(language).number in text
    assert ("ООО «Контур-Энерго»" if language == "ru" else "Acme Limited") in text
    assert SAMPLE not in text
    if kind != "group":
        assert document.fields["recipient"]["salutation"] in text
    styles = {
        style.get(w("val")) for style in Package.read(rendered).tree("word/document.xml").iter(w("pStyle"))
    }
    if kind != "cover":
        assert ("1" if language == "ru" else "Heading1") in styles


@pytest.mark.office
@pytest.mark.parametrize("language", ["ru", "en"])
def test_libreoffice_draws_a_rendered_letterhead(language: str, tmp_path: Path) -> None:
    source = cleaned(russian() if language == "ru" else english())
    template = letterhead.prepare(source, None, "variant", language)
    rendered = Renderer().render(
        template, build(proposal(language), tailored(language), "variant", EXECUTIVE)
    )
    pdf = tmp_path / "out.pdf"
    pdf.write_bytes(convert(rendered, tmp_path, "pdf"))
    drawn = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert proposal(language).number in drawn
    assert ("ООО «Контур-Энерго» · стр. 1 из" if language == "ru" else "Acme Limited") in drawn
    assert "{{" not in drawn


@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.docx")) or [""])
def test_files_of_other_programs_serve_as_letterheads(name: str) -> None:
    if not name:
        pytest.skip("the folder shared/data/word is not beside this clone")
    source = cleaning.clean((SHARED / name).read_bytes()).data
    assert suggested(source).index >= 0
    assert letterhead.styles(source).normal in ("Normal", "")
    template = letterhead.prepare(source, 0, "group", "en")
    tags = [
        item for item in doctor.check(template, catalogue("group"), "group") if item.kind != "unknown_field"
    ]
    assert [item for item in tags if item.severity == "error"] == []
