"""A small store that speaks as much of S3 as pictures need, over HTTP, on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>'
    "{}</ListBucketResult>"
)
MISSING = "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        length = int(self.headers.get("X-Amz-Decoded-Content-Length") or self.headers["Content-Length"])
        is_chunked = "aws-chunked" in self.headers.get("Content-Encoding", "")
        body = self._chunks() if is_chunked else self.rfile.read(length)
        assert len(body) == length
        self.server.files[self._key()] = (body, self.headers.get("Cache-Control"))
        self._answer(200)

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        if "prefix" in asked:
            names = [key for key in self.server.files if key.startswith(asked.get("prefix", [""])[0])]
            rows = "".join(f"<Contents><Key>{name}</Key><Size>1</Size></Contents>" for name in sorted(names))
            self._answer(200, PAGE.format(rows).encode())
        elif self._key() in self.server.files:
            self._answer(200, self.server.files[self._key()][0])
        else:
            self._answer(404, MISSING.encode())

    do_HEAD = do_GET

    def do_DELETE(self):
        self.server.files.pop(self._key(), None)
        self._answer(204)

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/pictures-of-ours/")

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.send_header("ETag", '"one"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *given):
        pass


@contextmanager
def bucket() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.daemon_threads = True
    server.files = {}
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
