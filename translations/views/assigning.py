"""Who is to translate what: commissions, handing over, and what everybody has in hand."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from articles import languages
from articles.editing import StoryClosed
from articles.models import Edition
from articles.standing import open_copy, releasable, source_edition
from translations import assigning, queue, wording
from translations.forms import Assign, HandOver
from translations.models import Team
from translations.permissions import may_assign, may_write
from translations.rebasing import NotOpen
from translations.views import units
from translations.views.access import (
    at_the_desk,
    head_of_screen,
    pair_of,
    person_of,
    refused,
    visible_assignment,
)


@dataclass(frozen=True)
class Row:
    """What one translator has in hand, in words."""

    load: queue.Load
    at: datetime

    @property
    def name(self) -> str:
        return str(self.load.person)

    @property
    def directions(self) -> list[str]:
        return [wording.direction(pair) for pair in self.load.pairs]

    @property
    def next_due(self) -> str:
        due_at = self.load.next_due_at
        return wording.moment(due_at, at=self.at) if due_at is not None else ""

    @property
    def is_late(self) -> bool:
        return self.load.next_due_at is not None and self.load.next_due_at < self.at


@require_http_methods(["GET", "POST"])
@at_the_desk
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a translation: of anybody in its direction, of a team, or of one person."""
    person, at = person_of(request), timezone.now()
    if not may_assign(person):
        return refused(request, _("Only editors say who translates what. Ask the desk."))
    known = queue.editions(queue.all_pairs(), at=at, with_embargoed=True)
    edition = get_object_or_404(known.select_related("article__section"), pk=pk)
    sources = assigning.sources_for(edition)
    pair = (edition.source_language, edition.language)
    loads = queue.workload([(source, edition.language) for source in sources])
    asked = assigning.commission_of(edition)
    due_at = asked.due_at if asked is not None else assigning.wanted_by(edition, at=at)
    form = Assign(
        request.POST or None,
        people=[(load.person.pk, _with_load(load)) for load in loads],
        teams=Team.objects.all(),
        anybody=_("Anybody who translates in this direction"),
        sources=[(code, languages.name_of(code)) for code in sources],
        initial={
            "source": edition.source_language,
            "due_at": timezone.localtime(due_at) if due_at is not None else None,
            "note": asked.note if asked is not None else "",
            "to": f"team-{asked.team_id}" if asked is not None and asked.team_id else "anybody",
        },
    )
    if form.is_valid():
        return _ask(request, edition, form, loads, at=at)
    source = source_edition(edition)
    context = {
        **head_of_screen(request),
        "form": form,
        "direction": wording.direction(pair),
        "source_language": pair[0],
        "headline": _headline(source),
        "is_early": source is None or releasable(source) is None,
        "is_embargoed": edition.article.is_embargoed(at=at),
    }
    return render(request, "translations/assign.html", context)


@require_http_methods(["GET", "POST"])
@at_the_desk
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody else go on with a translation."""
    person, at = person_of(request), timezone.now()
    assignment = visible_assignment(request, pk)
    if not may_write(person, assignment):
        words = _("Only %(name)s and editors hand this translation over.")
        return refused(request, words % {"name": assignment.translator})
    if not assignment.is_open:
        messages.info(request, units.state_words(assignment))
        return redirect("translations:queue")
    pair = pair_of(assignment)
    loads = {
        load.person.pk: load
        for load in queue.workload([pair])
        if load.person.pk != assignment.translator_id
    }
    form = HandOver(request.POST or None, people=[(pk, _with_load(o)) for pk, o in loads.items()])
    if form.is_valid():
        to = loads[form.person_pk or 0].person
        try:
            assigning.hand_over(assignment, to=to, note=form.cleaned_data["note"], by=person, at=at)
        except NotOpen:
            messages.info(request, units.state_words(assignment))
        else:
            words = _("%(name)s has this translation now.")
            messages.success(request, words % {"name": to})
        return redirect("translations:queue")
    context = {
        **head_of_screen(request),
        "form": form,
        "nobody": not loads,
        "assignment": assignment,
        "direction": wording.direction(pair),
        "source_language": pair[0],
        "headline": assignment.source_revision.headline,
    }
    return render(request, "translations/hand_over.html", context)


@require_GET
@at_the_desk
def workload(request: HttpRequest) -> HttpResponse:
    """Show the desk what each translator has in hand."""
    at = timezone.now()
    if not may_assign(person_of(request)):
        return refused(request, _("Only editors see what everybody has in hand."))
    rows = [Row(load, at) for load in queue.workload(queue.all_pairs())]
    context = {**head_of_screen(request), "rows": rows}
    return render(request, "translations/workload.html", context)


def _ask(
    request: HttpRequest, edition: Edition, form: Assign, loads: list[queue.Load], *, at: datetime
) -> HttpResponse:
    """Do what the form says, or say why it cannot be done."""
    person = person_of(request)
    due_at, note = form.cleaned_data["due_at"], form.cleaned_data["note"]

    to = next((load.person for load in loads if load.person.pk == form.person_pk), None)
    try:
        with transaction.atomic():
            if source := form.cleaned_data.get("source"):
                edition = assigning.translate_from(edition, source, by=person, at=at)
            if to is not None:
                assigning.assign(edition, to=to, due_at=due_at, note=note, by=person, at=at)
                words = _("%(name)s has this translation now.") % {"name": to}
            else:
                team = Team.objects.filter(pk=form.team_pk or 0).first()
                assigning.commission(edition, team=team, due_at=due_at, note=note, by=person, at=at)
                words = _("The translation was asked for. Those who may take it on are told.")
    except assigning.Begun:
        words = _("This translation has begun from another language and stays with it.")
        messages.warning(request, words)
    except assigning.NotTheirDirection:
        words = _("%(name)s does not translate from this language. Choose somebody who does.")
        messages.warning(request, words % {"name": to})
    except assigning.AlreadyTaken as taken:
        words = _("%(name)s took this on meanwhile. Open it to hand it over.")
        messages.warning(request, words % {"name": taken.assignment.translator})
    except assigning.WrittenInAdmin:
        words = _("An editor is writing this translation in the admin. Ask the desk who goes on.")
        messages.warning(request, words)
    except assigning.NotLicensed as refusal:
        messages.warning(request, refusal.words)
    except assigning.NothingToTranslate:
        messages.warning(request, _nothing(edition))
    except StoryClosed:
        messages.warning(request, units.stopped_words())
    else:
        messages.success(request, words)
    return redirect("translations:queue")


def _nothing(edition: Edition) -> str:
    source = source_edition(edition)
    if source is None or releasable(source) is None:
        return _(
            "The source has not been submitted yet. Ask for the translation of anybody or of a"
            " team: they can begin once it is approved."
        )
    return _("There is nothing to translate in this story now: its source says nothing new.")


def _headline(source: Edition | None) -> str:
    if source is None:
        return ""
    text = releasable(source) or open_copy(source)
    return text.headline if text is not None else ""


def _with_load(load: queue.Load) -> str:
    """“Budi Santoso (2 in hand, 840 words)”."""
    facts = {"name": load.person, "number": load.in_hand, "words": load.words}
    return _("%(name)s (%(number)s in hand, %(words)s words)") % facts
