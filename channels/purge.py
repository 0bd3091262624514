"""``python -m channels.purge``: delete conversations that reached the end of their time.

Threat model: texts of patients that stay for years because nobody looks. The server
does this by itself at its start and daily; this command is for a timer of the operator
and for the day on which the server is switched off for good.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from channels.settings import SettingsError, read_settings
from launch import quiet_logs
from launch.environment import CACHE, ROOT, process_environment

_CHANNEL = "channels.website.WebsiteInput"


def main() -> None:
    """Delete, and say how many.

    Raises:
        SystemExit: a setting or the store cannot be used; its text says why.
    """
    quiet_logs.install()
    # What libraries warn of is for a developer.
    logging.captureWarnings(True)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--credentials", type=Path, default=ROOT / "credentials.yml")
    parser.add_argument("--endpoints", type=Path, default=ROOT / "endpoints.yml")
    arguments = parser.parse_args()
    for name, value in process_environment(action_port=0).items():
        os.environ.setdefault(name, value)
    # Imported here: it brings in Rasa, which takes seconds, and reads the environment.
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.exceptions import RasaException
    from rasa.shared.utils.io import read_config_file

    from channels.feedback import FeedbackBook
    from channels.forgetting import purge
    from channels.stores import conversations_of
    from channels.stores.configured import check_endpoints

    try:
        credentials = read_config_file(arguments.credentials)
        # Without it the days would be the default, whatever a misspelled section says.
        if _CHANNEL not in credentials:
            sys.exit(f"{arguments.credentials}: the section '{_CHANNEL}:' is missing; write it.")
        days = read_settings(credentials[_CHANNEL]).conversation_lifetime_days
        check_endpoints(arguments.endpoints)
    except SettingsError as error:
        sys.exit(str(error))
    except (RasaException, OSError) as error:
        sys.exit(f"{arguments.credentials} cannot be read: {error}")
    try:
        endpoints = AvailableEndpoints.read_endpoints(str(arguments.endpoints))
        store = conversations_of(TrackerStore.create(endpoints.tracker_store))
        count = purge(store, FeedbackBook(store, CACHE / "feedback.db"), days)
    except SettingsError as error:
        sys.exit(str(error))
    except Exception as error:
        # What it says may quote a patient.
        sys.exit(
            f"Old conversations were not deleted: the tracker store of {arguments.endpoints} "
            f"cannot be used ({type(error).__name__}). Start or mend it, then try again."
        )
    print(f"Deleted {count} conversations that began more than {days} days ago.")


if __name__ == "__main__":
    main()
