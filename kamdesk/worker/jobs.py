"""The jobs of a worker: JSON and bytes in, JSON and bytes out. Heavy libraries are imported by the first job that needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kamdesk.model.messages import Message

if TYPE_CHECKING:
    from kamdesk.documents.render import Renderer

Blobs = Sequence[bytes]
Answer = tuple[dict[str, Any], list[bytes]]


class Jobs:
    """Runs one job at a time. ``starting`` is told the place that is being worked on, for the message after a hard kill."""

    def __init__(self, starting: Callable[[Message], None]) -> None:
        self._starting = starting
        self._made: Renderer | None = None

    def run(self, name: str, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        """Do the job. Raises KamdeskError, and ValueError for a job that does not exist."""
        job = getattr(self, f"_do_{name}", None)
        if job is None:
            raise ValueError(name)
        answer: Answer = job(params, blobs)
        return answer

    def _do_ping(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        return {"jobs": True}, list(blobs)

    def _do_warm(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        """Load what the first document would have to wait for."""
        from kamdesk.documents.pdf import load

        load()
        self._renderer().load()
        return {}, []

    def _renderer(self) -> Renderer:
        if self._made is None:
            from kamdesk.documents.render import Renderer

            self._made = Renderer(self._starting)
        return self._made

    def _do_render(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents.context.document import OutgoingDocument

        made = self._renderer().render(blobs[0], OutgoingDocument.from_json(params["document"]))
        return {}, [made]

    def _do_fill_text(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import text_render
        from kamdesk.documents.context.document import OutgoingDocument

        document = OutgoingDocument.from_json(params["document"])
        made = text_render.render(params["subject"], params["body"], document)
        return {"subject": made.subject, "body": made.body}, []

    def _do_check_text(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import text_render
        from kamdesk.documents.context.document import OutgoingDocument

        document = OutgoingDocument.from_json(params["document"]) if params["document"] else None
        found = text_render.check(params["subject"], params["body"], document)
        return {"findings": [item.to_json() for item in found]}, []

    def _do_blocks(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents.render import blocks_of

        return {"blocks": list(blocks_of(blobs[0], params["kind"]))}, []

    def _do_to_pdf(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import pages, pdf

        made = pdf.built_in(blobs[0])
        return {"pages": pages.count(made)}, [made]

    def _do_count(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import pages

        return {"pages": pages.count(blobs[0])}, []

    def _do_booklet(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import booklet

        return {}, [booklet.imposed(blobs[0])]

    def _do_pages(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import pages

        drawn = pages.draw(blobs[0], params["first"], params["many"], params["dpi"])
        sizes = [[page.number, page.width, page.height] for page in drawn]
        return {"pages": sizes}, [page.png for page in drawn]

    def _do_picture(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import pictures

        return {}, [pictures.decode(blobs[0], params["longest"], square=params["square"])]

    def _do_map(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import map_svg

        return {}, [map_svg.to_png(blobs[0].decode(), params["zoom"])]

    def _do_vet(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import vetting
        from kamdesk.documents.findings import finding_to_json

        report = vetting.vet(blobs[0], params["origin"])
        return {"ok": report.ok, "findings": [finding_to_json(item) for item in report.findings]}, []

    def _do_check(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import doctor
        from kamdesk.documents.context.catalogue import catalogue
        from kamdesk.documents.findings import finding_to_json

        kind = params["kind"]
        filled = None if params["filled"] is None else frozenset(params["filled"])
        found = doctor.check(blobs[0], catalogue(kind), kind, params["origin"], filled)
        return {"findings": [finding_to_json(item) for item in found]}, []

    def _do_repair(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import doctor
        from kamdesk.documents.context.catalogue import catalogue
        from kamdesk.documents.findings import finding_to_json

        kind = params["kind"]
        fixed = doctor.repair(blobs[0], catalogue(kind), kind, params["origin"], params["only"])
        return {"findings": [finding_to_json(item) for item in fixed.repaired]}, [fixed.data]

    def _do_clean(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import cleaning
        from kamdesk.documents.findings import message_to_json

        embed = dict(zip(params["targets"], blobs[1:], strict=True))
        cleaned = cleaning.clean(blobs[0], embed)
        said = {
            "removed": [message_to_json(item) for item in cleaned.removed],
            "offers": [message_to_json(item) for item in cleaned.offers],
        }
        return said, [cleaned.data]

    def _do_strip(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import cleaning

        return {}, [cleaning.strip_personal(blobs[0], leaving=params["leaving"])]

    def _do_prepare(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import letterhead

        place = params["start"], params["kind"], params["language"], params["pattern"]
        return {}, [letterhead.prepare(blobs[0], *place)]

    def _do_places(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import letterhead

        return {"places": [asdict(item) for item in letterhead.places(blobs[0])]}, []

    def _do_guide_read(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import guided

        return {"lines": [line.to_json() for line in guided.read(blobs[0])]}, []

    def _do_guide_apply(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import guided

        marks = [guided.Mark(**item) for item in params["marks"]]
        stretches = [guided.Stretch(**item) for item in params["stretches"]]
        return {}, [guided.apply(blobs[0], marks, stretches)]

    def _do_differences(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import edits

        return {"edits": [edits.edit_to_json(item) for item in edits.differences(blobs[0], blobs[1])]}, []

    def _do_wordings(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import wordings

        found = wordings.wordings(blobs[0], blobs[1])
        return {"wordings": [wordings.wording_to_json(item) for item in found]}, []

    def _do_text(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.documents import edits

        return {"text": edits.text(blobs[0])}, []

    def _do_contacts(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.worker import contacts

        return {}, [contacts.to_bytes(contacts.read_file(blobs[0], **params))]

    def _do_table(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.worker import tables

        return {}, [tables.to_bytes(*tables.read_file(blobs[0], **params))]

    def _do_read_calendar(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.exchange.calendar import read_calendar
        from kamdesk.worker import arrivals

        return arrivals.calendar_to_json(read_calendar(blobs[0], params["name"])), []

    def _do_read_mail(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.exchange.mail import read_mail
        from kamdesk.worker import arrivals

        return arrivals.mail_to_json(read_mail(blobs[0], params["name"]))

    def _do_extract_text(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        from kamdesk.worker import extract

        return {"text": extract.read_words(blobs[0], params["name"])}, []

    def _do_has_tags(self, params: Mapping[str, Any], blobs: Blobs) -> Answer:
        """Every body, header and footer is looked at; a tag that autocorrect spoilt is one too."""
        from kamdesk.documents import edits, tags

        text = edits.text(blobs[0])
        whole, _ = tags.scan(tags.repaired(text), lambda name: False)
        return {"has_tags": any(tag.kind != "comment" for tag in whole)}, []
