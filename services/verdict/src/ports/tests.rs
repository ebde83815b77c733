use super::*;

#[test]
fn every_address_names_one_adapter() {
    assert_eq!(log_at("embedded:/var/log").unwrap(), LogAt::Embedded("/var/log".into()));
    let server = "esdb://127.0.0.1:2113?tls=false";
    assert_eq!(log_at(server).unwrap(), LogAt::Server(server.to_owned()));
    assert_eq!(bus_at("memory").unwrap(), BusAt::Memory);
    assert_eq!(bus_at("amqp://there").unwrap(), BusAt::Broker("amqp://there".to_owned()));
    assert_eq!(observations_at("sqlite:here").unwrap(), ObservationsAt::File("here".into()));
    let server = "postgres://there/verdict";
    assert_eq!(observations_at(server).unwrap(), ObservationsAt::Server(server.to_owned()));
}

#[test]
fn an_address_that_names_none_is_told_with_its_key() {
    for (error, key) in [
        (log_at("embedded:").unwrap_err(), "log.url 'embedded:'"),
        (log_at("/var/log").unwrap_err(), "log.url '/var/log'"),
        (bus_at("kafka://there").unwrap_err(), "bus.url 'kafka://there'"),
        (observations_at("mysql://there").unwrap_err(), "observations.url 'mysql://there'"),
    ] {
        assert!(error.to_string().contains(key), "{error}");
    }
}
