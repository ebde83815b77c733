//! Whole lists, of what belongs to the thing `of`; of everything where that is empty.

use verdict_proto::gtm::v1::LaunchView;
use verdict_proto::metrics::v1::{GuardrailView, IncidentView};
use verdict_proto::rollouts::v1::{FlagView, RolloutView};

use super::Client;
use crate::failure::Failure;

impl Client {
    pub async fn all_rollouts(&self, of: &str) -> Result<Vec<RolloutView>, Failure> {
        let page = |request| async move { self.rollouts().list(request).await };
        self.pages(of, page, |list| (list.rollouts, list.next)).await
    }

    pub async fn all_flags(&self, of: &str) -> Result<Vec<FlagView>, Failure> {
        let page = |request| async move { self.flags().list(request).await };
        self.pages(of, page, |list| (list.flags, list.next)).await
    }

    pub async fn all_guardrails(&self, of: &str) -> Result<Vec<GuardrailView>, Failure> {
        let page = |request| async move { self.guardrails().list(request).await };
        self.pages(of, page, |list| (list.guardrails, list.next)).await
    }

    pub async fn all_incidents(&self, of: &str) -> Result<Vec<IncidentView>, Failure> {
        let page = |request| async move { self.incidents().list(request).await };
        self.pages(of, page, |list| (list.incidents, list.next)).await
    }

    pub async fn all_launches(&self, of: &str) -> Result<Vec<LaunchView>, Failure> {
        let page = |request| async move { self.launches().list(request).await };
        self.pages(of, page, |list| (list.launches, list.next)).await
    }
}
