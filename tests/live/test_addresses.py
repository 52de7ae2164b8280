"""Where this machine is found."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.live.addresses import LOOPBACK, lan_addresses, rank


@pytest.mark.parametrize(
    ("known", "best"),
    [
        ([], ["127.0.0.1"]),
        (["127.0.1.1", "0.0.0.0"], ["127.0.0.1"]),  # noqa: S104 - what a system may answer, not a binding
        (["192.168.0.12", "127.0.1.1", "192.168.0.12"], ["192.168.0.12"]),
        (
            ["8.8.8.8", "100.101.1.2", "10.0.0.7", "169.254.3.4", "172.20.0.2"],
            ["10.0.0.7", "172.20.0.2", "100.101.1.2", "169.254.3.4", "8.8.8.8"],
        ),
        (["fe80::1", "nonsense", "192.168.1.5"], ["192.168.1.5"]),
        (["172.32.0.1", "172.31.0.1"], ["172.31.0.1", "172.32.0.1"]),
    ],
)
def test_the_most_useful_address_comes_first(known: list[str], best: list[str]) -> None:
    assert [str(address) for address in lan_addresses(lambda: known)] == best


@given(st.lists(st.ip_addresses(v=4)))
def test_ranking_neither_invents_nor_repeats(found: list[IPv4Address]) -> None:
    ranked = rank(found)
    assert ranked
    assert len(set(ranked)) == len(ranked)
    assert set(ranked) <= {*found, LOOPBACK}
    assert (LOOPBACK in ranked) == (ranked == (LOOPBACK,))
    assert rank(ranked) == ranked


def test_this_machine_has_an_address() -> None:
    assert all(isinstance(address, IPv4Address) for address in lan_addresses())
    assert lan_addresses()
