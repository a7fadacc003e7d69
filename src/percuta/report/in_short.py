"""A reason in brief: what somebody must do or accept is never cut, and a cut is marked by "…".

What is told of others and of studies may give way; where it stood, the mark stands.
"""

import re
from collections.abc import Iterable

_ROOM = 165
"""Letters up to which sentences are told whatever they say."""

_LONGEST = 400
"""Letters of a sentence that is still told whole, where it asks nothing of anybody."""

_CUT = "…"
_DUTY = re.compile(
    r"\b(?:must|never|do not|ticks?|accepts?|decides?|asks? (?:a|the|us|and)|count it in|chosen?|"
    r"choose|avoid|stay|see that|think of|take the|is given|left out|wrote|one kit|is not used|"
    r"on the same day|no depth is advised)\b|^(?:only|plan|the limit is)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(The answer is not known\.|Cleared in writing on |\d+ days have passed\.|This clinic waits )"
    r".*"
)
_SENTENCE_END = re.compile(r"(?<!e\.g\.)(?<!i\.e\.)(?<!\bDr\.)(?<!\b[A-Z]\.)(?<=[.])\s+")


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text; a name with its initials and its title ends none."""
    return tuple(_SENTENCE_END.split(text))


def in_short(sentences: Iterable[str]) -> str:
    """The first sentence, those that fit, every duty, and the remark on this person's answer."""
    told: list[str] = []
    room = _ROOM
    for number, sentence in enumerate(sentences):
        fits = len(sentence) < room
        room = room - len(sentence) - 1 if fits else 0
        if fits or _is_duty(sentence) or (number == 0 and len(sentence) <= _LONGEST):
            told.append(sentence)
        elif number == 0:
            told += [sentence[:_ROOM].rsplit(maxsplit=1)[0].rstrip(",;:"), _CUT]
        else:
            told.append(_CUT)
    return _joined(told)


def duties_of(sentences: Iterable[str]) -> str:
    """Only what somebody must do or accept, and of what; empty where nobody has to."""
    known = tuple(sentences)
    told = [sentence if _is_duty(sentence) else _CUT for sentence in known]
    if all(part == _CUT for part in told):
        return ""
    subject, colon, _ = known[0].partition(": ")
    return _joined([f"{subject}:", *told] if colon and told[0] == _CUT else told)


def _is_duty(sentence: str) -> bool:
    return bool(_DUTY.search(sentence) or _REMARK.match(sentence))


def _joined(parts: Iterable[str]) -> str:
    """Parts in a row; cuts that follow each other are one."""
    told: list[str] = []
    for part in parts:
        if part != _CUT or told[-1:] != [_CUT]:
            told.append(part)
    return " ".join(told)
