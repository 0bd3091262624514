"""``python -m benchmarks.silences``: plain alarms that their surroundings silence.

Threat model: what makes one idiom or one question harmless ("is that a risk?") silences
"numb legs, is that a risk?" as well, and no set of questions shows it. So each alarm of
``silences.yml`` is put into each surrounding, and those are told that raise nothing by
the rules; the learned detector, which may still hear them, is left out.

With a second file of rules, such as an older one, both are counted side by side.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import yaml
from tqdm import tqdm

from launch.environment import ROOT
from safety.red_flags import RedFlags

_HOLE = "{}"
_RULES = ROOT / "facts" / "red_flags.yml"
_SHOWN = 3


def silenced(rules: RedFlags, alarms: Sequence[str], surrounding: str) -> list[str]:
    """The alarms that raise nothing inside the surrounding, with its words around them."""
    messages = [surrounding.replace(_HOLE, alarm) for alarm in alarms]
    return [message for message in messages if rules.assess(message) is None]


def main() -> None:
    """Print how many alarms each surrounding silences, the worst first."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.silences")
    arguments.add_argument("other", nargs="?", type=Path, help="another file of rules")
    other = arguments.parse_args().other
    content = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    alarms, surroundings = content["alarms"], content["surroundings"]
    for path in filter(None, (_RULES, other)):
        rules = RedFlags.from_file(path)
        bar = tqdm(surroundings, unit="surrounding", leave=False)
        found = {each: silenced(rules, alarms, each) for each in bar}
        total = sum(map(len, found.values()))
        print(f"{path.name}: {total} of {len(alarms) * len(surroundings)} raise nothing")
        for each, lost in sorted(found.items(), key=lambda pair: -len(pair[1])):
            if lost:
                print(f"  {len(lost):2} {each}   {'; '.join(lost[:_SHOWN])}")


if __name__ == "__main__":
    main()
