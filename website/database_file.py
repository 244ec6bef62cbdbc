"""The file of an SQLite database: what is left beside it, and how a backup is put in its place.

What was committed last lies in the log beside the file (``-wal``). SQLite plays it back onto whatever lies
there under that name: a log that outlived its file ruins the one that takes its place.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

BESIDE: Final = ("-wal", "-shm")
PATIENCE: Final = 2.0  # seconds that a process which ends waits for others to let go of the log
COUNTED: Final = {
    "articles": "SELECT count(*) FROM blog_article",
    "roles": "SELECT count(*) FROM careers_role",
    "certifications": "SELECT count(*) FROM careers_credential",
    "pictures": "SELECT count(*) FROM blog_picture",
    "accounts": "SELECT count(*) FROM auth_user",
}
# Where any connection keeps its lock for as long as it is open (sqlite.org/lockingv3.html).
SHARED_FIRST: Final = 0x40000002
SHARED_SIZE: Final = 510


class Unfit(Exception):
    """Why nothing is put in place, in one sentence."""


@dataclass(frozen=True)
class Contents:
    counts: dict[str, int]
    saved_at: str


def empty_log(path: Path) -> None:
    """Whatever the log holds goes into the file. Safe whoever else reads or writes: then some of it stays.

    Nothing is closed: a thread may be in the middle of a query.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return  # the log stays what it is, and is played back at the next start


def contents(path: Path) -> Contents:
    def one(sql: str) -> Any:
        return connection.execute(sql).fetchone()[0]

    try:
        with closing(sqlite3.connect(path)) as connection:
            counts = {noun: int(one(sql)) for noun, sql in COUNTED.items()}
            saved = one("SELECT max(modified_at) FROM blog_article") or "never"
    except sqlite3.Error as error:
        raise Unfit(f"That is no database of this site: {error}.") from error
    return Contents(counts, str(saved)[:16])


@contextmanager
def copied(backup: Path, beside: Path) -> Iterator[Path]:
    """A whole copy of ``backup`` in the folder of the database, so that one step puts it in place."""
    copy = beside.with_name(f".{beside.name}-{os.getpid()}")
    try:
        _copy(backup, copy)
        _prove(copy, backup)
        yield copy
    finally:
        for end in ("", *BESIDE):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _copy(backup: Path, copy: Path) -> None:
    try:
        shutil.copyfile(backup, copy)
        log = Path(f"{backup}-wal")
        if log.exists():  # what was copied with its log is complete only with it
            shutil.copyfile(log, f"{copy}-wal")
    except OSError as error:
        raise Unfit(f"{backup} cannot be copied: {error.strerror}.") from error


def _prove(copy: Path, backup: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # what lies beside it comes into it
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise Unfit(f"{backup} is no database that SQLite can read: {error}.") from error
    if found != "ok":
        raise Unfit(f"{backup} is damaged: {found}.")


def put_in_place(copy: Path, path: Path, *, now: datetime) -> Path | None:
    """Returns where the former file lies from now on, with all that lay beside it."""
    if not path.exists():
        for end in BESIDE:
            Path(f"{path}{end}").unlink(missing_ok=True)
        copy.replace(path)
        return None
    aside = path.with_name(f"{path.name}.until-{now:%Y%m%d-%H%M%S}")
    with _alone(path):
        _as_its_owner_had_it(copy, path)
        _to_disk(copy)
        for end in (*BESIDE, ""):
            if (former := Path(f"{path}{end}")).exists():
                former.rename(f"{aside}{end}")
        copy.rename(path)
        _to_disk(path.parent)
    return aside


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Told from the locks and not by asking the database, which may be damaged: hence the restore."""
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_SIZE, SHARED_FIRST)
        except BlockingIOError as error:
            raise Unfit(f"{path} is in use: stop the site first.") from error
        yield


def _as_its_owner_had_it(copy: Path, path: Path) -> None:
    stat = path.stat()
    copy.chmod(stat.st_mode)
    if os.geteuid() == 0:  # what root owns, the site could not write to
        os.chown(copy, stat.st_uid, stat.st_gid)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
