"""Every row of a table has as many cells as the table has columns."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    for fact in content.facts():
        table = fact.data.get("table", {"columns": [], "rows": []})
        wide = len(table["columns"])
        for number, row in enumerate(table["rows"], start=1):
            if len(row) != wide:
                yield fact.problem(
                    f"table row {number} has {len(row)} cells, the table has {wide} columns; "
                    "add or delete cells."
                )
