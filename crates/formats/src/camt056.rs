//! camt.056: the draft of a bank's request to another bank to give back, or hold, what was paid.
//!
//! Source: ISO 20022, FIToFIPaymentCancellationRequest, camt.056.001.08 (which banks run) and
//! camt.056.001.12 (the newest). Only what both have in common is written; reason FRAD. It is the
//! victim's bank that sends it, never the police: it is its assigner, and the agency whose case it
//! is only the case's creator. A message asks for a whole payment back: that only the traced part
//! is to be held is said in words.

use std::fmt::Write as _;

use model::account::Account;
use model::money::Money;
use model::time::Timestamp;

/// An id has at most so many characters (Max35Text).
const MAX_ID: usize = 35;
/// A line of words has at most so many characters (Max105Text).
const MAX_LINE: usize = 105;
/// A name has at most so many characters (Max140Text).
const MAX_NAME: usize = 140;
/// An account number has at most so many characters (Max34Text).
const MAX_ACCOUNT: usize = 34;
/// A message asks for at most so many payments.
pub const MAX_PAYMENTS: usize = 1_000;

/// Which edition of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// camt.056.001.08.
    V08,
    /// camt.056.001.12.
    V12,
}

/// A request to give payments back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Its id, which the case has too.
    pub id: String,
    /// When it was drawn up.
    pub made: Timestamp,
    /// The agency whose case it is.
    pub agency: String,
    /// The bank that paid, by its code.
    pub from_bank: String,
    /// The bank that was paid, by its code.
    pub to_bank: String,
    /// The payments.
    pub payments: Vec<Payment>,
}

/// A payment that is to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id at the bank that paid.
    pub id: String,
    /// When it was booked.
    pub at: Timestamp,
    /// What was paid.
    pub amount: Money,
    /// The payer.
    pub from: Account,
    /// The payee.
    pub to: Account,
    /// What is traced of it: no more than this is to be held.
    pub traced: Money,
}

/// Why no message comes of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecallError {
    /// No payment, or too many.
    #[error("a recall has 1 to {MAX_PAYMENTS} payments, not {0}")]
    Payments(usize),
    /// Money that no bank message can name.
    #[error("{0} is no currency of banks")]
    Currency(&'static str),
}

impl RecallError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            RecallError::Payments(_) => "recall_payments",
            RecallError::Currency(_) => "recall_currency",
        }
    }
}

/// The message as XML.
pub fn write(recall: &Recall, edition: Edition) -> Result<String, RecallError> {
    if recall.payments.is_empty() || recall.payments.len() > MAX_PAYMENTS {
        return Err(RecallError::Payments(recall.payments.len()));
    }
    let foreign = recall.payments.iter().flat_map(|one| [one.amount, one.traced]);
    if let Some(money) = foreign.into_iter().find(|money| money.currency.code().len() != 3) {
        return Err(RecallError::Currency(money.currency.code()));
    }
    let number = match edition {
        Edition::V08 => "08",
        Edition::V12 => "12",
    };
    let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    let space = format!("urn:iso:std:iso:20022:tech:xsd:camt.056.001.{number}");
    let _ = writeln!(xml.0, "<Document xmlns=\"{space}\">\n<FIToFIPmtCxlReq>");
    let id = cut(&recall.id, MAX_ID);
    xml.within("Assgnmt", |xml| {
        xml.text("Id", &id);
        xml.within("Assgnr", |xml| xml.bank("Agt", &recall.from_bank));
        xml.within("Assgne", |xml| xml.bank("Agt", &recall.to_bank));
        xml.text("CreDtTm", &recall.made.to_string());
    });
    xml.within("Case", |xml| {
        xml.text("Id", &id);
        let name = cut(&recall.agency, MAX_NAME);
        xml.within("Cretr", |xml| xml.within("Pty", |xml| xml.text("Nm", &name)));
    });
    xml.within("CtrlData", |xml| xml.text("NbOfTxs", &recall.payments.len().to_string()));
    xml.within("Undrlyg", |xml| {
        for payment in &recall.payments {
            xml.within("TxInf", |xml| xml.payment(payment));
        }
    });
    xml.0.push_str("</FIToFIPmtCxlReq>\n</Document>\n");
    Ok(xml.0)
}

/// What is written so far.
struct Xml(String);

impl Xml {
    fn within(&mut self, name: &str, inner: impl FnOnce(&mut Xml)) {
        let _ = writeln!(self.0, "<{name}>");
        inner(self);
        let _ = writeln!(self.0, "</{name}>");
    }

    fn text(&mut self, name: &str, text: &str) {
        let _ = writeln!(self.0, "<{name}>{}</{name}>", escaped(text));
    }

    fn bank(&mut self, role: &str, code: &str) {
        self.within(role, |xml| {
            xml.within("FinInstnId", |xml| {
                if is_bic(code) {
                    xml.text("BICFI", code);
                } else {
                    xml.within("Othr", |xml| xml.text("Id", &cut(code, MAX_ID)));
                }
            });
        });
    }

    fn account(&mut self, role: &str, account: &Account) {
        self.within(role, |xml| {
            xml.within("Id", |xml| {
                xml.within("Othr", |xml| xml.text("Id", &cut(account.number(), MAX_ACCOUNT)));
            });
        });
    }

    fn payment(&mut self, payment: &Payment) {
        self.text("OrgnlTxId", &cut(&payment.id, MAX_ID));
        let (code, amount) = (payment.amount.currency.code(), payment.amount.decimal());
        let _ =
            writeln!(self.0, "<OrgnlIntrBkSttlmAmt Ccy=\"{code}\">{amount}</OrgnlIntrBkSttlmAmt>");
        let day: String = payment.at.to_string().chars().take(10).collect();
        self.text("OrgnlIntrBkSttlmDt", &day);
        self.within("CxlRsnInf", |xml| {
            xml.within("Rsn", |xml| xml.text("Cd", "FRAD"));
            let Money { currency, .. } = payment.traced;
            let hold = format!("HOLD {} {} AND NO MORE", payment.traced.decimal(), currency.code());
            xml.text("AddtlInf", &cut(&hold, MAX_LINE));
            xml.text("AddtlInf", "DRAFT BY AN INVESTIGATING AGENCY, TO BE SENT BY THE BANK");
        });
        self.within("OrgnlTxRef", |xml| {
            xml.account("DbtrAcct", &payment.from);
            xml.bank("DbtrAgt", payment.from.bank());
            xml.bank("CdtrAgt", payment.to.bank());
            xml.account("CdtrAcct", &payment.to);
        });
    }
}

/// Whether a bank's code is a BIC (ISO 9362): XML schemas refuse anything else under that name.
fn is_bic(code: &str) -> bool {
    let bytes = code.as_bytes();
    let is_long = matches!(bytes.len(), 8 | 11);
    let is_plain = bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    is_long && is_plain && bytes.get(4..6).is_some_and(|two| two.iter().all(u8::is_ascii_uppercase))
}

/// At most so many characters, and none that XML cannot hold; never empty.
fn cut(text: &str, most: usize) -> String {
    let plain = text.trim().chars().filter(|c| !c.is_control() && *c < '\u{fffe}');
    let cut: String = plain.take(most).collect();
    if cut.is_empty() { "NOTPROVIDED".to_owned() } else { cut }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c => safe.push(c),
        }
    }
    safe
}
