"""The template doctor with a sample: blanks of the sample and of a proposal, repaired copies, internal kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents import internal_templates
from kamdesk.documents.blanks import filled_paths
from kamdesk.documents.context.catalogue import catalogue
from kamdesk.model.messages import KamdeskError
from kamdesk.services.template_sample import TemplateSamples
from tests.documents.word_files import WordFile, paragraph


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAMDESK_KDF_MEMORY_KIB", "1024")
        workplace, _ = make_demo(tmp_path_factory.mktemp("vault") / "demo", "ru")
    yield workplace
    workplace.close()


def template(*texts: str) -> bytes:
    return WordFile(*(paragraph(text) for text in texts), paragraph("{{ block.all }}")).build()


def blank(found: tuple[object, ...]) -> list[str]:
    return [one.text.params["name"] for one in found if one.kind == "blank"]  # type: ignore[attr-defined]


def test_the_sample_and_a_proposal_say_what_comes_out_blank(place: Workplace) -> None:
    data = template("{{ client.name }} {{ client.address }} {{ proposal.number }}")
    checks = place.template_checks
    assert blank(checks.check(data)) == ["client.address"]
    proposal = place.proposals.list()[0].id
    assert "proposal.number" not in blank(checks.check(data, sample_id=proposal))
    assert "client.name" not in blank(checks.check(data, kind="cover", sample_id=proposal))


def test_a_kind_that_stays_in_the_house_is_checked_and_another_refused(place: Workplace) -> None:
    data = WordFile(paragraph("{{ print.title }} {{ print.eyes }}"), paragraph("{{ block.body }}")).build()
    assert place.template_checks.check(data, kind="dossier") == ()
    with pytest.raises(KamdeskError) as refused:
        place.template_checks.check(data, kind="nothing")
    assert refused.value.message.code == "documents.unknown_kind"


def test_a_reader_who_is_none_of_the_proposal_is_refused(place: Workplace) -> None:
    proposal = place.proposals.list()[0].id
    with pytest.raises(KamdeskError) as refused:
        place.template_checks.check(template("x"), kind="cover", sample_id=proposal, reader_id="nobody")
    assert refused.value.message.code == "record.gone"


def test_one_finding_is_repaired_by_its_index_on_a_copy(place: Workplace, tmp_path: Path) -> None:
    data = template("{{ client.nmae }} {{ клиeнт.адрес }}")
    found = place.template_checks.check(data)
    index = next(at for at, one in enumerate(found) if one.repair == "guess")
    fixed, done = place.template_checks.repaired(data, only=[index])
    assert [(one.text.params["tag"], one.suggestion) for one in done] == [
        ("{{ client.nmae }}", "{{ client.name }}")
    ]
    assert "unknown_field" not in {one.kind for one in place.template_checks.check(fixed)}
    safe, done = place.template_checks.repaired(data)
    assert [one.suggestion for one in done] == ["{{ клиент.адрес }}"]
    assert safe != data


HOUSE = ("brief", "dossier", "cheat_sheet", "results")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", HOUSE)
def test_the_invented_example_leaves_nothing_blank(place: Workplace, kind: str, language: str) -> None:
    checks = place.template_checks
    document = checks.document(kind, language)
    entries = catalogue(kind).entries
    # What we are called is ours to say, and this vault's company has no logo.
    empty = [
        entry.path
        for entry in entries
        if entry.path not in filled_paths(document) and entry.path != "block.logo"
    ]
    assert not empty
    assert checks.check(internal_templates.read(kind, language), kind=kind, language=language) == ()
    pdf = TemplateSamples(place.store, place.workers).pdf(
        internal_templates.read(kind, language), mode="tags", kind=kind, language=language, document=document
    )
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("kind", HOUSE)
def test_every_choice_of_a_kind_can_be_looked_at(place: Workplace, kind: str) -> None:
    choices = place.template_choices.of(kind, "ru")
    assert choices
    assert len({one.id for one in choices}) == len(choices)
    assert all(one.label for one in choices)
    page = internal_templates.read(kind, "ru")
    for one in choices[:4]:
        document = place.template_checks.document(kind, "ru", one.id)
        assert document.kind == kind
        assert document.blocks["body"]
        found = place.template_checks.check(page, kind=kind, sample_id=one.id)
        assert {finding.kind for finding in found} <= {"blank"}


def test_a_proposal_is_chosen_for_its_own_kinds(place: Workplace) -> None:
    first = place.template_choices.of("cover", "en")[0]
    assert first.id in {row.id for row in place.proposals.list()}
    assert place.template_choices.of("", "ru") == place.template_choices.of("variant", "en")
    with pytest.raises(KamdeskError):
        place.template_choices.of("nothing", "ru")


def test_a_client_says_what_comes_out_blank_in_a_paper_of_the_house(place: Workplace) -> None:
    meeting = place.template_choices.of("brief", "ru")[0]
    data = WordFile(
        paragraph("{{ print.eyes }} {{ brief.client }} {{ print.running }}"), paragraph("{{ block.body }}")
    ).build()
    assert blank(place.template_checks.check(data, kind="brief", sample_id=meeting.id)) == ["print.running"]
    assert blank(place.template_checks.check(data, kind="brief")) == []


@pytest.mark.parametrize(
    ("kind", "sample"),
    [
        ("brief", "nobody"),
        ("dossier", "deal:x"),
        ("dossier", "client:x"),
        ("cheat_sheet", "x"),
        ("results", "x"),
    ],
)
def test_a_sample_that_is_gone_is_told(place: Workplace, kind: str, sample: str) -> None:
    with pytest.raises(KamdeskError) as refused:
        place.template_checks.document(kind, "ru", sample)
    assert refused.value.message.code == "record.gone"
