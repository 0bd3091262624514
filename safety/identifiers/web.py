"""Email addresses and links, typed or spelled out.

A search for ``name@`` with a pattern tries every letter as a start. So the
signs that cannot be missing (``@``, ``dot com``) are looked for first, and
the name before them is read backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from safety.identifiers.spans import EMAIL, INERT, LINK, Span

_LONGEST_LOCAL = 64
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'~&*/=?^")
_LABEL = r"[a-z0-9-]{1,63}"
_ENDINGS = "com|org|net|edu|gov|mil|info|biz|co"

_AT_SIGN = re.compile(r" {0,2}(?:@|\(at\)|\[at\]|\{at\}) {0,2}", re.I)
# The space beside a dot only before an ending, or the next sentence would belong to it.
_DOT = rf"(?:\.| ?\. ?(?=(?:{_ENDINGS})\b)| (?:dot|period) | ?\((?:dot|\.)\) ?| ?\[(?:dot|\.)\] ?)"
_DOMAIN = re.compile(rf"{_LABEL}(?:{_DOT}{_LABEL}){{1,4}}", re.I)
_HOST = re.compile(r"[a-z0-9-]{2,63}", re.I)
_SPOKEN = re.compile(
    rf"(?<= )at {{1,2}}(?P<host>[a-z0-9-]{{1,40}})(?: ?\. ?| (?:dot|period|point) )"
    rf"(?:{_ENDINGS})\b",
    re.I,
)
_SPOKEN_LOCAL = re.compile(
    r"[a-z0-9._%+-]{1,64}(?: (?:dot|underscore|dash|hyphen|minus) [a-z0-9._%+-]{1,64}){0,4} ?\Z",
    re.I,
)
_SPOKEN_REACH = 160
_MAIL_CUE = re.compile(r"\be-?mail|\bmail\b|\breach\b|\bwrite (?:to )?me\b", re.I)
_MAIL_HOST = re.compile(
    "gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|aol|icloud|me|mac|comcast|verizon|att"
    "|sbcglobal|bellsouth|cox|charter|earthlink|juno|protonmail|proton|gmx|mail|example",
    re.I,
)

_REST = rf"[^\s<>\"{INERT}]"
_SCHEME = rf"\b(?:https?|ftps?|hxxps?|file|mailto|tel|sms):(?://)?{_REST}+"
_WWW = rf"\bwww\.{_REST}+"
_SITE = (
    r"\b(?<![.@-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:"
    r"(?:com|org|net|edu|gov|mil|info|biz|health|clinic|app|dev)\b(?![a-z0-9-]|\.[a-z])"
    rf"(?:[/?#:]{_REST}*)?"
    rf"|(?:ly|gl|gd|io|me|link|page)/{_REST}+"
    # Any other ending only before a path with a sign or digit: "stop.and/or" is none.
    rf"|[a-z]{{2,12}}[/?#]{_REST}*[0-9=?&/]{_REST}*)"
)
_IPV4 = r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.]*[0-9])"
_IPV6 = r"(?<![0-9a-z:])(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}(?![0-9a-z:])"
_LINK = re.compile("|".join((_SCHEME, _WWW, _SITE, _IPV4, _IPV6)), re.I)
_AFTER_LINK = ".,;:!?)]}'\""


def find_web(text: str) -> Iterator[Span]:
    """Emails and links of a folded text."""
    for match in _AT_SIGN.finditer(text):
        start = _local_start(text, match.start())
        # "mary@gmail" is half an address, and as good as a whole one.
        host = _DOMAIN.match(text, match.end()) or (
            _HOST.match(text, match.end()) if "@" in match.group() else None
        )
        if host and start < match.start():
            yield Span(start, host.end(), EMAIL)
    for match in _SPOKEN.finditer(text):
        before = text[max(0, match.start() - _SPOKEN_REACH) : match.start()]
        local = _SPOKEN_LOCAL.search(before)
        if local and _is_mail(match.group("host"), local.group().strip(), before):
            yield Span(match.start() - len(local.group()), match.end(), EMAIL)
    for match in _LINK.finditer(text):
        yield Span(match.start(), match.start() + len(match.group().rstrip(_AFTER_LINK)), LINK)


def _local_start(text: str, end: int) -> int:
    start = end
    while start > 0 and end - start < _LONGEST_LOCAL and text[start - 1] in _LOCAL:
        start -= 1
    return start


def _is_mail(host: str, local: str, before: str) -> bool:
    """True for "mary at gmail dot com", not for "I looked at webmd dot com"."""
    telling = any(sign in local for sign in "._0123456789 ")
    return bool(_MAIL_HOST.fullmatch(host)) or telling or bool(_MAIL_CUE.search(before))
