"""What the templates of documents that stay in the house may see: a title, a line that says whose eyes it is for, nodes.

Apart from the contracts of outgoing documents, so that no template of a proposal can name a field of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.documents.blocks import Node
from kamdesk.documents.context.declare import declared

Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PrintFields:
    """The words around the pages."""

    title: str = declared("название", ("Title", "Название"))
    subtitle: str = declared("подзаголовок", ("Line below the title", "Строка под названием"))
    running: str = declared("колонтитул", ("Running header", "Верхний колонтитул"))
    foot: str = declared("подвал", ("Foot of the page", "Нижний колонтитул"))


@dataclass(frozen=True, slots=True)
class PrintBlocks:
    """What stands on the pages."""

    body: Nodes = declared("текст", ("Everything", "Содержание"))


@dataclass(frozen=True, slots=True)
class InternalContext:
    """A brief or the print of a dossier."""

    print: PrintFields = declared("печать", ("Print", "Печать"))
    block: PrintBlocks = declared("блок", ("Blocks", "Блоки"))


INTERNAL: Final[Mapping[str, type]] = {"brief": InternalContext, "dossier": InternalContext}
