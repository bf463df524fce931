"""Who may do what where: the whole table, refused by default."""

import itertools

import pytest

from planning.roles import ALLOWED, ROLE_TH, Action, Role, RoleGrant, may

VILLAGER, HEAD, KAMNAN, FIELD, LOCAL, DISTRICT, CHIEF, ADMIN = Role
MATRIX: dict[Action, set[Role]] = {
    Action.SEE_SUMMARY: {HEAD, KAMNAN, FIELD, LOCAL, DISTRICT, CHIEF, ADMIN},
    Action.RUN_FORUM: {HEAD, DISTRICT, ADMIN},
    Action.RUN_DESK: {HEAD, LOCAL, DISTRICT, CHIEF, ADMIN},
    Action.SEE_STATUS: {HEAD, KAMNAN, LOCAL, DISTRICT, CHIEF, ADMIN},
    Action.CHANGE_STATUS: {LOCAL, DISTRICT, CHIEF, ADMIN},
    Action.REPORT_FOR_OTHERS: {HEAD, KAMNAN, FIELD, LOCAL, DISTRICT, CHIEF, ADMIN},
    Action.SEE_CONFIDENTIAL: {DISTRICT, CHIEF},
    Action.MUTE: {DISTRICT, ADMIN},
}
HERE = "20040301"


def grant(role: Role, area: str = HERE) -> tuple[RoleGrant, ...]:
    """One grant."""
    return (RoleGrant(person_id=1, role=role, area=area),)


def test_the_table_names_every_action() -> None:
    assert set(MATRIX) == set(Action) == set(ALLOWED)


@pytest.mark.parametrize(("action", "role"), list(itertools.product(Action, Role)))
def test_each_role_may_do_what_the_table_says_and_no_more(action: Action, role: Role) -> None:
    assert may(grant(role), action, HERE) is (role in MATRIX[action])


@pytest.mark.parametrize("action", Action)
def test_without_a_grant_nothing_is_allowed(action: Action) -> None:
    assert not may((), action, HERE)
    assert not may(grant(VILLAGER, "2004"), action, HERE)


@pytest.mark.parametrize(
    ("area", "allowed"),
    [(HERE, True), ("200403", True), ("2004", True), ("20", True), ("20040302", False),
     ("200404", False), ("2005", False), ("", False), ("2", False)],
)  # fmt: skip
def test_a_grant_holds_within_its_area(area: str, allowed: bool) -> None:
    assert may(grant(ADMIN, area), Action.SEE_SUMMARY, HERE) is allowed


def test_role_and_area_must_come_from_the_same_grant() -> None:
    grants = (*grant(HEAD, "20040302"), *grant(FIELD, HERE))
    assert not may(grants, Action.RUN_FORUM, HERE)
    assert may(grants, Action.RUN_FORUM, "20040302")
    assert may(grants, Action.SEE_SUMMARY, HERE)


def test_an_accusation_never_reaches_a_head_or_a_keeper_of_the_system() -> None:
    for role in (HEAD, KAMNAN, FIELD, LOCAL, ADMIN):
        assert not may(grant(role, "2004"), Action.SEE_CONFIDENTIAL, HERE)


def test_every_role_has_a_thai_name_of_its_own() -> None:
    assert set(ROLE_TH) == set(Role)
    assert len(set(ROLE_TH.values())) == len(Role)
