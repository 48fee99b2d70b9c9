"""From a template and a document of values to a finished Word file.

A template is compiled once for its content, kind and language; unchanged parts stay packed. A paragraph that holds
nothing but a block tag becomes the block, so that users write no loops. The file that comes out has our title and
company in its properties, fixed dates, and no trace of who edited the template.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from jinja2 import nodes
from jinja2.environment import Template
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from lxml import etree
from markupsafe import Markup

from kamdesk.documents import opc, vetting
from kamdesk.documents.context.catalogue import Catalogue, catalogue
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.docx_writer import BlockWriter
from kamdesk.documents.environment import LockedEnvironment, forbidden
from kamdesk.documents.fill_faults import fault, line_of
from kamdesk.documents.language.filters import FORMS, LANGUAGE
from kamdesk.documents.mending import (
    changes_columns,
    literal_braces,
    mend_grids,
    mend_picture_ids,
    repeats_pictures,
    with_cell_properties,
)
from kamdesk.documents.ooxml.names import TYPES_PART, w
from kamdesk.documents.ooxml.package import Package, Parsed, relations_part
from kamdesk.documents.ooxml.walk import paragraphs
from kamdesk.documents.ooxml.xml import Element, parse, serialise
from kamdesk.documents.package_parts import (
    CORE,
    EXTENDED,
    core_properties,
    extended_properties,
    forget_template,
    text_parts,
    with_lists,
    with_png,
    with_relations,
)
from kamdesk.documents.pictures import as_png, outgoing, png_size
from kamdesk.documents.styles import (
    Styles,
    add_missing_headings,
    add_missing_link,
    empty_sheet,
    find_styles,
    set_language,
)
from kamdesk.documents.template_parts import TaggedPart, take_apart
from kamdesk.model.messages import KamdeskError, Message

LARGEST_OUTPUT: Final = 64 * 1024 * 1024
_KEPT: Final = 16  # compiled templates a worker remembers
_BLOCK_VALUE: Final = "kd_blocks"
_ROWS: Final = re.compile(rb'<kdrows n="(\d{1,4})"/>')
_LANGUAGE_OF_RUN: Final = re.compile(r"<w:lang\b[^>]*/>")
"""Word marks a tag with English names as English text; what is poured in would be underlined from end to end."""


@dataclass(slots=True)
class _CompiledPart:
    part: TaggedPart
    template: Template
    lines: tuple[int, ...]
    """The paragraph that each line of the Jinja source stands in."""
    mends: tuple[Callable[[Element], bool], ...]
    """What has to be put right in the filled part."""

    def place(self, line: int) -> Message:
        number = self.lines[min(max(line, 1), len(self.lines)) - 1]
        return (
            self.part.places[number]
            if self.part.places
            else Message("documents.part", {"name": self.part.name})
        )


@dataclass(slots=True)
class _Compiled:
    package: Package
    packed: tuple[opc.Packed, ...]
    tagged: tuple[_CompiledPart, ...]
    styles: Styles
    catalogue: Catalogue
    numbering: str
    """The part that holds the template's lists; "" where it has none."""
    lists: dict[str, int]
    """The ids of its lists, as text and as numbers."""


