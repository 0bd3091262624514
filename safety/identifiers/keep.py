"""Texts that stay: what the clinic publishes, and whom the sources name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from safety.identifiers.folding import fold
from safety.identifiers.spans import INERT, KINDS, placeholder

_TITLE = re.compile(r"(?:dr|doctor|prof|professor)\.? +", re.I)
_ANY_TITLE = r"(?:dr|doctor|prof|professor)\.? {1,2}"
_GAP = r"[ ,.\-()]{0,4}"
# A caller writes "W Ave" for the "West Avenue" of the clinic's page.
_SHORT = {
    "north": "n", "south": "s", "east": "e", "west": "w", "street": "st", "avenue": "ave",
    "boulevard": "blvd", "road": "rd", "drive": "dr", "lane": "ln", "suite": "ste",
}  # fmt: skip
_TELEPHONE_DIGITS = range(7, 16)
_LOCAL_DIGITS = 7


def inert_pattern(keep: Iterable[str], phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches what rules must not read: masks, phrases that name nobody, kept texts.

    A kept number matches however its digits are grouped; an address also
    without its last parts, but never its town alone, in which patients live
    too; a doctor also by the surname after "Dr.", but never by the given name
    alone, which may be a patient's.
    """
    masks = "|".join(re.escape(placeholder(kind)) for kind in KINDS)
    kept = {form for text in keep for form in _forms(fold(text).text.strip())}
    words = {_words(phrase) for phrase in phrases}
    # The longest first, for a shorter one may be its beginning.
    forms = "|".join(sorted(kept | words, key=len, reverse=True))
    return re.compile(rf"{masks}|(?<!\w)(?:{forms})(?!\w)", re.I)


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what matches made inert, at the same length."""
    return pattern.sub(lambda match: INERT * len(match.group()), text)


def _forms(text: str) -> list[str]:
    if not text:
        return []
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) in _TELEPHONE_DIGITS and not any(c.isalpha() for c in text):
        return _phone_forms(digits)
    title = _TITLE.match(text)
    if title:
        names = text[title.end() :].split()
        # "Davidson" without a title may be a patient.
        whole = f"(?:{_ANY_TITLE})?{_words(' '.join(names))}" if len(names) > 1 else None
        return [form for form in (whole, _ANY_TITLE + _words(names[-1])) if form]
    parts = text.split(",")
    return [_words(" ".join(parts[: count + 1])) for count in range(len(parts))]


def _phone_forms(digits: str) -> list[str]:
    national = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    forms = [r"(?:\+?1[ .\-]{0,2})?\(?" + r"[ .()\-/]{0,3}".join(national)]
    if len(national) > _LOCAL_DIGITS:
        forms.append(r"[ .\-]?".join(national[-_LOCAL_DIGITS:]))
    return forms


def _words(text: str) -> str:
    return _GAP.join(_word(word) for word in re.findall(r"[^\W_]+(?:'[^\W_]+)*", text))


def _word(word: str) -> str:
    short = _SHORT.get(word.lower())
    return f"(?:{re.escape(word)}|{short})" if short else re.escape(word)
