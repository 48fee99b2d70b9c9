"""What the template of a cover letter may see."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.documents.context.declare import declared
from kamdesk.documents.context.shared import (
    ClientFields,
    LetterBlocks,
    OurFields,
    ProposalFields,
    ReaderFields,
    SignatoryFields,
)


@dataclass(frozen=True, slots=True)
class CoverContext:
    """A personal letter of one page that goes with the common document."""

    client: ClientFields = declared("клиент", ("Client", "Клиент"))
    our: OurFields = declared("наша", ("Our company", "Наша компания"))
    proposal: ProposalFields = declared("предложение", ("Proposal", "Предложение"))
    signatory: SignatoryFields = declared("подписант", ("Signatory", "Подписант"))
    recipient: ReaderFields = declared("получатель", ("Addressee", "Адресат"))
    block: LetterBlocks = declared("блок", ("Blocks", "Блоки"))
