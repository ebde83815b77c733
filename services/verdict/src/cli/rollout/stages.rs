//! The stages file of `rollout plan --stages`: JSON whose units stand in names and whose unknown fields are refused.

use std::path::Path;

use serde::Deserialize;
use verdict_kernel::percent::Percent;
use verdict_proto::rollouts::v1 as pb;

use crate::cli::output::Failure;

#[cfg(test)]
mod tests;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stage {
    name: String,
    steps: Vec<Step>,
    #[serde(default)]
    min_soak_seconds: u32,
    max_soak_seconds: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Step {
    audience: Audience,
    #[serde(default)]
    soak_seconds: u32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Audience {
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    accounts: Vec<String>,
    percent: Option<serde_json::Value>,
    percent_basis_points: Option<u32>,
}

/// The stages in the file; none without a file.
pub(super) fn read(path: Option<&Path>) -> Result<Vec<pb::Stage>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let named = |why: String| Failure::usage(format!("--stages {}: {why}", path.display()));
    let text = std::fs::read(path).map_err(|error| named(error.to_string()))?;
    parse(&text).map_err(named)
}

fn parse(text: &[u8]) -> Result<Vec<pb::Stage>, String> {
    let stages: Vec<Stage> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if stages.is_empty() {
        return Err("it names no stage; leave the option out for the default stages".to_owned());
    }
    stages.into_iter().map(stage).collect()
}

fn stage(stage: Stage) -> Result<pb::Stage, String> {
    let name = stage.name;
    let step = |(index, step): (usize, Step)| {
        let audience = audience(step.audience).map_err(|why| format!("stage {name}, step {index}: {why}"))?;
        Ok(pb::Step { audience: Some(audience), soak_seconds: Some(step.soak_seconds) })
    };
    Ok(pb::Stage {
        steps: stage.steps.into_iter().enumerate().map(step).collect::<Result<_, String>>()?,
        min_soak_seconds: Some(stage.min_soak_seconds),
        max_soak_seconds: stage.max_soak_seconds,
        name: Some(name),
    })
}

fn audience(audience: Audience) -> Result<pb::Audience, String> {
    let basis_points = match (&audience.percent, audience.percent_basis_points) {
        (None, given) => given,
        (Some(_), Some(_)) => return Err("give percent or percentBasisPoints, not both".to_owned()),
        (Some(serde_json::Value::String(text)), None) => Some(share(text)?),
        (Some(other), None) => {
            return Err(format!(
                "percent {other} has no unit: write \"{other}%\", or percentBasisPoints (1 % is 100)"
            ));
        }
    };
    Ok(pb::Audience {
        members: audience.members,
        accounts: audience.accounts,
        attributes: Vec::new(),
        basis_points,
    })
}

/// `5%` or `0.25 %`, in basis points.
fn share(text: &str) -> Result<u32, String> {
    let wrong = || format!("'{text}' is no percentage: write it as 5% or 0.25%, up to 100%");
    let number = text.trim().strip_suffix('%').map(str::trim_end).ok_or_else(wrong)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return Err(wrong());
    }
    let whole: u32 = whole.parse().map_err(|_| wrong())?;
    let hundredths: u32 = format!("{part:0<2}").parse().map_err(|_| wrong())?;
    let points =
        whole.checked_mul(100).and_then(|points| points.checked_add(hundredths)).ok_or_else(wrong)?;
    Percent::from_basis_points(points).map(|_| points).map_err(|_| wrong())
}
