"""Deletion of what a reader did not, or no longer, allow."""

import ipaddress
from collections.abc import Iterable
from http.cookies import CookieError, Morsel

from django.conf import settings
from django.http import HttpResponse

from consent.models import CookieDeclaration
from consent.offering import Item

DELETED = {"max-age": "0", "expires": "Thu, 01 Jan 1970 00:00:00 GMT"}


def expire(
    response: HttpResponse, items: Iterable[Item], *, sent: Iterable[str], host: str
) -> None:
    """
    Add deletion headers for cookies the reader did not allow.

    ``sent`` are the names the browser sent, ``host`` the host it asked. A cookie may have been
    set for the host alone or for any parent domain, and only its own address deletes it: every
    candidate gets a header. Browser storage is the script's to clear.
    """
    present = list(sent)
    for item in items:
        if item.kind != CookieDeclaration.Kind.COOKIE:
            continue
        for name in _names(item, present):
            for path in dict.fromkeys(("/", item.path)):
                for domain in dict.fromkeys(("", *_domains(host), item.domain)):
                    _delete(response, name, path=path, domain=domain)


def _names(item: Item, present: list[str]) -> list[str]:
    if item.name.endswith("*"):
        beginning = item.name[:-1]
        found = [name for name in present if name.startswith(beginning)]
    elif item.name in present or item.path != "/":
        # A cookie for another path is not sent to us: delete it unseen.
        found = [item.name]
    else:
        found = []
    # A careless pattern must not sign anybody out.
    ours = {
        settings.COOKIE_CONSENT_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
    }
    return [name for name in found if name not in ours]


def _domains(host: str) -> list[str]:
    """Return the host and its parent domains of two labels and more: ``.b.a.id``, ``.a.id``."""
    name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        labels = name.split(".")
        return ["." + ".".join(labels[start:]) for start in range(len(labels) - 1)]
    return []


def _delete(response: HttpResponse, name: str, *, path: str, domain: str) -> None:
    morsel: Morsel[str] = Morsel()
    try:
        morsel.set(name, "", '""')
    except CookieError:
        # The browser sent a name that no header can carry; the script gets it.
        return
    morsel.update({"path": path, "samesite": "Lax", **DELETED})
    if domain:
        morsel["domain"] = domain
    if name.startswith(("__Secure-", "__Host-")):
        morsel["secure"] = True
    # Kept under a key of its own: Django knows one header per name, a cookie has many homes.
    dict.__setitem__(response.cookies, f"{name};{path};{domain}", morsel)
