import pytest

from tests.factories import ArticleFactory, RoleFactory


@pytest.mark.django_db
def test_factories_make_public_rows():
    assert ArticleFactory().is_public
    assert RoleFactory().is_public
