"""Load and check what the assistant may say. No Rasa import."""
