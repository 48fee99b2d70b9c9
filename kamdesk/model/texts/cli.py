"""Problems of the command line."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "cli.demo_made": N_(
        "The demo vault is in {folder}. It opens without a passphrase: keep nothing real in it."
    ),
    "cli.written_for": P_("for {names}; {n} page", "for {names}; {n} pages"),
    "cli.demo_holds": N_(
        "It holds people: {people}, proposals: {proposals}, arguments: {arguments}, lines of the price list: {prices}."
    ),
    "cli.first_argument": N_("first: {text}"),
    "cli.why": N_("because: {reason}"),
    "cli.template_file": N_("Say which template: template check FILE, or template fix FILE --out COPY."),
    "cli.template_out": N_(
        "Say where the repaired copy goes: --out COPY. The template itself is never touched."
    ),
    "cli.file_exists": N_("{file} exists already. Choose another name."),
    "cli.cannot_write": N_("{file} cannot be written. Check the folder and your rights."),
    "cli.no_vault": N_("Say which vault: --vault FOLDER before the verb."),
    "cli.no_passphrase": N_(
        "This vault has a passphrase. Put it into a file and add --passphrase-file FILE."
    ),
    "cli.capture_too_long": N_(
        "This is too much for one capture: at most {n} characters. Give it in several parts; nothing was saved."
    ),
    "cli.cannot_read": N_("{file} cannot be read. Check the path and your rights."),
    "cli.unknown_format": N_("Unknown format: {format}. Choose docx, pdf or docx,pdf."),
    "cli.no_such_proposal": N_("There is no proposal “{name}”. Give its outgoing number or id."),
    "cli.proposal_unknown": N_("This client has no proposal “{name}”. Give its number or id."),
    "cli.template_unknown": N_(
        "There is no template “{name}”. Give a Word file or a name from the verb templates."
    ),
    "cli.dossier_of_client": N_("The dossier format is of a client: show client NAME --format dossier."),
}
