"""Mask what staff type in ``make shell``, as the website channel masks patients.

Threat model: somebody tries a real patient's message at a desk, and it lies in the
store for a month. Rasa's shell posts each line to a REST channel of its own; the mask
stands where that channel takes the text out of the request. Commands of the shell
(``/restart``) pass: they are for staff.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.core.channels.console import CmdlineInput
from rasa.core.channels.rest import RestInput

from channels.masking import Mask, identifier_mask


def install() -> None:
    """Put the mask in place. The word lists are read at the first message."""
    CmdlineInput._extract_message = _masked_message


@cache
def _mask() -> Mask:
    return identifier_mask(True)


def _masked_message(self: CmdlineInput, request: Any) -> str | None:
    text = RestInput._extract_message(self, request)
    # An error here is no answer, never an unmasked one.
    return _mask()(text).text if isinstance(text, str) else None
