"""The library going out and coming in, as a file of our own and as a table (R1).

An entry is known by its words: the same text in the same language is not taken twice, whatever its case and blanks. What is
known is never overwritten; its empty fields are filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.exchange import library_file, library_table, sheet_writer
from kamdesk.exchange.library_file import LINKS, Entry
from kamdesk.exchange.table_fields import FieldTable
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Argument, CaseStudy, Entity, Objection, Recommender
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.model.written import write_date
from kamdesk.rules.typed import parse_name
from kamdesk.services.base import name_of, title_of
from kamdesk.services.import_report import ImportedRow, ImportReport
from kamdesk.services.library_variants import TWINNED, groups
from kamdesk.services.rows import first_words
from kamdesk.store.text import words
from kamdesk.store.unit_of_work import Store

_ENTITIES: Final[Mapping[str, type[Entity]]] = {
    "case_study": CaseStudy,
    "recommender": Recommender,
    "argument": Argument,
    "objection": Objection,
}
_VOCABULARIES: Final = ("language", "lens", "criteria", "evidence_kind")
_NAME: Final = ("family_name", "given_name", "middle_name")
"""A name is one value: it is taken whole or not at all."""


class LibraryFiles:
    """Export and import; every import can be a dry run, and is one step of undo."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    # --- out

    def export(self) -> bytes:
        """The whole library as a file of our own."""

        def work(session: Session) -> bytes:
            return library_file.write([one for table in _ENTITIES for one in _entries(session, table)])

        return self._store.read(work)

    def table(self, table: str, language: str, form: str = "xlsx") -> bytes:
        """One kind of entries as a table with headers and labels in a language; ``form`` is xlsx or csv."""
        vocabularies = self._vocabularies()
        names = library_table.FIELDS[table]

        def work(session: Session) -> list[list[str]]:
            entity = _ENTITIES[table]
            rows = sorted(session.scalars(select(entity)), key=lambda row: (words(title_of(row)), row.id))
            return [[_cell(row, name, vocabularies, language) for name in names] for row in rows]

        rows = self._store.read(work)
        headers = [_HEADERS[name][language == "ru"] for name in names]
        if table == "objection":
            headers[0] = ("Objection", "Возражение")[language == "ru"]
        if form == "csv":
            return library_table.to_csv(headers, rows)
        return sheet_writer.to_xlsx(_SHEETS[table][language == "ru"], headers, rows)

    # --- in

    def import_file(self, data: bytes, *, dry_run: bool = False) -> ImportReport:
        """Take a file of our own over, or say what would happen. Raises KamdeskError as ``library_file.read``."""
        vocabularies = self._vocabularies()
        codes = {name: frozenset(vocabularies.codes(name, hidden=True)) for name in _VOCABULARIES}
        read = library_file.read(data, codes)
        skipped = tuple(
            ImportedRow(one.place, "", "", Message("library_file.broken", {"field": one.field or "?"}))
            for one in read.bad
        )
        return self._take(read.entries, skipped, (), dry_run)

    def import_table(
        self, table: FieldTable, kind: str, *, remarks: tuple[Message, ...] = (), dry_run: bool = False
    ) -> ImportReport:
        """Take the rows of a table as entries of one kind, or say what would happen. Raises ``library_table.no_column``."""
        main = "name" if kind == "recommender" else "title" if kind == "case_study" else "text"
        if main not in table.fields:
            raise KamdeskError("library_table.no_column")
        vocabularies = self._vocabularies()
        rows, left = library_table.entries_of(
            table, kind, lambda name, said: vocabularies.code_of(name, said) or ""
        )
        skipped = [ImportedRow(one.source, one.name, "", one.why) for one in left]
        entries: list[Entry] = []
        for source, values, _remarks in rows:
            filled = _named(values) if kind == "recommender" else dict(values)
            filled.setdefault("language", _language_of(" ".join(str(one) for one in values.values())))
            entries.append(Entry(kind, source, source, filled, {}))
        notes = {source: told for source, _, told in rows if told}
        return self._take(entries, tuple(skipped), remarks, dry_run, notes)

    def _take(
        self,
        entries: Sequence[Entry],
        skipped: tuple[ImportedRow, ...],
        remarks: tuple[Message, ...],
        dry_run: bool,
        notes: Mapping[str, tuple[Message, ...]] | None = None,
    ) -> ImportReport:
        said = notes or {}
        if dry_run:
            return self._store.read(
                lambda session: _taking(session, entries, said, keep=False).report(skipped, remarks)
            )

        def work(session: Session) -> ImportReport:
            return _taking(session, entries, said, keep=True).report(skipped, remarks)

        return self._store.write("library.import", {"n": len(entries)}, work)


