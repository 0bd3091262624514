"""American spelling, as the clinics' patients read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.content import Content, Problem

_AMERICAN = {
    "anaesthesia": "anesthesia", "anaesthetic": "anesthetic", "anaemia": "anemia",
    "tumour": "tumor", "tumours": "tumors", "centre": "center", "centres": "centers",
    "colour": "color", "fibre": "fiber", "haemorrhage": "hemorrhage", "litre": "liter",
    "metre": "meter", "oedema": "edema", "oesophagus": "esophagus", "orthopaedic": "orthopedic",
    "paediatric": "pediatric", "practise": "practice", "programme": "program",
    "specialise": "specialize", "specialised": "specialized", "stabilise": "stabilize",
    "stabilised": "stabilized", "stabilises": "stabilizes", "stabilising": "stabilizing",
    "minimise": "minimize", "minimises": "minimizes", "recognise": "recognize",
    "recognised": "recognized", "behaviour": "behavior", "favour": "favor",
    "favours": "favors", "travelling": "traveling", "travelled": "traveled",
    "labelled": "labeled", "judgement": "judgment", "grey": "gray", "mould": "mold",
    "whilst": "while", "amongst": "among", "learnt": "learned", "organisation": "organization",
    "organise": "organize", "hospitalised": "hospitalized", "localised": "localized",
    "visualise": "visualize", "realise": "realize", "ageing": "aging", "neighbour": "neighbor",
}  # fmt: skip
_BRITISH = re.compile(r"\b(" + "|".join(_AMERICAN) + r")\b", re.IGNORECASE)


def check(content: Content) -> Iterator[Problem]:
    for fact in content.facts():
        for field, text in (fact.texts() | fact.cells()).items():
            for word in _BRITISH.findall(text):
                yield fact.problem(
                    f"{field} has the British '{word}'; write '{_AMERICAN[word.lower()]}'."
                )
