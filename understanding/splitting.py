"""Cut a message into the pieces that may each be a question of its own.

Only cuts, and rather too often; which pieces are questions that deserve an answer
of their own is found later, when each has been classified (``questions``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from understanding.introductions import PLACEHOLDER, without_introduction

# A sentence ends at . ! ? or a line break. "dr. [name]", "3.5" and the "2." of a list end none.
_SENTENCE_END = re.compile(
    r"(?:(?<!\b(?i:dr))(?<!\b(?i:mr))(?<!\b(?i:mrs))(?<!\b(?i:prof))(?<!\bMs)(?<!(?<!\w)\d)"
    # "Has MS. Is it safe?" are two sentences.
    r"(?:(?<!\b(?i:ms))(?<!\b(?i:st))|(?!\.\s\[))\.|[!?])[.!?]*(?=\s|$)|[\r\n;]+"
)

_ASKING = (
    r"(?:what|when|where|which|who|whom|why|how|do|does|did|is|are|am|was|were|can|could"
    r"|will|would|should|may|shall|has|have|any|whats|what's|hows|how's|isn't|don't"
    r"|won't|can't|aren't|doesn't|if|whether"
    # which open statements as well: "must be my age", "didn't sleep"
    r"|(?:must|might|(?:could|would|should|did|has|have|had|was|were|must)n'?t)"
    r"(?=\s+(?:i|we|you|he|she|they|it|one|my|the|that|this|there)\b)"
    # as hurried fingers write them
    r"|wil|wen|wat|wats|wich|wher|hou|kan|dose|shud|cud|wud)"
)
# Speech-to-text and hurried typing leave all joints out: "do i need a driver
# how long does it take". A question opener after at least two words starts anew.
_UNJOINED = re.compile(
    r"(?<=\w)\s+(?=(?:what(?:'?s| is| are| about| happens| does| kind| time| day| if| it)"
    r"|how (?:long|soon|much|many|menny|big|often|is|do|does|will|safe|are|it|they)"
    r"|when (?:can|will|do|does|is|am|should)|do (?:i|they|you)|does (?:it|the|he|she)"
    r"|will (?:i|it|he|she|they|my)|can (?:i|it|he|she|they|you|the)|is (?:it|there|the)"
    r"|are (?:there|they)|am i|who(?:'?s| do| will| \w+s)|which (?:one|is|of)"
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
# Where people join questions without asking anew: "the cost, the pain", "1) risks
# 2) recovery", "safe / how long", "driver and MRI"; but "f/u" and "s/p" are words.
_SOFT_JOINT = re.compile(
    r"\s*(?:[,:+&]|(?<!\b\w)/|\.{2,}|…|(?<=\s)[-–—](?=\s)|(?<!\w)\d[.)](?=\s)|^\s*[-*•](?=\s))\s*"
    r"(?:\b(?:and|also|plus|then|but|or|oh|n)\b\s*)*"
    r"|\s+(?:\b(?:and|also|plus|then|but|or|oh|n|as well as|an(?=\s+" + _ASKING + r"\b))\b[\s,]*)+",
    re.IGNORECASE | re.MULTILINE,
)
# "What kind of cement | do they use": a question word that still waits for its verb.
_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|might|must|has|have"
    r"|had|'s|s)"
)
_WAITS_FOR_VERB = re.compile(
    r"\b(?:what(?!\s+about)|which|how|when|where|why|who)\b(?!.*\b" + _AUXILIARY + r"\b)[^,;:]*$",
    re.IGNORECASE,
)
_OPENS_WITH_VERB = re.compile(r"\s*" + _AUXILIARY + r"\b", re.IGNORECASE)
# "For a kyphoplasty, how long is it" names its subject first.
_TOPIC = re.compile(r"\s*(?:for|with|after|before|about)(?:\s+\w+){1,3}", re.IGNORECASE)
# No part of its own: "is it safe, would you say", "how do, is it safe".
_TAG = re.compile(
    r"\W*(?:(?:do|would) you (?:think|say|suppose|reckon|know)|(?:i|we) (?:wonder|guess|suppose"
    r"|think|mean|reckon)|you know|how do|that is|by the way)\W*",
    re.IGNORECASE,
)
# Of a story of more parts only those count that look like questions.
_MOST_PARTS = 12


@dataclass(frozen=True)
class Cut:
    """A part of a message between two joints.

    Attributes:
        joint: what stands between it and the part before, such as ", and "; the mark
            that closed the sentence before; "" for the first of the message.
    """

    text: str
    joint: str = ""


def looks_like_question(piece: str) -> bool:
    """True if the piece ends in a question mark, opens like a question or reports one."""
    return piece.rstrip().endswith("?") or is_worded_as_question(piece)


def is_worded_as_question(piece: str) -> bool:
    """True if the piece opens like a question or reports one, whatever it ends in."""
    return bool(_OPENS_QUESTION.match(piece) or _REPORTS_QUESTION.search(piece))


def without_identifiers(text: str) -> str:
    """The text without introductions and what else holds a masked name or number.

    "My name is [name]" says nothing of what is asked; "did Dr. [name] say so" asks and
    stays. The whole text stays where nothing else would be left.
    """
    rest = without_introduction(text)
    if not PLACEHOLDER.search(rest):
        return rest
    kept = []
    for sentence in _sentences(rest):
        pieces = [sentence[begin:end] for begin, end in _parts(sentence)]
        telling = [p for p in pieces if looks_like_question(p) or not PLACEHOLDER.search(p)]
        kept.append(sentence if len(telling) == len(pieces) else ", ".join(telling))
    return " ".join(filter(None, kept)) or text


def cuts(text: str) -> list[Cut]:
    """The parts of the message, each of which may be a question; none if it cannot be cut."""
    sentences = _sentences(text)
    parts = [(each, *span) for each in sentences for span in _parts(each)]
    if len(parts) < 2:
        return []
    joints = ["", *(_joint(before, after) for before, after in pairwise(parts))]
    found = [
        Cut(sentence[begin:end], joint)
        for (sentence, begin, end), joint in zip(parts, joints, strict=True)
    ]
    if len(found) > _MOST_PARTS:
        found = [cut for cut in found if looks_like_question(cut.text)][:_MOST_PARTS]
    return found


def _joint(before: tuple[str, int, int], after: tuple[str, int, int]) -> str:
    """What stands between two neighboring parts."""
    sentence, _, end = before
    return sentence[end : after[1]] if sentence is after[0] else sentence[-1]


def _parts(sentence: str) -> list[tuple[int, int]]:
    """Where the smallest parts of a sentence begin and end."""
    joints = {match.span() for match in _SOFT_JOINT.finditer(sentence)}
    opened = {match.span() for match in _UNJOINED.finditer(sentence)}
    joints |= {span for span in opened if _opens_anew(sentence, span)}
    spans, start = [], 0
    for cut, after in sorted(joints):
        if cut >= start and not _TOPIC.fullmatch(sentence, start, cut):
            spans.append((start, cut))
            start = after
    spans.append((start, len(sentence)))
    return [
        (begin, end)
        for begin, end in spans
        if re.search(r"\w", sentence[begin:end]) and not _TAG.fullmatch(sentence, begin, end)
    ]


def _opens_anew(sentence: str, cut: tuple[int, int]) -> bool:
    """Whether a question begins behind the cut: not in "how long | is it"."""
    head, rest = sentence[: cut[0]], sentence[cut[1] :]
    if _OPENS_WITH_VERB.match(rest) and _WAITS_FOR_VERB.search(head):
        return False
    return not _EMBEDS.search(head)


def _sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]
