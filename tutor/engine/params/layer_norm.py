"""Parameters of a layer normalisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from tutor.engine.arguments import Arguments, Convention, Size, Sizes
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.phrases import closing_lines, times_batch
from tutor.engine.params.tensor import tensor
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg

# scale and shift
_NAMES: dict[Convention, tuple[str, str]] = {
    "pytorch": ("weight", "bias"),
    "keras": ("gamma", "beta"),
    "textbook": ("γ", "β"),
    "flax": ("scale", "bias"),
    "onnx": ("Scale", "B"),
}


class LayerNormParams(Arguments):
    """PyTorch's argument names; `normalized_shape` is one size, or one for each axis.

    `seq_len` and `batch_size` change nothing; naming them lets the answer name the mistake of
    a norm for every token.
    """

    normalized_shape: Sizes
    elementwise_affine: bool = True
    bias: bool = True
    convention: Convention = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None


@register("layer_norm_params", LayerNormParams)
def layer_norm_params(args: LayerNormParams) -> Worked:
    """Count the parameters of a layer norm: 2d, a scale and a shift for every feature.

    Source: Ba, Kiros & Hinton 2016; `torch.nn.LayerNorm`, `keras.layers.LayerNormalization`,
    `flax.linen.LayerNorm` and the ONNX operator LayerNormalization, which agree.

    Raises:
        EngineError: no scale in ONNX, whose operator needs one.
    """
    if args.convention == "onnx" and not args.elementwise_affine:
        raise EngineError(
            msg("`elementwise_affine` is `false`, but the ONNX operator always has a scale."),
            msg("Leave `elementwise_affine` out, or choose another convention."),
            argument="elementwise_affine",
        )
    solution = LayerNormSolution(args)
    return params_worked("layer_norm_params", solution.total, solution)


@dataclass(frozen=True, slots=True)
class LayerNormSolution(Solution):
    """How the count of a layer norm comes about."""

    args: LayerNormParams

    @property
    def features(self) -> int:
        """How many features are normalised together."""
        return prod(self.args.normalized_shape)

    @property
    def vectors(self) -> int:
        """How many tensors of that size are learned: scale, shift, or neither."""
        return int(self.args.elementwise_affine) * (1 + self.args.bias)

    @property
    def total(self) -> int:
        """The count."""
        return self.vectors * self.features

    def formula(self) -> str:
        """Return the count in symbols."""
        return {0: "0", 1: "d", 2: "2d"}[self.vectors]

    def substituted(self) -> str:
        """Return the count in numbers."""
        if not self.vectors:
            return "0"
        size = r" \cdot ".join(f"{n:,}" for n in self.args.normalized_shape)
        return size if self.vectors == 1 else rf"2 \cdot {size}"

    def terms(self) -> Iterator[Term]:
        """Return scale and shift."""
        shape = self.args.normalized_shape
        dims = [
            ("d" if len(shape) == 1 else f"d_{axis}", size) for axis, size in enumerate(shape, 1)
        ]
        scale, shift = _NAMES[self.args.convention]
        tensors = [tensor("gamma", scale, *dims), tensor("beta", shift, *dims)][: self.vectors]
        # Flax's tensors are sorted by name, as JAX lists a tree
        yield from reversed(tensors) if self.args.convention == "flax" else tensors

    def lines(self) -> Iterator[Message]:
        """Return what is learned, and the total."""
        d = self.features
        if len(self.args.normalized_shape) > 1:
            yield msg("The norm spans {d:,} features, the product of its sizes.", d=d)
        match self.vectors:
            case 2:
                yield msg(
                    "Every feature has a scale γ and a shift β; mean and variance are computed"
                    r" anew for each token: $2 \cdot \val{d:,} = \val{total:,}$.",
                    d=d,
                    total=2 * d,
                )
            case 1:
                yield msg(
                    "Every feature has a scale γ and no shift; mean and variance are computed"
                    " anew for each token."
                )
            case _:
                yield msg("It only computes mean and variance, and learns nothing.")
        yield from closing_lines(self.formula(), self.substituted(), self.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        args, d, total = self.args, self.features, self.total
        if args.seq_len is not None and total:
            yield Mistake(
                "per-token",
                msg(
                    "{value:,} gives each of {steps:,} tokens a norm of its own:"
                    r" $\val{steps:,} \cdot \val{total:,}$. All tokens share scale and shift.",
                    value=total * args.seq_len,
                    steps=args.seq_len,
                    total=total,
                ),
                total * args.seq_len,
            )
        match self.vectors:
            case 2:
                yield Mistake(
                    "no-bias",
                    msg(
                        "{value:,} counts one vector of {d:,}. There are two: a scale and a shift.",
                        value=d,
                        d=d,
                    ),
                    d,
                )
            case 1:
                yield Mistake(
                    "biases-counted",
                    msg(
                        r"{value:,} counts a shift as well: $2 \cdot \val{d:,}$."
                        " This norm is built without it.",
                        value=2 * d,
                        d=d,
                    ),
                    2 * d,
                )
            case _:
                yield Mistake(
                    "scale-and-shift-counted",
                    msg(
                        r"{value:,} counts a scale and a shift: $2 \cdot \val{d:,}$."
                        " This norm is built without them.",
                        value=2 * d,
                        d=d,
                    ),
                    2 * d,
                )
        if total:
            yield Mistake(
                "one-for-all-features",
                msg(
                    "{value:,} has a single scale and a single shift. Mean and variance are single"
                    " numbers, but each of the {d:,} features is scaled and shifted by itself.",
                    value=self.vectors,
                    d=d,
                )
                if self.vectors == 2
                else msg(
                    "{value:,} has a single scale. Mean and variance are single numbers, but each"
                    " of the {d:,} features is scaled by itself.",
                    value=self.vectors,
                    d=d,
                ),
                self.vectors,
            )
            yield Mistake(
                "statistics-counted",
                msg(
                    r"{value:,} counts mean and variance too: $\val{total:,} + 2 \cdot \val{d:,}$."
                    " They are computed from the data, not learned.",
                    value=total + 2 * d,
                    total=total,
                    d=d,
                ),
                total + 2 * d,
            )
            yield Mistake(
                "full-matrix",
                msg(
                    r"{value:,} has a whole matrix: $\val{d:,} \cdot \val{d:,} + \val{d:,}$."
                    " A feature is scaled by its own number only.",
                    value=d * d + d,
                    d=d,
                ),
                d * d + d,
            )
            if args.batch_size is not None:
                yield times_batch(total, args.batch_size)

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention that has such a norm."""
        why = {
            2: msg("A scale and a shift for every feature."),
            1: msg("A scale for every feature."),
            0: msg("Nothing is learned."),
        }[self.vectors]
        for convention, label in LABELS.items():
            if self.vectors or convention != "onnx":
                yield Variant(convention, label, self.total, why)
