"""Cleaning of the user's own Word file: what goes, what stays, what is said."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from kamdesk.documents import cleaning, edits, vetting
from kamdesk.documents.ooxml.names import MAIN_DOCUMENT
from kamdesk.documents.ooxml.package import Package
from kamdesk.model.messages import KamdeskError, Message
from tests.documents.letterheads import png, russian
from tests.documents.office import convert
from tests.documents.word_files import (
    MACRO_TEMPLATE,
    WordFile,
    field,
    linked_picture,
    paragraph,
    relation,
    run,
    table,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def codes(cleaned: cleaning.Cleaned) -> list[str]:
    return [message.code for message in cleaned.removed]


def test_a_template_tied_to_a_server_becomes_a_document_that_says_what_went() -> None:
    cleaned = cleaning.clean(russian().build())
    assert cleaned.removed == (
        Message("word.removed_template", {"target": "file:///\\\\srv\\templates\\Blank.dotx"}),
    )
    package = Package.read(cleaned.data)
    assert package.content_type(package.main()) == MAIN_DOCUMENT
    assert b"attachedTemplate" not in b"".join(entries(cleaned.data).values())
    assert vetting.vet(cleaned.data, vetting.OUTPUT) == vetting.VetReport(True, ())
    assert edits.differences(russian().build(), cleaned.data) == ()


def test_macros_of_a_dotm_go_with_their_parts_and_content_type() -> None:
    made = WordFile(paragraph("text"), main_type=MACRO_TEMPLATE)
    made.relations.append(
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    )
    made.part("word/vbaProject.bin", b"code")
    made.part("word/vbaData.xml", "<x/>", "application/vnd.ms-word.vbaData+xml")
    cleaned = cleaning.clean(made.build())
    assert codes(cleaned) == ["word.removed_macros"]
    assert not [name for name in entries(cleaned.data) if "vba" in name]
    assert docx.Document(BytesIO(cleaned.data)).paragraphs[0].text == "text"


def test_comments_changes_and_authors_go_and_the_text_reads_as_accepted() -> None:
    made = WordFile(
        f'<w:p><w:commentRangeStart w:id="0"/>{run("Price ")}<w:del w:id="1" w:author="Spy"><w:r><w:delText>100</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="Spy">{run("200")}</w:ins><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>',
        f'<w:p w:rsidR="00AB12CD"><w:pPr><w:rPr><w:del w:id="3" w:author="Spy"/></w:rPr></w:pPr>{run("joined ")}</w:p>',
        paragraph("with this"),
        f'<w:p><w:moveFrom w:id="4" w:author="Spy">{run("old place")}</w:moveFrom>'
        f'<w:moveTo w:id="5" w:author="Spy">{run("new place")}</w:moveTo></w:p>',
        f'<w:tbl><w:tr><w:trPr><w:del w:id="6" w:author="Spy"/></w:trPr><w:tc>{paragraph("gone")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{paragraph('kept')}</w:tc></w:tr></w:tbl>",
    )
    made.comments("secret remark", "Spy")
    made.core(
        "<dc:creator>Spy</dc:creator><cp:lastModifiedBy>Spy</cp:lastModifiedBy><dc:title>Title</dc:title>"
    )
    cleaned = cleaning.clean(made.build())
    assert edits.visible_text(cleaned.data).splitlines() == [
        "Price 200",
        "joined with this",
        "new place",
        "kept",
    ]
    everything = b"".join(entries(cleaned.data).values())
    for trace in (b"Spy", b"secret", b"rsid", b"comment"):
        assert trace not in everything
    assert b"Title" in everything
    assert set(codes(cleaned)) == {"word.removed_comments", "word.removed_changes", "word.removed_authors"}


def test_fields_that_may_not_stay_leave_their_text() -> None:
    made = WordFile(
        paragraph("by ", field(" AUTHOR ", "Ivanov", pieces=3), " page ", field(" PAGE ", "7")),
        '<w:p><w:fldSimple w:instr=" FILENAME \\p ">' + run("C:\\x.docx") + "</w:fldSimple></w:p>",
    )
    cleaned = cleaning.clean(made.build())
    assert cleaned.removed == (Message("word.removed_fields", {"n": 2}),)
    assert edits.visible_text(cleaned.data).splitlines() == ["by Ivanov page 7", "C:\\x.docx"]
    document = entries(cleaned.data)["word/document.xml"]
    assert b"PAGE" in document
    assert b"AUTHOR" not in document
    assert document.count(b"fldChar ") == 3


def test_a_linked_logo_is_offered_and_embedded_when_its_file_is_given() -> None:
    made = WordFile(paragraph("text"))
    logo = made.relate("image", "file:///S:/brand/logo.png", external=True)
    made.body.append(f"<w:p>{linked_picture(logo)}</w:p>")
    cleaned = cleaning.clean(made.build())
    assert codes(cleaned) == ["word.removed_picture"]
    (offer,) = cleaned.offers
    target = str(offer.params["target"])
    assert target == "file:///S:/brand/logo.png"
    assert b"blip" not in entries(cleaned.data)["word/document.xml"]

    filled = cleaning.clean(made.build(), {target: png()})
    assert filled.removed == filled.offers == ()
    assert png() in entries(filled.data).values()
    assert len(docx.Document(BytesIO(filled.data)).inline_shapes) == 1
    with pytest.raises(KamdeskError) as caught:
        cleaning.clean(made.build(), {target: b"MZ"})
    assert caught.value.message.code == "word.not_a_picture"


def test_links_to_files_lose_the_link_and_keep_the_words() -> None:
    made = WordFile()
    bad = made.relate("hyperlink", "file:///C:/price.xlsx", external=True)
    good = made.relate("hyperlink", "https://example.com", external=True)
    made.body.append(
        f'<w:p><w:hyperlink r:id="{bad}">{run("price")}</w:hyperlink> <w:hyperlink r:id="{good}">{run("site")}</w:hyperlink></w:p>'
    )
    cleaned = cleaning.clean(made.build())
    assert codes(cleaned) == ["word.removed_link"]
    assert edits.visible_text(cleaned.data) == "pricesite"
    assert "https://example.com" in edits.text(cleaned.data)


def test_protection_and_the_preview_picture_go() -> None:
    made = WordFile(paragraph("text"))
    made.settings('<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:trackRevisions/>')
    made.root_relations.append(
        '<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" '
        'Target="docProps/thumbnail.png"/>'
    )
    made.part("docProps/thumbnail.png", png())
    cleaned = cleaning.clean(made.build())
    assert codes(cleaned) == ["word.removed_protection"]
    assert "docProps/thumbnail.png" not in entries(cleaned.data)
    assert b"trackRevisions" not in entries(cleaned.data)["word/settings.xml"]


def test_an_object_leaves_the_picture_that_stood_for_it() -> None:
    made = WordFile()
    made.part("word/media/image1.png", png())
    image = made.relate("image", "media/image1.png")
    number = made.relate("oleObject", "embeddings/oleObject1.bin")
    made.part("word/embeddings/oleObject1.bin", b"\xd0\xcf")
    made.body.append(
        f'<w:p><w:r><w:object w:dxaOrig="1"><v:shape id="s" style="width:50pt;height:20pt"><v:imagedata r:id="{image}"/></v:shape>'
        f'<o:OLEObject Type="Embed" ShapeID="s" r:id="{number}"/></w:object></w:r></w:p>'
    )
    cleaned = cleaning.clean(made.build())
    assert codes(cleaned) == ["word.removed_ole"]
    names = entries(cleaned.data)
    assert "word/embeddings/oleObject1.bin" not in names
    assert "word/media/image1.png" in names
    assert b"<w:pict" in names["word/document.xml"]


def test_what_leaves_the_house_tells_of_no_author() -> None:
    made = WordFile(f'<w:p><w:ins w:id="1" w:author="Spy">{run("text")}</w:ins></w:p>')
    made.comments("remark", "Spy")
    made.core("<dc:creator>Spy</dc:creator>")
    clean = cleaning.strip_personal(made.build())
    assert b"Spy" not in b"".join(entries(clean).values())
    assert edits.visible_text(clean) == "text"
    with pytest.raises(KamdeskError):
        cleaning.strip_personal(WordFile(paragraph(field("DDE x"))).build())


def test_cleaning_twice_changes_nothing_more() -> None:
    once = cleaning.clean(russian().build())
    assert cleaning.clean(once.data) == cleaning.Cleaned(once.data, (), ())


@pytest.mark.office
def test_libreoffice_shows_the_cleaned_file_as_before(tmp_path: Path) -> None:
    made = russian()
    made.body.append(table(("a", "b"), ("c", paragraph(field("AUTHOR", "Ivanov")))))
    made.parts["word/_rels/document.xml.rels.bak"] = relation("x", "y", 1).encode()
    cleaned = cleaning.clean(made.build())
    assert edits.differences(cleaned.data, convert(cleaned.data, tmp_path)) == ()


@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.docx")) or [""])
def test_files_of_other_programs_come_through_cleaning_unharmed(name: str) -> None:
    if not name:
        pytest.skip("the folder shared/data/word is not beside this clone")
    data = (SHARED / name).read_bytes()
    cleaned = cleaning.clean(data)
    assert edits.differences(data, cleaned.data) == ()
    assert docx.Document(BytesIO(cleaned.data)).paragraphs
    assert set(codes(cleaned)) <= {"word.removed_authors", "word.removed_unseen"}
