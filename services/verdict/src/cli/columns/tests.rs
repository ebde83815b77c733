//! Every column leads somewhere, and what is shown is what people read.

use verdict_proto::rollouts::v1 as rollouts;

use super::*;
use crate::cli::contract::{contract, kinds};

fn dynamic(name: &str, message: &impl prost::Message) -> DynamicMessage {
    let kind = contract().message(name).unwrap();
    DynamicMessage::decode(kind, message.encode_to_vec().as_slice()).unwrap()
}

#[test]
fn every_column_names_fields_that_there_are() {
    for (kind, _) in COLUMNS {
        let view = kinds().iter().find(|known| known.name == *kind).unwrap().list.clone().unwrap().view;
        let view = DynamicMessage::new(view);
        for column in columns(kind, true, &view) {
            let what = column.what.trim_start_matches('#');
            for path in what.split(['?', '|', '(']).next().unwrap().split(['/', ':']) {
                let mut of = view.descriptor();
                for name in path.split('.') {
                    let field = of.get_field_by_name(name);
                    let field = field.unwrap_or_else(|| panic!("{kind} {}: there is no {name}", column.head));
                    if let prost_reflect::Kind::Message(inner) = field.kind() {
                        of = inner;
                    }
                }
            }
        }
    }
}

#[test]
fn a_flag_is_a_row_with_whom_it_reaches_and_what_holds_it() {
    let hold = |kind: rollouts::HoldKind, cause: &str| rollouts::Hold {
        kind: kind.into(),
        cause: cause.to_owned(),
        ..rollouts::Hold::default()
    };
    let audience = rollouts::Audience {
        members: vec!["dana".to_owned(), "eli".to_owned()],
        basis_points: Some(1_250),
        ..rollouts::Audience::default()
    };
    let flag = rollouts::FlagView {
        key: "checkout".to_owned(),
        state: "partial".to_owned(),
        audience: Some(audience),
        holds: vec![hold(rollouts::HoldKind::Breach, "b-1"), hold(rollouts::HoldKind::Restored, "restored")],
        ..rollouts::FlagView::default()
    };
    let row = |flag: &rollouts::FlagView| -> Vec<String> {
        let view = dynamic("verdict.rollouts.v1.FlagView", flag);
        columns("flag", false, &view).iter().map(|column| column.cell(&view)).collect()
    };
    let wanted = ["checkout", "-", "partial", "2 members, 12.5 %", "breach b-1, restored", "-"];
    assert_eq!(row(&flag), wanted);
    assert_eq!(row(&rollouts::FlagView::default())[3..5], ["nobody", "-"]);
}

#[test]
fn a_kind_without_a_row_is_shown_by_what_it_has() {
    let view = dynamic("verdict.rollouts.v1.FlagView", &rollouts::FlagView::default());
    let heads: Vec<String> = columns("toy", false, &view).into_iter().map(|column| column.head).collect();
    assert_eq!(heads, ["ID", "KEY", "STATE"]);
}

#[test]
fn a_key_that_two_share_names_neither() {
    let flag = |id: &str, key: &str| {
        let flag =
            rollouts::FlagView { id: id.to_owned(), key: key.to_owned(), ..rollouts::FlagView::default() };
        dynamic("verdict.rollouts.v1.FlagView", &flag)
    };
    let all = [flag("1", "a"), flag("2", "b"), flag("3", "b"), flag("4", "")];
    assert_eq!(names(&all), ["a", "2", "3", "4"]);
}
