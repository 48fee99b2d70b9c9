"""Which chosen arguments speak of another client of the vault: written for one, they must not reach another unread (R5, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import LibraryArgument, Tailored
from kamdesk.model.messages import Message
from kamdesk.model.tables import Company, Organisation, Proposal
from kamdesk.rules.left_names import mentions, words_of
from kamdesk.rules.place_names import town_of
from kamdesk.rules.proposal_checks import Finding, Severity

_CLIENTS = ("client", "prospect")
_ABOUT_OTHERS = ("case", "reference")
"""Kinds of evidence that name somebody else on purpose."""
_BEGINNING = 3
"""Letters by which most names are told to be absent before they are compared in all cases."""

Name = tuple[str, ...]


def arguments_about_others(
    session: Session, row: Proposal, tailored: Tailored, library: Iterable[LibraryArgument]
) -> tuple[Finding, ...]:
    """A warning for each chosen argument that names another client, its group or its town; told once for all readers.

    Arguments that live from a case or a recommender are left alone: they are about others. A town in which more
    than one organisation is, or we are, says nothing.
    """
    kinds = {argument.id: argument for argument in library}
    texts: dict[str, tuple[str, str]] = {}
    for reader in tailored.readers:
        for chosen in reader.chosen:
            argument = kinds.get(chosen.argument_id)
            if argument is None or not _is_of_a_reference(argument):
                short = argument.short if argument is not None else ""
                texts.setdefault(chosen.text, (short, reader.reader_id))
    if not texts:
        return ()
    beginnings = {word.casefold()[:_BEGINNING] for text in texts for word in words_of(text)}
    names = [
        (client, name)
        for client, name in _names(session, row.organisation_id)
        if any(word.casefold()[:_BEGINNING] in beginnings for word in name)
    ]
    found = []
    for text, (short, reader_id) in texts.items():
        for client, name in names:
            mention = next(iter(mentions(text, (name,))), None)
            if mention is not None:
                params = {"text": short or mention.around, "words": mention.words, "client": client}
                said = Message("check.argument_of_other", params)
                found.append(Finding(Severity.WARNING, said, reader_id=reader_id))
                break
    return tuple(found)


def _is_of_a_reference(argument: LibraryArgument) -> bool:
    return bool(argument.case_id or argument.recommender_id) or argument.evidence_kind in _ABOUT_OTHERS


def _names(session: Session, present: str) -> Iterator[tuple[str, Name]]:
    """Short name of each other client, and what it is called; nothing that the present one is called too."""
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.kind,
            Organisation.short_name,
            Organisation.legal_name,
            Organisation.group_name,
            Organisation.address,
        )
    ).all()
    towns = [town_of(row.address) for row in rows]
    ours = {town_of(address) for address in session.scalars(select(Company.address))}
    called = [
        {words_of(name) for name in (row.short_name, row.legal_name, row.group_name)} - {()} for row in rows
    ]
    own = {name for row, names in zip(rows, called, strict=True) if row.id == present for name in names}
    for row, names, town in zip(rows, called, towns, strict=True):
        if row.id == present or row.kind not in _CLIENTS:
            continue
        for name in sorted(names - own):
            yield row.short_name, name
        if town and town not in ours and towns.count(town) == 1:
            yield row.short_name, town
