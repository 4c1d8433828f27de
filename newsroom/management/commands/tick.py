"""``manage.py tick``: do what the hour has brought."""

from functools import partial

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from articles import proving
from newsroom import ticking
from newsroom.mailing import Site


class Command(BaseCommand):
    """Let out what is due, tell people of it, and prove that what was taken is gone."""

    help = (
        "Swap in changes that are due, record what went live by itself, tell people what was done"
        " to their stories, send the mail that is due, and ask the site's own addresses whether"
        " what was withdrawn or taken offline is gone."
        " The server does so every few seconds; run it by hand or by cron where it does not."
    )

    def handle(self, **_options: object) -> None:
        ticked = ticking.tick(
            site=Site(name=settings.SITE_NAME, url=settings.SITE_URL),
            by_mail=settings.SENDS_MAIL,
            at=timezone.now(),
        )
        self.stdout.write(
            f"{ticked.out.went_live} went live, {ticked.out.blocked} could not,"
            f" {ticked.out.rights_ended} may not be shown any more."
        )
        self.stdout.write(f"Messages told: {ticked.told}.")
        mail = ticked.mail
        self.stdout.write(
            f"Mails sent: {mail.sent}, refused: {mail.refused}, put off: {mail.put_off}."
        )
        asked = proving.ask_due(
            fetch=partial(proving.fetch_from, settings.SITE_URL), at=timezone.now()
        )
        self.stdout.write(
            f"Texts taken from readers: {asked.proven} proven gone, {asked.shown} still shown,"
            f" {asked.unknown} that could not be asked."
        )
