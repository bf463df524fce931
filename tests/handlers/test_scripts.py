"""Conversations a villager could read, run on every channel.

In a script `name> words` is said, `< words` must be in the answer, `! words` must not be, and
`<< words` must reach somebody else because of it, `!! name` must have heard nothing.
`name< words` must reach that person because of it, `name! words` must not; `… 3 ชั่วโมง` lets time pass.
`name (อีกแอป)> words` is said in the other app; `(รัว 20) words` is said so often, two seconds apart.
`<* words` must have been said to the person by now. See `media_moves` for photos, voices and changes.
`[label]` presses a button of the last answer,
`(ตำแหน่ง lat lon)` shares a position, `(อ้าง CODE) words` quotes the bot's message about a report,
`(อ้างคำตัวเอง) words` one's own last message, `(รวด) a | b` says both in one breath, `= step` checks what the
bot waits for, `(รูป)`, `(เสียง)`, `(สติกเกอร์)`, `(ไม่รู้จัก)` send such a message, `(ปุ่ม data)` presses any
button and `(เชิญ role area)` accepts an invitation. `name@กลุ่ม> words` is said in the group, where
`@บอต` calls the bot and `(เชิญบอต)`, `(เอาบอตออก)` bring and remove it; `group<` is what the group read.
`(ตาราง) a,b | c,d` sends a CSV of these rows, and `(ข่าวจดแทน)` tells helpers what has gathered for them,
`(ข่าวประชุม)` what is due of forums.
`{code}`, `{project}`, `{agenda}` stand for the latest
receipt and project heard of, `{meeting}` for the code to check in at a forum,
`{link}` for the code that joins accounts; `{issue}` for the last matter
heard of, `{issue1}`, `{issue2}` … for those heard of first.
"""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import MessageKind, Reply
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.media_moves import media_move
from tests.handlers.stage import Stage, button, open_stage, texts

FOLDER = Path(__file__).with_name("scripts")
CODES = {
    "code": r"เลขรับเรื่อง (\w{6})",
    "project": r"(PJ-\w{6})",
    "group": r"ผูกกลุ่ม (\w{4}-\w{4})",
    "agenda": r"(AG-\w{6})",
    "qcode": r"เลขรับ (\w{6})",
    "meeting": r"«เข้าประชุม (\w{6})»",
    "link": r"เชื่อมบัญชี (\d{4} \d{4})",
    "issue": r"(IS-\w{6})",
}
OTHER_APP = "(อีกแอป)"
UNITS = {
    "นาที": timedelta(minutes=1),
    "ชั่วโมง": timedelta(hours=1),
    "วัน": timedelta(days=1),
}
IN_GROUP = "@กลุ่ม"
GROUP_MOVES = {"(เชิญบอต)": MessageKind.JOIN, "(เอาบอตออก)": MessageKind.LEAVE}
KINDS = {
    "(รูป)": MessageKind.PHOTO,
    "(เสียง)": MessageKind.VOICE,
    "(สติกเกอร์)": MessageKind.STICKER,
    "(ไม่รู้จัก)": MessageKind.UNKNOWN,
}


