"""The user's own Word files: letterheads and templates with tags (R9). What ships stands in ``documents``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Proposal, StoredFile, Template
from kamdesk.services import files
from kamdesk.services.base import get
from kamdesk.services.rows import check_changes, check_new, insert
from kamdesk.store.changes import decode_message, encode_params
from kamdesk.store.unit_of_work import Store


class CleanedFile(Protocol):
    """What the cleaner gives back: the cleaned copy and what was taken out of it."""

    @property
    def data(self) -> bytes:
        """The cleaned .docx."""
        ...

    @property
    def removed(self) -> tuple[Message, ...]:
        """What was taken out, in words."""
        ...


Cleaner = Callable[[bytes], CleanedFile]
"""Runs in the worker, since the file may be hostile; raises KamdeskError with the true reason to refuse a file."""


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A Word file of the user. ``start_at`` is where the text begins (letterheads); ``proposals`` counts its use.

    ``is_default``: new proposals take it; ``table_pattern``: our tables look like the first one of the file.
    """

    id: str
    name: str
    mode: str
    kind: str
    language: str
    start_at: int | None
    removed: tuple[Message, ...]
    file_name: str
    proposals: int
    is_default: bool = False
    table_pattern: bool = True
    file_id: str = ""


class Templates:
    """Everything a user can do to their own Word files."""

    def __init__(self, store: Store, cleaner: Cleaner) -> None:
        self._store = store
        self._clean = cleaner

    def list(self, *, kind: str = "", language: str = "") -> tuple[TemplateView, ...]:
        """The user's files by name; those for no kind or language in particular fit any."""
        query = select(Template).order_by(func.kamdesk_fold(Template.name), Template.id)
        if kind:
            query = query.where(Template.kind.in_(("", kind)))
        if language:
            query = query.where(Template.language.in_(("", language)))
        return self._store.read(lambda session: _views(session, session.scalars(query)))

    def view(self, template_id: str) -> TemplateView:
        """One file. Raises ``record.gone``."""
        return self._store.read(lambda session: _views(session, [get(session, Template, template_id)])[0])

    def add_own(
        self,
        name: str,
        content: bytes,
        *,
        mode: str = "letterhead",
        kind: str = "",
        language: str = "",
        start_at: int | None = None,
        step: str = "template.add",
    ) -> str:
        """Add a .docx, .dotx, .docm or .dotm after cleaning it on a copy, and return its id.

        The view says what was removed; ``step`` is what *Undo* says. Raises KamdeskError with the true reason where it cannot be cleaned.
        """
        values: dict[str, object] = {
            "name": self._free_name(_stem(name)),
            "mode": mode,
            "kind": kind,
            "language": language,
            "start_at": start_at,
        }
        check_new(Template, values)
        cleaned = self._clean(content)

        def work(session: Session) -> str:
            file_id = files.add(session, self._store.files, f"{_stem(name)}.docx", cleaned.data)
            return insert(session, Template(file_id=file_id, removed=_written(cleaned.removed), **values))

        return self._store.write(step, {"name": values["name"]}, work)

    def replace_file(self, template_id: str, name: str, content: bytes) -> None:
        """Put a newer file in place of the old one; its settings stay. Raises as :meth:`add_own`."""
        cleaned = self._clean(content)
        self._put(template_id, cleaned.data, "template.replace", name=name, removed=cleaned.removed)

    def keep_repaired(self, template_id: str, content: bytes, n: int) -> None:
        """Put the copy with ``n`` repaired places in place of the file; undo brings the old one back. Raises as :meth:`add_own`."""
        self._put(template_id, self._clean(content).data, "template.repair", n=n)

    def keep_saved(self, template_id: str, content: bytes) -> bool:
        """Take the file over as it was saved in Word; False where nothing changed. Raises as :meth:`add_own`, and the last
        good file stays then. Proposals that use it stay as they are until they are made anew."""
        cleaned = self._clean(content)
        if cleaned.data == self.content(template_id):
            return False
        known = self.view(template_id).removed
        removed = (*known, *(one for one in cleaned.removed if one not in known))
        self._put(template_id, cleaned.data, "template.saved_in_word", removed=removed)
        return True

    def _put(
        self,
        template_id: str,
        data: bytes,
        step: str,
        *,
        name: str = "",
        removed: Iterable[Message] | None = None,
        **params: object,
    ) -> None:
        view = self.view(template_id)

        def work(session: Session) -> None:
            row = get(session, Template, template_id)
            row.file_id = files.add(session, self._store.files, f"{_stem(name or view.file_name)}.docx", data)
            if removed is not None:
                row.removed = _written(removed)

        self._store.write(step, {"name": view.name, **params}, work)

    def rename(self, template_id: str, name: str) -> None:
        """Give a file another name. Raises ``template.name_taken``, ``record.required``, ``record.gone``."""
        clean = " ".join(name.split())
        check_changes(Template, {"name": clean})
        if any(one.name == clean and one.id != template_id for one in self.list()):
            raise KamdeskError("template.name_taken", name=clean)
        self._set("template.rename", template_id, clean, name=clean)

    def set_start(self, template_id: str, start_at: int | None) -> None:
        """Say before which paragraph of the body the text begins, from 0; None for its end. Raises ``record.gone``."""
        self._set("template.set_start", template_id, self.view(template_id).name, start_at=start_at)

    def set_use(self, template_id: str, *, mode: str, kind: str = "", language: str = "") -> None:
        """Say what a file is for: its mode, kind of document, language. Raises ``record.gone``."""
        check_changes(Template, {"mode": mode, "kind": kind, "language": language})
        name = self.view(template_id).name

        def work(session: Session) -> None:
            row = get(session, Template, template_id)
            row.mode, row.kind, row.language = mode, kind, language
            if row.is_default:
                _only_default(session, row)

        self._store.write("template.set_use", {"name": name}, work)

    def set_default(self, template_id: str, is_default: bool = True) -> None:
        """Let new proposals take this file; of one kind and language at most one file is taken. Raises ``record.gone``."""
        name = self.view(template_id).name

        def work(session: Session) -> None:
            row = get(session, Template, template_id)
            row.is_default = is_default
            if is_default:
                _only_default(session, row)

        code = "template.set_default" if is_default else "template.unset_default"
        self._store.write(code, {"name": name}, work)

    def settle(
        self, template_id: str, *, start_at: int | None, is_default: bool, table_pattern: bool
    ) -> None:
        """What one look at a new file decides, as one step: where the text begins, whether new proposals take the
        file, whether tables follow it. Raises ``record.gone``."""
        name = self.view(template_id).name

        def work(session: Session) -> None:
            row = get(session, Template, template_id)
            row.start_at, row.is_default, row.table_pattern = start_at, is_default, table_pattern
            if is_default:
                _only_default(session, row)

        self._store.write("template.set_use", {"name": name}, work)

    def set_table_pattern(self, template_id: str, follow: bool) -> None:
        """Say whether our tables look like the first one of the file. Raises ``record.gone``."""
        self._set("template.set_pattern", template_id, self.view(template_id).name, table_pattern=follow)

    def delete(self, template_id: str) -> None:
        """Delete a file that no proposal uses; undo brings it back. Raises ``template.in_use``."""
        view = self.view(template_id)
        if view.proposals:
            raise KamdeskError("template.in_use", name=view.name, n=view.proposals)

        def work(session: Session) -> None:
            session.delete(get(session, Template, template_id))

        self._store.write("template.delete", {"name": view.name}, work)

    def content(self, template_id: str) -> bytes:
        """The cleaned .docx. Raises ``record.gone`` or a problem of the stored file."""

        def work(session: Session) -> str:
            return get(session, StoredFile, get(session, Template, template_id).file_id).storage

        return self._store.files.get(self._store.read(work))

    def _set(self, code: str, template_id: str, called: str, **values: object) -> None:
        def work(session: Session) -> None:
            row = get(session, Template, template_id)
            for name, value in values.items():
                setattr(row, name, value)

        self._store.write(code, {"name": called}, work)

    def _free_name(self, name: str) -> str:
        taken = {one.name for one in self.list()}
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        return free


