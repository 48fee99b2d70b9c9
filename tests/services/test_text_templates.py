"""Texts of letters and e-mails: kept, taken by default, checked with places, filled without anything private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.documents.text_render import TextEnvironment
from kamdesk.documents.texts import PURPOSES, shipped_texts
from kamdesk.model.messages import LANGUAGES, KamdeskError
from kamdesk.model.tables import Interaction
from kamdesk.translation import Translator
from tests.privacy.marks import plant


@pytest.fixture(scope="module", params=["ru", "en"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    place, _client = make_demo(tmp_path_factory.mktemp(request.param) / "vault", request.param)
    yield place
    place.close()


@pytest.fixture
def place(demo: Workplace) -> Workplace:
    return demo


def _proposal(place: Workplace) -> tuple[str, str]:
    sample = place.text_templates.samples()[0]
    return sample.proposal_id, sample.language


def test_a_text_ships_for_every_purpose_and_language() -> None:
    assert {(one.purpose, one.language) for one in shipped_texts()} == {
        (purpose, language) for purpose in PURPOSES for language in LANGUAGES
    }


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_ships_has_no_fault_and_reads_well(place: Workplace, purpose: str) -> None:
    proposal, language = _proposal(place)
    view = place.text_templates.default(purpose, language)
    tried = place.text_templates.try_out(view.subject, view.body, language=language, proposal_id=proposal)
    assert not tried.findings
    assert tried.letter is not None
    assert "{" not in tried.letter.subject + tried.letter.body
    assert "\n\n\n" not in tried.letter.body
    assert ".." not in tried.letter.body
    assert tried.letter.subject and "\n" not in tried.letter.subject
    sample = place.text_templates.try_out(view.subject, view.body, language=language)
    assert sample.letter is not None and not sample.findings


def test_the_catalogue_is_that_of_the_word_templates() -> None:
    text, cover = catalogue("text"), catalogue("cover")
    plain = {entry.path for entry in cover.entries if not entry.is_block}
    assert plain <= {entry.path for entry in text.entries}


def test_own_texts_come_and_go_in_steps(place: Workplace) -> None:
    texts = place.text_templates
    shipped = texts.default("receipt", "ru")
    assert not shipped.own and shipped.is_default
    with pytest.raises(KamdeskError) as problem:
        texts.edit(shipped.id, {"body": "x"})
    assert problem.value.message.code == "text.shipped"
    copy = texts.duplicate(shipped.id)
    texts.edit(copy, {"name": " Наш   вопрос ", "body": "Раз\r\nдва", "subject": "Те\nма"})
    view = texts.view(copy)
    assert (view.name, view.body, view.subject) == ("Наш вопрос", "Раз\nдва", "Те ма")
    texts.set_default(copy)
    assert texts.default("receipt", "ru").id == copy
    assert not texts.view(shipped.id).is_default
    second = texts.duplicate(copy)
    assert texts.view(second).name == "Наш вопрос (2)"
    texts.set_default(second)
    assert [one.id for one in texts.list(purpose="receipt") if one.is_default and one.language == "ru"] == [
        second
    ]
    texts.set_default(shipped.id)
    assert texts.default("receipt", "ru").id == shipped.id
    assert texts.find("наш вопрос").id == copy
    texts.delete(second)
    place.vault.history.undo()
    assert texts.view(second)
    texts.delete(second)
    texts.delete(copy)
    with pytest.raises(KamdeskError) as problem:
        texts.find("Наш вопрос")
    assert problem.value.message.code == "text.unknown"


def test_two_defaults_never_meet(place: Workplace) -> None:
    texts = place.text_templates
    one = texts.add("Раз", purpose="thanks", language="en")
    two = texts.add("Два", purpose="reminder", language="en")
    texts.set_default(one)
    texts.set_default(two)
    texts.edit(two, {"purpose": "thanks"})
    assert [view.id for view in texts.list(purpose="thanks", language="en") if view.is_default] == [two]
    texts.delete(one)
    texts.delete(two)


def test_a_reader_is_named_by_either_id(place: Workplace) -> None:
    proposal, _language = _proposal(place)
    readers = place.proposals.page(proposal).readers
    texts = place.text_templates
    first = texts.render(purpose="cover_email", proposal_id=proposal, reader_id=readers[0].id)
    again = texts.render(purpose="cover_email", proposal_id=proposal, reader_id=readers[0].person_id)
    assert first == again
    everybody = texts.render(purpose="cover_email", proposal_id=proposal)
    assert everybody.body.split("\n")[0] != first.body.split("\n")[0]
    with pytest.raises(KamdeskError) as problem:
        texts.render(purpose="cover_email", proposal_id=proposal, reader_id="nobody")
    assert problem.value.message.code == "text.not_reader"
    for given in ({}, {"proposal_id": "a", "meeting_id": "b"}):
        with pytest.raises(KamdeskError) as problem:
            texts.render(purpose="thanks", **given)
        assert problem.value.message.code == "text.about_what"


def test_a_meeting_is_thanked_for(place: Workplace) -> None:
    def met(session: Any) -> str:
        rows = session.query(Interaction).filter(Interaction.state == "done", Interaction.kind == "meeting")
        return str(rows.first().id)

    meeting = place.store.read(met)
    made = place.text_templates.render(purpose="thanks", meeting_id=meeting)
    assert made.subject == place.meeting_letters.draft(meeting).text.subject
    assert made.body.split("\n")[0] == place.meeting_letters.draft(meeting).text.body.split("\n")[0]


BAD = [
    ("Привет,\n{{ client.nmae }}", 2, 1, "unknown_field", "{{ client.name }}"),
    ("{{ клиент.нозвание }}", 1, 1, "unknown_field", "{{ клиент.название }}"),
    ("a\n  {{ client.name|genitve }}", 2, 3, "syntax", "{{ client.name|genitive }}"),
    ("{{ предложение.нoмер }}", 1, 1, "mixed_letters", "{{ предложение.номер }}"),
    ("{{ recipient.stance }}", 1, 1, "private_field", ""),
    ("{% if client.name %}\nда", 1, 1, "unclosed", "{% endif %}"),
    ("да {% endif %}", 1, 4, "unclosed", ""),
    ("{{ client.name", 1, 1, "syntax", "{{ client.name }}"),
    ("{% include 'x' %}", 1, 1, "forbidden", ""),
    ("{{ client.__class__ }}", 1, 1, "forbidden", ""),
    ("{%p if client.name %}x{%p endif %}", 1, 1, "wrong_marker", "{% if client.name %}"),
    ("{{ block.prices }}", 1, 1, "unknown_field", None),
    ("раз\n{{ client.name|plural('a') }}", 2, 1, "filter", ""),
    ("{{ client.name|money }}", 1, 1, "filter", ""),
    ("{{ client.name }} {{ meeting.date|date }} {{ block.agreements }}", 1, 43, "block_not_alone", None),
]


@pytest.mark.parametrize(("body", "line", "column", "kind", "better"), BAD)
def test_every_fault_is_found_and_placed(
    place: Workplace, body: str, line: int, column: int, kind: str, better: str | None
) -> None:
    found = [item for item in place.text_templates.check("Тема", body) if item.finding.kind == kind]
    assert found, kind
    assert (found[0].line, found[0].column) == (line, column)
    if better is not None:
        assert found[0].finding.suggestion == better
    for language in LANGUAGES:
        words = Translator(language)
        said = words.message(found[0].finding.text)
        assert said and "." in said + "." and "{0" not in said
        assert words.message(found[0].finding.place)


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ client.name|attr('x') }}",
        "{{ self }}",
        "{{ 'a' * 10**12 }}",
        "{% for a in 'x' * 9999 %}{% for b in 'x' * 9999 %}{{ a }}{% endfor %}{% endfor %}",
        "{{ _language }}",
        "{{ (9**9)|in_words }}",
        "{{ '9' * 5000 | in_words }}",
        "{{ [1]|genitive }}",
        "{{ client|genitive }}",
        "{{ cycler.__init__ }}",
    ],
)
def test_a_hostile_text_is_refused_in_words(place: Workplace, body: str) -> None:
    tried = place.text_templates.try_out("Тема", body)
    assert tried.letter is None
    assert tried.problem is not None
    assert Translator("ru").message(tried.problem)


def test_blank_fields_are_told_unless_they_are_expected(place: Workplace) -> None:
    proposal, _language = _proposal(place)
    check = place.text_templates.check
    found = check("", "{{ meeting.date }}", proposal_id=proposal)
    assert [item.finding.kind for item in found] == ["blank"]
    assert not check(
        "", "{% if meeting.date %}{{ meeting.date }}{% endif %}{{ client.name }}", proposal_id=proposal
    )


def test_nothing_private_can_be_written(tmp_path: Any) -> None:
    """Every field of the catalogue, filled from a dossier with a mark in every hidden column."""
    place, _client = make_demo(tmp_path / "vault", "ru")
    try:
        planted = place.store.write("record.add", {"noun": "", "name": ""}, plant)
        body = "\n".join(entry.tag_in("en") for entry in catalogue("text").entries)
        said = ""
        for sample in place.text_templates.samples():
            row = place.text_templates.add("Все поля", body=body)
            for reader in ("", *(one.id for one in place.proposals.page(sample.proposal_id).readers)):
                made = place.text_templates.render(row, proposal_id=sample.proposal_id, reader_id=reader)
                said += made.subject + made.body
        for meeting in place.store.read(_meetings):
            said += place.text_templates.render(row, meeting_id=meeting).body
        assert len(said) > 1000
        assert not [one for one in planted if one.mark in said]
    finally:
        place.close()


def _meetings(session: Any) -> list[str]:
    return [row.id for row in session.query(Interaction).filter(Interaction.state == "done")]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("а\n{% if x %}\nб\n{% endif %}\nв", "а\nб\nв"),
        ("Сумма {% if x %}10 ₽.{% endif %}\nДо марта", "Сумма 10 ₽.\nДо марта"),
        ("  {% if x %}{% if x %}\nб{% endif %}{% endif %}\nв", "б\nв"),
        ("{# почему #}\nа", "а"),
    ],
)
def test_only_lines_of_statements_alone_leave_no_line(source: str, said: str) -> None:
    assert TextEnvironment().from_string(source).render(x=1) == said
