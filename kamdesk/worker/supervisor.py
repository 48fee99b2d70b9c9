"""The pool of workers: started on demand, limited, killed and replaced when they misbehave. Safe from any thread.

Every method blocks its caller until the answer is there, so call it from a job and never from the window's thread. Each failure
becomes a KamdeskError with the true reason.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from kamdesk.documents.pdf import BUILT_IN, LIBREOFFICE, Libreoffice, PdfMade
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.worker.one import Job, Worker

if TYPE_CHECKING:
    from kamdesk.documents.cleaning import Cleaned
    from kamdesk.documents.context.document import OutgoingDocument
    from kamdesk.documents.edits import Edit
    from kamdesk.documents.findings import Finding
    from kamdesk.documents.guided import Line, Mark, Stretch
    from kamdesk.documents.letterhead_places import Place
    from kamdesk.documents.pages import Page
    from kamdesk.documents.text_render import TextFinding
    from kamdesk.documents.vetting import VetReport
    from kamdesk.documents.wordings import Wording
    from kamdesk.exchange.calendar import CalendarRead
    from kamdesk.exchange.mail import Mail
    from kamdesk.exchange.records import ContactsRead
    from kamdesk.exchange.table_fields import FieldTable
    from kamdesk.model.letter import LetterText
    from kamdesk.worker.contacts import ContactsFile

SECONDS: Final = 3.5
"""Processor seconds of a job on somebody else's file: it is stopped within five."""
LONG: Final = 30.0


