"""
What may be done to an edition: one table for the buttons, the guards and the documentation.

A line says in which states an act makes sense, who may do it, what stands in its way, what it
asks for, and which operation does it. Screens show what ``offers`` returns; a request to act
goes through ``find`` and the same ``Action``, and the operation itself decides last.
"""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import (
    correcting,
    editing,
    languages,
    licensing,
    permissions,
    proving,
    publishing,
    releasing,
    reviewing,
    scheduling,
    takedowns,
    withdrawing,
)
from articles.change_forms import ForcedToldForm, ScheduledToldForm, ToldForm
from articles.change_kinds import Verdict
from articles.forms import (
    ActForm,
    EmbargoForm,
    EndForm,
    KillForm,
    MomentForm,
    MoveEmbargoForm,
    NoteForm,
    OfflineForm,
    OptionalNoteForm,
    OptionalReasonForm,
    ReasonForm,
    WithdrawForm,
)
from articles.models import (
    Article,
    Attribution,
    Edition,
    ReleaseGroup,
    Revision,
    Takedown,
    WorkingCopy,
)
from articles.origins import OriginStatus
from articles.permissions import Person
from articles.publishing import Obstacle, Stop
from articles.release_forms import JointMomentForm, JointToldForm, ModeForm, TermsForm
from articles.releasing import Missing, Mode
from articles.rights import Finding
from articles.standing import Public, Standing, Work
from articles.takedown_forms import (
    AnswerForm,
    CloseForm,
    TakedownForm,
    WithdrawingAnswerForm,
)

ANY_WORK = frozenset(Work)
OPEN = frozenset({Work.DRAFT, Work.CHANGES_REQUESTED})
ANY_PUBLIC = frozenset(Public)
SHOWN_ONCE = ANY_PUBLIC - {Public.NEVER, Public.SCHEDULED}
# Before a story is given up there is work on it; after, hardly anything may be done.
GOES_ON = frozenset({Article.Status.ACTIVE, Article.Status.ON_HOLD})


class Weight(enum.StrEnum):
    """How an act is offered."""

    NEXT = "next"
    PLAIN = "plain"
    GRAVE = "grave"
    # Stands beside what it is about, not among what can be done.
    ASIDE = "aside"


@dataclass(frozen=True)
class Situation:
    """An edition as it is on the screen of somebody, at a moment."""

    article: Article
    edition: Edition
    standing: Standing
    obstacles: Sequence[Stop]
    person: Person
    at: datetime

    @property
    def copy(self) -> WorkingCopy | None:
        return self.standing.copy

    @property
    def revision(self) -> Revision | None:
        """The text that was submitted, and that a review or a publish is about."""
        return self.copy.revision if self.copy is not None else None

    @property
    def work(self) -> Work:
        """What is being done with the text; whatever the desk does is translating."""
        if self.copy is not None and self.copy.in_desk:
            return Work.TRANSLATING
        return self.standing.work

    @property
    def public(self) -> Public:
        return self.standing.public

    @cached_property
    def verdict(self) -> Verdict:
        """What speaks against calling the open change a typing error."""
        if self.copy is None:
            return Verdict()
        return correcting.verdict(self.edition, self.copy)

    @cached_property
    def release(self) -> ReleaseGroup | None:
        """The open joint release of the story."""
        return releasing.release_of(self.article, at=self.at)

    @cached_property
    def lacks(self) -> list[Missing]:
        """What the open joint release lacks."""
        return releasing.missing(self.release, at=self.at) if self.release is not None else []

    @cached_property
    def takedowns(self) -> list[Takedown]:
        """The requests to take the story down, the newest first, for whoever may read them."""
        if not permissions.may_record_takedowns(self.person):
            return []
        return takedowns.requests_of(self.article)

    @cached_property
    def open_takedowns(self) -> list[Takedown]:
        """Those that nobody has answered."""
        found = [r for r in self.takedowns if takedowns.answer_of(r) is None]
        for request in found:
            request.article = self.article
        return found

    @cached_property
    def changed_origin(self) -> Attribution | None:
        """Whose story it is, if the original was corrected or withdrawn."""
        return takedowns.changed_origin(self.article)

    @cached_property
    def left_to_follow(self) -> OriginStatus | None:
        """What became of the original, if that is not followed in this language yet."""
        return takedowns.left_to_follow(self.edition, self.changed_origin)


def _nothing_more(situation: Situation) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Action:
    """One line of the table."""

    name: str
    label: Promise
    explanation: Promise
    done: Promise
    weight: Weight
    work: frozenset[Work]
    public: frozenset[Public]
    may: Callable[[Situation], bool]
    stopped_by: Callable[[Situation], list[Stop]]
    form: type[ActForm]
    operation: Callable[[Situation, ActForm], object]
    story: frozenset[Article.Status] = GOES_ON
    # Whether it waits for texts in other languages, which cannot be mended on this page.
    spans_languages: bool = False
    # What the form must know of the situation.
    tells_form: Callable[[Situation], dict[str, Any]] = _nothing_more

    def form_for(self, situation: Situation, typed: QueryDict | None = None) -> ActForm:
        """Return what the act asks for, empty or as somebody filled it in."""
        return self.form(typed, prefix=self.name, **self.tells_form(situation))

    def fits(self, situation: Situation) -> bool:
        """Whether the act makes sense where the story and the edition stand."""
        return (
            situation.article.status in self.story
            and situation.work in self.work
            and situation.public in self.public
        )


