"""Generic edits: names of steps and problems of single fields."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "record.gone": N_(
        "This record is no longer there. It may have been deleted; look into the list or undo."
    ),
    "record.edit": N_("{noun} “{name}”: {field}"),
    "record.edit_all": P_("{field} of {n} record", "{field} of {n} records"),
    "record.delete_all": P_("Delete: {n} record", "Delete: {n} records"),
    "record.add": N_("Add: {noun} “{name}”"),
    "record.delete": N_("Delete: {noun} “{name}”"),
    "record.required": N_("“{field}” cannot be empty. Type something or leave the field as it was."),
    "record.wrong_kind": N_("“{field}” does not take a value of this kind."),
    "record.too_long": N_(
        "“{field}” is longer than two million characters. Shorten it or attach it as a file."
    ),
    "record.too_large": N_(
        "“{field}” takes numbers of at most fifteen digits. Check the number, or count in another unit of money."
    ),
    "record.too_many": P_(
        "“{field}” has room for {n} period. Take longer periods.",
        "“{field}” has room for {n} periods. Take longer periods.",
    ),
    "record.wrong_signs": N_(
        "“{field}” contains signs that cannot be stored. Paste the text without formatting."
    ),
}
