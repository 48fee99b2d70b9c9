"""What is not known of those we are to meet, and which of it may be asked on a paper that lies on the table (W4, D12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kamdesk.model.internal import BriefQuestion
from kamdesk.model.tables import CustomField
from kamdesk.model.tables.base import entity_of, fields_of
from kamdesk.model.values import PersonName, Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.redaction import Redaction
from kamdesk.services.questions import Questions, QuestionView
from kamdesk.store.unit_of_work import Store

_ASKED = 4
"""Questions about one person; more are an interrogation."""


class BriefQuestions:
    """The open questions of the standard about people and a client, as far as a redaction lets them be asked."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies], questions: Questions) -> None:
        self._store = store
        self._vocabularies = vocabularies
        self._questions = questions

    def of(
        self,
        people: Sequence[tuple[str, PersonName]],
        redaction: Redaction,
        client: tuple[str, str] = ("", ""),
    ) -> tuple[BriefQuestion, ...]:
        """What is not known of these people, then of the client (id, name); "" for the id asks nothing of it."""
        found: list[BriefQuestion] = []
        for person_id, name in people:
            found += self._open("person", person_id, name, redaction)
        if client[0]:
            found += self._open("organisation", client[0], client[1], redaction)
        return tuple(found)

    def _open(
        self, subject: str, row_id: str, of: PersonName | str, redaction: Redaction
    ) -> list[BriefQuestion]:
        open_ones = self._questions.to_learn(subject, row_id, 3 * _ASKED)
        suits = [one for one in open_ones if redaction.passes(*self._given_away(one))][:_ASKED]
        return [BriefQuestion(of, one.text_en, one.text_ru) for one in suits]

    def _given_away(self, question: QuestionView) -> tuple[Sensitivity, str]:
        """Sensitivity and category of a question: it gives away as much as what would answer it."""
        table, _dot, name = question.about.partition(".")
        if table in ("person", "organisation"):
            declared = {column.name: info for column, info in fields_of(entity_of(table))}
            # Parts, ties and criteria are no columns of the person; that we count them is our own business.
            private = name in ("parts", "relations", "criteria", "decider")
            usual = declared[name].sensitivity if name in declared else Sensitivity.PERSONAL
            category = declared[name].category if name in declared else ""
            return (Sensitivity.PRIVATE if private else usual), category
        if table == "custom":
            field = self._store.read(lambda session: session.get(CustomField, name))
            said = field.sensitivity if field is not None else ""
            return Sensitivity(said) if said in frozenset(Sensitivity) else Sensitivity.PRIVATE, ""
        kinds = {"fact": "fact_kind", "statement": "statement_kind"}.get(table)
        item = self._vocabularies().item(kinds, name) if kinds is not None else None
        extras = item.extras if item is not None else {}
        said = str(extras.get("sensitivity", ""))
        known = Sensitivity(said) if said in frozenset(Sensitivity) else Sensitivity.PERSONAL
        return Sensitivity.strictest(known, Sensitivity.PERSONAL), str(extras.get("left_out", ""))
