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
from kamdesk.documents.ooxml.xml import Element

_MAIN: Final = "word/document.xml"
_THEMES: Final = "word/theme/"
_FONT_OF_SCRIPT: Final = re.compile(rb"<a:font\s[^<>]*/>")
"""A theme's font for one script. dxpdf writes with none of them, but looks for each in four styles: a third of its time."""


class ConversionCopy:
    """A Word file as dxpdf is given it. Raises ``zipfile.BadZipFile`` and ``etree.XMLSyntaxError`` for what is no Word file."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as source:
            self._parts = {name: source.read(name) for name in source.namelist()}
        for name in self._parts:
            if name.startswith(_THEMES):
                self._parts[name] = _FONT_OF_SCRIPT.sub(b"", self._parts[name])
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
