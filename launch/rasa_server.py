"""Rasa's command line with our adaptations put in place first."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from knowledge.content import ContentError
from launch import quiet_logs
from launch.environment import ROOT


def main() -> None:
    """``python -m launch.rasa_server run ...`` is ``rasa run ...``, adapted."""
    quiet_logs.install()
    # Imported here: it brings in Rasa, which takes seconds.
    from rasa.__main__ import main as rasa_main

    from channels.settings import SettingsError
    from channels.stores.configured import check_endpoints
    from launch import masked_shell, rasa_adaptation

    # The rest is for Rasa.
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--endpoints", type=Path, default=ROOT / "endpoints.yml")
    try:
        check_endpoints(parser.parse_known_args()[0].endpoints)
        rasa_adaptation.install()
        masked_shell.install()
        rasa_main()
    except ContentError as error:
        sys.exit(f"The fact store has problems:\n{error}")
    except SettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
