"""What no row can know by itself: that prerequisites and pathways never lead back to their start."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from careers.models import Condition, Credential, Pathway, PathwayEdge
from careers.models.conditions import reaches
from careers.models.pathways import refuse_cycles

from .faults import DataError, told_at
from .nouns import Entry

Placed = list[tuple[Any, str]]


def look_at(entries: Sequence[Entry], rows: Sequence[Any]) -> None:
    placed = [(row, entry.place) for row, entry in zip(rows, entries, strict=True)]
    conditions_lead_on([(row, place) for row, place in placed if isinstance(row, Credential)])
    pathways_lead_on([(row, place) for row, place in placed if isinstance(row, Pathway)])


def conditions_lead_on(credentials: Placed) -> None:
    if not credentials:
        return
    rows = Condition.objects.filter(relation__in=Condition.ACYCLIC, target_credential__isnull=False)
    graph = graph_of(rows.values_list("credential", "target_credential"))
    for credential, place in credentials:
        if any(reaches(graph, target, credential.pk) for target in graph.get(credential.pk, ())):
            raise DataError(f"{place}: what “{credential}” asks for asks for it in turn.")


def pathways_lead_on(pathways: Placed) -> None:
    edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = PathwayEdge.objects.filter(pathway__in=[row.pk for row, _ in pathways]) if pathways else ()
    for edge in found:
        edges[edge.pathway_id].append((edge.from_step_id, edge.to_step_id))
    for pathway, place in pathways:
        with told_at(place):
            refuse_cycles(edges[pathway.pk])


def graph_of(pairs: Iterable[Any]) -> dict[int, list[int]]:
    graph: dict[int, list[int]] = defaultdict(list)
    for start, end in pairs:
        graph[start].append(end)
    return graph
