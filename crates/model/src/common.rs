//! Values that many people share and that therefore tie nobody to anybody: hot lines, platforms,
//! link shorteners. They stay visible and are answered with a count; nothing is joined on them.
//!
//! The list is deliberately short: a value common in one node's data is found there by its count.

use crate::identifier::{Identifier, Kind};

/// Hosts of platforms, mail providers, shops for applications and link shorteners.
const HOSTS: &str = include_str!("../data/common_hosts.txt");

/// Whether the value itself says nothing about who uses it.
pub fn is_common(identifier: &Identifier) -> bool {
    match identifier.kind() {
        Kind::ShortCode => true,
        Kind::Domain => is_common_host(identifier.value()),
        Kind::Url => is_bare_common_url(identifier.value()),
        Kind::Ip => identifier.value().parse::<std::net::IpAddr>().is_ok_and(is_private),
        _ => false,
    }
}

fn is_common_host(host: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    HOSTS.lines().any(|line| line == host)
}

/// A platform's start page; a page or channel on it does say who.
fn is_bare_common_url(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    path.is_empty() && is_common_host(host)
}

fn is_private(ip: std::net::IpAddr) -> bool {
    match ip {
        std::net::IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_unspecified(),
        std::net::IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified(),
    }
}
