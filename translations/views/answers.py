"""Answering translators' questions, from the page of the source text."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.permissions import may_see_article
from translations import discussing
from translations.forms import Remark
from translations.models import Thread
from translations.views.access import person_of, refused
from translations.views.threads import REFUSALS, may_answer, refusal_words, told_words


@never_cache
@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question: whoever writes the source does, who need not be of the desk."""
    person, at = person_of(request), timezone.now()
    questions = Thread.objects.filter(kind=Thread.Kind.QUESTION).select_related("edition__article")
    thread = get_object_or_404(questions, pk=pk)
    article = thread.edition.article
    if not may_see_article(person, article, at=at):
        raise Http404
    if not may_answer(person, thread):
        return refused(request, _("Whoever may write the source text answers questions about it."))
    form = Remark(request.POST)
    if form.is_valid():
        try:
            said = discussing.answer(thread, form.cleaned_data["text"], by=person, at=at)
        except REFUSALS as refusal:
            messages.warning(request, refusal_words(refusal))
        else:
            messages.success(request, _("Your answer stands beside the unit in the desk."))
            if words := told_words(said):
                messages.warning(request, words)
    else:
        messages.warning(request, refusal_words(discussing.NothingSaid()))
    story = reverse("admin:articles_article_change", args=[article.pk])
    return redirect(f"{story}?lang={thread.edition.source_language}#questions")
