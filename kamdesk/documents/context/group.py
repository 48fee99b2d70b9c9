"""What the template of the common document for a whole decision group may see."""

from __future__ import annotations

from dataclasses import dataclass

from kamdesk.documents.context.declare import declared
from kamdesk.documents.context.shared import (
    AllReadersFields,
    ClientFields,
    OurFields,
    ProposalBlocks,
    ProposalFields,
    SignatoryFields,
)


@dataclass(frozen=True, slots=True)
class GroupContext:
    """One document for all readers: a common part, then parts named by subject."""

    client: ClientFields = declared("клиент", ("Client", "Клиент"))
    our: OurFields = declared("наша", ("Our company", "Наша компания"))
    proposal: ProposalFields = declared("предложение", ("Proposal", "Предложение"))
    signatory: SignatoryFields = declared("подписант", ("Signatory", "Подписант"))
    recipient: AllReadersFields = declared("получатель", ("Addressees", "Адресаты"))
    block: ProposalBlocks = declared("блок", ("Blocks", "Блоки"))
