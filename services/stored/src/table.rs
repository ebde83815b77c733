//! The tables in which a wire crate says how its context looks outside. Each of them only lists: what a row does is in
//! [`field`](crate::field).

/// The rim of an aggregate, a row for each event: `[Variant { field }] = Message.v1 { column: field as Field }`. A value that
/// stands in several columns together comes after a semicolon: `; [column, column]: field as Field`. An event that is one
/// value, and its message that value's: `[Variant(value)] = Message.v1 => value as Field;`.
///
/// A field and the columns are bound by name, so a name that is left out does not compile.
#[macro_export]
macro_rules! events {
    (
        $(#[$doc:meta])*
        $vis:vis $wire:ident: $aggregate:ty, $event:ident in $types:literal, messages of $pb:ident;
        $(
            [$($shape:tt)*] = $message:ident.$version:ident
            $({
                $($column:ident: $field:ident as $how:ty),* $(,)?
                $(; $([$($columns:ident),+]: $whole:ident as $how_whole:ty),+ $(,)?)?
            })?
            $(=> $body:ident as $how_body:ty;)?
        )+
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $wire;

        impl $crate::Wire for $wire {
            type Aggregate = $aggregate;

            const TYPES: &'static str = $types;
            const EVENTS: &'static [&'static str] =
                &[$(concat!($types, ".", stringify!($message), ".", stringify!($version))),+];

            fn encode(event: &$event) -> $crate::Stored {
                match event {$(
                    $event::$($shape)* => $crate::Stored::new(
                        concat!($types, ".", stringify!($message), ".", stringify!($version)),
                        $(&{
                            let (($($column,)*), $($(($($columns,)+),)+)?) = (
                                ($(<$how as $crate::field::Field<_, _>>::write($field),)*),
                                $($(<$how_whole as $crate::field::Field<_, _>>::write($whole),)+)?
                            );
                            $pb::$message { $($column,)* $($($($columns,)+)+)? }
                        })?
                        $(&<$how_body as $crate::field::Field<_, $pb::$message>>::write($body))?
                    ),
                )+}
            }

            fn decode(event_type: &str, data: &[u8]) -> Result<Option<$event>, $crate::DecodeError> {
                match event_type {
                    $(concat!($types, ".", stringify!($message), ".", stringify!($version)) => {
                        $(
                            let $pb::$message { $($column,)* $($($($columns,)+)+)? } = $crate::parse(data)?;
                            let (($($field,)*), $($($whole,)+)?) = (
                                ($(<$how as $crate::field::Field<_, _>>::read($column, stringify!($column))?,)*),
                                $($(<$how_whole as $crate::field::Field<_, _>>::read(
                                    ($($columns,)+),
                                    concat!($(stringify!($columns), " "),+),
                                )?,)+)?
                            );
                        )?
                        $(let $body = <$how_body as $crate::field::Field<_, $pb::$message>>::read(
                            $crate::parse(data)?,
                            stringify!($message),
                        )?;)?
                        Ok(Some($event::$($shape)*))
                    })+
                    _ => Err($crate::DecodeError::UnknownType),
                }
            }
        }
    };
}

/// Values that are messages within messages, a row for each: `Name: [Value { field }] = Message { column: field as Field }`.
#[macro_export]
macro_rules! message {
    ($(
        $(#[$doc:meta])*
        $name:ident: [$value:ident { $($shape:tt)* }] = $pb:ident::$message:ident {
            $($column:ident: $field:ident as $how:ty),* $(,)?
            $(; $([$($columns:ident),+]: $whole:ident as $how_whole:ty),+ $(,)?)?
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl $crate::field::Field<$value, $pb::$message> for $name {
            fn write(value: &$value) -> $pb::$message {
                let $value { $($shape)* } = value;
                let (($($column,)*), $($(($($columns,)+),)+)?) = (
                    ($(<$how as $crate::field::Field<_, _>>::write($field),)*),
                    $($(<$how_whole as $crate::field::Field<_, _>>::write($whole),)+)?
                );
                $pb::$message { $($column,)* $($($($columns,)+)+)? }
            }

            fn read(message: $pb::$message, _: &'static str) -> Result<$value, $crate::DecodeError> {
                let $pb::$message { $($column,)* $($($($columns,)+)+)? } = message;
                let (($($field,)*), $($($whole,)+)?) = (
                    ($(<$how as $crate::field::Field<_, _>>::read($column, stringify!($column))?,)*),
                    $($(<$how_whole as $crate::field::Field<_, _>>::read(
                        ($($columns,)+),
                        concat!($(stringify!($columns), " "),+),
                    )?,)+)?
                );
                Ok($value { $($shape)* })
            }
        }

        impl $crate::field::Field<$value, Option<$pb::$message>> for $name {
            fn write(value: &$value) -> Option<$pb::$message> {
                Some(<Self as $crate::field::Field<$value, $pb::$message>>::write(value))
            }

            fn read(field: Option<$pb::$message>, name: &'static str) -> Result<$value, $crate::DecodeError> {
                let message = $crate::required(field, name)?;
                <Self as $crate::field::Field<$value, $pb::$message>>::read(message, name)
            }
        }
    )+};
}

/// Enums of the domain and of the contracts that hold the same words; UNSPECIFIED has no word in the domain. For each there
/// is a [`Field`](crate::field::Field), and a function each way for requests and views.
#[macro_export]
macro_rules! words {
    ($($name:ident, $write:ident, $read:ident: $domain:ident = $pb:ident::$wire:ident { $($word:ident),+ $(,)? })+) => {$(
        #[doc = concat!("A [`", stringify!($domain), "`] in a field.")]
        #[derive(Debug)]
        pub struct $name;

        #[doc = concat!("A [`", stringify!($domain), "`] as the contracts spell it.")]
        #[must_use]
        pub const fn $write(word: $domain) -> $pb::$wire {
            match word { $($domain::$word => $pb::$wire::$word,)+ }
        }

        #[doc = concat!("The [`", stringify!($domain), "`] that a contract value stands for; `None` for UNSPECIFIED.")]
        #[must_use]
        pub const fn $read(word: $pb::$wire) -> Option<$domain> {
            match word {
                $pb::$wire::Unspecified => None,
                $($pb::$wire::$word => Some($domain::$word),)+
            }
        }

        impl $crate::field::Field<$domain, Option<i32>> for $name {
            fn write(value: &$domain) -> Option<i32> {
                Some($write(*value).into())
            }

            fn read(field: Option<i32>, name: &'static str) -> Result<$domain, $crate::DecodeError> {
                let word = field.and_then(|number| $pb::$wire::try_from(number).ok()).and_then($read);
                $crate::required(word, name)
            }
        }
    )+};
}

/// Enums that stand in fields as the text of their name: types with `ALL` and `as_str`. A name that is not known is a word of
/// a later version (design clause 25).
#[macro_export]
macro_rules! names {
    ($($name:ident: $domain:ident)+) => {$(
        #[doc = concat!("A [`", stringify!($domain), "`] by its name.")]
        #[derive(Debug)]
        pub struct $name;

        impl $crate::field::Field<$domain, Option<String>> for $name {
            fn write(word: &$domain) -> Option<String> {
                Some(word.as_str().to_owned())
            }

            fn read(field: Option<String>, name: &'static str) -> Result<$domain, $crate::DecodeError> {
                let text = $crate::required(field, name)?;
                let known = $domain::ALL.iter().copied().find(|word| word.as_str() == text);
                known.ok_or($crate::DecodeError::UnknownType)
            }
        }
    )+};
}
