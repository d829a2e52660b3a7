//! Messages: kept, found by number, and asked for.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use envelope::card::AgencyId;
use envelope::envelope::MessageId;
use node::port::PortError;
use node::port::record::{Log, MessageRow, MessageState, Wanted};
use rusqlite::{Row, named_params};

use super::rows::{SqliteRows, limit};
use super::values::{Agency, Hash, Id, Moment, Number, State};

/// A message's columns, in the order in which `message_row` reads them.
const COLUMNS: &str = "m.log, m.sender, (SELECT reader FROM log WHERE id = m.log), m.idx, m.id, \
                       m.digest, m.kind, m.made, m.recorded, m.due, m.retain_until, m.state, \
                       m.code, m.in_reply_to, m.content_key";

impl SqliteRows<'_> {
    /// Keeps a message, over what was kept of it.
    pub(super) fn keep_message(&self, row: &MessageRow) -> Result<(), PortError> {
        let number = self.make_number(row.log)?;
        // Another message at that place, or that one at another place, is refused.
        let sql = "-- keep_message\nINSERT INTO message (log, idx, sender, id, digest, kind, made, \
                   recorded, due, retain_until, state, code, in_reply_to, content_key) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
                   ON CONFLICT (log, idx) DO UPDATE SET digest = excluded.digest, \
                   kind = excluded.kind, made = excluded.made, recorded = excluded.recorded, \
                   due = excluded.due, retain_until = excluded.retain_until, \
                   state = excluded.state, code = excluded.code, \
                   in_reply_to = excluded.in_reply_to, content_key = excluded.content_key \
                   WHERE message.id = excluded.id";
        let values = (
            number,
            Number(row.index),
            Agency(row.log.from),
            Id(row.id),
            Hash(row.digest),
            &row.kind,
            Moment(row.made),
            Moment(row.recorded),
            row.due.map(Moment),
            row.retain_until.map(Moment),
            State(row.state),
            &row.code,
            row.in_reply_to.map(Id),
            &row.key,
        );
        match self.run(sql, values)? {
            1 => Ok(()),
            _ => Err(self.failed("another message is at that place")),
        }
    }

    /// A message by its sender and number.
    pub(super) fn find_message(
        &self,
        from: AgencyId,
        id: MessageId,
    ) -> Result<Option<MessageRow>, PortError> {
        let sql = format!(
            "-- find_message\nSELECT {COLUMNS} FROM message m WHERE m.id = ?1 AND m.sender = ?2"
        );
        self.one(&sql, (Id(id), Agency(from)), message_row)
    }

    /// Messages that fit what is asked for, the newest first.
    pub(super) fn find_messages(&self, wanted: &Wanted) -> Result<Vec<MessageRow>, PortError> {
        let by = Narrowing::of(wanted);
        let is_any_log = wanted.from.is_none() && wanted.to.is_none();
        let logs = if is_any_log && !matches!(by, Narrowing::Log | Narrowing::Kind) {
            vec![None]
        } else {
            self.numbers(wanted.from, wanted.to)?.into_iter().map(Some).collect()
        };
        let any = MessageState::ALL.as_slice();
        let states = if wanted.states.is_empty() { any } else { &wanted.states };
        let states: BTreeSet<MessageState> = states.iter().copied().collect();
        let sql = by.sql();
        let mut found = Vec::new();
        for log in logs {
            for state in &states {
                found.extend(self.search(&sql, log, *state, wanted)?);
            }
            // What is older than so many newer ones is not asked for; nor is it kept in memory.
            newest(&mut found, wanted.most);
        }
        Ok(found.into_iter().map(|(_, row)| row).collect())
    }

    fn search(
        &self,
        sql: &str,
        log: Option<i64>,
        state: MessageState,
        wanted: &Wanted,
    ) -> Result<Vec<(i64, MessageRow)>, PortError> {
        let values = named_params! {
            ":log": log,
            ":state": State(state),
            ":first": wanted.ids.map(|(first, _)| Id(first)),
            ":last": wanted.ids.map(|(_, last)| Id(last)),
            ":retained": wanted.retained_before.map(Moment),
            ":due": wanted.due_before.map(Moment),
            ":kind": wanted.kind,
            ":most": limit(wanted.most),
        };
        self.all(sql, values, |row| Ok((row.get(0)?, message_row(row)?)))
    }

    /// The numbers of the records between agencies, of which either may be left open.
    fn numbers(&self, from: Option<AgencyId>, to: Option<AgencyId>) -> Result<Vec<i64>, PortError> {
        let sql = "-- numbers\nSELECT id FROM log WHERE (?1 IS NULL OR writer = ?1) \
                   AND (?2 IS NULL OR reader = ?2) ORDER BY id";
        self.all(sql, (from.map(Agency), to.map(Agency)), |row| row.get(0))
    }
}

