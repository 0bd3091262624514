"""Decline what the sources do not answer, or what is not in English.

A doubtful refusal, and one behind an answer, offers the question that it may have been.
Who tells how the night was, and asks nothing, is thanked for it and not only refused.
"""

from __future__ import annotations

import re

from actions.answer import compose
from actions.patient_action import REFUSED, Outcome, PatientAction
from actions.phrase_action import ways_on
from actions.turn import Turn
from knowledge.records import FactStore
from understanding.splitting import looks_like_question

_SPANISH = "es"
# "I slept badly", "oh well, my daughter is here"; but "I need a form" is a wish, and
# "I paid how much?" may end in no question mark.
_OPENS_REMARK = re.compile(
    r"\s*(?:[\w']+[,.!]\s+|(?:and|but|so|well|oh|yes|no|ok|okay|dear|hi|hello)\s+)*"
    r"(?:i|im|ive|i'm|i've|we|we're|we've|my|our|it|it's|he|he's|she|she's|they|they're|his|her"
    r"|mom|mum|mother|dad|father|husband|wife)(?![\w'])"
    r"(?!\s+(?:just |only |really )?(?:need|want|would|wish|demand|could|can|ask|have to))",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[,;.:!]|\b(?:and|but|so)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:what|when|where|which|who|whom|why|how|whether|please|tell|give|show|worried)\b|\?",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4


class ActionDecline(PatientAction):
    def name(self) -> str:
        return "action_decline"

    def respond(self, turn: Turn, store: FactStore) -> Outcome:
        phrase = "out_of_scope"
        if turn.language:
            phrase = "english_only_spanish" if turn.language == _SPANISH else "english_only"
        elif all(is_remark(part.text) for part in turn.parts):
            phrase = "remark"
        return Outcome(
            compose(
                store,
                REFUSED,
                [store.phrases[phrase]],
                suggest=ways_on(turn.parts[0].choices),
                phone=store.clinic.phone,
            )
        )


def is_remark(text: str) -> bool:
    """Whether the text tells of somebody and asks nothing, as far as its form tells."""
    if len(text.split()) < _FEWEST_WORDS or _ASKS.search(text):
        return False
    return bool(_OPENS_REMARK.match(text)) and not any(
        looks_like_question(clause) for clause in _CLAUSES.split(text)
    )
