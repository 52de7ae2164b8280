"""Two colours of our own, made from whatever theme is chosen."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

_MUTED = 0.62  # how far muted text goes from the background to black or white: about 6 : 1


def own_variables(theme: Theme, variables: dict[str, str]) -> dict[str, str]:
    """Return `$act`, the colour of what the learner can act on, and `$muted`.

    Textual's own `$text-muted` loses its transparency in Content (8.2.8) and comes out as
    the brightest colour of all.

    Args:
        theme: the theme.
        variables: the theme's own variables.
    """
    if theme.name.startswith("ansi"):
        return {"act": "ansi_cyan" if theme.dark else "ansi_blue", "muted": "ansi_bright_black"}
    background = Color.parse(variables["background"])
    muted = background.blend(background.get_contrast_text(1.0), _MUTED)
    return {"act": variables["text-primary"], "muted": muted.hex6}
