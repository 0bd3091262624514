"""Cut a message into the pieces that may each be a question of its own.

Only cuts; which pieces are questions that deserve an answer of their own is
decided later, when each has been classified.
"""

from __future__ import annotations

import re

# A sentence ends at . ! ? or a line break. "Dr." and "3.5" do not end one.
_SENTENCE_END = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\d)[.!?]+(?=\s|$)|[\r\n;]+")

_ASKING = (
    r"(?:what|when|where|which|who|whom|why|how|do|does|did|is|are|am|was|were|can|could"
    r"|will|would|should|may|shall|has|have|any|whats|what's|hows|how's|isn't|don't"
    r"|won't|can't|aren't|doesn't|if|whether"
    # as hurried fingers write them
    r"|wil|wen|wat|wats|wich|wher|hou|kan|dose|shud|cud|wud)"
)
# "... and when can I walk", ", also is it safe", "plus how long": a joint
# before a word that opens a question.
_JOINT = re.compile(
    r"\s*(?:,?\s*\b(?:and|also|plus|then|but|or)\b(?:\s+(?:also|then|so|please|another thing))?"
    r"|,)\s+(?=" + _ASKING + r"\b)",
    re.IGNORECASE,
)
# Speech-to-text and hurried typing leave all joints out: "do i need a driver
# how long does it take". A question opener after at least two words starts anew.
_UNJOINED = re.compile(
    r"(?<=\w)\s+(?=(?:what(?:'?s| is| are| about| happens| does| kind)"
    r"|how (?:long|soon|much|many|big|often|is|do|does|will|safe|are)"
    r"|when (?:can|will|do|does|is|am|should)|do (?:i|they|you)|does (?:it|the|he|she)"
    r"|will (?:i|it|he|she|they|my)|can (?:i|it|he|she|they|you|the)|is (?:it|there|the)"
    r"|are (?:there|they)|am i|who(?:'?s| does| will| is| do)|which (?:one|is|of)"
    r"|where (?:is|are|do)|why (?:do|is|does))\b)",
    re.IGNORECASE,
)
_OPENS_QUESTION = re.compile(
    r"^\s*(?:(?:so|and|also|but|plus|then|oh|well|ok|okay|please|hi|hello|doctor|sorry)[\s,]+)*"
    + _ASKING
    + r"\b",
    re.IGNORECASE,
)
_REPORTS_QUESTION = re.compile(
    r"\b(?:wonder(?:s|ing|ed)?|(?:want|like|need)s? to know|tell me|explain|asks?|asking"
    r"|(?:is|am|are) (?:worried|afraid|curious)|not sure|no idea)\b",
    re.IGNORECASE,
)
# After these words an opener belongs to the same question: "do you know when ...".
_EMBEDS = re.compile(
    r"\b(?:know|wondering|wonder|tell|ask|asks|asking|asked|sure|understand|explain|say|said"
    r"|says|told|curious|idea|see|find out|think|about|heard|hear|read|mean|means|clear"
    r"|remember|question|worried|matter|depend|depends|decide|decides|afraid|info|information"
    r"|and|or|to|of|on|if|when|but|that|than|because|so|what|how|is|as|me|him|her|us|them"
    r"|wants|want|like|exactly|hi|hello|with|for|in|the|a|whether|which|who|where"
    r"|how (?:long|soon|much|many|often|big|far|old|bad|fast|well|safe|quickly))\s*$",
    re.IGNORECASE,
)
# What the masking of identifiers leaves: "[name]", "[date of birth]".
_PLACEHOLDER = re.compile(r"\[[a-z ]+\]")
_FEWEST_WORDS = 2
_MOST_PIECES = 6


def looks_like_question(piece: str) -> bool:
    """True if the piece ends in a question mark, opens like a question or reports one."""
    return (
        piece.rstrip().endswith("?")
        or bool(_OPENS_QUESTION.match(piece))
        or bool(_REPORTS_QUESTION.search(piece))
    )


def without_identifiers(pieces: list[str]) -> list[str]:
    """The pieces without those that hold a masked name, number or address.

    "My name is [name]" says nothing of what is asked. All stay where each has one.
    """
    return [piece for piece in pieces if not _PLACEHOLDER.search(piece)] or pieces


def split_message(text: str) -> list[str]:
    """Pieces of the message in order; a message of one piece gives a list of one.

    Long stories give the first few pieces and keep the rest in the last.
    """
    pieces: list[str] = []
    for sentence in _sentences(text):
        pieces.extend(_clauses(sentence))
    pieces = [piece for piece in pieces if re.search(r"\w", piece)]
    if len(pieces) > _MOST_PIECES:
        pieces[_MOST_PIECES - 1 :] = [" ".join(pieces[_MOST_PIECES - 1 :])]
    return pieces


def _sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _clauses(sentence: str) -> list[str]:
    clauses, start = [], 0
    cuts = sorted({(m.start(), m.end()) for p in (_JOINT, _UNJOINED) for m in p.finditer(sentence)})
    for cut, after in cuts:
        head = sentence[start:cut]
        if cut < start or _EMBEDS.search(head):
            continue
        if len(head.split()) < _FEWEST_WORDS or len(sentence[after:].split()) < _FEWEST_WORDS:
            continue
        clauses.append(head.strip())
        start = after
    clauses.append(sentence[start:].strip())
    return clauses
