"""How often something may be tried: counters in the cache that forget by themselves."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries of one kind in so many seconds, counted from the first of them."""

    name: str
    most: int
    seconds: int

    def count(self, who: str = "all") -> None:
        """Note one try."""
        key = self._key(who)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # it was forgotten between the two calls
                cache.set(key, 1, self.seconds)

    def is_reached(self, who: str = "all") -> bool:
        """No further try is allowed for now."""
        return int(cache.get(self._key(who), 0)) >= self.most

    def refusal(self) -> HttpResponse:
        """The answer to who tries too often, with when to come again."""
        words, wait = _("Too often; come again later."), {"Retry-After": str(self.seconds)}
        return HttpResponse(words, status=429, content_type="text/plain", headers=wait)

    def _key(self, who: str) -> str:
        return f"limit:{self.name}:{who}"


def unlisted() -> dict[str, str]:
    """The headers of what a secret address opens: not kept, not passed on, not found."""
    return {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


def address_of(request: HttpRequest) -> str:
    """The address a request comes from; behind a proxy the one that the proxy added last."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.BEHIND_TLS and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
