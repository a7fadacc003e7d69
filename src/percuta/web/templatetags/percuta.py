"""Words that every template may use: days, depths and keys as people read them."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from percuta.report import wording

register = template.Library()


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A day as 3 August 2026; nothing where there is none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return wording.day(value)


@register.filter
def iso(value: date | str | None) -> str:
    """A day as a date field wants it, or what somebody typed there."""
    return value.isoformat() if isinstance(value, date) else value or ""


@register.filter
def clock(value: datetime) -> str:
    """A time of day as 09:42."""
    return timezone.localtime(value).strftime("%H:%M")


@register.filter
def words(key: str) -> str:
    """A key of the tables as words: enlarged_pores becomes enlarged pores."""
    return key.replace("_", " ")


@register.filter
def act(key: str) -> str:
    """The name of an action as words: plans.sign becomes plans: sign."""
    return key.replace(".", ": ").replace("_", " ")


@register.filter
def sentence(text: str) -> str:
    """Text with a capital letter in front."""
    return text[:1].upper() + text[1:]


@register.filter
def mm(value: float | None) -> str:
    """A depth with two decimals, or a dash where none is set."""
    return "–" if value is None else wording.depth(value)
