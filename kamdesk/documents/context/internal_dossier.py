"""The print of a dossier as nodes, in the order in which somebody takes a client over: start, people, history, promises (D15, X4).

It is given rows that have passed redaction and adds nothing to them; what is absent is not spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kamdesk.documents.blocks import Bullets, Heading, KeyValues, Node, Paragraph, Picture, Run, Table
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.internal_people import PeoplePages, own_fields
from kamdesk.documents.context.internal_rows import Rows, cell, day, listed, moment, name_of, words
from kamdesk.documents.context.internal_sales import SalesPages
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.documents.pictures import png_size
from kamdesk.model.internal import SECTIONS, DossierData, Row
from kamdesk.model.vocabulary import Vocabularies

_MAP_WIDTH: Final = 168  # millimetres; cut to the text's width where the page is narrower
_MAP_HEIGHT: Final = {"a4": 190, "a5": 120}
_SEPARATOR: Final = " · "


def dossier_document(data: DossierData, vocabularies: Vocabularies) -> OutgoingDocument:
    """The whole print, ready for a template of kind ``dossier``."""
    say = InternalWords(data.language, vocabularies)
    parts = dict(_Print(data, say).parts())
    nodes = tuple(node for part in parts.values() for node in part) or (Paragraph((Run(say("nothing")),)),)
    level = say.label("sensitivity", data.options.ceiling) if data.options.level == "own" else ""
    shown = say("level", level=(level or say.label("redaction_level", data.options.level)).lower())
    if data.options.left_out:
        left = ", ".join(say.label("left_out", code).lower() for code in data.options.left_out)
        shown += f"; {say('without', what=left)}"
    kind = say(f"dossier_{data.about}")
    return OutgoingDocument(
        kind="dossier",
        language=data.language,
        title=kind,
        company="",
        date=data.printed_on.isoformat(),
        fields={
            "print": {
                "title": data.title,
                "subtitle": _SEPARATOR.join((kind, say("confidential"), shown)),
                "running": _SEPARATOR.join((data.title, say("confidential"))),
                "foot": _SEPARATOR.join((say("eyes_house"), say("page_of", date=say.day(data.printed_on)))),
                "eyes": say("eyes_house"),
            },
            "dossier": {
                "name": data.title,
                "kind": kind,
                "level": shown,
                "date": say.day(data.printed_on),
            },
        },
        blocks={**dict.fromkeys(SECTIONS, ()), **parts, "body": nodes},
    )


class _Print:
    def __init__(self, data: DossierData, say: InternalWords) -> None:
        self._data, self._say = data, say
        self._rows = Rows(data)
        self._people = PeoplePages(data, self._rows, say)
        self._sales = SalesPages(data, self._rows, say)
        self._today = data.printed_on

    def parts(self) -> Iterator[tuple[str, tuple[Node, ...]]]:
        """The chosen parts in reading order, each under its heading, by their names in a template."""
        wanted = self._data.options.sections or SECTIONS
        parts = {
            "start": ("start", self._start),
            "people": ("about_person" if self._data.about == "person" else "people", self._people.pages),
            "map": ("influence_map" if self._data.map_png else "map", self._map),
            "history": ("history", self._history),
            "promises": ("promises", self._promises),
            "business": ("business", self._business),
            "deals": ("deals", self._sales.pages),
            "notes": ("notes", self._notes),
            "files": ("files", self._files),
        }
        for name in SECTIONS:
            if name not in wanted:
                continue
            key, make = parts[name]
            inside = tuple(make())
            if inside:
                yield name, (Heading(self._say(key)), *inside)

    # --- start here -------------------------------------------------------------------------------------------

    def _start(self) -> Iterator[Node]:
        client = self._rows.one("organisations", self._data.id)
        pairs = list(self._card(client)) if client is not None else []
        pairs += [*self._who(), *self._ahead()]
        shown = tuple((name, value) for name, value in pairs if value)
        if shown:
            yield KeyValues(shown)
        if client is not None and words(client, "description"):
            yield Paragraph((Run(words(client, "description")),))

    def _card(self, row: Row) -> Iterator[tuple[str, str]]:
        say = self._say
        yield say("legal_name"), words(row, "legal_name")
        for name in ("group_name", "industry", "territory", "size"):
            yield say(name), words(row, name)
        yield say("address_line"), words(row, "address")
        numbers = (("inn", "ИНН"), ("kpp", "КПП"), ("ogrn", "ОГРН"), ("iban", "IBAN"))
        yield (
            say("requisites"),
            ", ".join(
                f"{label if say.language == 'ru' else name.upper()} {words(row, name)}"
                for name, label in numbers
                if words(row, name)
            ),
        )
        yield say("tags"), ", ".join(listed(row, "tags"))
        yield from own_fields(self._rows, say, "organisation_id", row["id"])

    def _who(self) -> Iterator[tuple[str, str]]:
        if self._data.about == "person":
            return
        names = [
            f"{name_of(row).full(self._say.language)}, {self._people.post(row)}".rstrip(", ")
            for row in self._people.ordered()[0]
            if any(
                words(part, "code") == "decider" for part in self._rows.of("parts", "person_id", row["id"])
            )
        ]
        yield self._say("deciders"), "\n".join(names)

    def _ahead(self) -> Iterator[tuple[str, str]]:
        """What is next and what is owed."""
        say = self._say
        met = [row for row in self._interactions() if moment(row, "starts_at")]
        last = next((row for row in met if row.get("state") == "done"), None)
        coming = [row for row in met if row.get("state") == "planned"]
        yield say("next"), self._named(coming[-1]) if coming else ""
        yield say("last"), self._named(last) if last is not None else ""
        for side, key in (("ours", "owe"), ("theirs", "owed")):
            owed = [one for one in self._open() if one.get("side") == side]
            yield (
                say(key),
                "\n".join(self._owed(one) for one in owed[:5])
                + (f"\n{say.more(len(owed) - 5)}" if len(owed) > 5 else ""),
            )

    def _named(self, row: Row) -> str:
        parts = (
            self._say.moment(moment(row, "starts_at")),
            self._say.label("interaction", row.get("kind")).lower(),
            words(row, "purpose"),
        )
        return _SEPARATOR.join(part for part in parts if part)

    def _owed(self, row: Row) -> str:
        due = day(row, "due")
        text = words(row, "text").rstrip(" .")
        return f"{text} ({self._say('by', date=self._say.day(due))})" if due else text

    # --- map --------------------------------------------------------------------------------------------------

    def _map(self) -> Iterator[Node]:
        """The drawn map where there is one, and always the tree in words: a picture cannot be read aloud."""
        if self._data.about == "person":
            return
        if self._data.map_png:
            width, height = png_size(self._data.map_png)
            tallest = _MAP_HEIGHT["a4" if self._data.options.paper == "a4" else "a5"]
            across = min(_MAP_WIDTH, tallest * width / max(height, 1))
            yield Picture(self._say("influence_map"), across, png=self._data.map_png)
        yield from self._people.tree()

    # --- history ----------------------------------------------------------------------------------------------

    def _interactions(self) -> list[Row]:
        """Those of the client, or those with the person, the latest first."""
        found = self._rows.all("interactions")
        if self._data.about == "person":
            there = {
                row.get("interaction_id") for row in self._rows.of("participants", "person_id", self._data.id)
            }
            found = tuple(row for row in found if row["id"] in there)
        return sorted(found, key=lambda row: str(moment(row, "starts_at") or ""), reverse=True)

    def _history(self) -> Iterator[Node]:
        say, options = self._say, self._data.options
        bounds = []
        if options.since is not None:
            bounds.append(say("history_from", date=say.day(options.since)))
        if options.until is not None:
            bounds.append(say("history_until", date=say.day(options.until)))
        if bounds:
            yield Paragraph((Run(" ".join(bounds), muted=True),), role="small")
        shown = [row for row in self._interactions() if self._within(row)]
        for row in shown:
            yield from self._interaction(row)
        if bounds and not shown:
            yield Paragraph((Run(say("no_history")),))

    def _within(self, row: Row) -> bool:
        at, options = moment(row, "starts_at"), self._data.options
        if at is None:
            return options.since is None and options.until is None
        return (options.since is None or at.date() >= options.since) and (
            options.until is None or at.date() <= options.until
        )

    def _interaction(self, row: Row) -> Iterator[Node]:
        """What, when, with whom on one line; what came of it below. No table: outcomes may be longer than a page."""
        say = self._say
        there = self._rows.of("participants", "interaction_id", row["id"])
        names = [
            name.full(say.language)
            for one in there
            if (
                name := self._rows.name(one.get("person_id"))
                or self._rows.name(one.get("colleague_id"), "colleagues")
            )
        ]
        state = "" if row.get("state") == "done" else say.label("interaction_state", row.get("state")).lower()
        head = _SEPARATOR.join(
            part
            for part in (
                say.moment(moment(row, "starts_at")),
                say.label("interaction", row.get("kind")),
                state,
                words(row, "place"),
            )
            if part
        )
        yield Heading(head, 3)
        lines: list[tuple[Run, ...]] = []
        if names:
            lines.append((Run(", ".join(names), muted=True),))
        if words(row, "purpose"):
            lines.append((Run(words(row, "purpose")),))
        for field, key in (("outcome", "outcome"), ("aim_ideal", "ideal"), ("aim_minimum", "minimum")):
            if words(row, field):
                lines.append((Run(f"{say(key)}: ", bold=True), Run(words(row, field))))
        if words(row, "next_step"):
            on = say.day(day(row, "next_step_on"))
            step = words(row, "next_step").rstrip(" .") + (f", {on}" if on else "")
            lines.append((Run(f"{say('next_step').capitalize()}: ", bold=True), Run(step)))
        for number, line in enumerate(lines):
            yield Paragraph(line, keep_next=number < min(1, len(lines) - 1))

    # --- promises ---------------------------------------------------------------------------------------------

    def _of_subject(self, collection: str) -> list[Row]:
        rows = self._rows.all(collection)
        if self._data.about == "person":
            return [row for row in rows if row.get("person_id") == self._data.id]
        return list(rows)

    def _open(self) -> list[Row]:
        found = [row for row in self._of_subject("promises") if not row.get("done_on")]
        return sorted(found, key=lambda row: (day(row, "due") is None, day(row, "due") or date.max))

    def _promises(self) -> Iterator[Node]:
        say = self._say
        still = self._open()
        kept = [row for row in self._of_subject("promises") if row.get("done_on")]
        kept = [row for row in kept if self._kept_within(row)]
        for key, rows, last in (("open_promises", still, "due"), ("kept_promises", kept, "kept")):
            if rows:
                yield Heading(say(key), 2)
                yield Table(
                    (say("promise"), say("whose"), say("whom"), say(last)),
                    tuple(self._promise(row, "due" if last == "due" else "done_on") for row in rows),
                    widths=(0.41, 0.17, 0.22, 0.2),
                )

    def _kept_within(self, row: Row) -> bool:
        on, options = day(row, "done_on"), self._data.options
        return on is not None and (options.since is None or on >= options.since)

    def _promise(self, row: Row, last: str) -> tuple[str, ...]:
        say = self._say
        text = cell(words(row, "text"))
        if words(row, "witness"):
            text += f" ({say('witness', who=words(row, 'witness'))})"
        on = day(row, last)
        overdue = last == "due" and on is not None and on < self._today
        who = self._rows.name(row.get("person_id")).full(say.language)
        shown = say.day(on) + (f"\n{say('overdue')}" if overdue else "")
        return text, say.label("promise_side", row.get("side")), who, shown

    # --- the rest ---------------------------------------------------------------------------------------------

    def _business(self) -> Iterator[Node]:
        if self._data.about == "person":
            return
        by_kind: dict[str, list[Row]] = {}
        for row in self._rows.of("statements", "organisation_id", self._data.id):
            by_kind.setdefault(words(row, "kind"), []).append(row)
        for kind, rows in by_kind.items():
            yield Heading(self._say.label("statement_kind", kind) or "—", 2)
            yield Bullets(tuple(self._statement(row) for row in rows))

    def _statement(self, row: Row) -> tuple[Run, ...]:
        say = self._say
        competitor = self._rows.one("organisations", row.get("competitor_id"))
        tail = (
            words(competitor, "short_name") if competitor is not None else "",
            say.label("confidence", row.get("source_kind")).lower(),
            words(row, "source"),
            say.day(day(row, "noted_on")),
        )
        more = ", ".join(part for part in tail if part)
        runs = [Run(words(row, "text"))]
        if more:
            runs.append(Run(f" ({more})", muted=True))
        return tuple(runs)

    def _notes(self) -> Iterator[Node]:
        rows = [row for row in self._of_subject("notes") if words(row, "text")]
        rows.sort(key=lambda row: str(day(row, "written_on") or ""), reverse=True)
        for row in rows:
            about = self._rows.name(row.get("person_id")).full(self._say.language)
            head = _SEPARATOR.join(part for part in (self._say.day(day(row, "written_on")), about) if part)
            if head:
                yield Paragraph((Run(head, muted=True),), keep_next=True)
            yield Paragraph((Run(words(row, "text")),))

    def _files(self) -> Iterator[Node]:
        rows = [row for row in self._of_subject("attachments") if words(row, "name")]
        if rows:
            say = self._say
            yield Table(
                (say("file"), say("belongs_to"), say("date")),
                tuple(
                    (cell(words(row, "name")), self._belongs(row), say.day(day(row, "added_on")))
                    for row in rows
                ),
                widths=(0.46, 0.36, 0.18),
            )

    def _belongs(self, row: Row) -> str:
        met = self._rows.one("interactions", row.get("interaction_id"))
        if met is not None:
            return cell(self._named(met))
        deal = self._rows.one("deals", row.get("deal_id"))
        if deal is not None:
            return cell(words(deal, "name"))
        return self._rows.name(row.get("person_id")).full(self._say.language)
