"""Whole catalogues as export files tell them, as Hypothesis draws them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from careers import transfer

HEAD = {"format": "waymark-careers", "version": 1}
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)

SQL = {"slug": "sql", "name": "SQL"}
ROLE = {"slug": "role", "name": "Other", "main_focus": "F"}
GOLD = {"slug": "gold", "name": "Gold", "provider": "acme", "level": "expert"}


def bring_in(path, *, commit=True):
    return transfer.bring_in(path, commit=commit, by=None, at=AT)


letters = st.characters(codec="utf-8", exclude_characters="\x00")
texts = st.text(letters, min_size=1, max_size=20)
words = texts.filter(str.strip)
lists = st.lists(words, max_size=3)
days = st.dates().map(str)
months = st.integers(0, 120)
flags = st.booleans()


def some(keys):
    return st.lists(st.sampled_from(keys), unique=True, max_size=3) if keys else st.just([])


def maybe(name, values):
    """A field that is told, or is not."""
    return st.one_of(st.just({}), values.map(lambda value: {name: value}))


def joined(*parts, **fields):
    """An entry of fields that are always told and of parts that may be."""
    told = st.tuples(st.fixed_dictionaries(fields), *parts)
    return told.map(lambda found: {name: value for part in found for name, value in part.items()})


def named(prefix, number, *parts, **fields):
    """A fact: its name differs from all others, and from what it was called in another draw."""
    name = texts.map(lambda text: f"{number} {text}")
    status = maybe("status", st.sampled_from(["draft", "published"]))
    fixed = {"slug": st.just(f"{prefix}-{number}"), "name": name}
    return joined(status, maybe("editor_note", texts), maybe("summary", texts), *parts, **fixed, **fields)


def up_to(most, make):
    """As many entries as drawn, each made from its number."""
    return st.integers(0, most).flatmap(lambda count: st.tuples(*(make(n) for n in range(count))).map(list))


def keys_of(rows, name="slug"):
    return [row[name] for row in rows]


def rows_by(keys, name, *parts, **fields):
    """Rows within an entry, one for each of some keys."""

    def of(chosen):
        return st.tuples(*(joined(*parts, **{name: st.just(key)}, **fields) for key in chosen)).map(list)

    return some(keys).flatmap(of)


sources = up_to(
    2,
    lambda n: joined(
        maybe("note", texts),
        maybe("checked", texts),
        key=st.just(f"S{n}"),
        title=texts,
        kind=st.sampled_from(["official", "general"]),
    ),
)
providers = up_to(2, lambda n: named("provider", n, maybe("aliases", lists)))
dimensions = up_to(2, lambda n: joined(maybe("order", st.integers(0, 3)), key=st.just(f"d{n}"), label=texts))


def skills(n):
    """A skill is part of an earlier one, if of any, so that none is part of itself."""
    parents = maybe("parent", st.integers(0, n - 1).map("skill-{}".format)) if n else st.just({})
    return named("skill", n, parents, maybe("aliases", lists), maybe("former_slugs", st.just([f"was-{n}"])))


@st.composite
def deliveries(draw):
    low, high = sorted(draw(st.tuples(st.integers(1, 90), st.integers(1, 90))))
    languages = draw(st.lists(st.sampled_from(["en", "ja", "pt-BR"]), unique=True))
    found = {"languages": languages, "items_min": low, "items_max": high}
    found["phase"] = draw(st.sampled_from(["beta", "standard"]))
    return found | draw(maybe("minutes", st.integers(1, 1440))) | draw(maybe("note", texts))


def fees(source_keys):
    kinds = ["exam", "retake"]
    amount = st.decimals(0, 999, places=2).map(float)
    return rows_by(kinds, "kind", maybe("source", st.sampled_from(source_keys or [""])), amount=amount)


def versions(credential, source_keys):
    def make(n):
        lasts = st.one_of(maybe("validity_months", months), maybe("no_expiry", flags))
        return joined(
            lasts,
            maybe("available_from", days),
            key=st.just(f"{credential}-v{n}"),
            status=st.sampled_from(["active", "retired"]),
            deliveries=st.lists(deliveries(), max_size=3),
            fees=fees(source_keys),
            sources=some(source_keys),
        )

    return up_to(2, make)


def credentials(n, provider, skill_keys, source_keys):
    slug = f"credential-{n}"
    earlier = [f"credential-{number}" for number in range(n)]
    conditions = rows_by(earlier, "target_credential", maybe("must_be_current", flags))
    return named(
        "credential",
        n,
        provider=st.just(provider),
        level=st.sampled_from(["associate", "expert"]),
        skills=some(skill_keys),
        sources=some(source_keys),
        conflicts=lists,
        conditions=conditions,
        renewals=st.lists(st.fixed_dictionaries({"note": texts}), max_size=3),
        versions=versions(slug, source_keys),
    )


def roles(n, known):
    level = st.decimals(0, 7, places=2).map(float)
    needs = rows_by(known["skills"], "skill", importance=st.integers(1, 5), level=level)
    advice = rows_by(
        known["credentials"], "credential", reason=texts, tier=st.sampled_from(["start", "core"])
    )
    tasks = st.lists(joined(maybe("order", st.integers(0, 2)), text=texts), max_size=3)
    return named(
        "role",
        n,
        maybe("job_zone", st.integers(1, 5)),
        main_focus=texts,
        role_skills=needs,
        recommendations=advice,
        tasks=tasks,
        dimension_values=rows_by(known["dimensions"], "dimension", items=st.lists(words, min_size=1)),
        sources=some(known["sources"]),
    )


@st.composite
def pathways(draw, n, known):
    kinds = [("skill", key) for key in known["skills"]] + [
        ("credential", key) for key in known["credentials"]
    ]
    chosen = draw(st.lists(st.sampled_from([*kinds, ("text", "Walk")]), max_size=4))
    steps = [{"key": f"s{place}", "kind": kind, kind: key} for place, (kind, key) in enumerate(chosen)]
    for step in steps:
        step |= draw(st.sampled_from([{}, {"choice": "one-of"}]))
    pairs = [(a["key"], b["key"]) for place, a in enumerate(steps) for b in steps[place + 1 :]]
    edges = [{"from_step": a, "to_step": b} for a, b in draw(some(pairs))]
    found = draw(named("pathway", n, maybe("intro", texts)))
    return found | {"choices": [{"key": "one-of", "label": "One"}], "steps": steps, "edges": edges}


@st.composite
def documents(draw):
    """One file with a bit of everything in it."""
    found = {"sources": draw(sources), "providers": draw(providers), "dimensions": draw(dimensions)}
    found["skills"] = draw(up_to(3, skills))
    known = {name: keys_of(found[name]) for name in ("providers", "skills")}
    known |= {name: keys_of(found[name], "key") for name in ("sources", "dimensions")}
    if known["providers"]:
        provider = known["providers"][0]
        make = lambda n: credentials(n, provider, known["skills"], known["sources"])  # noqa: E731
        found["credentials"] = draw(up_to(3, make))
    known["credentials"] = keys_of(found.get("credentials", []))
    found["roles"] = draw(up_to(3, lambda n: roles(n, known)))
    found["pathways"] = draw(up_to(2, lambda n: pathways(n, known)))
    found["events"] = [
        {
            "key": f"e-{key}",
            "credential": key,
            "kind": "announced",
            "certainty": "announced",
            "note": draw(texts),
        }
        for key in known["credentials"]
    ]
    found["checks"] = [
        {
            "credential": key,
            "field": "level",
            "value": draw(texts),
            "source": source,
            "checked_on": draw(days),
        }
        for key in known["credentials"]
        for source in known["sources"]
    ]
    found["comparisons"] = [{"roles": keys_of(found["roles"])[:2]}] if len(found["roles"]) > 1 else []
    return HEAD | found
