"""Small pathways of a few steps, for tests."""

from careers.models import Pathway, PathwayChoice, PathwayEdge, PathwayStep


def make_pathway(slug="sample", lines=(), choices=(), **steps):
    """``steps`` by key: a fact, or a text; ``lines`` as pairs of keys or with a relation."""
    pathway = Pathway.objects.create(name=slug.title(), slug=slug)
    groups = {
        key: PathwayChoice.objects.create(pathway=pathway, key=key, label=f"of {key}", needed=needed)
        for key, needed, _ in choices
    }
    chosen = {step: groups[key] for key, _, members in choices for step in members}
    rows = {key: add_step(pathway, key, what, choice=chosen.get(key)) for key, what in steps.items()}
    for start, end, *relation in lines:
        named = {"relation": relation[0]} if relation else {}
        PathwayEdge.objects.create(pathway=pathway, from_step=rows[start], to_step=rows[end], **named)
    return pathway


def add_step(pathway, key, what, **more):
    kind = "text" if isinstance(what, str) else what._meta.model_name
    named = {"text": what} if kind == "text" else {kind: what}
    return PathwayStep.objects.create(pathway=pathway, key=key, kind=kind, **named, **more)
