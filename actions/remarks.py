"""What tells of somebody and asks nothing. No Rasa import."""

from __future__ import annotations

import re

from understanding.questions import AND
from understanding.splitting import looks_like_question

_WISHING = (
    r"\s+(?:just |only |really )?(?:need|want|would|wish|demand|could|can|ask|have to|gotta|wanna)"
)
# "I slept badly", "oh well, my daughter is here"; but "I need a form" is a wish, and
# "I paid how much?" may end in no question mark.
_OPENS_REMARK = re.compile(
    r"\s*(?:[\w']+[,.!]\s+|by the way,?\s+|(?:and|but|so|well|oh|yes|no|ok|okay|dear|hi|hello)\s+)*"
    r"(?:i|im|ive|i'm|i've|we|we're|we've|my|our|it|it's|he|he's|she|she's|they|they're|his|her"
    r"|mom|mum|mother|dad|father|husband|wife)(?![\w'])"
    rf"(?!{_WISHING})",
    re.IGNORECASE,
)
# Elsewhere these tell as well: "on Sunday my daughter brought lamb", "had it done Tuesday".
_TELLS = re.compile(r"^had\b|\b(?:i|i'?m|i'?ve|my|we|our|he|she|they|his|her)\b", re.IGNORECASE)
# Who wishes or commands does not only tell.
_WISHES = re.compile(
    rf"\b(?:i|we|he|she|they){_WISHING}|\b(?:i|we)'?d\b"
    r"|^\W*(?:cancel|move|change|renew|get|fax|mail|call|help|put|let|find|write|make|remind"
    r"|check|bring|take|add|set|stop|ignore)\b",
    re.IGNORECASE,
)
# "When I prune the roses" asks nothing, "nobody said when I can" does.
_SAYING = ("know", "knows", "said", "say", "says", "idea", "sure", "told", "clue", "heard", "me")
_NOT_SAYING = "".join(f"(?<!{word} )" for word in _SAYING)
_RELATIVE = re.compile(
    _NOT_SAYING + r"\b(?:when|where)(?=\s+(?:i|we|he|she|they|it|my|the|his|her|our)\b)",
    re.IGNORECASE,
)
# "How is it done, pet?" ends in the mark of the question before it.
_ADDRESS = re.compile(
    r"\W*(?:pet|dear|my dear|love|dearie|honey|hon|darling|sweetheart|sweetie|doc|doctor|nurse|sir"
    r"|madam|ma'am|friend|my friend)\W*",
    re.IGNORECASE,
)
_KIN = r"(?:wife|husband|mother|mom|mum|father|dad|son|daughter|sister|brother|friend)"
# "My mother, who is ninety, ...", but "who is going to pay", "which is cheaper".
_RELATIVE_CLAUSE = re.compile(
    r"(?:who|which)(?:'s| is| has| was| had)\b(?! (?:going|to|pay\w*|more|less|\w+er|best)\b)[^?]*",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\b(?:i|i'?m|i'?ve|we|he|she|they)\b|^my {_KIN} (?:did|does|was|had|has|is)\b", re.IGNORECASE
)
_CLAUSES = re.compile(r"[,;.:!]|\b(?:and|but|so)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:what|when|where|which|who|whom|why|how|whether|please|tell|give|show|send|book"
    rf"|schedule|refill|needs?|want(?:s|ed)?|wish|hop(?:e|es|ing)|looking|trying"
    rf"|lost(?! my {_KIN}\b)|forgot|allergic|worried)\b|\?",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
_LOSS = re.compile(
    rf"\b(?:{_KIN}(?: has| have)?(?: just)? (?:died|passed(?! (?:on )?(?:the|it|this|that)\b))"
    rf"|(?:he|she) (?:died|passed away)|(?:my late|(?:lost|buried) my) {_KIN}"
    r"|widow(?:er|ed)?)\b(?! laughing)",
    re.IGNORECASE,
)
# "Hang on, the kettle", "oh, the nurse is here, one moment".
_PAUSE = re.compile(
    r"(?:\s*(?:oh|ok|okay|sorry|um|well))*\s*(?:(?:hang|hold) on(?! to)|be right back|brb"
    r"|(?:one|just a|give me a|gimme a|wait a) (?:moment|minute|min|sec|second))\b",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    """Whether the text tells of somebody and asks nothing, as far as its form tells."""
    return _asks_nothing(text) and bool(_OPENS_REMARK.match(text))


def is_aside(text: str, joint: str, listed: bool) -> bool:
    """Whether a part of a message that nothing answers hardly asks: "first time since I broke it".

    In doubt it asks: it is better read back in vain than passed over.

    Args:
        joint: what stands before it, as ``splitting.Cut`` has it.
        listed: whether the message lists what it asks: "driver, food, pills?".
    """
    if is_remark(text) or _ADDRESS.fullmatch(text):
        return True
    joined = listed or bool(AND.search(joint))
    if not joined and "," in joint and _RELATIVE_CLAUSE.fullmatch(text):
        return True
    asks = looks_like_question(text) or _WISHES.search(text) or _ASKS.search(text)
    return not (joined or asks) and bool(_SOMEBODY.search(text))


def is_told(text: str) -> bool:
    """As ``is_remark``, and where the teller stands later in the text: less sure."""
    tells = _TELLS.search(text) and not _WISHES.search(text)
    return is_remark(text) or (bool(tells) and _asks_nothing(text))


def _asks_nothing(text: str) -> bool:
    if len(text.split()) < _FEWEST_WORDS or _ASKS.search(_RELATIVE.sub("", text)):
        return False
    return not any(looks_like_question(clause) for clause in _CLAUSES.split(text))


def is_of_loss(text: str) -> bool:
    """Whether the text tells of somebody who died."""
    return bool(_LOSS.search(text))


def is_pause(text: str) -> bool:
    """Whether the text asks for a moment, at its start or its end, and for nothing else."""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    asks = any(looks_like_question(_PAUSE.sub("", clause)) for clause in clauses)
    at_edge = clauses and (_PAUSE.match(clauses[0]) or _PAUSE.match(clauses[-1]))
    return bool(at_edge) and not asks and not _ASKS.search(text)
