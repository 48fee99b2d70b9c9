"""Whether the documents of a proposal that go out say the same, whenever each was made and whoever edited it (R6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kamdesk.documents.context.said_figures import figures_in
from kamdesk.model.messages import Message
from kamdesk.rules.same_documents import Figures, differences
from kamdesk.services.proposal_views import DocumentView
from kamdesk.services.proposals import Proposals

_KEPT = 200


class Texts(Protocol):
    """The worker as this module needs it."""

    def text(self, docx: bytes) -> str:
        """All that can be read in a Word file."""
        ...


class SameDocuments:
    """Reading the current documents beside each other. Each version is opened once: nothing of it changes any more."""

    def __init__(
        self, proposals: Proposals, docx: Callable[[str], bytes], worker: Callable[[], Texts]
    ) -> None:
        self._proposals, self._docx, self._worker = proposals, docx, worker
        self._known: dict[str, Figures] = {}

    def problems(self, proposal_id: str) -> tuple[Message, ...]:
        """Which of the current documents differ from the others in what; () where all say the same.

        Raises KamdeskError ``record.gone``, and what the worker says of a file that cannot be read.
        """
        page = self._proposals.page(proposal_id)
        current = sorted(
            (one for one in page.documents if one.is_current), key=lambda one: one.kind != "group"
        )
        if len(current) < 2:
            return ()
        language = str(page.values.get("language") or "ru")
        names = {one.id: one.file_name for one in current}
        found = differences([(one.id, self._figures(one, language)) for one in current])
        return tuple(
            Message(
                f"same.{one.part}", {"name": names[one.document_id], "value": one.value, "usual": one.usual}
            )
            for one in found
        )

    def _figures(self, document: DocumentView, language: str) -> Figures:
        if document.id not in self._known:
            text = self._worker().text(self._docx(document.id))
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)), None)
            self._known[document.id] = figures_in(text, language)
        return self._known[document.id]
