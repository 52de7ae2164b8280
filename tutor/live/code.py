"""Room codes: eight letters and digits that say where a room is, and open its door.

A code is 40 bits in Crockford's base32, the most significant bit first:

    kind of address | the address in its network | port − 8765 | secret

| kind | prefix | address | port | secret |
|---|---|---|---|---|
| 10.0.0.0/8 | 1 | 24 | 2 | 13 |
| 100.64.0.0/10, of VPNs such as Tailscale | 01 | 22 | 2 | 14 |
| 172.16.0.0/12 | 001 | 20 | 3 | 14 |
| 192.168.0.0/16 | 0001 | 16 | 3 | 17 |
| 169.254.0.0/16, of machines joined by a cable | 00001 | 16 | 3 | 16 |
| 127.0.0.1 | 000001 | 0 | 3 | 31 |
| none: a server that is named otherwise | 000000 | 0 | 0 | 34 |

An address or a port that has no place becomes a code without address. The secret is no
password: it keeps strangers who try codes out for as long as the server counts their tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from tutor.errors import ExitCode, TutorError
from tutor.text.keystrokes import keystrokes
from tutor.text.message import Message, msg
from tutor.text.safe import scrub

PORT = 8765  # where a server listens, or else on one of the next
LENGTH = 8
BITS = 40
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of address, and how many bits of a code it takes.

    Attributes:
        network: whose addresses it is for; None for a code without address.
        prefix_bits: the length of the prefix, which is a 1 after zeros, or all zeros.
    """

    network: IPv4Network | None
    prefix: int
    prefix_bits: int
    port_bits: int

    @property
    def address_bits(self) -> int:
        """How many bits the address takes."""
        return 0 if self.network is None else 32 - self.network.prefixlen

    @property
    def secret_bits(self) -> int:
        """How many bits are left for the secret."""
        return BITS - self.prefix_bits - self.address_bits - self.port_bits

    @property
    def ports(self) -> range:
        """The ports that can be said."""
        return range(PORT, PORT + 2**self.port_bits)


NOWHERE = Kind(None, 0, 6, 0)
KINDS = (
    Kind(IPv4Network("10.0.0.0/8"), 1, 1, 2),
    Kind(IPv4Network("100.64.0.0/10"), 1, 2, 2),
    Kind(IPv4Network("172.16.0.0/12"), 1, 3, 3),
    Kind(IPv4Network("192.168.0.0/16"), 1, 4, 3),
    Kind(IPv4Network("169.254.0.0/16"), 1, 5, 3),
    Kind(IPv4Network("127.0.0.1/32"), 1, 6, 3),
    NOWHERE,
)


@dataclass(frozen=True, slots=True)
class RoomCode:
    """A code that has been read.

    Attributes:
        code: eight signs without a dash, as it is on the wire.
        address: where the server is; None if the code does not say.
        port: on which the server listens; None with the address.
        secret: what only those know who have the code.
    """

    code: str
    address: IPv4Address | None
    port: int | None
    secret: int


def kind_for(address: IPv4Address | None, port: int) -> Kind:
    """Return the kind of code that a server at an address gets."""
    for kind in KINDS:
        if (
            address is not None
            and kind.network is not None
            and address in kind.network
            and port in kind.ports
        ):
            return kind
    return NOWHERE


def encode(address: IPv4Address | None, port: int, entropy: int) -> str:
    """Return a code, without a dash.

    Args:
        address: where players find the server; None if they are told otherwise.
        port: on which it listens.
        entropy: a random number of at least 40 bits; as many of the lowest as the kind has room
            for become the secret.
    """
    kind = kind_for(address, port)
    bits = kind.prefix
    if address is not None and kind.network is not None:
        bits = bits << kind.address_bits | int(address) - int(kind.network.network_address)
        bits = bits << kind.port_bits | port - PORT
    bits = bits << kind.secret_bits | entropy & (2**kind.secret_bits - 1)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))


def show(code: str) -> str:
    """Return a code as people read it out: `KQ7M-2XPD`."""
    return f"{code[:4]}-{code[4:]}"


def read(text: str) -> RoomCode:
    """Return what a code says, however it was typed.

    Capitals or not, with spaces and dashes or without, O for 0, I and L for 1, and with a Hangul
    input method on.

    Raises:
        TutorError: it is no room code.
    """
    if len(text) > 10 * LENGTH:
        raise _refused(
            msg("`{text}` is no room code: it is too long.", text=scrub(text[:16]) + "…")
        )
    signs = [
        sign for sign in keystrokes(text).upper() if not sign.isspace() and sign not in "-‐‑–—−_"
    ]
    for sign in signs:
        if sign not in _VALUES:
            raise _refused(
                msg(
                    "`{text}` is no room code: {sign} is never in one.",
                    text=scrub(text),
                    sign=scrub(sign),
                )
            )
    if len(signs) != LENGTH:
        raise _refused(
            msg(
                "`{text}` is no room code: a code has {length} letters and digits, not {count}.",
                text=scrub(text),
                count=len(signs),
                length=LENGTH,
            )
        )
    bits = 0
    for sign in signs:
        bits = bits << 5 | _VALUES[sign]
    return _decode(bits)


def _decode(bits: int) -> RoomCode:
    code = "".join(ALPHABET[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))
    kind = next(kind for kind in KINDS if bits >> (BITS - kind.prefix_bits) == kind.prefix)
    secret = bits & (2**kind.secret_bits - 1)
    if kind.network is None:
        return RoomCode(code, None, None, secret)
    port = PORT + (bits >> kind.secret_bits & (2**kind.port_bits - 1))
    offset = bits >> (kind.secret_bits + kind.port_bits) & (2**kind.address_bits - 1)
    return RoomCode(code, kind.network.network_address + offset, port, secret)


def _refused(message: Message) -> TutorError:
    hint = msg("a code looks like `KQ7M-2XPD`; the host's screen shows it")
    return TutorError(message, hint, exit_code=ExitCode.USAGE)
