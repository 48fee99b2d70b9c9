"""What is sold to a client as nodes of the print of a dossier: deals, proposals, what was given and got in talks (P8, W7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Heading, Node, Table
from kamdesk.documents.context.internal_rows import Rows, cell, day, partial, words
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.model.internal import DossierData, Row


class SalesPages:
    """Tables of a client's sales; a person has none. Rows have passed redaction: what was withheld is absent."""

    def __init__(self, data: DossierData, rows: Rows, say: InternalWords) -> None:
        self._data, self._rows, self._say = data, rows, say

    def pages(self) -> Iterator[Node]:
        """Deals, then proposals, then concessions."""
        if self._data.about == "person":
            return
        yield from self._deals()
        yield from self._proposals()
        yield from self._concessions()

    def _deals(self) -> Iterator[Node]:
        say = self._say
        deals = self._rows.of("deals", "organisation_id", self._data.id)
        if deals:
            yield Table(
                (say("deal"), say("stage"), say("amount"), say("expected")),
                tuple(
                    (
                        cell(words(row, "name")),
                        say.label("deal_stage", row.get("stage")),
                        self._money(row, row.get("amount")),
                        say.partial(partial(row, "expected")),
                    )
                    for row in deals
                ),
                alignments=("left", "left", "right", "left"),
                widths=(0.4, 0.22, 0.2, 0.18),
            )

    def _proposals(self) -> Iterator[Node]:
        say = self._say
        proposals = self._rows.of("proposals", "organisation_id", self._data.id)
        if proposals:
            yield Table(
                (say("number"), say("subject"), say("status"), say("date")),
                tuple(
                    (
                        words(row, "number"),
                        cell(words(row, "subject")),
                        say.label("proposal_status", row.get("status")),
                        say.day(day(row, "date")),
                    )
                    for row in proposals
                ),
                widths=(0.14, 0.46, 0.22, 0.18),
            )

    def _concessions(self) -> Iterator[Node]:
        """The latest first, with what each changed in our income as far as that is known."""
        say = self._say
        given = [
            row for row in self._rows.of("concessions", "organisation_id", self._data.id) if row.get("given")
        ]
        given.sort(key=lambda row: str(day(row, "given_on") or ""), reverse=True)
        if not given:
            return
        effects = [self._effect(row) for row in given]
        heads = [say("date"), say("we_gave"), say("we_got"), say("income_effect")]
        lines = [
            (
                say.day(day(row, "given_on")),
                cell(words(row, "given")),
                cell(words(row, "got")) or say("got_nothing"),
                effect,
            )
            for row, effect in zip(given, effects, strict=True)
        ]
        # Without the category of margins the whole column would be empty.
        shown = 4 if any(effects) else 3
        yield Heading(say("concessions"), 2)
        yield Table(
            tuple(heads[:shown]),
            tuple(line[:shown] for line in lines),
            alignments=("left", "left", "left", "right")[:shown],
            widths=(0.16, 0.32, 0.32, 0.2) if shown == 4 else (0.16, 0.42, 0.42),
        )

    def _effect(self, row: Row) -> str:
        cost, worth = row.get("cost"), row.get("worth")
        if not isinstance(cost, Decimal) and not isinstance(worth, Decimal):
            return ""
        got, paid = (value if isinstance(value, Decimal) else Decimal(0) for value in (worth, cost))
        return self._money(row, got - paid)

    def _money(self, row: Row, value: object) -> str:
        if not isinstance(value, Decimal):
            return ""
        return speech.money(value, words(row, "currency") or "RUB", self._say.language)
