"""What alarms were raised shortly before a message. No Rasa import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from safety.rule_book import LEVELS

# How many of the patient's messages after an alarm it is kept in mind for.
MESSAGES = 3
_GRAVEST, _MILDEST = LEVELS[0], LEVELS[-1]


@dataclass(frozen=True)
class RaisedAlarms:
    """Alarms that are kept in mind.

    Attributes:
        levels: of those that were raised, in that order.
        messages: for how many more of the patient's messages they are kept.
        doubted: level of a red flag that the last reply spoke of in doubt.
        withdrawn: level of the alarm that the last message took back.
    """

    levels: tuple[str, ...] = ()
    messages: int = 0
    doubted: str | None = None
    withdrawn: str | None = None

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any] | None) -> RaisedAlarms:
        """Read what ``to_slot`` gave; a version before knew one level, and no doubt."""
        if not slot:
            return cls()
        levels = slot["levels"] if "levels" in slot else [slot["level"]]
        return cls(tuple(levels), slot["messages"], slot.get("doubted"), slot.get("withdrawn"))

    def to_slot(self) -> dict[str, Any] | None:
        """As JSON, None where nothing is kept."""
        return {**asdict(self), "levels": list(self.levels)} if self != RaisedAlarms() else None

    @property
    def last(self) -> str | None:
        """The level that was said last, None where nothing is left to take back."""
        return self.doubted or next(reversed(self.levels), None)

    @property
    def standing(self) -> list[str]:
        """The levels that are still to be said, gravest first."""
        return [each for each in LEVELS if each in self.levels and self._stands(each)]

    def covers(self, level: str) -> bool:
        """Whether what stands says as much as an alarm of the level."""
        return level in self.levels or not self._stands(level)

    def raised(self, level: str) -> RaisedAlarms:
        """With one alarm more."""
        return RaisedAlarms((*self.levels, level), MESSAGES)

    def taken_back(self) -> RaisedAlarms:
        """Without the last one."""
        levels = self.levels if self.doubted else self.levels[:-1]
        return RaisedAlarms(levels, self.messages if levels else 0, withdrawn=self.last)

    def after_message(self) -> RaisedAlarms:
        """As they are kept once a message brought no new one."""
        left = self.messages - 1
        return RaisedAlarms(self.levels, left) if left > 0 else RaisedAlarms()

    def _stands(self, level: str) -> bool:
        # Whoever calls 911 for numb legs tells of the fever there.
        return level != _MILDEST or _GRAVEST not in self.levels
