"""
The page of one story: its shared facts and one edition at a time.

The whole page is one form. Every button sends it, so that what was typed is kept before
anything else happens; then the act is done that the button names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms, shortcuts
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import (
    actions,
    editing,
    languages,
    licensing,
    permissions,
    proving,
    publishing,
    reading,
    richtext,
    rights,
)
from articles.actions import Action, Offer, Weight
from articles.admin.access import person_of
from articles.admin.marks import headline_of, marks
from articles.admin.refusals import REFUSALS, stopped_words, words_for
from articles.admin.release_panel import release_panel
from articles.admin.screens import (
    KnowsTheDesk,
    Screen,
    address,
    look_at,
    open_screen,
    story_for,
    tabs,
    with_empty_forms,
    with_typed_forms,
)
from articles.admin.takedown_panel import origin_task, takedown_lines
from articles.admin.widgets import dress
from articles.credit import primary_attribution
from articles.editing import NothingToSave, NotOpenForEditing, StaleSave
from articles.forms import ActForm, StartForm, TextForm, facts_of
from articles.models import (
    Activity,
    Article,
    Attribution,
    Edition,
    Review,
    Source,
    Verdict,
    WorkingCopy,
)
from articles.proving import Asking
from articles.publishing import Obstacle
from articles.questions import Question
from articles.recording import Draft
from articles.rights import Finding
from articles.standing import Public, Work, edition_in

# Where on the page an obstacle is put right: the input's id.
_PLACES = {
    Obstacle.NO_HEADLINE: "#id_headline",
    Obstacle.NO_STANDFIRST: "#id_standfirst",
    Obstacle.EMPTY_BODY: "#id_body",
    Obstacle.NO_ATTRIBUTION: "#id_source",
    Obstacle.IMAGE_WITHOUT_ALT: "#id_image_alt",
    Obstacle.SLUG_TAKEN: "#id_slug",
    Obstacle.UNDER_EMBARGO: "#embargo",
}
_TO_THE_SOURCE = {
    Obstacle.SOURCE_NOT_READY,
    Obstacle.BEHIND_SOURCE,
    Obstacle.SOURCE_NOT_PUBLIC,
}


# What saying where a text stands takes: the ids of the page's elements and their templates.
_PARTS = {
    "story-head": "admin/articles/article/_head.html",
    "release": "admin/articles/article/_release.html",
    "standing": "admin/articles/article/_standing.html",
    "acts": "admin/articles/article/_other_acts.html",
    "bar-buttons": "admin/articles/article/_bar_buttons.html",
}


@dataclass(frozen=True)
class Hindrance:
    """
    An obstacle in words, with the place where it is put right.

    ``key`` names it to ``waive`` where this person may let it pass; a reason may be asked for.
    """

    words: str
    address: str
    key: str = ""
    is_warning: bool = False
    asks_reason: bool = False


@dataclass(frozen=True)
class ProofPanel:
    """Whether a text is gone from our own addresses; ``asking`` is None before the first look."""

    removal: Activity
    asking: Asking | None
    goes_on: bool
    ask_again: Offer | None
    # What was chosen for its address meanwhile, and the path of the story it leads to.
    answer: str = ""
    leads_to: str = ""


# Views


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Start a story and go straight to its text."""
    person = person_of(request)
    if not permissions.may_start_articles(person):
        raise PermissionDenied
    form = StartForm(request.POST or None, initial=_first_facts())
    if request.method == "POST" and form.is_valid():
        begun = editing.start_article(
            language=form.cleaned_data["language"],
            facts=form.facts(),
            draft=Draft(headline=form.cleaned_data["headline"]),
            by=person,
            at=timezone.now(),
        )
        return redirect(address("change", begun.pk, lang=form.cleaned_data["language"]))
    context = {**site.each_context(request), "title": _("Start an article"), "form": form}
    return TemplateResponse(request, "admin/articles/article/start.html", context)


