"""Findings about a proposal, consents of recommenders, changes of status."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "check.block_missing": N_("The block “{block}” is missing."),
    "check.text_empty": N_(
        "The text of the block “{block}” is not written (step “Start from”, “Texts of the document”)."
    ),
    "check.benefit_empty": N_("There are no figures for the block “{block}” (step “Effect in figures”)."),
    "check.no_offer": N_("There are no lines with prices yet."),
    "check.no_price": N_("“{name}” has no price."),
    "check.line_discount": N_("The discount of “{name}” is not between 0 and 100 %."),
    "check.rate_absurd": N_("The VAT rate of “{name}” is not between 0 and 100 %."),
    "check.rate_not_in_force": N_("A VAT rate of {rate} % was not in force on {date}."),
    "check.alternative_empty": N_("The alternative “{name}” has options only: it needs a line of its own."),
    "check.alternative_alone": N_(
        "“{name}” is the only alternative: there is nothing to choose instead of it."
    ),
    "check.recommended_unknown": N_("“{name}” is recommended, but no line belongs to such an alternative."),
    "check.discount_negative": N_("The discount on the whole is below zero."),
    "check.discount_too_big": N_("The discount on the whole is more than the offer comes to."),
    "check.payment_negative": N_("The payment of the stage “{name}” is below zero."),
    "check.payments_not_whole": N_("The payments of the stages make {share} %, not 100 %."),
    "check.assumption_no_value": N_("The assumption “{name}” has no expected value."),
    "check.assumption_ends_crossed": N_("“{name}”: the lowest value is above the highest one."),
    "check.assumption_outside": N_("“{name}”: the expected value is outside its lowest and highest ones."),
    "check.assumption_unused": N_("No line of the benefit rests on the assumption “{name}”."),
    "check.assumption_no_source": N_("It is not said where the assumption “{name}” comes from."),
    "check.no_validity": N_("It is not said until when the proposal is valid."),
    "check.validity_before_date": N_("The proposal is valid until {date}, which is before its own date."),
    "check.validity_over": N_("The proposal was valid until {date}."),
    "check.no_validity_reason": N_("It is not said what the validity depends on."),
    "check.uncovered_1": N_("{name}: the first criterion has no argument ({criterion})"),
    "check.uncovered_2": N_("{name}: the second criterion has no argument ({criterion})"),
    "check.uncovered_3": N_("{name}: the third criterion has no argument ({criterion})"),
    "consent.none": N_("No consent to be named is recorded."),
    "consent.expired": N_("The consent to be named ended on {date}."),
    "consent.no_scope": N_("It is not recorded what the consent covers."),
    "consent.other_scope": N_("The consent covers something else: {scope}."),
    "consent.overused": P_(
        "{name} was already named in {n} proposal this year.",
        "{name} was already named in {n} proposals this year.",
    ),
    "status.not_from_here": N_("“{old}” cannot become “{new}”."),
    "status.needs_next_date": N_("A proposal that was sent needs the date of the next contact."),
    "status.next_date_past": N_("The date of the next contact ({date}) is in the past."),
}
