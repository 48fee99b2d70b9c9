"""The pool: answers, limits, kills, restarts; frames and their bounds."""

from __future__ import annotations

import io
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.documents.context.build import build
from kamdesk.documents.templates import bundled
from kamdesk.model.messages import KamdeskError
from kamdesk.worker import one
from kamdesk.worker.protocol import LARGEST_JSON, ProtocolError, read_frame, write_frame
from kamdesk.worker.supervisor import Workers
from tests.documents.made import template_with
from tests.documents.sample import proposal, tailored

SLOW = "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{% for z in a %}{% endfor %}{% endfor %}{% endfor %}"


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(2) as pool:
        yield pool


def _document() -> tuple[bytes, object]:
    return bundled("en", "group").read(), build(proposal("en"), tailored("en"), "group")


@given(
    st.dictionaries(st.text(max_size=9), st.integers() | st.text() | st.none()),
    st.lists(st.binary(max_size=99)),
)
def test_frames_come_through(body: dict[str, object], blobs: list[bytes]) -> None:
    body.pop("blobs", None)
    stream = io.BytesIO()
    write_frame(stream, body, blobs)
    stream.seek(0)
    assert read_frame(stream) == (body, blobs)
    assert read_frame(stream) is None


@pytest.mark.parametrize(
    "data",
    [b"\x00", struct.pack(">I", LARGEST_JSON + 1), struct.pack(">I", 9) + b"{}", struct.pack(">I", 15) + b'{"blobs": [-1]}',
     struct.pack(">I", 25) + b'{"blobs": [999999999999]} ', struct.pack(">I", 14) + b'{"blobs": [5]}abc'],
)  # fmt: skip
def test_a_broken_frame_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_frame(io.BytesIO(data))


def test_jobs_from_many_threads_get_their_own_answers(workers: Workers) -> None:
    answers: dict[int, list[bytes]] = {}

    def ask(number: int) -> None:
        answers[number] = workers._call("ping", {}, [str(number).encode()])[1]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {number: [str(number).encode()] for number in range(12)}


def test_a_job_can_be_cancelled_and_the_worker_is_replaced(workers: Workers) -> None:
    template, document = _document()
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()
    with pytest.raises(KamdeskError, match="cancelled"):
        workers.render(template_with(SLOW), document, cancel=cancel)  # type: ignore[arg-type]
    assert workers.render(template, document)[:2] == b"PK"  # type: ignore[arg-type]


def test_closing_ends_what_is_running() -> None:
    pool = Workers(1)
    _, document = _document()
    threading.Timer(0.8, pool.close).start()
    begun = time.monotonic()
    with pytest.raises(KamdeskError, match="cancelled"):
        pool.render(template_with(SLOW), document)  # type: ignore[arg-type]
    assert time.monotonic() - begun < 20
    with pytest.raises(KamdeskError, match="cancelled"):
        pool.page_count(b"")


def test_a_killed_worker_is_told_and_replaced(workers: Workers) -> None:
    workers._call("ping")
    for worker in workers._all:
        worker.kill()
    # The process may be found dead before the request (then it is simply started again) or after.
    answers = [_code(workers) for _ in range(3)]
    assert set(answers) <= {"", "documents.worker_failed"}
    assert answers[-1] == ""


def _code(workers: Workers) -> str:
    try:
        workers._call("ping")
    except KamdeskError as error:
        return error.message.code
    return ""


def test_a_worker_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with Workers(1, command=[str(tmp_path / "nothing")]) as pool, pytest.raises(KamdeskError) as missing:
        pool.page_count(b"")
    assert missing.value.message.code == "documents.worker_missing"
    with (
        Workers(1, command=[sys.executable, "-c", "raise SystemExit(3)"]) as pool,
        pytest.raises(KamdeskError) as failed,
    ):
        pool.page_count(b"")
    assert failed.value.message.code == "documents.worker_failed"


def test_a_fault_of_ours_is_told_and_the_worker_replaced(workers: Workers) -> None:
    with pytest.raises(KamdeskError) as failed:
        workers._call("no_such_job")
    assert failed.value.message.code == "documents.worker_failed"
    assert workers._call("ping")[0] == {"jobs": True}


def test_the_small_worker_starts_too() -> None:
    with Workers(1, command=[sys.executable, "-m", "kamdesk.worker"]) as pool:
        assert pool._call("ping")[0] == {"jobs": True}


def _held(pool: Workers) -> int:
    """The process of the only worker, stopped as a very busy computer would hold it."""
    pool.warm()
    process = pool._all[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    return process.pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what another process used is told on Linux")
def test_a_job_that_waits_for_the_processor_is_no_slow_job() -> None:
    with Workers(1) as pool:
        number = _held(pool)
        threading.Timer(2.0, lambda: os.kill(number, signal.SIGCONT)).start()
        begun = time.monotonic()
        assert pool._call("ping", seconds=0.2)[0] == {"jobs": True}
        assert time.monotonic() - begun > 1.5


@pytest.mark.skipif(os.name == "nt", reason="this system cannot hold a process")
def test_what_has_stopped_for_good_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one, "_PATIENCE", 1.5)
    with Workers(1) as pool:
        _held(pool)
        with pytest.raises(KamdeskError, match="too_slow"):
            pool._call("ping", seconds=0.2)
        assert pool._call("ping")[0] == {"jobs": True}


def test_warm_loads_all(workers: Workers) -> None:
    workers.warm()
    assert workers._call("ping")[0] == {"jobs": True}