# --- out -----------------------------------------------------------------------------------------------------


def _entries(session: Session, table: str) -> list[Entry]:
    entity = _ENTITIES[table]
    names = [
        *library_file.TEXTS[table],
        *(name for name, _ in (*library_file.CODES[table], *library_file.LISTS[table])),
        *library_file.DAYS[table],
        *(("year", "may_quote") if table == "case_study" else ()),
    ]
    twins = groups(session, entity) if entity in (Argument, Objection) else {}
    found = []
    for row in session.scalars(select(entity).order_by(entity.id)):
        links = {name: str(getattr(row, name)) for name, _ in LINKS[table] if getattr(row, name)}
        if row.id in twins:
            # all name the first of the group, so that no order of the file can lose one
            links.pop("variant_of_id", None)
            if twins[row.id][0] != row.id:
                links["variant_of_id"] = twins[row.id][0]
        found.append(Entry(table, row.id, "", {name: getattr(row, name) for name in names}, links))
    return found


def _cell(row: Entity, name: str, vocabularies: Vocabularies, language: str) -> str:
    if name == "name":
        assert isinstance(row, Recommender)
        return name_of(row).full("ru")
    value = getattr(row, name)
    if isinstance(value, date):
        return write_date(value, language)
    if isinstance(value, tuple):
        vocabulary = "lens" if name == "lenses" else "criteria"
        return ", ".join(vocabularies.label(vocabulary, code, language) for code in value)
    if name in ("language", "evidence_kind"):
        return vocabularies.label(name, value, language) if value else ""
    if isinstance(value, bool):
        return (("no", "нет"), ("yes", "да"))[value][language == "ru"]
    return "" if value is None else str(value)


_HEADERS: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("Argument", "Аргумент"),
    "short": ("In short", "Коротко"),
    "answer": ("Answer", "Ответ"),
    "lenses": ("Type of stakeholder", "Тип участника"),
    "criteria": ("Criteria", "Критерии"),
    "industry": ("Industry", "Отрасль"),
    "product": ("Product", "Продукт"),
    "evidence_kind": ("Kind of evidence", "Вид подтверждения"),
    "evidence": ("Evidence", "Подтверждение"),
    "evidence_source": ("Source", "Источник"),
    "evidence_date": ("As of", "По состоянию на"),
    "valid_until": ("Valid until", "Действует до"),
    "language": ("Language", "Язык"),
    "title": ("Project", "Проект"),
    "client": ("Client", "Клиент"),
    "size": ("Size", "Размер"),
    "year": ("Year", "Год"),
    "task": ("Task", "Задача"),
    "done": ("What was done", "Что сделано"),
    "figures": ("Result in figures", "Результат в цифрах"),
    "may_quote": ("We may quote it", "Можно ссылаться"),
    "name": ("Recommender", "Рекомендатель"),
    "post": ("Job title", "Должность"),
    "organisation": ("Organisation", "Организация"),
    "phone": ("Phone", "Телефон"),
    "email": ("E-mail", "Почта"),
    "about": ("What they can tell", "Что может рассказать"),
}
"""Headers in English and Russian, each of which the import knows again."""
_SHEETS: Final[Mapping[str, tuple[str, str]]] = {
    "argument": ("Arguments", "Аргументы"),
    "objection": ("Objections", "Возражения"),
    "case_study": ("Finished projects", "Реализованные проекты"),
    "recommender": ("Recommenders", "Рекомендатели"),
}


# --- in ------------------------------------------------------------------------------------------------------


@dataclass
class _Taken:
    created: list[ImportedRow] = field(default_factory=list)
    updated: list[ImportedRow] = field(default_factory=list)
    same: list[ImportedRow] = field(default_factory=list)

    def report(self, skipped: tuple[ImportedRow, ...], remarks: tuple[Message, ...]) -> ImportReport:
        """The account of it."""
        return ImportReport(tuple(self.created), tuple(self.updated), tuple(self.same), skipped, remarks)


