impl serde::Serialize for AbortRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.AbortRollout", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AbortRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AbortRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.AbortRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AbortRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(AbortRollout {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.AbortRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AdvanceStep {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.AdvanceStep", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AdvanceStep {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AdvanceStep;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.AdvanceStep")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AdvanceStep, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(AdvanceStep {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.AdvanceStep", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ArchiveFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ArchiveFlag", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ArchiveFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ArchiveFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ArchiveFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ArchiveFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ArchiveFlag {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ArchiveFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AttributeMatch {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.attribute.is_some() {
            len += 1;
        }
        if !self.values.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.AttributeMatch", len)?;
        if let Some(v) = self.attribute.as_ref() {
            struct_ser.serialize_field("attribute", v)?;
        }
        if !self.values.is_empty() {
            struct_ser.serialize_field("values", &self.values)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AttributeMatch {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "attribute",
            "values",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Attribute,
            Values,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "attribute" => Ok(GeneratedField::Attribute),
                            "values" => Ok(GeneratedField::Values),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AttributeMatch;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.AttributeMatch")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AttributeMatch, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut attribute__ = None;
                let mut values__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Attribute => {
                            if attribute__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attribute"));
                            }
                            attribute__ = map_.next_value()?;
                        }
                        GeneratedField::Values => {
                            if values__.is_some() {
                                return Err(serde::de::Error::duplicate_field("values"));
                            }
                            values__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AttributeMatch {
                    attribute: attribute__,
                    values: values__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.AttributeMatch", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Audience {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.members.is_empty() {
            len += 1;
        }
        if !self.accounts.is_empty() {
            len += 1;
        }
        if !self.attributes.is_empty() {
            len += 1;
        }
        if self.basis_points.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Audience", len)?;
        if !self.members.is_empty() {
            struct_ser.serialize_field("members", &self.members)?;
        }
        if !self.accounts.is_empty() {
            struct_ser.serialize_field("accounts", &self.accounts)?;
        }
        if !self.attributes.is_empty() {
            struct_ser.serialize_field("attributes", &self.attributes)?;
        }
        if let Some(v) = self.basis_points.as_ref() {
            struct_ser.serialize_field("basisPoints", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Audience {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "members",
            "accounts",
            "attributes",
            "basis_points",
            "basisPoints",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Members,
            Accounts,
            Attributes,
            BasisPoints,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "members" => Ok(GeneratedField::Members),
                            "accounts" => Ok(GeneratedField::Accounts),
                            "attributes" => Ok(GeneratedField::Attributes),
                            "basisPoints" | "basis_points" => Ok(GeneratedField::BasisPoints),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Audience;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Audience")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Audience, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut members__ = None;
                let mut accounts__ = None;
                let mut attributes__ = None;
                let mut basis_points__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Members => {
                            if members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("members"));
                            }
                            members__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Accounts => {
                            if accounts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("accounts"));
                            }
                            accounts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attributes => {
                            if attributes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attributes"));
                            }
                            attributes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BasisPoints => {
                            if basis_points__.is_some() {
                                return Err(serde::de::Error::duplicate_field("basisPoints"));
                            }
                            basis_points__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Audience {
                    members: members__.unwrap_or_default(),
                    accounts: accounts__.unwrap_or_default(),
                    attributes: attributes__.unwrap_or_default(),
                    basis_points: basis_points__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Audience", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ClaimFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ClaimFlag", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ClaimFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ClaimFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ClaimFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ClaimFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ClaimFlag {
                    rollout_id: rollout_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ClaimFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CleanupDue {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.due.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.CleanupDue", len)?;
        if let Some(v) = self.due.as_ref() {
            struct_ser.serialize_field("due", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CleanupDue {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "due",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Due,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "due" => Ok(GeneratedField::Due),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CleanupDue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.CleanupDue")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CleanupDue, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut due__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Due => {
                            if due__.is_some() {
                                return Err(serde::de::Error::duplicate_field("due"));
                            }
                            due__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(CleanupDue {
                    due: due__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.CleanupDue", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CleanupScheduled {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.due.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.CleanupScheduled", len)?;
        if let Some(v) = self.due.as_ref() {
            struct_ser.serialize_field("due", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CleanupScheduled {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "due",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Due,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "due" => Ok(GeneratedField::Due),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CleanupScheduled;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.CleanupScheduled")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CleanupScheduled, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut due__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Due => {
                            if due__.is_some() {
                                return Err(serde::de::Error::duplicate_field("due"));
                            }
                            due__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(CleanupScheduled {
                    due: due__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.CleanupScheduled", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CompleteRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.CompleteRollout", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CompleteRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CompleteRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.CompleteRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CompleteRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(CompleteRollout {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.CompleteRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ConfirmRemovedFromCode {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.attestation.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ConfirmRemovedFromCode", len)?;
        if !self.attestation.is_empty() {
            struct_ser.serialize_field("attestation", &self.attestation)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ConfirmRemovedFromCode {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "attestation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Attestation,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "attestation" => Ok(GeneratedField::Attestation),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ConfirmRemovedFromCode;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ConfirmRemovedFromCode")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ConfirmRemovedFromCode, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut attestation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Attestation => {
                            if attestation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attestation"));
                            }
                            attestation__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ConfirmRemovedFromCode {
                    attestation: attestation__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ConfirmRemovedFromCode", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ConfirmRollback {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.to_stage.is_empty() {
            len += 1;
        }
        if self.flag_version != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ConfirmRollback", len)?;
        if !self.to_stage.is_empty() {
            struct_ser.serialize_field("toStage", &self.to_stage)?;
        }
        if self.flag_version != 0 {
            struct_ser.serialize_field("flagVersion", &self.flag_version)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ConfirmRollback {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "to_stage",
            "toStage",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ToStage,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "toStage" | "to_stage" => Ok(GeneratedField::ToStage),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ConfirmRollback;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ConfirmRollback")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ConfirmRollback, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to_stage__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ToStage => {
                            if to_stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("toStage"));
                            }
                            to_stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ConfirmRollback {
                    to_stage: to_stage__.unwrap_or_default(),
                    flag_version: flag_version__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ConfirmRollback", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ConfirmServed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if self.flag_version != 0 {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ConfirmServed", len)?;
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if self.flag_version != 0 {
            struct_ser.serialize_field("flagVersion", &self.flag_version)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ConfirmServed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flag_id",
            "flagId",
            "flag_version",
            "flagVersion",
            "rollout_id",
            "rolloutId",
            "stage",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FlagId,
            FlagVersion,
            RolloutId,
            Stage,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ConfirmServed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ConfirmServed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ConfirmServed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flag_id__ = None;
                let mut flag_version__ = None;
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ConfirmServed {
                    flag_id: flag_id__.unwrap_or_default(),
                    flag_version: flag_version__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ConfirmServed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CreateFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.key.is_empty() {
            len += 1;
        }
        if !self.environment.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.owner.is_empty() {
            len += 1;
        }
        if !self.cleanup_on.is_empty() {
            len += 1;
        }
        if !self.unit.is_empty() {
            len += 1;
        }
        if !self.variants.is_empty() {
            len += 1;
        }
        if !self.on_variant.is_empty() {
            len += 1;
        }
        if !self.off_variant.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.CreateFlag", len)?;
        if !self.key.is_empty() {
            struct_ser.serialize_field("key", &self.key)?;
        }
        if !self.environment.is_empty() {
            struct_ser.serialize_field("environment", &self.environment)?;
        }
        if self.kind != 0 {
            let v = FlagKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.owner.is_empty() {
            struct_ser.serialize_field("owner", &self.owner)?;
        }
        if !self.cleanup_on.is_empty() {
            struct_ser.serialize_field("cleanupOn", &self.cleanup_on)?;
        }
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if !self.variants.is_empty() {
            struct_ser.serialize_field("variants", &self.variants)?;
        }
        if !self.on_variant.is_empty() {
            struct_ser.serialize_field("onVariant", &self.on_variant)?;
        }
        if !self.off_variant.is_empty() {
            struct_ser.serialize_field("offVariant", &self.off_variant)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CreateFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "environment",
            "kind",
            "owner",
            "cleanup_on",
            "cleanupOn",
            "unit",
            "variants",
            "on_variant",
            "onVariant",
            "off_variant",
            "offVariant",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Environment,
            Kind,
            Owner,
            CleanupOn,
            Unit,
            Variants,
            OnVariant,
            OffVariant,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "key" => Ok(GeneratedField::Key),
                            "environment" => Ok(GeneratedField::Environment),
                            "kind" => Ok(GeneratedField::Kind),
                            "owner" => Ok(GeneratedField::Owner),
                            "cleanupOn" | "cleanup_on" => Ok(GeneratedField::CleanupOn),
                            "unit" => Ok(GeneratedField::Unit),
                            "variants" => Ok(GeneratedField::Variants),
                            "onVariant" | "on_variant" => Ok(GeneratedField::OnVariant),
                            "offVariant" | "off_variant" => Ok(GeneratedField::OffVariant),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CreateFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.CreateFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CreateFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut environment__ = None;
                let mut kind__ = None;
                let mut owner__ = None;
                let mut cleanup_on__ = None;
                let mut unit__ = None;
                let mut variants__ = None;
                let mut on_variant__ = None;
                let mut off_variant__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<FlagKind>()? as i32);
                        }
                        GeneratedField::Owner => {
                            if owner__.is_some() {
                                return Err(serde::de::Error::duplicate_field("owner"));
                            }
                            owner__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CleanupOn => {
                            if cleanup_on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cleanupOn"));
                            }
                            cleanup_on__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Variants => {
                            if variants__.is_some() {
                                return Err(serde::de::Error::duplicate_field("variants"));
                            }
                            variants__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OnVariant => {
                            if on_variant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onVariant"));
                            }
                            on_variant__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OffVariant => {
                            if off_variant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("offVariant"));
                            }
                            off_variant__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(CreateFlag {
                    key: key__.unwrap_or_default(),
                    environment: environment__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    owner: owner__.unwrap_or_default(),
                    cleanup_on: cleanup_on__.unwrap_or_default(),
                    unit: unit__.unwrap_or_default(),
                    variants: variants__.unwrap_or_default(),
                    on_variant: on_variant__.unwrap_or_default(),
                    off_variant: off_variant__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.CreateFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EdgeJoined {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.name.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EdgeJoined", len)?;
        if let Some(v) = self.name.as_ref() {
            struct_ser.serialize_field("name", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EdgeJoined {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EdgeJoined;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EdgeJoined")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EdgeJoined, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(EdgeJoined {
                    name: name__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EdgeJoined", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EdgeLeft {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EdgeLeft", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EdgeLeft {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EdgeLeft;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EdgeLeft")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EdgeLeft, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(EdgeLeft {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EdgeLeft", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EdgeLost {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EdgeLost", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EdgeLost {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EdgeLost;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EdgeLost")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EdgeLost, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(EdgeLost {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EdgeLost", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EdgeRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.meta.is_some() {
            len += 1;
        }
        if !self.edge_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EdgeRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.edge_id.is_empty() {
            struct_ser.serialize_field("edgeId", &self.edge_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                edge_request::Command::Join(v) => {
                    struct_ser.serialize_field("join", v)?;
                }
                edge_request::Command::Leave(v) => {
                    struct_ser.serialize_field("leave", v)?;
                }
                edge_request::Command::ConfirmServed(v) => {
                    struct_ser.serialize_field("confirmServed", v)?;
                }
                edge_request::Command::Lose(v) => {
                    struct_ser.serialize_field("lose", v)?;
                }
                edge_request::Command::ReportServed(v) => {
                    struct_ser.serialize_field("reportServed", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EdgeRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "edge_id",
            "edgeId",
            "join",
            "leave",
            "confirm_served",
            "confirmServed",
            "lose",
            "report_served",
            "reportServed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            EdgeId,
            Join,
            Leave,
            ConfirmServed,
            Lose,
            ReportServed,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "meta" => Ok(GeneratedField::Meta),
                            "edgeId" | "edge_id" => Ok(GeneratedField::EdgeId),
                            "join" => Ok(GeneratedField::Join),
                            "leave" => Ok(GeneratedField::Leave),
                            "confirmServed" | "confirm_served" => Ok(GeneratedField::ConfirmServed),
                            "lose" => Ok(GeneratedField::Lose),
                            "reportServed" | "report_served" => Ok(GeneratedField::ReportServed),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EdgeRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EdgeRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EdgeRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut edge_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::EdgeId => {
                            if edge_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edgeId"));
                            }
                            edge_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Join => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("join"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(edge_request::Command::Join)
;
                        }
                        GeneratedField::Leave => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leave"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(edge_request::Command::Leave)
;
                        }
                        GeneratedField::ConfirmServed => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmServed"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(edge_request::Command::ConfirmServed)
;
                        }
                        GeneratedField::Lose => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lose"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(edge_request::Command::Lose)
;
                        }
                        GeneratedField::ReportServed => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reportServed"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(edge_request::Command::ReportServed)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(EdgeRequest {
                    meta: meta__,
                    edge_id: edge_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EdgeRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EnterStage {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.step.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EnterStage", len)?;
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if let Some(v) = self.step.as_ref() {
            struct_ser.serialize_field("step", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EnterStage {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "step",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Step,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "step" => Ok(GeneratedField::Step),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EnterStage;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EnterStage")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EnterStage, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut step__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(EnterStage {
                    stage: stage__.unwrap_or_default(),
                    step: step__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EnterStage", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EvaluateGate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EvaluateGate", len)?;
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EvaluateGate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EvaluateGate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EvaluateGate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EvaluateGate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(EvaluateGate {
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EvaluateGate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EvidenceRecorded {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind.is_some() {
            len += 1;
        }
        if self.verdict.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if self.by.is_some() {
            len += 1;
        }
        if self.link.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.EvidenceRecorded", len)?;
        if let Some(v) = self.kind.as_ref() {
            struct_ser.serialize_field("kind", v)?;
        }
        if let Some(v) = self.verdict.as_ref() {
            struct_ser.serialize_field("verdict", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.by.as_ref() {
            struct_ser.serialize_field("by", v)?;
        }
        if let Some(v) = self.link.as_ref() {
            struct_ser.serialize_field("link", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EvidenceRecorded {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "verdict",
            "at",
            "by",
            "link",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Verdict,
            At,
            By,
            Link,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "verdict" => Ok(GeneratedField::Verdict),
                            "at" => Ok(GeneratedField::At),
                            "by" => Ok(GeneratedField::By),
                            "link" => Ok(GeneratedField::Link),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EvidenceRecorded;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.EvidenceRecorded")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EvidenceRecorded, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut verdict__ = None;
                let mut at__ = None;
                let mut by__ = None;
                let mut link__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value()?;
                        }
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::By => {
                            if by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("by"));
                            }
                            by__ = map_.next_value()?;
                        }
                        GeneratedField::Link => {
                            if link__.is_some() {
                                return Err(serde::de::Error::duplicate_field("link"));
                            }
                            link__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(EvidenceRecorded {
                    kind: kind__,
                    verdict: verdict__,
                    at: at__,
                    by: by__,
                    link: link__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.EvidenceRecorded", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ExposureChanged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.version.is_some() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.rollout_revision.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ExposureChanged", len)?;
        if let Some(v) = self.version.as_ref() {
            struct_ser.serialize_field("version", v)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.rollout_revision.as_ref() {
            struct_ser.serialize_field("rolloutRevision", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.stage_index.as_ref() {
            struct_ser.serialize_field("stageIndex", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ExposureChanged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "audience",
            "rollout_id",
            "rolloutId",
            "rollout_revision",
            "rolloutRevision",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Audience,
            RolloutId,
            RolloutRevision,
            Stage,
            StageIndex,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "audience" => Ok(GeneratedField::Audience),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "rolloutRevision" | "rollout_revision" => Ok(GeneratedField::RolloutRevision),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ExposureChanged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ExposureChanged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ExposureChanged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut audience__ = None;
                let mut rollout_id__ = None;
                let mut rollout_revision__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutRevision => {
                            if rollout_revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutRevision"));
                            }
                            rollout_revision__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ExposureChanged {
                    version: version__,
                    audience: audience__,
                    rollout_id: rollout_id__,
                    rollout_revision: rollout_revision__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ExposureChanged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ExposureNarrowed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.version.is_some() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.restored.is_some() {
            len += 1;
        }
        if self.hold.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        if self.hold_kind.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ExposureNarrowed", len)?;
        if let Some(v) = self.version.as_ref() {
            struct_ser.serialize_field("version", v)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.restored.as_ref() {
            struct_ser.serialize_field("restored", v)?;
        }
        if let Some(v) = self.hold.as_ref() {
            struct_ser.serialize_field("hold", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        if let Some(v) = self.hold_kind.as_ref() {
            let v = HoldKind::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("holdKind", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ExposureNarrowed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "audience",
            "restored",
            "hold",
            "rollout_id",
            "rolloutId",
            "stage",
            "attempt",
            "cause",
            "hold_kind",
            "holdKind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Audience,
            Restored,
            Hold,
            RolloutId,
            Stage,
            Attempt,
            Cause,
            HoldKind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "audience" => Ok(GeneratedField::Audience),
                            "restored" => Ok(GeneratedField::Restored),
                            "hold" => Ok(GeneratedField::Hold),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "cause" => Ok(GeneratedField::Cause),
                            "holdKind" | "hold_kind" => Ok(GeneratedField::HoldKind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ExposureNarrowed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ExposureNarrowed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ExposureNarrowed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut audience__ = None;
                let mut restored__ = None;
                let mut hold__ = None;
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut cause__ = None;
                let mut hold_kind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::Restored => {
                            if restored__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restored"));
                            }
                            restored__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Hold => {
                            if hold__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hold"));
                            }
                            hold__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::HoldKind => {
                            if hold_kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holdKind"));
                            }
                            hold_kind__ = map_.next_value::<::std::option::Option<HoldKind>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ExposureNarrowed {
                    version: version__,
                    audience: audience__,
                    restored: restored__,
                    hold: hold__,
                    rollout_id: rollout_id__,
                    stage: stage__,
                    attempt: attempt__,
                    cause: cause__,
                    hold_kind: hold_kind__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ExposureNarrowed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ExtendStage {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.by_seconds != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ExtendStage", len)?;
        if self.by_seconds != 0 {
            struct_ser.serialize_field("bySeconds", &self.by_seconds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ExtendStage {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "by_seconds",
            "bySeconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BySeconds,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "bySeconds" | "by_seconds" => Ok(GeneratedField::BySeconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ExtendStage;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ExtendStage")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ExtendStage, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut by_seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BySeconds => {
                            if by_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bySeconds"));
                            }
                            by_seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ExtendStage {
                    by_seconds: by_seconds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ExtendStage", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Fact {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind.is_some() {
            len += 1;
        }
        if self.subject.is_some() {
            len += 1;
        }
        if self.state.is_some() {
            len += 1;
        }
        if self.source.is_some() {
            len += 1;
        }
        if self.confirmed_at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Fact", len)?;
        if let Some(v) = self.kind.as_ref() {
            struct_ser.serialize_field("kind", v)?;
        }
        if let Some(v) = self.subject.as_ref() {
            struct_ser.serialize_field("subject", v)?;
        }
        if let Some(v) = self.state.as_ref() {
            let v = super::super::v1::CheckState::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if let Some(v) = self.source.as_ref() {
            struct_ser.serialize_field("source", v)?;
        }
        if let Some(v) = self.confirmed_at.as_ref() {
            struct_ser.serialize_field("confirmedAt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Fact {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "subject",
            "state",
            "source",
            "confirmed_at",
            "confirmedAt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Subject,
            State,
            Source,
            ConfirmedAt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "subject" => Ok(GeneratedField::Subject),
                            "state" => Ok(GeneratedField::State),
                            "source" => Ok(GeneratedField::Source),
                            "confirmedAt" | "confirmed_at" => Ok(GeneratedField::ConfirmedAt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Fact;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Fact")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Fact, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut subject__ = None;
                let mut state__ = None;
                let mut source__ = None;
                let mut confirmed_at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value()?;
                        }
                        GeneratedField::Subject => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subject"));
                            }
                            subject__ = map_.next_value()?;
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = map_.next_value::<::std::option::Option<super::super::v1::CheckState>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = map_.next_value()?;
                        }
                        GeneratedField::ConfirmedAt => {
                            if confirmed_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmedAt"));
                            }
                            confirmed_at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Fact {
                    kind: kind__,
                    subject: subject__,
                    state: state__,
                    source: source__,
                    confirmed_at: confirmed_at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Fact", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagArchived {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagArchived", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagArchived {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagArchived;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagArchived")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagArchived, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(FlagArchived {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagArchived", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagClaimed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rollout_id.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagClaimed", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagClaimed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagClaimed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagClaimed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagClaimed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagClaimed {
                    rollout_id: rollout_id__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagClaimed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagCreated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.key.is_some() {
            len += 1;
        }
        if self.environment.is_some() {
            len += 1;
        }
        if self.kind.is_some() {
            len += 1;
        }
        if self.owner.is_some() {
            len += 1;
        }
        if self.cleanup_on.is_some() {
            len += 1;
        }
        if self.salt.is_some() {
            len += 1;
        }
        if self.bucketing.is_some() {
            len += 1;
        }
        if self.unit.is_some() {
            len += 1;
        }
        if !self.variants.is_empty() {
            len += 1;
        }
        if self.on_variant.is_some() {
            len += 1;
        }
        if self.off_variant.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagCreated", len)?;
        if let Some(v) = self.key.as_ref() {
            struct_ser.serialize_field("key", v)?;
        }
        if let Some(v) = self.environment.as_ref() {
            struct_ser.serialize_field("environment", v)?;
        }
        if let Some(v) = self.kind.as_ref() {
            let v = FlagKind::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if let Some(v) = self.owner.as_ref() {
            struct_ser.serialize_field("owner", v)?;
        }
        if let Some(v) = self.cleanup_on.as_ref() {
            struct_ser.serialize_field("cleanupOn", v)?;
        }
        if let Some(v) = self.salt.as_ref() {
            struct_ser.serialize_field("salt", v)?;
        }
        if let Some(v) = self.bucketing.as_ref() {
            struct_ser.serialize_field("bucketing", v)?;
        }
        if let Some(v) = self.unit.as_ref() {
            struct_ser.serialize_field("unit", v)?;
        }
        if !self.variants.is_empty() {
            struct_ser.serialize_field("variants", &self.variants)?;
        }
        if let Some(v) = self.on_variant.as_ref() {
            struct_ser.serialize_field("onVariant", v)?;
        }
        if let Some(v) = self.off_variant.as_ref() {
            struct_ser.serialize_field("offVariant", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagCreated {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "environment",
            "kind",
            "owner",
            "cleanup_on",
            "cleanupOn",
            "salt",
            "bucketing",
            "unit",
            "variants",
            "on_variant",
            "onVariant",
            "off_variant",
            "offVariant",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Environment,
            Kind,
            Owner,
            CleanupOn,
            Salt,
            Bucketing,
            Unit,
            Variants,
            OnVariant,
            OffVariant,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "key" => Ok(GeneratedField::Key),
                            "environment" => Ok(GeneratedField::Environment),
                            "kind" => Ok(GeneratedField::Kind),
                            "owner" => Ok(GeneratedField::Owner),
                            "cleanupOn" | "cleanup_on" => Ok(GeneratedField::CleanupOn),
                            "salt" => Ok(GeneratedField::Salt),
                            "bucketing" => Ok(GeneratedField::Bucketing),
                            "unit" => Ok(GeneratedField::Unit),
                            "variants" => Ok(GeneratedField::Variants),
                            "onVariant" | "on_variant" => Ok(GeneratedField::OnVariant),
                            "offVariant" | "off_variant" => Ok(GeneratedField::OffVariant),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagCreated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagCreated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagCreated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut environment__ = None;
                let mut kind__ = None;
                let mut owner__ = None;
                let mut cleanup_on__ = None;
                let mut salt__ = None;
                let mut bucketing__ = None;
                let mut unit__ = None;
                let mut variants__ = None;
                let mut on_variant__ = None;
                let mut off_variant__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = map_.next_value()?;
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = map_.next_value()?;
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value::<::std::option::Option<FlagKind>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Owner => {
                            if owner__.is_some() {
                                return Err(serde::de::Error::duplicate_field("owner"));
                            }
                            owner__ = map_.next_value()?;
                        }
                        GeneratedField::CleanupOn => {
                            if cleanup_on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cleanupOn"));
                            }
                            cleanup_on__ = map_.next_value()?;
                        }
                        GeneratedField::Salt => {
                            if salt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("salt"));
                            }
                            salt__ = map_.next_value()?;
                        }
                        GeneratedField::Bucketing => {
                            if bucketing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bucketing"));
                            }
                            bucketing__ = map_.next_value()?;
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = map_.next_value()?;
                        }
                        GeneratedField::Variants => {
                            if variants__.is_some() {
                                return Err(serde::de::Error::duplicate_field("variants"));
                            }
                            variants__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OnVariant => {
                            if on_variant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onVariant"));
                            }
                            on_variant__ = map_.next_value()?;
                        }
                        GeneratedField::OffVariant => {
                            if off_variant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("offVariant"));
                            }
                            off_variant__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagCreated {
                    key: key__,
                    environment: environment__,
                    kind: kind__,
                    owner: owner__,
                    cleanup_on: cleanup_on__,
                    salt: salt__,
                    bucketing: bucketing__,
                    unit: unit__,
                    variants: variants__.unwrap_or_default(),
                    on_variant: on_variant__,
                    off_variant: off_variant__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagCreated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagHeld {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.cause.is_some() {
            len += 1;
        }
        if self.kind.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagHeld", len)?;
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        if let Some(v) = self.kind.as_ref() {
            let v = HoldKind::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagHeld {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cause",
            "kind",
            "rollout_id",
            "rolloutId",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cause,
            Kind,
            RolloutId,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cause" => Ok(GeneratedField::Cause),
                            "kind" => Ok(GeneratedField::Kind),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagHeld;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagHeld")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagHeld, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cause__ = None;
                let mut kind__ = None;
                let mut rollout_id__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value::<::std::option::Option<HoldKind>>()?.map(|x| x as i32);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagHeld {
                    cause: cause__,
                    kind: kind__,
                    rollout_id: rollout_id__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagHeld", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagKilled {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.version.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagKilled", len)?;
        if let Some(v) = self.version.as_ref() {
            struct_ser.serialize_field("version", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagKilled {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "reason",
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Reason,
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "reason" => Ok(GeneratedField::Reason),
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagKilled;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagKilled")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagKilled, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut reason__ = None;
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagKilled {
                    version: version__,
                    reason: reason__,
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagKilled", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "FLAG_KIND_UNSPECIFIED",
            Self::Release => "FLAG_KIND_RELEASE",
            Self::Ops => "FLAG_KIND_OPS",
            Self::Permission => "FLAG_KIND_PERMISSION",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for FlagKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "FLAG_KIND_UNSPECIFIED",
            "FLAG_KIND_RELEASE",
            "FLAG_KIND_OPS",
            "FLAG_KIND_PERMISSION",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = FlagKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "FLAG_KIND_UNSPECIFIED" => Ok(FlagKind::Unspecified),
                    "FLAG_KIND_RELEASE" => Ok(FlagKind::Release),
                    "FLAG_KIND_OPS" => Ok(FlagKind::Ops),
                    "FLAG_KIND_PERMISSION" => Ok(FlagKind::Permission),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for FlagList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.flags.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagList", len)?;
        if !self.flags.is_empty() {
            struct_ser.serialize_field("flags", &self.flags)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.next.is_empty() {
            struct_ser.serialize_field("next", &self.next)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flags",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Flags,
            Position,
            Next,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flags" => Ok(GeneratedField::Flags),
                            "position" => Ok(GeneratedField::Position),
                            "next" => Ok(GeneratedField::Next),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flags__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Flags => {
                            if flags__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flags"));
                            }
                            flags__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Next => {
                            if next__.is_some() {
                                return Err(serde::de::Error::duplicate_field("next"));
                            }
                            next__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagList {
                    flags: flags__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.meta.is_some() {
            len += 1;
        }
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if !self.environment.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if !self.environment.is_empty() {
            struct_ser.serialize_field("environment", &self.environment)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                flag_request::Command::Create(v) => {
                    struct_ser.serialize_field("create", v)?;
                }
                flag_request::Command::SetExposure(v) => {
                    struct_ser.serialize_field("setExposure", v)?;
                }
                flag_request::Command::Narrow(v) => {
                    struct_ser.serialize_field("narrow", v)?;
                }
                flag_request::Command::TurnOff(v) => {
                    struct_ser.serialize_field("turnOff", v)?;
                }
                flag_request::Command::ReleaseHold(v) => {
                    struct_ser.serialize_field("releaseHold", v)?;
                }
                flag_request::Command::Kill(v) => {
                    struct_ser.serialize_field("kill", v)?;
                }
                flag_request::Command::Revive(v) => {
                    struct_ser.serialize_field("revive", v)?;
                }
                flag_request::Command::ScheduleCleanup(v) => {
                    struct_ser.serialize_field("scheduleCleanup", v)?;
                }
                flag_request::Command::RaiseCleanupDue(v) => {
                    struct_ser.serialize_field("raiseCleanupDue", v)?;
                }
                flag_request::Command::ConfirmRemoved(v) => {
                    struct_ser.serialize_field("confirmRemoved", v)?;
                }
                flag_request::Command::Archive(v) => {
                    struct_ser.serialize_field("archive", v)?;
                }
                flag_request::Command::Claim(v) => {
                    struct_ser.serialize_field("claim", v)?;
                }
                flag_request::Command::Hold(v) => {
                    struct_ser.serialize_field("hold", v)?;
                }
                flag_request::Command::SetByHand(v) => {
                    struct_ser.serialize_field("setByHand", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "flag_id",
            "flagId",
            "environment",
            "create",
            "set_exposure",
            "setExposure",
            "narrow",
            "turn_off",
            "turnOff",
            "release_hold",
            "releaseHold",
            "kill",
            "revive",
            "schedule_cleanup",
            "scheduleCleanup",
            "raise_cleanup_due",
            "raiseCleanupDue",
            "confirm_removed",
            "confirmRemoved",
            "archive",
            "claim",
            "hold",
            "set_by_hand",
            "setByHand",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            FlagId,
            Environment,
            Create,
            SetExposure,
            Narrow,
            TurnOff,
            ReleaseHold,
            Kill,
            Revive,
            ScheduleCleanup,
            RaiseCleanupDue,
            ConfirmRemoved,
            Archive,
            Claim,
            Hold,
            SetByHand,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "meta" => Ok(GeneratedField::Meta),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "environment" => Ok(GeneratedField::Environment),
                            "create" => Ok(GeneratedField::Create),
                            "setExposure" | "set_exposure" => Ok(GeneratedField::SetExposure),
                            "narrow" => Ok(GeneratedField::Narrow),
                            "turnOff" | "turn_off" => Ok(GeneratedField::TurnOff),
                            "releaseHold" | "release_hold" => Ok(GeneratedField::ReleaseHold),
                            "kill" => Ok(GeneratedField::Kill),
                            "revive" => Ok(GeneratedField::Revive),
                            "scheduleCleanup" | "schedule_cleanup" => Ok(GeneratedField::ScheduleCleanup),
                            "raiseCleanupDue" | "raise_cleanup_due" => Ok(GeneratedField::RaiseCleanupDue),
                            "confirmRemoved" | "confirm_removed" => Ok(GeneratedField::ConfirmRemoved),
                            "archive" => Ok(GeneratedField::Archive),
                            "claim" => Ok(GeneratedField::Claim),
                            "hold" => Ok(GeneratedField::Hold),
                            "setByHand" | "set_by_hand" => Ok(GeneratedField::SetByHand),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut flag_id__ = None;
                let mut environment__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Create => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("create"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Create)
;
                        }
                        GeneratedField::SetExposure => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("setExposure"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::SetExposure)
;
                        }
                        GeneratedField::Narrow => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("narrow"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Narrow)
;
                        }
                        GeneratedField::TurnOff => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("turnOff"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::TurnOff)
;
                        }
                        GeneratedField::ReleaseHold => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("releaseHold"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::ReleaseHold)
;
                        }
                        GeneratedField::Kill => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kill"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Kill)
;
                        }
                        GeneratedField::Revive => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revive"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Revive)
;
                        }
                        GeneratedField::ScheduleCleanup => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scheduleCleanup"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::ScheduleCleanup)
;
                        }
                        GeneratedField::RaiseCleanupDue => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("raiseCleanupDue"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::RaiseCleanupDue)
;
                        }
                        GeneratedField::ConfirmRemoved => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmRemoved"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::ConfirmRemoved)
;
                        }
                        GeneratedField::Archive => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("archive"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Archive)
;
                        }
                        GeneratedField::Claim => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("claim"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Claim)
;
                        }
                        GeneratedField::Hold => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hold"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::Hold)
;
                        }
                        GeneratedField::SetByHand => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("setByHand"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(flag_request::Command::SetByHand)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagRequest {
                    meta: meta__,
                    flag_id: flag_id__.unwrap_or_default(),
                    environment: environment__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagRevived {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.version.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        if self.undone.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagRevived", len)?;
        if let Some(v) = self.version.as_ref() {
            struct_ser.serialize_field("version", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if let Some(v) = self.undone.as_ref() {
            struct_ser.serialize_field("undone", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagRevived {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "reason",
            "undone",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Reason,
            Undone,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "version" => Ok(GeneratedField::Version),
                            "reason" => Ok(GeneratedField::Reason),
                            "undone" => Ok(GeneratedField::Undone),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagRevived;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagRevived")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagRevived, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut reason__ = None;
                let mut undone__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::Undone => {
                            if undone__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undone"));
                            }
                            undone__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagRevived {
                    version: version__,
                    reason: reason__,
                    undone: undone__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagRevived", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FlagView {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if self.version != 0 {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.key.is_empty() {
            len += 1;
        }
        if !self.environment.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.owner.is_empty() {
            len += 1;
        }
        if !self.cleanup_on.is_empty() {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.exposure_version != 0 {
            len += 1;
        }
        if self.held {
            len += 1;
        }
        if !self.cleanup.is_empty() {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.holds.is_empty() {
            len += 1;
        }
        if !self.claimed_by.is_empty() {
            len += 1;
        }
        if !self.unit.is_empty() {
            len += 1;
        }
        if !self.undo_until.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.FlagView", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.version != 0 {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.key.is_empty() {
            struct_ser.serialize_field("key", &self.key)?;
        }
        if !self.environment.is_empty() {
            struct_ser.serialize_field("environment", &self.environment)?;
        }
        if self.kind != 0 {
            let v = FlagKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.owner.is_empty() {
            struct_ser.serialize_field("owner", &self.owner)?;
        }
        if !self.cleanup_on.is_empty() {
            struct_ser.serialize_field("cleanupOn", &self.cleanup_on)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if self.exposure_version != 0 {
            struct_ser.serialize_field("exposureVersion", &self.exposure_version)?;
        }
        if self.held {
            struct_ser.serialize_field("held", &self.held)?;
        }
        if !self.cleanup.is_empty() {
            struct_ser.serialize_field("cleanup", &self.cleanup)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.holds.is_empty() {
            struct_ser.serialize_field("holds", &self.holds)?;
        }
        if !self.claimed_by.is_empty() {
            struct_ser.serialize_field("claimedBy", &self.claimed_by)?;
        }
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if !self.undo_until.is_empty() {
            struct_ser.serialize_field("undoUntil", &self.undo_until)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FlagView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "version",
            "position",
            "key",
            "environment",
            "kind",
            "owner",
            "cleanup_on",
            "cleanupOn",
            "state",
            "audience",
            "exposure_version",
            "exposureVersion",
            "held",
            "cleanup",
            "stage",
            "rollout_id",
            "rolloutId",
            "holds",
            "claimed_by",
            "claimedBy",
            "unit",
            "undo_until",
            "undoUntil",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            Key,
            Environment,
            Kind,
            Owner,
            CleanupOn,
            State,
            Audience,
            ExposureVersion,
            Held,
            Cleanup,
            Stage,
            RolloutId,
            Holds,
            ClaimedBy,
            Unit,
            UndoUntil,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "version" => Ok(GeneratedField::Version),
                            "position" => Ok(GeneratedField::Position),
                            "key" => Ok(GeneratedField::Key),
                            "environment" => Ok(GeneratedField::Environment),
                            "kind" => Ok(GeneratedField::Kind),
                            "owner" => Ok(GeneratedField::Owner),
                            "cleanupOn" | "cleanup_on" => Ok(GeneratedField::CleanupOn),
                            "state" => Ok(GeneratedField::State),
                            "audience" => Ok(GeneratedField::Audience),
                            "exposureVersion" | "exposure_version" => Ok(GeneratedField::ExposureVersion),
                            "held" => Ok(GeneratedField::Held),
                            "cleanup" => Ok(GeneratedField::Cleanup),
                            "stage" => Ok(GeneratedField::Stage),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "holds" => Ok(GeneratedField::Holds),
                            "claimedBy" | "claimed_by" => Ok(GeneratedField::ClaimedBy),
                            "unit" => Ok(GeneratedField::Unit),
                            "undoUntil" | "undo_until" => Ok(GeneratedField::UndoUntil),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FlagView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.FlagView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FlagView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut key__ = None;
                let mut environment__ = None;
                let mut kind__ = None;
                let mut owner__ = None;
                let mut cleanup_on__ = None;
                let mut state__ = None;
                let mut audience__ = None;
                let mut exposure_version__ = None;
                let mut held__ = None;
                let mut cleanup__ = None;
                let mut stage__ = None;
                let mut rollout_id__ = None;
                let mut holds__ = None;
                let mut claimed_by__ = None;
                let mut unit__ = None;
                let mut undo_until__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<FlagKind>()? as i32);
                        }
                        GeneratedField::Owner => {
                            if owner__.is_some() {
                                return Err(serde::de::Error::duplicate_field("owner"));
                            }
                            owner__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CleanupOn => {
                            if cleanup_on__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cleanupOn"));
                            }
                            cleanup_on__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::ExposureVersion => {
                            if exposure_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exposureVersion"));
                            }
                            exposure_version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Held => {
                            if held__.is_some() {
                                return Err(serde::de::Error::duplicate_field("held"));
                            }
                            held__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cleanup => {
                            if cleanup__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cleanup"));
                            }
                            cleanup__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Holds => {
                            if holds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holds"));
                            }
                            holds__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ClaimedBy => {
                            if claimed_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("claimedBy"));
                            }
                            claimed_by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::UndoUntil => {
                            if undo_until__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undoUntil"));
                            }
                            undo_until__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FlagView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    key: key__.unwrap_or_default(),
                    environment: environment__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    owner: owner__.unwrap_or_default(),
                    cleanup_on: cleanup_on__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    audience: audience__,
                    exposure_version: exposure_version__.unwrap_or_default(),
                    held: held__.unwrap_or_default(),
                    cleanup: cleanup__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    holds: holds__.unwrap_or_default(),
                    claimed_by: claimed_by__.unwrap_or_default(),
                    unit: unit__.unwrap_or_default(),
                    undo_until: undo_until__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.FlagView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GateBlocked {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.report.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GateBlocked", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.report.as_ref() {
            struct_ser.serialize_field("report", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GateBlocked {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "report",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Report,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "report" => Ok(GeneratedField::Report),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GateBlocked;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GateBlocked")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GateBlocked, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut report__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Report => {
                            if report__.is_some() {
                                return Err(serde::de::Error::duplicate_field("report"));
                            }
                            report__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GateBlocked {
                    stage: stage__,
                    attempt: attempt__,
                    report: report__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GateBlocked", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GatePassed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.report.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GatePassed", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.report.as_ref() {
            struct_ser.serialize_field("report", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GatePassed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "report",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Report,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "report" => Ok(GeneratedField::Report),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GatePassed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GatePassed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GatePassed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut report__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Report => {
                            if report__.is_some() {
                                return Err(serde::de::Error::duplicate_field("report"));
                            }
                            report__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GatePassed {
                    stage: stage__,
                    attempt: attempt__,
                    report: report__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GatePassed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GateView {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.from_stage.is_empty() {
            len += 1;
        }
        if !self.to_stage.is_empty() {
            len += 1;
        }
        if self.open {
            len += 1;
        }
        if self.report.is_some() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GateView", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.from_stage.is_empty() {
            struct_ser.serialize_field("fromStage", &self.from_stage)?;
        }
        if !self.to_stage.is_empty() {
            struct_ser.serialize_field("toStage", &self.to_stage)?;
        }
        if self.open {
            struct_ser.serialize_field("open", &self.open)?;
        }
        if let Some(v) = self.report.as_ref() {
            struct_ser.serialize_field("report", v)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GateView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "from_stage",
            "fromStage",
            "to_stage",
            "toStage",
            "open",
            "report",
            "position",
            "state",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FromStage,
            ToStage,
            Open,
            Report,
            Position,
            State,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "fromStage" | "from_stage" => Ok(GeneratedField::FromStage),
                            "toStage" | "to_stage" => Ok(GeneratedField::ToStage),
                            "open" => Ok(GeneratedField::Open),
                            "report" => Ok(GeneratedField::Report),
                            "position" => Ok(GeneratedField::Position),
                            "state" => Ok(GeneratedField::State),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GateView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GateView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GateView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut from_stage__ = None;
                let mut to_stage__ = None;
                let mut open__ = None;
                let mut report__ = None;
                let mut position__ = None;
                let mut state__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FromStage => {
                            if from_stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fromStage"));
                            }
                            from_stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ToStage => {
                            if to_stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("toStage"));
                            }
                            to_stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Open => {
                            if open__.is_some() {
                                return Err(serde::de::Error::duplicate_field("open"));
                            }
                            open__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Report => {
                            if report__.is_some() {
                                return Err(serde::de::Error::duplicate_field("report"));
                            }
                            report__ = map_.next_value()?;
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GateView {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    from_stage: from_stage__.unwrap_or_default(),
                    to_stage: to_stage__.unwrap_or_default(),
                    open: open__.unwrap_or_default(),
                    report: report__,
                    position: position__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GateView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackAttemptOver {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackAttemptOver", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackAttemptOver {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackAttemptOver;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackAttemptOver")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackAttemptOver, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(GuardrailRollbackAttemptOver {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackAttemptOver", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackBreachNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.breach.is_some() {
            len += 1;
        }
        if self.guardrail_id.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.bet_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.critical.is_some() {
            len += 1;
        }
        if self.metric.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if self.holds_only.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackBreachNoted", len)?;
        if let Some(v) = self.breach.as_ref() {
            struct_ser.serialize_field("breach", v)?;
        }
        if let Some(v) = self.guardrail_id.as_ref() {
            struct_ser.serialize_field("guardrailId", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.stage_index.as_ref() {
            struct_ser.serialize_field("stageIndex", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.critical.as_ref() {
            struct_ser.serialize_field("critical", v)?;
        }
        if let Some(v) = self.metric.as_ref() {
            struct_ser.serialize_field("metric", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.holds_only.as_ref() {
            struct_ser.serialize_field("holdsOnly", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackBreachNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "breach",
            "guardrail_id",
            "guardrailId",
            "rollout_id",
            "rolloutId",
            "flag_id",
            "flagId",
            "bet_id",
            "betId",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "critical",
            "metric",
            "at",
            "holds_only",
            "holdsOnly",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Breach,
            GuardrailId,
            RolloutId,
            FlagId,
            BetId,
            Stage,
            StageIndex,
            Attempt,
            Critical,
            Metric,
            At,
            HoldsOnly,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "breach" => Ok(GeneratedField::Breach),
                            "guardrailId" | "guardrail_id" => Ok(GeneratedField::GuardrailId),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "critical" => Ok(GeneratedField::Critical),
                            "metric" => Ok(GeneratedField::Metric),
                            "at" => Ok(GeneratedField::At),
                            "holdsOnly" | "holds_only" => Ok(GeneratedField::HoldsOnly),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackBreachNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackBreachNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackBreachNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut breach__ = None;
                let mut guardrail_id__ = None;
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
                let mut bet_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut critical__ = None;
                let mut metric__ = None;
                let mut at__ = None;
                let mut holds_only__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Breach => {
                            if breach__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breach"));
                            }
                            breach__ = map_.next_value()?;
                        }
                        GeneratedField::GuardrailId => {
                            if guardrail_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("guardrailId"));
                            }
                            guardrail_id__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = map_.next_value()?;
                        }
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::HoldsOnly => {
                            if holds_only__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holdsOnly"));
                            }
                            holds_only__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRollbackBreachNoted {
                    breach: breach__,
                    guardrail_id: guardrail_id__,
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                    bet_id: bet_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                    critical: critical__,
                    metric: metric__,
                    at: at__,
                    holds_only: holds_only__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackBreachNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackEdgeGone {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.edge.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackEdgeGone", len)?;
        if let Some(v) = self.edge.as_ref() {
            struct_ser.serialize_field("edge", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackEdgeGone {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "edge",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Edge,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "edge" => Ok(GeneratedField::Edge),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackEdgeGone;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackEdgeGone")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackEdgeGone, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut edge__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Edge => {
                            if edge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edge"));
                            }
                            edge__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRollbackEdgeGone {
                    edge: edge__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackEdgeGone", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackEdgesListed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.edges.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackEdgesListed", len)?;
        if !self.edges.is_empty() {
            struct_ser.serialize_field("edges", &self.edges)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackEdgesListed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "edges",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Edges,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "edges" => Ok(GeneratedField::Edges),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackEdgesListed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackEdgesListed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackEdgesListed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut edges__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Edges => {
                            if edges__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edges"));
                            }
                            edges__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRollbackEdgesListed {
                    edges: edges__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackEdgesListed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackNarrowed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.flag_version.is_some() {
            len += 1;
        }
        if self.to_stage.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackNarrowed", len)?;
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        if let Some(v) = self.to_stage.as_ref() {
            struct_ser.serialize_field("toStage", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackNarrowed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flag_version",
            "flagVersion",
            "to_stage",
            "toStage",
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FlagVersion,
            ToStage,
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            "toStage" | "to_stage" => Ok(GeneratedField::ToStage),
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackNarrowed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackNarrowed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackNarrowed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flag_version__ = None;
                let mut to_stage__ = None;
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::ToStage => {
                            if to_stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("toStage"));
                            }
                            to_stage__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRollbackNarrowed {
                    flag_version: flag_version__,
                    to_stage: to_stage__,
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackNarrowed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRollbackServed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.edge.is_some() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.GuardrailRollbackServed", len)?;
        if let Some(v) = self.edge.as_ref() {
            struct_ser.serialize_field("edge", v)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRollbackServed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "edge",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Edge,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "edge" => Ok(GeneratedField::Edge),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRollbackServed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.GuardrailRollbackServed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRollbackServed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut edge__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Edge => {
                            if edge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edge"));
                            }
                            edge__ = map_.next_value()?;
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRollbackServed {
                    edge: edge__,
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.GuardrailRollbackServed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hold {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cause.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Hold", len)?;
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if self.kind != 0 {
            let v = HoldKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hold {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cause",
            "kind",
            "rollout_id",
            "rolloutId",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cause,
            Kind,
            RolloutId,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cause" => Ok(GeneratedField::Cause),
                            "kind" => Ok(GeneratedField::Kind),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hold;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Hold")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hold, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cause__ = None;
                let mut kind__ = None;
                let mut rollout_id__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<HoldKind>()? as i32);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Hold {
                    cause: cause__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Hold", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HoldFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cause.is_empty() {
            len += 1;
        }
        if self.last_served.is_some() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.HoldFlag", len)?;
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if let Some(v) = self.last_served.as_ref() {
            struct_ser.serialize_field("lastServed", v)?;
        }
        if self.kind != 0 {
            let v = HoldKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HoldFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cause",
            "last_served",
            "lastServed",
            "kind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cause,
            LastServed,
            Kind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cause" => Ok(GeneratedField::Cause),
                            "lastServed" | "last_served" => Ok(GeneratedField::LastServed),
                            "kind" => Ok(GeneratedField::Kind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HoldFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.HoldFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HoldFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cause__ = None;
                let mut last_served__ = None;
                let mut kind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastServed => {
                            if last_served__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastServed"));
                            }
                            last_served__ = map_.next_value()?;
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<HoldKind>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(HoldFlag {
                    cause: cause__.unwrap_or_default(),
                    last_served: last_served__,
                    kind: kind__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.HoldFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HoldKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "HOLD_KIND_UNSPECIFIED",
            Self::Breach => "HOLD_KIND_BREACH",
            Self::Watch => "HOLD_KIND_WATCH",
            Self::Restored => "HOLD_KIND_RESTORED",
            Self::Guardrail => "HOLD_KIND_GUARDRAIL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for HoldKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "HOLD_KIND_UNSPECIFIED",
            "HOLD_KIND_BREACH",
            "HOLD_KIND_WATCH",
            "HOLD_KIND_RESTORED",
            "HOLD_KIND_GUARDRAIL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = HoldKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "HOLD_KIND_UNSPECIFIED" => Ok(HoldKind::Unspecified),
                    "HOLD_KIND_BREACH" => Ok(HoldKind::Breach),
                    "HOLD_KIND_WATCH" => Ok(HoldKind::Watch),
                    "HOLD_KIND_RESTORED" => Ok(HoldKind::Restored),
                    "HOLD_KIND_GUARDRAIL" => Ok(HoldKind::Guardrail),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for HoldReleased {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.HoldReleased", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HoldReleased {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
            "cause",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
            Cause,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            "cause" => Ok(GeneratedField::Cause),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HoldReleased;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.HoldReleased")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HoldReleased, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                let mut cause__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(HoldReleased {
                    reason: reason__,
                    cause: cause__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.HoldReleased", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for JoinEdge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.JoinEdge", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for JoinEdge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = JoinEdge;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.JoinEdge")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<JoinEdge, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(JoinEdge {
                    name: name__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.JoinEdge", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for KillFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.KillFlag", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for KillFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = KillFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.KillFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<KillFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(KillFlag {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.KillFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LeaveEdge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.LeaveEdge", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LeaveEdge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LeaveEdge;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.LeaveEdge")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LeaveEdge, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(LeaveEdge {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.LeaveEdge", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LoseEdge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.LoseEdge", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LoseEdge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LoseEdge;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.LoseEdge")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LoseEdge, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(LoseEdge {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.LoseEdge", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LoseWatch {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.LoseWatch", len)?;
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LoseWatch {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LoseWatch;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.LoseWatch")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LoseWatch, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(LoseWatch {
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.LoseWatch", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MarkOverdue {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.MarkOverdue", len)?;
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MarkOverdue {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MarkOverdue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.MarkOverdue")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MarkOverdue, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MarkOverdue {
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.MarkOverdue", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for NarrowFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.stage_index != 0 {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        if !self.cause.is_empty() {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.NarrowFlag", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.stage_index != 0 {
            struct_ser.serialize_field("stageIndex", &self.stage_index)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        if self.kind != 0 {
            let v = HoldKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for NarrowFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "cause",
            "critical",
            "kind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            StageIndex,
            Attempt,
            Cause,
            Critical,
            Kind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "cause" => Ok(GeneratedField::Cause),
                            "critical" => Ok(GeneratedField::Critical),
                            "kind" => Ok(GeneratedField::Kind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = NarrowFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.NarrowFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<NarrowFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut cause__ = None;
                let mut critical__ = None;
                let mut kind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<HoldKind>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(NarrowFlag {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    stage_index: stage_index__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    cause: cause__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.NarrowFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for OnBlind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ON_BLIND_UNSPECIFIED",
            Self::Pause => "ON_BLIND_PAUSE",
            Self::Narrow => "ON_BLIND_NARROW",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for OnBlind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ON_BLIND_UNSPECIFIED",
            "ON_BLIND_PAUSE",
            "ON_BLIND_NARROW",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = OnBlind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ON_BLIND_UNSPECIFIED" => Ok(OnBlind::Unspecified),
                    "ON_BLIND_PAUSE" => Ok(OnBlind::Pause),
                    "ON_BLIND_NARROW" => Ok(OnBlind::Narrow),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Overridden {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rule.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        if !self.breaches.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Overridden", len)?;
        if let Some(v) = self.rule.as_ref() {
            struct_ser.serialize_field("rule", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if !self.breaches.is_empty() {
            struct_ser.serialize_field("breaches", &self.breaches)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Overridden {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rule",
            "reason",
            "breaches",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Rule,
            Reason,
            Breaches,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rule" => Ok(GeneratedField::Rule),
                            "reason" => Ok(GeneratedField::Reason),
                            "breaches" => Ok(GeneratedField::Breaches),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Overridden;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Overridden")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Overridden, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rule__ = None;
                let mut reason__ = None;
                let mut breaches__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Rule => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rule"));
                            }
                            rule__ = map_.next_value()?;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::Breaches => {
                            if breaches__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breaches"));
                            }
                            breaches__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Overridden {
                    rule: rule__,
                    reason: reason__,
                    breaches: breaches__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Overridden", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PauseCause {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PAUSE_CAUSE_UNSPECIFIED",
            Self::Person => "PAUSE_CAUSE_PERSON",
            Self::Off => "PAUSE_CAUSE_OFF",
            Self::Killed => "PAUSE_CAUSE_KILLED",
            Self::Guardrail => "PAUSE_CAUSE_GUARDRAIL",
            Self::NotExposed => "PAUSE_CAUSE_NOT_EXPOSED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for PauseCause {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PAUSE_CAUSE_UNSPECIFIED",
            "PAUSE_CAUSE_PERSON",
            "PAUSE_CAUSE_OFF",
            "PAUSE_CAUSE_KILLED",
            "PAUSE_CAUSE_GUARDRAIL",
            "PAUSE_CAUSE_NOT_EXPOSED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = PauseCause;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PAUSE_CAUSE_UNSPECIFIED" => Ok(PauseCause::Unspecified),
                    "PAUSE_CAUSE_PERSON" => Ok(PauseCause::Person),
                    "PAUSE_CAUSE_OFF" => Ok(PauseCause::Off),
                    "PAUSE_CAUSE_KILLED" => Ok(PauseCause::Killed),
                    "PAUSE_CAUSE_GUARDRAIL" => Ok(PauseCause::Guardrail),
                    "PAUSE_CAUSE_NOT_EXPOSED" => Ok(PauseCause::NotExposed),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for PauseRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.cause != 0 {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.PauseRollout", len)?;
        if self.cause != 0 {
            let v = PauseCause::try_from(self.cause)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.cause)))?;
            struct_ser.serialize_field("cause", &v)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PauseRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cause",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cause,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cause" => Ok(GeneratedField::Cause),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PauseRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.PauseRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PauseRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cause__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value::<PauseCause>()? as i32);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(PauseRollout {
                    cause: cause__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.PauseRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PlanRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.bet_id.is_empty() {
            len += 1;
        }
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if !self.environment.is_empty() {
            len += 1;
        }
        if !self.service.is_empty() {
            len += 1;
        }
        if self.mode != 0 {
            len += 1;
        }
        if self.tier != 0 {
            len += 1;
        }
        if !self.stages.is_empty() {
            len += 1;
        }
        if !self.unit.is_empty() {
            len += 1;
        }
        if self.promotion != 0 {
            len += 1;
        }
        if self.r#override {
            len += 1;
        }
        if !self.internal_members.is_empty() {
            len += 1;
        }
        if !self.alpha_accounts.is_empty() {
            len += 1;
        }
        if self.on_blind != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.PlanRollout", len)?;
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if !self.environment.is_empty() {
            struct_ser.serialize_field("environment", &self.environment)?;
        }
        if !self.service.is_empty() {
            struct_ser.serialize_field("service", &self.service)?;
        }
        if self.mode != 0 {
            let v = RolloutMode::try_from(self.mode)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.mode)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if self.tier != 0 {
            struct_ser.serialize_field("tier", &self.tier)?;
        }
        if !self.stages.is_empty() {
            struct_ser.serialize_field("stages", &self.stages)?;
        }
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if self.promotion != 0 {
            let v = Promotion::try_from(self.promotion)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.promotion)))?;
            struct_ser.serialize_field("promotion", &v)?;
        }
        if self.r#override {
            struct_ser.serialize_field("override", &self.r#override)?;
        }
        if !self.internal_members.is_empty() {
            struct_ser.serialize_field("internalMembers", &self.internal_members)?;
        }
        if !self.alpha_accounts.is_empty() {
            struct_ser.serialize_field("alphaAccounts", &self.alpha_accounts)?;
        }
        if self.on_blind != 0 {
            let v = OnBlind::try_from(self.on_blind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.on_blind)))?;
            struct_ser.serialize_field("onBlind", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PlanRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bet_id",
            "betId",
            "flag_id",
            "flagId",
            "environment",
            "service",
            "mode",
            "tier",
            "stages",
            "unit",
            "promotion",
            "override",
            "internal_members",
            "internalMembers",
            "alpha_accounts",
            "alphaAccounts",
            "on_blind",
            "onBlind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BetId,
            FlagId,
            Environment,
            Service,
            Mode,
            Tier,
            Stages,
            Unit,
            Promotion,
            Override,
            InternalMembers,
            AlphaAccounts,
            OnBlind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "environment" => Ok(GeneratedField::Environment),
                            "service" => Ok(GeneratedField::Service),
                            "mode" => Ok(GeneratedField::Mode),
                            "tier" => Ok(GeneratedField::Tier),
                            "stages" => Ok(GeneratedField::Stages),
                            "unit" => Ok(GeneratedField::Unit),
                            "promotion" => Ok(GeneratedField::Promotion),
                            "override" => Ok(GeneratedField::Override),
                            "internalMembers" | "internal_members" => Ok(GeneratedField::InternalMembers),
                            "alphaAccounts" | "alpha_accounts" => Ok(GeneratedField::AlphaAccounts),
                            "onBlind" | "on_blind" => Ok(GeneratedField::OnBlind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PlanRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.PlanRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PlanRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bet_id__ = None;
                let mut flag_id__ = None;
                let mut environment__ = None;
                let mut service__ = None;
                let mut mode__ = None;
                let mut tier__ = None;
                let mut stages__ = None;
                let mut unit__ = None;
                let mut promotion__ = None;
                let mut r#override__ = None;
                let mut internal_members__ = None;
                let mut alpha_accounts__ = None;
                let mut on_blind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Service => {
                            if service__.is_some() {
                                return Err(serde::de::Error::duplicate_field("service"));
                            }
                            service__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = Some(map_.next_value::<RolloutMode>()? as i32);
                        }
                        GeneratedField::Tier => {
                            if tier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tier"));
                            }
                            tier__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Stages => {
                            if stages__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stages"));
                            }
                            stages__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Promotion => {
                            if promotion__.is_some() {
                                return Err(serde::de::Error::duplicate_field("promotion"));
                            }
                            promotion__ = Some(map_.next_value::<Promotion>()? as i32);
                        }
                        GeneratedField::Override => {
                            if r#override__.is_some() {
                                return Err(serde::de::Error::duplicate_field("override"));
                            }
                            r#override__ = Some(map_.next_value()?);
                        }
                        GeneratedField::InternalMembers => {
                            if internal_members__.is_some() {
                                return Err(serde::de::Error::duplicate_field("internalMembers"));
                            }
                            internal_members__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AlphaAccounts => {
                            if alpha_accounts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("alphaAccounts"));
                            }
                            alpha_accounts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OnBlind => {
                            if on_blind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onBlind"));
                            }
                            on_blind__ = Some(map_.next_value::<OnBlind>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(PlanRollout {
                    bet_id: bet_id__.unwrap_or_default(),
                    flag_id: flag_id__.unwrap_or_default(),
                    environment: environment__.unwrap_or_default(),
                    service: service__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    tier: tier__.unwrap_or_default(),
                    stages: stages__.unwrap_or_default(),
                    unit: unit__.unwrap_or_default(),
                    promotion: promotion__.unwrap_or_default(),
                    r#override: r#override__.unwrap_or_default(),
                    internal_members: internal_members__.unwrap_or_default(),
                    alpha_accounts: alpha_accounts__.unwrap_or_default(),
                    on_blind: on_blind__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.PlanRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Promotion {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PROMOTION_UNSPECIFIED",
            Self::Manual => "PROMOTION_MANUAL",
            Self::Automatic => "PROMOTION_AUTOMATIC",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Promotion {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PROMOTION_UNSPECIFIED",
            "PROMOTION_MANUAL",
            "PROMOTION_AUTOMATIC",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Promotion;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PROMOTION_UNSPECIFIED" => Ok(Promotion::Unspecified),
                    "PROMOTION_MANUAL" => Ok(Promotion::Manual),
                    "PROMOTION_AUTOMATIC" => Ok(Promotion::Automatic),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for RaiseCleanupDue {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RaiseCleanupDue", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RaiseCleanupDue {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RaiseCleanupDue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RaiseCleanupDue")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RaiseCleanupDue, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RaiseCleanupDue {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RaiseCleanupDue", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RecordEvidence {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.kind.is_empty() {
            len += 1;
        }
        if !self.verdict.is_empty() {
            len += 1;
        }
        if !self.link.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RecordEvidence", len)?;
        if !self.kind.is_empty() {
            struct_ser.serialize_field("kind", &self.kind)?;
        }
        if !self.verdict.is_empty() {
            struct_ser.serialize_field("verdict", &self.verdict)?;
        }
        if !self.link.is_empty() {
            struct_ser.serialize_field("link", &self.link)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RecordEvidence {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "verdict",
            "link",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Verdict,
            Link,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "verdict" => Ok(GeneratedField::Verdict),
                            "link" => Ok(GeneratedField::Link),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RecordEvidence;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RecordEvidence")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RecordEvidence, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut verdict__ = None;
                let mut link__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Verdict => {
                            if verdict__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verdict"));
                            }
                            verdict__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Link => {
                            if link__.is_some() {
                                return Err(serde::de::Error::duplicate_field("link"));
                            }
                            link__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RecordEvidence {
                    kind: kind__.unwrap_or_default(),
                    verdict: verdict__.unwrap_or_default(),
                    link: link__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RecordEvidence", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReleaseHold {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cause.is_empty() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ReleaseHold", len)?;
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReleaseHold {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cause",
            "rollout_id",
            "rolloutId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cause,
            RolloutId,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cause" => Ok(GeneratedField::Cause),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReleaseHold;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ReleaseHold")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReleaseHold, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cause__ = None;
                let mut rollout_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReleaseHold {
                    cause: cause__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ReleaseHold", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RemovedFromCode {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.attestation.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RemovedFromCode", len)?;
        if let Some(v) = self.attestation.as_ref() {
            struct_ser.serialize_field("attestation", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RemovedFromCode {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "attestation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Attestation,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "attestation" => Ok(GeneratedField::Attestation),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RemovedFromCode;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RemovedFromCode")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RemovedFromCode, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut attestation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Attestation => {
                            if attestation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attestation"));
                            }
                            attestation__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RemovedFromCode {
                    attestation: attestation__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RemovedFromCode", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RenewSeatReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.ttl_ms != 0 {
            len += 1;
        }
        if self.known {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RenewSeatReply", len)?;
        if self.ttl_ms != 0 {
            struct_ser.serialize_field("ttlMs", &self.ttl_ms)?;
        }
        if self.known {
            struct_ser.serialize_field("known", &self.known)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RenewSeatReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ttl_ms",
            "ttlMs",
            "known",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            TtlMs,
            Known,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "ttlMs" | "ttl_ms" => Ok(GeneratedField::TtlMs),
                            "known" => Ok(GeneratedField::Known),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RenewSeatReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RenewSeatReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RenewSeatReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut ttl_ms__ = None;
                let mut known__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::TtlMs => {
                            if ttl_ms__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ttlMs"));
                            }
                            ttl_ms__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Known => {
                            if known__.is_some() {
                                return Err(serde::de::Error::duplicate_field("known"));
                            }
                            known__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RenewSeatReply {
                    ttl_ms: ttl_ms__.unwrap_or_default(),
                    known: known__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RenewSeatReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RenewSeatRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.org.is_empty() {
            len += 1;
        }
        if !self.edge_id.is_empty() {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RenewSeatRequest", len)?;
        if !self.org.is_empty() {
            struct_ser.serialize_field("org", &self.org)?;
        }
        if !self.edge_id.is_empty() {
            struct_ser.serialize_field("edgeId", &self.edge_id)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RenewSeatRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "org",
            "edge_id",
            "edgeId",
            "name",
            "position",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Org,
            EdgeId,
            Name,
            Position,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "org" => Ok(GeneratedField::Org),
                            "edgeId" | "edge_id" => Ok(GeneratedField::EdgeId),
                            "name" => Ok(GeneratedField::Name),
                            "position" => Ok(GeneratedField::Position),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RenewSeatRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RenewSeatRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RenewSeatRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut org__ = None;
                let mut edge_id__ = None;
                let mut name__ = None;
                let mut position__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Org => {
                            if org__.is_some() {
                                return Err(serde::de::Error::duplicate_field("org"));
                            }
                            org__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EdgeId => {
                            if edge_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("edgeId"));
                            }
                            edge_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RenewSeatRequest {
                    org: org__.unwrap_or_default(),
                    edge_id: edge_id__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RenewSeatRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RenewWatchReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.period_seconds != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RenewWatchReply", len)?;
        if self.period_seconds != 0 {
            struct_ser.serialize_field("periodSeconds", &self.period_seconds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RenewWatchReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "period_seconds",
            "periodSeconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PeriodSeconds,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "periodSeconds" | "period_seconds" => Ok(GeneratedField::PeriodSeconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RenewWatchReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RenewWatchReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RenewWatchReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut period_seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PeriodSeconds => {
                            if period_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("periodSeconds"));
                            }
                            period_seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RenewWatchReply {
                    period_seconds: period_seconds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RenewWatchReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RenewWatchRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollout_ids.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RenewWatchRequest", len)?;
        if !self.rollout_ids.is_empty() {
            struct_ser.serialize_field("rolloutIds", &self.rollout_ids)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RenewWatchRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_ids",
            "rolloutIds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutIds,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutIds" | "rollout_ids" => Ok(GeneratedField::RolloutIds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RenewWatchRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RenewWatchRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RenewWatchRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_ids__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutIds => {
                            if rollout_ids__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutIds"));
                            }
                            rollout_ids__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RenewWatchRequest {
                    rollout_ids: rollout_ids__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RenewWatchRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportServed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.killed {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ReportServed", len)?;
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if self.killed {
            struct_ser.serialize_field("killed", &self.killed)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportServed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flag_id",
            "flagId",
            "audience",
            "killed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FlagId,
            Audience,
            Killed,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "audience" => Ok(GeneratedField::Audience),
                            "killed" => Ok(GeneratedField::Killed),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportServed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ReportServed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportServed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flag_id__ = None;
                let mut audience__ = None;
                let mut killed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::Killed => {
                            if killed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("killed"));
                            }
                            killed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReportServed {
                    flag_id: flag_id__.unwrap_or_default(),
                    audience: audience__,
                    killed: killed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ReportServed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestRollback {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        if !self.breach.is_empty() {
            len += 1;
        }
        if !self.cause.is_empty() {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RequestRollback", len)?;
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if !self.breach.is_empty() {
            struct_ser.serialize_field("breach", &self.breach)?;
        }
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestRollback {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "breach",
            "cause",
            "critical",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Breach,
            Cause,
            Critical,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "breach" => Ok(GeneratedField::Breach),
                            "cause" => Ok(GeneratedField::Cause),
                            "critical" => Ok(GeneratedField::Critical),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestRollback;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RequestRollback")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestRollback, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut breach__ = None;
                let mut cause__ = None;
                let mut critical__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Breach => {
                            if breach__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breach"));
                            }
                            breach__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RequestRollback {
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    breach: breach__.unwrap_or_default(),
                    cause: cause__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RequestRollback", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RestoreWatch {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RestoreWatch", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestoreWatch {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RestoreWatch;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RestoreWatch")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestoreWatch, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RestoreWatch {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RestoreWatch", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ResumeKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "RESUME_KIND_UNSPECIFIED",
            Self::Fresh => "RESUME_KIND_FRESH",
            Self::FalseAlarm => "RESUME_KIND_FALSE_ALARM",
            Self::Undo => "RESUME_KIND_UNDO",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for ResumeKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "RESUME_KIND_UNSPECIFIED",
            "RESUME_KIND_FRESH",
            "RESUME_KIND_FALSE_ALARM",
            "RESUME_KIND_UNDO",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = ResumeKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "RESUME_KIND_UNSPECIFIED" => Ok(ResumeKind::Unspecified),
                    "RESUME_KIND_FRESH" => Ok(ResumeKind::Fresh),
                    "RESUME_KIND_FALSE_ALARM" => Ok(ResumeKind::FalseAlarm),
                    "RESUME_KIND_UNDO" => Ok(ResumeKind::Undo),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for ResumeRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.false_alarm {
            len += 1;
        }
        if !self.undo.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ResumeRollout", len)?;
        if self.false_alarm {
            struct_ser.serialize_field("falseAlarm", &self.false_alarm)?;
        }
        if !self.undo.is_empty() {
            struct_ser.serialize_field("undo", &self.undo)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ResumeRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "false_alarm",
            "falseAlarm",
            "undo",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FalseAlarm,
            Undo,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "falseAlarm" | "false_alarm" => Ok(GeneratedField::FalseAlarm),
                            "undo" => Ok(GeneratedField::Undo),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ResumeRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ResumeRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ResumeRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut false_alarm__ = None;
                let mut undo__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FalseAlarm => {
                            if false_alarm__.is_some() {
                                return Err(serde::de::Error::duplicate_field("falseAlarm"));
                            }
                            false_alarm__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Undo => {
                            if undo__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undo"));
                            }
                            undo__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ResumeRollout {
                    false_alarm: false_alarm__.unwrap_or_default(),
                    undo: undo__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ResumeRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReviveFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.undo {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ReviveFlag", len)?;
        if self.undo {
            struct_ser.serialize_field("undo", &self.undo)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReviveFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "undo",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Undo,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "undo" => Ok(GeneratedField::Undo),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReviveFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ReviveFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReviveFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut undo__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Undo => {
                            if undo__.is_some() {
                                return Err(serde::de::Error::duplicate_field("undo"));
                            }
                            undo__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReviveFlag {
                    undo: undo__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ReviveFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RollbackRequested {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.breach.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        if self.critical.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RollbackRequested", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.breach.as_ref() {
            struct_ser.serialize_field("breach", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        if let Some(v) = self.critical.as_ref() {
            struct_ser.serialize_field("critical", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RollbackRequested {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "breach",
            "cause",
            "critical",
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Breach,
            Cause,
            Critical,
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "breach" => Ok(GeneratedField::Breach),
                            "cause" => Ok(GeneratedField::Cause),
                            "critical" => Ok(GeneratedField::Critical),
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RollbackRequested;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RollbackRequested")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RollbackRequested, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut breach__ = None;
                let mut cause__ = None;
                let mut critical__ = None;
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Breach => {
                            if breach__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breach"));
                            }
                            breach__ = map_.next_value()?;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RollbackRequested {
                    stage: stage__,
                    attempt: attempt__,
                    breach: breach__,
                    cause: cause__,
                    critical: critical__,
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RollbackRequested", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolledBack {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.to_stage.is_some() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolledBack", len)?;
        if let Some(v) = self.to_stage.as_ref() {
            struct_ser.serialize_field("toStage", v)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolledBack {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "to_stage",
            "toStage",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ToStage,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "toStage" | "to_stage" => Ok(GeneratedField::ToStage),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolledBack;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolledBack")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolledBack, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to_stage__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ToStage => {
                            if to_stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("toStage"));
                            }
                            to_stage__ = map_.next_value()?;
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolledBack {
                    to_stage: to_stage__,
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolledBack", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutAborted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutAborted", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutAborted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutAborted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutAborted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutAborted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutAborted {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutAborted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutCompleted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutCompleted", len)?;
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutCompleted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutCompleted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutCompleted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutCompleted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutCompleted {
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutCompleted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollouts.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutList", len)?;
        if !self.rollouts.is_empty() {
            struct_ser.serialize_field("rollouts", &self.rollouts)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.next.is_empty() {
            struct_ser.serialize_field("next", &self.next)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollouts",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Rollouts,
            Position,
            Next,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rollouts" => Ok(GeneratedField::Rollouts),
                            "position" => Ok(GeneratedField::Position),
                            "next" => Ok(GeneratedField::Next),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollouts__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Rollouts => {
                            if rollouts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rollouts"));
                            }
                            rollouts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Next => {
                            if next__.is_some() {
                                return Err(serde::de::Error::duplicate_field("next"));
                            }
                            next__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutList {
                    rollouts: rollouts__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutMode {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ROLLOUT_MODE_UNSPECIFIED",
            Self::ZeroToOne => "ROLLOUT_MODE_ZERO_TO_ONE",
            Self::Scaling => "ROLLOUT_MODE_SCALING",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for RolloutMode {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ROLLOUT_MODE_UNSPECIFIED",
            "ROLLOUT_MODE_ZERO_TO_ONE",
            "ROLLOUT_MODE_SCALING",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = RolloutMode;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ROLLOUT_MODE_UNSPECIFIED" => Ok(RolloutMode::Unspecified),
                    "ROLLOUT_MODE_ZERO_TO_ONE" => Ok(RolloutMode::ZeroToOne),
                    "ROLLOUT_MODE_SCALING" => Ok(RolloutMode::Scaling),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutPaused {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutPaused", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            let v = PauseCause::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("cause", &v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutPaused {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
            "cause",
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
            Cause,
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            "cause" => Ok(GeneratedField::Cause),
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutPaused;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutPaused")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutPaused, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                let mut cause__ = None;
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value::<::std::option::Option<PauseCause>>()?.map(|x| x as i32);
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutPaused {
                    reason: reason__,
                    cause: cause__,
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutPaused", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutPlanned {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.bet_id.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.environment.is_some() {
            len += 1;
        }
        if self.service.is_some() {
            len += 1;
        }
        if self.mode.is_some() {
            len += 1;
        }
        if self.tier.is_some() {
            len += 1;
        }
        if !self.stages.is_empty() {
            len += 1;
        }
        if self.unit.is_some() {
            len += 1;
        }
        if self.promotion.is_some() {
            len += 1;
        }
        if self.override_reason.is_some() {
            len += 1;
        }
        if self.on_blind.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutPlanned", len)?;
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.environment.as_ref() {
            struct_ser.serialize_field("environment", v)?;
        }
        if let Some(v) = self.service.as_ref() {
            struct_ser.serialize_field("service", v)?;
        }
        if let Some(v) = self.mode.as_ref() {
            let v = RolloutMode::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if let Some(v) = self.tier.as_ref() {
            struct_ser.serialize_field("tier", v)?;
        }
        if !self.stages.is_empty() {
            struct_ser.serialize_field("stages", &self.stages)?;
        }
        if let Some(v) = self.unit.as_ref() {
            struct_ser.serialize_field("unit", v)?;
        }
        if let Some(v) = self.promotion.as_ref() {
            let v = Promotion::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("promotion", &v)?;
        }
        if let Some(v) = self.override_reason.as_ref() {
            struct_ser.serialize_field("overrideReason", v)?;
        }
        if let Some(v) = self.on_blind.as_ref() {
            let v = OnBlind::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("onBlind", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutPlanned {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bet_id",
            "betId",
            "flag_id",
            "flagId",
            "environment",
            "service",
            "mode",
            "tier",
            "stages",
            "unit",
            "promotion",
            "override_reason",
            "overrideReason",
            "on_blind",
            "onBlind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BetId,
            FlagId,
            Environment,
            Service,
            Mode,
            Tier,
            Stages,
            Unit,
            Promotion,
            OverrideReason,
            OnBlind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "environment" => Ok(GeneratedField::Environment),
                            "service" => Ok(GeneratedField::Service),
                            "mode" => Ok(GeneratedField::Mode),
                            "tier" => Ok(GeneratedField::Tier),
                            "stages" => Ok(GeneratedField::Stages),
                            "unit" => Ok(GeneratedField::Unit),
                            "promotion" => Ok(GeneratedField::Promotion),
                            "overrideReason" | "override_reason" => Ok(GeneratedField::OverrideReason),
                            "onBlind" | "on_blind" => Ok(GeneratedField::OnBlind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutPlanned;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutPlanned")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutPlanned, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bet_id__ = None;
                let mut flag_id__ = None;
                let mut environment__ = None;
                let mut service__ = None;
                let mut mode__ = None;
                let mut tier__ = None;
                let mut stages__ = None;
                let mut unit__ = None;
                let mut promotion__ = None;
                let mut override_reason__ = None;
                let mut on_blind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = map_.next_value()?;
                        }
                        GeneratedField::Service => {
                            if service__.is_some() {
                                return Err(serde::de::Error::duplicate_field("service"));
                            }
                            service__ = map_.next_value()?;
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = map_.next_value::<::std::option::Option<RolloutMode>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Tier => {
                            if tier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tier"));
                            }
                            tier__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Stages => {
                            if stages__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stages"));
                            }
                            stages__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = map_.next_value()?;
                        }
                        GeneratedField::Promotion => {
                            if promotion__.is_some() {
                                return Err(serde::de::Error::duplicate_field("promotion"));
                            }
                            promotion__ = map_.next_value::<::std::option::Option<Promotion>>()?.map(|x| x as i32);
                        }
                        GeneratedField::OverrideReason => {
                            if override_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("overrideReason"));
                            }
                            override_reason__ = map_.next_value()?;
                        }
                        GeneratedField::OnBlind => {
                            if on_blind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onBlind"));
                            }
                            on_blind__ = map_.next_value::<::std::option::Option<OnBlind>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutPlanned {
                    bet_id: bet_id__,
                    flag_id: flag_id__,
                    environment: environment__,
                    service: service__,
                    mode: mode__,
                    tier: tier__,
                    stages: stages__.unwrap_or_default(),
                    unit: unit__,
                    promotion: promotion__,
                    override_reason: override_reason__,
                    on_blind: on_blind__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutPlanned", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.meta.is_some() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                rollout_request::Command::Plan(v) => {
                    struct_ser.serialize_field("plan", v)?;
                }
                rollout_request::Command::ShipDirectly(v) => {
                    struct_ser.serialize_field("shipDirectly", v)?;
                }
                rollout_request::Command::Start(v) => {
                    struct_ser.serialize_field("start", v)?;
                }
                rollout_request::Command::EnterStage(v) => {
                    struct_ser.serialize_field("enterStage", v)?;
                }
                rollout_request::Command::AdvanceStep(v) => {
                    struct_ser.serialize_field("advanceStep", v)?;
                }
                rollout_request::Command::RecordEvidence(v) => {
                    struct_ser.serialize_field("recordEvidence", v)?;
                }
                rollout_request::Command::EvaluateGate(v) => {
                    struct_ser.serialize_field("evaluateGate", v)?;
                }
                rollout_request::Command::Pause(v) => {
                    struct_ser.serialize_field("pause", v)?;
                }
                rollout_request::Command::Resume(v) => {
                    struct_ser.serialize_field("resume", v)?;
                }
                rollout_request::Command::LoseWatch(v) => {
                    struct_ser.serialize_field("loseWatch", v)?;
                }
                rollout_request::Command::RestoreWatch(v) => {
                    struct_ser.serialize_field("restoreWatch", v)?;
                }
                rollout_request::Command::RequestRollback(v) => {
                    struct_ser.serialize_field("requestRollback", v)?;
                }
                rollout_request::Command::ConfirmRollback(v) => {
                    struct_ser.serialize_field("confirmRollback", v)?;
                }
                rollout_request::Command::MarkOverdue(v) => {
                    struct_ser.serialize_field("markOverdue", v)?;
                }
                rollout_request::Command::Complete(v) => {
                    struct_ser.serialize_field("complete", v)?;
                }
                rollout_request::Command::Abort(v) => {
                    struct_ser.serialize_field("abort", v)?;
                }
                rollout_request::Command::ExtendStage(v) => {
                    struct_ser.serialize_field("extendStage", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "rollout_id",
            "rolloutId",
            "plan",
            "ship_directly",
            "shipDirectly",
            "start",
            "enter_stage",
            "enterStage",
            "advance_step",
            "advanceStep",
            "record_evidence",
            "recordEvidence",
            "evaluate_gate",
            "evaluateGate",
            "pause",
            "resume",
            "lose_watch",
            "loseWatch",
            "restore_watch",
            "restoreWatch",
            "request_rollback",
            "requestRollback",
            "confirm_rollback",
            "confirmRollback",
            "mark_overdue",
            "markOverdue",
            "complete",
            "abort",
            "extend_stage",
            "extendStage",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            RolloutId,
            Plan,
            ShipDirectly,
            Start,
            EnterStage,
            AdvanceStep,
            RecordEvidence,
            EvaluateGate,
            Pause,
            Resume,
            LoseWatch,
            RestoreWatch,
            RequestRollback,
            ConfirmRollback,
            MarkOverdue,
            Complete,
            Abort,
            ExtendStage,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "meta" => Ok(GeneratedField::Meta),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "plan" => Ok(GeneratedField::Plan),
                            "shipDirectly" | "ship_directly" => Ok(GeneratedField::ShipDirectly),
                            "start" => Ok(GeneratedField::Start),
                            "enterStage" | "enter_stage" => Ok(GeneratedField::EnterStage),
                            "advanceStep" | "advance_step" => Ok(GeneratedField::AdvanceStep),
                            "recordEvidence" | "record_evidence" => Ok(GeneratedField::RecordEvidence),
                            "evaluateGate" | "evaluate_gate" => Ok(GeneratedField::EvaluateGate),
                            "pause" => Ok(GeneratedField::Pause),
                            "resume" => Ok(GeneratedField::Resume),
                            "loseWatch" | "lose_watch" => Ok(GeneratedField::LoseWatch),
                            "restoreWatch" | "restore_watch" => Ok(GeneratedField::RestoreWatch),
                            "requestRollback" | "request_rollback" => Ok(GeneratedField::RequestRollback),
                            "confirmRollback" | "confirm_rollback" => Ok(GeneratedField::ConfirmRollback),
                            "markOverdue" | "mark_overdue" => Ok(GeneratedField::MarkOverdue),
                            "complete" => Ok(GeneratedField::Complete),
                            "abort" => Ok(GeneratedField::Abort),
                            "extendStage" | "extend_stage" => Ok(GeneratedField::ExtendStage),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut rollout_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Plan => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plan"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Plan)
;
                        }
                        GeneratedField::ShipDirectly => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("shipDirectly"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::ShipDirectly)
;
                        }
                        GeneratedField::Start => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("start"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Start)
;
                        }
                        GeneratedField::EnterStage => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("enterStage"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::EnterStage)
;
                        }
                        GeneratedField::AdvanceStep => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("advanceStep"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::AdvanceStep)
;
                        }
                        GeneratedField::RecordEvidence => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recordEvidence"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::RecordEvidence)
;
                        }
                        GeneratedField::EvaluateGate => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("evaluateGate"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::EvaluateGate)
;
                        }
                        GeneratedField::Pause => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pause"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Pause)
;
                        }
                        GeneratedField::Resume => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resume"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Resume)
;
                        }
                        GeneratedField::LoseWatch => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("loseWatch"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::LoseWatch)
;
                        }
                        GeneratedField::RestoreWatch => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restoreWatch"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::RestoreWatch)
;
                        }
                        GeneratedField::RequestRollback => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestRollback"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::RequestRollback)
;
                        }
                        GeneratedField::ConfirmRollback => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmRollback"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::ConfirmRollback)
;
                        }
                        GeneratedField::MarkOverdue => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("markOverdue"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::MarkOverdue)
;
                        }
                        GeneratedField::Complete => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("complete"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Complete)
;
                        }
                        GeneratedField::Abort => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("abort"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::Abort)
;
                        }
                        GeneratedField::ExtendStage => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("extendStage"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(rollout_request::Command::ExtendStage)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutRequest {
                    meta: meta__,
                    rollout_id: rollout_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutResumed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if self.step.is_some() {
            len += 1;
        }
        if self.kind.is_some() {
            len += 1;
        }
        if self.stage_since.is_some() {
            len += 1;
        }
        if self.step_since.is_some() {
            len += 1;
        }
        if self.exposed_at.is_some() {
            len += 1;
        }
        if !self.releases.is_empty() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutResumed", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.step.as_ref() {
            struct_ser.serialize_field("step", v)?;
        }
        if let Some(v) = self.kind.as_ref() {
            let v = ResumeKind::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if let Some(v) = self.stage_since.as_ref() {
            struct_ser.serialize_field("stageSince", v)?;
        }
        if let Some(v) = self.step_since.as_ref() {
            struct_ser.serialize_field("stepSince", v)?;
        }
        if let Some(v) = self.exposed_at.as_ref() {
            struct_ser.serialize_field("exposedAt", v)?;
        }
        if !self.releases.is_empty() {
            struct_ser.serialize_field("releases", &self.releases)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutResumed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "at",
            "step",
            "kind",
            "stage_since",
            "stageSince",
            "step_since",
            "stepSince",
            "exposed_at",
            "exposedAt",
            "releases",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            At,
            Step,
            Kind,
            StageSince,
            StepSince,
            ExposedAt,
            Releases,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "at" => Ok(GeneratedField::At),
                            "step" => Ok(GeneratedField::Step),
                            "kind" => Ok(GeneratedField::Kind),
                            "stageSince" | "stage_since" => Ok(GeneratedField::StageSince),
                            "stepSince" | "step_since" => Ok(GeneratedField::StepSince),
                            "exposedAt" | "exposed_at" => Ok(GeneratedField::ExposedAt),
                            "releases" => Ok(GeneratedField::Releases),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutResumed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutResumed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutResumed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut at__ = None;
                let mut step__ = None;
                let mut kind__ = None;
                let mut stage_since__ = None;
                let mut step_since__ = None;
                let mut exposed_at__ = None;
                let mut releases__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value::<::std::option::Option<ResumeKind>>()?.map(|x| x as i32);
                        }
                        GeneratedField::StageSince => {
                            if stage_since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageSince"));
                            }
                            stage_since__ = map_.next_value()?;
                        }
                        GeneratedField::StepSince => {
                            if step_since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stepSince"));
                            }
                            step_since__ = map_.next_value()?;
                        }
                        GeneratedField::ExposedAt => {
                            if exposed_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exposedAt"));
                            }
                            exposed_at__ = map_.next_value()?;
                        }
                        GeneratedField::Releases => {
                            if releases__.is_some() {
                                return Err(serde::de::Error::duplicate_field("releases"));
                            }
                            releases__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutResumed {
                    stage: stage__,
                    attempt: attempt__,
                    at: at__,
                    step: step__,
                    kind: kind__,
                    stage_since: stage_since__,
                    step_since: step_since__,
                    exposed_at: exposed_at__,
                    releases: releases__.unwrap_or_default(),
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutResumed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutStarted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutStarted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RolloutStarted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutView {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if self.version != 0 {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.bet_id.is_empty() {
            len += 1;
        }
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if !self.environment.is_empty() {
            len += 1;
        }
        if !self.service.is_empty() {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.stage_index != 0 {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        if self.step != 0 {
            len += 1;
        }
        if !self.soaked_at.is_empty() {
            len += 1;
        }
        if !self.stages.is_empty() {
            len += 1;
        }
        if self.mode != 0 {
            len += 1;
        }
        if self.tier != 0 {
            len += 1;
        }
        if self.promotion != 0 {
            len += 1;
        }
        if !self.evidence.is_empty() {
            len += 1;
        }
        if self.watch_lost {
            len += 1;
        }
        if self.on_blind != 0 {
            len += 1;
        }
        if !self.paused_for.is_empty() {
            len += 1;
        }
        if self.exposed_outside {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutView", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.version != 0 {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if !self.environment.is_empty() {
            struct_ser.serialize_field("environment", &self.environment)?;
        }
        if !self.service.is_empty() {
            struct_ser.serialize_field("service", &self.service)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.stage_index != 0 {
            struct_ser.serialize_field("stageIndex", &self.stage_index)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if self.step != 0 {
            struct_ser.serialize_field("step", &self.step)?;
        }
        if !self.soaked_at.is_empty() {
            struct_ser.serialize_field("soakedAt", &self.soaked_at)?;
        }
        if !self.stages.is_empty() {
            struct_ser.serialize_field("stages", &self.stages)?;
        }
        if self.mode != 0 {
            let v = RolloutMode::try_from(self.mode)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.mode)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if self.tier != 0 {
            struct_ser.serialize_field("tier", &self.tier)?;
        }
        if self.promotion != 0 {
            let v = Promotion::try_from(self.promotion)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.promotion)))?;
            struct_ser.serialize_field("promotion", &v)?;
        }
        if !self.evidence.is_empty() {
            struct_ser.serialize_field("evidence", &self.evidence)?;
        }
        if self.watch_lost {
            struct_ser.serialize_field("watchLost", &self.watch_lost)?;
        }
        if self.on_blind != 0 {
            let v = OnBlind::try_from(self.on_blind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.on_blind)))?;
            struct_ser.serialize_field("onBlind", &v)?;
        }
        if !self.paused_for.is_empty() {
            let v = self.paused_for.iter().cloned().map(|v| {
                PauseCause::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("pausedFor", &v)?;
        }
        if self.exposed_outside {
            struct_ser.serialize_field("exposedOutside", &self.exposed_outside)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "version",
            "position",
            "bet_id",
            "betId",
            "flag_id",
            "flagId",
            "environment",
            "service",
            "state",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "step",
            "soaked_at",
            "soakedAt",
            "stages",
            "mode",
            "tier",
            "promotion",
            "evidence",
            "watch_lost",
            "watchLost",
            "on_blind",
            "onBlind",
            "paused_for",
            "pausedFor",
            "exposed_outside",
            "exposedOutside",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            BetId,
            FlagId,
            Environment,
            Service,
            State,
            Stage,
            StageIndex,
            Attempt,
            Step,
            SoakedAt,
            Stages,
            Mode,
            Tier,
            Promotion,
            Evidence,
            WatchLost,
            OnBlind,
            PausedFor,
            ExposedOutside,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "version" => Ok(GeneratedField::Version),
                            "position" => Ok(GeneratedField::Position),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "environment" => Ok(GeneratedField::Environment),
                            "service" => Ok(GeneratedField::Service),
                            "state" => Ok(GeneratedField::State),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "step" => Ok(GeneratedField::Step),
                            "soakedAt" | "soaked_at" => Ok(GeneratedField::SoakedAt),
                            "stages" => Ok(GeneratedField::Stages),
                            "mode" => Ok(GeneratedField::Mode),
                            "tier" => Ok(GeneratedField::Tier),
                            "promotion" => Ok(GeneratedField::Promotion),
                            "evidence" => Ok(GeneratedField::Evidence),
                            "watchLost" | "watch_lost" => Ok(GeneratedField::WatchLost),
                            "onBlind" | "on_blind" => Ok(GeneratedField::OnBlind),
                            "pausedFor" | "paused_for" => Ok(GeneratedField::PausedFor),
                            "exposedOutside" | "exposed_outside" => Ok(GeneratedField::ExposedOutside),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut bet_id__ = None;
                let mut flag_id__ = None;
                let mut environment__ = None;
                let mut service__ = None;
                let mut state__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut step__ = None;
                let mut soaked_at__ = None;
                let mut stages__ = None;
                let mut mode__ = None;
                let mut tier__ = None;
                let mut promotion__ = None;
                let mut evidence__ = None;
                let mut watch_lost__ = None;
                let mut on_blind__ = None;
                let mut paused_for__ = None;
                let mut exposed_outside__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Environment => {
                            if environment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("environment"));
                            }
                            environment__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Service => {
                            if service__.is_some() {
                                return Err(serde::de::Error::duplicate_field("service"));
                            }
                            service__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SoakedAt => {
                            if soaked_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("soakedAt"));
                            }
                            soaked_at__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stages => {
                            if stages__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stages"));
                            }
                            stages__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = Some(map_.next_value::<RolloutMode>()? as i32);
                        }
                        GeneratedField::Tier => {
                            if tier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tier"));
                            }
                            tier__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Promotion => {
                            if promotion__.is_some() {
                                return Err(serde::de::Error::duplicate_field("promotion"));
                            }
                            promotion__ = Some(map_.next_value::<Promotion>()? as i32);
                        }
                        GeneratedField::Evidence => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("evidence"));
                            }
                            evidence__ = Some(map_.next_value()?);
                        }
                        GeneratedField::WatchLost => {
                            if watch_lost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("watchLost"));
                            }
                            watch_lost__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OnBlind => {
                            if on_blind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("onBlind"));
                            }
                            on_blind__ = Some(map_.next_value::<OnBlind>()? as i32);
                        }
                        GeneratedField::PausedFor => {
                            if paused_for__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pausedFor"));
                            }
                            paused_for__ = Some(map_.next_value::<Vec<PauseCause>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::ExposedOutside => {
                            if exposed_outside__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exposedOutside"));
                            }
                            exposed_outside__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    bet_id: bet_id__.unwrap_or_default(),
                    flag_id: flag_id__.unwrap_or_default(),
                    environment: environment__.unwrap_or_default(),
                    service: service__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    stage_index: stage_index__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    step: step__.unwrap_or_default(),
                    soaked_at: soaked_at__.unwrap_or_default(),
                    stages: stages__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    tier: tier__.unwrap_or_default(),
                    promotion: promotion__.unwrap_or_default(),
                    evidence: evidence__.unwrap_or_default(),
                    watch_lost: watch_lost__.unwrap_or_default(),
                    on_blind: on_blind__.unwrap_or_default(),
                    paused_for: paused_for__.unwrap_or_default(),
                    exposed_outside: exposed_outside__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutWarned {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rule.is_some() {
            len += 1;
        }
        if self.sentence.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutWarned", len)?;
        if let Some(v) = self.rule.as_ref() {
            struct_ser.serialize_field("rule", v)?;
        }
        if let Some(v) = self.sentence.as_ref() {
            struct_ser.serialize_field("sentence", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutWarned {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rule",
            "sentence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Rule,
            Sentence,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rule" => Ok(GeneratedField::Rule),
                            "sentence" => Ok(GeneratedField::Sentence),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutWarned;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutWarned")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutWarned, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rule__ = None;
                let mut sentence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Rule => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rule"));
                            }
                            rule__ = map_.next_value()?;
                        }
                        GeneratedField::Sentence => {
                            if sentence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sentence"));
                            }
                            sentence__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutWarned {
                    rule: rule__,
                    sentence: sentence__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutWarned", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutWatchAttemptOver {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutWatchAttemptOver", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutWatchAttemptOver {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutWatchAttemptOver;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutWatchAttemptOver")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutWatchAttemptOver, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RolloutWatchAttemptOver {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutWatchAttemptOver", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutWatchLostNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        if self.narrow_at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutWatchLostNoted", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.stage_index.as_ref() {
            struct_ser.serialize_field("stageIndex", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        if let Some(v) = self.narrow_at.as_ref() {
            struct_ser.serialize_field("narrowAt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutWatchLostNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "flag_id",
            "flagId",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "cause",
            "narrow_at",
            "narrowAt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
            Stage,
            StageIndex,
            Attempt,
            Cause,
            NarrowAt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "cause" => Ok(GeneratedField::Cause),
                            "narrowAt" | "narrow_at" => Ok(GeneratedField::NarrowAt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutWatchLostNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutWatchLostNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutWatchLostNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut cause__ = None;
                let mut narrow_at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::NarrowAt => {
                            if narrow_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("narrowAt"));
                            }
                            narrow_at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutWatchLostNoted {
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                    cause: cause__,
                    narrow_at: narrow_at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutWatchLostNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutWatchRestoredNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.RolloutWatchRestoredNoted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutWatchRestoredNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutWatchRestoredNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.RolloutWatchRestoredNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutWatchRestoredNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RolloutWatchRestoredNoted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.RolloutWatchRestoredNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ScheduleCleanup {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.due.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ScheduleCleanup", len)?;
        if !self.due.is_empty() {
            struct_ser.serialize_field("due", &self.due)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ScheduleCleanup {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "due",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Due,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "due" => Ok(GeneratedField::Due),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ScheduleCleanup;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ScheduleCleanup")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ScheduleCleanup, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut due__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Due => {
                            if due__.is_some() {
                                return Err(serde::de::Error::duplicate_field("due"));
                            }
                            due__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ScheduleCleanup {
                    due: due__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ScheduleCleanup", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ServedConfirmed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ServedConfirmed", len)?;
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ServedConfirmed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "flag_id",
            "flagId",
            "flag_version",
            "flagVersion",
            "rollout_id",
            "rolloutId",
            "stage",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FlagId,
            FlagVersion,
            RolloutId,
            Stage,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ServedConfirmed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ServedConfirmed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ServedConfirmed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut flag_id__ = None;
                let mut flag_version__ = None;
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ServedConfirmed {
                    flag_id: flag_id__,
                    flag_version: flag_version__,
                    rollout_id: rollout_id__,
                    stage: stage__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ServedConfirmed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SetByHand {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.audience.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.SetByHand", len)?;
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SetByHand {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "audience",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Audience,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "audience" => Ok(GeneratedField::Audience),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SetByHand;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.SetByHand")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SetByHand, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut audience__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(SetByHand {
                    audience: audience__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.SetByHand", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SetExposure {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.audience.is_some() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if self.rollout_revision != 0 {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.stage_index != 0 {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        if self.flag_version != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.SetExposure", len)?;
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if self.rollout_revision != 0 {
            struct_ser.serialize_field("rolloutRevision", &self.rollout_revision)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.stage_index != 0 {
            struct_ser.serialize_field("stageIndex", &self.stage_index)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if self.flag_version != 0 {
            struct_ser.serialize_field("flagVersion", &self.flag_version)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SetExposure {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "audience",
            "rollout_id",
            "rolloutId",
            "rollout_revision",
            "rolloutRevision",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Audience,
            RolloutId,
            RolloutRevision,
            Stage,
            StageIndex,
            Attempt,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "audience" => Ok(GeneratedField::Audience),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "rolloutRevision" | "rollout_revision" => Ok(GeneratedField::RolloutRevision),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SetExposure;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.SetExposure")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SetExposure, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut audience__ = None;
                let mut rollout_id__ = None;
                let mut rollout_revision__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutRevision => {
                            if rollout_revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutRevision"));
                            }
                            rollout_revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(SetExposure {
                    audience: audience__,
                    rollout_id: rollout_id__.unwrap_or_default(),
                    rollout_revision: rollout_revision__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    stage_index: stage_index__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    flag_version: flag_version__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.SetExposure", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ShipDirectly {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.bet_id.is_empty() {
            len += 1;
        }
        if self.user_visible {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ShipDirectly", len)?;
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        if self.user_visible {
            struct_ser.serialize_field("userVisible", &self.user_visible)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ShipDirectly {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bet_id",
            "betId",
            "user_visible",
            "userVisible",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BetId,
            UserVisible,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "userVisible" | "user_visible" => Ok(GeneratedField::UserVisible),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ShipDirectly;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ShipDirectly")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ShipDirectly, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bet_id__ = None;
                let mut user_visible__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::UserVisible => {
                            if user_visible__.is_some() {
                                return Err(serde::de::Error::duplicate_field("userVisible"));
                            }
                            user_visible__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ShipDirectly {
                    bet_id: bet_id__.unwrap_or_default(),
                    user_visible: user_visible__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ShipDirectly", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ShippedDirectly {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.bet_id.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.ShippedDirectly", len)?;
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ShippedDirectly {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bet_id",
            "betId",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BetId,
            Reason,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ShippedDirectly;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.ShippedDirectly")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ShippedDirectly, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bet_id__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = map_.next_value()?;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ShippedDirectly {
                    bet_id: bet_id__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.ShippedDirectly", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Stage {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.name.is_some() {
            len += 1;
        }
        if !self.steps.is_empty() {
            len += 1;
        }
        if self.min_soak_seconds.is_some() {
            len += 1;
        }
        if self.max_soak_seconds.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Stage", len)?;
        if let Some(v) = self.name.as_ref() {
            struct_ser.serialize_field("name", v)?;
        }
        if !self.steps.is_empty() {
            struct_ser.serialize_field("steps", &self.steps)?;
        }
        if let Some(v) = self.min_soak_seconds.as_ref() {
            struct_ser.serialize_field("minSoakSeconds", v)?;
        }
        if let Some(v) = self.max_soak_seconds.as_ref() {
            struct_ser.serialize_field("maxSoakSeconds", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Stage {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "steps",
            "min_soak_seconds",
            "minSoakSeconds",
            "max_soak_seconds",
            "maxSoakSeconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Steps,
            MinSoakSeconds,
            MaxSoakSeconds,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "steps" => Ok(GeneratedField::Steps),
                            "minSoakSeconds" | "min_soak_seconds" => Ok(GeneratedField::MinSoakSeconds),
                            "maxSoakSeconds" | "max_soak_seconds" => Ok(GeneratedField::MaxSoakSeconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Stage;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Stage")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Stage, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut steps__ = None;
                let mut min_soak_seconds__ = None;
                let mut max_soak_seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = map_.next_value()?;
                        }
                        GeneratedField::Steps => {
                            if steps__.is_some() {
                                return Err(serde::de::Error::duplicate_field("steps"));
                            }
                            steps__ = Some(map_.next_value()?);
                        }
                        GeneratedField::MinSoakSeconds => {
                            if min_soak_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("minSoakSeconds"));
                            }
                            min_soak_seconds__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::MaxSoakSeconds => {
                            if max_soak_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("maxSoakSeconds"));
                            }
                            max_soak_seconds__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Stage {
                    name: name__,
                    steps: steps__.unwrap_or_default(),
                    min_soak_seconds: min_soak_seconds__,
                    max_soak_seconds: max_soak_seconds__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Stage", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StageEntered {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if !self.facts.is_empty() {
            len += 1;
        }
        if self.step.is_some() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StageEntered", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if !self.facts.is_empty() {
            struct_ser.serialize_field("facts", &self.facts)?;
        }
        if let Some(v) = self.step.as_ref() {
            struct_ser.serialize_field("step", v)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StageEntered {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "audience",
            "at",
            "facts",
            "step",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Audience,
            At,
            Facts,
            Step,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "audience" => Ok(GeneratedField::Audience),
                            "at" => Ok(GeneratedField::At),
                            "facts" => Ok(GeneratedField::Facts),
                            "step" => Ok(GeneratedField::Step),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StageEntered;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StageEntered")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StageEntered, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut audience__ = None;
                let mut at__ = None;
                let mut facts__ = None;
                let mut step__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Facts => {
                            if facts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("facts"));
                            }
                            facts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StageEntered {
                    stage: stage__,
                    attempt: attempt__,
                    audience: audience__,
                    at: at__,
                    facts: facts__.unwrap_or_default(),
                    step: step__,
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StageEntered", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StageExtended {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.until.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StageExtended", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.until.as_ref() {
            struct_ser.serialize_field("until", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StageExtended {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "until",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Until,
            Reason,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "until" => Ok(GeneratedField::Until),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StageExtended;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StageExtended")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StageExtended, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut until__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Until => {
                            if until__.is_some() {
                                return Err(serde::de::Error::duplicate_field("until"));
                            }
                            until__ = map_.next_value()?;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StageExtended {
                    stage: stage__,
                    attempt: attempt__,
                    until: until__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StageExtended", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StageOverdue {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StageOverdue", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StageOverdue {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StageOverdue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StageOverdue")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StageOverdue, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StageOverdue {
                    stage: stage__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StageOverdue", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionAnswerNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionAnswerNoted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionAnswerNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionAnswerNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionAnswerNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionAnswerNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StagePromotionAnswerNoted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionAnswerNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionClosed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.cleanup_due.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionClosed", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.cleanup_due.as_ref() {
            struct_ser.serialize_field("cleanupDue", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionClosed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "flag_id",
            "flagId",
            "cleanup_due",
            "cleanupDue",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
            CleanupDue,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "cleanupDue" | "cleanup_due" => Ok(GeneratedField::CleanupDue),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionClosed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionClosed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionClosed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
                let mut cleanup_due__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::CleanupDue => {
                            if cleanup_due__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cleanupDue"));
                            }
                            cleanup_due__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionClosed {
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                    cleanup_due: cleanup_due__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionClosed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionEvidenceNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionEvidenceNoted", len)?;
        if let Some(v) = self.kind.as_ref() {
            struct_ser.serialize_field("kind", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionEvidenceNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionEvidenceNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionEvidenceNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionEvidenceNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionEvidenceNoted {
                    kind: kind__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionEvidenceNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionFlagNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.what.is_some() {
            len += 1;
        }
        if self.event.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionFlagNoted", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.what.as_ref() {
            struct_ser.serialize_field("what", v)?;
        }
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionFlagNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "what",
            "event",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            What,
            Event,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "what" => Ok(GeneratedField::What),
                            "event" => Ok(GeneratedField::Event),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionFlagNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionFlagNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionFlagNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut what__ = None;
                let mut event__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::What => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("what"));
                            }
                            what__ = map_.next_value()?;
                        }
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionFlagNoted {
                    rollout_id: rollout_id__,
                    what: what__,
                    event: event__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionFlagNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionGateNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.open.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionGateNoted", len)?;
        if let Some(v) = self.open.as_ref() {
            struct_ser.serialize_field("open", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionGateNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "open",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Open,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "open" => Ok(GeneratedField::Open),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionGateNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionGateNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionGateNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut open__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Open => {
                            if open__.is_some() {
                                return Err(serde::de::Error::duplicate_field("open"));
                            }
                            open__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionGateNoted {
                    open: open__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionGateNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionStageNoted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.step.is_some() {
            len += 1;
        }
        if self.exposure.is_some() {
            len += 1;
        }
        if self.soaked_at.is_some() {
            len += 1;
        }
        if self.overdue_at.is_some() {
            len += 1;
        }
        if self.automatic.is_some() {
            len += 1;
        }
        if self.last.is_some() {
            len += 1;
        }
        if self.rollout_revision.is_some() {
            len += 1;
        }
        if self.next.is_some() {
            len += 1;
        }
        if !self.releases.is_empty() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionStageNoted", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.stage_index.as_ref() {
            struct_ser.serialize_field("stageIndex", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.step.as_ref() {
            struct_ser.serialize_field("step", v)?;
        }
        if let Some(v) = self.exposure.as_ref() {
            struct_ser.serialize_field("exposure", v)?;
        }
        if let Some(v) = self.soaked_at.as_ref() {
            struct_ser.serialize_field("soakedAt", v)?;
        }
        if let Some(v) = self.overdue_at.as_ref() {
            struct_ser.serialize_field("overdueAt", v)?;
        }
        if let Some(v) = self.automatic.as_ref() {
            struct_ser.serialize_field("automatic", v)?;
        }
        if let Some(v) = self.last.as_ref() {
            struct_ser.serialize_field("last", v)?;
        }
        if let Some(v) = self.rollout_revision.as_ref() {
            struct_ser.serialize_field("rolloutRevision", v)?;
        }
        if let Some(v) = self.next.as_ref() {
            struct_ser.serialize_field("next", v)?;
        }
        if !self.releases.is_empty() {
            struct_ser.serialize_field("releases", &self.releases)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionStageNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "flag_id",
            "flagId",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "step",
            "exposure",
            "soaked_at",
            "soakedAt",
            "overdue_at",
            "overdueAt",
            "automatic",
            "last",
            "rollout_revision",
            "rolloutRevision",
            "next",
            "releases",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
            Stage,
            StageIndex,
            Attempt,
            Step,
            Exposure,
            SoakedAt,
            OverdueAt,
            Automatic,
            Last,
            RolloutRevision,
            Next,
            Releases,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "step" => Ok(GeneratedField::Step),
                            "exposure" => Ok(GeneratedField::Exposure),
                            "soakedAt" | "soaked_at" => Ok(GeneratedField::SoakedAt),
                            "overdueAt" | "overdue_at" => Ok(GeneratedField::OverdueAt),
                            "automatic" => Ok(GeneratedField::Automatic),
                            "last" => Ok(GeneratedField::Last),
                            "rolloutRevision" | "rollout_revision" => Ok(GeneratedField::RolloutRevision),
                            "next" => Ok(GeneratedField::Next),
                            "releases" => Ok(GeneratedField::Releases),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionStageNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionStageNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionStageNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut step__ = None;
                let mut exposure__ = None;
                let mut soaked_at__ = None;
                let mut overdue_at__ = None;
                let mut automatic__ = None;
                let mut last__ = None;
                let mut rollout_revision__ = None;
                let mut next__ = None;
                let mut releases__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Exposure => {
                            if exposure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("exposure"));
                            }
                            exposure__ = map_.next_value()?;
                        }
                        GeneratedField::SoakedAt => {
                            if soaked_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("soakedAt"));
                            }
                            soaked_at__ = map_.next_value()?;
                        }
                        GeneratedField::OverdueAt => {
                            if overdue_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("overdueAt"));
                            }
                            overdue_at__ = map_.next_value()?;
                        }
                        GeneratedField::Automatic => {
                            if automatic__.is_some() {
                                return Err(serde::de::Error::duplicate_field("automatic"));
                            }
                            automatic__ = map_.next_value()?;
                        }
                        GeneratedField::Last => {
                            if last__.is_some() {
                                return Err(serde::de::Error::duplicate_field("last"));
                            }
                            last__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutRevision => {
                            if rollout_revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutRevision"));
                            }
                            rollout_revision__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Next => {
                            if next__.is_some() {
                                return Err(serde::de::Error::duplicate_field("next"));
                            }
                            next__ = map_.next_value()?;
                        }
                        GeneratedField::Releases => {
                            if releases__.is_some() {
                                return Err(serde::de::Error::duplicate_field("releases"));
                            }
                            releases__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionStageNoted {
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                    step: step__,
                    exposure: exposure__,
                    soaked_at: soaked_at__,
                    overdue_at: overdue_at__,
                    automatic: automatic__,
                    last: last__,
                    rollout_revision: rollout_revision__,
                    next: next__,
                    releases: releases__.unwrap_or_default(),
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionStageNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StagePromotionStopped {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.why.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StagePromotionStopped", len)?;
        if let Some(v) = self.why.as_ref() {
            struct_ser.serialize_field("why", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StagePromotionStopped {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "why",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Why,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "why" => Ok(GeneratedField::Why),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StagePromotionStopped;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StagePromotionStopped")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StagePromotionStopped, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut why__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Why => {
                            if why__.is_some() {
                                return Err(serde::de::Error::duplicate_field("why"));
                            }
                            why__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StagePromotionStopped {
                    why: why__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StagePromotionStopped", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StartRollout {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StartRollout", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StartRollout {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Ok(GeneratedField::__SkipField__)
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StartRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StartRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StartRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StartRollout {
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StartRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Step {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.audience.is_some() {
            len += 1;
        }
        if self.soak_seconds.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Step", len)?;
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.soak_seconds.as_ref() {
            struct_ser.serialize_field("soakSeconds", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Step {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "audience",
            "soak_seconds",
            "soakSeconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Audience,
            SoakSeconds,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "audience" => Ok(GeneratedField::Audience),
                            "soakSeconds" | "soak_seconds" => Ok(GeneratedField::SoakSeconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Step;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Step")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Step, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut audience__ = None;
                let mut soak_seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::SoakSeconds => {
                            if soak_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("soakSeconds"));
                            }
                            soak_seconds__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Step {
                    audience: audience__,
                    soak_seconds: soak_seconds__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Step", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StepAdvanced {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.step.is_some() {
            len += 1;
        }
        if self.audience.is_some() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if !self.facts.is_empty() {
            len += 1;
        }
        if self.flag_version.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.StepAdvanced", len)?;
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.step.as_ref() {
            struct_ser.serialize_field("step", v)?;
        }
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if !self.facts.is_empty() {
            struct_ser.serialize_field("facts", &self.facts)?;
        }
        if let Some(v) = self.flag_version.as_ref() {
            struct_ser.serialize_field("flagVersion", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StepAdvanced {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "stage",
            "attempt",
            "step",
            "audience",
            "at",
            "facts",
            "flag_version",
            "flagVersion",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Stage,
            Attempt,
            Step,
            Audience,
            At,
            Facts,
            FlagVersion,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "step" => Ok(GeneratedField::Step),
                            "audience" => Ok(GeneratedField::Audience),
                            "at" => Ok(GeneratedField::At),
                            "facts" => Ok(GeneratedField::Facts),
                            "flagVersion" | "flag_version" => Ok(GeneratedField::FlagVersion),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StepAdvanced;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.StepAdvanced")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StepAdvanced, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut step__ = None;
                let mut audience__ = None;
                let mut at__ = None;
                let mut facts__ = None;
                let mut flag_version__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Facts => {
                            if facts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("facts"));
                            }
                            facts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagVersion => {
                            if flag_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagVersion"));
                            }
                            flag_version__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StepAdvanced {
                    stage: stage__,
                    attempt: attempt__,
                    step: step__,
                    audience: audience__,
                    at: at__,
                    facts: facts__.unwrap_or_default(),
                    flag_version: flag_version__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.StepAdvanced", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TurnOffFlag {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.cause.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.TurnOffFlag", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TurnOffFlag {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "cause",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Cause,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "cause" => Ok(GeneratedField::Cause),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TurnOffFlag;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.TurnOffFlag")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TurnOffFlag, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut cause__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(TurnOffFlag {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    cause: cause__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.TurnOffFlag", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for UndoneKill {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.audience.is_some() {
            len += 1;
        }
        if self.restored.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.UndoneKill", len)?;
        if let Some(v) = self.audience.as_ref() {
            struct_ser.serialize_field("audience", v)?;
        }
        if let Some(v) = self.restored.as_ref() {
            struct_ser.serialize_field("restored", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.stage_index.as_ref() {
            struct_ser.serialize_field("stageIndex", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for UndoneKill {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "audience",
            "restored",
            "rollout_id",
            "rolloutId",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Audience,
            Restored,
            RolloutId,
            Stage,
            StageIndex,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "audience" => Ok(GeneratedField::Audience),
                            "restored" => Ok(GeneratedField::Restored),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = UndoneKill;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.UndoneKill")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<UndoneKill, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut audience__ = None;
                let mut restored__ = None;
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Audience => {
                            if audience__.is_some() {
                                return Err(serde::de::Error::duplicate_field("audience"));
                            }
                            audience__ = map_.next_value()?;
                        }
                        GeneratedField::Restored => {
                            if restored__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restored"));
                            }
                            restored__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::StageIndex => {
                            if stage_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stageIndex"));
                            }
                            stage_index__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(UndoneKill {
                    audience: audience__,
                    restored: restored__,
                    rollout_id: rollout_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.UndoneKill", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Variant {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.name.is_some() {
            len += 1;
        }
        if self.value.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.Variant", len)?;
        if let Some(v) = self.name.as_ref() {
            struct_ser.serialize_field("name", v)?;
        }
        if let Some(v) = self.value.as_ref() {
            struct_ser.serialize_field("value", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Variant {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "value",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Value,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "value" => Ok(GeneratedField::Value),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Variant;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.Variant")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Variant, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut value__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = map_.next_value()?;
                        }
                        GeneratedField::Value => {
                            if value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("value"));
                            }
                            value__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Variant {
                    name: name__,
                    value: value__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.Variant", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchLost {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.at.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.WatchLost", len)?;
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchLost {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "at",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            At,
            Attempt,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "at" => Ok(GeneratedField::At),
                            "attempt" => Ok(GeneratedField::Attempt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchLost;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.WatchLost")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchLost, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut at__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Attempt => {
                            if attempt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attempt"));
                            }
                            attempt__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(WatchLost {
                    at: at__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.WatchLost", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WatchRestored {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.rollouts.v1.WatchRestored", len)?;
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WatchRestored {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            At,
            __SkipField__,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "at" => Ok(GeneratedField::At),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WatchRestored;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.rollouts.v1.WatchRestored")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WatchRestored, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(WatchRestored {
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.rollouts.v1.WatchRestored", FIELDS, GeneratedVisitor)
    }
}
