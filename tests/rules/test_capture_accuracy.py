"""How well quick capture sorts lines as people write them: Russian, English and mixed. Today is Monday, 23 November 2026.

What is expected of each line stands beside it in short: ``kind``, then whatever is known of ``@person``, ``=day`` and, for a fact or
a contact, its ``:kind``; ``?`` parts people among whom it asks, the likely one first; several results are parted by `` | ``. The share of lines that come out exactly so must not fall.
"""

from __future__ import annotations

from datetime import date

import pytest

from kamdesk.model.values import PersonName
from kamdesk.rules.capture import CapturedLine, KnownPerson, sort_lines

TODAY = date(2026, 11, 23)
PEOPLE = (
    KnownPerson("petr", PersonName("Иванов", "Пётр", "Сергеевич")),
    KnownPerson("olga", PersonName("Толстая", "Ольга", "Львовна")),
    KnownPerson("pavel", PersonName("Мельник", "Павел", "Ильич")),
    KnownPerson("oleg", PersonName("Сидоров", "Олег", "Павлович")),
    KnownPerson("vera", PersonName("Сидорова", "Вера", "Андреевна")),
    KnownPerson("serg", PersonName("Ковальский", "Сергей", "Юрьевич")),
    KnownPerson("anna", PersonName("Черных", "Анна", "Игоревна")),
    KnownPerson("elka", PersonName("Ёлкина", "Светлана", "Петровна")),
    KnownPerson("john", PersonName("Smith", "John")),
    KnownPerson("mary", PersonName("Jones", "Mary")),
)

