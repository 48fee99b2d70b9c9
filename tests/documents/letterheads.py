"""Letterheads as companies have them, built part by part: a Russian one made by Word's habits, an English one."""

from __future__ import annotations

import struct
import zlib

from tests.documents.word_files import (
    HEAD,
    TEMPLATE,
    R,
    WordFile,
    field,
    linked_picture,
    paragraph,
    relation,
    run,
    table,
)

SMALL = '<w:sz w:val="18"/>'
ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="7A1F2B"/></w:pBdr>'
SAMPLE = "Настоящим направляем вам предложение на поставку оборудования и рассчитываем на сотрудничество."


def png(width: int = 240, height: int = 80, colour: tuple[int, int, int] = (122, 31, 43)) -> bytes:
    """A picture of one colour."""
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def picture(relation_id: str) -> str:
    """A drawing with an embedded picture."""
    return linked_picture(relation_id).replace("r:link", "r:embed")


def russian() -> WordFile:
    """A .dotx with ids «1», «a3», «ab»: a table with logo, requisites and «№ ___ от ___», sample text in Arial by hand.

    It is tied to a template on a server, as a company's files are.
    """
    made = WordFile(main_type=TEMPLATE)
    made.part("word/media/logo.png", png())
    logo = made.relate("image", "media/logo.png")
    left = (
        paragraph(picture(logo))
        + paragraph(run("ООО «Контур-Энерго»", "<w:b/>"))
        + paragraph(run("454000, г. Челябинск, пр. Ленина, д. 5", SMALL))
        + paragraph(run("ИНН 7451000000, тел. +7 (351) 200-00-00", SMALL))
        + paragraph(run("№ ________ от ", SMALL), run("«___» ________ 20__ г.", SMALL))
    )
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
        for width, inner in ((5000, left), (4355, paragraph("")))
    )
    head = (
        f'<w:tbl><w:tblPr><w:tblW w:w="9355" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="5000"/>'
        f'<w:gridCol w:w="4355"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'
    )
    made.body += [
        head,
        paragraph("", properties=RULE),
        paragraph(""),
        paragraph("Директору ООО «Ромашка» Петрову А. А.", properties='<w:jc w:val="right"/>'),
        paragraph("Уважаемый Андрей Андреевич!", properties='<w:jc w:val="center"/>'),
        paragraph(
            run(SAMPLE, ARIAL),
            properties='<w:spacing w:after="120"/><w:ind w:firstLine="709"/><w:jc w:val="both"/>',
        ),
        table(("Наименование", "Цена"), ("Насос", "100")),
        paragraph("С уважением,"),
        paragraph("Генеральный директор И. И. Сидоров"),
    ]
    made.side(
        "footer",
        paragraph(
            run("ООО «Контур-Энерго» · стр. ", SMALL), field(" PAGE "), run(" из ", SMALL), field(" NUMPAGES "),
            properties='<w:jc w:val="center"/>',
        ),
    )  # fmt: skip
    link = (
        f'Type="{R}/attachedTemplate" Target="file:///\\\\srv\\templates\\Blank.dotx" TargetMode="External"'
    )
    made.settings('<w:attachedTemplate r:id="rId1"/>', f'<Relationship Id="rId1" {link}/>')
    return made


def english() -> WordFile:
    """A .docx with the logo in the header and a few lines of sample text in Body Text."""
    made = WordFile()
    made.styles = (
        made.styles.replace('w:styleId="1"', 'w:styleId="Heading1"')
        .replace('w:styleId="a"', 'w:styleId="Normal"')
        .replace('w:val="a"', 'w:val="Normal"')
        .replace("Times New Roman", "Arial")
    )
    made.part("word/media/logo.png", png(colour=(31, 78, 121)))
    address = paragraph(run("Acme Limited · 1 High Street, York", SMALL), properties='<w:jc w:val="right"/>')
    made.side("header", paragraph(picture("rId1")) + address)
    made.part(
        "word/_rels/header1.xml.rels",
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relation('image', 'media/logo.png', 1)}</Relationships>",
    )
    made.body += [
        paragraph("Our ref: ____"),
        paragraph("Date: ____"),
        paragraph("Dear Sir,"),
        paragraph("We are pleased to submit our proposal for the equipment described below.", style="a5"),
        paragraph("Yours faithfully,"),
    ]
    return made
