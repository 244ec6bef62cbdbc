"""No test here touches a network: names are resolved and connections made by what the test hands in."""

import socket
import ssl
from datetime import UTC, datetime

import pytest

from blog import foreign_links
from blog.foreign_links import PATIENCE, Refused, ask, is_public, refusal, target_of
from blog.models import LinkCheck

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PUBLIC = "93.184.216.34"


class FakeSite:
    """Answers what it is told, in pieces, and remembers what it was asked and where."""

    def __init__(self, *answers, address=PUBLIC, piece=4096):
        self.answers = list(answers)
        self.address = address
        self.piece = piece
        self.asked = []
        self.reached = []
        self.closed = 0

    def resolve(self, host, port):
        if isinstance(self.address, Exception):
            raise self.address
        return [self.address] if isinstance(self.address, str) else self.address

    def connect(self, target, patience):
        self.reached.append((target.address, target.port, target.host))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        self.left = answer.encode() if isinstance(answer, str) else answer
        return self

    def settimeout(self, seconds):
        assert 0 < seconds <= PATIENCE

    def sendall(self, data):
        self.asked.append(data.decode())

    def recv(self, size):
        part, self.left = self.left[: self.piece], self.left[self.piece :]
        return part

    def close(self):
        self.closed += 1


def head(status, **headers):
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""])


def asked(url, *answers, clock=lambda: 0.0, **site):
    fake = FakeSite(*answers, **site)
    row = LinkCheck(url=url, is_external=True)
    ask(row, now=NOW, resolve=fake.resolve, connector=fake.connect, clock=clock)
    return row, fake


# --- Whom we ask ------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:93.184.216.34"],
)
def test_an_address_on_the_open_internet_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1", "fec0::1"),
        *("", "nonsense", "127.1", "0x7f.1", "2130706433"),
    ],
)
def test_no_address_of_a_private_reserved_or_hidden_kind_may_be_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "javascript:alert(1)", "data:,x"),
        *(
            "http://127.1/",
            "http://0x7f.1/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://017700000001/",
        ),
        *("http://127.0.0.1/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://0/", "http://[::1]/"),
        *("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/"),
        *("http://169.254.169.254/latest/meta-data/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"),
        *("http://localhost/", "http://LOCALHOST/", "http://a.localhost/", "http://printer.local/"),
        *("http://metadata.google.internal/", "http://intranet/", "http:///path", "http://", "//", ""),
        *("http://a.example:22/", "http://a.example:8080/", "https://a.example:80/", "http://a.example:443/"),
        *("http://a.example:0/", "http://a.example:99999/", "http://a.example:x/"),
        *("http://u@a.example/", "http://a.example@127.0.0.1/", "http://a.example:80@10.0.0.1/"),
        *(
            "http://a.example\\@127.0.0.1/",
            "http://a.example/\r\nHost: x",
            "http://a b.example/",
            "http://[::1",
        ),
        *("http://a.example\x00.b.example/", "http://" + "a" * 70 + ".example/", "http://a..example/"),
    ],
)
def test_an_address_made_to_reach_us_is_refused_before_anyone_is_asked(url):
    row, site = asked(url)

    assert refusal(url)
    assert (row.status, row.problem, row.checked_at) == ("danger", refusal(url), NOW)
    assert site.reached == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "169.254.169.254",
        "::ffff:10.0.0.1",
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        ["fe80::1%eth0"],
    ],
)
def test_a_name_that_stands_for_a_private_address_is_refused(address):
    row, site = asked("https://innocent.example/", address=address)

    assert (row.status, row.problem) == ("danger", "It leads into a private network.")
    assert site.reached == []


def test_a_name_that_changes_its_mind_changes_nothing():
    """Resolved once: what is connected to is the number that was looked at, not the name."""
    answers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    site = FakeSite(head(405), head(200))
    resolved = []

    def resolve(host, port):
        resolved.append(host)
        return [next(answers)]

    row = LinkCheck(url="http://rebinding.example/", is_external=True)
    ask(row, now=NOW, resolve=resolve, connector=site.connect, clock=lambda: 0.0)

    assert resolved == ["rebinding.example"]
    assert site.reached == [(PUBLIC, 80, "rebinding.example")] * 2
    assert row.status == "ok"


def test_a_name_in_any_script_is_asked_as_the_network_knows_it():
    target = target_of("https://bücher.example/straße?q=ü", resolve=lambda host, port: [PUBLIC])

    assert (target.host, target.port) == ("xn--bcher-kva.example", 443)
    assert target.path == "/stra%C3%9Fe?q=%C3%BC"


def test_an_address_without_a_scheme_is_asked_safely():
    assert target_of("//a.example/x", resolve=lambda host, port: [PUBLIC]).scheme == "https"


def test_a_number_on_the_open_internet_is_asked_as_it_is():
    _, site = asked("http://[2606:4700:4700::1111]/", head(200), address="2606:4700:4700::1111")

    assert "Host: [2606:4700:4700::1111]\r\n" in site.asked[0]


