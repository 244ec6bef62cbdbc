import pytest

from blog.importing.furniture import LONGEST, is_furniture

from . import handed_in


@pytest.mark.parametrize(
    "text",
    [
        handed_in.FURNITURE,
        "Skip to main content",
        "Home › Blog › Careers",
        "5 min read",
        "© 2026 Example. All rights reserved.",
        "Subscribe to our newsletter and follow us",
        "Copy code",
    ],
)
def test_a_line_of_the_site_is_known(text):
    assert is_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Read this twice before an interview.",
        "Explore other categories of storage before you choose.",
        "Home offices need light.",
        "All rights reserved to the author is a sentence with a meaning.",
        f"{handed_in.FURNITURE} {'And more. ' * LONGEST}",
    ],
)
def test_a_sentence_of_the_text_stays(text):
    assert not is_furniture(text)
