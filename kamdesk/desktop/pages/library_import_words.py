"""An import of the library or of prices in words: what a column may be, what would happen, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from kamdesk.desktop.dialogs.library_import import Ahead
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.import_report import ImportedRow, ImportReport
from kamdesk.services.prices import PriceReport


def field_labels(kit: Kit, kind: str) -> dict[str, str]:
    """What a column may be, in words."""
    _ = kit.words.gettext
    return {
        "text": _("Objection") if kind == "objection" else _("Argument"),
        "short": _("In short"),
        "answer": _("Answer"),
        "lenses": _("Type of stakeholder"),
        "criteria": _("Criteria"),
        "industry": _("Industry"),
        "product": _("Product"),
        "evidence_kind": _("Kind of evidence"),
        "evidence": _("Evidence"),
        "evidence_source": _("Source"),
        "evidence_date": _("As of"),
        "valid_until": _("Valid until"),
        "language": _("Language"),
        "title": _("Project"),
        "client": _("Client"),
        "size": _("Size"),
        "year": _("Year"),
        "task": _("Task"),
        "done": _("What was done"),
        "figures": _("Result in figures"),
        "may_quote": _("May we quote it"),
        "name": _("Item") if kind == "price_item" else _("Full name"),
        "post": _("Job title"),
        "organisation": _("Organisation"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "about": _("What they can tell"),
        "article": _("Article no."),
        "unit": _("Unit of measure"),
        "price": _("Price"),
        "currency": _("Currency"),
        "vat": _("VAT, %"),
        "section": _("Section"),
        "note": _("Remark"),
        "price_list": _("Price list"),
    }


class ImportWords:
    """Sentences about a report, before and after."""

    def __init__(self, kit: Kit, vocabularies: Callable[[], Vocabularies]) -> None:
        self._kit = kit
        self._said = ProposalWords(kit, vocabularies)

    def entries_ahead(self, report: ImportReport) -> Ahead:
        """What would become of entries."""
        _ = self._kit.words.gettext
        parts = self._parts(
            (
                (_("Will be added"), [self._row(one) for one in report.created]),
                (_("Completed: empty fields are filled"), [self._row(one) for one in report.updated]),
                (_("Will not be taken"), [self._row(one) for one in report.skipped]),
                (_("Remarks"), [self._kit.words.message(one) for one in report.remarks]),
            )
        )
        return Ahead(self.entries_done(report), parts, bool(report.created or report.updated))

    def entries_done(self, report: ImportReport) -> str:
        """The counts in one line."""
        _ = self._kit.words.gettext
        return _("New: {new}, completed: {filled}, the same: {same}, not taken: {left}").format(
            new=len(report.created),
            filled=len(report.updated),
            same=len(report.same),
            left=len(report.skipped),
        )

    def prices_ahead(self, report: PriceReport) -> Ahead:
        """What would become of the price list: prices from and to."""
        _ = self._kit.words.gettext
        changed = []
        for one in report.changed:
            what = " ".join(part for part in (one.article, one.name) if part)
            if (one.price, one.currency) != (one.new_price, one.new_currency):
                now = self._money(one.price, one.currency)
                then = self._money(one.new_price, one.new_currency)
                changed.append(f"{what}: {now} → {then}")
            else:
                labels = field_labels(self._kit, "price_item")
                changed.append(f"{what}: " + ", ".join(labels[name] for name in one.fields))
        gone_heading = _("Will be deleted") if report.removed else _("No longer in the file, kept here")
        new = [
            f"{' '.join(part for part in (one.article, one.name) if part)}: {self._money(one.price, one.currency)}"
            for one in report.new
        ]
        parts = self._parts(
            (
                (_("Will not be taken"), [self._row(one) for one in report.skipped]),
                (_("Changed"), changed),
                (
                    gone_heading,
                    [" ".join(part for part in (one.article, one.name) if part) for one in report.gone],
                ),
                (_("Taken with a remark"), [self._row(one) for one in report.noted]),
                (_("Will be added"), new),
                (_("Remarks"), [self._kit.words.message(one) for one in report.remarks]),
            )
        )
        return Ahead(self.prices_done(report), parts, report.does_something)

    def prices_done(self, report: PriceReport) -> str:
        """The counts in one line."""
        _ = self._kit.words.gettext
        return _("New: {new}, changed: {changed}, the same: {same}, no longer there: {gone}, not taken: {left}").format(
            new=len(report.new), changed=len(report.changed), same=report.same, gone=len(report.gone),
            left=len(report.skipped),
        )  # fmt: skip

    def _money(self, amount: Decimal, currency: str) -> str:
        return self._said.money(amount, currency or "RUB")

    def _row(self, row: ImportedRow) -> str:
        words = [self._kit.words.message(one) for one in ((row.why,) if row.why else ()) + row.notes]
        place = row.source.rpartition(":")[2]
        return " · ".join(part for part in (place, row.name, *words) if part)

    @staticmethod
    def _parts(parts: Sequence[tuple[str, Sequence[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((heading, tuple(lines)) for heading, lines in parts if lines)
