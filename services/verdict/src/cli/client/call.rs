//! A call that is only known by its path: bytes of one message there, bytes of another back.

use bytes::{Buf, BufMut};
use http::uri::PathAndQuery;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::{Code, Request, Response, Status};

use super::Client;
use crate::failure::Failure;
use crate::platform::service::Service;

/// Messages as they are encoded.
#[derive(Debug, Clone, Copy, Default)]
struct Raw;

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, message: Vec<u8>, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put_slice(&message);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let mut message = vec![0; from.remaining()];
        from.copy_to_slice(&mut message);
        Ok(Some(message))
    }
}

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Client {
    /// Calls a method of a context, and calls it again with the same message while the platform cannot be reached.
    pub async fn unary(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let (service, at) = way(context, path)?;
        self.call(|| self.attempt(service, &at, &message)).await
    }

    /// The same for a read of one thing; `None` where there is no such thing.
    pub async fn found(
        &self,
        context: &str,
        path: &str,
        message: Vec<u8>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let (service, at) = way(context, path)?;
        self.call(|| async {
            match self.attempt(service, &at, &message).await {
                Err(status) if status.code() == Code::NotFound => Ok(Response::new(None)),
                answer => answer.map(|answer| answer.map(Some)),
            }
        })
        .await
    }

    async fn attempt(
        &self,
        service: Service,
        at: &PathAndQuery,
        message: &[u8],
    ) -> Result<Response<Vec<u8>>, Status> {
        let mut grpc = Grpc::new(self.servers.way(service));
        let unready = |error| Status::unknown(format!("Service was not ready: {error}"));
        grpc.ready().await.map_err(unready)?;
        let answer = grpc.unary(Request::new(message.to_vec()), at.clone(), Raw).await;
        answer.map_err(|status| self.elsewhere(service, status))
    }

    /// A process that serves other services has nothing to say about why it does not serve this one.
    fn elsewhere(&self, service: Service, status: Status) -> Status {
        if status.code() != Code::Unimplemented {
            return status;
        }
        let asked = self.connection.servers.join(", ");
        Status::failed_precondition(format!(
            "{asked} does not serve {service}; name the process that does: --server {service}=ADDRESS"
        ))
    }
}

/// The service that serves a method, and where.
fn way(context: &str, path: &str) -> Result<(Service, PathAndQuery), Failure> {
    let unknown = || Failure::Fault(format!("the contracts name no service for {path}"));
    let service = Service::ALL.into_iter().find(|service| service.name() == context).ok_or_else(unknown)?;
    let at = path.parse().map_err(|_| unknown())?;
    Ok((service, at))
}