def scripts() -> list[tuple[str, list[str]]]:
    """(title, lines) of every conversation."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("## ")[1:]:
            title, *lines = part.strip().splitlines()
            found.append((title, [line for line in lines if line.strip()]))
    return found


SCRIPTS = scripts()


def test_there_are_conversations() -> None:
    assert len(SCRIPTS) >= 15


class Player:
    """Plays one script on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.latest: dict[str, list[Reply]] = {}
        self.codes: dict[str, str] = {}
        self.issues: list[str] = []

    async def line(self, line: str) -> None:
        """Play or check one line."""
        if passed := re.fullmatch(r"… (\d+) (นาที|ชั่วโมง|วัน)", line):
            self.stage.now += int(passed[1]) * UNITS[passed[2]]
            return
        if line.startswith("= "):
            talk = await self.stage.conversation(self.who)
            assert talk.step == line[2:].strip(), f"waits for {talk.step}"
            return
        if line == "(ข่าวจดแทน)":
            await self.stage.gather_news()
            return
        if line == "(ข่าวประชุม)":
            await self.stage.tell_forums()
            return
        if match := re.match(r"([^<>!\s][^<>!]*)([<!]) (.+)", line):
            there = texts(self.stage.heard.get(match[1], []))
            said = match[3].format(**self.codes) in there
            assert said == (match[2] == "<"), f"«{line}» where {match[1]} heard:\n{there}"
            return
        if match := re.match(r"([^<>!\s][^>]*)> (.+)", line):
            await self._said(match[1], match[2])
            return
        mark, _, words = line.format(**self.codes).partition(" ")
        heard = texts(self.latest[self.who])
        others = "\n".join(texts(r) for w, r in self.stage.heard.items() if w != self.who)
        if mark == "<":
            assert words in heard, f"«{words}» not in:\n{heard}"
        elif mark == "!!":
            assert words not in self.stage.heard, f"{words} heard of it"
        elif mark == "<*":
            assert words in texts(self.stage.ever.get(self.who, [])), f"«{words}» was never said"
        elif mark == "<<":
            assert words in others, f"«{words}» reached nobody else:\n{others}"
        else:
            assert mark == "!", f"what is {line!r}?"
            assert words not in heard, f"«{words}» in:\n{heard}"

    async def _said(self, who: str, words: str) -> None:
        self.who = "group" if who.endswith(IN_GROUP) else who
        answer = await self._say(who, words.format(**self.codes))
        who = self.who
        self.latest[who] = answer
        for name, replies in self.stage.heard.items():
            if name != who:  # news comes under what they saw before; its buttons can be pressed
                self.latest[name] = self.latest.get(name, []) + replies
        heard = texts(self.latest[who])
        for name, pattern in CODES.items():
            if found := re.findall(pattern, heard):
                self.codes[name] = found[-1]
        self.issues = list(dict.fromkeys([*self.issues, *re.findall(CODES["issue"], heard)]))
        self.codes |= {f"issue{n}": code for n, code in enumerate(self.issues, start=1)}

    async def _say(self, who: str, words: str) -> list[Reply]:
        stage = self.stage
        if who.endswith(IN_GROUP):
            return await self._say_in_group(who.removesuffix(IN_GROUP), words)
        if words.startswith("(ตาราง) "):
            table = words.removeprefix("(ตาราง) ").replace(" | ", "\n")
            return await stage.send_sheet(who, table.encode("utf-8-sig"))
        if often := re.fullmatch(r"\(รัว (\d+)\) (.+)", words):
            return await self._often(who, int(often[1]), often[2])
        if who.endswith(OTHER_APP):
            other = Channel.LINE if stage.channel is not Channel.LINE else Channel.TELEGRAM
            if pressed := re.fullmatch(r"\[(.+)\]", words):
                data = button(self.latest[who], pressed[1])
                return await stage.say(who, kind=MessageKind.BUTTON, button=data, channel=other)
            return await stage.say(who, words, channel=other)
        if (media := await media_move(stage, who, words)) is not None:
            return media
        if spot := re.fullmatch(r"\(ตำแหน่ง ([\d.]+) ([\d.]+)\)", words):
            where = (float(spot[1]), float(spot[2]))
            return await stage.say(who, kind=MessageKind.LOCATION, spot=where)
        if quote := re.fullmatch(r"\((อ้าง|อ้างคำตัวเอง)(?: (\w+))?\) ?(.+)", words):
            return await self._quoting(who, quote[1] == "อ้าง", quote[2], quote[3])
        if together := re.fullmatch(r"\(รวด\) (.+)", words):
            return await stage.burst(who, together[1].split(" | "))
        if words in KINDS:
            return await stage.say(who, kind=KINDS[words])
        if pressed := re.fullmatch(r"\[(.+)\]", words):
            data = button(self.latest[who], pressed[1])
            return await stage.say(who, kind=MessageKind.BUTTON, button=data)
        if pressed := re.fullmatch(r"\(ปุ่ม (.+)\)", words):
            return await stage.say(who, kind=MessageKind.BUTTON, button=pressed[1])
        if invited := re.fullmatch(r"\(เชิญ (\w+) (\d+)\)", words):
            return await stage.invite(who, Role(invited[1]), invited[2])
        return await stage.say(who, words)

    async def _say_in_group(self, who: str, words: str) -> list[Reply]:
        """Said in the village's group («ไม่มีชื่อ»: by somebody unnamed); what the group then reads."""
        called = words.startswith("@บอต")
        kind = GROUP_MOVES.get(words, KINDS.get(words, MessageKind.TEXT))
        text = words.removeprefix("@บอต").strip() if kind is MessageKind.TEXT else ""
        self.stage.now += timedelta(minutes=1)
        message = self.stage.message(who, text, kind=kind, group=True)
        named = "" if who == "ไม่มีชื่อ" else who
        await self.stage.receive(replace(message, addressed=called, user_id=named))
        return self.stage.heard.get("group", [])

    async def _quoting(self, who: str, bots: bool, code: str | None, words: str) -> list[Reply]:
        """Quote the bot's latest message about a report (or about `code`), or one's own before last."""
        sent = self.stage.sent_ids.get(who, {})
        theirs = sent.get(code, "nothing") if code else (list(sent.values()) or ["nothing"])[-1]
        quoted = theirs if bots else self.stage.own_ids[who][-1]
        if words in KINDS:
            return await self.stage.say(who, kind=KINDS[words], quoted=quoted)
        return await self.stage.say(who, words, quoted=quoted)

    async def _often(self, who: str, times: int, words: str) -> list[Reply]:
        """The same kind of words again and again, a number in the place of «…»; all the answers."""
        answers: list[Reply] = []
        for number in range(times):
            said = words.replace("…", str(number))
            answers += await self.stage.say(who, said, after=timedelta(seconds=2))
        return answers


@pytest.mark.parametrize("channel", [Channel.LINE, Channel.TELEGRAM, Channel.WEBCHAT])
@pytest.mark.parametrize(("title", "lines"), SCRIPTS, ids=[s[0] for s in SCRIPTS])
async def test_conversation(
    request: pytest.FixtureRequest, tmp_path: Path, title: str, lines: list[str], channel: Channel
) -> None:
    if channel is not Channel.LINE:  # the same lines are run: counting them once is enough
        request.getfixturevalue("untraced")
    async with open_stage(tmp_path, channel) as stage:
        player = Player(stage)
        for line in lines:
            await player.line(line)