def _key(table: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The words by which an entry is known."""
    names = {"case_study": ("title",), "recommender": (*_NAME, "organisation")}.get(table, ("text",))
    said = tuple(" ".join(words(str(values.get(name) or ""))) for name in names)
    return (table, str(values.get("language") or ""), *said)


def _taking(
    session: Session, entries: Sequence[Entry], notes: Mapping[str, tuple[Message, ...]], *, keep: bool
) -> _Taken:
    known: dict[tuple[str, ...], Entity] = {}
    for table, entity in _ENTITIES.items():
        for row in session.scalars(select(entity).order_by(entity.id)):
            names = ("text", "title", "language", "organisation", *_NAME)
            known.setdefault(_key(table, {name: getattr(row, name, "") for name in names}), row)
    taken = _Taken()
    by_ref: dict[tuple[str, str], Entity] = {}
    fresh: list[tuple[Entry, Entity]] = []
    for one in entries:
        values = {name: value for name, value in one.values.items() if value not in ("", None, ())}
        values.setdefault("language", _language_of(" ".join(str(value) for value in values.values())))
        key = _key(one.table, values)
        found = known.get(key)
        told = notes.get(one.place, ())
        if found is None:
            row = _ENTITIES[one.table](**values)
            if keep:
                session.add(row)
                session.flush()
            known[key] = row
            fresh.append((one, row))
            called = first_words(title_of(row))
            taken.created.append(ImportedRow(one.place, called, row.id if keep else "", None, told))
        else:
            row = found
            filled = _fill(row, values, keep=keep)
            called = first_words(title_of(row))
            target = taken.updated if filled else taken.same
            target.append(ImportedRow(one.place, called, str(row.id or ""), None, told))
        by_ref[one.table, one.ref] = row
    if keep:
        _link(session, fresh, by_ref)
    return taken


def _fill(row: Entity, values: Mapping[str, Any], *, keep: bool) -> bool:
    """Put values where there are none; whether there was such a place. Consents are never taken over an own entry."""
    found = False
    for name, value in values.items():
        if name in _NAME or name.startswith("consent_") or value is False:
            continue
        if getattr(row, name) in ("", None, (), False) and getattr(row, name) != value:
            found = True
            if keep:
                setattr(row, name, value)
    return found


def _link(
    session: Session, fresh: Sequence[tuple[Entry, Entity]], by_ref: Mapping[tuple[str, str], Entity]
) -> None:
    """Let new entries name those that the file says; a name that is nowhere in it is left out, and so is a twin in a
    language that the group has already."""
    bands = {table: _bands(session, entity) for table, entity in TWINNED.items()}
    for one, row in fresh:
        for name, table in LINKS[one.table]:
            other = by_ref.get((table, one.links.get(name, "")))
            if other is None or other is row:
                continue
            if name != "variant_of_id" or _joined(bands[table], row.id, other.id):
                setattr(row, name, other.id)


def _bands(session: Session, entity: type[Argument | Objection]) -> dict[str, dict[str, str]]:
    """Id of an entry → its twins as language → id, one object for all of them."""
    spoken = {str(row[0]): str(row[1]) for row in session.execute(select(entity.id, entity.language))}
    bands = {one: {language: one} for one, language in spoken.items()}
    for ids in set(groups(session, entity).values()):
        together = {spoken[one]: one for one in ids if one in spoken}
        bands |= dict.fromkeys(ids, together)
    return bands


def _joined(bands: dict[str, dict[str, str]], row_id: str, other_id: str) -> bool:
    """Join two groups of twins; False where both have an entry in the same language."""
    one, other = bands[row_id], bands[other_id]
    if one.keys() & other.keys():
        return False
    together = one | other
    bands |= dict.fromkeys(together.values(), together)
    return True


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    filled = {name: value for name, value in values.items() if name != "name"}
    typed = str(values["name"])
    name = parse_name(typed)
    parts = (name.family, name.given, name.middle) if name is not None else (typed, "", "")
    return filled | dict(zip(_NAME, parts, strict=True))


def _language_of(text: str) -> str:
    letters = [sign for sign in text.casefold() if sign.isalpha()]
    russian = sum("а" <= sign <= "я" or sign == "ё" for sign in letters)
    return "ru" if russian * 2 > len(letters) else "en"
