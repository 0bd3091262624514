"""``make facts``: check the fact store and the red flags; print what is wrong, or how big it is."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from knowledge.classic_signs import unheard
from knowledge.content import ContentError, read_content
from knowledge.loader import load_store
from knowledge.rules.reading_level import grade
from safety.red_flags import RedFlags
from safety.rule_file import RedFlagsError


def main(folder: Path = Path("facts")) -> int:
    """Exit code 0 if all is good, 1 with the problems printed if not."""
    try:
        store = load_store(folder)
        slips = unheard(RedFlags.from_file(folder / "red_flags.yml"))
        if problems := [f"{folder.name}/red_flags.yml: {slip}" for slip in slips]:
            raise RedFlagsError(problems)
    except (ContentError, RedFlagsError) as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s) in the facts folder.", file=sys.stderr)
        return 1
    grades = [grade(raw.data["answer"]) for raw in read_content(folder).facts()]
    print(
        f"{len(store.facts)} facts for {len(store.questions)} questions from "
        f"{len(store.sources)} sources; answers at grade {statistics.median(grades):.1f} "
        f"(median), {max(grades):.1f} (highest). No problems."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
