"""A kind of layer that a model may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tutor.engine.arguments import Arguments
from tutor.engine.params.model_flow import Flow, Place
from tutor.engine.params.model_line import LayerSpec, ModelError
from tutor.engine.worked import Worked
from tutor.text.message import Message, msg

# Arguments that the model has for all of its layers
OF_THE_MODEL = ("convention", "seq_len", "batch_size")


@dataclass(frozen=True, slots=True)
class LayerKind:
    """A kind of layer.

    Attributes:
        name: as a model names it.
        model: its arguments.
        positional: their order where they are written without names.
        flow: checks what comes from below, and returns what the layer gives.
        count: counts its parameters; None if it has none.
        keras: what Keras calls a layer of this kind.
        variadic: whether all values without names are the one argument.
    """

    name: str
    model: type[Arguments]
    positional: tuple[str, ...]
    # each kind has a model of its own, and these take an instance of it
    flow: Callable[[Any, Flow, Place], Flow]
    count: Callable[[Any], Worked] | None = None
    keras: str = ""
    variadic: bool = False

    @property
    def keywords(self) -> tuple[str, ...]:
        """The arguments that the layer itself takes."""
        return tuple(name for name in self.model.model_fields if name not in OF_THE_MODEL)

    @property
    def example(self) -> str:
        """How it is written, such as `dense(in_features, out_features)`."""
        needed = [n for n in self.positional if self.model.model_fields[n].is_required()]
        shown = ", ".join(needed or self.positional)
        return f"{self.name}({shown})" if shown else self.name

    def arguments(self, spec: LayerSpec, place: Place) -> dict[str, object]:
        """Return what was given, by name.

        Raises:
            ModelError: a value too many, or a name that is unknown or given twice.
        """
        if self.variadic and spec.given and spec.given[0].keyword is None:
            return {self.positional[0]: [one.value for one in spec.given]}
        found: dict[str, object] = {}
        for at, one in enumerate(spec.given):
            name = one.keyword
            if name is None:
                if at >= len(self.positional):
                    raise ModelError(
                        msg(
                            "Layer {number:,}, `{layer}`, has more values than it takes without"
                            " names.",
                            number=place.number,
                            layer=place.text,
                        ),
                        msg("Write it as `{example}`.", example=self.example),
                        offset=one.offset,
                    )
                name = self.positional[at]
            elif name not in self.keywords:
                raise ModelError(
                    msg(
                        "Layer {number:,}, `{layer}`, has no argument `{argument}`.",
                        number=place.number,
                        layer=place.text,
                        argument=name[:40],
                    ),
                    _keyword_hint(name, self.keywords),
                    offset=one.offset,
                )
            if name in found:
                raise ModelError(
                    msg(
                        "Layer {number:,}, `{layer}`, is given `{argument}` twice.",
                        number=place.number,
                        layer=place.text,
                        argument=name,
                    ),
                    msg("Write it as `{example}`.", example=self.example),
                    offset=one.offset,
                )
            found[name] = one.value
        return found


def _keyword_hint(name: str, keywords: tuple[str, ...]) -> Message:
    if name in OF_THE_MODEL:
        return msg("`{name}` is given once, for the whole model.", name=name)
    close = get_close_matches(name[:80].lower(), keywords, n=1, cutoff=0.5)
    if close:
        return msg("Did you mean `{name}`?", name=close[0])
    if not keywords:
        return msg("It takes no arguments.")
    return msg("It has: {names}.", names=", ".join(keywords))