@dataclass(frozen=True)
class Offer:
    """An act that somebody may do now, with what it asks for and what still stops it."""

    action: Action
    form: ActForm
    stopped_by: Sequence[Stop]

    @property
    def is_next(self) -> bool:
        """Whether this is a next step for whoever has this text before them."""
        waits = self.action.spans_languages and bool(self.stopped_by)
        return self.action.weight is Weight.NEXT and not waits

    @property
    def is_open(self) -> bool:
        """Whether the act shows at once what it asks for: it cannot be done without."""
        asks = any(field.required for field in self.form.fields.values())
        return bool(self.form.errors) or (asks and self.is_next)

    def answered(self, form: ActForm) -> "Offer":
        """Return the same with what somebody filled in."""
        return replace(self, form=form)


def offers(situation: Situation) -> list[Offer]:
    """Return what this person may do now, in the order of the table. Six queries at most."""
    return [
        Offer(
            action=action,
            form=action.form_for(situation),
            stopped_by=action.stopped_by(situation),
        )
        for action in ACTIONS
        if action.fits(situation) and action.may(situation)
    ]


def find(name: str) -> Action | None:
    return next((action for action in ACTIONS if action.name == name), None)


def _nothing_stops(situation: Situation) -> list[Stop]:
    return []


def _unfinished(situation: Situation) -> list[Stop]:
    wanted = (Obstacle.NO_HEADLINE, Obstacle.EMPTY_BODY)
    return [obstacle for obstacle in situation.obstacles if obstacle in wanted]


def _all_obstacles(situation: Situation) -> list[Stop]:
    return list(situation.obstacles)


def _all_but_embargo(situation: Situation) -> list[Stop]:
    """An embargo that is over by then is no obstacle; the operation knows when that is."""
    return [o for o in situation.obstacles if o != Obstacle.UNDER_EMBARGO]


def _all_but_approval(situation: Situation) -> list[Stop]:
    return [obstacle for obstacle in situation.obstacles if obstacle != Obstacle.NOT_APPROVED]


def _open_warnings(situation: Situation) -> list[Stop]:
    """Who approves has read every warning, one by one."""
    return [o for o in situation.obstacles if isinstance(o, Finding) and o.is_warning]


def _obstacles_to_return(situation: Situation) -> list[Stop]:
    if situation.copy is None:
        return list(situation.obstacles)
    return publishing.obstacles_to_return(situation.edition, at=situation.at)


def _may_edit(now: Situation) -> bool:
    return permissions.may_edit(now.person, now.edition)


def _may_submit(now: Situation) -> bool:
    return permissions.may_submit(now.person, now.edition)


def _may_take_back(now: Situation) -> bool:
    return permissions.may_take_back(now.person, now.edition)


def _may_send_back(now: Situation) -> bool:
    return permissions.may_approve(now.person, now.edition)


def _may_approve(now: Situation) -> bool:
    return now.copy is not None and permissions.may_approve_copy(now.person, now.edition, now.copy)


def _may_approve_own(now: Situation) -> bool:
    return (
        settings.SOLO
        and now.copy is not None
        and permissions.may_approve_own_copy(now.person, now.edition, now.copy)
    )


def _may_look_again(now: Situation) -> bool:
    live = now.edition.live_revision
    return (
        live is not None
        and permissions.may_approve(now.person, now.edition)
        and publishing.awaits_second_look(now.edition)
        and not reviewing.wrote_on(now.person, live)
        and not reviewing.forced(now.person, live)
    )


def _may_publish(now: Situation) -> bool:
    return permissions.may_publish(now.person)


def _may_unschedule(now: Situation) -> bool:
    waits = now.work is Work.SCHEDULED or now.public is Public.SCHEDULED
    return waits and now.release is None and permissions.may_publish(now.person)


def _may_choose_mode(now: Situation) -> bool:
    return not _was_read(now) and permissions.may_publish(now.person)


def _may_put_together(now: Situation) -> bool:
    return _was_read(now) and now.release is None and permissions.may_publish(now.person)


def _may_release(now: Situation) -> bool:
    return now.release is not None and permissions.may_publish(now.person)


def _may_unplan(now: Situation) -> bool:
    return _may_release(now) and now.release is not None and now.release.release_at is not None


def _what_holds_all_back(now: Situation) -> list[Stop]:
    """Each once; what readers are told is asked for by the act itself."""
    if now.release is None:
        return []
    found = [lack.obstacle for lack in releasing.stopped(now.release, now.lacks)]
    return [o for o in dict.fromkeys(found) if o != Obstacle.KIND_MISSING]


def _about_the_release(now: Situation) -> dict[str, Any]:
    return {"told": releasing.told_so_far(now.release) if now.release is not None else {}}


def _terms(now: Situation, form: ActForm) -> dict[str, list[str]]:
    """Return which languages a release waits for: all, or the source alone."""
    public = [e.language for e in releasing.public_editions(now.article)]
    if form.cleaned_data["whole"]:
        return {"leads": public, "follows": []}
    return {"leads": public[:1], "follows": public[1:]}


