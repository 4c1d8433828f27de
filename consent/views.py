"""The reader's side: decide, look up, withdraw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from cookie_consent.util import get_cookie_dict_from_request, set_cookie_dict_to_response
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from consent import deciding, forgery, throttling
from consent.expiring import DELETED, expire
from consent.forms import Choice, DecisionForm
from consent.models import CookieDeclaration, Decision, Purpose
from consent.offering import offer
from consent.verdicts import Verdict, allowed, is_settled, verdict
from consent.wording import CookieWords, PurposeWords, snapshot

BODY_LIMIT_BYTES = 4096
# The day since which this software has honoured the signal.
GPC_SINCE = "2026-11-24"


# Pages carry no token because every reader gets the same bytes; forgery.is_ours decides instead.
@csrf_exempt
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Take a reader's decision; nothing changes unless one of our own pages sent it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdigit() or int(length) > BODY_LIMIT_BYTES:
        return _refusal(
            request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("That was too much at once.")
        )
    form = DecisionForm(request.POST)
    is_valid = form.is_valid()
    language = form.cleaned_data.get("language") or settings.LANGUAGE_CODE
    with translation.override(language):
        if not forgery.is_ours(request):
            return _please_confirm(request, language)
        if not is_valid:
            message = _("We do not know this choice. Open cookie settings and choose there.")
            return _refusal(request, HTTPStatus.BAD_REQUEST, message)
        now = timezone.now()
        if throttling.is_too_many(request.META.get("REMOTE_ADDR", ""), at=now):
            message = _("Too many choices came from your connection. Try again in a minute.")
            return _refusal(request, HTTPStatus.TOO_MANY_REQUESTS, message)
        return _decided(request, form, language, at=now)


def _decided(
    request: HttpRequest, form: DecisionForm, language: str, *, at: datetime
) -> HttpResponse:
    offered = offer(language).purposes
    earlier = get_cookie_dict_from_request(request)
    gpc = _sends_gpc(request)
    if form.cleaned_data["choice"] == Choice.FORGET:
        outcome = deciding.forget(
            earlier=earlier, offered=offered, language=language, gpc=gpc, at=at
        )
    else:
        outcome = deciding.decide(
            form.said(offered),
            earlier=earlier,
            offered=offered,
            language=language,
            source=form.came_from(),
            gpc=gpc,
            at=at,
        )
    response: HttpResponse
    if _wants_json(request):
        questions = [purpose.question for purpose in offered]
        response = JsonResponse({"allows": allowed(outcome.answers, questions)})
    else:
        response = _see_other(_back(request, form.cleaned_data["next"], language))
    set_cookie_dict_to_response(response, outcome.answers)
    if not outcome.answers:
        # Deleted with the library's own flags, so that browsers find what they were given.
        response.cookies[settings.COOKIE_CONSENT_NAME].update(DELETED)
    expire(response, outcome.withdrawn, sent=request.COOKIES, host=request.get_host())
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Hide the banner, for a reader without JavaScript who has nothing left to answer."""
    # The verdict needs no words, so any language does.
    questions = offer(settings.LANGUAGE_CODE).questions
    answers = get_cookie_dict_from_request(request)
    settled = is_settled(answers, questions, gpc=_sends_gpc(request))
    response = HttpResponse("#consent{display:none}" if settled else "", content_type="text/css")
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie, Sec-GPC"
    return response


@dataclass(frozen=True)
class CookieLine:
    """One cookie of the register; ``kind`` is its label in the active language."""

    words: CookieWords
    kind: str


@dataclass(frozen=True)
class Entry:
    """One purpose of the register, with this reader's answer to it."""

    words: PurposeWords
    verdict: Verdict

    @property
    def is_allowed(self) -> bool:
        return self.verdict is Verdict.YES

    @property
    def standing(self) -> str:
        match self.verdict:
            case Verdict.YES:
                return _("On")
            case Verdict.NO:
                return _("Off")
        return _("Not chosen yet, so off")

    @property
    def legal_basis(self) -> str:
        return str(Purpose.LegalBasis(self.words["legal_basis"]).label)

    @property
    def cookies(self) -> list[CookieLine]:
        return [
            CookieLine(words, str(CookieDeclaration.Kind(words["kind"]).label))
            for words in self.words["cookies"]
        ]


