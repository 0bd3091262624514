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

    def made(text: str) -> Iterator[str]:
        for sentence in _SENTENCE_END.split(" ".join(text.split())):
            for claim, pattern in claims:
                if found := pattern.search(sentence):
                    yield (
                        f"makes the rejected claim '{claim['id']}' with the words "
                        f"'{found.group()}'; {claim['why']}"
                    )

    for fact in content.facts():
        for field, text in (fact.texts() | fact.cells()).items():
            for slip in made(text):
                yield fact.problem(f"{field} {slip}")
    phrases, clinic = content.files["phrases.yml"]["phrases"], content.clinic
    for file, texts in (("phrases.yml", phrases), ("clinic.yml", clinic)):
        for name, text in texts.items():
            for slip in made(str(text)):
                yield Problem(f"facts/{file}", name, slip)
