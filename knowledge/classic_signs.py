"""Plain sentences that must alarm, whatever is changed in ``facts/red_flags.yml``.

Threat model: a lost comma, or a cue that is too wide, leaves a file that can be read,
with a rule that never alarms again: a missed emergency.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from safety.red_flags import RedFlags

_SENTENCES = Path(__file__).with_name("classic_signs.tsv")


def unheard(red_flags: RedFlags) -> Iterator[str]:
    """A sentence on each classic sign that does not alarm at its level."""
    with _SENTENCES.open(encoding="utf-8", newline="") as lines:
        for sign in csv.DictReader(lines, delimiter="\t"):
            alarm = red_flags.assess(sign["sentence"])
            level = alarm.level if alarm else "nothing"
            # A graver level than ours is the clinic's to choose.
            if level != sign["level"] and (level, sign["level"]) != ("emergency", "urgent"):
                yield (
                    f"'{sign['sentence']}' must alarm as {sign['level']}, and now alarms as "
                    f"{level}; look at what you changed last, a lost comma may be enough."
                )
