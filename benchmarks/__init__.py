"""Ours beside stock Rasa and other peers, in one run."""
