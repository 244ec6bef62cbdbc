from django.conf import settings
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from website.public import public_models
from website.search.kinds import BY_NAME, KINDS, PART_OF, READ_BY, model_of


def receivers(signal):
    return {key[0] for key, *_ in signal.receivers}


def test_every_public_page_gets_search_and_redirects():
    assert "remember an address" in receivers(pre_save)
    assert {"leave a redirect", "index what was saved"} <= receivers(post_save)
    assert {"forget redirects", "index what is gone"} <= receivers(post_delete)
    assert "index what was joined" in receivers(m2m_changed)


def test_every_public_model_can_be_found_and_nothing_else():
    assert set(KINDS) == set(settings.PUBLIC_MODELS)
    assert len(BY_NAME) == len(KINDS)


def test_every_model_search_follows_exists():
    followed = {label for paths in (*READ_BY.values(), *PART_OF.values()) for label, _ in paths}

    assert followed <= set(KINDS)
    assert all(model_of(label) for label in (*READ_BY, *PART_OF))


def test_every_public_model_keeps_the_promise():
    for model in public_models():
        assert callable(model.search_text)
        assert callable(model.get_absolute_url)
        assert hasattr(model, "is_public")
        assert callable(model.objects.public)
