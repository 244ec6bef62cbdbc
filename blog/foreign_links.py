"""Asking other sites whether a link still works, without becoming anybody's way into our own network.

The address is resolved once, every answer must be a public address, and the connection goes to the very one
that was looked at: a name that changes its mind meanwhile changes nothing. Nothing is followed: where a site
sends us is reported, never asked. Only the head of an answer is read, and not for long.
"""

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from .models import LinkCheck

Status = LinkCheck.Status
PORTS = {"http": 80, "https": 443}
PATIENCE = 10.0  # seconds for one question, however slowly the answer drips
LONGEST_HEAD = 16_384
OPEN_INTERNET = ipaddress.IPv6Network("2000::/3")  # of IPv6, all else is private, reserved or disguised
LOCAL_NAMES = frozenset(
    [
        "localhost",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "private",
        "test",
        "invalid",
        "onion",
    ]
)
WITHOUT_A_BODY = "HEAD"
ONE_BYTE = "GET"


class Refused(ValueError):
    """An address that this server does not ask, whoever links to it; the message says why."""


@dataclass(frozen=True)
class Target:
    """Where to knock: ``address`` is the number that was looked at, ``host`` the name it was given."""

    scheme: str
    host: str
    address: str
    path: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]


@dataclass(frozen=True)
class Answer:
    status: int
    location: str = ""


class Connection(Protocol):
    def settimeout(self, seconds: float, /) -> None: ...
    def sendall(self, data: bytes, /) -> None: ...
    def recv(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


Resolver = Callable[[str, int], list[str]]
Connector = Callable[[Target, float], Connection]


# --- Whom we ask ------------------------------------------------------------


def target_of(url: str, *, resolve: Resolver) -> Target:
    """Where ``url`` leads. Raises Refused when that is not on the open internet, OSError when nowhere."""
    scheme, host, path = _parts(url)
    addresses = resolve(host, PORTS[scheme])
    if not addresses:
        raise OSError("no address")
    if not all(map(is_public, addresses)):
        raise Refused("It leads into a private network.")
    return Target(scheme, host, addresses[0], path)


def refusal(url: str) -> str:
    """Why we would never ask ``url``, as far as it shows without asking anyone."""
    try:
        _parts(url)
    except Refused as reason:
        return str(reason)
    return ""


def is_public(address: str) -> bool:
    """Whether this number is on the open internet, also when it is hidden in another."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped:
            return is_public(str(number.ipv4_mapped))
        if number not in OPEN_INTERNET or number.sixtofour or number.teredo:
            return False
    return number.is_global and not (number.is_multicast or number.is_reserved)


def _parts(url: str) -> tuple[str, str, str]:
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("It has characters that no address has.")
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError as error:
        raise Refused("It is no address.") from error
    if scheme not in PORTS:
        raise Refused("Only http and https lead to web pages.")
    if port not in (None, PORTS[scheme]):
        raise Refused("It names an unusual port.")
    if "@" in parts.netloc:
        raise Refused("It holds a name or a password.")
    path = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    return scheme, _host(parts.hostname or ""), path


def _host(name: str) -> str:
    """The name as the network knows it. Numbers written in odd ways are ways round a check."""
    if ":" in name:
        return _public_number(name)
    try:
        host = name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise Refused("It names no site.") from error
    last = host.rpartition(".")[2]
    if re.fullmatch(r"\d+|0x[0-9a-f]*", last):
        return _public_number(host)
    if "." not in host or last in LOCAL_NAMES or not re.fullmatch(r"[a-z0-9._-]+", host):
        raise Refused("It names no site on the open internet.")
    return host


def _public_number(host: str) -> str:
    if not is_public(host):
        raise Refused("It leads into a private network.")
    return host


# --- Asking -----------------------------------------------------------------


def names_to_numbers(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [str(address[0]) for *_, address in found]


def connect(target: Target, patience: float) -> Connection:
    """To the number that was looked at; the certificate must be that of the name."""
    plain = socket.create_connection((target.address, target.port), timeout=patience)
    if target.scheme == "http":
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def ask(
    row: LinkCheck,
    *,
    now: datetime,
    resolve: Resolver = names_to_numbers,
    connector: Connector = connect,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """What the other site says of this link, noted in ``row``."""
    row.checked_at, row.suggested_fix = now, ""
    try:
        target = target_of(row.url, resolve=resolve)
        answer = _question(target, WITHOUT_A_BODY, connector, clock)
        if answer.status >= 400:  # many a site answers only to whoever takes the page
            answer = _question(target, ONE_BYTE, connector, clock)
    except Refused as reason:
        row.status, row.problem = Status.DANGER, str(reason)
    except (OSError, ValueError) as error:
        row.status, row.problem = Status.BROKEN, _why(error)
    else:
        _note(row, answer)


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "Its certificate is not valid."
    if isinstance(error, TimeoutError):
        return f"It did not answer within {PATIENCE:.0f} seconds."
    if isinstance(error, socket.gaierror):
        return "There is no site of that name."
    return "It cannot be reached."


def _note(row: LinkCheck, answer: Answer) -> None:
    row.status, row.problem = Status.OK, ""
    if answer.status in (404, 410):
        row.status, row.problem = Status.BROKEN, f"The site has no such page ({answer.status})."
    elif answer.status >= 500:
        row.status, row.problem = Status.BROKEN, f"The site is in trouble ({answer.status})."
    elif answer.status >= 400:
        row.problem = f"The site answers, but not to a program ({answer.status})."
    elif 300 <= answer.status < 400:
        _note_detour(row, answer)


def _note_detour(row: LinkCheck, answer: Answer) -> None:
    """A detour for good is one to mend; one for today is not. Neither is followed."""
    there = iri_to_uri(urljoin(row.url, answer.location))[: LinkCheck.MAX_URL]
    if reason := refusal(there):
        row.status, row.problem = Status.DANGER, f"It sends readers on. {reason}"
    elif answer.status in (301, 308) and answer.location:
        row.status, row.problem, row.suggested_fix = Status.MOVED, "That page has moved.", there


def _question(target: Target, method: str, connector: Connector, clock: Callable[[], float]) -> Answer:
    until = clock() + PATIENCE
    connection = connector(target, PATIENCE)
    try:
        connection.sendall(_request(target, method))
        return _answer(_head(connection, until, clock))
    finally:
        connection.close()


def _request(target: Target, method: str) -> bytes:
    host = f"[{target.host}]" if ":" in target.host else target.host
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {host}",
        "User-Agent: Waymark link check",
        "Accept: */*",
        "Connection: close",
        *(["Range: bytes=0-0"] if method == ONE_BYTE else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _head(connection: Connection, until: float, clock: Callable[[], float]) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
        left = until - clock()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        part = connection.recv(4096)
        if not part:
            break
        head += part
    return head


def _answer(head: bytes) -> Answer:
    first, *lines = head.decode("latin-1").split("\r\n")
    said = re.match(r"HTTP/1\.[01] (\d{3})\b", first)
    if not said:
        raise ValueError("no answer that a browser would understand")
    headers = (line.partition(":") for line in lines)
    location = next((value.strip() for name, _, value in headers if name.lower() == "location"), "")
    return Answer(int(said[1]), location)
