"""Commands keep their order and answer here; jobs tell progress and stop when asked."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QThread

from kamdesk.desktop.jobs import Commands, JobState, Progress
from kamdesk.desktop.kit import Kit
from kamdesk.model.messages import KamdeskError, Message


def problem() -> None:
    raise KamdeskError("sample.problem", what="x")


def test_answers_come_in_order_in_the_gui_thread(kit: Kit, qtbot) -> None:
    seen: list[tuple[int, bool]] = []
    here = QThread.currentThread()
    for number in range(20):
        kit.commands.run(lambda n=number: n, lambda n: seen.append((n, QThread.currentThread() is here)))
    assert kit.commands.busy
    with qtbot.waitSignal(kit.commands.idle):
        pass
    assert seen == [(number, True) for number in range(20)]
    assert not kit.commands.busy


def test_work_is_not_done_in_the_gui_thread(kit: Kit, qtbot) -> None:
    names: list[str] = []
    with qtbot.waitSignal(kit.commands.idle):
        kit.commands.run(lambda: threading.current_thread().name, names.append)
    assert names == ["edits"]


def test_expected_problem_goes_where_it_belongs(kit: Kit, qtbot) -> None:
    beside: list[Message] = []
    with qtbot.waitSignal(kit.commands.idle):
        kit.commands.run(problem, failed=beside.append)
    assert beside == [Message("sample.problem", {"what": "x"})]
    with qtbot.waitSignal(kit.commands.failed) as told:
        kit.commands.run(problem)
    assert told.args == [Message("sample.problem", {"what": "x"})]


def test_answer_for_a_destroyed_owner_is_dropped_but_its_problem_is_told(kit: Kit, qtbot) -> None:
    owner, seen = QObject(), []
    gate = threading.Event()
    kit.commands.run(gate.wait, seen.append, owner=owner)
    kit.commands.run(problem, failed=seen.append, owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    with qtbot.waitSignal(kit.commands.failed):
        gate.set()
    assert seen == []


def test_fault_is_told_without_its_words(kit: Kit, qtbot) -> None:
    def fails() -> None:
        raise RuntimeError("Иванов, тел. 8 495")

    with qtbot.waitSignal(kit.commands.fault) as told:
        kit.commands.run(fails)
    assert "RuntimeError" in told.args[0]
    assert "Иванов" not in told.args[0]


def test_newer_call_of_a_key_replaces_a_waiting_one(kit: Kit, qtbot) -> None:
    gate, seen = threading.Event(), []
    kit.queries.run(gate.wait)
    for text in ("и", "ив", "ива"):
        kit.queries.run(lambda text=text: text, seen.append, key="box")
    with qtbot.waitSignal(kit.queries.idle):
        gate.set()
    assert seen == ["ива"]


def test_fault_in_an_answer_does_not_stop_the_lane(kit: Kit, qtbot) -> None:
    def wrong(_result: object) -> None:
        raise RuntimeError("in the window")

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(kit.commands.idle):
        kit.commands.run(lambda: 1, wrong)
    assert len(caught) == 1
    with qtbot.waitSignal(kit.commands.idle):
        kit.commands.run(lambda: 2)


def test_closing_finishes_what_waits(qapp) -> None:
    done: list[int] = []
    lane = Commands("short")
    for number in range(5):
        lane.run(lambda n=number: done.append(n))
    lane.close()
    assert done == [0, 1, 2, 3, 4]


def test_job_tells_progress_and_its_result(kit: Kit, qtbot) -> None:
    states: list[JobState] = []
    kit.jobs.changed.connect(lambda running: states.extend(running))

    def work(progress: Progress) -> int:
        for step in range(3):
            progress.report("Reading", step, 3)
        return 42

    results: list[int] = []
    with qtbot.waitSignal(kit.jobs.idle):
        kit.jobs.start("Import", work, results.append)
    assert results == [42]
    assert [(state.what, state.done) for state in states if state.total] == [("Reading", n) for n in range(3)]
    assert kit.jobs.running == []


def test_job_stops_when_asked(kit: Kit, qtbot) -> None:
    started, stopped = threading.Event(), []

    def work(progress: Progress) -> None:
        started.set()
        while not progress.cancelled:
            threading.Event().wait(0.001)
        progress.report("never shown")

    with qtbot.waitSignal(kit.jobs.idle):
        number = kit.jobs.start("Convert", work, cancelled=lambda: stopped.append(True))
        assert started.wait(5)
        kit.jobs.cancel(number)
        assert kit.jobs.running[0].cancelling
    assert stopped == [True]
