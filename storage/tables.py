"""All tables together, for migrations: importing this fills `metadata`."""

from storage import tables_matters, tables_messages, tables_people, tables_plans
from storage.tables_base import metadata

ROOMS = (tables_people, tables_messages, tables_matters, tables_plans)

__all__ = ["ROOMS", "metadata"]
