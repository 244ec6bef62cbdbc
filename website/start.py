"""From a bare machine to a running site: what `make run`, `make dev` and `make tools` call.

Needs nothing but Python's standard library, and can be read (if not run) by Python 3.6, so that it can say
in one sentence what is missing.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        if shutil.which(name) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execvp(name, [name, *sys.argv])
    sys.exit("Waymark needs Python 3.11 or newer; this machine has only {}.{}.".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Threads wait for slow visitors, so there are many; what they compute is shared between two processes.
SERVER = (
    *("--interface", "wsgi", "--no-ws", "--log-level", "error"),
    *("--workers", "2", "--blocking-threads", "64", "--backlog", "4096", "--backpressure", "4096"),
    *("--http1-header-read-timeout", "15000"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
)
FILES = 16384  # and as many visitors at once; usually 1,024 are allowed, and more have to be asked for
PATIENCE = 600  # tenths of a second for a slow machine's server to come up


class Sorry(Exception):
    """What went wrong, in one sentence for the person who typed the command."""


def say(text: str) -> None:
    print(text, flush=True)


def call(*command: object, env: dict[str, str] | None = None) -> bool:
    return subprocess.call([str(part) for part in command], cwd=str(ROOT), env=env) == 0


# --- The virtual environment -------------------------------------------------------------------------------


def install(requirements: str) -> None:
    """Brings .venv in line with a lock file; does nothing when it is so already."""
    lock = ROOT / requirements
    stamp = VENV / f".{requirements}.installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if call_works(PYTHON) and stamp.exists() and stamp.read_text() == wanted:
        return
    make_virtual_environment()
    say(f"Installing what {requirements} lists (the first time this takes a minute) …")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-qq")
    if not call(*pip, "install", "--require-hashes", "-r", lock):
        raise Sorry("The libraries could not be installed; pip says why above. Is the network there?")
    stamp.write_text(wanted)


def make_virtual_environment() -> None:
    if call_works(PYTHON, "-m", "pip", "--version"):
        return
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Sorry("This Python lacks its venv module; on Debian or Ubuntu: sudo apt install python3-venv")
    say("Making a virtual environment in .venv …")
    # Started from within another virtual environment, it is that one's Python we build on.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if not call(base, "-m", "venv", "--clear", VENV):
        raise Sorry(f"The virtual environment could not be made in {VENV}; Python says why above.")


def call_works(python: Path, *arguments: str) -> bool:
    if not python.exists():
        return False
    command = [str(python), *(arguments or ("-c", ""))]
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


# --- Where it runs -----------------------------------------------------------------------------------------


def address() -> tuple[str, int]:
    """(HOST, PORT), once it is sure that a server can listen there."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
        raise Sorry(f"PORT is {port!r}; it can be a number from 1 to 65535.")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except PermissionError:
        raise Sorry(f"Port {port} needs an administrator's rights; try: make run PORT=8000") from None
    except (socket.gaierror, UnicodeError):
        raise Sorry(f"HOST is {host!r}, which is no address of this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise Sorry(f"HOST is {host!r}, which is no address of this machine.") from None
        raise Sorry(
            f"Port {port} on {host} is taken; try another: make run PORT={int(port) % 65535 + 1}"
        ) from None
    return host, int(port)


def data_folder() -> Path:
    folder = Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / (f".probe-{os.getpid()}")
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise Sorry(
            f"Nothing can be written to {folder} ({error.strerror}); choose another: DATA_DIR=… make run"
        ) from None
    return folder


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One start at a time: a second one waits for the first to get its house in order."""
    handle = os.open(str(folder), os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say(f"Another start is at work in {folder}; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def secret_key(folder: Path) -> str:
    """Made once, readable for its owner only, and kept: it signs the sessions of those who are logged in."""
    file = folder / "secret_key"
    if not file.exists() or not file.read_text().strip():
        fresh = folder / f".secret_key-{os.getpid()}"
        with os.fdopen(os.open(str(fresh), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(60))
        fresh.replace(file)
    return file.read_text().strip()


def production(folder: Path, host: str) -> dict[str, str]:
    """The environment of the served site. What is set already stays as it is."""
    names = [*LOOPBACK[:2], "[::1]"] + [host] * (host not in LOOPBACK and host not in ("0.0.0.0", "::"))
    env = {
        "ALLOWED_HOSTS": ",".join(names),
        "HTTPS": "0",  # a browser on this machine speaks plain HTTP to it
        "LOG_FORMAT": "plain",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(folder),
    }
    env.update(os.environ)
    env.update(
        SECRET_KEY=env["SECRET_KEY"], DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="website.settings.prod"
    )
    return env


# --- The commands ------------------------------------------------------------------------------------------


def run() -> NoReturn:
    host, port = address()
    folder = data_folder()
    with alone_in(ROOT):
        install("requirements.txt")
    with alone_in(folder):
        env = production(folder, host)
        prepare(env)
        address()  # a start that waited for another one finds its port taken only now
        allow_many_connections()
        server = serve(
            env, "-m", "granian", *SERVER, "--host", host, "--port", str(port), "website.wsgi:application"
        )
        # Two servers can share a port: the next start may look only when this one is there.
        wait_for(server, host, port)
    announce(env, folder, host, port)
    sys.exit(server.wait())


def announce(env: dict[str, str], folder: Path, host: str, port: int) -> None:
    say("")
    say(f"Waymark is at   http://{in_url(host)}:{port}/")
    say(f"The desk is at  http://{in_url(host)}:{port}/admin/")
    if host not in LOOPBACK:
        say(f"It answers to these names only (ALLOWED_HOSTS): {env['ALLOWED_HOSTS']}")
    say(f"Ctrl-C stops it. Its data stays in {folder}")


def dev() -> NoReturn:
    host, port = address()
    folder = data_folder()
    with alone_in(ROOT):
        install("requirements.txt")
    env = {**os.environ, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "website.settings.dev"}
    with alone_in(folder):
        prepare(env)
    os.chdir(str(ROOT))
    sys.stdout.flush()
    os.execve(str(PYTHON), [str(PYTHON), "manage.py", "runserver", f"{in_url(host)}:{port}"], env)


def allow_many_connections() -> None:
    """As many as this user may have. Whoever holds a thousand connections must not keep the others out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def tools() -> None:
    with alone_in(ROOT):
        install("requirements-dev.txt")
        (PYTHON.parent / ".tools").touch()


def prepare(env: dict[str, str]) -> None:
    if not call(PYTHON, "manage.py", "prepare", env=env):
        raise Sorry("The site could not be prepared; the reason is above.")


def serve(env: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
    """Keeps the server out of reach of Ctrl-C: told by us, and only once, it ends what it is answering."""
    sys.stdout.flush()
    server = subprocess.Popen([str(PYTHON), *command], cwd=str(ROOT), env=env, start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.terminate())
    return server


def wait_for(server: "subprocess.Popen[bytes]", host: str, port: int) -> None:
    """Until it takes visitors; one that ends instead has said why."""
    for _ in range(PATIENCE):
        if server.poll() is not None:
            sys.exit(server.returncode or 1)
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def main() -> None:
    commands = {"run": run, "dev": dev, "tools": tools}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"Usage: python3 website/start.py {'|'.join(commands)}")
    try:
        commands[sys.argv[1]]()
    except Sorry as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
