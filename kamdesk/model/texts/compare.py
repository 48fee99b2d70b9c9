"""What differs between two versions of a proposal."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "compare.value": N_("{value}"),
    "compare.list": N_("{first}, {then}"),
    "compare.same": N_("Both versions say the same."),
    "compare.section.about": N_("About the proposal"),
    "compare.section.offer": N_("Offer and prices"),
    "compare.section.figures": N_("Effect in figures"),
    "compare.section.terms": N_("Terms and validity"),
    "compare.section.schedule": N_("Schedule"),
    "compare.section.arguments": N_("Readers and arguments"),
    "compare.section.proof": N_("Projects and recommenders"),
    "compare.section.team": N_("Prepared by"),
    "compare.section.documents": N_("Documents"),
    "compare.offer_line": N_("{quantity} {unit} at {price}"),
    "compare.offer_bare": N_("{quantity} at {price}"),
    "compare.percent": N_("{n} %"),
    "compare.discount": N_("discount {n} %"),
    "compare.vat": N_("VAT {rate} %"),
    "compare.no_vat": N_("without VAT"),
    "compare.option": N_("option"),
    "compare.total": N_("Total with VAT"),
    "compare.payback": N_("Payback, periods"),
    "compare.discounted_payback": N_("Discounted payback, periods"),
    "compare.npv": N_("NPV"),
    "compare.irr": N_("IRR, % a year"),
    "compare.roi": N_("ROI, %"),
    "compare.measured": N_("{n} {unit}"),
    "compare.from": N_("from {n}"),
    "compare.to": N_("up to {n}"),
    "compare.spread": N_("± {n} %"),
    "compare.payment": N_("payment of {n} %"),
    "compare.addressed": P_("addressed, {n} argument", "addressed, {n} arguments"),
    "compare.argument": N_("{name}: argument {n}"),
    "compare.placed": N_("{n}. {text}"),
    "compare.document": N_("{kind}: {name}"),
    "compare.file": P_("{name}, {n} page, made {on}", "{name}, {n} pages, made {on}"),
}
