//! The tables in which a wire crate says how its context looks outside. Each of them only lists: what a row does is in
//! [`field`](crate::field).

/// The rim of an aggregate, a row for each event: `[Variant { field }] = Message.v1 { column: field as Field }`. A value that
/// stands in several columns together comes after a semicolon: `; [column, column]: field as Field`. An event that is one
/// value, and its message that value's: `[Variant(value)] = Message.v1 => value as Field;`.
///
/// A field and the columns are bound by name, so a name that is left out does not compile. The type of each row is a constant
/// under the name of its message, which patterns may name: `LaunchWire::LaunchPlanned`.
#[macro_export]
macro_rules! events {
    (
        $(#[$doc:meta])*
        $vis:vis $wire:ident: $aggregate:ty, $event:ident in $types:literal, messages of $pb:ident;
        $(
            [$($shape:tt)*] = $message:ident.$version:ident $({ $($columns:tt)* })? $(=> $body:ident as $how:ty;)?
        )+
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $wire;

        $crate::type_names!($vis $wire, $types; $($message.$version)+);

        impl $crate::Wire for $wire {
            type Aggregate = $aggregate;

            const TYPES: &'static str = $types;
            const EVENTS: &'static [&'static str] = &[$(Self::$message),+];

            fn encode(event: &$event) -> $crate::Stored {
                match event {$(
                    $event::$($shape)* => $crate::Stored::new(
                        Self::$message,
                        &$crate::to_message!($pb::$message $({ $($columns)* })? $(=> $body as $how)?),
                    ),
                )+}
            }

            fn decode(event_type: &str, data: &[u8]) -> Result<Option<$event>, $crate::DecodeError> {
                match event_type {
                    $(Self::$message => Ok(Some($crate::from_message!(
                        $pb::$message $({ $($columns)* })? $(=> $body as $how)?;
                        $crate::parse(data)?; $event::$($shape)*
                    ))),)+
                    _ => Err($crate::DecodeError::UnknownType),
                }
            }
        }
    };
}

/// The rim of a process, a row for each of its facts: those of [`events!`], which say besides of which message a fact is,
/// because the contracts call it by its process as well: `[Variant { field }] = Name.v1 of ProcessName { … }`.
#[macro_export]
macro_rules! facts {
    (
        $(#[$doc:meta])*
        $vis:vis $wire:ident: $process:ty, $fact:ident in $types:literal, messages of $pb:ident;
        $(
            [$($shape:tt)*] = $name:ident.$version:ident of $message:ident
            $({ $($columns:tt)* })? $(=> $body:ident as $how:ty;)?
        )+
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        $vis struct $wire;

        $crate::type_names!($vis $wire, $types; $($name.$version)+);

        impl $crate::ProcessWire for $wire {
            type Process = $process;

            const FACTS: &'static [&'static str] = &[$(Self::$name),+];

            fn encode(fact: &$fact) -> $crate::Stored {
                match fact {$(
                    $fact::$($shape)* => $crate::Stored::new(
                        Self::$name,
                        &$crate::to_message!($pb::$message $({ $($columns)* })? $(=> $body as $how)?),
                    ),
                )+}
            }

            fn decode(event_type: &str, data: &[u8]) -> Result<$fact, $crate::DecodeError> {
                match event_type {
                    $(Self::$name => Ok($crate::from_message!(
                        $pb::$message $({ $($columns)* })? $(=> $body as $how)?;
                        $crate::parse(data)?; $fact::$($shape)*
                    )),)+
                    _ => Err($crate::DecodeError::UnknownType),
                }
            }
        }
    };
}

/// The type of each row of a table, as a constant of its rim.
#[doc(hidden)]
#[macro_export]
macro_rules! type_names {
    ($vis:vis $wire:ident, $types:literal; $($name:ident.$version:ident)+) => {
        #[expect(non_upper_case_globals, reason = "a type is called as its message is")]
        impl $wire {$(
            #[doc = concat!("`", $types, ".", stringify!($name), ".", stringify!($version), "`")]
            $vis const $name: &'static str = concat!($types, ".", stringify!($name), ".", stringify!($version));
        )+}
    };
}

/// The message of a row, made of the fields that its shape has bound.
#[doc(hidden)]
#[macro_export]
macro_rules! to_message {
    ($pb:ident::$message:ident {
        $($column:ident: $field:ident as $how:ty),* $(,)?
        $(; $([$($columns:ident),+]: $whole:ident as $how_whole:ty),+ $(,)?)?
    }) => {{
        let (($($column,)*), $($(($($columns,)+),)+)?) = (
            ($(<$how as $crate::field::Field<_, _>>::write($field),)*),
            $($(<$how_whole as $crate::field::Field<_, _>>::write($whole),)+)?
        );
        $pb::$message { $($column,)* $($($($columns,)+)+)? }
    }};
    ($pb:ident::$message:ident => $body:ident as $how:ty) => {
        <$how as $crate::field::Field<_, $pb::$message>>::write($body)
    };
}

/// What the shape of a row makes of the fields of its message.
#[doc(hidden)]
#[macro_export]
macro_rules! from_message {
    ($pb:ident::$message:ident {
        $($column:ident: $field:ident as $how:ty),* $(,)?
        $(; $([$($columns:ident),+]: $whole:ident as $how_whole:ty),+ $(,)?)?
    }; $read:expr; $value:expr) => {{
        let $pb::$message { $($column,)* $($($($columns,)+)+)? } = $read;
        let (($($field,)*), $($($whole,)+)?) = (
            ($(<$how as $crate::field::Field<_, _>>::read($column, stringify!($column))?,)*),
            $($(<$how_whole as $crate::field::Field<_, _>>::read(
                ($($columns,)+),
                concat!($(stringify!($columns), " "),+),
            )?,)+)?
        );
        $value
    }};
    ($pb:ident::$message:ident => $body:ident as $how:ty; $read:expr; $value:expr) => {{
        let $body = <$how as $crate::field::Field<_, $pb::$message>>::read($read, stringify!($message))?;
        $value
    }};
}

/// Values that are messages within messages, a row for each: `Name: [Value { field }] = Message { column: field as Field }`.
#[macro_export]
macro_rules! message {
    ($(
        $(#[$doc:meta])*
        $name:ident: [$value:ident { $($shape:tt)* }] = $pb:ident::$message:ident { $($columns:tt)* }
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl $crate::field::Field<$value, $pb::$message> for $name {
            fn write(value: &$value) -> $pb::$message {
                let $value { $($shape)* } = value;
                $crate::to_message!($pb::$message { $($columns)* })
            }

            fn read(message: $pb::$message, _: &'static str) -> Result<$value, $crate::DecodeError> {
                Ok($crate::from_message!($pb::$message { $($columns)* }; message; $value { $($shape)* }))
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
