"""What the names of intents tell, by the conventions of ``domain.yml``."""

from __future__ import annotations

# A question that the fact store answers.
QUESTION_PREFIX = "ask_"
# What names no subject and asks of the one before it.
FOLLOW_UP_PREFIX = "followup_"
# Something happens to somebody now: report_emergency, report_urgent, report_crisis.
RED_FLAG_PREFIX = "report_"
# Stands where a rule's id would: the classifier alone raised the alarm.
LEARNED = "learned"
# An alarm was raised over nothing.
FALSE_ALARM = "false_alarm"
# Somebody is afraid.
EXPRESS_WORRY = "express_worry"
# Beside a question these are no question, and are heard all the same.
ASIDES = frozenset({FALSE_ALARM, EXPRESS_WORRY})
OUT_OF_SCOPE = "out_of_scope"
PERSONAL_ADVICE = "personal_advice"
ABUSE = "abuse"
# What is not answered.
DECLINED = frozenset({OUT_OF_SCOPE, PERSONAL_ADVICE, ABUSE})
