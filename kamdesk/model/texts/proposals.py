"""Proposals: names of steps and problems."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "proposal.start": N_("Start a proposal: {name}"),
    "proposal.new_version": N_("New version of “{name}” from version {n}"),
    "proposal.version_waits": N_("Version {n} is a draft already. Go on with it, or delete it first."),
    "proposal.prolong": N_("“{name}” holds until {date}"),
    "proposal.prolong_past": N_("{date} is over. Choose a day that is still ahead."),
    "proposal.prolong_reason": N_("Say why it holds longer: the reason stands in the document."),
    "proposal.is_over": N_(
        "It was valid until {date} and nobody has decided yet. Prolong it with a reason, or put it down as expired."
    ),
    "proposal.was_expired": N_("It was put down as expired. Prolong it to go on with the client."),
    "proposal.is_superseded": N_("A newer version has taken its place."),
    "proposal.edit": N_("Edit the proposal “{name}”"),
    "proposal.take_number": N_("Number of the proposal “{name}”"),
    "proposal.save_offer": N_("Offer and prices: “{name}”"),
    "proposal.save_benefit": N_("Economic effect: “{name}”"),
    "proposal.save_assumptions": N_("Assumptions: “{name}”"),
    "proposal.save_stages": N_("Schedule: “{name}”"),
    "proposal.set_readers": N_("Readers: “{name}”"),
    "proposal.set_reader_lens": N_("Type of stakeholder in this proposal: {reader}"),
    "proposal.set_separate": N_("Separate variant: {reader}"),
    "proposal.write_argument": N_("New argument for {reader}"),
    "proposal.write_arguments": P_("{n} new argument for {reader}", "{n} new arguments for {reader}"),
    "proposal.pin_several": P_("Take {n} argument for {reader}", "Take {n} arguments for {reader}"),
    "proposal.pin": N_("Pin an argument for {reader}"),
    "proposal.drop": N_("Drop an argument for {reader}"),
    "proposal.move": N_("Move an argument for {reader}"),
    "proposal.reword": N_("Reword an argument for {reader}"),
    "proposal.reword_library": N_("Reword an argument in the library"),
    "proposal.set_cases": N_("Projects: “{name}”"),
    "proposal.set_recommenders": N_("Recommenders: “{name}”"),
    "proposal.set_team": N_("Prepared by: “{name}”"),
    "proposal.set_status": N_("Status of “{name}”: {status}"),
    "proposal.set_statuses": P_("Status of {n} proposal: {status}", "Status of {n} proposals: {status}"),
    "proposal.generate": P_("Make {n} document: “{name}”", "Make {n} documents: “{name}”"),
    "proposal.take_back": N_("Changes made in Word: {name}"),
    "proposal.use_version": N_("Use version {version}: {name}"),
    "proposal.send": N_("Sent: “{name}”"),
    "proposal.attach_sent": N_("Keep the sent file: {name}"),
    "check.other_client": N_(
        "{field}: “{words}” is of {client}, for whom this was written. It says: “{around}”"
    ),
    "check.other_discount": N_(
        "The discounts are those that were given to {client}. Decide anew which ones this client gets."
    ),
    "check.argument_of_other": N_(
        "“{text}” names {words}: that is of {client}. Leave it out here, or reword it for this proposal."
    ),
    "check.template_lacks": N_("The template “{name}” has no place for the mandatory block “{block}”."),
    "proposal.total_too_large": N_(
        "The offer comes to more than can be counted. Check quantities and prices: one of them has too many digits."
    ),
    "proposal.argument_empty": N_("The argument is empty. Type a sentence."),
    "proposal.case_not_quotable": N_(
        "We may not quote “{name}”. Ask the client, then tick “We may quote it”."
    ),
    "proposal.recommender_refused": N_("{name} cannot be named: {why}"),
    "proposal.no_readers": N_("The proposal has no readers yet. Choose at least one on the step “Readers”."),
    "proposal.no_reader_of_type": N_("Nobody among the readers is of this type: {lens}."),
    "proposal.not_addressed": N_("Not addressed, since no type is set for them: {names}. Add them below."),
    "proposal.not_addressed_more": N_(
        "Not addressed, since no type is set for them: {names} and {n} more. Add them below."
    ),
    "proposal.some_not_addressed": N_("Somebody of the client is not addressed: no type is set for them."),
    "proposal.nothing_to_send": N_("There is no document to send yet. Make the documents first."),
    "proposal.needs_next_date": N_(
        "Say when you will get in touch next: a sent proposal never stands without a date."
    ),
    "generation.made": N_("Made: {name}"),
    "generation.renumbered": N_("The proposal got the number {number} meanwhile. Make the documents again."),
    "generation.cancelled": N_("Cancelled. No document was changed."),
    "document.edited_stands": N_(
        "“{name}” was edited in Word (version {version}); a newer version was made since. "
        "Compare them and choose which one goes out."
    ),
    "document.edited_older": N_(
        "“{name}” holds earlier data: version {version} was edited in Word before the last changes of the proposal. "
        "Compare the versions and choose one."
    ),
    "document.not_made": N_("This document has no {format} file. Make the documents again."),
    "document.folder_unwritable": N_(
        "The folder {folder} cannot be written: {reason}. Choose another folder."
    ),
    "document.no_program": N_(
        "This computer has no program for Word files. Install Word, LibreOffice or R7-Office, or save the file elsewhere. It lies in {folder}."
    ),
    "document.file_busy": N_("{file} is open in another program. Close it there, or choose another folder."),
}
