"""Rasa's action server, started only with a good fact store, bounded and discreet.

Threat model: the SDK's server answers whoever reaches its port. A page in a browser on
this machine may call it (CORS is open), a small packed body grows to a gigabyte, and an
error is answered with the whole conversation and logged with what it quotes. It listens
on loopback only; what gets there all the same meets the limits below.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from knowledge.content import ContentError
from launch import quiet_logs

logger = logging.getLogger(__name__)

# A turn ships forty events, 100 kB at most.
LARGEST_CALL = 2 * 1024 * 1024


def main() -> None:
    """Check the facts, then ``rasa_sdk --actions actions`` on the port of ``-p``."""
    quiet_logs.install()
    from actions.patient_action import FACTS, red_flags
    from knowledge.loader import live_store
    from safety.rule_file import RedFlagsError

    try:
        live_store(FACTS)
        # Read now: the first patient's second message would wait seconds for it.
        red_flags()
    except (ContentError, RedFlagsError) as error:
        sys.exit(f"The fact store has problems:\n{error}")
    from rasa_sdk import endpoint
    from rasa_sdk.__main__ import main as sdk_main

    create = endpoint.create_app
    endpoint.create_app = lambda *given, **named: bounded(create(*given, **named))
    sys.argv[1:1] = ["--actions", "actions"]
    sdk_main()


def bounded(app: Any) -> Any:
    """The SDK's web server with limits, and with errors that quote nothing."""
    from sanic.exceptions import SanicException
    from sanic.response import json

    app.config.REQUEST_MAX_SIZE = LARGEST_CALL

    def refuse(request: Any) -> Any:
        if "origin" in request.headers:
            return json({"error": "No page may call an action."}, status=403)
        if "content-encoding" in request.headers:
            return json({"error": "Send the call uncompressed."}, status=415)
        return None

    def tell(request: Any, error: Exception) -> Any:
        status = error.status_code if isinstance(error, SanicException) else 500
        if status >= 500:
            logger.error("A call failed.", exc_info=error)
        return json({"error": type(error).__name__}, status=status)

    app.register_middleware(refuse, "request")
    app.error_handler.add(Exception, tell)
    return app


if __name__ == "__main__":
    main()
