"""``python -m benchmarks.safety``: our context beside negspaCy's and medspaCy's ConText.

All get the signs that our rules find before any context, so only the reading of
"no", "if", "ten years ago" and the like is compared; a message alarms where a sign
is left. negspaCy 1.1 wants spaCy 3.8 as we do. medspaCy 1.3 wants spaCy below 3.8
on Python 3.10 and so clashes with our pin: each peer gets its own throwaway
environment, and one that cannot be installed is skipped with the reason. negspaCy
knows negation only; ConText also knows what is past, supposed, or somebody else's.

Prints aggregate figures only: the lines of evaluation/sets stay unread.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evaluation.sets import read_questions
from launch.environment import ROOT
from safety.matching import hull
from safety.red_flags import RedFlags

# A message as the peers get it: its words, and the signs as [start, end).
Case = dict[str, Any]
Alarms = list[bool]

_NEGSPACY = """
from negspacy.negation import Negex
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("negex")
silenced = lambda sign: sign._.negex
"""
_MEDSPACY = """
import medspacy.context
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("medspacy_context")
silenced = lambda sign: any((
    sign._.is_negated, sign._.is_historical, sign._.is_hypothetical, sign._.is_family,
))
"""
_PEERS = {"negspacy": ("negspacy==1.1.0", _NEGSPACY), "medspacy": ("medspacy==1.3.1", _MEDSPACY)}
_RUN = """
import json, sys
import spacy
from spacy.tokens import Doc, Span
{setup}
alarms = []
for case in json.load(sys.stdin):
    left = False
    for start, end in case["signs"]:
        stops = set(case["stops"])
        doc = Doc(nlp.vocab, case["words"], sent_starts=[i == 0 or i in stops for i in
                                                         range(len(case["words"]))])
        doc.ents = [Span(doc, start, end, label="SIGN")]
        for name, pipe in nlp.pipeline:
            doc = doc if name == "sentencizer" else pipe(doc)
        left = left or not any(silenced(sign) for sign in doc.ents)
    alarms.append(left)
json.dump(alarms, sys.stdout)
"""


def main() -> int:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    rules = RedFlags.from_file(ROOT / "facts" / "red_flags.yml")
    reports, near = (
        [question.text for question in read_questions(name)] for name in ("alarms", "near_misses")
    )
    cases = [case_of(rules, text) for text in (*reports, *near)]
    rows: list[tuple[str, Callable[[], Alarms]]] = [
        ("our rules and context", lambda: [rules.assess(t) is not None for t in (*reports, *near)]),
        ("our rules, no context", lambda: [bool(case["signs"]) for case in cases]),
        *((name, peer(name, cases)) for name in _PEERS),
    ]
    print(f"{len(reports)} alarms, {len(near)} near misses")
    print(f"{'':24}{'caught':>9}{'false alarms':>15}")
    for name, assess in rows:
        try:
            alarms = assess()
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"{name:24} skipped: {reason(error)}")
            continue
        caught, wrong = alarms[: len(reports)], alarms[len(reports) :]
        print(f"{name:24}{share(caught):9.3f}{share(wrong):15.3f}")
    return 0


def case_of(rules: RedFlags, text: str) -> Case:
    """A message's words and every sign in it, whatever its context."""
    wording = rules._reader.read(text)
    signs = {hull(sign.spans) for sign in rules.read(wording).signs}
    return {
        "words": list(wording.words),
        "stops": sorted(wording.stops),
        "signs": sorted((span.start, span.end) for span in signs if span.end > span.start),
    }


def peer(name: str, cases: Sequence[Case]) -> Callable[[], Alarms]:
    """Assess ``cases`` with a package of a throwaway environment."""
    package, setup = _PEERS[name]

    def assess() -> Alarms:
        with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
            venv.create(folder, with_pip=True)
            python = str(Path(folder) / "bin" / "python")
            pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, package], check=True, capture_output=True, text=True, timeout=900)
            ran = subprocess.run(
                [python, "-c", _RUN.format(setup=setup)],
                input=json.dumps(cases),
                check=True,
                capture_output=True,
                text=True,
            )
        alarms: Alarms = json.loads(ran.stdout)
        return alarms

    return assess


def reason(error: subprocess.CalledProcessError | subprocess.TimeoutExpired) -> str:
    """The last line of what a failed command said."""
    lines = str(error.stderr or error).strip().splitlines()
    return lines[-1] if lines else "no reason given"


def share(alarms: Sequence[bool]) -> float:
    """The part that is true."""
    return sum(alarms) / max(1, len(alarms))


if __name__ == "__main__":
    sys.exit(main())
