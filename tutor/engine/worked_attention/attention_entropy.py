"""The entropy of attention weights: how widely a query looks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments, Size
from tutor.engine.notation import tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.softmax import Scores
from tutor.engine.worked_attention.shared import number_worked, row_tex, sized_term
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class AttentionEntropyArguments(Arguments):
    """The scores of one query; `scaled` divides them by √d_k first."""

    scores: Scores
    d_k: Size = 1
    scaled: bool = True


@register("attention_entropy", AttentionEntropyArguments)
def attention_entropy(args: AttentionEntropyArguments) -> Worked:
    """Compute −Σ a ln a of the softmax of scores, in nats.

    0 means one key takes all, ln m that all m keys share alike. Unscaled scores of large vectors
    saturate the softmax, and the entropy shows it.
    """
    import numpy as np

    from tutor.engine.activations import softmax

    scores = np.asarray(args.scores)
    scaled = scores / math.sqrt(args.d_k) if args.scaled else scores
    weights = softmax(scaled)
    h = _entropy(weights)
    answer = Term(
        "entropy",
        msg("entropy of the weights"),
        r"-\sum_j a_j \ln a_j",
        "-(" + _sum(weights) + ")",
        h,
    )
    root = r"\frac{s}{\sqrt{d_k}}" if args.scaled else "s"

    def terms() -> tuple[Term, ...]:
        return (
            sized_term("scaled", msg("scaled scores"), root, scaled),
            sized_term("weights", msg("weights"), rf"\operatorname{{softmax}}({root})", weights),
            answer,
        )

    return number_worked(
        "attention_entropy",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(args, scaled, weights, h),
        mistakes=lambda: _mistakes(args, scores, weights, h),
        unit=msg("nats"),
    )


def _entropy(weights: NDArray[np.floating]) -> float:
    from tutor.engine.attention.scaled_dot_product import entropy

    return float(entropy(weights))


def _sum(weights: NDArray[np.floating]) -> str:
    parts = [rf"{tex(float(w))} \ln {tex(float(w))}" for w in weights if w > 0]
    return " + ".join(parts if len(parts) <= 4 else [*parts[:2], r"\dots", parts[-1]])


def _lines(
    args: AttentionEntropyArguments,
    scaled: NDArray[np.floating],
    weights: NDArray[np.floating],
    h: float,
) -> Iterator[Message]:
    if args.scaled:
        yield msg(
            r"Divided by $\sqrt{\val{d:,}}$ the scores are $\val{scaled}$.",
            d=args.d_k,
            scaled=row_tex(scaled),
        )
    yield msg(
        r"The softmax makes weights of them that sum to 1: $\val{weights}$.",
        weights=row_tex(weights),
    )
    yield msg(
        r"Their entropy is $-\sum_j a_j \ln a_j = \val{h:.4g}$ nats. It would be 0 if one key took"
        r" all, and $\ln \val{m} = \val{most:.4g}$ if all shared alike.",
        h=h,
        m=len(weights),
        most=math.log(len(weights)),
    )


def _mistakes(
    args: AttentionEntropyArguments,
    scores: NDArray[np.floating],
    weights: NDArray[np.floating],
    h: float,
) -> Iterator[Mistake]:
    from tutor.engine.activations import softmax

    if args.scaled:
        value = _entropy(softmax(scores))
        yield Mistake(
            "unscaled",
            msg(
                r"$\val{value:.4g}$ leaves out the scale. Scores are divided by $\sqrt{d_k}$ before"
                " the softmax.",
                value=value,
            ),
            value,
        )
        value = _entropy(softmax(scores / args.d_k))
        yield Mistake(
            "scale-not-root",
            msg(
                r"$\val{value:.4g}$ divides the scores by $d_k$ itself. The scale is its root,"
                r" $\sqrt{d_k}$.",
                value=value,
            ),
            value,
        )
    else:
        value = _entropy(softmax(scores / math.sqrt(args.d_k)))
        yield Mistake(
            "scaled",
            msg(
                r"$\val{value:.4g}$ divides the scores by $\sqrt{d_k}$. Here they are used without"
                " a scale.",
                value=value,
            ),
            value,
        )
    yield Mistake(
        "in-bits",
        msg(
            r"$\val{value:.4g}$ is in bits. With the natural logarithm, in nats, it is less.",
            value=h / math.log(2),
        ),
        h / math.log(2),
    )
    yield Mistake(
        "plain-average",
        msg(
            r"$\val{value:.4g}$ is the entropy of $\val{m}$ equal weights, the most there can be."
            " These differ.",
            value=math.log(len(weights)),
            m=len(weights),
        ),
        math.log(len(weights)),
    )
    yield Mistake(
        "sign-flipped",
        msg(
            r"$\val{value:.4g}$ lacks the minus. Logarithms of weights are negative, entropy is"
            " not.",
            value=-h,
        ),
        -h,
    )
    yield Mistake(
        "perplexity-instead",
        msg(
            r"$\val{value:.4g}$ is $e$ to the entropy: the number of equal keys that would be as"
            " spread.",
            value=math.exp(h),
        ),
        math.exp(h),
    )
