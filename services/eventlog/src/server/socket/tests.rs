use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Wake;

use futures::StreamExt;
use tokio::io::AsyncReadExt;

use super::*;

/// Counts how often somebody is told to go on.
#[derive(Default)]
struct Told(AtomicUsize);

impl Wake for Told {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_small_write_lets_others_go_first_once_and_a_large_one_goes_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let mut server = Incoming(listener).next().await.unwrap().unwrap();
    let told = Arc::new(Told::default());
    let waker = Arc::clone(&told).into();
    let mut context = Context::from_waker(&waker);
    let mut write = |bytes: &[u8]| match Pin::new(&mut server).poll_write(&mut context, bytes) {
        Poll::Ready(written) => (Some(written.unwrap()), told.0.load(Ordering::SeqCst)),
        Poll::Pending => (None, told.0.load(Ordering::SeqCst)),
    };

    assert_eq!(write(b"one"), (None, 1));
    assert_eq!(write(b"one and two"), (Some(11), 1));
    assert_eq!(write(&[b'x'; LARGE]), (Some(LARGE), 1));
    assert_eq!(write(b"three"), (None, 2));
    assert_eq!(write(b"three"), (Some(5), 2));

    drop(server);
    let mut received = Vec::new();
    client.read_to_end(&mut received).await.unwrap();
    assert_eq!(received.len(), 11 + LARGE + 5);
}
