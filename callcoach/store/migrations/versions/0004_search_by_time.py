"""PostgreSQL knows when what was said was said, so that the newest calls can be searched first."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite searches all of its index at once
    op.execute("ALTER TABLE search_text ADD COLUMN said_at timestamptz")
    op.execute("UPDATE search_text SET said_at = calls.sort_at FROM calls WHERE calls.id = search_text.call_id")
    op.execute("CREATE INDEX ix_search_text_said_at ON search_text (said_at)")
    op.execute(
        "CREATE FUNCTION search_text_when() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.said_at := (SELECT sort_at FROM calls WHERE id = NEW.call_id); RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION calls_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "UPDATE search_text SET said_at = NEW.sort_at WHERE call_id = NEW.id; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER search_text_when BEFORE INSERT ON search_text "
        "FOR EACH ROW EXECUTE FUNCTION search_text_when()"
    )
    op.execute(
        "CREATE TRIGGER calls_moved AFTER UPDATE OF sort_at ON calls FOR EACH ROW "
        "WHEN (OLD.sort_at IS DISTINCT FROM NEW.sort_at) EXECUTE FUNCTION calls_moved()"
    )
