"""Hostile templates through the real ``propose --template`` and ``template check``, and the words they are refused with."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kamdesk.documents.pictures import png
from tests.documents.made import PLACES, packed, parts_of, template_with
from tests.hostile.conftest import Call, state

REFUSED = {
    "code": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "code by a filter": "{{ client.name|attr('__class__') }}",
    "code by a global": "{{ cycler.__init__.__globals__.os.popen('touch /tmp/pwned').read() }}",
    "a hidden name": "{{ person.stance }}",
    "a hidden name of the reader": "{{ recipient.stance }}",
    "a hidden name in Russian": "{{ получатель.отношение }}",
    "the vault": "{{ vault.export() }}",
    "a typo": "{{ client.nmae }}",
    "a cut tag": "{{ client.name",
    "a file": "{% include '/etc/passwd' %}",
}
BOMBS = {
    "time": "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{% for z in a %}{% endfor %}{% endfor %}{% endfor %}",
    "memory": "{% set a = 'aaaaaaaaaa' %}"
    + "{% set a = a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a %}" * 9
    + "{{ a }}",
    "memory while compiling": "{{ 'aaaaaaaaaa'" + "|replace('a', 'aaaaaaaaaa')" * 9 + " }}",
    "numbers": "{% set a = 9999999999 %}" + "{% set a = a * a %}" * 60 + "{{ a }}",
    "output": "{% set a = 'a' * 9999 %}{% for x in a %}{% for y in a %}{{ a }}{% endfor %}{% endfor %}",
    "depth": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
}


def proposed(text: str, demo: Path, client: str, call: Call, folder: Path, *whom: str, place: str = "body"):
    file = folder / "t.docx"
    file.write_bytes(template_with(text, place, language="ru"))
    return call(
        "--interface",
        "en",
        "--vault",
        demo,
        "propose",
        client,
        *(whom or ("--group",)),
        "--template",
        file,
        "--output",
        folder / "out",
    )


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_in_a_template_is_refused_with_its_paragraph(
    name: str, demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    before = state(demo, call)
    said = proposed(REFUSED[name], demo, client, call, tmp_path)
    assert (said.code, said.result) == (1, None)
    assert "(paragraph " in said.words
    assert not (tmp_path / "out").exists()
    assert not Path("/tmp/pwned").exists()
    assert state(demo, call) == before
    checked = call("--interface", "en", "template", "check", tmp_path / "t.docx")
    assert checked.code == 1
    assert any(
        "paragraph" in item["place"] for item in checked.result["findings"] if item["severity"] == "error"
    )


@pytest.mark.parametrize("place", PLACES)
def test_every_part_of_a_file_names_its_place(
    place: str, demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    said = proposed("{{ recipient.lens }}", demo, client, call, tmp_path, place=place)
    assert said.code == 1
    expected = {
        "header": "header",
        "footer": "footer",
        "footnote": "footnote",
        "cell": "table",
        "row": "table",
    }.get(place, "paragraph")
    assert expected in said.words


@pytest.mark.usefixtures("new_workers")
@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("whom", ["--group", "--all"])
def test_a_bomb_is_stopped_once_for_all_documents(
    name: str, whom: str, demo: Path, client: str, call: Call, tmp_path: Path
) -> None:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    said = proposed(BOMBS[name], demo, client, call, tmp_path, whom)
    # The promise is of work, counted below: how long it takes here is for what else the computer does to say.
    assert time.monotonic() - began < 40
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - used.ru_utime < 12  # two workers, one job each, and their start
    assert (said.code, said.result) == (1, None)
    assert "(paragraph " in said.words or "(part word/document.xml" in said.words, said.words
    assert not (tmp_path / "out").exists()


def test_the_whole_program_ends_with_one_and_without_a_traceback(
    demo: Path, client: str, tmp_path: Path
) -> None:
    file = tmp_path / "t.docx"
    file.write_bytes(template_with(REFUSED["code"], language="ru"))
    ended = subprocess.run(
        [sys.executable, "-m", "kamdesk", "--vault", str(demo), "propose", client, "--group", "--template", str(file),
         "--output", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


FILES = {
    "empty": b"",
    "text": b"hello",
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "cut": template_with("x")[:5000],
    "rich text": b"{\\rtf1 x}",
    "a picture": png(1, 1, b"\xff\x00\x00", 3),
    "doctype": packed(
        {
            **parts_of(template_with("x")),
            "word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        }
    ),
    "xml bomb": packed(
        {**parts_of(template_with("x")), "word/document.xml": b"<a>" * 400_000 + b"</a>" * 400_000}
    ),
    "zip bomb": packed({**parts_of(template_with("x")), "word/media/a.png": bytes(190 * 2**20)}),
    "a name that climbs": packed({**parts_of(template_with("x")), "../../evil": b"x"}),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_templates(name: str, demo: Path, client: str, call: Call, tmp_path: Path) -> None:
    file = tmp_path / "t.docx"
    file.write_bytes(FILES[name])
    said = call(
        "--vault", demo, "propose", client, "--group", "--template", file, "--output", tmp_path / "out"
    )
    assert (said.code, said.result) == (1, None)
    assert said.words.strip()
    assert "Traceback" not in said.words
    assert not (tmp_path / "out").exists()
    assert call("template", "check", file).code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "t.docx"]
