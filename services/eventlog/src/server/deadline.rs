//! How long a caller waits, as it says in `grpc-timeout`. Past that the answer is DEADLINE_EXCEEDED, always: the
//! transport would answer CANCELLED at the same moment, and the caller would take it for its own doing.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tonic::Status;
use tonic::body::Body;
use tonic::codegen::http::{HeaderMap, Request, Response};
use tower::{Layer, Service};

/// So much earlier than the transport.
const AHEAD: Duration = Duration::from_millis(1);

/// Goes around every call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadlines;

impl<S> Layer<S> for Deadlines {
    type Service = Within<S>;

    fn layer(&self, inner: S) -> Within<S> {
        Within(inner)
    }
}

/// Calls that end when their callers stop waiting.
#[derive(Debug, Clone)]
pub(super) struct Within<S>(S);

impl<S, B> Service<Request<B>> for Within<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // It runs from now on, not from when it is first looked at: the transport's own begins right after.
        let over = patience(request.headers()).map(|time| tokio::time::sleep(time.saturating_sub(AHEAD)));
        let answer = self.0.call(request);
        Box::pin(async move {
            let Some(over) = over else { return answer.await };
            tokio::select! {
                biased;
                answer = answer => answer,
                () = over => Ok(exceeded().into_http()),
            }
        })
    }
}

fn exceeded() -> Status {
    Status::deadline_exceeded("the deadline has passed; what was asked for may still happen")
}

/// At most eight digits and a unit.
fn patience(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let value: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(value.saturating_mul(3_600))),
        "M" => Some(Duration::from_secs(value.saturating_mul(60))),
        "S" => Some(Duration::from_secs(value)),
        "m" => Some(Duration::from_millis(value)),
        "u" => Some(Duration::from_micros(value)),
        "n" => Some(Duration::from_nanos(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn a_timeout_is_read_in_every_unit_and_nothing_else_is() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("grpc-timeout", text.parse().unwrap());
            patience(&headers)
        };
        for (text, seconds) in [("2H", 7_200), ("3M", 180), ("4S", 4), ("5000m", 5), ("6000000u", 6)] {
            assert_eq!(read(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(read("7n"), Some(Duration::from_nanos(7)));
        for text in ["", "5", "S", "-1S", "5s", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    /// However late the call is looked at, and although the transport looks at its own clock at the same time.
    #[tokio::test(start_paused = true)]
    async fn a_call_whose_deadline_has_passed_says_so_before_the_transport_gives_it_up() {
        let never = |_: Request<Body>| std::future::pending::<Result<Response<Body>, Infallible>>();
        let mut calls = Deadlines.layer(tower::service_fn(never));
        let mut request = Request::new(Body::empty());
        request.headers_mut().insert("grpc-timeout", "20m".parse().unwrap());
        let call = calls.call(request);
        tokio::time::advance(Duration::from_millis(20)).await;
        let Poll::Ready(Ok(answer)) = futures::poll!(call) else { panic!("the transport was first") };
        assert_eq!(answer.headers()["grpc-status"], "4");
    }
}
