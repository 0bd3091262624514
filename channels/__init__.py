"""How patients reach the assistant: the website channel, see ``website.py``."""
