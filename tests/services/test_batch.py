"""Several proposals at once, and drafts of e-mails: what is made, what stays, what a cancel leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Contact
from kamdesk.services.generation import Audience


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


def drafts_of(demo: Workplace, many: int) -> list[str]:
    """So many new proposals without a number."""
    first = demo.proposals.list()[0]
    return [
        demo.proposals.start(first.organisation_id, from_id=first.id, subject=f"Очередь {n}")
        for n in range(many)
    ]


def test_numbers_differ_and_one_without_readers_is_told(demo: Workplace) -> None:
    ids = drafts_of(demo, 3)
    demo.proposals.set_readers(ids[1], ())
    steps: list[tuple[int, int]] = []
    report = demo.batches.make(
        ids, Audience(letters=()), progress=lambda done, total, _what: steps.append((done, total))
    )
    assert [(one.proposal_id, one.why.code) for one in report.problems] == [(ids[1], "proposal.no_readers")]
    assert (report.done, report.proposals, report.cancelled) == (2, 2, False)
    assert sorted(steps) == [(1, 3), (2, 3), (3, 3)]
    numbers = [demo.proposals.page(one).values["number"] for one in (ids[0], ids[2])]
    assert all(numbers)
    assert len(set(numbers)) == 2
    with pytest.raises(KamdeskError, match=r"output\.nothing_chosen"):
        demo.batches.make(())


def test_a_cancel_leaves_whole_proposals_only(demo: Workplace) -> None:
    ids = drafts_of(demo, 3)
    ended: list[int] = []
    report = demo.batches.make(
        ids,
        Audience(letters=()),
        progress=lambda done, _total, _what: ended.append(done),
        cancelled=lambda: bool(ended),
    )
    assert report.cancelled
    assert 1 <= report.proposals < 3
    assert sum(bool(demo.proposals.page(one).documents) for one in ids) == report.proposals


def test_files_of_several_proposals_lie_beside_each_other(demo: Workplace, tmp_path: Path) -> None:
    demo.preferences.set(file_pattern="{client}")
    ids = drafts_of(demo, 2)
    demo.batches.make(ids, Audience(letters=()))
    leaving = demo.batches.leaving(ids)
    report = demo.batches.save(leaving, tmp_path / "out", ("pdf",))
    assert len({path.name for path in report.paths}) == 2
    assert all(path.is_file() for path in report.paths)
    stopped = demo.batches.save(leaving, tmp_path / "none", cancelled=lambda: True)
    assert stopped.cancelled
    assert not (tmp_path / "none").exists()
    with pytest.raises(KamdeskError, match=r"output\.no_documents"):
        demo.batches.leaving(drafts_of(demo, 1))


def test_drafts_go_to_each_reader_with_what_is_theirs(demo: Workplace) -> None:
    proposal = demo.proposals.list()[0].id
    with pytest.raises(KamdeskError, match=r"output\.no_documents"):
        demo.mail_drafts.drafts(proposal)
    readers = demo.proposals.page(proposal).readers
    demo.proposals.set_separate(readers[0].id, True)
    demo.generation.generate(proposal)

    def closed(session) -> None:
        for row in session.query(Contact).filter_by(person_id=readers[1].person_id, kind="email"):
            row.sensitivity = "private"

    demo.store.write("record.add", {"noun": "", "name": ""}, closed)
    drafts = demo.mail_drafts.drafts(proposal, formats=("pdf", "docx"))
    assert [one.to[0].reader_id for one in drafts] == [reader.id for reader in readers]
    assert len({one.file_name for one in drafts}) == len(drafts)
    assert [len(one.attachments) for one in drafts[:2]] == [4, 4]
    kinds = {one.id: one.kind for one in demo.proposals.page(proposal).documents}
    assert {kinds[one] for one in drafts[0].document_ids} == {"cover", "variant"}
    assert {kinds[one] for one in drafts[1].document_ids} == {"cover", "group"}
    mail = message_from_bytes(drafts[0].data, policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"].addresses[0].addr_spec == drafts[0].to[0].email
    assert mail["From"] is None
    attached = list(mail.iter_attachments())
    assert attached[0].get_payload(decode=True).startswith(b"%PDF-")
    assert drafts[1].to[0].email, "a letter to one person may use an address that others are not shown"
    [one] = demo.mail_drafts.drafts(proposal, one_for_all=True)
    assert {kinds[at] for at in one.document_ids} == {"group"}
    assert [who.email for who in one.to if who.reader_id == readers[1].id] == [""]
    assert not demo.proposals.page(proposal).dispatches
    letters = [at for at, kind in kinds.items() if kind == "cover"]
    with pytest.raises(KamdeskError, match=r"mail\.no_reader_document"):
        demo.mail_drafts.drafts(proposal, letters, one_for_all=True)
