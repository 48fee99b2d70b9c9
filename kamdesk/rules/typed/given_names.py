"""Common given names: to tell «Пётр Иванов» from «Иванов Пётр», and the gender where the name leaves no doubt.

Names borne by both (Саша, Женя, Валя, Kim, Alex) are left out on purpose.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_MALE: Final = """
Абрам Адам Азат Айдар Айрат Алан Александр Алексей Али Алмаз Альберт Анатолий Андрей Антон Аркадий Армен Арсений Артём Артур Архип Аскар Афанасий Ахмед
Богдан Борис Булат Вадим Валентин Валерий Василий Вениамин Виктор Виталий Влад Владимир Владислав Владлен Всеволод Вячеслав Гавриил Гарри Геннадий Георгий Герман Глеб
Григорий Давид Даниил Данил Данила Дамир Демьян Денис Джон Джордж Дмитрий Евгений Егор Ефим Захар Ибрагим Иван Игнат Игорь Ильдар Илья Ильнур Иннокентий Иосиф Карл Карен
Ким Кирилл Клаус Клим Константин Кузьма Лев Леонид Леонтий Магомед Майкл Макар Макс Максим Марат Марк Мартин Матвей Мирон Михаил Михаэль Мурат Мустафа Назар Наиль Никита
Николай Олег Остап Павел Пауль Петер Питер Пётр Платон Потап Прохор Рамиль Расул Ратмир Рафаэль Ренат Ринат Ричард Роберт Родион Роман Ростислав Рубен Руслан Рустам Савва Савелий Самвел
Святослав Семён Сергей Спартак Станислав Степан Стефан Тагир Тарас Тимофей Тимур Тигран Тихон Томас Трофим Фарид Фёдор Феликс Филипп Хасан Харитон Ханс Чарльз Шамиль Эдгар Эдуард Эльдар Эмиль Эрик Эрнест
Юлиан Юрген Юрий Яков Ян Ярослав
Adam Albert Alexander Alexei Alexey Andreas Andrew Andrey Anthony Anton Arthur Benjamin Boris Brian Charles Christian Christopher Daniel David Denis Dmitri Dmitry Donald Edward Eric Eugene
Frank Fred George Gregory Hans Harry Henry Igor Ivan Jack Jacob James Jason John Jonathan Joseph Juan Karl Keith Kevin Klaus Konstantin Lars Louis Luke Mark Martin Matthew Maxim Michael Mikhail Mohammed
Nicholas Nikolai Oleg Oliver Oscar Patrick Paul Pavel Peter Philip Richard Robert Roger Ronald Sergei Sergey Simon Stephen Steven Stuart Thomas Timothy Victor Vladimir Walter William Wolfgang Yuri
"""

_FEMALE: Final = """
Ада Аделина Айгуль Аида Алевтина Александра Алина Алиса Алла Альбина Альфия Амина Анастасия Ангелина Анжела Анжелика Анна Антонина Анфиса Ариадна Арина Асия Белла Валентина Валерия Варвара Василиса
Венера Вера Вероника Виктория Виолетта Галина Гульнара Гюзель Дарина Дарья Джейн Диана Дина Динара Ева Евгения Евдокия Екатерина Елена Елизавета Жанна Забава Зарина Зинаида Злата Зоя Зульфия
Изабелла Инга Инна Ирина Ия Камилла Капитолина Карина Каролина Катерина Кира Клавдия Клара Кристина Ксения Лада Лариса Лейла Лена Лиана Лидия Лилия Лина Лия Людмила Майя Маргарита Марианна Марина Мария Марта Марьям
Милана Милена Мэри Надежда Наиля Наталия Наталья Нелли Ника Нина Нинель Нона Оксана Олеся Ольга Полина Прасковья Раиса Регина Рената Римма Роза Роксана Румия Руслана Сабина Светлана Серафима Снежана Софья София Стелла Сусанна
Таисия Тамара Татьяна Ульяна Фаина Фатима Фёкла Эвелина Элеонора Элина Элла Эльвира Эльмира Эмилия Эмма Эсфирь Юлия Яна Ярослава Ясмина
Alice Amanda Angela Anna Anne Barbara Betty Carol Caroline Catherine Charlotte Christine Claire Deborah Diana Donna Dorothy Elena Elizabeth Ellen Emily Emma Ekaterina Fiona Frances Galina Grace Hannah Helen
Helga Ingrid Irina Jane Janet Jennifer Jessica Joan Julia Julie Karen Kate Katherine Laura Linda Lisa Lucy Ludmila Margaret Maria Marina Martha Mary Michelle Monica Nancy Natalia Nicole Olga Pamela Patricia Rachel
Rebecca Rosa Ruth Sandra Sarah Sharon Sophia Sophie Susan Svetlana Tatiana Teresa Ursula Veronica Victoria Virginia
"""


def folded(name: str) -> str:
    """For comparison: case and ё aside."""
    return name.casefold().replace("ё", "е")


@cache
def given_names() -> dict[str, str]:
    """Folded given name → "m" or "f"."""
    return {
        folded(name): gender for names, gender in ((_MALE, "m"), (_FEMALE, "f")) for name in names.split()
    }
