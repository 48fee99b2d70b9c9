"""Problems of the machine that a vault meets: memory."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "vault.no_memory": N_(
        "The computer did not give the {megabytes} MB of memory that unlocking takes. Close other programs and try again."
    ),
}
