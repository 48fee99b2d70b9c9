"""Templates made from a finished document, repaired and saved in Word, and their catalogue with values of the open dossier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents.context.catalogue import KINDS, catalogue
from kamdesk.documents.environment import FILTERS
from kamdesk.documents.filter_words import FILTER_WORDS
from kamdesk.documents.language.filters import LANGUAGE_FILTERS
from kamdesk.model.messages import KamdeskError
from kamdesk.services.template_fields import BLOCKS, fields_shown, search
from kamdesk.services.template_word import KEY
from tests.documents.word_files import WordFile, paragraph

CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Анна</dc:creator></cp:coreProperties>'
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
        workplace, _ = make_demo(tmp_path_factory.mktemp("vault") / "demo", "ru")
    yield workplace
    workplace.close()


def client_of(place: Workplace) -> str:
    """The client of the demo's first proposal."""
    return place.proposals.page(place.proposals.list()[0].id).organisation_id


def letter(place: Workplace) -> bytes:
    """An old letter to that client."""
    client = next(one for one in place.organisations.list() if one.id == client_of(place))
    return WordFile(
        paragraph("Исх. № 12/3 от 5 марта 2024 г."),
        paragraph(f"Решение для {client.name}"),
        paragraph("Стоимость", style="1"),
        paragraph("Сто рублей."),
    ).build()


def test_an_old_letter_becomes_a_template_in_one_step(place: Workplace) -> None:
    guide = place.template_guide
    read = guide.open("Старое КП.docx", letter(place))
    (first, *_others) = guide.clients(read.lines)
    assert (first.id, first.named) == (client_of(place), True)
    every = guide.suggestions(read.lines, kind="group", language="ru", organisation_id=first.id)
    assert [one.path for one in every] == [
        "proposal.number",
        "proposal.date",
        "client.short_name",
        "block.prices",
    ]
    marks = [one.mark for one in every if one.mark]
    stretches = [one.stretch for one in every if one.stretch]
    before = place.templates.list()
    made = guide.keep("Наш шаблон", read.data, marks, stretches, kind="group", language="ru")
    view = place.templates.view(made)
    assert (view.name, view.mode, view.kind) == ("Наш шаблон", "tags", "group")
    found = place.template_checks.check(place.templates.content(made), kind="group")
    assert [one.kind for one in found if one.severity == "error"] == []
    assert place.workers.render(
        place.templates.content(made),
        place.template_checks.document("group", "ru", place.proposals.list()[0].id),
    )
    place.vault.history.undo()
    assert place.templates.list() == before


def test_nothing_marked_and_nothing_written_are_said(place: Workplace) -> None:
    read = place.template_guide.open("a.docx", letter(place))
    with pytest.raises(KamdeskError) as refused:
        place.template_guide.made(read.data, [], [])
    assert refused.value.message.code == "guided.nothing"
    with pytest.raises(KamdeskError) as refused:
        place.template_guide.open("b.docx", WordFile(paragraph("")).build())
    assert refused.value.message.code == "guided.no_words"


def test_a_repair_and_a_save_are_steps_and_old_bytes_come_back(place: Workplace, tmp_path: Path) -> None:
    templates, word = place.templates, place.template_word
    row = templates.add_own(
        "Бланк.docx", WordFile(paragraph("{{ “client.name” }} {{ блок.всё }}")).build(), mode="tags"
    )
    first = templates.content(row)
    fixed, done = place.template_checks.repaired(first)
    templates.keep_repaired(row, fixed, len(done))
    assert templates.content(row) == fixed != first
    place.vault.history.undo()
    assert templates.content(row) == first
    given = word.give_out(KEY + row, tmp_path)
    assert given.path.read_bytes() == first
    assert word.take_back(KEY + row, first) is None
    saved = WordFile(paragraph("{{ client.name }}"), paragraph("{{ блок.всё }}")).build()
    commented = WordFile(paragraph("{{ client.name }}"), paragraph("{{ блок.всё }}"))
    commented.part("docProps/core.xml", CORE, "application/vnd.openxmlformats-package.core-properties+xml")
    commented.root_relations.append(
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
    )
    for _twice in range(2):
        word.take_back(KEY + row, commented.build())
    assert [one.code for one in templates.view(row).removed] == ["word.removed_authors"]
    word.take_back(KEY + row, first)
    assert word.take_back(KEY + row, saved) == KEY + row
    held = templates.content(row)
    assert held != first
    for broken in (b"", b"PK\x03\x04 cut", saved[:200]):
        with pytest.raises(KamdeskError):
            word.take_back(KEY + row, broken)
    assert templates.content(row) == held, "the last good one stays"
    place.vault.history.undo()
    assert templates.content(row) == first
    place.vault.history.redo()
    assert templates.content(row) == held


def test_the_catalogue_says_what_the_open_dossier_says(place: Workplace) -> None:
    proposal = place.proposals.list()[0].id
    document = place.template_checks.document("group", "ru", proposal)
    shown = fields_shown("group", "ru", "ru", document)
    name = next(one for one in shown if one.path == "client.name")
    assert name.value == document.fields["client"]["name"]
    block = next(one for one in shown if one.group == BLOCKS and one.value)
    assert block.is_block
    for typed in ("клиент назван", "client.name", "client's name"):
        assert "client.name" in [one.path for one in search(shown, typed)], typed
    assert [one.path for one in search(shown, "родительный", "filter")] == ["filter.genitive"]
    assert search(shown, "нет такого") == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_tag_of_the_catalogue_is_understood(kind: str) -> None:
    names = catalogue(kind).names
    for language in ("ru", "en"):
        for one in fields_shown(kind, language):
            inner = one.tag.strip("{} ")
            field, _, call = inner.partition("|")
            assert field in names or (one.group == "filter" and field == "30")
            assert not call or call.partition("(")[0] in FILTERS


def test_every_filter_of_the_language_is_in_the_catalogue() -> None:
    said = {name for one in FILTER_WORDS for name in one.name}
    assert {name.replace("вперед", "вперёд") for name in LANGUAGE_FILTERS} <= said
