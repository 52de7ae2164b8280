"""Parameters of a small image classifier: convolutions, a head, dense layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tutor.engine.arguments import Arguments, Convention, Size, Sizes, as_sizes
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.filters import DOT
from tutor.engine.params.image_classifier_mistakes import classifier_mistakes
from tutor.engine.params.image_layers import ImageLayers
from tutor.engine.params.kernel import kernel
from tutor.engine.params.phrases import closing_lines
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

SomeSizes = Annotated[
    tuple[Size, ...], Field(min_length=0, max_length=32), BeforeValidator(as_sizes)
]


class ImageClassifierParams(Arguments):
    """Convolutions of stride 1, each followed by pooling; then a head and dense layers.

    `image_size` is one number for a square image, or height and width. `hidden_sizes` None is
    one layer of 128 after flattening, and none after global average pooling. Without
    `conv_channels` it is an MLP on the flattened image.
    """

    image_size: Sizes
    num_classes: Size
    in_channels: Size = 1
    conv_channels: SomeSizes = (32, 64)
    kernel_size: Size = 3
    padding: Literal["same", "valid"] = "same"
    pool_size: Size = 2
    head: Literal["flatten", "global_average_pooling"] = "flatten"
    hidden_sizes: SomeSizes | None = None
    bias: bool = True
    convention: Convention = "pytorch"
    batch_size: Size | None = None


@register("image_classifier_params", ImageClassifierParams)
def image_classifier_params(args: ImageClassifierParams) -> Worked:
    """Count the parameters of a small CNN or MLP for images.

    A convolution has (k² · C_in + 1) · C_out, a dense layer (n + 1) · m. With padding `same`
    a convolution keeps the size of its map, with `valid` it takes off k − 1; pooling divides
    it and rounds down.

    Source: `torch.nn.Conv2d`, `MaxPool2d`, `AdaptiveAvgPool2d` and `Linear`, and their
    counterparts in Keras and Flax, which agree on the count.

    Raises:
        EngineError: an image of more than two sizes, or one that is smaller than a kernel or
            that pooling leaves nothing of.
    """
    if len(args.image_size) > 2:
        raise EngineError(
            msg("`image_size` has {count} numbers.", count=len(args.image_size)),
            msg("Give one number for a square image, or its height and its width."),
            argument="image_size",
        )
    hidden = args.hidden_sizes
    if hidden is None:
        hidden = (128,) if args.head == "flatten" else ()
    layers = ImageLayers(
        image=(args.image_size[0], args.image_size[-1]),
        channels=(args.in_channels, *args.conv_channels),
        kernel=args.kernel_size,
        padding=args.padding,
        pool=args.pool_size,
        head=args.head,
        dense=(*hidden, args.num_classes),
        bias=args.bias,
    )
    _check(layers)
    return params_worked(
        "image_classifier_params",
        layers.total,
        ImageClassifierSolution(layers, args.convention, args.batch_size),
    )


def _check(layers: ImageLayers) -> None:
    """Refuse an image that becomes too small on its way."""
    for number, (before, after) in enumerate(pairwise(layers.maps), 1):
        if layers.padding == "valid" and min(before) < layers.kernel:
            raise EngineError(
                msg(
                    "`kernel_size` is {k:,}, but the map that convolution {number} reads is"
                    " {height:,} × {width:,}.",
                    k=layers.kernel,
                    number=number,
                    height=before[0],
                    width=before[1],
                ),
                msg("Take a smaller kernel, padding `same`, or a larger `image_size`."),
                argument="kernel_size",
            )
        if min(after) < 1:
            raise EngineError(
                msg(
                    "`pool_size` is {pool:,} and leaves nothing of the map after convolution"
                    " {number}.",
                    pool=layers.pool,
                    number=number,
                ),
                msg("Take fewer convolutions, a smaller `pool_size`, or a larger `image_size`."),
                argument="pool_size",
            )


@dataclass(frozen=True, slots=True)
class ImageClassifierSolution(Solution):
    """How the count of an image classifier comes about."""

    layers: ImageLayers
    convention: Convention
    batch_size: int | None

    def formula(self) -> str:
        """Return the count in symbols."""
        parts = []
        plus = " + 1" if self.layers.bias else ""
        if self.layers.convolutions:
            inner = rf"k^2{DOT}C_{{i-1}}{plus}"
            parts.append(rf"\sum_i {f'({inner})' if plus else inner}{DOT}C_i")
        inner = f"n_{{j-1}}{plus}"
        parts.append(rf"\sum_j {f'({inner})' if plus else inner}{DOT}n_j")
        return " + ".join(parts)

    def substituted(self) -> str:
        """Return the count in numbers."""
        return self.layers.substituted

    def terms(self) -> Iterator[Term]:
        """Return the weights and biases of every layer."""
        layers = self.layers
        for i, filters in enumerate(layers.convolutions):
            yield from kernel(
                self.convention,
                gives=(f"C_{{{i + 1}}}", filters.gives),
                reads=(f"C_{{{i}}}", filters.reads),
                window=(("k", layers.kernel), ("k", layers.kernel)),
                bias=layers.bias,
                owner=self._owner("conv", i),
                tag=f"_c{i + 1}",
            )
        for j, (n, m) in enumerate(layers.dense_pairs):
            yield from kernel(
                self.convention,
                gives=(f"n_{{{j + 1}}}", m),
                reads=(f"n_{{{j}}}", n),
                bias=layers.bias,
                owner=self._owner("dense", j),
                tag=f"_d{j + 1}",
            )

    def _owner(self, kind: Literal["conv", "dense"], index: int) -> str:
        """Return what stands before the names of a layer's tensors."""
        match self.convention:
            case "pytorch" | "onnx":
                return f"{kind}.{index}."
            case "keras":
                name = "conv2d" if kind == "conv" else "dense"
                return f"{name}_{index}/" if index else f"{name}/"
            case "flax":
                return f"{kind.capitalize()}_{index}/"
            case "textbook":
                return ""

    def lines(self) -> Iterator[Message]:
        """Return each layer's share, and the total."""
        layers = self.layers
        for number, (filters, size) in enumerate(
            zip(layers.convolutions, layers.maps[1:], strict=True), 1
        ):
            yield msg(
                r"Convolution {number} has $\val{sum} = \val{count:,}$ parameters; after pooling"
                r" the map is $\val{height:,} \times \val{width:,} \times \val{gives:,}$.",
                number=number,
                sum=Markdown(filters.substituted),
                count=filters.total,
                height=size[0],
                width=size[1],
                gives=filters.gives,
            )
        height, width = layers.maps[-1]
        channels = layers.channels[-1]
        if layers.head == "flatten":
            yield msg(
                r"Flattening makes a vector of $\val{height:,} \cdot \val{width:,} \cdot"
                r" \val{channels:,} = \val{n:,}$ values.",
                height=height,
                width=width,
                channels=channels,
                n=layers.features,
            )
        else:
            yield msg(
                "Global average pooling keeps one value for each of the {channels:,} channels.",
                channels=channels,
            )
        for n, m in layers.dense_pairs:
            yield msg(
                r"The dense layer from {n:,} to {m:,} has $\val{sum} = \val{count:,}$ parameters.",
                n=n,
                m=m,
                sum=Markdown(layers.dense_substituted(n, m)),
                count=(n + layers.bias) * m,
            )
        first = layers.dense_pairs[0]
        yield msg(
            "The first dense layer holds {share:.1%} of them all.",
            share=(first[0] + layers.bias) * first[1] / layers.total,
        )
        yield from closing_lines(self.formula(), self.substituted(), layers.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return classifier_mistakes(self.layers, self.batch_size)

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention."""
        why = msg("The same weights and biases, in another order of axes.")
        for convention, label in LABELS.items():
            yield Variant(convention, label, self.layers.total, why)
