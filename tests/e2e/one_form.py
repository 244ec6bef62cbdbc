"""For a module whose tests write in one form, opened once: its rows are made ``for_the_module``."""

import pytest


@pytest.fixture
def page(sheet):
    return sheet


@pytest.fixture
def desk(sheet, complaints):
    return sheet


@pytest.fixture
def article(kept_draft):
    kept_draft.refresh_from_db()
    return kept_draft
