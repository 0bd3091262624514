"""Take out what identifies a person, before anything is stored or understood.

Threat model: a name, number or address that a patient types ends up in the tracker
store, in a log or in the training data. The mask stands between the request and Rasa;
where it fails, the message is not handed on. There is no fallback without a mask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from actions.patient_action import FACTS
from knowledge.loader import live_store
from knowledge.records import FactStore

_DOCTOR = re.compile(r"Dr\. ([A-Z]\w+) ([A-Z]\w+)")


class Masked(Protocol):
    """A text without identifiers, and how many of each kind were taken out."""

    @property
    def text(self) -> str:
        """With ``[phone]``, ``[name]`` and the like in place of identifiers."""

    @property
    def kinds(self) -> Sequence[tuple[str, int]]:
        """Pairs such as ``("phone", 2)``; the kinds come from a fixed list."""


Mask = Callable[[str], Masked]


class Unmasked:
    """A text as it was."""

    kinds: Sequence[tuple[str, int]] = ()

    def __init__(self, text: str) -> None:
        self.text = text


def identifier_mask(wanted: bool) -> Mask:
    """The mask of the safety layer; where it is not wanted, one that changes nothing.

    What the clinic and the sources publish of themselves stays readable, as the facts
    have it now.

    Raises:
        ContentError: the fact store is broken.
    """
    if not wanted:
        return Unmasked
    # Imported here: it reads long word lists, which tests of the channel need not.
    from safety.identifiers import IdentifierMask

    store = live_store(FACTS).current()
    mask = IdentifierMask(published(store))

    def masked(text: str) -> Masked:
        nonlocal store, mask
        now = live_store(FACTS).current()
        if now is not store:
            store, mask = now, IdentifierMask(published(now))
        return mask.mask(text)

    return masked


def published(store: FactStore) -> list[str]:
    """Names, numbers and addresses that are public: the clinic's and the sources'."""
    clinic = store.clinic
    own = [clinic.name, clinic.phone, clinic.fax, clinic.address]
    pages = [each for page in store.sources.values() for each in (page.title, page.publisher)]
    doctors = [name for text in pages for name in _DOCTOR.findall(text)]
    # As patients write them: with the last name alone too, but not without a title,
    # for a patient may have the same last name.
    titled = [f"{title} {name}" for title in ("Dr.", "Dr") for _, name in doctors]
    return own + pages + titled + [f"{first} {last}" for first, last in doctors]
