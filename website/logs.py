"""Log lines that nobody can forge: whatever a visitor sent stays inside one line, escaped."""

import json
import logging
from datetime import UTC, datetime


class PlainLines(logging.Formatter):
    """For a person at a terminal. A traceback is indented, so that no line of it can pass for an event."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{moment(record)} {record.levelname} {record.name}: {escaped(record.getMessage())}"
        trace = traceback_of(self, record)
        return "\n    ".join([line, *(escaped(part) for part in trace.splitlines())])


class JsonLines(logging.Formatter):
    """For a machine that collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": moment(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if trace := traceback_of(self, record):
            event["traceback"] = trace
        return json.dumps(event)


def moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def traceback_of(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""


def escaped(text: str) -> str:
    """Line ends, terminal codes and direction marks as ``\\n``, ``\\x1b`` and the like."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
