"""Secrets by which players and hosts come back."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import blake2b
from hmac import compare_digest

BYTES = 24  # 192 bits, 32 characters


def new_token(entropy: Callable[[int], bytes]) -> str:
    """Return a new secret.

    Args:
        entropy: returns as many bytes as it is asked for, such as `secrets.token_bytes`.
    """
    return urlsafe_b64encode(entropy(BYTES)).decode()


def digest(token: str) -> str:
    """Return what is kept of a token, from which it cannot be told."""
    return blake2b(token.encode(), digest_size=32, person=b"tutor-live").hexdigest()


def matches(token: str, kept: str) -> bool:
    """Return whether a token is the one whose digest is kept, in the same time either way."""
    return compare_digest(digest(token), kept)


def opens(key: str | None, given: str | None) -> bool:
    """Return whether a server's key is the one that is given, in the same time either way.

    Args:
        key: of the server; None if it has none, so that anybody may open a room, and empty if
            nobody may.
        given: by a host.
    """
    if key is None:
        return True
    return bool(key) and compare_digest(
        (given or "").encode("utf-8", "surrogatepass"), key.encode()
    )
