"""Which columns exist once per language: labels, and the published copy of a story."""

from modeltranslation.translator import TranslationOptions, register

from articles.models import Article, Author, Image, Licence, Section, Source, Topic


@register(Section)
class SectionColumns(TranslationOptions):
    fields = ("name", "slug")
    required_languages = ("id", "en")


@register(Topic)
class TopicColumns(TranslationOptions):
    fields = ("name", "slug")
    required_languages = ("id", "en")


@register(Author)
class AuthorColumns(TranslationOptions):
    fields = ("bio",)


@register(Source)
class SourceColumns(TranslationOptions):
    fields = ("name", "notice", "disclosure")
    required_languages = {"id": ("name",), "en": ("name",)}


@register(Licence)
class LicenceColumns(TranslationOptions):
    fields = ("credit_line", "copyright_notice", "usage_terms")


@register(Image)
class ImageColumns(TranslationOptions):
    fields = ("caption", "alt")


@register(Article)
class PublishedCopy(TranslationOptions):
    fields = (
        "dateline",
        "headline",
        "standfirst",
        "body",
        "image_caption",
        "image_alt",
        "slug",
        "credit",
        "live_from",
        "live_until",
        "offline_answer",
        "offline_leads_to",
        "withdrawn_at",
        "rights_from",
        "rights_until",
        "first_published_at",
        "updated_at",
    )
