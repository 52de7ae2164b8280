"""Three models of one series side by side, worked out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tutor.engine.arguments import Arguments, Vector
from tutor.engine.error import EngineError
from tutor.engine.notation import array_term
from tutor.engine.registry import register
from tutor.engine.worked import Term, Worked, Written
from tutor.engine.worked_sequence.shared import Steps
from tutor.text.message import Message, msg

if TYPE_CHECKING:
    from tutor.engine.sequence.comparison import Comparison

LENGTH = 200  # of an example
FIBONACCI_LENGTH = 60  # its numbers end where floats are no longer exact
SINE_PERIOD, PULSE_PERIOD = 40, 8
AR_COEFFICIENTS = (1.2, -0.6)
RMSE = r"\sqrt{\frac{1}{n} \sum_t (x_t - \hat{x}_t)^2}"

Hidden = Annotated[int, Field(ge=1, le=256, strict=True)]
Order = Annotated[int, Field(ge=1, le=100, strict=True)]
Bins = Annotated[int, Field(ge=2, le=100, strict=True)]
Length = Annotated[int, Field(ge=1, le=4096, strict=True)]
Seed = Annotated[int, Field(ge=0, le=10**9, strict=True)]
Example = Literal["noisy_sine", "fibonacci", "ar", "random_walk", "pulses"]


class CompareModelsArguments(Arguments):
    """A series of your own, or an example by its name; the last `steps` values are held out.

    `order` is the window of the AR model, `bins` the states of the Markov chain, `hidden_size`
    the numbers of the latent state. `length` (200 if left out, 60 for `fibonacci`) is that of an
    example; `seed` is that of its noise and of the latent model.
    """

    series: Vector | None = None
    example: Example | None = None
    length: Length | None = None
    order: Order = 2
    bins: Bins = 8
    hidden_size: Hidden = 60
    steps: Steps = 32
    seed: Seed = 0


@register("compare_models", CompareModelsArguments)
def compare_models(args: CompareModelsArguments) -> Worked:
    """Compute the errors of one-step forecasts of an AR model, a Markov chain, a latent model.

    The total is the three errors in this order, each the root of the mean squared error of the
    values held out. The terms are also the forecasts, one-step and free-running, and the hidden
    states that the latent model reads its one-step forecasts from, (steps, h).

    `noisy_sine` has the period 40 and noise of 0.2, `ar` is an AR(2) with φ = (1.2, −0.6),
    `pulses` are 8 apart.

    Raises:
        EngineError: no series or two, one too short or constant, an order that it does not
            determine, a forecast beyond any float.
    """
    from tutor.engine.sequence.comparison import compare_models as compared

    series = _series(args)
    found = compared(
        series,
        order=args.order,
        bins=args.bins,
        hidden_size=args.hidden_size,
        steps=args.steps,
        seed=args.seed,
    )
    errors = _terms(found)
    return Worked(
        name="compare_models",
        total=errors[0].value,
        solution=Written(
            written_formula=RMSE,
            written_substituted=RMSE.replace("{n}", f"{{{args.steps}}}"),
            written_terms=tuple(errors),
            written_lines=tuple(_lines(args, found)),
        ),
    )


def _series(args: CompareModelsArguments) -> Any:
    from tutor.engine.sequence import series

    if args.series is not None:
        for name in ("example", "length"):
            if getattr(args, name) is not None:
                raise EngineError(
                    msg("`{argument}` is given beside `series`.", argument=name),
                    msg("Give either a series, or an example by its name."),
                    argument=name,
                )
        return args.series
    match args.example:
        case None:
            raise EngineError(
                msg(
                    "`{name}` needs the argument `{argument}`.",
                    name="compare_models",
                    argument="series",
                ),
                msg("Give either a series, or an example by its name."),
                argument="series",
            )
        case "noisy_sine":
            return series.noisy_sine(args.length or LENGTH, period=SINE_PERIOD, seed=args.seed)
        case "fibonacci":
            return series.fibonacci(args.length or FIBONACCI_LENGTH)
        case "ar":
            return series.simulate_ar(AR_COEFFICIENTS, args.length or LENGTH, seed=args.seed)
        case "random_walk":
            return series.random_walk(args.length or LENGTH, seed=args.seed)
        case "pulses":
            return series.pulses(args.length or LENGTH, period=PULSE_PERIOD)


def _terms(found: Comparison) -> list[Term]:
    ar, markov, latent = found.ar[1], found.markov[1], found.latent[1]
    models = (("ar", msg("AR model"), ar), ("markov", msg("Markov chain"), markov))
    forecasts = (*models, ("latent", msg("Latent model"), latent))
    terms = [
        array_term(
            "one_step_errors",
            msg("Errors of one-step forecasts"),
            RMSE,
            [model.one_step_error for _, _, model in forecasts],
        ),
        array_term(
            "free_running_errors",
            msg("Errors of free-running forecasts"),
            RMSE,
            [model.free_running_error for _, _, model in forecasts],
        ),
        array_term("truth", msg("Values held out"), "x_t", found.truth),
    ]
    for name, model, made in forecasts:
        label = msg("{model}: one-step forecasts", model=model)
        terms.append(array_term(f"{name}_one_step", label, r"\hat{x}_t", made.one_step))
        label = msg("{model}: free-running forecasts", model=model)
        terms.append(array_term(f"{name}_free_running", label, r"\hat{x}_t", made.free_running))
    terms.append(array_term("states", msg("Hidden states"), "h_t", found.states))
    return terms


def _lines(args: CompareModelsArguments, found: Comparison) -> Iterator[Message]:
    ar, markov, latent = found.ar[1], found.markov[1], found.latent[1]
    yield msg(
        "The models are fitted on all values but those held out, $n = \\val{steps}$ at the end. An"
        r" error is $\sqrt{\frac{1}{n} \sum_t (x_t - \hat{x}_t)^2}$.",
        steps=args.steps,
    )
    yield msg(
        r"The AR model reads a window of the past, $\tau = \val{order}$. One-step error"
        r" $\val{one:.4g}$, free-running $\val{free:.4g}$.",
        order=args.order,
        one=ar.one_step_error,
        free=ar.free_running_error,
    )
    yield msg(
        "The Markov chain knows only the bin that the newest value fell into, of {bins} in all;"
        r" its forecast is the expected value. One-step error $\val{one:.4g}$, free-running"
        r" $\val{free:.4g}$.",
        bins=args.bins,
        one=markov.one_step_error,
        free=markov.free_running_error,
    )
    yield msg(
        r"The latent model reads the state $h_t = g(h_{t-1}, x_{t-1})$, of size $\val{size}$,"
        r" which can keep what a window has lost. One-step error $\val{one:.4g}$, free-running"
        r" $\val{free:.4g}$.",
        size=args.hidden_size,
        one=latent.one_step_error,
        free=latent.free_running_error,
    )
    yield msg(
        "One-step forecasts read true values; free-running ones read forecasts, so that errors"
        " can grow from step to step."
    )