def _may_force(now: Situation) -> bool:
    return permissions.may_force(now.person)


def _may_publish_silently(now: Situation) -> bool:
    return permissions.may_force(now.person) and not now.verdict.may_be_typo


def _may_keep_licences(now: Situation) -> bool:
    return permissions.may_keep_licences(now.person)


def _may_withdraw(now: Situation) -> bool:
    return permissions.may_withdraw(now.person)


def _may_record_takedown(now: Situation) -> bool:
    return _was_read(now) and permissions.may_record_takedowns(now.person)


def _may_answer_by_taking(now: Situation) -> bool:
    return permissions.may_answer_takedowns(now.person) and bool(_requests_to_take(now))


def _may_decline_takedown(now: Situation) -> bool:
    return permissions.may_answer_takedowns(now.person) and bool(now.open_takedowns)


def _may_close_takedown(now: Situation) -> bool:
    return permissions.may_answer_takedowns(now.person) and bool(_requests_to_close(now))


def _requests_to_take(now: Situation) -> list[Takedown]:
    """Return the open requests about something that readers have."""
    return [r for r in now.open_takedowns if takedowns.readable(r, at=now.at)]


def _requests_to_close(now: Situation) -> list[Takedown]:
    return [r for r in now.open_takedowns if not takedowns.readable(r, at=now.at)]


def _may_find_nothing_to_correct(now: Situation) -> bool:
    has_text = now.copy is not None or now.public is Public.LIVE
    return (
        has_text
        and permissions.may_find_nothing_to_correct(now.person)
        and now.left_to_follow is OriginStatus.CORRECTED
    )


def _may_keep_story(now: Situation) -> bool:
    return (
        permissions.may_answer_takedowns(now.person)
        and now.left_to_follow is OriginStatus.WITHDRAWN
    )


def _may_hold(now: Situation) -> bool:
    return permissions.may_hold(now.person)


def _may_release_hold(now: Situation) -> bool:
    return permissions.may_release_hold(now.person)


def _may_spike(now: Situation) -> bool:
    return not _was_read(now) and permissions.may_spike(now.person, now.article)


def _may_unspike(now: Situation) -> bool:
    return permissions.may_unspike(now.person)


def _may_kill(now: Situation) -> bool:
    killed = now.article.status == Article.Status.KILLED
    return (killed or _was_read(now)) and permissions.may_kill(now.person)


def _may_ask_again(now: Situation) -> bool:
    return (
        permissions.may_publish(now.person)
        and proving.removal_of(now.edition, at=now.at) is not None
    )


def _was_read(now: Situation) -> bool:
    """Whether readers of any language have, or have had, the story."""
    return any(publishing.was_published(e, at=now.at) for e in now.article.editions.all())


def _may_set_embargo(now: Situation) -> bool:
    return not _is_embargoed(now) and permissions.may_set_embargo(now.person)


def _may_move_embargo(now: Situation) -> bool:
    return _is_embargoed(now) and permissions.may_set_embargo(now.person)


def _may_lift_embargo(now: Situation) -> bool:
    return _is_embargoed(now) and permissions.may_force(now.person)


def _is_embargoed(now: Situation) -> bool:
    return now.article.is_embargoed(at=now.at)


def _about_the_change(now: Situation) -> dict[str, Any]:
    return {"verdict": now.verdict, "may_note": permissions.may_add_notes(now.person)}


def _about_the_embargo(now: Situation) -> dict[str, Any]:
    return {
        "standing": now.article.embargo_until,
        "may_bring_forward": permissions.may_force(now.person),
    }


def _about_all_takedowns(now: Situation) -> dict[str, Any]:
    return {"requests": now.open_takedowns, "at": now.at}


def _about_takedowns_to_take(now: Situation) -> dict[str, Any]:
    return {"requests": _requests_to_take(now), "at": now.at}


def _about_takedowns_to_close(now: Situation) -> dict[str, Any]:
    return {"requests": _requests_to_close(now), "at": now.at}


def _about_the_request(now: Situation) -> dict[str, Any]:
    return {
        "shown": [code for code in languages.PUBLIC if now.article.is_live(code, at=now.at)],
        "hours": settings.TAKEDOWN_HOURS,
        "at": now.at,
    }


def _open(now: Situation, form: ActForm) -> None:
    editing.open_working_copy(now.edition, by=now.person, at=now.at)


def _submit(now: Situation, form: ActForm) -> None:
    reviewing.submit(now.edition, by=now.person, at=now.at, note=form.cleaned_data["note"])


def _take_back(now: Situation, form: ActForm) -> None:
    reviewing.take_back(now.edition, by=now.person, at=now.at)


def _send_back(now: Situation, form: ActForm) -> None:
    reviewing.send_back(
        now.edition,
        revision=_in_review(now),
        note=form.cleaned_data["note"],
        by=now.person,
        at=now.at,
    )


def _approve(now: Situation, form: ActForm) -> None:
    reviewing.approve(now.edition, revision=_in_review(now), by=now.person, at=now.at)


