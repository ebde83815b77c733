//! The contracts as descriptors that a program reads while it runs: the services, what is published, and all that they speak
//! of, with options and comments. Where in a file something stands is left out.

use std::path::Path;

use prost::Message;
use protox::prost_reflect::{DescriptorPool, DynamicMessage, Value};

use crate::files_below;

/// An encoded `FileDescriptorSet`.
pub fn encoded(root: &Path) -> Vec<u8> {
    let mut files = files_below(&root.join("verdict"), "proto");
    files.retain(|path| path.ends_with("service.proto") || path.ends_with("events.proto"));
    let mut compiler = protox::Compiler::new([root]).unwrap();
    compiler.include_imports(true).include_source_info(true).open_files(files).unwrap();
    let kind = DescriptorPool::global().get_message_by_name("google.protobuf.FileDescriptorSet").unwrap();
    let bytes = compiler.encode_file_descriptor_set();
    // A message that knows nothing of the options keeps them as they are.
    let mut set = DynamicMessage::decode(kind, bytes.as_slice()).unwrap();
    for file in messages(&mut set, "file") {
        if let Some(Value::Message(source)) = file.get_field_by_name_mut("source_code_info") {
            keep_comments(source);
        }
    }
    set.encode_to_vec()
}

fn keep_comments(source: &mut DynamicMessage) {
    let Some(Value::List(locations)) = source.get_field_by_name_mut("location") else {
        return;
    };
    locations.retain(|location| location.as_message().unwrap().has_field_by_name("leading_comments"));
    for location in locations.iter_mut().filter_map(Value::as_message_mut) {
        for elsewhere in ["span", "trailing_comments", "leading_detached_comments"] {
            location.clear_field_by_name(elsewhere);
        }
    }
}

fn messages<'m>(
    of: &'m mut DynamicMessage,
    field: &str,
) -> impl Iterator<Item = &'m mut DynamicMessage> + use<'m> {
    let list = of.get_field_by_name_mut(field).and_then(Value::as_list_mut).unwrap();
    list.iter_mut().filter_map(Value::as_message_mut)
}
