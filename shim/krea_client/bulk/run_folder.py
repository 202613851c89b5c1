"""Begin or resume a run: lock its journal, compare its input, plan new items, and load the state of an earlier process. Blocks."""

from __future__ import annotations

import json
import os
import platform
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from krea_client.bulk.backends import open_journal, open_storage
from krea_client.bulk.input_files import InputError, InputLine, InputSource, pick
from krea_client.bulk.iterable_input import IterableInput
from krea_client.bulk.journal import Journal, JournalError, Write
from krea_client.bulk.planning import BulkPlan, make_plan
from krea_client.bulk.preparing import Preparer
from krea_client.bulk.reports import BulkReport, write_manifests, write_problems
from krea_client.bulk.result_names import ITEMS_PER_FOLDER
from krea_client.bulk.run_parts import CHAIN, CHAIN_ITEMS, WEBHOOK_SIGNER
from krea_client.bulk.runner import Recovered
from krea_client.bulk.states import ItemState
from krea_client.bulk.storage import Storage
from krea_client.errors import KreaError

JOURNAL_VARIABLE = "KREA_BULK_JOURNAL"
RUN, ITEMS, DEFAULTS, MANIFEST_FROM = "run", "items", "defaults", "manifest_from"
_S = ItemState


class RunPlace(NamedTuple):
    """Where a run is.

    Attributes:
        output: a local folder, or an address of object storage.
        journal: an address, or a local folder; None is the environment's, then the output.
    """

    output: str | Path
    journal: str | None = None

    def open_journal(self) -> Journal:
        """Return the journal, not led.

        Raises:
            JournalError: it cannot be used.
        """
        address = self.journal or os.environ.get(JOURNAL_VARIABLE, "").strip() or None
        if address is not None and "://" in address:
            return open_journal(address, str(self.output), Path())
        if address is None and "://" in str(self.output):
            raise JournalError(
                f"{self.output}: object storage keeps no journal; give --journal with a local folder or postgresql://..."
            )
        return open_journal(None, str(self.output), Path(address or self.output))

    def open_storage(self) -> Storage:
        """Return the storage."""
        return open_storage(self.output)


class BadBulkInput(KreaError):
    """Lines of the input cannot be sent. Nothing was sent.

    Attributes:
        plan: with the problems.
    """

    plan: BulkPlan | None = None

    @classmethod
    def of(cls, plan: BulkPlan) -> BadBulkInput:
        """Return the error about the problems of a plan."""
        first = plan.problems[0]
        more = f" (and {plan.problem_count - 1} more)" if plan.problem_count > 1 else ""
        error = cls(f"{first.label}: {first.text}{more}; nothing was sent")
        error.plan = plan
        return error


class NothingBegun(JournalError):
    """There is no run at this place."""


