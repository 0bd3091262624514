"""Rasa's action server, started only with a good fact store."""

from __future__ import annotations

import sys

from knowledge.content import ContentError


def main() -> None:
    """Check the facts, then ``rasa_sdk --actions actions`` on the port of ``-p``."""
    from actions.patient_action import live_store

    try:
        live_store()
    except ContentError as error:
        sys.exit(f"The fact store has problems:\n{error}")
    from rasa_sdk.__main__ import main as sdk_main

    sys.argv[1:1] = ["--actions", "actions"]
    sdk_main()


if __name__ == "__main__":
    main()
