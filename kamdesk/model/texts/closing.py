"""English texts of what follows a sending: steps, needles, verdicts, concessions."""

from __future__ import annotations

from kamdesk.model.messages import N_, P_, Plural

TEXTS: dict[str, str | Plural] = {
    "closing.done": N_("Step after sending done: {step}"),
    "closing.skip": N_("Step after sending not needed: {step}"),
    "closing.move": N_("Step after sending moved: {step}"),
    "closing.reopen": N_("Step after sending open again: {step}"),
    "closing.result": N_("Edit the result of a step: {step}"),
    "closing.plan": N_("Next contact planned: {name}"),
    "closing.touch": N_("Contact about the proposal: {name}"),
    "closing.begin": N_("Begin the steps after sending: {name}"),
    "closing.not_sent": N_(
        "This proposal has not been sent. Record the sending first: the steps begin with it."
    ),
    "closing.past": N_("Choose today or a later day."),
    "closing.part.idle": P_(
        "{n} day without a next step (working days: {days})",
        "{n} days without a next step (working days: {days})",
    ),
    "closing.part.late": P_("{step}: {n} day late", "{step}: {n} days late"),
    "closing.part.touches": P_("{n} touch without an answer", "{n} touches without an answer"),
    "closing.part.concessions": P_(
        "{n} concession with nothing in return", "{n} concessions with nothing in return"
    ),
    "closing.part.nothing": N_("Nothing speaks for it"),
    "closing.points": N_("{why}: +{points}"),
    "closing.why.closed": N_("The client does not have this proposal to decide about."),
    "closing.why.agreed_today": N_("It is agreed for today."),
    "closing.why.needy": P_(
        "Neediness is at {value}: {n} touch without an answer. Another call would only ask for attention.",
        "Neediness is at {value}: {n} touches without an answer. Another call would only ask for attention.",
    ),
    "closing.why.weekend": N_("It is the weekend."),
    "closing.why.touched_today": N_("You were in touch today. Let them answer."),
    "closing.why.sent_today": N_("It was sent today. Let them read it."),
    "closing.why.one_message": P_(
        "{n} touch is without an answer. One message with something new for them, and no question in it.",
        "{n} touches are without an answer. One message with something new for them, and no question in it.",
    ),
    "closing.why.receipt": N_("Nobody has confirmed that it arrived."),
    "closing.why.agreed": N_("The next talk is agreed for {date}."),
    "closing.why.next_date": N_("The next contact is set for {date}, and no step is due before."),
    "closing.why.promised_today": N_("The next contact is set for today."),
    "closing.why.idle": N_(
        "Indifference is at {value}: nothing is agreed, and they may think we do not care."
    ),
    "closing.why.no_date": N_("Nothing is agreed. End the next talk with a day and an hour."),
    "closing.why.step": N_("Due: {step}."),
    "closing.verdict.call": N_("Call today. {why}"),
    "closing.verdict.write": N_("Write today. {why}"),
    "closing.verdict.hold": N_("Do not call today. {why}"),
    "closing.verdict.hold_until": N_("Do not call today, nor before {date}. {why}"),
    "closing.verdict.wait": N_("Wait for the agreed day. {why}"),
    "closing.verdict.ask": N_("Ask for a step with a date. {why}"),
    "closing.verdict.closed": N_("Nothing to do. {why}"),
    "cli.needle.indifference": N_("Indifference: {value} of 100, the limit is {limit}"),
    "cli.needle.neediness": N_("Neediness: {value} of 100, the limit is {limit}"),
    "cli.no_step": N_("Name one of the open steps with --step: receipt, next_steps, urgency, dated."),
    "agenda.why.closing": N_("After sending: {step}, {when}. {verdict}"),
    "agenda.why.closing_hold": N_("{verdict}"),
    "concession.add": N_("Add a concession: {name}"),
    "concession.edit": N_("Edit a concession: {name}"),
    "concession.empty": N_("Write what was given: a few words are enough."),
    "concession.negative": N_(
        "Amounts are written without a minus: what it costs us, and what it is worth to us."
    ),
    "concession.other_client": N_("This deal or proposal belongs to another client."),
    "concession.no_drop": N_("The total has not fallen since the sending: there is nothing to record."),
    "concession.nothing_got": N_("Given for nothing: “{given}”. Ask for something in return."),
}
