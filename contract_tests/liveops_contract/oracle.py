"""A few rules judged once more, written by hand: no pattern, no schema, no library, so that the eye can check them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

Json = Any
SKU_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.–"
LONGEST_SKU = 255
HOURS = tuple(f"{hour:02}" for hour in range(24))
MINUTES = tuple(f"{minute:02}" for minute in range(60))


class Verdict(Enum):
    """What has to become of a request."""

    FITS = "it fits the description"
    WRONG_SHAPE = "it is refused with 422 and code 1102"
    NOT_JSON = "it is refused with 400"


def is_sku(value: Json) -> bool:
    """One to 255 of 66 letters: Latin letters, digits, underscore, hyphen, full stop, en dash."""
    if not isinstance(value, str):
        return False
    return 1 <= len(value) <= LONGEST_SKU and all(letter in SKU_LETTERS for letter in value)


def is_whole(value: Json, least: int, most: int) -> bool:
    """A whole number within bounds. JSON knows one kind of number: 7.0 is 7. A boolean is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return value == value // 1 and least <= value <= most


def is_day_of_week(value: Json) -> bool:
    """1 is Monday, 7 is Sunday."""
    return is_whole(value, 1, 7)


def is_day_of_month(value: Json) -> bool:
    """1 to 31."""
    return is_whole(value, 1, 31)


def is_reset_time(value: Json) -> bool:
    """A full hour and an offset in hours and minutes, as in 01:00:00+08:00."""
    if not isinstance(value, str) or len(value) != 14:
        return False
    hour, full, sign, offset_hour, colon, offset_minute = (
        value[0:2], value[2:8], value[8], value[9:11], value[11], value[12:14]
    )  # fmt: skip
    return (
        hour in HOURS
        and full == ":00:00"
        and sign in ("+", "-")
        and offset_hour in HOURS
        and colon == ":"
        and offset_minute in MINUTES
    )


def is_offer_schedule(value: Json) -> bool:
    """Null for never, or hourly and nothing else, or weekly and monthly with their day and hour."""
    if not isinstance(value, dict):
        return value is None
    kind, keys = value.get("interval_type"), sorted(value)
    if kind == "hourly":
        return keys == ["interval_type"]
    if kind == "weekly":
        return (
            keys == ["day_of_week", "interval_type", "time"]
            and is_day_of_week(value["day_of_week"])
            and is_reset_time(value["time"])
        )
    if kind == "monthly":
        return (
            keys == ["day_of_month", "interval_type", "time"]
            and is_day_of_month(value["day_of_month"])
            and is_reset_time(value["time"])
        )
    return False


@dataclass(frozen=True)
class Rule:
    """A rule by its schema in the description, with values on both sides of it as they stand in a body, raw."""

    name: str
    schema: str
    judge: Callable[[Json], bool]
    fitting: tuple[str, ...]
    unfitting: tuple[str, ...]

    def verdict(self, raw: str) -> Verdict:
        """What has to become of a request with this raw value in the place."""
        value = json.loads(raw)
        if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            return Verdict.NOT_JSON
        return Verdict.FITS if self.judge(value) else Verdict.WRONG_SHAPE


# Types that are never right where a text or a number is asked for, and halves of surrogate pairs, which no UTF-8 can say.
NO_TEXTS = ("null", "true", "false", "7", "7.5", "[]", "{}", '["a"]', '{"a":1}')
NO_NUMBERS = ("null", "true", "false", '"7"', '"1"', '""', "[]", "{}", "[1]", '{"1":1}', '"7.0"', '"٧"', '"seven"')
BROKEN_TEXTS = ('"\\ud800"', '"a\\udfff"', '"\\udc00\\ud800"')

