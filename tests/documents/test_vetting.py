"""What vetting lets through and what it names. The hostile list itself is in tests/hostile/test_word_files.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamdesk.documents import vetting
from kamdesk.documents.findings import finding_from_json, finding_to_json
from kamdesk.translation import Translator
from tests.documents.word_files import TEMPLATE, WordFile, field, linked_picture, paragraph, run, table

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "word"


def kinds(data: bytes, origin: str = vetting.FOREIGN) -> list[str]:
    return [finding.kind for finding in vetting.vet(data, origin).findings]


def test_an_honest_document_passes_for_every_origin() -> None:
    made = WordFile(paragraph("Hello"), table(("a", "b")))
    made.side("footer", paragraph(field(" PAGE "), run(" of "), field(" NUMPAGES ", pieces=3)))
    for origin in (vetting.OWN, vetting.FOREIGN, vetting.OUTPUT):
        assert vetting.vet(made.build(), origin) == vetting.VetReport(True, ())


@pytest.mark.parametrize(
    "target", ["https://example.com/a", "HTTP://example.com", "mailto:a@example.com", "#place"]
)
def test_links_to_the_web_and_to_mail_may_stay(target: str) -> None:
    made = WordFile()
    number = made.relate("hyperlink", target, external=True)
    made.body.append(f'<w:p><w:hyperlink r:id="{number}">{run("site")}</w:hyperlink></w:p>')
    assert kinds(made.build()) == []


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:/x.docx",
        "\\\\server\\share\\x",
        "ftp://example.com",
        "javascript:alert(1)",
        "https:example",
        "http:\\\\server\\x",
        "//server/x",
        "tel:+7",
        "mhtml:http://x",
    ],
)
def test_other_links_are_named_with_their_place(target: str) -> None:
    made = WordFile(paragraph("first"))
    number = made.relate("hyperlink", target, external=True)
    made.body.append(f'<w:p><w:hyperlink r:id="{number}">{run("site")}</w:hyperlink></w:p>')
    (finding,) = vetting.vet(made.build(), vetting.FOREIGN).findings
    assert finding.kind == "link"
    assert finding.text.params["target"] == target
    assert Translator("ru").message(finding.place) == "абзац 2"


def test_what_cleaning_takes_out_is_a_warning_in_the_users_own_file() -> None:
    made = WordFile(paragraph(field("AUTHOR")))
    number = made.relate("image", "file:///C:/logo.png", external=True)
    made.body.append(f"<w:p>{linked_picture(number)}</w:p>")
    report = vetting.vet(made.build(), vetting.OWN)
    assert report.ok
    assert {finding.severity for finding in report.findings} == {"warning"}
    assert not vetting.vet(made.build(), vetting.FOREIGN).ok


def test_an_output_must_be_a_document_and_says_what_tracked_changes_are_left() -> None:
    made = WordFile(f'<w:p><w:ins w:id="1" w:author="A">{run("new")}</w:ins></w:p>')
    report = vetting.vet(made.build(), vetting.OUTPUT)
    assert report.ok
    assert [finding.kind for finding in report.findings] == ["revisions"]
    assert kinds(WordFile(paragraph("x"), main_type=TEMPLATE).build(), vetting.OUTPUT) == ["content_type"]


@pytest.mark.parametrize(
    ("code", "passes"),
    [
        (' HYPERLINK "https://example.com" ', True),
        (' HYPERLINK \\l "place" ', True),
        (' HYPERLINK "https://example.com" \\o "C:\\\\tip" ', True),
        (' HYPERLINK "\\\\\\\\server\\\\x" ', False),
        (' toc \\o "1-3" \\h ', True),
        (" PAGEREF _Toc1 \\h ", True),
        (" INCLUDETEXT x ", False),
        (" = 1 + 2 ", False),
        (" MERGEFIELD name ", False),
    ],
)
def test_field_codes(code: str, passes: bool) -> None:
    escaped = code.replace('"', "&quot;")
    for made in (
        WordFile(paragraph(field(code, pieces=5))),
        WordFile(f'<w:p><w:fldSimple w:instr="{escaped}"/></w:p>'),
    ):
        assert vetting.vet(made.build(), vetting.FOREIGN).ok is passes


def test_findings_travel_as_json() -> None:
    made = WordFile(table(("a", paragraph(field("DDE x")))))
    (finding,) = vetting.vet(made.build(), vetting.FOREIGN).findings
    assert finding_from_json(finding_to_json(finding)) == finding
    assert Translator("ru").message(finding.place) == "таблица 1, строка 1, ячейка 2"


@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.docx")) or [""])
def test_files_of_other_programs_are_vetted(name: str) -> None:
    if not name:
        pytest.skip("the folder shared/data/word is not beside this clone")
    assert vetting.vet((SHARED / name).read_bytes(), vetting.FOREIGN) == vetting.VetReport(True, ())
