"""The words of an import: what a column is, what becomes of a row, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.import_rows import ImportRow
from kamdesk.exchange.headers import FIELDS, IGNORED
from kamdesk.model.messages import N_, Message
from kamdesk.services.import_report import ImportedRow, ImportReport

FIELD_LABELS: Final = {
    "": N_("Keep in a note"),
    IGNORED: N_("Do not import"),
    "name": N_("Name in one cell"),
    "family": N_("Family name"),
    "given": N_("Given name"),
    "middle": N_("Middle name"),
    "prefix": N_("Form of address before the name"),
    "suffix": N_("What stands after the name"),
    "nickname": N_("How to address"),
    "organisation": N_("Organisation"),
    "department": N_("Department"),
    "title": N_("Job title"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "mobile": N_("Mobile phone"),
    "home_phone": N_("Home phone"),
    "fax": N_("Fax"),
    "phone_label": N_("Kind of phone"),
    "telegram": N_("Telegram"),
    "whatsapp": N_("WhatsApp"),
    "vk": N_("VK"),
    "messenger": N_("Messenger"),
    "website": N_("Website"),
    "address": N_("Address"),
    "address_street": N_("Street"),
    "address_city": N_("City"),
    "address_region": N_("Region"),
    "address_postcode": N_("Postcode"),
    "address_country": N_("Country"),
    "birthday": N_("Birthday"),
    "anniversary": N_("Anniversary"),
    "notes": N_("Note"),
    "categories": N_("Labels"),
    "spouse": N_("Spouse"),
    "children": N_("Children"),
    "hobby": N_("Hobby"),
    "manager": N_("Reports to"),
    "assistant": N_("Assistant"),
    "gender": N_("Gender"),
    "language": N_("Language"),
    "uid": N_("Key of the other program"),
    "lens": N_("Type of reader"),
    "influence": N_("Influence"),
    "stance": N_("Stance"),
    "part": N_("Part in the decision"),
}
"""Field of a column → what it is called, in the order in which it is offered."""

assert set(FIELD_LABELS) == {*FIELDS, "", IGNORED}

STATES: Final = ("skipped", "created", "updated", "same")
STATE_LOOKS: Final = {
    "created": ("person-add", "success"),
    "updated": ("edit", "accent_text"),
    "same": ("ok", "muted"),
    "skipped": ("drop", "warning"),
}
_DOUBTS: Final = ("import.same_name",)


def rows_of(report: ImportReport) -> list[ImportRow]:
    """The rows of a report: those that were not taken first, then by what becomes of them."""
    found: list[ImportRow] = []
    for state in STATES:
        rows: Iterable[ImportedRow] = getattr(report, state)
        found += [
            ImportRow(
                f"{state}.{number}",
                row.source,
                row.name,
                state,
                ((row.why,) if row.why is not None else ()) + tuple(row.notes),
                row.id,
                any(note.code in _DOUBTS for note in row.notes),
            )
            for number, row in enumerate(rows)
        ]
    return found


class ImportWords:
    """The words in the language of the moment."""

    def __init__(self, kit: Kit) -> None:
        self._words = kit.words

    def field(self, field: str) -> str:
        """What a column holds."""
        return self._words.gettext(FIELD_LABELS.get(field.partition(":")[0], field))

    def state(self, state: str, *, done: bool = False) -> str:
        """What becomes of a row, or became of it."""
        _ = self._words.gettext
        before = {
            "created": _("New"),
            "updated": _("Will be filled in"),
            "same": _("Here already"),
            "skipped": _("Will not be taken"),
        }
        after = {
            "created": _("Now added"),
            "updated": _("Now filled in"),
            "same": _("Was here already"),
            "skipped": _("Left out"),
        }
        return (after if done else before)[state]

    def notes(self, row: ImportRow) -> str:
        """Why, what is filled, what was kept."""
        return " ".join(self._words.message(note) for note in row.notes)

    def place(self, source: str) -> str:
        """Where a row stood: the part of the source that tells it from the others."""
        file, colon, place = source.rpartition(":")
        return place if colon and place.isdigit() and file else source

    def summary(self, report: ImportReport, *, done: bool = False) -> str:
        """The account in one line; what is none is not said."""
        _ = self._words.gettext
        before = {
            "created": _("New: {n}"),
            "updated": _("To be filled in: {n}"),
            "same": _("Here already: {n}"),
            "skipped": _("Not to be taken: {n}"),
        }
        after = {state: self.state(state, done=True) + ": {n}" for state in STATES}
        said = after if done else before
        counts = {state: len(getattr(report, state)) for state in (*STATES[1:], STATES[0])}
        return " · ".join(said[state].format(n=n) for state, n in counts.items() if n)

    def remarks(self, remarks: Iterable[Message]) -> str:
        """What concerns the source as a whole."""
        return " ".join(self._words.message(remark) for remark in remarks)
