"""Custom graph components for Rasa, one a file; the logic is in ``understanding/``."""
