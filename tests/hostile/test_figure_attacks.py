"""Figures that nobody has: offers and benefits of absurd size, discounts above the whole, flows made to search for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kamdesk.bootstrap import Workplace
from kamdesk.documents.language import numbers
from kamdesk.model.inputs import BenefitData, BenefitLine, OfferLine
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Proposal
from kamdesk.model.values import Money
from kamdesk.rules import benefit, offer, sensitivity
from kamdesk.services.proposal_views import OfferRow

D = Decimal
LARGEST = D(10) ** 15 - 1


@pytest.fixture
def demo(tmp_path: Path, demo_copy: Callable[[Path, str], Workplace]) -> Iterator[Workplace]:
    place = demo_copy(tmp_path / "vault", "ru")
    yield place
    place.close()


@pytest.fixture
def proposal(demo: Workplace) -> str:
    return demo.proposals.list()[0].id


@pytest.fixture
def row(demo: Workplace, proposal: str) -> OfferRow:
    return demo.proposals.page(proposal).offer[0]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"quantity": D("1e30")}, "record.too_large"),
        ({"price": D(10) ** 15}, "record.too_large"),
        ({"price": D("0." + "1" * 3000)}, "record.too_large"),
        ({"price": D("NaN")}, "record.wrong_kind"),
        ({"discount": D("-Infinity")}, "record.wrong_kind"),
        ({"quantity": LARGEST, "price": LARGEST}, "proposal.total_too_large"),
    ],
)
def test_an_absurd_line_is_refused_and_nothing_changes(
    demo: Workplace, proposal: str, row: OfferRow, values: dict[str, Decimal], code: str
) -> None:
    """A quantity and a price of eighteen digits each ended in a traceback."""
    before = demo.proposals.page(proposal)
    with pytest.raises(KamdeskError) as told:
        demo.proposals.save_offer(proposal, [replace(row, **values)])
    assert told.value.message.code == code
    after = demo.proposals.page(proposal)
    assert (after.offer, after.totals) == (before.offer, before.totals)


@pytest.mark.parametrize(
    "amounts", [(D("NaN"), D(1)), (D("-1e15"), D(1)), (D(-5), *[D(1)] * 5000), ("5", D(1)), (5, D(1))]
)
def test_an_absurd_benefit_is_refused(demo: Workplace, proposal: str, amounts: tuple) -> None:
    """NaN was stored, and the page of the proposal could not be opened any more; 5,000 periods took the worker 20 s."""
    line = demo.proposals.page(proposal).benefit[0]
    with pytest.raises(KamdeskError, match=r"record\.(wrong_kind|too_large|too_many)"):
        demo.proposals.save_benefit(proposal, [replace(line, amounts=amounts)])
    assert demo.proposals.page(proposal).benefit_result is not None


@pytest.mark.parametrize("rate", ["-100", "-100.5", "-1e14"])
def test_a_rate_that_nobody_can_type_leaves_the_page_open(demo: Workplace, proposal: str, rate: str) -> None:
    """A dossier brought it: page, documents and the batch ended in a traceback, and nowhere could it be mended."""

    def bring(session: Session) -> None:
        row = session.get(Proposal, proposal)
        assert row is not None
        row.discount_rate = D(rate)

    demo.store.write("record.add", {"noun": "", "name": ""}, bring)
    assert demo.proposals.page(proposal).benefit_result is not None
    assert demo.generation.preview(proposal).docx
    demo.proposals.edit(proposal, {"discount_rate": D(12)})


def test_a_rate_below_nothing_divides_by_nothing_nowhere(
    demo: Workplace, proposal: str, row: OfferRow
) -> None:
    demo.proposals.edit(proposal, {"vat_mode": "included"})
    demo.proposals.save_offer(proposal, [replace(row, vat=D(-100))])
    totals = demo.proposals.page(proposal).totals
    assert (totals.vat, totals.net) == (0, totals.gross)


@pytest.mark.parametrize("mode", ["on_top", "included", "none"])
def test_offers_of_any_size_add_up(mode: str) -> None:
    line = OfferLine("x", quantity=LARGEST, price=LARGEST, vat=D(20), discount=D("33.3"))
    large = offer.totals([line] * 100, mode)
    assert numbers.number(large.gross, "ru", 2)
    assert Money(large.gross).rounded().amount == large.gross
    assert offer.shown(large.gross, "1000000") > 0
    paid = offer.payments(large.gross, [D(50), D(50), None])
    with localcontext() as context:
        context.prec = 60
        assert large.net + large.vat == large.gross
        assert sum(one for one in paid if one is not None) == large.gross


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ([OfferLine("x", price=D(5), discount=D(100))], offer.NO_DISCOUNT),
        ([OfferLine("x", price=D(5), quantity=D(0))], offer.WholeDiscount(D(5), "amount")),
        ([OfferLine("x", price=D(5))] * 3, offer.WholeDiscount(D("1e30"), "amount")),
        ([OfferLine("x", price=D(5))] * 3, offer.WholeDiscount(D("1e30"), "percent")),
        ([OfferLine("x", price=D(-5)), OfferLine("y", price=D(5))], offer.WholeDiscount(D(5), "amount")),
    ],
)
def test_no_discount_takes_more_than_there_is(lines: list[OfferLine], whole: offer.WholeDiscount) -> None:
    assert offer.totals(lines, "on_top", discount=whole).gross == 0


FLOWS = {
    "a thousandth of a kopeck against a fortune": ["-1e15", "1e-12"],
    "a fortune for nothing": ["-1e-12", "1e15"],
    "far away": ["-1e-12", *["0"] * 598, "1e15"],
    "far away and too little": ["-1e15", *["0"] * 598, "1e-12"],
    "to and fro": ["-1", "1"] * 300,
    "to and fro from income": ["1", "-1"] * 300,
    "nothing": ["0"] * 600,
    "loss at the end": ["1"] * 599 + ["-1e15"],
}


@pytest.mark.parametrize("name", FLOWS)
@pytest.mark.parametrize("rate", ["0", "-99.999999", "1000000000000000"])
def test_every_flow_ends_with_an_answer(name: str, rate: str) -> None:
    flow = [D(one) for one in FLOWS[name]]
    plus = BenefitLine("in", "income", tuple(max(one, D(0)) for one in flow), spread=D(50))
    minus = BenefitLine("out", "investment", tuple(max(-one, D(0)) for one in flow))
    data = BenefitData((plus, minus), "month", D(rate))
    found = benefit.evaluate(data)
    assert found.irr is None or found.irr >= -100
    assert len(sensitivity.analyse(data).swings) <= 1
