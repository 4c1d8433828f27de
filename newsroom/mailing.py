"""
Sending by e-mail what people were told.

A message is mailed once: claiming it moves its next try into the future, in one guarded update, so
two processes cannot hold it at once, and a process that dies while sending leaves it to be tried
again. No transaction is open while a mail server is waited for.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsroom import wording
from newsroom.audiences import readable_by
from newsroom.models import Notification

logger = logging.getLogger(__name__)

# What one look sends at most: the clock must not wait for the mail.
AT_ONCE = 20
# A mail that was refused is tried again after this, and each time after twice as long.
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
# About two days; the message stays among the person's messages.
ATTEMPTS = 12
# A server that cannot be reached says nothing about the mails that wait for it.
OUTAGE_PAUSE = timedelta(minutes=2)

# Refusals of this one mail; anything else means that the server is not there.
_REFUSED = (SMTPResponseException, SMTPRecipientsRefused, ValueError)


@dataclass(frozen=True)
class Site:
    """What a mail says of the newsroom that sends it; ``url`` has no slash at the end."""

    name: str
    url: str


@dataclass(frozen=True)
class Sent:
    """What one look came to: mails sent, refused, and put off as no server could be reached."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0


def send_due(*, site: Site, at: datetime) -> Sent:
    """
    Send the mails that are due, the longest waiting first.

    Never raises for what a mail server says or does not say. Safe to run from several places at
    once.
    """
    due = list(_due(at).order_by("mail_due_at", "pk").values_list("pk", "mail_due_at")[:AT_ONCE])
    if not due:
        return Sent()
    connection = get_connection()
    outcomes: list[bool] = []
    put_off = 0
    try:
        connection.open()
        for pk, due_at in due:
            notification = _claim(pk, due_at, at=at)
            if notification is not None:
                outcomes.append(_send(notification, connection, site=site, at=at))
    except OSError as outage:
        put_off = _due(at).update(mail_due_at=at + OUTAGE_PAUSE)
        logger.warning("the mail server is not there: %s", type(outage).__name__)
    # A server that has gone may object to being left.
    with suppress(OSError):
        connection.close()
    return Sent(sent=outcomes.count(True), refused=outcomes.count(False), put_off=put_off)


def mail_of(notification: Notification, *, site: Site, at: datetime) -> EmailMessage:
    """Return a message as a mail in its person's language; it leads where they may go at ``at``."""
    with translation.override(notification.person.language):
        message = wording.message_of(notification)
        return EmailMessage(
            subject=" ".join(f"[{site.name}] {message.sentence}".split()),
            body=_body(message, site=site, at=at),
            to=[notification.person.email],
            headers={
                "Auto-Submitted": "auto-generated",
                # The same at every try: what should arrive twice is shown once.
                "Message-ID": f"<message-{notification.pk}@{urlsplit(site.url).hostname}>",
            },
        )


def _due(at: datetime) -> QuerySet[Notification]:
    return Notification.objects.filter(mail_due_at__lte=at)


def _claim(pk: int, due_at: datetime | None, *, at: datetime) -> Notification | None:
    """
    Return a message that is ours to send now, its next try put off; None if it is not.

    It is dropped when its person may not know of the story any more, or has no address.
    """
    found = wording.with_words(Notification.objects.filter(pk=pk)).select_related("person")
    notification = found.get()
    attempts = notification.mail_attempts + 1
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    claimed = Notification.objects.filter(pk=pk, mail_due_at=due_at).update(
        mail_attempts=attempts, mail_due_at=at + pause if attempts < ATTEMPTS else None
    )
    if not claimed:
        return None
    person = notification.person
    if person.is_active and person.email and readable_by(person, at=at).filter(pk=pk).exists():
        notification.mail_attempts = attempts
        return notification
    Notification.objects.filter(pk=pk).update(mail_due_at=None)
    return None


def _send(
    notification: Notification, connection: BaseEmailBackend, *, site: Site, at: datetime
) -> bool:
    """Send a mail and write that down; False if it was refused."""
    mail = mail_of(notification, site=site, at=at)
    mail.connection = connection
    try:
        mail.send()
    except _REFUSED as refusal:
        # Never the address, nor what the server says of it.
        logger.warning(
            "mail of message %s was refused, try %s of %s: %s",
            notification.pk,
            notification.mail_attempts,
            ATTEMPTS,
            type(refusal).__name__,
        )
        # Some servers say nothing more after a refusal; the next mail opens it anew.
        connection.close()
        return False
    Notification.objects.filter(pk=notification.pk).update(mailed_at=at, mail_due_at=None)
    return True


def _body(message: wording.Message, *, site: Site, at: datetime) -> str:
    """Return what happened, what to do, where, and why one is told: a paragraph each."""
    notification = message.notification
    edition = f" ({message.edition})" if message.edition else ""
    moment = timezone.localtime(notification.activity.at)
    paragraphs = [
        f"{message.sentence}{edition}\n{date_format(moment, 'SHORT_DATETIME_FORMAT')}",
        message.reason,
        message.to_do,
        f"{site.url}{wording.address_for(notification, at=at)}",
        message.why
        + " "
        + (
            _("Messages like this one are always sent.")
            if notification.is_mandatory
            else _("Choose what is sent to you: %(address)s")
            % {"address": f"{site.url}{reverse('mail_choices')}"}
        ),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
