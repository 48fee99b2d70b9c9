"""Documents that were made at different times, or edited by hand, are found where they say different things (R6)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from kamdesk.bootstrap import Workplace, make_demo
from kamdesk.documents.context.said_figures import figures_in
from kamdesk.rules.same_documents import Difference, Figures, differences
from kamdesk.services.generation import Audience


@pytest.fixture(params=["ru", "en"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Workplace, str]]:
    place, _client = make_demo(tmp_path / "vault", request.param)
    proposal = place.proposals.list()[0].id
    place.proposals.set_separate(place.proposals.page(proposal).readers[0].id, True)
    place.generation.generate(proposal, formats=("docx",))
    yield place, proposal
    place.close()


def test_what_was_made_together_says_the_same_and_a_later_letter_does_not(
    made: tuple[Workplace, str],
) -> None:
    place, proposal = made
    same = place.same_documents
    assert same.problems(proposal) == ()
    page = place.proposals.page(proposal)
    known = {one.kind: same._known[one.id] for one in page.documents}
    assert all(getattr(known["group"], part) for part in ("number", "date", "total", "validity", "payment"))
    assert known["group"] == known["variant"] and known["cover"].number == known["group"].number
    assert known["cover"].validity == known["group"].validity and not known["cover"].total
    place.proposals.edit(proposal, {"valid_until": date(2027, 2, 1), "number": "77/2"})
    reader = next(one.reader_id for one in page.documents if one.kind == "cover")
    only = Audience(group=False, letters=(str(reader),), variants=())
    place.generation.generate(proposal, only, formats=("docx",))
    found = same.problems(proposal)
    assert {one.code for one in found} == {"same.number", "same.validity"}
    assert {one.params["value"] for one in found if one.code == "same.number"} == {"77/2"}


def test_a_price_changed_in_word_is_found(made: tuple[Workplace, str]) -> None:
    place, proposal = made
    group = next(one for one in place.proposals.page(proposal).documents if one.kind == "group")
    total = figures_in(
        place.workers.text(place.word_files.docx(group.id)),
        str(place.proposals.page(proposal).values["language"]),
    ).total
    edited = Document(io.BytesIO(place.word_files.docx(group.id)))
    for paragraph in edited.paragraphs:
        if total in paragraph.text and "(" in paragraph.text:
            text = paragraph.text.replace(total, "1")
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
    target = io.BytesIO()
    edited.save(target)
    place.word_files.take_back(group.id, target.getvalue())
    (found,) = [one for one in place.same_documents.problems(proposal) if one.code == "same.total"]
    assert {found.params["value"], found.params["usual"]} == {"1", " ".join(total.split())}


def test_the_majority_is_usual_and_silence_is_no_difference() -> None:
    group, letter, other = Figures("1", "d", "10"), Figures("1", "d"), Figures("2", "d", "10")
    found = differences([("g", group), ("l", letter), ("o", other)])
    assert found == (Difference("o", "number", "2", "1"),)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("", "a", "b", "a ")), max_size=6))
def test_differences_are_what_is_said_and_not_usual(values: list[str]) -> None:
    found = differences([(str(at), Figures(total=value)) for at, value in enumerate(values)])
    said = {value.strip() for value in values if value.strip()}
    assert bool(found) == (len(said) > 1)
    assert all(one.value != one.usual and values[int(one.document_id)].strip() == one.value for one in found)
