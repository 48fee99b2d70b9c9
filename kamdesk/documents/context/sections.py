"""The blocks of a document as nodes: one function a block, business facts in, words out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import (
    Bullets,
    Heading,
    KeyValues,
    Node,
    Paragraph,
    Picture,
    Run,
    SignatureLine,
    Table,
    text,
)
from kamdesk.documents.context.effect import result_pairs
from kamdesk.documents.context.prices import MoneyWords
from kamdesk.documents.context.words import Words
from kamdesk.model.inputs import ChosenArgument, CompanyData, ProposalData, ReaderArguments
from kamdesk.rules import markup
from kamdesk.rules.benefit import evaluate
from kamdesk.rules.offer import OfferTotals, paid_share, payments, totals_of

Nodes = tuple[Node, ...]
Parts = tuple[tuple[str, tuple[Run, ...]], ...]
"""The paragraphs of one item of a list, each with its ``Bullets.inner``."""


def prose(words: str, mark: str = "") -> Nodes:
    """Typed text as paragraphs and lists, its markup as looks of runs; ``mark`` names the wording."""
    nodes: list[Node] = []
    for kind, group in groupby(markup.lines(words), key=lambda line: line.kind):
        items = tuple(runs(line.pieces, mark) for line in group)
        if kind == markup.TEXT:
            nodes += [Paragraph(item) for item in items]
            continue
        if nodes and isinstance(nodes[-1], Paragraph) and nodes[-1].runs[-1].text.endswith(":"):
            nodes[-1] = replace(nodes[-1], keep_next=True)  # what leads to a list never ends a page
        nodes.append(Bullets(items, numbered=kind == markup.NUMBER))
    return tuple(nodes)


def runs(pieces: Iterable[markup.Piece], mark: str = "") -> tuple[Run, ...]:
    """Pieces of markup as runs of a document."""
    return tuple(Run(one.text, bold=one.bold, italic=one.italic, link=one.link, mark=mark) for one in pieces)


def headed(title: str, nodes: Sequence[Node], level: int = 1) -> Nodes:
    """The nodes under a heading; nothing where there are none."""
    return (Heading(title, level), *nodes) if nodes else ()


def arguments(chosen: Iterable[ChosenArgument], numbers: Mapping[str, int] | None = None) -> Nodes:
    """Arguments as a list, each with what confirms it; ``numbers`` by argument name the wordings."""
    return listed(_with_evidence(item, argument_mark(item, numbers)) for item in chosen)


def listed(items: Iterable[Parts]) -> Nodes:
    """Items, each with the lists inside it, as one list; nothing where there are none."""
    parts = tuple(part for item in items for part in item)
    if not parts:
        return ()
    inner = tuple(kind for kind, _ in parts)
    return (Bullets(tuple(said for _, said in parts), inner=inner if any(inner) else ()),)


def argument_numbers(readers: Iterable[ReaderArguments]) -> dict[str, int]:
    """A number for each argument of a document, by the order of their ids: it tells neither rank nor reader."""
    ids = sorted({item.argument_id for reader in readers for item in reader.chosen})
    return {argument_id: number for number, argument_id in enumerate(ids, 1)}


def argument_mark(item: ChosenArgument, numbers: Mapping[str, int] | None) -> str:
    """The mark of an argument's wording; "" for one without a number."""
    number = (numbers or {}).get(item.argument_id)
    return f"arg_{number}" if number else ""


def _with_evidence(item: ChosenArgument, mark: str) -> Parts:
    """The argument, and under it in small type what confirms it: brackets would make one dense block of the two."""
    said = [_without_stop(part) for part in (item.evidence, item.evidence_source) if part.strip(" .")]
    proof = "; ".join(part for part in said if part not in item.text)
    said_so = item_parts(item.text, mark)
    if not proof:
        return said_so
    stopped = proof if proof.endswith(".") else f"{proof}."
    shown = Run(f"{stopped[:1].upper()}{stopped[1:]}", muted=True, small=True)
    *before, (kind, last) = said_so or (("", ()),)
    if kind in (markup.BULLET, markup.NUMBER):
        # It confirms the whole argument, not the last line of a list in it.
        return *said_so, ("more", (shown,))
    return *before, (kind, (*last, replace(shown, text=f"\n{shown.text}")))


def item_parts(words: str, mark: str = "") -> Parts:
    """Typed text as one item of a list: a list inside it is nested, unless the text begins with bullets."""
    parts: list[tuple[str, tuple[Run, ...]]] = []
    for kind, group in groupby(markup.lines(words), key=lambda line: line.kind):
        said = [runs(line.pieces, mark) for line in group]
        if kind == markup.TEXT:
            broken = [run for line in said[1:] for run in (Run("\n", mark=mark), *line)]
            parts.append(("more" if parts else "", (*said[0], *broken)))
        else:
            # Bullets without a sentence before them would hang on the argument above.
            own = not parts and kind == markup.BULLET
            parts += [("" if own else kind, line) for line in said]
    return tuple(parts)


