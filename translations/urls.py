"""The addresses of the translation desk."""

from django.urls import path

from translations.views import assigning, editor, queue, review

app_name = "translations"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("claim/<int:pk>/", queue.claim, name="claim"),
    path("assign/<int:pk>/", assigning.assign, name="assign"),
    path("workload/", assigning.workload, name="workload"),
    path("unit/<int:pk>/", editor.unit, name="unit"),
    path("<int:pk>/", editor.editor, name="editor"),
    path("<int:pk>/submit/", editor.submit, name="submit"),
    path("<int:pk>/hand-back/", editor.hand_back, name="hand_back"),
    path("<int:pk>/hand-over/", assigning.hand_over, name="hand_over"),
    path("<int:pk>/due/", editor.due, name="due"),
    path("<int:pk>/changes/", editor.bring_in_changes, name="bring_in_changes"),
    path("<int:pk>/preview/", editor.preview, name="preview"),
    path("<int:pk>/review/", review.review, name="review"),
    path("<int:pk>/approve/", review.approve, name="approve"),
    path("<int:pk>/send-back/", review.send_back, name="send_back"),
]
