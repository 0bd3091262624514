"""Pictures of figures, as inline SVG. The same figures stand in a table beside them."""

from __future__ import annotations

from evaluation.calibration import Calibration
from evaluation.markup import Html, element

_SIDE = 260
_EDGE = 44
_LARGEST_DOT = 12.0


def reliability_plot(calibration: Calibration) -> Html:
    """Share right over confidence; dots on the diagonal are as sure as they may be."""
    most = max((each.count for each in calibration.bins), default=0) or 1
    dots = [
        element(
            "circle",
            cx=f"{_x(each.confidence):.1f}",
            cy=f"{_y(each.right):.1f}",
            # The area tells the count, but the smallest must still be seen.
            r=f"{max(3.0, _LARGEST_DOT * (each.count / most) ** 0.5):.1f}",
            class_="dot",
        )
        for each in calibration.bins
        if each.count
    ]
    size = str(_SIDE + 2 * _EDGE)
    return element(
        "svg",
        element("title", "Share right over confidence, one dot for each tenth of confidence"),
        _line(0.0, 0.0, 1.0, 1.0, "ideal"),
        _line(0.0, 0.0, 1.0, 0.0, "axis"),
        _line(0.0, 0.0, 0.0, 1.0, "axis"),
        *_marks(),
        *dots,
        viewBox=f"0 0 {size} {size}",
        width=size,
        height=size,
        role="img",
    )


def _marks() -> list[Html]:
    marks = []
    for value in (0.0, 0.5, 1.0):
        x, y = f"{_x(value):.0f}", f"{_y(value):.0f}"
        below, left = f"{_y(0) + 18:.0f}", f"{_x(0) - 8:.0f}"
        marks.append(element("text", f"{value:.1f}", x=x, y=below, text_anchor="middle"))
        marks.append(element("text", f"{value:.1f}", x=left, y=y, text_anchor="end"))
    middle, bottom = f"{_x(0.5):.0f}", f"{_y(0) + 36:.0f}"
    marks.append(element("text", "confidence", x=middle, y=bottom, text_anchor="middle"))
    marks.append(element("text", "share right", x=f"{_x(0):.0f}", y=f"{_y(1) - 16:.0f}"))
    return marks


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Html:
    ends = {"x1": _x(x1), "y1": _y(y1), "x2": _x(x2), "y2": _y(y2)}
    return element("line", class_=kind, **{name: f"{at:.0f}" for name, at in ends.items()})


def _x(value: float) -> float:
    return _EDGE + _SIDE * value


def _y(value: float) -> float:
    return _EDGE + _SIDE * (1.0 - value)
