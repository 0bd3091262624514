"""Mark each word of a message with how it is meant: denied, asked about, long past.

"No numbness", "can my feet go numb" and "numb since 1998" have the words of a numb foot,
and a regression over words weighs these alike unless they are told apart. The marking
follows Pang, Lee and Vaithyanathan (2002), who marked what follows a negation. It is
rough on purpose: what each mark is worth, the regression learns.
"""

from __future__ import annotations

import re

# How many words behind it a negation marks.
_DENIED = 5
_NEGATION = re.compile(
    r"no|not|never|without|neither|nor|nary|none|nothing|nobody|denies|denied|cannot|\w+n't"
    r"|(?:is|are|do|does|did|has|have|ca|wo|was)nt"
)
_ASKING = re.compile(
    r"can|could|will|would|what|how|if|should|do|does|is|are|suppose|supposing|say|any|why|when"
    r"|who|which|might|may|chances?|risk|odds"
)
_PAST = re.compile(
    r"\b(?:ago|back in|19\d\d|20[0-2]\d|when i was|years|once|late (?:husband|wife)|used to"
    r"|decades|since \w+ (?:war|polio)|always|every|same as)\b"
)
_SENTENCE_END = re.compile(r"(?<=[.?!;])\s+|\n")
_TOKEN = re.compile(r"[\w']+|[,.?!;]")
_CLAUSE_END = frozenset({",", ".", "?", "!", ";", "but", "however"})


def with_moods(text: str) -> str:
    """The words in lower case, each behind its marks: N denied, Q asked, P past, or F for none.

    "No fever. Is it bad?" becomes "F_no N_fever Q_is Q_it Q_bad".
    """
    return " ".join(
        word for sentence in _SENTENCE_END.split(text.lower()) for word in _marked(sentence)
    )


def _marked(sentence: str) -> list[str]:
    tokens = _TOKEN.findall(sentence)
    asked = "?" in tokens or (bool(tokens) and _ASKING.fullmatch(tokens[0]))
    of_all = ("Q" if asked else "") + ("P" if _PAST.search(sentence) else "")
    denied = 0
    marked = []
    for token in tokens:
        if token in _CLAUSE_END:
            denied = 0
            continue
        marks = ("N" if denied else "") + of_all
        marked.append(f"{marks or 'F'}_{token}")
        denied = _DENIED if _NEGATION.fullmatch(token) else max(0, denied - 1)
    return marked
