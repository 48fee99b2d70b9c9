"""Problems of quick capture, in words."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "capture.who": N_("Several people fit the line “{text}”. Choose who is meant."),
    "capture.with_whom": N_("Choose the client or the person for the line “{text}”."),
}
