"""Parameters of a composed model: a list of layers, one reading the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from tutor.engine.arguments import Arguments, Convention, Size, refused
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.composed_mistakes import composed_mistakes
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.model_count import LayerCount, ModelCount, Tie, count_model
from tutor.engine.params.model_line import MAX_LAYERS, Given, LayerSpec, ModelError, parse_line
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

R = TypeVar("R")
WRITTEN_OUT = 12  # layers; of more, the ones between are left out of formulas
_EXAMPLE = "embedding(10_000, 128) > lstm(128, 256) > dense(256, 10)"


def read_layers(value: object) -> tuple[LayerSpec, ...]:
    """Return layers from a line, or from a list of lines and mappings.

    Args:
        value: `"lstm(10, 24) > dense(24, 3)"`, or a list whose items are layers as a line
            writes them, or mappings such as `{layer: lstm, input_size: 10, hidden_size: 24}`.

    Raises:
        ModelError: anything else.
    """
    if isinstance(value, str):
        return parse_line(value)
    if not isinstance(value, (list, tuple)):
        raise ModelError(
            msg("The layers are neither a line nor a list."),
            msg("Write a line such as `{example}`, or a list of layers.", example=_EXAMPLE),
        )
    specs = [spec for item in value[: MAX_LAYERS + 1] for spec in _specs(item)]
    if len(specs) > MAX_LAYERS:
        raise ModelError(msg("The model has more than {limit:,} layers.", limit=MAX_LAYERS))
    return tuple(specs)


def _specs(item: object) -> tuple[LayerSpec, ...]:
    if isinstance(item, LayerSpec):
        return (item,)
    if isinstance(item, str):
        return parse_line(item)
    if isinstance(item, Mapping) and isinstance(item.get("layer"), str):
        given = [Given(str(name), item[name]) for name in item if name != "layer"]
        return (LayerSpec(item["layer"], tuple(given)),)
    raise ModelError(
        msg("A layer is neither a text nor names with values."),
        msg("Write `lstm(10, 24)`, or `layer: lstm` with its arguments by name."),
    )


def read_ties(value: object) -> tuple[Tie, ...]:
    """Return pairs of tensors that are one.

    Raises:
        ModelError: no list of pairs of names.
    """
    pairs = value if isinstance(value, (list, tuple)) else [None]
    ties = []
    for pair in pairs[: MAX_LAYERS + 1]:
        if not (
            isinstance(pair, (list, tuple))
            and len(pair) == 2
            and all(isinstance(name, str) for name in pair)
        ):
            raise ModelError(
                msg("What is tied is given in pairs of names."),
                msg("Write `[[embedding, dense]]`, or the tensors' own names."),
                argument="tied",
            )
        ties.append((pair[0], pair[1]))
    return tuple(ties)


def _refusing(read: Callable[[object], R]) -> Callable[[object], R]:
    """Return the reader as a validator: what it refuses is said of the argument."""

    def validate(value: object) -> R:
        try:
            return read(value)
        except ModelError as error:
            raise refused(error.message, error.hint) from None

    return validate


_A_LAYER = {"anyOf": [{"type": "string"}, {"type": "object"}]}
_LAYERS = {"anyOf": [{"type": "string"}, {"type": "array", "items": _A_LAYER}]}
_TIES = {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
LayerSpecs = Annotated[
    tuple[LayerSpec, ...],
    PlainValidator(_refusing(read_layers)),
    PlainSerializer(lambda specs: [str(spec) for spec in specs]),
    WithJsonSchema(_LAYERS),
]
Ties = Annotated[
    tuple[Tie, ...],
    PlainValidator(_refusing(read_ties)),
    PlainSerializer(lambda ties: [list(tie) for tie in ties]),  # without one pydantic warns
    WithJsonSchema(_TIES),
]


class ModelParams(Arguments):
    """Arguments of `model_params`.

    `layers` is a line such as `lstm(128, 256, num_layers=2) > dense(256, 10)`, or a list of
    layers, each written as in the line or as a mapping: `layer` with its arguments by name.
    `tied` holds pairs of tensors that are one, by their names or those of their layers.
    `seq_len` and `batch_size` change nothing; naming them lets the answer name the mistake of
    multiplying by them.
    """

    layers: LayerSpecs
    tied: Ties = ()
    convention: Convention = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None


@register("model_params", ModelParams)
def model_params(args: ModelParams) -> Worked:
    """Count the parameters of a model, layer by layer; tensors that are tied count once.

    The sizes of neighbouring layers are checked to fit. Tensors are named as those of a
    `torch.nn.Sequential` of the layers, or as Keras names them.

    Source: each layer's own; tied weights: Press & Wolf 2017.

    Raises:
        ModelError: a layer that is unknown, is given what it does not take, or does not fit.
    """
    counted = count_model(args.layers, args.tied, args.convention)
    solution = ModelSolution(args, counted)
    return params_worked("model_params", counted.total, solution)


def model(
    layers: str | Sequence[str | LayerSpec | Mapping[str, object]],
    tied: Sequence[Tie] = (),
    convention: Convention = "pytorch",
) -> ModelCount:
    """Count a model; the answer holds the worked count of every layer.

    Args:
        layers: a line such as `lstm(10, 24) > dense(24, 3)`, or a list of layers.
        tied: pairs of tensors that are one, by their names or those of their layers.
        convention: whose layers they are.

    Raises:
        ModelError: a model that cannot be read, or whose layers do not fit.
    """
    return count_model(read_layers(layers), tied, convention)


@dataclass(frozen=True, slots=True)
class ModelSolution(Solution):
    """How the count of a model comes about."""

    args: ModelParams
    model: ModelCount

    def formula(self) -> str:
        """Return the sum of the layers, in symbols."""
        parts = [f"P_{{{layer.place.number}}}" for layer in self.model.counted]
        return _sum(parts, [r"P_{\mathrm{tied}}"] if self.model.shared else [])

    def substituted(self) -> str:
        """Return the sum of the layers' counts."""
        parts = [f"{layer.count:,}" for layer in self.model.counted]
        shared = sum(one.count for one in self.model.shared)
        return _sum(parts, [f"{shared:,}"] if self.model.shared else [])

    def terms(self) -> tuple[Term, ...]:
        """Return every weight tensor once."""
        return self.model.terms

    def lines(self) -> Iterator[Message]:
        """Return a line for each layer, what is shared, and the total."""
        for layer in self.model.layers:
            yield _layer_line(layer)
        for one in self.model.shared:
            yield msg(
                r"`{left_out}` is `{kept}`: its $\val{count:,}$ parameters are counted once.",
                left_out=str(one.left_out.label),
                kept=str(one.kept.label),
                count=one.count,
            )
        if self.model.counted:
            yield msg(r"In symbols: $\val{formula}$.", formula=Markdown(self.formula()))
            yield msg(r"In numbers: $\val{sum}$.", sum=Markdown(self.substituted()))
        yield msg("Parameters in total: {total:,}.", total=self.model.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return composed_mistakes(
            self.model,
            self.args.layers,
            seq_len=self.args.seq_len,
            batch_size=self.args.batch_size,
        )

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention that all layers have."""
        return _variants(self.args, self.model)


def _sum(parts: list[str], less: list[str]) -> str:
    if len(parts) > WRITTEN_OUT:
        parts = [*parts[:2], r"\dots", parts[-1]]
    return " - ".join([" + ".join(parts) or "0", *less])


def _layer_line(layer: LayerCount) -> Message:
    number, text = layer.place.number, layer.place.text
    if layer.worked is None:
        return msg("Layer {number:,}, `{layer}`: no parameters.", number=number, layer=text)
    return msg(
        r"Layer {number:,}, `{layer}`:"
        r" $P_{\val{number}} = \val{formula} = \val{sum} = \val{count:,}$.",
        number=number,
        layer=text,
        formula=Markdown(layer.worked.formula),
        sum=Markdown(layer.worked.substituted),
        count=layer.count,
    )


def _variants(args: ModelParams, model: ModelCount) -> Iterator[Variant]:
    counts: dict[Convention, ModelCount] = {}
    for convention in LABELS:
        try:
            counts[convention] = count_model(args.layers, (), convention)
        except EngineError:
            continue  # a layer that this framework does not have
    differing = next(
        (
            at
            for at, layer in enumerate(model.layers)
            if len({other.layers[at].count for other in counts.values()}) > 1
        ),
        None,
    )
    for convention, other in counts.items():
        why = _why(other, differing, convention)
        yield Variant(convention, LABELS[convention], other.untied - _shared(model, other), why)


def _shared(model: ModelCount, other: ModelCount) -> int:
    """Return what the model's ties save under another convention, which may have fewer tensors."""
    terms = {term.id: term for layer in other.layers for term in layer.terms}
    return sum(
        terms[one.left_out.id].count
        for one in model.shared
        if one.kept.id in terms and one.left_out.id in terms
    )


def _why(model: ModelCount, differing: int | None, convention: Convention) -> Message:
    if differing is None:
        return msg("All conventions count the same.")
    layer = model.layers[differing]
    own = () if layer.worked is None else layer.worked.variants
    found = next(
        (
            variant.why
            for variant in own
            if (variant.convention, variant.total) == (convention, layer.count)
        ),
        None,
    )
    return msg(
        "Layer {number:,}, `{layer}`, differs: {why}",
        number=layer.place.number,
        layer=layer.place.text,
        why=found if found is not None else msg("its own tensors."),
    )
