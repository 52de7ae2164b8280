"""The addresses at which others on the network find this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from ipaddress import AddressValueError, IPv4Address

from tutor.live.code import KINDS

LOOPBACK = IPv4Address("127.0.0.1")
# A datagram socket that is connected to one of these is bound to the address from which packets
# would go there; nothing is sent. The first is for documentation: only the default route has it.
_TOWARDS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "100.100.100.100")


def lan_addresses(ask: Callable[[], Iterable[str]] | None = None) -> tuple[IPv4Address, ...]:
    """Return this machine's IPv4 addresses, the most useful first; 127.0.0.1 if it has no other.

    Args:
        ask: gives what the operating system knows; the system itself, if None.
    """
    found = []
    for text in (ask or _ask_system)():
        with suppress(AddressValueError):
            found.append(IPv4Address(text))
    return rank(found)


def rank(found: Iterable[IPv4Address]) -> tuple[IPv4Address, ...]:
    """Return addresses without repetition, the most useful first.

    Those of a local network come before those of a VPN, of a cable, and of the Internet; equally
    useful ones stay in their order. Loopback is for when there is nothing else.
    """
    useful = dict.fromkeys(
        address
        for address in found
        if not (address.is_loopback or address.is_unspecified or address.is_multicast)
    )
    return tuple(sorted(useful, key=_use)) or (LOOPBACK,)


def _use(address: IPv4Address) -> int:
    prefix_bits = next(
        (kind.prefix_bits for kind in KINDS if kind.network and address in kind.network), None
    )
    match prefix_bits:
        case 1 | 3 | 4:
            return 0
        case 2:
            return 1
        case 5:
            return 2
        case _:
            return 3


def _ask_system() -> Iterator[str]:
    for there in _TOWARDS:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((there, 9))
            yield probe.getsockname()[0]
    with suppress(OSError, UnicodeError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(address[0])
