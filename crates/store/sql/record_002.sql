-- record_002: an index that leads to the messages of a kind. What the node itself deals with it looks
-- for at every turn, and others may lie in the inbox by the hundred thousand.

CREATE INDEX message_kind ON message (log, state, kind, recorded);
