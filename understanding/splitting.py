"""Cut a message into the pieces that may each be a question of its own.

Only cuts, and rather too many; which pieces are questions that deserve an answer
of their own is found later, when each has been classified (``questions``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

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
    # as hurried fingers write them
    r"|wil|wen|wat|wats|wich|wher|hou|kan|dose|shud|cud|wud)"
)
# "... and when can I walk", ", also is it safe", "plus how long": a joint
# before a word that opens a question.
_JOINT = re.compile(
    r"\s*(?:,?\s*\b(?:and|an|n|also|plus|then|but|or)\b"
    r"(?:\s+(?:also|then|so|please|another thing))?"
    r"|,)\s+(?=" + _ASKING + r"\b)",
    re.IGNORECASE,
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
_FEWEST_WORDS = 2
# A message of more atoms is a story: it is cut at its sentences and clear joints.
_MOST_ATOMS = 9
_MOST_CLAUSES = 12
_LONGEST_PIECE = 3
_LONGEST_PIECE_OF_STORY = 2


@dataclass(frozen=True)
class Cut:
    """Neighboring atoms ``first`` to ``end`` (exclusive) of a message, and their text.

    Attributes:
        joint: what stands between them and the atom before, such as ", and "; the mark
            that closed the sentence before; "" for the first of the message.
    """

    first: int
    end: int
    text: str
    joint: str = ""


def looks_like_question(piece: str) -> bool:
    """True if the piece ends in a question mark, opens like a question or reports one."""
    return (
        piece.rstrip().endswith("?")
        or bool(_OPENS_QUESTION.match(piece))
        or bool(_REPORTS_QUESTION.search(piece))
    )


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
        pieces = [sentence[begin:end] for begin, end in _atoms(sentence)]
        telling = [p for p in pieces if looks_like_question(p) or not PLACEHOLDER.search(p)]
        kept.append(sentence if len(telling) == len(pieces) else ", ".join(telling))
    return " ".join(filter(None, kept)) or text


def cuts(text: str) -> list[Cut]:
    """Every piece of the message that may be a question; none if it cannot be cut.

    A piece is a run of atoms, the smallest parts between two joints. Pieces
    overlap: "is it safe and painless, and who does it" may hold two or three.
    """
    sentences = _sentences(text)
    atoms = [(each, *span) for each in sentences for span in _atoms(each)]
    longest = _LONGEST_PIECE
    if len(atoms) > _MOST_ATOMS:
        atoms = [(each, *span) for each in sentences for span in _clauses(each)][:_MOST_CLAUSES]
        longest = _LONGEST_PIECE_OF_STORY
    if len(atoms) < 2:
        return []
    joints = ["", *(_joint(before, after) for before, after in pairwise(atoms))]
    return [
        Cut(first, end, _joined(atoms[first:end]), joints[first])
        for first in range(len(atoms))
        for end in range(first + 1, min(first + longest, len(atoms)) + 1)
    ]


def _joint(before: tuple[str, int, int], after: tuple[str, int, int]) -> str:
    """What stands between two neighboring atoms."""
    sentence, _, end = before
    return sentence[end : after[1]] if sentence is after[0] else sentence[-1]


def _joined(atoms: Iterable[tuple[str, int, int]]) -> str:
    """The text from the first atom to the last, with the joints that lie between."""
    pieces = []
    for sentence, group in groupby(atoms, key=lambda atom: atom[0]):
        spans = list(group)
        pieces.append(sentence[spans[0][1] : spans[-1][2]])
    return " ".join(pieces)


def _atoms(sentence: str) -> list[tuple[int, int]]:
    """Where the smallest parts of a sentence begin and end."""
    opened = {span for span in _found(sentence, (_UNJOINED,)) if _opens_anew(sentence, span)}
    spans, start = [], 0
    for cut, after in sorted({*opened, *_found(sentence, (_SOFT_JOINT,))}):
        if cut >= start:
            spans.append((start, cut))
            start = after
    spans.append((start, len(sentence)))
    return [(begin, end) for begin, end in spans if re.search(r"\w", sentence[begin:end])]


def _opens_anew(sentence: str, cut: tuple[int, int]) -> bool:
    """Whether a question begins behind the cut: not in "how long | is it"."""
    head, rest = sentence[: cut[0]], sentence[cut[1] :]
    if _OPENS_WITH_VERB.match(rest) and _WAITS_FOR_VERB.search(head):
        return False
    return not _EMBEDS.search(head)


def _found(sentence: str, joints: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    return sorted({match.span() for joint in joints for match in joint.finditer(sentence)})


def _sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _clauses(sentence: str) -> list[tuple[int, int]]:
    """Where the parts of a sentence begin and end that clearly open a question."""
    spans, start = [], 0
    for cut, after in _found(sentence, (_JOINT, _UNJOINED)):
        if cut < start or not _opens_anew(sentence, (cut, after)):
            continue
        if min(len(sentence[start:cut].split()), len(sentence[after:].split())) < _FEWEST_WORDS:
            continue
        spans.append((start, cut))
        start = after
    spans.append((start, len(sentence)))
    return [(begin, end) for begin, end in spans if re.search(r"\w", sentence[begin:end])]
