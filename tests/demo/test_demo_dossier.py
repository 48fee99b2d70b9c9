"""The demo dossiers hold what the story needs, add up, and keep what is private out of what clients read."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kamdesk.exchange.dossier import Dossier, DossierRow, parse
from kamdesk.model.inputs import BenefitData, BenefitLine, LibraryArgument, OfferLine, ReaderProfile
from kamdesk.model.values import PartialDate
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import benefit, markup, offer, proposal_checks, requisites, tailoring
from kamdesk.services import demo_prices
from kamdesk.services.dossier_fields import collections

LANGUAGES = ("ru", "en")
AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def vocabularies(repository: Path) -> Vocabularies:
    return Vocabularies.load(repository / "resources" / "vocabulary.json")


class Demo:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.rows: dict[str, list[DossierRow]] = {}
        for row in dossier.rows:
            self.rows.setdefault(row.collection, []).append(row)

    def values(self, collection: str) -> list[dict[str, Any]]:
        return [{"id": row.id, **row.values} for row in self.rows[collection]]

    def one(self, collection: str) -> dict[str, Any]:
        (row,) = self.values(collection)
        return row

    def main_proposal(self) -> dict[str, Any]:
        """The one with offer, readers and figures; the other was sent and is being followed."""
        (row,) = (one for one in self.values("proposals") if one.get("status", "draft") == "draft")
        return row


@pytest.fixture(scope="module", params=LANGUAGES)
def demo(request: pytest.FixtureRequest, repository: Path, vocabularies: Vocabularies) -> Demo:
    data = (repository / "resources" / "demo" / f"dossier.{request.param}.json").read_bytes()
    return Demo(parse(data, collections(vocabularies)))


def test_it_is_read_without_a_remark(demo: Demo) -> None:
    assert not demo.dossier.problems
    assert not demo.dossier.unknown
    assert not any(row.missing for row in demo.dossier.rows)
    assert demo.dossier.header.dates_as_of == AS_OF


def test_every_code_is_known(demo: Demo, vocabularies: Vocabularies) -> None:
    known = {item.name: item for item in collections(vocabularies)}
    for row in demo.dossier.rows:
        for item in known[row.collection].fields:
            if not item.vocabulary or item.name not in row.values:
                continue
            value = row.values[item.name]
            for code in value if isinstance(value, tuple) else (value,):
                assert str(code) in vocabularies.codes(item.vocabulary), f"{row.place}.{item.name}: {code}"


def test_every_link_leads_somewhere(demo: Demo, vocabularies: Vocabularies) -> None:
    ids = {(row.collection, row.id) for row in demo.dossier.rows}
    for known in collections(vocabularies):
        for row in demo.rows.get(known.name, []):
            for item in known.fields:
                if item.target and row.values.get(item.name):
                    assert (item.target, row.values[item.name]) in ids, f"{row.place}.{item.name}"


def test_the_cast(demo: Demo) -> None:
    people = demo.values("people")
    client = demo.dossier.header.client
    there = {row["person_id"] for row in demo.values("employments") if row["organisation_id"] == client}
    assert (len(people), len(there)) == (11, 9)
    lenses = Counter(person.get("lens", "") for person in people if person["id"] in there)
    assert lenses.keys() == {
        "",
        "executive",
        "people",
        "finance",
        "technical",
        "procurement",
        "legal",
        "user",
    }
    branches = [unit for unit in demo.values("units") if unit["kind"] == "branch"]
    assert len(branches) == 2
    taken = {row.get("seat_id") for row in demo.values("employments")}
    empty = [seat for seat in demo.values("seats") if seat["id"] not in taken]
    assert len(empty) == 1
    assert all(seat.get("reports_to_id") for seat in demo.values("seats")[1:])
    parts = {row["code"] for row in demo.values("parts")}
    assert {
        "decider",
        "signatory",
        "approver",
        "buyer",
        "gatekeeper",
        "user",
        "initiator",
        "champion",
    } <= parts
    judged = [person for person in people if person.get("stance") is not None]
    assert all(person["stance_evidence"] and person["stance_date"] <= AS_OF for person in judged)
    assert min(person["stance"] for person in judged) < 0 < max(person["stance"] for person in judged)


def test_dates_of_people_are_partly_known(demo: Demo) -> None:
    dates = [row["date"] for row in demo.values("facts") if row.get("date")]
    assert any(found.year is None and found.day for found in dates)
    assert any(found.day is None and found.month for found in dates)
    assert any((found.month, found.day) == (2, 29) for found in dates)
    assert any(found.month is None for found in dates)
    assert all(isinstance(found, PartialDate) for found in dates)


def test_every_kind_of_the_dossier_shows_something(demo: Demo, vocabularies: Vocabularies) -> None:
    """A newcomer looks at an example of each before writing one of their own."""

    def kinds(collection: str, field: str = "kind") -> set[str]:
        return {row.get(field, "") for row in demo.values(collection)}

    assert kinds("statements") | {"development"} == set(vocabularies.codes("statement_kind"))
    assert any(row.get("review_by", date.max) < AS_OF for row in demo.values("statements"))
    assert any(row.get("argument_id") for row in demo.values("statements"))
    assert any(row.get("competitor_id") for row in demo.values("statements"))
    assert kinds("facts") == set(vocabularies.codes("fact_kind"))
    assert any(row.get("review_by", date.max) < AS_OF for row in demo.values("facts"))
    assert len(kinds("relationships")) >= 12
    assert any("sensitivity" not in row for row in demo.values("relationships")), "a private one"
    assert {"retires", "appointed", "leave", "reorganised"} <= kinds("expected_changes")
    assert {"competitor", "partner", "prospect"} <= kinds("organisations")
    assert {"complaint", "request", "greeting", "gift", "referral_ask", "interim_review"} <= kinds(
        "interactions"
    )
    assert kinds("interactions", "state") >= {"planned", "cancelled"}
    assert any(
        row["kind"] == "complaint" and not row.get("settled_on") for row in demo.values("interactions")
    )
    assert len(demo.values("deals")) == 2
    assert {row["deal_id"] for row in demo.values("parts") if row.get("deal_id")}
    assert all(row.get("cadence_days") for row in demo.values("people") if row.get("influence", 0) > 1)
    assert {row["subject"] for row in demo.values("custom_fields")} == {"organisation", "person"}
    asked = {row["about"] for row in demo.values("questions")}
    assert {f"custom.{row['id']}" for row in demo.values("custom_fields")} <= asked
    for name in (
        "acquaintances",
        "deal_competitors",
        "custom_values",
        "attachments",
        "files",
        "tellings",
        "map_places",
    ):
        assert demo.values(name), name
    due = [row["due"] for row in demo.values("promises") if row.get("due") and not row.get("done_on")]
    assert AS_OF in due and min(due) < AS_OF < max(due)


def test_the_demo_asks_what_the_shipped_standard_asks(demo: Demo, repository: Path) -> None:
    shipped = json.loads((repository / "resources" / "standard.json").read_text("utf-8"))["questions"]
    ours = {row["id"]: row for row in demo.values("questions")}
    assert all(ours[one["id"]]["text_ru"] == one["text_ru"] for one in shipped)


def test_both_languages_tell_one_story(repository: Path) -> None:
    ru, en = (json.loads((repository / "resources" / "demo" / f"dossier.{language}.json").read_text("utf-8"))
              for language in LANGUAGES)  # fmt: skip
    for name in ("statements", "deals", "deal_competitors", "organisations", "acquaintances", "expected_changes",
                 "custom_values", "notes", "interactions", "promises", "attachments", "proposals", "readers", "stages",
                 "assumptions", "objection_uses", "text_templates"):  # fmt: skip
        assert [row["id"] for row in ru[name]] == [row["id"] for row in en[name]], name


def test_the_past_is_past_and_the_meeting_is_ahead(demo: Demo) -> None:
    interactions = demo.values("interactions")
    past = [row for row in interactions if row.get("state", "done") == "done"]
    planned = [row for row in interactions if row.get("state") == "planned"]
    talks = [row for row in past if row.get("next_step")]
    assert len(talks) >= 14
    assert all(row["outcome"] for row in past)
    # Days before the day of the demo are past on any day, whichever weekend they are moved round.
    assert max(row["starts_at"].date() for row in past) < AS_OF
    assert min(row["starts_at"] for row in planned) == datetime.combine(AS_OF, time(10))
    assert all(row.get("aim_ideal") and row.get("aim_minimum") for row in planned)
    sides = {row["side"] for row in demo.values("promises")}
    assert sides == {"ours", "theirs"}
    assert any(row.get("done_on") for row in demo.values("promises"))
    assert any(
        row["due"] < AS_OF and not row.get("done_on") for row in demo.values("promises") if row.get("due")
    )


def test_the_library(demo: Demo, vocabularies: Vocabularies) -> None:
    everything = demo.values("arguments")
    arguments = [row for row in everything if not row.get("variant_of_id")]
    assert (len(arguments), len(everything)) == (25, 28)
    assert {row["evidence_kind"] for row in arguments} == {"figure", "case", "reference", "exclusive"}
    assert all(
        row["evidence"] and row["evidence_source"] and row["evidence_date"] <= AS_OF for row in arguments
    )
    language = demo.dossier.header.language
    assert all(row.get("language", "ru") == language for row in arguments)
    for name in ("arguments", "objections"):
        twins = [row for row in demo.values(name) if row.get("variant_of_id")]
        assert twins
        assert all(row.get("language", "ru") != language for row in twins)
    used = {code for row in arguments for code in row["criteria"]}
    assert used == set(vocabularies.codes("criteria"))
    assert len(demo.values("objections")) >= 8
    assert all(row["answer"] for row in demo.values("objections"))
    cases = demo.values("cases")
    assert sum(row["may_quote"] for row in cases) == len(cases) - 1 == 4
    assert len({row["industry"] for row in cases}) == len({row["size"] for row in cases}) == len(cases)
    consents = [row for row in demo.values("recommenders") if row.get("consent_on")]
    assert len(demo.values("recommenders")) == len(consents) + 1 == 4
    assert all(row["consent_scope"] in vocabularies.codes("consent_scope") for row in consents)
    left = sorted((row["consent_until"] - AS_OF).days for row in consents)
    assert 0 < left[0] < 30 < left[1], "one consent ends soon"
    named = Counter(row["recommender_id"] for row in demo.values("proposal_recommenders"))
    assert max(named.values()) >= proposal_checks.OFTEN_NAMED, "somebody is asked too much of"
    heard = {row["result"] for row in demo.values("objection_uses")}
    assert heard == set(vocabularies.codes("objection_result"))
    worked = {row.get("status") for row in demo.values("proposals")} & {"accepted", "declined"}
    assert len(worked) == 2
    assert [row["purpose"] for row in demo.values("text_templates")] == ["cover_email", "thanks"]


def test_the_offer_and_its_benefit_agree(demo: Demo) -> None:
    proposal = demo.main_proposal()
    lines = tuple(
        OfferLine(
            row["name"],
            row["unit"],
            row["quantity"],
            row["price"],
            row.get("discount", Decimal(0)),
            row["vat"],
            row.get("optional", False),
            alternative=row.get("alternative", ""),
        )
        for row in demo.values("offer_items")
        if row["proposal_id"] == demo.main_proposal()["id"]
    )
    assert 6 <= len(lines) <= 10
    assert sum(line.optional for line in lines) == 1
    assert any(line.discount for line in lines)
    whole = offer.WholeDiscount(proposal["total_discount"], proposal["total_discount_kind"])
    totals = offer.totals(lines, proposal["vat_mode"], proposal["currency"], whole, proposal["recommended"])
    assert len(totals.alternatives) == 2
    assert totals.net == max(one.net for one in totals.alternatives), "the recommended one is the larger"
    assert totals.off
    rows = tuple(
        BenefitLine(row["name"], row["kind"], row["amounts"]) for row in demo.values("benefit_items")
    )
    assert {row.kind for row in rows} == {"investment", "cost", "saving", "income"}
    assert next(row for row in rows if row.kind == "investment").amounts[0] == totals.net
    result = benefit.evaluate(BenefitData(rows, proposal["benefit_period"], proposal["discount_rate"]))
    assert result.payback is not None
    assert Decimal("1.5") < result.payback < 3
    assert result.npv > 0
    assumed = demo.values("assumptions")
    assert 4 <= len(assumed) <= 5
    assert all(row["low"] <= row["value"] <= row["high"] and row["source"] for row in assumed)
    rests = {row["assumption_id"] for row in demo.values("benefit_items") if row.get("assumption_id")}
    assert rests == {row["id"] for row in assumed}
    stages = demo.values("stages")
    assert all(row["result"] for row in stages)
    assert sum(row.get("payment", 0) for row in stages) == 100


def test_the_price_list_is_taken_whole_and_offers_are_picked_from_it(demo: Demo) -> None:
    """Prices of the proposals are those of the list, so that nothing looks out of date on the first day."""
    language = demo.dossier.header.language
    assert demo_prices.AS_OF == AS_OF
    read = demo_prices.demo_prices(language, AS_OF)
    assert len(read.lines) >= 20
    assert not read.skipped
    assert not [line for line in read.lines if line.remarks]
    assert len({line.section for line in read.lines}) >= 4
    assert sum(line.valid_until < AS_OF for line in read.lines if line.valid_until) == 1
    prices = {line.article: line.price for line in read.lines}
    assert all(prices[row["article"]] == row["price"] for row in demo.values("offer_items"))
    later = demo_prices.demo_prices(language, AS_OF + timedelta(days=364))
    moved = {line.article: line.valid_until for line in later.lines}
    assert all(moved[line.article] > AS_OF for line in read.lines if line.valid_until)


def test_what_is_written_with_marks_is_understood(demo: Demo) -> None:
    """The solution and some arguments are bold, listed and linked; nothing of the marks is left as a letter."""
    proposal = demo.main_proposal()
    texts = [proposal["solution"], *(row["text"] for row in demo.values("arguments"))]
    lines = [line for text in texts for line in markup.lines(text)]
    pieces = [piece for line in lines for piece in line.pieces]
    assert any(line.kind == markup.BULLET for line in lines)
    assert any(piece.bold for piece in pieces) and any(piece.link for piece in pieces)
    assert not [piece.text for piece in pieces if "**" in piece.text or "](" in piece.text]


def test_requisites_are_right_and_of_no_real_region(repository: Path) -> None:
    demo = json.loads((repository / "resources" / "demo" / "dossier.ru.json").read_text("utf-8"))
    for row in (*demo["company"], *demo["organisations"]):
        assert requisites.check_inn(row["inn"]) is None
        assert requisites.check_kpp(row.get("kpp", "")) is None
        assert requisites.check_ogrn(row.get("ogrn", "")) is None
        assert row["inn"].startswith("00")
    ours = demo["company"][0]
    assert requisites.check_account(ours["account"], ours["bik"]) is None
    english = json.loads((repository / "resources" / "demo" / "dossier.en.json").read_text("utf-8"))
    assert requisites.check_iban(english["organisations"][0]["iban"]) is None


def test_nobody_real_can_be_written_or_called(demo: Demo) -> None:
    words = json.dumps([dict(row.values) for row in demo.dossier.rows], ensure_ascii=False, default=str)
    assert re.findall(r"[\w.+-]+@[\w.-]+", words)
    assert all(found.endswith(".example") for found in re.findall(r"[\w.+-]+@[\w.-]+", words))
    phones = re.findall(r"\+\d[\d ()-]{8,}", words)
    assert phones
    # 020 91 is kept for drama in Ireland; in Russia no such range exists, 900 000 belongs to nobody in sequence.
    assert all(found.startswith(("+353 20 91", "+7 900 000-")) for found in phones)


def test_proposals_name_no_date_that_the_shift_would_not_move(demo: Demo) -> None:
    """Texts speak of weeks and days; a month or year of the day of writing would be wrong next year."""
    proposal = demo.main_proposal()
    words = " ".join(str(value) for value in proposal.values() if isinstance(value, str))
    words += " ".join(row["name"] + row["term"] for row in demo.values("stages"))
    assert not re.search(r"\b20(2[6-9])\b|ноябр|декабр|январ|November|December|January", words)


def test_client_facing_texts_say_nothing_private(demo: Demo) -> None:
    """What goes into documents names no judgement, family, hobby or type of a person."""
    texts = [str(value) for value in demo.main_proposal().values() if isinstance(value, str)]
    texts += [row["text"] + row["evidence"] for row in demo.values("arguments")]
    words = " ".join(texts).casefold()
    names = [row.values["family_name"].casefold() for row in demo.rows["people"]]
    assert not [name for name in names if name in words]
    for fact in demo.values("facts"):
        if fact.get("kind") == "family":
            assert not [
                name for name in re.findall(r"[А-ЯЁA-Z]\w+", fact["text"])[1:] if name.casefold() in words
            ]


def test_each_of_the_deciding_five_hears_what_convinces_them(demo: Demo, vocabularies: Vocabularies) -> None:
    language = demo.dossier.header.language
    library = [
        LibraryArgument(
            **{
                **{name: value for name, value in row.values.items() if name != "variant_of_id"},
                "id": row.id,
                "language": row.values.get("language", "ru"),
            }
        )
        for row in demo.rows["arguments"]
    ]
    criteria: dict[str, list[str]] = {}
    for row in demo.values("criteria"):
        criteria.setdefault(row.get("person_id") or row["organisation_id"], []).append(row["code"])
    told: dict[str, dict[str, date]] = {}
    for row in demo.values("tellings"):
        told.setdefault(row["person_id"], {})[row["argument_id"]] = row["told_on"]
    people = {row.id: row for row in demo.rows["people"]}
    readers = [
        ReaderProfile(
            person,
            people[person].name,
            people[person].values["lens"],
            tuple(criteria[person]),
            told.get(person),
        )
        for person in (
            row["person_id"]
            for row in demo.values("readers")
            if row["proposal_id"] == demo.main_proposal()["id"]
        )
    ]
    client = demo.values("organisations")[0]
    consent = {row["id"] for row in demo.values("recommenders") if row.get("consent_on")}
    result = tailoring.choose(
        readers,
        library,
        vocabularies=vocabularies,
        language=language,
        today=AS_OF,
        industry=client["industry"],
        client_criteria=criteria[client["id"]],
        nameable=consent,
    )
    first = {reader.lens: chosen.chosen[0] for reader, chosen in zip(readers, result.readers, strict=True)}
    assert {lens: argument.evidence_kind for lens, argument in first.items()} == {
        "executive": "exclusive",
        "people": "reference",
        "finance": "figure",
        "technical": "figure",
        "procurement": "figure",
    }
    assert first["people"].recommender_id in consent
    assert len({argument.argument_id for argument in first.values()}) == 5
    assert all(len(reader.chosen) >= 4 for reader in result.readers)


def test_one_proposal_is_being_followed(demo: Demo) -> None:
    """Half of its steps are done, two touches wait for an answer, one of two concessions brought nothing."""
    steps = demo.values("follow_ups")
    assert [bool(one.get("done_on")) for one in steps] == [True, True, False, False, False]
    assert [one["initiative"] for one in demo.values("interactions") if one.get("initiative")] == ["ours"] * 2
    assert [bool(one.get("got")) for one in demo.values("concessions")] == [True, False]
