//! Which addresses nothing is sent to: a sink is named by people, and must not become a way into the network that the
//! platform stands in.
//!
//! The rule is about the address that is connected to and not about the name, so a name that leads elsewhere the second
//! time gains nothing. What is not routed on the public internet is refused unless it is allowed by name of its network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A network in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: u128,
    /// Leading bits that count, of the 128 of an IPv6 address.
    bits: u32,
}

/// The text is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no network: write it as 10.0.0.0/8 or fd00::/8, with no bit set behind its length")]
pub struct InvalidNetwork(pub String);

impl Network {
    pub fn holds(&self, address: IpAddr) -> bool {
        self.base == masked(wide(address), self.bits)
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, length) = text.split_once('/').unwrap_or((text, ""));
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let length = if length.is_empty() { most } else { length.parse().map_err(|_| invalid())? };
        if length > most {
            return Err(invalid());
        }
        let (base, bits) = (wide(address), 128 - most + length);
        if masked(base, bits) == base { Ok(Self { base, bits }) } else { Err(invalid()) }
    }
}

/// As an IPv6 address; one of IPv4 is mapped, so that both spellings are one.
fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

const fn masked(address: u128, bits: u32) -> u128 {
    match 128_u32.checked_sub(bits) {
        Some(0) => address,
        Some(128) | None => 0,
        Some(low) => (address >> low) << low,
    }
}

/// Why nothing is sent to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved(pub &'static str);

impl fmt::Display for Reserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The networks that nothing is sent to, each with what it is.
const RESERVED: &[(&str, &str)] = &[
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared between carriers"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local, where clouds keep metadata"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "reserved for relays"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("64:ff9b:1::/48", "translated to private addresses"),
    ("100::/64", "discarded"),
    ("2001::/23", "reserved for protocols"),
    ("2001:db8::/32", "for documentation"),
    ("3fff::/20", "for documentation"),
    ("5f00::/16", "for segment routing"),
    ("fc00::/7", "unique local"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
];

/// Whether something may be sent to the address: `Err` says what it is. `allowed` are networks that the operator opened.
pub fn check(address: IpAddr, allowed: &[Network]) -> Result<(), Reserved> {
    if allowed.iter().any(|network| network.holds(address)) {
        return Ok(());
    }
    for within in [Some(address), embedded(address)].into_iter().flatten() {
        let found = RESERVED
            .iter()
            .find(|(network, _)| network.parse::<Network>().is_ok_and(|network| network.holds(within)));
        if let Some((_, what)) = found {
            return Err(Reserved(what));
        }
    }
    Ok(())
}

/// The IPv4 address that an IPv6 address leads to by translation (NAT64, 6to4, IPv4-compatible).
fn embedded(address: IpAddr) -> Option<IpAddr> {
    let IpAddr::V6(address) = address else { return None };
    let [first, second, third, ..] = address.segments();
    let low = |address: Ipv6Addr| u32::try_from(address.to_bits() & u128::from(u32::MAX)).ok();
    let bits = match (first, second) {
        (0x2002, _) => Some((u32::from(second) << 16) | u32::from(third)),
        (0x0064, 0xff9b) => low(address),
        (0, 0) if address.to_ipv4_mapped().is_none() && address.to_bits() >> 32 == 0 => low(address),
        (_, _) => None,
    };
    bits.map(Ipv4Addr::from_bits).map(IpAddr::V4)
}

#[cfg(test)]
mod tests;
