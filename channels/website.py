"""The website channel: Rasa's side of the contract in ``docs/openapi.yml``.

Threat model: the open internet. Anybody can send anything to these routes; each module
of this package opens with what it keeps out. The client names no conversation, sets no
slot, sends no command and gets no silence.

Configured in ``credentials.yml``, see ``channels/settings.py`` for the keys::

    channels.website.WebsiteInput:
      allowed_origins: [https://www.example.org]
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic

from channels.assistant import Assistant
from channels.doors import Doors
from channels.masking import Mask, identifier_mask
from channels.mounting import fit
from channels.origins import Origins
from channels.pages import open_pages
from channels.routes import Routes
from channels.settings import Settings, read_settings

logger = logging.getLogger(__name__)

PREFIX = "/webhooks/website"
_DAY = 86_400.0
_HOUR = 3600.0


class WebsiteInput(InputChannel):
    """Patients reach the assistant through the widget on a clinic's website."""

    def __init__(self, settings: Settings, mask: Mask) -> None:
        self._settings = settings
        self._assistant = Assistant(settings.session_turns)
        self._routes = Routes(settings, self._assistant, mask)
        self._purging: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        return "website"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """The channel as ``credentials.yml`` configures it.

        Raises:
            SettingsError: a setting cannot be used.
        """
        settings = read_settings(credentials)
        return cls(settings, identifier_mask(settings.mask_identifiers))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes.

        Args:
            on_new_message: not used. It takes Rasa's lock by itself, and the channel
                looks under that lock whether the conversation still exists.
        """
        blueprint = Blueprint("website")
        doors = Doors(blueprint, Origins(self._settings.allowed_origins))
        self._routes.open(doors)
        open_pages(doors)
        blueprint.listener("before_server_start")(self._fit)
        blueprint.listener("after_server_start")(self._connect)
        blueprint.listener("before_server_stop")(self._settle)
        return blueprint

    async def _fit(self, app: Sanic, loop: object) -> None:
        fit(app, PREFIX)

    async def _connect(self, app: Sanic, loop: object) -> None:
        self._assistant.connect(app.ctx.agent)
        self._purging = asyncio.create_task(self._purge_daily())

    async def _settle(self, app: Sanic, loop: object) -> None:
        if self._purging:
            self._purging.cancel()
        await self._routes.turns.settle()

    async def _purge_daily(self) -> None:
        while True:
            try:
                count = await self._assistant.purge(self._settings.conversation_lifetime_days)
            except Exception as error:
                logger.error("Old conversations were not deleted (%s).", type(error).__name__)
                await asyncio.sleep(_HOUR)
                continue
            self._routes.purged(count)
            logger.info("Deleted %d conversations at the end of their time.", count)
            await asyncio.sleep(_DAY)
