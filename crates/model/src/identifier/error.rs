//! Why a text is no identifier: what all kinds share, and the refusals of each kind.

use super::{
    bank_account, device, document, domain, email, iban, imei, ip, messaging, phone, qr,
    short_code, url, wallet,
};

/// Why a text is no identifier of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentifierError {
    /// Nothing was given.
    #[error("the value is empty")]
    Empty,
    /// Beyond `MAX_CHARACTERS`.
    #[error("the value has more than 2048 characters: {0:?}")]
    TooLong(String),
    /// Tabs, line ends and other control characters inside.
    #[error("{0:?} holds control characters")]
    ControlCharacter(String),
    /// A word that is the name of no kind.
    #[error("{0:?} is no kind of identifier")]
    UnknownKind(String),
    /// A value that should have been canonical.
    #[error("{0:?} is not canonical")]
    NotCanonical(String),
    /// Not a telephone number.
    #[error(transparent)]
    Phone(#[from] phone::PhoneError),
    /// Not a short code.
    #[error(transparent)]
    ShortCode(#[from] short_code::ShortCodeError),
    /// Not an IBAN.
    #[error(transparent)]
    Iban(#[from] iban::IbanError),
    /// Not an account.
    #[error(transparent)]
    BankAccount(#[from] bank_account::BankAccountError),
    /// Not an e-mail address.
    #[error(transparent)]
    Email(#[from] email::EmailError),
    /// Not a domain.
    #[error(transparent)]
    Domain(#[from] domain::DomainError),
    /// Not a URL.
    #[error(transparent)]
    Url(#[from] url::UrlError),
    /// Not an IP address.
    #[error(transparent)]
    Ip(#[from] ip::IpError),
    /// Not a wallet address.
    #[error(transparent)]
    Wallet(#[from] wallet::WalletError),
    /// Not an IMEI.
    #[error(transparent)]
    Imei(#[from] imei::ImeiError),
    /// Not a device id.
    #[error(transparent)]
    Device(#[from] device::DeviceError),
    /// Not a messaging account.
    #[error(transparent)]
    Messaging(#[from] messaging::MessagingError),
    /// Not a document number.
    #[error(transparent)]
    Document(#[from] document::DocumentError),
}

/// The codes of this file's own refusals; `all_codes` adds those of the kinds.
pub const CODES: &[&str] = &[
    "value_empty",
    "value_too_long",
    "value_control_character",
    "kind_unknown",
    "value_not_canonical",
];

/// Every code that a refusal of an identifier or of a QR text can have.
pub fn all_codes() -> impl Iterator<Item = &'static str> {
    let lists = [
        CODES,
        phone::CODES,
        short_code::CODES,
        iban::CODES,
        bank_account::CODES,
        email::CODES,
        domain::CODES,
        url::CODES,
        ip::CODES,
        wallet::CODES,
        imei::CODES,
        device::CODES,
        messaging::CODES,
        document::CODES,
        qr::CODES,
    ];
    lists.into_iter().flatten().copied()
}

impl IdentifierError {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            IdentifierError::Empty => "value_empty",
            IdentifierError::TooLong(_) => "value_too_long",
            IdentifierError::ControlCharacter(_) => "value_control_character",
            IdentifierError::UnknownKind(_) => "kind_unknown",
            IdentifierError::NotCanonical(_) => "value_not_canonical",
            IdentifierError::Phone(error) => error.code(),
            IdentifierError::ShortCode(error) => error.code(),
            IdentifierError::Iban(error) => error.code(),
            IdentifierError::BankAccount(error) => error.code(),
            IdentifierError::Email(error) => error.code(),
            IdentifierError::Domain(error) => error.code(),
            IdentifierError::Url(error) => error.code(),
            IdentifierError::Ip(error) => error.code(),
            IdentifierError::Wallet(error) => error.code(),
            IdentifierError::Imei(error) => error.code(),
            IdentifierError::Device(error) => error.code(),
            IdentifierError::Messaging(error) => error.code(),
            IdentifierError::Document(error) => error.code(),
        }
    }
}
