"""The clock tells of what was not answered in time, and settings leave time for an answer."""

from datetime import timedelta

import pytest
from django.core import checks

from articles import takedowns
from articles.models import Activity
from articles.takedowns import Asked
from newsroom import mailing
from newsroom.models import Notification
from newsroom.ticking import tick
from tests.builders import NOW, make_article, make_person, publish_article


@pytest.mark.django_db
def test_a_look_at_the_clock_tells_publishers_of_what_is_overdue_once():
    make_person("putri", "Publisher")
    asked = Asked("PT Kabar", "rights_holder", "Hapus.", ["id"], NOW)
    takedowns.record_request(
        publish_article(make_article()), asked, hours=1, by=make_person(), at=NOW
    )

    for hours in (0, 1, 2):
        at = NOW + timedelta(hours=hours)
        tick(site=mailing.Site("Lintas", "https://news.example"), by_mail=False, at=at)

    late = Activity.objects.get(verb=Activity.Verb.DOWN_LATE)
    assert late.at == NOW + timedelta(hours=1)
    assert [one.person.username for one in Notification.objects.filter(activity=late)] == ["putri"]


@pytest.mark.parametrize(("hours", "found"), [(1, []), (0, ["newsroom.E001"])])
def test_a_newsroom_that_leaves_no_time_for_an_answer_does_not_start(hours, found, settings):
    settings.TAKEDOWN_HOURS = hours

    messages = checks.run_checks()

    assert [message.id for message in messages if message.id.startswith("newsroom.E")] == found
