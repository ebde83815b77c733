//! Every kind of address, spelt in every way.

use super::*;

fn refused(text: &str) -> Option<&'static str> {
    check(text.parse().unwrap(), &[]).err().map(|Reserved(what)| what)
}

#[test]
fn what_is_not_public_is_refused() {
    for (address, what) in [
        ("0.0.0.0", "this network"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "shared between carriers"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local, where clouds keep metadata"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fd00:ec2::254", "unique local"),
        ("fe80::1", "link-local"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:10.0.0.1", "private"),
        ("::7f00:1", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("2002:a9fe:a9fe::", "link-local, where clouds keep metadata"),
    ] {
        assert_eq!(refused(address), Some(what), "{address}");
    }
}

#[test]
fn what_is_public_is_not() {
    for address in
        ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
    {
        assert_eq!(refused(address), None, "{address}");
    }
}

#[test]
fn a_network_that_was_opened_is_open_in_both_spellings_and_no_wider() {
    let allowed: Vec<Network> = ["10.1.0.0/16", "::1"].iter().map(|text| text.parse().unwrap()).collect();
    let is_open = |text: &str| check(text.parse().unwrap(), &allowed).is_ok();
    assert!(is_open("10.1.255.1") && is_open("::ffff:10.1.0.1") && is_open("::1"));
    assert!(!is_open("10.2.0.1") && !is_open("127.0.0.1"));
}

#[test]
fn what_is_no_network_is_said() {
    for text in ["", "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8", "fd00::/129", "localhost", "10.0.0.0/x"] {
        assert_eq!(text.parse::<Network>(), Err(InvalidNetwork(text.to_owned())), "{text}");
    }
    assert!("0.0.0.0/0".parse::<Network>().is_ok_and(|all| all.holds("9.9.9.9".parse().unwrap())));
}

#[test]
fn every_reserved_network_is_one() {
    for (network, _) in RESERVED {
        assert!(network.parse::<Network>().is_ok(), "{network}");
    }
}
