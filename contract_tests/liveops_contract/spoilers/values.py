"""What may become of a JSON document: changes of one value, made at every place or at one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from liveops_contract.readings import moment

Json = Any
Change = Callable[[Json], Json]
Way = tuple[str, ...]  # names, and * for every element of a list and every value of a map
MISSING: Json = object()


def everywhere(change: Change) -> Change:
    """The change at every place of a document, the innermost first."""

    def walked(value: Json) -> Json:
        if isinstance(value, dict):
            return change({name: walked(member) for name, member in value.items()})
        return change([walked(member) for member in value] if isinstance(value, list) else value)

    return walked


def at(way: Way, change: Change) -> Change:
    """The change at one place of a document; what becomes MISSING is left out."""

    def inside(value: Json, rest: Way) -> Json:
        if not rest:
            return change(value)
        if rest[0] == "*" and isinstance(value, list):
            return [inside(member, rest[1:]) for member in value]
        if not isinstance(value, dict):
            return value
        made = {name: inside(member, rest[1:]) if rest[0] in (name, "*") else member for name, member in value.items()}
        return {name: member for name, member in made.items() if member is not MISSING}

    return lambda document: inside(document, way)


def lost(_: Json) -> Json:
    """Nothing is there any more."""
    return MISSING


def nulled(_: Json) -> Json:
    """Null instead of what was there."""
    return None


def longer(value: Json) -> Json:
    """A number is one more."""
    return value + 1 if isinstance(value, int) and not isinstance(value, bool) else value


def narrow(value: Json) -> Json:
    """A number has 16 bits."""
    return min(value, 2**15 - 1) if isinstance(value, int) and not isinstance(value, bool) else value


def negated(value: Json) -> Json:
    """Yes is no."""
    return not value if isinstance(value, bool) else value


def backwards(value: Json) -> Json:
    """A list is turned round."""
    return value[::-1] if isinstance(value, list) else value


def swapped(value: Json) -> Json:
    """The last two elements of a list change places."""
    return [*value[:-2], value[-1], value[-2]] if isinstance(value, list) and len(value) > 1 else value


def sorted_list(value: Json) -> Json:
    """A list stands in another order than it was given: that of its text."""
    return sorted(value, key=str) if isinstance(value, list) else value


def cut(value: Json) -> Json:
    """The last of several elements is lost."""
    return value[:-1] if isinstance(value, list) and len(value) > 1 else value


def doubled(value: Json) -> Json:
    """The last element is there twice."""
    return value + value[-1:] if isinstance(value, list) else value


def once_each(value: Json) -> Json:
    """Of equal elements one is left."""
    return [member for place, member in enumerate(value) if member not in value[:place]] if isinstance(value, list) else value


def counted(value: Json) -> Json:
    """A total is one more, and whether there are more elements is told the other way round."""
    names = {"total_items_count", "has_more"} & value.keys() if isinstance(value, dict) else set()
    return {**value, **{name: not value[name] if name == "has_more" else value[name] + 1 for name in names}} if names else value


def rounded(value: Json) -> Json:
    """A price has no small coins."""
    return f"{float(value):.0f}.00" if _is_price(value) else value


def shortened(value: Json) -> Json:
    """A price loses the noughts at its end."""
    return value.rstrip("0").rstrip(".") if _is_price(value) else value


def _is_price(value: Json) -> bool:
    return isinstance(value, str) and value.count(".") == 1 and value.replace(".", "").isdigit()


def later(**by: int) -> Change:
    """A moment is later by hours or days."""

    def moved(value: Json) -> Json:
        instant = moment(value)
        return value if instant is None else spelled(instant + timedelta(**by), value)

    return moved


def other_side(value: Json) -> Json:
    """The offset of a moment or of a time has the other sign."""
    return value[:-6] + ("-" if value[-6] == "+" else "+") + value[-5:] if _has_offset(value) else value


def _has_offset(value: Json) -> bool:
    return isinstance(value, str) and len(value) >= 14 and value[-6] in "+-" and value[-3] == ":" and value[-5:] != "00:00"


def spelled(instant: datetime, like: str) -> str:
    """A moment as the other text is spelled."""
    return instant.isoformat().replace("+00:00", "Z") if like.endswith("Z") else instant.isoformat()


def as_text(value: Json) -> Json:
    """A number is a text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_number(value: Json) -> Json:
    """A text of digits is a number."""
    return int(value) if isinstance(value, str) and value.isdecimal() and value.isascii() else value


def trimmed(value: Json) -> Json:
    """A text has no blanks around it."""
    return value.strip() if isinstance(value, str) else value


def first_characters(count: int) -> Change:
    """A text is cut to so many characters."""
    return lambda value: value[:count] if isinstance(value, str) else value


def in_english(value: Json) -> Json:
    """A text is there in English alone."""
    return {"en": value["en"]} if isinstance(value, dict) and "en" in value else value


def loud_names(value: Json) -> Json:
    """SKUs and external ids are written in capitals."""
    names = {"sku", "external_id"} & value.keys() if isinstance(value, dict) else set()
    return {**value, **{name: value[name].upper() for name in names if isinstance(value[name], str)}} if names else value


def without_nulls(value: Json) -> Json:
    """What is null is left out."""
    return {name: member for name, member in value.items() if member is not None} if isinstance(value, dict) else value
