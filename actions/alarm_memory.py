"""For a few messages after an alarm, no reply sounds as if all were well.

Threat model: "my legs are weak and tingly" gets "call 911 now". Then comes "so should I
wait till Monday?", which is no sign of its own, and a general answer to it would read as
a yes.

A false alarm is the patient's to take back, by saying so, also beside a question, or by a
button that stands under each of these replies; it stands under no alarm, where nothing draws
away from what to do.

What the classifier alone heard, and is not sure of, takes the place of no reply. Passed over,
somebody in danger is lost. Told to call 911 and nothing else, an old lady who spoke of her
porridge is frightened, and what she asked is lost. So when to call whom is said first, as an
alarm, and then what is said otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from actions.answer import Reply, Suggestion, alarm_reply
from actions.foreseen import with_foreseen
from actions.raised_alarms import MESSAGES, RaisedAlarms
from actions.turn import Turn
from knowledge.records import FactStore
from safety.rule_book import LEVELS
from understanding.intents import FALSE_ALARM, FOLLOW_UP_PREFIX, PERSONAL_ADVICE

_MILDEST = LEVELS[-1]
_AGREED = "affirm"
# Right behind a doubt, or an alarm that was taken back, these may mean it: "no, I was fibbing".
_UNSETTLED = frozenset({PERSONAL_ADVICE, _AGREED, "deny", "not_what_i_asked"})
# Right after an alarm these speak of it, whatever was answered before: "so?", "ok I will".
_OF_WHAT_WAS_SAID = frozenset({_AGREED, "deny", "simplify"})
# Replies to a thank-you and the like. Their menu would sound as if all were well.
_COURTESIES = frozenset({"greet", "goodbye"})


def keep_alarms(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """The reply with what must be said before it, and what to keep in mind after it."""
    before = turn.alarms
    if reply.kind in LEVELS:
        return _alarm(reply, turn, store)
    if turn.corrects_alarm:
        return _taken_back(reply, turn, store)
    if before.levels and any(part.intent == PERSONAL_ADVICE for part in turn.parts):
        # "Must I really go?" gets the alarm again: what is kept is all that it adds to.
        again, _ = _alarm(alarm_reply(before.standing[0], store), turn, store)
        return again, before.after_message()
    if not before.levels and turn.foreseen != turn.in_doubt:
        # After an alarm "should it happen" would sound as if it had not.
        reply = with_foreseen(reply, turn.foreseen, store)
    unsettled = any(part.intent in _UNSETTLED for part in turn.parts)
    doubt = turn.in_doubt or (before.doubted if unsettled else None)
    after = before.after_message()
    if doubt and before.covers(doubt):
        return _opened(reply, before, None, store), replace(before, messages=MESSAGES)
    return _opened(reply, before, doubt, store), replace(after, doubted=doubt)


def alarm_again(turn: Turn, store: FactStore) -> Reply | None:
    """The alarm once more, where the message right after it leans on what was said before.

    "So?" would be answered from what was told before the alarm. "Ok, my son is calling" is not
    told the same words again.
    """
    before = turn.alarms
    if turn.alarm or turn.takes_back or not before.levels or before.messages < MESSAGES:
        return None
    if any(
        part.intent not in _OF_WHAT_WAS_SAID and not part.intent.startswith(FOLLOW_UP_PREFIX)
        for part in turn.parts
    ):
        return None
    agreed = all(part.intent == _AGREED for part in turn.parts)
    return alarm_reply(before.standing[0], store, agreed)


def _alarm(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """An alarm, with those before it that it must not take the place of."""
    after = turn.alarms.raised(reply.kind)
    lead = after.standing[0] if reply.kind == _MILDEST else reply.kind
    if lead != reply.kind:
        # "And she has a fever" does not make numb legs less of an emergency.
        reply = alarm_reply(lead, store)
    # Nor does despair over them: 988 must not take the place of 911, nor 911 that of 988.
    lines = [store.phrases[f"{level}_still"] for level in after.standing if level != lead]
    if turn.in_doubt and not after.covers(turn.in_doubt):
        lines.append(store.phrases[f"{turn.in_doubt}_in_doubt"])
    return replace(reply, text="\n".join([reply.text, *lines])), after


def _taken_back(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """The reply to somebody who says that the last alarm was none.

    It says when it would be one, and what was raised before it: "it's the ambulance for my
    foot, I don't want to die" takes back no foot.
    """
    last, left = turn.alarms.last, turn.alarms.taken_back()
    if turn.foreseen != last:
        # Another sign that may yet come, and may be graver, is said as well.
        reply = with_foreseen(reply, turn.foreseen, store)
    doubt = turn.in_doubt if turn.in_doubt and not left.covers(turn.in_doubt) else None
    lines = [store.phrases["false_alarm"]]
    # What the message itself may report is said before this, and says more.
    lines += [] if doubt == last else [store.phrases[f"{last}_foreseen"]]
    text = "\n".join([*lines, reply.text])
    reply = replace(reply, text=text, disclaimer=store.disclaimer.full)
    # Should "no, it was no joke" come next, what was taken back is spoken of once more.
    doubted = doubt if doubt or left.levels else last
    return _opened(reply, left, doubt, store), replace(left, doubted=doubted)


def _opened(reply: Reply, before: RaisedAlarms, doubt: str | None, store: FactStore) -> Reply:
    """The reply behind what stands of alarms before, and what is in doubt; gravest first."""
    levels = [each for each in LEVELS if each in before.standing or each == doubt]
    if not levels:
        return reply
    lines = [store.phrases[f"{x}_in_doubt" if x == doubt else f"{x}_still"] for x in levels]
    suggestions = () if reply.kind in _COURTESIES else reply.suggestions
    if before.levels:
        mistaken = Suggestion(FALSE_ALARM, store.phrases["false_alarm_button"])
        suggestions = (*suggestions, mistaken)
    reply = replace(
        reply,
        text="\n".join([*lines, reply.text]),
        disclaimer=store.disclaimer.full,
        suggestions=suggestions,
    )
    if not doubt:
        return reply
    alarm = alarm_reply(levels[0], store)
    return replace(reply, kind=alarm.kind, phone=alarm.phone)
