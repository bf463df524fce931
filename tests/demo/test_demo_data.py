"""The demo's district, issues and messages agree with each other and with the planning values."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest

from planning.areas import AreaKind, Village, distance_m, read_villages
from planning.reports import Kind
from planning.taxonomy import ALWAYS_CONFIDENTIAL, categories
from tests.shared import shared_file

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "bot" / "demo" / "data"
GUIDE = ROOT / "docs" / "message-file.md"
PLACEHOLDERS = {"[รูปภาพ]", "[ตำแหน่งที่ตั้ง]"}
BURST = timedelta(seconds=8)
MESSAGE_FIELDS = (
    "message_id sent_at village_code channel sender text has_photo lat lon issue_ids category "
    "kind confidential emergency dialect burst_id pii note"
).split()
ISSUE_FIELDS = (
    "issue_id village_code category kind place summary_th confidential emergency cross_village "
    "recurrence_of note place_landmark"
).split()


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def messages() -> list[dict[str, Any]]:
    return _rows(DATA / "messages.jsonl")


@cache
def issues() -> dict[str, dict[str, Any]]:
    return {row["issue_id"]: row for row in _rows(DATA / "issues.jsonl")}


@cache
def villages() -> dict[str, Village]:
    lines = (DATA / "villages.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    return {village.code: village for village in read_villages(lines)}


def _bursts() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in messages():
        if row["burst_id"]:
            found.setdefault(row["burst_id"], []).append(row)
    return found


def _sent(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["sent_at"])


def _neighbours_of_one_sender() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    ordered = sorted(messages(), key=lambda row: (row["sender"], row["message_id"]))
    for _, rows in groupby(ordered, key=lambda row: row["sender"]):
        yield from pairwise(rows)


def _check_digit(digits: str) -> int:
    return (11 - sum(int(d) * (13 - i) for i, d in enumerate(digits[:12])) % 11) % 10


def test_the_district_has_villages_and_a_town_community_in_three_tambons() -> None:
    assert len(villages()) >= 7
    assert {v.kind for v in villages().values()} == {AreaKind.VILLAGE, AreaKind.COMMUNITY}
    assert {v.district_code for v in villages().values()} == {"9801"}
    assert len({v.tambon_code for v in villages().values()}) == 3
    assert all(8 <= len(v.landmarks) <= 10 for v in villages().values())


def test_every_village_has_a_neighbour_some_kilometres_away() -> None:
    spots = {v.code: (v.lat or 0.0, v.lon or 0.0) for v in villages().values()}
    for code, spot in spots.items():
        nearest = min(distance_m(*spot, *other) for c, other in spots.items() if c != code)
        assert 2000 <= nearest <= 4000


def test_every_row_has_the_documented_fields_in_order() -> None:
    assert {tuple(row) for row in messages()} == {tuple(MESSAGE_FIELDS)}
    assert {tuple(row) for row in issues().values()} == {tuple(ISSUE_FIELDS)}


def test_there_are_enough_messages_senders_and_issues() -> None:
    assert len(messages()) >= 320
    assert len({row["sender"] for row in messages()}) >= 100
    assert len(issues()) >= 70


def test_ids_are_unique() -> None:
    assert len({row["message_id"] for row in messages()}) == len(messages())
    assert len(issues()) == len(_rows(DATA / "issues.jsonl"))


def test_messages_stand_in_time_order_over_eight_weeks() -> None:
    times = [_sent(row) for row in messages()]
    assert times == sorted(times)
    assert all(row["sent_at"].endswith("+07:00") for row in messages())
    assert timedelta(weeks=7) <= times[-1] - times[0] <= timedelta(weeks=9)
    assert times[0].astimezone(UTC).year == 2026


def test_one_sender_keeps_to_one_village_and_one_channel() -> None:
    homes: dict[str, set[tuple[str, str]]] = {}
    for row in messages():
        homes.setdefault(row["sender"], set()).add((row["village_code"], row["channel"]))
    assert all(len(home) == 1 for home in homes.values())
    assert {row["village_code"] for row in messages()} == set(villages())


def test_line_telegram_and_walk_in_all_speak() -> None:
    counts = Counter(row["channel"] for row in messages())
    assert set(counts) == {"line", "telegram", "walk_in"}
    assert counts["line"] > counts["telegram"] > counts["walk_in"] >= 20


def test_walk_ins_have_neither_photos_nor_positions() -> None:
    spoken = [row for row in messages() if row["channel"] == "walk_in"]
    assert not any(row["has_photo"] or row["lat"] is not None for row in spoken)


def test_every_category_is_told_at_least_three_times() -> None:
    counts = Counter(row["category"] for row in messages())
    assert set(counts) == set(categories())
    assert min(counts.values()) >= 3


def test_every_kind_and_dialect_is_there() -> None:
    assert {row["kind"] for row in messages()} == set(Kind)
    dialects = Counter(row["dialect"] for row in messages())
    assert set(dialects) == {"central", "isan", "northern", "southern"}
    assert min(dialects.values()) >= 20


def test_messages_follow_their_first_issue() -> None:
    told = [row for row in messages() if row["issue_ids"]]
    assert {code for row in told for code in row["issue_ids"]} == set(issues())
    for row in told:
        first = issues()[row["issue_ids"][0]]
        assert (row["category"], row["village_code"]) == (first["category"], first["village_code"])


def test_issues_name_known_categories_places_and_each_other() -> None:
    for issue in issues().values():
        marks = {mark.name for mark in villages()[issue["village_code"]].landmarks}
        assert issue["category"] in categories()
        assert issue["kind"] in set(Kind)
        assert issue["summary_th"]
        assert issue["place_landmark"] is None or issue["place_landmark"] in marks
        assert issue["recurrence_of"] is None or issue["recurrence_of"] in issues()


def test_some_issues_recur_and_some_cross_villages() -> None:
    again = [issue for issue in issues().values() if issue["recurrence_of"]]
    assert len(again) >= 2
    for issue in again:
        before = issues()[issue["recurrence_of"]]
        assert issue["place_landmark"] == before["place_landmark"]
    groups: dict[str, set[str]] = {}
    for issue in issues().values():
        if issue["cross_village"]:
            groups.setdefault(issue["cross_village"], set()).add(issue["village_code"])
    assert len(groups) >= 2
    assert all(len(group) == 2 for group in groups.values())


def test_popular_issues_are_told_by_many_people() -> None:
    people: dict[str, set[str]] = {}
    for row in messages():
        for code in row["issue_ids"]:
            people.setdefault(code, set()).add(row["sender"])
    assert sum(len(senders) >= 5 for senders in people.values()) >= 20


def test_only_placeholders_stand_twice() -> None:
    counts = Counter(row["text"] for row in messages())
    assert {text for text, count in counts.items() if count > 1} == PLACEHOLDERS


def test_placeholders_carry_what_they_stand_for() -> None:
    for row in messages():
        if row["text"] == "[รูปภาพ]":
            assert row["has_photo"]
        if row["text"] == "[ตำแหน่งที่ตั้ง]":
            assert row["lat"] is not None


def test_positions_lie_near_the_place_they_speak_of() -> None:
    placed = [row for row in messages() if row["lat"] is not None]
    assert len(placed) >= 40
    for row in placed:
        assert row["lon"] is not None
        village = villages()[row["village_code"]]
        issue = issues()[row["issue_ids"][0]]
        marks = {mark.name: (mark.lat, mark.lon) for mark in village.landmarks}
        lat, lon = marks.get(issue["place_landmark"], (village.lat or 0.0, village.lon or 0.0))
        assert distance_m(lat, lon, row["lat"], row["lon"]) <= 100


def test_parts_of_a_burst_come_from_one_sender_within_the_window() -> None:
    assert len(_bursts()) >= 15
    for parts in _bursts().values():
        assert len(parts) >= 2
        assert len({part["sender"] for part in parts}) == 1
        assert all(timedelta(0) < _sent(b) - _sent(a) < BURST for a, b in pairwise(parts))


def test_no_two_messages_are_joined_by_accident() -> None:
    close = [(a, b) for a, b in _neighbours_of_one_sender() if _sent(b) - _sent(a) <= BURST]
    assert close
    assert all(a["burst_id"] == b["burst_id"] is not None for a, b in close)


def test_emergencies_are_few_and_in_several_villages() -> None:
    urgent = [row for row in messages() if row["emergency"]]
    assert 5 <= len(urgent) <= 25
    assert len({row["village_code"] for row in urgent}) >= 3
    assert all(issues()[row["issue_ids"][0]]["emergency"] for row in urgent)


def test_what_must_be_confidential_is() -> None:
    secret = [row for row in messages() if row["confidential"]]
    assert set(ALWAYS_CONFIDENTIAL) <= {row["category"] for row in secret}
    assert any(row["category"] not in ALWAYS_CONFIDENTIAL for row in secret)
    for row in messages():
        if row["category"] in ALWAYS_CONFIDENTIAL or row["kind"] == Kind.COMPLAINT_PERSON:
            assert row["confidential"]


def test_personal_data_stands_in_the_text() -> None:
    found = [(item, row) for row in messages() for item in row["pii"]]
    assert {item["type"] for item, _ in found} >= {
        "name", "phone", "id_card", "house_no", "bank", "line_id", "email",
    }  # fmt: skip
    assert all(set(item) == {"type", "text"} and item["text"] in row["text"] for item, row in found)


def test_phone_numbers_are_of_the_invented_block() -> None:
    phones = [p["text"] for row in messages() for p in row["pii"] if p["type"] == "phone"]
    digits = ["".join(str(int(c)) for c in phone if c.isdigit()) for phone in phones]
    assert len(digits) >= 8
    assert all(len(number) == 10 and number[3:6] == "000" for number in digits)


def test_id_cards_say_truly_whether_their_check_digit_holds() -> None:
    seen = set()
    for row in messages():
        for item in row["pii"]:
            if item["type"] == "id_card":
                digits = "".join(c for c in item["text"] if c.isdigit())
                assert len(digits) == 13
                holds = _check_digit(digits) == int(digits[12])
                assert f"id_checksum_{'valid' if holds else 'invalid'}" in row["note"]
                seen.add(holds)
    assert seen == {True, False}


def test_chatter_has_no_issue_and_no_matter() -> None:
    idle = [row for row in messages() if not row["issue_ids"]]
    assert len(idle) >= 30
    assert {row["category"] for row in idle} == {"other", "service"}


def test_no_text_stands_in_the_shared_corpus() -> None:
    theirs = {row["text"] for row in _rows(shared_file("data/village_chat/messages.jsonl"))}
    assert not {row["text"] for row in messages()} & theirs - PLACEHOLDERS


@pytest.mark.parametrize("name", ["village_chat/villages.csv", "banglamung_villages.csv"])
def test_no_village_stands_in_the_shared_lists(name: str) -> None:
    with shared_file(f"data/{name}").open(encoding="utf-8-sig", newline="") as file:
        theirs = list(csv.DictReader(file))
    assert theirs
    assert not {row["name"] for row in theirs} & {v.name for v in villages().values()}
    assert not {row["village_code"] for row in theirs} & set(villages())


def test_the_guide_names_every_field_and_shows_a_line_of_the_file() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [f for f in (*MESSAGE_FIELDS, *ISSUE_FIELDS) if f"`{f}`" not in guide] == []
    shown = [json.loads(line) for line in guide.splitlines() if line.startswith("{")]
    assert len(shown) == 1
    assert shown[0] in messages()


def test_the_guide_names_every_sort_of_personal_data_in_the_file() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert not {
        p["type"] for row in messages() for p in row["pii"] if f"`{p['type']}`" not in guide
    }
