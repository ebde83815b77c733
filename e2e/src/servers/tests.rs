use super::*;

#[test]
fn the_variable_names_one_source_or_none_and_then_all_are_tried() {
    assert_eq!(Source::named("containers"), Some(vec![Source::Containers]));
    assert_eq!(Source::named(""), Some(Source::ALL.to_vec()));
    assert_eq!(Source::named("podman"), None);
}

#[tokio::test]
async fn what_each_source_said_is_the_reason_for_having_none() {
    let none = async |source: Source| match source {
        Source::Packages => Err::<(), _>(Unavailable::new("x", "not installed")),
        Source::Containers => Err(Unavailable::new("x", "no daemon")),
        Source::Urls => Err(Unavailable::new("x", "X_URL is not set")),
    };
    // A run that names its source asks that one only.
    if std::env::var_os("VERDICT_SERVERS").is_none() {
        let why = first("x", none).await.unwrap_err();
        let all = "x: packages: not installed; containers: no daemon; urls: X_URL is not set";
        assert_eq!(why.to_string(), all);
    }
}
