"""Problems of the files that the command line is given."""

from __future__ import annotations

from kamdesk.model.messages import N_, Plural

TEXTS: dict[str, str | Plural] = {
    "cli.too_large": N_("{file} is larger than {megabytes} MB. Give a smaller file."),
}
