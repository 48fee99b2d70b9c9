"""The edited wording taken back (R11): what reads otherwise in Word becomes this proposal's wording, or the library's.

Generated documents mark their wordings (``documents.wording_marks.Marks``); here a mark is led back to the field of the proposal, or to the
argument and the readers who were told it. What has no field of its own (prices, figures, headings) is named as changed in the document only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.documents.context.words import Words
from kamdesk.documents.edits import Edit
from kamdesk.documents.wordings import Wording
from kamdesk.model.messages import KamdeskError, Message, label
from kamdesk.model.tables import (
    Argument,
    Document,
    Person,
    Proposal,
    ProposalArgument,
    ProposalReader,
    fields_of,
)
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import changed_words, markup
from kamdesk.services.base import get, name_of
from kamdesk.services.proposal_data import load
from kamdesk.services.proposal_page import basis_of
from kamdesk.services.word_files import WordFiles
from kamdesk.store.unit_of_work import Store

RICH: Final = frozenset(
    {"understanding", "solution", "uniqueness", "exclusivity", "next_step", "validity_reason"}
)
"""Fields of a proposal whose markup is drawn in documents."""
PLAIN: Final = frozenset({"payment", "delivery", "lead_time", "warranty"})
_TOTALS: Final = ("total_with_vat", "total_no_vat")


class Reader(Protocol):
    """The worker as this module needs it."""

    def wordings(self, before: bytes, after: bytes) -> tuple[Wording, ...]:
        """The wordings of a generated file that read otherwise in the edited one."""
        ...


@dataclass(frozen=True, slots=True)
class WordingChange:
    """A wording changed in Word. ``what`` says which it is; texts are markup, ``after`` is "" where it was taken out.

    ``current`` is what stands here now; it differs from ``before`` where it was changed here as well. ``readers`` are the names of
    those who are told an argument, ``argument_id`` is "" for anything else.
    """

    mark: str
    what: Message
    before: str
    after: str
    current: str
    readers: tuple[str, ...] = ()
    reader_ids: tuple[str, ...] = ()
    argument_id: str = ""

    @property
    def for_library(self) -> bool:
        """Whether the library can take it."""
        return bool(self.argument_id and self.after)


@dataclass(frozen=True, slots=True)
class ChangesBack:
    """What was changed in one version: what can be taken, what stands in the document only, which numbers differ."""

    document_id: str
    wordings: tuple[WordingChange, ...] = ()
    elsewhere: tuple[Edit, ...] = ()
    numbers: tuple[Message, ...] = ()


class WordingsBack:
    """Takes wordings back from a version that was edited in Word."""

    def __init__(
        self, store: Store, word_files: WordFiles, worker: Reader, vocabularies: Callable[[], Vocabularies]
    ) -> None:
        self._store = store
        self._word_files = word_files
        self._worker = worker
        self._vocabularies = vocabularies

    def changes(self, document_id: str) -> ChangesBack:
        """What was changed by hand since the version was generated; empty where nothing was. Not for the GUI thread.

        A wording that stands here as in Word already is left out. Raises ``record.gone``.
        """
        before = self._word_files.generated_before(document_id)
        if before is None:
            return ChangesBack(document_id)
        old, new = self._word_files.docx(before), self._word_files.docx(document_id)
        found = self._worker.wordings(old, new)
        known = self._store.read(lambda session: _known(session, document_id, found))
        covered = {text for one in found for text in one.paragraphs if one.mark in known}
        elsewhere = tuple(
            edit for edit in self._word_files.compare(before, document_id) if not _is_covered(edit, covered)
        )
        language = self._store.read(lambda session: _proposal(session, document_id).language)
        offered = tuple(one for one in known.values() if _normal(one.after) != _normal(one.current))
        return ChangesBack(document_id, offered, elsewhere, _numbers(elsewhere, language))

    def take(self, document_id: str, marks: Sequence[str] | None = None) -> int:
        """Make wordings (all where none are named) this proposal's, as one step; gives how many were taken.

        An argument is reworded for the readers of the document; one that was taken out is dropped for them. Raises
        ``wording.nothing`` where there is nothing to take.
        """
        chosen = self._chosen(document_id, marks)

        def work(session: Session) -> None:
            proposal = _proposal(session, document_id)
            for one in chosen:
                if one.argument_id:
                    _reword(session, one)
                else:
                    setattr(proposal, one.mark, one.after)

        self._write("wording.take", document_id, chosen, work)
        return len(chosen)

    def take_to_library(self, document_id: str, mark: str) -> None:
        """Make the wording of an argument that of the library, for all proposals to come. Raises ``wording.nothing``."""
        chosen = [one for one in self._chosen(document_id, [mark]) if one.for_library]
        if not chosen:
            raise KamdeskError("wording.nothing")

        def work(session: Session) -> None:
            for one in chosen:
                get(session, Argument, one.argument_id).text = one.after
                for choice in _choices(session, one):
                    choice.wording = ""

        self._write("wording.to_library", document_id, chosen, work)

    def _chosen(self, document_id: str, marks: Sequence[str] | None) -> list[WordingChange]:
        found = [one for one in self.changes(document_id).wordings if marks is None or one.mark in marks]
        if not found:
            raise KamdeskError("wording.nothing")
        return found

    def _write(
        self,
        code: str,
        document_id: str,
        chosen: Sequence[WordingChange],
        work: Callable[[Session], None],
    ) -> None:
        def run(session: Session) -> None:
            proposal = _proposal(session, document_id)
            before = self._basis(session, proposal.id)
            work(session)
            session.flush()
            document = get(session, Document, document_id)
            if document.basis == before:  # it says what the proposal says now, so it is no older than it
                document.basis = self._basis(session, proposal.id)
            proposal.changed_at = self._store.now()

        if len(chosen) == 1:
            self._store.write(code, {"what": chosen[0].what}, run)
        else:
            self._store.write("wording.take_all", {"n": len(chosen)}, run)

    def _basis(self, session: Session, proposal_id: str) -> str:
        today, vocabularies = self._store.now().date(), self._vocabularies()
        loaded = load(session, proposal_id, vocabularies, self._store.files, today)
        return basis_of(loaded.data, loaded.tailor(vocabularies, today))


def _proposal(session: Session, document_id: str) -> Proposal:
    return get(session, Proposal, get(session, Document, document_id).proposal_id)


def _known(session: Session, document_id: str, found: Sequence[Wording]) -> dict[str, WordingChange]:
    """The wordings that lead back to something here, by their marks."""
    document = get(session, Document, document_id)
    proposal = get(session, Proposal, document.proposal_id)
    names = {column.name: info.label for column, info in fields_of(Proposal)}
    told: dict[str, list[str]] = json.loads(document.reasons or "{}")
    numbered = sorted({argument_id for ids in told.values() for argument_id in ids})
    made: dict[str, WordingChange] = {}
    for one in found:
        if one.mark in RICH or one.mark in PLAIN:
            current = str(getattr(proposal, one.mark))
            before, after = (
                (one.before, one.after) if one.mark in RICH else (_words(one.before), _words(one.after))
            )
            made[one.mark] = WordingChange(one.mark, label(names[one.mark]), before, after, current)
        elif one.mark.startswith("arg_") and one.mark[4:].isdigit():
            at = int(one.mark[4:]) - 1
            if 0 <= at < len(numbered):
                change = _argument(session, one, numbered[at], told)
                if change is not None:
                    made[one.mark] = change
    return made


def _argument(
    session: Session, one: Wording, argument_id: str, told: dict[str, list[str]]
) -> WordingChange | None:
    """The change of an argument; None for one that is gone, or that nobody here is told any more."""
    argument = session.get(Argument, argument_id)
    rows = session.execute(
        select(ProposalReader, Person)
        .join(Person, Person.id == ProposalReader.person_id)
        .where(ProposalReader.id.in_([reader for reader, ids in told.items() if argument_id in ids]))
        .order_by(ProposalReader.position)
    ).all()
    if argument is None or not rows:
        return None
    ids = tuple(reader.id for reader, _ in rows)
    names = tuple(name_of(person).full() for _, person in rows)
    what = Message("wording.argument")
    change = WordingChange(one.mark, what, one.before, one.after, argument.text, names, ids, argument_id)
    own = [choice for choice in _choices(session, change) if choice.reader_id in ids]
    current = next((choice.wording for choice in own if choice.wording), argument.text)
    if own and all(choice.dropped for choice in own):
        current = ""
    # A letter puts the full stop behind a reference that it adds in brackets.
    stop = (
        "." if one.after and current == f"{one.before}." and not one.after.endswith((".", "!", "?")) else ""
    )
    return WordingChange(
        one.mark, what, one.before + stop, one.after + stop, current, names, ids, argument_id
    )


def _choices(session: Session, one: WordingChange) -> Sequence[ProposalArgument]:
    return session.scalars(
        select(ProposalArgument).where(
            ProposalArgument.argument_id == one.argument_id, ProposalArgument.reader_id.in_(one.reader_ids)
        )
    ).all()


def _reword(session: Session, one: WordingChange) -> None:
    """The wording for each reader of the document; what was taken out is dropped for them."""
    known = {choice.reader_id: choice for choice in _choices(session, one)}
    for reader_id in one.reader_ids:
        choice = known.get(reader_id)
        if choice is None:
            choice = ProposalArgument(reader_id=reader_id, argument_id=one.argument_id)
            session.add(choice)
        if one.after:
            choice.wording = "" if one.after == get(session, Argument, one.argument_id).text else one.after
        else:
            choice.dropped, choice.pinned = True, False


def _normal(text: str) -> str:
    return markup.written_lines(markup.lines(text))


def _words(text: str) -> str:
    """Markup as the bare words of a field that knows none."""
    return "\n".join("".join(piece.text for piece in line.pieces) for line in markup.lines(text))


def _is_covered(edit: Edit, covered: set[str]) -> bool:
    """Whether a difference is that of a wording which is offered by itself."""
    texts = [" ".join(text.split()) for text in (edit.before, edit.after) if text.strip()]
    return bool(texts) and all(text in covered for text in texts)


def _numbers(found: Sequence[Edit], language: str) -> tuple[Message, ...]:
    """What is said of numbers that were changed in Word and nowhere here."""
    totals = {Words(language)(key) for key in _TOTALS}
    said: list[Message] = []
    for edit in found:
        if edit.kind != "changed" or not changed_words.changed_numbers(edit.before, edit.after):
            continue
        if edit.what == "cell" and edit.place.params.get("row") in totals:
            said.append(Message("wording.sum_differs", {"before": edit.before, "after": edit.after}))
        elif edit.what == "cell":
            said.append(
                Message(
                    "wording.number_differs",
                    {"place": edit.place, "before": edit.before, "after": edit.after},
                )
            )
    return tuple(said)
