//! Wallet addresses whose checksum holds, in their canonical spelling.
//!
//! Source: Bitcoin base58check (versions 0 and 5), BIP-173 and BIP-350 (prefix `bc`), EIP-55, TRON
//! (base58check with 0x41), Substrate's SS58 (blake2b, 32-byte keys). Hexadecimal and bech32 are
//! lower case; EIP-55 is enforced where the case is mixed, as spreadsheets and people fold it. An
//! SS58 address keeps its network's prefix. Left out on purpose: Solana and other chains whose
//! addresses carry no checksum, test networks, names (ENS).

use bech32::{Hrp, segwit};
use blake2::Blake2b512;
use compact_str::CompactString;
use sha3::Keccak256;

use super::refusals::{refusals, shown};

/// No supported address is longer; base58 decoding is quadratic, so this comes first.
const MAX_CHARACTERS: usize = 100;

refusals! {
    /// Why a text is no wallet address.
    WalletError {
        Unknown "wallet_unknown" "{0:?} has the shape of no address that can be checked",
        Checksum "wallet_checksum" "{0:?} has a wrong checksum",
        Network "wallet_network" "{0:?} belongs to a test network or another chain",
    }
}

/// Reads an address, with or without the scheme of a payment link before it.
pub(super) fn parse(text: &str) -> Result<CompactString, WalletError> {
    let address = bare(text);
    let refused = || shown(text);
    if address.len() < 25 || address.len() > MAX_CHARACTERS {
        return Err(WalletError::Unknown(refused()));
    }
    if !address.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(WalletError::Unknown(refused()));
    }
    if let Some(hex) = address.strip_prefix("0x").or_else(|| address.strip_prefix("0X")) {
        return hexadecimal(hex, text);
    }
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("bc1") || lower.starts_with("tb1") || lower.starts_with("bcrt1") {
        return bech32_address(address, text);
    }
    base58(address, text)
}

fn bare(text: &str) -> &str {
    let rest = ["bitcoin:", "ethereum:", "tron:"].iter().find_map(|scheme| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..)).flatten()
    });
    match rest {
        Some(rest) => rest.split(['?', '@', '/']).next().unwrap_or_default(),
        None => text,
    }
}

fn hexadecimal(hex: &str, text: &str) -> Result<CompactString, WalletError> {
    if hex.len() != 40 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(WalletError::Unknown(shown(text)));
    }
    let lower = hex.to_ascii_lowercase();
    let is_mixed =
        hex.bytes().any(|b| b.is_ascii_uppercase()) && hex.bytes().any(|b| b.is_ascii_lowercase());
    if is_mixed && !holds_eip55(hex, &lower) {
        return Err(WalletError::Checksum(shown(text)));
    }
    Ok(format!("0x{lower}").into())
}

/// EIP-55: a letter is a capital where the hash of the lower case text has a nibble of 8 or more.
fn holds_eip55(hex: &str, lower: &str) -> bool {
    use sha3::Digest as _;
    let hash = Keccak256::digest(lower.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    hex.bytes().zip(nibbles).all(|(letter, nibble)| {
        letter.is_ascii_digit() || letter.is_ascii_uppercase() == (nibble >= 8)
    })
}

fn bech32_address(address: &str, text: &str) -> Result<CompactString, WalletError> {
    match segwit::decode(address) {
        Ok((prefix, _, _)) if prefix == Hrp::parse_unchecked("bc") => {
            Ok(address.to_ascii_lowercase().into())
        }
        Ok(_) => Err(WalletError::Network(shown(text))),
        Err(_) => Err(WalletError::Checksum(shown(text))),
    }
}

fn base58(address: &str, text: &str) -> Result<CompactString, WalletError> {
    let Ok(bytes) = bs58::decode(address).into_vec() else {
        return Err(WalletError::Unknown(shown(text)));
    };
    match bytes.len() {
        25 if bs58::decode(address).with_check(None).into_vec().is_err() => {
            Err(WalletError::Checksum(shown(text)))
        }
        25 => match bytes.first() {
            Some(0 | 5 | 0x41) => Ok(address.into()),
            _ => Err(WalletError::Network(shown(text))),
        },
        35 | 36 if holds_ss58(&bytes) => Ok(address.into()),
        35 | 36 => Err(WalletError::Checksum(shown(text))),
        _ => Err(WalletError::Unknown(shown(text))),
    }
}

/// SS58: prefix of one byte (below 64) or two, key of 32 bytes, two bytes of blake2b-512.
fn holds_ss58(bytes: &[u8]) -> bool {
    use blake2::Digest as _;
    let is_prefixed = match (bytes.len(), bytes.first()) {
        (35, Some(prefix)) => *prefix < 64,
        (36, Some(prefix)) => (64..128).contains(prefix),
        _ => false,
    };
    let Some((body, check)) = bytes.split_last_chunk::<2>() else {
        return false;
    };
    let hash = Blake2b512::new().chain_update(b"SS58PRE").chain_update(body).finalize();
    is_prefixed && hash.starts_with(check)
}
