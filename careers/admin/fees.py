from careers.models import Fee

from .inlines import FactInline


class FeeInline(FactInline):
    """What an exam costs; on a certification what it costs besides its exams, such as a yearly fee."""

    model = Fee
    verbose_name_plural = "fees (zero means free; leave out what is not known)"
    fields = ["kind", "amount", "currency", "region", "is_from_price", "observed_on", "source", "note"]
    autocomplete_fields = ["source"]
