"""The confusion matrix as a table with shaded cells, and every confusion below it."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.confusion import Confusion
from evaluation.markup import Html, element, table

# Deeper shades than this would make the number hard to read.
_DEEPEST = 45


def matrix(confusions: Sequence[Confusion]) -> Html:
    """Rows: intents that were mistaken. Columns: what they were mistaken for.

    Intents without a confusion are left out; how often the others were understood
    rightly is the first column.
    """
    wrong = {(c.expected, c.understood): c.count for c in confusions if c.expected != c.understood}
    right = {c.expected: c.count for c in confusions if c.expected == c.understood}
    rows = sorted({expected for expected, _ in wrong})
    columns = sorted({understood for _, understood in wrong})
    most = max(wrong.values(), default=1)
    return table(
        "Confusion matrix: a row for each intent that was mistaken, a column for each that "
        "it was mistaken for; empty cells are zero",
        ["Expected", "Right", *columns],
        (
            [
                row,
                element("td", str(right.get(row, 0)), class_="number"),
                *(_cell(wrong.get((row, column), 0), most) for column in columns),
            ]
            for row in rows
        ),
    )


def listing(confusions: Sequence[Confusion]) -> Html:
    """Every confusion, the most frequent first."""
    return table(
        "All confusions, the most frequent first",
        ["Expected", "Understood", "Times"],
        (
            [c.expected, c.understood, str(c.count)]
            for c in confusions
            if c.expected != c.understood
        ),
    )


def _cell(count: int, most: int) -> Html:
    if not count:
        return element("td")
    shade = f"--shade:{_DEEPEST * count // most}%"
    return element("td", str(count), class_="number shaded", style=shade)
