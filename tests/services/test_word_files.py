"""What is changed in Word is never lost: out, back, versions, differences, files in folders (R11, issue item 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience
from kamdesk.services.proposal_views import DocumentView

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EDIT = "Цена действует при оплате до конца месяца — так мы договорились."


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


@pytest.fixture
def made(demo: Workplace) -> str:
    """The id of the proposal, its group document made."""
    proposal = demo.proposals.list()[0].id
    demo.generation.generate(proposal, Audience(letters=()))
    return proposal


def group(demo: Workplace, proposal: str) -> list[DocumentView]:
    """The versions of the group document, the newest first."""
    return [one for one in demo.proposals.page(proposal).documents if one.kind == "group"]


def edited(docx: bytes, text: str = EDIT) -> bytes:
    """The file as a person leaves it who added a paragraph."""
    from docx import Document

    document = Document(BytesIO(docx))
    document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def cheaper(demo: Workplace, proposal: str) -> None:
    """Another price in the first line of the offer."""
    offer = demo.proposals.page(proposal).offer
    first = offer[0]
    changed = replace(first, price=first.price * 2)
    demo.proposals.save_offer(proposal, (changed, *offer[1:]))


def test_edits_made_in_word_survive_a_new_price(demo: Workplace, made: str, tmp_path: Path) -> None:
    first = group(demo, made)[0]
    given = demo.word_files.give_out(first.id, tmp_path / "out")
    hand = edited(given.path.read_bytes())
    second = demo.word_files.take_back(first.id, hand)
    assert second is not None
    assert demo.word_files.generated_before(second) == first.id
    [changes] = demo.word_files.compare(first.id, second)
    assert (changes.kind, changes.after) == ("added", EDIT)

    cheaper(demo, made)
    demo.generation.generate(made, Audience(letters=()))
    versions = group(demo, made)
    assert [(one.version, one.is_current, one.hand_edited) for one in versions] == [
        (3, False, False),
        (2, True, True),
        (1, False, False),
    ]
    # nothing overwritten: the file of the user's hand is there byte by byte, and it is what goes out
    assert demo.word_files.docx(second) == hand
    assert demo.word_files.docx(first.id) == given.path.read_bytes()
    assert "document.edited_stands" in [one.code for one in demo.proposals.page(made).notices]
    between = demo.word_files.compare(second, versions[0].id)
    assert any(one.kind == "removed" and one.before == EDIT for one in between)
    assert any("840" in one.after for one in between), [one.after for one in between]

    demo.word_files.use_version(versions[0].id)
    assert [one.version for one in group(demo, made) if one.is_current] == [3]
    assert not [one for one in demo.proposals.page(made).notices if one.code.startswith("document.")]
    demo.vault.history.undo()
    assert [one.version for one in group(demo, made) if one.is_current] == [2]


def test_an_old_price_edited_by_hand_is_said_until_it_is_solved(demo: Workplace, made: str) -> None:
    first = group(demo, made)[0]
    second = demo.word_files.take_back(first.id, edited(demo.word_files.docx(first.id)))
    assert second is not None
    assert not any(one.behind for one in group(demo, made))
    cheaper(demo, made)
    [again] = demo.generation.generate(made, Audience(letters=()))
    assert again.edits_stand
    # what is taken back from Word once more still stands on the earlier price
    third = demo.word_files.take_back(second, edited(demo.word_files.docx(second), "Ещё абзац."))
    page = demo.proposals.page(made)
    assert [one.id for one in page.documents if one.behind] == [third]
    assert "document.edited_older" in [one.code for one in page.notices]

    demo.word_files.use_version(again.document_id)
    page = demo.proposals.page(made)
    assert not any(one.behind for one in page.documents)
    assert "document.edited_older" not in [one.code for one in page.notices]


def test_the_pdf_comes_from_the_edited_file(demo: Workplace, made: str, tmp_path: Path) -> None:
    first = group(demo, made)[0]
    second = demo.word_files.take_back(first.id, edited(demo.word_files.docx(first.id)))
    assert second is not None
    [docx, pdf] = demo.word_files.export(second, tmp_path / "folder")
    assert docx.suffix == ".docx"
    assert pdf.read_bytes() == demo.word_files.pdf(second) != demo.word_files.pdf(first.id)


def test_the_same_bytes_make_no_version(demo: Workplace, made: str) -> None:
    first = group(demo, made)[0]
    assert demo.word_files.take_back(first.id, demo.word_files.docx(first.id)) is None
    assert len(group(demo, made)) == 1


def test_what_is_no_word_file_is_refused(demo: Workplace, made: str) -> None:
    first = group(demo, made)[0]
    with pytest.raises(KamdeskError):
        demo.word_files.take_back(first.id, b"PK\x03\x04 half a file")
    assert [one.is_current for one in group(demo, made)] == [True]


def test_a_folder_that_cannot_be_written_is_said(demo: Workplace, made: str, tmp_path: Path) -> None:
    first = group(demo, made)[0]
    file = tmp_path / "a file"
    file.write_text("no folder", "utf-8")
    for folder in (file, file / "inside", Path("/proc/kamdesk")):
        with pytest.raises(KamdeskError, match=r"document\.folder_unwritable") as told:
            demo.word_files.export(first.id, folder)
        assert str(folder) == told.value.message.params["folder"]
    assert file.read_text("utf-8") == "no folder"


def test_saving_again_replaces_as_a_whole(demo: Workplace, made: str, tmp_path: Path) -> None:
    first = group(demo, made)[0]
    [path] = demo.word_files.export(first.id, tmp_path / "folder", ("docx",))
    path.write_bytes(b"older")
    demo.word_files.export(first.id, tmp_path / "folder", ("docx",))
    assert path.read_bytes() == demo.word_files.docx(first.id)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_an_edited_file_leaves_without_author_and_comments(
    demo: Workplace, made: str, tmp_path: Path
) -> None:
    from docx import Document

    document_id = group(demo, made)[0].id
    word = Document(BytesIO(demo.word_files.docx(document_id)))
    paragraph = word.add_paragraph(EDIT)
    word.add_comment(paragraph.runs, text="Он торгуется всегда", author="Орлова", initials="О")
    word.core_properties.last_modified_by = "Орлова"
    out = BytesIO()
    word.save(out)
    version = demo.word_files.take_back(document_id, out.getvalue())
    assert version is not None
    assert demo.word_files.docx(version) == out.getvalue()
    path = demo.word_files.export(version, tmp_path / "out", ("docx",))[0]
    read = Document(str(path))
    assert EDIT in [one.text for one in read.paragraphs]
    assert read.core_properties.last_modified_by == ""
    said = demo.workers.text(path.read_bytes())
    assert "торгуется" not in said
    assert "Орлова" not in read.core_properties.author


def test_what_may_not_leave_leaves_as_pdf_neither(demo: Workplace, made: str, tmp_path: Path) -> None:
    """A link to a folder of ours in the file: Word refuses to leave with it, and so does a PDF made of it."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document_id = group(demo, made)[0].id
    word = Document(BytesIO(demo.word_files.docx(document_id)))
    revision = f'{nsdecls("w")} w:id="901" w:author="Орлова" w:date="2026-03-01T00:00:00Z"'
    struck = f"<w:del {revision}><w:r><w:delText>Себестоимость 70 тысяч</w:delText></w:r></w:del>"
    word.add_paragraph(EDIT)._p.append(parse_xml(struck))
    part = word.part
    part.relate_to("file:///C:/Прайсы/закупка.xlsx", f"{_RELATIONS}/oleObject", is_external=True)
    out = BytesIO()
    word.save(out)
    version = demo.word_files.take_back(document_id, out.getvalue())
    assert version is not None
    for kind in ("docx", "pdf"):
        with pytest.raises(KamdeskError, match="word"):
            demo.word_files.export(version, tmp_path / "out", (kind,))
    assert not (tmp_path / "out").exists()
    pdf = demo.workers.extract_text(demo.word_files.pdf(version), "a.pdf")
    assert EDIT in " ".join(pdf.split()) and "Себестоимость" not in pdf
