"""Attached files: kept or linked, found by their words, undone in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.attachments import Attachments, NewFile, Owner, is_program
from kamdesk.services.interactions import InteractionData, Interactions
from kamdesk.services.searching import Searching
from kamdesk.translation import shipped_vocabularies


def words(data: bytes, name: str) -> str:
    """A reader that needs no worker."""
    if name.endswith(".bad"):
        raise KamdeskError("documents.not_pdf")
    return data.decode()


@pytest.fixture
def service(store) -> Attachments:
    return Attachments(store, words)


def test_a_file_is_kept_found_and_taken_back(vault, store, plant, service: Attachments) -> None:
    new, remark = service.read("Смета.txt", "Турбина в сборе".encode())
    assert remark is None
    (row,) = service.add(Owner(plant["client"]), [new])
    (view,) = service.of(Owner(organisation_id=plant["client"]))
    assert (view.name, view.kind, view.size, view.owner_table) == ("Смета.txt", "txt", 28, "organisation")
    assert not view.linked and not view.missing
    assert service.content(row) == ("Смета.txt", "Турбина в сборе".encode())
    assert [hit.target_id for hit in Searching(store, shipped_vocabularies).find("турбины", 5)] == [
        plant["client"]
    ]
    assert vault.history.undo().code == "attachment.add"
    assert service.of(Owner(plant["client"])) == ()


def test_a_clients_files_include_those_of_its_meetings_and_a_persons_too(store, plant, service) -> None:
    meeting = Interactions(store).log(
        InteractionData(organisation_id=plant["client"], purpose="Показ", person_ids=(plant["petr"],))
    )
    service.add(Owner(interaction_id=meeting), [NewFile("a.txt", b"1"), NewFile("b.txt", b"2")])
    service.add(Owner(person_id=plant["anna"]), [NewFile("c.txt", b"3")])
    assert {one.name for one in service.of(Owner(plant["client"]))} == {"a.txt", "b.txt"}
    assert {one.owner for one in service.of(Owner(person_id=plant["petr"]))} == {"Показ"}
    assert [one.name for one in service.of(Owner(person_id=plant["anna"]))] == ["c.txt"]
    assert [one.name for one in service.of(Owner(interaction_id=meeting))] == ["a.txt", "b.txt"]


def test_a_link_is_missing_when_its_file_moved_and_is_found_again(
    store, plant, service, tmp_path: Path
) -> None:
    path = tmp_path / "план.txt"
    path.write_text("график", encoding="utf-8")
    row = service.link(Owner(plant["client"]), path)
    assert service.content(row)[1] == "график".encode()
    moved = path.rename(tmp_path / "другой.txt")
    (view,) = service.of(Owner(plant["client"]))
    assert view.linked and view.missing and view.size is None
    with pytest.raises(KamdeskError) as raised:
        service.content(row)
    assert raised.value.message.code == "attachment.missing"
    service.find_again(row, moved)
    (view,) = service.of(Owner(plant["client"]))
    assert (view.name, view.missing) == ("план.txt", False)


def test_name_remark_and_copy(vault, store, plant, service, tmp_path: Path) -> None:
    (row,) = service.add(Owner(plant["client"]), [NewFile("a.txt", b"1")])
    service.rename(row, "Договор")
    service.remark(row, " подписан ")
    view = service.view(row)
    assert (view.name, view.note) == ("Договор.txt", "подписан")
    first, second = service.save_copy(row, tmp_path), service.save_copy(row, tmp_path)
    assert (first.name, second.name) == ("Договор.txt", "Договор (2).txt")
    service.delete([row])
    assert service.of(Owner(plant["client"])) == ()
    assert vault.history.undo().code == "attachment.delete"
    assert service.content(row)[1] == b"1"


def test_what_cannot_be_attached_is_said_and_nothing_is(store, plant, service, tmp_path: Path) -> None:
    for call, code in (
        (lambda: service.add(Owner(), [NewFile("a", b"1")]), "attachment.of_what"),
        (lambda: service.add(Owner("?"), [NewFile("a", b"1")]), "record.gone"),
        (lambda: service.add(Owner(plant["client"]), [NewFile("b", b"1"), NewFile("a", b"")]), "files.empty"),
        (lambda: service.link(Owner(plant["client"]), tmp_path), "attachment.not_file"),
        (lambda: service.link(Owner(plant["client"]), tmp_path / "no"), "attachment.unreadable"),
    ):
        with pytest.raises(KamdeskError) as raised:
            call()
        assert raised.value.message.code == code
    assert service.of(Owner(plant["client"])) == ()


def test_a_file_whose_words_cannot_be_read_is_kept_and_said(store, plant, service) -> None:
    new, remark = service.read("x.bad", b"\x00")
    assert remark is not None and remark.code == "attachment.text_not_read"
    service.add(Owner(plant["client"]), [new])
    assert len(service.of(Owner(plant["client"]))) == 1


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("a.exe", True),
        ("Смета.PDF.lnk", True),
        ("a.scr ", True),
        ("a.js.", True),
        ("a.pdf", False),
        ("exe", False),
    ],
)
def test_programs_are_known_by_their_last_extension(name: str, program: bool) -> None:
    assert is_program(name) is program
