"""Make the tables that search looks into; ``articles/searching.py`` writes and reads them."""

from django.db import migrations

# FTS5 keeps the words, by the number of the row that says whose they are. A word as it is
# written starts with "=", see articles/searching.py; the short prefixes get an index of their own.
SQLITE = [
    """
    CREATE TABLE articles_search (
        id integer PRIMARY KEY AUTOINCREMENT,
        article_id bigint NOT NULL,
        language varchar(8) NOT NULL,
        UNIQUE (article_id, language)
    )
    """,
    """
    CREATE VIRTUAL TABLE articles_search_words USING fts5(
        headline, story,
        tokenize = "unicode61 remove_diacritics 0 tokenchars '='", prefix = '4 5'
    )
    """,
]
POSTGRESQL = [
    """
    CREATE TABLE articles_search (
        article_id bigint NOT NULL,
        language varchar(8) NOT NULL,
        headline tsvector NOT NULL,
        story tsvector NOT NULL,
        PRIMARY KEY (article_id, language)
    )
    """,
    "CREATE INDEX articles_search_headline ON articles_search USING gin (headline)",
    "CREATE INDEX articles_search_story ON articles_search USING gin (story)",
]
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {
    "sqlite": ["DROP TABLE articles_search_words", "DROP TABLE articles_search"],
    "postgresql": ["DROP TABLE articles_search"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_seed")]

    operations = [migrations.RunPython(create, drop)]
