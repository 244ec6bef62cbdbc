from collections.abc import Collection

from django.db import models


class PictureUseManager(models.Manager["PictureUse"]):
    def keep(self, article: int, pictures: Collection[int], *, place: str = "body") -> None:
        """The keys of the pictures that the article of this key shows there, instead of those of before."""
        rows = self.filter(article=article, place=place)
        before, now = set(rows.values_list("picture", flat=True)), set(pictures)
        if gone := before - now:
            rows.filter(picture__in=gone).delete()
        if new := now - before:
            made = (PictureUse(article_id=article, picture_id=key, place=place) for key in sorted(new))
            self.bulk_create(made, ignore_conflicts=True)


class PictureUse(models.Model):
    """A picture in the text of an article. A picture that is used cannot be deleted.

    Covers are columns of their own; those of a draft over a live article count as used in the draft.
    """

    class Place(models.TextChoices):
        BODY = "body", "in its text"
        DRAFT = "draft", "in a draft of it"

    picture = models.ForeignKey("blog.Picture", models.PROTECT, related_name="uses")
    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="picture_uses")
    place = models.CharField(max_length=5, choices=Place)

    objects = PictureUseManager()

    class Meta:
        verbose_name = "use of a picture"
        verbose_name_plural = "uses of pictures"
        constraints = [
            models.UniqueConstraint(fields=["article", "place", "picture"], name="picture_use_once"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} in {self.article_id}"
