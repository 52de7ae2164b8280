"""A gradient clipped entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Vector
from tutor.engine.notation import array_term, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_gradients.shared import Above, Place, number_worked, past_the_end
from tutor.text.message import Message, msg


class ClipValue(Arguments):
    """Arguments of `clip_value`: `position` says which clipped entry is asked for, from 1."""

    vector: Vector
    clip_value: Above
    position: Place = 1


@register("clip_value", ClipValue)
def clip_value(args: ClipValue) -> Worked:
    """Compute an entry of g cut to [−c, c], as `torch.nn.utils.clip_grad_value_` does.

    Raises:
        EngineError: a position past the last entry.
    """
    from tutor.engine.gradients.clipping import clip_by_value

    g, limit = args.vector, args.clip_value
    if args.position > len(g):
        raise past_the_end(args.position, len(g))
    entry = g[args.position - 1]
    value = real(max(-limit, min(limit, entry)))
    answer = Term(
        "entry",
        f"$g_{{{args.position}}}$",
        rf"\max(-c, \min(c, g_{{{args.position}}}))",
        rf"\max({tex(-limit)}, \min({tex(limit)}, {tex(entry)}))",
        value,
    )
    clipped = array_term("clipped", "$g$", r"\max(-c, \min(c, g))", clip_by_value([g], limit)[0])
    return number_worked(
        "clip_value", answer, (answer, clipped), _lines(args, entry, value), _mistakes(args, entry)
    )


def _lines(args: ClipValue, entry: float, value: float) -> Iterator[Message]:
    yield msg(
        r"Every entry is cut by itself to the range from $-c$ to $c$, here $c = \val{limit}$.",
        limit=args.clip_value,
    )
    if value == entry:
        yield msg(
            r"Entry {position}, $\val{entry:.4g}$, lies inside and stays.",
            position=args.position,
            entry=entry,
        )
    else:
        yield msg(
            r"Entry {position}, $\val{entry:.4g}$, lies outside and becomes $\val{value:.4g}$.",
            position=args.position,
            entry=entry,
            value=value,
        )
    yield msg("Entries are cut by different factors, so the direction of the step may change.")


def _mistakes(args: ClipValue, entry: float) -> Iterator[Mistake]:
    from tutor.engine.gradients.clipping import clip_by_norm

    limit = args.clip_value
    by_norm = real(float(clip_by_norm([args.vector], limit)[0][args.position - 1]))
    yield Mistake(
        "clipped-by-norm",
        msg(
            r"$\val{value:.4g}$ scales the whole vector to the norm $c$. Clipping by value cuts"
            " each entry by itself.",
            value=by_norm,
        ),
        by_norm,
    )
    yield Mistake(
        "unclipped",
        msg(
            r"$\val{value:.4g}$ is the entry as it was. It lies outside of $-c$ to $c$,"
            r" $c = \val{limit}$.",
            value=entry,
            limit=limit,
        ),
        entry,
    )
    if entry < -limit:
        yield Mistake(
            "sign-lost",
            msg(
                r"$\val{value:.4g}$ is the upper end of the range. A negative entry is cut to the"
                r" lower end, $-c$.",
                value=limit,
            ),
            limit,
        )
    if abs(entry) > limit:
        yield Mistake(
            "dropped-to-zero",
            msg(
                "0 drops the entry. Clipping brings it to the end of the range, and keeps its sign."
            ),
            0.0,
        )
    else:
        end = limit if entry >= 0 else -limit
        yield Mistake(
            "scaled-when-below",
            msg(
                r"$\val{value:.4g}$ stretches the entry to the limit. Clipping only shortens.",
                value=end,
            ),
            end,
        )
