"""Power cuts while documents are made and sent, and a full disk while they are saved: all of a step or nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.model.messages import KamdeskError
from kamdesk.services.generation import Audience
from kamdesk.store.vault import Secret, open_vault
from tests.hostile.conftest import fill

CHILD = """
import sys
from datetime import date, timedelta
from pathlib import Path
from kamdesk.bootstrap import open_workplace
from kamdesk.services.generation import Audience
from kamdesk.store.vault import Secret, open_vault

if __name__ == "__main__":
    place = open_workplace(open_vault(Path(sys.argv[1]), Secret("")))
    ids = [one.id for one in place.proposals.list()]
    print("open", flush=True)
    while True:
        if sys.argv[2] == "batch":
            place.batches.make(ids, Audience(letters=()))
        else:
            page = place.proposals.page(sys.argv[3])
            day = date.today() + timedelta(9)
            place.sending.send(page.id, [one.id for one in page.documents], channel="email", next_date=day)
            while True:
                print("sent", flush=True)
                sys.stdin.readline()
"""


@pytest.mark.parametrize(
    ("what", "wait"), [("batch", 0.5), ("batch", 1.5), ("send", 0.05), ("send", 0.3), ("send", 1.0)]
)
def test_a_kill_leaves_whole_steps(
    tmp_path: Path, demo_copy: Callable[[Path, str], Workplace], what: str, wait: float
) -> None:
    place = demo_copy(tmp_path / "vault", "ru")
    proposal = place.proposals.list()[0].id
    place.generation.generate(proposal, Audience(letters=()))
    place.close()
    (tmp_path / "child.py").write_text(CHILD)
    child = subprocess.Popen(
        [sys.executable, str(tmp_path / "child.py"), str(tmp_path / "vault"), what, proposal],
        cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert child.stdout is not None and child.stdin is not None
    assert child.stdout.readline() == b"open\n"
    time.sleep(wait)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    place = open_workplace(open_vault(tmp_path / "vault", Secret("")))
    try:
        rows = place.proposals.list()
        numbers = [row.number for row in rows if row.number]
        assert len(numbers) == len(set(numbers))
        for row in rows:
            page = place.proposals.page(row.id)
            for document in page.documents:
                assert place.word_files.docx(document.id)
                assert place.word_files.pdf(document.id)
        page = place.proposals.page(proposal)
        kept = [place.sending.sent_file(one.id) for one in page.dispatches]
        assert page.status in ("draft", "sent")
        assert len(kept) == (2 * len(page.readers) if page.status == "sent" else 0)
        assert bool(place.closing.view(proposal).steps) == (page.status == "sent")
    finally:
        place.close()


def test_a_full_disk_is_told_and_leaves_no_half_file(
    tmp_path: Path, demo_copy: Callable[[Path, str], Workplace], small_disk: Path
) -> None:
    place = demo_copy(tmp_path / "vault", "ru")
    try:
        proposal = place.proposals.list()[0].id
        place.generation.generate(proposal)
        leaving = place.batches.leaving([proposal])
        target = small_disk / "out"
        target.mkdir()
        ballast = fill(small_disk)
        with pytest.raises(KamdeskError, match=r"document\."):
            place.batches.save(leaving, target)
        assert not list(target.iterdir())
        with ballast.open("r+b") as stream:  # room for some of them
            stream.truncate(ballast.stat().st_size - 250_000)
        report = place.batches.save(leaving, target)
        assert report.problems and report.done == len(leaving) - len(report.problems)
        assert all(file.stat().st_size > 1000 for file in target.iterdir())
        ballast.unlink()
        report = place.batches.save(leaving, target)
        assert (report.done, report.problems) == (len(leaving), ())
    finally:
        place.close()
