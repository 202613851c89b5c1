"""What a task does: one paid job, to its file. It runs in the workers, which know everything from their environment."""

from __future__ import annotations

import os
from pathlib import Path

from krea_client import Krea

MODEL = "openai/gpt-image-2"
JOURNAL, RUN, OUTPUT, WAY = "ENGINES_JOURNAL", "ENGINES_RUN", "ENGINES_OUTPUT", "ENGINES_WAY"
BROKER = "ENGINES_BROKER"
JOB_SECONDS = 3
SETTLE_SECONDS = 5.0  # a POST of the sandbox takes 0.15 s, and more on a busy machine


def make_picture(key: str) -> str:
    """Make the picture of a key, as WAY says: "naive" submits it, "once" does so by `krea.bulk.once`."""
    body = {"prompt": f"{key} [sandbox:seconds={JOB_SECONDS}]", "width": 16, "height": 16}
    with Krea() as krea:
        if os.environ[WAY] == "naive":
            job = krea.submit(MODEL, body)
        else:
            journal, run = os.environ[JOURNAL], os.environ[RUN]
            job = krea.bulk.once(
                journal, key, MODEL, body, run=run, resend_absent=True, settle_seconds=SETTLE_SECONDS, shared=False
            )
        krea.save(krea.wait(job), Path(os.environ[OUTPUT], f"{key}.png"), overwrite=True)
    return key
