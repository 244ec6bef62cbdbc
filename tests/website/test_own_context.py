"""The tag ``include`` says what Django's says, and enters without copying what sees nothing of the page."""

import pytest
from django.template import Context, Engine, RequestContext, TemplateDoesNotExist
from django.template.context import BaseContext
from django.test.signals import template_rendered

from website.templatetags.own_context import within

PARTS = {
    "part.html": "[{{ a }}|{{ b }}|{{ outside }}]",
    "naming.html": "{% with a as b %}{{ b }}{% endwith %}{% firstof a as kept %}{{ kept }}",
    "cycling.html": "{% cycle 'odd' 'even' %}",
    "changing.html": "{% for x in row %}{% ifchanged %}{{ x }}{% endifchanged %}{% endfor %}",
    "nested.html": "({% include 'part.html' with a=a only %}{{ a }})",
    "family.html": "<{% block inner %}{{ a }}{% endblock %}>",
    "child.html": "{% extends 'family.html' %}{% block inner %}{{ block.super }}!{% endblock %}",
    "folder/one.html": "{% include './two.html' with a=a only %}",
    "folder/two.html": "two {{ a }}",
    "asking.html": "[{{ request.path }}|{{ path }}]",
    "failing.html": "{{ a.fails }}",
    "down.html": "{{ n }}{% if n %}{% include 'down.html' with n=n|slice:'1:' only %}{% endif %}",
    "many.html": "{% for x in row %}{% include 'part.html' with a=x only %}{% endfor %}",
}
OURS = "website.templatetags.own_context"


def engine(*builtins):
    loaders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", PARTS)])]
    processors = ["django.template.context_processors.request"]
    return Engine(loaders=loaders, builtins=list(builtins), context_processors=processors)


def context(*, autoescape=True, **values):
    known = {"one": "<1>", "row": ["x", "x", "y"], "outside": "seen", "name": "part.html", **values}
    return Context(known, autoescape=autoescape)


@pytest.mark.parametrize(
    "text",
    [
        "{% include 'part.html' only %}",
        "{% include 'part.html' with a=one only %}{{ a }}",
        "{% include 'part.html' with a=one|upper b=row.0 only %}",
        "{% include 'part.html' with a=one %}",
        "{% include name with a=one only %}",
        "{% include 'PART.HTML'|lower with a=one only %}",
        "{% include 'naming.html' with a=one only %}{{ kept }}{{ b }}",
        "{% for x in row %}{% include 'cycling.html' only %}{% endfor %}",
        "{% for x in row %}{% include 'part.html' with a=x b=forloop.counter only %}{% endfor %}",
        "{% include 'changing.html' with row=row only %}{% include 'changing.html' with row=row only %}",
        "{% include 'nested.html' with a=one only %}",
        "{% include 'child.html' with a=one only %}{% include 'family.html' with a=one only %}",
        "{% include 'folder/one.html' with a=one only %}",
        "{% include 'down.html' with n='abc' only %}",
        "{% include 'part.html' with a=True b=None only %}",
        "{% block inner %}{% include 'child.html' with a=one only %}{% endblock %}",
    ],
)
def test_it_says_what_django_says(text):
    theirs, ours = (engine(*given).from_string(text) for given in ((), (OURS,)))

    assert [ours.render(context()) for _ in range(2)] == [theirs.render(context())] * 2


def test_where_nothing_is_escaped_it_is_not_within_either():
    text = engine(OURS).from_string("{% include 'nested.html' with a=one only %}")

    assert text.render(context(autoescape=False)) == "([<1>||]<1>)"
    assert text.render(context()) == "([&lt;1&gt;||]&lt;1&gt;)"


def test_nothing_of_the_page_is_copied(monkeypatch):
    def copied(self):
        raise AssertionError("A context was copied.")

    theirs, ours = (engine(*given).get_template("many.html") for given in ((), (OURS,)))
    monkeypatch.setattr(BaseContext, "__copy__", copied)

    assert ours.render(context()) == "[x||][x||][y||]"
    with pytest.raises(AssertionError, match="copied"):
        theirs.render(context())


def test_what_is_included_is_looked_up_once(monkeypatch):
    asked = []
    ours = engine(OURS)
    template = ours.get_template("many.html")
    look_up = ours.get_template
    monkeypatch.setattr(ours, "get_template", lambda name: asked.append(name) or look_up(name))

    template.render(context())
    template.render(context())

    assert asked == ["part.html"]


def test_a_template_that_is_not_there_is_an_error_each_time():
    text = engine(OURS).from_string("{% include 'nowhere.html' only %}")
    for _ in range(2):
        with pytest.raises(TemplateDoesNotExist, match=r"nowhere\.html"):
            text.render(context())


def test_after_an_error_the_state_is_what_it_was():
    class Failing:
        @property
        def fails(self):
            raise ZeroDivisionError

    text = engine(OURS).from_string("{% include 'failing.html' with a=it only %}")
    page = context(it=Failing())
    with pytest.raises(ZeroDivisionError):
        text.render(page)

    assert (page.render_context.template, len(page.render_context.dicts)) == (None, 1)


def test_it_is_the_context_that_django_would_have_made(rf):
    template = engine(OURS).from_string("")
    plain = Context({"a": 1}, autoescape=False, use_tz=False)
    of_request = RequestContext(rf.get("/"), {"a": 1}, use_l10n=False)
    for page in (plain, of_request):
        with page.bind_template(template):
            ours, theirs = within(page, {"b": 2}), page.new({"b": 2})
        for made in (ours, theirs):
            del made.render_context

        assert (type(ours), vars(ours)) == (type(theirs), vars(theirs))


def test_what_is_told_every_page_is_not_told_within(rf):
    shown = "{{ request.path }}{% include 'asking.html' with path=request.path "

    def drawn(end):
        return engine(OURS).from_string(f"{shown}{end}").render(RequestContext(rf.get("/here/")))

    assert drawn("only %}") == "/here/[|/here/]"
    assert drawn("%}") == "/here/[/here/|/here/]"


def test_tests_hear_of_what_is_included():
    heard = []

    def hear(sender, template, **kwargs):
        heard.append(template.name)

    template_rendered.connect(hear)
    try:
        engine(OURS).get_template("nested.html").render(context())
    finally:
        template_rendered.disconnect(hear)

    assert heard == ["nested.html", "part.html"]
