"""Every page and section that a fact cites is in ``facts/sources.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content import Content, Problem


def check(content: Content) -> Iterator[Problem]:
    sections = {page["id"]: page["sections"] for page in content.sources}
    for fact in content.facts():
        for source in fact.data["sources"]:
            page, section = source["page"], source["section"]
            if page not in sections:
                yield fact.problem(
                    f"source page '{page}' does not exist; use one of {', '.join(sections)}."
                )
            elif section not in sections[page]:
                yield fact.problem(
                    f"page {page} has no section '{section}'; "
                    "copy a heading from facts/sources.yml."
                )
        for stance in fact.data.get("differ", []):
            for page in stance["pages"]:
                if page not in {source["page"] for source in fact.data["sources"]}:
                    yield fact.problem(
                        f"differ names page '{page}', which the fact's sources do not cite; "
                        "add the source."
                    )
