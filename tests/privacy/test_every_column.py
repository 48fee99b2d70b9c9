"""Every text of every table is marked, and the columns that may be read in what leaves stand here by name (R6, R13).

``test_outgoing`` looks for what is declared as hidden. This is the other way round: a column that is forgotten there, or is a business word
and still none of the client's business (a remark of a price list, a deal, an objection, a row of another client), is found here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace
from kamdesk.documents.context.catalogue import CONTRACTS, catalogue
from kamdesk.documents.context.text_contract import KIND
from kamdesk.model.fields import FieldKind
from kamdesk.model.tables import (
    Proposal,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    entities,
    fields_of,
)
from kamdesk.model.values import Sensitivity
from kamdesk.rules.file_pattern import FIELDS
from kamdesk.services.generation import Audience, OwnTemplate
from tests.privacy.marks import WORD, _add_row, read_docx
from tests.services.press import pdf_text
from tests.services.test_own_templates import word_file

TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
MACHINERY = frozenset(
    {"alias", "external_key", "preference", "agenda_mark", "vocabulary", "stored_file", "text_template"}
)
KEPT = frozenset(
    {"sort_key", "normalised", "template_name", "file_name", "basis", "reasons", "consent_scope"}
)
"""What the program reads by itself: a mark there would be no text of anybody's, or would change what is made."""
OTHERS = " of others"
"""Behind the name of a column: in a row that does not belong to this proposal."""

MAY_LEAVE = {
    "argument": "text evidence evidence_source",
    "assumption": "name unit source",
    "benefit_item": "name",
    "case_study": "title client industry size task done figures",
    "colleague": "family_name given_name middle_name post phone email authority",
    "company": "full_name short_name address inn kpp ogrn bank bik account correspondent_account phone email website",
    "offer_item": "name unit alternative article note",
    "organisation": "short_name legal_name legal_name_genitive legal_name_dative legal_name_instrumental address",
    "person": "family_name given_name middle_name salutation courtesy_title initials written_name name_genitive name_dative "
    "name_instrumental",
    "proposal": "number subject understanding solution uniqueness exclusivity payment delivery lead_time warranty assumptions "
    "validity_reason next_step",
    "proposal_argument": "wording",
    "proposal_team": "role",
    "recommender": "family_name given_name middle_name post organisation phone email about",
    "seat": "title title_genitive title_dative title_instrumental",
    "stage": "name term result",
}
"""All that a client may read, by table."""
IN_NAMES = {"organisation.short_name", "person.initials", "proposal.number", "proposal.subject"}
"""All that a name of a file may say."""
MUST_BE_READ = {
    "proposal.understanding",
    "argument.text",
    "recommender.phone",
    "case_study.client",
    "person.name_dative",
}


@dataclass(frozen=True)
class Papers:
    """Where each mark was put, and the words of each outgoing paper."""

    planted: dict[str, str]
    texts: dict[str, str]

    def read(self, paper: str) -> set[str]:
        found = re.findall(rf"{WORD}\d+в", self.texts[paper].casefold())
        return {self.planted.get(mark, mark) for mark in found}


def plant(session: Any, proposal_id: str) -> dict[str, str]:
    """A mark in each text of each row; a table that is empty gets a row."""
    client = session.get(Proposal, proposal_id).organisation_id
    readers, recommenders, cases = (
        {getattr(row, name) for row in session.query(link).filter_by(proposal_id=proposal_id)}
        for link, name in (
            (ProposalReader, "person_id"),
            (ProposalRecommender, "recommender_id"),
            (ProposalCase, "case_id"),
        )
    )
    own = {
        "proposal": {proposal_id}, "organisation": {client}, "person": readers, "recommender": recommenders, "case_study": cases,
    }  # fmt: skip
    planted: dict[str, str] = {}
    for entity in entities():
        table = entity.__tablename__
        if session.query(entity).first() is None:
            _add_row(session, entity)
        if table in MACHINERY:
            continue
        for row in session.query(entity).order_by(entity.id):
            near = (
                row.id in own[table]
                if table in own
                else getattr(row, "proposal_id", proposal_id) == proposal_id
            )
            near = near and getattr(row, "person_id", None) in {None, *readers}
            for column, info in fields_of(entity):
                if (
                    info.kind in TEXTS
                    and column.name not in KEPT
                    and info.sensitivity is not Sensitivity.STRUCTURAL
                ):
                    mark = f"{WORD}{len(planted)}в"
                    setattr(row, column.name, mark)
                    planted[mark] = f"{table}.{column.name}{'' if near else OTHERS}"
    session.flush()
    return planted


