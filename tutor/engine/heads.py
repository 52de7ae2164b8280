"""The width of one attention head."""

from __future__ import annotations

from tutor.engine.error import EngineError
from tutor.text.message import msg


def head_width(width_name: str, width: int, heads_name: str, heads: int) -> int:
    """Return what each head gets when the heads share a width.

    Args:
        width_name: the framework's argument for the width.
        width: the width.
        heads_name: the framework's argument for the number of heads.
        heads: the number of heads.

    Raises:
        EngineError: the heads do not divide the width.
    """
    if width % heads:
        raise EngineError(
            msg(
                "`{heads}` = {count:,} does not divide `{name}` = {size:,}.",
                heads=heads_name,
                count=heads,
                name=width_name,
                size=width,
            ),
            msg("The heads share the width equally, so it has to be a multiple of their number."),
            argument=heads_name,
        )
    return width // heads
