"""The process that ``window_rows`` asks: it opens the program on a vault, works in its window, and prints figures as JSON.

``kamdesk`` does the real work; ``bare`` shows an empty PySide6 window and prints only its memory.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

CLIENT_ROUNDS = 12
READY_SECONDS = 2.5
"""Somebody looks at the first page before opening the next; the program makes ready for it meanwhile."""

MINUTES_OF_USE = 30
"""Rounds of going through the pages before memory is read again: each touches some ten pages."""


def resident() -> float:
    """Megabytes of memory this process holds."""
    with Path("/proc/self/statm").open() as stream:
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_048_576


class Driver:
    """A window over a vault, and a way to wait until everything asked for is painted."""

    def __init__(self, vault: Path, folder: Path) -> None:
        from PySide6.QtCore import QEvent

        from kamdesk.desktop.application import Application
        from kamdesk.desktop.kit_making import make_kit
        from kamdesk.desktop.places import Places
        from kamdesk.desktop.qt_setup import make_application
        from kamdesk.desktop.settings import MemorySettings

        self.app = make_application()
        self.deleting = QEvent.Type.DeferredDelete
        self.program = Application(
            self.app, make_kit(self.app, MemorySettings()), Places(folder, folder, folder, folder / "plain")
        )
        self.program.start(vault)
        while self.program.session is None or self.program.session.window is None:
            self.turn()
        self.window = self.program.session.window
        self.window.resize(1280, 720)
        self.settle()
        ready = time.perf_counter() + READY_SECONDS
        while time.perf_counter() < ready:
            self.turn()
        self.settle()

    def turn(self) -> None:
        """One round of the event loop, which outside of ``exec`` does not delete what is to be deleted by itself."""
        self.app.processEvents()
        self.app.sendPostedEvents(None, self.deleting)
        time.sleep(0.0005)

    def settle(self) -> None:
        """Until nothing is asked for, and what was asked for has been painted."""
        kit, quiet = self.window.kit, 0
        while quiet < 3:
            self.turn()
            quiet = 0 if kit.queries.busy or kit.commands.busy or kit.jobs.running else quiet + 1
        self.window.grab()

    def timed(self, act: Callable[[], object]) -> float:
        """Seconds until the result of an act is painted."""
        begun = time.perf_counter()
        act()
        self.settle()
        return time.perf_counter() - begun


def large_client(driver: Driver) -> str:
    """The client with 200 people and 3,000 interactions."""
    store = driver.program.session.desk.workplace.store
    query = "SELECT organisation_id FROM seat GROUP BY organisation_id ORDER BY count(*) DESC LIMIT 1"
    return store.read(lambda session: session.connection().exec_driver_sql(query).scalar_one())


def open_client(driver: Driver, client: str) -> list[float]:
    """Opening the large client from the list of clients, again and again, each time a fresh page."""
    from kamdesk.desktop.navigation.target import Target

    found = []
    for _ in range(CLIENT_ROUNDS):
        driver.window.navigate(Target("clients"))
        driver.settle()
        driver.window.forget("client", client)
        driver.settle()
        found.append(driver.timed(lambda: driver.window.navigate(Target("client", client))))
    return found


def list_of_people(driver: Driver) -> tuple[float, float]:
    """The first paint of the list of all people, and the longest frame while the rest comes and while scrolling to its end."""
    from PySide6.QtWidgets import QTableView

    from kamdesk.desktop.navigation.target import Target

    begun = time.perf_counter()
    driver.window.navigate(Target("people"))
    page = driver.window.page()
    table = page.findChild(QTableView)
    while not table.model().rowCount():
        driver.turn()
    driver.window.grab()
    first = time.perf_counter() - begun
    worst = 0.0
    while driver.window.kit.queries.busy:
        worst = max(worst, _seconds(driver.app.processEvents))
    bar, before = table.verticalScrollBar(), -1
    while bar.value() != before:
        before = bar.value()
        bar.setValue(bar.value() + max(1, bar.pageStep() * 4))
        worst = max(worst, _seconds(driver.app.processEvents))
    return first, worst


def map_of(driver: Driver, people: int) -> float:
    """Laying out, drawing and painting a map of so many people, median of five."""
    import statistics

    from kamdesk.desktop.widgets.map_canvas import MapCanvas
    from kamdesk.rules.map_drawing import DrawingOptions, draw
    from kamdesk.rules.map_layout import arrange, visible_edges
    from tests.bench.people_graph import graph_of

    canvas, graph = MapCanvas(driver.window.kit), graph_of(people)
    canvas.resize(1280, 720)

    def once() -> None:
        layout = arrange(graph)
        options = DrawingOptions(edges=visible_edges(graph))
        canvas.show_map(
            layout, draw(graph, layout, driver.window.kit.words.message, options), "", frozenset()
        )
        canvas.grab()

    once()
    return statistics.median(_seconds(once) for _ in range(5))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def walk(driver: Driver, client: str) -> None:
    """Pages as somebody uses them for a while."""
    from kamdesk.desktop.navigation.target import Target

    for target in (
        Target("clients"),
        Target("client", client),
        Target("client", client, "decides"),
        Target("client", client, "history"),
        Target("people"),
        Target("proposals"),
        Target("today"),
    ):
        driver.window.navigate(target)
        driver.settle()
    for typed in ("и", "ив", "иванов", "срок", ""):
        driver.window.box.setText(typed)
        driver.settle()


def main() -> None:
    """Measure and print."""
    if sys.argv[1] == "bare":
        from PySide6.QtWidgets import QApplication, QMainWindow

        app = QApplication([])
        window = QMainWindow()
        window.resize(1280, 720)
        window.show()
        app.processEvents()
        window.grab()
        print(json.dumps({"memory": resident()}), flush=True)
        os._exit(0)
    driver = Driver(Path(sys.argv[2]), Path(sys.argv[3]))
    client = large_client(driver)
    people, frame = list_of_people(driver)
    result = {
        "client": open_client(driver, client),
        "people": people,
        "frame": frame,
        "map": map_of(driver, 300),
    }
    walk(driver, client)
    result["memory"] = resident()
    for _ in range(MINUTES_OF_USE if len(sys.argv) > 4 else 5):
        walk(driver, client)
    result["memory_later"] = resident()
    print(json.dumps(result), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
