//! URLs, refanged and normalised: http or https, no default port, no credentials, no fragment.
//!
//! Source: WHATWG URL Standard (crate `url`), UTS 46 for the host. Path and query stay as they
//! are, since they tell one victim's page from another's. `www.` stays: it is part of the address.

use compact_str::CompactString;
use url::Url;

use super::domain;
use super::refang::refang;
use super::refusals::{refusals, shown};

refusals! {
    /// Why a text is no URL.
    UrlError {
        NoScheme "url_no_scheme" "{0:?} has no http or https scheme",
        BadScheme "url_bad_scheme" "{0:?} has a scheme other than http and https",
        BadHost "url_bad_host" "{0:?} has no host that could be reached from outside",
        Unreadable "url_unreadable" "{0:?} is no URL",
    }
}

/// Reads a URL with its scheme.
pub(super) fn parse(text: &str) -> Result<CompactString, UrlError> {
    let refanged = refang(text);
    let unreadable = || UrlError::Unreadable(shown(text));
    let (scheme, _) = refanged.split_once(':').ok_or_else(|| UrlError::NoScheme(shown(text)))?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {}
        scheme if scheme.contains('.') => return Err(UrlError::NoScheme(shown(text))),
        _ => return Err(UrlError::BadScheme(shown(text))),
    }
    let mut url = Url::parse(&refanged).map_err(|_| unreadable())?;
    url.set_fragment(None);
    url.set_username("").map_err(|()| unreadable())?;
    url.set_password(None).map_err(|()| unreadable())?;
    if let Some(url::Host::Domain(host)) = url.host() {
        let name = domain::ascii_name(host).map_err(|_| UrlError::BadHost(shown(text)))?;
        if name != host {
            url.set_host(Some(&name)).map_err(|_| unreadable())?;
        }
    }
    Ok(url.as_str().into())
}

/// The host of a URL in canonical form: what stands between `://` and the next slash or port.
pub(super) fn host(canonical: &str) -> Option<&str> {
    let (_, rest) = canonical.split_once("://")?;
    rest.split(['/', '?']).next()
}
