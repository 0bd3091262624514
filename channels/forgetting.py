"""Remove conversations: at the patient's word, and at the end of their time.

Threat model: a conversation that is deleted in part, so that a comment or a reply of it
stays, and texts of patients that stay for years because nobody looks.
"""

from __future__ import annotations

import time

from channels import history
from channels.feedback import FeedbackBook
from channels.stores.base import ConversationStore


def erase(store: ConversationStore, feedback: FeedbackBook, conversation: str) -> None:
    """Remove a conversation, its ratings first: they are found through it."""
    replies = history.reply_ids(store, conversation)
    feedback.forget(replies)
    store.delete(conversation)
    # And what was rated meanwhile.
    feedback.forget(replies)


def purge(store: ConversationStore, feedback: FeedbackBook, days: int) -> int:
    """Remove conversations that began more than so many days ago; how many.

    Ratings as old go too: their conversation may have gone by itself, as from memory.
    """
    old = store.started_before(time.time() - days * 86_400)
    for conversation in old:
        erase(store, feedback, conversation)
    feedback.purge(days)
    return len(old)
