//! `docs/commands.md`: every command of the platform and what undoes it, read from the `REVERSES` tables that the
//! aggregates hold.

use syn::{Expr, Item, Lit};

use crate::sources::Source;

/// An aggregate and, for each of its commands, what undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverses {
    /// `launch`.
    pub aggregate: String,
    pub commands: Vec<(String, String)>,
}

/// The table in this file, if it holds one.
pub fn reverses_in(file: &Source) -> Option<Reverses> {
    if !file.path.contains("/domain/src/") || file.is_test() {
        return None;
    }
    let parsed = syn::parse_file(&file.text).ok()?;
    parsed.items.iter().find_map(|item| match item {
        Item::Const(item) if item.ident == "REVERSES" => {
            Some(Reverses { aggregate: aggregate_of(file).to_owned(), commands: pairs(&item.expr) })
        }
        _ => None,
    })
}

/// The aggregate that a file of a domain crate belongs to: the file or the folder right below `src`.
pub(crate) fn aggregate_of(file: &Source) -> &str {
    let below = file.path.split_once("/src/").map_or(file.path.as_str(), |(_, below)| below);
    below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn pairs(expression: &Expr) -> Vec<(String, String)> {
    match expression {
        Expr::Reference(reference) => pairs(&reference.expr),
        Expr::Array(array) => array.elems.iter().filter_map(pair).collect(),
        _ => Vec::new(),
    }
}

fn pair(expression: &Expr) -> Option<(String, String)> {
    let Expr::Tuple(tuple) = expression else {
        return None;
    };
    let mut texts = tuple.elems.iter().filter_map(text);
    Some((texts.next()?, texts.next()?))
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The document.
pub fn document(tables: &[Reverses]) -> String {
    let mut lines = vec![OPENING.to_owned()];
    for table in tables {
        let heading = format!("## verdict {}\n\n| Command | What undoes it |\n|---|---|", table.aggregate);
        lines.push(heading);
        let row =
            |(command, reverse): &(String, String)| format!("| `{}` | {} |", kebab(command), kebab(reverse));
        lines.extend(table.commands.iter().map(row));
        lines.push(String::new());
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

/// `StartResponse` as the command line spells it: `start-response`, also within a sentence.
fn kebab(text: &str) -> String {
    let words: Vec<_> = text.split(' ').collect();
    let alone = words.len() == 1;
    let spelt = words.iter().map(|word| {
        let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
        let is_name = word.starts_with(char::is_uppercase) && (alone || capitals > 1);
        if is_name { spell(word) } else { (*word).to_owned() }
    });
    spelt.collect::<Vec<_>>().join(" ")
}

fn spell(name: &str) -> String {
    let mut spelt = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !spelt.is_empty() {
            spelt.push('-');
        }
        spelt.extend(letter.to_lowercase());
    }
    spelt
}

const OPENING: &str = "# Commands and what undoes them

Generated from the `REVERSES` tables of the domain crates; `make bless` writes it anew.

Nothing is ever deleted (rule P2). A mistake is answered by another command, and both stay in the history.
";

#[cfg(test)]
mod tests;
