"""The ledger of a run knows its own jobs, however their ids are written."""

import uuid

from krea_client.bulk.journal import BulkItem
from krea_client.bulk.memory_journal import MemoryJournal, MemoryRows
from krea_client.bulk.run_ledger import RunLedger
from krea_client.bulk.states import ItemState

JOB = str(uuid.UUID(int=0xABCDEF << 100))


def test_a_job_is_our_own_in_every_way_of_writing_its_id() -> None:
    ledger = RunLedger(MemoryJournal(MemoryRows()))
    item = BulkItem(7, "a", state=ItemState.ACCEPTED, job_id=JOB)
    ledger.recover([item])
    for written in (JOB, JOB.upper(), JOB.replace("-", "")):
        assert ledger.is_own(written)
        assert ledger.ordinal_of(written) == 7
    assert not ledger.is_own(str(uuid.UUID(int=1)))
    ledger.note(item.to(ItemState.FAILED))
    assert ledger.ordinal_of(JOB.upper()) is None
    assert ledger.is_own(JOB.upper())
