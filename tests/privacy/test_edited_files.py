"""A file edited in Word and sent: nothing that no page shows goes with it, in the Word file and in the PDF."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from kamdesk.bootstrap import Workplace
from kamdesk.documents import cleaning
from kamdesk.documents.picture_notes import bare, orientation
from kamdesk.documents.pictures import png
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience
from tests.documents.word_files import WordFile, paragraph, run
from tests.privacy.marks import read_docx, read_pdf

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPES = "application/vnd.openxmlformats-officedocument"
SECRET = "КАНАРЕЙКА"
Change = Mapping[str, Callable[[str], str]]


def picture(turn: int = 1) -> bytes:
    """A photograph that tells where it was made and how the camera was held, with something behind its end."""
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    made = QImage(40, 20, QImage.Format.Format_RGB32)
    made.fill(0xFFCC0000)
    made.save(held, "JPEG")
    jpeg = held.data().data()
    exif = b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    notes = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(said) + 2) + said
        for marker, said in ((0xE1, exif + SECRET.encode()), (0xED, SECRET.encode()), (0xFE, SECRET.encode()))
    )
    return jpeg[:2] + notes + jpeg[2:] + SECRET.encode() + b"\xff\xd9"


def drawing(said: str) -> str:
    a, pic = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    )
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    shape = (
        f'<pic:spPr><a:xfrm xmlns:a="{a}"><a:off x="0" y="0"/><a:ext cx="900000" cy="400000"/></a:xfrm>'
        f'<a:prstGeom xmlns:a="{a}" prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    blip = f'<pic:blipFill><a:blip xmlns:a="{a}" xmlns:r="{OFFICE}/relationships" r:embed="rIdJ"/></pic:blipFill>'
    inner = f'<pic:pic xmlns:pic="{pic}"><pic:nvPicPr><pic:cNvPr id="0" name="{said}"/><pic:cNvPicPr/></pic:nvPicPr>{blip}{shape}</pic:pic>'
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:extent cx="900000" cy="400000"/><wp:docPr id="77" name="x" descr="{said}"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}">{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )  # fmt: skip


def body(words: str) -> Change:
    return {"word/document.xml": lambda xml: xml.replace("<w:body>", f"<w:body>{words}", 1)}


def related(
    kind: str, target: str, part: str = "word/_rels/document.xml.rels", identity: str = "rIdX"
) -> Change:
    link = f'<Relationship Id="{identity}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
    return {part: lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>")}


def typed(part: str, kind: str) -> Change:
    entry = f'<Override PartName="/{part}" ContentType="{TYPES}.{kind}+xml"/>'
    return {"[Content_Types].xml": lambda xml: xml.replace("</Types>", f"{entry}</Types>")}


def said(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def edited(data: bytes, change: Change, added: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change[name](content.decode()) if name in change else content)
        for name, content in added.items():
            new.writestr(name, content)
    return made.getvalue()


JPEG = {
    "[Content_Types].xml": lambda xml: xml.replace(
        "</Types>", '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>'
    )
}
NOTE = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="7">{paragraph(SECRET)}</w:footnote></w:footnotes>'
PROPERTY = (
    f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" '
    f'pid="2" name="_AuthorEmail"><vt:lpwstr>{SECRET}</vt:lpwstr></property></Properties>'
)  # fmt: skip
STYLE = '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
BASED = '<w:style w:type="paragraph" w:styleId="Below"><w:name w:val="Below"/><w:basedOn w:val="Unseen"/></w:style>'
SETTINGS = {
    "word/settings.xml": lambda xml: re.sub(
        r"(<w:settings[^>]*>)", rf'\1<w:docVars><w:docVar w:name="a" w:val="{SECRET}"/></w:docVars>', xml
    )
}
CORE = {
    "docProps/core.xml": lambda xml: xml.replace(
        "</cp:coreProperties>",
        f"<cp:keywords>{SECRET}</cp:keywords><dc:description>{SECRET}</dc:description><cp:category>{SECRET}</cp:category></cp:coreProperties>",
    )
}
STYLES = {"word/styles.xml": lambda xml: xml.replace("</w:styles>", f"{STYLE}{BASED}</w:styles>")}
UNSEEN = '<w:rStyle w:val="Unseen"/>'
FORBIDDEN = '<w:fldSimple w:instr=" DDE x y "/>'
CARRIED: dict[str, tuple[Change, Mapping[str, bytes]]] = {
    "hidden letters": (body(f"<w:p>{run('видно')}{said(SECRET, '<w:vanish/>')}</w:p>"), {}),
    "letters hidden by their style": (body(f"<w:p>{said(SECRET, UNSEEN)}</w:p>") | STYLES, {}),
    "a paragraph hidden by a style above its own": (
        body(f'<w:p><w:pPr><w:pStyle w:val="Below"/></w:pPr>{run(SECRET)}</w:p>') | STYLES, {}
    ),
    "deleted words outside a deletion": (body(f"<w:p><w:r><w:delText>{SECRET}</w:delText></w:r></w:p>"), {}),
    "properties of somebody's own": (
        related("custom-properties", "docProps/custom.xml", "_rels/.rels") | typed("docProps/custom.xml", "custom-properties"),
        {"docProps/custom.xml": PROPERTY.encode()},
    ),
    "key words and remarks": (CORE, {}),
    "data behind the document": (related("customXml", "../customXml/item1.xml"), {"customXml/item1.xml": f"<x>{SECRET}</x>".encode()}),
    "variables": (SETTINGS, {}),
    "a photograph": (body(drawing("x")) | related("image", "media/p.jpeg", identity="rIdJ") | JPEG, {"word/media/p.jpeg": picture()}),
    "the place of a picture": (
        body(drawing(f"C:\\Users\\{SECRET}\\p.jpeg")) | related("image", "media/p.jpeg", identity="rIdJ") | JPEG,
        {"word/media/p.jpeg": bare(picture())},
    ),
    "a picture that no page shows": (related("image", "media/p.jpeg") | JPEG, {"word/media/p.jpeg": picture()}),
    "a note that nothing refers to": (
        related("footnotes", "footnotes.xml") | typed("word/footnotes.xml", "wordprocessingml.footnotes"),
        {"word/footnotes.xml": NOTE.encode()},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, demo_copy) -> Iterator[tuple[Workplace, str, bytes]]:
    place = demo_copy(tmp_path_factory.mktemp("edited") / "vault", "ru")
    proposal = place.proposals.list()[0].id
    place.generation.generate(proposal, Audience(letters=()), formats=("docx",))
    document = next(one.id for one in place.proposals.page(proposal).documents if one.is_current)
    yield place, document, place.word_files.docx(document)
    place.close()


def tells(words: str, raw: tuple[bytes, ...]) -> bool:
    return SECRET in words or any(SECRET.encode() in one for one in raw)


@pytest.mark.parametrize("name", CARRIED)
def test_what_no_page_shows_stays_here(made: tuple[Workplace, str, bytes], name: str, tmp_path: Path) -> None:
    place, document, data = made
    full = edited(data, *CARRIED[name])
    held = read_docx(full)
    assert tells(held.words, held.raw)
    version = place.word_files.take_back(document, full)
    assert version is not None
    assert place.word_files.docx(version) == full, "the user's own file is kept byte by byte"
    for read in (
        read_docx(place.word_files.outgoing(version)),
        read_pdf(place.word_files.pdf(version), tmp_path),
    ):
        assert not tells(read.words, read.raw)


def test_what_may_not_leave_is_not_drawn_with_what_was_deleted(made: tuple[Workplace, str, bytes]) -> None:
    """A converter that knows deletions strikes them out: it never gets them, even of a file that is refused as a whole."""
    place, document, data = made
    seen: list[bytes] = []
    worker = place.word_files._worker
    convert = worker.to_pdf

    def watched(docx: bytes, converter: str = "builtin") -> object:
        seen.append(docx)
        return convert(docx, converter)

    gone = f'<w:del w:id="9" w:author="x"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
    full = edited(
        data, body(f'<w:p>{run("видно")}{gone}</w:p><w:p><w:fldSimple w:instr=" DDE x y "/></w:p>'), {}
    )
    worker.to_pdf = watched  # type: ignore[method-assign]
    try:
        version = place.word_files.take_back(document, full)
    finally:
        del worker.to_pdf
    with pytest.raises(KamdeskError):
        place.word_files.outgoing(version)
    assert seen and not any(SECRET in read_docx(one).words for one in seen)


def test_a_template_of_ones_own_loses_it_too_and_keeps_its_hidden_conditions() -> None:
    hidden = f"<w:p>{said(SECRET, '<w:vanish/>')}{run('видно')}</w:p>"
    plain = cleaning.clean(WordFile(hidden).build())
    assert [one.code for one in plain.removed] == ["word.removed_unseen"]
    assert SECRET not in read_docx(plain.data).words
    tags = f"<w:p>{said('{% if client.name %}', '<w:vanish/>')}{run('x')}{said('{% endif %}', '<w:vanish/>')}</w:p>"
    assert "endif" in read_docx(cleaning.clean(WordFile(tags).build()).data).words


@pytest.mark.parametrize("turn", range(10))
def test_a_photograph_keeps_its_pixels_and_stands_as_it_stood(turn: int) -> None:
    source = picture(turn)
    left = bare(source)
    assert SECRET.encode() not in left
    assert bare(left) == left
    drawn, kept = QImage(), QImage()
    assert drawn.loadFromData(source) and kept.loadFromData(left) and drawn == kept
    at = left.find(b"Exif\x00\x00")
    assert (orientation(left[at + 6 :]) if at >= 0 else 1) == (turn if 1 < turn <= 8 else 1)


def test_a_png_and_broken_pictures() -> None:
    note = b"tEXt" + SECRET.encode()
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    plain = png(4, 2, b"\xff\x00\x00" * 8, 12)
    assert bare(plain[:33] + chunk + plain[33:] + SECRET.encode()) == plain
    for data in (picture(), plain):
        for size in range(0, len(data), 7):
            assert len(bare(data[:size])) <= size + 36
    assert bare(b"GIF89a") == b"GIF89a"
