"""Files of the vault changed outside: what was sent is never told from a changed copy, and what is made anew is whole again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience

TAMPERED: dict[str, Callable[[bytes, bytes], bytes]] = {
    "a flipped bit": lambda mine, _other: mine[:50] + bytes([mine[50] ^ 1]) + mine[51:],
    "a flipped bit of its end": lambda mine, _other: mine[:-1] + bytes([mine[-1] ^ 128]),
    "cut by a byte": lambda mine, _other: mine[:-1],
    "something appended": lambda mine, _other: mine + b"x",
    "another file of this vault": lambda _mine, other: other,
    "another file with the same length": lambda mine, other: (other * 9)[: len(mine)],
    "nothing": lambda _mine, _other: b"",
    "the file in plain": lambda mine, _other: b"PK\x03\x04".ljust(len(mine), b"\0"),
}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory, demo_copy) -> Iterator[tuple[Workplace, str, Path, Path]]:
    folder = tmp_path_factory.mktemp("kept") / "vault"
    place = demo_copy(folder, "ru")
    proposal = place.proposals.list()[0].id
    (made,) = place.generation.generate(proposal, Audience(letters=()))
    place.sending.send(proposal, [made.document_id], channel="email", next_date=date(2026, 3, 10))
    names = [place.store.files.put(data) for data in (made.docx, made.pdf or b"")]
    mine, other = (folder / "files" / name[:2] / name for name in names)
    yield place, proposal, mine, other
    place.close()


@pytest.mark.parametrize("name", TAMPERED)
def test_a_changed_copy_is_never_given_for_what_was_sent(
    sent: tuple[Workplace, str, Path, Path], name: str
) -> None:
    place, proposal, mine, other = sent
    whole = mine.read_bytes()
    word = [one.id for one in place.sending.sent(proposal) if one.file_name.endswith(".docx")]
    before = {one: place.sending.sent_file(one) for one in word}
    document = next(one.id for one in place.proposals.page(proposal).documents if one.is_current)
    content = place.word_files.docx(document)
    mine.write_bytes(TAMPERED[name](whole, other.read_bytes()))
    try:
        for one in word:
            with pytest.raises(KamdeskError, match=r"sending\.(missing|changed)"):
                place.sending.sent_file(one)
        with pytest.raises(KamdeskError, match=r"storage\.file_damaged"):
            place.word_files.docx(document)
        # Making the same document again gives the same bytes: they were taken for stored, and so stayed damaged for ever.
        place.store.files.put(content)
        assert {one: place.sending.sent_file(one) for one in word} == before
    finally:
        mine.write_bytes(whole)
