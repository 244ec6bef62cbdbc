"""Imports of the hand-made files, as the tests run them."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from careers.importing import running
from careers.importing.systems import SYSTEMS
from careers.models import ImportRow, RoleCode
from tests.factories import RoleFactory

FILES = Path(__file__).parent / "importing_files"
ONET_30_1, ONET_30_3, ESCO = FILES / "onet_30_1", FILES / "onet_30_3", FILES / "esco"
LEARN, CTDL = FILES / "microsoft_learn.json", FILES / "ctdl.json"
ON = date(2026, 11, 24)
CODE, OTHER_CODE = "15-2051.00", "15-2051.01"


class Clock:
    """Every look at it is a second later."""

    def __init__(self):
        self.at = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


CLOCK = Clock()


def run(system, path, *, commit=True, by=None, tell=lambda text: None, **wish):
    options = {"wish": running.Wish(on=ON, **wish), "commit": commit, "by": by, "now": CLOCK, "tell": tell}
    return running.run(SYSTEMS[system], Path(path), **options)


def verdicts(outcome):
    """How many rows had each verdict, those that none had left out."""
    return {
        verdict: outcome.run.counts[verdict]
        for verdict in ImportRow.Verdict.values
        if outcome.run.counts[verdict]
    }


def reasons(outcome, verdict="rejected"):
    return [row.reason for row in outcome.rows if row.verdict == verdict]


def coded_role(name="Data Scientist", code=CODE, *, framework="onet-soc-2019", match="exact", **values):
    role = RoleFactory(name=name, slug=name.lower().replace(" ", "-"), **values)
    RoleCode.objects.create(role=role, framework=framework, code=code, match=match)
    return role


def altered(tmp_path, folder, **files):
    """A copy of the folder in which files are other text, or gone where the text is nothing."""
    copy = tmp_path / folder.name
    if copy.exists():
        shutil.rmtree(copy)
    shutil.copytree(folder, copy)
    for name, text in files.items():
        file = copy / name.replace("__", " ").replace("_dot_", ".")
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return copy


def only(tmp_path, name, text):
    """A folder with this file alone."""
    folder = tmp_path / "only"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def replaced(tmp_path, folder, name, *pairs):
    """A copy of the folder in which one file says other words."""
    text = (folder / name).read_bytes().decode("utf-8-sig")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    copy = tmp_path / "replaced"
    if copy.exists():
        shutil.rmtree(copy)
    shutil.copytree(folder, copy)
    (copy / name).write_text(text, newline="")
    return copy


def json_file(tmp_path, document, name="catalogue.json"):
    path = tmp_path / name
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path
