"""Roles where only Django's own permissions are asked: apps that do not know our predicates."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from articles import permissions
from newsroom.models import User

# Kept by administrators, and asking nobody but Django who may.
_APP = "consent"


class RolePermissions(BaseBackend):
    """Let administrators keep the cookie consent: its app knows no roles."""

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return self.has_module_perms(user_obj, perm.partition(".")[0])

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return (
            app_label == _APP
            and isinstance(user_obj, User)
            and permissions.may_keep_people(user_obj)
        )