RUSSIAN = """
Встреча с Ивановым, обещал прислать ТЗ до пятницы >> interaction:meeting@petr | promise_theirs@petr=2026-11-27
Встреча с Ивановым и Толстой, обсудили сроки >> interaction:meeting@petr,olga
Звонил Мельник, просил ускорить отгрузку >> interaction:call@pavel | next_step
Созвонились с Сидоровой, пришлёт замечания к договору во вторник >> interaction:call@vera | promise_theirs@vera=2026-11-24
Вчера встретились с Ковальским. Обещали показать цех. >> interaction:meeting@serg=2026-11-22 | promise_theirs@serg
Обед с Черных: увлекается горными лыжами >> interaction:informal@anna | fact:hobby@anna
Позвонил Ёлкиной, она согласует бюджет до 10 декабря >> interaction:call@elka | promise_theirs@elka=2026-12-10
Письмо от Иванова: просит скидку 5% >> interaction:email@petr | next_step
Встреча с Толстой в четверг в 10 >> interaction:meeting@olga=2026-11-26T10:00
Совещание с Ивановым, Мельником и Сидоровым 25.11 в 14:30 >> interaction:meeting@petr,pavel,oleg=2026-11-25T14:30
В пятницу встречались с Мельником, обещал дать доступ на площадку >> interaction:meeting@pavel=2026-11-20 | promise_theirs@pavel
Презентация для Толстой, понравилось решение по автоматике >> interaction:presentation@olga
Ездили на завод с Ковальским >> interaction:site_visit@serg
Видеозвонок с Черных, обещала назвать дату испытаний до конца недели >> interaction:video@anna | promise_theirs@anna=2026-11-27
Переговоры с Ивановым и Сидоровой: обещала прислать протокол завтра >> interaction:meeting@petr,vera | promise_theirs@vera=2026-11-24
обещали прислать ТЗ до пятницы >> promise_theirs=2026-11-27
Иванов обещал познакомить с главным инженером >> promise_theirs@petr
Обещал показать линию на следующей неделе >> promise_theirs=2026-11-30
пришлют протокол испытаний в среду >> promise_theirs=2026-11-25
Толстая согласует бюджет через две недели >> promise_theirs@olga=2026-12-07
Мельник даст ответ 15.12 >> promise_theirs@pavel=2026-12-15
Сидорова подпишет договор к 20 числу >> promise_theirs@vera=2026-12-20
Ёлкина оплатит счёт до конца месяца >> promise_theirs@elka=2026-11-30
они вернутся с ответом через неделю >> promise_theirs=2026-11-30
С них исходные данные до 1 декабря >> promise_theirs=2026-12-01
Нам обещали: пропуск на завод к четвергу >> promise_theirs=2026-11-26
Черных передаст чертежи до 15-го >> promise_theirs@anna=2026-12-15
Договорились, что они подпишут в среду >> promise_theirs=2026-11-25
Ковальский подготовит площадку до нового года >> promise_theirs@serg=2026-12-31
Пришлём расчёт до пятницы >> promise_ours=2026-11-27
пришлю Иванову каталог завтра >> promise_ours@petr=2026-11-24
Мы обещали Толстой скидку при предоплате >> promise_ours@olga
Подготовим КП через неделю >> promise_ours=2026-11-30
с нас образцы к среде >> promise_ours=2026-11-25
Я обещал перезвонить Мельнику завтра >> promise_ours@pavel=2026-11-24
За нами график поставки до 5 декабря >> promise_ours=2026-12-05
Уточню сроки у производства и сообщу Сидоровой в понедельник >> promise_ours@vera=2026-11-30
Отправим договор Ёлкиной до конца квартала >> promise_ours@elka=2026-12-31
Познакомим Ковальского с нашим технологом >> promise_ours@serg
Мы: протокол встречи сегодня >> promise_ours=2026-11-23
Договорились, что пришлём КП до 1 декабря >> promise_ours=2026-12-01
Обещали прислать ТЗ до пятницы, а мы пришлём расчёт во вторник >> promise_theirs=2026-11-27 | promise_ours=2026-11-24
Позвонить Толстой завтра >> next_step@olga=2026-11-24
Следующий шаг: встреча 5 декабря >> next_step=2026-12-05
Договорились встретиться в пятницу >> next_step=2026-11-27
Встреча в цехе в следующий вторник >> next_step=2026-12-01
Созвон с Мельником в среду >> next_step@pavel=2026-11-25
Нужно согласовать график с Ковальским до 30 ноября >> next_step@serg=2026-11-30
Запросить у Сидорова схему подключения >> next_step@oleg
Не забыть поздравить Черных с юбилеем >> next_step@anna
Подготовить смету к следующему понедельнику >> next_step=2026-11-30
в пятницу выезд на площадку >> next_step=2026-11-27
Просили показать наш завод >> next_step
Напомнить Иванову про договор послезавтра >> next_step@petr=2026-11-25
ДР Мельника 5 марта >> fact:birthday@pavel=--03-05
У Толстой день рождения 14.02 >> fact:birthday@olga=--02-14
день рождения Сидорова 03.07.1975 >> fact:birthday@oleg?vera=1975-07-03
Иванов увлекается рыбалкой >> fact:hobby@petr
Мельник болеет за «Спартак» >> fact:hobby@pavel
Ковальский играет в теннис по выходным >> fact:hobby@serg
У Черных двое детей, сын учится в Бауманке >> fact:family@anna
Жена Сидорова работает в банке >> fact:family@oleg?vera
дочь Иванова поступила в МГУ >> fact:family@petr
С Толстой не говорить о прошлом тендере >> fact:topic_avoid@olga
Ёлкина не любит, когда опаздывают >> fact:topic_avoid@elka
Ковальский раньше работал в «Векторе» >> fact:career@serg
Сидорова окончила МГТУ >> fact:education@vera
Мельник любит зелёный чай >> fact:favourite@pavel
Иванов ценит пунктуальность >> fact:values@petr
Черных обожает театр >> fact:favourite@anna
Познакомились с Сидоренко, новый главбух >> person
Новый главный энергетик — Козлов Андрей Викторович >> person
Познакомился с Анной Волковой из бухгалтерии >> person
Козлова Мария Андреевна, снабжение, kozlova@zavod.ru >> person
Вместо Петрова теперь Зайцев Илья >> person
Назначена новый финдиректор — Орлова Нина Павловна >> person
Толстая жалуется на задержку документов >> complaint@olga
Мельник недоволен упаковкой >> complaint@pavel
Претензия: две единицы пришли с браком >> complaint
Сорвали срок отгрузки по второй партии >> complaint
Ковальский ругался из-за счёта >> complaint@serg
Настроение рабочее, но осторожное >> note
Бюджет у них только в первом квартале >> note
Конкурент снизил цену на 7% >> note
Иванов и Толстая согласны с графиком >> note
Мельник в отпуске до 5 декабря >> note@pavel
"""

