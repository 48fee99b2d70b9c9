"""Whose initiative a line of quick capture tells of."""

from __future__ import annotations

import pytest

from kamdesk.rules.capture_initiative import initiative_of


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("Звонил Иванову, не дозвонился", "ours"),
        ("Иванов позвонил нам сам", "theirs"),
        ("Письмо от Иванова: просит отсрочку", "theirs"),
        ("Получила письмо от Ёлкиной", "theirs"),
        ("Отправила письмо Иванову", "ours"),
        ("Встреча с Ивановым", ""),
        ("Позвонил Иванову, договорились на среду", ""),
        ("Called Smith, no answer", "ours"),
        ("Smith called us about the terms", "theirs"),
        ("Received an e-mail from Smith", "theirs"),
        ("Sent an email to Smith", "ours"),
        ("Met Smith at the plant", ""),
    ],
)
def test_words_say_whose_it_was(text: str, initiative: str) -> None:
    assert initiative_of(text) == initiative
