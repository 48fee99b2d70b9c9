"""Why a template has no picture is said in the words of its user, with the next step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document

from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages import library_entry

if TYPE_CHECKING:
    from tests.desktop.pages.conftest import Opened


def test_a_tag_that_cannot_be_read_sends_to_the_check(opened: Opened, tmp_path: Path) -> None:
    library_entry.register(opened.desk)
    page = opened.show(Target("templates"))
    document = Document()
    document.add_paragraph("Тема: {{ предложение.тема» }}")
    document.save(tmp_path / "a.docx")
    page.add_files([str(tmp_path / "a.docx")])
    opened.settle()
    words = page.look.problem.text()
    assert "«Проверка шаблона»" in words
    assert "unexpected" not in words
