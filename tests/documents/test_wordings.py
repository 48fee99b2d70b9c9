"""Wordings found again in an edited document: by their marks, by likeness, with lists, looks and links, through Word's and LibreOffice's habits."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kamdesk.documents import letterhead
from kamdesk.documents.context.build import build
from kamdesk.documents.edits import differences
from kamdesk.documents.render import Renderer
from kamdesk.documents.templates import bundled, for_subject
from kamdesk.documents.wordings import LONGEST, Wording, wordings
from kamdesk.model.inputs import Tailored
from tests.documents import letterheads, sample
from tests.documents.made import parts_of
from tests.documents.office import convert

RICH = "**Главное** — _быстро_:\n- первое;\n- [второе](https://example.com/a_b).\n1. раз\n2. два"


def told() -> Tailored:
    """The sample's arguments, each with an id of its own, as they are in a library."""
    found = sample.tailored("ru")
    texts = sorted({item.text for reader in found.readers for item in reader.chosen})
    readers = (
        replace(
            reader,
            chosen=tuple(replace(one, argument_id=f"id-{texts.index(one.text)}") for one in reader.chosen),
        )
        for reader in found.readers
    )
    return replace(found, readers=tuple(readers))


def made(kind: str = "group", reader: str | None = None, **changes: Any) -> bytes:
    data = replace(sample.proposal("ru"), understanding=RICH, **changes)
    template = for_subject("ru", "effect") if kind == "variant" else bundled("ru", kind)
    return Renderer().render(template.read(), build(data, told(), kind, reader))


def on_letterhead() -> bytes:
    template = letterhead.prepare(letterheads.russian().build(), None, "group", "ru")
    return Renderer().render(template, build(sample.proposal("ru"), told(), "group"))


def edited(data: bytes, change: Callable[[Any], object]) -> bytes:
    from docx import Document

    document = Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document: Any, begins: str) -> Any:
    return next(
        one for one in document.element.body.iter(W + "p") if re.match(rf"(?:\d\.)?{begins}", text(one))
    )


def marked(document: Any, mark: str) -> Any:
    """The paragraph in which a mark begins."""
    starts = document.element.body.iter(W + "bookmarkStart")
    return next(node for node in starts if node.get(W + "name") == f"kd_{mark}").getparent()


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(W + "t"))


def only(found: tuple[Wording, ...]) -> Wording:
    assert len(found) == 1, found
    return found[0]


def test_marks_say_nothing_private_and_are_one_of_a_kind() -> None:
    for data in (made(), made("variant", sample.FINANCE), made("cover", sample.FINANCE), on_letterhead()):
        body = parts_of(data)["word/document.xml"].decode()
        names = re.findall(r'<w:bookmarkStart [^>]*w:name="(kd_[^"]*)"', body)
        assert names and len(names) == len(set(names))
        assert all(re.fullmatch(r"kd_(?:[a-z_]+|arg_\d+)", name) and len(name) <= 40 for name in names)
        ids = re.findall(r'<w:bookmarkStart w:id="(\d+)"', body)
        assert len(ids) == len(set(ids)) and sorted(ids) == sorted(
            re.findall(r'<w:bookmarkEnd w:id="(\d+)"', body)
        )


def test_what_nobody_changed_is_silent(tmp_path: Path) -> None:
    data = made()
    assert wordings(data, data) == ()
    assert wordings(data, edited(data, lambda _document: None)) == ()
    assert wordings(data, convert(data, tmp_path)) == ()


def test_markup_comes_out_as_it_went_in() -> None:
    def change(document: Any) -> None:
        one = paragraph(document, "Главное")
        [*one.iter(W + "t")][-1].text += " и надолго"

    found = only(wordings(made(), edited(made(), change)))
    assert found.before == RICH
    assert (found.mark, found.found) == ("understanding", "mark")
    assert found.after.splitlines()[0] == "**Главное** — _быстро_: и надолго"
    assert found.after.splitlines()[1:] == RICH.splitlines()[1:]


def test_text_typed_behind_the_mark_and_new_paragraphs_belong_to_it() -> None:
    def change(document: Any) -> None:
        last = paragraph(document, "два")
        added = deepcopy(last)
        for node in [*added.iter(W + "bookmarkEnd"), *added.iter(W + "bookmarkStart")]:
            node.getparent().remove(node)
        [*added.iter(W + "t")][-1].text = "три"
        last.addnext(added)
        run = deepcopy([*last.iter(W + "r")][-1])
        run.find(W + "t").text = " с половиной"
        last.append(run)

    assert only(wordings(made(), edited(made(), change))).after == f"{RICH} с половиной\n3. три"


def test_an_argument_without_what_confirms_it() -> None:
    said = "Ресурс теплообменных труб — 60 000 часов при температуре газов до 950 °C."

    def change(document: Any) -> None:
        one = paragraph(document, "Ресурс")
        next(iter(one.iter(W + "t"))).text = "Трубы служат 60 000 часов."

    found = only(wordings(made(), edited(made(), change)))
    assert found.mark.startswith("arg_")
    assert (found.before, found.after) == (said, "Трубы служат 60 000 часов.")


