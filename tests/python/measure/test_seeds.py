"""Everything that is drawn comes from one secret, which the report commits to."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from rooflab.measure.seeds import Seeds

labels = st.lists(st.one_of(st.integers(), st.text("abc", min_size=1)), min_size=1)


@given(labels)
def test_a_label_always_draws_the_same(label: list[str | int]) -> None:
    assert Seeds(b"secret").number(*label) == Seeds(b"secret").number(*label)


@given(labels, labels)
def test_other_labels_draw_something_else(one: list[str | int], other: list[str | int]) -> None:
    seeds = Seeds(b"secret")
    same = list(map(str, one)) == list(map(str, other))
    assert (seeds.number(*one) == seeds.number(*other)) == same


@given(labels, labels)
def test_keys_have_256_bits_and_differ_as_numbers_do(
    one: list[str | int], other: list[str | int]
) -> None:
    key, another = Seeds(b"secret").key(*one), Seeds(b"secret").key(*other)
    assert len(bytes.fromhex(key)) == 32
    assert (key == another) == (list(map(str, one)) == list(map(str, other)))


@given(labels)
def test_numbers_fit_a_signed_64_bit_integer(label: list[str | int]) -> None:
    assert 0 <= Seeds().number(*label) < 1 << 63


def test_each_session_has_a_secret_of_its_own() -> None:
    assert Seeds().number("order") != Seeds().number("order")


def test_the_commitment_can_be_checked_against_the_secret() -> None:
    assert Seeds(b"secret").commitment == hashlib.sha256(b"secret").hexdigest()


def test_the_secret_is_not_shown() -> None:
    seeds = Seeds()
    assert repr(seeds.secret) not in repr(seeds)