@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, pk: int, *, site: AdminSite) -> HttpResponse:
    """Show a story in one language; save what was typed."""
    screen = open_screen(request, pk, request.GET.get("lang", ""), site=site)
    if request.method != "POST":
        return render(with_empty_forms(screen))
    screen = with_typed_forms(screen)
    if screen.facts_form is None and screen.text_form is None:
        raise PermissionDenied
    if (refusal := save_typed(screen)) is not None:
        return refusal
    messages.success(request, _("Saved."))
    wanted = request.POST.get("_go", "")
    language = wanted if wanted in languages.PUBLIC else screen.language
    return redirect(address("change", pk, lang=language))


@require_POST
def act(
    request: HttpRequest, pk: int, language: str, action: str, *, site: AdminSite
) -> HttpResponse:
    """Keep what was typed, then do what the button says, or say why not."""
    line = actions.find(action)
    if line is None:
        raise Http404
    screen = open_screen(request, pk, language, site=site)
    if not line.may(screen.situation):
        raise PermissionDenied
    screen = with_typed_forms(screen)
    if (refusal := save_typed(screen)) is not None:
        return refusal
    screen = open_screen(request, pk, language, site=site)
    form = line.form_for(screen.situation, request.POST)
    if not form.is_valid():
        return render(replace(with_empty_forms(screen), answers={line.name: form}))
    if (words := why_not(screen, line)) is None:
        words = done(screen, line, form)
    if words is None:
        messages.success(request, str(line.done))
    else:
        messages.error(request, words)
    return redirect(address("change", pk, lang=language))


@require_POST
def waive(
    request: HttpRequest, pk: int, language: str, key: str, *, site: AdminSite
) -> HttpResponse:
    """Keep what was typed, then let the story pass what a rule found, or note a warning."""
    screen = with_typed_forms(open_screen(request, pk, language, site=site))
    if (refusal := save_typed(screen)) is not None:
        return refusal
    screen = open_screen(request, pk, language, site=site)
    here = address("change", pk, lang=language)
    found = [o for o in screen.situation.obstacles if isinstance(o, Finding)]
    finding = next((finding for finding in found if finding.key == key), None)
    if finding is not None and not rights.may_waive(screen.situation.person, finding):
        raise PermissionDenied
    try:
        licensing.waive(
            screen.edition,
            key=key,
            reason=request.POST.get(f"reason-{key}", "")[:2000],
            by=screen.situation.person,
            at=screen.situation.at,
        )
    except REFUSALS as refused:
        messages.error(request, words_for(refused))
    else:
        messages.success(request, _("It is noted, with your name. The story passes this rule."))
    return redirect(here)


@require_POST
def autosave(request: HttpRequest, pk: int, language: str, *, site: AdminSite) -> JsonResponse:
    """
    Keep a text while it is typed; answers in JSON.

    200 with the new version, the time and the ``parts`` that say where the text stands now;
    401 signed out; 403 not this person's text; 409 with the address of the comparison when another
    text came first; 422 with what is wrong.
    """
    if not request.user.is_authenticated or not permissions.may_enter(request.user):
        return JsonResponse({"message": _("You are signed out.")}, status=401)
    person, at = request.user, timezone.now()
    edition = edition_in(story_for(person, pk, at=at), language)
    if edition is None or not permissions.may_edit(person, edition):
        return JsonResponse({"message": _("You may not write this text.")}, status=403)
    form = TextForm(request.POST, language=language)
    if not form.is_valid():
        return JsonResponse({"message": _errors_in_words([form])}, status=422)
    try:
        copy = editing.save_working_copy(
            edition, form.draft(), based_on=form.cleaned_data["version"], by=person, at=at
        )
    except (StaleSave, NotOpenForEditing) as refusal:
        return JsonResponse(_conflict(edition, refusal), status=409)
    except NothingToSave as refusal:
        return JsonResponse({"message": words_for(refusal)}, status=409)
    saved = time_format(timezone.localtime(at))
    return JsonResponse(
        {
            "version": copy.version,
            "message": _("Saved %(time)s") % {"time": saved},
            "parts": parts(open_screen(request, pk, language, site=site)),
        }
    )


