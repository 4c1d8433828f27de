"""The newsroom's own screens that belong to no app."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from newsroom import inbox, views

urlpatterns = [
    path(
        "login/",
        LoginView.as_view(
            authentication_form=views.LoginForm,
            template_name="newsroom/login.html",
            redirect_authenticated_user=True,
            extra_context={"site_name": settings.SITE_NAME},
        ),
        name="login",
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("start/", views.start, name="start"),
    path("start/language/", views.choose_language, name="choose_language"),
    path("start/messages/", inbox.inbox, name="messages"),
    path("start/messages/<int:pk>/", inbox.open_message, name="open_message"),
    path("start/messages/read/", inbox.read_all, name="read_all_messages"),
    path("start/messages/mail/", inbox.mail_choices, name="mail_choices"),
]
