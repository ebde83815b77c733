//! What a platform says of itself: any of its processes can be asked, or all of them.

use futures::future::{join_all, select_ok};
use tonic::Response;
use verdict_proto::platform::v1::{HistoryReply, HistoryRequest, StatusReply, StatusRequest};

use super::Client;
use crate::failure::Failure;
use crate::platform::rest::{Member, at_rest};

impl Client {
    /// The process that moves time and shows the log: any of them can.
    pub fn platform(&self) -> Member {
        self.servers.first.clone()
    }

    /// What streams say: all processes read one log, and whichever answers first is believed.
    pub async fn history(&self, request: &HistoryRequest) -> Result<HistoryReply, Failure> {
        let each = |(_, member): &(String, Member)| {
            let member = member.clone();
            Box::pin(async move {
                let ask = || {
                    let mut member = member.clone();
                    async move { member.history(request.clone()).await }
                };
                self.call(ask).await
            })
        };
        select_ok(self.servers.members.iter().map(each)).await.map(|(reply, _)| reply)
    }

    /// What every process says about itself, in the order of their addresses; one that is silent does not silence the
    /// others.
    pub async fn status(&self) -> Vec<(String, Result<StatusReply, Failure>)> {
        let each = |(address, member): &(String, Member)| {
            let (address, member) = (address.clone(), member.clone());
            async move {
                let ask = || {
                    let mut member = member.clone();
                    async move { member.status(StatusRequest { settled: false }).await }
                };
                let answer = self.call(ask).await;
                (address, answer)
            }
        };
        join_all(self.servers.members.iter().map(each)).await
    }

    /// The same once all of them are at rest; `None` when they do not come to rest within the deadline.
    pub async fn settled(&self) -> Option<Vec<StatusReply>> {
        let members: Vec<Member> = self.servers.members.iter().map(|(_, member)| member.clone()).collect();
        let settled = self.call(|| async { Ok(Response::new(at_rest(&members).await?)) }).await;
        settled.ok()
    }
}