@require_safe
def preview(request: HttpRequest, pk: int, language: str, *, site: AdminSite) -> HttpResponse:
    """Show a text as its page will look."""
    screen = look_at(request, pk, language, site=site)
    if screen.text is None or language not in languages.PUBLIC:
        raise Http404
    at = screen.situation.at
    with translation.override(language):
        context = {
            "page": reading.preview_page(screen.edition, screen.text, at=at),
            "frame": reading.frame(language, at=at),
            "versions": {},
            "at": at,
        }
        # Rendered here and not later: a response that renders itself would speak the person's
        # language again.
        response = shortcuts.render(request, "public/article.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


# Saving and acting


def save_typed(screen: Screen) -> HttpResponse | None:
    """Save the facts and the text that were typed; return a page if something is in the way."""
    typed = [form for form in (screen.facts_form, screen.text_form) if form is not None]
    are_valid = [form.is_valid() for form in typed]  # each, so that every error is shown
    if not all(are_valid):
        return render(screen)
    person, at = screen.situation.person, screen.situation.at
    if screen.facts_form is not None and screen.facts_form.changed_data:
        facts = screen.facts_form.facts(screen.article)
        editing.save_facts(screen.article, facts, by=person, at=at)
    if screen.text_form is None:
        return None
    try:
        _save_text(screen, screen.text_form)
    except (StaleSave, NotOpenForEditing) as refusal:
        return redirect(_kept_address(screen.edition, refusal))
    except NothingToSave:
        messages.warning(
            screen.request,
            _(
                "This text was published or closed while you wrote. What you typed is still here:"
                " save again to keep it as a change."
            ),
        )
        return render(replace(screen, text_form=_reopened(screen)))
    return None


def _save_text(screen: Screen, form: TextForm) -> None:
    version, now = form.cleaned_data["version"], screen.situation
    if version == 0 and now.copy is None:
        version = editing.open_working_copy(screen.edition, by=now.person, at=now.at).version
    editing.save_working_copy(
        screen.edition, form.draft(), based_on=version, by=now.person, at=now.at
    )


def _reopened(screen: Screen) -> TextForm:
    """Return what was typed as a form that opens a new working copy when it is sent."""
    typed = {**dict(screen.request.POST.items()), "version": "0"}
    return TextForm(typed, language=screen.language)


def why_not(screen: Screen, action: Action) -> str | None:
    """Return why an act cannot be done where the edition stands now, or None."""
    now = screen.situation
    if not action.fits(now):
        return _("This cannot be done any more: the text is now “%(standing)s”.") % {
            "standing": now.standing.label
        }
    seen = screen.request.POST.get("revision", "")
    if seen and now.revision is not None and seen != str(now.revision.pk):
        return _("The text has changed since you opened this page. Read it, then decide.")
    if stopped := action.stopped_by(now):
        return stopped_words(stopped)
    return None


def done(screen: Screen, action: Action, form: ActForm) -> str | None:
    """Do it and return None, or return what was refused, in words."""
    try:
        action.operation(screen.situation, form)
    except REFUSALS as refusal:
        return words_for(refusal)
    return None


def _kept_address(edition: Edition, refusal: StaleSave | NotOpenForEditing) -> str:
    """Return where the words that came too late are shown beside the others."""
    if refusal.kept is None:
        return address("change", edition.article_id, lang=edition.language)
    return address("kept", edition.article_id, edition.language, refusal.kept.number)


def _conflict(edition: Edition, refusal: StaleSave | NotOpenForEditing) -> dict[str, str]:
    by = refusal.copy.saved_by
    if isinstance(refusal, StaleSave):
        message = _("%(name)s saved this text meanwhile. Yours is kept beside it.") % {
            "name": by or _("Somebody")
        }
    else:
        message = _("This text was handed on meanwhile. What you typed is kept beside it.")
    return {"message": message, "compare": _kept_address(edition, refusal)}


# Showing


def render(screen: Screen) -> HttpResponse:
    """Show the page with whatever forms the screen has."""
    person = screen.situation.person
    if screen.facts_form is not None:
        dress(
            screen.facts_form,
            screen.site,
            may_add_labels=permissions.may_keep_labels(person),
            may_add_pictures=permissions.may_add_pictures(person),
        )
    typed = [form for form in (screen.facts_form, screen.text_form) if form is not None]
    context = {
        **screen.site.each_context(screen.request),
        **_standing_of(screen),
        "title": headline_of(screen.article)[0] or _("Without a headline"),
        "edition": screen.edition,
        "body": richtext.public_html(screen.text.body) if screen.text is not None else "",
        "facts_form": screen.facts_form,
        "facts": facts_of(screen.article) if screen.facts_form is None else None,
        "text_form": screen.text_form,
        "may_mend": bool(typed),
        "may_write": screen.text_form is not None,
        "errors": _error_list(typed),
        "returned": returned_note(screen),
        "is_own_work": is_own_work(screen),
        "origin_task": origin_task(screen.situation),
        "desk_address": desk_address(screen),
        "assign_address": assign_address(screen),
        "questions": questions(screen),
        "may_answer": permissions.may_edit(person, screen.edition),
        "media": media_of(typed),
    }
    return TemplateResponse(screen.request, "admin/articles/article/change_form.html", context)


def parts(screen: Screen) -> dict[str, str]:
    """Return what the page of somebody who writes says now of the text, by its elements' ids."""
    context = {**_standing_of(screen), "may_mend": True, "may_write": True}
    return {
        place: render_to_string(template, context, screen.request)
        for place, template in _PARTS.items()
    }


def _standing_of(screen: Screen) -> dict[str, object]:
    """Return what the page's parts in ``_PARTS`` show."""
    now = screen.situation
    offered = [
        offer.answered(screen.answers[offer.action.name])
        if offer.action.name in screen.answers
        else offer
        for offer in actions.offers(now)
    ]
    headline, headline_language = headline_of(screen.article)
    return {
        "headline": headline,
        "headline_language": headline_language,
        "article": screen.article,
        "language": screen.language,
        "tabs": tabs(screen),
        "standing": now.standing,
        "marks": marks(now.standing),
        "copy": now.copy,
        "text": screen.text,
        "hindrances": hindrances(screen),
        "is_embargoed": screen.article.is_embargoed(at=now.at),
        "is_own_approval": is_own_approval(screen),
        "needs_second_look": publishing.awaits_second_look(screen.edition),
        "public_path": screen.article.path(screen.language) if now.standing.is_live else "",
        "told": screen.article.notices.filter(language=screen.language).order_by("-at", "-pk"),
        "proof": proof_of(screen, offered),
        "release": release_panel(now),
        "takedowns": takedown_lines(now),
        "now": now.at,
        "next_acts": [o for o in offered if o.is_next],
        "other_acts": [o for o in offered if not o.is_next and o.action.weight is not Weight.ASIDE],
        "asking_next_acts": [o for o in offered if o.is_next and o.form.fields],
    }


def hindrances(screen: Screen) -> list[Hindrance]:
    """Return what stands between this text and its readers, each with where to mend it."""
    return [
        _found(screen, obstacle)
        if isinstance(obstacle, Finding)
        else Hindrance(words=str(obstacle.label), address=_place(screen, obstacle))
        for obstacle in screen.situation.obstacles
        if obstacle is not Obstacle.IN_DESK
    ]


def _found(screen: Screen, finding: Finding) -> Hindrance:
    """What a rule of rights found; its words lead to the input or the page where it is mended."""
    row = finding.row
    place = f"#id_{finding.field}" if finding.field else ""
    if row is not None:
        place = reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])  # noqa: SLF001
    may = rights.may_waive(screen.situation.person, finding)
    return Hindrance(
        words=f"{finding.words} ({finding.rule})",
        address=place,
        key=finding.key if may else "",
        is_warning=finding.is_warning,
        asks_reason=not finding.is_warning and rights.rule_of(finding).asks_reason,
    )


