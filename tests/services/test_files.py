"""Stored files: one content once, the bytes come back, names are safe."""

from __future__ import annotations

import pytest

from kamdesk.model.messages import KamdeskError
from kamdesk.services.files import Files, media_type, plain_name


def test_a_file_comes_back_as_it_was(store) -> None:
    service = Files(store)
    content = bytes(range(256)) * 500
    row = service.add("Договор.pdf", content)
    assert service.content(row) == content
    view = service.view(row)
    assert (view.name, view.media_type, view.size) == ("Договор.pdf", "application/pdf", 128_000)
    assert service.add("Договор.pdf", content) == row
    assert service.add("Копия.pdf", content) != row
    assert [one.name for one in service.list()] == ["Договор.pdf", "Копия.pdf"]
    for call in (lambda: service.add("x", b""), lambda: service.content("?")):
        with pytest.raises(KamdeskError):
            call()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.zzz", b"x", "application/octet-stream"),
    ],
)
def test_the_kind_is_told_by_bytes_then_by_name(name: str, content: bytes, kind: str) -> None:
    assert media_type(name, content) == kind


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\CON.txt", "a\u202egpj.exe", "", "...", "я" * 400 + ".docx"]
)
def test_a_name_is_safe_everywhere(name: str) -> None:
    safe = plain_name(name)
    assert safe and len(safe.encode()) <= 255
    assert not set(safe) & set('/\\:*?"<>|\u202e')
    assert name[-5:] != ".docx" or safe.endswith(".docx")
    assert not safe.casefold().startswith("con.")
