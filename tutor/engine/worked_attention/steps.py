"""The way of one query through attention, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.notation import factor, tex
from tutor.engine.worked import Term
from tutor.engine.worked_attention.shared import row_tex, shortened, sized_term
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    from tutor.engine.attention.scaled_dot_product import AttentionRun


def divisor_tex(root: str, *, scaled: bool, temperature: str | None) -> str:
    """Return what scores are divided by, as TeX; empty for nothing.

    Args:
        root: √d_k in symbols or in numbers.
        scaled: whether they are divided by it.
        temperature: the temperature as TeX; None for 1.
    """
    parts = [*([temperature] if temperature is not None else []), *([root] if scaled else [])]
    return r" \cdot ".join(parts)


def over(numerator: str, divisor: str) -> str:
    """Return a fraction as TeX, or the numerator alone."""
    return rf"\frac{{{numerator}}}{{{divisor}}}" if divisor else numerator


def run_terms(run: AttentionRun, *, scaled: bool, row: int | None = None) -> Iterator[Term]:
    """Yield the intermediates of an attention, of all queries or of one.

    Args:
        run: the attention.
        scaled: whether the scores were divided by √d_k.
        row: the query, from 0; None for all.
    """
    at = slice(None) if row is None else row
    S, Q = ("S", "Q") if row is None else ("s", "q")
    hidden = run.visible.all() is not None
    masked = f"{S} + M" if hidden else S
    heat = r"\tau" if run.temperature != 1 else None
    divisor = divisor_tex(r"\sqrt{d_k}", scaled=scaled, temperature=heat)
    yield sized_term("scores", msg("scores"), rf"{Q} K^\top", run.scores[at])
    yield sized_term("scaled", msg("scaled scores"), over(rf"{Q} K^\top", divisor), run.scaled[at])
    yield sized_term("masked", msg("masked scores"), masked, run.masked[at])
    yield sized_term(
        "weights", msg("weights"), rf"\operatorname{{softmax}}({masked})", run.weights[at]
    )
    yield sized_term("output", msg("output"), "A V" if row is None else "a V", run.output[at])
    yield sized_term(
        "entropy", msg("entropy of the weights"), r"-\sum_j a_j \ln a_j", run.entropy[at]
    )


def row_lines(
    run: AttentionRun, row: int, *, scaled: bool, output: bool = True
) -> Iterator[Message]:
    """Yield what happens to one query, in numbers.

    Args:
        run: the attention.
        row: the query, from 0.
        scaled: whether the scores were divided by √d_k.
        output: whether the story goes on after the weights.
    """
    d = run.q.shape[-1]
    yield msg(
        r"Query {number:,} is $\val{query}$. Its dot products with the keys are the scores"
        r" $\val{scores}$.",
        number=row + 1,
        query=row_tex(run.q[row]),
        scores=row_tex(run.scores[row]),
    )
    if scaled:
        yield msg(
            r"They are divided by $\sqrt{d_k} = \sqrt{\val{d}} = \val{root:.4g}$, so that their"
            r" variance does not grow with $d_k$.",
            d=d,
            root=d**0.5,
        )
    else:
        yield msg("They are not scaled here.")
    if run.temperature != 1:
        yield msg(
            r"The temperature $\tau = \val{temperature}$ divides them besides: above 1 the weights"
            " become flatter, below 1 sharper.",
            temperature=run.temperature,
        )
    if scaled or run.temperature != 1:
        yield msg(r"That leaves $\val{scaled}$.", scaled=row_tex(run.scaled[row]))
    allowed = run.visible.all()
    if allowed is not None and not allowed[row].all():
        yield msg(
            r"Hidden keys get $-\infty$ before the softmax: $\val{masked}$.",
            masked=row_tex(run.masked[row]),
        )
    yield msg(
        r"The softmax makes weights of them that sum to 1: $\val{weights}$.",
        weights=row_tex(run.weights[row]),
    )
    if output:
        yield msg(
            r"The values, weighted with these and added up, are the output: $\val{output}$.",
            output=row_tex(run.output[row]),
        )


def attention_tex(run: AttentionRun, *, scaled: bool, numbers: bool) -> str:
    """Return softmax(QKᵀ/√d_k + M)V as TeX, with what this attention has of it.

    Args:
        run: the attention.
        scaled: whether the scores were divided by √d_k.
        numbers: whether d_k and the temperature are written as numbers.
    """
    heat = None if run.temperature == 1 else (tex(run.temperature) if numbers else r"\tau")
    root = rf"\sqrt{{{run.q.shape[-1]}}}" if numbers else r"\sqrt{d_k}"
    inner = over(r"Q K^\top", divisor_tex(root, scaled=scaled, temperature=heat))
    if run.visible.all() is not None:
        inner += " + M"
    return rf"\operatorname{{softmax}}\left({inner}\right) V"


def weighted_tex(weights: list[float], values: list[float]) -> Markdown:
    """Return Σ a_j v_j in numbers as TeX."""
    pairs = zip(weights, values, strict=True)
    return Markdown(" + ".join(shortened([rf"{tex(a)} \cdot {factor(v)}" for a, v in pairs])))
