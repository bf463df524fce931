"""What Alembic runs: migrations on the connection that the caller put into the settings."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    compare_server_default=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
