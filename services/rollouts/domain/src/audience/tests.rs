use proptest::prelude::*;

use super::*;

fn names() -> impl Strategy<Value = BTreeSet<String>> {
    proptest::collection::btree_set("[a-c]", 0..3)
}

fn any_audience() -> impl Strategy<Value = Audience> {
    let attributes = proptest::collection::btree_map("[x-z]", names(), 0..3);
    let percent =
        proptest::option::of((0_u32..=10_000).prop_map(|bp| Percent::from_basis_points(bp).unwrap()));
    (names(), names(), attributes, percent).prop_map(|(members, accounts, attributes, percent)| Audience {
        members,
        accounts,
        attributes,
        percent,
    })
}

#[test]
fn inclusion_compares_every_part() {
    let ten = Audience::percent(Percent::of(10));
    let with_account = ten.clone().union(&Audience::accounts(["acme"]));
    assert!(ten.is_within(&with_account));
    assert!(with_account.widens(&ten));
    assert!(Audience::members(["ann"]).widens(&with_account));
    assert!(Audience::percent(Percent::of(11)).widens(&with_account));
    assert!(Audience::members(["ann"]).is_within(&Audience::percent(Percent::FULL)));
}

#[test]
fn nothing_and_zero_percent_reach_nobody() {
    assert!(Audience::nobody().is_nobody());
    assert!(Audience::percent(Percent::ZERO).is_nobody());
    assert!(!Audience::members(["ann"]).is_nobody());
}

proptest! {
    #[test]
    fn inclusion_is_reflexive_and_transitive(a in any_audience(), b in any_audience(), c in any_audience()) {
        prop_assert!(a.is_within(&a));
        let ab = a.clone().union(&b);
        let abc = ab.clone().union(&c);
        prop_assert!(a.is_within(&ab) && ab.is_within(&abc) && a.is_within(&abc));
    }

    #[test]
    fn a_union_contains_both_sides(a in any_audience(), b in any_audience()) {
        let both = a.clone().union(&b);
        prop_assert!(a.is_within(&both) && b.is_within(&both));
        prop_assert_eq!(b.is_within(&a), !b.widens(&a));
    }
}

proptest! {
    #[test]
    fn the_narrower_of_two_is_within_both_and_is_one_of_them_where_they_are_ordered(
        one in any_audience(),
        other in any_audience(),
    ) {
        let both = one.narrower(&other);
        prop_assert!(both.is_within(&one) && both.is_within(&other), "{both:?}");
        if one.is_within(&other) {
            prop_assert_eq!(&both, &one);
        } else if other.is_within(&one) {
            prop_assert_eq!(&both, &other);
        }
    }
}
