"""What roles ask for, as plain values and as Hypothesis draws them."""

from decimal import Decimal

from hypothesis import strategies as st

from careers.comparison import SkillNeed


def need(name, importance=5, level=5, *, essential=True):
    return SkillNeed(name, f"/careers/skills/{name}/", Decimal(importance), Decimal(level), essential)


importances = st.decimals(1, 5, places=2)
levels = st.decimals(0, 7, places=2)
names = st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"]), min_size=1, max_size=60)


def lists_of_needs(**options):
    """Each skill once, in any order."""
    needs = st.builds(need, names, importances, levels, essential=st.booleans())
    return st.lists(needs, unique_by=lambda row: row.name, max_size=16, **options)
