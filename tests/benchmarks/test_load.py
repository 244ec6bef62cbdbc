"""Asking as fast as it is answered, and reading what the kernel counts."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks import load, servers

SAID = """
Running 2s test @ http://127.0.0.1:8000/
  Latency Distribution
     50%  412.00us
     75%  600.00us
     90%    1.20ms
     99%    1.53s
  24012 requests in 2.00s, 5.04MB read
Requests/sec:  12001.57
"""


@pytest.fixture(scope="module")
def address():
    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(404 if self.path == "/lost/" else 200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *args):
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_wrk_says_is_read_with_its_units():
    assert load.read(SAID, "/") == pytest.approx((12001.57, 24012, 0.412, 1530))


@pytest.mark.parametrize(
    "trouble",
    [
        "Non-2xx or 3xx responses: 24012",
        "Socket errors: connect 8, read 0, write 0, timeout 0",
        "Socket errors: connect 0, read 3, write 0, timeout 0",
    ],
)
def test_answers_that_are_none_are_not_measured(trouble):
    with pytest.raises(RuntimeError, match="did not answer well"):
        load.read(SAID + trouble, "/")


def test_a_slow_answer_is_an_answer():
    slow = "Socket errors: connect 0, read 0, write 0, timeout 8"

    assert load.read(SAID + slow, "/").requests == 24012


def test_a_page_too_slow_for_the_time_is_given_more(monkeypatch):
    asked = []

    def wrk(url, seconds, connections):
        asked.append(seconds)
        return load.Load(1.0, int(seconds > 3), 1.0, 1.0)

    monkeypatch.setattr(load, "with_wrk", wrk)
    monkeypatch.setattr(load, "with_threads", wrk)

    assert load.put_on("/", 1).requests == 1
    assert asked == [1, 2, 4]


def test_a_percentile_is_a_value_that_was_measured():
    hundred = [float(n) for n in range(100, 0, -1)]

    assert (load.percentile(hundred, 50), load.percentile(hundred, 99)) == (50.0, 99.0)
    assert load.percentile([3.0], 99) == 3.0


def test_the_standard_library_asks_over_every_connection_at_least_once(address):
    found = load.with_threads(f"{address}/", 0)

    assert found.requests == load.CONNECTIONS
    assert 0 < found.p50 <= found.p99


def test_the_standard_library_refuses_to_measure_an_error_page(address):
    with pytest.raises(RuntimeError, match="did not answer well"):
        load.with_threads(f"{address}/lost/", 0)


def test_bytes_are_those_of_the_answer(address):
    assert load.size(f"{address}/") == 2
    with pytest.raises(RuntimeError, match="did not answer well"):
        load.size(f"{address}/lost/")


def test_the_kernel_counts_this_process_in_its_session():
    session = os.getsid(0)

    assert os.getpid() in [process for process, _ in servers.processes(session)]
    assert servers.processor_seconds(session) > 0
    assert servers.proportional(os.getpid()) > 1


def test_one_reader_asks_again_after_each_answer(address):
    found = load.one_after_the_other(address, 0.05)

    assert found.requests > 1
    assert found.per_second == pytest.approx(found.requests / 0.05)
    assert 0 < found.p50 <= found.p99


def test_one_reader_notices_what_is_no_good_answer(address):
    with pytest.raises(RuntimeError, match="404"):
        load.one_after_the_other(f"{address}/lost/", 0.05)


def test_an_answer_in_pieces_is_heard_to_its_end():
    class Slow:
        pieces = [b"HTTP/1.1 200 OK\r\nContent-", b"Length: 4\r\n\r\n", b"ab", b"cd", b"the next"]

        def recv(self, most):
            return self.pieces.pop(0)

    load.hear(slow := Slow())

    assert slow.pieces == [b"the next"]


def test_an_answer_that_breaks_off_is_none():
    class Broken:
        pieces = [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab", b""]

        def recv(self, most):
            return self.pieces.pop(0)

    with pytest.raises(RuntimeError, match="ended"):
        load.hear(Broken())
