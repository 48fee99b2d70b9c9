"""English texts of the search: what it says of filters it could not use."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "search.unknown_filter": N_("There is no filter “{name}:”. It was looked for as a word."),
    "search.unknown_value": N_("“{value}” is none of the choices of “{name}:”. The filter was left out."),
    "search.unknown_date": N_(
        "“{value}” after “{name}:” is not understood as a date. The filter was left out. Type a month, a year or 15.03.2026."
    ),
}
