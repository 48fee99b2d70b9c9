"""Steps and problems of our own side: company, numbering, colleagues, logo."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "company.save": N_("Our company"),
    "company.full_name": N_("Fill in the full name of our company first: documents begin with it."),
    "company.number_pattern": N_(
        "“{pattern}” is no pattern for numbers. It needs {{n}} or {{n:03}}; {{year}}, {{yy}} and {{month}} may stand beside it."
    ),
    "company.set_logo": N_("Logo of our company"),
    "company.remove_logo": N_("Remove the logo of our company"),
    "company.logo_kind": N_("The logo must be a PNG or JPEG picture. Save it as one of these and try again."),
    "company.logo_large": N_("The logo is larger than {megabytes} MB. Save it smaller and try again."),
    "colleague.add": N_("Add a colleague: {name}"),
    "colleague.edit": N_("Colleague: {name}"),
    "colleague.set_me": N_("This is me: {name}"),
    "colleague.reorder": N_("Order of colleagues"),
    "colleague.name": N_("Type the name of the colleague."),
}