ENGLISH = """
Met with Smith, he promised to send the drawings by Friday >> interaction:meeting@john | promise_theirs@john=2026-11-27
Meeting with Jones at the plant, she will approve the budget by 10 December >> interaction:meeting@mary | promise_theirs@mary=2026-12-10
Called Smith, he agreed to sign next week >> interaction:call@john | promise_theirs@john=2026-11-30
Spoke to Mary Jones yesterday: she plays golf >> interaction:call@mary=2026-11-22 | fact:hobby@mary
Lunch with Jones, I'll send the estimate tomorrow >> interaction:informal@mary | promise_ours@mary=2026-11-24
Meeting with Smith next Tuesday 2pm >> interaction:meeting@john=2026-12-01T14:00
Call with Smith and Jones, discussed delivery >> interaction:call@john,mary
E-mail from Jones: asked for references >> interaction:email@mary | next_step
Visited the plant with Smith on Friday >> interaction:site_visit@john=2026-11-20
Had coffee with Jones. Her daughter studies in Leeds. >> interaction:informal@mary | fact:family@mary
they promised to send the drawings by Friday >> promise_theirs=2026-11-27
They will name a date on Tuesday >> promise_theirs=2026-11-24
Smith will sign by next Friday >> promise_theirs@john=2026-12-04
She'll introduce us to the CFO >> promise_theirs
Jones promised feedback by the 15th >> promise_theirs@mary=2026-12-15
He will pay before the end of the month >> promise_theirs=2026-11-30
They'll come back to us in two weeks >> promise_theirs=2026-12-07
Jones agreed to give access by Monday >> promise_theirs@mary=2026-11-30
We promised Smith a discount >> promise_ours@john
I'll send the estimate tomorrow >> promise_ours=2026-11-24
We will prepare a pilot plan by 15 December >> promise_ours=2026-12-15
I promised Jones to call back on Wednesday >> promise_ours@mary=2026-11-25
we agreed to send samples by Thursday >> promise_ours=2026-11-26
I’ll introduce them to our engineer >> promise_ours
They will send the spec by Friday, and we will reply by Monday >> promise_theirs=2026-11-27 | promise_ours=2026-11-30
Call Smith tomorrow >> next_step@john=2026-11-24
Next step: meeting on 5 December >> next_step=2026-12-05
Send Jones the brochure >> next_step@mary
Need to agree the schedule by Thursday >> next_step=2026-11-26
Follow up with Smith in a week >> next_step@john=2026-11-30
Schedule a demo before the end of the quarter >> next_step=2026-12-31
Smith's birthday is 5 March >> fact:birthday@john=--03-05
Jones loves skiing >> fact:hobby@mary
Smith's wife is a doctor >> fact:family@john
Don't mention the old tender to Jones >> fact:topic_avoid@mary
Smith used to work at Vector >> fact:career@john
Jones graduated from Leeds >> fact:education@mary
Smith prefers green tea >> fact:favourite@john
New chief engineer: Peter Brown >> person
Met the new buyer, Susan Clark >> person
Jane White, purchasing, jane@plant.com >> person
Jones complained about late deliveries >> complaint@mary
Smith is not happy with the packaging >> complaint@john
Mood was cautious >> note
Budget is fixed until April >> note
Competitor cut the price by 7% >> note
"""

MIXED = """
Zoom с Ивановым, they will send ТЗ by Friday >> interaction:video@petr | promise_theirs@petr=2026-11-27
Call с Smith завтра в 15:00 >> next_step@john=2026-11-24
Smith обещал прислать NDA до пятницы >> promise_theirs@john=2026-11-27
Пришлём Jones расчёт by Monday >> promise_ours@mary=2026-11-30
Lunch with Толстая: увлекается театром >> interaction:informal@olga | fact:hobby@olga
"""


def in_short(line: CapturedLine) -> str:
    """What is compared: kind, its own kind, people, day."""
    own = line.contact_kind or line.fact_kind
    people = ",".join(line.person_ids) or line.person_id or "?".join(line.choices)
    day = line.due or line.when or line.starts_at
    if line.starts_at is not None:
        midnight = (line.starts_at.hour, line.starts_at.minute) == (0, 0)
        day = line.starts_at.date() if midnight else f"{line.starts_at:%Y-%m-%dT%H:%M}"
    return f"{line.kind}{':' + own if own else ''}{'@' + people if people else ''}{'=' + str(day) if day else ''}"


def cases(table: str) -> list[tuple[str, str]]:
    """The lines of a table with what is expected of each."""
    rows = [row.partition(" >> ") for row in table.strip().splitlines()]
    return [(line, wanted) for line, _arrow, wanted in rows]


def wrong(table: str) -> list[str]:
    """The lines that come out otherwise, with what came."""
    found = []
    for line, wanted in cases(table):
        got = " | ".join(in_short(one) for one in sort_lines(line, PEOPLE, TODAY))
        if got != wanted:
            found.append(f"{line}\n    wanted {wanted}\n    got    {got}")
    return found


@pytest.mark.parametrize(
    ("table", "least", "share"),
    [(RUSSIAN, 80, 0.97), (ENGLISH, 40, 0.97), (MIXED, 5, 0.8)],
    ids=["russian", "english", "mixed"],
)
def test_the_share_of_lines_understood_does_not_fall(table: str, least: int, share: float) -> None:
    lines, failed = cases(table), wrong(table)
    assert len(lines) >= least
    assert 1 - len(failed) / len(lines) >= share, "\n".join(failed)
