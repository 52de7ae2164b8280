"""Parameters of a language model like GPT-2."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.heads import head_width
from tutor.engine.params.answer import params_worked
from tutor.engine.params.gpt_mistakes import gpt_mistakes
from tutor.engine.params.gpt_model import GptModel
from tutor.engine.params.text_solution import TextSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class GptParams(Arguments):
    """Arguments of `gpt_params`: those of `GPT2Config`, with GPT-2 small as their default.

    `n_inner` None is four times `n_embd`.
    """

    vocab_size: Size = 50257
    n_positions: Size = 1024
    n_embd: Size = 768
    n_layer: Size = 12
    n_head: Size = 12
    n_inner: Size | None = None
    tie_word_embeddings: bool = True


@register("gpt_params", GptParams)
def gpt_params(args: GptParams) -> Worked:
    """Count the parameters of a model like GPT-2: Vd + nd + L(12d² + 13d) + 2d.

    With its defaults, GPT-2 small, these are 124,439,808.

    Source: Radford et al. 2019 and the configuration of Hugging Face's `GPT2Model`; Brown et
    al. 2020 for the sizes of GPT-3, whose layers have tensors of the same shapes.

    Raises:
        EngineError: heads that do not divide the width.
    """
    head_width("n_embd", args.n_embd, "n_head", args.n_head)
    model = GptModel(
        vocabulary=args.vocab_size,
        positions=args.n_positions,
        d=args.n_embd,
        layers=args.n_layer,
        heads=args.n_head,
        f=args.n_inner,
        tied=args.tie_word_embeddings,
    )
    return params_worked("gpt_params", model.total, GptSolution(model))


class GptSolution(TextSolution[GptModel]):
    """How the count comes about."""

    __slots__ = ()

    def shares(self) -> Iterator[Message]:
        """Return a line on each part."""
        model, parts = self.counted, self.counted.addends
        yield msg(
            "The embeddings are a table with a row for each word piece:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("words").words,
        )
        yield msg(
            "The positions are learned, a row for each:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("positions").words,
        )
        yield from self.layer_lines()
        yield msg(
            r"A last layer norm follows them: $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("norm").words,
        )
        if model.tied:
            yield msg("The output layer is the table of the embeddings again: no more parameters.")
        else:
            yield msg(
                "The output layer has a table of its own:"
                r" $\val{formula} = \val{sum} = \val{count:,}$.",
                **parts.only("output").words,
            )

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return gpt_mistakes(self.counted)
