"""``python -m benchmarks.masking``: what the mask costs in understanding.

Every tuning question is asked three times of the whole pipeline: as it is, behind an
introduction that names the person, masked as the website channel masks it, and behind
the same introduction as it was typed. The introductions are stand-ins, not training
data: what they hold is made up here and identifies nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tqdm import tqdm

from benchmarks.in_rasa import parser_of
from channels.masking import identifier_mask
from evaluation.sets import Question, read_questions
from launch.model import ensure_model

_INTRODUCTIONS = (
    "My name is Ruth Miller, {}",
    "Harold Jenkins here, born 3/14/1941. {}",
    "{} You can call me at 555-014-2233.",
    "hi this is dolores garcia {}",
    "My email is someone@example.com. {}",
    "I live at 12 Elm Street, Lancaster. {}",
    "member id XJH884213907, {}",
    "{} Thanks, Walter",
    "Name: George Tanaka. {}",
    "I'm Betty, 78, and I ask: {}",
    "It's Frank again. {}",
    "{} - Margaret",
    "DOB 4/2/1939. {}",
    "{} my cell is 555-014-7766",
    "this is Ann calling for my dad Tom, {}",
    "{} you may reach my son Luis under 555 014 9090",
    "good morning dr patel, {}",
    "{} write to me at marge@example.org please",
)


def main() -> None:
    """Print the share of questions understood, each way."""
    parse = parser_of(ensure_model())
    mask = identifier_mask(True)
    rows: dict[str, list[bool]] = {"alone": [], "masked": [], "as typed": []}
    for number, question in enumerate(tqdm(read_questions("tuning_single"), leave=False)):
        typed = _INTRODUCTIONS[number % len(_INTRODUCTIONS)].format(question.text)
        texts = {"alone": question.text, "masked": mask(typed).text, "as typed": typed}
        for way, text in texts.items():
            rows[way].append(_is_understood(parse(text), question))
    for name, right in rows.items():
        print(f"{name:10}{sum(right) / len(right):.1%} of {len(right)}")


def _is_understood(parsed: Mapping[str, Any], question: Question) -> bool:
    return not {part["intent"] for part in parsed["parts"]}.isdisjoint(question.intents)


if __name__ == "__main__":
    main()
