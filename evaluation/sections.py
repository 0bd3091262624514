"""The sections of the page: each gives its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.race import PER_INTENT
from evaluation.cases import TITLES
from evaluation.figures import Figure
from evaluation.judging import ALARMS, ERROR, NO_ALARM
from evaluation.markup import Html, element, table
from evaluation.matrix import listing, matrix
from evaluation.plots import reliability_plot
from evaluation.report import Miss, Report

# Sets whose misses are a matter of safety; they come first.
SAFETY = ("alarms", "pairs", "near_misses")


def summary(report: Report) -> list[Html]:
    """Figures with their goals."""
    rows = (
        [f.name, _value(f), _count(f), _interval(f), _goal(f), _reached(f)] for f in report.figures
    )
    columns = ["Figure", "Value", "Count", "95% interval", "Goal", "Reached"]
    words = (
        "A question is answered right when the reply is an answer and tells a fact that the "
        "fact store lists for the question. Out of scope counts as right when no answer is "
        "given. An alarm counts as raised at any level. A line that begins with three dots "
        "belongs to the line above it."
    )
    return [element("p", words), table("Figures and goals", columns, rows)]


def safety(report: Report) -> list[Html]:
    """Which levels were raised, and every alarm that was not right."""
    raised = (*ALARMS, NO_ALARM, ERROR)
    rows = (
        [
            f"{TITLES[each.set]}: {each.level}",
            *(_number(each.raised.get(level, 0)) for level in raised),
        ]
        for each in report.levels
    )
    columns = ["Reported", *(f"Raised: {level}" for level in raised)]
    return [
        table("Alarms by the level reported and the level raised", columns, rows),
        *misses(report, SAFETY),
    ]


def outcomes(report: Report) -> list[Html]:
    """How often each outcome came."""
    sets = ("single", "several", "dialogues", "out_of_scope")
    named = sorted({outcome for each in sets for outcome in report.outcomes[each]})
    rows = (
        [
            TITLES[each],
            *(_number(report.outcomes[each].get(outcome, 0)) for outcome in named),
        ]
        for each in sets
    )
    return [table("Outcomes by set", ["Set", *named], rows)]


def confusions(report: Report) -> list[Html]:
    """The matrix, and all confusions in a list."""
    words = (
        "Single questions and those to decline, by the intent that chose the reply. "
        "nlu_fallback means that choices were offered."
    )
    shaded = element("div", matrix(report.confusions), class_="matrix")
    return [element("p", words), shaded, listing(report.confusions)]


def calibration(report: Report) -> list[Html]:
    """The reliability of the confidence, as a picture and as a table."""
    words = (
        "The classifier's best intent on the same messages, before any threshold. On the "
        "dashed line it would be right exactly as often as it says; above it, it is too "
        "modest. Larger dots are more messages. The expected calibration error, the mean "
        f"gap between the two, is {report.calibration.error:.3f}."
    )
    rows = (
        [
            f"{b.low:.1f} to {b.high:.1f}",
            str(b.count),
            *([f"{b.confidence:.3f}", f"{b.right:.3f}"] if b.count else ["", ""]),
        ]
        for b in report.calibration.bins
    )
    columns = ["Confidence", "Messages", "Mean confidence", "Share right"]
    return [
        element("p", words),
        element("figure", reliability_plot(report.calibration)),
        table("Reliability by confidence", columns, rows),
    ]


def peers(report: Report) -> list[Html]:
    """Ours beside other methods."""
    if report.peers is None:
        return [element("p", "The peers were skipped in this run (PEERS=no).")]
    words = (
        "Each measured in a process of its own, one after the other, on the same questions. "
        "Stock Rasa's DIET takes most of an hour on all examples, so every method is measured "
        f"on the first {PER_INTENT} examples of each intent, all but DIET on all too. Right: "
        "the best question intent is the right one. AUROC: how well out of scope is told from "
        "in scope; all learned what to decline from the same examples. Training lasts until "
        "the contestant can answer, start included. Latency is that of one parse. Memory is "
        "the peak of training and answering. Disk holds the encoder's weights where they are "
        "used."
    )
    rows = (
        [
            peer.name,
            f"{peer.right:.1%}",
            f"{peer.auroc:.3f}",
            f"{peer.train_s:.1f}",
            f"{peer.p50_ms:.1f}",
            f"{peer.p95_ms:.1f}",
            "not measured" if peer.peak_mb is None else f"{peer.peak_mb:.0f}",
            f"{peer.disk_mb:.1f}",
        ]
        for peer in report.peers
    )
    columns = ["Method", "Right", "AUROC", "Training, s", "Parse p50, ms", "Parse p95, ms"]
    columns += ["Peak memory, MB", "On disk, MB"]
    return [element("p", words), table("Ours beside peers", columns, rows)]


def misses(report: Report, sets: Iterable[str]) -> list[Html]:
    """Every miss of the sets."""
    parts = []
    for name in sets:
        of_set = report.misses[name]
        parts.append(element("h3", f"{TITLES[name]}: {len(of_set)} misses"))
        columns = ["Said", "Expected", "Understood", "Outcome", "Said instead"]
        if of_set:
            parts.append(table(f"Misses: {TITLES[name]}", columns, map(_miss_row, of_set)))
    return parts


def _miss_row(miss: Miss) -> list[str]:
    understood = f"{miss.understood} ({miss.confidence:.2f})" if miss.understood else ""
    instead = f"{miss.kind}: {miss.reply}"
    return [" / ".join(miss.said), ", ".join(miss.expected), understood, miss.outcome, instead]


def _number(count: int) -> Html:
    return element("td", str(count), class_="number")


def _value(figure: Figure) -> str:
    if figure.unit:
        return f"{figure.value:.0f} {figure.unit}"
    return f"{figure.value:.1%}" if figure.total else f"{figure.value:.3f}"


def _count(figure: Figure) -> str:
    return f"{figure.count} of {figure.total}" if figure.total else ""


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.1%} to {figure.high:.1%}"


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    value = _value(Figure("", "", figure.goal.value, total=figure.total, unit=figure.unit))
    return f"at {'least' if figure.goal.at_least else 'most'} {value}"


def _reached(figure: Figure) -> str:
    return "" if figure.reached is None else "yes" if figure.reached else "NO"
