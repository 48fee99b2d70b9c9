"""The values of a letter or an e-mail (R9): about a proposal to its readers, or about a meeting to those who were there.

They are taken from what proposals and meeting letters may say, which are business words only (R13).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kamdesk.documents import language as speech
from kamdesk.documents.blocks import Bullets, Heading, KeyValues, Node, Paragraph, Run, SignatureLine, Table
from kamdesk.documents.context.build import build
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.context.results_letter import agreements, greeting, letter_text, next_step
from kamdesk.documents.context.text_contract import KIND
from kamdesk.model.inputs import ProposalData, SignatoryData, Tailored, TeamMember
from kamdesk.model.letter import LetterData


def for_proposal(
    data: ProposalData, tailored: Tailored, reader_id: str = "", sender: TeamMember | None = None
) -> OutgoingDocument:
    """The values for a letter about a proposal to one of its readers; "" for all of them together.

    Raises KeyError for a reader who is not of this proposal.
    """
    whole = build(data, tailored, "group")
    own = build(data, tailored, "cover", reader_id) if reader_id else whole
    fields = _common(own, sender, data)
    if not reader_id:
        fields["recipient"] = {**own.fields["recipient"], "full_name": "", "post": ""}
        fields["recipient"]["salutation"] = greeting(data.readers, data.language) if data.readers else (
            own.fields["recipient"]["salutation"]
        )  # fmt: skip
    fields["meeting"] = dict.fromkeys(("date", "subject", "next_step"), "")
    fields["block"] = {
        "arguments": plain(own.blocks["arguments"], data.language),
        "terms": plain(whole.blocks["terms"], data.language),
        "validity": plain(whole.blocks["validity"], data.language),
        "next_step": plain(own.blocks["next_step"], data.language),
        "agreements": "",
        "signature": _signature(fields, data.language),
    }
    return replace(own, kind=KIND, fields=fields, blocks={})


def for_meeting(data: LetterData) -> OutgoingDocument:
    """The values for a letter about a meeting to those who were there; the fields of a proposal are empty."""
    empty = ProposalData(
        id="", language=data.language, number="", date=data.date, subject="", client=data.client,
        company=data.company, signatory=data.signatory, readers=data.readers,
    )  # fmt: skip
    tailored = Tailored(())
    base = build(empty, tailored, "group")
    who = data.signatory
    sender = TeamMember(who.name, who.post, data.phone, data.email) if who is not None else None
    fields = _common(base, sender, empty)
    fields["proposal"] = dict.fromkeys(base.fields["proposal"], "")
    one = data.readers[0] if len(data.readers) == 1 else None
    fields["recipient"] = {
        "to": speech.address_block(one, data.client, data.language)
        if one
        else base.fields["recipient"]["to"],
        "salutation": greeting(data.readers, data.language),
        "full_name": speech.full_name(one.name, data.language, one.written_name) if one else "",
        "post": one.post if one else "",
    }
    fields["meeting"] = {
        "date": speech.long_date(data.met_on, data.language) if data.met_on is not None else "",
        "subject": letter_text(data).subject,
        "next_step": next_step(data),
    }
    fields["block"] = dict.fromkeys(("arguments", "terms", "validity", "next_step"), "")
    fields["block"] |= {"agreements": agreements(data), "signature": _signature(fields, data.language)}
    return replace(base, kind=KIND, title=fields["meeting"]["subject"], fields=fields, blocks={})


def _common(
    own: OutgoingDocument, sender: TeamMember | None, data: ProposalData
) -> dict[str, dict[str, str]]:
    fields = {name: dict(values) for name, values in own.fields.items()}
    writes = sender or _as_member(data.signatory)
    fields["sender"] = {
        "name": speech.initials(writes.name, data.language) if writes else "",
        "full_name": _spoken(writes, data.language),
        "post": writes.post if writes else "",
        "phone": (writes.phone if writes else "") or data.company.phone,
        "email": (writes.email if writes else "") or data.company.email,
    }
    return fields


def _as_member(signatory: SignatoryData | None) -> TeamMember | None:
    return TeamMember(signatory.name, signatory.post) if signatory is not None else None


def _spoken(who: TeamMember | None, language: str) -> str:
    """Given name first, as one signs an e-mail in either language."""
    if who is None:
        return ""
    parts = (who.name.given, who.name.family)
    return " ".join(speech.romanised(part) if language == "en" else part for part in parts if part)


def _signature(fields: Mapping[str, Mapping[str, str]], language: str) -> str:
    sender, our = fields["sender"], fields["our"]
    phone = sender["phone"] and (f"тел. {sender['phone']}" if language == "ru" else f"tel. {sender['phone']}")
    contacts = ", ".join(part for part in (phone, sender["email"]) if part)
    return "\n".join(part for part in (sender["full_name"], sender["post"], our["name"], contacts) if part)


# --- blocks as plain lines ---------------------------------------------------------------------------------


def plain(nodes: Sequence[Node], language: str) -> str:
    """A block as an e-mail says it: no heading at its start, a dash before each item of a list."""
    rest = nodes[1:] if nodes and isinstance(nodes[0], Heading) else nodes
    return "\n".join(line for node in rest for line in _lines(node, "—" if language == "ru" else "-")).strip()


def _lines(node: Node, dash: str) -> Iterator[str]:
    if isinstance(node, Heading):
        yield from ("", node.text)
    elif isinstance(node, Paragraph):
        yield _joined(node.runs)
    elif isinstance(node, Bullets):
        for kind, number, item in node.parts():
            counted = node.numbered if kind == "" else kind == "number"
            lead = "" if kind == "more" else f"{number}. " if counted else f"{dash} "
            yield f"{'   ' if kind else ''}{lead}{_joined(item)}"
    elif isinstance(node, KeyValues):
        yield from (f"{name}: {value}" for name, value in node.pairs)
    elif isinstance(node, Table):
        yield from (" · ".join(cell for cell in row if cell) for row in node.rows)
    elif isinstance(node, SignatureLine):
        yield from (part for part in (node.post, node.name) if part)


def _joined(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
