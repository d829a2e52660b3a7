//! `features`: for each transfer of a case a row of figures, for those who train models.

use graph::features::config::{Config, Windows};
use graph::features::engine::{Engine, Transfer};
use model::account::Account;

use crate::answer::FeaturesAnswer;
use crate::error::NodeError;
use crate::node::Node;
use crate::port::PortError;
use crate::view::View;

/// So many transfers are read ahead: the engine asks for their places in memory together.
const AHEAD: usize = 32;

/// The columns before the figures.
pub const KEYS: [&str; 8] = [
    "tx_id",
    "timestamp",
    "from_bank",
    "from_account",
    "to_bank",
    "to_account",
    "usd_cents",
    "complained",
];

/// One transfer with its figures.
#[derive(Debug)]
pub struct FeatureRow<'r> {
    /// The source's id.
    pub id: &'r str,
    /// Microseconds since 1970.
    pub at: i64,
    /// Who paid.
    pub from: &'r Account,
    /// Who was paid.
    pub to: &'r Account,
    /// What was sent, in US cents; `None` where no rate is known: it counts as 0 in the figures.
    pub usd_cents: Option<i64>,
    /// Whether a victim complained of it: a label, which no figure is made from.
    pub is_complained: bool,
    /// The figures, in the order of the columns.
    pub values: &'r [f64],
}

/// Where rows go, in time order.
pub trait FeatureTable {
    /// Takes the names of the figures, once, before all rows.
    fn begin(&mut self, columns: &[String]) -> Result<(), PortError>;
    /// Takes a row.
    fn row(&mut self, row: &FeatureRow<'_>) -> Result<(), PortError>;
}

impl Node {
    /// Writes the features of a case's transfers into a table. `window`: how far every kind looks
    /// back, in microseconds; without one, 6 hours for scatter-gather and 24 for all others.
    pub fn features(
        &mut self,
        by: &str,
        case: Option<&str>,
        window: Option<i64>,
        table: &mut dyn FeatureTable,
    ) -> Result<FeaturesAnswer, NodeError> {
        let case = self.enter(by, "features", case, "")?;
        let mut config = Config::default();
        if let Some(window) = window {
            config.windows = Windows {
                counts: window,
                scatter_gather: window,
                temporal_cycles: window,
                simple_cycles: window,
            };
        }
        self.view(&case, |view| view.features(config, table))
    }
}

impl View<'_> {
    fn features(
        &self,
        config: Config,
        table: &mut dyn FeatureTable,
    ) -> Result<FeaturesAnswer, NodeError> {
        let columns = config.columns();
        let capped_from = columns.len().saturating_sub(Config::CAPPED_COLUMNS);
        table.begin(&columns)?;
        let complained = self.paid_by_victims();
        let count = self.ledger.account_count() as u32;
        let accounts: Vec<Account> = (0..count).map(|one| self.ledger.account(one)).collect();
        let mut engine = Engine::new(config);
        let mut answer =
            FeaturesAnswer { rows: 0, columns: KEYS.len() + columns.len(), unrated: 0, capped: 0 };
        let unreadable = Account::unreadable();
        let usd_cents = |number| {
            let sent = self.ledger.entry(number)?.sent;
            self.usd(sent).map(|usd| usd.amount_minor)
        };
        let all = self.ledger.len() as u32;
        for start in (0..all).step_by(AHEAD) {
            let numbers = start..start.saturating_add(AHEAD as u32).min(all);
            let cents: Vec<Option<i64>> = numbers.clone().map(usd_cents).collect();
            let coming: Vec<Transfer> = numbers
                .clone()
                .zip(&cents)
                .map(|(number, cents)| Transfer {
                    at: self.ledger.at(number),
                    from: self.ledger.from(number),
                    to: self.ledger.to(number),
                    amount: cents.unwrap_or_default(),
                })
                .collect();
            engine.look_ahead(&coming);
            for ((number, transfer), usd_cents) in numbers.zip(&coming).zip(cents) {
                let values = engine.push(transfer);
                answer.rows += 1;
                answer.unrated += usize::from(usd_cents.is_none());
                let is_capped = values.iter().skip(capped_from).any(|said| *said > 0.0);
                answer.capped += usize::from(is_capped);
                let account = |one: u32| accounts.get(one as usize).unwrap_or(&unreadable);
                table.row(&FeatureRow {
                    id: self.ledger.id(number),
                    at: transfer.at,
                    from: account(transfer.from),
                    to: account(transfer.to),
                    usd_cents,
                    is_complained: complained.binary_search(&number).is_ok(),
                    values,
                })?;
            }
        }
        Ok(answer)
    }
}
