//! What a bet believes, and when two beliefs are the same one in other clothes (rules B1, B11).

use unicode_normalization::UnicodeNormalization;

/// From here on two texts are so alike that the caller is warned.
pub const SIMILAR_FROM: f64 = 0.9;

/// We believe that this holds, and expect that it leads to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hypothesis {
    pub belief: String,
    pub expected_outcome: String,
}

/// How close two hypotheses are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likeness {
    Different,
    /// The share of the text that is the same, [`SIMILAR_FROM`] up to below 1.
    Similar(f64),
    /// The same once case, spacing and punctuation are taken away.
    Equal,
}

impl Hypothesis {
    /// Whether both halves say something.
    pub fn is_whole(&self) -> bool {
        !normalise(&self.belief).is_empty() && !normalise(&self.expected_outcome).is_empty()
    }

    /// The text by which hypotheses are compared.
    pub fn normalised(&self) -> String {
        format!("{}\n{}", normalise(&self.belief), normalise(&self.expected_outcome))
    }

    /// How close `self` is to `other`.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let (mine, theirs) = (self.normalised(), other.normalised());
        if mine == theirs {
            return Likeness::Equal;
        }
        if !lengths_may_be_similar(mine.chars().count(), theirs.chars().count()) {
            return Likeness::Different;
        }
        let similarity = strsim::normalized_levenshtein(&mine, &theirs);
        if similarity >= SIMILAR_FROM { Likeness::Similar(similarity) } else { Likeness::Different }
    }
}

/// Texts whose lengths differ by more than a tenth cannot be similar: spares the costly comparison.
fn lengths_may_be_similar(one: usize, other: usize) -> bool {
    one.min(other) * 10 >= one.max(other) * 9
}

/// NFKC, case folded, with each run of white space and punctuation as one space and none at the ends.
fn normalise(text: &str) -> String {
    // Upper case first makes the one-to-many foldings agree, such as the German sharp s and a double s.
    // It works letter by letter, so that a Greek sigma folds alike at the end of a word and within one.
    let folded = text
        .nfkc()
        .filter(|&c| !is_invisible(c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfkc();
    let mut normal = String::with_capacity(text.len());
    let mut gap = false;
    for c in folded {
        if is_separator(c) {
            gap = true;
        } else {
            if gap && !normal.is_empty() {
                normal.push(' ');
            }
            gap = false;
            normal.push(c);
        }
    }
    normal
}

/// White space and punctuation. Signs that carry meaning stay: `cost < 5` is not `cost > 5`.
fn is_separator(c: char) -> bool {
    let meaningful = matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    c.is_whitespace()
        || c.is_control()
        || (c.is_ascii_punctuation() && !meaningful)
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}')
}

/// Characters that nobody sees and that therefore make no text another one.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hypothesis(belief: &str) -> Hypothesis {
        Hypothesis { belief: belief.to_owned(), expected_outcome: "more people come back".to_owned() }
    }

    #[test]
    fn case_spacing_punctuation_and_encoding_make_no_new_hypothesis() {
        let first = hypothesis("A shorter Straße form: fewer drop-outs");
        for same in [
            "a shorter strasse form fewer drop outs",
            "  A  SHORTER\tSTRASSE form \u{2014} fewer drop\u{2010}outs!! ",
            "Ａ shorter straße form, fewer dro\u{200b}p-outs.",
        ] {
            assert_eq!(hypothesis(same).likeness(&first), Likeness::Equal, "{same}");
        }
    }

    #[test]
    fn signs_that_change_the_meaning_stay() {
        assert_ne!(hypothesis("cost < 5").likeness(&hypothesis("cost > 5")), Likeness::Equal);
    }

    #[test]
    fn a_changed_word_is_similar_and_another_text_is_different() {
        let first = hypothesis("a shorter form makes fewer people give up at the second step");
        let near = hypothesis("a shorter form makes fewer people give up at the first step");
        assert!(matches!(near.likeness(&first), Likeness::Similar(s) if (SIMILAR_FROM..1.0).contains(&s)));
        assert_eq!(hypothesis("a reminder by mail brings them back").likeness(&first), Likeness::Different);
    }

    #[test]
    fn both_halves_must_say_something() {
        assert!(hypothesis("x").is_whole());
        for empty in ["", "  ", " ... ", "\u{200b}"] {
            assert!(!hypothesis(empty).is_whole(), "{empty:?}");
        }
    }
}
