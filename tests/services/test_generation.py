"""Documents of a real proposal by the real worker: what is made, what stays out of it, what a cancel leaves."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.model.fields import FieldKind
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Proposal, entities, fields_of
from kamdesk.model.values import Sensitivity
from kamdesk.services.generation import Audience, Made, OwnTemplate

MARK = "жъщцф"
"""Begins every planted word; no real word has these letters beside each other."""

SHOWN = {("person", "salutation"), ("contact", "value")}
"""Personal, and meant to be seen by the person: how a letter addresses them. Nothing else of a person."""


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


@pytest.fixture
def proposal(demo: Workplace) -> str:
    return demo.proposals.list()[0].id


def told(made: Made, folder: Path) -> str:
    """Everything a recipient could read out of both files, names and metadata too."""
    parts = [made.file_name]
    with zipfile.ZipFile(BytesIO(made.docx)) as package:
        for name in package.namelist():
            parts.append(name)
            text = package.read(name).decode("utf-8", "replace")
            # words cut into runs are read joined, attributes as they stand
            parts += [html.unescape(re.sub(r"<[^>]+>", "", text)), html.unescape(text)]
    if made.pdf is not None:
        pdf = folder / "made.pdf"
        pdf.write_bytes(made.pdf)
        for command in (["pdftotext", "-raw", str(pdf), "-"], ["pdfinfo", str(pdf)]):
            parts.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        parts.append(made.pdf.decode("latin-1"))
    return "\n".join(parts)


def plant(session: Any) -> list[str]:
    """A marked word into every personal and private text of every row; the places it was planted in."""
    planted = []
    for entity in entities():
        for column, info in fields_of(entity):
            place = str(entity.__tablename__), column.name
            hidden = info.sensitivity in (Sensitivity.PERSONAL, Sensitivity.PRIVATE) and place not in SHOWN
            if hidden and info.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
                rows = session.query(entity).all()
                for at, row in enumerate(rows):
                    setattr(row, column.name, f"{MARK}{len(planted)}в{at}")
                planted += [".".join(place)] * bool(rows)
    return planted


def test_the_group_gets_one_document_and_each_reader_a_letter(demo: Workplace, proposal: str) -> None:
    readers = demo.proposals.page(proposal).readers
    demo.proposals.set_separate(readers[2].id, True)
    steps: list[tuple[int, int]] = []
    made = demo.generation.generate(proposal, progress=lambda done, total, _what: steps.append((done, total)))
    assert [one.kind for one in made] == ["group", *["cover"] * len(readers), "variant"]
    assert sorted(steps) == [(at, len(made)) for at in range(1, len(made) + 1)]
    assert all(one.pdf and one.pages and one.docx for one in made)
    page = demo.proposals.page(proposal)
    assert len(page.documents) == len(made)
    assert not any(document.stale for document in page.documents)
    demo.proposals.edit(proposal, {"payment": "Оплата после пуска."})
    assert all(document.stale for document in demo.proposals.page(proposal).documents)


def test_no_private_word_gets_into_a_document(demo: Workplace, proposal: str, tmp_path: Path) -> None:
    for program in ("pdftotext", "pdfinfo"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    for reader in demo.proposals.page(proposal).readers:
        demo.proposals.set_separate(reader.id, True)
    planted = demo.store.write("record.add", {"noun": "", "name": ""}, plant)
    assert {"person.stance_evidence", "fact.text", "note.text", "interaction.outcome"} <= set(planted), (
        planted
    )
    made = demo.generation.generate(proposal)
    assert {one.kind for one in made} == {"group", "cover", "variant"}
    for document in made:
        words = told(document, tmp_path)
        at = words.casefold().find(MARK)
        assert at < 0, words[max(0, at - 80) : at + 80]
        for code in ("executive", "procurement", "stance", "lens"):
            assert code not in document.file_name.casefold()
        with zipfile.ZipFile(BytesIO(document.docx)) as package:
            core = package.read("docProps/core.xml").decode()
        assert not re.search(r"executive|finance|technical|Руководство|Финансы", core), core


def test_a_preview_stores_nothing_and_takes_no_number(demo: Workplace, proposal: str) -> None:
    client = demo.proposals.list()[0].organisation_id
    draft = demo.proposals.start(client, from_id=proposal, subject="Вторая очередь")
    shown = demo.generation.preview(draft)
    assert shown.pages
    assert shown.pdf
    page = demo.proposals.page(draft)
    assert not page.documents
    assert page.values["number"] == ""
    letter = demo.generation.preview(draft, "cover", page.readers[0].id)
    assert letter.recipients == (page.readers[0].name.full(),)
    made = demo.generation.generate(draft, Audience(letters=()))
    number = str(demo.proposals.page(draft).values["number"])
    assert made[0].file_name.startswith(number.replace("/", " "))
    with pytest.raises(KamdeskError, match=r"record\.gone"):
        demo.generation.preview(draft, "cover", "nobody")


def test_a_cancelled_generation_leaves_nothing(demo: Workplace, proposal: str) -> None:
    client = demo.proposals.list()[0].organisation_id
    draft = demo.proposals.start(client, from_id=proposal)
    before = demo.vault.history.undoable()
    asked = iter((False, False, *[True] * 20))
    with pytest.raises(KamdeskError, match=r"generation\.cancelled"):
        demo.generation.generate(draft, cancelled=lambda: next(asked))
    page = demo.proposals.page(draft)
    assert not page.documents
    assert page.values["number"] == ""
    assert demo.vault.history.undoable() == before


def test_undo_takes_documents_and_number_back(demo: Workplace, proposal: str) -> None:
    client = demo.proposals.list()[0].organisation_id
    draft = demo.proposals.start(client, from_id=proposal)
    demo.generation.generate(draft, Audience(letters=()), formats=("docx",))
    assert demo.proposals.page(draft).values["number"]
    demo.vault.history.undo()
    page = demo.proposals.page(draft)
    assert not page.documents
    assert page.values["number"] == ""


def test_nobody_to_read_it_is_said(demo: Workplace, proposal: str) -> None:
    demo.proposals.set_readers(proposal, ())
    with pytest.raises(KamdeskError, match=r"proposal\.no_readers"):
        demo.generation.generate(proposal)
    with pytest.raises(KamdeskError, match=r"proposal\.no_readers"):
        demo.generation.preview(proposal)


def test_a_move_always_holds(demo: Workplace, proposal: str) -> None:
    """Two arguments moved to one place: the last move decides, the other keeps its order around it."""
    reader = demo.proposals.page(proposal).readers[0].id

    def order() -> list[str]:
        return [one.argument_id for one in demo.proposals.page(proposal).readers[0].chosen]

    first, second, third, *_rest = order()
    demo.proposals.move(reader, third, 0)
    assert order()[:3] == [third, first, second]
    demo.proposals.move(reader, second, 0)
    assert order()[:3] == [second, third, first]
    demo.proposals.move(reader, third, 0)
    assert order()[:3] == [third, second, first]
    demo.proposals.move(reader, third, None)
    demo.proposals.move(reader, second, None)
    assert order()[:3] == [first, second, third]


def test_a_renumbered_proposal_is_not_kept_under_two_numbers(
    demo: Workplace, proposal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = demo.proposals.list()[0].organisation_id
    draft = demo.proposals.start(client, from_id=proposal)
    render = demo.workers.render

    def renumber(*arguments: Any) -> bytes:
        def work(session: Any) -> None:
            session.get(Proposal, draft).number = "77"

        demo.store.write("proposal.edit", {"name": ""}, work)
        return render(*arguments)

    monkeypatch.setattr(demo.workers, "render", renumber)
    with pytest.raises(KamdeskError, match=r"generation\.renumbered"):
        demo.generation.generate(draft, Audience(letters=()), formats=("docx",))
    assert not demo.proposals.page(draft).documents


def test_a_template_with_tags_that_lacks_a_mandatory_block_is_asked_about(
    demo: Workplace, proposal: str
) -> None:
    from docx import Document as Word

    def template(*tags: str) -> bytes:
        word = Word()
        for tag in tags:
            word.add_paragraph(tag)
        stream = BytesIO()
        word.save(stream)
        return stream.getvalue()

    assert demo.generation.lacking(proposal) == ()
    some = demo.templates.add_own("наш.docx", template("{{ block.effect }}", "{{ блок.почему_мы }}"))
    demo.templates.set_use(some, mode="tags")
    demo.proposals.edit(proposal, {"template_id": some})
    assert "exclusivity" in [one.block for one in demo.generation.lacking(proposal)]
    assert "benefit" not in [one.block for one in demo.generation.lacking(proposal)]
    whole = demo.templates.add_own("весь.docx", template("{{ block.body }}"))
    demo.templates.set_use(whole, mode="tags")
    demo.proposals.edit(proposal, {"template_id": whole})
    assert demo.generation.lacking(proposal) == ()


def test_what_is_wrong_with_one_document_leaves_the_others(
    demo: Workplace, proposal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = demo.proposals.page(proposal).readers[1].id
    render = demo.workers.render

    def fails_for_one(template: bytes, document: Any) -> bytes:
        if document.kind == "cover" and "Лебедев" in str(document.fields["recipient"]):
            raise KamdeskError("documents.worker_failed", why="9")
        return render(template, document)

    monkeypatch.setattr(demo.workers, "render", fails_for_one)
    steps: list[int] = []
    found = demo.generation.make(
        proposal, formats=("docx",), progress=lambda done, _total, _what: steps.append(done)
    )
    [failed] = found.failed
    assert (failed.kind, failed.reader_id, failed.why.code) == ("cover", reader, "documents.worker_failed")
    assert len(found.made) == len(demo.proposals.page(proposal).readers)
    assert len(demo.proposals.page(proposal).documents) == len(found.made)
    assert sorted(steps) == list(range(1, len(found.made) + 2))
    with pytest.raises(KamdeskError, match=r"documents\.worker_failed"):
        demo.generation.generate(proposal, formats=("docx",))


def test_a_fault_of_the_template_stops_all_and_is_told_once(demo: Workplace, proposal: str) -> None:
    from docx import Document as WordDocument

    word, data = WordDocument(), BytesIO()
    word.add_paragraph("{{ client.nmae }}")
    word.save(data)
    with pytest.raises(KamdeskError, match=r"documents\.unknown_field"):
        demo.generation.make(proposal, template=OwnTemplate("x", data.getvalue()))
    assert not demo.proposals.page(proposal).documents


def test_files_are_called_by_the_pattern(demo: Workplace, proposal: str) -> None:
    demo.preferences.set(file_pattern="{номер} {версия}")
    made = demo.generation.generate(proposal, Audience(letters=None), formats=("docx",))
    number = str(demo.proposals.page(proposal).values["number"])
    assert [one.file_name for one in made[:3]] == [f"{number} в1", f"{number} в1 (2)", f"{number} в1 (3)"]
    again = demo.generation.generate(proposal, Audience(letters=()), formats=("docx",))
    assert [one.file_name for one in again] == [f"{number} в2"]
    with pytest.raises(KamdeskError, match=r"pattern\.unknown"):
        demo.preferences.set(file_pattern="{stance}")
