//! Which log a server serves: positions carry its id, so that nobody goes on reading in another log.
//!
//! Our own server answers from the stream `$verdict-log`, which it makes up from the id of its engine. A server
//! that has no such stream gets an ordinary one, once: whoever comes first writes it expecting no stream, and
//! everybody takes what is in it. A log that was restored has another id, and names the one that it comes from in the
//! stream `$restored`: its readers go on with it. Any other log at the same address is not taken for theirs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use verdict_runtime::log::{Expected, MAX_PAGE, NewEvent, restored};

use super::answer::{Arrived, Part};
use super::client::Client;
use super::fault::Fault;

const OURS: &str = "$verdict-log";
const FOREIGN: &str = "platform.log-identity";
const EVENT_TYPE: &str = "platform.Log.Identified.v1";

/// The payload of both streams.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    log_id: String,
}

/// The part that matters here of what a restored log says.
#[derive(Debug, Deserialize)]
struct Origin {
    from: String,
}

/// The id of the log behind `client`. `candidate` becomes it when the log has none yet.
pub(super) async fn learn(client: &Client, candidate: &str) -> Result<Arc<str>, Fault> {
    if let Some(id) = read(client).await? {
        return Ok(id);
    }
    let identity = Identity { log_id: candidate.to_owned() };
    let data = serde_json::to_vec(&identity).map_err(|error| Fault::Refused(error.to_string()))?;
    let event = NewEvent {
        id: Uuid::new_v5(&Uuid::NAMESPACE_OID, candidate.as_bytes()),
        event_type: EVENT_TYPE.to_owned(),
        data,
        metadata: b"{}".to_vec(),
    };
    match client.append(FOREIGN, Expected::NoStream, vec![event]).await {
        // Another one may have been first.
        Ok(_) | Err(Fault::WrongVersion { .. }) => {}
        Err(fault) => return Err(fault),
    }
    let id = read_from(client, FOREIGN).await?;
    id.ok_or_else(|| Fault::Unknown(format!("the stream '{FOREIGN}' was written and is not there")))
}

/// The id, if the log has one.
pub(super) async fn read(client: &Client) -> Result<Option<Arc<str>>, Fault> {
    match read_from(client, OURS).await? {
        Some(id) => Ok(Some(id)),
        None => read_from(client, FOREIGN).await,
    }
}

/// `None` when there is no such stream, or none that this user may see.
async fn read_from(client: &Client, stream: &str) -> Result<Option<Arc<str>>, Fault> {
    let page = match client.read_stream(stream, Part::Forward { from: 0, max: 1 }).await {
        Ok(page) => page,
        Err(Fault::NotFound) => return Ok(None),
        Err(Fault::Denied) if stream == OURS => return Ok(None),
        Err(fault) => return Err(fault),
    };
    page.events.first().map(identity).transpose()
}

/// Whether the log says that it was made of the log `old`, at whatever remove.
pub(super) async fn comes_from(client: &Client, old: &str) -> Result<bool, Fault> {
    let part = Part::Forward { from: 0, max: MAX_PAGE };
    let page = match client.read_stream(restored::STREAM, part).await {
        Ok(page) => page,
        Err(Fault::NotFound | Fault::Denied) => return Ok(false),
        Err(fault) => return Err(fault),
    };
    let is_old = |event: &Arrived| {
        serde_json::from_slice::<Origin>(&event.data).is_ok_and(|origin| origin.from == old)
    };
    Ok(page.events.iter().any(is_old))
}

fn identity(event: &Arrived) -> Result<Arc<str>, Fault> {
    let not_one = |why: String| Fault::Refused(format!("the stream '{}' names no log: {why}", event.stream));
    let identity: Identity =
        serde_json::from_slice(&event.data).map_err(|error| not_one(error.to_string()))?;
    // Positions are written `<logId>:<commit>:<prepare>`.
    if identity.log_id.is_empty() || identity.log_id.contains(':') {
        return Err(not_one(format!("'{}' is no id", identity.log_id)));
    }
    Ok(identity.log_id.into())
}

#[cfg(test)]
mod tests {
    use verdict_stored::golden;

    use super::*;

    #[test]
    fn clause_25_what_names_a_log_keeps_its_bytes_and_is_read_from_those_of_tomorrow() {
        let data = serde_json::to_vec(&Identity { log_id: "log-1".to_owned() }).unwrap();
        let kept = golden::payload(env!("CARGO_MANIFEST_DIR"), EVENT_TYPE, &data);
        for data in [golden::of_tomorrow(&kept), kept] {
            let read: Identity = serde_json::from_slice(&data).unwrap();
            assert_eq!(read.log_id, "log-1");
        }
    }
}
