from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from consent.models import Decision, Notice
from consent.pruning import Pruned, prune

pytestmark = pytest.mark.django_db


def test_refusals_go_before_grants_and_wordings_with_their_last_decision(now):
    old, new = wording("old", at=now), wording("new", at=now)
    decision(old, yes=["embeds"], at=now - timedelta(days=731))
    decision(old, no=["embeds"], at=now - timedelta(days=184))
    decision(new, at=now - timedelta(days=184))
    kept = [
        decision(new, yes=["embeds"], at=now - timedelta(days=729)),
        decision(new, no=["embeds"], at=now - timedelta(days=182)),
        decision(new, yes=["embeds"], no=["preferences"], at=now - timedelta(days=184)),
    ]

    pruned = prune(keep_grants_days=730, keep_refusals_days=183, at=now + timedelta(hours=1))
    assert pruned == Pruned(decisions=3, notices=0)

    pruned = prune(keep_grants_days=730, keep_refusals_days=183, at=now + timedelta(hours=23))
    assert pruned == Pruned(decisions=0, notices=0)
    assert list(Decision.objects.order_by("pk")) == kept

    pruned = prune(keep_grants_days=800, keep_refusals_days=200, at=now + timedelta(days=2))
    assert pruned == Pruned(decisions=0, notices=1)
    assert list(Notice.objects.all()) == [new]


def test_the_command_says_what_went(now, capsys):
    decision(wording("old", at=now), no=["embeds"], at=now - timedelta(days=365 * 9))

    call_command("prune_consent")

    assert capsys.readouterr().out == "Deleted 1 decisions and 0 wordings.\n"


def wording(name, *, at):
    return Notice.objects.create(sha256=name, language="id", body={"schema": 1}, created_at=at)


def decision(notice, *, at, yes=(), no=()):
    return Decision.objects.create(
        consent_id=uuid4(),
        at=at,
        notice=notice,
        choices={"schema": 1, "yes": list(yes), "no": list(no)},
        source="banner",
        gpc=False,
    )
