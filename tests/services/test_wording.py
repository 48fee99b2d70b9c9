"""The wording edited in Word comes back: to the proposal, for one reader, to the library, one by one or all, each as one step (R11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience
from kamdesk.services.wording import ChangesBack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


@pytest.fixture
def proposal(demo: Workplace) -> str:
    """A proposal with rich words, its group document made."""
    found = demo.proposals.list()[0].id
    demo.proposals.edit(
        found, {"understanding": "Задача **одна**:\n- газ;\n- простой.", "payment": "30 % — аванс."}
    )
    demo.generation.generate(found, Audience(letters=()))
    return found


def current(demo: Workplace, proposal: str) -> str:
    page = demo.proposals.page(proposal)
    return next(one.id for one in page.documents if one.kind == "group" and one.is_current)


def marked(document: Any, mark: str) -> Any:
    starts = document.element.body.iter(W + "bookmarkStart")
    return next(node for node in starts if node.get(W + "name").startswith(f"kd_{mark}")).getparent()


def say(document: Any, mark: str, text: str) -> None:
    """Replace the first words of a marked wording."""
    nodes = [node for node in marked(document, mark).iter(W + "t") if (node.text or "").strip()]
    nodes[0].text = text


def save(demo: Workplace, document_id: str, change: Callable[[Any], object]) -> str:
    """Edit a document as Word would and take it back."""
    from docx import Document

    document = Document(BytesIO(demo.word_files.docx(document_id)))
    change(document)
    out = BytesIO()
    document.save(out)
    new = demo.word_files.take_back(document_id, out.getvalue())
    assert new is not None
    return new


def marks(changes: ChangesBack) -> list[str]:
    return [one.mark for one in changes.wordings]


def test_a_paragraph_and_a_term_come_back(demo: Workplace, proposal: str) -> None:
    def change(document: Any) -> None:
        say(document, "understanding", "Задача, как мы её поняли, ")
        say(document, "payment", "50 % — аванс.")

    new = save(demo, current(demo, proposal), change)
    found = demo.wordings.changes(new)
    assert marks(found) == ["understanding", "payment"]
    assert found.wordings[0].after == "Задача, как мы её поняли, **одна**:\n- газ;\n- простой."
    assert found.elsewhere == () and found.numbers == ()

    assert demo.wordings.take(new, ["understanding"]) == 1
    values = demo.proposals.page(proposal).values
    assert (values["understanding"], values["payment"]) == (found.wordings[0].after, "30 % — аванс.")
    assert not any(one.stale for one in demo.proposals.page(proposal).documents if one.id == new)
    assert marks(demo.wordings.changes(new)) == ["payment"]  # what stands here already is silent
    demo.vault.history.undo()
    assert demo.proposals.page(proposal).values["understanding"].startswith("Задача **одна**")

    assert demo.wordings.take(new) == 2
    assert demo.wordings.changes(new).wordings == ()
    with pytest.raises(KamdeskError, match=r"wording\.nothing"):
        demo.wordings.take(new)
    demo.vault.history.undo()
    assert marks(demo.wordings.changes(new)) == ["understanding", "payment"]
    # and the next document says it
    demo.wordings.take(new)
    demo.generation.generate(proposal, Audience(letters=()))
    newest = max(
        (one for one in demo.proposals.page(proposal).documents if one.kind == "group"),
        key=lambda one: one.version,
    )
    assert demo.wordings.changes(newest.id).wordings == ()


def test_an_argument_for_its_readers_or_for_the_library(demo: Workplace, proposal: str) -> None:
    new = save(
        demo, current(demo, proposal), lambda document: say(document, "arg_", "Так сказал заказчик **сам**.")
    )
    [change] = demo.wordings.changes(new).wordings
    assert change.for_library and change.readers
    before = demo.library.argument(change.argument_id).text
    demo.wordings.take(new)
    told = [
        one.text
        for reader in demo.proposals.page(proposal).readers
        if reader.id in change.reader_ids
        for one in reader.chosen
        if one.argument_id == change.argument_id
    ]
    assert set(told) == {change.after} and demo.library.argument(change.argument_id).text == before
    demo.vault.history.undo()

    demo.wordings.take_to_library(new, change.mark)
    assert demo.library.argument(change.argument_id).text == change.after
    assert demo.wordings.changes(new).wordings == ()
    demo.vault.history.undo()
    assert demo.library.argument(change.argument_id).text == before


def test_an_argument_taken_out_in_word_is_dropped(demo: Workplace, proposal: str) -> None:
    def change(document: Any) -> None:
        one = marked(document, "arg_")
        one.getparent().remove(one)

    new = save(demo, current(demo, proposal), change)
    [gone] = demo.wordings.changes(new).wordings
    assert gone.after == "" and not gone.for_library
    demo.wordings.take(new)
    chosen = {
        one.argument_id
        for reader in demo.proposals.page(proposal).readers
        if reader.id in gone.reader_ids
        for one in reader.chosen
    }
    assert gone.argument_id not in chosen
    assert demo.wordings.changes(new).wordings == ()


def test_a_price_changed_in_word_is_told_and_not_taken(demo: Workplace, proposal: str) -> None:
    def change(document: Any) -> None:
        table = next(one for one in document.tables if "Наименование" in one.rows[0].cells[1].text)
        row = next(row for row in table.rows if any("Всего" in cell.text for cell in row.cells))
        next(iter(row.cells[-1]._tc.iter(W + "t"))).text = "1\u00a0200\u00a0000,00"

    new = save(demo, current(demo, proposal), change)
    found = demo.wordings.changes(new)
    assert found.wordings == ()
    [edit] = found.elsewhere
    [number] = found.numbers
    assert edit.place.params["row"].startswith("Всего") and edit.place.params["column"]
    assert number.code == "wording.sum_differs" and number.params["after"] == "1\u00a0200\u00a0000,00"


def test_what_was_changed_here_too_is_seen(demo: Workplace, proposal: str) -> None:
    new = save(demo, current(demo, proposal), lambda document: say(document, "payment", "50 % — аванс."))
    demo.proposals.edit(proposal, {"payment": "40 % — аванс."})
    [change] = demo.wordings.changes(new).wordings
    assert (change.before, change.current, change.after) == (
        "30 % — аванс.",
        "40 % — аванс.",
        "50 % — аванс.",
    )


def test_a_generated_document_has_nothing_to_give_back(demo: Workplace, proposal: str) -> None:
    assert demo.wordings.changes(current(demo, proposal)).wordings == ()
