"""What scripts rely on: keys of every verb's JSON, and exit codes 0, 1 and 2."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kamdesk.cli.command import WITH_VAULT, run

OTHER = {
    "cheat-sheet",
    "import",
    "search",
    "templates",
    "text",
    "propose",
    "brief",
    "letter",
    "dossier-print",
    "undo",
    "show",
    "clients",
    "people",
    "library",
    "prices",
    "proposals",
    "proposal-version",
    "proposal-compare",
    "send",
    "sent",
    "sent-file",
    "mail-drafts",
    "closing",
    "concessions",
    "concession",
}
"""Verbs whose keys and codes are proved elsewhere."""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_copy):
    """Run a verb on a demo vault of this test's own; gives (code, result, words)."""
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
    folder = tmp_path / "demo"
    demo_copy(folder, "ru").close()

    def verb(*arguments: object, json_first: bool = True):
        out, err = io.StringIO(), io.StringIO()
        words = ["--vault", str(folder), "--interface", "en", *map(str, arguments)]
        code = run(["--json", *words] if json_first else [*words, "--json"], out, err)
        return code, json.loads(out.getvalue()) if out.getvalue().strip() else None, err.getvalue()

    verb.client = verb("clients")[1][0]["name"]
    return verb


KEYS = {
    "today": {"key", "group", "kind", "title", "reason", "due", "at", "client", "people", "count", "table", "id"},
    "deals": {"id", "name", "client", "stage"},
    "statements": {"id", "kind", "text"},
    "map": {"nodes", "edges"},
    "relations": {"id", "name", "relationships", "expected", "known_by"},
    "who-knows": {"client", "acquaintances"},
    "capture": {"id", "kind", "of_kind", "text", "people", "choices", "day", "outcome", "warning"},
    "attach": {"file", "became", "id"},
    "calendar": {"file"},
    "standard": {"fields", "questions"},
    "questions": {"id", "question", "answered_by"},
    "trash": {"id", "kind", "record", "title", "deleted_at", "step", "with_it", "days_left"},
    "restore": {"restored"},
    "duplicates": {"certainty", "why", "score", "records"},
    "merge": {"kept", "other", "fields", "goes_over"},
    "field-history": {"record", "title", "field", "changes"},
}  # fmt: skip


def test_every_verb_is_proved() -> None:
    assert {*KEYS, *OTHER} == set(WITH_VAULT)


def test_every_verb_has_its_keys_and_ends_with_0(call, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("1", "utf-8")
    card = tmp_path / "card.csv"
    card.write_text("ФИО;E-mail\nСамарин Игорь;x@y.ru\n", "utf-8")
    client, person = call.client, "Самарин Игорь Павлович"
    arguments = {
        "statements": (client,), "map": (client,), "relations": (person,), "who-knows": ("--client", client),
        "capture": ("просто мысль", "--client", client), "attach": (plan, "--client", client),
        "calendar": ("--output", tmp_path), "standard": ("list",), "questions": ("person", call("people")[1][0]["id"]),
        "duplicates": ("people",), "field-history": ("person", person, "stance"),
    }  # fmt: skip
    call("import", card)
    for verb in KEYS:
        if verb in ("merge", "restore", "trash"):
            continue
        code, result, said = call(verb, *arguments.get(verb, ()), json_first=verb != "map")
        assert (code, said) == (0, ""), verb
        rows = result if isinstance(result, list) else [result]
        assert rows and all(set(row) >= KEYS[verb] for row in rows), (verb, rows[:1])
    pair = [side["id"] for side in call("duplicates", "people")[1][0]["records"]]
    code, plan_of, _ = call("merge", "person", *pair, "--dry-run")
    assert code == 0 and set(plan_of) == KEYS["merge"]
    call("undo")  # what was attached
    (item, *_more) = call("trash")[1]
    assert set(item) == KEYS["trash"]
    code, back, _ = call("restore", item["id"])
    assert code == 0 and set(back) == KEYS["restore"]


def test_problems_end_with_1_and_wrong_usage_with_2(
    call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = "Никого Такого"
    problems = (
        ("today", "--on", "soon"), ("deals", "--client", nobody), ("statements", nobody), ("map", nobody),
        ("relations", nobody), ("who-knows", "--client", nobody), ("capture", "мысль", "--client", nobody),
        ("attach", tmp_path / "none.txt", "--client", call.client), ("calendar", "none", "--output", tmp_path),
        ("standard", "import", tmp_path / "none.json"), ("questions", "person", nobody), ("restore", "999999"),
        ("merge", "person", nobody, nobody), ("field-history", "person", "Самарин Игорь Павлович", "none"),
    )  # fmt: skip
    for words in problems:
        code, result, said = call(*words)
        assert (code, result) == (1, None) and said.strip(), words
        assert "Traceback" not in said
    usage = (
        ("statements",), ("map",), ("relations",), ("attach",), ("calendar",), ("standard",), ("standard", "export"),
        ("questions", "deal", "x"), ("restore", "x"), ("duplicates",), ("merge", "person", "x"), ("field-history", "person"),
        ("today", "--nonsense"), ("deals", "x"), ("who-knows", "--client"), ("capture", "--client"), ("trash", "x"),
    )  # fmt: skip
    for words in usage:
        assert call(*words)[0] == 2, words
    capsys.readouterr()


def test_a_standard_goes_out_and_comes_back(call, tmp_path: Path) -> None:
    file = tmp_path / "standard.json"
    code, written, _ = call("standard", "export", file)
    assert code == 0 and written == {"file": str(file)}
    before = call("standard", "list")[1]
    code, report, _ = call("standard", "import", file)
    assert code == 0 and report["same"] == len(before["fields"]) + len(
        json.loads(file.read_text("utf-8"))["questions"]
    )
    changed = json.loads(file.read_text("utf-8"))
    changed["fields"][0]["label_ru"] = "Иначе названное"
    file.write_text(json.dumps(changed), "utf-8")
    assert call("standard", "import", file, "--dry-run")[1]["fields_changed"] == 1
    assert call("standard", "list")[1] == before
    assert call("standard", "import", file)[1]["fields_changed"] == 1
    assert call("standard", "list")[1]["fields"] != before["fields"]
    file.write_text("{}", "utf-8")
    assert call("standard", "import", file)[0] == 1


def test_questions_are_those_still_open(call) -> None:
    person = call("people", "--client", call.client)[1][0]["id"]
    asked = call("questions", "person", person, "--limit", "3")[1]
    assert 0 < len(asked) <= 3 and all(one["question"] for one in asked)
    assert call("questions", "person", person, "--limit", "0")[1] == []
