"""How many decisions one address may write down in a minute."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_too_many(address: str, *, at: datetime) -> bool:
    """
    Count a decision from an address and tell whether it is one too many this minute.

    Only a keyed hash of address and minute is kept, for a minute: nobody can read it back.
    """
    limit: int = getattr(settings, "CONSENT_DECISIONS_PER_MINUTE", 120)
    if limit <= 0:
        return False
    minute = int(at.timestamp()) // 60
    key = "consent-" + salted_hmac("consent.throttling", f"{minute} {address}").hexdigest()
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > limit
    except ValueError:
        # The cache dropped the counter between the two calls; the next decision counts again.
        return False
