"""The tag ``include``, as Django has it; what sees nothing of the page around it is entered without ado.

Django copies the page's context and its state for each, which took seven to ten per cent of a page's time.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader_tags import IncludeNode, do_include
from django.utils.safestring import SafeString

register = template.Library()


class Isolated(IncludeNode):
    """One with a fixed name and ``only``. ``known`` is kept as long as the template in which this stands."""

    known: Any = None

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        state, included = context.render_context, self.known or self._found(context)
        around, state.template = state.template, included
        state.dicts.append({})  # what tags remember within one template
        try:
            shown: SafeString = included._render(within(context, values))
            return shown
        finally:
            state.dicts.pop()
            state.template = around

    def _found(self, context: Any) -> Any:
        self.known = context.template.engine.get_template(self.template.var)
        return self.known


def within(context: Context, values: dict[str, Any]) -> Context:
    """What ``context.new(values)`` makes, with one dictionary copied; the state of rendering is shared."""
    inner: Context = object.__new__(type(context))
    inner.__dict__.update(context.__dict__)
    inner.dicts = [{"True": True, "False": False, "None": None}, values]
    # As there: what the site tells every page is not told here.
    inner.__dict__.pop("_processors_index", None)
    return inner


@register.tag
def include(parser: Parser, token: Token) -> IncludeNode:
    node = do_include(parser, token)
    name = node.template
    if not node.isolated_context or not isinstance(name.var, str) or name.filters:
        return node
    return Isolated(name, extra_context=node.extra_context, isolated_context=True)
