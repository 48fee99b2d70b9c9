"""Problems of the window's own life: files given to other programs, printing, typed values."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "plain.cannot_write": N_(
        "No file can be put into the folder {folder}: {reason}. Check free space and your rights to it."
    ),
    "print.refused": N_(
        "The printer did not take the document: {reason}. Choose another printer, or save the PDF and print it elsewhere."
    ),
    "print.no_answer": N_("The printing system does not answer. Check that it is running, then print again."),
    "print.pages": P_(
        "“{text}” is no choice of pages: the document has {n} page. Type numbers and ranges such as 1, 3-5.",
        "“{text}” is no choice of pages: the document has {n} pages. Type numbers and ranges such as 1, 3-5.",
    ),
    "typed.date": N_("This is no date. Type it as 15.3, 15 March or 15.03.2027."),
    "typed.partial_date": N_("This is no date. Type what is known: 5 March, 1975 or 05.03.1975."),
    "typed.number": N_("This is no number. Type it as 1200000.50 or 1.2 million."),
    "typed.integer": N_("This is no whole number."),
}
