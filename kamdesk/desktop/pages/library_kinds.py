"""The four kinds of entries as data: columns of the list, how they are loaded and added, which fields the panel shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.pages.library_extras import answer_line, told_line
from kamdesk.desktop.pages.library_kind import Kind
from kamdesk.desktop.pages.library_more_kinds import price_kind, worked_kind
from kamdesk.desktop.pages.library_words import LibraryWords, consent_look, is_cyrillic, shown_name
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.rules import markup
from kamdesk.rules.typed.names import parse_name
from kamdesk.services.library import Library
from kamdesk.services.library_uses import LibraryUses
from kamdesk.services.prices import Prices

TABS: Final = {
    "arguments": "argument",
    "objections": "objection",
    "cases": "case_study",
    "recommenders": "recommender",
    "prices": "price_item",
    "worked": "worked",
}
"""Tab of the page → table."""


def language_of(text: str) -> str:
    """The language a text is written in, "ru" or "en"."""
    return "ru" if is_cyrillic(text) else "en"


def kinds(
    kit: Kit, library: Library, prices: Prices, uses: LibraryUses, words: LibraryWords, said: ProposalWords
) -> dict[str, Kind]:
    """The kinds by table, in the order of the page."""
    made = (
        _arguments(kit, library, words),
        _objections(kit, library, words),
        _cases(kit, library),
        _recommenders(kit, library, words),
        price_kind(kit, library, prices, words, said),
        worked_kind(kit, uses, words),
    )
    return {kind.table: kind for kind in made}


def _arguments(kit: Kit, library: Library, words: LibraryWords) -> Kind:
    _ = kit.words.gettext
    columns = (
        Column(
            "text",
            lambda: _("Argument"),
            lambda row: _line(markup.plain(row.text)),
            stretch=True,
            icon=lambda row: "clock" if row.expired else "",
            hint=lambda row: (
                (_("No longer valid, not offered for proposals: ") if row.expired else "")
                + markup.plain(row.text)
            ),
        ),
        Column("lenses", lambda: _("Type of stakeholder"), lambda row: words.labels("lens", row.lenses), 120),
        Column("criteria", lambda: _("Criteria"), lambda row: words.labels("criteria", row.criteria), 140),
        Column(
            "worked",
            lambda: _("Accepted"),
            lambda row: (
                _("{won} of {all}").format(won=row.won, all=row.won + row.lost) if row.won + row.lost else ""
            ),
            84,
            key=lambda row: (row.won, -row.lost),
            right=True,
            hint=lambda row: told_line(kit, words, row) or None,
        ),
        Column(
            "used",
            lambda: _("Used"),
            lambda row: str(row.proposals or ""),
            64,
            key=lambda row: row.proposals,
            right=True,
        ),
    )
    return Kind(
        "argument",
        "argument",
        lambda: _("Arguments"),
        lambda: _("Type a sentence that may convince, or paste several"),
        lambda: _(
            "A sentence that may convince, for whom, and what proves it. Only the sentence is asked; what you type "
            "for a reader of a proposal comes here by itself."
        ),
        columns,
        lambda asked: library.arguments(
            lens=asked.lens, criterion=asked.criterion, language=asked.language, text=asked.text
        ),
        lambda text: {"text": text, "language": language_of(text)},
        "text",
        ("lenses", "criteria"),
        (
            "short",
            "evidence_kind",
            "evidence",
            "evidence_source",
            "evidence_date",
            "case_id",
            "recommender_id",
            "industry",
            "product",
            "valid_until",
            "language",
            "variant_of_id",
        ),
        {"case_id": "case_study", "recommender_id": "recommender", "variant_of_id": "argument"},
        ("lens", "criterion", "language"),
    )


def _objections(kit: Kit, library: Library, words: LibraryWords) -> Kind:
    _ = kit.words.gettext
    columns = (
        Column(
            "text",
            lambda: _("Objection"),
            lambda row: _line(row.text),
            stretch=True,
            hint=lambda row: row.text,
        ),
        Column(
            "answer",
            lambda: _("Answer"),
            lambda row: _line(row.answer) or _("No answer yet"),
            240,
            icon=lambda row: "" if row.answer else "warning",
            hint=lambda row: row.answer,
        ),
        Column("lenses", lambda: _("Heard from"), lambda row: words.labels("lens", row.lenses), 130),
        Column(
            "worked",
            lambda: _("Convinced"),
            lambda row: (
                _("{won} of {all}").format(won=row.answered.worked, all=row.answered.known)
                if row.answered.known
                else ""
            ),
            92,
            key=lambda row: (row.answered.worked, -row.answered.failed),
            right=True,
            hint=lambda row: answer_line(kit, row.answered) or None,
        ),
    )
    return Kind(
        "objection",
        "argument",
        lambda: _("Objections"),
        lambda: _("Type what is said against us"),
        lambda: _("What is said against us, and the answer that worked. The brief for a meeting shows both."),
        columns,
        lambda asked: library.objections(
            lens=asked.lens, criterion=asked.criterion, language=asked.language, text=asked.text
        ),
        lambda text: {"text": text, "answer": "", "language": language_of(text)},
        "text",
        ("answer", "lenses", "criteria"),
        ("argument_id", "language", "variant_of_id"),
        {"argument_id": "argument", "variant_of_id": "objection"},
        ("lens", "criterion", "language"),
    )


def _cases(kit: Kit, library: Library) -> Kind:
    _ = kit.words.gettext
    columns = (
        Column(
            "title", lambda: _("Project"), lambda row: row.title, stretch=True, hint=lambda row: row.title
        ),
        Column("client", lambda: _("Client"), lambda row: row.client, 170),
        Column("year", lambda: _("Year"), lambda row: str(row.year or ""), 64, key=lambda row: row.year),
        Column(
            "may_quote",
            lambda: _("May we quote it"),
            lambda row: _("Yes") if row.may_quote else _("No"),
            150,
            icon=lambda row: "ok-circle" if row.may_quote else "lock",
        ),
        Column(
            "used",
            lambda: _("Used"),
            lambda row: str(row.proposals or ""),
            64,
            key=lambda row: row.proposals,
            right=True,
        ),
    )
    return Kind(
        "case_study",
        "case",
        lambda: _("Finished projects"),
        lambda: _("Type what the project is called"),
        lambda: _(
            "Projects that are done: the task, what exactly was done, the figures, and whether we may name the client."
        ),
        columns,
        lambda asked: library.cases(language=asked.language, text=asked.text),
        lambda text: {"title": text, "language": language_of(text)},
        "title",
        ("may_quote", "client", "task", "done", "figures"),
        ("year", "industry", "size", "language"),
        {},
        ("language",),
    )


def _recommenders(kit: Kit, library: Library, words: LibraryWords) -> Kind:
    _ = kit.words.gettext
    columns = (
        Column("name", lambda: _("Recommender"), lambda row: shown_name(row.name), 210),
        Column(
            "organisation",
            lambda: _("Organisation"),
            lambda row: ", ".join(part for part in (row.post, row.organisation) if part),
            stretch=True,
            hint=lambda row: row.about,
        ),
        Column(
            "consent",
            lambda: _("Consent"),
            words.consent,
            190,
            icon=lambda row: consent_look(row)[0],
            hint=words.consent_details,
        ),
        Column(
            "named",
            lambda: _("Named"),
            lambda row: str(row.this_year or ""),
            84,
            key=lambda row: row.this_year,
            right=True,
            icon=lambda row: "warning" if row.overused else "",
            hint=lambda row: (
                _("Named often lately: spare them for the decisive proposal.") if row.overused else ""
            ),
        ),
    )

    def add(text: str) -> Mapping[str, object]:
        name = parse_name(text)
        parts = (name.family, name.given, name.middle) if name is not None else (text, "", "")
        fields = dict(zip(("family_name", "given_name", "middle_name"), parts, strict=True))
        return {**fields, "language": language_of(text)}

    return Kind(
        "recommender",
        "recommender",
        lambda: _("Recommenders"),
        lambda: _("Type the name of somebody who vouches for us"),
        lambda: _(
            "People who vouch for us. Their contacts go into a proposal only under a recorded consent, its scope and its date."
        ),
        columns,
        lambda asked: library.recommenders(language=asked.language, text=asked.text),
        add,
        "name",
        ("post", "organisation", "phone", "email", "about"),
        ("case_id", "language"),
        {"case_id": "case_study"},
        ("language",),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
