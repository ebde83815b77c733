use super::*;

fn of(servers: &[&str]) -> BTreeMap<Service, Vec<String>> {
    addresses(&servers.iter().map(|&server| server.to_owned()).collect::<Vec<_>>())
}

#[test]
fn one_address_is_for_every_service() {
    let all = of(&["http://a:1"]);
    assert_eq!(all.len(), Service::ALL.len());
    assert!(all.values().all(|addresses| *addresses == ["http://a:1"]));
}

#[test]
fn a_named_service_has_its_own_addresses() {
    let some = of(&["http://a:1", "bets=http://b:1", "bets=http://b:2"]);
    assert_eq!(some[&Service::Bets], ["http://b:1", "http://b:2"]);
    assert_eq!(some[&Service::Gtm], ["http://a:1"]);
}

#[test]
fn services_that_nothing_names_are_nowhere() {
    assert_eq!(of(&["gtm=http://g:1"]).keys().collect::<Vec<_>>(), [&Service::Gtm]);
}

#[test]
fn an_address_is_a_scheme_and_a_host() {
    for good in ["http://127.0.0.1:7401", "https://host:7401/"] {
        assert!(is_address(good).is_ok(), "{good}");
    }
    for bad in ["127.0.0.1:7401", "http://", "http://http://127.0.0.1:7401", "http://host:7401/api"] {
        assert!(is_address(bad).is_err(), "{bad}");
    }
}
