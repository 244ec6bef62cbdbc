"""Facts inside sentences, in a real browser: chosen from lists, kept through copy, paste and undo."""

import pytest

from careers.models import Fee
from tests.factories import CredentialFactory, ExamVersionFactory

from .accessibility import violations
from .one_form import *  # noqa: F403 -- its fixtures
from .writing import answer, body, open_article, press, save, stored, to_the_end

FACT = '<careers-fact data-ref="gold" data-field="price"></careers-fact>'
LINK = '<careers-link data-ref="gold"></careers-link>'


@pytest.fixture(scope="module")
def gold(for_the_module):
    return for_the_module(the_gold_one)


def the_gold_one():
    version = ExamVersionFactory(
        credential__name="Gold", credential__slug="gold", credential__checked_on="2026-09-28"
    )
    Fee.objects.create(version=version, amount=300)
    return version.credential


def insert_fact(desk, field="Price"):
    press(desk, "Insert live fact")
    desk.get_by_label("Fact", exact=True).select_option(label=field)
    desk.get_by_label("Of which certification").select_option(label="Gold")


def insert_link(desk):
    press(desk, "Insert certification link")
    desk.get_by_label("Which certification").select_option(label="Gold")
    answer(desk, "Insert")


def test_a_fact_and_a_link_are_chosen_from_lists_and_stand_in_the_sentence(desk, article, gold, complaints):
    body(desk).click()
    desk.keyboard.type("Start with ")
    insert_link(desk)
    body(desk).get_by_text("Gold", exact=True).wait_for()
    desk.keyboard.type(": it costs ")
    insert_fact(desk)
    desk.get_by_text("Readers read: USD 300 (checked 28 September 2026).").wait_for()
    answer(desk, "Insert")
    body(desk).get_by_text("USD 300 (checked 28 September 2026)", exact=True).wait_for()
    desk.keyboard.type(" now.")
    save(desk)

    assert stored(article) == f"<p>Start with {LINK}: it costs {FACT} now.</p>"
    save(desk)
    assert stored(article) == f"<p>Start with {LINK}: it costs {FACT} now.</p>"
    assert complaints == []


def test_a_fact_survives_copy_paste_and_undo(desk, article, gold, complaints):
    article.body = f"<p>It costs {FACT} now.</p>"
    article.save()
    open_article(desk, article)
    body(desk).get_by_text("USD 300 (checked", exact=False).first.wait_for()

    body(desk).click()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+c")
    # Anew: with everything still selected, the key after the next would replace it on a slow machine.
    open_article(desk, article)
    body(desk).get_by_text("USD 300 (checked", exact=False).first.wait_for()
    body(desk).click()
    to_the_end(desk)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Control+v")
    body(desk).locator(".live-inline").nth(1).wait_for()
    save(desk)
    assert stored(article) == "\n".join([f"<p>It costs {FACT} now.</p>"] * 2)

    body(desk).get_by_text("USD 300 (checked", exact=False).nth(1).wait_for()
    body(desk).locator(".live-inline").first.click()
    body(desk).locator(".live-inline.ProseMirror-selectednode").wait_for()
    desk.keyboard.press("Delete")
    body(desk).locator(".live-inline").nth(1).wait_for(state="detached")
    desk.keyboard.press("Control+z")
    body(desk).locator(".live-inline").nth(1).wait_for()
    save(desk)
    assert stored(article).count(FACT) == 2
    assert complaints == []


def test_a_chosen_fact_is_changed_by_keyboard(desk, article, gold):
    article.body = f"<p>It costs {FACT} now.</p>"
    article.save()
    open_article(desk, article)
    body(desk).get_by_text("USD 300 (checked", exact=False).wait_for()
    body(desk).locator(".live-inline").click()
    body(desk).locator(".live-inline.ProseMirror-selectednode").wait_for()
    desk.keyboard.press("Enter")
    desk.get_by_role("dialog", name="Change the live fact").wait_for()
    desk.get_by_label("Fact", exact=True).select_option(label="Status")
    answer(desk, "Change")
    body(desk).get_by_text("active (checked 28 September 2026)", exact=True).wait_for()
    save(desk)

    assert 'data-field="status"' in stored(article)


def test_a_fact_of_what_is_not_published_says_so_to_the_editor(desk, article, gold):
    CredentialFactory(name="Silver", slug="silver", status=gold.Status.DRAFT)
    article.body = f"<p>It costs {FACT.replace('gold', 'silver')} now.</p>"
    article.save()

    open_article(desk, article)
    body(desk).get_by_text("The certification “Silver” is not published.", exact=False).wait_for()
    save(desk)

    desk.get_by_text(
        "In the text, from the catalogue: The certification “Silver” is not published."
    ).wait_for()


def test_code_takes_no_fact(desk, article, gold):
    article.body = "<pre><code>x = 1</code></pre>"
    article.save()
    open_article(desk, article)
    body(desk).locator("pre").click()
    press(desk, "Insert live fact")

    desk.get_by_text("In code there is no place for a live fact.").wait_for()


def test_nothing_in_the_dialogs_and_the_sentence_keeps_anyone_out(desk, article, gold):
    article.body = f"<p>It costs {FACT} now, {LINK}, {FACT.replace('gold', 'nothing')}.</p>"
    article.save()
    open_article(desk, article)
    body(desk).get_by_text("There is no certification “nothing”", exact=False).wait_for()

    desk.set_viewport_size({"width": 320, "height": 600})
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        assert violations(desk, ".prose-editor") == []
        for name in ("Insert live fact", "Insert certification link"):
            press(desk, name)
            assert violations(desk, "dialog") == []
            assert desk.get_by_role("dialog").evaluate("d => d.scrollWidth <= d.clientWidth"), name
            answer(desk, "Cancel")
