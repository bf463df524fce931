"""The shipped models are what their training makes, from sentences that are well formed."""

import io
from collections import Counter
from importlib.resources import files

import numpy as np
import pytest

from nlp.codes import CODES
from nlp.model import FILE
from nlp.train import Sentence, sentences, train
from nlp.vectors import FILE as VECTORS
from nlp.vectors import meaning

pytestmark = pytest.mark.usefixtures("untraced")

STEPS = 2
"""Weights are kept in 127 steps; other processors round a little differently."""
LARGEST = 8_000_000


@pytest.fixture(scope="module")
def told() -> list[Sentence]:
    return sentences()


def test_teaching_again_makes_the_shipped_model() -> None:
    shipped = np.load(io.BytesIO(files("nlp").joinpath("data", FILE).read_bytes()))
    again = np.load(io.BytesIO(train()))
    assert bytes(again["about"]) == bytes(shipped["about"])
    have, want = (bytes(m["features"]).decode().split("\n") for m in (again, shipped))
    both = sorted(set(have) & set(want))
    assert len(both) >= 0.999 * max(len(have), len(want))
    rows = {name: n for n, name in enumerate(have)}, {name: n for n, name in enumerate(want)}
    new, old = (
        m["sparse"][[r[f] for f in both]].astype(int)
        for m, r in zip((again, shipped), rows, strict=True)
    )
    assert np.abs(new - old).max() <= STEPS
    assert np.allclose(again["bias"], shipped["bias"], atol=0.02)


def test_the_model_and_the_vectors_are_small() -> None:
    sizes = [len(files("nlp").joinpath("data", name).read_bytes()) for name in (FILE, VECTORS)]
    assert sum(sizes) < LARGEST


def test_every_code_region_and_flag_has_its_sentences(told: list[Sentence]) -> None:
    assert len(told) >= 4_000
    codes = Counter(s.codes[0] for s in told)
    assert set(codes) == set(CODES)
    assert min(codes.values()) >= 100
    assert all(n >= 500 for n in Counter(s.region for s in told).values())
    assert sum("e" in s.flags for s in told) >= 300
    assert sum("c" in s.flags for s in told) >= 1_000


def test_no_sentence_is_told_twice(told: list[Sentence]) -> None:
    assert not [text for text, n in Counter(s.text for s in told).items() if n > 1]


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("หมา", "สุนัข", "ถนน"), ("หลุม", "ขรุขระ", "ขยะ"), ("ท่วม", "ขัง", "เสียงดัง")],
)
def test_words_of_one_sense_lie_near_each_other(word: str, near: str, far: str) -> None:
    assert meaning([word]) @ meaning([near]) > 0.3 + meaning([word]) @ meaning([far])


def test_words_never_seen_mean_nothing() -> None:
    assert not meaning(["ฮฮฮฮ", ""]).any()
