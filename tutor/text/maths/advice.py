"""What to write instead of TeX that is not in the subset."""

from __future__ import annotations

from tutor.text.maths.symbols import INSTEAD, UNSUPPORTED
from tutor.text.maths.tokens import Token, source_of
from tutor.text.message import Message, msg


def second_script(sign: str) -> Message:
    """Say that a part has two subscripts or two superscripts."""
    return msg("A second `{sign}` here; group with braces what the first belongs to.", sign=sign)


def stray(token: Token) -> Message:
    """Say that a token closes or separates nothing."""
    match token.kind:
        case "close":
            return msg("This brace was never opened; write `\\\\\\}` for a visible brace.")
        case "cell" | "row":
            return msg(
                "`{sign}` stands only in a matrix, `cases` or `aligned`; write `\\&` for the sign.",
                sign=source_of(token) if token.kind == "cell" else "\\\\",
            )
        case _:
            return msg("`{command}` closes nothing here.", command=source_of(token))


def unknown_character(char: str) -> Message:
    """Say where a character belongs that is not maths."""
    if char == "%":
        return msg("Write `\\%` for a per cent sign.")
    if char.isalpha():
        return msg("Write words such as {char} inside `\\text{{…}}`.", char=char)
    return msg("{char} is not in the maths subset; put it inside `\\text{{…}}`.", char=char)


def unknown_command(name: str) -> Message:
    """Say what to write instead of a command."""
    command = f"\\{name}"
    if name in INSTEAD:
        return msg(
            "`{command}` is not in the maths subset; write `{instead}`.",
            command=command,
            instead=INSTEAD[name],
        )
    if not name.isalpha() or name in UNSUPPORTED:
        return msg("`{command}` is not in the maths subset; leave it out.", command=command)
    return msg(
        "`{command}` is not in the maths subset; write `\\operatorname{{{name}}}` for a function, "
        "`\\text{{{name}}}` for words.",
        command=command,
        name=name,
    )
