"""The start script is run as a person runs it: by a bare Python, in a folder of its own."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from website import start

SCRIPT = Path(start.__file__)


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def env(monkeypatch, tmp_path):
    for name in ("HOST", "PORT", "ALLOWED_HOSTS", "SECRET_KEY", "HTTPS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    return monkeypatch


def run_script(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *arguments],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_one_sentence_and_a_failure(taken_port, tmp_path):
    run = run_script("run", PORT=str(taken_port), DATA_DIR=str(tmp_path / "var"))

    assert run.returncode == 1
    assert run.stderr == (
        f"Port {taken_port} on 127.0.0.1 is taken; try another: make run PORT={taken_port % 65535 + 1}\n"
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["", "0", "-1", "65536", "abc", "８０８０", "1" * 5000])
def test_a_port_is_a_number_that_can_be_one(env, port):
    env.setenv("PORT", port)
    if port == "":
        assert start.address()[1] == 8000
        return

    with pytest.raises(start.Sorry, match="a number from 1 to 65535"):
        start.address()


def test_a_host_of_another_machine_is_refused_by_name(env):
    env.setattr(socket, "getaddrinfo", lambda *args, **kwargs: (_ for _ in ()).throw(socket.gaierror()))
    env.setenv("HOST", "elsewhere.invalid")

    with pytest.raises(start.Sorry, match=r"elsewhere\.invalid"):
        start.address()


def test_an_address_this_machine_does_not_have_is_not_called_taken(env):
    env.setenv("HOST", "192.0.2.1")  # kept for documentation: no machine has it

    with pytest.raises(start.Sorry, match="no address of this machine"):
        start.address()


class Server:
    def __init__(self, returncode):
        self.returncode = returncode

    def poll(self):
        return self.returncode


def test_a_server_that_takes_visitors_need_not_be_waited_for(taken_port):
    start.wait_for(Server(None), "127.0.0.1", taken_port)


@pytest.mark.parametrize(("code", "ours"), [(3, 3), (0, 1)])
def test_a_server_that_ends_before_it_takes_visitors_is_a_failure(taken_port, code, ours):
    with pytest.raises(SystemExit) as end:
        start.wait_for(Server(code), "127.0.0.1", taken_port)
    assert end.value.code == ours


def test_a_folder_that_cannot_be_made_is_named(env, tmp_path):
    (tmp_path / "file").write_text("")
    env.setenv("DATA_DIR", str(tmp_path / "file" / "var"))

    with pytest.raises(
        start.Sorry, match=r"Nothing can be written to .*; choose another: DATA_DIR=… make run"
    ):
        start.data_folder()


def test_the_data_folder_is_its_owners_alone(env):
    folder = start.data_folder()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    first = start.secret_key(tmp_path)

    assert start.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert list(tmp_path.glob("*secret_key*")) == [tmp_path / "secret_key"]


def test_a_secret_key_cut_short_by_a_crash_is_made_anew(tmp_path):
    (tmp_path / "secret_key").write_text("")

    assert len(start.secret_key(tmp_path)) >= 50


def test_the_environment_has_what_production_settings_ask_for(env, tmp_path):
    made = start.production(tmp_path, "127.0.0.1")

    assert made["DJANGO_SETTINGS_MODULE"] == "website.settings.prod"
    assert made["ALLOWED_HOSTS"] == "127.0.0.1,localhost,[::1]"
    assert made["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert made["HTTPS"] == "0"


def test_what_the_environment_says_already_stays(env, tmp_path):
    env.setenv("SECRET_KEY", "of my own")
    env.setenv("ALLOWED_HOSTS", "waymark.example")
    env.setenv("HTTPS", "1")

    made = start.production(tmp_path, "192.0.2.1")

    assert (made["SECRET_KEY"], made["ALLOWED_HOSTS"], made["HTTPS"]) == ("of my own", "waymark.example", "1")
    assert not (tmp_path / "secret_key").exists()


def test_a_host_of_ones_own_choice_is_allowed_too(env, tmp_path):
    assert start.production(tmp_path, "192.0.2.1")["ALLOWED_HOSTS"].endswith(",192.0.2.1")
    assert "0.0.0.0" not in start.production(tmp_path, "0.0.0.0")["ALLOWED_HOSTS"]


@pytest.fixture
def project(monkeypatch, tmp_path):
    """A project folder with a lock file, where commands are noted instead of run."""
    (tmp_path / "requirements.txt").write_text("django==5.2.19 --hash=sha256:0")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(start, "call_works", lambda *command: True)
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(start, "call", lambda *command, env=None: made.append(command) or True)
    return made


def test_libraries_are_installed_by_their_hashes_and_only_when_the_list_has_changed(project, calls):
    start.install("requirements.txt")
    start.install("requirements.txt")
    assert len(calls) == 1
    assert "--require-hashes" in calls[0]

    (project / "requirements.txt").write_text("django==5.2.20 --hash=sha256:1")
    start.install("requirements.txt")
    assert len(calls) == 2


def test_an_installation_that_failed_is_tried_again(project, monkeypatch):
    monkeypatch.setattr(start, "call", lambda *command, env=None: False)
    for _ in range(2):
        with pytest.raises(start.Sorry, match="Is the network there"):
            start.install("requirements.txt")


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_says_what_to_install(project, monkeypatch, calls, missing):
    monkeypatch.setattr(start, "call_works", lambda *command: False)
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None if name == missing else object())

    with pytest.raises(start.Sorry, match="apt install python3-venv"):
        start.make_virtual_environment()
    assert calls == []


def test_two_starts_go_one_after_the_other(tmp_path, capsys):
    program = f"""
import sys; sys.path.insert(0, {str(start.ROOT)!r})
from pathlib import Path
from website import start
with start.alone_in(Path({str(tmp_path)!r})):
    print("in")
"""
    with start.alone_in(tmp_path):
        second = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert "waiting for it" in second.stdout.readline()
    with second:
        assert second.stdout.read() == "in\n"


def test_an_unknown_command_shows_the_known_ones():
    assert run_script("fly").stderr == "Usage: python3 website/start.py run|dev|tools\n"


def test_an_older_python_can_read_the_script_far_enough_to_say_what_it_needs():
    compile(SCRIPT.read_text(), "start.py", "exec", dont_inherit=True)
    import ast

    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 6))
    names = [type(node).__name__ for node in tree.body]

    # The version is judged before the first function, whose annotations older Pythons cannot evaluate.
    assert names.index("If") < names.index("FunctionDef")


@pytest.mark.parametrize(
    ("before", "hard", "after"),
    [(1024, 1_000_000, start.FILES), (1024, 4096, 4096), (1024, -1, start.FILES), (-1, -1, -1)],
)
def test_the_server_may_have_as_many_connections_as_its_user(monkeypatch, before, hard, after):
    asked = [(before, hard)]
    monkeypatch.setattr(start.resource, "getrlimit", lambda kind: asked[-1])
    monkeypatch.setattr(start.resource, "setrlimit", lambda kind, limits: asked.append(limits))

    start.allow_many_connections()

    assert asked[-1] == (after, hard)


def test_a_limit_that_is_higher_already_stays(monkeypatch):
    monkeypatch.setattr(start.resource, "getrlimit", lambda kind: (100_000, 200_000))
    monkeypatch.setattr(start.resource, "setrlimit", lambda kind, limits: pytest.fail("It was lowered"))

    start.allow_many_connections()
