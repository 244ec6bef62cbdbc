"""Server processes on one disk and before one database, which can be taken from them."""

from tests.website.wsgi import PUBLIC, CopiesByHand, FakeSite, FakeTokens, ask
from website.pagecache.boundaries import Horizon
from website.pagecache.wrapper import PageCache

START = 1_800_000_000.0


class Clock:
    now = START

    def __call__(self):
        return self.now


class Process:
    """One server process: its memory, on a disk and before a database that all share."""

    def __init__(self, folder, clock, tokens, site, ending):
        self.site, self.tokens, self.clock = site, tokens, clock
        self.copies = CopiesByHand(folder, 1_000_000, clock=clock)
        self.cache = PageCache(
            site,
            tokens=tokens,
            horizon=lambda since: Horizon(since.timestamp() + 3600, ending),
            limit=1_000_000,
            copies=self.copies,
            clock=clock,
        )

    def ask(self, target="/blog/a/", **headers):
        answer = ask(self.cache, target, **headers)
        self.copies.flush()
        return answer


class World:
    """Called, it starts another process."""

    def __init__(self, folder):
        self.folder, self.clock, self.tokens, self.ending = folder, Clock(), FakeTokens(), {}
        self.site = FakeSite(body=lambda environ: b"words " * 200)

    def __call__(self):
        return Process(self.folder, self.clock, self.tokens, self.site, self.ending)

    def save(self, body):
        """Something is saved ten seconds later, which changes the page."""
        self.site.body = lambda environ: body
        self.tokens.value += 1
        self.clock.now += 10


def fall(world):
    """The database: no token, and no page."""
    world.tokens.is_down = True
    world.site.status, world.site.headers = "503 Busy", [("Cache-Control", "no-store")]
    world.site.body = lambda environ: b"away"


def rise(world, body=b"live"):
    world.tokens.is_down = False
    world.site.status, world.site.headers = "200 OK", [PUBLIC, ("Content-Type", "text/html")]
    world.site.body = lambda environ: body


def withdraw(world):
    world.tokens.value += 1
    world.site.status = "404 Not Found"
