"""Who takes the place of a retired credential: its successors, and theirs, until one can be earned."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from careers.lifecycle import is_retired
from careers.models import Credential, ExamVersion

Heirs = Mapping[int, Sequence[Credential]]


def heirs(credentials: Iterable[Credential], *, on: date) -> dict[int, tuple[Credential, ...]]:
    """For each retired one, by its pk, what a reader can earn instead; empty where nothing is known.

    Three queries where something is retired, none where nothing is. They come with ``with_exams()``.
    """
    retired = {credential.pk for credential in credentials if is_retired(credential, on=on)}
    if not retired:
        return {}
    graph = successions()
    reachable = {pk for start in retired for pk in after(graph, start)}
    rows = {row.pk: row for row in Credential.objects.public().filter(pk__in=reachable).with_exams()}
    lasting = {pk for pk, row in rows.items() if not is_retired(row, on=on)}
    return {start: tuple(rows[pk] for pk in nearest(graph, start, lasting)) for start in retired}


def successions() -> dict[int, list[int]]:
    """What follows what, over the whole catalogue: said of credentials, or of their exams."""
    said = Credential.replaced_by.through.objects.order_by("pk").values_list(
        "from_credential_id", "to_credential_id"
    )
    of_exams = ExamVersion.objects.filter(successor__isnull=False).order_by("pk")
    graph: dict[int, list[int]] = {}
    for start, end in [*said, *of_exams.values_list("credential_id", "successor__credential_id")]:
        if start != end:
            graph.setdefault(start, []).append(end)
    return graph


def after(graph: Mapping[int, Sequence[int]], start: int) -> list[int]:
    """All that follows, nearest first, each once. Ends in a circle too."""
    found = dict.fromkeys(graph.get(start, ()))
    ahead = list(found)
    while ahead:
        new = [pk for pk in graph.get(ahead.pop(0), ()) if pk not in found and pk != start]
        found |= dict.fromkeys(new)
        ahead += new
    return list(found)


def nearest(graph: Mapping[int, Sequence[int]], start: int, lasting: set[int]) -> list[int]:
    """The first on each way that lasts: what comes after one that can be earned is not asked for."""
    found: dict[int, None] = {}
    seen, ahead = {start}, list(graph.get(start, ()))
    while ahead:
        here = ahead.pop(0)
        if here in lasting and here != start:
            found[here] = None
        elif here not in seen:
            ahead += graph.get(here, ())
        seen.add(here)
    return list(found)
