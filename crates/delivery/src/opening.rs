//! The open door: a server at which partners are answered, until it is closed.

use std::net::SocketAddr;
use std::sync::Arc;

use peer::error::PeerError;
use peer::identity::Identity;
use peer::limits::Limits;
use peer::server::Server;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::door::Door;

/// A door at which partners are answered.
pub struct OpenDoor {
    /// Where it is.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<Result<(), PeerError>>,
}

impl OpenDoor {
    /// Opens it; port 0 is any free one.
    pub fn open(
        runtime: &Runtime,
        listen: SocketAddr,
        identity: &Identity,
        door: Arc<Door>,
    ) -> Result<OpenDoor, PeerError> {
        let server = {
            let _inside = runtime.enter();
            Server::bind(listen, identity, door, Limits::default())?
        };
        let (address, (stop, stopped)) = (server.local_addr(), watch::channel(false));
        Ok(OpenDoor { address, stop, serving: runtime.spawn(server.serve(stopped)) })
    }

    /// Closes it, once everybody inside has been answered.
    pub fn close(self, runtime: &Runtime) -> Result<(), PeerError> {
        let _ = self.stop.send(true);
        match runtime.block_on(self.serving) {
            Ok(served) => served,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
}
