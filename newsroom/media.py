"""
Serving pictures from the same process, for a small site.

A busy site lets its web server do it (see ``deploy/``): these addresses are then never asked.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# A file is named after its content and never written again.
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a stored picture, or 404."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Cache-Control"] = FOR_EVER
    return response
