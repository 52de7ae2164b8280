"""Parameters of a batch normalisation."""

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

# scale, shift, mean and variance; conventions with two names count what is trained
_NAMES: dict[Convention, tuple[str, ...]] = {
    "pytorch": ("weight", "bias"),
    "keras": ("gamma", "beta", "moving_mean", "moving_variance"),
    "textbook": ("γ", "β"),
    "flax": ("scale", "bias"),
    "onnx": ("scale", "B", "input_mean", "input_var"),
}


class BatchNormParams(Arguments):
    """PyTorch's argument names; `affine` is the scale and the shift.

    `image_size`, one number for a square map or one for each axis, and `batch_size` change
    nothing; naming them lets the answer name the mistake of multiplying by them.
    """

    num_features: Size
    affine: bool = True
    convention: Convention = "pytorch"
    image_size: Sizes | None = None
    batch_size: Size | None = None


@register("batch_norm_params", BatchNormParams)
def batch_norm_params(args: BatchNormParams) -> Worked:
    """Count the parameters of a batch norm: 2C trained; Keras and ONNX list 4C.

    The other 2C are the moving mean and variance, which no gradient reaches: buffers in
    PyTorch, non-trainable weights in Keras, `batch_stats` in Flax, inputs in ONNX.

    Source: Ioffe & Szegedy 2015; `torch.nn.BatchNorm2d`, `keras.layers.BatchNormalization`,
    `flax.linen.BatchNorm` and the ONNX operator BatchNormalization.

    Raises:
        EngineError: no scale and shift in ONNX, whose operator needs them.
    """
    if args.convention == "onnx" and not args.affine:
        raise EngineError(
            msg("`affine` is `false`, but the ONNX operator always has a scale and a shift."),
            msg("Leave `affine` out, or choose another convention."),
            argument="affine",
        )
    solution = BatchNormSolution(args)
    return params_worked("batch_norm_params", solution.total, solution)


def _counts_statistics(convention: Convention) -> bool:
    return len(_NAMES[convention]) > 2


@dataclass(frozen=True, slots=True)
class BatchNormSolution(Solution):
    """How the count of a batch norm comes about."""

    args: BatchNormParams

    @property
    def total(self) -> int:
        """The count."""
        return self._vectors(self.args.convention) * self.args.num_features

    def _vectors(self, convention: Convention) -> int:
        return 2 * self.args.affine + 2 * _counts_statistics(convention)

    def formula(self) -> str:
        """Return the count in symbols."""
        return {0: "0", 2: "2C", 4: "4C"}[self._vectors(self.args.convention)]

    def substituted(self) -> str:
        """Return the count in numbers."""
        vectors = self._vectors(self.args.convention)
        return rf"{vectors} \cdot {self.args.num_features:,}" if vectors else "0"

    def terms(self) -> Iterator[Term]:
        """Return what the framework counts."""
        dim = ("C", self.args.num_features)
        ids = ("gamma", "beta", "mean", "variance")
        tensors = [
            tensor(name, label, dim)
            for name, label in zip(ids, _NAMES[self.args.convention], strict=False)
        ]
        if not self.args.affine:
            tensors = tensors[2:]
        # Flax's tensors are sorted by name, as JAX lists a tree
        yield from reversed(tensors) if self.args.convention == "flax" else tensors

    def lines(self) -> Iterator[Message]:
        """Return what is trained, what is only kept, and the total."""
        c = self.args.num_features
        if self.args.affine:
            yield msg(
                "Every channel has a scale γ and a shift β, which are trained:"
                r" $2C = 2 \cdot \val{c:,} = \val{count:,}$.",
                c=c,
                count=2 * c,
            )
        else:
            yield msg("It is built without scale and shift: nothing is trained.")
        if _counts_statistics(self.args.convention):
            yield msg(
                "The moving mean and variance are listed with them, though no gradient changes"
                r" them: $2C = 2 \cdot \val{c:,} = \val{count:,}$.",
                c=c,
                count=2 * c,
            )
        else:
            yield msg(
                "The moving mean and variance are kept too, but not counted:"
                " no gradient changes them."
            )
        yield from closing_lines(self.formula(), self.substituted(), self.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        args, total = self.args, self.total
        c = args.num_features
        yield from self._statistics()
        if args.affine and not _counts_statistics(args.convention):
            yield Mistake(
                "no-bias",
                msg(
                    "{value:,} counts one vector of {c:,}. There are two: a scale and a shift.",
                    value=c,
                    c=c,
                ),
                c,
            )
        elif not args.affine:
            yield Mistake(
                "scale-and-shift-counted",
                msg(
                    r"{value:,} counts a scale and a shift: $\val{total:,} + 2 \cdot \val{c:,}$."
                    " This norm is built without them.",
                    value=total + 2 * c,
                    total=total,
                    c=c,
                ),
                total + 2 * c,
            )
        if not total:
            return
        if args.image_size is not None:
            size = args.image_size
            places = prod(size * 2 if len(size) == 1 else size)
            yield Mistake(
                "times-map",
                msg(
                    "{value:,} counts the parameters once for each of the {places:,} places of the"
                    r" map: $\val{places:,} \cdot \val{total:,}$. A channel has one scale and one"
                    " shift for all of its places.",
                    value=total * places,
                    places=places,
                    total=total,
                ),
                total * places,
            )
        if args.batch_size is not None:
            yield times_batch(total, args.batch_size)

    def _statistics(self) -> Iterator[Mistake]:
        args, total = self.args, self.total
        c = args.num_features
        if _counts_statistics(args.convention):
            yield Mistake(
                "statistics-forgotten",
                msg(
                    "{value:,} counts what is trained. The moving mean and variance are listed as"
                    r" well, $2 \cdot \val{c:,}$ more.",
                    value=total - 2 * c,
                    c=c,
                ),
                total - 2 * c,
            )
            return
        yield Mistake(
            "statistics-counted",
            msg(
                r"{value:,} counts the moving mean and variance too, as Keras prints it:"
                r" $\val{total:,} + 2 \cdot \val{c:,}$. They are updated, but not trained.",
                value=total + 2 * c,
                total=total,
                c=c,
            ),
            total + 2 * c,
        )
        if args.convention == "pytorch":
            yield Mistake(
                "buffers-counted",
                msg(
                    "{value:,} is everything in the `state_dict`: with the moving mean and variance"
                    " and the number of batches seen. These three are buffers, not parameters.",
                    value=total + 2 * c + 1,
                ),
                total + 2 * c + 1,
            )

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention that has such a norm."""
        trained = msg("What is trained; the moving mean and variance are kept apart.")
        listed = msg("The moving mean and variance are listed as well, though not trained.")
        for convention, label in LABELS.items():
            if self.args.affine or convention != "onnx":
                total = self._vectors(convention) * self.args.num_features
                why = listed if _counts_statistics(convention) else trained
                yield Variant(convention, label, total, why)
