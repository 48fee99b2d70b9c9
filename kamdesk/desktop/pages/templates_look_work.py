"""What one look at a template takes, away from the window: the check, the picture, the places of a letterhead, its fields with values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.pages.template_doctor import Checked
from kamdesk.desktop.pages.templates_view import TemplateRow
from kamdesk.documents.templates import all_bundled
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.template_fields import FieldShown, fields_shown
from kamdesk.services.template_sample import TemplateSamples

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace

DPI = 144


@dataclass(frozen=True)
class Sample:
    """With which proposal and reader a template is looked at; "" is the small invented one."""

    proposal_id: str = ""
    reader_id: str = ""


@dataclass(frozen=True)
class Looked:
    """What one look at a template gave."""

    places: Sequence[Any]
    checked: Checked
    pages: Sequence[bytes]
    problem: Message | None
    readers: Sequence[Any] = ()


def content(place: Workplace, row: TemplateRow) -> bytes:
    """The bytes of a template. Raises KamdeskError."""
    if row.own:
        return place.templates.content(row.id)
    return next(item for item in all_bundled() if item.id == row.id).read()


def look(place: Workplace, row: TemplateRow, language: str, sample: Sample, progress: Progress) -> Looked:
    """Check and draw a template; asks the worker, so not for the thread of the window."""
    workers, samples = place.workers, TemplateSamples(place.store, place.workers)
    data = content(place, row)
    kind, letterhead = row.kind or "group", row.mode == "letterhead"
    progress.report("")
    readers = (
        samples.readers(sample.proposal_id) if sample.proposal_id and kind in ("cover", "variant") else ()
    )
    chosen = sample.reader_id if any(one.id == sample.reader_id for one in readers) else ""
    places = workers.places(data) if letterhead else ()
    try:
        if letterhead:
            checked = Checked(workers.vet(data, "own").findings, tuple(row.removed))
        else:
            findings = place.template_checks.check(
                data, kind=kind, language=language, proposal_id=sample.proposal_id, reader_id=chosen
            )
            checked = Checked(findings, tuple(row.removed), own=row.own)
    except KamdeskError as error:
        checked = Checked(removed=tuple(row.removed), refused=error.message)
    progress.report("")
    try:
        document = place.template_checks.document(kind, language, sample.proposal_id, chosen)
        if document is None:
            raise KamdeskError("template.no_sample")
        pdf = samples.pdf(
            data,
            mode=row.mode,
            start_at=row.start_at,
            kind=kind,
            language=language,
            table_pattern=row.table_pattern,
            document=document,
        )
        pages = [page.png for page in workers.pages(pdf, dpi=DPI)]
    except KamdeskError as error:
        return Looked(places, checked, (), error.message, readers)
    return Looked(places, checked, pages, None, readers)


def fields(
    place: Workplace, row: TemplateRow, words: str, tags: str, sample: Sample
) -> tuple[FieldShown, ...]:
    """The catalogue of a template's kind with what each field says in the sample; its examples where there is no sample."""
    kind = row.kind or "group"
    try:
        document = place.template_checks.document(kind, row.language or words, sample.proposal_id)
    except KamdeskError:
        document = None
    return fields_shown(kind, words, tags, document)
