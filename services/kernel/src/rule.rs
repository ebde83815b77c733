//! The ids of the rule catalogue. An id is for ever: code names it, a refusal returns it, a test carries it.
//!
//! What each rule says, its kind and whether it is enforced yet is listed in `docs/rules.md`.

use std::fmt;

macro_rules! rule_ids {
    ($($id:ident)*) => {
        /// A rule of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RuleId { $(#[doc = concat!("Rule ", stringify!($id), ".")] $id,)* }

        impl RuleId {
            /// Every id, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$id,)*];

            /// The id as the catalogue spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$id => stringify!($id),)* }
            }
        }
    };
}

rule_ids! {
    B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 B13 B14 B15 B16 B17 B18 B19 B20 B21 B22 B23 B24 B25 B26 B27 B28 B29 B30 B31 B32 B33 B34
    R1 R2 R3 R4 R5 R6 R7 R8 R9a R9b R9c R9d R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R25 R26 R27
    F1 F2 F3 F4 F5 F6 F7 F8 F9
    M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19
    Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8 Q9 Q10
    L1 L2 L3 L4 L5 L6 L7 L8 L9 L10 L11 L12 L13
    G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 G11 G12 G13
    D1 D2 D3 D4 D5 D6 D7 D8 D9
    O1 O2 O3 O4 O5 O6 O7 O8 O9 O10 O11 O12 O13
    C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11 C12 C13
    A1 A2 A3 A4 A5 A6 A7
    P1 P2 P3
    N1 N2 N3
    I1 I2 I3 I4 I5
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
