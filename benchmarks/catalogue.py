"""What the pages of the catalogue cost, with the demo facts and with ten times as many.

``python -m benchmarks.catalogue [name]``: ratios to the bare response, taken within each round.
"""

import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from benchmarks.load import generator
from benchmarks.pages import (
    GRANIAN,
    GUNICORN,
    ROOT,
    ROUNDS,
    SECONDS,
    THREADS,
    environment,
    free_port,
    keep,
    measure,
    ratios,
    served,
)

TIMES = (1, 10)
PAGES = {
    "home": "/careers/",
    "roles": "/careers/roles/",
    "role": "/careers/roles/machine-learning-engineer/",
    "comparison": "/careers/compare/generative-ai-engineer-vs-machine-learning-engineer/",
    "choose": "/careers/choose/?say=train-models&say=llm-apps",
    "certifications": "/careers/certifications/",
    "narrowed": "/careers/certifications/?level=associate&status=active",
    "certification": "/careers/certifications/aws-ml-engineer-associate/",
    "provider": "/careers/providers/microsoft/",
    "skill": "/careers/skills/python/",
    "pathways": "/careers/pathways/",
    "changes": "/careers/changes/",
}
BARE = "bare under gunicorn"


def run() -> dict:
    with tempfile.TemporaryDirectory(prefix="waymark-facts-") as folder, ExitStack() as servers:
        port = free_port()
        env = environment(folder)
        bare = servers.enter_context(
            served([*GUNICORN, "--bind", f"127.0.0.1:{port}", "benchmarks.bare:application"], env, port=port)
        )
        targets = {BARE: f"{bare}/"}
        for times in TIMES:
            site = servers.enter_context(site_of(f"{folder}/{times}", times))
            targets |= {f"{name} ×{times}": site + path for name, path in PAGES.items()}
        rounds = measure(targets)
    names = [name for name in targets if name != BARE]
    return {
        "rounds": ROUNDS,
        "seconds_each": SECONDS,
        "load": generator(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "requests_per_second": [{name: round(value, 1) for name, value in one.items()} for one in rounds],
        "to_bare_gunicorn": {name: ratios(rounds, name, BARE) for name in names},
    }


def site_of(folder: str, times: int):
    env, port = environment(folder), free_port()
    for command in (
        ["manage.py", "prepare"],
        ["manage.py", "load_demo"],
        ["-m", "benchmarks.multiply", str(times)],
    ):
        subprocess.run([sys.executable, *command], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return served([*GRANIAN, *THREADS, "--port", str(port), "website.wsgi:application"], env, port=port)


def table(figures: dict) -> str:
    heads = " ".join(f"{'×' + str(times):>24}" for times in TIMES)
    lines = [f"{'page':15} {heads}"]
    for name in PAGES:
        cells = (figures["to_bare_gunicorn"][f"{name} ×{times}"] for times in TIMES)
        shown = " ".join("{median:>8.4f} ({low:.4f}–{high:.4f})".format(**cell) for cell in cells)
        lines.append(f"{name:15} {shown}")
    return "\n".join(lines)


if __name__ == "__main__":
    result = run()
    keep(result, table(result), "catalogue")