class Renderer:
    """Renders documents and remembers compiled templates.

    ``starting`` is told the place before each part is filled, so that whoever has to kill a hanging render can say where.
    """

    def __init__(self, starting: Callable[[Message], None] | None = None) -> None:
        self._compiled: OrderedDict[tuple[str, str, str], _Compiled] = OrderedDict()
        self._environment = LockedEnvironment()
        self._starting = starting or (lambda place: None)

    def render(self, template: bytes, document: OutgoingDocument) -> bytes:
        """The .docx bytes, vetted like a file from outside.

        Raises KamdeskError: ``documents.unknown_field``, ``documents.syntax``, ``documents.not_allowed`` and
        others of ``kamdesk.model.texts.documents``, each with the place in the template.
        """
        fields = catalogue(document.kind)
        values: dict[str, Any] = dict(fields.spread(document.fields))
        # In a condition a block is true when it says something; what it says is poured in elsewhere.
        filled = {"block": {name: "1" if nodes else "" for name, nodes in document.blocks.items()}}
        values.update(fields.spread(filled))
        return self.fill(template, fields, values, document)

    def fill(
        self, template: bytes, fields: Catalogue, values: Mapping[str, Any], document: OutgoingDocument
    ) -> bytes:
        """The same with values of any shape: ``fields`` says which names there are; blocks, title and language are the document's.

        Raises as :meth:`render`.
        """
        compiled = self._compile(template, fields, document.language)
        values = {**values, LANGUAGE: document.language, FORMS: document.forms}
        output = _Output(compiled)
        for part in compiled.tagged:
            output.add(part.part.name, self._fill(part, values, document, output))
        made = output.write(document)
        for finding in vetting.vet(made, vetting.OUTPUT, output.parsed).findings:
            if finding.severity == "error":
                raise KamdeskError("documents.output_refused", why=finding.text)
        return made

    def load(self) -> None:
        """Load what compiling needs, so that the first document does not wait for it."""
        _patched("<w:p />")

    # --- compiling ----------------------------------------------------------------------------------------

    def _compile(self, template: bytes, fields: Catalogue, language: str) -> _Compiled:
        key = (hashlib.sha256(template).hexdigest(), fields.kind, language)
        if key in self._compiled:
            self._compiled.move_to_end(key)
            return self._compiled[key]
        self._compiled[key] = self._compile_now(template, fields, language)
        if len(self._compiled) > _KEPT:
            self._compiled.popitem(last=False)
        return self._compiled[key]

    def _compile_now(self, template: bytes, fields: Catalogue, language: str) -> _Compiled:
        package = Package.read(template)
        forget_template(package)
        places = {item.element: item.place for item in paragraphs(package)}
        tagged = []
        for name in text_parts(package):
            part = take_apart(name, package.tree(name), places, fields.path_of)
            if part.has_tags:
                tagged.append(self._compile_part(part, fields))
            else:
                package.put(name, _bytes(re.sub(r' kd="\d+"', "", part.xml)))
        styles = _prepare_styles(package, language, headings=any(part.part.blocks for part in tagged))
        # Relationships of a filled part may grow by pictures; the rest of the file is the same every time.
        numbering = next(iter(package.related(package.main(), "numbering")), "")
        lists = _lists(package, numbering)
        fresh = {CORE, EXTENDED, TYPES_PART, *([numbering] if lists else [])}
        for item in tagged:
            fresh |= {item.part.name, relations_part(item.part.name)}
        package.write()
        packed = tuple(opc.pack(name, data) for name, data in package.parts.items() if name not in fresh)
        return _Compiled(package, packed, tuple(tagged), styles, fields, numbering if lists else "", lists)

    def _compile_part(self, part: TaggedPart, fields: Catalogue) -> _CompiledPart:
        # Jinja computes constants while it compiles, so a bomb may go off here too.
        self._starting(Message("documents.part", {"name": part.name}))
        mends = tuple(
            mend
            for needed, mend in ((changes_columns, mend_grids), (repeats_pictures, mend_picture_ids))
            if needed(part.xml)
        )
        source = _LANGUAGE_OF_RUN.sub("", literal_braces(_patched(part.xml)))
        lines = _paragraph_of_each_line(source)
        source = re.sub(r' kd="\d+"', "", source)
        source = re.sub(r'<kdblock[^>]* n="(\d+)"[^>]*/>', r"{{ %s[\1] }}" % _BLOCK_VALUE, source)
        compiled = _CompiledPart(part, self._environment.from_string(""), lines, mends)
        try:
            tree = self._environment.parse(source)
            _inspect(tree, fields, compiled)
            compiled.template = self._environment.from_string(source)
        except TemplateSyntaxError as error:
            raise KamdeskError(
                "documents.syntax", why=error.message or "", place=compiled.place(error.lineno)
            ) from error
        except (RecursionError, SyntaxError) as error:
            # Python itself takes twenty blocks inside one another.
            place = compiled.place(_line_reached(error.__traceback__))
            raise KamdeskError("documents.too_deep", place=place) from error
        return compiled

    # --- filling ------------------------------------------------------------------------------------------

    def _fill(
        self, compiled: _CompiledPart, values: Mapping[str, Any], document: OutgoingDocument, output: _Output
    ) -> bytes:
        part = compiled.part
        self._starting(Message("documents.part", {"name": part.name}))
        written = []
        for index, (name, place) in enumerate(part.blocks):
            writer = BlockWriter(
                output.styles,
                place,
                output.picture_for(part.name),
                9000 + 100 * len(output.parts) + index * 1000,
                output.link_for(part.name),
                output.numbered,
                output.marked,
                output.later,
            )
            written.append(Markup(writer.write(document.blocks.get(name, ()))))  # noqa: S704 (made by the writer)
        try:
            text = compiled.template.render({**values, _BLOCK_VALUE: written})
        except KamdeskError:
            raise
        except (
            TemplateError,
            ArithmeticError,
            TypeError,
            ValueError,
            LookupError,
            MemoryError,
            RecursionError,
        ) as error:
            raise _problem(error, compiled) from error
        except BaseException as error:
            # Stopped from outside (processor time): the paragraph is known only here.
            self._starting(compiled.place(line_of(error.__traceback__)))
            raise
        data = _bytes(text)
        if len(data) + output.waiting(data) > LARGEST_OUTPUT:
            raise KamdeskError("documents.too_large", place=compiled.place(1))
        try:
            root = parse(data, part.name)
        except KamdeskError as error:
            cause = error.__cause__
            line = cause.lineno if isinstance(cause, etree.XMLSyntaxError) else 1
            raise KamdeskError(
                "documents.broken_result", place=compiled.place(line or 1), why=error.message
            ) from error
        mended = [mend(root) for mend in compiled.mends]
        if any(mended):
            data = serialise(root)
        data = output.with_rows(data)
        # The rows put in now have the elements and attributes of the rows before them, and words that are escaped.
        output.parsed.append(Parsed(part.name, data, root))
        return data


