-- 001_event: the log that everything else is folded from. Rows are only ever added.
CREATE TABLE event (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  at   INTEGER NOT NULL,   -- microseconds since 1970, this node's clock
  by   TEXT    NOT NULL,   -- who did it
  body TEXT    NOT NULL    -- the event as JSON
) STRICT;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
