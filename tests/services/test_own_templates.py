"""Files of the user's for briefs, dossiers, cheat sheets and letters: found, filled, refused where they are for something else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from kamdesk.bootstrap import Workplace
from kamdesk.cli.propose import make_demo
from kamdesk.documents.cleaning import clean
from kamdesk.documents.context.catalogue import KINDS, catalogue
from kamdesk.documents.context.internal import INTERNAL
from kamdesk.documents.doctor import check
from kamdesk.model.messages import KamdeskError
from kamdesk.services.brief import Briefs
from kamdesk.services.cheat_sheet import CheatSheets
from kamdesk.services.dossier_print import DossierPrints
from kamdesk.services.generation import Audience, Generation
from kamdesk.services.meeting_letter import MeetingLetters
from kamdesk.services.own_templates import SHIPPED, OwnTemplates
from kamdesk.services.templates import Templates
from tests.services.press import Press, word_text


def word_file(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    opened, _client = make_demo(tmp_path_factory.mktemp("demo") / "vault", "ru")
    yield opened
    opened.close()


@pytest.fixture
def templates(place: Workplace) -> Iterator[Templates]:
    found = Templates(place.store, clean)
    yield found
    for one in found.list():
        found.delete(one.id)


@pytest.fixture(scope="module")
def client(place: Workplace) -> str:
    return place.proposals.page(place.proposals.list()[0].id).organisation_id


def met(place: Workplace, client: str) -> str:
    rows = place.interactions.timeline(organisation_id=client, states=("done",))
    return next(row.id for row in rows if any(not who.ours for who in row.people))


def add(templates: Templates, kind: str, *lines: str, mode: str = "tags", default: bool = True) -> str:
    row = templates.add_own(
        f"Мой {kind or 'бланк'}.docx", word_file(*lines), mode=mode, kind=kind, language="ru"
    )
    templates.set_default(row, default)
    return row


@pytest.mark.parametrize("kind", INTERNAL)
def test_every_field_of_an_internal_kind_has_names_in_both_languages(kind: str) -> None:
    found = catalogue(kind)
    fields = [entry for entry in found.entries if not entry.is_block]
    assert len(found.entries) > 10 and {"print.eyes", "block.body"} <= {one.path for one in found.entries}
    assert all(entry.tag[0].isascii() and not entry.tag[1].isascii() for entry in found.entries)
    assert all(all(entry.about) for entry in found.entries)
    assert all(all(entry.example) for entry in fields)


@pytest.mark.parametrize("kind", INTERNAL)
@pytest.mark.parametrize("language", [0, 1])
def test_a_file_with_every_field_of_a_kind_is_without_a_fault(kind: str, language: int) -> None:
    lines = ["{{ " + entry.tag[language] + " }}" for entry in catalogue(kind).entries]
    assert [one.kind for one in check(word_file(*lines), catalogue(kind), kind, "own")] == []


def test_the_usual_file_is_taken_and_another_can_be_chosen(
    place: Workplace, templates: Templates, client: str
) -> None:
    add(
        templates, "brief", "МОЯ СПРАВКА {{ справка.клиент }}", "{{ блок.обещания }}", "{{ печать.для_кого }}"
    )
    other = add(templates, "brief", "ДРУГАЯ {{ brief.client }}", "{{ block.people }}", default=False)
    briefs = Briefs(place.store, place.vocabularies, Press(), place.questions)
    subject = f"client:{client}"
    mine = word_text(briefs.print(subject, "ru").docx)
    assert "МОЯ СПРАВКА Сосногорье" in mine and "Обещания" in mine and "Только для внутреннего" in mine
    assert "ДРУГАЯ" in word_text(briefs.print(subject, "ru", template=other).docx)
    assert "МОЯ" not in word_text(briefs.print(subject, "ru", template=SHIPPED).docx)
    assert "МОЯ" not in word_text(briefs.print(subject, "en").docx)
    own = OwnTemplates(place.store, Press())
    assert [one.is_usual for one in own.choices("brief", "ru")] == [True, False]
    assert own.choices("brief", "en") == own.choices("dossier", "ru") == ()


def test_dossier_and_cheat_sheet_take_their_own_files(
    place: Workplace, templates: Templates, client: str
) -> None:
    add(templates, "dossier", "ДОСЬЕ: {{ досье.имя }}", "{{ блок.люди }}")
    add(templates, "cheat_sheet", "ПАМЯТКА: {{ памятка.клиент }} {{ памятка.сумма }}", "{{ блок.участники }}")
    dossier = DossierPrints(place.store, place.vocabularies, Press()).print("client", client, "ru")
    assert "ДОСЬЕ: Сосногорье" in word_text(dossier.docx)
    sheets = CheatSheets(place.store, place.vocabularies, Press(), place.questions)
    made = sheets.print(f"client:{client}", "ru", full=True)
    assert "ПАМЯТКА: Сосногорье" in word_text(made.docx) and "отношение:" in word_text(made.docx)
    discreet = word_text(sheets.print(f"client:{client}", "ru").docx)
    assert "ПАМЯТКА" in discreet and "отношение:" not in discreet


@pytest.mark.parametrize("kind", ["", "results"])
def test_the_letter_with_results_stands_on_the_letterhead_of_the_company(
    kind: str, place: Workplace, templates: Templates, client: str
) -> None:
    add(
        templates,
        kind,
        "ООО «НАШ БЛАНК»",
        "Исх. № ______ от ______",
        "Старый текст письма.",
        mode="letterhead",
    )
    row = templates.list()[0]
    templates.set_start(row.id, 2)
    letters = MeetingLetters(place.store, Press())
    draft = letters.draft(met(place, client))
    text = word_text(letters.word(draft.interaction_id, draft.text))
    assert "НАШ БЛАНК" in text and draft.text.subject in text and "Старый текст" not in text
    assert "{{" not in text
    ours = word_text(letters.word(draft.interaction_id, draft.text, template=SHIPPED))
    assert "НАШ БЛАНК" not in ours


@pytest.mark.parametrize("kind", INTERNAL)
def test_an_internal_document_can_stand_on_a_letterhead(
    kind: str, place: Workplace, templates: Templates
) -> None:
    row = add(templates, kind, "БЛАНК", "Текст.", mode="letterhead")
    templates.set_start(row, 1)
    data = OwnTemplates(place.store, Press()).read(kind, "ru", "brief")
    assert "{{ печать.для_кого }}" in word_text(data)
    assert [one.kind for one in check(data, catalogue(kind), kind, "own") if one.severity == "error"] == []


def test_a_file_for_something_else_is_refused(place: Workplace, templates: Templates, client: str) -> None:
    group = add(templates, "group", "{{ клиент.название }}", default=False)
    any_letterhead = add(templates, "", "БЛАНК", mode="letterhead")
    own = OwnTemplates(place.store, Press())
    for wrong in (group, any_letterhead):
        with pytest.raises(KamdeskError) as told:
            own.read("brief", "ru", "brief", wrong)
        assert told.value.message.code == "template.other_kind"
    assert [one.id for one in own.choices("results", "ru")] == [any_letterhead]
    with pytest.raises(KamdeskError) as told:
        own.choices("group", "ru")
    assert told.value.message.code == "documents.unknown_kind"


@pytest.mark.parametrize("kind", INTERNAL)
def test_no_proposal_is_made_on_an_internal_template(
    kind: str, place: Workplace, templates: Templates, client: str
) -> None:
    row = add(templates, kind, "{{ печать.название }}", default=False)
    proposal = place.proposals.list(client)[0].id
    generation = Generation(place.store, place.proposals, Press(), place.vocabularies)
    own = generation.stored_template(row)
    with pytest.raises(KamdeskError) as told:
        generation.generate(proposal, Audience(letters=(), variants=()), template=own)
    assert told.value.message.code == "generation.internal_template"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(INTERNAL)))
@pytest.mark.parametrize("internal", INTERNAL)
def test_private_fields_in_a_file_for_the_client_are_found(kind: str, internal: str, tmp_path: Path) -> None:
    outgoing = catalogue(kind)
    for entry in catalogue(internal).entries:
        for tag in entry.tag:
            if outgoing.path_of(tag) is None:
                found = {one.kind for one in check(word_file("{{ " + tag + " }}"), outgoing, kind, "own")}
                assert found & {"private_field", "unknown_field"}, tag
