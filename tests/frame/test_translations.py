"""Every string has its Russian, with the same fields; every message code has its English."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from devtools import translations
from devtools.translations import Entry

from kamdesk import translation
from kamdesk.model.messages import Message, Plural
from kamdesk.model.texts import all_texts
from kamdesk.translation import Translator

ERRORS = {"KamdeskError", "Message"}
WITHOUT_TEXT = {"label"}  # says a declared label itself (kamdesk/model/messages.py)
MARKS = {"_", "gettext", "ngettext", "N_", "P_"}


def _calls(package: Path) -> Iterator[tuple[str, ast.Call, str]]:
    """(name, call, place) of every call in the source."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                yield name, node, f"{path.relative_to(package.parent)}:{node.lineno}"


def _literal_codes(package: Path) -> Iterator[tuple[str, str]]:
    """(code, place) of every error and message made with a literal code."""
    for name, call, place in _calls(package):
        if name in ERRORS:
            named = [word.value for word in call.keywords if word.arg == "code"]
            for first in [*call.args[:1], *named]:
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, place


def test_every_string_is_translated() -> None:
    assert translations.problems() == []


def test_plurals_have_three_forms() -> None:
    for entry in translations.read(translations.CATALOGUE).values():
        assert len(entry.russian) == (3 if entry.plural else 1), entry.source


def test_every_code_in_use_is_declared(repository: Path) -> None:
    unknown = [
        f"{place}: {code}"
        for code, place in _literal_codes(repository / "kamdesk")
        if code not in {*all_texts(), *WITHOUT_TEXT}
    ]
    assert unknown == []


def test_translated_calls_hold_plain_texts(repository: Path) -> None:
    """An f-string or a sum inside a translated call is never found by the extraction."""
    wrong = [
        f"{place}: {name}"
        for name, call, place in _calls(repository / "kamdesk")
        if name in MARKS and any(isinstance(word, ast.JoinedStr | ast.BinOp) for word in call.args[:2])
    ]
    assert wrong == []


def test_codes_are_noun_dot_what() -> None:
    """``all_texts`` itself refuses a code that is declared twice."""
    assert [code for code in all_texts() if code.count(".") < 1 or code != code.lower()] == []


def test_every_text_can_be_said_in_both_languages() -> None:
    """A text with a broken field would raise here; a missing parameter shows as its name."""
    for language in ("ru", "en"):
        say = Translator(language).message
        for code, text in all_texts().items():
            params = {"n": 5} if isinstance(text, Plural) else {}
            assert say(Message(code, params)), code


def test_plain_tables_of_texts_are_extracted(repository: Path) -> None:
    """Each text is marked with N_ or P_; one that is not would stay English forever."""
    extracted = translations.extract(repository / "kamdesk")
    for code, text in all_texts().items():
        assert (text.one if isinstance(text, Plural) else text) in extracted, code


def test_merging_keeps_translations_whose_code_is_elsewhere() -> None:
    known = {
        "Undo": Entry("Undo", "", ("Отменить",)),
        "Gone": Entry("Gone", "", ("Ушло",)),
        "Empty": Entry("Empty"),
    }
    extracted = {"Undo": Entry("Undo"), "New": Entry("New")}
    assert translations.merge(known, extracted, prune=False) == {
        "Undo": known["Undo"],
        "New": Entry("New"),
        "Gone": known["Gone"],
    }
    assert "Gone" not in translations.merge(known, extracted, prune=True)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('{"{n} row|||{n} rows": ["{n} строка"]}', "form"),
        ('{"{n} row|||{n} rows": "{n} строка"}', "3 forms"),
        ('{"Delete {name}?": "Удалить {имя}?"}', "placeholders"),
        ('{"Delete": ""}', "non-empty"),
        ("[]", "object"),
    ],
)
def test_a_wrong_addition_is_named(tmp_path: Path, content: str, word: str) -> None:
    file = tmp_path / "words.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        translations.additions(file)


def test_the_catalogue_survives_writing_and_reading(tmp_path: Path) -> None:
    entries = {
        one.source: one
        for one in (
            Entry('Line\n"two" 10 %', "", ("Строка\n«два» 10 %",)),
            Entry("{n} row", "{n} rows", ("{n} строка", "{n} строки", "{n} строк")),
            Entry("Not yet"),
            Entry("{n} page", "{n} pages"),
        )
    }
    file = tmp_path / "kamdesk.po"
    assert translations.write(file, entries)
    assert {source: entry.finished for source, entry in translations.read(file).items()} == {
        'Line\n"two" 10 %': True, "{n} row": True, "Not yet": False, "{n} page": False,
    }  # fmt: skip
    assert translations.read(file)["{n} row"] == entries["{n} row"]
    assert not translations.write(file, translations.read(file))


def test_a_compiled_catalogue_is_kept_until_its_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "translations" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "kamdesk.po", folder / "kamdesk.mo"
    monkeypatch.setattr(translation, "resources_folder", lambda: tmp_path)
    for words, age in (("Один", 1_000), ("Другой", 2_000)):
        translations.write(source, {"One": Entry("One", "", (words,))})
        os.utime(source, (age, age))
        for _again in range(2):
            assert translation._catalogue.__wrapped__("ru").gettext("One") == words
        assert compiled.stat().st_mtime == age
    assert sorted(path.name for path in folder.iterdir()) == ["kamdesk.mo", "kamdesk.po"]
