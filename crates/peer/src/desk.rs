//! The desk: one request in, one answer out. Who asks is found out first, then what, then how much
//! is coming; only then is a body read, and only then does the host work.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use envelope::card::AgencyId;
use http_body_util::Full;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Duration, Instant, timeout_at};

use crate::blob::Pieces;
use crate::body::{self, BodyError};
use crate::crowd::Seat;
use crate::host::{Answer, Host};
use crate::limits::{Limits, MAX_LIST, MAX_PARCEL, MAX_PIECE};
use crate::refusal::Refusal;
use crate::route::Route;
use crate::server::over;

/// Answers requests, on whatever connection they come.
pub(crate) struct Desk {
    host: Arc<dyn Host>,
    limits: Limits,
    calls: Arc<Semaphore>,
    /// What each partner may have read and worked on at once. Only those whom the host knows get
    /// an entry, and only those at work keep it.
    partners: Mutex<BTreeMap<AgencyId, Arc<Semaphore>>>,
    closing: watch::Receiver<bool>,
}

type Reply = Response<Full<Bytes>>;

impl Desk {
    pub(crate) fn new(host: Arc<dyn Host>, limits: Limits, closing: watch::Receiver<bool>) -> Desk {
        let calls = Arc::new(Semaphore::new(limits.calls));
        Desk { host, limits, calls, partners: Mutex::default(), closing }
    }

    /// Answers the holder of a key.
    pub(crate) async fn answer(
        &self,
        key: [u8; 32],
        seat: &Seat,
        request: Request<Incoming>,
    ) -> Reply {
        let (head, mut body) = request.into_parts();
        let known = self.call(move |host| host.agency_of(&key)).await;
        let is_stranger = known.is_err();
        let answered = match known {
            Ok(from) => {
                seat.is_a_partners(from);
                self.serve(from, &head, &mut body).await
            }
            Err(refusal) => Err(refusal),
        };
        let mut reply = answered.unwrap_or_else(|refusal| refusal.response());
        let is_unread = !body.is_end_stream();
        if is_stranger || is_unread {
            reply.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if is_unread {
            tokio::spawn(body::drain(body));
        }
        reply
    }

    async fn serve(
        &self,
        from: AgencyId,
        head: &Parts,
        body: &mut Incoming,
    ) -> Result<Reply, Refusal> {
        let route = Route::parse(&head.method, head.uri.path(), head.uri.query())?;
        let bytes = match route {
            Route::Parcel(wait) => self.parcel(from, body, wait).await?,
            Route::BeginBlob(name) => {
                let (bytes, _turn) = self.take_in(from, body, MAX_LIST).await?;
                let bad = |error| Refusal::new(400, "request_bad", error);
                let begin = move |host: &dyn Host| {
                    host.begin_blob(from, name, Pieces::parse(&bytes).map_err(bad)?)
                };
                self.call(begin).await?
            }
            Route::PutPiece(name, piece) => {
                let (bytes, _turn) = self.take_in(from, body, MAX_PIECE).await?;
                self.call(move |host| host.put_piece(from, name, piece, bytes)).await?;
                let mut reply = Response::new(Full::default());
                *reply.status_mut() = StatusCode::NO_CONTENT;
                return Ok(reply);
            }
            Route::Held(name) => self.look(from, body, move |h| h.held(from, name)).await?,
            Route::List(name) => {
                self.look(from, body, move |h| h.list(from, name).map(|list| list.write())).await?
            }
            Route::Piece(name, piece) => {
                self.look(from, body, move |h| h.piece(from, name, piece)).await?
            }
            Route::Card => self.look(from, body, move |h| h.card(from)).await?,
        };
        Ok(Response::new(Full::from(bytes)))
    }

    /// Takes a parcel, and where there is nothing new for its sender, waits as long as he wants.
    async fn parcel(
        &self,
        from: AgencyId,
        body: &mut Incoming,
        wait: u64,
    ) -> Result<Vec<u8>, Refusal> {
        // Before the parcel is taken, so that no ring between its answer and the waiting is missed.
        let mut bell = self.host.bell().listen(from);
        let (bytes, turn) = self.take_in(from, body, MAX_PARCEL).await?;
        let mut answer = self.call(move |host| host.take(from, bytes)).await?;
        drop(turn);
        let until = Instant::now() + Duration::from_secs(wait);
        let mut closing = self.closing.clone();
        while !answer.is_news && Instant::now() < until && !*closing.borrow() {
            tokio::select! {
                _ = timeout_at(until, bell.rung()) => {}
                // Who shuts down keeps nobody waiting.
                () = over(&mut closing) => break,
            }
            answer = self.again(from).await?;
        }
        Ok(answer.bytes)
    }

    async fn again(&self, to: AgencyId) -> Result<Answer, Refusal> {
        self.call(move |host| host.again(to)).await
    }

    /// A question without a body.
    async fn look<T, W>(&self, from: AgencyId, body: &Incoming, work: W) -> Result<T, Refusal>
    where
        T: Send + 'static,
        W: FnOnce(&dyn Host) -> Result<T, Refusal> + Send + 'static,
    {
        if body.size_hint().exact() != Some(0) {
            return Err(Refusal::new(400, "body_unwanted", ""));
        }
        let _turn = self.turn(from).await?;
        self.call(move |host| host.allow(from, 0).and_then(|()| work(host))).await
    }

    /// Reads a partner's body, when it says how long it is, that is not too long, the host allows
    /// it, and it is its turn; which lasts until the permit is dropped.
    async fn take_in(
        &self,
        from: AgencyId,
        body: &mut Incoming,
        most: usize,
    ) -> Result<(Vec<u8>, OwnedSemaphorePermit), Refusal> {
        let large = || Refusal::new(413, "body_large", most);
        let length = body.size_hint().exact();
        let length = length.ok_or_else(|| Refusal::new(411, "length_missing", ""))?;
        if length > most as u64 {
            return Err(large());
        }
        self.call(move |host| host.allow(from, length)).await?;
        let turn = self.turn(from).await?;
        let read = body::read(body, most, self.limits.pace).await;
        let bytes = read.map_err(|error| match error {
            BodyError::Slow => Refusal::new(408, "body_slow", ""),
            BodyError::Large => large(),
            BodyError::Cut => Refusal::new(400, "body_cut", ""),
        })?;
        Ok((bytes, turn))
    }

    /// Waits until it is a partner's turn. One partner never takes all that the host can do.
    async fn turn(&self, from: AgencyId) -> Result<OwnedSemaphorePermit, Refusal> {
        let turns = {
            let mut partners = self.partners.lock().unwrap_or_else(PoisonError::into_inner);
            partners.retain(|_, turns| Arc::strong_count(turns) > 1);
            let new = || Arc::new(Semaphore::new(self.limits.calls_of_one));
            partners.entry(from).or_insert_with(new).clone()
        };
        turns.acquire_owned().await.map_err(|_| Refusal::failed())
    }

    /// Has the host work on a thread where it may block.
    async fn call<T, W>(&self, work: W) -> Result<T, Refusal>
    where
        T: Send + 'static,
        W: FnOnce(&dyn Host) -> Result<T, Refusal> + Send + 'static,
    {
        let permit = self.calls.clone().acquire_owned().await.map_err(|_| Refusal::failed())?;
        let host = self.host.clone();
        let working = tokio::task::spawn_blocking(move || {
            // Kept by the thread: it works on when nobody waits for its answer any more.
            let _permit = permit;
            work(&*host)
        });
        working.await.unwrap_or_else(|_| Err(Refusal::failed()))
    }
}
