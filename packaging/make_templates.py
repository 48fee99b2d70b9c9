"""Makes the bundled Word templates of resources/templates: the source of their design.

Run ``python packaging/make_templates.py`` after changing it; the files are kept in the repository. Only what Word, LibreOffice and the
built-in converter all draw is used: Arial, U+2022 bullets, complex fields with a ``separate`` part, no capitals set by formatting.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

INK = "1F2A36"
MUTED = "5B6672"
RULE = "C3CCD5"
FONT = "Arial"
TEXT_WIDTH = 170  # mm


@dataclass(frozen=True)
class Design:
    """What tells one template from another. ``accent`` colours headings and rules; ``tint`` fills table heads."""

    name: str
    accent: str
    tint: str
    figures: bool = False
    numbered: bool = False
    letter: bool = False
    internal: str = ""
    """a4 or a5: a document that stays in the house, on this paper."""


DESIGNS = (
    Design("group", "1F3F66", "E8EEF5", figures=True),
    Design("executive", "14304F", "E6EBF2", figures=True),
    Design("people", "1E5B57", "E6F0EF"),
    Design("finance", "27446B", "E8EEF5"),
    Design("technical", "33475B", "EAEEF2", numbered=True),
    Design("cover", "1F3F66", "E8EEF5", letter=True),
)
RESULTS = Design("results", "1F3F66", "E8EEF5", letter=True)
BRIEFS = (
    Design("brief", "1F2A36", "EDEFF2", internal="a4"),
    Design("brief_a5", "1F2A36", "EDEFF2", internal="a5"),
)
SHEETS_OF_GROUP = (
    Design("cheat_sheet", "1F2A36", "EDEFF2", internal="a4"),
    Design("cheat_sheet_a5", "1F2A36", "EDEFF2", internal="a5"),
)
DOSSIERS = (
    Design("dossier", "1F3F66", "EDEFF2", internal="a4"),
    Design("dossier_a5", "1F3F66", "EDEFF2", internal="a5"),
)

WORDS = {
    "ru": {
        "proposal": "Коммерческое предложение",
        "no": "Исх. № ",
        "of": " от ",
        "page": "Стр. ",
        "of_pages": " из ",
        "running": "{{ наша.название }} · Коммерческое предложение № {{ предложение.номер }}",
        "tag": {
            "our_full": "наша.полное_название", "our": "наша.название", "address": "наша.адрес", "contacts": "наша.контакты",
            "requisites": "наша.реквизиты", "number": "предложение.номер", "date": "предложение.дата",
            "subject": "предложение.тема", "to": "получатель.кому", "salutation": "получатель.обращение",
            "logo": "блок.логотип", "figures": "блок.показатели", "body": "блок.текст", "signature": "блок.подпись",
            "annexes": "блок.приложения", "team": "блок.команда",
        },
        "about": "О предложении № {{ предложение.номер }}: {{ предложение.тема }}",
    },
    "en": {
        "proposal": "Proposal",
        "no": "Ref. ",
        "of": ", ",
        "page": "Page ",
        "of_pages": " of ",
        "running": "{{ our.name }} · Proposal No. {{ proposal.number }}",
        "tag": {
            "our_full": "our.full_name", "our": "our.name", "address": "our.address", "contacts": "our.contacts",
            "requisites": "our.requisites", "number": "proposal.number", "date": "proposal.date",
            "subject": "proposal.subject", "to": "recipient.to", "salutation": "recipient.salutation",
            "logo": "block.logo", "figures": "block.figures", "body": "block.body", "signature": "block.signature",
            "annexes": "block.annexes", "team": "block.team",
        },
        "about": "Proposal No. {{ proposal.number }}: {{ proposal.subject }}",
    },
}  # fmt: skip


class Maker:
    """Builds one template."""

    def __init__(self, design: Design, language: str) -> None:
        self.design = design
        self.words: dict[str, Any] = WORDS[language]
        self.doc = Document()
        self.language = language

    def tag(self, name: str) -> str:
        return "{{ " + self.words["tag"][name] + " }}"

    def make(self) -> bytes:
        self.page()
        self.styles()
        self.lists()
        self.table_style()
        self.letterhead()
        self.running_lines()
        self.head()
        if self.design.letter:
            self.letter()
        else:
            self.proposal()
        return self.saved()

    # --- page and styles ----------------------------------------------------------------------------------

    def page(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(22), Mm(18)
        section.top_margin, section.bottom_margin = Mm(19), Mm(18)
        section.header_distance, section.footer_distance = Mm(10), Mm(9)
        section.different_first_page_header_footer = True

    def style(self, name: str, kind: Any = WD_STYLE_TYPE.PARAGRAPH, based: str | None = None) -> Any:
        styles = self.doc.styles
        found = styles[name] if name in [item.name for item in styles] else styles.add_style(name, kind)
        if based is not None:
            found.base_style = styles[based]
        return found

    def formatted(
        self, name: str, size: float, *, colour: str = INK, bold: bool = False, before: float = 0, after: float = 0,
        line: float = 1.0, based: str | None = None, keep: bool = False,
    ) -> Any:  # fmt: skip
        style = self.style(name, based=based)
        font = style.font
        font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
        font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [*fonts.attrib]:
            del fonts.attrib[attribute]
        for attribute in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{attribute}"), FONT)
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
        shape.keep_with_next = keep
        shape.widow_control = True
        return style

    def styles(self) -> None:
        accent = self.design.accent
        letter = self.design.letter
        size, line, after = (11, 1.3, 9) if letter else (10.5, 1.15, 6)
        self.formatted("Normal", size, after=after, line=line)
        self.formatted("Title", 22, colour=accent, bold=True, before=6, after=2)
        self.formatted("Subtitle", 13, colour=MUTED, after=12, line=1.1)
        self.formatted("Heading 1", 14, colour=accent, bold=True, before=16, after=6, keep=True)
        self.formatted("Heading 2", 11.5, colour=INK, bold=True, before=10, after=4, keep=True)
        self.formatted("Heading 3", 10.5, colour=MUTED, bold=True, before=8, after=3, keep=True)
        self.formatted("List Bullet", size, after=7 if letter else 5, line=line if letter else 1.1)
        self.formatted("List Number", size, after=3, line=line)
        self.formatted("Caption", 9, colour=MUTED, before=3, after=8)
        self.formatted("Header", 8.5, colour=MUTED)
        self.formatted("Footer", 8.5, colour=MUTED)
        self.formatted("Proposal Cell", 9.5, before=1, after=1, based="Normal", line=1.08)
        self.formatted("Proposal Note", 8.5, colour=MUTED, before=2, after=4, based="Normal")
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            borders = self.doc.styles[name].element.pPr.find(qn("w:pBdr"))
            if borders is not None:
                self.doc.styles[name].element.pPr.remove(borders)
        self.tune_defaults()

    def tune_defaults(self) -> None:
        sheet = self.doc.styles.element
        defaults = sheet.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for fonts in defaults.findall(qn("w:rFonts")):
            for attribute in [*fonts.attrib]:
                del fonts.attrib[attribute]
            for attribute in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{attribute}"), FONT)
        # The built-in converter prefers a default size to a style's size inside tables.
        for size in [*defaults.findall(qn("w:sz")), *defaults.findall(qn("w:szCs"))]:
            defaults.remove(size)
        self.tune_settings()
        lang = defaults.find(qn("w:lang"))
        lang.set(qn("w:val"), "ru-RU" if self.language == "ru" else "en-GB")
        used = {
            "Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "List Bullet", "List Number", "caption", "header",
            "footer", "Proposal Cell", "Proposal Note", "Default Paragraph Font", "Normal Table", "No List", "Table Grid",
        }  # fmt: skip
        for style in sheet.findall(qn("w:style")):
            name = style.find(qn("w:name")).get(qn("w:val"))
            if name not in used and name.lower() not in used:
                sheet.remove(style)
            else:
                for tag in ("w:link", "w:next"):
                    for node in style.findall(qn(tag)):
                        style.remove(node)
        for style in sheet.findall(qn("w:style")):
            fonts = style.find(qn("w:rPr"))
            for node in [] if fonts is None else [*fonts]:
                if node.tag in (qn("w:spacing"), qn("w:kern"), qn("w:smallCaps"), qn("w:caps")):
                    fonts.remove(node)

    def tune_settings(self) -> None:
        """The present layout of Word: without it the title bar says "compatibility mode"."""
        settings = self.doc.settings.element
        for setting in settings.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), "15")
        zoom = settings.find(qn("w:zoom"))
        zoom.attrib.pop(qn("w:val"), None)
        zoom.set(qn("w:percent"), "100")
        # "Looked through": Word would not mark a slip of ours or of the one who edits.
        for name in ("proofState", "savePreviewPicture", "doNotAutoCompressPictures"):
            for node in settings.findall(qn(f"w:{name}")):
                settings.remove(node)
        code, decimal, separator = ("ru-RU", ",", ";") if self.language == "ru" else ("en-GB", ".", ",")
        fonts = settings.find(qn("w:themeFontLang"))
        fonts.attrib.clear()
        fonts.set(qn("w:val"), code)
        settings.find(qn("w:decimalSymbol")).set(qn("w:val"), decimal)
        settings.find(qn("w:listSeparator")).set(qn("w:val"), separator)

    def lists(self) -> None:
        """A bullet list (U+2022 in Arial), a list of numbers and, for the technical design, numbered headings."""
        numbering = self.doc.part.numbering_part.element
        for node in [*numbering]:
            numbering.remove(node)
        accent = self.design.accent
        levels = [
            (
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'<w:numFmt w:val="bullet"/><w:lvlText w:val="\u2022"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>'
                f'<w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/><w:color w:val="{accent}"/></w:rPr></w:lvl></w:abstractNum>'
            ),
            (
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="2"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="400" w:hanging="400"/></w:pPr>'
                f"</w:lvl></w:abstractNum>"
            ),
        ]
        if self.design.numbered:
            levels.append(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/>'
                f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="454"/></w:pPr></w:lvl></w:abstractNum>'
            )
        for level in levels:
            numbering.append(parse_xml(level))
        for number in range(1, len(levels) + 1):
            numbering.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
                )
            )
        self.numbered("List Bullet", 1, left=340)
        self.numbered("List Number", 2, left=400)
        if self.design.numbered:
            self.numbered("Heading 1", 3, left=454)

    def numbered(self, style: str, number: int, left: int) -> None:
        properties = self.doc.styles[style].element.get_or_add_pPr()
        for node in [
            *properties.findall(qn("w:numPr")),
            *properties.findall(qn("w:ind")),
            *properties.findall(qn("w:contextualSpacing")),
        ]:
            properties.remove(node)
        properties._insert_numPr(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))
        properties._insert_ind(parse_xml(f'<w:ind {nsdecls("w")} w:left="{left}" w:hanging="{left}"/>'))

    def table_style(self) -> None:
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
        self.doc.styles.element.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ProposalTable"><w:name w:val="Proposal Table"/>'
                f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>'
                f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{self.design.accent}"/><w:bottom {line}/><w:insideH {line}/>'
                f'</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{self.design.accent}"/></w:rPr>'
                f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{self.design.tint}"/></w:tcPr></w:tblStylePr></w:style>'
            )
        )

    # --- header, footer -----------------------------------------------------------------------------------

    def letterhead(self) -> None:
        header = self.doc.sections[0].first_page_header
        table = header.add_table(1, 2, Mm(TEXT_WIDTH))
        self.bare(table, (60, 110))
        left, right = table.rows[0].cells
        left.paragraphs[0].text = self.tag("logo")
        name = left.add_paragraph()
        run = name.add_run(self.tag("our"))
        run.bold, run.font.size = True, Pt(13)
        run.font.color.rgb = RGBColor.from_string(self.design.accent)
        for index, field in enumerate(("address", "contacts")):
            paragraph = right.paragraphs[0] if index == 0 else right.add_paragraph()
            paragraph.text = self.tag(field)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for cell in (left, right):
            for paragraph in cell.paragraphs:
                paragraph.style = self.doc.styles["Header"]
        rule = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
        rule._p.getparent().remove(rule._p)
        table._tbl.addnext(rule._p)
        self.rule_under(rule, self.design.accent, 12)
        rule.paragraph_format.space_after = Pt(10)

    def running_lines(self) -> None:
        section = self.doc.sections[0]
        header = section.header.paragraphs[0]
        header.text = self.words["running"]
        header.style = self.doc.styles["Header"]
        self.rule_under(header, RULE, 4)
        header.paragraph_format.space_after = Pt(8)
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.paragraphs[0]
            paragraph.style = self.doc.styles["Footer"]
            stops = paragraph.paragraph_format.tab_stops
            for stop in [*self.doc.styles["Footer"].paragraph_format.tab_stops]:
                stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
            stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run("{{ %s }}" % self.words["tag"]["our"] + "\t" + self.words["page"])
            self.field(paragraph, "PAGE")
            paragraph.add_run(self.words["of_pages"])
            self.field(paragraph, "NUMPAGES")
        self.first_foot(section.first_page_footer.paragraphs[0])

    def first_foot(self, last: Any) -> None:
        """Who wrote a letter, and our requisites: at the foot of the first page, out of the reader's way."""
        if self.design.letter:
            last.insert_paragraph_before(self.tag("team"), style="Proposal Note")
        requisites = last.insert_paragraph_before(self.tag("requisites"), style="Footer")
        requisites.paragraph_format.space_after = Pt(4)
        requisites._p.get_or_add_pPr().insert_element_before(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>'
            ),
            "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
        )  # fmt: skip

    def field(self, paragraph: Any, code: str) -> None:
        """A complex field with its ``separate`` part, which every converter understands."""
        for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", "1"), ("end", "")):
            run = paragraph.add_run()
            if kind in ("begin", "separate", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)
            elif kind == "result":
                run.text = text
            else:
                code_node = OxmlElement("w:instrText")
                code_node.set(qn("xml:space"), "preserve")
                code_node.text = f" {text} "
                run._r.append(code_node)

    def rule_under(self, paragraph: Any, colour: str, size: int) -> None:
        paragraph._p.get_or_add_pPr().insert_element_before(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="{size}" w:space="3" w:color="{colour}"/></w:pBdr>'
            ),
            "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
        )  # fmt: skip

    # --- body ---------------------------------------------------------------------------------------------

    def head(self) -> None:
        """Number and date at the left, addressee at the right."""
        table = self.doc.add_table(1, 2)
        self.bare(table, (82, 88))
        left, right = table.rows[0].cells
        words = self.words
        left.paragraphs[0].text = words["no"] + self.tag("number") + words["of"] + self.tag("date")
        right.paragraphs[0].text = self.tag("to")
        for cell in (left, right):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        first = self.doc.element.body.find(qn("w:p"))
        if first is not None and not first.findall(qn("w:r")):
            self.doc.element.body.remove(first)

    def proposal(self) -> None:
        space = self.doc.add_paragraph()
        space.paragraph_format.space_after = Pt(14)
        self.doc.add_paragraph(self.words["proposal"], style="Title")
        self.doc.add_paragraph(self.tag("subject"), style="Subtitle")
        if self.design.figures:
            self.doc.add_paragraph(self.tag("figures"))
        self.doc.add_paragraph(self.tag("body"))
        self.doc.add_paragraph(self.tag("signature"))
        self.doc.add_paragraph(self.tag("annexes"))

    def letter(self) -> None:
        space = self.doc.add_paragraph()
        space.paragraph_format.space_after = Pt(24)
        about = self.doc.add_paragraph()
        about.add_run(self.words["about"]).bold = True
        about.paragraph_format.space_after = Pt(16)
        salutation = self.doc.add_paragraph(self.tag("salutation"))
        salutation.paragraph_format.space_after = Pt(10)
        if self.language == "ru":
            salutation.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.doc.add_paragraph(self.tag("body"))
        for name in ("annexes", "signature") if self.language == "ru" else ("signature", "annexes"):
            self.doc.add_paragraph(self.tag(name))

    def bare(self, table: Any, widths: tuple[float, ...]) -> None:
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        properties = table._tbl.tblPr
        for node in properties.findall(qn("w:tblStyle")):
            properties.remove(node)
        for node in properties.findall(qn("w:jc")):
            properties.remove(node)
        layout = properties.find(qn("w:tblLayout"))
        layout.addprevious(parse_xml(f'<w:tblInd {nsdecls("w")} w:w="0" w:type="dxa"/>'))
        for node in properties.findall(qn("w:tblW")):
            node.set(qn("w:type"), "dxa")
            node.set(qn("w:w"), str(int(sum(widths) / 25.4 * 1440)))
        properties.append(
            parse_xml(
                f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
            )
        )
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            properties.remove(look)
            properties.append(look)
        for cell, column, width in zip(table.rows[0].cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
            # The built-in converter does not take a margin of nothing from the table.
            cell._tc.get_or_add_tcPr().append(
                parse_xml(
                    f'<w:tcMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
                )
            )

    # --- file ---------------------------------------------------------------------------------------------

    def saved(self) -> bytes:
        from kamdesk.documents.ooxml.package import Package
        from kamdesk.documents.package_parts import CORE, EXTENDED, forget_template

        target = BytesIO()
        self.doc.save(target)
        package = Package.read(target.getvalue())
        for relation in package.relations(package.main()):
            if relation.kind in ("customXml", "stylesWithEffects", "webSettings"):
                package.drop_relation(relation)
        forget_template(package)
        for name in (CORE, EXTENDED):
            package.drop(name)
        for relation in package.relations(""):
            if relation.part is None:
                package.drop_relation(relation)
        return package.write()


class ResultsMaker(Maker):
    """The letter with a meeting's results: our letterhead, date, addressees, the text."""

    def __init__(self, design: Design, language: str) -> None:
        super().__init__(design, language)
        self.words = {**self.words, **RESULTS_WORDS[language]}

    def first_foot(self, last: Any) -> None:
        requisites = last.insert_paragraph_before(self.tag("requisites"), style="Footer")
        requisites.paragraph_format.space_after = Pt(4)

    def head(self) -> None:
        table = self.doc.add_table(1, 2)
        self.bare(table, (82, 88))
        left, right = table.rows[0].cells
        left.paragraphs[0].text = self.tag("date")
        right.paragraphs[0].text = self.tag("to")
        for cell in (left, right):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        first = self.doc.element.body.find(qn("w:p"))
        if first is not None and not first.findall(qn("w:r")):
            self.doc.element.body.remove(first)

    def letter(self) -> None:
        space = self.doc.add_paragraph()
        space.paragraph_format.space_after = Pt(20)
        about = self.doc.add_paragraph()
        about.add_run(self.tag("subject")).bold = True
        about.paragraph_format.space_after = Pt(12)
        self.doc.add_paragraph(self.tag("body"))


@dataclass(frozen=True)
class Sheet:
    """Measures of an internal page. ``size``, ``margins`` (left, right, top, bottom) and ``far`` (header, footer) in mm."""

    size: tuple[float, float]
    margins: tuple[float, float, float, float]
    far: tuple[float, float]
    text: float
    title: float


SHEETS = {
    ("brief", "a4"): Sheet((210, 297), (16, 14, 13, 14), (6, 7), 9.5, 15),
    ("brief", "a5"): Sheet((148, 210), (11, 10, 9, 11), (4, 5), 8, 12),
    ("cheat_sheet", "a4"): Sheet((297, 210), (12, 12, 11, 12), (6, 6), 8.5, 14),
    ("cheat_sheet", "a5"): Sheet((210, 148), (9, 9, 8, 10), (4, 4), 7, 11),
    ("dossier", "a4"): Sheet((210, 297), (22, 18, 22, 18), (10, 9), 10, 20),
    ("dossier", "a5"): Sheet((148, 210), (14, 12, 16, 14), (7, 7), 8.5, 15),
}


class InternalMaker(Maker):
    """A brief, a cheat sheet or the print of a dossier: no letterhead, a title, a running line, page numbers; right in black and white."""

    def __init__(self, design: Design, language: str) -> None:
        super().__init__(design, language)
        kind = design.name.removesuffix("_a5")
        self.is_dense = kind != "dossier"
        self.is_brief = kind == "brief"
        self.sheet = SHEETS[kind, design.internal]
        self.root = "print" if language == "en" else "печать"
        self.names = (
            {"title": "title", "subtitle": "subtitle", "running": "running", "foot": "foot"}
            if language == "en"
            else {"title": "название", "subtitle": "подзаголовок", "running": "колонтитул", "foot": "подвал"}
        )

    def tag(self, name: str) -> str:
        if name == "body":
            return "{{ block.body }}" if self.language == "en" else "{{ блок.текст }}"
        return "{{ %s.%s }}" % (self.root, self.names[name])

    def make(self) -> bytes:
        self.page()
        self.styles()
        self.lists()
        self.table_style()
        self.lines()
        self.doc.add_paragraph(self.tag("title"), style="Title")
        self.doc.add_paragraph(self.tag("subtitle"), style="Subtitle")
        self.doc.add_paragraph(self.tag("body"))
        return self.saved()

    def page(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in self.sheet.size)
        if self.sheet.size[0] > self.sheet.size[1]:
            section.orientation = WD_ORIENT.LANDSCAPE
        left, right, top, bottom = (Mm(side) for side in self.sheet.margins)
        section.left_margin, section.right_margin = left, right
        section.top_margin, section.bottom_margin = top, bottom
        section.header_distance, section.footer_distance = (Mm(far) for far in self.sheet.far)

    def styles(self) -> None:
        size, accent, brief = self.sheet.text, self.design.accent, self.is_dense
        after, line = (1.5, 1.0) if brief else (4, 1.1)
        self.formatted("Normal", size, after=after, line=line)
        self.formatted("Title", self.sheet.title, colour=accent, bold=True, after=1)
        self.formatted("Subtitle", size + (0.5 if brief else 1), colour=MUTED, after=5 if brief else 10)
        self.formatted("Heading 1", size + 4, colour=accent, bold=True, before=14, after=4, keep=True)
        before = 5 if brief else 9
        self.formatted("Heading 2", size + 1, colour=INK, bold=True, before=before, after=2, keep=True)
        self.formatted("Heading 3", size, colour=MUTED, bold=True, before=5, after=1, keep=True)
        self.formatted("List Bullet", size, after=1 if brief else 2, line=line)
        self.formatted("List Number", size, after=2, line=line)
        self.formatted("Caption", size - 1, colour=MUTED, before=2, after=4)
        self.formatted("Header", size - 1.5, colour=MUTED)
        self.formatted("Footer", size - 1.5, colour=MUTED)
        self.formatted("Proposal Cell", size - 0.5, before=1, after=1, based="Normal", line=1.05)
        self.formatted("Proposal Note", size - 1, colour=MUTED, before=1, after=2, based="Normal")
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            borders = self.doc.styles[name].element.pPr.find(qn("w:pBdr"))
            if borders is not None:
                self.doc.styles[name].element.pPr.remove(borders)
        self.tune_defaults()

    def lines(self) -> None:
        section = self.doc.sections[0]
        width = Mm(self.sheet.size[0] - self.sheet.margins[0] - self.sheet.margins[1])
        if not self.is_dense:
            header = section.header.paragraphs[0]
            header.text = self.tag("running")
            header.style = self.doc.styles["Header"]
            self.rule_under(header, RULE, 4)
            header.paragraph_format.space_after = Pt(6)
        paragraph = section.footer.paragraphs[0]
        paragraph.style = self.doc.styles["Footer"]
        stops = paragraph.paragraph_format.tab_stops
        for stop in [*self.doc.styles["Footer"].paragraph_format.tab_stops]:
            stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(self.tag("foot"))
        if not self.is_brief:
            paragraph.add_run("\t" + self.words["page"])
            self.field(paragraph, "PAGE")
            paragraph.add_run(self.words["of_pages"])
            self.field(paragraph, "NUMPAGES")


RESULTS_WORDS: dict[str, dict[str, Any]] = {
    "ru": {
        "running": "{{ наша.название }} · {{ письмо.тема }}",
        "tag": {
            "our": "наша.название", "address": "наша.адрес", "contacts": "наша.контакты", "requisites": "наша.реквизиты",
            "date": "письмо.дата", "subject": "письмо.тема", "to": "письмо.кому", "logo": "блок.логотип", "body": "блок.текст",
        },
    },
    "en": {
        "running": "{{ our.name }} · {{ letter.subject }}",
        "tag": {
            "our": "our.name", "address": "our.address", "contacts": "our.contacts", "requisites": "our.requisites",
            "date": "letter.date", "subject": "letter.subject", "to": "letter.to", "logo": "block.logo", "body": "block.body",
        },
    },
}  # fmt: skip


def main() -> None:
    """Write all templates."""
    folder = ROOT / "resources" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    makers = [
        *((Maker, design) for design in DESIGNS),
        (ResultsMaker, RESULTS),
        *((InternalMaker, design) for design in (*BRIEFS, *SHEETS_OF_GROUP, *DOSSIERS)),
    ]
    for maker, design in makers:
        for language in WORDS:
            (folder / f"{design.name}.{language}.docx").write_bytes(maker(design, language).make())


if __name__ == "__main__":
    main()