def default_command() -> tuple[str, ...]:
    """How a worker is started: the program itself with ``--worker``."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "--worker")
    return (sys.executable, "-m", "kamdesk", "--worker")


class Workers:
    """``count`` workers. ``folder`` is the private folder for converters' files; ``office`` the LibreOffice program.

    Close it at the end; closing kills whatever still runs. After ``close`` every call raises ``documents.cancelled``.
    """

    def __init__(
        self,
        count: int = 2,
        *,
        command: Sequence[str] | None = None,
        folder: Path | None = None,
        office: Path | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._command = tuple(command or default_command())
        self._seconds = seconds
        self._own_folder = (
            tempfile.TemporaryDirectory(prefix="kamdesk-", ignore_cleanup_errors=True)
            if folder is None
            else None
        )
        private = folder or Path(self._own_folder.name if self._own_folder else ".")
        self._office = Libreoffice(private, office)
        self._free = threading.Condition()
        self._idle = [Worker(self._command, private) for _ in range(count)]
        self._all = tuple(self._idle)
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill all workers at once; a job that was running raises ``documents.cancelled`` in its caller."""
        with self._free:
            self._closed = True
            self._free.notify_all()
        for worker in self._all:
            worker.kill()
        with self._free:
            # A worker that is busy is stopped by the thread that waits for it.
            for worker in self._idle:
                worker.stop()
        if self._own_folder is not None:
            self._own_folder.cleanup()

    def warm(self) -> None:
        """Start the workers and let them load their libraries; returns when all are ready."""
        threads = [threading.Thread(target=self._call, args=("warm",), daemon=True) for _ in self._all]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    # --- jobs ---------------------------------------------------------------------------------------------

    def render(
        self, template: bytes, document: OutgoingDocument, cancel: threading.Event | None = None
    ) -> bytes:
        """The finished .docx. Raises KamdeskError that names the field and the place in the template."""
        return self._call("render", {"document": document.to_json()}, [template], cancel=cancel)[1][0]

    def fill_text(self, subject: str, body: str, document: OutgoingDocument) -> LetterText:
        """See :func:`kamdesk.documents.text_render.render`."""
        from kamdesk.model.letter import LetterText

        params = {"subject": subject, "body": body, "document": document.to_json()}
        answer, _ = self._call("fill_text", params)
        return LetterText(str(answer["subject"]), str(answer["body"]))

    def check_text(
        self, subject: str, body: str, document: OutgoingDocument | None = None
    ) -> tuple[TextFinding, ...]:
        """See :func:`kamdesk.documents.text_render.check`."""
        from kamdesk.documents.text_render import TextFinding

        params = {"subject": subject, "body": body, "document": document.to_json() if document else None}
        return tuple(map(TextFinding.from_json, self._call("check_text", params)[0]["findings"]))

    def blocks_of(self, template: bytes, kind: str) -> tuple[str, ...]:
        """The stable paths of the blocks that a template has («block.prices»)."""
        return tuple(self._call("blocks", {"kind": kind}, [template])[0]["blocks"])

    def to_pdf(
        self, docx: bytes, converter: str = BUILT_IN, cancel: threading.Event | None = None
    ) -> PdfMade:
        """The PDF by the chosen converter, "builtin" or "libreoffice"; where it fails by the other, with the reason.

        Raises KamdeskError ``documents.no_converter`` with both reasons when neither can.
        """
        order = (BUILT_IN, LIBREOFFICE) if converter == BUILT_IN else (LIBREOFFICE, BUILT_IN)
        reason: Message | None = None
        for name in order:
            try:
                pdf, pages = self._convert(name, docx, cancel)
            except KamdeskError as error:
                if error.message.code == "documents.cancelled":
                    raise
                if reason is not None:
                    raise KamdeskError(
                        "documents.no_converter", first=reason, second=error.message
                    ) from error
                reason = error.message
                continue
            return PdfMade(pdf, name, pages, reason)
        raise AssertionError(order)

    def _convert(self, name: str, docx: bytes, cancel: threading.Event | None) -> tuple[bytes, int]:
        if name == BUILT_IN:
            answer, blobs = self._call("to_pdf", {}, [docx], seconds=LONG, cancel=cancel)
            return blobs[0], int(answer["pages"])
        pdf = self._office.convert(docx, cancel.is_set if cancel else lambda: self._closed)
        return pdf, self.page_count(pdf)

    def booklet(self, pdf: bytes) -> bytes:
        """See :func:`kamdesk.documents.booklet.imposed`."""
        return self._call("booklet", {}, [pdf], seconds=LONG)[1][0]

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has."""
        return int(self._call("count", {}, [pdf])[0]["pages"])

    def pages(
        self,
        pdf: bytes,
        first: int = 0,
        many: int | None = None,
        dpi: float = 110,
        cancel: threading.Event | None = None,
    ) -> tuple[Page, ...]:
        """Pages as PNG pictures, ``many`` of them (None: all) from ``first`` on, counted from 0."""
        from kamdesk.documents.pages import Page

        params = {"first": first, "many": many, "dpi": dpi}
        answer, blobs = self._call("pages", params, [pdf], seconds=LONG, cancel=cancel)
        drawn = zip(answer["pages"], blobs, strict=True)
        return tuple(Page(number, width, height, png) for (number, width, height), png in drawn)

    def decode_picture(self, data: bytes, longest: int = 2000, *, square: bool = False) -> bytes:
        """A foreign picture as a fresh PNG without EXIF, at most ``longest`` pixels a side and 50 megapixels before.

        ``square`` cuts it as a portrait is cut.
        """
        return self._call("picture", {"longest": longest, "square": square}, [data])[1][0]

    def draw_map(self, svg: str, zoom: float = 1.0) -> bytes:
        """An influence map of ours as PNG, ``zoom`` times its size. See :mod:`kamdesk.documents.map_svg`."""
        return self._call("map", {"zoom": zoom}, [svg.encode()], seconds=LONG)[1][0]

    def vet(self, data: bytes, origin: str) -> VetReport:
        """See :func:`kamdesk.documents.vetting.vet`."""
        from kamdesk.documents.vetting import VetReport

        answer, _ = self._call("vet", {"origin": origin}, [data])
        return VetReport(bool(answer["ok"]), _findings(answer))

    def check(
        self, data: bytes, kind: str, origin: str = "foreign", filled: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """See :func:`kamdesk.documents.doctor.check`, with the catalogue of ``kind``."""
        params = {"kind": kind, "origin": origin, "filled": None if filled is None else sorted(filled)}
        return _findings(self._call("check", params, [data])[0])

    def repair(
        self, data: bytes, kind: str, origin: str = "foreign", only: Collection[int] | None = None
    ) -> tuple[bytes, tuple[Finding, ...]]:
        """See :func:`kamdesk.documents.doctor.repair`: the repaired copy and what was done."""
        params = {"kind": kind, "origin": origin, "only": None if only is None else sorted(only)}
        answer, blobs = self._call("repair", params, [data])
        return blobs[0], _findings(answer)

    def clean(self, data: bytes, embed: Mapping[str, bytes] | None = None) -> Cleaned:
        """See :func:`kamdesk.documents.cleaning.clean`."""
        from kamdesk.documents.cleaning import Cleaned
        from kamdesk.documents.findings import message_from_json

        pictures = dict(embed or {})
        answer, blobs = self._call("clean", {"targets": list(pictures)}, [data, *pictures.values()])
        removed, offers = (tuple(map(message_from_json, answer[name])) for name in ("removed", "offers"))
        return Cleaned(blobs[0], removed, offers)

    def strip_personal(self, docx: bytes, *, leaving: bool = True) -> bytes:
        """See :func:`kamdesk.documents.cleaning.strip_personal`."""
        return self._call("strip", {"leaving": leaving}, [docx])[1][0]

    def prepare(
        self, letterhead: bytes, start: int | None, kind: str, language: str, pattern: bool = True
    ) -> bytes:
        """See :func:`kamdesk.documents.letterhead.prepare`."""
        params = {"start": start, "kind": kind, "language": language, "pattern": pattern}
        return self._call("prepare", params, [letterhead])[1][0]

    def places(self, letterhead: bytes) -> tuple[Place, ...]:
        """See :func:`kamdesk.documents.letterhead.places`."""
        from kamdesk.documents.letterhead_places import Place

        return tuple(Place(**item) for item in self._call("places", {}, [letterhead])[0]["places"])

    def guide_read(self, docx: bytes) -> tuple[Line, ...]:
        """See :func:`kamdesk.documents.guided.read`."""
        from kamdesk.documents.guided import Line

        return tuple(map(Line.from_json, self._call("guide_read", {}, [docx])[0]["lines"]))

    def guide_apply(self, docx: bytes, marks: Sequence[Mark], stretches: Sequence[Stretch]) -> bytes:
        """See :func:`kamdesk.documents.guided.apply`."""
        params = {"marks": list(map(asdict, marks)), "stretches": list(map(asdict, stretches))}
        return self._call("guide_apply", params, [docx])[1][0]

    def differences(self, before: bytes, after: bytes) -> tuple[Edit, ...]:
        """See :func:`kamdesk.documents.edits.differences`."""
        from kamdesk.documents.edits import Edit
        from kamdesk.documents.findings import message_from_json

        answer, _ = self._call("differences", {}, [before, after], seconds=LONG)
        return tuple(Edit(**{**item, "place": message_from_json(item["place"])}) for item in answer["edits"])

    def wordings(self, before: bytes, after: bytes) -> tuple[Wording, ...]:
        """See :func:`kamdesk.documents.wordings.wordings`."""
        from kamdesk.documents.wordings import wording_from_json

        answer, _ = self._call("wordings", {}, [before, after], seconds=LONG)
        return tuple(map(wording_from_json, answer["wordings"]))

    def text(self, docx: bytes) -> str:
        """Every word a Word file carries, for the privacy check. See :func:`kamdesk.documents.edits.text`."""
        return str(self._call("text", {}, [docx])[0]["text"])

    def has_tags(self, docx: bytes) -> bool:
        """Whether a Word file has tags to be filled; without any it is a letterhead."""
        return bool(self._call("has_tags", {}, [docx])[0]["has_tags"])

    def read_contacts(self, data: bytes, name: str) -> ContactsRead:
        """The people of a file, everything about it detected. ``name`` is shown in messages."""
        return self.contacts(data, name).read

    def contacts(
        self,
        data: bytes,
        name: str,
        *,
        fields: Sequence[str] | None = None,
        encoding: str = "",
        separator: str = "",
        sheet: str = "",
        cancel: threading.Event | None = None,
    ) -> ContactsFile:
        """See :func:`kamdesk.worker.contacts.read_file`: the people, and the look of the table they came from."""
        from kamdesk.worker import contacts

        params = {"name": name, "fields": list(fields) if fields is not None else None}
        params |= {"encoding": encoding, "separator": separator, "sheet": sheet}
        return contacts.from_bytes(self._of_table("contacts", params, data, cancel))

    def read_table(
        self, data: bytes, name: str, kind: str, sheet: str = ""
    ) -> tuple[FieldTable, tuple[Message, ...]]:
        """See :func:`kamdesk.worker.tables.read_file`: the rows of a price list or of entries of the library."""
        from kamdesk.worker import tables

        params = {"name": name, "kind": kind, "sheet": sheet}
        return tables.from_bytes(self._of_table("table", params, data))

    def _of_table(
        self, job: str, params: Mapping[str, Any], data: bytes, cancel: threading.Event | None = None
    ) -> bytes:
        """What a job makes of a file. A sheet that spreads its cells over the whole world ends the reader, and trying again does too."""
        try:
            return self._call(job, params, [data], seconds=LONG, cancel=cancel)[1][0]
        except KamdeskError as error:
            ended = error.message.code in ("documents.worker_failed", "documents.too_much_memory")
            if ended and data.startswith((b"PK", b"\xd0\xcf")):
                raise KamdeskError("table.unreadable", file=params["name"]) from error
            raise

    def read_calendar(self, data: bytes, name: str) -> CalendarRead:
        """See :func:`kamdesk.exchange.calendar.read_calendar`; times are of this computer's zone."""
        from kamdesk.worker import arrivals

        return arrivals.calendar_from_json(self._call("read_calendar", {"name": name}, [data])[0])

    def read_mail(self, data: bytes, name: str) -> Mail:
        """See :func:`kamdesk.exchange.mail.read_mail`; times are of this computer's zone."""
        from kamdesk.worker import arrivals

        return arrivals.mail_from_json(*self._call("read_mail", {"name": name}, [data], seconds=LONG))

    def extract_text(self, data: bytes, name: str) -> str:
        """The words of a file for the search. See :func:`kamdesk.worker.extract.read_words`."""
        return str(self._call("extract_text", {"name": name}, [data], seconds=LONG)[0]["text"])

    # --- the pool -----------------------------------------------------------------------------------------

    def _call(
        self,
        job: str,
        params: Mapping[str, Any] | None = None,
        blobs: Sequence[bytes] = (),
        *,
        seconds: float | None = None,
        cancel: threading.Event | None = None,
    ) -> tuple[dict[str, Any], list[bytes]]:
        task = Job(job, params or {}, blobs, seconds or self._seconds, cancel or threading.Event())
        worker = self._take(task)
        try:
            return worker.do(task)
        except KamdeskError:
            if self._closed:
                raise KamdeskError("documents.cancelled") from None
            raise
        finally:
            with self._free:
                if self._closed:
                    worker.stop()
                self._idle.append(worker)
                self._free.notify()

    def _take(self, task: Job) -> Worker:
        with self._free:
            while not self._idle and not self._closed:
                if task.cancel.is_set():
                    raise KamdeskError("documents.cancelled")
                self._free.wait(timeout=0.2)
            if self._closed or task.cancel.is_set():
                raise KamdeskError("documents.cancelled")
            # The one used last has the template compiled and its libraries loaded.
            return self._idle.pop()


def _findings(answer: Mapping[str, Any]) -> tuple[Finding, ...]:
    from kamdesk.documents.findings import finding_from_json

    return tuple(finding_from_json(item) for item in answer["findings"])
