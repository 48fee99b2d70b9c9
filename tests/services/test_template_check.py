"""The template doctor with a sample: blanks of the sample and of a proposal, repaired copies, internal kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.model.messages import KamdeskError
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
    assert "proposal.number" not in blank(checks.check(data, proposal_id=proposal))
    assert "client.name" not in blank(checks.check(data, kind="cover", proposal_id=proposal))


def test_a_kind_that_stays_in_the_house_has_no_sample_and_is_checked(place: Workplace) -> None:
    data = WordFile(paragraph("{{ print.title }} {{ print.eyes }}"), paragraph("{{ block.body }}")).build()
    assert place.template_checks.check(data, kind="dossier") == ()
    with pytest.raises(KamdeskError) as refused:
        place.template_checks.check(data, kind="nothing")
    assert refused.value.message.code == "documents.unknown_kind"


def test_a_reader_who_is_none_of_the_proposal_is_refused(place: Workplace) -> None:
    proposal = place.proposals.list()[0].id
    with pytest.raises(KamdeskError) as refused:
        place.template_checks.check(template("x"), kind="cover", proposal_id=proposal, reader_id="nobody")
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
