"""``python -m channels.purge``: delete conversations that reached the end of their time.

Threat model: texts of patients that stay for years because nobody looks. The server
does this by itself at its start and daily; this command is for a timer of the operator
and for the day on which the server is switched off for good.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from channels.settings import read_settings
from launch.environment import CACHE, ROOT, process_environment

_CHANNEL = "channels.website.WebsiteInput"


def main() -> None:
    """Delete, and say how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--credentials", type=Path, default=ROOT / "credentials.yml")
    parser.add_argument("--endpoints", type=Path, default=ROOT / "endpoints.yml")
    arguments = parser.parse_args()
    for name, value in process_environment(action_port=0).items():
        os.environ.setdefault(name, value)
    # Imported here: it brings in Rasa, which takes seconds, and reads the environment.
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.utils.io import read_config_file

    from channels.feedback import FeedbackBook
    from channels.forgetting import purge
    from channels.stores import conversations_of

    days = read_settings(
        read_config_file(arguments.credentials).get(_CHANNEL)
    ).conversation_lifetime_days
    endpoints = AvailableEndpoints.read_endpoints(str(arguments.endpoints))
    store = conversations_of(TrackerStore.create(endpoints.tracker_store))
    count = purge(store, FeedbackBook(store, CACHE / "feedback.db"), days)
    print(f"Deleted {count} conversations that began more than {days} days ago.")


if __name__ == "__main__":
    main()
