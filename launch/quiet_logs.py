"""Keep what people wrote out of logs, also where a program breaks.

Threat model: the last line of a traceback is the error's own text, and it quotes: a
failed insert its row, a broken document its content, a wrong value the value. Libraries
log such errors at places that nobody has listed. So in these processes each record of
an error keeps its kind and where it was raised, and loses what it says; a core dump,
which holds the memory with the message as it was typed, is never written. Code that
knows its error to be harmless logs ``str(error)``. Standard library only.
"""

from __future__ import annotations

import logging
import resource
import sys
import threading
import traceback
from types import TracebackType
from typing import Any


def install() -> None:
    """Quiet this process. Call first of all."""
    logging.setLogRecordFactory(_record)
    sys.excepthook = _print
    threading.excepthook = lambda ended: _print(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def without_words(error: BaseException) -> str:
    """The traceback of an error, and of what caused it, without any error's text."""
    lines: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        where = "".join(traceback.format_tb(one.__traceback__))
        lines.insert(0, f"{where}{type(one).__name__}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(lines)


def _record(*fields: Any, **more: Any) -> logging.LogRecord:
    record = logging.LogRecord(*fields, **more)
    if record.exc_info and record.exc_info[1] is not None:
        # Formatters write this text where they find one, instead of making their own.
        record.exc_text = without_words(record.exc_info[1])
    record.exc_info = None
    record.msg = _kind(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(value) for value in record.args)
    if record.name == "asyncio":
        # From the second line on it shows the task, with the text of its error.
        record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return record


def _kind(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _print(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    print(without_words(error) if error else kind.__name__, file=sys.stderr, flush=True)
