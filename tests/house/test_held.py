"""Nothing that is kept about people can be forgotten when they ask to see it or to be forgotten."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table

from storage.held import HELD, IMPERSONAL, Held
from storage.tables import metadata

ACTS = {
    ("link_events", "actor_id"),
    ("question_answers", "actor_id"),
    ("mutes", "actor_id"),
    ("group_codes", "made_by"),
}
"""Columns that say which row acted: after erasing that row has no name, and the act stays."""


def unnamed_tables(tables: MetaData) -> set[str]:
    return set(tables.tables) - {h.table.name for h in HELD} - set(IMPERSONAL)


def unnamed_columns(tables: MetaData, held: tuple[Held, ...]) -> set[str]:
    """Columns of tables whose rows stay of which nobody said what is left of them."""
    found = set()
    for share in held:
        if share.left is not None:
            columns = {c.name for c in tables.tables[share.table.name].columns}
            named = set(share.left) | share.stays
            found |= {f"{share.table.name}.{name}" for name in columns ^ named}
    return found


def unfound_people(tables: MetaData) -> set[tuple[str, str]]:
    """Columns naming a person by which no rows are found, and that are not mere acts."""
    looked = {h.table.name for h in HELD}
    return {
        (table.name, column.name)
        for table in tables.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "people.id" and table.name not in looked
    } - ACTS


def sealed_that_stay() -> set[str]:
    return {
        f"{h.table.name}.{name}"
        for h in HELD
        if h.left is not None
        for name in h.stays
        if name.endswith("_sealed")
    }


def test_every_table_is_named_and_exists() -> None:
    assert unnamed_tables(metadata) == set()
    assert set(IMPERSONAL) <= set(metadata.tables)
    assert not set(IMPERSONAL) & {h.table.name for h in HELD}


def test_every_column_of_rows_that_stay_is_named() -> None:
    assert unnamed_columns(metadata, HELD) == set()


def test_every_mention_of_a_person_is_found() -> None:
    assert unfound_people(metadata) == set()


def test_no_sealed_words_stay_but_those_of_others() -> None:
    assert sealed_that_stay() == {
        "walk_ins.detail_sealed",
        "groups.chat_sealed",
        "forum_lines.content_sealed",  # the record of a meeting, written by its chair
    }


def test_no_impersonal_table_holds_anything_sealed() -> None:
    for name in IMPERSONAL:
        assert not [c for c in metadata.tables[name].columns if isinstance(c.type, LargeBinary)]


def test_a_forgotten_table_or_column_is_seen() -> None:
    planted = MetaData()
    Table("people", planted, Column("id", Integer, primary_key=True))
    Table("diaries", planted, Column("person_id", ForeignKey("people.id")))
    assert unnamed_tables(planted) == {"diaries"}
    assert unfound_people(planted) == {("diaries", "person_id")}
    share = next(h for h in HELD if h.table.name == "people")
    assert "people.village_code" in unnamed_columns(planted, (share,))
