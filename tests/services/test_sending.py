"""Sending keeps the exact file, asks for the next date, and remembers what each reader was told (R12, W6)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Dispatch, StoredFile
from kamdesk.services.generation import Audience

NEXT = date(2026, 3, 10)


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


@pytest.fixture
def made(demo: Workplace) -> str:
    """The id of the proposal with the group document and one letter."""
    proposal = demo.proposals.list()[0].id
    reader = demo.proposals.page(proposal).readers[0].id
    demo.generation.generate(proposal, Audience(letters=(reader,)))
    return proposal


def documents(demo: Workplace, proposal: str) -> list[str]:
    """The ids of what goes out."""
    return [one.id for one in demo.proposals.page(proposal).documents if one.is_current]


def test_a_sent_proposal_never_stands_without_a_date(demo: Workplace, made: str) -> None:
    with pytest.raises(KamdeskError, match=r"proposal\.needs_next_date"):
        demo.sending.send(made, documents(demo, made), channel="email", next_date=None)
    with pytest.raises(KamdeskError, match=r"status\.next_date_past"):
        demo.sending.send(made, documents(demo, made), channel="email", next_date=date(2026, 3, 1))
    with pytest.raises(KamdeskError, match=r"proposal\.nothing_to_send"):
        demo.sending.send(made, (), channel="email", next_date=NEXT)
    with pytest.raises(KamdeskError, match=r"sending\.ahead"):
        demo.sending.send(
            made, documents(demo, made), channel="email", next_date=NEXT, sent_on=date(2030, 3, 6)
        )
    with pytest.raises(KamdeskError, match=r"sending\.ahead"):
        demo.sending.attach_sent(made, "скан.pdf", b"%PDF", channel="email", sent_on=date(2030, 3, 6))
    page = demo.proposals.page(made)
    assert page.status == "draft"
    assert not page.dispatches


def test_the_exact_files_are_kept(demo: Workplace, made: str) -> None:
    ids = documents(demo, made)
    sent = {demo.word_files.pdf(one) for one in ids} | {demo.word_files.docx(one) for one in ids}
    demo.sending.send(
        made, ids, channel="courier", next_date=NEXT, sent_on=date(2026, 3, 4), note="с приложениями"
    )
    demo.proposals.edit(made, {"payment": "Другие условия"})
    demo.generation.generate(made, Audience(letters=()))
    page = demo.proposals.page(made)
    assert (page.status, page.values["next_date"]) == ("sent", NEXT)
    assert {one.channel for one in page.dispatches} == {"courier"}
    assert {one.sent_on for one in page.dispatches} == {date(2026, 3, 4)}
    assert page.readers[0].name.full() in {one.recipient for one in page.dispatches}
    kept = [demo.sending.sent_file(one.id) for one in page.dispatches]
    assert {content for _name, content in kept} == sent
    assert {Path(name).suffix for name, _content in kept} == {".pdf", ".docx"}


def test_each_who_got_a_file_has_a_record_of_it(demo: Workplace, made: str) -> None:
    page = demo.proposals.page(made)
    first, second, *_others = page.readers
    demo.sending.send(
        made,
        documents(demo, made),
        channel="email",
        next_date=NEXT,
        reader_ids=(first.id, second.id),
        recipient="  Секретарь  приёмной ",
    )
    found = Counter(
        (one.recipient, "cover" if "письмо" in one.file_name else "group") for one in demo.sending.sent(made)
    )
    assert found == {
        (first.name.full(), "group"): 2,
        (second.name.full(), "group"): 2,
        ("Секретарь приёмной", "group"): 2,
        (first.name.full(), "cover"): 2,
    }
    told = {one.argument_id for one in demo.people.card(page.readers[2].person_id).told}
    assert not {one.argument_id for one in page.readers[2].chosen} <= told, "who did not get it was not told"


def test_the_hash_is_of_the_kept_bytes_and_is_checked(demo: Workplace, made: str) -> None:
    demo.sending.send(made, documents(demo, made), channel="platform", next_date=NEXT, recipient="ЭТП")
    for one in demo.sending.sent(made):
        _name, data = demo.sending.sent_file(one.id)
        assert (hashlib.sha256(data).hexdigest(), len(data), one.origin) == (one.sha256, one.size, "made")
    first, second = demo.sending.sent(made)[:2]

    def swap(session) -> None:
        files = [session.get(StoredFile, session.get(Dispatch, at.id).file_id) for at in (first, second)]
        files[0].storage = files[1].storage

    demo.store.write("record.add", {"noun": "", "name": ""}, swap)
    with pytest.raises(KamdeskError, match=r"sending\.changed"):
        demo.sending.sent_file(first.id)
    for path in (demo.vault.folder / "files").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(KamdeskError, match=r"sending\.missing"):
        demo.sending.sent_file(second.id)


def test_what_was_edited_before_the_last_change_leaves_only_knowingly(demo: Workplace, made: str) -> None:
    group = next(one for one in demo.proposals.page(made).documents if one.kind == "group")
    data = BytesIO()
    word = WordDocument(BytesIO(demo.word_files.docx(group.id)))
    word.add_paragraph("Правка")
    word.save(data)
    edited = demo.word_files.take_back(group.id, data.getvalue())
    assert edited is not None
    demo.proposals.edit(made, {"payment": "Другие условия"})
    with pytest.raises(KamdeskError, match=r"sending\.behind"):
        demo.sending.send(made, [edited], channel="email", next_date=NEXT)
    assert demo.proposals.page(made).status == "draft"
    with pytest.raises(KamdeskError, match=r"sending\.not_reader"):
        demo.sending.send(
            made, [edited], channel="email", next_date=NEXT, reader_ids=("x",), accept_behind=True
        )
    demo.sending.send(made, [edited], channel="email", next_date=NEXT, accept_behind=True)
    assert {one.origin for one in demo.sending.sent(made)} == {"edited"}


def test_readers_remember_what_they_were_told(demo: Workplace, made: str) -> None:
    reader = demo.proposals.page(made).readers[0]
    demo.sending.send(made, documents(demo, made), channel="email", next_date=NEXT)
    told = {one.argument_id for one in demo.people.card(reader.person_id).told}
    assert {one.argument_id for one in reader.chosen} <= told
    demo.vault.history.undo()
    page = demo.proposals.page(made)
    assert page.status == "draft"
    assert not page.dispatches
    assert not {one.argument_id for one in reader.chosen} <= {
        one.argument_id for one in demo.people.card(reader.person_id).told
    }


def test_a_signed_scan_is_kept_beside(demo: Workplace, made: str) -> None:
    scan = b"%PDF-1.7 signed"
    one = demo.sending.attach_sent(
        made, "C:\\сканы\\КП подписано.pdf", scan, channel="by_hand", note="оригинал"
    )
    assert demo.sending.sent_file(one) == ("КП подписано.pdf", scan)
    [entry] = demo.proposals.page(made).dispatches
    assert (entry.channel, entry.note, entry.sent_on) == ("by_hand", "оригинал", date(2026, 3, 5))


def test_moves_that_make_no_sense_are_refused(demo: Workplace, made: str) -> None:
    demo.sending.send(made, documents(demo, made), channel="email", next_date=NEXT)
    demo.proposals.set_status(made, "declined", loss_reason="price")
    with pytest.raises(KamdeskError, match=r"status\.not_from_here"):
        demo.sending.send(made, documents(demo, made), channel="email", next_date=NEXT)