@dataclass(frozen=True)
class PastDecision:
    """One line of the reader's own record; purposes by their titles."""

    decision: Decision
    yes: list[str]
    no: list[str]


@require_safe
def settings_page(request: HttpRequest, language: str) -> HttpResponse:
    """Show the register, this reader's choice and record, and the ways to change them."""
    with translation.override(language):
        words = snapshot(language)
        answers = get_cookie_dict_from_request(request)
        verdicts = {each.name: verdict(answers, each) for each in offer(language).questions}
        # A required purpose is never asked about: it is on.
        entries = [
            Entry(each, verdicts.get(each["name"], Verdict.YES)) for each in words["purposes"]
        ]
        person = deciding.person_of(answers)
        response = render(
            request,
            "consent/settings.html",
            {
                # The page is the long form of the banner, so it does not show the short one.
                "consent_is_settings_page": True,
                "language": language,
                # The frame's language switcher leads to this page in the other language.
                "versions": {code: _settings_url(code) for code, _name in settings.LANGUAGES},
                "banner": words["banner"],
                "entries": entries,
                "required": [each for each in entries if each.words["required"]],
                "optional": [each for each in entries if not each.words["required"]],
                "consent_id": person,
                "history": _history(person, words["purposes"]) if person else [],
                "gpc": _sends_gpc(request),
                "must_confirm": "confirm" in request.GET,
                "was_saved": "saved" in request.GET,
                "was_forgotten": "forgotten" in request.GET,
            },
        )
    response["Cache-Control"] = "private, no-store"
    return response


def _history(person: UUID, purposes: Iterable[PurposeWords]) -> list[PastDecision]:
    titles = {each["name"]: each["title"] for each in purposes}
    return [
        PastDecision(
            decision=each,
            # A purpose that has since gone keeps its short name.
            yes=[titles.get(name, name) for name in each.choices["yes"]],
            no=[titles.get(name, name) for name in each.choices["no"]],
        )
        for each in Decision.objects.filter(consent_id=person).order_by("-at", "-pk")
    ]


@require_safe
def gpc_support(request: HttpRequest) -> HttpResponse:
    """Say that Global Privacy Control is honoured, where its specification says to look."""
    response = JsonResponse({"gpc": True, "lastUpdate": GPC_SINCE})
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _sends_gpc(request: HttpRequest) -> bool:
    # Only the value 1 is a signal; "0", "true" or two values are none.
    return request.headers.get("Sec-GPC") == "1"


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _back(request: HttpRequest, target: str, language: str) -> str:
    """Return where the reader goes on: ``target``, or the settings page when it is empty."""
    if not target:
        return f"{_settings_url(language)}?saved=1"
    # A cached page cannot know the query it was asked with; the browser can.
    referer = urlsplit(request.headers.get("Referer", ""))
    if (referer.netloc, referer.path) == (request.get_host(), target) and referer.query:
        return f"{target}?{referer.query}"
    return target


def _settings_url(language: str) -> str:
    return reverse("consent:settings", kwargs={"language": language})


def _please_confirm(request: HttpRequest, language: str) -> HttpResponse:
    target = f"{_settings_url(language)}?confirm=1"
    if _wants_json(request):
        response: HttpResponse = JsonResponse({"confirm": target}, status=HTTPStatus.FORBIDDEN)
    else:
        response = _see_other(target)
    response["Cache-Control"] = "no-store"
    return response


def _refusal(request: HttpRequest, status: HTTPStatus, message: str) -> HttpResponse:
    response: HttpResponse
    if _wants_json(request):
        response = JsonResponse({"message": message}, status=status)
    else:
        response = render(request, "consent/refused.html", {"message": message}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _see_other(target: str) -> HttpResponse:
    response = HttpResponseRedirect(target)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
