from django.db import models


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"
