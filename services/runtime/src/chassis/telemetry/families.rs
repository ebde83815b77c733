//! What the services of this process know about the moment, for `/metrics`: whole families, replaced at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One line of a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub labels: Vec<(&'static str, String)>,
    pub value: f64,
}

/// Every family that was published in this process.
static FAMILIES: Mutex<Families> = Mutex::new(Families(BTreeMap::new()));

/// Families by name.
struct Families(BTreeMap<&'static str, Family>);

struct Family {
    help: &'static str,
    samples: Vec<Sample>,
}

/// From now on the gauge `name` has these samples and no others.
pub fn publish(name: &'static str, help: &'static str, samples: Vec<Sample>) {
    families().publish(name, help, samples);
}

/// What a scraper reads.
pub fn lines() -> Vec<String> {
    families().lines()
}

impl Families {
    fn publish(&mut self, name: &'static str, help: &'static str, samples: Vec<Sample>) {
        self.0.insert(name, Family { help, samples });
    }

    fn lines(&self) -> Vec<String> {
        self.0.iter().flat_map(|(name, family)| family.lines(name)).collect()
    }
}

impl Family {
    fn lines(&self, name: &str) -> Vec<String> {
        let head = [format!("# HELP {name} {}", self.help), format!("# TYPE {name} gauge")];
        head.into_iter().chain(self.samples.iter().map(|sample| sample.line(name))).collect()
    }
}

impl Sample {
    fn line(&self, name: &str) -> String {
        let label = |(key, value): &(&str, String)| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            format!("{key}=\"{value}\"")
        };
        let labels: Vec<String> = self.labels.iter().map(label).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        format!("{name}{labels} {}", self.value)
    }
}

fn families() -> MutexGuard<'static, Families> {
    FAMILIES.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_the_samples_that_were_published_last() {
        let sample = |flag: &str, value| Sample { labels: vec![("flag", flag.to_owned())], value };
        let mut families = Families(BTreeMap::new());
        families.publish("verdict_test_share", "For a test.", vec![sample("old", 1.0)]);
        families.publish("verdict_test_share", "For a test.", vec![sample("a\"b", 12.5), sample("c", 0.0)]);
        let wanted = [
            "# HELP verdict_test_share For a test.",
            "# TYPE verdict_test_share gauge",
            "verdict_test_share{flag=\"a\\\"b\"} 12.5",
            "verdict_test_share{flag=\"c\"} 0",
        ];
        assert_eq!(families.lines(), wanted);
    }

    #[test]
    fn a_sample_without_labels_is_a_plain_number() {
        assert_eq!(Sample { labels: Vec::new(), value: 3.0 }.line("verdict_test"), "verdict_test 3");
    }
}
