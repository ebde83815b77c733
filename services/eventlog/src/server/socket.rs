//! Accepted connections, set up so that nobody waits for a delayed acknowledgement, and so that answers that are ready
//! together leave together.
//!
//! A commit ends many calls at once. Each of them that has its answer wakes its connection, which would be written to
//! before the next call has come to its answer: one system call and one segment for each, and one wake-up of the client.
//! So a small write first lets everybody go on who is ready, and then takes along what they have left.
//!
//! Clients of this protocol send the headers and the data of a call as two small segments and do not
//! disable Nagle's algorithm, so the second one waits until the first is acknowledged. The kernel delays
//! that by up to 40 ms, unless it is asked not to after each read.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tonic::transport::server::{Connected, TcpConnectInfo};

/// The connections that a listener accepts.
pub(super) struct Incoming(pub(super) TcpListener);

impl Stream for Incoming {
    type Item = io::Result<Connection>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_accept(context).map(|accepted| Some(accepted.and_then(|(tcp, _)| Connection::new(tcp))))
    }
}

/// A write of this many bytes does not wait for company.
const LARGE: usize = 8 << 10;

/// A connection that acknowledges at once what it has read, and writes little only when nobody else is ready.
pub(super) struct Connection {
    tcp: TcpStream,
    /// The write that is due has let others go first.
    has_waited: bool,
}

impl Connection {
    fn new(tcp: TcpStream) -> io::Result<Self> {
        tcp.set_nodelay(true)?;
        let connection = Self { tcp, has_waited: false };
        connection.acknowledge_at_once()?;
        Ok(connection)
    }

    #[cfg(target_os = "linux")]
    fn acknowledge_at_once(&self) -> io::Result<()> {
        self.tcp.set_quickack(true)
    }

    /// Elsewhere there is no such request.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "fails where it does something")]
    fn acknowledge_at_once(&self) -> io::Result<()> {
        Ok(())
    }

    /// Whether a write of so many bytes is to come back after everybody who is ready has gone on; that has then been
    /// arranged.
    fn waits(&mut self, bytes: usize, context: &Context<'_>) -> bool {
        self.has_waited = !self.has_waited && bytes < LARGE;
        if self.has_waited {
            context.waker().wake_by_ref();
        }
        self.has_waited
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.tcp).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = &read {
            // The kernel forgets the request after a while, so it is made anew each time.
            self.acknowledge_at_once()?;
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[io::IoSlice::new(bytes)])
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.waits(slices.iter().map(|slice| slice.len()).sum(), context) {
            return Poll::Pending;
        }
        Pin::new(&mut self.tcp).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }
}

impl Connected for Connection {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.tcp.connect_info()
    }
}

#[cfg(test)]
mod tests;
