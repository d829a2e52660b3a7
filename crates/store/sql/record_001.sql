-- record_001: both records of each pair of agencies, the messages in them, and what became of these.
-- The types and the statements over them are those that other databases know too: numbers are BIGINT
-- (moments: microseconds since 1970), texts TEXT, all else BLOB.

-- How far each record has come. Rows elsewhere name a record by its small number. A row with 32 zero
-- bytes on both sides says that all this came out of a backup: a record without a row is behind then.
CREATE TABLE log (
  writer    BLOB   NOT NULL,          -- the agency
  reader    BLOB   NOT NULL,          -- the agency
  id        BIGINT NOT NULL UNIQUE,
  size      BIGINT NOT NULL,          -- leaves
  peaks     BLOB   NOT NULL,          -- 32 bytes a root, the largest subtree first
  head      TEXT,                     -- the newest checkpoint, a note
  seen      BIGINT NOT NULL,          -- leaves that the reader has countersigned
  seen_note TEXT,
  behind    BIGINT NOT NULL,          -- 1: the reader may have more of it than we
  frozen    TEXT,                     -- why nothing goes into it any more
  proof     BLOB,                     -- the two heads that cannot both be true
  PRIMARY KEY (writer, reader)
) WITHOUT ROWID;

-- The newest head of a record that both sides have signed with ML-DSA-44 too. It is long, and
-- changes once a day: apart from what every leaf changes.
CREATE TABLE daily (
  log  BIGINT NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL,               -- leaves
  at   BIGINT NOT NULL,               -- when its writer signed it
  note TEXT   NOT NULL
) WITHOUT ROWID;

-- What witnesses have cosigned of records: of others' where this node is the witness, of its own
-- where a partner is.
CREATE TABLE watched (
  writer  BLOB   NOT NULL,
  reader  BLOB   NOT NULL,
  witness BLOB   NOT NULL,
  size    BIGINT NOT NULL,            -- leaves
  note    TEXT   NOT NULL,
  proof   BLOB,                       -- two heads of which the later one does not follow
  PRIMARY KEY (writer, witness, reader)
) WITHOUT ROWID;

-- Roots of complete subtrees; level 0: the leaves.
CREATE TABLE hash (
  log   BIGINT NOT NULL,
  level BIGINT NOT NULL,
  idx   BIGINT NOT NULL,
  root  BLOB   NOT NULL,
  PRIMARY KEY (log, level, idx)
) WITHOUT ROWID;

-- What the leaves stand for, as it was signed.
CREATE TABLE entry (
  log   BIGINT NOT NULL,
  idx   BIGINT NOT NULL,
  kind  BIGINT NOT NULL,              -- envelope::entry::EntryKind
  bytes BLOB   NOT NULL,
  PRIMARY KEY (log, idx)
);

-- Places whose entries are not here.
CREATE TABLE lacking (
  log BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  PRIMARY KEY (log, idx)
) WITHOUT ROWID;

-- Places whose entries the reader may lack.
CREATE TABLE queue (
  log BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  due BIGINT,
  PRIMARY KEY (log, idx)
) WITHOUT ROWID;
CREATE INDEX queue_due ON queue (log, due, idx) WHERE due IS NOT NULL;

CREATE TABLE message (
  log          BIGINT NOT NULL,
  idx          BIGINT NOT NULL,
  sender       BLOB   NOT NULL,       -- the record's writer
  id           BLOB   NOT NULL,       -- 16 bytes
  digest       BLOB   NOT NULL,
  kind         TEXT   NOT NULL,
  made         BIGINT NOT NULL,
  recorded     BIGINT NOT NULL,
  due          BIGINT,
  retain_until BIGINT,
  state        BIGINT NOT NULL,       -- its place in node::port::record::MessageState::ALL
  code         TEXT,
  in_reply_to  BLOB,
  content_key  BLOB,                  -- wrapped
  PRIMARY KEY (log, idx),
  UNIQUE (id, sender)
) WITHOUT ROWID;
CREATE INDEX message_recorded ON message (log, state, recorded);
CREATE INDEX message_retain_until ON message (state, retain_until) WHERE retain_until IS NOT NULL;
CREATE INDEX message_due ON message (state, due) WHERE due IS NOT NULL;

-- What became of a message, numbered from 0 as it was recorded here.
CREATE TABLE receipt (
  sender  BLOB   NOT NULL,            -- of the message
  message BLOB   NOT NULL,
  number  BIGINT NOT NULL,
  log     BIGINT NOT NULL,
  idx     BIGINT NOT NULL,
  kind    BIGINT NOT NULL,            -- envelope::receipt::ReceiptKind
  PRIMARY KEY (sender, message, number),
  UNIQUE (log, idx)
) WITHOUT ROWID;

CREATE TABLE card (
  agency   BLOB   NOT NULL,
  sequence BIGINT NOT NULL,
  bytes    BLOB   NOT NULL,
  PRIMARY KEY (agency, sequence)
);

-- Sealed files, whole or in part; the hashes of their pieces are long and seldom change.
CREATE TABLE blob (
  name    BLOB   NOT NULL PRIMARY KEY,
  sealed  BIGINT NOT NULL,            -- bytes
  held    BLOB   NOT NULL,            -- one bit a piece, the lowest first
  partner BLOB,                       -- who sends it; NULL: our own
  at      BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE blob_pieces (
  name   BLOB NOT NULL PRIMARY KEY,
  pieces BLOB NOT NULL                -- 32 bytes a piece
);

-- Which messages they go with.
CREATE TABLE blob_of (
  sender BLOB NOT NULL,
  id     BLOB NOT NULL,
  name   BLOB NOT NULL,
  PRIMARY KEY (sender, id, name)
) WITHOUT ROWID;
CREATE INDEX blob_of_name ON blob_of (name);

-- What a partner has sent on a day.
CREATE TABLE usage (
  partner  BLOB   NOT NULL,
  day      BIGINT NOT NULL,           -- since 1970
  messages BIGINT NOT NULL,
  bytes    BIGINT NOT NULL,
  PRIMARY KEY (partner, day)
) WITHOUT ROWID;
