from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import scheduling
from articles.models import WorkingCopy
from tests.builders import (
    approve_article,
    change_article,
    make_article,
    make_person,
    publish_article,
)


@pytest.mark.django_db
def test_the_command_says_what_the_hour_has_brought():
    ani = make_person("ani", "Editor")
    article = publish_article(make_article(by=ani))
    change_article(article, headline="Baru")
    edition = approve_article(article)
    # Given when the moment still lay ahead.
    moment = timezone.now()  # noqa: TID251 - the command reads the clock
    WorkingCopy.objects.filter(edition=edition).update(
        goes_live_at=moment, goes_live_zone="UTC", told_kind="update", told_text="Ada yang baru."
    )
    output = StringIO()

    call_command("tick", stdout=output)

    assert output.getvalue() == (
        "1 went live, 0 could not, 0 may not be shown any more.\n"
        "Messages told: 6.\nMails sent: 0, refused: 0, put off: 0.\n"
        "Texts taken from readers: 0 proven gone, 0 still shown, 0 that could not be asked.\n"
    )
    assert scheduling.tick(at=moment) == scheduling.Ticked()
