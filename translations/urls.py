"""The addresses of the translation desk."""

from django.urls import path

from translations.views import (
    answers,
    assigning,
    editor,
    queue,
    review,
    review_units,
    threads,
)

app_name = "translations"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("claim/<int:pk>/", queue.claim, name="claim"),
    path("assign/<int:pk>/", assigning.assign, name="assign"),
    path("workload/", assigning.workload, name="workload"),
    path("unit/<int:pk>/", editor.unit, name="unit"),
    path("unit/<int:pk>/approve/", review_units.approve_unit, name="approve_unit"),
    path("unit/<int:pk>/unapprove/", review_units.unapprove_unit, name="unapprove_unit"),
    path("unit/<int:pk>/return/", review_units.return_unit, name="return_unit"),
    path("unit/<int:pk>/keep/", review_units.keep_unit, name="keep_unit"),
    path("unit/<int:pk>/mend/", review_units.mend_unit, name="mend_unit"),
    path("unit/<int:pk>/comment/", threads.comment, name="comment"),
    path("unit/<int:pk>/ask/", threads.ask, name="ask"),
    path("thread/<int:pk>/reply/", threads.reply, name="reply"),
    path("thread/<int:pk>/resolve/", threads.resolve, name="resolve"),
    path("thread/<int:pk>/reopen/", threads.reopen, name="reopen"),
    path("thread/<int:pk>/answer/", answers.answer, name="answer"),
    path("<int:pk>/", editor.editor, name="editor"),
    path("<int:pk>/submit/", editor.submit, name="submit"),
    path("<int:pk>/hand-back/", editor.hand_back, name="hand_back"),
    path("<int:pk>/hand-over/", assigning.hand_over, name="hand_over"),
    path("<int:pk>/due/", editor.due, name="due"),
    path("<int:pk>/changes/", editor.bring_in_changes, name="bring_in_changes"),
    path("<int:pk>/preview/", editor.preview, name="preview"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/mended/", review.mended, name="mended"),
    path("<int:pk>/approve/", review.approve, name="approve"),
    path("<int:pk>/send-back/", review.send_back, name="send_back"),
]
