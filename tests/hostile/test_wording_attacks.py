"""Edited Word files that come back with marks of somebody's own: doubled, crossed, by thousands, naming what is no wording."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.documents.wordings import Wording, wordings
from kamdesk.services.generation import Audience

Made = tuple[Workplace, str, str, bytes]


@pytest.fixture
def made(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Made]:
    place = demo_copy(tmp_path / "vault", "ru")
    proposal = place.proposals.list()[0].id
    place.generation.generate(proposal, Audience(letters=()), formats=("docx",))
    document = next(one.id for one in place.proposals.page(proposal).documents if one.is_current)
    yield place, proposal, document, place.word_files.docx(document)
    place.close()


def edited(data: bytes, change: Callable[[str], str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return made.getvalue()


def start(number: int, mark: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="kd_{mark}"/>'


def end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def paragraph(text: str, before: str = "", after: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r>{after}</w:p>"


def first(body: str) -> Callable[[str], str]:
    return lambda xml: xml.replace("<w:body>", f"<w:body>{body}", 1)


def inside(runs: str) -> Callable[[str], str]:
    return lambda xml: re.sub(r'(w:name="kd_understanding"/>)', lambda match: match[1] + runs, xml, count=1)


FOREIGN = ("status", "number", "__class__", "arg_0", "arg_-1", "arg_99999999999999999999999", "arg_²", "id")
MARKS = {
    "of others": first("".join(paragraph("PWN", start(9000 + n, one), end(9000 + n)) for n, one in enumerate(FOREIGN))),
    "five thousand, nested": first(
        "".join(start(9000 + n, f"x{n}") for n in range(5000)) + paragraph("z") + "".join(end(9000 + n) for n in range(5000))
    ),
    "an end without a beginning": first(end(9000) + paragraph("z", "", end(9001))),
    "a beginning without an end": first(paragraph("z", start(9000, "x"))),
    "none left": lambda xml: re.sub(r"<w:bookmark(?:Start|End)[^>]*/>", "", xml),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKS)
def test_marks_of_ones_own_change_nothing(made: Made, name: str) -> None:
    place, proposal, document, data = made
    before = place.proposals.page(proposal)
    version = place.word_files.take_back(document, edited(data, MARKS[name])) or document
    assert not place.wordings.changes(version).wordings
    after = place.proposals.page(proposal)
    assert (after.status, after.values) == (before.status, before.values)


def test_crossed_and_doubled_marks_stay_within_their_words(made: Made) -> None:
    body = paragraph("раз", start(9001, "solution") + start(9002, "payment"), end(9001)) + paragraph(
        "два", "", end(9002)
    )
    found = {one.mark: one for one in _changed(made, first(body))}
    assert set(found) == {"solution", "payment"}
    assert "два" not in found["solution"].after


def test_what_nobody_sees_is_no_wording(made: Made) -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>СКРЫТО</w:t></w:r><w:del w:id="7"><w:r><w:delText>БЫЛО</w:delText></w:r></w:del>'
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT "c:/x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert not _changed(made, inside(hidden + field))


def test_tags_and_addresses_come_back_as_words(made: Made) -> None:
    place, proposal, document, data = made
    said = r"{{ recipient.stance }} {% for x in y %} [x](\\host\share) [y](javascript:1) "
    version = place.word_files.take_back(document, edited(data, inside(f"<w:r><w:t>{said}</w:t></w:r>")))
    assert version is not None and place.wordings.take(version) == 1
    assert str(place.proposals.page(proposal).values["understanding"]).startswith(said.strip()[:40])
    preview = place.generation.preview(proposal).docx
    with zipfile.ZipFile(io.BytesIO(preview)) as file:
        assert "{{ recipient.stance }}" in file.read("word/document.xml").decode()
        assert b"javascript:" not in file.read("word/_rels/document.xml.rels")
        assert b"host" not in file.read("word/_rels/document.xml.rels").replace(b"http", b"")


def test_thousands_of_looks_are_read_at_once(made: Made) -> None:
    runs = '<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t xml:space="preserve"> b </w:t></w:r>' * 3000
    (found,) = _changed(made, inside(runs))
    assert found.after.startswith("**a** b **a** b")


def _changed(made: Made, change: Callable[[str], str]) -> tuple[Wording, ...]:
    data = made[3]
    return wordings(data, edited(data, change))
