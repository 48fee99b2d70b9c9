"""Columns are wide enough for their longest word wherever the page has the room."""

from __future__ import annotations

from kamdesk.documents.columns import by_shares, fitted, fitted_in, most_lines

_PAGE = 9638  # 170 mm in twips


def test_a_narrow_column_takes_the_room_its_word_needs_from_the_roomy_ones() -> None:
    rows = [("1", "Насос", "станция", "1"), ("2", "Монтаж", "шт.", "12")]
    widths = fitted((0.06, 0.75, 0.05, 0.14), _PAGE, rows, ("№", "Наименование", "Ед.", "Кол-во"), [], 19)
    plain = by_shares((0.06, 0.75, 0.05, 0.14), _PAGE)
    assert sum(widths) == _PAGE
    assert widths[2] >= 7 * 0.5 * 190 + 180 > plain[2]
    assert widths[1] < plain[1]


def test_an_e_mail_and_an_amount_with_no_break_spaces_are_words() -> None:
    rows = [("Иван Петров", "polyakova@zarechny-karton.example", "36\u00a0592\u00a0924,00")]
    widths = fitted((0.8, 0.1, 0.1), _PAGE, rows, ("", "", ""), [], 19)
    assert widths[1] > 33 * 0.45 * 190
    assert widths[2] > 13 * 0.4 * 190


def test_what_fits_stays_and_what_cannot_fit_stays_too() -> None:
    assert fitted((0.5, 0.5), _PAGE, [("да", "нет")], (), [], 19) == by_shares((0.5, 0.5), _PAGE)
    endless = [("щ" * 200, "щ" * 200)]
    assert fitted((0.4, 0.6), _PAGE, endless, (), [], 19) == by_shares((0.4, 0.6), _PAGE)


def test_the_bold_head_and_sums_are_measured() -> None:
    widths = fitted((0.95, 0.05), _PAGE, [("a", "1")], ("Item", "Discount"), [("", "1,850,104.50")], 19)
    assert widths[1] > 12 * 0.5 * 190
    assert (
        fitted((0.95, 0.05), _PAGE, [], ("Item", "Discount"), [], 19)[1] > by_shares((0.95, 0.05), _PAGE)[1]
    )


def test_room_that_figures_do_not_need_goes_to_texts_of_many_lines() -> None:
    name = "Блок системы рекуперации отходящих газов нагревательной печи с местным щитом"
    rows = [(str(n), name, "компл.", "100,00") for n in range(3)]
    shares, head = (0.1, 0.4, 0.2, 0.3), ("№", "Наименование", "Ед.", "Сумма")
    widths, place = fitted_in(shares, _PAGE, rows, head, [], (19,))
    plain = by_shares(shares, _PAGE)
    assert place == 0 and sum(widths) == _PAGE
    assert widths[1] > 1.4 * plain[1] and widths[3] < plain[3]
    assert most_lines(rows[0], widths, 19) < most_lines(rows[0], plain, 19)
    assert fitted(shares, _PAGE, rows, head, [], 19) == plain, "tables one under the other stay in line"


def test_figures_that_fit_in_no_column_get_smaller_letters_rather_than_two_lines() -> None:
    figures = tuple(f"−{n}\u00a0105\u00a0000\u00a0000" for n in range(1, 8))
    sizes = (19, 18, 17, 16, 15)
    widths, place = fitted_in((1,) * 8, _PAGE, [("Эффект", *figures)], (), [], sizes)
    assert place > 0
    assert (
        widths == fitted((1,) * 8, _PAGE, [("Эффект", *figures)], (), [], sizes[place])
        or sum(widths) == _PAGE
    )
    endless = fitted_in((1, 1), _PAGE, [("щ" * 300, "щ" * 300)], (), [], sizes)
    assert endless == (by_shares((1, 1), _PAGE), 0)
