"""The statements and the roles they speak about, read for ``choosing``: public ones only."""

from collections.abc import Iterable

from careers.bringing import selected
from careers.choosing import RoleOption, Statement, Weight
from careers.models import OF_A_PUBLIC_ROLE, PreferenceStatement, PreferenceWeight, Role

WEIGHTS = selected("weights", PreferenceWeight.objects.filter(OF_A_PUBLIC_ROLE).select_related("role"))


def role_options(roles: Iterable[Role]) -> list[RoleOption]:
    return [RoleOption(role.slug, role.name, role.get_absolute_url()) for role in roles]


def public_statements() -> list[Statement]:
    """Those that say something about a public role; the others would only lower everybody's share."""
    found = [plain(row) for row in PreferenceStatement.objects.public().prefetch_related(WEIGHTS)]
    return [each for each in found if any(w.points or w.is_excluding for w in each.weights.values())]


def plain(row: PreferenceStatement) -> Statement:
    weights = {weight.role.slug: plain_weight(weight) for weight in row.weights.all()}
    return Statement(row.slug, row.text, str(row.get_about_display()), weights)


def plain_weight(row: PreferenceWeight) -> Weight:
    return Weight(row.weight, row.is_excluding, row.reason)
