import json
import logging
import sys

import pytest

from website.logs import JsonLines, PlainLines


def record_of(message: str, error: Exception | None = None) -> logging.LogRecord:
    try:
        if error:
            raise error
    except ValueError:
        return logging.LogRecord("site", logging.ERROR, "", 0, message, None, sys.exc_info())
    return logging.LogRecord("site", logging.INFO, "", 0, message, None, None)


@pytest.mark.parametrize("lines", [PlainLines(), JsonLines()], ids=["plain", "json"])
@pytest.mark.parametrize(
    "sent", ["a\r\nERROR root: forged", "\x1b[2J\x1b[31m", "\u2028x", "\u202ecod", "a\0b"]
)
def test_what_a_visitor_sent_stays_inside_one_printable_line(lines, sent):
    line = lines.format(record_of(f"Not found: {sent}"))

    assert line.isprintable()


def test_a_plain_traceback_is_indented_so_that_it_cannot_pass_for_an_event():
    text = PlainLines().format(record_of("It broke", ValueError("x\n2026-01-01 INFO site: all is well")))

    first, *rest = text.splitlines()
    assert "ERROR site: It broke" in first
    assert rest
    assert all(line.startswith("    ") for line in rest)


def test_a_json_event_is_one_object_with_its_traceback():
    event = json.loads(JsonLines().format(record_of("It broke", ValueError("why"))))

    assert (event["level"], event["logger"], event["message"]) == ("ERROR", "site", "It broke")
    assert event["traceback"].endswith("ValueError: why")
    assert event["at"].endswith("+00:00")
