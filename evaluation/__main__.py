"""``make evaluate``: play all sets through the running assistant and write the report.

``LIMIT=20`` plays that many conversations of each set, for a first look; ``PEERS=no``
skips the peers, which take most of the time.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

import requests

from benchmarks.memory import peak_mb
from benchmarks.race import Measured, race
from evaluation.cases import TITLES, judge, read_cases
from evaluation.figures import Figure
from evaluation.judging import Verdict
from evaluation.page import page
from evaluation.playing import play
from evaluation.report import About, report_of
from evaluation.site import LOG, Site, running
from evaluation.tracker import understood_by_reply
from knowledge.loader import load_store
from launch.environment import ROOT
from launch.model import ensure_model

FOLDER = ROOT / "evaluation" / "report"


def main() -> int:
    """Play, judge, measure, write."""
    limit, with_peers = _limit(), _with_peers()
    model = ensure_model()
    print("Starting the servers (about 15 s) ...", flush=True)
    with running(model) as site:
        verdicts = _verdicts(site, limit)
        memory, load = [peak_mb(process) for process in site.processes], os.getloadavg()[0]
    peers = race(limit) if with_peers else None
    about = About(
        made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        model=model.name,
        model_mb=model.stat().st_size / 2**20,
        memory_mb=None if None in memory else sum(filter(None, memory)),
        limit=limit,
        cores=os.cpu_count() or 1,
        load=load,
        python=platform.python_version(),
        rasa=version("rasa"),
    )
    report = report_of(about, verdicts, peers)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "report.json").write_text(json.dumps(report.as_json(), indent=1) + "\n")
    (FOLDER / "report.html").write_text(page(report))
    _print(report.figures, peers)
    return 0


def _verdicts(site: Site, limit: int | None) -> dict[str, list[Verdict]]:
    sets = read_cases(load_store(ROOT / "facts"), limit)
    try:
        heard = {
            name: play(site.base, TITLES[name], [case.says for case in cases])
            for name, cases in sets.items()
        }
    except requests.RequestException as error:
        raise SystemExit(
            f"The assistant stopped answering ({type(error).__name__}); "
            f"see {LOG.relative_to(ROOT)}."
        ) from None
    understood = understood_by_reply(site.database)
    return {name: judge(cases, heard[name], understood) for name, cases in sets.items()}


def _print(figures: list[Figure], peers: list[Measured] | None) -> None:
    """The figures alone: the misses are held out, and stand in the report only."""
    for f in figures:
        value = f"{f.value:8.3f}" if not f.unit else f"{f.value:6.0f} {f.unit}"
        count = f"{f.count} of {f.total}" if f.total else ""
        missed = "misses its goal" if f.reached is False else ""
        print(f"{f.name:52}{value}  {count:14}{missed}".rstrip())
    if peers:
        print(f"\n{'':32}  right  AUROC  train s  p50 ms  p95 ms  peak MB  disk MB")
    for p in peers or ():
        peak = "-" if p.peak_mb is None else f"{p.peak_mb:.0f}"
        print(
            f"{p.name:32}{p.right:7.3f}{p.auroc:7.3f}{p.train_s:9.1f}"
            f"{p.p50_ms:8.1f}{p.p95_ms:8.1f}{peak:>9}{p.disk_mb:9.1f}"
        )
    print(f"\nThe report: {Path(FOLDER / 'report.html').relative_to(ROOT)}")


def _limit() -> int | None:
    given = os.environ.get("LIMIT", "")
    if given and (not given.isdigit() or int(given) < 1):
        raise SystemExit(f"LIMIT={given} is no number of conversations; give 1 or more.")
    return int(given) if given else None


def _with_peers() -> bool:
    given = os.environ.get("PEERS") or "yes"
    if given not in ("yes", "no"):
        raise SystemExit(f"PEERS={given} is neither yes nor no.")
    return given == "yes"


if __name__ == "__main__":
    sys.exit(main())