def one_line(words: str, mark: str = "") -> tuple[Run, ...]:
    """Typed text as the runs of one list item: lines of a list inside it begin with a dot."""
    found: list[Run] = []
    number = 0
    for line in markup.lines(words):
        number = number + 1 if line.kind == markup.NUMBER else 0
        lead = {markup.BULLET: "• ", markup.NUMBER: f"{number}. "}.get(line.kind, "")
        before = ("\n" if found else "") + lead
        found += [Run(before, mark=mark)] if before else []
        found += runs(line.pieces, mark)
    return tuple(found)


def _without_stop(sentence: str) -> str:
    """The sentence without its full stop; an abbreviation («2026 г.») keeps its own."""
    stripped = sentence.strip()
    return stripped if stripped.endswith((" г.", "\u00a0г.")) else stripped.removesuffix(".")


def in_brackets(sentence: str, added: str, mark: str = "") -> Parts:
    """The sentence as an item with something in brackets before its full stop."""
    *before, (kind, said) = item_parts(sentence.strip(), mark) or (("", ()),)
    last = said[-1].text if said else ""
    if last.endswith(".") and not last.endswith(("..", " г.", "\u00a0г.")):
        closed = (*said[:-1], replace(said[-1], text=last[:-1]), Run(f" ({added})", muted=True), Run("."))
        return *before, (kind, closed)
    return *before, (kind, (*said, Run(f" ({added})", muted=True)))


def figures(data: ProposalData, totals: OfferTotals, words: Words) -> Nodes:
    """The figures a busy reader looks for first: total, payback, effect, validity."""
    pairs: list[tuple[str, str]] = []
    if totals.lines:
        label = "total_with_vat" if totals.vat else "total_no_vat"
        called = words(label)
        if totals.recommended:
            called = words("total_of", label=called, name=totals.recommended)
        pairs.append((called, MoneyWords(data).full(totals.gross)))
    if data.benefit is not None and any(line.amounts for line in data.benefit.lines):
        shown = dict(result_pairs(data, data.benefit, evaluate(data.benefit), words))
        pairs += [
            (words(key), shown[words(key)])
            for key in ("payback", "npv", "roi", "cumulative")
            if words(key) in shown
        ]
    if data.terms.lead_time:
        pairs.append((words("lead_time"), data.terms.lead_time))
    return (KeyValues(tuple(pairs)),) if pairs else ()


def cases(data: ProposalData, words: Words) -> Nodes:
    """Finished projects that may be quoted, a paragraph each: a table here would part from its heading in LibreOffice."""
    nodes: list[Node] = []
    for case in data.cases:
        about = _joined((case.client, case.industry, case.size, str(case.year or "")), ", ")
        runs = [Run(case.title, bold=True)] + ([Run(f" ({about})", muted=True)] if about else [])
        for key, value in (
            ("case_task", case.task),
            ("case_done", case.done),
            ("case_figures", case.figures),
        ):
            if value:
                runs += [Run(f"\n{words(key)}: ", muted=True), Run(value)]
        nodes.append(Paragraph(tuple(runs)))
    return tuple(nodes)


def recommenders(data: ProposalData, words: Words) -> Nodes:
    """Recommenders with contacts; only those whose consent covers this use are in the data at all."""
    if not data.recommenders:
        return ()
    rows = [
        (
            person.name.full(data.language) + (f"\n{person.about}" if person.about else ""),
            _joined((person.post, person.organisation), ", "),
            _joined((person.phone, person.email), "\n"),
        )
        for person in data.recommenders
    ]
    header = (words("name"), words("post"), words("contacts"))
    return (Table(header, tuple(rows), ("left",) * 3, (0.36, 0.32, 0.32)),)