def _prepare_styles(package: Package, language: str, headings: bool) -> Styles:
    """Set the language, add the headings that are missing, and look the roles up."""
    main = package.main()
    names = package.related(main, "styles")
    sheet = package.edit(names[0]) if names else empty_sheet()
    if headings:
        add_missing_headings(sheet)
        add_missing_link(sheet)
    set_language(sheet, language)
    numbering = next(iter(package.related(main, "numbering")), "")
    return find_styles(sheet, package.tree(main), package.tree(numbering) if numbering else None)


def _lists(package: Package, numbering: str) -> dict[str, int]:
    """The lists of a template that have a look of their own, by id."""
    if not numbering:
        return {}
    ids = [
        node.get(w("numId"), "")
        for node in package.tree(numbering).iterfind(w("num"))
        if node.find(w("abstractNumId")) is not None
    ]
    return {identity: int(identity) for identity in ids if identity.isdigit()}


def _problem(error: Exception, compiled: _CompiledPart) -> KamdeskError:
    """The error of a filled template in words, with the paragraph it happened in."""
    return fault(error, compiled.place(line_of(error.__traceback__)))


def _line_reached(trace: TracebackType | None) -> int:
    """The line that Jinja's parser, or its compiler, had come to when it gave up; neither tells it by itself."""
    line = 1
    while trace is not None:
        held = trace.tb_frame.f_locals
        token = getattr(getattr(held.get("self"), "stream", None), "current", None)
        line = getattr(held.get("node"), "lineno", None) or getattr(token, "lineno", None) or line
        trace = trace.tb_next
    return line


def _patched(xml: str) -> str:
    """The XML with runs inside tags joined and row and cell tags lifted, by docxtpl's own patching."""
    from docxtpl import DocxTemplate

    if re.search(r"%[^%]*\b(?:vm|hm|cellbg|colspan)\b", xml):
        xml = with_cell_properties(xml)
    numbered = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
    patched: str = DocxTemplate.patch_xml(None, numbered)
    return patched


def _paragraph_of_each_line(source: str) -> tuple[int, ...]:
    current, found = 0, []
    for line in source.split("\n"):
        number = re.search(r'<w:p [^>]*?kd="(\d+)"', line)
        current = int(number[1]) if number else current
        found.append(current)
    return tuple(found)


def _inspect(tree: nodes.Template, fields: Catalogue, compiled: _CompiledPart) -> None:
    """Refuse what may not be in a template, and fields that do not exist, before anything runs."""
    for line, what in forbidden(tree):
        raise KamdeskError("documents.not_allowed", what=what, place=compiled.place(line))
    roots = {name.partition(".")[0] for name in fields.names}
    unknown = find_undeclared_variables(tree) - roots - {_BLOCK_VALUE}
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            raise _unknown(name.name, roots, compiled.place(name.lineno))
    for item in tree.find_all(nodes.Getattr):
        if isinstance(item.node, nodes.Name) and item.node.name in roots:
            written = f"{item.node.name}.{item.attr}"
            if fields.path_of(written) is None:
                raise _unknown(written, fields.names, compiled.place(item.lineno))


