"""Question sets that nobody trained on, and what reads them."""
