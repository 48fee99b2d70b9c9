"""What an import did or would do, row by row: every row of the source stands in exactly one list."""

from __future__ import annotations

from dataclasses import dataclass, field

from kamdesk.model.messages import Message


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row: where it stood («team.csv:5»), how it is called, the id it has here ("" in a dry run of a new one).

    ``notes`` tell what was changed, kept against the source, or should be looked at; ``why`` is given when skipped.
    """

    source: str
    name: str
    id: str = ""
    why: Message | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one import. ``remarks`` concern the source as a whole."""

    created: tuple[ImportedRow, ...] = field(default=())
    updated: tuple[ImportedRow, ...] = field(default=())
    same: tuple[ImportedRow, ...] = field(default=())
    skipped: tuple[ImportedRow, ...] = field(default=())
    remarks: tuple[Message, ...] = field(default=())

    def __add__(self, other: ImportReport) -> ImportReport:
        """The account of several files together."""
        return ImportReport(
            self.created + other.created,
            self.updated + other.updated,
            self.same + other.same,
            self.skipped + other.skipped,
            self.remarks + other.remarks,
        )
