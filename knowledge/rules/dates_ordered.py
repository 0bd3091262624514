"""A fact is reviewed on or after the day it was written, and not in the future."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    # One day of grace: a clinic's evening is tomorrow already elsewhere.
    latest = datetime.date.today() + datetime.timedelta(days=1)
    for fact in content.facts():
        dates = {}
        for field in ("written_on", "reviewed_on"):
            try:
                dates[field] = datetime.date.fromisoformat(fact.data[field])
            except ValueError:
                yield fact.problem(
                    f"{field} '{fact.data[field]}' is not a date; write it as 2026-11-21."
                )
        if len(dates) < 2:
            continue
        if dates["reviewed_on"] < dates["written_on"]:
            yield fact.problem(
                f"reviewed_on {dates['reviewed_on']} is before written_on "
                f"{dates['written_on']}; review it again and set the day."
            )
        if max(dates.values()) > latest:
            yield fact.problem(f"{max(dates.values())} is in the future; correct the date.")
