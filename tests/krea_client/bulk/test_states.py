"""An item takes the steps of the design and no other."""

from itertools import product

import pytest

from krea_client.bulk.journal import BulkItem
from krea_client.bulk.states import STEPS, IllegalStep, ItemState


@pytest.mark.parametrize(("before", "after"), list(product(ItemState, ItemState)))
def test_only_steps_of_the_design_are_taken(before: ItemState, after: ItemState) -> None:
    item = BulkItem(0, "a", before)
    if after in STEPS[before]:
        assert item.to(after).state is after
    else:
        with pytest.raises(IllegalStep, match=f"from {before.name.lower()} to {after.name.lower()}"):
            item.to(after)


def test_a_job_that_may_be_billed_is_sent_again_only_on_command() -> None:
    """Nothing leads from a state with a job, or with an unknown outcome, to another POST but a command of the user's."""
    by_answer_or_command = {ItemState.INTENT, ItemState.UNKNOWN, ItemState.FAILED, ItemState.EMPTY, ItemState.REFUSED}
    assert {state for state, steps in STEPS.items() if ItemState.PLANNED in steps} == by_answer_or_command
