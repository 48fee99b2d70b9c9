"""The mapped entities, one noun per file. Importing this package declares all of them."""

from __future__ import annotations

from kamdesk.model.tables import system
from kamdesk.model.tables.base import Base, Entity, FieldInfo, Search, entities, entity_of, fields_of
from kamdesk.model.tables.company import Acquaintance, Colleague, Company
from kamdesk.model.tables.deal import Deal, DealCompetitor
from kamdesk.model.tables.files import Alias, Attachment, ExternalKey, StoredFile, VocabularyItem
from kamdesk.model.tables.influence import InfluenceMap, MapPlace
from kamdesk.model.tables.interaction import Interaction, Note, Participant, Promise
from kamdesk.model.tables.library import (
    Argument,
    CaseStudy,
    Objection,
    ObjectionUse,
    PriceItem,
    Recommender,
    Telling,
    TextTemplate,
)
from kamdesk.model.tables.organisation import ExpectedChange, Organisation, Seat, Statement, Unit
from kamdesk.model.tables.person import Contact, Criterion, Employment, Fact, Part, Person, Relationship
from kamdesk.model.tables.proposal import (
    Assumption,
    BenefitItem,
    Concession,
    Dispatch,
    Document,
    FollowUp,
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
from kamdesk.model.tables.standard import CustomField, CustomValue, Question
from kamdesk.model.tables.workplace import AgendaMark, Preference, SavedFilter

__all__ = [
    "Acquaintance",
    "AgendaMark",
    "Alias",
    "Argument",
    "Assumption",
    "Attachment",
    "Base",
    "BenefitItem",
    "CaseStudy",
    "Colleague",
    "Company",
    "Concession",
    "Contact",
    "Criterion",
    "CustomField",
    "CustomValue",
    "Deal",
    "DealCompetitor",
    "Dispatch",
    "Document",
    "Employment",
    "Entity",
    "ExpectedChange",
    "ExternalKey",
    "Fact",
    "FieldInfo",
    "FollowUp",
    "InfluenceMap",
    "Interaction",
    "MapPlace",
    "Note",
    "Objection",
    "ObjectionUse",
    "OfferItem",
    "Organisation",
    "Part",
    "Participant",
    "Person",
    "Preference",
    "PriceItem",
    "Promise",
    "Proposal",
    "ProposalArgument",
    "ProposalCase",
    "ProposalReader",
    "ProposalRecommender",
    "ProposalTeam",
    "Question",
    "Recommender",
    "Relationship",
    "SavedFilter",
    "Search",
    "Seat",
    "Stage",
    "Statement",
    "StoredFile",
    "Telling",
    "Template",
    "TextTemplate",
    "Unit",
    "VocabularyItem",
    "entities",
    "entity_of",
    "fields_of",
    "system",
]
