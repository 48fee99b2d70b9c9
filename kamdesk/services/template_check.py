"""The template doctor with a sample at hand: what is wrong with a file, what would come out blank, and the repaired copy (R9)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from kamdesk.documents.blanks import filled_paths
from kamdesk.documents.context.build import build
from kamdesk.documents.context.catalogue import CONTRACTS, KINDS
from kamdesk.documents.context.document import OutgoingDocument
from kamdesk.documents.findings import Finding
from kamdesk.model.messages import KamdeskError
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.company import OurCompany
from kamdesk.services.proposal_data import load
from kamdesk.services.template_house import HouseSamples, Papers
from kamdesk.services.template_sample import SampleMaker, TemplateSamples
from kamdesk.store.unit_of_work import Store

TEMPLATE_KINDS = tuple(KINDS)
"""Every kind a template may be for, those that stay in the house last."""


class Doctor(SampleMaker, Protocol):
    """The worker as the doctor needs it."""

    def check(
        self, data: bytes, kind: str, origin: str = "foreign", filled: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """See :func:`kamdesk.documents.doctor.check`."""
        ...

    def repair(
        self, data: bytes, kind: str, origin: str = "foreign", only: Collection[int] | None = None
    ) -> tuple[bytes, tuple[Finding, ...]]:
        """See :func:`kamdesk.documents.doctor.repair`."""
        ...


class TemplateChecks:
    """Checks and repairs Word templates. Nothing is stored, and the file itself is never touched."""

    def __init__(
        self,
        store: Store,
        doctor: Callable[[], Doctor],
        vocabularies: Callable[[], Vocabularies],
        papers: Papers,
    ) -> None:
        self._store = store
        self._house = HouseSamples(papers, vocabularies)
        self._doctor = doctor
        self._vocabularies = vocabularies

    def check(
        self,
        data: bytes,
        *,
        kind: str = "",
        language: str = "",
        sample_id: str = "",
        reader_id: str = "",
        origin: str = "own",
    ) -> tuple[Finding, ...]:
        """Everything found, with what would come out blank for ``sample_id``, as :meth:`document` takes it.

        "" for the kind is the document for the group. A letter or variant is that of the first reader where none is
        given. Blocks until the worker is done. Raises as :meth:`document` does.
        """
        kind = kind or "group"
        document = self.document(kind, language or "ru", sample_id, reader_id)
        return self.findings(data, kind, origin, document)

    def findings(
        self, data: bytes, kind: str, origin: str = "own", document: OutgoingDocument | None = None
    ) -> tuple[Finding, ...]:
        """Everything found, with what would come out blank in ``document`` where it is given. Blocks until the worker is done."""
        filled = filled_paths(document) if document is not None else None
        return self._doctor().check(data, kind, origin, filled)

    def repaired(
        self, data: bytes, *, kind: str = "", origin: str = "own", only: Collection[int] | None = None
    ) -> tuple[bytes, tuple[Finding, ...]]:
        """A copy with what is safe repaired, or with the findings of :meth:`check` at these indexes; and each before and after.

        Before is ``text.params["tag"]`` of a finding, after its ``suggestion``.
        """
        return self._doctor().repair(data, kind or "group", origin, only)

    def document(
        self, kind: str, language: str, sample_id: str = "", reader_id: str = ""
    ) -> OutgoingDocument:
        """What a template of ``kind`` would be filled with.

        ``sample_id`` is a proposal, for other kinds what :class:`TemplateChoices` names; "" is the small invented example.
        Raises ``record.gone``, ``proposal.no_readers``, ``sheet.nobody``, ``letter.nobody``, ``documents.unknown_kind``.
        """
        if kind not in KINDS:
            raise KamdeskError("documents.unknown_kind", kind=kind)
        samples = TemplateSamples(self._store, self._doctor())
        if kind not in CONTRACTS:
            if sample_id:
                return self._house.document(kind, language, sample_id)
            return self._house.invented(kind, language, *samples.proposal(language))
        if not sample_id:
            return samples.document(kind, language)
        today = self._store.now().date()
        vocabularies = self._vocabularies()
        loaded = self._store.read(
            lambda session: load(session, sample_id, vocabularies, self._store.files, today)
        )
        readers = [reader.id for reader in loaded.data.readers]
        if not readers:
            raise KamdeskError("proposal.no_readers")
        if reader_id and reader_id not in readers:
            raise KamdeskError("record.gone")
        # A number is taken when the document is made; a proposal that has none yet is not blank for it.
        number = loaded.data.number or OurCompany(self._store).next_number(loaded.data.date)
        data = replace(loaded.data, number=number)
        reader = None if kind == "group" else reader_id or readers[0]
        return build(data, loaded.tailor(vocabularies, today), kind, reader)
