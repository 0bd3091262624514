"""Peers of our understanding, each measured in a process of its own."""
