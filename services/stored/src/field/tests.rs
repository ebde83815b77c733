use super::*;

fn both_ways<C, D, W>(value: D, field: W)
where
    C: Field<D, W>,
    D: PartialEq + std::fmt::Debug,
    W: PartialEq + std::fmt::Debug,
{
    assert_eq!(C::write(&value), field);
    assert_eq!(C::read(field, "it"), Ok(value));
}

#[test]
fn values_stand_in_their_fields_and_read_back() {
    both_ways::<Plain, _, _>(7, Some(7));
    both_ways::<OrDefault, _, _>(7, Some(7));
    both_ways::<Shown, u8, _>(7, Some("7".to_owned()));
    both_ways::<Maybe<Shown>, _, _>(Some(7_u8), Some("7".to_owned()));
    both_ways::<Maybe<Shown>, Option<u8>, _>(None, None);
    both_ways::<OrEmpty<Shown>, _, _>(Some(7_u8), Some("7".to_owned()));
    both_ways::<OrEmpty<Shown>, Option<u8>, _>(None, Some(String::new()));
    both_ways::<Each<Shown>, _, _>(vec![7_u8, 8], vec!["7".to_owned(), "8".to_owned()]);
    both_ways::<Same, _, _>(std::collections::BTreeSet::from([1, 2]), vec![1, 2]);
    both_ways::<Boxed<Plain>, _, _>(Box::new(7), Some(7));
    both_ways::<Seconds, _, _>(Duration::from_mins(2), Some(120));
    both_ways::<Index, _, _>(2_usize, Some(2));
}

#[test]
fn what_is_missing_or_does_not_fit_is_told_by_its_name() {
    assert_eq!(<Plain as Field<u8, _>>::read(None, "it"), Err(DecodeError::Missing("it")));
    assert_eq!(<OrEmpty<Shown> as Field<Option<u8>, _>>::read(None, "it"), Err(DecodeError::Missing("it")));
    assert_eq!(<OrDefault as Field<u8, _>>::read(None, "it"), Ok(0));
    let unfit = <Each<Shown> as Field<Vec<u8>, _>>::read(vec!["7".to_owned(), "x".to_owned()], "it");
    assert_eq!(unfit, Err(DecodeError::Malformed("field 'it': invalid digit found in string".to_owned())));
}

#[test]
fn a_duration_beyond_what_a_field_holds_is_the_longest_that_it_holds() {
    assert_eq!(Seconds::write(&Duration::MAX), Some(u32::MAX));
}
