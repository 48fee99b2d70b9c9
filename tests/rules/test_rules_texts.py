"""Every code that rules speak with has words in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import kamdesk.rules
from kamdesk.model.messages import Message, Plural
from kamdesk.model.texts import checks, duplicates, requisites, tailoring
from kamdesk.translation import Translator

TEXTS = {**tailoring.TEXTS, **checks.TEXTS, **requisites.TEXTS, **duplicates.TEXTS}
_CODE = re.compile(r'"((?:tailoring|check|consent|status|requisites|duplicate)\.[a-z_0-9]+)"')


def test_codes_used_are_declared_and_codes_declared_are_used() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(kamdesk.rules.__path__[0]).rglob("*.py"))
    used = set(_CODE.findall(source))
    assert used <= set(TEXTS)
    made_up = (
        "tailoring.criterion_",
        "tailoring.proof_",
        "tailoring.type_",
        "check.uncovered_",
    )  # completed at run time
    assert {code for code in set(TEXTS) - used if not code.startswith(made_up)} == set()


def test_russian_keeps_every_field_of_the_english() -> None:
    for code, text in TEXTS.items():
        english = text.many if isinstance(text, Plural) else text
        for n in (1, 2, 5) if isinstance(text, Plural) else (1,):
            russian = Translator("ru").message(Message(code, {"n": n}))
            assert set(re.findall(r"{\w+}", russian)) == set(re.findall(r"{\w+}", english)) - {"{n}"}, code
            assert re.search("[а-яё]", russian) or code in ("tailoring.and", "tailoring.why"), code
