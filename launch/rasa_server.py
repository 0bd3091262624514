"""Rasa's command line with our adaptations put in place first."""

from __future__ import annotations

import sys

from knowledge.content import ContentError
from launch import quiet_logs


def main() -> None:
    """``python -m launch.rasa_server run ...`` is ``rasa run ...``, adapted."""
    quiet_logs.install()
    # Imported here: it brings in Rasa, which takes seconds.
    from rasa.__main__ import main as rasa_main

    from channels.settings import SettingsError
    from launch import masked_shell, rasa_adaptation

    try:
        rasa_adaptation.install()
        masked_shell.install()
        rasa_main()
    except ContentError as error:
        sys.exit(f"The fact store has problems:\n{error}")
    except SettingsError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
