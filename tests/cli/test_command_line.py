"""The command line as a script uses it: verbs, JSON keys, exit codes, words on standard error."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kamdesk.cli.command import run
from kamdesk.documents import internal_templates


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo vault, made once for the questions of this file."""
    folder = tmp_path_factory.mktemp("demo") / "vault"
    assert call("demo", "--into", str(folder), "--language", "ru")[0] == 0
    return folder


def call(*arguments: str) -> tuple[int, Any, str]:
    """Exit code, parsed JSON (or text), and what was said on standard error."""
    out, err = io.StringIO(), io.StringIO()
    code = run([*arguments, "--json"] if "--json" not in arguments else list(arguments), out, err)
    text = out.getvalue()
    return code, json.loads(text) if text.strip() else None, err.getvalue()


@pytest.fixture
def own(tmp_path: Path) -> tuple[str, ...]:
    """A fresh vault with a passphrase; the options that open it."""
    secret = tmp_path / "pass.txt"
    secret.write_text("тайна\n", "utf-8")
    options = ("--vault", str(tmp_path / "vault"), "--passphrase-file", str(secret))
    code, made, _ = call(*options, "init")
    assert code == 0
    assert len(made["recovery_code"].replace("-", "")) == 48
    return options


CSV = (
    "ФИО;Организация;Должность;Телефон;E-mail\n"
    "Иванов Пётр Сергеевич;АО «Север»;Генеральный директор;8 495 123-45-67;ivanov@sever.example\n"
    "Смирнова Анна;АО «Север»;Главный бухгалтер;;smirnova@sever.example\n"
    ";;;;\n"
)


