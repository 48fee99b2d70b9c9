"""What the template of a personal variant may see."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.documents.context.declare import declared
from kamdesk.documents.context.shared import (
    ClientFields,
    OurFields,
    ProposalBlocks,
    ProposalFields,
    ReaderFields,
    SignatoryFields,
)


@dataclass(frozen=True, slots=True)
class VariantContext:
    """The whole proposal for one reader: that reader's arguments first, the same figures as in every other."""

    client: ClientFields = declared("клиент", ("Client", "Клиент"))
    our: OurFields = declared("наша", ("Our company", "Наша компания"))
    proposal: ProposalFields = declared("предложение", ("Proposal", "Предложение"))
    signatory: SignatoryFields = declared("подписант", ("Signatory", "Подписант"))
    recipient: ReaderFields = declared("получатель", ("Addressee", "Адресат"))
    block: ProposalBlocks = declared("блок", ("Blocks", "Блоки"))
