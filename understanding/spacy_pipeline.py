"""Build the spaCy pipeline that Rasa's SpacyNLP loads.

A blank English pipeline with an entity ruler. Its patterns come from the
lookup tables in ``data/entities.yml``, so a linguist edits one file. Built on
this machine in well under a second: no model is downloaded.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
import yaml
from spacy.language import Language

# Lookup tables that are word lists for the speller and classifier, not entities.
_NOT_ENTITIES = frozenset({"vocabulary", "drug", "other_treatment"})


def entity_terms(entities_file: Path) -> dict[str, list[str]]:
    """Lookup tables of a Rasa NLU file: entity name to its terms.

    Raises:
        ValueError: the file holds no lookup table.
    """
    items = yaml.safe_load(entities_file.read_text())["nlu"]
    tables = {
        item["lookup"]: [line.removeprefix("- ") for line in item["examples"].splitlines()]
        for item in items
        if "lookup" in item and item["lookup"] not in _NOT_ENTITIES
    }
    if not tables:
        raise ValueError(f"{entities_file}: no lookup table; the entities need at least one.")
    return tables


def build_pipeline(terms: dict[str, list[str]]) -> Language:
    """Blank English pipeline that labels the terms, whatever their case."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    patterns = [
        {"label": entity, "pattern": term}
        for entity, entity_terms in terms.items()
        for term in entity_terms
    ]
    # The ruler is filled last: nlp.initialize() would empty it.
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def save_pipeline(entities_file: Path, folder: Path) -> None:
    """Write the pipeline of ``entities_file`` to ``folder``.

    What is the same already is left alone: a server may be reading it.
    """
    with TemporaryDirectory() as name:
        build_pipeline(entity_terms(entities_file)).to_disk(name)
        for fresh in filter(Path.is_file, Path(name).rglob("*")):
            target = folder / fresh.relative_to(name)
            if not target.exists() or target.read_bytes() != fresh.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(fresh.read_bytes())