def test_import_accounts_for_every_row_and_is_undone(own: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "люди.csv"
    file.write_text(CSV, "cp1251")
    code, dry, _ = call(*own, "import", str(file), "--dry-run")
    assert code == 0
    assert [row["name"] for row in dry["created"]] == ["Иванов Пётр Сергеевич", "Смирнова Анна"]
    assert call(*own, "people")[1] == []
    _, report, _ = call(*own, "import", str(file))
    assert report["created"][0]["source"].startswith("люди.csv")
    _, again, _ = call(*own, "import", str(file))
    assert [row["name"] for row in again["same"]] == ["Иванов Пётр Сергеевич", "Смирнова Анна"]
    assert again["created"] == again["updated"] == []
    people = call(*own, "people", "--client", "Север")[1]
    assert [(row["name"], row["type"]) for row in people] == [
        ("Иванов Пётр Сергеевич", "executive"),
        ("Смирнова Анна", "finance"),
    ]
    assert call(*own, "undo")[0] == 0
    assert call(*own, "people")[1] == []


def test_clients_have_stable_keys(demo: Path) -> None:
    code, rows, _ = call("--vault", str(demo), "clients")
    assert code == 0
    assert {"id", "name", "kind", "people", "open_proposals"} <= set(rows[0])


def test_show_and_search(demo: Path) -> None:
    client = call("--vault", str(demo), "clients")[1][0]
    shown = call("--vault", str(demo), "show", "client", client["name"])[1]
    assert shown["id"] == client["id"]
    assert len(shown["people"]) == 9
    assert any(not seat["people"] for seat in shown["seats"])
    person = call("--vault", str(demo), "show", "person", shown["people"][0]["id"])[1]
    assert person["criteria"]
    hits = call("--vault", str(demo), "search", shown["people"][0]["name"].split()[0].casefold())[1]
    assert hits[0]["id"] == shown["people"][0]["id"]
    for odd in ('"', "(", "*", "' OR 1=1 --", "C++", "я" * 10_000):
        assert call("--vault", str(demo), "search", odd)[0] == 0


def test_the_dossier_goes_out_at_three_levels_and_comes_back(
    demo: Path, own: tuple[str, ...], tmp_path: Path
) -> None:
    client = call("--vault", str(demo), "clients")[1][0]["name"]
    show = ("--vault", str(demo), "show", "client", client, "--format", "dossier")
    business = json.dumps(call(*show)[1], ensure_ascii=False)
    assert '"stance":' not in business  # a question may name the field, a value may not stand there
    whole = call(*show, "--level", "everything")[1]
    assert whole["format"] == "kamdesk-dossier"
    file = tmp_path / "dossier.json"
    file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    report = call(*own, "import", str(file))[1]
    assert len(report["created"]) > 50
    back = call(*own, "show", "client", client, "--format", "dossier", "--level", "everything")[1]
    assert back == whole


def test_propose_writes_what_it_tells(demo: Path, tmp_path: Path) -> None:
    client = call("--vault", str(demo), "clients")[1][0]["name"]
    output = tmp_path / "out"
    code, made, err = call(
        "--vault",
        str(demo),
        "propose",
        client,
        "--lens",
        "finance",
        "--format",
        "docx,pdf",
        "--output",
        str(output),
    )
    assert (code, err) == (0, "")
    assert [entry["format"] for entry in made] == ["docx", "pdf"]
    entry = made[1]
    assert Path(entry["path"]).is_file()
    assert entry["lens"] == ["finance"]
    assert entry["pages"] >= 2
    assert entry["converter"] == "builtin"
    assert entry["arguments"][0]["evidence_kind"] == "figure"
    assert entry["arguments"][0]["reason"]
    assert isinstance(entry["uncovered"], list)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("clients",), 1),
        (("nonsense",), 2),
        (("--vault", "/nowhere/at/all", "clients"), 1),
        (("template", "check", "/nowhere.docx"), 1),
        (("propose", "X"), 2),
    ],
)
def test_problems_are_told_in_words(
    arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found, result, err = call(*arguments)
    assert (found, result) == (code, None)
    told = err if code == 1 else capsys.readouterr().err
    assert told.strip()
    assert "Traceback" not in told


def test_wrong_passphrase_and_missing_file(own: tuple[str, ...], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("не та", "utf-8")
    code, _, err = call("--interface", "ru", *own[:2], "--passphrase-file", str(wrong), "clients")
    assert code == 1
    assert err.startswith("Пароль не подходит")
    code, _, err = call("--interface", "en", *own[:2], "clients")
    assert code == 1
    assert "--passphrase-file" in err


def test_template_check_exits_with_one_where_there_is_an_error(shared_data: Path) -> None:
    code, found, _ = call("template", "check", str(shared_data / "word" / "order_tpl.docx"))
    assert code == 1
    assert {"place", "kind", "text", "suggestion"} <= set(found["findings"][0])


def test_template_check_says_what_comes_out_blank_in_a_paper_of_the_house(demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(internal_templates.read("brief", "ru"))
    asked = ("--vault", str(demo), "template", "check", str(path), "--kind", "brief", "--sample")
    code, found, _ = call(*asked, "sample")
    assert (code, found["findings"]) == (0, [])
    client = call("--vault", str(demo), "clients")[1][0]["id"]
    code, found, _ = call(*asked, f"client:{client}")
    assert code == 0
    assert {one["kind"] for one in found["findings"]} <= {"blank"}
    code, found, err = call(*asked, "client:nobody")
    assert (code, found) == (1, None)
    assert err.strip()


def test_the_program_itself_answers(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kamdesk", "--interface", "ru", "clients"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "хранилище" in done.stderr.decode()


def test_today_says_what_is_due_on_any_day(demo: Path) -> None:
    code, cards, _ = call("--vault", str(demo), "today", "--on", "2026-03-16")
    assert code == 0 and cards
    keys = {
        "key",
        "group",
        "kind",
        "title",
        "reason",
        "due",
        "at",
        "client",
        "people",
        "count",
        "table",
        "id",
    }
    assert all(set(card) == keys for card in cards)
    assert {card["group"] for card in cards} <= {"now", "overdue", "today", "week", "later"}
    out, err = io.StringIO(), io.StringIO()
    assert run(["--vault", str(demo), "--interface", "ru", "today", "--on", "2026-03-16"], out, err) == 0
    assert "Сегодня\n" in out.getvalue() and "Профессиональный праздник: сегодня" in out.getvalue()
    code, _, words = call("--vault", str(demo), "--interface", "ru", "today", "--on", "завтра")
    assert code == 1 and "ГГГГ-ММ-ДД" in words


def test_deals_and_statements_are_listed(own: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "люди.csv"
    file.write_text(CSV, "utf-8")
    call(*own, "import", str(file))
    assert call(*own, "deals", "--client", "АО «Север»")[:2] == (0, [])
    assert call(*own, "statements", "АО «Север»")[:2] == (0, [])
    assert call(*own, "statements", "Нет такого")[0] == 1
