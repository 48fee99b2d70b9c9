"""Documents of one proposal that do not say the same."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "same.number": N_("“{name}” has the number {value}, the other documents {usual}."),
    "same.date": N_("“{name}” has the date {value}, the other documents {usual}."),
    "same.total": N_("“{name}” comes to {value}, the other documents to {usual}."),
    "same.validity": N_("“{name}” is valid until {value}, the other documents until {usual}."),
    "same.payment": N_("“{name}” says another thing of the payment: {value}"),
    "same.delivery": N_("“{name}” says another thing of the delivery: {value}"),
    "same.lead_time": N_("“{name}” says another thing of the lead time: {value}"),
    "same.warranty": N_("“{name}” says another thing of the warranty: {value}"),
}
