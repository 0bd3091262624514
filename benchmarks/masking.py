"""``python -m benchmarks.masking``: what the mask costs in understanding.

Every tuning question is asked three times of the whole pipeline: as it is, behind an
introduction that names the person, masked as the website channel masks it, and behind
the same introduction as it was typed. The introductions are stand-ins, not training
data: what they hold is made up here and identifies nobody.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable

from tqdm import tqdm

from channels.masking import identifier_mask
from evaluation.sets import Question, read_questions
from launch.environment import process_environment
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
    understood = _reader()
    mask = identifier_mask(True)
    rows: dict[str, list[bool]] = {"alone": [], "masked": [], "as typed": []}
    for number, question in enumerate(tqdm(read_questions("tuning_single"), leave=False)):
        typed = _INTRODUCTIONS[number % len(_INTRODUCTIONS)].format(question.text)
        rows["alone"].append(understood(question.text, question))
        rows["masked"].append(understood(mask(typed).text, question))
        rows["as typed"].append(understood(typed, question))
    for name, right in rows.items():
        print(f"{name:10}{sum(right) / len(right):.1%} of {len(right)}")


def _reader() -> Callable[[str, Question], bool]:
    """Whether a message is understood as one of a question's intents."""
    os.environ.update(process_environment(0))
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    agent = Agent.load(ensure_model())
    loop = asyncio.new_event_loop()

    def understood(text: str, question: Question) -> bool:
        parsed = loop.run_until_complete(agent.parse_message(text))
        found = {part["intent"] for part in parsed["parts"]}
        return bool(found & set(question.intents))

    return understood


if __name__ == "__main__":
    main()
