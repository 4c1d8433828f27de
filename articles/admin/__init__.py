"""The editor's admin: stories with their texts, pictures, and the labels they are filed under."""

from articles.admin import labels, pictures, sources, stories

__all__ = ["labels", "pictures", "sources", "stories"]
