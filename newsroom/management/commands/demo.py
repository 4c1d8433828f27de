"""``manage.py demo``: a newsroom to look around in."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from newsroom.demo import loading


class Command(BaseCommand):
    """Load the demo once, and say who to sign in as."""

    help = (
        "Load stories in every state, with one person per role, into an empty newsroom,"
        " and print the logins. A second run loads nothing and prints them again."
    )

    def handle(self, **_options: object) -> None:
        if not loading.is_loaded():
            try:
                loading.load(now=timezone.now())
            except loading.NotEmpty:
                self.stdout.write("The demo is for an empty newsroom: nothing was loaded.")
                return
        logins = loading.usable_logins()
        self.stdout.write("Demo logins (name, password, role):")
        for login in logins:
            role = f"{login.role}: {login.first_name} {login.last_name}"
            self.stdout.write(f"  {login.username:<6} {loading.PASSWORD}  {role}")
