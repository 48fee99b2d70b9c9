"""Templates for the tests: a bundled one with tags put into any part of it, and readers of what comes out."""

from __future__ import annotations

import io
import re
import zipfile

from kamdesk.documents.templates import bundled

PLACES = ("body", "header", "footer", "footnote", "cell", "row")
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A Word file of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def escaped(text: str) -> str:
    """The text for XML, quotes too."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def template_with(text: str, place: str = "body", kind: str = "group", language: str = "en") -> bytes:
    """The bundled template with a paragraph of ``text`` in one place of it."""
    parts = parts_of(bundled(language, kind).read())
    words = f'<w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    paragraph = f"<w:p>{words}</w:p>"
    if place == "body":
        parts["word/document.xml"] = _before_section(parts["word/document.xml"], paragraph)
    elif place in ("header", "footer"):
        name = next(name for name in sorted(parts) if re.match(rf"word/{place}\d", name))
        parts[name] = parts[name].replace(b"</w:hdr>", paragraph.encode() + b"</w:hdr>")
        parts[name] = parts[name].replace(b"</w:ftr>", paragraph.encode() + b"</w:ftr>")
    elif place == "footnote":
        _add_footnote(parts, paragraph)
    elif place == "cell":
        parts["word/document.xml"] = _before_section(parts["word/document.xml"], _table(paragraph))
    else:
        loop = _table(
            "<w:p><w:r><w:t>{%tr if true %}</w:t></w:r></w:p>",
            paragraph,
            "<w:p><w:r><w:t>{%tr endif %}</w:t></w:r></w:p>",
        )
        parts["word/document.xml"] = _before_section(parts["word/document.xml"], loop)
    return packed(parts)


def _table(*cells: str) -> str:
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{cell}</w:tc></w:tr>' for cell in cells
    )
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{rows}</w:tbl><w:p/>'


def _before_section(document: bytes, added: str) -> bytes:
    at = document.rindex(b"<w:sectPr")
    return document[:at] + added.encode() + document[at:]


def _add_footnote(parts: dict[str, bytes], paragraph: str) -> None:
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {_W}><w:footnote w:id="2">{paragraph}</w:footnote></w:footnotes>'.encode()
    )
    # A note that no place of the text refers to is taken out with what else nobody sees.
    mark = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts["word/document.xml"] = _before_section(parts["word/document.xml"], mark)
    types = parts["[Content_Types].xml"]
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTES_TYPE}"/></Types>'
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override.encode())
    relations = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rIdNotes" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())


def words_of(docx: bytes, part: str = "word/document.xml") -> str:
    """The text of one part, paragraphs on lines."""
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = etree.fromstring(parts_of(docx)[part])
    lines = []
    for paragraph in root.iter(space + "p"):
        pieces = {
            space + "t": lambda node: node.text or "",
            space + "br": lambda _: "\n",
            space + "tab": lambda _: "\t",
        }
        lines.append("".join(pieces[node.tag](node) for node in paragraph.iter(*pieces)))
    return "\n".join(lines)
