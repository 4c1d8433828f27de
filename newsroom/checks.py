"""What can be wrong with the settings, found before anybody misses a message or a deadline."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004


@register(deploy=True)
def mail_is_sent(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check, for a deployment, that people hear by e-mail of what cannot wait."""
    if settings.SENDS_MAIL:
        return []
    return [
        Warning(
            "No e-mail is sent: a killed story or a failed schedule reaches nobody who is not"
            " signed in.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587.",
            id="newsroom.W001",
        )
    ]


@register()
def takedowns_have_time(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Check that a takedown request is due after it arrived."""
    if settings.TAKEDOWN_HOURS > 0:
        return []
    return [
        Error(
            "A takedown request would be due before it arrived.",
            hint="Set NEWSROOM_TAKEDOWN_HOURS to 1 or more.",
            id="newsroom.E001",
        )
    ]
