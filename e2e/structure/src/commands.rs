//! `docs/commands.md`: every command of the platform and what undoes it, read from the `REVERSES` tables that the
//! aggregates hold.

use std::fmt::Write as _;

use syn::{Expr, Item, Lit};

use crate::sources::Source;

/// An aggregate and, for each of its commands, what undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverses {
    /// File name of the aggregate: `launch`.
    pub aggregate: String,
    pub commands: Vec<(String, String)>,
}

/// The table in this file, if it holds one.
pub fn reverses_in(file: &Source) -> Option<Reverses> {
    if !file.path.contains("-domain/src/") || file.is_test() {
        return None;
    }
    let parsed = syn::parse_file(&file.text).ok()?;
    parsed.items.iter().find_map(|item| match item {
        Item::Const(item) if item.ident == "REVERSES" => Some(Reverses {
            aggregate: file.stem().to_owned(),
            commands: pairs(&item.expr),
        }),
        _ => None,
    })
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
    let mut text = String::from(OPENING);
    for table in tables {
        let verb = format!("verdict {}", table.aggregate);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n## {verb}\n\n| Command | What undoes it |\n|---|---|");
        for (command, reverse) in &table.commands {
            let _ = writeln!(text, "| `{}` | {} |", kebab(command), kebab(reverse));
        }
    }
    text
}

/// `StartResponse` as the command line spells it: `start-response`. A sentence stays as it is.
fn kebab(name: &str) -> String {
    let is_name = name.chars().all(char::is_alphanumeric) && name.starts_with(char::is_uppercase);
    if !is_name {
        return name.to_owned();
    }
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