def _place(screen: Screen, obstacle: Obstacle) -> str:
    story = screen.article
    if obstacle is Obstacle.NO_NOTICE and (owed := primary_attribution(story)) is not None:
        kind, key = ("licence", owed.licence_id) if owed.licence_id else ("source", owed.source_id)
        return reverse(f"admin:articles_{kind}_change", args=[key])
    if obstacle is Obstacle.IMAGE_WITHOUT_CREDIT and story.image_id is not None:
        return reverse("admin:articles_image_change", args=[story.image_id])
    if obstacle in _TO_THE_SOURCE:
        return address("change", story.pk, lang=story.origin_language)
    return _PLACES.get(obstacle, "")


def proof_of(screen: Screen, offered: Iterable[Offer]) -> ProofPanel | None:
    """Return what shows that the text is gone, while somebody has taken it from readers."""
    now = screen.situation
    if now.public not in {Public.OFFLINE, Public.WITHDRAWN, Public.RIGHTS_ENDED}:
        return None
    removal = proving.removal_of(screen.edition, at=now.at)
    if removal is None:
        return None
    chosen = now.article.offline_answer_at(screen.edition.language, at=now.at)
    return ProofPanel(
        removal=removal,
        asking=proving.latest(removal),
        goes_on=now.at - removal.at < proving.KEEP_ASKING,
        ask_again=next((o for o in offered if o.action.weight is Weight.ASIDE), None),
        answer=str(Article.OfflineAnswer(chosen).label) if chosen else "",
        leads_to=now.article.leads_to(screen.edition.language, at=now.at),
    )