def made(place: Workplace, proposal: str) -> Iterator[tuple[str, str]]:
    """Every paper that leaves, and its words."""
    some = tuple(reader.id for reader in place.proposals.page(proposal).readers)[:2]
    documents = place.generation.generate(proposal, Audience(letters=some, variants=some))
    for one in documents:
        yield one.kind, f"{read_docx(one.docx).words}\n{pdf_text(one.pdf or b'')}"
        yield "name", one.file_name
    for kind in CONTRACTS:
        tags = ("{{ " + entry.tag[1] + " }}" for entry in catalogue(kind).entries)
        whole = OwnTemplate("t.docx", word_file(*tags), mode="tags", kind=kind)
        audience = {
            "group": Audience(letters=(), variants=()),
            "cover": Audience(group=False, letters=some[:1], variants=()),
            "variant": Audience(group=False, letters=(), variants=some[:1]),
        }[kind]
        (one,) = place.generation.generate(proposal, audience, template=whole, formats=("docx",))
        yield f"own {kind}", read_docx(one.docx).words
    every = "\n".join("{{ " + entry.tag[1] + " }}" for entry in catalogue(KIND).entries)
    text = place.text_templates.add(
        "т",
        purpose="cover_email",
        language="ru",
        subject="{{ предложение.тема }} {{ клиент.название }}",
        body=every,
    )
    for for_all in (False, True):
        ids = [one.document_id for one in documents]
        for draft in place.mail_drafts.drafts(proposal, ids, template_id=text, one_for_all=for_all):
            mail = message_from_bytes(draft.data, policy=policy.default)
            body = mail.get_body(("plain",))
            assert body is not None
            heads = "\n".join(f"{name}: {value}" for name, value in mail.items())
            yield f"mail{' to all' if for_all else ''}", f"{heads}\n{body.get_content()}\n{draft.file_name}"
    place.preferences.set(file_pattern=" ".join(f"{{{name}}}" for name in FIELDS))
    for one in place.generation.generate(proposal, Audience(letters=some, variants=some), formats=("docx",)):
        yield "name", one.file_name


@pytest.fixture(scope="module")
def papers(
    tmp_path_factory: pytest.TempPathFactory, demo_copy: Callable[[Path, str], Workplace]
) -> Iterator[Papers]:
    place = demo_copy(tmp_path_factory.mktemp("columns") / "vault", "ru")
    try:
        proposal = place.proposals.list()[0].id
        planted = place.store.write(
            "record.add", {"noun": "", "name": ""}, lambda session: plant(session, proposal)
        )
        texts: dict[str, str] = {}
        for name, words in made(place, proposal):
            texts[name] = f"{texts.get(name, '')}\n{words}"
        yield Papers(planted, texts)
    finally:
        place.close()


PAPERS = ("group", "variant", "cover", "own group", "own variant", "own cover", "mail", "mail to all", "name")


@pytest.mark.parametrize("paper", PAPERS)
def test_only_these_columns_leave(paper: str, papers: Papers) -> None:
    allowed = {f"{table}.{name}" for table, names in MAY_LEAVE.items() for name in names.split()}
    assert set(papers.texts) == set(PAPERS)
    assert papers.read(paper) - (IN_NAMES if paper == "name" else allowed) == set()


def test_the_papers_say_what_is_for_the_client(papers: Papers) -> None:
    """Else the test above would prove nothing; and what is marked is all that there is."""
    assert papers.read("group") >= MUST_BE_READ
    assert papers.read("name") & IN_NAMES
    marked = set(papers.planted.values())
    assert {"price_item.note", "deal.name", "objection.text", "concession.given", "follow_up.result"} <= {
        one.removesuffix(OTHERS) for one in marked
    }
    assert {
        f"{one}{OTHERS}"
        for one in ("recommender.phone", "case_study.client", "proposal.subject", "person.family_name")
    } <= marked
