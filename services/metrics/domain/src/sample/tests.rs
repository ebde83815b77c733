use proptest::prelude::*;

use super::*;

const POSSIBLE: Sums =
    Sums { count: 10.0, sum: 100.0, sum_of_squares: Some(1100.0), min: Some(5.0), max: Some(15.0) };

fn which(sums: &Sums) -> Option<&'static str> {
    check(sums).err().map(|impossible| impossible.which)
}

#[test]
fn what_no_sample_can_have_is_named() {
    assert_eq!(which(&POSSIBLE), None);
    for (sums, wrong) in [
        (Sums { sum_of_squares: Some(1.0), ..POSSIBLE }, "sum_of_squares"),
        (Sums { sum_of_squares: Some(-1.0), sum: 0.0, min: None, max: None, ..POSSIBLE }, "sum_of_squares"),
        (Sums { sum_of_squares: Some(5000.0), ..POSSIBLE }, "sum_of_squares"),
        (Sums { min: Some(10.0), max: Some(10.0), sum: 90.0, ..POSSIBLE }, "sum"),
        (Sums { min: Some(15.0), max: Some(5.0), ..POSSIBLE }, "min"),
        (Sums { min: Some(11.0), max: None, ..POSSIBLE }, "sum"),
        (Sums { min: None, max: Some(9.0), ..POSSIBLE }, "sum"),
        // The mean lies between the extremes, and yet one of the ten is 15.
        (Sums { sum: 54.0, sum_of_squares: None, ..POSSIBLE }, "sum"),
        (Sums { count: 1.0, sum: 10.0, sum_of_squares: None, ..POSSIBLE }, "max"),
    ] {
        assert_eq!(which(&sums), Some(wrong), "{sums:?}");
    }
}

#[test]
fn what_was_not_given_is_not_compared() {
    let sum_alone = Sums { sum_of_squares: None, min: None, max: None, ..POSSIBLE };
    assert_eq!(which(&sum_alone), None);
    assert_eq!(which(&Sums { min: None, ..POSSIBLE }), None);
    assert_eq!(which(&Sums { max: None, ..POSSIBLE }), None);
}

fn sums(numbers: &[f64]) -> Sums {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Sums {
        count: f64::from(u32::try_from(numbers.len()).unwrap()),
        sum: numbers.iter().sum(),
        sum_of_squares: Some(numbers.iter().map(|number| number * number).sum()),
        min: Some(least),
        max: Some(greatest),
    }
}

fn numbers() -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![-1e6..1e6_f64, -1.0..1.0_f64, Just(0.0), Just(1e-12), Just(250.0)];
    prop::collection::vec(number, 1..200)
}

proptest! {
    #[test]
    fn every_sample_is_possible(numbers in numbers()) {
        prop_assert_eq!(check(&sums(&numbers)), Ok(()));
    }

    #[test]
    fn a_sample_whose_squares_are_too_few_or_too_many_is_not(numbers in numbers(), part in 0.01..0.9_f64) {
        let real = sums(&numbers);
        let (least, most) = (real.sum * real.sum / real.count, real.count * 1e12);
        prop_assume!(least > 1e-6);
        let impossible = Sums { sum_of_squares: Some(least * part), ..real };
        prop_assert_ne!(check(&impossible), Ok(()));
        let impossible = Sums { sum_of_squares: Some(most * 10.0), ..real };
        prop_assert_ne!(check(&impossible), Ok(()));
    }

    #[test]
    fn a_sample_whose_mean_is_outside_its_extremes_is_not(numbers in numbers(), by in 1.0..1e6_f64) {
        let real = sums(&numbers);
        let sum = (real.max.unwrap() + by) * real.count;
        let impossible = Sums { sum, sum_of_squares: None, ..real };
        prop_assert_ne!(check(&impossible), Ok(()));
    }
}
