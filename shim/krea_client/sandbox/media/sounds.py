"""The sandbox's sounds: a small tune over a drone, as a WAV file."""

from __future__ import annotations

import io
import math
import random
import wave
from itertools import accumulate

RATE = 8000  # samples a second, one byte each: a minute has 480 kB
NOTE = RATE // 4
BAR = 16  # notes; after it the tune begins again
SCALE = (0, 2, 4, 7, 9, 12, 14, 16)  # half tones of a major pentatonic
LOWEST = 220.0  # Hz


def sound(seed: int, seconds: float) -> bytes:
    """Make a sound of that length as a WAV; the same arguments give the same bytes."""
    phrase = _phrase(random.Random(seed))
    length = max(1, round(seconds * RATE))
    samples = (phrase * (length // len(phrase) + 1))[:length]
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(samples)
    return buffer.getvalue()


def _phrase(chance: random.Random) -> bytes:
    root = LOWEST * 2 ** (chance.randrange(12) / 12)
    steps = [chance.choice((-2, -1, -1, 1, 1, 2)) for _ in range(BAR)]
    places = accumulate(steps, lambda at, step: min(max(at + step, 0), len(SCALE) - 1), initial=chance.randrange(5))
    fading = [math.exp(-4 * place / NOTE) * min(1.0, place / 80) for place in range(NOTE)]
    samples = bytearray()
    for number, place in zip(range(BAR), places, strict=False):
        turn = math.tau * root * 2 ** (SCALE[place] / 12) / RATE
        low = math.tau * root / 2 / RATE
        for at, loud in enumerate(fading):
            tone = math.sin(turn * at) + 0.3 * math.sin(2 * turn * at)
            drone = math.sin(low * (number * NOTE + at))
            samples.append(round(128 + 70 * loud * tone + 12 * drone))
    return bytes(samples)
