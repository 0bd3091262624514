"""Threat model, first draft."""

from safety.identifiers.mask import IdentifierMask, Masked

__all__ = ["IdentifierMask", "Masked"]