def _unknown(name: str, known: frozenset[str] | set[str], place: Message) -> KamdeskError:
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if nearest:
        return KamdeskError("documents.unknown_field_nearest", field=name, nearest=nearest[0], place=place)
    return KamdeskError("documents.unknown_field", field=name, place=place)


def _bytes(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + xml.encode("utf-8")


class _Output:
    """The parts of one file in the making, with the pictures its blocks brought."""

    def __init__(self, compiled: _Compiled) -> None:
        self.styles = compiled.styles
        self.parts: dict[str, bytes] = {}
        self.parsed: list[Parsed] = []
        self._compiled = compiled
        self._media: dict[str, bytes] = {}
        self._pictures: dict[str, list[tuple[str, str]]] = {}
        self._links: dict[str, dict[str, str]] = {}
        self._lists: list[tuple[str, str]] = []
        self._rows: list[bytes] = []
        self.marked: set[str] = set()

    def add(self, name: str, data: bytes) -> None:
        """Take a filled part."""
        self.parts[name] = data

    def picture_for(self, part: str) -> Callable[[bytes, str], tuple[str, float]]:
        """What stores the pictures of one part: relationship id and height / width of each."""

        def store(png: bytes, svg: str) -> tuple[str, float]:
            data = outgoing(png) if png else as_png(svg)
            width, height = png_size(data)
            name = next((known for known, held in self._media.items() if held == data), "")
            if not name:
                name = f"word/media/proposal{len(self._media) + 1}.png"
                self._media[name] = data
            relation = f"kdPicture{len(self._pictures.setdefault(part, [])) + 1}"
            self._pictures[part].append((relation, name))
            return relation, height / width

        return store

    def link_for(self, part: str) -> Callable[[str], str]:
        """What stores the links of one part: the relationship id of an address."""

        def store(address: str) -> str:
            known = self._links.setdefault(part, {})
            return known.setdefault(address, f"kdLink{len(known) + 1}")

        return store

    def later(self, rows: str) -> str:
        """What stands for rows that need no look of their own, until the part is filled and looked at."""
        self._rows.append(rows.encode("utf-8"))
        return f'<kdrows n="{len(self._rows) - 1}"/>'

    def waiting(self, data: bytes) -> int:
        """The bytes that will be put into a part."""
        return sum(len(self._rows_of(found)) for found in _ROWS.finditer(data)) if self._rows else 0

    def with_rows(self, data: bytes) -> bytes:
        """The part with its rows put in."""
        return _ROWS.sub(self._rows_of, data) if self._rows else data

    def _rows_of(self, found: re.Match[bytes]) -> bytes:
        place = int(found[1])
        return self._rows[place] if place < len(self._rows) else found[0]

    def numbered(self) -> str:
        """The id of a new numbered list that looks as the template's own; "" where it has none that can be told."""
        model = self.styles.number_list
        if model not in self._compiled.lists:
            return ""
        self._lists.append((str(max(self._compiled.lists.values()) + len(self._lists) + 1), model))
        return self._lists[-1][0]

    def write(self, document: OutgoingDocument) -> bytes:
        """The finished file."""
        held = self._compiled.package.parts
        types = with_png(held[TYPES_PART]) if self._media else held[TYPES_PART]
        ready = [opc.pack(TYPES_PART, types), *self._compiled.packed]
        for part in self._compiled.tagged:
            name = relations_part(part.part.name)
            links = [(identity, address) for address, identity in self._links.get(part.part.name, {}).items()]
            relations = with_relations(held.get(name, b""), self._pictures.get(part.part.name, []), links)
            if relations:
                ready.append(opc.pack(name, relations))
        if self._compiled.numbering:
            ready.append(
                opc.pack(self._compiled.numbering, with_lists(held[self._compiled.numbering], self._lists))
            )
        ready += [opc.pack(name, data, opc.QUICK) for name, data in self.parts.items()]
        ready += [opc.pack(name, data) for name, data in self._media.items()]
        ready.append(opc.pack(CORE, core_properties(document)))
        ready.append(opc.pack(EXTENDED, extended_properties(document.company)))
        return opc.write(ready)


def blocks_of(template: bytes, kind: str) -> tuple[str, ...]:
    """The stable paths of the blocks a template has, for asking whether a mandatory one is missing."""
    fields = catalogue(kind)
    package = Package.read(template)
    places = {item.element: item.place for item in paragraphs(package)}
    parts = [take_apart(name, package.tree(name), places, fields.path_of) for name in text_parts(package)]
    return tuple(f"block.{path}" for part in parts for path, _ in part.blocks)
