//! IP addresses, version 4 and 6, in the one spelling of RFC 5952.
//!
//! Source: RFC 4291, RFC 5952 section 4, RFC 3986 section 3.2.2 (brackets). A version 4 address
//! inside a version 6 one becomes version 4. The unspecified addresses (`0.0.0.0`, `::`) and the
//! broadcast address name nobody and are refused; private ranges stay values (see `common`).
//! Left out on purpose: zones (`%eth0`), octal and hexadecimal octets, networks (`/24`).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::refang::refang;
use super::refusals::{refusals, shown};

refusals! {
    /// Why a text is no IP address.
    IpError {
        Unreadable "ip_unreadable" "{0:?} is no IPv4 or IPv6 address",
        NamesNobody "ip_names_nobody" "{0:?} is the unspecified or the broadcast address",
    }
}

/// Reads an address, refanged, bracketed or with a port behind it.
pub(super) fn parse(text: &str) -> Result<IpAddr, IpError> {
    let refanged = refang(text);
    let ip = read(&refanged).ok_or_else(|| IpError::Unreadable(shown(text)))?;
    match ip {
        IpAddr::V4(ip) if ip == Ipv4Addr::UNSPECIFIED || ip == Ipv4Addr::BROADCAST => {
            Err(IpError::NamesNobody(shown(text)))
        }
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Err(IpError::NamesNobody(shown(text))),
        ip => Ok(ip),
    }
}

/// Reads an address as a host is written in a link.
pub(super) fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[') {
        let (address, behind) = inner.split_once(']')?;
        let is_port = behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port);
        return is_port.then(|| address.parse::<Ipv6Addr>().ok()).flatten().map(unmapped);
    }
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Some(match ip {
            IpAddr::V6(ip) => unmapped(ip),
            ip => ip,
        });
    }
    let (address, port) = text.rsplit_once(':')?;
    is_port(port).then(|| address.parse::<Ipv4Addr>().ok()).flatten().map(IpAddr::V4)
}

fn unmapped(ip: Ipv6Addr) -> IpAddr {
    ip.to_ipv4_mapped().map_or(IpAddr::V6(ip), IpAddr::V4)
}

fn is_port(port: &str) -> bool {
    (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit())
}
