"""Weighed evidence becomes probabilities that never leave their bounds."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from nlp.odds import logistic, softmax

FINITE = st.floats(-1e6, 1e6)


@given(FINITE, FINITE)
def test_more_evidence_is_never_less_likely(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0 < logistic(low) <= logistic(high) < 1
    assert isclose(logistic(a) + logistic(-a), 1)


def test_no_evidence_is_an_even_chance() -> None:
    assert logistic(0) == 0.5


@given(st.dictionaries(st.text(), FINITE, min_size=1))
def test_shares_sum_to_one_and_keep_the_order(logits: dict[str, float]) -> None:
    shares = softmax(logits)
    assert isclose(sum(shares.values()), 1)
    assert shares.keys() == logits.keys()
    assert shares[max(logits, key=lambda k: logits[k])] == max(shares.values())
