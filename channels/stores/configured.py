"""Look whether ``endpoints.yml`` names a store of conversations.

Threat model: a misspelled key or type. Rasa passes over it and keeps conversations in
memory, where a restart loses them, while the old ones lie in a database where no purge
looks for them any more.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from rasa.core.tracker_store import RedisTrackerStore, SQLTrackerStore
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file

from channels.settings import SettingsError

# What ``AvailableEndpoints.read_endpoints`` looks for.
_KEYS = (
    "action_endpoint",
    "tracker_store",
    "lock_store",
    "event_broker",
    "models",
    "nlg",
    "nlu",
)
_MEMORY = "rasa.core.tracker_store.InMemoryTrackerStore"


def check_endpoints(file: Path) -> None:
    """Call before Rasa reads the file.

    Raises:
        SettingsError: it cannot be read, has a key that Rasa does not know, or no tracker
            store that Rasa knows.
    """
    try:
        content = read_config_file(file)
    except (RasaException, OSError) as error:
        raise SettingsError(f"{file} cannot be read: {error}") from error
    unknown = sorted({str(key) for key in content} - set(_KEYS))
    if unknown:
        raise SettingsError(
            f"{file}: Rasa knows no '{unknown[0]}' here. It knows: {', '.join(_KEYS)}."
        )
    store = content.get("tracker_store")
    given = dict(store) if isinstance(store, dict) else {}
    kind = given.pop("type", None)
    known = _parameters(str(kind))
    if known is None:
        raise SettingsError(
            f"{file}: tracker_store needs a type: SQL (its dialect says which, for example "
            f"sqlite or postgresql) or redis, not {kind!r}. To keep conversations in memory "
            f"until the next restart, write {_MEMORY}."
        )
    wrong = sorted(set(given) - known)
    if wrong:
        raise SettingsError(
            f"{file}: a tracker_store of type {kind} has no '{wrong[0]}'. It has: "
            f"{', '.join(sorted(known))}."
        )


def _parameters(kind: str) -> set[str] | None:
    """What a store of this type can be given; None where Rasa has none such.

    Rasa passes over what it does not know: a misspelled ``db`` is another database.
    """
    stores = {"sql": SQLTrackerStore, "redis": RedisTrackerStore}
    try:
        store = stores.get(kind.lower()) or class_from_module_path(kind)
    except (ImportError, ValueError, RasaException):
        return None
    names = set(inspect.signature(store.__init__).parameters)
    return (names | {"url"}) - {"self", "domain", "host", "event_broker", "kwargs"}
