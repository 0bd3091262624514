"""Red flags and personal identifiers. No Rasa import: it could serve another bot."""
