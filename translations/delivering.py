"""Turning approved units into the edition's next revision."""

from datetime import datetime

from articles.models import Edition, Review, Revision, Verdict, WorkingCopy
from articles.permissions import Person
from articles.recording import Draft, add_revision, propose_slug
from translations.laying import assemble
from translations.models import Assignment, Commission, ReviewEdit, Unit


def deliver(assignment: Assignment, edition: Edition, *, by: Person, at: datetime) -> Revision:
    """
    Make the edition's revision from an assignment's units, approved; called under the lock.

    The working copy leaves the desk as an approved text: what a publish will put out.
    """
    units = list(assignment.units.order_by("position"))
    draft = assemble(assignment.source_revision, {u.bid: u.target_html for u in units})
    copy = edition.working_copy
    slug = copy.slug or propose_slug(edition, draft.headline)
    draft = Draft(**{**vars(draft), "slug": slug})
    revision = add_revision(
        edition,
        draft,
        occasion=Revision.Occasion.DELIVERED,
        source_revision=assignment.source_revision,
        by=assignment.translator,
        at=at,
    )
    writers = {u.saved_by_id for u in units if u.saved_by_id is not None}
    edits = ReviewEdit.objects.filter(unit__assignment=assignment).values_list("by", flat=True)
    revision.authors.set({assignment.translator_id, *writers, *edits})
    Review.objects.create(revision=revision, verdict=Verdict.APPROVED, by_id=by.pk, at=at)
    for name, value in vars(draft).items():
        setattr(copy, name, value)
    copy.in_desk = False
    copy.state = WorkingCopy.State.APPROVED
    copy.revision = revision
    copy.version += 1
    copy.saved_by_id = assignment.translator_id
    copy.saved_at = at
    copy.save()
    copy.contributors.clear()
    Commission.objects.filter(edition=edition).delete()
    assignment.units.exclude(state=Unit.State.APPROVED).update(
        state=Unit.State.APPROVED, approved_by=by.pk, approved_at=at
    )
    assignment.state = Assignment.State.DELIVERED
    assignment.delivered_revision = revision
    assignment.closed_at = at
    assignment.save(update_fields=["state", "delivered_revision", "closed_at"])
    return revision
