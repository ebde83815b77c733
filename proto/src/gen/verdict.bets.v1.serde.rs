impl serde::Serialize for AgreeMetrics {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.metrics.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.AgreeMetrics", len)?;
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AgreeMetrics {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metrics",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metrics,
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
                            "metrics" => Ok(GeneratedField::Metrics),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AgreeMetrics;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.AgreeMetrics")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AgreeMetrics, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metrics__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metrics => {
                            if metrics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metrics"));
                            }
                            metrics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AgreeMetrics {
                    metrics: metrics__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.AgreeMetrics", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AssessHandoffItem {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.item != 0 {
            len += 1;
        }
        if self.clarity != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.AssessHandoffItem", len)?;
        if self.item != 0 {
            let v = HandoffItem::try_from(self.item)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.item)))?;
            struct_ser.serialize_field("item", &v)?;
        }
        if self.clarity != 0 {
            let v = Clarity::try_from(self.clarity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.clarity)))?;
            struct_ser.serialize_field("clarity", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AssessHandoffItem {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "item",
            "clarity",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Item,
            Clarity,
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
                            "item" => Ok(GeneratedField::Item),
                            "clarity" => Ok(GeneratedField::Clarity),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AssessHandoffItem;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.AssessHandoffItem")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AssessHandoffItem, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut item__ = None;
                let mut clarity__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Item => {
                            if item__.is_some() {
                                return Err(serde::de::Error::duplicate_field("item"));
                            }
                            item__ = Some(map_.next_value::<HandoffItem>()? as i32);
                        }
                        GeneratedField::Clarity => {
                            if clarity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clarity"));
                            }
                            clarity__ = Some(map_.next_value::<Clarity>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AssessHandoffItem {
                    item: item__.unwrap_or_default(),
                    clarity: clarity__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.AssessHandoffItem", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AttachRollout {
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
        if !self.flag_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.AttachRollout", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AttachRollout {
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
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
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
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AttachRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.AttachRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AttachRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AttachRollout {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    flag_id: flag_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.AttachRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetHandedOff {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.override_reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetHandedOff", len)?;
        if let Some(v) = self.override_reason.as_ref() {
            struct_ser.serialize_field("overrideReason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetHandedOff {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "override_reason",
            "overrideReason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            OverrideReason,
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
                            "overrideReason" | "override_reason" => Ok(GeneratedField::OverrideReason),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetHandedOff;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetHandedOff")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetHandedOff, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut override_reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::OverrideReason => {
                            if override_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("overrideReason"));
                            }
                            override_reason__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetHandedOff {
                    override_reason: override_reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetHandedOff", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetIterated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.iteration.is_some() {
            len += 1;
        }
        if self.hypothesis.is_some() {
            len += 1;
        }
        if self.timebox.is_some() {
            len += 1;
        }
        if self.override_reason.is_some() {
            len += 1;
        }
        if self.signal.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetIterated", len)?;
        if let Some(v) = self.iteration.as_ref() {
            struct_ser.serialize_field("iteration", v)?;
        }
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        if let Some(v) = self.timebox.as_ref() {
            struct_ser.serialize_field("timebox", v)?;
        }
        if let Some(v) = self.override_reason.as_ref() {
            struct_ser.serialize_field("overrideReason", v)?;
        }
        if let Some(v) = self.signal.as_ref() {
            struct_ser.serialize_field("signal", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetIterated {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "iteration",
            "hypothesis",
            "timebox",
            "override_reason",
            "overrideReason",
            "signal",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Iteration,
            Hypothesis,
            Timebox,
            OverrideReason,
            Signal,
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
                            "iteration" => Ok(GeneratedField::Iteration),
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            "timebox" => Ok(GeneratedField::Timebox),
                            "overrideReason" | "override_reason" => Ok(GeneratedField::OverrideReason),
                            "signal" => Ok(GeneratedField::Signal),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetIterated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetIterated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetIterated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut iteration__ = None;
                let mut hypothesis__ = None;
                let mut timebox__ = None;
                let mut override_reason__ = None;
                let mut signal__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Iteration => {
                            if iteration__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iteration"));
                            }
                            iteration__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::Timebox => {
                            if timebox__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timebox"));
                            }
                            timebox__ = map_.next_value()?;
                        }
                        GeneratedField::OverrideReason => {
                            if override_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("overrideReason"));
                            }
                            override_reason__ = map_.next_value()?;
                        }
                        GeneratedField::Signal => {
                            if signal__.is_some() {
                                return Err(serde::de::Error::duplicate_field("signal"));
                            }
                            signal__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetIterated {
                    iteration: iteration__,
                    hypothesis: hypothesis__,
                    timebox: timebox__,
                    override_reason: override_reason__,
                    signal: signal__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetIterated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetKilled {
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
        if !self.learnings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetKilled", len)?;
        if let Some(v) = self.reason.as_ref() {
            let v = KillReason::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("reason", &v)?;
        }
        if !self.learnings.is_empty() {
            struct_ser.serialize_field("learnings", &self.learnings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetKilled {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
            "learnings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
            Learnings,
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
                            "learnings" => Ok(GeneratedField::Learnings),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetKilled;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetKilled")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetKilled, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                let mut learnings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value::<::std::option::Option<KillReason>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Learnings => {
                            if learnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("learnings"));
                            }
                            learnings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetKilled {
                    reason: reason__,
                    learnings: learnings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetKilled", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.bets.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetList", len)?;
        if !self.bets.is_empty() {
            struct_ser.serialize_field("bets", &self.bets)?;
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
impl<'de> serde::Deserialize<'de> for BetList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bets",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Bets,
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
                            "bets" => Ok(GeneratedField::Bets),
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
            type Value = BetList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bets__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Bets => {
                            if bets__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bets"));
                            }
                            bets__ = Some(map_.next_value()?);
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
                Ok(BetList {
                    bets: bets__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetProposed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.title.is_some() {
            len += 1;
        }
        if self.mode.is_some() {
            len += 1;
        }
        if self.hypothesis.is_some() {
            len += 1;
        }
        if self.iteration_limit.is_some() {
            len += 1;
        }
        if self.appetite.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetProposed", len)?;
        if let Some(v) = self.title.as_ref() {
            struct_ser.serialize_field("title", v)?;
        }
        if let Some(v) = self.mode.as_ref() {
            let v = Mode::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        if let Some(v) = self.iteration_limit.as_ref() {
            struct_ser.serialize_field("iterationLimit", v)?;
        }
        if let Some(v) = self.appetite.as_ref() {
            struct_ser.serialize_field("appetite", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetProposed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "title",
            "mode",
            "hypothesis",
            "iteration_limit",
            "iterationLimit",
            "appetite",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Title,
            Mode,
            Hypothesis,
            IterationLimit,
            Appetite,
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
                            "title" => Ok(GeneratedField::Title),
                            "mode" => Ok(GeneratedField::Mode),
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            "iterationLimit" | "iteration_limit" => Ok(GeneratedField::IterationLimit),
                            "appetite" => Ok(GeneratedField::Appetite),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetProposed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetProposed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetProposed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut title__ = None;
                let mut mode__ = None;
                let mut hypothesis__ = None;
                let mut iteration_limit__ = None;
                let mut appetite__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = map_.next_value()?;
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = map_.next_value::<::std::option::Option<Mode>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::IterationLimit => {
                            if iteration_limit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iterationLimit"));
                            }
                            iteration_limit__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Appetite => {
                            if appetite__.is_some() {
                                return Err(serde::de::Error::duplicate_field("appetite"));
                            }
                            appetite__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetProposed {
                    title: title__,
                    mode: mode__,
                    hypothesis: hypothesis__,
                    iteration_limit: iteration_limit__,
                    appetite: appetite__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetProposed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetReopened {
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
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetReopened", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetReopened {
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
            type Value = BetReopened;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetReopened")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetReopened, V::Error>
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
                Ok(BetReopened {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetReopened", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetRequest {
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
        if !self.bet_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                bet_request::Command::Propose(v) => {
                    struct_ser.serialize_field("propose", v)?;
                }
                bet_request::Command::StateHypothesis(v) => {
                    struct_ser.serialize_field("stateHypothesis", v)?;
                }
                bet_request::Command::StartDiscovery(v) => {
                    struct_ser.serialize_field("startDiscovery", v)?;
                }
                bet_request::Command::StartShaping(v) => {
                    struct_ser.serialize_field("startShaping", v)?;
                }
                bet_request::Command::AgreeMetrics(v) => {
                    struct_ser.serialize_field("agreeMetrics", v)?;
                }
                bet_request::Command::SetTimebox(v) => {
                    struct_ser.serialize_field("setTimebox", v)?;
                }
                bet_request::Command::DeclareSlip(v) => {
                    struct_ser.serialize_field("declareSlip", v)?;
                }
                bet_request::Command::MarkShaped(v) => {
                    struct_ser.serialize_field("markShaped", v)?;
                }
                bet_request::Command::AssessHandoffItem(v) => {
                    struct_ser.serialize_field("assessHandoffItem", v)?;
                }
                bet_request::Command::HandOff(v) => {
                    struct_ser.serialize_field("handOff", v)?;
                }
                bet_request::Command::AttachRollout(v) => {
                    struct_ser.serialize_field("attachRollout", v)?;
                }
                bet_request::Command::StartMeasuring(v) => {
                    struct_ser.serialize_field("startMeasuring", v)?;
                }
                bet_request::Command::RecordCost(v) => {
                    struct_ser.serialize_field("recordCost", v)?;
                }
                bet_request::Command::NoteRollback(v) => {
                    struct_ser.serialize_field("noteRollback", v)?;
                }
                bet_request::Command::EndTimebox(v) => {
                    struct_ser.serialize_field("endTimebox", v)?;
                }
                bet_request::Command::Conclude(v) => {
                    struct_ser.serialize_field("conclude", v)?;
                }
                bet_request::Command::Withdraw(v) => {
                    struct_ser.serialize_field("withdraw", v)?;
                }
                bet_request::Command::Reopen(v) => {
                    struct_ser.serialize_field("reopen", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "bet_id",
            "betId",
            "propose",
            "state_hypothesis",
            "stateHypothesis",
            "start_discovery",
            "startDiscovery",
            "start_shaping",
            "startShaping",
            "agree_metrics",
            "agreeMetrics",
            "set_timebox",
            "setTimebox",
            "declare_slip",
            "declareSlip",
            "mark_shaped",
            "markShaped",
            "assess_handoff_item",
            "assessHandoffItem",
            "hand_off",
            "handOff",
            "attach_rollout",
            "attachRollout",
            "start_measuring",
            "startMeasuring",
            "record_cost",
            "recordCost",
            "note_rollback",
            "noteRollback",
            "end_timebox",
            "endTimebox",
            "conclude",
            "withdraw",
            "reopen",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            BetId,
            Propose,
            StateHypothesis,
            StartDiscovery,
            StartShaping,
            AgreeMetrics,
            SetTimebox,
            DeclareSlip,
            MarkShaped,
            AssessHandoffItem,
            HandOff,
            AttachRollout,
            StartMeasuring,
            RecordCost,
            NoteRollback,
            EndTimebox,
            Conclude,
            Withdraw,
            Reopen,
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
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "propose" => Ok(GeneratedField::Propose),
                            "stateHypothesis" | "state_hypothesis" => Ok(GeneratedField::StateHypothesis),
                            "startDiscovery" | "start_discovery" => Ok(GeneratedField::StartDiscovery),
                            "startShaping" | "start_shaping" => Ok(GeneratedField::StartShaping),
                            "agreeMetrics" | "agree_metrics" => Ok(GeneratedField::AgreeMetrics),
                            "setTimebox" | "set_timebox" => Ok(GeneratedField::SetTimebox),
                            "declareSlip" | "declare_slip" => Ok(GeneratedField::DeclareSlip),
                            "markShaped" | "mark_shaped" => Ok(GeneratedField::MarkShaped),
                            "assessHandoffItem" | "assess_handoff_item" => Ok(GeneratedField::AssessHandoffItem),
                            "handOff" | "hand_off" => Ok(GeneratedField::HandOff),
                            "attachRollout" | "attach_rollout" => Ok(GeneratedField::AttachRollout),
                            "startMeasuring" | "start_measuring" => Ok(GeneratedField::StartMeasuring),
                            "recordCost" | "record_cost" => Ok(GeneratedField::RecordCost),
                            "noteRollback" | "note_rollback" => Ok(GeneratedField::NoteRollback),
                            "endTimebox" | "end_timebox" => Ok(GeneratedField::EndTimebox),
                            "conclude" => Ok(GeneratedField::Conclude),
                            "withdraw" => Ok(GeneratedField::Withdraw),
                            "reopen" => Ok(GeneratedField::Reopen),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut bet_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Propose => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("propose"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::Propose)
;
                        }
                        GeneratedField::StateHypothesis => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stateHypothesis"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::StateHypothesis)
;
                        }
                        GeneratedField::StartDiscovery => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startDiscovery"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::StartDiscovery)
;
                        }
                        GeneratedField::StartShaping => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startShaping"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::StartShaping)
;
                        }
                        GeneratedField::AgreeMetrics => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("agreeMetrics"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::AgreeMetrics)
;
                        }
                        GeneratedField::SetTimebox => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("setTimebox"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::SetTimebox)
;
                        }
                        GeneratedField::DeclareSlip => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("declareSlip"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::DeclareSlip)
;
                        }
                        GeneratedField::MarkShaped => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("markShaped"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::MarkShaped)
;
                        }
                        GeneratedField::AssessHandoffItem => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("assessHandoffItem"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::AssessHandoffItem)
;
                        }
                        GeneratedField::HandOff => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("handOff"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::HandOff)
;
                        }
                        GeneratedField::AttachRollout => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("attachRollout"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::AttachRollout)
;
                        }
                        GeneratedField::StartMeasuring => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startMeasuring"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::StartMeasuring)
;
                        }
                        GeneratedField::RecordCost => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recordCost"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::RecordCost)
;
                        }
                        GeneratedField::NoteRollback => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("noteRollback"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::NoteRollback)
;
                        }
                        GeneratedField::EndTimebox => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endTimebox"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::EndTimebox)
;
                        }
                        GeneratedField::Conclude => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("conclude"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::Conclude)
;
                        }
                        GeneratedField::Withdraw => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("withdraw"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::Withdraw)
;
                        }
                        GeneratedField::Reopen => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reopen"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(bet_request::Command::Reopen)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetRequest {
                    meta: meta__,
                    bet_id: bet_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetScaled {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.override_reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetScaled", len)?;
        if let Some(v) = self.override_reason.as_ref() {
            struct_ser.serialize_field("overrideReason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetScaled {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "override_reason",
            "overrideReason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            OverrideReason,
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
                            "overrideReason" | "override_reason" => Ok(GeneratedField::OverrideReason),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetScaled;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetScaled")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetScaled, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut override_reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::OverrideReason => {
                            if override_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("overrideReason"));
                            }
                            override_reason__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetScaled {
                    override_reason: override_reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetScaled", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetShaped {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.BetShaped", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetShaped {
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
            type Value = BetShaped;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetShaped")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetShaped, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(BetShaped {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetShaped", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetView {
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
        if !self.title.is_empty() {
            len += 1;
        }
        if self.mode != 0 {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if self.hypothesis.is_some() {
            len += 1;
        }
        if self.timebox.is_some() {
            len += 1;
        }
        if !self.metrics.is_empty() {
            len += 1;
        }
        if self.iteration != 0 {
            len += 1;
        }
        if self.iteration_limit != 0 {
            len += 1;
        }
        if !self.handoff.is_empty() {
            len += 1;
        }
        if !self.rollouts.is_empty() {
            len += 1;
        }
        if !self.cost.is_empty() {
            len += 1;
        }
        if !self.learnings.is_empty() {
            len += 1;
        }
        if !self.rollbacks.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetView", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.version != 0 {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if self.mode != 0 {
            let v = Mode::try_from(self.mode)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.mode)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        if let Some(v) = self.timebox.as_ref() {
            struct_ser.serialize_field("timebox", v)?;
        }
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
        }
        if self.iteration != 0 {
            struct_ser.serialize_field("iteration", &self.iteration)?;
        }
        if self.iteration_limit != 0 {
            struct_ser.serialize_field("iterationLimit", &self.iteration_limit)?;
        }
        if !self.handoff.is_empty() {
            struct_ser.serialize_field("handoff", &self.handoff)?;
        }
        if !self.rollouts.is_empty() {
            struct_ser.serialize_field("rollouts", &self.rollouts)?;
        }
        if !self.cost.is_empty() {
            struct_ser.serialize_field("cost", &self.cost)?;
        }
        if !self.learnings.is_empty() {
            struct_ser.serialize_field("learnings", &self.learnings)?;
        }
        if !self.rollbacks.is_empty() {
            struct_ser.serialize_field("rollbacks", &self.rollbacks)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "version",
            "position",
            "title",
            "mode",
            "state",
            "hypothesis",
            "timebox",
            "metrics",
            "iteration",
            "iteration_limit",
            "iterationLimit",
            "handoff",
            "rollouts",
            "cost",
            "learnings",
            "rollbacks",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            Title,
            Mode,
            State,
            Hypothesis,
            Timebox,
            Metrics,
            Iteration,
            IterationLimit,
            Handoff,
            Rollouts,
            Cost,
            Learnings,
            Rollbacks,
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
                            "title" => Ok(GeneratedField::Title),
                            "mode" => Ok(GeneratedField::Mode),
                            "state" => Ok(GeneratedField::State),
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            "timebox" => Ok(GeneratedField::Timebox),
                            "metrics" => Ok(GeneratedField::Metrics),
                            "iteration" => Ok(GeneratedField::Iteration),
                            "iterationLimit" | "iteration_limit" => Ok(GeneratedField::IterationLimit),
                            "handoff" => Ok(GeneratedField::Handoff),
                            "rollouts" => Ok(GeneratedField::Rollouts),
                            "cost" => Ok(GeneratedField::Cost),
                            "learnings" => Ok(GeneratedField::Learnings),
                            "rollbacks" => Ok(GeneratedField::Rollbacks),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BetView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut title__ = None;
                let mut mode__ = None;
                let mut state__ = None;
                let mut hypothesis__ = None;
                let mut timebox__ = None;
                let mut metrics__ = None;
                let mut iteration__ = None;
                let mut iteration_limit__ = None;
                let mut handoff__ = None;
                let mut rollouts__ = None;
                let mut cost__ = None;
                let mut learnings__ = None;
                let mut rollbacks__ = None;
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
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = Some(map_.next_value::<Mode>()? as i32);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::Timebox => {
                            if timebox__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timebox"));
                            }
                            timebox__ = map_.next_value()?;
                        }
                        GeneratedField::Metrics => {
                            if metrics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metrics"));
                            }
                            metrics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Iteration => {
                            if iteration__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iteration"));
                            }
                            iteration__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::IterationLimit => {
                            if iteration_limit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iterationLimit"));
                            }
                            iteration_limit__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Handoff => {
                            if handoff__.is_some() {
                                return Err(serde::de::Error::duplicate_field("handoff"));
                            }
                            handoff__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rollouts => {
                            if rollouts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rollouts"));
                            }
                            rollouts__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cost => {
                            if cost__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cost"));
                            }
                            cost__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Learnings => {
                            if learnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("learnings"));
                            }
                            learnings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rollbacks => {
                            if rollbacks__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rollbacks"));
                            }
                            rollbacks__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BetView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    hypothesis: hypothesis__,
                    timebox: timebox__,
                    metrics: metrics__.unwrap_or_default(),
                    iteration: iteration__.unwrap_or_default(),
                    iteration_limit: iteration_limit__.unwrap_or_default(),
                    handoff: handoff__.unwrap_or_default(),
                    rollouts: rollouts__.unwrap_or_default(),
                    cost: cost__.unwrap_or_default(),
                    learnings: learnings__.unwrap_or_default(),
                    rollbacks: rollbacks__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetWarned {
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
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.BetWarned", len)?;
        if let Some(v) = self.rule.as_ref() {
            struct_ser.serialize_field("rule", v)?;
        }
        if let Some(v) = self.sentence.as_ref() {
            struct_ser.serialize_field("sentence", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetWarned {
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
            type Value = BetWarned;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetWarned")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetWarned, V::Error>
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
                Ok(BetWarned {
                    rule: rule__,
                    sentence: sentence__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetWarned", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BetWithdrawn {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.BetWithdrawn", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BetWithdrawn {
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
            type Value = BetWithdrawn;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.BetWithdrawn")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BetWithdrawn, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(BetWithdrawn {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.BetWithdrawn", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Clarity {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CLARITY_UNSPECIFIED",
            Self::Clear => "CLARITY_CLEAR",
            Self::Fuzzy => "CLARITY_FUZZY",
            Self::Missing => "CLARITY_MISSING",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Clarity {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CLARITY_UNSPECIFIED",
            "CLARITY_CLEAR",
            "CLARITY_FUZZY",
            "CLARITY_MISSING",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Clarity;

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
                    "CLARITY_UNSPECIFIED" => Ok(Clarity::Unspecified),
                    "CLARITY_CLEAR" => Ok(Clarity::Clear),
                    "CLARITY_FUZZY" => Ok(Clarity::Fuzzy),
                    "CLARITY_MISSING" => Ok(Clarity::Missing),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for ConcludeRetrospective {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.decision.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.ConcludeRetrospective", len)?;
        if let Some(v) = self.decision.as_ref() {
            match v {
                conclude_retrospective::Decision::Scale(v) => {
                    struct_ser.serialize_field("scale", v)?;
                }
                conclude_retrospective::Decision::Iterate(v) => {
                    struct_ser.serialize_field("iterate", v)?;
                }
                conclude_retrospective::Decision::Kill(v) => {
                    struct_ser.serialize_field("kill", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ConcludeRetrospective {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "scale",
            "iterate",
            "kill",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Scale,
            Iterate,
            Kill,
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
                            "scale" => Ok(GeneratedField::Scale),
                            "iterate" => Ok(GeneratedField::Iterate),
                            "kill" => Ok(GeneratedField::Kill),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ConcludeRetrospective;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.ConcludeRetrospective")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ConcludeRetrospective, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut decision__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Scale => {
                            if decision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scale"));
                            }
                            decision__ = map_.next_value::<::std::option::Option<_>>()?.map(conclude_retrospective::Decision::Scale)
;
                        }
                        GeneratedField::Iterate => {
                            if decision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iterate"));
                            }
                            decision__ = map_.next_value::<::std::option::Option<_>>()?.map(conclude_retrospective::Decision::Iterate)
;
                        }
                        GeneratedField::Kill => {
                            if decision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kill"));
                            }
                            decision__ = map_.next_value::<::std::option::Option<_>>()?.map(conclude_retrospective::Decision::Kill)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ConcludeRetrospective {
                    decision: decision__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.ConcludeRetrospective", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CostRecorded {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.amount.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.CostRecorded", len)?;
        if let Some(v) = self.amount.as_ref() {
            struct_ser.serialize_field("amount", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CostRecorded {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "amount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Amount,
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
                            "amount" => Ok(GeneratedField::Amount),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CostRecorded;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.CostRecorded")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CostRecorded, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut amount__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Amount => {
                            if amount__.is_some() {
                                return Err(serde::de::Error::duplicate_field("amount"));
                            }
                            amount__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(CostRecorded {
                    amount: amount__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.CostRecorded", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DeclareSlip {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.new_end.is_empty() {
            len += 1;
        }
        if !self.cause.is_empty() {
            len += 1;
        }
        if !self.trade_off.is_empty() {
            len += 1;
        }
        if !self.options.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.DeclareSlip", len)?;
        if !self.new_end.is_empty() {
            struct_ser.serialize_field("newEnd", &self.new_end)?;
        }
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if !self.trade_off.is_empty() {
            struct_ser.serialize_field("tradeOff", &self.trade_off)?;
        }
        if !self.options.is_empty() {
            struct_ser.serialize_field("options", &self.options)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DeclareSlip {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "new_end",
            "newEnd",
            "cause",
            "trade_off",
            "tradeOff",
            "options",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            NewEnd,
            Cause,
            TradeOff,
            Options,
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
                            "newEnd" | "new_end" => Ok(GeneratedField::NewEnd),
                            "cause" => Ok(GeneratedField::Cause),
                            "tradeOff" | "trade_off" => Ok(GeneratedField::TradeOff),
                            "options" => Ok(GeneratedField::Options),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DeclareSlip;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.DeclareSlip")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DeclareSlip, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut new_end__ = None;
                let mut cause__ = None;
                let mut trade_off__ = None;
                let mut options__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::NewEnd => {
                            if new_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("newEnd"));
                            }
                            new_end__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::TradeOff => {
                            if trade_off__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tradeOff"));
                            }
                            trade_off__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Options => {
                            if options__.is_some() {
                                return Err(serde::de::Error::duplicate_field("options"));
                            }
                            options__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(DeclareSlip {
                    new_end: new_end__.unwrap_or_default(),
                    cause: cause__.unwrap_or_default(),
                    trade_off: trade_off__.unwrap_or_default(),
                    options: options__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.DeclareSlip", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Direction {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "DIRECTION_UNSPECIFIED",
            Self::Increase => "DIRECTION_INCREASE",
            Self::Decrease => "DIRECTION_DECREASE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Direction {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "DIRECTION_UNSPECIFIED",
            "DIRECTION_INCREASE",
            "DIRECTION_DECREASE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Direction;

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
                    "DIRECTION_UNSPECIFIED" => Ok(Direction::Unspecified),
                    "DIRECTION_INCREASE" => Ok(Direction::Increase),
                    "DIRECTION_DECREASE" => Ok(Direction::Decrease),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for DiscoveryStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.DiscoveryStarted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DiscoveryStarted {
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
            type Value = DiscoveryStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.DiscoveryStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DiscoveryStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(DiscoveryStarted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.DiscoveryStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EndTimebox {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.EndTimebox", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EndTimebox {
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
            type Value = EndTimebox;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.EndTimebox")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EndTimebox, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(EndTimebox {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.EndTimebox", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HandOff {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.r#override {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.HandOff", len)?;
        if self.r#override {
            struct_ser.serialize_field("override", &self.r#override)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HandOff {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "override",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Override,
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
                            "override" => Ok(GeneratedField::Override),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HandOff;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.HandOff")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HandOff, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut r#override__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Override => {
                            if r#override__.is_some() {
                                return Err(serde::de::Error::duplicate_field("override"));
                            }
                            r#override__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(HandOff {
                    r#override: r#override__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.HandOff", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HandoffItem {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "HANDOFF_ITEM_UNSPECIFIED",
            Self::Problem => "HANDOFF_ITEM_PROBLEM",
            Self::TargetUser => "HANDOFF_ITEM_TARGET_USER",
            Self::SuccessSignal => "HANDOFF_ITEM_SUCCESS_SIGNAL",
            Self::NonGoals => "HANDOFF_ITEM_NON_GOALS",
            Self::UserFlow => "HANDOFF_ITEM_USER_FLOW",
            Self::AcceptanceCriteria => "HANDOFF_ITEM_ACCEPTANCE_CRITERIA",
            Self::Dependencies => "HANDOFF_ITEM_DEPENDENCIES",
            Self::AnalyticsPlan => "HANDOFF_ITEM_ANALYTICS_PLAN",
            Self::EdgeCases => "HANDOFF_ITEM_EDGE_CASES",
            Self::TradeOffOwner => "HANDOFF_ITEM_TRADE_OFF_OWNER",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for HandoffItem {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "HANDOFF_ITEM_UNSPECIFIED",
            "HANDOFF_ITEM_PROBLEM",
            "HANDOFF_ITEM_TARGET_USER",
            "HANDOFF_ITEM_SUCCESS_SIGNAL",
            "HANDOFF_ITEM_NON_GOALS",
            "HANDOFF_ITEM_USER_FLOW",
            "HANDOFF_ITEM_ACCEPTANCE_CRITERIA",
            "HANDOFF_ITEM_DEPENDENCIES",
            "HANDOFF_ITEM_ANALYTICS_PLAN",
            "HANDOFF_ITEM_EDGE_CASES",
            "HANDOFF_ITEM_TRADE_OFF_OWNER",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = HandoffItem;

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
                    "HANDOFF_ITEM_UNSPECIFIED" => Ok(HandoffItem::Unspecified),
                    "HANDOFF_ITEM_PROBLEM" => Ok(HandoffItem::Problem),
                    "HANDOFF_ITEM_TARGET_USER" => Ok(HandoffItem::TargetUser),
                    "HANDOFF_ITEM_SUCCESS_SIGNAL" => Ok(HandoffItem::SuccessSignal),
                    "HANDOFF_ITEM_NON_GOALS" => Ok(HandoffItem::NonGoals),
                    "HANDOFF_ITEM_USER_FLOW" => Ok(HandoffItem::UserFlow),
                    "HANDOFF_ITEM_ACCEPTANCE_CRITERIA" => Ok(HandoffItem::AcceptanceCriteria),
                    "HANDOFF_ITEM_DEPENDENCIES" => Ok(HandoffItem::Dependencies),
                    "HANDOFF_ITEM_ANALYTICS_PLAN" => Ok(HandoffItem::AnalyticsPlan),
                    "HANDOFF_ITEM_EDGE_CASES" => Ok(HandoffItem::EdgeCases),
                    "HANDOFF_ITEM_TRADE_OFF_OWNER" => Ok(HandoffItem::TradeOffOwner),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for HandoffItemAssessed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.item.is_some() {
            len += 1;
        }
        if self.clarity.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.HandoffItemAssessed", len)?;
        if let Some(v) = self.item.as_ref() {
            let v = HandoffItem::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("item", &v)?;
        }
        if let Some(v) = self.clarity.as_ref() {
            let v = Clarity::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("clarity", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HandoffItemAssessed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "item",
            "clarity",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Item,
            Clarity,
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
                            "item" => Ok(GeneratedField::Item),
                            "clarity" => Ok(GeneratedField::Clarity),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HandoffItemAssessed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.HandoffItemAssessed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HandoffItemAssessed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut item__ = None;
                let mut clarity__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Item => {
                            if item__.is_some() {
                                return Err(serde::de::Error::duplicate_field("item"));
                            }
                            item__ = map_.next_value::<::std::option::Option<HandoffItem>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Clarity => {
                            if clarity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clarity"));
                            }
                            clarity__ = map_.next_value::<::std::option::Option<Clarity>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(HandoffItemAssessed {
                    item: item__,
                    clarity: clarity__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.HandoffItemAssessed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Hypothesis {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.belief.is_some() {
            len += 1;
        }
        if self.expected_outcome.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.Hypothesis", len)?;
        if let Some(v) = self.belief.as_ref() {
            struct_ser.serialize_field("belief", v)?;
        }
        if let Some(v) = self.expected_outcome.as_ref() {
            struct_ser.serialize_field("expectedOutcome", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Hypothesis {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "belief",
            "expected_outcome",
            "expectedOutcome",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Belief,
            ExpectedOutcome,
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
                            "belief" => Ok(GeneratedField::Belief),
                            "expectedOutcome" | "expected_outcome" => Ok(GeneratedField::ExpectedOutcome),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Hypothesis;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.Hypothesis")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Hypothesis, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut belief__ = None;
                let mut expected_outcome__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Belief => {
                            if belief__.is_some() {
                                return Err(serde::de::Error::duplicate_field("belief"));
                            }
                            belief__ = map_.next_value()?;
                        }
                        GeneratedField::ExpectedOutcome => {
                            if expected_outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expectedOutcome"));
                            }
                            expected_outcome__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Hypothesis {
                    belief: belief__,
                    expected_outcome: expected_outcome__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.Hypothesis", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for HypothesisStated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.hypothesis.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.HypothesisStated", len)?;
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for HypothesisStated {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "hypothesis",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Hypothesis,
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
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = HypothesisStated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.HypothesisStated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<HypothesisStated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut hypothesis__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(HypothesisStated {
                    hypothesis: hypothesis__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.HypothesisStated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Iterate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.hypothesis.is_some() {
            len += 1;
        }
        if self.timebox.is_some() {
            len += 1;
        }
        if self.r#override {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.Iterate", len)?;
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        if let Some(v) = self.timebox.as_ref() {
            struct_ser.serialize_field("timebox", v)?;
        }
        if self.r#override {
            struct_ser.serialize_field("override", &self.r#override)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Iterate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "hypothesis",
            "timebox",
            "override",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Hypothesis,
            Timebox,
            Override,
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
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            "timebox" => Ok(GeneratedField::Timebox),
                            "override" => Ok(GeneratedField::Override),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Iterate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.Iterate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Iterate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut hypothesis__ = None;
                let mut timebox__ = None;
                let mut r#override__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::Timebox => {
                            if timebox__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timebox"));
                            }
                            timebox__ = map_.next_value()?;
                        }
                        GeneratedField::Override => {
                            if r#override__.is_some() {
                                return Err(serde::de::Error::duplicate_field("override"));
                            }
                            r#override__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Iterate {
                    hypothesis: hypothesis__,
                    timebox: timebox__,
                    r#override: r#override__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.Iterate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Kill {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason != 0 {
            len += 1;
        }
        if !self.learnings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.Kill", len)?;
        if self.reason != 0 {
            let v = KillReason::try_from(self.reason)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.reason)))?;
            struct_ser.serialize_field("reason", &v)?;
        }
        if !self.learnings.is_empty() {
            struct_ser.serialize_field("learnings", &self.learnings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Kill {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
            "learnings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
            Learnings,
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
                            "learnings" => Ok(GeneratedField::Learnings),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Kill;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.Kill")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Kill, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                let mut learnings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value::<KillReason>()? as i32);
                        }
                        GeneratedField::Learnings => {
                            if learnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("learnings"));
                            }
                            learnings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Kill {
                    reason: reason__.unwrap_or_default(),
                    learnings: learnings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.Kill", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for KillReason {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "KILL_REASON_UNSPECIFIED",
            Self::Disproved => "KILL_REASON_DISPROVED",
            Self::TooCostly => "KILL_REASON_TOO_COSTLY",
            Self::Inconclusive => "KILL_REASON_INCONCLUSIVE",
            Self::IterationLimit => "KILL_REASON_ITERATION_LIMIT",
            Self::StrategyChanged => "KILL_REASON_STRATEGY_CHANGED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for KillReason {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "KILL_REASON_UNSPECIFIED",
            "KILL_REASON_DISPROVED",
            "KILL_REASON_TOO_COSTLY",
            "KILL_REASON_INCONCLUSIVE",
            "KILL_REASON_ITERATION_LIMIT",
            "KILL_REASON_STRATEGY_CHANGED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = KillReason;

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
                    "KILL_REASON_UNSPECIFIED" => Ok(KillReason::Unspecified),
                    "KILL_REASON_DISPROVED" => Ok(KillReason::Disproved),
                    "KILL_REASON_TOO_COSTLY" => Ok(KillReason::TooCostly),
                    "KILL_REASON_INCONCLUSIVE" => Ok(KillReason::Inconclusive),
                    "KILL_REASON_ITERATION_LIMIT" => Ok(KillReason::IterationLimit),
                    "KILL_REASON_STRATEGY_CHANGED" => Ok(KillReason::StrategyChanged),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for MarkShaped {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.MarkShaped", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MarkShaped {
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
            type Value = MarkShaped;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.MarkShaped")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MarkShaped, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MarkShaped {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.MarkShaped", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MeasuringStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.MeasuringStarted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MeasuringStarted {
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
            type Value = MeasuringStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.MeasuringStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MeasuringStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MeasuringStarted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.MeasuringStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricRole {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "METRIC_ROLE_UNSPECIFIED",
            Self::Primary => "METRIC_ROLE_PRIMARY",
            Self::Secondary => "METRIC_ROLE_SECONDARY",
            Self::Guardrail => "METRIC_ROLE_GUARDRAIL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for MetricRole {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "METRIC_ROLE_UNSPECIFIED",
            "METRIC_ROLE_PRIMARY",
            "METRIC_ROLE_SECONDARY",
            "METRIC_ROLE_GUARDRAIL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = MetricRole;

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
                    "METRIC_ROLE_UNSPECIFIED" => Ok(MetricRole::Unspecified),
                    "METRIC_ROLE_PRIMARY" => Ok(MetricRole::Primary),
                    "METRIC_ROLE_SECONDARY" => Ok(MetricRole::Secondary),
                    "METRIC_ROLE_GUARDRAIL" => Ok(MetricRole::Guardrail),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for MetricTarget {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.metric.is_some() {
            len += 1;
        }
        if self.role.is_some() {
            len += 1;
        }
        if self.metric_type.is_some() {
            len += 1;
        }
        if self.target.is_some() {
            len += 1;
        }
        if self.direction.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.MetricTarget", len)?;
        if let Some(v) = self.metric.as_ref() {
            struct_ser.serialize_field("metric", v)?;
        }
        if let Some(v) = self.role.as_ref() {
            let v = MetricRole::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("role", &v)?;
        }
        if let Some(v) = self.metric_type.as_ref() {
            struct_ser.serialize_field("metricType", v)?;
        }
        if let Some(v) = self.target.as_ref() {
            struct_ser.serialize_field("target", v)?;
        }
        if let Some(v) = self.direction.as_ref() {
            let v = Direction::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("direction", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricTarget {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metric",
            "role",
            "metric_type",
            "metricType",
            "target",
            "direction",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metric,
            Role,
            MetricType,
            Target,
            Direction,
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
                            "metric" => Ok(GeneratedField::Metric),
                            "role" => Ok(GeneratedField::Role),
                            "metricType" | "metric_type" => Ok(GeneratedField::MetricType),
                            "target" => Ok(GeneratedField::Target),
                            "direction" => Ok(GeneratedField::Direction),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricTarget;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.MetricTarget")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricTarget, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metric__ = None;
                let mut role__ = None;
                let mut metric_type__ = None;
                let mut target__ = None;
                let mut direction__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = map_.next_value()?;
                        }
                        GeneratedField::Role => {
                            if role__.is_some() {
                                return Err(serde::de::Error::duplicate_field("role"));
                            }
                            role__ = map_.next_value::<::std::option::Option<MetricRole>>()?.map(|x| x as i32);
                        }
                        GeneratedField::MetricType => {
                            if metric_type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metricType"));
                            }
                            metric_type__ = map_.next_value()?;
                        }
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = map_.next_value()?;
                        }
                        GeneratedField::Direction => {
                            if direction__.is_some() {
                                return Err(serde::de::Error::duplicate_field("direction"));
                            }
                            direction__ = map_.next_value::<::std::option::Option<Direction>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricTarget {
                    metric: metric__,
                    role: role__,
                    metric_type: metric_type__,
                    target: target__,
                    direction: direction__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.MetricTarget", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricsAgreed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.metrics.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.MetricsAgreed", len)?;
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricsAgreed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metrics",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metrics,
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
                            "metrics" => Ok(GeneratedField::Metrics),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricsAgreed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.MetricsAgreed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricsAgreed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metrics__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metrics => {
                            if metrics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metrics"));
                            }
                            metrics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricsAgreed {
                    metrics: metrics__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.MetricsAgreed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Mode {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "MODE_UNSPECIFIED",
            Self::ZeroToOne => "MODE_ZERO_TO_ONE",
            Self::Scaling => "MODE_SCALING",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Mode {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "MODE_UNSPECIFIED",
            "MODE_ZERO_TO_ONE",
            "MODE_SCALING",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Mode;

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
                    "MODE_UNSPECIFIED" => Ok(Mode::Unspecified),
                    "MODE_ZERO_TO_ONE" => Ok(Mode::ZeroToOne),
                    "MODE_SCALING" => Ok(Mode::Scaling),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for NoteRollback {
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
        if self.attempt != 0 {
            len += 1;
        }
        if !self.breach.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.NoteRollback", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if !self.breach.is_empty() {
            struct_ser.serialize_field("breach", &self.breach)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for NoteRollback {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "stage",
            "attempt",
            "breach",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            Attempt,
            Breach,
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
                            "attempt" => Ok(GeneratedField::Attempt),
                            "breach" => Ok(GeneratedField::Breach),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = NoteRollback;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.NoteRollback")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<NoteRollback, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut breach__ = None;
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
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(NoteRollback {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    breach: breach__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.NoteRollback", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ProposeBet {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.title.is_empty() {
            len += 1;
        }
        if self.mode != 0 {
            len += 1;
        }
        if self.hypothesis.is_some() {
            len += 1;
        }
        if self.iteration_limit.is_some() {
            len += 1;
        }
        if !self.appetite.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.ProposeBet", len)?;
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if self.mode != 0 {
            let v = Mode::try_from(self.mode)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.mode)))?;
            struct_ser.serialize_field("mode", &v)?;
        }
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        if let Some(v) = self.iteration_limit.as_ref() {
            struct_ser.serialize_field("iterationLimit", v)?;
        }
        if !self.appetite.is_empty() {
            struct_ser.serialize_field("appetite", &self.appetite)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ProposeBet {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "title",
            "mode",
            "hypothesis",
            "iteration_limit",
            "iterationLimit",
            "appetite",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Title,
            Mode,
            Hypothesis,
            IterationLimit,
            Appetite,
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
                            "title" => Ok(GeneratedField::Title),
                            "mode" => Ok(GeneratedField::Mode),
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            "iterationLimit" | "iteration_limit" => Ok(GeneratedField::IterationLimit),
                            "appetite" => Ok(GeneratedField::Appetite),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ProposeBet;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.ProposeBet")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ProposeBet, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut title__ = None;
                let mut mode__ = None;
                let mut hypothesis__ = None;
                let mut iteration_limit__ = None;
                let mut appetite__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = Some(map_.next_value::<Mode>()? as i32);
                        }
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::IterationLimit => {
                            if iteration_limit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("iterationLimit"));
                            }
                            iteration_limit__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Appetite => {
                            if appetite__.is_some() {
                                return Err(serde::de::Error::duplicate_field("appetite"));
                            }
                            appetite__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ProposeBet {
                    title: title__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    hypothesis: hypothesis__,
                    iteration_limit: iteration_limit__,
                    appetite: appetite__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.ProposeBet", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RecordCost {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.amount.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.RecordCost", len)?;
        if !self.amount.is_empty() {
            struct_ser.serialize_field("amount", &self.amount)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RecordCost {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "amount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Amount,
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
                            "amount" => Ok(GeneratedField::Amount),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RecordCost;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.RecordCost")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RecordCost, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut amount__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Amount => {
                            if amount__.is_some() {
                                return Err(serde::de::Error::duplicate_field("amount"));
                            }
                            amount__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RecordCost {
                    amount: amount__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.RecordCost", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReopenBet {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.ReopenBet", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReopenBet {
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
            type Value = ReopenBet;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.ReopenBet")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReopenBet, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ReopenBet {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.ReopenBet", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RollbackNoted {
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
        if self.stage.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.breach.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.RollbackNoted", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        if let Some(v) = self.breach.as_ref() {
            struct_ser.serialize_field("breach", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RollbackNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "rollout_id",
            "rolloutId",
            "stage",
            "attempt",
            "breach",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            Attempt,
            Breach,
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
                            "attempt" => Ok(GeneratedField::Attempt),
                            "breach" => Ok(GeneratedField::Breach),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RollbackNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.RollbackNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RollbackNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut breach__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
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
                        GeneratedField::Breach => {
                            if breach__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breach"));
                            }
                            breach__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RollbackNoted {
                    rollout_id: rollout_id__,
                    stage: stage__,
                    attempt: attempt__,
                    breach: breach__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.RollbackNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RolloutAttached {
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
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.RolloutAttached", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RolloutAttached {
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
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
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
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RolloutAttached;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.RolloutAttached")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RolloutAttached, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
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
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RolloutAttached {
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.RolloutAttached", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Scale {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.r#override {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.Scale", len)?;
        if self.r#override {
            struct_ser.serialize_field("override", &self.r#override)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Scale {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "override",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Override,
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
                            "override" => Ok(GeneratedField::Override),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Scale;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.Scale")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Scale, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut r#override__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Override => {
                            if r#override__.is_some() {
                                return Err(serde::de::Error::duplicate_field("override"));
                            }
                            r#override__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Scale {
                    r#override: r#override__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.Scale", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SetTimebox {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.timebox.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.SetTimebox", len)?;
        if let Some(v) = self.timebox.as_ref() {
            struct_ser.serialize_field("timebox", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SetTimebox {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "timebox",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Timebox,
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
                            "timebox" => Ok(GeneratedField::Timebox),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SetTimebox;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.SetTimebox")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SetTimebox, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut timebox__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Timebox => {
                            if timebox__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timebox"));
                            }
                            timebox__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(SetTimebox {
                    timebox: timebox__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.SetTimebox", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ShapingStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.ShapingStarted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ShapingStarted {
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
            type Value = ShapingStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.ShapingStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ShapingStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ShapingStarted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.ShapingStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SlipDeclared {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.new_end.is_some() {
            len += 1;
        }
        if self.cause.is_some() {
            len += 1;
        }
        if self.trade_off.is_some() {
            len += 1;
        }
        if !self.options.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.SlipDeclared", len)?;
        if let Some(v) = self.new_end.as_ref() {
            struct_ser.serialize_field("newEnd", v)?;
        }
        if let Some(v) = self.cause.as_ref() {
            struct_ser.serialize_field("cause", v)?;
        }
        if let Some(v) = self.trade_off.as_ref() {
            struct_ser.serialize_field("tradeOff", v)?;
        }
        if !self.options.is_empty() {
            struct_ser.serialize_field("options", &self.options)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SlipDeclared {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "new_end",
            "newEnd",
            "cause",
            "trade_off",
            "tradeOff",
            "options",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            NewEnd,
            Cause,
            TradeOff,
            Options,
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
                            "newEnd" | "new_end" => Ok(GeneratedField::NewEnd),
                            "cause" => Ok(GeneratedField::Cause),
                            "tradeOff" | "trade_off" => Ok(GeneratedField::TradeOff),
                            "options" => Ok(GeneratedField::Options),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SlipDeclared;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.SlipDeclared")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SlipDeclared, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut new_end__ = None;
                let mut cause__ = None;
                let mut trade_off__ = None;
                let mut options__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::NewEnd => {
                            if new_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("newEnd"));
                            }
                            new_end__ = map_.next_value()?;
                        }
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::TradeOff => {
                            if trade_off__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tradeOff"));
                            }
                            trade_off__ = map_.next_value()?;
                        }
                        GeneratedField::Options => {
                            if options__.is_some() {
                                return Err(serde::de::Error::duplicate_field("options"));
                            }
                            options__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(SlipDeclared {
                    new_end: new_end__,
                    cause: cause__,
                    trade_off: trade_off__,
                    options: options__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.SlipDeclared", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StartDiscovery {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.StartDiscovery", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StartDiscovery {
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
            type Value = StartDiscovery;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.StartDiscovery")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StartDiscovery, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StartDiscovery {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.StartDiscovery", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StartMeasuring {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.StartMeasuring", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StartMeasuring {
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
            type Value = StartMeasuring;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.StartMeasuring")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StartMeasuring, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StartMeasuring {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.StartMeasuring", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StartShaping {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.StartShaping", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StartShaping {
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
            type Value = StartShaping;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.StartShaping")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StartShaping, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StartShaping {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.StartShaping", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StateHypothesis {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.hypothesis.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.StateHypothesis", len)?;
        if let Some(v) = self.hypothesis.as_ref() {
            struct_ser.serialize_field("hypothesis", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StateHypothesis {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "hypothesis",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Hypothesis,
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
                            "hypothesis" => Ok(GeneratedField::Hypothesis),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StateHypothesis;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.StateHypothesis")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StateHypothesis, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut hypothesis__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Hypothesis => {
                            if hypothesis__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothesis"));
                            }
                            hypothesis__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StateHypothesis {
                    hypothesis: hypothesis__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.StateHypothesis", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Timebox {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.start.is_some() {
            len += 1;
        }
        if self.end.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.Timebox", len)?;
        if let Some(v) = self.start.as_ref() {
            struct_ser.serialize_field("start", v)?;
        }
        if let Some(v) = self.end.as_ref() {
            struct_ser.serialize_field("end", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Timebox {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "start",
            "end",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Start,
            End,
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
                            "start" => Ok(GeneratedField::Start),
                            "end" => Ok(GeneratedField::End),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Timebox;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.Timebox")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Timebox, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut start__ = None;
                let mut end__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Start => {
                            if start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("start"));
                            }
                            start__ = map_.next_value()?;
                        }
                        GeneratedField::End => {
                            if end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("end"));
                            }
                            end__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Timebox {
                    start: start__,
                    end: end__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.Timebox", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TimeboxEnded {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.TimeboxEnded", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TimeboxEnded {
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
            type Value = TimeboxEnded;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.TimeboxEnded")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TimeboxEnded, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(TimeboxEnded {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.TimeboxEnded", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TimeboxSet {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.timebox.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.TimeboxSet", len)?;
        if let Some(v) = self.timebox.as_ref() {
            struct_ser.serialize_field("timebox", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TimeboxSet {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "timebox",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Timebox,
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
                            "timebox" => Ok(GeneratedField::Timebox),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TimeboxSet;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.TimeboxSet")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TimeboxSet, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut timebox__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Timebox => {
                            if timebox__.is_some() {
                                return Err(serde::de::Error::duplicate_field("timebox"));
                            }
                            timebox__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(TimeboxSet {
                    timebox: timebox__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.TimeboxSet", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WindDownKillNoted {
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
        if !self.rollouts.is_empty() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.WindDownKillNoted", len)?;
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if !self.rollouts.is_empty() {
            struct_ser.serialize_field("rollouts", &self.rollouts)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WindDownKillNoted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "bet_id",
            "betId",
            "rollouts",
            "at",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BetId,
            Rollouts,
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
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "rollouts" => Ok(GeneratedField::Rollouts),
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
            type Value = WindDownKillNoted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.WindDownKillNoted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WindDownKillNoted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut bet_id__ = None;
                let mut rollouts__ = None;
                let mut at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = map_.next_value()?;
                        }
                        GeneratedField::Rollouts => {
                            if rollouts__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rollouts"));
                            }
                            rollouts__ = Some(map_.next_value()?);
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
                Ok(WindDownKillNoted {
                    bet_id: bet_id__,
                    rollouts: rollouts__.unwrap_or_default(),
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.WindDownKillNoted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WindDownRollout {
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
        let mut struct_ser = serializer.serialize_struct("verdict.bets.v1.WindDownRollout", len)?;
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WindDownRollout {
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
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            FlagId,
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
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WindDownRollout;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.WindDownRollout")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WindDownRollout, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut flag_id__ = None;
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
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(WindDownRollout {
                    rollout_id: rollout_id__,
                    flag_id: flag_id__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.WindDownRollout", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WithdrawBet {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.bets.v1.WithdrawBet", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WithdrawBet {
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
            type Value = WithdrawBet;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.bets.v1.WithdrawBet")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WithdrawBet, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(WithdrawBet {
                })
            }
        }
        deserializer.deserialize_struct("verdict.bets.v1.WithdrawBet", FIELDS, GeneratedVisitor)
    }
}
