"""Reading the sources of an import and carrying it out: files in the worker, pastes here, columns as they were chosen before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.desktop.jobs import Progress
from kamdesk.exchange import dossier
from kamdesk.exchange.clipboard import read_pasted
from kamdesk.exchange.records import ContactsRead
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.services.import_memory import ImportMemory
from kamdesk.services.import_report import ImportReport
from kamdesk.worker.contacts import ContactsFile, TableLook, look_at

if TYPE_CHECKING:
    from kamdesk.bootstrap import Workplace

_LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """One file or paste as it was given; ``data`` is None for text."""

    name: str
    data: bytes | None = None
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """How a table is to be read; "" and None are detected."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    fields: tuple[str, ...] | None = None


class ImportReader:
    """Every method blocks and is called from a job; each may raise KamdeskError, or JobCancelled between two people."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._memory = ImportMemory(place.store)

    def files(self, paths: Sequence[str], progress: Progress) -> tuple[Source, ...]:
        """The files of the user, each under a name of its own."""
        found: list[Source] = []
        for number, path in enumerate(paths):
            progress.report(Path(path).name, number, len(paths))
            found.append(Source(_free(Path(path).name, [one.name for one in found]), _read(path)))
        return tuple(found)

    def look(
        self, sources: Sequence[Source], reading: Reading, client: str, progress: Progress
    ) -> tuple[ContactsRead | None, TableLook | None, ImportReport]:
        """The people (None where there are dossiers only), the look of a single table, and what would happen."""
        files: list[ContactsFile] = []
        report = ImportReport()
        for number, source in enumerate(sources):
            progress.report(source.name, number, len(sources))
            if source.data is not None and dossier.looks_like_dossier(source.data):
                report += self._place.dossiers.import_(source.data, source=source.name, dry_run=True)
            else:
                files.append(self._read_one(source, reading))
        people = _together(files) if files else None
        if people is not None:
            report += self.dry_run(people, client, progress)
        return people, files[0].table if len(files) == 1 else None, report

    def take(
        self,
        sources: Sequence[Source],
        people: ContactsRead | None,
        look: TableLook | None,
        client: str,
        left_out: Collection[str],
        progress: Progress,
    ) -> ImportReport:
        """Store what is wanted, and remember what the columns were taken for."""
        report = ImportReport()
        taking = Message("import.taking")
        for source in sources:
            if source.data is not None and dossier.looks_like_dossier(source.data):
                progress.report(source.name)
                report += self._place.dossiers.import_(source.data, source=source.name)
        if people is not None:
            report += self._place.imports.people(
                people,
                organisation_id=client or None,
                leave_out=left_out,
                progress=lambda done, total: progress.report(taking, done, total),
            )
            if look is not None:
                self._memory.keep(look.fingerprint, look.headers, look.fields)
        return report

    def _read_one(self, source: Source, reading: Reading) -> ContactsFile:
        fields = reading.fields
        if source.data is None:
            pasted = read_pasted(source.text, source.name)
            if pasted.table is None:
                return ContactsFile(pasted.people)
            file = look_at(pasted.table, fields)
            kept = self._remembered(file, fields)
            return look_at(pasted.table, kept) if kept else file
        contacts = self._place.workers.contacts

        def read(chosen: Sequence[str] | None) -> ContactsFile:
            return contacts(
                source.data or b"",
                source.name,
                fields=chosen,
                encoding=reading.encoding,
                separator=reading.separator,
                sheet=reading.sheet,
            )

        file = read(fields)
        kept = self._remembered(file, fields)
        return read(kept) if kept else file

    def _remembered(self, file: ContactsFile, chosen: Sequence[str] | None) -> tuple[str, ...]:
        """What the columns were taken for the last time, where that is another choice; ()."""
        table = file.table
        if table is None or chosen is not None:
            return ()
        kept = self._memory.fields(table.fingerprint, table.headers, table.fields)
        return kept if kept != table.fields else ()

    def dry_run(self, people: ContactsRead, client: str, progress: Progress) -> ImportReport:
        """What would happen with these people."""
        looking = Message("import.looking")
        return self._place.imports.people(
            people,
            organisation_id=client or None,
            dry_run=True,
            progress=lambda done, total: progress.report(looking, done, total),
        )


def _together(files: Sequence[ContactsFile]) -> ContactsRead:
    """The people of several files as one source."""
    reads = [file.read for file in files]
    return ContactsRead(
        tuple(person for read in reads for person in read.people),
        tuple(item for read in reads for item in read.skipped),
        sum(read.rows for read in reads),
        tuple(remark for read in reads for remark in read.remarks),
    )


def _free(name: str, taken: Sequence[str]) -> str:
    """A name that no other file of this import has, so that rows can be told apart by their source."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _read(path: str) -> bytes:
    """The bytes of a file the user gave. Raises KamdeskError with the reason."""
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST:
            raise KamdeskError("import.file_large", name=file.name, megabytes=_LARGEST // (1024 * 1024))
        return file.read_bytes()
    except OSError as error:
        raise KamdeskError(
            "import.file_unreadable", name=file.name, why=error.strerror or str(error)
        ) from error
