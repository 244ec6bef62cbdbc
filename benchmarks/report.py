"""What was measured, as tables in Markdown that guides can quote, and as JSON with every round."""

import json
import os
import platform
import statistics
import sys
from datetime import date
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).resolve().parent / "figures"
CALIBRATOR, BARE_GRANIAN, CONSTANT = "calibrator", "bare under granian", "constant under granian"
BASES = {CALIBRATOR: "2", BARE_GRANIAN: "2", CONSTANT: "6,000"}  # bytes
HEADS = ("page", "queries", "bytes", "requests/s", "CPU, ms", "p50, ms", "p99, ms")
RATIOS = ("× calibrator", "× bare granian", "× calibrator by CPU")


def machine() -> dict[str, Any]:
    return {
        "processor": fact("/proc/cpuinfo", "model name") or platform.machine(),
        "processors": os.cpu_count(),
        "memory, GB": round(int(fact("/proc/meminfo", "MemTotal").split()[0] or 0) / 2**20),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "busy with, before": round(os.getloadavg()[0], 1),
    }


def fact(file: str, name: str) -> str:
    lines = Path(file).read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def ratio(rounds: list[dict], mine: str, base: str, field: str = "per_second") -> dict[str, float]:
    """Each within its round, as often as the base is answered: at least, and usually.

    Of processor time it is the other way round: the less a page takes, the higher.
    """
    pairs = [(one[mine][field], one[base][field]) for one in rounds]
    each = [base / own if field == "cpu" else own / base for own, base in pairs if own and base]
    return {"least": min(each, default=0.0), "median": statistics.median(each or [0.0])}


def median(rounds: list[dict], name: str, field: str) -> float:
    return statistics.median(one[name][field] for one in rounds)


def short(value: float) -> str:
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def cell(one: dict[str, float]) -> str:
    return f"{short(one['least'])} / {short(one['median'])}"


def table(heads: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    lines = [" | ".join(heads), "|".join("---" for _ in heads), *(" | ".join(row) for row in rows)]
    return [f"| {line} |" if "---" not in line else f"|{line}|" for line in lines]


def page_table(pages: dict[str, dict], kind: str) -> list[str]:
    """``kind`` is cold or hot. What all is compared with comes first, from the rounds of all pages."""
    every = [one for page in pages.values() for one in page["rounds"]]
    rows = [[name, "0", size, *numbers(every, name), *ratios(every, name)] for name, size in BASES.items()]
    for name, page in pages.items():
        queries = str(page["queries"]) if kind == "cold" else "–"
        one = [*numbers(page["rounds"], kind), *ratios(page["rounds"], kind)]
        rows.append([name, queries, f"{page['bytes']:,}", *one])
    return table((*HEADS, *RATIOS), rows)


def numbers(rounds: list[dict], name: str) -> list[str]:
    fields = ("per_second", "cpu", "p50", "p99")
    return [short(median(rounds, name, field)) for field in fields]


def ratios(rounds: list[dict], name: str) -> list[str]:
    asked = ((CALIBRATOR, "per_second"), (BARE_GRANIAN, "per_second"), (CALIBRATOR, "cpu"))
    return [cell(ratio(rounds, name, base, field)) if name != base else "1" for base, field in asked]


def other_table(size: dict) -> list[str]:
    rows = [
        ["start, from the command to the first answer", f"{size['started in']:.1f} s"],
        ["memory of each worker, after all pages", f"{', '.join(short(one) for one in size['memory'])} MB"],
        ["texts imported as drafts, a second", short(size["imported"])],
        ["loading the articles", f"{size['loaded in']:.0f} s"],
    ]
    for page, rounds in size["publishing"].items():
        with_it, without = (median(rounds, name, "p99") for name in ("publishing", "quiet"))
        each = ratio(rounds, "publishing", "quiet", "p99")
        text = f"{short(with_it)} ms, {short(without)} ms without: × {short(each['median'])}"
        most = max(one["publishing"]["p99"] / one["quiet"]["p99"] for one in rounds)
        rows.append(
            [f"p99 of {page} while an editor publishes every half second", f"{text}, at most {most:.1f}"]
        )
    return table(("what", "measured"), rows)


def markdown(result: dict) -> str:
    told = [f"# Figures of {result['date']} on {result['database']}", ""]
    told += [f"- {name}: {value}" for name, value in result["machine"].items()]
    told += [f"- asked by {result['load']}, {result['rounds']} rounds of {result['seconds']:g} s each", ""]
    told += ["Ratios are the least and the median of all rounds.", ""]
    for articles, size in result["sizes"].items():
        for kind, meaning in (("cold", "every page made anew"), ("hot", "pages kept in memory")):
            told += [f"## {int(articles):,} articles, {kind}: {meaning}", ""]
            told += [*page_table(size["pages"], kind), ""]
        told += [f"## {int(articles):,} articles, the rest", "", *other_table(size), ""]
    return "\n".join(told)


def keep(result: Any, text: str, name: str, *, suffix: str = "txt") -> None:
    """The figures as JSON; a text that guides can quote beside them, where it is Markdown."""
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    if suffix == "md":
        (FIGURES / f"{name}.md").write_text(text)
    print(text)
    print(f"Written to benchmarks/figures/{name}.{'md and .json' if suffix == 'md' else 'json'}")


def named(otherwise: str) -> str:
    """As the command line has it."""
    return sys.argv[1] if len(sys.argv) > 1 else otherwise


def today() -> str:
    return f"{date.today():%Y-%m-%d}"
