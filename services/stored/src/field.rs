//! How a value of the domain stands in a field of a message. The rows of [`events!`](crate::events) and
//! [`message!`](crate::message) name one of these types for each field; what only one context says, its wire crate adds.

use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;
use std::time::Duration;

use crate::{DecodeError, required};

#[cfg(test)]
mod tests;

/// A value of type `D` in a field of type `W`. Fields are optional or repeated, as in every stored message.
pub trait Field<D, W> {
    fn write(value: &D) -> W;

    /// `name` is that of the field, for errors.
    fn read(field: W, name: &'static str) -> Result<D, DecodeError>;
}

/// As it is; it must be there.
#[derive(Debug)]
pub struct Plain;

impl<T: Clone> Field<T, Option<T>> for Plain {
    fn write(value: &T) -> Option<T> {
        Some(value.clone())
    }

    fn read(field: Option<T>, name: &'static str) -> Result<T, DecodeError> {
        required(field, name)
    }
}

/// As `C` says; where it is left out it is the default.
#[derive(Debug)]
pub struct OrDefault<C = Plain>(PhantomData<C>);

impl<C, D: Default, M> Field<D, Option<M>> for OrDefault<C>
where
    C: Field<D, Option<M>>,
{
    fn write(value: &D) -> Option<M> {
        C::write(value)
    }

    fn read(field: Option<M>, name: &'static str) -> Result<D, DecodeError> {
        if field.is_some() { C::read(field, name) } else { Ok(D::default()) }
    }
}

/// As it is, in a text of another kind than messages hold: borrowed or shared.
#[derive(Debug)]
pub struct Text;

impl<T> Field<T, Option<String>> for Text
where
    T: AsRef<str> + From<String>,
{
    fn write(text: &T) -> Option<String> {
        Some(text.as_ref().to_owned())
    }

    fn read(field: Option<String>, name: &'static str) -> Result<T, DecodeError> {
        required(field, name).map(T::from)
    }
}

/// As the text that it is shown as: ids, times, decimals.
#[derive(Debug)]
pub struct Shown;

impl<T> Field<T, Option<String>> for Shown
where
    T: Display + FromStr,
    T::Err: Display,
{
    fn write(value: &T) -> Option<String> {
        Some(value.to_string())
    }

    fn read(field: Option<String>, name: &'static str) -> Result<T, DecodeError> {
        required(field, name)?
            .parse()
            .map_err(|error: T::Err| DecodeError::Malformed(format!("field '{name}': {error}")))
    }
}

/// What may be absent, and else stands there as `C` says.
#[derive(Debug)]
pub struct Maybe<C>(PhantomData<C>);

impl<C, D, M> Field<Option<D>, Option<M>> for Maybe<C>
where
    C: Field<D, Option<M>>,
{
    fn write(value: &Option<D>) -> Option<M> {
        value.as_ref().and_then(C::write)
    }

    fn read(field: Option<M>, name: &'static str) -> Result<Option<D>, DecodeError> {
        field.map(|field| C::read(Some(field), name)).transpose()
    }
}

/// What may be absent and is an empty text then.
#[derive(Debug)]
pub struct OrEmpty<C>(PhantomData<C>);

impl<C, D> Field<Option<D>, Option<String>> for OrEmpty<C>
where
    C: Field<D, Option<String>>,
{
    fn write(value: &Option<D>) -> Option<String> {
        Some(value.as_ref().and_then(C::write).unwrap_or_default())
    }

    fn read(field: Option<String>, name: &'static str) -> Result<Option<D>, DecodeError> {
        let text = required(field, name)?;
        if text.is_empty() { Ok(None) } else { C::read(Some(text), name).map(Some) }
    }
}

/// Several, in their order, each as `C` says.
#[derive(Debug)]
pub struct Each<C>(PhantomData<C>);

impl<C, D, M> Field<Vec<D>, Vec<M>> for Each<C>
where
    C: Field<D, Option<M>>,
{
    fn write(values: &Vec<D>) -> Vec<M> {
        values.iter().filter_map(C::write).collect()
    }

    fn read(field: Vec<M>, name: &'static str) -> Result<Vec<D>, DecodeError> {
        field.into_iter().map(|item| C::read(Some(item), name)).collect()
    }
}

/// Several, as they are: a list or a set.
#[derive(Debug)]
pub struct Same;

impl<T, S> Field<S, Vec<T>> for Same
where
    S: Clone + IntoIterator<Item = T> + FromIterator<T>,
{
    fn write(values: &S) -> Vec<T> {
        values.clone().into_iter().collect()
    }

    fn read(field: Vec<T>, _: &'static str) -> Result<S, DecodeError> {
        Ok(field.into_iter().collect())
    }
}

/// Behind a pointer, because it is large.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C, D, W> Field<Box<D>, W> for Boxed<C>
where
    C: Field<D, W>,
{
    fn write(value: &Box<D>) -> W {
        C::write(value)
    }

    fn read(field: W, name: &'static str) -> Result<Box<D>, DecodeError> {
        C::read(field, name).map(Box::new)
    }
}

/// A duration in whole seconds.
#[derive(Debug)]
pub struct Seconds;

impl Field<Duration, Option<u32>> for Seconds {
    fn write(value: &Duration) -> Option<u32> {
        Some(u32::try_from(value.as_secs()).unwrap_or(u32::MAX))
    }

    fn read(field: Option<u32>, name: &'static str) -> Result<Duration, DecodeError> {
        required(field, name).map(|seconds| Duration::from_secs(seconds.into()))
    }
}

/// A place in a list, counted from 0.
#[derive(Debug)]
pub struct Index;

impl Field<usize, Option<u32>> for Index {
    fn write(value: &usize) -> Option<u32> {
        Some(u32::try_from(*value).unwrap_or(u32::MAX))
    }

    fn read(field: Option<u32>, name: &'static str) -> Result<usize, DecodeError> {
        let index = required(field, name)?;
        usize::try_from(index).map_err(|error| DecodeError::Malformed(format!("field '{name}': {error}")))
    }
}
