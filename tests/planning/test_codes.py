"""Codes survive a phone line: every slip of one sign and every swap of neighbours is caught."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.codes import ALPHABET, new_code, new_tracking_code, tidy_code

CODES = st.text(ALPHABET, min_size=5, max_size=5).map(
    lambda body: next(body + c for c in ALPHABET if tidy_code(body + c))
)
PREFIXES = {"issue": "IS", "project": "PJ", "forum": "FM", "agenda": "AG", "resolution": "RS"}


def test_the_signs_cannot_be_mixed_up() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 25
    assert not set(ALPHABET) & set("0O1ILB8S5Z2")


@given(CODES)
def test_every_body_has_exactly_one_check_sign(code: str) -> None:
    assert [c for c in ALPHABET if tidy_code(code[:5] + c)] == [code[5]]


@given(CODES)
def test_every_slip_of_one_sign_is_caught(code: str) -> None:
    slips = [
        code[:at] + sign + code[at + 1 :]
        for at, sign in itertools.product(range(6), ALPHABET)
        if sign != code[at]
    ]
    assert len(slips) == 6 * 24
    assert [slip for slip in slips if tidy_code(slip)] == []


@given(CODES, st.sampled_from([1, 2]))
def test_every_swap_of_neighbours_and_of_neighbours_but_one_is_caught(code: str, gap: int) -> None:
    for at in range(6 - gap):
        signs = list(code)
        signs[at], signs[at + gap] = signs[at + gap], signs[at]
        swapped = "".join(signs)
        assert swapped == code or tidy_code(swapped) is None


@given(st.sampled_from(sorted(PREFIXES)))
def test_new_codes_are_read_back(kind: str) -> None:
    code = new_code(kind)
    assert code[:3] == PREFIXES[kind] + "-"
    assert tidy_code(code) == code
    assert tidy_code(new_tracking_code()) is not None


def test_new_codes_differ() -> None:
    assert len({new_tracking_code() for _ in range(200)}) > 195


@given(
    CODES,
    st.sampled_from(["", "IS", "PJ", "FM", "AG", "RS"]),
    st.lists(st.sampled_from(["", " ", "-", "–", ".", "_"]), min_size=8, max_size=8),
    st.booleans(),
)
def test_spaces_dashes_and_case_are_forgiven(
    code: str, prefix: str, gaps: list[str], low: bool
) -> None:
    said = "".join(sign + gap for sign, gap in zip(prefix + code, gaps, strict=False))
    said = said.lower() if low else said
    assert tidy_code(said) == (f"{prefix}-{code}" if prefix else code)


def test_thai_digits_are_forgiven() -> None:
    code = next(f"34679{c}" for c in ALPHABET if tidy_code(f"34679{c}"))
    assert tidy_code(code.translate(str.maketrans("34679", "๓๔๖๗๙"))) == code


def test_only_agendas_have_item_numbers() -> None:
    code = next("AAAAA" + c for c in ALPHABET if tidy_code("AAAAA" + c))
    assert tidy_code(f"AG-{code}/2") == f"AG-{code}/2"
    assert tidy_code(f"ag {code} / ๑๒") == f"AG-{code}/12"
    for wrong in (f"IS-{code}/2", f"{code}/2", f"AG-{code}/", f"AG-{code}/1234"):
        assert tidy_code(wrong) is None


@given(st.text(max_size=12))
def test_any_text_is_a_code_or_nothing(text: str) -> None:
    code = tidy_code(text)
    assert code is None or tidy_code(code) == code


@pytest.mark.parametrize("text", ["", "ถนนพัง", "XX-AAAAAA", "AAAAA", "AAAAAAA", "ISISIS", "00000O"])
def test_what_is_no_code(text: str) -> None:
    assert tidy_code(text) is None


def test_a_kind_without_a_prefix_is_refused() -> None:
    with pytest.raises(KeyError):
        new_code("report")
