"""Steps and problems of the library going out and coming in."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "library.import": P_("Import {n} entry of the library", "Import {n} entries of the library"),
    "library_file.not_ours": N_(
        "This is not a library of kamdesk. Choose a file that was saved from its library, or a table."
    ),
    "library_file.newer": N_(
        "This library was saved by a newer version of kamdesk. Update kamdesk, then take it over."
    ),
    "library_file.too_large": N_(
        "The file is too large for a library: at most {limit} MB and 20,000 entries of a kind."
    ),
    "library_file.broken": N_("The entry cannot be read: its field “{field}” is wrong."),
    "library_file.ending": N_(
        "“{file}” should end in .json for the whole library, in .xlsx or .csv for a table."
    ),
    "library_table.no_column": N_("No column holds the entries themselves. Say which one does."),
    "library_table.no_text": N_("The row does not say what the entry is."),
    "library_table.not_understood": N_("“{text}” was not understood and left out."),
}
