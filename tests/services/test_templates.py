"""The user's Word files: cleaned on a copy, named, used, deleted when nobody uses them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Proposal
from kamdesk.services.templates import Templates, default_template


@dataclass(frozen=True)
class Cleaned:
    data: bytes
    removed: tuple[Message, ...] = ()


def clean(content: bytes) -> Cleaned:
    if content == b"bad":
        raise KamdeskError("word.not_word")
    return Cleaned(content + b" cleaned", (Message("word.macro", {"name": "Модуль", "in": Message("x")}),))


@pytest.fixture
def service(store) -> Templates:
    return Templates(store, clean)


def test_the_cleaned_copy_is_kept_and_says_what_was_removed(service: Templates) -> None:
    row = service.add_own("C:\\Бланки\\Бланк компании.dotx", b"PK", language="ru", start_at=3)
    view = service.view(row)
    assert (view.name, view.file_name, view.mode, view.start_at) == (
        "Бланк компании",
        "Бланк компании.docx",
        "letterhead",
        3,
    )
    assert view.removed == (Message("word.macro", {"name": "Модуль", "in": Message("x")}),)
    assert service.content(row) == b"PK cleaned"
    assert service.view(service.add_own("Бланк компании.docx", b"2")).name == "Бланк компании (2)"
    with pytest.raises(KamdeskError):
        service.add_own("x.docx", b"bad")
    assert len(service.list()) == 2


def test_lists_by_kind_and_language(service: Templates) -> None:
    service.add_own("any.docx", b"1")
    service.add_own("cover.docx", b"2", kind="cover", language="ru", mode="tags")
    service.add_own("group.docx", b"3", kind="group", language="en")
    assert [one.name for one in service.list(kind="cover", language="ru")] == ["any", "cover"]
    assert [one.name for one in service.list(language="en")] == ["any", "group"]


def test_changes_and_undo(vault, service: Templates) -> None:
    row = service.add_own("a.docx", b"1")
    other = service.add_own("b.docx", b"2")
    service.rename(row, " Наш  бланк ")
    with pytest.raises(KamdeskError) as raised:
        service.rename(other, "Наш бланк")
    assert raised.value.message.code == "template.name_taken"
    service.set_start(row, 5)
    service.set_use(row, mode="tags", kind="group")
    service.replace_file(row, "new.docx", b"new")
    view = service.view(row)
    assert (view.name, view.start_at, view.mode, view.kind, service.content(row)) == (
        "Наш бланк", 5, "tags", "group", b"new cleaned",
    )  # fmt: skip
    vault.history.undo()
    assert service.content(row) == b"1 cleaned"


def test_a_used_file_stays(vault, store, plant, service: Templates) -> None:
    row = service.add_own("a.docx", b"1")
    store.write(
        "template.add", {"name": "x"},
        lambda session: session.add(Proposal(organisation_id=plant["client"], template_id=row)),
    )  # fmt: skip
    with pytest.raises(KamdeskError) as raised:
        service.delete(row)
    assert (raised.value.message.code, raised.value.message.params["n"]) == ("template.in_use", 1)
    vault.history.undo()
    service.delete(row)
    assert service.list() == ()
    vault.history.undo()
    assert service.content(row) == b"1 cleaned"


def test_one_file_of_a_kind_and_language_is_taken_for_new_proposals(vault, service: Templates) -> None:
    first, second = (
        service.add_own("Первый.docx", b"1", language="ru"),
        service.add_own("Второй.docx", b"2", language="ru"),
    )
    english = service.add_own("English.docx", b"3", language="en")
    for one in (first, english, second):
        service.set_default(one)
    assert [one.name for one in service.list() if one.is_default] == ["English", "Второй"]
    service.set_use(english, mode="letterhead", language="ru")  # now it is one of their kind
    assert [one.name for one in service.list() if one.is_default] == ["English"]
    vault.history.undo()
    assert [one.name for one in service.list() if one.is_default] == ["English", "Второй"]
    service.set_default(second, False)
    assert [one.name for one in service.list() if one.is_default] == ["English"]


def test_new_proposals_take_the_default_of_their_language(store, plant, service: Templates) -> None:
    anything, russian = (
        service.add_own("Любой.docx", b"1"),
        service.add_own("Русский.docx", b"2", language="ru"),
    )
    letters = service.add_own("Письма.docx", b"3", kind="cover", language="ru")
    assert store.read(lambda session: default_template(session, "ru")) is None
    for one in (anything, russian, letters):
        service.set_default(one)
    assert store.read(lambda session: default_template(session, "ru")) == russian
    assert store.read(lambda session: default_template(session, "en")) == anything


def test_what_is_settled_at_once_is_one_step(vault, service: Templates) -> None:
    row = service.add_own("Бланк.docx", b"1")
    assert service.view(row).table_pattern
    service.settle(row, start_at=2, is_default=True, table_pattern=False)
    view = service.view(row)
    assert (view.start_at, view.is_default, view.table_pattern) == (2, True, False)
    service.set_table_pattern(row, True)
    vault.history.undo()
    vault.history.undo()
    view = service.view(row)
    assert (view.start_at, view.is_default, view.table_pattern) == (None, False, True)
