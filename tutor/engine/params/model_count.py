"""A composed model, counted layer by layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tutor.engine.arguments import LARGEST_LAYERS, Arguments, Convention
from tutor.engine.error import EngineError
from tutor.engine.params.model_flow import Flow, Misfit, Place
from tutor.engine.params.model_kind import LayerKind
from tutor.engine.params.model_layers import kind_of
from tutor.engine.params.model_line import LayerSpec, ModelError
from tutor.engine.params.model_tensors import keras_label
from tutor.engine.registry import suggest, validated
from tutor.engine.worked import Term, Worked
from tutor.text.message import msg

Tie = tuple[str, str]


@dataclass(frozen=True)
class LayerCount:
    """One layer of a model.

    Attributes:
        place: its number, counted from 1, and how it was written.
        kind: what it is.
        args: its arguments.
        gives: what it passes on.
        worked: its own count with its solution; None if it has no parameters.
        convention: whose layer it is.
        before: how many layers of the kind Keras has named before this one.
    """

    place: Place
    kind: LayerKind = field(compare=False)
    args: Arguments
    gives: Flow
    worked: Worked | None
    convention: Convention
    before: int

    @property
    def count(self) -> int:
        """Its parameters, those included that it shares."""
        return 0 if self.worked is None else self.worked.count

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Its tensors, named as in the model."""
        own = () if self.worked is None else self.worked.terms
        prefix = f"layer{self.place.number}_"
        return tuple(
            replace(term, id=prefix + term.id, label=self._label(str(term.label))) for term in own
        )

    def _label(self, label: str) -> str:
        at = self.place.number - 1
        match self.convention:
            case "keras":
                return keras_label(label, self.kind.keras, self.before)
            case "flax":  # as in an `nn.Sequential` of these layers, counted from 0
                return f"layers_{at}/{label}"
            case _:  # as PyTorch's Sequential has it
                return f"{at}.{label}"


@dataclass(frozen=True)
class Shared:
    """Two tensors that are one.

    Attributes:
        kept: the one that is counted.
        left_out: the one that is not counted again.
    """

    kept: Term
    left_out: Term

    @property
    def count(self) -> int:
        """The parameters that are saved."""
        return self.left_out.count