def _approve_own(now: Situation, form: ActForm) -> None:
    reviewing.approve_own(now.edition, revision=_in_review(now), by=now.person, at=now.at)


def _look_again(now: Situation, form: ActForm) -> None:
    if now.edition.live_revision is None:
        raise reviewing.NothingInReview
    reviewing.second_look(now.edition, revision=now.edition.live_revision, by=now.person, at=now.at)


def _in_review(now: Situation) -> Revision:
    if now.revision is None:
        raise reviewing.NothingInReview
    return now.revision


def _publish(now: Situation, form: ActForm) -> None:
    publishing.publish(now.edition, by=now.person, at=now.at)


def _publish_changes(now: Situation, form: ActForm) -> None:
    assert isinstance(form, ToldForm)  # the line of the table says so  # noqa: S101
    publishing.publish(now.edition, by=now.person, at=now.at, told=form.told())


def _publish_silently(now: Situation, form: ActForm) -> None:
    publishing.publish_silently(
        now.edition, reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _force(now: Situation, form: ActForm) -> None:
    publishing.force_publish(
        now.edition, reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _force_changes(now: Situation, form: ActForm) -> None:
    assert isinstance(form, ForcedToldForm)  # the line of the table says so  # noqa: S101
    publishing.force_publish(
        now.edition,
        reason=form.cleaned_data["reason"],
        told=form.told(),
        by=now.person,
        at=now.at,
    )


def _schedule(now: Situation, form: ActForm) -> None:
    scheduling.schedule(
        now.edition,
        goes_live_at=form.cleaned_data["moment"],
        zone=form.cleaned_data["zone"],
        by=now.person,
        at=now.at,
    )


def _schedule_changes(now: Situation, form: ActForm) -> None:
    assert isinstance(form, ScheduledToldForm)  # the line of the table says so  # noqa: S101
    scheduling.schedule(
        now.edition,
        goes_live_at=form.cleaned_data["moment"],
        zone=form.cleaned_data["zone"],
        told=form.told(),
        by=now.person,
        at=now.at,
    )


def _unschedule(now: Situation, form: ActForm) -> None:
    scheduling.unschedule(now.edition, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _set_end(now: Situation, form: ActForm) -> None:
    scheduling.set_end(now.edition, until=form.cleaned_data["moment"], by=now.person, at=now.at)


def _set_mode(now: Situation, form: ActForm) -> None:
    releasing.set_mode(
        now.article,
        Mode(form.cleaned_data["mode"]),
        follows=_terms(now, form)["follows"],
        by=now.person,
        at=now.at,
    )


def _put_together(now: Situation, form: ActForm) -> None:
    releasing.form(now.article, **_terms(now, form), by=now.person, at=now.at)


def _change_release(now: Situation, form: ActForm) -> None:
    releasing.change(now.article, **_terms(now, form), by=now.person, at=now.at)


def _publish_together(now: Situation, form: ActForm) -> None:
    assert isinstance(form, JointToldForm)  # the line of the table says so  # noqa: S101
    releasing.release_now(now.article, told=form.told(), by=now.person, at=now.at)


def _schedule_together(now: Situation, form: ActForm) -> None:
    assert isinstance(form, JointMomentForm)  # the line of the table says so  # noqa: S101
    releasing.schedule(
        now.article,
        release_at=form.cleaned_data["moment"],
        zone=form.cleaned_data["zone"],
        told=form.told(),
        by=now.person,
        at=now.at,
    )


def _unschedule_together(now: Situation, form: ActForm) -> None:
    releasing.unschedule(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _dissolve(now: Situation, form: ActForm) -> None:
    releasing.dissolve(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _hold(now: Situation, form: ActForm) -> None:
    withdrawing.hold(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _release_hold(now: Situation, form: ActForm) -> None:
    withdrawing.release_hold(
        now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _spike(now: Situation, form: ActForm) -> None:
    withdrawing.spike(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _unspike(now: Situation, form: ActForm) -> None:
    withdrawing.unspike(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _kill(now: Situation, form: ActForm) -> None:
    assert isinstance(form, KillForm)  # the line of the table says so  # noqa: S101
    withdrawing.kill(
        now.article,
        notices=form.notices(),
        reason=form.cleaned_data["reason"],
        by=now.person,
        at=now.at,
    )


def _reopen(now: Situation, form: ActForm) -> None:
    withdrawing.reopen(now.article, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _take_offline(now: Situation, form: ActForm) -> None:
    publishing.take_offline(
        now.edition,
        reason=form.cleaned_data["reason"],
        others=_live_elsewhere(now) if form.cleaned_data.get("others") else (),
        is_gone=form.cleaned_data["answer"] == Article.OfflineAnswer.GONE,
        leads_to=form.cleaned_data["leads_to"] or None,
        by=now.person,
        at=now.at,
    )


def _about_other_languages(now: Situation) -> dict[str, Any]:
    return {
        "language": now.edition.language,
        "at": now.at,
        "elsewhere": bool(_live_elsewhere(now)),
        # Where the source is wrong, its translation says so too.
        "by_default": any(
            edition.source_language == now.edition.language
            for edition in now.article.editions.all()
        ),
    }


def _live_elsewhere(now: Situation) -> list[str]:
    return [
        code
        for code in languages.PUBLIC
        if code != now.edition.language and now.article.is_live(code, at=now.at)
    ]


def _bring_back(now: Situation, form: ActForm) -> None:
    publishing.bring_back(now.edition, by=now.person, at=now.at)


def _withdraw(now: Situation, form: ActForm) -> None:
    assert isinstance(form, WithdrawForm)  # the line of the table says so  # noqa: S101
    others = {
        edition.language
        for edition in now.article.editions.all()
        if form.cleaned_data["others"] and withdrawing.was_shown(edition, at=now.at)
    }
    wanted = others | {now.edition.language}
    withdrawing.withdraw(
        now.edition,
        notices={code: text for code, text in form.notices().items() if code in wanted},
        by=now.person,
        at=now.at,
    )


def _record_takedown(now: Situation, form: ActForm) -> None:
    assert isinstance(form, TakedownForm)  # the line of the table says so  # noqa: S101
    takedowns.record_request(
        now.article, form.asked(), hours=settings.TAKEDOWN_HOURS, by=now.person, at=now.at
    )


def _answer_by_withdrawing(now: Situation, form: ActForm) -> None:
    assert isinstance(form, WithdrawingAnswerForm)  # the line of the table says so  # noqa: S101
    takedowns.answer_by_withdrawing(
        form.cleaned_data["request"],
        notices=form.notices(),
        reason=form.cleaned_data["reason"],
        by=now.person,
        at=now.at,
    )


def _answer_by_taking_offline(now: Situation, form: ActForm) -> None:
    takedowns.answer_by_taking_offline(
        form.cleaned_data["request"], reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _decline_takedown(now: Situation, form: ActForm) -> None:
    takedowns.decline(
        form.cleaned_data["request"], reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _close_takedown(now: Situation, form: ActForm) -> None:
    takedowns.close(form.cleaned_data["request"], by=now.person, at=now.at)


def _find_nothing_to_correct(now: Situation, form: ActForm) -> None:
    takedowns.find_nothing_to_correct(
        now.edition, reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


def _keep_story(now: Situation, form: ActForm) -> None:
    takedowns.keep(now.edition, reason=form.cleaned_data["reason"], by=now.person, at=now.at)


def _ask_again(now: Situation, form: ActForm) -> None:
    fetch = partial(proving.fetch_from, settings.SITE_URL)
    proving.ask_again(now.edition, fetch=fetch, at=now.at)


def _discard(now: Situation, form: ActForm) -> None:
    editing.discard_working_copy(now.edition, by=now.person, at=now.at)


def _restamp(now: Situation, form: ActForm) -> None:
    licensing.restamp(now.article, by=now.person, at=now.at)


def _set_embargo(now: Situation, form: ActForm) -> None:
    if form.cleaned_data["moment"] <= now.at:
        raise releasing.MomentPassed
    editing.set_embargo(
        now.article,
        until=form.cleaned_data["moment"],
        zone=form.cleaned_data["zone"],
        reason=form.cleaned_data["reason"],
        by=now.person,
        at=now.at,
    )


def _lift_embargo(now: Situation, form: ActForm) -> None:
    editing.set_embargo(
        now.article, until=None, reason=form.cleaned_data["reason"], by=now.person, at=now.at
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        name="begin",
        label=_("Write this text"),
        explanation=_("Opens an empty text in this language."),
        done=_("The text is open. Write."),
        weight=Weight.NEXT,
        work=frozenset({Work.NONE}),
        public=frozenset({Public.NEVER}),
        may=_may_edit,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_open,
    ),
    Action(
        name="change",
        label=_("Change this text"),
        explanation=_("Opens a copy to work on. Readers keep what they have until you publish."),
        done=_("A copy is open for your changes. Readers keep what they have."),
        weight=Weight.NEXT,
        work=frozenset({Work.NONE}),
        public=SHOWN_ONCE,
        may=_may_edit,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_open,
    ),
    Action(
        name="submit",
        label=_("Submit for review"),
        explanation=_("Somebody else reads the text before it can be published."),
        done=_("The text is in review."),
        weight=Weight.NEXT,
        work=OPEN,
        public=ANY_PUBLIC,
        may=_may_submit,
        stopped_by=_unfinished,
        form=OptionalNoteForm,
        operation=_submit,
    ),
    Action(
        name="approve",
        label=_("Approve"),
        explanation=_("The text may be published as it is."),
        done=_("The text is approved."),
        weight=Weight.NEXT,
        work=frozenset({Work.IN_REVIEW}),
        public=ANY_PUBLIC,
        may=_may_approve,
        stopped_by=_open_warnings,
        form=ActForm,
        operation=_approve,
    ),
    Action(
        name="approve-own",
        label=_("Approve my own text"),
        explanation=_("For a newsroom of one. The text is marked until somebody else approves it."),
        done=_("The text is approved. Somebody else must still look at it."),
        weight=Weight.NEXT,
        work=frozenset({Work.IN_REVIEW}),
        public=ANY_PUBLIC,
        may=_may_approve_own,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_approve_own,
    ),
    Action(
        name="second-look",
        label=_("Approve afterwards"),
        explanation=_("You have read what was published without review, and it may stay."),
        done=_("The published text is approved."),
        weight=Weight.NEXT,
        work=frozenset({Work.NONE}),
        public=ANY_PUBLIC - {Public.NEVER, Public.WITHDRAWN},
        may=_may_look_again,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_look_again,
    ),
    Action(
        name="publish",
        label=_("Publish"),
        explanation=_("Readers get the approved text at once."),
        done=_("The text is live."),
        weight=Weight.NEXT,
        work=frozenset({Work.APPROVED}),
        public=frozenset({Public.NEVER}),
        may=_may_publish,
        stopped_by=_all_obstacles,
        form=ActForm,
        operation=_publish,
    ),
    Action(
        name="publish-changes",
        label=_("Publish the changes"),
        explanation=_("Readers get the changed text at once, and what they are told with it."),
        done=_("The changes are live."),
        weight=Weight.NEXT,
        work=frozenset({Work.APPROVED}),
        public=SHOWN_ONCE,
        may=_may_publish,
        stopped_by=_all_obstacles,
        form=ToldForm,
        operation=_publish_changes,
        tells_form=_about_the_change,
    ),
    Action(
        name="publish-together",
        label=_("Publish together"),
        explanation=_("Readers of every language get the approved texts at one moment: now."),
        done=_("The languages are live."),
        weight=Weight.NEXT,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_release,
        stopped_by=_what_holds_all_back,
        form=JointToldForm,
        operation=_publish_together,
        spans_languages=True,
        tells_form=_about_the_release,
    ),
    Action(
        name="schedule",
        label=_("Schedule"),
        explanation=_("Readers get the approved text at that moment, by itself."),
        done=_("The text is scheduled."),
        weight=Weight.PLAIN,
        work=frozenset({Work.APPROVED}),
        public=frozenset({Public.NEVER}),
        may=_may_publish,
        stopped_by=_all_but_embargo,
        form=MomentForm,
        operation=_schedule,
    ),
    Action(
        name="schedule-changes",
        label=_("Schedule the changes"),
        explanation=_("Readers get the changed text at that moment, and what they are told."),
        done=_("The changes are scheduled."),
        weight=Weight.PLAIN,
        work=frozenset({Work.APPROVED}),
        public=SHOWN_ONCE,
        may=_may_publish,
        stopped_by=_all_but_embargo,
        form=ScheduledToldForm,
        operation=_schedule_changes,
        tells_form=_about_the_change,
    ),
    Action(
        name="schedule-together",
        label=_("Schedule together"),
        explanation=_(
            "All languages go out at that moment. What is missing an hour before, and a quarter"
            " of an hour, is told; if it is missing still, they stay back."
        ),
        done=_("The languages are scheduled together."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_release,
        stopped_by=_nothing_stops,
        form=JointMomentForm,
        operation=_schedule_together,
        tells_form=_about_the_release,
    ),
    Action(
        name="unschedule-together",
        label=_("Take the release off the schedule"),
        explanation=_("The texts are as approved as they were, and still go out together."),
        done=_("The release is off the schedule."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_unplan,
        stopped_by=_nothing_stops,
        form=OptionalReasonForm,
        operation=_unschedule_together,
    ),
    Action(
        name="release-mode",
        label=_("Choose how the languages go out"),
        explanation=_("It can be chosen anew until readers have the story."),
        done=_("It is set how the languages go out."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=frozenset({Public.NEVER, Public.SCHEDULED}),
        may=_may_choose_mode,
        stopped_by=_nothing_stops,
        form=ModeForm,
        operation=_set_mode,
    ),
    Action(
        name="put-together",
        label=_("Release changes together"),
        explanation=_("The changes of all languages wait for each other and go out at one moment."),
        done=_("The changes go out together."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_put_together,
        stopped_by=_nothing_stops,
        form=TermsForm,
        operation=_put_together,
    ),
    Action(
        name="change-release",
        label=_("Change the joint release"),
        explanation=_("Says anew which languages it waits for. A moment that is set stays."),
        done=_("The joint release is changed."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_release,
        stopped_by=_nothing_stops,
        form=TermsForm,
        operation=_change_release,
    ),
    Action(
        name="dissolve-release",
        label=_("Dissolve the joint release"),
        explanation=_("Every language goes its own way again. What is scheduled comes off."),
        done=_("The joint release is dissolved."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_release,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_dissolve,
    ),
    Action(
        name="unschedule",
        label=_("Take off the schedule"),
        explanation=_("The text is approved still, and waits for somebody to publish it."),
        done=_("The text is off the schedule."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_unschedule,
        stopped_by=_nothing_stops,
        form=OptionalReasonForm,
        operation=_unschedule,
    ),
    Action(
        name="set-end",
        label=_("Set when it goes offline"),
        explanation=_("The text goes offline at that moment, by itself."),
        done=_("It is set when the text goes offline."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=frozenset({Public.LIVE, Public.SCHEDULED}),
        may=_may_publish,
        stopped_by=_nothing_stops,
        form=EndForm,
        operation=_set_end,
    ),
    Action(
        name="send-back",
        label=_("Send back"),
        explanation=_("The writer gets the text again, with your note."),
        done=_("The text is back with its writer."),
        weight=Weight.PLAIN,
        work=frozenset({Work.IN_REVIEW}),
        public=ANY_PUBLIC,
        may=_may_send_back,
        stopped_by=_nothing_stops,
        form=NoteForm,
        operation=_send_back,
    ),
    Action(
        name="take-back",
        label=_("Take back"),
        explanation=_("Opens the text for editing again. An approval is void with that."),
        done=_("The text is a draft again."),
        weight=Weight.PLAIN,
        work=frozenset({Work.IN_REVIEW, Work.APPROVED, Work.SCHEDULED}),
        public=ANY_PUBLIC,
        may=_may_take_back,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_take_back,
    ),
    Action(
        name="bring-back",
        label=_("Bring back online"),
        explanation=_("Readers get again what they had, word for word."),
        done=_("The text is live again."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=frozenset({Public.OFFLINE, Public.RIGHTS_ENDED}),
        may=_may_publish,
        stopped_by=_obstacles_to_return,
        form=ActForm,
        operation=_bring_back,
    ),
    Action(
        name="set-embargo",
        label=_("Set an embargo"),
        explanation=_("Keeps the story from all readers, in every language, until then."),
        done=_("The story is under embargo."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC - {Public.LIVE},
        may=_may_set_embargo,
        stopped_by=_nothing_stops,
        form=EmbargoForm,
        operation=_set_embargo,
    ),
    Action(
        name="move-embargo",
        label=_("Move the embargo"),
        explanation=_("Another moment for all languages. Only a publisher brings it forward."),
        done=_("The embargo is moved."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC - {Public.LIVE},
        may=_may_move_embargo,
        stopped_by=_nothing_stops,
        form=MoveEmbargoForm,
        operation=_set_embargo,
        tells_form=_about_the_embargo,
    ),
    Action(
        name="lift-embargo",
        label=_("Lift the embargo"),
        explanation=_("What is published is shown to readers at once, in every language."),
        done=_("The embargo is lifted."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_lift_embargo,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_lift_embargo,
    ),
    Action(
        name="restamp",
        label=_("Print the credit anew"),
        explanation=_(
            "The page says what the story owes its source today, in every language. Its text and"
            " its names stay."
        ),
        done=_("The credit is printed anew."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=frozenset({Public.LIVE}),
        may=_may_keep_licences,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_restamp,
    ),
    Action(
        name="force",
        label=_("Publish without review"),
        explanation=_("For what cannot wait. The story is marked until somebody else approves it."),
        done=_("The text is live. Somebody else must still look at it."),
        weight=Weight.GRAVE,
        work=OPEN | {Work.IN_REVIEW},
        public=frozenset({Public.NEVER}),
        may=_may_force,
        stopped_by=_all_but_approval,
        form=ReasonForm,
        operation=_force,
    ),
    Action(
        name="force-changes",
        label=_("Publish the changes without review"),
        explanation=_("For what cannot wait. The story is marked until somebody else approves it."),
        done=_("The changes are live. Somebody else must still look at them."),
        weight=Weight.GRAVE,
        work=OPEN | {Work.IN_REVIEW},
        public=SHOWN_ONCE,
        may=_may_force,
        stopped_by=_all_but_approval,
        form=ForcedToldForm,
        operation=_force_changes,
        tells_form=_about_the_change,
    ),
    Action(
        name="publish-silently",
        label=_("Publish as a typing error all the same"),
        explanation=_(
            "Readers are told nothing, although more changes than spelling. You answer for it:"
            " your reason stays in the story's history."
        ),
        done=_("The changes are live. Readers were told nothing."),
        weight=Weight.GRAVE,
        work=frozenset({Work.APPROVED}),
        public=SHOWN_ONCE,
        may=_may_publish_silently,
        stopped_by=_all_obstacles,
        form=ReasonForm,
        operation=_publish_silently,
    ),
    Action(
        name="discard",
        label=_("Discard the changes"),
        explanation=_("Closes this working copy. Its text stays in the history."),
        done=_("The working copy is closed. Its text is in the history."),
        weight=Weight.GRAVE,
        work=OPEN,
        public=ANY_PUBLIC,
        may=_may_edit,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_discard,
    ),
    Action(
        name="take-offline",
        label=_("Take offline"),
        explanation=_("Readers no longer find the text. It can be brought back."),
        done=_("The text is offline."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=frozenset({Public.LIVE}),
        may=_may_publish,
        stopped_by=_nothing_stops,
        form=OfflineForm,
        operation=_take_offline,
        tells_form=_about_other_languages,
    ),
    Action(
        name="withdraw",
        label=_("Withdraw"),
        explanation=_("For good: the page says instead that the text was withdrawn, and why."),
        done=_("The text is withdrawn. Its page says why."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=SHOWN_ONCE - {Public.WITHDRAWN},
        may=_may_withdraw,
        stopped_by=_nothing_stops,
        form=WithdrawForm,
        operation=_withdraw,
    ),
    Action(
        name="nothing-to-correct",
        label=_("Nothing to correct here"),
        explanation=_("The original was corrected, and this text needs no correction: say why."),
        done=_("It is written down that nothing is to be corrected here."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_find_nothing_to_correct,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_find_nothing_to_correct,
    ),
    Action(
        name="keep-story",
        label=_("Keep it, though the original was withdrawn"),
        explanation=_("Readers keep the story in every language. You answer for it: say why."),
        done=_("The story stays. Your reason is in its activity."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=frozenset({Public.LIVE}),
        may=_may_keep_story,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_keep_story,
    ),
    Action(
        name="answer-withdraw",
        label=_("Answer the request: withdraw"),
        explanation=_(
            "For good, in each language of the request that readers have: its page says that the"
            " text was withdrawn, and why."
        ),
        done=_("The text is withdrawn, and the request answered."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_answer_by_taking,
        stopped_by=_nothing_stops,
        form=WithdrawingAnswerForm,
        operation=_answer_by_withdrawing,
        tells_form=_about_takedowns_to_take,
    ),
    Action(
        name="answer-offline",
        label=_("Answer the request: take offline"),
        explanation=_(
            "Readers no longer find the text, in each language of the request that they have. It"
            " can be brought back."
        ),
        done=_("The text is offline, and the request answered."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_answer_by_taking,
        stopped_by=_nothing_stops,
        form=AnswerForm,
        operation=_answer_by_taking_offline,
        tells_form=_about_takedowns_to_take,
    ),
    Action(
        name="decline-takedown",
        label=_("Answer the request: decline"),
        explanation=_("Readers keep what they have. Your reason stays with the request."),
        done=_("The request is declined."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_decline_takedown,
        stopped_by=_nothing_stops,
        form=AnswerForm,
        operation=_decline_takedown,
        story=frozenset(Article.Status),
        tells_form=_about_all_takedowns,
    ),
    Action(
        name="close-takedown",
        label=_("Answer the request: already taken down"),
        explanation=_("Readers have nothing any more of what the request is about."),
        done=_("The request is answered: what it asks for was done before."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_close_takedown,
        stopped_by=_nothing_stops,
        form=CloseForm,
        operation=_close_takedown,
        story=frozenset(Article.Status),
        tells_form=_about_takedowns_to_close,
    ),
    Action(
        name="record-takedown",
        label=_("Record a takedown request"),
        explanation=_(
            "Somebody wants the story taken down: a publisher is told at once and answers in time."
        ),
        done=_("The request is recorded. Publishers are told."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_record_takedown,
        stopped_by=_nothing_stops,
        form=TakedownForm,
        operation=_record_takedown,
        story=frozenset(Article.Status),
        tells_form=_about_the_request,
    ),
    Action(
        name="ask-again",
        label=_("Ask again"),
        explanation=_("The site asks its own addresses whether any of them still shows the text."),
        done=_("The addresses were asked. Look at what each of them answered."),
        weight=Weight.ASIDE,
        work=ANY_WORK,
        public=frozenset({Public.OFFLINE, Public.WITHDRAWN}),
        may=_may_ask_again,
        stopped_by=_nothing_stops,
        form=ActForm,
        operation=_ask_again,
        story=frozenset(Article.Status),
    ),
    Action(
        name="hold",
        label=_("Put on hold"),
        explanation=_("Nothing more of the story goes out. Readers keep what they have."),
        done=_("The story is on hold."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_hold,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_hold,
        story=frozenset({Article.Status.ACTIVE}),
    ),
    Action(
        name="release-hold",
        label=_("Release the hold"),
        explanation=_("What was due meanwhile does not go out by itself: publish it."),
        done=_("The hold is released."),
        weight=Weight.PLAIN,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_release_hold,
        stopped_by=_nothing_stops,
        form=OptionalReasonForm,
        operation=_release_hold,
        story=frozenset({Article.Status.ON_HOLD}),
    ),
    Action(
        name="spike",
        label=_("Spike the story"),
        explanation=_("Gives up a story that no reader has had. It can be taken off the spike."),
        done=_("The story is spiked."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=frozenset({Public.NEVER, Public.SCHEDULED}),
        may=_may_spike,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_spike,
    ),
    Action(
        name="unspike",
        label=_("Take off the spike"),
        explanation=_("The story is as it was before it was given up."),
        done=_("The story is off the spike."),
        weight=Weight.NEXT,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_unspike,
        stopped_by=_nothing_stops,
        form=OptionalReasonForm,
        operation=_unspike,
        story=frozenset({Article.Status.SPIKED}),
    ),
    Action(
        name="kill",
        label=_("Kill the story"),
        explanation=_(
            "Withdraws it in every language, cancels what is scheduled and stops all work on it."
        ),
        done=_("The story is killed. Its pages say why."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_kill,
        stopped_by=_nothing_stops,
        form=KillForm,
        operation=_kill,
    ),
    Action(
        name="reopen",
        label=_("Reopen the story"),
        explanation=_("People may work on it again. What was withdrawn stays withdrawn."),
        done=_("The story is open again."),
        weight=Weight.GRAVE,
        work=ANY_WORK,
        public=ANY_PUBLIC,
        may=_may_kill,
        stopped_by=_nothing_stops,
        form=ReasonForm,
        operation=_reopen,
        story=frozenset({Article.Status.KILLED}),
    ),
)
