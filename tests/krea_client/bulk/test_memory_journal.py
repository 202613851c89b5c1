"""The journal in memory keeps the contract."""

import pytest

from krea_client.bulk.memory_journal import MemoryJournal, MemoryRows

from .journal_contract import JournalContract, Opener


class TestMemoryJournal(JournalContract):
    @pytest.fixture
    def opener(self) -> Opener:
        rows = MemoryRows()
        return lambda: MemoryJournal(rows)
