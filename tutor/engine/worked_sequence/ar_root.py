"""The largest characteristic root of an autoregressive model: whether shocks die away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from tutor.engine.arguments import Arguments
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_sequence.shared import (
    Coefficients,
    decimal,
    factor,
    sequence_worked,
    tex,
)
from tutor.text.message import Message, msg
from tutor.text.template import Markdown, tex_number, write_number

CLOSE = 1e-6  # a double root keeps half of its digits


class ArRootArguments(Arguments):
    """The coefficients φ_1 … φ_p of the model."""

    coefficients: Coefficients


@register("ar_root", ArRootArguments)
def ar_root(args: ArRootArguments) -> Worked:
    """Compute the largest modulus of a root of z^p − φ_1 z^{p−1} − … − φ_p.

    Below 1 the model is stable. The terms `modulus_1`, `modulus_2` … are the moduli of all
    roots, `real_1` and `imaginary_1` … their parts.
    """
    found = _roots(args.coefficients)
    polynomial = _polynomial(args.coefficients)
    moduli = [_number(abs(root)) for root in found]
    terms = []
    for k, (root, modulus) in enumerate(zip(found, moduli, strict=True), 1):
        written = _complex(root)
        terms += [
            Term(f"modulus_{k}", f"$|z_{{{k}}}|$", f"|z_{{{k}}}|", f"|{written}|", modulus),
            Term(
                f"real_{k}",
                rf"$\operatorname{{Re}} z_{{{k}}}$",
                rf"\operatorname{{Re}} z_{{{k}}}",
                written,
                root.real + 0.0,
            ),
            Term(
                f"imaginary_{k}",
                rf"$\operatorname{{Im}} z_{{{k}}}$",
                rf"\operatorname{{Im}} z_{{{k}}}",
                written,
                root.imag + 0.0,
            ),
        ]
    answer = Term(
        "largest",
        r"$\max_k |z_k|$",
        r"\max_k |z_k|",
        rf"\max({', '.join(map(tex, moduli))})",
        moduli[0],
    )
    return sequence_worked(
        "ar_root",
        answer,
        (answer, *terms),
        _lines(polynomial, found, float(moduli[0])),
        _mistakes(args.coefficients, moduli),
    )


def _roots(coefficients: Sequence[float]) -> list[complex]:
    from tutor.engine.sequence import ar, polynomial

    ar.given_ar(coefficients)  # refuses what is too large
    return polynomial.roots([Fraction(1), *(-decimal(value) for value in coefficients)])


def _number(value: float) -> int | float:
    nearest = round(value)
    return nearest if abs(value - nearest) < 1e-12 else float(value)


def _polynomial(phi: tuple[float, ...]) -> str:
    p = len(phi)
    text = _power(p)
    for lag, value in enumerate(phi, 1):
        if value == 0:
            continue
        power = _power(p - lag)
        size = tex(abs(value))
        written = power if power and size == "1" else rf"{size} {power}".strip()
        text += (" - " if value > 0 else " + ") + written
    return text


def _power(exponent: int) -> str:
    if exponent == 0:
        return ""
    return "z" if exponent == 1 else f"z^{{{exponent}}}"


def _complex(root: complex) -> str:
    if abs(root.imag) < 1e-12:
        return tex(round(root.real, 12) + 0.0)
    sign = "+" if root.imag > 0 else "-"
    return rf"{tex(root.real)} {sign} {tex(abs(root.imag))} i"


def _lines(polynomial: str, roots: list[complex], largest: float) -> Iterator[Message]:
    yield msg(
        r"A forecast without noise is a weighted sum of powers $z^t$ of the roots of"
        r" $z^p - \phi_1 z^{p-1} - \ldots - \phi_p$, if they differ."
    )
    yield msg(r"Here $\val{polynomial} = 0$.", polynomial=Markdown(polynomial))
    yield msg(
        r"The roots: $\val{roots}$.",
        roots=Markdown(r", \; ".join(_complex(root) for root in roots)),
    )
    if abs(largest - 1) < 1e-9 and _repeated(roots):
        yield msg(
            r"The largest modulus is $\val{value:.4g}$, on the unit circle, of a root that occurs"
            " twice: a shock grows.",
            value=largest,
        )
    elif abs(largest - 1) < 1e-9:
        yield msg(
            r"The largest modulus is $\val{value:.4g}$, on the unit circle: a shock never dies"
            " away.",
            value=largest,
        )
    elif largest < 1:
        yield msg(
            r"The largest modulus is $\val{value}$, below 1: the model is stable, a shock dies"
            " away.",
            value=Markdown(_not_as_one(largest)),
        )
    else:
        yield msg(
            r"The largest modulus is $\val{value}$, above 1: the model is not stable, a shock"
            " grows.",
            value=Markdown(_not_as_one(largest)),
        )
    yield msg(
        r"The package statsmodels states the roots of $1 - \phi_1 z - \ldots - \phi_p z^p$ instead:"
        " the reciprocals, outside the unit circle for a stable model."
    )


def _not_as_one(modulus: float) -> str:
    """Return a modulus that is not 1 as TeX, with digits enough to see that it is not."""
    short = write_number(modulus, ".4g")
    return tex_number(write_number(modulus, ".10g") if short == "1" else short)


def _repeated(roots: list[complex]) -> bool:
    """Return whether a root of the largest modulus occurs twice."""
    most = abs(roots[0])
    highest = [root for root in roots if abs(root) > most - CLOSE]
    return any(abs(a - b) < CLOSE for a, b in combinations(highest, 2))


def _mistakes(phi: tuple[float, ...], moduli: list[int | float]) -> Iterator[Mistake]:
    largest, smallest = moduli[0], moduli[-1]
    if largest:
        yield Mistake(
            "reciprocal-root",
            msg(
                r"$\val{value:.4g}$ is the reciprocal: the modulus of a root of"
                r" $1 - \phi_1 z - \ldots$, for which stable means outside the unit circle.",
                value=1 / largest,
            ),
            1 / largest,
        )
    if len(phi) > 1:
        yield Mistake(
            "smallest-root",
            msg(
                r"$\val{value:.4g}$ is the smallest modulus. The largest root outlasts the others.",
                value=smallest,
            ),
            smallest,
        )
        total = _number(sum(phi))
        yield Mistake(
            "coefficients-summed",
            msg(
                r"$\val{value:.4g}$ is the sum of the coefficients. It tells whether 1 is a root,"
                " not how large the roots are.",
                value=total,
            ),
            total,
        )
        most = _number(max(map(abs, phi)))
        yield Mistake(
            "largest-coefficient",
            msg(
                r"$\val{value:.4g}$ is the largest coefficient in size. With several lags the"
                " roots decide.",
                value=most,
            ),
            most,
        )
    if len(phi) == 2:
        flipped = _sign_flipped(phi)
        yield Mistake(
            "signs-flipped",
            msg(
                r"$\val{value:.4g}$ is the largest modulus for $z^2 + \val{a} z + \val{b} = 0$. The"
                " coefficients are taken to the other side, so their signs change.",
                value=flipped,
                a=Markdown(factor(phi[0])),
                b=Markdown(factor(phi[1])),
            ),
            flipped,
        )


def _sign_flipped(phi: tuple[float, ...]) -> int | float:
    return _number(abs(_roots([-value for value in phi])[0]))
