"""From the data of one proposal and the tailored arguments to an outgoing document of one kind.

Everything a document may say passes through here. Neither ``ProposalData`` nor ``Tailored`` holds a judgement on a person,
and the contracts have no field for one (R13). The same totals and terms go into every document of a proposal (R6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Heading, Node, Paragraph, Run, text
from kamdesk.documents.context import sections
from kamdesk.documents.context.catalogue import CONTRACTS
from kamdesk.documents.context.cover import CoverContext
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.effect import effect_nodes
from kamdesk.documents.context.forms import forms_of
from kamdesk.documents.context.group import GroupContext
from kamdesk.documents.context.prices import MoneyWords, price_nodes
from kamdesk.documents.context.shared import (
    AllReadersFields,
    ClientFields,
    LetterBlocks,
    OurFields,
    ProposalBlocks,
    ProposalFields,
    ReaderFields,
    SignatoryFields,
)
from kamdesk.documents.context.variant import VariantContext
from kamdesk.documents.context.words import SUBJECTS, Words
from kamdesk.model.inputs import ChosenArgument, ClientData, ProposalData, Reader, Tailored
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.block_orders import order_of
from kamdesk.rules.offer import totals_of

Nodes = tuple[Node, ...]

_SUBJECT_OF = {
    "exclusivity": "special_terms", "benefit": "effect", "solution": "solution", "cases": "experience",
    "recommenders": "experience",
}  # fmt: skip
_IN_LETTER = 3  # arguments that fit a letter of one page


def build(
    data: ProposalData, tailored: Tailored, kind: str, reader_id: str | None = None
) -> OutgoingDocument:
    """The document of ``kind`` (group, variant, cover); the latter two for the reader ``reader_id``.

    Raises KamdeskError ``documents.unknown_kind``, and KeyError for a reader who is not of this proposal.
    """
    if kind not in CONTRACTS:
        raise KamdeskError("documents.unknown_kind", kind=kind)
    told = tailored.readers if kind == "group" else [r for r in tailored.readers if r.reader_id == reader_id]
    maker = _Maker(data, tailored, kind, sections.argument_numbers(told))
    if kind == "group":
        context: Any = maker.group()
    else:
        reader = next((item for item in data.readers if item.id == reader_id), None)
        if reader is None:
            raise KeyError(reader_id)
        context = maker.variant(reader) if kind == "variant" else maker.cover(reader)
    values = {item.name: getattr(context, item.name) for item in fields(context)}
    key = "letter_no" if kind == "cover" else "proposal_no"
    return OutgoingDocument(
        kind=kind,
        language=data.language,
        title=maker.words(key, number=data.number, subject=data.subject),
        company=data.company.short_name or data.company.full_name,
        date=data.date.isoformat(),
        fields={name: _texts(value) for name, value in values.items() if name != "block"},
        blocks={item.name: getattr(context.block, item.name) for item in fields(context.block)},
        reader_id="" if kind == "group" else str(reader_id),
        forms=forms_of(data.readers, data.client),
    )


def _texts(value: Any) -> Mapping[str, str]:
    assert is_dataclass(value)
    return {item.name: getattr(value, item.name) for item in fields(value)}


class _Maker:
    """Fills the contracts of one proposal."""

    def __init__(self, data: ProposalData, tailored: Tailored, kind: str, numbers: Mapping[str, int]) -> None:
        self._data = data
        self._blocks = order_of(kind, _chosen_blocks(data, kind))
        self._numbers = numbers
        self._tailored = tailored
        self._totals = totals_of(data)
        self.words = Words(data.language)
        self._prices = price_nodes(data, self._totals, self.words)
        self._effect = effect_nodes(data, self.words)

    # --- the three kinds ----------------------------------------------------------------------------------

    def group(self) -> GroupContext:
        to = self._all_readers()
        recipient = AllReadersFields(to, self.words("colleagues"))
        by_subject = self._by_subject()
        everything = [item for subject in SUBJECTS for item in by_subject.get(subject, ())]
        block = self._proposal_blocks(self._body(by_subject, ""), everything, to)
        return GroupContext(*self._common(), recipient=recipient, block=block)

    def _all_readers(self) -> str:
        """The client's name, then a line for each reader."""
        data = self._data
        name = data.client.legal_name or data.client.name
        separator = " " if data.language == "ru" else ", "
        bare = ClientData(name="")
        lines = [speech.address_block(reader, bare, data.language, separator) for reader in data.readers]
        return "\n".join(line for line in (name, *lines) if line)

    def variant(self, reader: Reader) -> VariantContext:
        own = self._tailored.of(reader.id)
        recipient = self._recipient(reader)
        body = self._body({own.subject: own.chosen}, own.subject)
        return VariantContext(
            *self._common(), recipient=recipient, block=self._proposal_blocks(body, own.chosen, recipient.to)
        )

    def cover(self, reader: Reader) -> CoverContext:
        recipient = self._recipient(reader)
        subject = self.words("letter_subject", number=self._data.number, subject=self._data.subject)
        opening = (Paragraph((Run(subject, bold=True),)), text(recipient.salutation))
        letter: LetterBlocks = self._letter_blocks(
            LetterBlocks, self._letter(reader), self._pointed(reader), recipient.to, opening, **self._foot()
        )
        return CoverContext(*self._common(), recipient=recipient, block=letter)

    # --- fields -------------------------------------------------------------------------------------------

    def _common(self) -> tuple[ClientFields, OurFields, ProposalFields, SignatoryFields]:
        data, company, client = self._data, self._data.company, self._data.client
        name, person, money = client.legal_name or client.name, data.signatory, MoneyWords(data)
        return (
            ClientFields(
                name=name,
                name_gen=self._in_case("genitive"),
                name_dat=self._in_case("dative"),
                name_ins=self._in_case("instrumental"),
                short_name=client.name or name,
                address=client.address,
            ),
            OurFields(
                name=company.short_name or company.full_name,
                full_name=company.full_name or company.short_name,
                address=company.address,
                phone=company.phone,
                email=company.email,
                website=company.website,
                requisites=sections.requisites_line(company, self.words),
                contacts=" · ".join(part for part in (company.phone, company.email, company.website) if part),
            ),
            ProposalFields(
                number=data.number,
                date=speech.long_date(data.date, data.language),
                subject=data.subject,
                valid_until=speech.long_date(data.valid_until, data.language) if data.valid_until else "",
                sum=money.full(self._totals.gross) if data.offer else "",
                sum_in_words=speech.in_words(self._totals.gross, data.currency, data.language)
                if data.offer
                else "",
                currency=money.unit,
            ),
            SignatoryFields(
                name=speech.initials(person.name, data.language) if person else "",
                full_name=person.name.full(data.language) if person else "",
                post=person.post if person else "",
                authority=person.authority if person else "",
            ),
        )

    def _in_case(self, case: str) -> str:
        client = self._data.client
        name = client.legal_name or client.name
        if self._data.language != "ru":
            return name
        return speech.organisation_in_case(name, case, client.legal_name_cases)

    def _recipient(self, reader: Reader) -> ReaderFields:
        data = self._data
        return ReaderFields(
            to=speech.address_block(reader, data.client, data.language),
            salutation=speech.salutation(reader, data.language),
            full_name=speech.full_name(reader.name, data.language, reader.written_name),
            post=reader.post,
        )

    # --- blocks -------------------------------------------------------------------------------------------

    def _letter_blocks(
        self,
        kind: type[LetterBlocks],
        body: Nodes,
        said: Nodes,
        to: str,
        opening: Nodes = (),
        **more: Nodes,
    ) -> Any:
        data, words = self._data, self.words
        number = words("outgoing", number=data.number)
        day = words("of_date", date=speech.long_date(data.date, data.language))
        requisites: Nodes = (text(f"{number} {day}" if data.language == "ru" else f"{number}, {day}"),)
        addressee: Nodes = (Paragraph((Run(to),), role="address"),) if to else ()
        order, letter = self._order(), kind is LetterBlocks
        head = (*requisites, *addressee, *opening, *more.get("title", ()), *more.get("figures", ()))
        signed = sections.signature(data) if "signature" in order else ()
        if letter and signed:
            signed = (Paragraph((Run(words("letter_close")),), keep_next=True), *signed)
        annexes, foot = more.pop("annexes"), more.pop("team")
        annexes = annexes if "annexes" in order else ()
        foot = foot if "team" in order else ()
        return kind(
            logo=sections.logo(data.company, words),
            requisites=requisites,
            addressee=addressee,
            body=body,
            arguments=said,
            next_step=sections.next_step(data, words),
            signature=signed,
            team=foot,
            annexes=annexes,
            all=(
                *head,
                *body,
                *_ending(signed, annexes, letter and data.language == "ru"),
                *(foot if letter else ()),
            ),
            **more,
        )

    def _proposal_blocks(self, body: Nodes, said: Sequence[ChosenArgument], to: str) -> ProposalBlocks:
        data, words = self._data, self.words
        figures = sections.figures(data, self._totals, words) if "figures" in self._order() else ()
        blocks: ProposalBlocks = self._letter_blocks(
            ProposalBlocks,
            body,
            sections.arguments(said, self._numbers),
            to,
            title=(Heading(f"{words('proposal')}. {data.subject}"),),
            figures=figures,
            understanding=self._section("understanding", {}),
            uniqueness=self._section("uniqueness", {}),
            exclusivity=sections.headed(
                words("special_terms"), sections.prose(data.exclusivity, "exclusivity")
            ),
            solution=sections.headed(words("solution"), sections.prose(data.solution, "solution")),
            effect=sections.headed(words("effect"), self._effect),
            cases=sections.headed(words("cases"), sections.cases(data, words)),
            recommenders=sections.headed(words("recommenders"), sections.recommenders(data, words)),
            schedule=sections.headed(words("schedule"), sections.schedule(data, words)),
            prices=self._prices,
            terms=sections.terms(data, words),
            team=sections.team(data, words),
            annexes=sections.annexes(data, words),
            validity=sections.validity(data, words),
        )
        return blocks

    def _order(self) -> tuple[str, ...]:
        return self._blocks

    def _by_subject(self) -> dict[str, tuple[ChosenArgument, ...]]:
        """Arguments of all readers by subject, each once: where it stands highest."""
        best: dict[str, tuple[int, str, ChosenArgument]] = {}
        for reader in self._tailored.readers:
            for rank, item in enumerate(reader.chosen):
                key = " ".join(item.text.casefold().split())
                if key not in best or rank < best[key][0]:
                    best[key] = (rank, reader.subject, item)
        found: dict[str, list[tuple[int, ChosenArgument]]] = {}
        for rank, subject, item in best.values():
            found.setdefault(subject, []).append((rank, item))
        return {
            subject: tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
            for subject, items in found.items()
        }

    def _body(self, said: Mapping[str, Sequence[ChosenArgument]], first: str) -> Nodes:
        """All parts in order; ``first`` is the subject that a variant begins with.

        Arguments on a subject that has no block of its own stand before the prices.
        """
        parts: list[Nodes] = [self._subject(first, said)] if first else []
        done = {first}
        order = [
            code
            for code in self._order()
            if code not in ("figures", "number_date", "addressee", "signature", "annexes")
        ]
        places = {_SUBJECT_OF[code] for code in order if code in _SUBJECT_OF}
        loose = [subject for subject in SUBJECTS if subject in said and subject not in places]
        at_end = "price" not in order
        for code in order:
            if code == "price":
                parts += [self._subject(subject, said) for subject in loose if subject not in done]
                done |= set(loose)
            subject = _SUBJECT_OF.get(code)
            if subject is None:
                parts.append(self._section(code, said))
            elif subject not in done:
                parts.append(self._subject(subject, said))
                done.add(subject)
        if at_end:
            parts += [self._subject(subject, said) for subject in loose if subject not in done]
        return tuple(node for part in parts for node in part)

    def _subject(self, subject: str, said: Mapping[str, Sequence[ChosenArgument]]) -> Nodes:
        """The part on one subject: arguments, then what belongs to the subject."""
        data, words, order = self._data, self.words, self._order()
        listed = sections.arguments(said.get(subject, ()), self._numbers)
        inside: Nodes = ()
        if subject == "special_terms" and "exclusivity" in order:
            inside = sections.prose(data.exclusivity, "exclusivity")
        elif subject == "effect" and "benefit" in order:
            inside = self._effect
        elif subject == "solution" and "solution" in order:
            return sections.headed(words(subject), (*sections.prose(data.solution, "solution"), *listed))
        elif subject == "experience":
            finished = sections.cases(data, words) if "cases" in order else ()
            people = sections.recommenders(data, words) if "recommenders" in order else ()
            inside = (
                *sections.headed(words("cases"), finished, 2),
                *sections.headed(words("recommenders"), people, 2),
            )
        return sections.headed(words(subject), (*listed, *inside))

    def _section(self, code: str, said: Mapping[str, Sequence[ChosenArgument]]) -> Nodes:
        """A block that belongs to no subject; ``why_us`` is told in the parts by subject."""
        data, words = self._data, self.words
        if code == "understanding":
            return sections.headed(
                words("understanding"), sections.prose(data.understanding, "understanding")
            )
        if code == "uniqueness":
            return sections.headed(words("uniqueness"), sections.prose(data.uniqueness, "uniqueness"))
        if code == "schedule":
            return sections.headed(words("schedule"), sections.schedule(data, words))
        if code == "price":
            return self._prices
        simple = {
            "terms": sections.terms,
            "validity": sections.validity,
            "next_step": sections.next_step,
            "team": sections.team,
        }
        return simple[code](data, words) if code in simple else ()

    def _foot(self) -> dict[str, Nodes]:
        data, words = self._data, self.words
        day = speech.long_date(data.date, data.language)
        enclosed = text(words("letter_annex", number=data.number, date=day))
        return {"annexes": (enclosed,), "team": sections.executor(data, words)}

    # --- the letter ---------------------------------------------------------------------------------------

    def _pointed(self, reader: Reader) -> Nodes:
        """The reader's first arguments, each with the part of the proposal where more is said."""
        own = self._tailored.of(reader.id)
        where = self._by_subject()
        items = []
        for item in own.chosen[:_IN_LETTER]:
            subject = next((name for name, held in where.items() if _said(item, held)), own.subject)
            see = self.words("see_part", part=self.words(subject))
            mark = sections.argument_mark(item, self._numbers)
            items.append(sections.in_brackets(item.text, see, mark))
        return sections.listed(items)

    def _letter(self, reader: Reader) -> Nodes:
        data, words = self._data, self.words
        order = self._order()
        pointed = self._pointed(reader) if "why_us" in order else ()
        opening = words(
            "letter_open" if pointed else "letter_open_bare",
            subject=data.subject,
            client=self._in_case("genitive"),
        )
        parts = {"why_us": pointed, "validity": self._letter_same(), "next_step": self._letter_step()}
        said = (node for code in order for node in parts.get(code, ()))
        return (text(opening[:1].upper() + opening[1:]), *said)

    def _letter_same(self) -> Nodes:
        """That the terms are the same for all, and until when."""
        data = self._data
        if data.valid_until is None:
            return ()
        return (text(self.words("letter_same", date=speech.long_date(data.valid_until, data.language))),)

    def _letter_step(self) -> Nodes:
        return tuple(sections.prose(self._data.next_step, "next_step"))


def _chosen_blocks(data: ProposalData, kind: str) -> tuple[str, ...]:
    """The blocks chosen for a kind; a variant has those of the common document unless it was given its own."""
    if kind == "cover":
        return data.letter_order
    return (data.variant_order or data.block_order) if kind == "variant" else data.block_order


def _ending(signed: Nodes, annexes: Nodes, annexes_first: bool) -> Nodes:
    """Russian letters name what is enclosed before the signature, all else after it."""
    return (*annexes, *signed) if annexes_first else (*signed, *annexes)


def _said(item: ChosenArgument, held: Sequence[ChosenArgument]) -> bool:
    return any(
        " ".join(item.text.casefold().split()) == " ".join(other.text.casefold().split()) for other in held
    )
