"""Requisites with a mistyped digit are noticed, right ones are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kamdesk.model.messages import Message
from kamdesk.rules.requisites import (
    check_account,
    check_bik,
    check_iban,
    check_inn,
    check_kpp,
    check_ogrn,
    compact,
)


@pytest.mark.parametrize(
    ("check", "text", "code"),
    [
        (check_inn, "7707083893", None),
        (check_inn, "7707 083 893", None),
        (check_inn, "500100732259", None),
        (check_inn, "7707083894", "requisites.inn_digit"),
        (check_inn, "770708389", "requisites.inn_length"),
        (check_inn, "77070838ab", "requisites.inn_length"),
        (check_kpp, "773601001", None),
        (check_kpp, "7736AB001", None),
        (check_kpp, "77360100", "requisites.kpp"),
        (check_ogrn, "1027700132195", None),
        (check_ogrn, "1027700132196", "requisites.ogrn_digit"),
        (check_ogrn, "102770013219", "requisites.ogrn_length"),
        (check_bik, "044525225", None),
        (check_bik, "44525225", "requisites.bik"),
        (check_account, "40702810", "requisites.account_length"),
        (check_account, "GB82 WEST 1234 5698 7654 32", None),
        (check_account, "GB82 WEST 1234 5698 7654 33", "requisites.iban"),
        (check_iban, "GB82 WEST 1234 5698 7654 32", None),
        (check_iban, "GB82 WEST 1234 5698 7654 33", "requisites.iban"),
    ],
)
def test_checks(check: Callable[[str], Message | None], text: str, code: str | None) -> None:
    found = check(text)
    assert (found.code if found is not None else None) == code


@pytest.mark.parametrize("check", [check_inn, check_kpp, check_ogrn, check_bik, check_account, check_iban])
def test_an_empty_field_is_no_error(check: Callable[[str], Message | None]) -> None:
    assert check("  ") is None


def test_an_account_must_fit_its_bank() -> None:
    assert check_account("40702810938000010001") is None
    right = [
        account
        for digit in range(10)
        if check_account(account := f"40702810{digit}38000010001", "044525225") is None
    ]
    assert len(right) == 1
    wrong = check_account(f"{right[0][:-1]}2", "044525225")
    assert wrong is not None
    assert wrong.code == "requisites.account_digit"


def test_compact() -> None:
    assert compact(" 7707-083 893\u00a0") == "7707083893"
