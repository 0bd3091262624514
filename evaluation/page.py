"""``report.html``: one file that needs nothing else, readable by screen readers too."""

from __future__ import annotations

from collections.abc import Iterable

from evaluation import sections
from evaluation.cases import TITLES
from evaluation.markup import Html, element
from evaluation.report import Report

_TITLE = "Evaluation of the patient FAQ assistant"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --line: #767676; --mark: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #9a9a9a; --mark: #a8c7fa; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left;
  vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
td.shaded { background: color-mix(in srgb, var(--mark) var(--shade), transparent); }
p, li { max-width: 45rem; }
a { color: var(--mark); }
:focus-visible { outline: 3px solid var(--mark); }
.matrix thead th { writing-mode: vertical-rl; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 13px; fill: currentColor; }
.axis { stroke: currentColor; }
.ideal { stroke: var(--line); stroke-dasharray: 4; }
.dot { fill: var(--mark); fill-opacity: .75; }
@media print { .wide { overflow: visible; } }
"""


def page(report: Report) -> str:
    """The whole page."""
    others = [name for name in TITLES if name not in sections.SAFETY]
    parts = {
        "Summary": sections.summary(report),
        "Safety": sections.safety(report),
        "Outcomes": sections.outcomes(report),
        "Confusions": sections.confusions(report),
        "Calibration": sections.calibration(report),
        "Peers": sections.peers(report),
        "Other misses": sections.misses(report, others),
    }
    links = [element("li", element("a", title, href=f"#{_id(title)}")) for title in parts]
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        element("title", _TITLE),
        element("style", Html(_STYLE)),
    )
    body = element(
        "body",
        element("header", element("h1", _TITLE), _about(report)),
        element("nav", element("ul", *links), aria_label="Sections"),
        element("main", *(_section(title, content) for title, content in parts.items())),
    )
    return "<!doctype html>\n" + element("html", head, body, lang="en") + "\n"


def _section(title: str, content: Iterable[Html]) -> Html:
    heading = element("h2", title, id=_id(title))
    return element("section", heading, *content, aria_labelledby=_id(title))


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


def _about(report: Report) -> Html:
    about = report.about
    memory = "not measured" if about.memory_mb is None else f"{about.memory_mb:.0f} MB"
    text = (
        f"Made {about.made} with the model {about.model} ({about.model_mb:.0f} MB) on "
        f"{about.cores} cores, Python {about.python}, Rasa {about.rasa}. Each question was put "
        "to the running assistant over the website channel, in a conversation of its own; "
        f"both servers together held at most {memory}. The machine's load was "
        f"{about.load:.1f}: above the number of cores, times are those of a busy machine."
    )
    if about.limit is None:
        return element("p", text)
    part = f"Only {about.limit} conversations of each set were played: no figure is final."
    return element("div", element("p", text), element("p", element("strong", part)))