def test_nothing_at_all_behind_a_name_is_no_site():
    with pytest.raises(OSError, match="no address"):
        target_of("https://a.example/", resolve=lambda host, port: [])
    with pytest.raises(Refused):
        target_of("file:///x", resolve=lambda host, port: [PUBLIC])


# --- Asking -----------------------------------------------------------------


def test_the_head_is_asked_for_and_the_line_closed():
    row, site = asked("https://a.example/x?y=1#z", head(200))

    assert site.asked[0].startswith("HEAD /x?y=1 HTTP/1.1\r\nHost: a.example\r\n")
    assert (row.status, row.problem, row.checked_at, site.closed) == ("ok", "", NOW, 1)


@pytest.mark.parametrize("refused", [403, 404, 405, 501])
def test_a_site_that_refuses_the_head_is_asked_for_one_byte_of_the_page(refused):
    row, site = asked("https://a.example/", head(refused), head(206))

    assert [request.split(" ")[0] for request in site.asked] == ["HEAD", "GET"]
    assert "Range: bytes=0-0\r\n" in site.asked[1]
    assert (row.status, site.closed) == ("ok", 2)


@pytest.mark.parametrize(
    ("status", "found", "problem"),
    [
        (404, "broken", "The site has no such page (404)."),
        (410, "broken", "The site has no such page (410)."),
        (500, "broken", "The site is in trouble (500)."),
        (403, "ok", "The site answers, but not to a program (403)."),
        (429, "ok", "The site answers, but not to a program (429)."),
    ],
)
def test_what_a_site_says_is_put_in_words(status, found, problem):
    row, _ = asked("https://a.example/", head(status), head(status))

    assert (row.status, row.problem) == (found, problem)


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_moved_for_good_is_reported_and_never_followed(status):
    row, site = asked("https://a.example/old", head(status, Location="/new"))

    assert (row.status, row.suggested_fix) == ("moved", "https://a.example/new")
    assert len(site.reached) == 1


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_detour_for_today_is_fine(status):
    row, site = asked("https://a.example/", head(status, location="https://a.example/login"))

    assert (row.status, row.suggested_fix) == ("ok", "")
    assert len(site.reached) == 1


@pytest.mark.parametrize("there", ["http://169.254.169.254/", "file:///etc/passwd", "gopher://x.example/"])
def test_a_detour_into_a_private_network_is_dangerous_and_never_followed(there):
    row, site = asked("https://a.example/", head(302, Location=there))

    assert row.status == "danger"
    assert row.problem.startswith("It sends readers on.")
    assert len(site.reached) == 1


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (TimeoutError(), "It did not answer within 10 seconds."),
        (ConnectionRefusedError(), "It cannot be reached."),
        (ssl.SSLCertVerificationError(), "Its certificate is not valid."),
    ],
)
def test_a_site_out_of_reach_is_broken_and_says_why(error, problem):
    row, _ = asked("https://a.example/", error)

    assert (row.status, row.problem) == ("broken", problem)


def test_a_name_that_nobody_has_is_broken():
    row, _ = asked("https://a.example/", address=socket.gaierror())

    assert (row.status, row.problem) == ("broken", "There is no site of that name.")


@pytest.mark.parametrize(
    "answer", ["", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 nonsense\r\n\r\n", b"\xff\xfe\r\n\r\n"]
)
def test_an_answer_that_is_none_is_broken(answer):
    row, site = asked("https://a.example/", answer)

    assert (row.status, site.closed) == ("broken", 1)


def test_an_answer_without_end_is_left_after_its_first_part():
    row, site = asked("https://a.example/", head(200)[:-2] + "X: " + "a" * 1_000_000)

    assert row.status == "ok"
    assert len(site.left) > 900_000


def test_an_answer_that_drips_is_left_when_the_time_is_over():
    ticks = iter(range(0, 1000, 3))
    row, site = asked("https://a.example/", head(200) + "x" * 500, piece=1, clock=lambda: float(next(ticks)))

    assert (row.status, row.problem) == ("broken", "It did not answer within 10 seconds.")
    assert site.closed == 1


def test_the_tests_guard_would_catch_a_real_connection():
    """What these tests stand in for does go to the network, and nothing else may."""
    target = target_of("http://a.example/", resolve=lambda host, port: [PUBLIC])

    with pytest.raises(Exception, match="socket"):
        foreign_links.connect(target, 0.1)


def test_a_failed_greeting_closes_the_line(monkeypatch):
    plain = FakeSite()
    monkeypatch.setattr(socket, "create_connection", lambda address, timeout: plain)

    class Refusing:
        def wrap_socket(self, line, server_hostname):
            assert (line, server_hostname) == (plain, "a.example")
            raise ssl.SSLCertVerificationError

    monkeypatch.setattr(ssl, "create_default_context", Refusing)

    with pytest.raises(ssl.SSLCertVerificationError):
        foreign_links.connect(target_of("https://a.example/", resolve=lambda host, port: [PUBLIC]), 1)
    assert plain.closed == 1
