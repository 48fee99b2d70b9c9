"""What one look at a template takes, away from the window: the check, then the picture; and its fields with their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.pages.template_doctor import Checked
from kamdesk.desktop.pages.templates_row import TemplateRow
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.templates import all_bundled
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.template_fields import FieldShown, fields_shown
from kamdesk.services.template_sample import TemplateSamples

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace

DPI = 144


@dataclass(frozen=True)
class Sample:
    """With what a template is looked at (``TemplateChoices``), and for which reader; "" is the small invented one."""

    sample_id: str = ""
    reader_id: str = ""


@dataclass(frozen=True)
class Examined:
    """What a check gave. ``data`` is the file that was checked, ``document`` what it is drawn with; else there is a ``problem``."""

    data: bytes
    places: Sequence[Any]
    checked: Checked
    readers: Sequence[Any] = ()
    document: OutgoingDocument | None = None
    problem: Message | None = None


@dataclass(frozen=True)
class Drawn:
    """The pages, or why there are none."""

    pages: Sequence[bytes] = ()
    problem: Message | None = None


def content(place: Workplace, row: TemplateRow) -> bytes:
    """The bytes of a template. Raises KamdeskError."""
    if row.own:
        return place.templates.content(row.id)
    return next(item for item in all_bundled() if item.id == row.id).read()


def examine(
    place: Workplace, row: TemplateRow, language: str, sample: Sample, progress: Progress
) -> Examined:
    """Check a template; asks the worker, so not for the thread of the window."""
    workers, samples = place.workers, TemplateSamples(place.store, place.workers)
    data = content(place, row)
    kind, letterhead = row.kind or "group", row.mode == "letterhead"
    progress.report("")
    of_reader = sample.sample_id and kind in ("cover", "variant")
    readers = samples.readers(sample.sample_id) if of_reader else ()
    chosen = sample.reader_id if any(one.id == sample.reader_id for one in readers) else ""
    document, problem = None, None
    try:
        document = place.template_checks.document(kind, language, sample.sample_id, chosen)
    except KamdeskError as error:
        problem = error.message
    places = workers.places(data) if letterhead else ()
    removed = tuple(row.removed)
    try:
        if letterhead:
            checked = Checked(workers.vet(data, "own").findings, removed)
        else:
            findings = place.template_checks.findings(data, kind, "own", document)
            checked = Checked(findings, removed, own=row.own)
    except KamdeskError as error:
        checked = Checked(removed=removed, refused=error.message)
    return Examined(data, places, checked, readers, document, problem)


def draw(place: Workplace, row: TemplateRow, language: str, examined: Examined, progress: Progress) -> Drawn:
    """The picture of a template that was checked; asks the worker, so not for the thread of the window."""
    if examined.document is None:
        return Drawn(problem=examined.problem)
    progress.report("")
    try:
        pdf = TemplateSamples(place.store, place.workers).pdf(
            examined.data,
            mode=row.mode,
            start_at=row.start_at,
            kind=row.kind or "group",
            language=language,
            table_pattern=row.table_pattern,
            document=examined.document,
        )
        return Drawn([page.png for page in place.workers.pages(pdf, dpi=DPI)])
    except KamdeskError as error:
        message = error.message
        if message.code == "documents.syntax":  # its reason is a programmer's; the check has a person's
            message = Message("documents.no_picture", {"place": message.params["place"]})
        return Drawn(problem=message)


def fields(
    place: Workplace, row: TemplateRow, words: str, tags: str, sample: Sample
) -> tuple[FieldShown, ...]:
    """The catalogue of a template's kind with what each field says in the sample; without values where there is no such sample."""
    kind = row.kind or "group"
    try:
        document = place.template_checks.document(kind, row.language or words, sample.sample_id)
    except KamdeskError:
        document = None
    return fields_shown(kind, words, tags, document)
