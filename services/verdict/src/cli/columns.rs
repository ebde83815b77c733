//! The columns of every list. A kind that has no row here is shown by its key, its state and its title as far as it has
//! them.

use std::collections::BTreeMap;

use prost_reflect::{DynamicMessage, ReflectMessage, Value};
use verdict_kernel::key::PRODUCTION;

use super::view::{cell, dashed, of_value};

#[cfg(test)]
mod tests;

/// Each kind with its columns, `HEAD=what`, in narrow tables and, beyond `+`, in wide ones. What: a field, `a.b` within
/// another, `a/b` two of them, `a:b` the first that says something, `#a` how many, `a?word` a word for yes, `a|word` a word for nothing, `a(b c)` of each
/// item these.
const COLUMNS: &[(&str, &str)] = &[
    (
        "bet",
        "BET=key:id STATE=state ITERATION=iteration/iteration_limit TIMEBOX_END=timebox.end ROLLOUTS=#rollouts TITLE=title \
         + MODE=mode TIMEBOX_START=timebox.start COST=cost METRICS=metrics(metric) ID=id",
    ),
    (
        "flag",
        "FLAG=key:id ENVIRONMENT=environment STATE=state SERVED_TO=audience|nobody HOLD=holds(kind cause) \
         CLEAN-UP=cleanup + KIND=kind OWNER=owner UNIT=unit STAGE=stage ROLLOUT=rollout_id ID=id",
    ),
    (
        "rollout",
        "ROLLOUT=key:id STATE=state STAGE=stage ATTEMPT=attempt SOAKS_UNTIL=soaked_at ENVIRONMENT=environment FLAG=flag_id \
         + CLASS=stage_class BET=bet_id SERVICE=service MODE=mode TIER=tier STEP=step PROMOTION=promotion \
         PAUSED_FOR=paused_for ID=id",
    ),
    (
        "metric",
        "METRIC=key:id TYPE=type STATE=state TARGET=target LAST=last_value TARGET_MET=target_met \
         OBSERVATIONS=observations + UNIT=unit GOOD=good BASELINE=baseline AGGREGATION=aggregation AS_OF=last_window_end ID=id",
    ),
    (
        "guardrail",
        "GUARDRAIL=key:id METRIC=metric STATE=state ANSWER=answer REQUIRED=required SEEN=seen BREACHES=breaches \
         + ROLLOUT=rollout_id EFFECT=effect CRITICAL=critical?critical AS_OF=as_of ID=id",
    ),
    (
        "incident",
        "INCIDENT=id SEVERITY=severity STATE=state DETECTED=detected_at TITLE=title + ROLLOUT=rollout_id",
    ),
    (
        "sink",
        "SINK=key:id STATE=state FORMAT=format PLACE=place DEAD=#dead_letters REASON=reason + KINDS=kinds ID=id",
    ),
    (
        "launch",
        "LAUNCH=key:id STATE=state TIER=tier HOLD=held?held ANNOUNCED=announced TITLE=title + BET=bet_id ROLLOUT=rollout_id ID=id",
    ),
];

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    what: String,
}

/// The columns of a kind; `view` is one of its views, for a kind that has no row.
pub fn columns(kind: &str, wide: bool, view: &DynamicMessage) -> Vec<Column> {
    let said = COLUMNS.iter().find(|(name, _)| *name == kind).map(|(_, columns)| (*columns).to_owned());
    let said = said.unwrap_or_else(|| {
        let has = |field: &&str| view.descriptor().get_field_by_name(field).is_some();
        let usual = ["id", "key", "state", "title"];
        let columns = usual.iter().copied().filter(|field| has(field));
        columns.map(|field| format!("{}={field}", field.to_uppercase())).collect::<Vec<_>>().join(" ")
    });
    let narrow = said.split(" + ").next().unwrap_or_default().to_owned();
    let shown = if wide { said.replace(" + ", " ") } else { narrow };
    parse(&shown)
}

/// The columns that a text names.
pub fn parse(text: &str) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut rest = text.trim();
    while let Some((head, behind)) = rest.split_once('=') {
        let mut open = false;
        let end = behind.find(|letter| {
            open = (open || letter == '(') && letter != ')';
            letter == ' ' && !open
        });
        let (what, next) = behind.split_at(end.unwrap_or(behind.len()));
        columns.push(Column { head: head.trim().replace('_', " "), what: what.to_owned() });
        rest = next.trim_start();
    }
    columns
}

impl Column {
    /// The cell of this column in the row of a view.
    pub fn cell(&self, view: &DynamicMessage) -> String {
        let what = &self.what;
        if let Some(list) = what.strip_prefix('#') {
            return items(view, list).len().to_string();
        }
        if let Some((field, word)) = what.split_once('?') {
            let is = field_of(view, field) == "yes";
            return dashed(if is { word.to_owned() } else { String::new() });
        }
        if let Some((field, word)) = what.split_once('|') {
            let text = field_of(view, field);
            return if text.is_empty() { word.to_owned() } else { text };
        }
        if let Some((list, fields)) = what.strip_suffix(')').and_then(|what| what.split_once('(')) {
            let of_each = items(view, list).iter().map(|item| words(item, fields)).collect::<Vec<_>>();
            return dashed(of_each.join(", "));
        }
        if let Some((one, other)) = what.split_once(':') {
            let text = field_of(view, one);
            return dashed(if text.is_empty() { field_of(view, other) } else { text });
        }
        if let Some((one, other)) = what.split_once('/') {
            return format!("{}/{}", field_of(view, one), field_of(view, other));
        }
        dashed(field_of(view, what))
    }
}

/// Fields of an item, none said twice: a hold of the kind `restored` has that for its cause.
fn words(item: &DynamicMessage, fields: &str) -> String {
    let mut words: Vec<String> = fields.split(' ').map(|field| field_of(item, field)).collect();
    words.dedup();
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The messages in a list.
pub fn items(view: &DynamicMessage, list: &str) -> Vec<DynamicMessage> {
    let value = view.get_field_by_name(list).map(std::borrow::Cow::into_owned);
    let Some(Value::List(items)) = value else { return Vec::new() };
    items.into_iter().filter_map(|item| item.as_message().cloned()).collect()
}

/// A field, or one within another.
pub fn field_of(view: &DynamicMessage, path: &str) -> String {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(field) = view.descriptor().get_field_by_name(first) else { return String::new() };
    if rest.is_empty() {
        return cell(view, &field);
    }
    match &*view.get_field(&field) {
        Value::Message(inner) if view.has_field(&field) => field_of(inner, rest),
        Value::Message(_) => String::new(),
        value => of_value(&field, value),
    }
}

/// What each of these things is called: its key where it has one and no other of them has the same, else its id.
pub fn names(views: &[DynamicMessage]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for view in views {
        *counts.entry(field_of(view, "key")).or_default() += 1;
    }
    let name = |view: &DynamicMessage| {
        let key = field_of(view, "key");
        let alone = counts.get(&key) == Some(&1);
        // A key alone means the flag of production.
        let elsewhere = !matches!(field_of(view, "environment").as_str(), "" | PRODUCTION);
        if key.is_empty() || !alone || elsewhere { field_of(view, "id") } else { key }
    };
    views.iter().map(name).collect()
}
