"""Roles with an area, and what each may do."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from planning.areas import covers


class Role(StrEnum):
    """บทบาท. A villager needs no grant."""

    VILLAGER = "villager"
    HEAD = "head"
    KAMNAN = "kamnan"
    FIELD_WORKER = "field_worker"
    LOCAL_OFFICER = "local_officer"
    DISTRICT_OFFICER = "district_officer"
    DISTRICT_CHIEF = "district_chief"
    ADMIN = "admin"


ROLE_TH = {
    Role.VILLAGER: "ชาวบ้าน",
    Role.HEAD: "ผู้ใหญ่บ้าน/ประธานชุมชน",
    Role.KAMNAN: "กำนัน",
    Role.FIELD_WORKER: "ผู้เก็บข้อมูลตำบล",
    Role.LOCAL_OFFICER: "เจ้าหน้าที่ท้องถิ่น",
    Role.DISTRICT_OFFICER: "ปลัดอำเภอผู้รับผิดชอบ",
    Role.DISTRICT_CHIEF: "นายอำเภอ",
    Role.ADMIN: "ผู้ดูแลระบบ",
}


def menu_of(roles: Collection[Role]) -> str:
    """The menu that somebody of these roles sees: "head", "kamnan", "officer", or "villager" of none.

    Who holds several sees the one with which the most is done in the village itself.
    """
    for role in (Role.HEAD, Role.KAMNAN):
        if role in roles:
            return role.value
    return "officer" if set(roles) - {Role.VILLAGER} else Role.VILLAGER.value


class Action(StrEnum):
    """What needs a role."""

    SEE_SUMMARY = "see_summary"
    RUN_FORUM = "run_forum"
    RUN_DESK = "run_desk"
    SEE_STATUS = "see_status"
    CHANGE_STATUS = "change_status"
    REPORT_FOR_OTHERS = "report_for_others"
    SEE_CONFIDENTIAL = "see_confidential"
    MUTE = "mute"


_OFFICERS = frozenset({Role.LOCAL_OFFICER, Role.DISTRICT_OFFICER, Role.DISTRICT_CHIEF, Role.ADMIN})
ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEE_SUMMARY: _OFFICERS | {Role.HEAD, Role.KAMNAN, Role.FIELD_WORKER},
    Action.RUN_FORUM: frozenset({Role.HEAD, Role.DISTRICT_OFFICER, Role.ADMIN}),
    Action.RUN_DESK: _OFFICERS | {Role.HEAD},
    Action.SEE_STATUS: _OFFICERS | {Role.HEAD, Role.KAMNAN},
    Action.CHANGE_STATUS: _OFFICERS,
    Action.REPORT_FOR_OTHERS: frozenset(set(Role) - {Role.VILLAGER}),
    Action.SEE_CONFIDENTIAL: frozenset({Role.DISTRICT_OFFICER, Role.DISTRICT_CHIEF}),
    Action.MUTE: frozenset({Role.DISTRICT_OFFICER, Role.ADMIN}),
}


@dataclass(frozen=True, kw_only=True)
class RoleGrant:
    """A person's role within an area (code of 2, 4, 6 digits or a village's)."""

    person_id: int
    role: Role
    area: str


def may(grants: tuple[RoleGrant, ...], action: Action, village_code: str) -> bool:
    """Whether one of `grants` allows `action` in that village; refused by default."""
    return any(g.role in ALLOWED[action] and covers(g.area, village_code) for g in grants)
