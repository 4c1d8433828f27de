"""What the newsroom is made of. The words are those of the glossary in ``docs/explanation``."""

from articles.models.editions import (
    TEXT_FIELDS,
    Edition,
    Review,
    Revision,
    Text,
    Verdict,
    WorkingCopy,
)
from articles.models.labels import Author, Section, Source, Topic
from articles.models.pictures import Image
from articles.models.records import Activity, Address, Notice, Proof, Publication
from articles.models.releases import ReleaseGroup, ReleaseMember
from articles.models.rights import Lease, Licence, Waiver
from articles.models.stories import Article, Attribution, Byline
from articles.models.takedowns import Takedown, TakedownAnswer

__all__ = [
    "TEXT_FIELDS",
    "Activity",
    "Address",
    "Article",
    "Attribution",
    "Author",
    "Byline",
    "Edition",
    "Image",
    "Lease",
    "Licence",
    "Notice",
    "Proof",
    "Publication",
    "ReleaseGroup",
    "ReleaseMember",
    "Review",
    "Revision",
    "Section",
    "Source",
    "Takedown",
    "TakedownAnswer",
    "Text",
    "Topic",
    "Verdict",
    "Waiver",
    "WorkingCopy",
]
