from __future__ import annotations

from intake.train.measure import Tally


def test_errors_are_counted_a_letter_and_a_line() -> None:
    tally = Tally()
    tally.note("x", "мектеп", "мектеп", 0.1)
    tally.note("x", "өкмөт", "окмот", 0.1)
    assert (tally.letters, tally.errors, tally.lines, tally.right) == (11, 2, 2, 1)
    assert tally.wrong == [("x", "өкмөт", "окмот")]
    assert "letters wrong  18.18 %" in str(tally)


def test_dashes_and_quotes_of_all_kinds_are_the_same() -> None:
    tally = Tally()
    tally.note("x", "«а» – б", "“а” - б", 0.0)
    assert tally.errors == 0