@pytest.mark.parametrize("mark", ["payment", "next_step", "validity_reason"])
def test_a_lost_mark_is_found_by_likeness(mark: str) -> None:
    def change(document: Any) -> None:
        one = marked(document, mark)
        [*one.iter(W + "t")][-1].text += " Сверх того."
        for node in [*one.iter(W + "bookmarkStart"), *one.iter(W + "bookmarkEnd")]:
            one.remove(node)

    data = made(validity_reason="Цена изготовителя держится до конца года.")
    found = only(wordings(data, edited(data, change)))
    assert (found.mark, found.found) == (mark, "likeness")
    assert found.after == f"{found.before} Сверх того."


def test_a_wording_that_was_taken_out() -> None:
    def change(document: Any) -> None:
        for begins in ("Главное", "первое", "второе", "раз", "два"):
            one = paragraph(document, begins)
            one.getparent().remove(one)

    found = only(wordings(made(), edited(made(), change)))
    assert (found.mark, found.after, found.found) == ("understanding", "", "gone")


@pytest.mark.parametrize("template", [made, on_letterhead])
def test_libreoffice_keeps_the_marks(template: Callable[[], bytes], tmp_path: Path) -> None:
    data = template()

    def change(document: Any) -> None:
        next(iter(marked(document, "lead_time").iter(W + "t"))).text = "12 недель с даты аванса."

    found = only(wordings(data, edited(convert(data, tmp_path), change)))
    assert (found.mark, found.before, found.after, found.found) == (
        "lead_time", "14 недель с даты аванса.", "12 недель с даты аванса.", "mark",
    )  # fmt: skip


WITHIN = (
    "Шесть показателей:\n- вес брутто;\n- **ёмкость**.\nИ порядок:\n1. снять\n2. поставить",
    "Два шага:\n1. снять\n2. поставить",
    "- масса;\n- ёмкость;\n- ресурс",
    "1. снять\n2. поставить",
)


def with_lists(template: bytes | None = None) -> bytes:
    """The sample with a list inside each of the first arguments."""
    found = told()
    texts = {f"id-{number}": words for number, words in enumerate(WITHIN)}
    readers = (
        replace(
            reader,
            chosen=tuple(replace(one, text=texts.get(one.argument_id, one.text)) for one in reader.chosen),
        )
        for reader in found.readers
    )
    data = build(sample.proposal("ru"), replace(found, readers=tuple(readers)), "group")
    return Renderer().render(template or bundled("ru", "group").read(), data)


@pytest.mark.parametrize("whose", ["ours", "letterhead", "bare"])
def test_a_list_inside_an_argument_is_one_in_word_and_comes_back(whose: str, tmp_path: Path) -> None:
    from kamdesk.documents.ooxml.package import Package
    from kamdesk.documents.wordings import _Text  # what is read of a file before anything is compared
    from kamdesk.rules import markup

    template = None
    if whose != "ours":
        file = letterheads.russian()
        if whose == "bare":
            file.styles = file.styles.replace("List Bullet", "Own Bullet")
        template = letterhead.prepare(file.build(), None, "group", "ru")
    data = with_lists(template)
    assert "• " not in text(edited_body(data))
    for each in (data, convert(data, tmp_path)):
        read = _Text(Package.read(each))
        said = {
            markup.written_lines(read.lines(span, False))
            for mark, span in read.spans.items()
            if mark.startswith("arg_")
        }
        assert set(WITHIN) <= said
    assert wordings(data, convert(data, tmp_path)) == ()


def edited_body(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data)).element.body


def test_a_line_in_a_list_of_an_argument_is_taken_back() -> None:
    def change(document: Any) -> None:
        [*paragraph(document, "вес").iter(W + "t")][-1].text = "вес нетто;"

    data = with_lists()
    found = only(wordings(data, edited(data, change)))
    assert (found.before, found.after.splitlines()[1]) == (WITHIN[0], "- вес нетто;")

    def add(document: Any) -> None:
        last = paragraph(document, "поставить")
        added = deepcopy(last)
        for node in [*added.iter(W + "bookmarkEnd"), *added.iter(W + "bookmarkStart")]:
            node.getparent().remove(node)
        [*added.iter(W + "t")][-1].text = "пустить"
        last.addnext(added)

    found = only(wordings(data, edited(data, add)))
    assert found.after == f"{found.before}\n3. пустить"


def test_what_was_pasted_for_a_wording_may_be_too_long_for_one() -> None:
    pasted = "**много** _слов_ [и](http://a.ru/) \\* " * 50_000

    def change(document: Any) -> None:
        next(marked(document, "uniqueness").iter(W + "t")).text = pasted

    before = made()
    after = edited(before, change)
    assert wordings(before, after) == ()
    removed, added = differences(before, after)
    assert (removed.kind, added.kind, added.after[:9]) == ("removed", "added", "**много**")
    assert len(added.after) <= LONGEST + 1
