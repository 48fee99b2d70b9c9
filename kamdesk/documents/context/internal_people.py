"""People in the print of a dossier: each with what may be shown, and who reports to whom as a tree of words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kamdesk.documents.blocks import Bullets, Heading, KeyValues, Node, Paragraph, Run
from kamdesk.documents.context.internal_rows import Rows, day, name_of, number, partial, words
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.model.internal import DossierData, Row
from kamdesk.model.values import PartialDate
from kamdesk.model.written import write_decimal
from kamdesk.rules import markup, own_values

_DATED = ("birthday", "name_day", "anniversary", "professional_holiday", "other_date")
_DEEPEST = 12


class PeoplePages:
    """Composes them in reading order: who decides and who has most say first."""

    def __init__(self, data: DossierData, rows: Rows, say: InternalWords) -> None:
        self._data, self._rows, self._say = data, rows, say

    def ordered(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Present people, and those who are no longer there."""
        everybody = sorted(self._chosen(), key=self._rank)
        here = tuple(row for row in everybody if not self.is_former(row))
        return here, tuple(row for row in everybody if self.is_former(row))

    def _chosen(self) -> list[Row]:
        people = self._rows.all("people")
        if self._data.about == "person":
            return [row for row in people if row["id"] == self._data.id]
        if self._data.about == "group":
            found = [
                row
                for row in people
                if self._rows.of("parts", "person_id", row["id"]) or number(row, "influence") > 1
            ]
            return found or list(people)
        return list(people)

    def _rank(self, row: Row) -> tuple[bool, int, str]:
        parts = {words(part, "code") for part in self._rows.of("parts", "person_id", row["id"])}
        return ("decider" not in parts, -number(row, "influence"), name_of(row).full().casefold())

    def is_former(self, row: Row) -> bool:
        """Whether every post known of somebody is a past one."""
        posts = self._rows.of("employments", "person_id", row["id"])
        return bool(posts) and all(post.get("is_former") or post.get("until") for post in posts)

    def post(self, row: Row) -> str:
        """The present job title."""
        for post in self._rows.of("employments", "person_id", row["id"]):
            seat = self._rows.one("seats", post.get("seat_id"))
            if seat is not None and not post.get("is_former") and words(seat, "title"):
                return words(seat, "title")
        return ""

    def pages(self) -> Iterator[Node]:
        """Everybody: present people in full, former ones after them."""
        here, former = self.ordered()
        for row in here:
            yield from self._person(row)
        if former:
            yield Heading(self._say("former"), 2)
            for row in former:
                yield from self._person(row, level=3)

    # --- one person -------------------------------------------------------------------------------------------

    def _person(self, row: Row, level: int = 2) -> Iterator[Node]:
        name = name_of(row).full(self._say.language) or "—"
        post = self.post(row)
        if self._data.about != "person":
            yield Heading(f"{name}, {post}" if post else name, level)
        pairs = tuple((key, value) for key, value in self._pairs(row) if value)
        if pairs:
            yield KeyValues(pairs)
        facts = tuple(self._facts(row))
        if facts:
            yield Bullets(facts)

    def _pairs(self, row: Row) -> Iterator[tuple[str, str]]:
        say, rows, person = self._say, self._rows, row["id"]
        yield say("posts"), "\n".join(self._posts(row))
        yield say("address"), words(row, "address_form")
        contacts = sorted(rows.of("contacts", "person_id", person), key=lambda one: number(one, "position"))
        by_kind: dict[str, list[str]] = {}
        for one in contacts:
            by_kind.setdefault(words(one, "kind"), []).append(words(one, "value"))
        for kind, values in by_kind.items():
            yield say.label("contact_kind", kind) or "—", ", ".join(value for value in values if value)
        yield (
            say("parts"),
            ", ".join(
                dict.fromkeys(
                    say.label("part", words(part, "code")) for part in rows.of("parts", "person_id", person)
                )
            ),
        )
        yield say("type"), say.label("lens", row.get("lens"))
        yield say("influence").capitalize(), say.label("influence", row.get("influence"))
        yield say("stance").capitalize(), self._stance(row)
        yield say("ladder"), self._ladder(row)
        ranked = sorted(rows.of("criteria", "person_id", person), key=lambda one: number(one, "rank"))
        yield say("matters"), ", ".join(say.label("criteria", words(one, "code")) for one in ranked)
        yield say("relations"), "\n".join(self._relations(row))
        yield say("told_list"), "; ".join(self._told(row))
        yield say("changes"), "\n".join(self._changes(row))
        yield from self._own_fields(row)

    def _posts(self, row: Row) -> Iterator[str]:
        """Posts, former ones too, unless there is but the one in the heading."""
        say = self._say
        posts = self._rows.of("employments", "person_id", row["id"])
        if len(posts) == 1 and self._data.about != "person" and not posts[0].get("since"):
            return
        for post in sorted(posts, key=lambda one: bool(one.get("is_former") or one.get("until"))):
            seat = self._rows.one("seats", post.get("seat_id"))
            at = self._rows.one("organisations", post.get("organisation_id"))
            parts = [words(seat, "title") if seat else "", words(at, "short_name") if at else ""]
            since, until = partial(post, "since"), partial(post, "until")
            if since is not None:
                parts.append(say("since", date=say.partial(since)))
            if until is not None:
                parts.append(say("until", date=say.partial(until)))
            elif post.get("is_former"):
                parts.append(say("former").lower())
            yield ", ".join(part for part in parts if part)

    def _stance(self, row: Row) -> str:
        said = self._say.label("stance", row.get("stance"))
        if not said:
            return ""
        on = day(row, "stance_date")
        tail = [words(row, "stance_evidence"), self._say.day(on)]
        more = ", ".join(part for part in tail if part)
        return f"{said} ({more})" if more else said

    def _ladder(self, row: Row) -> str:
        now = self._say.label("ladder", row.get("ladder_now"))
        wanted = self._say.label("ladder", row.get("ladder_wanted"))
        return f"{now or '—'} → {wanted}" if wanted else now

    def _relations(self, row: Row) -> Iterator[str]:
        say = self._say
        for end, other in (("from_id", "to_id"), ("to_id", "from_id")):
            for tie in self._rows.of("relationships", end, row["id"]):
                kind = say.label("relation", tie.get("kind"), reverse=end == "to_id")
                name = self._rows.name(tie.get(other)).full(say.language)
                note = words(tie, "note")
                if kind and name:
                    yield f"{kind}: {name}" + (f" ({note})" if note else "")

    def _told(self, row: Row) -> Iterator[str]:
        for one in self._rows.of("tellings", "person_id", row["id"]):
            argument = self._rows.one("arguments", one.get("argument_id"))
            text = (words(argument, "short") or markup.plain(words(argument, "text"))) if argument else ""
            if text:
                on = self._say.day(day(one, "told_on"))
                yield f"{text.rstrip(' .')} ({on})" if on else text.rstrip(" .")

    def _changes(self, row: Row) -> Iterator[str]:
        for one in self._rows.of("expected_changes", "person_id", row["id"]):
            if one.get("happened_on"):
                continue
            parts = (
                self._say.label("change_kind", one.get("kind")),
                words(one, "text"),
                self._say.partial(partial(one, "date")),
            )
            yield ", ".join(part for part in parts if part)

    def _own_fields(self, row: Row) -> Iterator[tuple[str, str]]:
        yield from own_fields(self._rows, self._say, "person_id", row["id"])

    def _facts(self, row: Row) -> Iterator[tuple[Run, ...]]:
        say = self._say
        facts = self._rows.of("facts", "person_id", row["id"])
        for fact in sorted(facts, key=lambda one: (words(one, "kind") not in _DATED, words(one, "kind"))):
            kind = say.label("fact_kind", fact.get("kind"))
            said = words(fact, "text")
            # The text of a date often only repeats what the date is.
            said = "" if said.casefold() == kind.casefold() else said
            text = ", ".join(part for part in (say.partial(partial(fact, "date")), said) if part)
            if text:
                yield Run(f"{kind}: ", bold=True), Run(text)

    # --- who reports to whom ----------------------------------------------------------------------------------

    def tree(self) -> Iterator[Node]:
        """Seats as an indented list, each with who holds it; a circle of seats is shown once."""
        seats = {str(seat["id"]): seat for seat in self._rows.all("seats")}
        if self._data.about != "person":
            seats = {key: one for key, one in seats.items() if one.get("organisation_id") == self._data.id}
        below: dict[str, list[Row]] = {}
        for seat in seats.values():
            above = str(seat.get("reports_to_id") or "")
            below.setdefault(above if above in seats else "", []).append(seat)
        seen: set[str] = set()
        lines: list[tuple[Run, ...]] = []
        for seat in self._by_place(below.get("", [])):
            self._branch(seat, below, seen, lines)
        for seat in self._by_place([one for key, one in seats.items() if key not in seen]):
            if str(seat["id"]) not in seen:
                self._branch(seat, below, seen, lines)
        if lines:
            yield Paragraph(_joined(lines), align="left")

    def _by_place(self, seats: list[Row]) -> list[Row]:
        return sorted(seats, key=lambda seat: (number(seat, "position"), words(seat, "title")))

    def _branch(
        self, root: Row, below: dict[str, list[Row]], seen: set[str], lines: list[tuple[Run, ...]]
    ) -> None:
        """A seat and all below it; without recursion, for a file may bring thousands of seats one below the other."""
        todo = [(root, 0)]
        while todo:
            seat, depth = todo.pop()
            key = str(seat["id"])
            if key in seen:
                continue
            seen.add(key)
            lines.append(self._line(seat, key, depth))
            todo += [(other, depth + 1) for other in reversed(self._by_place(below.get(key, [])))]

    def _line(self, seat: Row, key: str, depth: int) -> tuple[Run, ...]:
        holders = [
            self._rows.name(post.get("person_id")).full(self._say.language)
            for post in self._rows.of("employments", "seat_id", key)
            if not post.get("is_former") and not post.get("until")
        ]
        names = ", ".join(name for name in holders if name)
        indent = "\u00a0" * 4 * min(depth, _DEEPEST)
        mark = "└\u00a0" if depth else ""
        title = words(seat, "title") or "—"
        said = f" — {names}" if names else f" — {self._say('vacant')}"
        return Run(f"{indent}{mark}"), Run(title, bold=not depth), Run(said, muted=not names)


def own_fields(rows: Rows, say: InternalWords, link: str, owner: object) -> Iterator[tuple[str, str]]:
    """The values of fields of one's own, by their label in the print's language."""
    for value in rows.of("custom_values", link, owner):
        field = rows.one("custom_fields", value.get("field_id"))
        if field is None or field.get("retired"):
            continue
        first, second = ("label_ru", "label_en") if say.language == "ru" else ("label_en", "label_ru")
        yield (
            words(field, first) or words(field, second),
            _own_value(words(field, "kind"), words(value, "value"), say),
        )


def _own_value(kind: str, text: str, say: InternalWords) -> str:
    """The value as people write it; text of another kind than the field's is shown as it is."""
    try:
        value = own_values.from_text(kind, text)
    except ValueError:
        return text
    if isinstance(value, bool):
        return say("yes") if value else ""
    if isinstance(value, date):
        return say.day(value)
    if isinstance(value, PartialDate):
        return say.partial(value)
    if isinstance(value, Decimal):
        return write_decimal(value, say.language)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _joined(lines: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    """The lines with a break after each but the last."""
    runs: list[Run] = []
    for number_, line in enumerate(lines):
        if number_:
            runs.append(Run("\n"))
        runs += line
    return tuple(runs)
