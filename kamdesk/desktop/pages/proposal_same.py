"""A warning where the current documents of a proposal do not say the same; on the step of documents and at sending (R6)."""

from __future__ import annotations

from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import IconLabel, columns, label, set_look
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.messages import Message


class SameWarning(Card):
    """Says which document differs in what; hidden where none does. It reads the files anew when another version is current."""

    def __init__(self, work: ProposalWork) -> None:
        super().__init__(work.kit)
        set_look(self, "notice-warning")
        self._work = work
        self._seen: tuple[str, ...] = ()
        self._found: tuple[Message, ...] = ()
        self.words = label(work.kit, wrap=True)
        row = columns(IconLabel(work.kit, "warning", 20, "warning"), spacing=10)
        row.addWidget(self.words, 1)
        self.body.addLayout(row)
        self.hide()
        work.kit.words.bind(self.words, self._say)
        work.loaded.connect(self.follow)
        if work.state is not None:
            self.follow(work.state)

    def follow(self, state: ProposalState) -> None:
        """Check the documents of this state, unless they are those that were checked."""
        current = (state.page.id, *(one.id for one in state.page.documents if one.is_current))
        if current == self._seen:
            return
        self._seen = current
        same, proposal_id = self._work.place.same_documents, state.page.id

        def show(found: tuple[Message, ...]) -> None:
            if self._seen == current:
                self._found = found
                self._say()

        def failed(_message: Message) -> None:
            show(())  # a file that cannot be read is told where it is opened

        self._work.kit.queries.run(
            lambda: same.problems(proposal_id), show, failed, owner=self, key=f"same {id(self)}"
        )

    def _say(self) -> None:
        self.setVisible(bool(self._found))
        self.words.setText("\n".join(self._work.kit.words.message(one) for one in self._found))
