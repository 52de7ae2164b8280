"""A gradient clipped by its norm."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Vector
from tutor.engine.notation import array_term, factor, real, tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Nested, Term, Worked
from tutor.engine.worked_gradients.shared import Above, Place, joined, number_worked, past_the_end
from tutor.text.message import Message, msg
from tutor.text.template import Markdown


class ClipNorm(Arguments):
    """Arguments of `clip_norm`: `position` says which clipped entry is asked for, from 1."""

    vector: Vector
    max_norm: Above
    position: Place = 1


@register("clip_norm", ClipNorm)
def clip_norm(args: ClipNorm) -> Worked:
    """Compute an entry of g · max_norm / ‖g‖, or of g itself where that is no longer.

    Source: Pascanu, Mikolov & Bengio 2013, section 3.2. `torch.nn.utils.clip_grad_norm_` divides
    by ‖g‖ + 1e-6, which shows only where the norm is that small.

    Raises:
        EngineError: a position past the last entry.
    """
    from tutor.engine.gradients.clipping import clip_by_norm, global_norm
    from tutor.engine.nested import rows

    g, limit = args.vector, args.max_norm
    if args.position > len(g):
        raise past_the_end(args.position, len(g))
    norm = global_norm([g])
    clipped = rows(clip_by_norm([g], limit)[0])
    entry = g[args.position - 1]
    i = args.position
    if norm > limit:
        symbol = rf"g_{{{i}}} \cdot \frac{{\theta}}{{\lVert g \rVert}}"
        substituted = rf"{factor(entry)} \cdot \frac{{{tex(limit)}}}{{{tex(norm)}}}"
    else:
        symbol, substituted = f"g_{{{i}}}", tex(entry)
    answer = Term("entry", f"$g_{{{i}}}$", symbol, substituted, _entry(clipped, i))
    squares = joined(f"{factor(x)}^2" for x in g)
    terms = (
        answer,
        Term("norm", r"$\lVert g \rVert$", r"\sqrt{\sum_i g_i^2}", rf"\sqrt{{{squares}}}", norm),
        Term(
            "scale",
            r"$\min(1, \frac{\theta}{\lVert g \rVert})$",
            r"\min(1, \frac{\theta}{\lVert g \rVert})",
            rf"\min(1, \frac{{{tex(limit)}}}{{{tex(norm)}}})",
            min(1.0, limit / norm) if norm > 0 else 1.0,
        ),
        array_term("clipped", "$g$", r"g \cdot \min(1, \frac{\theta}{\lVert g \rVert})", clipped),
    )
    return number_worked(
        "clip_norm",
        answer,
        terms,
        _lines(args, norm, answer, squares),
        _mistakes(args, entry, norm),
    )


def _entry(values: Nested, position: int) -> float:
    value = values[position - 1]
    assert not isinstance(value, tuple)  # noqa: S101 - an entry of a vector
    return real(value)


def _lines(args: ClipNorm, norm: float, answer: Term, squares: Markdown) -> Iterator[Message]:
    yield msg(
        r"The norm is $\lVert g \rVert = \sqrt{\val{squares}} = \val{norm:.4g}$.",
        squares=squares,
        norm=norm,
    )
    if norm > args.max_norm:
        yield msg(
            r"It is above the limit $\theta = \val{limit}$, so every entry is multiplied by the"
            r" same $\frac{\theta}{\lVert g \rVert}$: the direction stays, the norm becomes"
            r" $\theta$.",
            limit=args.max_norm,
        )
        yield msg(
            r"Entry {position}: $\val{product} = \val{value:.4g}$.",
            position=args.position,
            product=Markdown(answer.substituted),
            value=answer.value,
        )
    else:
        yield msg(
            r"It is not above the limit $\theta = \val{limit}$, so nothing changes:"
            r" entry {position} stays $\val{value:.4g}$.",
            limit=args.max_norm,
            position=args.position,
            value=answer.value,
        )
    yield msg("Clipping cures exploding gradients only: it never makes a small one larger.")


def _mistakes(args: ClipNorm, entry: float, norm: float) -> Iterator[Mistake]:
    limit = args.max_norm
    if norm > limit:
        cut = max(-limit, min(limit, entry))
        yield Mistake(
            "clipped-by-value",
            msg(
                r"$\val{value:.4g}$ cuts the entry by itself. Clipping by norm scales all"
                " entries alike, so that the direction stays.",
                value=cut,
            ),
            cut,
        )
        yield Mistake(
            "unclipped",
            msg(
                r"$\val{value:.4g}$ is the entry as it was. The norm $\val{norm:.4g}$ is above"
                r" $\theta = \val{limit}$, so it shrinks.",
                value=entry,
                norm=norm,
                limit=limit,
            ),
            entry,
        )
        yield Mistake(
            "divided-by-norm-only",
            msg(
                r"$\val{value:.4g}$ divides by the norm alone, which makes the norm 1. It is to"
                r" become $\theta = \val{limit}$.",
                value=real(entry / norm),
                limit=limit,
            ),
            real(entry / norm),
        )
    elif norm > 0:
        grown = real(entry / norm * limit)
        yield Mistake(
            "scaled-when-below",
            msg(
                r"$\val{value:.4g}$ stretches the gradient to the limit. Clipping only shortens:"
                r" a norm of $\val{norm:.4g}$ is allowed.",
                value=grown,
                norm=norm,
            ),
            grown,
        )
    total = sum(abs(x) for x in args.vector)
    if total > 0:
        value = real(entry / total * limit)
        yield Mistake(
            "divided-by-sum",
            msg(
                r"$\val{value:.4g}$ divides by the sum of the entries' sizes, $\val{sum:.4g}$."
                r" The norm is the root of the sum of squares, $\val{norm:.4g}$.",
                value=value,
                sum=total,
                norm=norm,
            ),
            value,
        )
        squared = real(entry / norm / norm * limit) if norm > 0 else 0.0
        yield Mistake(
            "root-forgotten",
            msg(
                r"$\val{value:.4g}$ divides by the sum of squares. The norm is its root,"
                r" $\val{norm:.4g}$.",
                value=squared,
                norm=norm,
            ),
            squared,
        )
