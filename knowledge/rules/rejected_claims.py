"""No sentence makes a claim that ``facts/rejected.yml`` rules out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def check(content: Content) -> Iterator[Problem]:
    claims = [
        (claim, re.compile(pattern, re.IGNORECASE))
        for claim in content.files["rejected.yml"]["rejected"]
        for pattern in claim["patterns"]
    ]
    for fact in content.facts():
        for field, text in fact.texts().items():
            for sentence in _SENTENCE_END.split(" ".join(text.split())):
                for claim, pattern in claims:
                    found = pattern.search(sentence)
                    if found:
                        yield fact.problem(
                            f"{field} makes the rejected claim '{claim['id']}' with the words "
                            f"'{found.group()}'; {claim['why']}"
                        )
