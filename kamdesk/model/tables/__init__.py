"""The mapped entities, one noun per file. Importing this package declares all of them."""

from __future__ import annotations

from kamdesk.model.tables import system
from kamdesk.model.tables.base import Base, Entity, FieldInfo, Search, entities, entity_of, fields_of
from kamdesk.model.tables.company import Colleague, Company
from kamdesk.model.tables.files import Alias, ExternalKey, StoredFile, VocabularyItem
from kamdesk.model.tables.interaction import Interaction, Note, Participant, Promise
from kamdesk.model.tables.library import Argument, CaseStudy, Objection, Recommender, Telling
from kamdesk.model.tables.organisation import Organisation, Seat, Unit
from kamdesk.model.tables.person import Contact, Criterion, Employment, Fact, Part, Person, Relationship
from kamdesk.model.tables.proposal import (
    BenefitItem,
    Dispatch,
    Document,
    OfferItem,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    ProposalTeam,
    Stage,
    Template,
)

__all__ = [
    "Alias",
    "Argument",
    "Base",
    "BenefitItem",
    "CaseStudy",
    "Colleague",
    "Company",
    "Contact",
    "Criterion",
    "Dispatch",
    "Document",
    "Employment",
    "Entity",
    "ExternalKey",
    "Fact",
    "FieldInfo",
    "Interaction",
    "Note",
    "Objection",
    "OfferItem",
    "Organisation",
    "Part",
    "Participant",
    "Person",
    "Promise",
    "Proposal",
    "ProposalArgument",
    "ProposalCase",
    "ProposalReader",
    "ProposalRecommender",
    "ProposalTeam",
    "Recommender",
    "Relationship",
    "Search",
    "Seat",
    "Stage",
    "StoredFile",
    "Telling",
    "Template",
    "Unit",
    "VocabularyItem",
    "entities",
    "entity_of",
    "fields_of",
    "system",
]