def default_template(session: Session, language: str) -> str | None:
    """The id of the file that a new proposal in a language takes: one for the language before one for any, one for every kind
    of document before one for proposals alone; a file for covering letters alone is no file of a proposal."""
    kinds = ("", "group", "variant")
    rows = session.scalars(
        select(Template).where(
            Template.is_default.is_(True), Template.kind.in_(kinds), Template.language.in_((language, ""))
        )
    ).all()
    best = min(rows, key=lambda row: (row.language != language, kinds.index(row.kind), row.id), default=None)
    return best.id if best is not None else None


def _only_default(session: Session, row: Template) -> None:
    for other in session.scalars(
        select(Template).where(
            Template.kind == row.kind,
            Template.language == row.language,
            Template.id != row.id,
            Template.is_default.is_(True),
        )
    ):
        other.is_default = False


def _views(session: Session, rows: Iterable[Template]) -> tuple[TemplateView, ...]:
    used = dict(
        session.execute(
            select(Proposal.template_id, func.count())
            .where(Proposal.template_id.is_not(None))
            .group_by(Proposal.template_id)
        ).all()
    )
    names = dict(session.execute(select(StoredFile.id, StoredFile.name)).all())
    return tuple(
        TemplateView(
            row.id,
            row.name,
            row.mode,
            row.kind,
            row.language,
            row.start_at,
            _read(row.removed),
            names.get(row.file_id, ""),
            used.get(row.id, 0),
            row.is_default,
            row.table_pattern,
            row.file_id,
        )
        for row in rows
    )


def _stem(name: str) -> str:
    """The name of a file without folder and extension."""
    safe = files.plain_name(name)
    stem, dot, suffix = safe.rpartition(".")
    return stem if dot and suffix.casefold() in ("docx", "dotx", "docm", "dotm") else safe


def _written(messages: Iterable[Message]) -> str:
    """Messages as one JSON text, so that they can be said in either language later."""
    rows = [{"code": one.code, "params": json.loads(encode_params(one.params))} for one in messages]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _read(text: str) -> tuple[Message, ...]:
    if not text.startswith("["):
        return ()
    return tuple(decode_message(row["code"], json.dumps(row["params"])) for row in json.loads(text))
