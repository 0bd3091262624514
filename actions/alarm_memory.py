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

from collections.abc import Sequence
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
# Right after an alarm these speak of it, whatever was answered before: "so?", "ok I will".
_OF_WHAT_WAS_SAID = frozenset({_AGREED, "deny", "simplify"})
# Right behind a doubt, or an alarm that was taken back, these may mean it: "no, I was fibbing".
_UNSETTLED = _OF_WHAT_WAS_SAID | {PERSONAL_ADVICE, FALSE_ALARM, "not_what_i_asked"}
# Replies to a thank-you and the like. Their menu would sound as if all were well.
_COURTESIES = frozenset({"greet", "goodbye"})


def repeat_alarm(turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms] | None:
    """The alarm once more, and what to keep in mind; None where the message is answered.

    It is for a message that leans on it, as "so?" would be answered from what was told before,
    and for what wants a judgment: "must I really go?". "Ok, my son is calling" is not told
    the same words again.
    """
    before, intents = turn.alarms, [part.intent for part in turn.parts]
    if turn.alarm or turn.takes_back or not before.levels:
        return None
    leans = before.messages == MESSAGES and all(
        each in _OF_WHAT_WAS_SAID or each.startswith(FOLLOW_UP_PREFIX) for each in intents
    )
    if not leans and PERSONAL_ADVICE not in intents:
        return None
    lead, *others = before.standing
    agreed = leans and set(intents) == {_AGREED}
    after = before if leans else before.after_message()
    reply = _beside(alarm_reply(lead, store, agreed), others, turn, before, store)
    return reply, replace(after, doubted=turn.in_doubt, withdrawn=None)


def keep_alarms(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """The reply with what must be said before it, and what to keep in mind after it."""
    before = turn.alarms
    if reply.kind in LEVELS:
        return _alarm(reply, turn, store)
    if turn.corrects_alarm:
        return _taken_back(reply, turn, store)
    doubt = _doubt(turn)
    if not before.levels and turn.foreseen != doubt:
        # After an alarm "should it happen" would sound as if it had not.
        reply = with_foreseen(reply, turn.foreseen, store)
    after = replace(before.after_message(), doubted=turn.in_doubt)
    if not doubt or not before.covers(doubt):
        return _opened(reply, before, doubt, store), after
    # It may have been told of again.
    told_again = None if doubt in before.levels else doubt
    after = replace(before, messages=MESSAGES, doubted=told_again, withdrawn=None)
    return _opened(reply, before, None, store), after


def opened_in_doubt(reply: Reply, level: str, store: FactStore) -> Reply:
    """The reply behind when to call whom about a red flag of the level."""
    return _opened(reply, RaisedAlarms(), level, store)


def _doubt(turn: Turn) -> str | None:
    """A red flag that the message may report, or hold to one that was in doubt before it."""
    if any(part.intent in _UNSETTLED for part in turn.parts):
        return turn.in_doubt or turn.alarms.doubted or turn.alarms.withdrawn
    return turn.in_doubt


def _alarm(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """An alarm, with those before it that it must not take the place of."""
    after = turn.alarms.raised(reply.kind)
    lead = after.standing[0] if reply.kind == _MILDEST else reply.kind
    if lead != reply.kind:
        # "And she has a fever" does not make numb legs less of an emergency.
        reply = alarm_reply(lead, store)
    # Nor does despair over them: 988 must not take the place of 911, nor 911 that of 988.
    others = [level for level in after.standing if level != lead]
    return _beside(reply, others, turn, after, store), replace(after, doubted=turn.in_doubt)


def _beside(
    reply: Reply, others: Sequence[str], turn: Turn, raised: RaisedAlarms, store: FactStore
) -> Reply:
    """An alarm with what stands of others, and what is in doubt beside them."""
    lines = [store.phrases[f"{level}_still"] for level in others]
    doubt = _doubt(turn)
    if doubt and not raised.covers(doubt):
        lines.append(store.phrases[f"{doubt}_in_doubt"])
    return replace(reply, text="\n".join([reply.text, *lines]))


def _taken_back(reply: Reply, turn: Turn, store: FactStore) -> tuple[Reply, RaisedAlarms]:
    """The reply to somebody who says that the last alarm was none.

    It says when it would be one, and what was raised before it: "it's the ambulance for my
    foot, I don't want to die" takes back no foot.
    """
    last, left = turn.alarms.last, turn.alarms.taken_back()
    if turn.foreseen not in (last, turn.in_doubt):
        # Another sign that may yet come, and may be graver, is said as well.
        reply = with_foreseen(reply, turn.foreseen, store)
    doubt = turn.in_doubt if turn.in_doubt and not left.covers(turn.in_doubt) else None
    lines = [store.phrases["false_alarm"]]
    # What the message itself may report is said before this, and says more.
    lines += [] if doubt == last else [store.phrases[f"{last}_foreseen"]]
    text = "\n".join([*lines, reply.text])
    reply = replace(reply, text=text, disclaimer=store.disclaimer.full)
    return _opened(reply, left, doubt, store), replace(left, doubted=doubt)


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
    return replace(reply, kind=alarm.kind, phone=alarm.phone, in_doubt=levels == [doubt])
