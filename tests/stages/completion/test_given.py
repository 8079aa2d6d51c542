"""Letters that are a part of what a field has."""

from __future__ import annotations

from intake.stages.completion.page.given import goes_on
from tests.stages.completion.test_addressed import KY_BODY
from tests.stages.completion.test_retyped import FORMS
from tests.typed import matched, typed_page


def test_a_value_that_goes_on_behind_some_of_its_letters_was_torn() -> None:
    body = KY_BODY.replace("Ленин көч., 5", "Ленин көч., 5\nбиринчи кабат")
    (placement,) = matched([(1, typed_page(body))], FORMS)
    holes = placement.holes["address"]
    (hole,) = holes
    text = "".join(placed.letter.text for placed in hole.letters)
    village, house = text.index("Гавриловка"), text.index("биринчи")
    assert goes_on(hole.letters[:village], holes)
    assert not goes_on(hole.letters[:house], holes)
    assert not goes_on(hole.letters, holes)
