from datetime import date

import pytest

from careers.blocks import Reference, fill
from careers.models import Dimension
from tests.factories import RoleFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def test_a_comparison_shows_the_roles_in_the_order_given():
    RoleFactory(slug="a", name="Alpha")
    RoleFactory(slug="b", name="Beta")
    Dimension.objects.create(key="main-focus", label="Main focus", value_kind="focus")

    (block,) = fill([Reference("comparison", "b,a")], on=ON)

    assert block.heading == "Beta and Alpha compared"
    assert block.html.index("Beta") < block.html.index("Alpha")
    assert not block.problem