@dataclass
class BegunRun:
    """A run that this process leads.

    Attributes:
        recovered: what an earlier process has left.
        lines: the items that have not been begun.
        plan: made now, or None where the input had been planned before.
        total: number of items, or None where that is not known.
        changed_folders: folders whose manifests are to be written.
        is_closed: whether the journal was released.
    """

    journal: Journal
    storage: Storage
    recovered: Recovered
    lines: Iterator[InputLine]
    plan: BulkPlan | None
    total: int | None
    manifest_from: int = 0
    changed_folders: set[int] = field(default_factory=set[int])
    is_closed: bool = False

    def close(self) -> None:
        """Release the journal; a second call does nothing."""
        if not self.is_closed:
            self.is_closed = True
            self.journal.close()

    def webhook_secret(self) -> str:
        """Return what signs the webhook addresses of this run, also after a restart."""
        secret = self.journal.settings().get(WEBHOOK_SIGNER)
        if secret is None:
            secret = secrets.token_urlsafe(32)
            self.journal.write(Write(settings={WEBHOOK_SIGNER: secret}))
        return secret

    def finish(self, report: BulkReport) -> None:
        """Write the manifests, and the file of problems."""
        write_manifests(self.journal, self.storage, self.manifest_from, self.changed_folders)
        if report.failed or report.unknown:
            write_problems(self.journal, self.storage)
        last = max(0, self.journal.next_ordinal() - 1) // ITEMS_PER_FOLDER
        open_items = self.journal.open_items()
        first = min([last, *(item.ordinal // ITEMS_PER_FOLDER for item in open_items)])
        self.journal.write(Write(settings={MANIFEST_FROM: str(first)}))


def leader_name() -> str:
    """Return what other processes are told of this one."""
    return f"process {os.getpid()} on {platform.node() or 'this computer'}"


def begin_run(
    place: RunPlace,
    source: InputSource,
    preparer: Preparer,
    *,
    resend_absent: bool,
    on_plan: Callable[[int], object] | None = None,
) -> BegunRun:
    """Lead the run at a place, and make sure that its input is the one it was begun with, and can be sent.

    Raises:
        LedByAnother: another process works on it.
        JournalError, InputError: it cannot be begun or resumed; the message says what to do.
        BadBulkInput: lines of the input cannot be sent.
    """
    journal = place.open_journal()
    storage = place.open_storage()
    journal.lead(leader_name())
    try:
        return _begin(journal, storage, source, preparer, resend_absent, on_plan)
    except BaseException:
        journal.close()
        raise


def _begin(
    journal: Journal,
    storage: Storage,
    source: InputSource,
    preparer: Preparer,
    resend_absent: bool,
    on_plan: Callable[[int], object] | None,
) -> BegunRun:
    settings = journal.settings()
    if RUN not in settings and storage.holds_results():
        raise JournalError(
            f"{storage.address}: results of a run are there, and its journal is not, so what was paid for is not known; "
            "put the journal back, or give another folder"
        )
    if RUN in settings:
        source.check(settings)
        _check_defaults(preparer, settings)
    plan = _plan_what_is_new(source, preparer, settings, on_plan)
    changes = _settings_of(source, preparer, settings, plan)
    if changes:
        journal.write(Write(settings=changes))
        settings = journal.settings()
    total = int(settings[ITEMS]) if ITEMS in settings else None
    open_items = journal.open_items()
    first = min([int(settings.get(MANIFEST_FROM, 0)), *(item.ordinal // ITEMS_PER_FOLDER for item in open_items)])
    if str(first) != settings.get(MANIFEST_FROM):
        journal.write(Write(settings={MANIFEST_FROM: str(first)}))
    states = {_S.PLANNED, _S.INTENT} if resend_absent else {_S.PLANNED}
    ordinals = [item.ordinal for item in open_items if item.state in states]
    again, lines = _read_input(journal, source, settings, ordinals)
    missing = [item for item in open_items if item.state is _S.PLANNED and item.ordinal not in again]
    if missing:
        raise InputError(f"{source.name}: item {missing[0].key!r} is not there any more; give the whole input")
    unknowns = list(journal.items({_S.UNKNOWN})) if journal.counts().of(_S.UNKNOWN) else []
    recovered = Recovered(open_items, unknowns, again, settings)
    return BegunRun(journal, storage, recovered, lines, plan, total, first)


def _check_defaults(preparer: Preparer, settings: Mapping[str, str]) -> None:
    if settings.get(DEFAULTS) != _defaults_text(preparer):
        raise InputError(
            f"this run was begun with other values for all items ({settings.get(DEFAULTS)}, now {_defaults_text(preparer)}); "
            "give the same, or another folder"
        )


def _defaults_text(preparer: Preparer) -> str:
    return json.dumps(dict(preparer.defaults.values), sort_keys=True, default=str)


def _plan_what_is_new(
    source: InputSource, preparer: Preparer, settings: Mapping[str, str], on_plan: Callable[[int], object] | None
) -> BulkPlan | None:
    """Return the plan of an input that was not planned yet, or to which lines were appended."""
    if not source.can_be_read_twice or (RUN in settings and source.is_unchanged(settings)):
        return None
    plan = make_plan(source.lines(), preparer, on_plan)
    preparer.deprecated = Counter()  # the run counts anew
    if plan.problem_count:
        raise BadBulkInput.of(plan)
    return plan


def _settings_of(
    source: InputSource, preparer: Preparer, settings: Mapping[str, str], plan: BulkPlan | None
) -> dict[str, str | None]:
    changes: dict[str, str | None] = {}
    if RUN not in settings:
        changes.update({RUN: secrets.token_hex(8), DEFAULTS: _defaults_text(preparer)})
    if plan is not None:
        changes[ITEMS] = str(plan.items)
    if RUN not in settings or plan is not None:
        changes.update(source.fingerprint())
    return changes


def _read_input(
    journal: Journal, source: InputSource, settings: Mapping[str, str], ordinals: Collection[int]
) -> tuple[dict[int, InputLine], Iterator[InputLine]]:
    """Return the lines of these items, and those of items that have not been begun.

    Raises:
        InputError: the items are not those that the run was begun with.
    """
    following = journal.next_ordinal()
    if not isinstance(source, IterableInput):
        again = {line.ordinal: line for line in pick(source, ordinals, journal.checkpoint)} if ordinals else {}
        lines = source.lines(journal.checkpoint(following))
        return again, (line for line in lines if line.ordinal >= following)
    count = int(settings.get(CHAIN_ITEMS, 0))
    items = source.pass_over(count, ordinals)
    if items.item_count < count or (count and items.digest != settings.get(CHAIN)):
        raise InputError(
            f"{source.name}: not the items that this run was begun with; give the same ones in the same order, or another folder"
        )
    for line in islice(items.following, max(0, following - count)):  # refused ones, which are not in the digest
        items.lines[line.ordinal] = line
    return items.lines, items.following