def returned_note(screen: Screen) -> Review | None:
    """Return the review that sent this text back, while it is being mended."""
    copy = screen.situation.copy
    if copy is None or copy.in_desk or copy.state != WorkingCopy.State.CHANGES_REQUESTED:
        return None
    reviews = Review.objects.filter(revision__edition=screen.edition, verdict=Verdict.RETURNED)
    return reviews.select_related("by", "revision").order_by("-at", "-pk").first()


def is_own_work(screen: Screen) -> bool:
    """Whether somebody else must approve the text because this person wrote on it."""
    now = screen.situation
    return (
        not settings.SOLO
        and now.copy is not None
        and now.work is Work.IN_REVIEW
        and permissions.may_approve_own_copy(now.person, now.edition, now.copy)
    )


def is_own_approval(screen: Screen) -> bool:
    """Whether nobody but its author has approved the text that is to go out."""
    revision = screen.situation.revision
    is_approved = screen.situation.work in {Work.APPROVED, Work.SCHEDULED}
    return is_approved and revision is not None and not publishing.approved_by_another(revision)


def desk_address(screen: Screen) -> str:
    """Return where the translation desk works on this text, empty if it does not."""
    copy = screen.situation.copy
    if copy is None or not copy.in_desk or not isinstance(screen.site, KnowsTheDesk):
        return ""
    return screen.site.desk_address(screen.edition)


def assign_address(screen: Screen) -> str:
    """Return where this person says who translates this text; empty where nobody need."""
    now = screen.situation
    is_open = now.copy is not None and now.work is not Work.APPROVED
    wanted = screen.edition.is_translation and not is_open and not screen.edition.article.is_closed
    if not wanted or not permissions.may_publish(now.person):
        return ""
    return (
        screen.site.assign_address(screen.edition) if isinstance(screen.site, KnowsTheDesk) else ""
    )


def questions(screen: Screen) -> Sequence[Question]:
    """Return what translators ask about this text; nothing where nobody translates."""
    if not isinstance(screen.site, KnowsTheDesk):
        return ()
    return screen.site.questions(screen.edition)


def media_of(typed: Iterable[forms.BaseForm]) -> forms.Media:
    """Return the files of the page's inputs."""
    # What opens “add” beside a choice, and hands the new row back.
    media = forms.Media(js=["admin/js/jquery.init.js", "admin/js/admin/RelatedObjectLookups.js"])
    for form in typed:
        media += form.media
    return media


def _first_facts() -> dict[str, Any]:
    """Propose our own newsroom as the source of a new story, and the screen's language."""
    own = Source.objects.filter(kind=Source.Kind.OWN).order_by("pk").first()
    language = get_language()
    return {
        "language": language if language in languages.PUBLIC else languages.PUBLIC[0],
        "source": own.pk if own is not None else None,
        "relation": Attribution.Relation.OURS if own is not None else "",
    }


def _error_list(typed: Iterable[forms.BaseForm]) -> list[Hindrance]:
    """Return every error of the forms, with the input it is about."""
    found = []
    for form in typed:
        for name, errors in form.errors.items():
            field = form[name] if name in form.fields else None
            for error in errors:
                words = f"{field.label}: {error}" if field is not None else str(error)
                found.append(Hindrance(words, f"#{field.id_for_label}" if field else ""))
    return found


def _errors_in_words(typed: Iterable[forms.BaseForm]) -> str:
    return " ".join(error.words for error in _error_list(typed))
