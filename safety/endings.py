"""Words without their endings, so that "buckle" also finds "buckling".

Threat model: a list of words that a clinician edits will not hold every form of
each. A stem is only ever compared with another stem made here, so it need not be
a word ("breathing", "breathe" and "breathes" all give "breath").
"""

from __future__ import annotations

from functools import lru_cache

_SHORTEST_STEM = 3
_VOWELS = frozenset("aeiouy")
# "passing" keeps its ss, "stopping" loses a p.
_DOUBLE = frozenset("lsaeiouz")
_WHOLE = frozenset({
    "nothing", "anything", "something", "everything", "during", "morning", "evening", "bring",
    "king", "thing", "string", "spring", "bed", "red", "hers",
    "scare", "scared", "scares", "site", "sites", "winded", "staring",
})  # fmt: skip
_IRREGULAR = {"dying": "die", "died": "die", "lying": "lie", "goes": "go", "going": "go"}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """``word`` without -s, -es, -ed, -ing and what they did to its end."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _WHOLE or word.endswith("eed") or not word.isalpha():
        return word
    for ending in ("ing", "ed", "es", "s"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST_STEM and _VOWELS & set(rest):
            if ending in ("ing", "ed") and rest[-1] == rest[-2] and rest[-1] not in _DOUBLE:
                return rest[:-1]
            return word if ending == "s" and rest[-1] in "su" else _silent(rest)
    return _silent(word)


def _silent(rest: str) -> str:
    """Without a last e, and with the i that "carries" has for the y of "carry"."""
    if len(rest) > _SHORTEST_STEM and rest[-1] == "e":
        return rest[:-1]
    return f"{rest[:-1]}i" if len(rest) > _SHORTEST_STEM and rest[-1] == "y" else rest