def schedule(data: ProposalData, words: Words) -> Nodes:
    """Stages with their terms; results and payments where they are given, the payments with their sum."""
    if not data.schedule:
        return ()
    totals = totals_of(data)
    shares = [stage.payment for stage in data.schedule]
    amounts = payments(totals.gross, shares, data.currency) if totals.lines else (None,) * len(shares)
    results = any(stage.result for stage in data.schedule)
    paid = any(share is not None for share in shares)
    rows = [
        (str(n), stage.name, stage.term, stage.result, _payment(data, stage.payment, amount))
        for n, (stage, amount) in enumerate(zip(data.schedule, amounts, strict=True), 1)
    ]
    whole = paid and paid_share(shares) == 100
    if whole:
        all_of_it = totals.gross if totals.lines else None
        rows.append(("", words("total"), "", "", _payment(data, Decimal(100), all_of_it)))
    wide = 0.58 - 0.22 * results - 0.1 * paid
    columns = (
        ("no", 0.07, "left", True),
        ("stage", wide, "left", True),
        ("term", 0.35 - 0.06 * results - 0.1 * paid, "left", True),
        ("stage_result", 0.28, "left", results),
        ("stage_payment", 0.2, "right", paid),
    )
    kept = [at for at, column in enumerate(columns) if column[3]]
    table = Table(
        tuple(words(columns[at][0]) for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        tuple(columns[at][2] for at in kept),
        tuple(columns[at][1] for at in kept),
        total_rows=int(whole),
    )
    return (table,)


def _payment(data: ProposalData, share: Decimal | None, amount: Decimal | None) -> str:
    """The share of a stage, and under it what that is in money."""
    if share is None:
        return ""
    due = MoneyWords(data).full(amount) if amount is not None else ""
    return _joined((speech.percent(share, data.language), due), "\n")


def terms(data: ProposalData, words: Words) -> Nodes:
    """Payment, delivery, lead time and warranty, those that are given."""
    given = data.terms
    said = tuple(
        (key, value)
        for key, value in (
            ("payment", given.payment),
            ("delivery", given.delivery),
            ("lead_time", given.lead_time),
            ("warranty", given.warranty),
        )
        if value
    )
    pairs = tuple((words(key), value) for key, value in said)
    return headed(words("terms"), (KeyValues(pairs, tuple(key for key, _ in said)),) if pairs else ())


def team(data: ProposalData, words: Words) -> Nodes:
    """Who prepared the proposal, with contacts (R7)."""
    if not data.team:
        return ()
    roles = any(member.role for member in data.team)
    rows = [
        (
            member.name.full(data.language),
            _joined((member.post, member.role) if roles else (member.post,), "\n"),
            _joined((member.phone, member.email), "\n"),
        )
        for member in data.team
    ]
    table = Table(
        (words("name"), words("role" if roles else "post"), words("contacts")),
        tuple(rows),
        ("left",) * 3,
        (0.28, 0.4, 0.32),
    )
    return headed(words("team"), (table,))


def executor(data: ProposalData, words: Words) -> Nodes:
    """Whom to call about a letter, as at the foot of business letters."""
    if not data.team:
        return ()
    member = data.team[0]
    name = speech.initials(member.name, data.language)
    said = _joined((name, member.phone, member.email), ", ")
    return (text(words("executor", who=said), role="small"),)


def validity(data: ProposalData, words: Words) -> Nodes:
    """Until when, and why until then."""
    if data.valid_until is None:
        return ()
    said = words("valid_until", date=speech.long_date(data.valid_until, data.language))
    reason = one_line(data.validity_reason, "validity_reason")
    return headed(words("validity"), (Paragraph((Run(f"{said} " if reason else said), *reason)),))


def next_step(data: ProposalData, words: Words) -> Nodes:
    """What we propose to do next."""
    return headed(words("next_step"), prose(data.next_step, "next_step"))


def annexes(data: ProposalData, words: Words) -> Nodes:
    """The list of annexes, numbered."""
    items = tuple((Run(annex),) for annex in data.annexes)
    return headed(words("annexes"), (Bullets(items, numbered=True),) if items else (), level=2)


def signature(data: ProposalData) -> Nodes:
    """Post, a rule to sign on, the name; our company's line where nobody is named."""
    person = data.signatory
    company = data.company.short_name or data.company.full_name
    if person is None:
        return (SignatureLine(company, ""),) if company else ()
    post = _joined((person.post, company), "\n")
    return (SignatureLine(post, speech.initials(person.name, data.language)),)


def logo(company: CompanyData, words: Words) -> Nodes:
    """Our logo, 14 mm high at most by its usual shape."""
    if company.logo is None:
        return ()
    name = company.short_name or company.full_name
    return (Picture(alt=words("logo_of", company=name), width=42, png=company.logo),)


def requisites_line(company: CompanyData, words: Words) -> str:
    """Requisites in one line, those that are known."""
    parts = [
        words(key, value=value)
        for key, value in (
            ("inn", company.inn),
            ("kpp", company.kpp),
            ("ogrn", company.ogrn),
            ("account", company.account),
        )
        if value
    ]
    if company.bank:
        bank = words("in_bank", value=company.bank)
        parts = [*parts[:-1], f"{parts[-1]} {bank}"] if company.account and parts else [*parts, bank]
    others = (("bik", company.bik), ("correspondent", company.correspondent_account))
    parts += [words(key, value=value) for key, value in others if value]
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def _joined(parts: Iterable[str], separator: str) -> str:
    return separator.join(part for part in parts if part)
