"""Figures for the operator, in Prometheus' text format.

Threat model: a metric that tells who asked what. Labels come from fixed lists of ours,
that of a failed turn also from the names of Python's classes of errors, never from a
request; no conversation id, no address and no text gets into one. Each server process
counts its own turns.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from channels.replies import KINDS

_SECONDS = (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The channel's counters, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.turns = self._counter("turns", "Replies given, by their kind.", "kind")
        self.seconds = Histogram(
            "patient_faq_turn_seconds",
            "Time from a message's arrival to its reply.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.empty = self._counter("empty_replies", "Turns in which Rasa said nothing.")
        self.errors = self._counter("errors", "Turns that failed, by reason.", "reason")
        self.rate_limited = self._counter("rate_limited", "Calls refused, by limit.", "limit")
        self.redactions = self._counter("redactions", "Identifiers masked, by kind.", "kind")
        self.conversations = self._counter("conversations", "Conversations started.")
        self.forgotten = self._counter("conversations_deleted", "Deleted, by cause.", "cause")
        self.feedback = self._counter("feedback", "Ratings of replies.", "helpful")

    def answered(self, kind: str, seconds: float) -> None:
        """Count a turn."""
        self.turns.labels(kind if kind in KINDS else "other").inc()
        self.seconds.observe(seconds)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)

    def _counter(self, name: str, help_: str, *labels: str) -> Counter:
        return Counter(f"patient_faq_{name}", help_, labels, registry=self._registry)
