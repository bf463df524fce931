"""All tables together, for migrations: importing this fills `metadata`."""

from storage import (
    tables_after,
    tables_desk,
    tables_digests,
    tables_groups,
    tables_joining_in,
    tables_matters,
    tables_media,
    tables_messages,
    tables_minutes,
    tables_own_data,
    tables_people,
    tables_plans,
    tables_preparing,
    tables_running,
    tables_telling,
)
from storage.tables_base import metadata

ROOMS = (
    tables_people,
    tables_messages,
    tables_matters,
    tables_plans,
    tables_telling,
    tables_joining_in,
    tables_media,
    tables_groups,
    tables_own_data,
    tables_desk,
    tables_after,
    tables_digests,
    tables_preparing,
    tables_running,
    tables_minutes,
)

__all__ = ["ROOMS", "metadata"]
