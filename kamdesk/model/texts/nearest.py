"""Why a finished project is near to a client."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "nearest.industry": N_("same industry"),
    "nearest.industry_like": N_("a related industry ({industry})"),
    "nearest.task": N_("similar task: {words}"),
    "nearest.size": N_("similar size ({size})"),
    "nearest.2": N_("{first}, {second}"),
    "nearest.3": N_("{first}, {second}, {third}"),
}
