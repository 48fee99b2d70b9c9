"""Whatever a service writes is a step of undo with words of its own; a walk through services is taken back byte by byte."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.model.texts import all_texts
from tests.services.test_merging import snapshot

BESIDE_HISTORY = {
    "drafts.py": "what is typed and not saved yet",
    "import_memory.py": "which columns of a file were which, a setting",
    "searching.py": "words learnt by the search box, a setting",
}
"""Services that may write past the steps: nothing of it is a record."""


def _calls(repository: Path) -> Iterator[tuple[str, str, ast.Call]]:
    for path in sorted((repository / "kamdesk" / "services").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield path.name, node.func.attr, node


def _codes(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            yield node.value


def test_every_step_of_a_service_has_words_and_is_an_ordinary_step(repository) -> None:
    found: set[str] = set()
    for name, called, call in _calls(repository):
        if called != "write" or not call.args or "store" not in ast.unparse(call.func):
            continue
        assert not {keyword.arg for keyword in call.keywords} & {"kind", "reverts"}, name
        found |= set(_codes(call.args[0]))
    assert len(found) > 60
    # A code may be put together ("promise.add_" and a side): then words begin so.
    assert {code for code in found if not any(known.startswith(code) for known in all_texts())} == set()


def test_no_service_writes_past_the_steps(repository) -> None:
    past = {name for name, called, _call in _calls(repository) if called in ("on_writer", "raw_writer")}
    assert past <= BESIDE_HISTORY.keys()


def _walk(place: Workplace) -> Iterator[object]:
    """One intention of each noun, in the order of a working day."""
    client = place.organisations.add("Завод «Вектор»")
    yield client
    person = place.people.add("Иванов Пётр Сергеевич", client, "Директор")
    yield person
    other = place.people.add("Иванов П. С.", client, "Директор")
    yield other
    yield place.people.set_stance([person], 2)
    yield place.people.set_influence([person, other], 3)
    yield place.people.set_lens([person], "finance")
    yield place.people.add_contact(person, "email", "p@x.ru")
    yield place.people.leave(other, client)
    yield place.facts.set_birthday(person, None)
    yield place.facts.add(person, "Рыбак")
    yield place.notes.add("Звонить после обеда", person_id=person)
    yield place.records.set("organisation", client, {"tags": ("ключевой",), "industry": "Насосы"})
    yield place.records.set_all("person", [person, other], {"gender": "male"})
    story = place.field_history.of("organisation", client, "industry")
    yield place.field_history.take_back("organisation", client, "industry", story.changes[0].id)
    yield place.duplicates.declare_apart("person", person, other)
    yield place.merging.merge("person", person, other)
    yield place.vocabulary.add("fact_kind", "Охота", "Hunting")
    yield place.records.delete("person", person)
    yield place.trash.restore([place.trash.list()[0].id])
    yield place.records.delete_all("organisation", [client])


def test_a_day_is_taken_back_and_done_again_byte_by_byte(vault) -> None:
    place = open_workplace(vault)
    states = [snapshot(vault.store)]
    for _done in _walk(place):
        state = snapshot(vault.store)
        if state != states[-1]:
            states.append(state)
    assert len(states) > 18
    for state in reversed(states[:-1]):
        vault.history.undo()
        assert snapshot(vault.store) == state
    for state in states[1:]:
        vault.history.redo()
        assert snapshot(vault.store) == state
    place.workers.close()
