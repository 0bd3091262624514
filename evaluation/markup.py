"""HTML that cannot be broken by what is put into it.

Threat model: a question in a set, or a reply, that holds HTML or script. Every text is
escaped where it is put into an element; only what this module made goes in unescaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


class Html(str):
    """Markup made here. Anything that is only ``str`` is a text, and gets escaped."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Html:
    """An element with its children, texts among them escaped.

    Attribute names are written with ``_`` for ``-``; a ``_`` at the end is dropped, for
    names that Python keeps for itself.
    """
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for name, value in attributes.items()
    )
    inner = "".join(child if isinstance(child, Html) else html.escape(child) for child in children)
    return Html(f"<{tag}{named}>{inner}</{tag}>")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """A table whose first cell of each row is the row's title.

    A cell may be a whole ``td`` of its own; every other cell becomes one.
    """
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = [
        element("tr", element("th", title, scope="row"), *(_cell(each) for each in cells))
        for title, *cells in rows
    ]
    whole = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *body),
    )
    # Wide tables scroll by themselves; the tab stop lets the keyboard scroll them too.
    return element("div", whole, class_="wide", role="region", tabindex="0", aria_label=caption)


def _cell(content: str) -> Html:
    if isinstance(content, Html) and content.startswith("<td"):
        return content
    return element("td", content)
