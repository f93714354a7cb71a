"""Certificates: their numbers, whether they hold, and whether a name is the one on them."""

import hmac
import unicodedata
from collections.abc import Iterable
from datetime import date

VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"
DIGITS = 4
"""Fewest figures of the running number of a year."""


def standing(valid_until: date | None, revoked_on: date | None, today: date) -> str:
    """Whether a certificate holds: the last day of its validity is one of it; revoking is for good.

    Source
    ------
    docs/methods/certificates.md.
    """
    if revoked_on is not None:
        return REVOKED
    return EXPIRED if valid_until is not None and valid_until < today else VALID


def next_number(year: int, known: Iterable[str]) -> str:
    """The number after the highest of the year, such as 2016-0007; a gap is never filled.

    Raises
    ------
    ValueError
        A number of the year that has no running number.
    """
    head = f"{year}-"
    taken = [int(number.removeprefix(head)) for number in known if number.startswith(head)]
    return f"{head}{max(taken, default=0) + 1:0{DIGITS}d}"


def is_same_name(said: str, held: str) -> bool:
    """Whether a name typed in is the one held, whatever its case, accents, blanks and order.

    Nobody's name is no name.
    """
    return bool(held.strip()) and hmac.compare_digest(_plain(said), _plain(held))


def _plain(name: str) -> bytes:
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(sorted(kept.split())).encode()
