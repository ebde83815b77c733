impl serde::Serialize for AcknowledgeBreach {
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
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.AcknowledgeBreach", len)?;
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AcknowledgeBreach {
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
            type Value = AcknowledgeBreach;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.AcknowledgeBreach")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AcknowledgeBreach, V::Error>
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
                Ok(AcknowledgeBreach {
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.AcknowledgeBreach", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ActivateMetric {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.ActivateMetric", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ActivateMetric {
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
            type Value = ActivateMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ActivateMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ActivateMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ActivateMetric {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ActivateMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Aggregation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "AGGREGATION_UNSPECIFIED",
            Self::Mean => "AGGREGATION_MEAN",
            Self::Percentile => "AGGREGATION_PERCENTILE",
            Self::Minimum => "AGGREGATION_MINIMUM",
            Self::Maximum => "AGGREGATION_MAXIMUM",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Aggregation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "AGGREGATION_UNSPECIFIED",
            "AGGREGATION_MEAN",
            "AGGREGATION_PERCENTILE",
            "AGGREGATION_MINIMUM",
            "AGGREGATION_MAXIMUM",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Aggregation;

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
                    "AGGREGATION_UNSPECIFIED" => Ok(Aggregation::Unspecified),
                    "AGGREGATION_MEAN" => Ok(Aggregation::Mean),
                    "AGGREGATION_PERCENTILE" => Ok(Aggregation::Percentile),
                    "AGGREGATION_MINIMUM" => Ok(Aggregation::Minimum),
                    "AGGREGATION_MAXIMUM" => Ok(Aggregation::Maximum),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for AnswerGuardrail {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.state != 0 {
            len += 1;
        }
        if !self.as_of.is_empty() {
            len += 1;
        }
        if !self.seen.is_empty() {
            len += 1;
        }
        if self.sample != 0 {
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
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if !self.bet_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.AnswerGuardrail", len)?;
        if self.state != 0 {
            let v = super::super::v1::CheckState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if !self.as_of.is_empty() {
            struct_ser.serialize_field("asOf", &self.as_of)?;
        }
        if !self.seen.is_empty() {
            struct_ser.serialize_field("seen", &self.seen)?;
        }
        if self.sample != 0 {
            struct_ser.serialize_field("sample", &self.sample)?;
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
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AnswerGuardrail {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "state",
            "as_of",
            "asOf",
            "seen",
            "sample",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "flag_id",
            "flagId",
            "bet_id",
            "betId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            State,
            AsOf,
            Seen,
            Sample,
            Stage,
            StageIndex,
            Attempt,
            FlagId,
            BetId,
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
                            "state" => Ok(GeneratedField::State),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "seen" => Ok(GeneratedField::Seen),
                            "sample" => Ok(GeneratedField::Sample),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AnswerGuardrail;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.AnswerGuardrail")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AnswerGuardrail, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut state__ = None;
                let mut as_of__ = None;
                let mut seen__ = None;
                let mut sample__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut flag_id__ = None;
                let mut bet_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sample => {
                            if sample__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sample"));
                            }
                            sample__ = 
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
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AnswerGuardrail {
                    state: state__.unwrap_or_default(),
                    as_of: as_of__.unwrap_or_default(),
                    seen: seen__.unwrap_or_default(),
                    sample: sample__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    stage_index: stage_index__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    flag_id: flag_id__.unwrap_or_default(),
                    bet_id: bet_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.AnswerGuardrail", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ArmGuardrail {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.metric.is_empty() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if self.min_sample != 0 {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        if self.critical_events != 0 {
            len += 1;
        }
        if self.effect != 0 {
            len += 1;
        }
        if self.judge != 0 {
            len += 1;
        }
        if self.rule.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ArmGuardrail", len)?;
        if !self.metric.is_empty() {
            struct_ser.serialize_field("metric", &self.metric)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if self.min_sample != 0 {
            struct_ser.serialize_field("minSample", &self.min_sample)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        if self.critical_events != 0 {
            struct_ser.serialize_field("criticalEvents", &self.critical_events)?;
        }
        if self.effect != 0 {
            let v = GuardrailEffect::try_from(self.effect)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.effect)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        if self.judge != 0 {
            let v = Judge::try_from(self.judge)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.judge)))?;
            struct_ser.serialize_field("judge", &v)?;
        }
        if let Some(v) = self.rule.as_ref() {
            match v {
                arm_guardrail::Rule::Threshold(v) => {
                    struct_ser.serialize_field("threshold", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ArmGuardrail {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metric",
            "rollout_id",
            "rolloutId",
            "min_sample",
            "minSample",
            "critical",
            "critical_events",
            "criticalEvents",
            "effect",
            "judge",
            "threshold",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metric,
            RolloutId,
            MinSample,
            Critical,
            CriticalEvents,
            Effect,
            Judge,
            Threshold,
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
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "minSample" | "min_sample" => Ok(GeneratedField::MinSample),
                            "critical" => Ok(GeneratedField::Critical),
                            "criticalEvents" | "critical_events" => Ok(GeneratedField::CriticalEvents),
                            "effect" => Ok(GeneratedField::Effect),
                            "judge" => Ok(GeneratedField::Judge),
                            "threshold" => Ok(GeneratedField::Threshold),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ArmGuardrail;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ArmGuardrail")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ArmGuardrail, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metric__ = None;
                let mut rollout_id__ = None;
                let mut min_sample__ = None;
                let mut critical__ = None;
                let mut critical_events__ = None;
                let mut effect__ = None;
                let mut judge__ = None;
                let mut rule__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::MinSample => {
                            if min_sample__.is_some() {
                                return Err(serde::de::Error::duplicate_field("minSample"));
                            }
                            min_sample__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CriticalEvents => {
                            if critical_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("criticalEvents"));
                            }
                            critical_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = Some(map_.next_value::<GuardrailEffect>()? as i32);
                        }
                        GeneratedField::Judge => {
                            if judge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("judge"));
                            }
                            judge__ = Some(map_.next_value::<Judge>()? as i32);
                        }
                        GeneratedField::Threshold => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("threshold"));
                            }
                            rule__ = map_.next_value::<::std::option::Option<_>>()?.map(arm_guardrail::Rule::Threshold)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ArmGuardrail {
                    metric: metric__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    min_sample: min_sample__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                    critical_events: critical_events__.unwrap_or_default(),
                    effect: effect__.unwrap_or_default(),
                    judge: judge__.unwrap_or_default(),
                    rule: rule__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ArmGuardrail", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BreachAcknowledged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.BreachAcknowledged", len)?;
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BreachAcknowledged {
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
            type Value = BreachAcknowledged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.BreachAcknowledged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BreachAcknowledged, V::Error>
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
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BreachAcknowledged {
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.BreachAcknowledged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BreachFact {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.breach_id.is_empty() {
            len += 1;
        }
        if !self.stage.is_empty() {
            len += 1;
        }
        if self.attempt != 0 {
            len += 1;
        }
        if !self.at.is_empty() {
            len += 1;
        }
        if self.acknowledged {
            len += 1;
        }
        if self.retracted {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        if self.recovered {
            len += 1;
        }
        if self.effect != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.BreachFact", len)?;
        if !self.breach_id.is_empty() {
            struct_ser.serialize_field("breachId", &self.breach_id)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if !self.at.is_empty() {
            struct_ser.serialize_field("at", &self.at)?;
        }
        if self.acknowledged {
            struct_ser.serialize_field("acknowledged", &self.acknowledged)?;
        }
        if self.retracted {
            struct_ser.serialize_field("retracted", &self.retracted)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        if self.recovered {
            struct_ser.serialize_field("recovered", &self.recovered)?;
        }
        if self.effect != 0 {
            let v = GuardrailEffect::try_from(self.effect)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.effect)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BreachFact {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "breach_id",
            "breachId",
            "stage",
            "attempt",
            "at",
            "acknowledged",
            "retracted",
            "critical",
            "recovered",
            "effect",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            BreachId,
            Stage,
            Attempt,
            At,
            Acknowledged,
            Retracted,
            Critical,
            Recovered,
            Effect,
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
                            "breachId" | "breach_id" => Ok(GeneratedField::BreachId),
                            "stage" => Ok(GeneratedField::Stage),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "at" => Ok(GeneratedField::At),
                            "acknowledged" => Ok(GeneratedField::Acknowledged),
                            "retracted" => Ok(GeneratedField::Retracted),
                            "critical" => Ok(GeneratedField::Critical),
                            "recovered" => Ok(GeneratedField::Recovered),
                            "effect" => Ok(GeneratedField::Effect),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = BreachFact;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.BreachFact")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BreachFact, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut breach_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut at__ = None;
                let mut acknowledged__ = None;
                let mut retracted__ = None;
                let mut critical__ = None;
                let mut recovered__ = None;
                let mut effect__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::BreachId => {
                            if breach_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breachId"));
                            }
                            breach_id__ = Some(map_.next_value()?);
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
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Acknowledged => {
                            if acknowledged__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acknowledged"));
                            }
                            acknowledged__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Retracted => {
                            if retracted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retracted"));
                            }
                            retracted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Recovered => {
                            if recovered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recovered"));
                            }
                            recovered__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = Some(map_.next_value::<GuardrailEffect>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(BreachFact {
                    breach_id: breach_id__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    at: at__.unwrap_or_default(),
                    acknowledged: acknowledged__.unwrap_or_default(),
                    retracted: retracted__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                    recovered: recovered__.unwrap_or_default(),
                    effect: effect__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.BreachFact", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BreachRetracted {
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
        if self.attempt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.BreachRetracted", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        if let Some(v) = self.attempt.as_ref() {
            struct_ser.serialize_field("attempt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for BreachRetracted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
            "attempt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
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
                            "reason" => Ok(GeneratedField::Reason),
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
            type Value = BreachRetracted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.BreachRetracted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<BreachRetracted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                let mut attempt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
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
                Ok(BreachRetracted {
                    reason: reason__,
                    attempt: attempt__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.BreachRetracted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Comparison {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "COMPARISON_UNSPECIFIED",
            Self::Below => "COMPARISON_BELOW",
            Self::Above => "COMPARISON_ABOVE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Comparison {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "COMPARISON_UNSPECIFIED",
            "COMPARISON_BELOW",
            "COMPARISON_ABOVE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Comparison;

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
                    "COMPARISON_UNSPECIFIED" => Ok(Comparison::Unspecified),
                    "COMPARISON_BELOW" => Ok(Comparison::Below),
                    "COMPARISON_ABOVE" => Ok(Comparison::Above),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for DeferIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.DeferIncident", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DeferIncident {
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
            type Value = DeferIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.DeferIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DeferIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(DeferIncident {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.DeferIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DefineMetric {
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
        if self.r#type != 0 {
            len += 1;
        }
        if !self.unit.is_empty() {
            len += 1;
        }
        if self.good != 0 {
            len += 1;
        }
        if !self.target.is_empty() {
            len += 1;
        }
        if !self.baseline.is_empty() {
            len += 1;
        }
        if self.refresh_seconds != 0 {
            len += 1;
        }
        if !self.leads_to.is_empty() {
            len += 1;
        }
        if self.aggregation != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.DefineMetric", len)?;
        if !self.key.is_empty() {
            struct_ser.serialize_field("key", &self.key)?;
        }
        if self.r#type != 0 {
            let v = MetricType::try_from(self.r#type)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.r#type)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if self.good != 0 {
            let v = Trend::try_from(self.good)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.good)))?;
            struct_ser.serialize_field("good", &v)?;
        }
        if !self.target.is_empty() {
            struct_ser.serialize_field("target", &self.target)?;
        }
        if !self.baseline.is_empty() {
            struct_ser.serialize_field("baseline", &self.baseline)?;
        }
        if self.refresh_seconds != 0 {
            struct_ser.serialize_field("refreshSeconds", &self.refresh_seconds)?;
        }
        if !self.leads_to.is_empty() {
            struct_ser.serialize_field("leadsTo", &self.leads_to)?;
        }
        if self.aggregation != 0 {
            let v = Aggregation::try_from(self.aggregation)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.aggregation)))?;
            struct_ser.serialize_field("aggregation", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DefineMetric {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "type",
            "unit",
            "good",
            "target",
            "baseline",
            "refresh_seconds",
            "refreshSeconds",
            "leads_to",
            "leadsTo",
            "aggregation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Type,
            Unit,
            Good,
            Target,
            Baseline,
            RefreshSeconds,
            LeadsTo,
            Aggregation,
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
                            "type" => Ok(GeneratedField::Type),
                            "unit" => Ok(GeneratedField::Unit),
                            "good" => Ok(GeneratedField::Good),
                            "target" => Ok(GeneratedField::Target),
                            "baseline" => Ok(GeneratedField::Baseline),
                            "refreshSeconds" | "refresh_seconds" => Ok(GeneratedField::RefreshSeconds),
                            "leadsTo" | "leads_to" => Ok(GeneratedField::LeadsTo),
                            "aggregation" => Ok(GeneratedField::Aggregation),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DefineMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.DefineMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DefineMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut r#type__ = None;
                let mut unit__ = None;
                let mut good__ = None;
                let mut target__ = None;
                let mut baseline__ = None;
                let mut refresh_seconds__ = None;
                let mut leads_to__ = None;
                let mut aggregation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = Some(map_.next_value::<MetricType>()? as i32);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Good => {
                            if good__.is_some() {
                                return Err(serde::de::Error::duplicate_field("good"));
                            }
                            good__ = Some(map_.next_value::<Trend>()? as i32);
                        }
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Baseline => {
                            if baseline__.is_some() {
                                return Err(serde::de::Error::duplicate_field("baseline"));
                            }
                            baseline__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RefreshSeconds => {
                            if refresh_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refreshSeconds"));
                            }
                            refresh_seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LeadsTo => {
                            if leads_to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leadsTo"));
                            }
                            leads_to__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Aggregation => {
                            if aggregation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("aggregation"));
                            }
                            aggregation__ = Some(map_.next_value::<Aggregation>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(DefineMetric {
                    key: key__.unwrap_or_default(),
                    r#type: r#type__.unwrap_or_default(),
                    unit: unit__.unwrap_or_default(),
                    good: good__.unwrap_or_default(),
                    target: target__.unwrap_or_default(),
                    baseline: baseline__.unwrap_or_default(),
                    refresh_seconds: refresh_seconds__.unwrap_or_default(),
                    leads_to: leads_to__.unwrap_or_default(),
                    aggregation: aggregation__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.DefineMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DisarmGuardrail {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.DisarmGuardrail", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DisarmGuardrail {
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
            type Value = DisarmGuardrail;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.DisarmGuardrail")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DisarmGuardrail, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(DisarmGuardrail {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.DisarmGuardrail", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FactsReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.confirmed_at.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.guardrails.is_empty() {
            len += 1;
        }
        if !self.metrics.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.FactsReply", len)?;
        if !self.confirmed_at.is_empty() {
            struct_ser.serialize_field("confirmedAt", &self.confirmed_at)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.guardrails.is_empty() {
            struct_ser.serialize_field("guardrails", &self.guardrails)?;
        }
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FactsReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "confirmed_at",
            "confirmedAt",
            "position",
            "guardrails",
            "metrics",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ConfirmedAt,
            Position,
            Guardrails,
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
                            "confirmedAt" | "confirmed_at" => Ok(GeneratedField::ConfirmedAt),
                            "position" => Ok(GeneratedField::Position),
                            "guardrails" => Ok(GeneratedField::Guardrails),
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
            type Value = FactsReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.FactsReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FactsReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut confirmed_at__ = None;
                let mut position__ = None;
                let mut guardrails__ = None;
                let mut metrics__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ConfirmedAt => {
                            if confirmed_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confirmedAt"));
                            }
                            confirmed_at__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Guardrails => {
                            if guardrails__.is_some() {
                                return Err(serde::de::Error::duplicate_field("guardrails"));
                            }
                            guardrails__ = Some(map_.next_value()?);
                        }
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
                Ok(FactsReply {
                    confirmed_at: confirmed_at__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    guardrails: guardrails__.unwrap_or_default(),
                    metrics: metrics__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.FactsReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FactsRequest {
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
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.metrics.is_empty() {
            len += 1;
        }
        if !self.since.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.FactsRequest", len)?;
        if !self.org.is_empty() {
            struct_ser.serialize_field("org", &self.org)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
        }
        if !self.since.is_empty() {
            struct_ser.serialize_field("since", &self.since)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FactsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "org",
            "rollout_id",
            "rolloutId",
            "metrics",
            "since",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Org,
            RolloutId,
            Metrics,
            Since,
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
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "metrics" => Ok(GeneratedField::Metrics),
                            "since" => Ok(GeneratedField::Since),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FactsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.FactsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FactsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut org__ = None;
                let mut rollout_id__ = None;
                let mut metrics__ = None;
                let mut since__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Org => {
                            if org__.is_some() {
                                return Err(serde::de::Error::duplicate_field("org"));
                            }
                            org__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Metrics => {
                            if metrics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metrics"));
                            }
                            metrics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Since => {
                            if since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("since"));
                            }
                            since__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(FactsRequest {
                    org: org__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    metrics: metrics__.unwrap_or_default(),
                    since: since__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.FactsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailAnswerChanged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.state.is_some() {
            len += 1;
        }
        if self.as_of.is_some() {
            len += 1;
        }
        if self.seen.is_some() {
            len += 1;
        }
        if self.sample.is_some() {
            len += 1;
        }
        if self.rollout_id.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailAnswerChanged", len)?;
        if let Some(v) = self.state.as_ref() {
            let v = super::super::v1::CheckState::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if let Some(v) = self.as_of.as_ref() {
            struct_ser.serialize_field("asOf", v)?;
        }
        if let Some(v) = self.seen.as_ref() {
            struct_ser.serialize_field("seen", v)?;
        }
        if let Some(v) = self.sample.as_ref() {
            struct_ser.serialize_field("sample", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailAnswerChanged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "state",
            "as_of",
            "asOf",
            "seen",
            "sample",
            "rollout_id",
            "rolloutId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            State,
            AsOf,
            Seen,
            Sample,
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
                            "state" => Ok(GeneratedField::State),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "seen" => Ok(GeneratedField::Seen),
                            "sample" => Ok(GeneratedField::Sample),
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
            type Value = GuardrailAnswerChanged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailAnswerChanged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailAnswerChanged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut state__ = None;
                let mut as_of__ = None;
                let mut seen__ = None;
                let mut sample__ = None;
                let mut rollout_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = map_.next_value::<::std::option::Option<super::super::v1::CheckState>>()?.map(|x| x as i32);
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = map_.next_value()?;
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = map_.next_value()?;
                        }
                        GeneratedField::Sample => {
                            if sample__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sample"));
                            }
                            sample__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
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
                Ok(GuardrailAnswerChanged {
                    state: state__,
                    as_of: as_of__,
                    seen: seen__,
                    sample: sample__,
                    rollout_id: rollout_id__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailAnswerChanged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailArmed {
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
        if self.rollout_id.is_some() {
            len += 1;
        }
        if self.min_sample.is_some() {
            len += 1;
        }
        if self.critical.is_some() {
            len += 1;
        }
        if self.critical_events.is_some() {
            len += 1;
        }
        if self.refresh_seconds.is_some() {
            len += 1;
        }
        if self.effect.is_some() {
            len += 1;
        }
        if self.judge.is_some() {
            len += 1;
        }
        if self.aggregation.is_some() {
            len += 1;
        }
        if self.rule.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailArmed", len)?;
        if let Some(v) = self.metric.as_ref() {
            struct_ser.serialize_field("metric", v)?;
        }
        if let Some(v) = self.rollout_id.as_ref() {
            struct_ser.serialize_field("rolloutId", v)?;
        }
        if let Some(v) = self.min_sample.as_ref() {
            struct_ser.serialize_field("minSample", v)?;
        }
        if let Some(v) = self.critical.as_ref() {
            struct_ser.serialize_field("critical", v)?;
        }
        if let Some(v) = self.critical_events.as_ref() {
            struct_ser.serialize_field("criticalEvents", v)?;
        }
        if let Some(v) = self.refresh_seconds.as_ref() {
            struct_ser.serialize_field("refreshSeconds", v)?;
        }
        if let Some(v) = self.effect.as_ref() {
            let v = GuardrailEffect::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        if let Some(v) = self.judge.as_ref() {
            let v = Judge::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("judge", &v)?;
        }
        if let Some(v) = self.aggregation.as_ref() {
            let v = Aggregation::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("aggregation", &v)?;
        }
        if let Some(v) = self.rule.as_ref() {
            match v {
                guardrail_armed::Rule::Threshold(v) => {
                    struct_ser.serialize_field("threshold", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailArmed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metric",
            "rollout_id",
            "rolloutId",
            "min_sample",
            "minSample",
            "critical",
            "critical_events",
            "criticalEvents",
            "refresh_seconds",
            "refreshSeconds",
            "effect",
            "judge",
            "aggregation",
            "threshold",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metric,
            RolloutId,
            MinSample,
            Critical,
            CriticalEvents,
            RefreshSeconds,
            Effect,
            Judge,
            Aggregation,
            Threshold,
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
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "minSample" | "min_sample" => Ok(GeneratedField::MinSample),
                            "critical" => Ok(GeneratedField::Critical),
                            "criticalEvents" | "critical_events" => Ok(GeneratedField::CriticalEvents),
                            "refreshSeconds" | "refresh_seconds" => Ok(GeneratedField::RefreshSeconds),
                            "effect" => Ok(GeneratedField::Effect),
                            "judge" => Ok(GeneratedField::Judge),
                            "aggregation" => Ok(GeneratedField::Aggregation),
                            "threshold" => Ok(GeneratedField::Threshold),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailArmed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailArmed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailArmed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metric__ = None;
                let mut rollout_id__ = None;
                let mut min_sample__ = None;
                let mut critical__ = None;
                let mut critical_events__ = None;
                let mut refresh_seconds__ = None;
                let mut effect__ = None;
                let mut judge__ = None;
                let mut aggregation__ = None;
                let mut rule__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = map_.next_value()?;
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = map_.next_value()?;
                        }
                        GeneratedField::MinSample => {
                            if min_sample__.is_some() {
                                return Err(serde::de::Error::duplicate_field("minSample"));
                            }
                            min_sample__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = map_.next_value()?;
                        }
                        GeneratedField::CriticalEvents => {
                            if critical_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("criticalEvents"));
                            }
                            critical_events__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::RefreshSeconds => {
                            if refresh_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refreshSeconds"));
                            }
                            refresh_seconds__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = map_.next_value::<::std::option::Option<GuardrailEffect>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Judge => {
                            if judge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("judge"));
                            }
                            judge__ = map_.next_value::<::std::option::Option<Judge>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Aggregation => {
                            if aggregation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("aggregation"));
                            }
                            aggregation__ = map_.next_value::<::std::option::Option<Aggregation>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Threshold => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("threshold"));
                            }
                            rule__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_armed::Rule::Threshold)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailArmed {
                    metric: metric__,
                    rollout_id: rollout_id__,
                    min_sample: min_sample__,
                    critical: critical__,
                    critical_events: critical_events__,
                    refresh_seconds: refresh_seconds__,
                    effect: effect__,
                    judge: judge__,
                    aggregation: aggregation__,
                    rule: rule__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailArmed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailBreached {
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
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.bet_id.is_some() {
            len += 1;
        }
        if self.metric.is_some() {
            len += 1;
        }
        if self.as_of.is_some() {
            len += 1;
        }
        if self.required.is_some() {
            len += 1;
        }
        if self.seen.is_some() {
            len += 1;
        }
        if self.critical.is_some() {
            len += 1;
        }
        if self.effect.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailBreached", len)?;
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
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if let Some(v) = self.metric.as_ref() {
            struct_ser.serialize_field("metric", v)?;
        }
        if let Some(v) = self.as_of.as_ref() {
            struct_ser.serialize_field("asOf", v)?;
        }
        if let Some(v) = self.required.as_ref() {
            struct_ser.serialize_field("required", v)?;
        }
        if let Some(v) = self.seen.as_ref() {
            struct_ser.serialize_field("seen", v)?;
        }
        if let Some(v) = self.critical.as_ref() {
            struct_ser.serialize_field("critical", v)?;
        }
        if let Some(v) = self.effect.as_ref() {
            let v = GuardrailEffect::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailBreached {
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
            "flag_id",
            "flagId",
            "bet_id",
            "betId",
            "metric",
            "as_of",
            "asOf",
            "required",
            "seen",
            "critical",
            "effect",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            StageIndex,
            Attempt,
            FlagId,
            BetId,
            Metric,
            AsOf,
            Required,
            Seen,
            Critical,
            Effect,
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
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "metric" => Ok(GeneratedField::Metric),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "required" => Ok(GeneratedField::Required),
                            "seen" => Ok(GeneratedField::Seen),
                            "critical" => Ok(GeneratedField::Critical),
                            "effect" => Ok(GeneratedField::Effect),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailBreached;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailBreached")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailBreached, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut flag_id__ = None;
                let mut bet_id__ = None;
                let mut metric__ = None;
                let mut as_of__ = None;
                let mut required__ = None;
                let mut seen__ = None;
                let mut critical__ = None;
                let mut effect__ = None;
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
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = map_.next_value()?;
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = map_.next_value()?;
                        }
                        GeneratedField::Required => {
                            if required__.is_some() {
                                return Err(serde::de::Error::duplicate_field("required"));
                            }
                            required__ = map_.next_value()?;
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = map_.next_value()?;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = map_.next_value()?;
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = map_.next_value::<::std::option::Option<GuardrailEffect>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailBreached {
                    rollout_id: rollout_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                    flag_id: flag_id__,
                    bet_id: bet_id__,
                    metric: metric__,
                    as_of: as_of__,
                    required: required__,
                    seen: seen__,
                    critical: critical__,
                    effect: effect__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailBreached", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailDisarmed {
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
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailDisarmed", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailDisarmed {
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
            type Value = GuardrailDisarmed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailDisarmed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailDisarmed, V::Error>
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
                Ok(GuardrailDisarmed {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailDisarmed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailEffect {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "GUARDRAIL_EFFECT_UNSPECIFIED",
            Self::Shadow => "GUARDRAIL_EFFECT_SHADOW",
            Self::Hold => "GUARDRAIL_EFFECT_HOLD",
            Self::Rollback => "GUARDRAIL_EFFECT_ROLLBACK",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailEffect {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "GUARDRAIL_EFFECT_UNSPECIFIED",
            "GUARDRAIL_EFFECT_SHADOW",
            "GUARDRAIL_EFFECT_HOLD",
            "GUARDRAIL_EFFECT_ROLLBACK",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = GuardrailEffect;

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
                    "GUARDRAIL_EFFECT_UNSPECIFIED" => Ok(GuardrailEffect::Unspecified),
                    "GUARDRAIL_EFFECT_SHADOW" => Ok(GuardrailEffect::Shadow),
                    "GUARDRAIL_EFFECT_HOLD" => Ok(GuardrailEffect::Hold),
                    "GUARDRAIL_EFFECT_ROLLBACK" => Ok(GuardrailEffect::Rollback),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailEffectChanged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.effect.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailEffectChanged", len)?;
        if let Some(v) = self.effect.as_ref() {
            let v = GuardrailEffect::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailEffectChanged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "effect",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Effect,
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
                            "effect" => Ok(GeneratedField::Effect),
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
            type Value = GuardrailEffectChanged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailEffectChanged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailEffectChanged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut effect__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = map_.next_value::<::std::option::Option<GuardrailEffect>>()?.map(|x| x as i32);
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
                Ok(GuardrailEffectChanged {
                    effect: effect__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailEffectChanged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailFact {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.guardrail_id.is_empty() {
            len += 1;
        }
        if !self.metric.is_empty() {
            len += 1;
        }
        if self.state != 0 {
            len += 1;
        }
        if !self.required.is_empty() {
            len += 1;
        }
        if !self.seen.is_empty() {
            len += 1;
        }
        if !self.source.is_empty() {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        if self.effect != 0 {
            len += 1;
        }
        if !self.as_of.is_empty() {
            len += 1;
        }
        if !self.breaches.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailFact", len)?;
        if !self.guardrail_id.is_empty() {
            struct_ser.serialize_field("guardrailId", &self.guardrail_id)?;
        }
        if !self.metric.is_empty() {
            struct_ser.serialize_field("metric", &self.metric)?;
        }
        if self.state != 0 {
            let v = super::super::v1::CheckState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if !self.required.is_empty() {
            struct_ser.serialize_field("required", &self.required)?;
        }
        if !self.seen.is_empty() {
            struct_ser.serialize_field("seen", &self.seen)?;
        }
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        if self.effect != 0 {
            let v = GuardrailEffect::try_from(self.effect)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.effect)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        if !self.as_of.is_empty() {
            struct_ser.serialize_field("asOf", &self.as_of)?;
        }
        if !self.breaches.is_empty() {
            struct_ser.serialize_field("breaches", &self.breaches)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailFact {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "guardrail_id",
            "guardrailId",
            "metric",
            "state",
            "required",
            "seen",
            "source",
            "critical",
            "effect",
            "as_of",
            "asOf",
            "breaches",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            GuardrailId,
            Metric,
            State,
            Required,
            Seen,
            Source,
            Critical,
            Effect,
            AsOf,
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
                            "guardrailId" | "guardrail_id" => Ok(GeneratedField::GuardrailId),
                            "metric" => Ok(GeneratedField::Metric),
                            "state" => Ok(GeneratedField::State),
                            "required" => Ok(GeneratedField::Required),
                            "seen" => Ok(GeneratedField::Seen),
                            "source" => Ok(GeneratedField::Source),
                            "critical" => Ok(GeneratedField::Critical),
                            "effect" => Ok(GeneratedField::Effect),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
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
            type Value = GuardrailFact;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailFact")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailFact, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut guardrail_id__ = None;
                let mut metric__ = None;
                let mut state__ = None;
                let mut required__ = None;
                let mut seen__ = None;
                let mut source__ = None;
                let mut critical__ = None;
                let mut effect__ = None;
                let mut as_of__ = None;
                let mut breaches__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::GuardrailId => {
                            if guardrail_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("guardrailId"));
                            }
                            guardrail_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::Required => {
                            if required__.is_some() {
                                return Err(serde::de::Error::duplicate_field("required"));
                            }
                            required__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = Some(map_.next_value::<GuardrailEffect>()? as i32);
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = Some(map_.next_value()?);
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
                Ok(GuardrailFact {
                    guardrail_id: guardrail_id__.unwrap_or_default(),
                    metric: metric__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    required: required__.unwrap_or_default(),
                    seen: seen__.unwrap_or_default(),
                    source: source__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                    effect: effect__.unwrap_or_default(),
                    as_of: as_of__.unwrap_or_default(),
                    breaches: breaches__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailFact", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.guardrails.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailList", len)?;
        if !self.guardrails.is_empty() {
            struct_ser.serialize_field("guardrails", &self.guardrails)?;
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
impl<'de> serde::Deserialize<'de> for GuardrailList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "guardrails",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Guardrails,
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
                            "guardrails" => Ok(GeneratedField::Guardrails),
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
            type Value = GuardrailList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut guardrails__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Guardrails => {
                            if guardrails__.is_some() {
                                return Err(serde::de::Error::duplicate_field("guardrails"));
                            }
                            guardrails__ = Some(map_.next_value()?);
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
                Ok(GuardrailList {
                    guardrails: guardrails__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRearmed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailRearmed", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRearmed {
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
            type Value = GuardrailRearmed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailRearmed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRearmed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(GuardrailRearmed {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailRearmed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRecovered {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.as_of.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailRecovered", len)?;
        if let Some(v) = self.as_of.as_ref() {
            struct_ser.serialize_field("asOf", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRecovered {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "as_of",
            "asOf",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            AsOf,
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
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRecovered;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailRecovered")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRecovered, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut as_of__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRecovered {
                    as_of: as_of__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailRecovered", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailRequest {
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
        if !self.guardrail_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.guardrail_id.is_empty() {
            struct_ser.serialize_field("guardrailId", &self.guardrail_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                guardrail_request::Command::Arm(v) => {
                    struct_ser.serialize_field("arm", v)?;
                }
                guardrail_request::Command::Answer(v) => {
                    struct_ser.serialize_field("answer", v)?;
                }
                guardrail_request::Command::Acknowledge(v) => {
                    struct_ser.serialize_field("acknowledge", v)?;
                }
                guardrail_request::Command::Retract(v) => {
                    struct_ser.serialize_field("retract", v)?;
                }
                guardrail_request::Command::Disarm(v) => {
                    struct_ser.serialize_field("disarm", v)?;
                }
                guardrail_request::Command::Rearm(v) => {
                    struct_ser.serialize_field("rearm", v)?;
                }
                guardrail_request::Command::SetEffect(v) => {
                    struct_ser.serialize_field("setEffect", v)?;
                }
                guardrail_request::Command::Reconsider(v) => {
                    struct_ser.serialize_field("reconsider", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "guardrail_id",
            "guardrailId",
            "arm",
            "answer",
            "acknowledge",
            "retract",
            "disarm",
            "rearm",
            "set_effect",
            "setEffect",
            "reconsider",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            GuardrailId,
            Arm,
            Answer,
            Acknowledge,
            Retract,
            Disarm,
            Rearm,
            SetEffect,
            Reconsider,
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
                            "guardrailId" | "guardrail_id" => Ok(GeneratedField::GuardrailId),
                            "arm" => Ok(GeneratedField::Arm),
                            "answer" => Ok(GeneratedField::Answer),
                            "acknowledge" => Ok(GeneratedField::Acknowledge),
                            "retract" => Ok(GeneratedField::Retract),
                            "disarm" => Ok(GeneratedField::Disarm),
                            "rearm" => Ok(GeneratedField::Rearm),
                            "setEffect" | "set_effect" => Ok(GeneratedField::SetEffect),
                            "reconsider" => Ok(GeneratedField::Reconsider),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut guardrail_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::GuardrailId => {
                            if guardrail_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("guardrailId"));
                            }
                            guardrail_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Arm => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("arm"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Arm)
;
                        }
                        GeneratedField::Answer => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answer"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Answer)
;
                        }
                        GeneratedField::Acknowledge => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acknowledge"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Acknowledge)
;
                        }
                        GeneratedField::Retract => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retract"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Retract)
;
                        }
                        GeneratedField::Disarm => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("disarm"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Disarm)
;
                        }
                        GeneratedField::Rearm => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rearm"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Rearm)
;
                        }
                        GeneratedField::SetEffect => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("setEffect"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::SetEffect)
;
                        }
                        GeneratedField::Reconsider => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reconsider"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(guardrail_request::Command::Reconsider)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailRequest {
                    meta: meta__,
                    guardrail_id: guardrail_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailView {
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
        if !self.metric.is_empty() {
            len += 1;
        }
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if self.answer != 0 {
            len += 1;
        }
        if !self.as_of.is_empty() {
            len += 1;
        }
        if !self.seen.is_empty() {
            len += 1;
        }
        if !self.required.is_empty() {
            len += 1;
        }
        if self.critical {
            len += 1;
        }
        if self.breaches != 0 {
            len += 1;
        }
        if self.effect != 0 {
            len += 1;
        }
        if self.would_have_breached != 0 {
            len += 1;
        }
        if !self.raised.is_empty() {
            len += 1;
        }
        if !self.late_sources.is_empty() {
            len += 1;
        }
        if self.judge != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailView", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.version != 0 {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.metric.is_empty() {
            struct_ser.serialize_field("metric", &self.metric)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if self.answer != 0 {
            let v = super::super::v1::CheckState::try_from(self.answer)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.answer)))?;
            struct_ser.serialize_field("answer", &v)?;
        }
        if !self.as_of.is_empty() {
            struct_ser.serialize_field("asOf", &self.as_of)?;
        }
        if !self.seen.is_empty() {
            struct_ser.serialize_field("seen", &self.seen)?;
        }
        if !self.required.is_empty() {
            struct_ser.serialize_field("required", &self.required)?;
        }
        if self.critical {
            struct_ser.serialize_field("critical", &self.critical)?;
        }
        if self.breaches != 0 {
            struct_ser.serialize_field("breaches", &self.breaches)?;
        }
        if self.effect != 0 {
            let v = GuardrailEffect::try_from(self.effect)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.effect)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        if self.would_have_breached != 0 {
            struct_ser.serialize_field("wouldHaveBreached", &self.would_have_breached)?;
        }
        if !self.raised.is_empty() {
            struct_ser.serialize_field("raised", &self.raised)?;
        }
        if !self.late_sources.is_empty() {
            struct_ser.serialize_field("lateSources", &self.late_sources)?;
        }
        if self.judge != 0 {
            let v = Judge::try_from(self.judge)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.judge)))?;
            struct_ser.serialize_field("judge", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "version",
            "position",
            "metric",
            "rollout_id",
            "rolloutId",
            "state",
            "answer",
            "as_of",
            "asOf",
            "seen",
            "required",
            "critical",
            "breaches",
            "effect",
            "would_have_breached",
            "wouldHaveBreached",
            "raised",
            "late_sources",
            "lateSources",
            "judge",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            Metric,
            RolloutId,
            State,
            Answer,
            AsOf,
            Seen,
            Required,
            Critical,
            Breaches,
            Effect,
            WouldHaveBreached,
            Raised,
            LateSources,
            Judge,
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
                            "metric" => Ok(GeneratedField::Metric),
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "state" => Ok(GeneratedField::State),
                            "answer" => Ok(GeneratedField::Answer),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "seen" => Ok(GeneratedField::Seen),
                            "required" => Ok(GeneratedField::Required),
                            "critical" => Ok(GeneratedField::Critical),
                            "breaches" => Ok(GeneratedField::Breaches),
                            "effect" => Ok(GeneratedField::Effect),
                            "wouldHaveBreached" | "would_have_breached" => Ok(GeneratedField::WouldHaveBreached),
                            "raised" => Ok(GeneratedField::Raised),
                            "lateSources" | "late_sources" => Ok(GeneratedField::LateSources),
                            "judge" => Ok(GeneratedField::Judge),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GuardrailView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut metric__ = None;
                let mut rollout_id__ = None;
                let mut state__ = None;
                let mut answer__ = None;
                let mut as_of__ = None;
                let mut seen__ = None;
                let mut required__ = None;
                let mut critical__ = None;
                let mut breaches__ = None;
                let mut effect__ = None;
                let mut would_have_breached__ = None;
                let mut raised__ = None;
                let mut late_sources__ = None;
                let mut judge__ = None;
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
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answer => {
                            if answer__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answer"));
                            }
                            answer__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Required => {
                            if required__.is_some() {
                                return Err(serde::de::Error::duplicate_field("required"));
                            }
                            required__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Breaches => {
                            if breaches__.is_some() {
                                return Err(serde::de::Error::duplicate_field("breaches"));
                            }
                            breaches__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = Some(map_.next_value::<GuardrailEffect>()? as i32);
                        }
                        GeneratedField::WouldHaveBreached => {
                            if would_have_breached__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wouldHaveBreached"));
                            }
                            would_have_breached__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Raised => {
                            if raised__.is_some() {
                                return Err(serde::de::Error::duplicate_field("raised"));
                            }
                            raised__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LateSources => {
                            if late_sources__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lateSources"));
                            }
                            late_sources__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Judge => {
                            if judge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("judge"));
                            }
                            judge__ = Some(map_.next_value::<Judge>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(GuardrailView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    metric: metric__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    answer: answer__.unwrap_or_default(),
                    as_of: as_of__.unwrap_or_default(),
                    seen: seen__.unwrap_or_default(),
                    required: required__.unwrap_or_default(),
                    critical: critical__.unwrap_or_default(),
                    breaches: breaches__.unwrap_or_default(),
                    effect: effect__.unwrap_or_default(),
                    would_have_breached: would_have_breached__.unwrap_or_default(),
                    raised: raised__.unwrap_or_default(),
                    late_sources: late_sources__.unwrap_or_default(),
                    judge: judge__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GuardrailWarned {
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
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.GuardrailWarned", len)?;
        if let Some(v) = self.rule.as_ref() {
            struct_ser.serialize_field("rule", v)?;
        }
        if let Some(v) = self.sentence.as_ref() {
            struct_ser.serialize_field("sentence", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GuardrailWarned {
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
            type Value = GuardrailWarned;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.GuardrailWarned")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GuardrailWarned, V::Error>
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
                Ok(GuardrailWarned {
                    rule: rule__,
                    sentence: sentence__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.GuardrailWarned", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentDeferred {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentDeferred", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentDeferred {
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
            type Value = IncidentDeferred;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentDeferred")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentDeferred, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(IncidentDeferred {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentDeferred", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentDetected {
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
        if self.cause.is_some() {
            len += 1;
        }
        if self.severity.is_some() {
            len += 1;
        }
        if self.title.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentDetected", len)?;
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
        if let Some(v) = self.severity.as_ref() {
            let v = Severity::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if let Some(v) = self.title.as_ref() {
            struct_ser.serialize_field("title", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentDetected {
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
            "cause",
            "severity",
            "title",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            Attempt,
            Cause,
            Severity,
            Title,
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
                            "cause" => Ok(GeneratedField::Cause),
                            "severity" => Ok(GeneratedField::Severity),
                            "title" => Ok(GeneratedField::Title),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentDetected;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentDetected")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentDetected, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut cause__ = None;
                let mut severity__ = None;
                let mut title__ = None;
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
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = map_.next_value()?;
                        }
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = map_.next_value::<::std::option::Option<Severity>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentDetected {
                    rollout_id: rollout_id__,
                    stage: stage__,
                    attempt: attempt__,
                    cause: cause__,
                    severity: severity__,
                    title: title__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentDetected", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentList {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.incidents.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentList", len)?;
        if !self.incidents.is_empty() {
            struct_ser.serialize_field("incidents", &self.incidents)?;
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
impl<'de> serde::Deserialize<'de> for IncidentList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "incidents",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Incidents,
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
                            "incidents" => Ok(GeneratedField::Incidents),
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
            type Value = IncidentList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut incidents__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Incidents => {
                            if incidents__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incidents"));
                            }
                            incidents__ = Some(map_.next_value()?);
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
                Ok(IncidentList {
                    incidents: incidents__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentMitigated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.fix.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentMitigated", len)?;
        if let Some(v) = self.fix.as_ref() {
            struct_ser.serialize_field("fix", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentMitigated {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "fix",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Fix,
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
                            "fix" => Ok(GeneratedField::Fix),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentMitigated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentMitigated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentMitigated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut fix__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Fix => {
                            if fix__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fix"));
                            }
                            fix__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentMitigated {
                    fix: fix__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentMitigated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentReclassified {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.severity.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentReclassified", len)?;
        if let Some(v) = self.severity.as_ref() {
            let v = Severity::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentReclassified {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "severity",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Severity,
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
                            "severity" => Ok(GeneratedField::Severity),
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
            type Value = IncidentReclassified;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentReclassified")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentReclassified, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut severity__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = map_.next_value::<::std::option::Option<Severity>>()?.map(|x| x as i32);
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
                Ok(IncidentReclassified {
                    severity: severity__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentReclassified", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentReopened {
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
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentReopened", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentReopened {
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
            type Value = IncidentReopened;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentReopened")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentReopened, V::Error>
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
                Ok(IncidentReopened {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentReopened", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentRequest {
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
        if !self.incident_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.incident_id.is_empty() {
            struct_ser.serialize_field("incidentId", &self.incident_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                incident_request::Command::Report(v) => {
                    struct_ser.serialize_field("report", v)?;
                }
                incident_request::Command::Triage(v) => {
                    struct_ser.serialize_field("triage", v)?;
                }
                incident_request::Command::StartResponse(v) => {
                    struct_ser.serialize_field("startResponse", v)?;
                }
                incident_request::Command::Mitigate(v) => {
                    struct_ser.serialize_field("mitigate", v)?;
                }
                incident_request::Command::Resolve(v) => {
                    struct_ser.serialize_field("resolve", v)?;
                }
                incident_request::Command::Defer(v) => {
                    struct_ser.serialize_field("defer", v)?;
                }
                incident_request::Command::Reopen(v) => {
                    struct_ser.serialize_field("reopen", v)?;
                }
                incident_request::Command::Reclassify(v) => {
                    struct_ser.serialize_field("reclassify", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "incident_id",
            "incidentId",
            "report",
            "triage",
            "start_response",
            "startResponse",
            "mitigate",
            "resolve",
            "defer",
            "reopen",
            "reclassify",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            IncidentId,
            Report,
            Triage,
            StartResponse,
            Mitigate,
            Resolve,
            Defer,
            Reopen,
            Reclassify,
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
                            "incidentId" | "incident_id" => Ok(GeneratedField::IncidentId),
                            "report" => Ok(GeneratedField::Report),
                            "triage" => Ok(GeneratedField::Triage),
                            "startResponse" | "start_response" => Ok(GeneratedField::StartResponse),
                            "mitigate" => Ok(GeneratedField::Mitigate),
                            "resolve" => Ok(GeneratedField::Resolve),
                            "defer" => Ok(GeneratedField::Defer),
                            "reopen" => Ok(GeneratedField::Reopen),
                            "reclassify" => Ok(GeneratedField::Reclassify),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut incident_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::IncidentId => {
                            if incident_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("incidentId"));
                            }
                            incident_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Report => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("report"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Report)
;
                        }
                        GeneratedField::Triage => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("triage"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Triage)
;
                        }
                        GeneratedField::StartResponse => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startResponse"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::StartResponse)
;
                        }
                        GeneratedField::Mitigate => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mitigate"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Mitigate)
;
                        }
                        GeneratedField::Resolve => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resolve"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Resolve)
;
                        }
                        GeneratedField::Defer => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("defer"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Defer)
;
                        }
                        GeneratedField::Reopen => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reopen"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Reopen)
;
                        }
                        GeneratedField::Reclassify => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reclassify"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(incident_request::Command::Reclassify)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentRequest {
                    meta: meta__,
                    incident_id: incident_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentResolved {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.verification.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentResolved", len)?;
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentResolved {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verification",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verification,
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
                            "verification" => Ok(GeneratedField::Verification),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentResolved;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentResolved")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentResolved, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verification__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentResolved {
                    verification: verification__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentResolved", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentTriaged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.severity.is_some() {
            len += 1;
        }
        if self.team.is_some() {
            len += 1;
        }
        if !self.stakeholders.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentTriaged", len)?;
        if let Some(v) = self.severity.as_ref() {
            let v = Severity::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if let Some(v) = self.team.as_ref() {
            struct_ser.serialize_field("team", v)?;
        }
        if !self.stakeholders.is_empty() {
            struct_ser.serialize_field("stakeholders", &self.stakeholders)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentTriaged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "severity",
            "team",
            "stakeholders",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Severity,
            Team,
            Stakeholders,
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
                            "severity" => Ok(GeneratedField::Severity),
                            "team" => Ok(GeneratedField::Team),
                            "stakeholders" => Ok(GeneratedField::Stakeholders),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentTriaged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentTriaged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentTriaged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut severity__ = None;
                let mut team__ = None;
                let mut stakeholders__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = map_.next_value::<::std::option::Option<Severity>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Team => {
                            if team__.is_some() {
                                return Err(serde::de::Error::duplicate_field("team"));
                            }
                            team__ = map_.next_value()?;
                        }
                        GeneratedField::Stakeholders => {
                            if stakeholders__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stakeholders"));
                            }
                            stakeholders__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentTriaged {
                    severity: severity__,
                    team: team__,
                    stakeholders: stakeholders__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentTriaged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IncidentView {
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
        if !self.rollout_id.is_empty() {
            len += 1;
        }
        if self.severity != 0 {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if !self.title.is_empty() {
            len += 1;
        }
        if !self.detected_at.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.IncidentView", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if self.version != 0 {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if self.severity != 0 {
            let v = Severity::try_from(self.severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.severity)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if !self.detected_at.is_empty() {
            struct_ser.serialize_field("detectedAt", &self.detected_at)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IncidentView {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "version",
            "position",
            "rollout_id",
            "rolloutId",
            "severity",
            "state",
            "title",
            "detected_at",
            "detectedAt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            RolloutId,
            Severity,
            State,
            Title,
            DetectedAt,
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
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "severity" => Ok(GeneratedField::Severity),
                            "state" => Ok(GeneratedField::State),
                            "title" => Ok(GeneratedField::Title),
                            "detectedAt" | "detected_at" => Ok(GeneratedField::DetectedAt),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IncidentView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.IncidentView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IncidentView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut rollout_id__ = None;
                let mut severity__ = None;
                let mut state__ = None;
                let mut title__ = None;
                let mut detected_at__ = None;
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
                        GeneratedField::RolloutId => {
                            if rollout_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rolloutId"));
                            }
                            rollout_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DetectedAt => {
                            if detected_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("detectedAt"));
                            }
                            detected_at__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(IncidentView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    rollout_id: rollout_id__.unwrap_or_default(),
                    severity: severity__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                    detected_at: detected_at__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.IncidentView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for InstrumentationVerified {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.source.is_some() {
            len += 1;
        }
        if self.window_end.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.InstrumentationVerified", len)?;
        if let Some(v) = self.source.as_ref() {
            struct_ser.serialize_field("source", v)?;
        }
        if let Some(v) = self.window_end.as_ref() {
            struct_ser.serialize_field("windowEnd", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for InstrumentationVerified {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "source",
            "window_end",
            "windowEnd",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Source,
            WindowEnd,
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
                            "source" => Ok(GeneratedField::Source),
                            "windowEnd" | "window_end" => Ok(GeneratedField::WindowEnd),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = InstrumentationVerified;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.InstrumentationVerified")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<InstrumentationVerified, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut source__ = None;
                let mut window_end__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = map_.next_value()?;
                        }
                        GeneratedField::WindowEnd => {
                            if window_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("windowEnd"));
                            }
                            window_end__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(InstrumentationVerified {
                    source: source__,
                    window_end: window_end__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.InstrumentationVerified", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Judge {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "JUDGE_UNSPECIFIED",
            Self::Merged => "JUDGE_MERGED",
            Self::EachSource => "JUDGE_EACH_SOURCE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Judge {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "JUDGE_UNSPECIFIED",
            "JUDGE_MERGED",
            "JUDGE_EACH_SOURCE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Judge;

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
                    "JUDGE_UNSPECIFIED" => Ok(Judge::Unspecified),
                    "JUDGE_MERGED" => Ok(Judge::Merged),
                    "JUDGE_EACH_SOURCE" => Ok(Judge::EachSource),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for JudgeReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.position.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.JudgeReply", len)?;
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for JudgeReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "position",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
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
            type Value = JudgeReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.JudgeReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<JudgeReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut position__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
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
                Ok(JudgeReply {
                    position: position__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.JudgeReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for JudgeRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.shard != 0 {
            len += 1;
        }
        if self.shards != 0 {
            len += 1;
        }
        if !self.rows.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.JudgeRequest", len)?;
        if self.shard != 0 {
            struct_ser.serialize_field("shard", &self.shard)?;
        }
        if self.shards != 0 {
            struct_ser.serialize_field("shards", &self.shards)?;
        }
        if !self.rows.is_empty() {
            struct_ser.serialize_field("rows", &self.rows)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for JudgeRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "shard",
            "shards",
            "rows",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Shard,
            Shards,
            Rows,
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
                            "shard" => Ok(GeneratedField::Shard),
                            "shards" => Ok(GeneratedField::Shards),
                            "rows" => Ok(GeneratedField::Rows),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = JudgeRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.JudgeRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<JudgeRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut shard__ = None;
                let mut shards__ = None;
                let mut rows__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Shard => {
                            if shard__.is_some() {
                                return Err(serde::de::Error::duplicate_field("shard"));
                            }
                            shard__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Shards => {
                            if shards__.is_some() {
                                return Err(serde::de::Error::duplicate_field("shards"));
                            }
                            shards__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Rows => {
                            if rows__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rows"));
                            }
                            rows__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(JudgeRequest {
                    shard: shard__.unwrap_or_default(),
                    shards: shards__.unwrap_or_default(),
                    rows: rows__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.JudgeRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LinkedMetric {
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
        if self.r#type.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.LinkedMetric", len)?;
        if let Some(v) = self.key.as_ref() {
            struct_ser.serialize_field("key", v)?;
        }
        if let Some(v) = self.r#type.as_ref() {
            let v = MetricType::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LinkedMetric {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "type",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Type,
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
                            "type" => Ok(GeneratedField::Type),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LinkedMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.LinkedMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LinkedMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut r#type__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = map_.next_value()?;
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = map_.next_value::<::std::option::Option<MetricType>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(LinkedMetric {
                    key: key__,
                    r#type: r#type__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.LinkedMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricActivated {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricActivated", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricActivated {
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
            type Value = MetricActivated;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricActivated")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricActivated, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MetricActivated {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricActivated", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricDefined {
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
        if self.r#type.is_some() {
            len += 1;
        }
        if self.unit.is_some() {
            len += 1;
        }
        if self.good.is_some() {
            len += 1;
        }
        if self.target.is_some() {
            len += 1;
        }
        if self.baseline.is_some() {
            len += 1;
        }
        if self.refresh_seconds.is_some() {
            len += 1;
        }
        if !self.leads_to.is_empty() {
            len += 1;
        }
        if !self.linked.is_empty() {
            len += 1;
        }
        if self.aggregation.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricDefined", len)?;
        if let Some(v) = self.key.as_ref() {
            struct_ser.serialize_field("key", v)?;
        }
        if let Some(v) = self.r#type.as_ref() {
            let v = MetricType::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        if let Some(v) = self.unit.as_ref() {
            struct_ser.serialize_field("unit", v)?;
        }
        if let Some(v) = self.good.as_ref() {
            let v = Trend::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("good", &v)?;
        }
        if let Some(v) = self.target.as_ref() {
            struct_ser.serialize_field("target", v)?;
        }
        if let Some(v) = self.baseline.as_ref() {
            struct_ser.serialize_field("baseline", v)?;
        }
        if let Some(v) = self.refresh_seconds.as_ref() {
            struct_ser.serialize_field("refreshSeconds", v)?;
        }
        if !self.leads_to.is_empty() {
            struct_ser.serialize_field("leadsTo", &self.leads_to)?;
        }
        if !self.linked.is_empty() {
            struct_ser.serialize_field("linked", &self.linked)?;
        }
        if let Some(v) = self.aggregation.as_ref() {
            let v = Aggregation::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("aggregation", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricDefined {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "key",
            "type",
            "unit",
            "good",
            "target",
            "baseline",
            "refresh_seconds",
            "refreshSeconds",
            "leads_to",
            "leadsTo",
            "linked",
            "aggregation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Key,
            Type,
            Unit,
            Good,
            Target,
            Baseline,
            RefreshSeconds,
            LeadsTo,
            Linked,
            Aggregation,
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
                            "type" => Ok(GeneratedField::Type),
                            "unit" => Ok(GeneratedField::Unit),
                            "good" => Ok(GeneratedField::Good),
                            "target" => Ok(GeneratedField::Target),
                            "baseline" => Ok(GeneratedField::Baseline),
                            "refreshSeconds" | "refresh_seconds" => Ok(GeneratedField::RefreshSeconds),
                            "leadsTo" | "leads_to" => Ok(GeneratedField::LeadsTo),
                            "linked" => Ok(GeneratedField::Linked),
                            "aggregation" => Ok(GeneratedField::Aggregation),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricDefined;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricDefined")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricDefined, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut key__ = None;
                let mut r#type__ = None;
                let mut unit__ = None;
                let mut good__ = None;
                let mut target__ = None;
                let mut baseline__ = None;
                let mut refresh_seconds__ = None;
                let mut leads_to__ = None;
                let mut linked__ = None;
                let mut aggregation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Key => {
                            if key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("key"));
                            }
                            key__ = map_.next_value()?;
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = map_.next_value::<::std::option::Option<MetricType>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = map_.next_value()?;
                        }
                        GeneratedField::Good => {
                            if good__.is_some() {
                                return Err(serde::de::Error::duplicate_field("good"));
                            }
                            good__ = map_.next_value::<::std::option::Option<Trend>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = map_.next_value()?;
                        }
                        GeneratedField::Baseline => {
                            if baseline__.is_some() {
                                return Err(serde::de::Error::duplicate_field("baseline"));
                            }
                            baseline__ = map_.next_value()?;
                        }
                        GeneratedField::RefreshSeconds => {
                            if refresh_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refreshSeconds"));
                            }
                            refresh_seconds__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::LeadsTo => {
                            if leads_to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leadsTo"));
                            }
                            leads_to__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Linked => {
                            if linked__.is_some() {
                                return Err(serde::de::Error::duplicate_field("linked"));
                            }
                            linked__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Aggregation => {
                            if aggregation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("aggregation"));
                            }
                            aggregation__ = map_.next_value::<::std::option::Option<Aggregation>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricDefined {
                    key: key__,
                    r#type: r#type__,
                    unit: unit__,
                    good: good__,
                    target: target__,
                    baseline: baseline__,
                    refresh_seconds: refresh_seconds__,
                    leads_to: leads_to__.unwrap_or_default(),
                    linked: linked__.unwrap_or_default(),
                    aggregation: aggregation__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricDefined", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricFact {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.metric.is_empty() {
            len += 1;
        }
        if self.r#type != 0 {
            len += 1;
        }
        if self.instrumented {
            len += 1;
        }
        if self.target_met != 0 {
            len += 1;
        }
        if !self.source.is_empty() {
            len += 1;
        }
        if self.known {
            len += 1;
        }
        if self.refresh_seconds != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricFact", len)?;
        if !self.metric.is_empty() {
            struct_ser.serialize_field("metric", &self.metric)?;
        }
        if self.r#type != 0 {
            let v = MetricType::try_from(self.r#type)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.r#type)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        if self.instrumented {
            struct_ser.serialize_field("instrumented", &self.instrumented)?;
        }
        if self.target_met != 0 {
            let v = super::super::v1::CheckState::try_from(self.target_met)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.target_met)))?;
            struct_ser.serialize_field("targetMet", &v)?;
        }
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if self.known {
            struct_ser.serialize_field("known", &self.known)?;
        }
        if self.refresh_seconds != 0 {
            struct_ser.serialize_field("refreshSeconds", &self.refresh_seconds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricFact {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metric",
            "type",
            "instrumented",
            "target_met",
            "targetMet",
            "source",
            "known",
            "refresh_seconds",
            "refreshSeconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metric,
            Type,
            Instrumented,
            TargetMet,
            Source,
            Known,
            RefreshSeconds,
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
                            "type" => Ok(GeneratedField::Type),
                            "instrumented" => Ok(GeneratedField::Instrumented),
                            "targetMet" | "target_met" => Ok(GeneratedField::TargetMet),
                            "source" => Ok(GeneratedField::Source),
                            "known" => Ok(GeneratedField::Known),
                            "refreshSeconds" | "refresh_seconds" => Ok(GeneratedField::RefreshSeconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricFact;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricFact")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricFact, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metric__ = None;
                let mut r#type__ = None;
                let mut instrumented__ = None;
                let mut target_met__ = None;
                let mut source__ = None;
                let mut known__ = None;
                let mut refresh_seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = Some(map_.next_value::<MetricType>()? as i32);
                        }
                        GeneratedField::Instrumented => {
                            if instrumented__.is_some() {
                                return Err(serde::de::Error::duplicate_field("instrumented"));
                            }
                            instrumented__ = Some(map_.next_value()?);
                        }
                        GeneratedField::TargetMet => {
                            if target_met__.is_some() {
                                return Err(serde::de::Error::duplicate_field("targetMet"));
                            }
                            target_met__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Known => {
                            if known__.is_some() {
                                return Err(serde::de::Error::duplicate_field("known"));
                            }
                            known__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RefreshSeconds => {
                            if refresh_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refreshSeconds"));
                            }
                            refresh_seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricFact {
                    metric: metric__.unwrap_or_default(),
                    r#type: r#type__.unwrap_or_default(),
                    instrumented: instrumented__.unwrap_or_default(),
                    target_met: target_met__.unwrap_or_default(),
                    source: source__.unwrap_or_default(),
                    known: known__.unwrap_or_default(),
                    refresh_seconds: refresh_seconds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricFact", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricList {
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
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.next.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricList", len)?;
        if !self.metrics.is_empty() {
            struct_ser.serialize_field("metrics", &self.metrics)?;
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
impl<'de> serde::Deserialize<'de> for MetricList {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "metrics",
            "position",
            "next",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Metrics,
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
                            "metrics" => Ok(GeneratedField::Metrics),
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
            type Value = MetricList;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricList")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricList, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut metrics__ = None;
                let mut position__ = None;
                let mut next__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Metrics => {
                            if metrics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metrics"));
                            }
                            metrics__ = Some(map_.next_value()?);
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
                Ok(MetricList {
                    metrics: metrics__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    next: next__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricList", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricRequest {
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
        if !self.metric_id.is_empty() {
            len += 1;
        }
        if self.command.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricRequest", len)?;
        if let Some(v) = self.meta.as_ref() {
            struct_ser.serialize_field("meta", v)?;
        }
        if !self.metric_id.is_empty() {
            struct_ser.serialize_field("metricId", &self.metric_id)?;
        }
        if let Some(v) = self.command.as_ref() {
            match v {
                metric_request::Command::Define(v) => {
                    struct_ser.serialize_field("define", v)?;
                }
                metric_request::Command::VerifyInstrumentation(v) => {
                    struct_ser.serialize_field("verifyInstrumentation", v)?;
                }
                metric_request::Command::Activate(v) => {
                    struct_ser.serialize_field("activate", v)?;
                }
                metric_request::Command::Revise(v) => {
                    struct_ser.serialize_field("revise", v)?;
                }
                metric_request::Command::Retire(v) => {
                    struct_ser.serialize_field("retire", v)?;
                }
                metric_request::Command::Restore(v) => {
                    struct_ser.serialize_field("restore", v)?;
                }
                metric_request::Command::RetractObservations(v) => {
                    struct_ser.serialize_field("retractObservations", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "meta",
            "metric_id",
            "metricId",
            "define",
            "verify_instrumentation",
            "verifyInstrumentation",
            "activate",
            "revise",
            "retire",
            "restore",
            "retract_observations",
            "retractObservations",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Meta,
            MetricId,
            Define,
            VerifyInstrumentation,
            Activate,
            Revise,
            Retire,
            Restore,
            RetractObservations,
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
                            "metricId" | "metric_id" => Ok(GeneratedField::MetricId),
                            "define" => Ok(GeneratedField::Define),
                            "verifyInstrumentation" | "verify_instrumentation" => Ok(GeneratedField::VerifyInstrumentation),
                            "activate" => Ok(GeneratedField::Activate),
                            "revise" => Ok(GeneratedField::Revise),
                            "retire" => Ok(GeneratedField::Retire),
                            "restore" => Ok(GeneratedField::Restore),
                            "retractObservations" | "retract_observations" => Ok(GeneratedField::RetractObservations),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut meta__ = None;
                let mut metric_id__ = None;
                let mut command__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Meta => {
                            if meta__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meta"));
                            }
                            meta__ = map_.next_value()?;
                        }
                        GeneratedField::MetricId => {
                            if metric_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metricId"));
                            }
                            metric_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Define => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("define"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::Define)
;
                        }
                        GeneratedField::VerifyInstrumentation => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verifyInstrumentation"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::VerifyInstrumentation)
;
                        }
                        GeneratedField::Activate => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("activate"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::Activate)
;
                        }
                        GeneratedField::Revise => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revise"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::Revise)
;
                        }
                        GeneratedField::Retire => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retire"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::Retire)
;
                        }
                        GeneratedField::Restore => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restore"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::Restore)
;
                        }
                        GeneratedField::RetractObservations => {
                            if command__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retractObservations"));
                            }
                            command__ = map_.next_value::<::std::option::Option<_>>()?.map(metric_request::Command::RetractObservations)
;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricRequest {
                    meta: meta__,
                    metric_id: metric_id__.unwrap_or_default(),
                    command: command__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricRestored {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricRestored", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricRestored {
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
            type Value = MetricRestored;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricRestored")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricRestored, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MetricRestored {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricRestored", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricRetired {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricRetired", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricRetired {
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
            type Value = MetricRetired;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricRetired")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricRetired, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(MetricRetired {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricRetired", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricRevised {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.revision.is_some() {
            len += 1;
        }
        if self.target.is_some() {
            len += 1;
        }
        if self.baseline.is_some() {
            len += 1;
        }
        if self.good.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricRevised", len)?;
        if let Some(v) = self.revision.as_ref() {
            struct_ser.serialize_field("revision", v)?;
        }
        if let Some(v) = self.target.as_ref() {
            struct_ser.serialize_field("target", v)?;
        }
        if let Some(v) = self.baseline.as_ref() {
            struct_ser.serialize_field("baseline", v)?;
        }
        if let Some(v) = self.good.as_ref() {
            let v = Trend::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("good", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricRevised {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "revision",
            "target",
            "baseline",
            "good",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Revision,
            Target,
            Baseline,
            Good,
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
                            "revision" => Ok(GeneratedField::Revision),
                            "target" => Ok(GeneratedField::Target),
                            "baseline" => Ok(GeneratedField::Baseline),
                            "good" => Ok(GeneratedField::Good),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricRevised;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricRevised")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricRevised, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut revision__ = None;
                let mut target__ = None;
                let mut baseline__ = None;
                let mut good__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = map_.next_value()?;
                        }
                        GeneratedField::Baseline => {
                            if baseline__.is_some() {
                                return Err(serde::de::Error::duplicate_field("baseline"));
                            }
                            baseline__ = map_.next_value()?;
                        }
                        GeneratedField::Good => {
                            if good__.is_some() {
                                return Err(serde::de::Error::duplicate_field("good"));
                            }
                            good__ = map_.next_value::<::std::option::Option<Trend>>()?.map(|x| x as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricRevised {
                    revision: revision__,
                    target: target__,
                    baseline: baseline__,
                    good: good__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricRevised", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MetricType {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "METRIC_TYPE_UNSPECIFIED",
            Self::Leading => "METRIC_TYPE_LEADING",
            Self::Core => "METRIC_TYPE_CORE",
            Self::Lagging => "METRIC_TYPE_LAGGING",
            Self::Guardrail => "METRIC_TYPE_GUARDRAIL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for MetricType {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "METRIC_TYPE_UNSPECIFIED",
            "METRIC_TYPE_LEADING",
            "METRIC_TYPE_CORE",
            "METRIC_TYPE_LAGGING",
            "METRIC_TYPE_GUARDRAIL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = MetricType;

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
                    "METRIC_TYPE_UNSPECIFIED" => Ok(MetricType::Unspecified),
                    "METRIC_TYPE_LEADING" => Ok(MetricType::Leading),
                    "METRIC_TYPE_CORE" => Ok(MetricType::Core),
                    "METRIC_TYPE_LAGGING" => Ok(MetricType::Lagging),
                    "METRIC_TYPE_GUARDRAIL" => Ok(MetricType::Guardrail),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for MetricView {
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
        if self.r#type != 0 {
            len += 1;
        }
        if !self.state.is_empty() {
            len += 1;
        }
        if !self.unit.is_empty() {
            len += 1;
        }
        if self.good != 0 {
            len += 1;
        }
        if !self.target.is_empty() {
            len += 1;
        }
        if !self.baseline.is_empty() {
            len += 1;
        }
        if self.refresh_seconds != 0 {
            len += 1;
        }
        if !self.leads_to.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        if !self.last_value.is_empty() {
            len += 1;
        }
        if !self.last_window_end.is_empty() {
            len += 1;
        }
        if self.target_met != 0 {
            len += 1;
        }
        if self.duplicates != 0 {
            len += 1;
        }
        if self.late != 0 {
            len += 1;
        }
        if self.observations != 0 {
            len += 1;
        }
        if self.aggregation != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MetricView", len)?;
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
        if self.r#type != 0 {
            let v = MetricType::try_from(self.r#type)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.r#type)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        if !self.state.is_empty() {
            struct_ser.serialize_field("state", &self.state)?;
        }
        if !self.unit.is_empty() {
            struct_ser.serialize_field("unit", &self.unit)?;
        }
        if self.good != 0 {
            let v = Trend::try_from(self.good)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.good)))?;
            struct_ser.serialize_field("good", &v)?;
        }
        if !self.target.is_empty() {
            struct_ser.serialize_field("target", &self.target)?;
        }
        if !self.baseline.is_empty() {
            struct_ser.serialize_field("baseline", &self.baseline)?;
        }
        if self.refresh_seconds != 0 {
            struct_ser.serialize_field("refreshSeconds", &self.refresh_seconds)?;
        }
        if !self.leads_to.is_empty() {
            struct_ser.serialize_field("leadsTo", &self.leads_to)?;
        }
        if self.revision != 0 {
            struct_ser.serialize_field("revision", &self.revision)?;
        }
        if !self.last_value.is_empty() {
            struct_ser.serialize_field("lastValue", &self.last_value)?;
        }
        if !self.last_window_end.is_empty() {
            struct_ser.serialize_field("lastWindowEnd", &self.last_window_end)?;
        }
        if self.target_met != 0 {
            let v = super::super::v1::CheckState::try_from(self.target_met)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.target_met)))?;
            struct_ser.serialize_field("targetMet", &v)?;
        }
        if self.duplicates != 0 {
            struct_ser.serialize_field("duplicates", &self.duplicates)?;
        }
        if self.late != 0 {
            struct_ser.serialize_field("late", &self.late)?;
        }
        if self.observations != 0 {
            struct_ser.serialize_field("observations", &self.observations)?;
        }
        if self.aggregation != 0 {
            let v = Aggregation::try_from(self.aggregation)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.aggregation)))?;
            struct_ser.serialize_field("aggregation", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MetricView {
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
            "type",
            "state",
            "unit",
            "good",
            "target",
            "baseline",
            "refresh_seconds",
            "refreshSeconds",
            "leads_to",
            "leadsTo",
            "revision",
            "last_value",
            "lastValue",
            "last_window_end",
            "lastWindowEnd",
            "target_met",
            "targetMet",
            "duplicates",
            "late",
            "observations",
            "aggregation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            Version,
            Position,
            Key,
            Type,
            State,
            Unit,
            Good,
            Target,
            Baseline,
            RefreshSeconds,
            LeadsTo,
            Revision,
            LastValue,
            LastWindowEnd,
            TargetMet,
            Duplicates,
            Late,
            Observations,
            Aggregation,
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
                            "type" => Ok(GeneratedField::Type),
                            "state" => Ok(GeneratedField::State),
                            "unit" => Ok(GeneratedField::Unit),
                            "good" => Ok(GeneratedField::Good),
                            "target" => Ok(GeneratedField::Target),
                            "baseline" => Ok(GeneratedField::Baseline),
                            "refreshSeconds" | "refresh_seconds" => Ok(GeneratedField::RefreshSeconds),
                            "leadsTo" | "leads_to" => Ok(GeneratedField::LeadsTo),
                            "revision" => Ok(GeneratedField::Revision),
                            "lastValue" | "last_value" => Ok(GeneratedField::LastValue),
                            "lastWindowEnd" | "last_window_end" => Ok(GeneratedField::LastWindowEnd),
                            "targetMet" | "target_met" => Ok(GeneratedField::TargetMet),
                            "duplicates" => Ok(GeneratedField::Duplicates),
                            "late" => Ok(GeneratedField::Late),
                            "observations" => Ok(GeneratedField::Observations),
                            "aggregation" => Ok(GeneratedField::Aggregation),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MetricView;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MetricView")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MetricView, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut version__ = None;
                let mut position__ = None;
                let mut key__ = None;
                let mut r#type__ = None;
                let mut state__ = None;
                let mut unit__ = None;
                let mut good__ = None;
                let mut target__ = None;
                let mut baseline__ = None;
                let mut refresh_seconds__ = None;
                let mut leads_to__ = None;
                let mut revision__ = None;
                let mut last_value__ = None;
                let mut last_window_end__ = None;
                let mut target_met__ = None;
                let mut duplicates__ = None;
                let mut late__ = None;
                let mut observations__ = None;
                let mut aggregation__ = None;
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
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = Some(map_.next_value::<MetricType>()? as i32);
                        }
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unit => {
                            if unit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unit"));
                            }
                            unit__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Good => {
                            if good__.is_some() {
                                return Err(serde::de::Error::duplicate_field("good"));
                            }
                            good__ = Some(map_.next_value::<Trend>()? as i32);
                        }
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Baseline => {
                            if baseline__.is_some() {
                                return Err(serde::de::Error::duplicate_field("baseline"));
                            }
                            baseline__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RefreshSeconds => {
                            if refresh_seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refreshSeconds"));
                            }
                            refresh_seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LeadsTo => {
                            if leads_to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leadsTo"));
                            }
                            leads_to__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LastValue => {
                            if last_value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastValue"));
                            }
                            last_value__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastWindowEnd => {
                            if last_window_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastWindowEnd"));
                            }
                            last_window_end__ = Some(map_.next_value()?);
                        }
                        GeneratedField::TargetMet => {
                            if target_met__.is_some() {
                                return Err(serde::de::Error::duplicate_field("targetMet"));
                            }
                            target_met__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::Duplicates => {
                            if duplicates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("duplicates"));
                            }
                            duplicates__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Late => {
                            if late__.is_some() {
                                return Err(serde::de::Error::duplicate_field("late"));
                            }
                            late__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Observations => {
                            if observations__.is_some() {
                                return Err(serde::de::Error::duplicate_field("observations"));
                            }
                            observations__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Aggregation => {
                            if aggregation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("aggregation"));
                            }
                            aggregation__ = Some(map_.next_value::<Aggregation>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MetricView {
                    id: id__.unwrap_or_default(),
                    version: version__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    key: key__.unwrap_or_default(),
                    r#type: r#type__.unwrap_or_default(),
                    state: state__.unwrap_or_default(),
                    unit: unit__.unwrap_or_default(),
                    good: good__.unwrap_or_default(),
                    target: target__.unwrap_or_default(),
                    baseline: baseline__.unwrap_or_default(),
                    refresh_seconds: refresh_seconds__.unwrap_or_default(),
                    leads_to: leads_to__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                    last_value: last_value__.unwrap_or_default(),
                    last_window_end: last_window_end__.unwrap_or_default(),
                    target_met: target_met__.unwrap_or_default(),
                    duplicates: duplicates__.unwrap_or_default(),
                    late: late__.unwrap_or_default(),
                    observations: observations__.unwrap_or_default(),
                    aggregation: aggregation__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MetricView", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for MitigateIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.fix.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.MitigateIncident", len)?;
        if !self.fix.is_empty() {
            struct_ser.serialize_field("fix", &self.fix)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for MitigateIncident {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "fix",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Fix,
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
                            "fix" => Ok(GeneratedField::Fix),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = MitigateIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.MitigateIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<MitigateIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut fix__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Fix => {
                            if fix__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fix"));
                            }
                            fix__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(MitigateIncident {
                    fix: fix__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.MitigateIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ObservationsRetracted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.source.is_some() {
            len += 1;
        }
        if self.from.is_some() {
            len += 1;
        }
        if self.to.is_some() {
            len += 1;
        }
        if self.rows.is_some() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ObservationsRetracted", len)?;
        if let Some(v) = self.source.as_ref() {
            struct_ser.serialize_field("source", v)?;
        }
        if let Some(v) = self.from.as_ref() {
            struct_ser.serialize_field("from", v)?;
        }
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if let Some(v) = self.rows.as_ref() {
            struct_ser.serialize_field("rows", v)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ObservationsRetracted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "source",
            "from",
            "to",
            "rows",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Source,
            From,
            To,
            Rows,
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
                            "source" => Ok(GeneratedField::Source),
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            "rows" => Ok(GeneratedField::Rows),
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
            type Value = ObservationsRetracted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ObservationsRetracted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ObservationsRetracted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut source__ = None;
                let mut from__ = None;
                let mut to__ = None;
                let mut rows__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = map_.next_value()?;
                        }
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = map_.next_value()?;
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::Rows => {
                            if rows__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rows"));
                            }
                            rows__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
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
                Ok(ObservationsRetracted {
                    source: source__,
                    from: from__,
                    to: to__,
                    rows: rows__,
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ObservationsRetracted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ObservedRow {
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
        if !self.metric.is_empty() {
            len += 1;
        }
        if !self.source.is_empty() {
            len += 1;
        }
        if !self.window_start.is_empty() {
            len += 1;
        }
        if !self.window_end.is_empty() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.sum != 0. {
            len += 1;
        }
        if self.sum_of_squares != 0. {
            len += 1;
        }
        if self.min != 0. {
            len += 1;
        }
        if self.max != 0. {
            len += 1;
        }
        if self.rollout.is_some() {
            len += 1;
        }
        if self.stage.is_some() {
            len += 1;
        }
        if !self.arm.is_empty() {
            len += 1;
        }
        if !self.received_at.is_empty() {
            len += 1;
        }
        if self.plain {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ObservedRow", len)?;
        if !self.org.is_empty() {
            struct_ser.serialize_field("org", &self.org)?;
        }
        if !self.metric.is_empty() {
            struct_ser.serialize_field("metric", &self.metric)?;
        }
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if !self.window_start.is_empty() {
            struct_ser.serialize_field("windowStart", &self.window_start)?;
        }
        if !self.window_end.is_empty() {
            struct_ser.serialize_field("windowEnd", &self.window_end)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if self.sum != 0. {
            struct_ser.serialize_field("sum", &self.sum)?;
        }
        if self.sum_of_squares != 0. {
            struct_ser.serialize_field("sumOfSquares", &self.sum_of_squares)?;
        }
        if self.min != 0. {
            struct_ser.serialize_field("min", &self.min)?;
        }
        if self.max != 0. {
            struct_ser.serialize_field("max", &self.max)?;
        }
        if let Some(v) = self.rollout.as_ref() {
            struct_ser.serialize_field("rollout", v)?;
        }
        if let Some(v) = self.stage.as_ref() {
            struct_ser.serialize_field("stage", v)?;
        }
        if !self.arm.is_empty() {
            struct_ser.serialize_field("arm", &self.arm)?;
        }
        if !self.received_at.is_empty() {
            struct_ser.serialize_field("receivedAt", &self.received_at)?;
        }
        if self.plain {
            struct_ser.serialize_field("plain", &self.plain)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ObservedRow {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "org",
            "metric",
            "source",
            "window_start",
            "windowStart",
            "window_end",
            "windowEnd",
            "count",
            "sum",
            "sum_of_squares",
            "sumOfSquares",
            "min",
            "max",
            "rollout",
            "stage",
            "arm",
            "received_at",
            "receivedAt",
            "plain",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Org,
            Metric,
            Source,
            WindowStart,
            WindowEnd,
            Count,
            Sum,
            SumOfSquares,
            Min,
            Max,
            Rollout,
            Stage,
            Arm,
            ReceivedAt,
            Plain,
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
                            "metric" => Ok(GeneratedField::Metric),
                            "source" => Ok(GeneratedField::Source),
                            "windowStart" | "window_start" => Ok(GeneratedField::WindowStart),
                            "windowEnd" | "window_end" => Ok(GeneratedField::WindowEnd),
                            "count" => Ok(GeneratedField::Count),
                            "sum" => Ok(GeneratedField::Sum),
                            "sumOfSquares" | "sum_of_squares" => Ok(GeneratedField::SumOfSquares),
                            "min" => Ok(GeneratedField::Min),
                            "max" => Ok(GeneratedField::Max),
                            "rollout" => Ok(GeneratedField::Rollout),
                            "stage" => Ok(GeneratedField::Stage),
                            "arm" => Ok(GeneratedField::Arm),
                            "receivedAt" | "received_at" => Ok(GeneratedField::ReceivedAt),
                            "plain" => Ok(GeneratedField::Plain),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ObservedRow;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ObservedRow")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ObservedRow, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut org__ = None;
                let mut metric__ = None;
                let mut source__ = None;
                let mut window_start__ = None;
                let mut window_end__ = None;
                let mut count__ = None;
                let mut sum__ = None;
                let mut sum_of_squares__ = None;
                let mut min__ = None;
                let mut max__ = None;
                let mut rollout__ = None;
                let mut stage__ = None;
                let mut arm__ = None;
                let mut received_at__ = None;
                let mut plain__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Org => {
                            if org__.is_some() {
                                return Err(serde::de::Error::duplicate_field("org"));
                            }
                            org__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::WindowStart => {
                            if window_start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("windowStart"));
                            }
                            window_start__ = Some(map_.next_value()?);
                        }
                        GeneratedField::WindowEnd => {
                            if window_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("windowEnd"));
                            }
                            window_end__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Sum => {
                            if sum__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sum"));
                            }
                            sum__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SumOfSquares => {
                            if sum_of_squares__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sumOfSquares"));
                            }
                            sum_of_squares__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Min => {
                            if min__.is_some() {
                                return Err(serde::de::Error::duplicate_field("min"));
                            }
                            min__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Max => {
                            if max__.is_some() {
                                return Err(serde::de::Error::duplicate_field("max"));
                            }
                            max__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Rollout => {
                            if rollout__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rollout"));
                            }
                            rollout__ = map_.next_value()?;
                        }
                        GeneratedField::Stage => {
                            if stage__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stage"));
                            }
                            stage__ = map_.next_value()?;
                        }
                        GeneratedField::Arm => {
                            if arm__.is_some() {
                                return Err(serde::de::Error::duplicate_field("arm"));
                            }
                            arm__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ReceivedAt => {
                            if received_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receivedAt"));
                            }
                            received_at__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Plain => {
                            if plain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plain"));
                            }
                            plain__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ObservedRow {
                    org: org__.unwrap_or_default(),
                    metric: metric__.unwrap_or_default(),
                    source: source__.unwrap_or_default(),
                    window_start: window_start__.unwrap_or_default(),
                    window_end: window_end__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    sum: sum__.unwrap_or_default(),
                    sum_of_squares: sum_of_squares__.unwrap_or_default(),
                    min: min__.unwrap_or_default(),
                    max: max__.unwrap_or_default(),
                    rollout: rollout__,
                    stage: stage__,
                    arm: arm__.unwrap_or_default(),
                    received_at: received_at__.unwrap_or_default(),
                    plain: plain__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ObservedRow", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RearmGuardrail {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.RearmGuardrail", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RearmGuardrail {
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
            type Value = RearmGuardrail;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.RearmGuardrail")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RearmGuardrail, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RearmGuardrail {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.RearmGuardrail", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReclassifyIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.severity != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ReclassifyIncident", len)?;
        if self.severity != 0 {
            let v = Severity::try_from(self.severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.severity)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReclassifyIncident {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "severity",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Severity,
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
                            "severity" => Ok(GeneratedField::Severity),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReclassifyIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ReclassifyIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReclassifyIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut severity__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReclassifyIncident {
                    severity: severity__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ReclassifyIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReconsiderGuardrail {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.state != 0 {
            len += 1;
        }
        if !self.as_of.is_empty() {
            len += 1;
        }
        if !self.seen.is_empty() {
            len += 1;
        }
        if self.sample != 0 {
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
        if !self.flag_id.is_empty() {
            len += 1;
        }
        if !self.bet_id.is_empty() {
            len += 1;
        }
        if !self.unfounded.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ReconsiderGuardrail", len)?;
        if self.state != 0 {
            let v = super::super::v1::CheckState::try_from(self.state)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.state)))?;
            struct_ser.serialize_field("state", &v)?;
        }
        if !self.as_of.is_empty() {
            struct_ser.serialize_field("asOf", &self.as_of)?;
        }
        if !self.seen.is_empty() {
            struct_ser.serialize_field("seen", &self.seen)?;
        }
        if self.sample != 0 {
            struct_ser.serialize_field("sample", &self.sample)?;
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
        if !self.flag_id.is_empty() {
            struct_ser.serialize_field("flagId", &self.flag_id)?;
        }
        if !self.bet_id.is_empty() {
            struct_ser.serialize_field("betId", &self.bet_id)?;
        }
        if !self.unfounded.is_empty() {
            struct_ser.serialize_field("unfounded", &self.unfounded)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReconsiderGuardrail {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "state",
            "as_of",
            "asOf",
            "seen",
            "sample",
            "stage",
            "stage_index",
            "stageIndex",
            "attempt",
            "flag_id",
            "flagId",
            "bet_id",
            "betId",
            "unfounded",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            State,
            AsOf,
            Seen,
            Sample,
            Stage,
            StageIndex,
            Attempt,
            FlagId,
            BetId,
            Unfounded,
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
                            "state" => Ok(GeneratedField::State),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "seen" => Ok(GeneratedField::Seen),
                            "sample" => Ok(GeneratedField::Sample),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "unfounded" => Ok(GeneratedField::Unfounded),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReconsiderGuardrail;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ReconsiderGuardrail")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReconsiderGuardrail, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut state__ = None;
                let mut as_of__ = None;
                let mut seen__ = None;
                let mut sample__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut flag_id__ = None;
                let mut bet_id__ = None;
                let mut unfounded__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::State => {
                            if state__.is_some() {
                                return Err(serde::de::Error::duplicate_field("state"));
                            }
                            state__ = Some(map_.next_value::<super::super::v1::CheckState>()? as i32);
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sample => {
                            if sample__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sample"));
                            }
                            sample__ = 
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
                        GeneratedField::FlagId => {
                            if flag_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("flagId"));
                            }
                            flag_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BetId => {
                            if bet_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("betId"));
                            }
                            bet_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Unfounded => {
                            if unfounded__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unfounded"));
                            }
                            unfounded__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReconsiderGuardrail {
                    state: state__.unwrap_or_default(),
                    as_of: as_of__.unwrap_or_default(),
                    seen: seen__.unwrap_or_default(),
                    sample: sample__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    stage_index: stage_index__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    flag_id: flag_id__.unwrap_or_default(),
                    bet_id: bet_id__.unwrap_or_default(),
                    unfounded: unfounded__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ReconsiderGuardrail", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReopenIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.ReopenIncident", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReopenIncident {
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
            type Value = ReopenIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ReopenIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReopenIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ReopenIncident {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ReopenIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReportIncident {
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
        if !self.cause.is_empty() {
            len += 1;
        }
        if self.severity != 0 {
            len += 1;
        }
        if !self.title.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ReportIncident", len)?;
        if !self.rollout_id.is_empty() {
            struct_ser.serialize_field("rolloutId", &self.rollout_id)?;
        }
        if !self.stage.is_empty() {
            struct_ser.serialize_field("stage", &self.stage)?;
        }
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        if !self.cause.is_empty() {
            struct_ser.serialize_field("cause", &self.cause)?;
        }
        if self.severity != 0 {
            let v = Severity::try_from(self.severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.severity)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReportIncident {
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
            "cause",
            "severity",
            "title",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            Attempt,
            Cause,
            Severity,
            Title,
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
                            "cause" => Ok(GeneratedField::Cause),
                            "severity" => Ok(GeneratedField::Severity),
                            "title" => Ok(GeneratedField::Title),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReportIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ReportIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReportIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut attempt__ = None;
                let mut cause__ = None;
                let mut severity__ = None;
                let mut title__ = None;
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
                        GeneratedField::Cause => {
                            if cause__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cause"));
                            }
                            cause__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReportIncident {
                    rollout_id: rollout_id__.unwrap_or_default(),
                    stage: stage__.unwrap_or_default(),
                    attempt: attempt__.unwrap_or_default(),
                    cause: cause__.unwrap_or_default(),
                    severity: severity__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ReportIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ResolveIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.verification.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ResolveIncident", len)?;
        if !self.verification.is_empty() {
            struct_ser.serialize_field("verification", &self.verification)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ResolveIncident {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verification",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verification,
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
                            "verification" => Ok(GeneratedField::Verification),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ResolveIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ResolveIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ResolveIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verification__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ResolveIncident {
                    verification: verification__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ResolveIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ResponseStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.ResponseStarted", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ResponseStarted {
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
            type Value = ResponseStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ResponseStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ResponseStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ResponseStarted {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ResponseStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RestoreMetric {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.RestoreMetric", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestoreMetric {
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
            type Value = RestoreMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.RestoreMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestoreMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RestoreMetric {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.RestoreMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetireMetric {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.RetireMetric", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetireMetric {
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
            type Value = RetireMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.RetireMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetireMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RetireMetric {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.RetireMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetractBreach {
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
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.RetractBreach", len)?;
        if self.attempt != 0 {
            struct_ser.serialize_field("attempt", &self.attempt)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetractBreach {
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
            type Value = RetractBreach;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.RetractBreach")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetractBreach, V::Error>
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
                Ok(RetractBreach {
                    attempt: attempt__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.RetractBreach", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetractObservations {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.source.is_empty() {
            len += 1;
        }
        if !self.from.is_empty() {
            len += 1;
        }
        if !self.to.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.RetractObservations", len)?;
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if !self.from.is_empty() {
            struct_ser.serialize_field("from", &self.from)?;
        }
        if !self.to.is_empty() {
            struct_ser.serialize_field("to", &self.to)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetractObservations {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "source",
            "from",
            "to",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Source,
            From,
            To,
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
                            "source" => Ok(GeneratedField::Source),
                            "from" => Ok(GeneratedField::From),
                            "to" => Ok(GeneratedField::To),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RetractObservations;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.RetractObservations")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetractObservations, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut source__ = None;
                let mut from__ = None;
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = Some(map_.next_value()?);
                        }
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(RetractObservations {
                    source: source__.unwrap_or_default(),
                    from: from__.unwrap_or_default(),
                    to: to__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.RetractObservations", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReviseMetric {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.target.is_empty() {
            len += 1;
        }
        if !self.baseline.is_empty() {
            len += 1;
        }
        if self.good != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.ReviseMetric", len)?;
        if !self.target.is_empty() {
            struct_ser.serialize_field("target", &self.target)?;
        }
        if !self.baseline.is_empty() {
            struct_ser.serialize_field("baseline", &self.baseline)?;
        }
        if self.good != 0 {
            let v = Trend::try_from(self.good)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.good)))?;
            struct_ser.serialize_field("good", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReviseMetric {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "target",
            "baseline",
            "good",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Target,
            Baseline,
            Good,
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
                            "target" => Ok(GeneratedField::Target),
                            "baseline" => Ok(GeneratedField::Baseline),
                            "good" => Ok(GeneratedField::Good),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReviseMetric;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.ReviseMetric")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReviseMetric, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut target__ = None;
                let mut baseline__ = None;
                let mut good__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Target => {
                            if target__.is_some() {
                                return Err(serde::de::Error::duplicate_field("target"));
                            }
                            target__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Baseline => {
                            if baseline__.is_some() {
                                return Err(serde::de::Error::duplicate_field("baseline"));
                            }
                            baseline__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Good => {
                            if good__.is_some() {
                                return Err(serde::de::Error::duplicate_field("good"));
                            }
                            good__ = Some(map_.next_value::<Trend>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(ReviseMetric {
                    target: target__.unwrap_or_default(),
                    baseline: baseline__.unwrap_or_default(),
                    good: good__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.ReviseMetric", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SetEffect {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.effect != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.SetEffect", len)?;
        if self.effect != 0 {
            let v = GuardrailEffect::try_from(self.effect)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.effect)))?;
            struct_ser.serialize_field("effect", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SetEffect {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "effect",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Effect,
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
                            "effect" => Ok(GeneratedField::Effect),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SetEffect;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.SetEffect")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SetEffect, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut effect__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Effect => {
                            if effect__.is_some() {
                                return Err(serde::de::Error::duplicate_field("effect"));
                            }
                            effect__ = Some(map_.next_value::<GuardrailEffect>()? as i32);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(SetEffect {
                    effect: effect__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.SetEffect", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Severity {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SEVERITY_UNSPECIFIED",
            Self::P0 => "SEVERITY_P0",
            Self::P1 => "SEVERITY_P1",
            Self::P2 => "SEVERITY_P2",
            Self::P3 => "SEVERITY_P3",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Severity {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SEVERITY_UNSPECIFIED",
            "SEVERITY_P0",
            "SEVERITY_P1",
            "SEVERITY_P2",
            "SEVERITY_P3",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Severity;

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
                    "SEVERITY_UNSPECIFIED" => Ok(Severity::Unspecified),
                    "SEVERITY_P0" => Ok(Severity::P0),
                    "SEVERITY_P1" => Ok(Severity::P1),
                    "SEVERITY_P2" => Ok(Severity::P2),
                    "SEVERITY_P3" => Ok(Severity::P3),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for StartResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("verdict.metrics.v1.StartResponse", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StartResponse {
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
            type Value = StartResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.StartResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StartResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(StartResponse {
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.StartResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Threshold {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.comparison.is_some() {
            len += 1;
        }
        if self.value.is_some() {
            len += 1;
        }
        if self.for_points.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.Threshold", len)?;
        if let Some(v) = self.comparison.as_ref() {
            let v = Comparison::try_from(*v)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
            struct_ser.serialize_field("comparison", &v)?;
        }
        if let Some(v) = self.value.as_ref() {
            struct_ser.serialize_field("value", v)?;
        }
        if let Some(v) = self.for_points.as_ref() {
            struct_ser.serialize_field("forPoints", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Threshold {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "comparison",
            "value",
            "for_points",
            "forPoints",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Comparison,
            Value,
            ForPoints,
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
                            "comparison" => Ok(GeneratedField::Comparison),
                            "value" => Ok(GeneratedField::Value),
                            "forPoints" | "for_points" => Ok(GeneratedField::ForPoints),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Threshold;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.Threshold")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Threshold, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut comparison__ = None;
                let mut value__ = None;
                let mut for_points__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Comparison => {
                            if comparison__.is_some() {
                                return Err(serde::de::Error::duplicate_field("comparison"));
                            }
                            comparison__ = map_.next_value::<::std::option::Option<Comparison>>()?.map(|x| x as i32);
                        }
                        GeneratedField::Value => {
                            if value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("value"));
                            }
                            value__ = map_.next_value()?;
                        }
                        GeneratedField::ForPoints => {
                            if for_points__.is_some() {
                                return Err(serde::de::Error::duplicate_field("forPoints"));
                            }
                            for_points__ = 
                                map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| x.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Threshold {
                    comparison: comparison__,
                    value: value__,
                    for_points: for_points__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.Threshold", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Trend {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "TREND_UNSPECIFIED",
            Self::Increase => "TREND_INCREASE",
            Self::Decrease => "TREND_DECREASE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Trend {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "TREND_UNSPECIFIED",
            "TREND_INCREASE",
            "TREND_DECREASE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Trend;

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
                    "TREND_UNSPECIFIED" => Ok(Trend::Unspecified),
                    "TREND_INCREASE" => Ok(Trend::Increase),
                    "TREND_DECREASE" => Ok(Trend::Decrease),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for TriageIncident {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.severity != 0 {
            len += 1;
        }
        if !self.team.is_empty() {
            len += 1;
        }
        if !self.stakeholders.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.TriageIncident", len)?;
        if self.severity != 0 {
            let v = Severity::try_from(self.severity)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.severity)))?;
            struct_ser.serialize_field("severity", &v)?;
        }
        if !self.team.is_empty() {
            struct_ser.serialize_field("team", &self.team)?;
        }
        if !self.stakeholders.is_empty() {
            struct_ser.serialize_field("stakeholders", &self.stakeholders)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TriageIncident {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "severity",
            "team",
            "stakeholders",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Severity,
            Team,
            Stakeholders,
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
                            "severity" => Ok(GeneratedField::Severity),
                            "team" => Ok(GeneratedField::Team),
                            "stakeholders" => Ok(GeneratedField::Stakeholders),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TriageIncident;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.TriageIncident")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TriageIncident, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut severity__ = None;
                let mut team__ = None;
                let mut stakeholders__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Severity => {
                            if severity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("severity"));
                            }
                            severity__ = Some(map_.next_value::<Severity>()? as i32);
                        }
                        GeneratedField::Team => {
                            if team__.is_some() {
                                return Err(serde::de::Error::duplicate_field("team"));
                            }
                            team__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stakeholders => {
                            if stakeholders__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stakeholders"));
                            }
                            stakeholders__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(TriageIncident {
                    severity: severity__.unwrap_or_default(),
                    team: team__.unwrap_or_default(),
                    stakeholders: stakeholders__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.TriageIncident", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerifyInstrumentation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.source.is_empty() {
            len += 1;
        }
        if !self.window_end.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.VerifyInstrumentation", len)?;
        if !self.source.is_empty() {
            struct_ser.serialize_field("source", &self.source)?;
        }
        if !self.window_end.is_empty() {
            struct_ser.serialize_field("windowEnd", &self.window_end)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VerifyInstrumentation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "source",
            "window_end",
            "windowEnd",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Source,
            WindowEnd,
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
                            "source" => Ok(GeneratedField::Source),
                            "windowEnd" | "window_end" => Ok(GeneratedField::WindowEnd),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VerifyInstrumentation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.VerifyInstrumentation")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VerifyInstrumentation, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut source__ = None;
                let mut window_end__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Source => {
                            if source__.is_some() {
                                return Err(serde::de::Error::duplicate_field("source"));
                            }
                            source__ = Some(map_.next_value()?);
                        }
                        GeneratedField::WindowEnd => {
                            if window_end__.is_some() {
                                return Err(serde::de::Error::duplicate_field("windowEnd"));
                            }
                            window_end__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(VerifyInstrumentation {
                    source: source__.unwrap_or_default(),
                    window_end: window_end__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.VerifyInstrumentation", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WouldHaveBreached {
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
        if self.stage_index.is_some() {
            len += 1;
        }
        if self.attempt.is_some() {
            len += 1;
        }
        if self.flag_id.is_some() {
            len += 1;
        }
        if self.bet_id.is_some() {
            len += 1;
        }
        if self.metric.is_some() {
            len += 1;
        }
        if self.as_of.is_some() {
            len += 1;
        }
        if self.required.is_some() {
            len += 1;
        }
        if self.seen.is_some() {
            len += 1;
        }
        if self.critical.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.metrics.v1.WouldHaveBreached", len)?;
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
        if let Some(v) = self.flag_id.as_ref() {
            struct_ser.serialize_field("flagId", v)?;
        }
        if let Some(v) = self.bet_id.as_ref() {
            struct_ser.serialize_field("betId", v)?;
        }
        if let Some(v) = self.metric.as_ref() {
            struct_ser.serialize_field("metric", v)?;
        }
        if let Some(v) = self.as_of.as_ref() {
            struct_ser.serialize_field("asOf", v)?;
        }
        if let Some(v) = self.required.as_ref() {
            struct_ser.serialize_field("required", v)?;
        }
        if let Some(v) = self.seen.as_ref() {
            struct_ser.serialize_field("seen", v)?;
        }
        if let Some(v) = self.critical.as_ref() {
            struct_ser.serialize_field("critical", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WouldHaveBreached {
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
            "flag_id",
            "flagId",
            "bet_id",
            "betId",
            "metric",
            "as_of",
            "asOf",
            "required",
            "seen",
            "critical",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RolloutId,
            Stage,
            StageIndex,
            Attempt,
            FlagId,
            BetId,
            Metric,
            AsOf,
            Required,
            Seen,
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
                            "rolloutId" | "rollout_id" => Ok(GeneratedField::RolloutId),
                            "stage" => Ok(GeneratedField::Stage),
                            "stageIndex" | "stage_index" => Ok(GeneratedField::StageIndex),
                            "attempt" => Ok(GeneratedField::Attempt),
                            "flagId" | "flag_id" => Ok(GeneratedField::FlagId),
                            "betId" | "bet_id" => Ok(GeneratedField::BetId),
                            "metric" => Ok(GeneratedField::Metric),
                            "asOf" | "as_of" => Ok(GeneratedField::AsOf),
                            "required" => Ok(GeneratedField::Required),
                            "seen" => Ok(GeneratedField::Seen),
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
            type Value = WouldHaveBreached;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.metrics.v1.WouldHaveBreached")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WouldHaveBreached, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut rollout_id__ = None;
                let mut stage__ = None;
                let mut stage_index__ = None;
                let mut attempt__ = None;
                let mut flag_id__ = None;
                let mut bet_id__ = None;
                let mut metric__ = None;
                let mut as_of__ = None;
                let mut required__ = None;
                let mut seen__ = None;
                let mut critical__ = None;
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
                        GeneratedField::Metric => {
                            if metric__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metric"));
                            }
                            metric__ = map_.next_value()?;
                        }
                        GeneratedField::AsOf => {
                            if as_of__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asOf"));
                            }
                            as_of__ = map_.next_value()?;
                        }
                        GeneratedField::Required => {
                            if required__.is_some() {
                                return Err(serde::de::Error::duplicate_field("required"));
                            }
                            required__ = map_.next_value()?;
                        }
                        GeneratedField::Seen => {
                            if seen__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seen"));
                            }
                            seen__ = map_.next_value()?;
                        }
                        GeneratedField::Critical => {
                            if critical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("critical"));
                            }
                            critical__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(WouldHaveBreached {
                    rollout_id: rollout_id__,
                    stage: stage__,
                    stage_index: stage_index__,
                    attempt: attempt__,
                    flag_id: flag_id__,
                    bet_id: bet_id__,
                    metric: metric__,
                    as_of: as_of__,
                    required: required__,
                    seen: seen__,
                    critical: critical__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.metrics.v1.WouldHaveBreached", FIELDS, GeneratedVisitor)
    }
}
