"""Who reads a proposal, and what is decided by hand about the arguments of each reader (R1, R5, R6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Argument, Person, Proposal, ProposalArgument, ProposalReader
from kamdesk.services import proposal_copy
from kamdesk.services.base import get
from kamdesk.services.people_views import PersonRow, effective_lens
from kamdesk.services.proposal_data import seat_of
from kamdesk.services.proposal_steps import ProposalSteps, whose_reader


class ReaderChoices(ProposalSteps):
    """Readers and their arguments."""

    # --- readers

    def set_readers(self, proposal_id: str, person_ids: Sequence[str]) -> None:
        """Address the proposal to these people in this order; what was decided for the others is dropped."""

        def work(session: Session, row: Proposal) -> None:
            known = {r.person_id: r for r in session.query(ProposalReader).filter_by(proposal_id=row.id)}
            for index, person_id in enumerate(dict.fromkeys(person_ids)):
                reader = known.pop(person_id, None)
                if reader is None:
                    get(session, Person, person_id)
                    session.add(ProposalReader(proposal_id=row.id, person_id=person_id, position=index))
                else:
                    reader.position = index
            for reader in known.values():
                session.delete(reader)

        self._change(proposal_id, "proposal.set_readers", work)

    def other_group(self, proposal_id: str) -> tuple[PersonRow, ...]:
        """The decision group of the proposal's deal (P8) where it is not those who are its readers, else ().

        Raises ``record.gone``.
        """

        def work(session: Session) -> tuple[PersonRow, ...]:
            row = get(session, Proposal, proposal_id)
            if row.deal_id is None:
                return ()
            group = proposal_copy.group_readers(session, row, self._vocabularies())
            held = session.scalars(
                select(ProposalReader.person_id).where(ProposalReader.proposal_id == row.id)
            )
            return () if {person.id for person in group} == set(held) else group

        return self._store.read(work)

    def set_reader_lens(self, reader_id: str, lens: str) -> None:
        """Let this proposal speak to a reader as another type; "" goes back to the person's own."""
        self._change_reader(
            reader_id, "proposal.set_reader_lens", lambda _, reader: setattr(reader, "lens", lens)
        )

    def set_separate(self, reader_id: str, separate: bool) -> None:
        """Ask for a separate variant for this reader, besides the document for the group."""
        self._change_reader(
            reader_id, "proposal.set_separate", lambda _, reader: setattr(reader, "separate", separate)
        )

    # --- arguments

    def write_argument(self, reader_id: str, text: str) -> str:
        """A sentence typed in a reader's column becomes an entry of the library, pinned for this reader (R1)."""
        return self.write_arguments(reader_id, (text,))[0]

    def write_arguments(self, reader_id: str, texts: Sequence[str]) -> tuple[str, ...]:
        """Sentences that were pasted together, as one step. Gives the ids of the entries."""
        clean = [text.strip() for text in texts]
        if not clean or not all(clean):
            raise KamdeskError("proposal.argument_empty")

        def work(session: Session, reader: ProposalReader) -> tuple[str, ...]:
            proposal = get(session, Proposal, reader.proposal_id)
            person = get(session, Person, reader.person_id)
            held = seat_of(session, person.id, proposal.organisation_id)
            lens = reader.lens or effective_lens(
                person.lens, held.title if held else "", self._vocabularies()
            )
            made = [
                Argument(text=text, language=proposal.language, lenses=(lens,) if lens else ())
                for text in clean
            ]
            session.add_all(made)
            session.flush()
            session.add_all(
                ProposalArgument(reader_id=reader.id, argument_id=one.id, pinned=True) for one in made
            )
            return tuple(one.id for one in made)

        if len(clean) == 1:
            return self._change_reader(reader_id, "proposal.write_argument", work)
        return self._change_reader(reader_id, "proposal.write_arguments", work, n=len(clean))

    def pin(self, reader_id: str, argument_id: str, pinned: bool = True) -> None:
        """Keep an argument for a reader whatever its rank (also takes one from the library), or let it go again."""
        self._choose(reader_id, (argument_id,), "proposal.pin", pinned=pinned, dropped=False)

    def pin_several(self, reader_id: str, argument_ids: Sequence[str]) -> None:
        """Take several arguments from the library for a reader, as one step."""
        if len(argument_ids) == 1:
            self.pin(reader_id, argument_ids[0])
        elif argument_ids:
            self._choose(
                reader_id,
                argument_ids,
                "proposal.pin_several",
                n=len(argument_ids),
                pinned=True,
                dropped=False,
            )

    def drop(self, reader_id: str, argument_id: str, dropped: bool = True) -> None:
        """Leave an argument out for a reader, or take it back."""
        self._choose(reader_id, (argument_id,), "proposal.drop", dropped=dropped, pinned=False)

    def move(self, reader_id: str, argument_id: str, place: int | None) -> None:
        """Put an argument at a place (from 0) for a reader; None lets the ranking decide again.

        Others that were given a place keep their order around it, so that the last move always holds.
        """
        if place is None:
            self._choose(reader_id, (argument_id,), "proposal.move", place=None, dropped=False)
            return
        proposal_id, _ = self._store.read(lambda session: whose_reader(session, reader_id))
        reader = next(one for one in self.page(proposal_id).readers if one.id == reader_id)
        order = [one.argument_id for one in reader.chosen if one.argument_id != argument_id]
        order.insert(max(0, place), argument_id)
        places = {one: at for at, one in enumerate(order)}

        def work(session: Session, row: ProposalReader) -> None:
            known = {
                one.argument_id: one for one in session.query(ProposalArgument).filter_by(reader_id=row.id)
            }
            if argument_id not in known:
                get(session, Argument, argument_id)
                known[argument_id] = ProposalArgument(reader_id=row.id, argument_id=argument_id, place=0)
                session.add(known[argument_id])
            moved = known[argument_id]
            moved.place, moved.dropped = places[argument_id], False
            for choice in known.values():
                if choice.place is not None and choice.argument_id in places:
                    choice.place = places[choice.argument_id]

        self._change_reader(reader_id, "proposal.move", work)

    def reword(
        self, reader_id: str, argument_id: str, text: str, *, in_library: bool = False, visit: str = ""
    ) -> None:
        """Change the wording for this reader in this proposal, or in the library for all to come."""
        clean = text.strip()
        if not clean:
            raise KamdeskError("proposal.argument_empty")
        if not in_library:
            self._choose(reader_id, (argument_id,), "proposal.reword", visit=visit, wording=clean)
            return

        def work(session: Session, reader: ProposalReader) -> None:
            get(session, Argument, argument_id).text = clean
            choice = (
                session.query(ProposalArgument)
                .filter_by(reader_id=reader.id, argument_id=argument_id)
                .first()
            )
            if choice is not None:
                choice.wording = ""

        self._change_reader(reader_id, "proposal.reword_library", work, visit=visit)

    def _choose(
        self,
        reader_id: str,
        argument_ids: Sequence[str],
        code: str,
        *,
        visit: str = "",
        n: int | None = None,
        **values: object,
    ) -> None:
        def work(session: Session, reader: ProposalReader) -> None:
            choices = session.query(ProposalArgument).filter_by(reader_id=reader.id)
            known = {one.argument_id: one for one in choices}
            for argument_id in argument_ids:
                get(session, Argument, argument_id)
                choice = known.get(argument_id)
                if choice is None:
                    choice = ProposalArgument(reader_id=reader.id, argument_id=argument_id)
                    session.add(choice)
                for name, value in values.items():
                    setattr(choice, name, value)

        self._change_reader(reader_id, code, work, visit=visit, n=n)
