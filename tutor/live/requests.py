"""Reading what strangers send: a frame, or the reason why it is none."""

from __future__ import annotations

from pydantic import ValidationError

from tutor.live.limits import Limits
from tutor.live.refusals import MALFORMED, OTHER_VERSION, TOO_LARGE, Refusal
from tutor.live.wire import FROM_CLIENT, FromClient, Open


def read(raw: str | bytes, limits: Limits) -> FromClient:
    """Return the frame in a message.

    Raises:
        Refusal: it is binary, too large, not JSON, or no frame of this version.
    """
    if not isinstance(raw, str):
        raise Refusal("malformed", MALFORMED, is_final=True)
    if len(raw) > limits.plan_bytes:
        raise Refusal("too-large", TOO_LARGE)
    encoded = raw.encode("utf-8", "surrogatepass")  # half a pair, which the parser then refuses
    if len(encoded) > limits.plan_bytes:
        raise Refusal("too-large", TOO_LARGE)
    is_large = len(encoded) > limits.frame_bytes
    if is_large and b'"open"' not in encoded[:64]:  # it says so first, so that no other is parsed
        raise Refusal("too-large", TOO_LARGE)
    try:
        frame = FROM_CLIENT.validate_json(encoded)
    except ValidationError as error:
        if any(found["loc"][-1:] == ("v",) for found in error.errors(include_input=False)):
            raise Refusal("version", OTHER_VERSION) from None
        raise Refusal("malformed", MALFORMED) from None
    if is_large and not isinstance(frame, Open):
        raise Refusal("too-large", TOO_LARGE)
    return frame
