"""Rows of documents: one proposal as Word against bare docxtpl, its PDF against LibreOffice, and a batch of variants."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from lxml import etree

from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.pdf import find_libreoffice
from kamdesk.documents.templates import bundled
from kamdesk.model.inputs import OfferLine
from kamdesk.services.pressing import Press
from kamdesk.worker.supervisor import Workers
from tests.bench.measure import Row, alternating
from tests.documents import sample

_VARIANTS, _TURNS = 100, 5
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def proposal(workers: Workers, lines: int, rounds: int) -> Row:
    """The group document with an offer of ``lines`` rows, bytes in hand, against docxtpl making the very same body.

    docxtpl knows no blocks, so its template is our finished document in which every text is a tag and the offer a loop: the
    same words in the same tables and styles come out, which is checked. Its headers, footers and chart are there already.
    """
    document, template = _document(lines), bundled("ru", "group").read()
    made = workers.render(template, document)
    looped, values = _looped(made)

    def bare() -> bytes:
        from docxtpl import DocxTemplate

        filled = DocxTemplate(io.BytesIO(looped))
        filled.render(values, autoescape=True)
        target = io.BytesIO()
        filled.save(target)
        return target.getvalue()

    if _texts(bare()) != _texts(made):
        raise RuntimeError("the two documents differ")
    ours, other = alternating(lambda: workers.render(template, document), bare, rounds)
    return Row(f"one document, {lines} rows → .docx", ours, other, "≤ 0.3×")


def _document(lines: int) -> OutgoingDocument:
    data = replace(
        sample.proposal("ru"),
        offer=tuple(
            OfferLine(f"Насос {n}", "шт.", Decimal(n % 9 + 1), Decimal(1000 + n), vat=Decimal(22))
            for n in range(lines)
        ),
    )
    return build(data, sample.tailored("ru"), "group")


def _looped(made: bytes) -> tuple[bytes, dict[str, Any]]:
    """A template for docxtpl that makes this document again, and its values."""
    from docx import Document

    word = Document(io.BytesIO(made))
    every = [
        (row, [node.text or "" for node in row.iter(f"{_WORD}t")])
        for row in word.element.body.iter(f"{_WORD}tr")
    ]
    offered = [(row, said) for row, said in every if len(said) > 1 and said[1].startswith("Насос ")]
    first = offered[0][0]
    _tagged(first, lambda index, text: f"{{{{ row[{index}] }}}}")
    for row, _ in offered[1:]:
        row.getparent().remove(row)
    loop = {*first.iter(f"{_WORD}t")}
    texts: list[str] = []
    for node in word.element.body.iter(f"{_WORD}t"):
        if node not in loop:
            texts.append(node.text or "")
            node.text = f"{{{{ texts[{len(texts) - 1}] }}}}"
    for place, tag in (("addprevious", "{%tr for row in rows %}"), ("addnext", "{%tr endfor %}")):
        around = deepcopy(first)
        _tagged(around, lambda index, text, tag=tag: "" if index else tag)  # type: ignore[misc]
        getattr(first, place)(around)
    rows = [said for _, said in offered]
    target = io.BytesIO()
    word.save(target)
    return target.getvalue(), {"texts": texts, "rows": rows}


def _tagged(row: Any, tag: Callable[[int, str], str]) -> None:
    for index, node in enumerate(row.iter(f"{_WORD}t")):
        node.text = tag(index, node.text or "")


def _texts(docx: bytes) -> list[str]:
    """Every piece of text of the body in order."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [node.text for node in root.iter(f"{_WORD}t") if node.text]


def batch(workers: Workers, rounds: int) -> Row:
    """A hundred variants as Word and PDF by two workers against the same one at a time, in turns of twenty.

    As generation makes them: each is a document of its own for one reader, from a template that is the same for all.
    """
    template = bundled("ru", "group").read()
    data, tailored = sample.proposal("ru"), sample.tailored("ru")
    readers = [reader.id for reader in data.readers]
    each = [(place, readers[place % len(readers)]) for place in range(_VARIANTS // _TURNS)]

    def make(one: tuple[int, str]) -> bytes:
        document = build(replace(data, subject=f"Вариант {one[0]}"), tailored, "variant", one[1])
        return bytes(workers.to_pdf(workers.render(template, document)).pdf)

    def run(parallel: int) -> None:
        Press(parallel, None, None, keep_going=False).run(each, make, lambda _made: "")

    turns = max(rounds, _TURNS)
    ours, other = alternating(lambda: run(2), lambda: run(1), turns)
    with _Pair() as pair:
        both, each_alone = alternating(pair.together, pair.in_turn, turns)
    begun = time.process_time()
    run(1)
    own = time.process_time() - begun
    note = f"{other / ours:.2f} times as fast, two bare processes {each_alone / both:.2f}; {own:.2f} s of processor in the program itself"
    return Row(f"{len(each)} of {_VARIANTS} variants → .docx + PDF", ours, other, "≤ 0.59×", note)


class _Pair:
    """Two bare processes with nothing to share: what this machine gives to two at this moment.

    A system that deals its processors out by session (Linux: autogroup) gives two busy processes of one session no more
    than one where others work too; then no batch can be faster by two workers, and this says so.
    """

    _WORK = (
        "import sys\n"
        "for line in sys.stdin:\n"
        "    sum(n * n for n in range(1_000_000))\n"
        "    print(flush=True)\n"
    )

    def __enter__(self) -> Self:
        self._both = [
            subprocess.Popen(
                [sys.executable, "-c", self._WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _ in range(2)
        ]
        return self

    def __exit__(self, *error: object) -> None:
        for process in self._both:
            process.communicate()

    def together(self) -> None:
        """Both at once."""
        for process in self._both:
            _ask(process)
        for process in self._both:
            _wait(process)

    def in_turn(self) -> None:
        """One after the other."""
        for process in self._both:
            _ask(process)
            _wait(process)


def _ask(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def _wait(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    process.stdout.readline()


def pdf(workers: Workers, folder: Path, rounds: int) -> Row | None:
    """The built-in conversion against ``soffice --headless --convert-to pdf`` of the same file."""
    office = find_libreoffice()
    if office is None:
        return None
    docx = workers.render(bundled("ru", "group").read(), _document(10))
    source = folder / "one.docx"
    source.write_bytes(docx)
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]

    def bare() -> None:
        subprocess.run(
            [*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120
        )

    ours, other = alternating(lambda: workers.to_pdf(docx), bare, rounds)
    return Row("the same → PDF", ours, other, "≤ 0.15×")
