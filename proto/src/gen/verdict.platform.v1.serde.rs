impl serde::Serialize for AdvanceReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.now.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.stops.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.AdvanceReply", len)?;
        if !self.now.is_empty() {
            struct_ser.serialize_field("now", &self.now)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.stops.is_empty() {
            struct_ser.serialize_field("stops", &self.stops)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AdvanceReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "now",
            "position",
            "stops",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Now,
            Position,
            Stops,
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
                            "now" => Ok(GeneratedField::Now),
                            "position" => Ok(GeneratedField::Position),
                            "stops" => Ok(GeneratedField::Stops),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AdvanceReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.AdvanceReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AdvanceReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut now__ = None;
                let mut position__ = None;
                let mut stops__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Now => {
                            if now__.is_some() {
                                return Err(serde::de::Error::duplicate_field("now"));
                            }
                            now__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stops => {
                            if stops__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stops"));
                            }
                            stops__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AdvanceReply {
                    now: now__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    stops: stops__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.AdvanceReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AdvanceRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.command_id.is_empty() {
            len += 1;
        }
        if self.seconds != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.AdvanceRequest", len)?;
        if !self.command_id.is_empty() {
            struct_ser.serialize_field("commandId", &self.command_id)?;
        }
        if self.seconds != 0 {
            struct_ser.serialize_field("seconds", &self.seconds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AdvanceRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "command_id",
            "commandId",
            "seconds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            CommandId,
            Seconds,
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
                            "commandId" | "command_id" => Ok(GeneratedField::CommandId),
                            "seconds" => Ok(GeneratedField::Seconds),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AdvanceRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.AdvanceRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AdvanceRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut command_id__ = None;
                let mut seconds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::CommandId => {
                            if command_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("commandId"));
                            }
                            command_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Seconds => {
                            if seconds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("seconds"));
                            }
                            seconds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(AdvanceRequest {
                    command_id: command_id__.unwrap_or_default(),
                    seconds: seconds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.AdvanceRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LoggedEvent {
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
        if !self.stream.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        if !self.r#type.is_empty() {
            len += 1;
        }
        if !self.id.is_empty() {
            len += 1;
        }
        if !self.data.is_empty() {
            len += 1;
        }
        if !self.metadata.is_empty() {
            len += 1;
        }
        if !self.created.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.LoggedEvent", len)?;
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.stream.is_empty() {
            struct_ser.serialize_field("stream", &self.stream)?;
        }
        if self.revision != 0 {
            struct_ser.serialize_field("revision", &self.revision)?;
        }
        if !self.r#type.is_empty() {
            struct_ser.serialize_field("type", &self.r#type)?;
        }
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if !self.data.is_empty() {
            struct_ser.serialize_field("data", &self.data)?;
        }
        if !self.metadata.is_empty() {
            struct_ser.serialize_field("metadata", &self.metadata)?;
        }
        if !self.created.is_empty() {
            struct_ser.serialize_field("created", &self.created)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LoggedEvent {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "position",
            "stream",
            "revision",
            "type",
            "id",
            "data",
            "metadata",
            "created",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Position,
            Stream,
            Revision,
            Type,
            Id,
            Data,
            Metadata,
            Created,
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
                            "stream" => Ok(GeneratedField::Stream),
                            "revision" => Ok(GeneratedField::Revision),
                            "type" => Ok(GeneratedField::Type),
                            "id" => Ok(GeneratedField::Id),
                            "data" => Ok(GeneratedField::Data),
                            "metadata" => Ok(GeneratedField::Metadata),
                            "created" => Ok(GeneratedField::Created),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LoggedEvent;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.LoggedEvent")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LoggedEvent, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut position__ = None;
                let mut stream__ = None;
                let mut revision__ = None;
                let mut r#type__ = None;
                let mut id__ = None;
                let mut data__ = None;
                let mut metadata__ = None;
                let mut created__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Stream => {
                            if stream__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stream"));
                            }
                            stream__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Data => {
                            if data__.is_some() {
                                return Err(serde::de::Error::duplicate_field("data"));
                            }
                            data__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Metadata => {
                            if metadata__.is_some() {
                                return Err(serde::de::Error::duplicate_field("metadata"));
                            }
                            metadata__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Created => {
                            if created__.is_some() {
                                return Err(serde::de::Error::duplicate_field("created"));
                            }
                            created__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(LoggedEvent {
                    position: position__.unwrap_or_default(),
                    stream: stream__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                    r#type: r#type__.unwrap_or_default(),
                    id: id__.unwrap_or_default(),
                    data: data__.unwrap_or_default(),
                    metadata: metadata__.unwrap_or_default(),
                    created: created__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.LoggedEvent", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Role {
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
        if self.ready {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if self.idle {
            len += 1;
        }
        if !self.due.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.Role", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.ready {
            struct_ser.serialize_field("ready", &self.ready)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if self.idle {
            struct_ser.serialize_field("idle", &self.idle)?;
        }
        if !self.due.is_empty() {
            struct_ser.serialize_field("due", &self.due)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Role {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "ready",
            "reason",
            "position",
            "idle",
            "due",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Ready,
            Reason,
            Position,
            Idle,
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
                            "name" => Ok(GeneratedField::Name),
                            "ready" => Ok(GeneratedField::Ready),
                            "reason" => Ok(GeneratedField::Reason),
                            "position" => Ok(GeneratedField::Position),
                            "idle" => Ok(GeneratedField::Idle),
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
            type Value = Role;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.Role")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Role, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut ready__ = None;
                let mut reason__ = None;
                let mut position__ = None;
                let mut idle__ = None;
                let mut due__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Ready => {
                            if ready__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ready"));
                            }
                            ready__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Idle => {
                            if idle__.is_some() {
                                return Err(serde::de::Error::duplicate_field("idle"));
                            }
                            idle__ = Some(map_.next_value()?);
                        }
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
                Ok(Role {
                    name: name__.unwrap_or_default(),
                    ready: ready__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    idle: idle__.unwrap_or_default(),
                    due: due__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.Role", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StatusReply {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.version.is_empty() {
            len += 1;
        }
        if !self.now.is_empty() {
            len += 1;
        }
        if self.virtual_clock {
            len += 1;
        }
        if !self.log_id.is_empty() {
            len += 1;
        }
        if !self.position.is_empty() {
            len += 1;
        }
        if !self.roles.is_empty() {
            len += 1;
        }
        if !self.replica.is_empty() {
            len += 1;
        }
        if !self.services.is_empty() {
            len += 1;
        }
        if !self.changed.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.StatusReply", len)?;
        if !self.version.is_empty() {
            struct_ser.serialize_field("version", &self.version)?;
        }
        if !self.now.is_empty() {
            struct_ser.serialize_field("now", &self.now)?;
        }
        if self.virtual_clock {
            struct_ser.serialize_field("virtualClock", &self.virtual_clock)?;
        }
        if !self.log_id.is_empty() {
            struct_ser.serialize_field("logId", &self.log_id)?;
        }
        if !self.position.is_empty() {
            struct_ser.serialize_field("position", &self.position)?;
        }
        if !self.roles.is_empty() {
            struct_ser.serialize_field("roles", &self.roles)?;
        }
        if !self.replica.is_empty() {
            struct_ser.serialize_field("replica", &self.replica)?;
        }
        if !self.services.is_empty() {
            struct_ser.serialize_field("services", &self.services)?;
        }
        if !self.changed.is_empty() {
            struct_ser.serialize_field("changed", &self.changed)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StatusReply {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "version",
            "now",
            "virtual_clock",
            "virtualClock",
            "log_id",
            "logId",
            "position",
            "roles",
            "replica",
            "services",
            "changed",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Version,
            Now,
            VirtualClock,
            LogId,
            Position,
            Roles,
            Replica,
            Services,
            Changed,
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
                            "now" => Ok(GeneratedField::Now),
                            "virtualClock" | "virtual_clock" => Ok(GeneratedField::VirtualClock),
                            "logId" | "log_id" => Ok(GeneratedField::LogId),
                            "position" => Ok(GeneratedField::Position),
                            "roles" => Ok(GeneratedField::Roles),
                            "replica" => Ok(GeneratedField::Replica),
                            "services" => Ok(GeneratedField::Services),
                            "changed" => Ok(GeneratedField::Changed),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StatusReply;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.StatusReply")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StatusReply, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut version__ = None;
                let mut now__ = None;
                let mut virtual_clock__ = None;
                let mut log_id__ = None;
                let mut position__ = None;
                let mut roles__ = None;
                let mut replica__ = None;
                let mut services__ = None;
                let mut changed__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Version => {
                            if version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("version"));
                            }
                            version__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Now => {
                            if now__.is_some() {
                                return Err(serde::de::Error::duplicate_field("now"));
                            }
                            now__ = Some(map_.next_value()?);
                        }
                        GeneratedField::VirtualClock => {
                            if virtual_clock__.is_some() {
                                return Err(serde::de::Error::duplicate_field("virtualClock"));
                            }
                            virtual_clock__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LogId => {
                            if log_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("logId"));
                            }
                            log_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Position => {
                            if position__.is_some() {
                                return Err(serde::de::Error::duplicate_field("position"));
                            }
                            position__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Roles => {
                            if roles__.is_some() {
                                return Err(serde::de::Error::duplicate_field("roles"));
                            }
                            roles__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Replica => {
                            if replica__.is_some() {
                                return Err(serde::de::Error::duplicate_field("replica"));
                            }
                            replica__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Services => {
                            if services__.is_some() {
                                return Err(serde::de::Error::duplicate_field("services"));
                            }
                            services__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Changed => {
                            if changed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("changed"));
                            }
                            changed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StatusReply {
                    version: version__.unwrap_or_default(),
                    now: now__.unwrap_or_default(),
                    virtual_clock: virtual_clock__.unwrap_or_default(),
                    log_id: log_id__.unwrap_or_default(),
                    position: position__.unwrap_or_default(),
                    roles: roles__.unwrap_or_default(),
                    replica: replica__.unwrap_or_default(),
                    services: services__.unwrap_or_default(),
                    changed: changed__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.StatusReply", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for StatusRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.settled {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.StatusRequest", len)?;
        if self.settled {
            struct_ser.serialize_field("settled", &self.settled)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StatusRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "settled",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Settled,
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
                            "settled" => Ok(GeneratedField::Settled),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StatusRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.StatusRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StatusRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut settled__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Settled => {
                            if settled__.is_some() {
                                return Err(serde::de::Error::duplicate_field("settled"));
                            }
                            settled__ = Some(map_.next_value()?);
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(StatusRequest {
                    settled: settled__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.StatusRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TailRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.after.is_empty() {
            len += 1;
        }
        if self.follow {
            len += 1;
        }
        if !self.prefixes.is_empty() {
            len += 1;
        }
        if self.limit != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.TailRequest", len)?;
        if !self.after.is_empty() {
            struct_ser.serialize_field("after", &self.after)?;
        }
        if self.follow {
            struct_ser.serialize_field("follow", &self.follow)?;
        }
        if !self.prefixes.is_empty() {
            struct_ser.serialize_field("prefixes", &self.prefixes)?;
        }
        if self.limit != 0 {
            struct_ser.serialize_field("limit", &self.limit)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TailRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "after",
            "follow",
            "prefixes",
            "limit",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            After,
            Follow,
            Prefixes,
            Limit,
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
                            "after" => Ok(GeneratedField::After),
                            "follow" => Ok(GeneratedField::Follow),
                            "prefixes" => Ok(GeneratedField::Prefixes),
                            "limit" => Ok(GeneratedField::Limit),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TailRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.TailRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TailRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut after__ = None;
                let mut follow__ = None;
                let mut prefixes__ = None;
                let mut limit__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::After => {
                            if after__.is_some() {
                                return Err(serde::de::Error::duplicate_field("after"));
                            }
                            after__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Follow => {
                            if follow__.is_some() {
                                return Err(serde::de::Error::duplicate_field("follow"));
                            }
                            follow__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Prefixes => {
                            if prefixes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("prefixes"));
                            }
                            prefixes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Limit => {
                            if limit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("limit"));
                            }
                            limit__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(TailRequest {
                    after: after__.unwrap_or_default(),
                    follow: follow__.unwrap_or_default(),
                    prefixes: prefixes__.unwrap_or_default(),
                    limit: limit__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.TailRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VirtualTimeMoved {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.to.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.VirtualTimeMoved", len)?;
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VirtualTimeMoved {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "to",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
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
            type Value = VirtualTimeMoved;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.VirtualTimeMoved")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VirtualTimeMoved, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(VirtualTimeMoved {
                    to: to__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.VirtualTimeMoved", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VirtualTimeStarted {
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
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.VirtualTimeStarted", len)?;
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VirtualTimeStarted {
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
            type Value = VirtualTimeStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.VirtualTimeStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VirtualTimeStarted, V::Error>
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
                Ok(VirtualTimeStarted {
                    at: at__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.VirtualTimeStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VirtualTimeTargeted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.to.is_some() {
            len += 1;
        }
        if self.command_id.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("verdict.platform.v1.VirtualTimeTargeted", len)?;
        if let Some(v) = self.to.as_ref() {
            struct_ser.serialize_field("to", v)?;
        }
        if let Some(v) = self.command_id.as_ref() {
            struct_ser.serialize_field("commandId", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for VirtualTimeTargeted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "to",
            "command_id",
            "commandId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            To,
            CommandId,
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
                            "to" => Ok(GeneratedField::To),
                            "commandId" | "command_id" => Ok(GeneratedField::CommandId),
                            _ => Ok(GeneratedField::__SkipField__),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = VirtualTimeTargeted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct verdict.platform.v1.VirtualTimeTargeted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<VirtualTimeTargeted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to__ = None;
                let mut command_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::To => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("to"));
                            }
                            to__ = map_.next_value()?;
                        }
                        GeneratedField::CommandId => {
                            if command_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("commandId"));
                            }
                            command_id__ = map_.next_value()?;
                        }
                        GeneratedField::__SkipField__ => {
                            let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(VirtualTimeTargeted {
                    to: to__,
                    command_id: command_id__,
                })
            }
        }
        deserializer.deserialize_struct("verdict.platform.v1.VirtualTimeTargeted", FIELDS, GeneratedVisitor)
    }
}
