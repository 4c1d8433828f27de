"""Rows that tell what happened: written once, never changed."""

from typing import Any

from django.db import models


class Immutable(Exception):
    """Somebody tried to rewrite a row that records what happened."""


class AppendOnly(models.Model):
    """A row that is inserted once; saving it again or deleting it is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # Django's own signature
        if not self._state.adding:
            raise Immutable(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Immutable(type(self).__name__)
