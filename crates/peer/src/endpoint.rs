//! Where a node answers: `host:port` or `https://host:port`, as a card says it.

use std::fmt;
use std::net::Ipv6Addr;

use crate::error::PeerError;

/// A card names at most so many (`envelope::card`), and no more are dialled.
pub const MAX_ENDPOINTS: usize = 16;
const MAX_BYTES: usize = 300;
/// A name in the DNS has at most so many bytes.
const MAX_HOST: usize = 253;

/// An address. It has a host, a name or a number, and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    host: String,
    port: u16,
}

impl Endpoint {
    /// Reads an address. The port has to be there; an IPv6 number stands in brackets.
    pub fn parse(text: &str) -> Result<Endpoint, PeerError> {
        let error = || PeerError::Endpoint(text.chars().take(MAX_BYTES).collect());
        let bare = text.strip_prefix("https://").unwrap_or(text);
        let bare = bare.strip_suffix('/').unwrap_or(bare);
        let (host, port) = bare.rsplit_once(':').ok_or_else(error)?;
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        let port: u16 = port.parse().ok().filter(|port| digits && *port > 0).ok_or_else(error)?;
        let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let host = match inner {
            Some(number) => number.parse::<Ipv6Addr>().map_err(|_| error())?.to_string(),
            None if is_name(host) => host.to_ascii_lowercase(),
            None => return Err(error()),
        };
        Ok(Endpoint { host, port })
    }

    /// What is looked up: a name, or a number without brackets.
    pub(crate) fn place(&self) -> (&str, u16) {
        (&self.host, self.port)
    }
}

fn is_name(host: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    (1..=MAX_HOST).contains(&host.len()) && host.bytes().all(is_plain)
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_port() {
        for (text, read) in [
            ("node.example.vn:8443", "node.example.vn:8443"),
            ("https://Node.Example.vn:443/", "node.example.vn:443"),
            ("192.0.2.7:1", "192.0.2.7:1"),
            ("[2001:DB8::0:1]:8443", "[2001:db8::1]:8443"),
            ("https://[::1]:8443", "[::1]:8443"),
        ] {
            assert_eq!(Endpoint::parse(text).unwrap().to_string(), read);
        }
        for text in [
            "",
            "node",
            "node:",
            ":1",
            "node:0",
            "node:65536",
            "node:+1",
            "http://node:1",
            "user@node:1",
            "node:1/path",
            "::1:80",
            "[::1]",
            "[node]:1",
            "no de:1",
            "node\r\nx:1",
            "nút.vn:1",
        ] {
            assert_eq!(Endpoint::parse(text).unwrap_err().code(), "peer_endpoint_bad", "{text:?}");
        }
    }
}