SKU = Rule(
    "SKU",
    "Sku",
    is_sku,
    (
        '"a"', '"Z"', '"0"', '"9"', '"_"', '"-"', '"."', '"–"', '"\\u2013"', '"--"', '".."', '"a-b_c.d–e"', '"com.xsolla.item_1"',
        f'"{"a" * 254}"', f'"{"a" * 255}"', f'"{"–" * 255}"', '"null"', '"7"', '"\\u0061"',
    ),
    (
        '""', '" "', '" a"', '"a "', '"a b"', '"a\\n"', '"\\na"', '"a\\r\\n"', '"a\\t"', '"a\\u0000"', '"\\u0000"',
        '"a/b"', '"a\\\\b"', '"a+b"', '"a:b"', '"a@b"', '"a[b"', '"a^b"', '"a`b"', '"a{b"', '"a,b"', '"a\\"b"', '"a%20b"',
        '"é"', '"ä"', '"ß"', '"я"', '"日"', '"٣"', '"３"', '"Ａ"', '"ａ"', '"\\u212a"', '"ſ"', '"ı"', '"😀"',
        '"a\\ud83d\\ude00"', '"a\\u0301"', '"a\\u200b"', '"\\ufeffa"', '"a\\u2028"', '"a\\u0085"',
        '"—"', '"−"', '"‐"', '"‑"', '"‒"', '"―"', '"－"', '"＿"', '"．"', '"。"',
        f'"{"a" * 256}"', f'"{"–" * 256}"', f'"{"a" * 255}\\n"', *NO_TEXTS, *BROKEN_TEXTS,
    ),
)  # fmt: skip
DAY_OF_WEEK = Rule(
    "day of the week",
    "DayOfWeek",
    is_day_of_week,
    ("1", "2", "6", "7", "1.0", "7.0", "7.000", "1e0", "1E0", "7e0", "0.7e1", "70e-1", "10e-1"),
    (
        "0", "-0", "-1", "8", "-7", "0.0", "8.0", "-1.0", "7.5", "6.999", "0.5", "1.0000001", "7.0000001", "1e1", "1e-1", "7e1",
        "2147483648", "9223372036854775808", "18446744073709551616", "1" + "0" * 30, "-1" + "0" * 30, "1e300", *NO_NUMBERS,
        *BROKEN_TEXTS,
    ),
)  # fmt: skip
DAY_OF_MONTH = Rule(
    "day of the month",
    "DayOfMonth",
    is_day_of_month,
    ("1", "2", "28", "29", "30", "31", "1.0", "31.0", "1e1", "3.1e1", "310e-1", "2E1", "2e+1"),
    (
        "0", "-0", "-1", "32", "-31", "0.0", "32.0", "30.5", "31.0000001", "0.9", "3.2e1", "1e2", "310", "31e1", "2147483648",
        "9223372036854775808", "18446744073709551616", "1" + "0" * 30, "-1" + "0" * 30, "1e300", '"31"', *NO_NUMBERS,
        *BROKEN_TEXTS,
    ),
)  # fmt: skip
RESET_TIME = Rule(
    "reset time",
    "ResetTime",
    is_reset_time,
    (
        '"00:00:00+00:00"', '"00:00:00-00:00"', '"01:00:00+08:00"', '"09:00:00+05:45"', '"19:00:00-03:30"', '"20:00:00+14:00"',
        '"23:00:00-12:00"', '"23:00:00+23:59"', '"23:00:00-23:59"', '"10:00:00+00:59"', '"10\\u003a00:00\\u002b00:00"',
    ),
    (
        '""', '"01:00"', '"01:00:00"', '"01:00:00Z"', '"01:00:00z"', '"01:00:00 Z"', '"01:30:00+08:00"', '"01:00:30+08:00"',
        '"01:00:01+00:00"', '"24:00:00+00:00"', '"25:00:00+00:00"', '"24:00:00"', '"29:00:00+00:00"', '"30:00:00+00:00"',
        '"1:00:00+08:00"', '"001:00:00+08:00"', '"01:00:00+24:00"', '"01:00:00+8:00"', '"01:00:00+0800"', '"01:00:00+08"',
        '"01:00:00+08:60"', '"01:00:00+08:0"', '"01:00:00+08:000"', '"01:00:00+30:00"', '"01:00:00+99:99"', '"01:00:00±08:00"',
        '"01:00:00 08:00"', '"01:00:00–08:00"', '"01:00:00−08:00"', '"01:00:00—08:00"', '"01:00:00－08:00"', '"01:00:00＋08:00"',
        '"٠1:00:00+08:00"', '"0٣:00:00+08:00"', '"０１:00:00+08:00"', '"01：00：00+08：00"', '"01:00:00+0８:00"',
        '"01:00:00+08:٠٠"',
        '"01:00:00+08:00\\n"', '"\\n01:00:00+08:00"', '" 01:00:00+08:00"', '"01:00:00+08:00 "', '"01:00:00+08:00\\u0000"',
        '"01.00.00+08.00"', '"01-00-00+08-00"', '"T01:00:00+08:00"', '"01:00:00.0+08:00"', '"2030-01-02T01:00:00+08:00"',
        '"x01:00:00+08:00x"', '"01:00:00+08:00+08:00"', '"😀1:00:00+08:00"', '"aa:00:00+08:00"', "36000", "3600.0",
        *NO_TEXTS, *BROKEN_TEXTS,
    ),
)  # fmt: skip
OFFER_SCHEDULE = Rule(
    "schedule of an offer chain",
    "OfferScheduleOrNull",
    is_offer_schedule,
    (
        "null", '{"interval_type":"hourly"}', '{"interval_type":"weekly","day_of_week":7,"time":"23:00:00-12:00"}',
        '{"time":"00:00:00+00:00","day_of_month":31,"interval_type":"monthly"}',
    ),
    (
        "{}", '"hourly"', '["hourly"]', "1", "true", '{"interval_type":null}', '{"interval_type":"HOURLY"}',
        '{"interval_type":"daily"}', '{"interval_type":"hourly "}', '{"interval_type":"hour"}', '{"type":"hourly"}',
        '{"interval_type":"hourly","hours":1}',
        '{"interval_type":"hourly","time":"01:00:00+08:00"}', '{"interval_type":"hourly","time":null}',
        '{"interval_type":"hourly","day_of_week":1}', '{"interval_type":"hourly","day_of_month":null}',
        '{"interval_type":"weekly"}', '{"interval_type":"weekly","day_of_week":1}',
        '{"interval_type":"weekly","time":"01:00:00+08:00"}',
        '{"interval_type":"weekly","day_of_month":1,"time":"01:00:00+08:00"}',
        '{"interval_type":"weekly","day_of_week":1,"day_of_month":1,"time":"01:00:00+08:00"}',
        '{"interval_type":"monthly","day_of_week":1,"time":"01:00:00+08:00"}', '{"interval_type":"monthly","day_of_month":1}',
        '{"interval_type":"monthly","day_of_month":0,"time":"01:00:00+08:00"}',
        '{"interval_type":"weekly","day_of_week":1,"time":"01:30:00+08:00"}',
    ),
)  # fmt: skip
RULES = (SKU, DAY_OF_WEEK, DAY_OF_MONTH, RESET_TIME, OFFER_SCHEDULE)
