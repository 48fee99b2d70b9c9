"""The tree of an organisation: no circles, order of siblings, what is not known; the two sets of parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kamdesk.model.values import PartialDate
from kamdesk.rules import part_sets
from kamdesk.rules.org_tree import EmptySeat, Member, below, gaps, looped, moved, would_loop
from kamdesk.translation import Translator

NODES = tuple("abcdefgh")
forests = st.dictionaries(st.sampled_from(NODES), st.none() | st.sampled_from(NODES), max_size=8)


@given(forests, st.sampled_from(NODES), st.sampled_from(NODES))
def test_a_move_that_is_allowed_never_makes_a_circle(above, what, parent) -> None:
    if looped(above) or would_loop(above, what, parent):
        return
    assert not looped({**above, what: parent})


@given(forests, st.sampled_from(NODES))
def test_circles_of_others_are_survived(above, top) -> None:
    assert looped(above) <= set(above)
    assert top not in below(above, top)


def test_nothing_stands_below_itself() -> None:
    above = {"boss": None, "head": "boss", "engineer": "head"}
    assert would_loop(above, "boss", "engineer")
    assert would_loop(above, "boss", "boss")
    assert not would_loop(above, "engineer", "boss")
    assert below(above, "boss") == {"head", "engineer"}
    assert looped({"a": "b", "b": "a", "c": "a"}) == {"a", "b"}


@given(
    st.lists(st.sampled_from(NODES), unique=True),
    st.sampled_from(NODES),
    st.integers(min_value=-9, max_value=9),
)
def test_moving_among_siblings_loses_nobody(order, what, step) -> None:
    assert sorted(moved(order, what, step)) == sorted(order)


def test_moving_stops_at_either_end() -> None:
    assert moved("abc", "b", -1) == ("b", "a", "c")
    assert moved("abc", "b", 9) == ("a", "c", "b")
    assert moved("abc", "a", -1) == ("a", "b", "c")


def member(**values) -> Member:
    """Somebody about whom everything is known."""
    told = {
        "id": "p", "name": "Иванов", "lens": "finance", "influence": 3, "stance": 3, "parts": ("decider",),
        "coverage": "several", "reachable": True,
    }  # fmt: skip
    return Member(**{**told, **values})


def codes(*members: Member, vacant=(), **values) -> list[str]:
    """The codes of the gaps."""
    return [gap.words.code for gap in gaps(members, vacant, meeting_ahead=True, **values)]


def test_somebody_known_well_leaves_no_gap() -> None:
    assert codes(member()) == []


def test_gaps_name_what_is_missing() -> None:
    assert codes() == ["gap.nobody"]
    assert codes(member(stance=None)) == ["gap.decider_stance", "gap.no_friend"]
    assert "gap.decider" in codes(member(parts=("user",)))
    assert "gap.no_finance" in codes(member(lens="technical"))
    assert codes(member(coverage="none")) == ["gap.not_met"]
    assert codes(member(coverage="none", written_to=True)) == []
    quiet = member(id="q", influence=1, coverage="none", unit_id="u", unit="Финансы")
    assert "gap.finance_not_met" in codes(quiet, member(lens="technical"))
    assert "gap.unit_not_covered" in codes(quiet, member(id="r", influence=1, coverage="none", unit_id="u"))
    assert codes(member(reachable=False)) == ["gap.contact"]
    assert codes(member(), circle="Директор", undated_deals=(("d", "Линия"),)) == [
        "gap.circle",
        "gap.deal_month",
    ]


def test_each_gap_leads_to_where_it_is_closed_and_is_said_in_both_languages() -> None:
    vacant = (EmptySeat("s", "Главный механик", PartialDate(2025, 3)), EmptySeat("t", "Юрист"))
    found = gaps(
        [
            member(stance=None, lens="", reachable=False),
            member(id="q", lens="", influence=None, reachable=False),
        ],
        vacant,
        meeting_ahead=False,
    )
    places = {gap.id: gap.place for gap in found}
    assert places["seat s"] == "decides:s"
    assert places["stance p"] == "person:p"
    assert places["meeting"] == "history:plan"
    russian = {gap.id: Translator("ru").message(gap.words) for gap in found}
    assert russian["seat s"] == "Вакантно: Главный механик (освободилось: март 2025)"
    assert russian["lens"] == "Неизвестен тип 2 участников"
    english = [Translator("en").message(gap.words) for gap in found]
    assert len(set(english)) == len(found)


GROUPS = {"decider": "classic", "user": "classic", "economic_buyer": "buyers", "champion": "for_us"}


def test_the_set_chosen_last_takes_the_other_away() -> None:
    assert part_sets.settled(("decider", "economic_buyer"), {"decider"}, GROUPS) == ("economic_buyer",)
    assert part_sets.settled(("decider", "economic_buyer"), {"economic_buyer"}, GROUPS) == ("decider",)
    kept = part_sets.settled(("champion", "decider", "economic_buyer"), {"champion", "decider"}, GROUPS)
    assert kept == ("champion", "economic_buyer")
    assert part_sets.settled(("decider", "economic_buyer"), set(), GROUPS) is None
    assert part_sets.settled(("decider", "own_code", "decider"), set(), GROUPS) == ("decider", "own_code")


@given(st.lists(st.sampled_from(sorted(GROUPS))), st.sets(st.sampled_from(sorted(GROUPS))))
def test_never_both_sets_at_once(codes, known) -> None:
    held = part_sets.settled(codes, known, GROUPS)
    if held is not None:
        assert len({GROUPS[code] for code in held} - {"for_us"}) < 2
        assert set(held) <= set(codes)


def test_only_the_chosen_set_is_offered() -> None:
    assert part_sets.offered(tuple(GROUPS), GROUPS, "parts") == ("decider", "user", "champion")
    assert part_sets.offered(tuple(GROUPS), GROUPS, "buyers") == ("economic_buyer", "champion")
