"""Who one can write as in the web chat of `serve`, and their roles in the first village's district."""

from typing import TYPE_CHECKING

from bot.web.webchat import ChatPerson
from planning.reports import Channel
from planning.roles import Role

if TYPE_CHECKING:
    from bot.app import Ground

_VILLAGER, _HEAD, _OFFICER = "webchat-villager", "webchat-head", "webchat-officer"


def personas() -> tuple[ChatPerson, ...]:
    """A villager, a head and an officer."""
    return (
        ChatPerson(id=_VILLAGER, name="คุณแก้ว", title="ชาวบ้าน"),
        ChatPerson(id=_HEAD, name="ผู้ใหญ่ทองดี", title="ผู้ใหญ่บ้าน"),
        ChatPerson(id=_OFFICER, name="ปลัดวารี", title="ปลัดอำเภอ"),
    )


async def settle(base: "Ground", people: tuple[ChatPerson, ...]) -> None:
    """Make the people known: in the first village, the head its head, the officer its district's.

    Without any village they stay plain villagers.
    """
    now = base.now()
    async with base.database.write() as uow:
        villages = await uow.areas.villages()
        for person in people:
            known = await uow.people.find_or_create(Channel.WEBCHAT, person.id, person.id, now)
            if not villages:
                continue
            first = villages[0]
            if person.id != _OFFICER and known.village_code is None:
                await uow.people.set_village(known.id, first.code)
            role = {_HEAD: (Role.HEAD, first.code),
                    _OFFICER: (Role.DISTRICT_OFFICER, first.district_code)}.get(person.id)  # fmt: skip
            if role and not await uow.people.grants(known.id):
                await uow.people.grant(known.id, *role, now)
                await uow.audit.add(now, None, "role", f"person:{known.id}", "web chat")
