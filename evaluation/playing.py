"""Talk to the running assistant as the widget does, each conversation a new patient."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import requests
from tqdm import tqdm

from evaluation.heard import Heard, heard_of

# More would wait for each other: the assistant runs on as few cores.
_AT_ONCE = 2
_TIMEOUT = 60.0

Conversation = tuple[str, ...]


def play(base: str, title: str, conversations: Sequence[Conversation]) -> list[list[Heard]]:
    """What came back, conversation by conversation, with a progress bar.

    Args:
        base: address of the website channel's calls.
        title: stands before the progress bar.

    Raises:
        requests.RequestException: the server does not answer, or starts no conversation.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        played = pool.map(partial(converse, base), conversations)
        try:
            return list(tqdm(played, desc=title, total=len(conversations), unit="conversation"))
        except requests.RequestException:
            pool.shutdown(cancel_futures=True)
            raise


def converse(base: str, messages: Conversation) -> list[Heard]:
    """The replies to the messages of one conversation.

    A message that the channel refuses is heard as an error: the patient saw no answer.
    """
    with requests.Session() as http:
        # What is on this machine is not asked for through a proxy.
        http.trust_env = False
        started = http.post(f"{base}/conversations", json={}, timeout=_TIMEOUT)
        started.raise_for_status()
        http.headers["Authorization"] = f"Bearer {started.json()['token']}"
        return [_turn(http, base, said) for said in messages]


def _turn(http: requests.Session, base: str, said: str) -> Heard:
    sent = time.perf_counter()
    answer = http.post(f"{base}/messages", json={"text": said}, timeout=_TIMEOUT)
    took = time.perf_counter() - sent
    if not answer.ok:
        return Heard(said, "error", f"HTTP {answer.status_code}: {answer.text}", took)
    (reply,) = answer.json()["replies"]
    return heard_of(said, reply, took)
