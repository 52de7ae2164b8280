from __future__ import annotations

from tests.cli.conftest import Run


def test_the_list_of_pages_a_topic_and_a_page(run: Run) -> None:
    listed = run("read").out
    assert "lstm.gates" in listed
    topic = run("read", "lstm").out
    page = run("read", "lstm.gates").out
    assert page in topic
    assert "fₜ = σ(" in page
    assert max(map(len, page.splitlines())) <= 76


def test_a_page_in_korean(run: Run) -> None:
    assert "망각 게이트" in run("read", "lstm.gates", LANG="ko_KR.UTF-8").out


def test_an_unknown_page(run: Run) -> None:
    ran = run("read", "lstm.nothing")
    assert ran.code == 2
    assert "lstm" in ran.err
