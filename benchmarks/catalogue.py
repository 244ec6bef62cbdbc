"""What the pages of the catalogue cost, with the demo facts and with ten times as many.

``python -m benchmarks.catalogue [name]``: ratios to the bare response, taken within each round, of pages that
are made anew each time.
"""

import tempfile
from contextlib import ExitStack

from benchmarks.load import generator, put_on
from benchmarks.report import CALIBRATOR, cell, keep, machine, named, ratio
from benchmarks.servers import BARE, SITE, environment, granian, gunicorn, run

ROUNDS, SECONDS = 3, 2
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


def everything() -> dict:
    with tempfile.TemporaryDirectory(prefix="waymark-facts-") as folder, ExitStack() as stack:
        targets = {CALIBRATOR: f"{stack.enter_context(gunicorn(BARE, environment(folder))).url}/"}
        for times in TIMES:
            site = stack.enter_context(site_of(f"{folder}/{times}", times))
            targets |= {f"{name} ×{times}": site.url + path for name, path in PAGES.items()}
        for url in targets.values():
            put_on(url, 1)
        rounds = [
            {name: {"per_second": put_on(url, SECONDS).per_second} for name, url in targets.items()}
            for _ in range(ROUNDS)
        ]
    ratios = {name: ratio(rounds, name, CALIBRATOR) for name in targets if name != CALIBRATOR}
    return {
        "rounds": rounds,
        "seconds": SECONDS,
        "load": generator(),
        "machine": machine(),
        "to calibrator": ratios,
    }


def site_of(folder: str, times: int):
    env = environment(folder, PAGE_CACHE="0", DATABASE_URL="")  # each on a database of its own
    for command in (
        ["manage.py", "prepare"],
        ["manage.py", "load_demo"],
        ["-m", "benchmarks.multiply", str(times)],
    ):
        run(*command, env=env)
    return granian(SITE, env)


def table(figures: dict) -> str:
    heads = " ".join(f"{'×' + str(times):>24}" for times in TIMES)
    lines = [f"{'page':15} {heads}"]
    for name in PAGES:
        cells = (cell(figures["to calibrator"][f"{name} ×{times}"]) for times in TIMES)
        lines.append(f"{name:15} " + " ".join(f"{one:>24}" for one in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    result = everything()
    keep(result, table(result), named("latest-catalogue"))
