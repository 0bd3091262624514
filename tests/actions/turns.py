"""Tiny builders of turns."""

from __future__ import annotations

from typing import Any

from actions.turn import Part, Turn


def asking(*intents: str, **turn: Any) -> Turn:
    """A message with one part for each intent; ``named`` names procedures in all."""
    named = tuple(turn.pop("named", ()))
    ranking = tuple(turn.pop("ranking", ()))
    parts = tuple(Part(f"words about {i}", i, procedures=named, ranking=ranking) for i in intents)
    return Turn(parts, **turn)
