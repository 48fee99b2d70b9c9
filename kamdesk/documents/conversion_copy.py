"""The copy of a Word file that the built-in converter gets: unpacked and parsed once, mended on the tree, packed for each try.

The file itself stays as it is; what is changed here is only how the same pages come out of dxpdf 0.8, and how soon.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from lxml import etree

from kamdesk.documents import kept_tables, parted_tables
from kamdesk.documents.fonts import stand_ins
from kamdesk.documents.ooxml.xml import Element

_MAIN: Final = "word/document.xml"
_THEMES: Final = "word/theme/"
_FONT_TABLE: Final = "word/fontTable.xml"
_NAMES_FONTS: Final = re.compile(rb"<(?:w:rFonts|a:latin)\s[^<>]*>")
_STYLES: Final = "word/styles.xml"
_SAYS_A_FONT: Final = re.compile(
    rb"<w:docDefaults>.*?<w:rFonts\s[^<>]*\bw:ascii=.*?</w:docDefaults>", re.DOTALL
)
"""Where the defaults of a file say none, dxpdf writes with the theme's."""
_BY_THEME: Final = (b'heme="', b'typeface="+m')
"""What writes with a font of the theme says one of these: asciiTheme and its like, cstheme, a drawing."""
_FONT_OF_SCRIPT: Final = re.compile(rb"<a:font\s[^<>]*/>")
"""A theme's font for one script: dxpdf writes with none of them."""
_LATIN: Final = re.compile(rb'(?<=<a:latin )typeface="[^"]*"')


class ConversionCopy:
    """A Word file as dxpdf is given it. Raises ``zipfile.BadZipFile`` and ``etree.XMLSyntaxError`` for what is no Word file."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as source:
            self._parts = {name: source.read(name) for name in source.namelist()}
        self._forget_fonts_of_theme()
        self._name_fonts_there()
        self._root = self._parsed()
        if self._root is not None and kept_tables.frame(self._root):
            self._parts[_MAIN] = etree.tostring(self._root)

    def _parsed(self) -> Element | None:
        """The body, where it has tables that may have to be put otherwise."""
        held = self._parts.get(_MAIN, b"")
        if kept_tables.SIGN not in held and parted_tables.SIGN not in held:
            return None
        return etree.fromstring(
            held, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )

    def _forget_fonts_of_theme(self) -> None:
        """Take those off that nothing is written with: dxpdf looks for each in four styles, a third of its time."""
        others = [data for name, data in self._parts.items() if name.endswith(".xml") and _THEMES not in name]
        says = _SAYS_A_FONT.search(self._parts.get(_STYLES, b"")) is not None
        unused = says and not any(sign in data for data in others for sign in _BY_THEME)
        for name, data in self._parts.items():
            if name.startswith(_THEMES):
                kept = _FONT_OF_SCRIPT.sub(b"", data)
                self._parts[name] = _LATIN.sub(b'typeface=""', kept) if unused else kept

    def _name_fonts_there(self) -> None:
        """Name the fonts that dxpdf will take, where it would look for others first; unless the file says or brings its own."""
        table = self._parts.get(_FONT_TABLE, b"")
        if b":altName" in table or b":embed" in table:
            return
        named = {f'"{lacking}"'.encode(): f'"{other}"'.encode() for lacking, other in stand_ins().items()}

        def renamed(found: re.Match[bytes]) -> bytes:
            tag = found[0]
            for lacking, other in named.items():
                tag = tag.replace(lacking, other)
            return tag

        for name, data in self._parts.items():
            if name.endswith(".xml") and any(lacking in data for lacking in named):
                self._parts[name] = _NAMES_FONTS.sub(renamed, data)

    def packed(self) -> bytes:
        """The file, with nothing deflated: it is read again at once."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
            for name, data in self._parts.items():
                made.writestr(name, data)
        return target.getvalue()

    def mend(self, pdf: bytes) -> bool:
        """Put the first table right that was wrongly parted in the ``pdf`` made of it; whether there was one."""
        if self._root is None or not parted_tables.mend(self._root, pdf):
            return False
        self._parts[_MAIN] = etree.tostring(self._root)
        return True
