"""Arrays as rows of text."""

from tutor.text.arrays import array_rows


def test_columns_are_aligned() -> None:
    assert array_rows(((0.25, -1.0), (100.0, 1e-9))) == ["0.25     −1", " 100  1e−09"]
    assert array_rows((1.0, -0.0, 0.123456)) == ["1  0  0.1235"]
    assert array_rows(((),)) == [""]
    assert array_rows((0.5, float("-inf"), float("inf"))) == ["0.5  −∞  ∞"]


def test_matrices_follow_each_other() -> None:
    assert array_rows((((1.0,),), ((2.0,),))) == ["1", "", "2"]


def test_large_arrays_are_shortened() -> None:
    rows = array_rows([[float(i * j) for j in range(20)] for i in range(20)])
    assert len(rows) == 12
    assert rows[10] == "…"
    assert rows[0].split() == ["0"] * 6 + ["…", "0"]
    assert rows[11].split()[-1] == "361"
    assert len({len(row) for row in rows if row != "…"}) == 1
