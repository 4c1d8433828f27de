"""What readers may send us: words to search for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=200,
        required=False,
        error_messages={"max_length": _("Search for fewer words: at most 200 characters.")},
    )
