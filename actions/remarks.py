"""What tells of somebody and asks nothing. No Rasa import."""

from __future__ import annotations

import re

from understanding.splitting import looks_like_question

# "I slept badly", "oh well, my daughter is here"; but "I need a form" is a wish, and
# "I paid how much?" may end in no question mark.
_OPENS_REMARK = re.compile(
    r"\s*(?:[\w']+[,.!]\s+|by the way,?\s+|(?:and|but|so|well|oh|yes|no|ok|okay|dear|hi|hello)\s+)*"
    r"(?:i|im|ive|i'm|i've|we|we're|we've|my|our|it|it's|he|he's|she|she's|they|they're|his|her"
    r"|mom|mum|mother|dad|father|husband|wife)(?![\w'])"
    r"(?!\s+(?:just |only |really )?(?:need|want|would|wish|demand|could|can|ask|have to))",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,;.:!]|\b(?:and|but|so)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:what|when|where|which|who|whom|why|how|whether|please|tell|give|show|send|book"
    r"|schedule|refill|needs?|want(?:s|ed)?|wish|hop(?:e|es|ing)|looking|trying|lost|forgot"
    r"|allergic|worried)\b|\?",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
# "Hang on, the kettle", "oh, the nurse is here, one moment".
_PAUSE = re.compile(
    r"(?:\s*(?:oh|ok|okay|sorry|um|well))*\s*(?:(?:hang|hold) on(?! to)|be right back|brb"
    r"|(?:one|just a|give me a|gimme a|wait a) (?:moment|minute|min|sec|second))\b",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Whether the text tells of somebody and asks nothing, as far as its form tells."""
    if len(text.split()) < _FEWEST_WORDS or _ASKS.search(text):
        return False
    return bool(_OPENS_REMARK.match(text)) and not any(
        looks_like_question(clause) for clause in _CLAUSES.split(text)
    )


def is_pause(text: str) -> bool:
    """Whether the text asks for a moment, at its start or its end, and for nothing else."""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    asks = any(looks_like_question(_PAUSE.sub("", clause)) for clause in clauses)
    at_edge = clauses and (_PAUSE.match(clauses[0]) or _PAUSE.match(clauses[-1]))
    return bool(at_edge) and not asks and not _ASKS.search(text)
