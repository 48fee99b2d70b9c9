"""Builders of Word files for the tests: written part by part, so that each may be wrong in one place only."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MACRO_TEMPLATE = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360f8cf0000030101"
    "00c9fe92ef0000000049454e44ae426082"
)
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" '
    'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
)


def run(text: str, properties: str = "") -> str:
    """A run with its text, escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{escaped}</w:t></w:r>'
    )


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph; an item that is not markup becomes a run."""
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    style_mark = f'<w:pStyle w:val="{style}"/>' if style else ""
    marks = f"<w:pPr>{style_mark}{properties}</w:pPr>" if style or properties else ""
    return f"<w:p>{marks}{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of text cells; a cell that is markup is taken as it is."""
    made = ""
    for row in rows:
        cells = "".join(
            f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row
        )
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def field(code: str, result: str = "1", pieces: int = 1) -> str:
    """A complex field whose code is split into so many runs."""
    size = max(1, -(-len(code) // pieces))
    parts = "".join(
        f'<w:r><w:instrText xml:space="preserve">{code[at : at + size]}</w:instrText></w:r>'
        for at in range(0, len(code), size)
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{parts}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def relation(kind: str, target: str, number: int, external: bool = False) -> str:
    """A relation with the id rId<number>."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"{mode}/>'


RUSSIAN_STYLES = f"""{HEAD}<w:styles {NAMESPACES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>
<w:sz w:val="24"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:next w:val="a"/>
<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:color w:val="7A1F2B"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:next w:val="a"/>
<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:color w:val="7A1F2B"/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>
<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="a2"><w:name w:val="No List"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="header"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="Body Text"/><w:basedOn w:val="a"/>
<w:pPr><w:spacing w:after="120"/><w:ind w:firstLine="709"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ab"><w:name w:val="List Bullet"/><w:basedOn w:val="a"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="table" w:styleId="ac"><w:name w:val="Table Grid"/><w:basedOn w:val="a1"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/><w:left w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/><w:right w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="7A1F2B"/>
</w:tblBorders></w:tblPr></w:style>
</w:styles>"""

NUMBERING = f"""{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


class WordFile:
    """A Word file in the making. ``body`` is markup; ``relations`` are those of the document part."""

    def __init__(self, *body: str, main_type: str = MAIN, section: str = SECTION) -> None:
        self.body = list(body)
        self.section = section
        self.main_type = main_type
        self.styles = RUSSIAN_STYLES
        self.relations: list[str] = [
            relation("styles", "styles.xml", 1),
            relation("numbering", "numbering.xml", 2),
        ]
        self.root_relations: list[str] = [relation("officeDocument", "word/document.xml", 1)]
        self.parts: dict[str, bytes] = {"word/numbering.xml": NUMBERING.encode()}
        self.types: dict[str, str] = {
            "word/styles.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
            "word/numbering.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
        }

    def part(self, name: str, content: str | bytes, content_type: str = "") -> WordFile:
        """Add a part."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        if content_type:
            self.types[name] = content_type
        return self

    def relate(self, kind: str, target: str, external: bool = False) -> str:
        """Add a relation of the document; its id."""
        number = len(self.relations) + 1
        self.relations.append(relation(kind, target, number, external))
        return f"rId{number}"

    def side(self, kind: str, inner: str, name: str = "") -> str:
        """Add a header or footer and refer to it from the section; its part name."""
        name = name or f"{kind}1.xml"
        tag = {"header": "hdr", "footer": "ftr"}[kind]
        number = self.relate(kind, name)
        self.section = self.section.replace(
            "<w:sectPr>", f'<w:sectPr><w:{kind}Reference w:type="default" r:id="{number}"/>', 1
        )
        content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        self.part(f"word/{name}", f"{HEAD}<w:{tag} {NAMESPACES}>{inner}</w:{tag}>", content_type)
        return f"word/{name}"

    def footnote(self, inner: str) -> None:
        """Add a footnotes part with one note."""
        self.relate("footnotes", "footnotes.xml")
        content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        self.part(
            "word/footnotes.xml",
            f'{HEAD}<w:footnotes {NAMESPACES}><w:footnote w:id="2">{inner}</w:footnote></w:footnotes>',
            content_type,
        )

    def settings(self, inner: str, relations: str = "") -> None:
        """Add a settings part with its own relations."""
        self.relate("settings", "settings.xml")
        content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
        self.part("word/settings.xml", f"{HEAD}<w:settings {NAMESPACES}>{inner}</w:settings>", content_type)
        if relations:
            self.part("word/_rels/settings.xml.rels", _relations(relations))

    def comments(self, text: str, author: str) -> None:
        """Add a comments part with one comment."""
        self.relate("comments", "comments.xml")
        content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        self.part(
            "word/comments.xml",
            f'{HEAD}<w:comments {NAMESPACES}><w:comment w:id="0" w:author="{author}">{paragraph(text)}</w:comment></w:comments>',
            content_type,
        )

    def core(self, inner: str) -> None:
        """Add core properties."""
        self.root_relations.append(
            '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
        )
        self.part(
            "docProps/core.xml",
            f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>',
            "application/vnd.openxmlformats-package.core-properties+xml",
        )

    def entries(self) -> dict[str, bytes]:
        """All parts by name."""
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in {"word/document.xml": self.main_type, **self.types}.items()
        )
        types = (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            f"{overrides}</Types>"
        )
        document = (
            f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(self.body)}{self.section}</w:body></w:document>"
        )
        return {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": _relations("".join(self.root_relations)).encode(),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _relations("".join(self.relations)).encode(),
            "word/styles.xml": self.styles.encode(),
            **self.parts,
        }

    def build(self) -> bytes:
        """The bytes of the file."""
        return pack(list(self.entries().items()))


def pack(entries: list[tuple[str, bytes]]) -> bytes:
    """A zip of entries as given, repeated names included."""
    import warnings

    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def _relations(inner: str) -> str:
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def linked_picture(relation_id: str) -> str:
    """A drawing whose picture is linked, not embedded."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr id="1" name="logo"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="logo"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{relation_id}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