@dataclass(frozen=True)
class ModelCount:
    """The parameters of a model.

    Attributes:
        layers: every layer but the input, in order.
        shared: what is counted once.
        convention: whose layers they are.
    """

    layers: tuple[LayerCount, ...]
    shared: tuple[Shared, ...]
    convention: Convention

    @property
    def total(self) -> int:
        """All parameters; shared ones once."""
        return self.untied - sum(one.count for one in self.shared)

    @property
    def untied(self) -> int:
        """All parameters, were nothing shared."""
        return sum(layer.count for layer in self.layers)

    @cached_property
    def counted(self) -> tuple[LayerCount, ...]:
        """The layers that have parameters."""
        return tuple(layer for layer in self.layers if layer.worked is not None)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every tensor once."""
        left_out = {one.left_out.id for one in self.shared}
        return tuple(
            term for layer in self.layers for term in layer.terms if term.id not in left_out
        )


def count_model(
    specs: Sequence[LayerSpec],
    tied: Sequence[Tie] = (),
    convention: Convention = "pytorch",
    **of_the_model: Any,
) -> ModelCount:
    """Count a model.

    Args:
        specs: its layers.
        tied: pairs of tensors that are one, each by its name or that of its layer.
        convention: whose layers they are.
        of_the_model: other arguments that every layer which has them is given.

    Raises:
        ModelError: a layer that is unknown, is given what it does not take, or does not fit.
    """
    common = {"convention": convention, **of_the_model}
    layers: list[LayerCount] = []
    before: Counter[str] = Counter()  # how many of each kind Keras has named
    flow = Flow()
    depth = 0  # layers, one for each of a stack
    for spec in specs:
        number = len(layers) + 1
        kind = kind_of(spec)
        place = Place(0 if kind.name == "input" else number, spec)
        if kind.name == "input" and (layers or flow.source is not None):
            raise ModelError(
                msg("`{layer}` is not the first of the layers.", layer=place.text),
                msg("The input comes first."),
                offset=spec.offset,
            )
        args, gives, worked = _layer(kind, place, flow, common)
        if kind.name != "input":
            layers.append(
                LayerCount(place, kind, args, gives, worked, convention, before[kind.keras])
            )
        stacked = getattr(args, "num_layers", 1)
        before[kind.keras] += stacked  # Keras has a layer for each
        depth += stacked
        if depth > LARGEST_LAYERS:
            raise ModelError(
                msg(
                    "The model has more than {limit:,} layers, those of stacks counted.",
                    limit=LARGEST_LAYERS,
                ),
                offset=spec.offset,
            )
        flow = gives
    if not layers:
        raise ModelError(
            msg("The model has no layers."),
            msg("A model is written as in `embedding(10_000, 128) > lstm(128, 256)`."),
        )
    counted = tuple(layers)
    return ModelCount(counted, tuple(_shared(counted, tied, convention)), convention)


def _layer(
    kind: LayerKind, place: Place, flow: Flow, common: Mapping[str, Any]
) -> tuple[Arguments, Flow, Worked | None]:
    spec = place.layer
    given = kind.arguments(spec, place)
    given |= {name: common[name] for name in common if name in kind.model.model_fields}
    try:
        args = validated(kind.name, kind.model, given)
        gives = kind.flow(args, flow, place)
        worked = None if kind.count is None else kind.count(args)
    except Misfit as error:
        raise ModelError(error.message, error.hint, offset=spec.offset) from None
    except EngineError as error:
        raise ModelError(
            msg(
                "Layer {number:,}, `{layer}`: {problem}",
                number=place.number,
                layer=place.text,
                problem=error.message,
            ),
            error.hint,  # type: ignore[arg-type]  # the engine's hints are messages
            offset=spec.offset,
        ) from None
    return args, gives, worked


def _shared(
    layers: tuple[LayerCount, ...], tied: Sequence[Tie], convention: Convention
) -> Iterator[Shared]:
    taken: set[str] = set()
    for names in tied:
        kept, left_out = (_tensor(layers, name) for name in names)
        if kept.id == left_out.id or left_out.id in taken or kept.id in taken:
            raise ModelError(
                msg("`{a}` and `{b}` are tied already.", a=str(kept.label), b=str(left_out.label)),
                msg("Name each shared tensor once, with the tensor it equals."),
                argument="tied",
            )
        same = left_out.shape == kept.shape
        # a kernel of inputs × outputs shares the embedding's table when it is transposed
        turned = convention in {"keras", "flax"} and left_out.shape == (kept.shape or ())[::-1]
        if not (same or turned):
            raise ModelError(
                msg(
                    "`{a}` has the shape ({a_shape}), `{b}` the shape ({b_shape}).",
                    a=str(kept.label),
                    a_shape=", ".join(map(str, kept.shape or ())),
                    b=str(left_out.label),
                    b_shape=", ".join(map(str, left_out.shape or ())),
                ),
                msg("Tensors that are shared have one shape."),
                argument="tied",
            )
        taken.add(left_out.id)
        yield Shared(kept, left_out)


def _tensor(layers: tuple[LayerCount, ...], name: str) -> Term:
    """Return a tensor by its own name, or by that of the one layer that has one matrix."""
    terms = {str(term.label): term for layer in layers for term in layer.terms}
    if name in terms and terms[name].times == 1:
        return terms[name]
    found = [
        layer for layer in layers if layer.worked and name in {layer.kind.name, layer.place.text}
    ]
    if len(found) == 1:
        matrices = [term for term in found[0].terms if len(term.shape or ()) > 1]
        if len(matrices) == 1 or (matrices and found[0].kind.name == "embedding"):
            return matrices[0]  # of an embedding the table, not its learned positions
    if found:
        raise ModelError(
            msg("`{name}` could be several tensors.", name=name[:40]),
            msg("Name one of: {names}.", names=_listed(found)),
            argument="tied",
        )
    raise ModelError(
        msg("The model has no tensor `{name}`.", name=name[:40]),
        suggest(name, [label for label, term in terms.items() if term.times == 1]),
        argument="tied",
    )


def _listed(layers: Sequence[LayerCount]) -> str:
    labels = [str(term.label) for layer in layers for term in layer.terms if term.times == 1]
    return ", ".join(labels[:12]) + (", …" if len(labels) > 12 else "")