/// By what most messages are left out. One state is asked for at a time, and one record where
/// nothing else narrows: then an index leads to those wanted and no others, or to the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Narrowing {
    Ids,
    Retained,
    Due,
    /// The messages of a kind in one record.
    Kind,
    Log,
}

impl Narrowing {
    fn of(wanted: &Wanted) -> Narrowing {
        match wanted {
            Wanted { ids: Some(_), .. } => Narrowing::Ids,
            Wanted { retained_before: Some(_), .. } => Narrowing::Retained,
            Wanted { due_before: Some(_), .. } => Narrowing::Due,
            Wanted { kind: Some(_), .. } => Narrowing::Kind,
            _ => Narrowing::Log,
        }
    }

    fn sql(self) -> String {
        // The `+` keeps SQLite off an index that leads to more.
        let narrow = match self {
            Narrowing::Ids => "m.id BETWEEN :first AND :last AND +m.state = :state",
            Narrowing::Retained => "m.state = :state AND m.retain_until < :retained",
            Narrowing::Due => "m.state = :state AND m.due <= :due",
            Narrowing::Kind => "m.log = :log AND m.state = :state AND m.kind = :kind",
            Narrowing::Log => "m.log = :log AND m.state = :state",
        };
        format!(
            "-- find_messages\nSELECT {COLUMNS} FROM message m WHERE {narrow} \
             AND (:log IS NULL OR +m.log = :log) \
             AND (:first IS NULL OR +m.id >= :first) AND (:last IS NULL OR +m.id <= :last) \
             AND (:retained IS NULL OR +m.retain_until < :retained) \
             AND (:due IS NULL OR +m.due <= :due) \
             AND (:kind IS NULL OR +m.kind = :kind) \
             ORDER BY m.recorded DESC, m.log DESC, m.idx DESC LIMIT :most"
        )
    }
}

/// Leaves the newest so many, in their order; of those that were recorded at one moment the order
/// is that of their records and places.
fn newest(found: &mut Vec<(i64, MessageRow)>, most: usize) {
    found.sort_by_key(|(log, row)| Reverse((row.recorded, *log, row.index)));
    found.truncate(most);
}

fn message_row(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    let (from, to) = (row.get::<_, Agency>(1)?.0, row.get::<_, Agency>(2)?.0);
    Ok(MessageRow {
        log: Log { from, to },
        index: row.get::<_, Number>(3)?.0,
        id: row.get::<_, Id>(4)?.0,
        digest: row.get::<_, Hash>(5)?.0,
        kind: row.get(6)?,
        made: row.get::<_, Moment>(7)?.0,
        recorded: row.get::<_, Moment>(8)?.0,
        due: row.get::<_, Option<Moment>>(9)?.map(|moment| moment.0),
        retain_until: row.get::<_, Option<Moment>>(10)?.map(|moment| moment.0),
        state: row.get::<_, State>(11)?.0,
        code: row.get(12)?,
        in_reply_to: row.get::<_, Option<Id>>(13)?.map(|id| id.0),
        key: row.get(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{self, RECORD};

    #[test]
    fn each_question_is_led_by_its_own_index() {
        let folder = tempfile::tempdir().unwrap();
        let connection = database::open(&folder.path().join("record.db"), RECORD).unwrap();
        for (narrowing, index) in [
            (Narrowing::Ids, "sqlite_autoindex_message_2 (id>? AND id<?)"),
            (Narrowing::Retained, "message_retain_until (state=? AND retain_until<?)"),
            (Narrowing::Due, "message_due (state=? AND due<?)"),
            (Narrowing::Kind, "message_kind (log=? AND state=? AND kind=?)"),
            (Narrowing::Log, "message_recorded (log=? AND state=?)"),
        ] {
            let sql = narrowing.sql();
            let sql = format!("EXPLAIN QUERY PLAN {}", sql.split_once('\n').unwrap().1);
            let mut statement = connection.prepare(&sql).unwrap();
            // No value is bound: the plan is the same whatever it is.
            let (mut rows, mut plan) = (statement.raw_query(), Vec::<String>::new());
            while let Some(row) = rows.next().unwrap() {
                plan.push(row.get(3).unwrap());
            }
            assert!(plan.iter().any(|step| step.contains(index)), "{narrowing:?}: {plan:?}");
        }
    }
}
