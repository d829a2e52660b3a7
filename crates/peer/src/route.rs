//! What a request asks for.

use hyper::Method;
use model::digest::Digest;

use crate::blob::MAX_PIECES;
use crate::limits::MAX_WAIT;
use crate::refusal::Refusal;

/// All paths begin so.
pub(crate) const PREFIX: &str = "/lk1/";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// Take this parcel; wait so many seconds for news.
    Parcel(u64),
    /// Here are the pieces of a file.
    BeginBlob(Digest),
    /// Which pieces are there?
    Held(Digest),
    /// What are its pieces?
    List(Digest),
    /// Take this piece.
    PutPiece(Digest, u64),
    /// Give me this piece.
    Piece(Digest, u64),
    /// Who are you?
    Card,
}

impl Route {
    /// Reads a request's method, path and query. There is one way to write each.
    pub(crate) fn parse(
        method: &Method,
        path: &str,
        query: Option<&str>,
    ) -> Result<Route, Refusal> {
        let unknown = || Refusal::new(404, "path_unknown", "");
        let wrong = || Refusal::new(405, "method_wrong", method);
        let mut words = path.strip_prefix(PREFIX).ok_or_else(unknown)?.split('/');
        let words = [words.next(), words.next(), words.next(), words.next()];
        let (is_get, is_put) = (method == Method::GET, method == Method::PUT);
        let route = match words {
            [Some("parcel"), None, ..] if method == Method::POST => {
                return Ok(Route::Parcel(wait(query)?));
            }
            [Some("card"), None, ..] if is_get => Route::Card,
            [Some("blob"), Some(name), None, _] => match query {
                Some("list") if is_get => return Ok(Route::List(digest(name)?)),
                _ if is_get => Route::Held(digest(name)?),
                _ if is_put => Route::BeginBlob(digest(name)?),
                _ => return Err(wrong()),
            },
            [Some("blob"), Some(name), Some(piece), None] => {
                let (name, piece) = (digest(name)?, number(piece, MAX_PIECES)?);
                match method {
                    _ if is_get => Route::Piece(name, piece),
                    _ if is_put => Route::PutPiece(name, piece),
                    _ => return Err(wrong()),
                }
            }
            [Some("parcel" | "card"), None, ..] => return Err(wrong()),
            _ => return Err(unknown()),
        };
        query.map_or(Ok(route), |query| Err(bad(query)))
    }

    /// The path and the query that are read as this.
    pub(crate) fn path(&self) -> String {
        match self {
            Route::Parcel(0) => format!("{PREFIX}parcel"),
            Route::Parcel(wait) => format!("{PREFIX}parcel?wait={wait}"),
            Route::BeginBlob(name) | Route::Held(name) => format!("{PREFIX}blob/{name}"),
            Route::List(name) => format!("{PREFIX}blob/{name}?list"),
            Route::PutPiece(name, piece) | Route::Piece(name, piece) => {
                format!("{PREFIX}blob/{name}/{piece}")
            }
            Route::Card => format!("{PREFIX}card"),
        }
    }

    pub(crate) fn method(&self) -> Method {
        match self {
            Route::Parcel(_) => Method::POST,
            Route::BeginBlob(_) | Route::PutPiece(..) => Method::PUT,
            Route::Held(_) | Route::List(_) | Route::Piece(..) | Route::Card => Method::GET,
        }
    }
}

fn bad(text: &str) -> Refusal {
    Refusal::new(400, "request_bad", text)
}

fn wait(query: Option<&str>) -> Result<u64, Refusal> {
    let Some(query) = query else { return Ok(0) };
    number(query.strip_prefix("wait=").ok_or_else(|| bad(query))?, MAX_WAIT + 1)
}

/// A number below another, without a sign and without zeros before it.
fn number(text: &str, below: u64) -> Result<u64, Refusal> {
    let number = text.parse::<u64>().ok().filter(|number| *number < below);
    number.filter(|number| number.to_string() == text).ok_or_else(|| bad(text))
}

/// A name in lower-case digits, as it is printed.
fn digest(text: &str) -> Result<Digest, Refusal> {
    let digest = Digest::parse(text).ok();
    digest.filter(|digest| digest.to_string() == text).ok_or_else(|| bad(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(method: Method, text: &str) -> Result<Route, String> {
        let (path, query) = text.split_once('?').map_or((text, None), |(p, q)| (p, Some(q)));
        Route::parse(&method, path, query).map_err(|refusal| refusal.code)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let name = Digest([0xab; 32]);
        for route in [
            Route::Parcel(0),
            Route::Parcel(60),
            Route::BeginBlob(name),
            Route::Held(name),
            Route::List(name),
            Route::PutPiece(name, 0),
            Route::Piece(name, MAX_PIECES - 1),
            Route::Card,
        ] {
            assert_eq!(read(route.method(), &route.path()), Ok(route));
        }
    }

    #[test]
    fn what_is_written_otherwise_is_refused() {
        let name = Digest([0xab; 32]);
        let check = |method: Method, text: &str, code: &str| {
            assert_eq!(read(method, text), Err(code.to_owned()), "{text}");
        };
        check(Method::GET, "/lk1/parcel", "method_wrong");
        check(Method::DELETE, "/lk1/card", "method_wrong");
        check(Method::POST, &format!("/lk1/blob/{name}"), "method_wrong");
        check(Method::POST, &format!("/lk1/blob/{name}/1"), "method_wrong");
        for path in ["/", "/lk2/card", "/lk1/", "/lk1/card/", "/lk1/parcel/1", "/lk1//card"] {
            check(Method::GET, path, "path_unknown");
        }
        check(Method::GET, &format!("/lk1/blob/{name}/1/2"), "path_unknown");
        for query in ["wait=61", "wait=01", "wait=-1", "wait=", "wait", "", "wait=1&wait=2"] {
            check(Method::POST, &format!("/lk1/parcel?{query}"), "request_bad");
        }
        let upper = name.to_string().to_uppercase();
        for path in [
            format!("/lk1/blob/{upper}"),
            "/lk1/blob/..".to_owned(),
            "/lk1/blob/".to_owned(),
            format!("/lk1/blob/{name}/{MAX_PIECES}"),
            format!("/lk1/blob/{name}/+1"),
            format!("/lk1/blob/{name}?all"),
            format!("/lk1/blob/{name}/1?list"),
            "/lk1/card?list".to_owned(),
        ] {
            check(Method::GET, &path, "request_bad");
        }
        check(Method::PUT, &format!("/lk1/blob/{name}?list"), "request_bad");
    }

    proptest! {
        #[test]
        fn any_path_is_answered(path in "(/lk1/)?(blob|parcel|card)?[/a-f0-9?=%.]{0,80}") {
            let _ = read(Method::GET, &path);
            let _ = read(Method::PUT, &path);
        }
    }
}
