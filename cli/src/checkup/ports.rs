//! The addresses that programs of the fleet will listen on.

use super::Finding;
use std::{
    io,
    net::{SocketAddr, TcpListener},
};

pub(super) fn check(addresses: &[(&'static str, SocketAddr)]) -> Vec<Finding> {
    addresses.iter().map(|(variable, address)| one(variable, *address)).collect()
}

fn one(variable: &'static str, address: SocketAddr) -> Finding {
    match TcpListener::bind(address) {
        Ok(_) => Finding::ok(variable, format!("{address} is free")),
        Err(error) => {
            let (said, remedy) = refused(variable, address, &error);
            Finding::fail(variable, said, remedy)
        }
    }
}

/// Why the address cannot be listened on, and another one that can.
pub fn refused(variable: &str, address: SocketAddr, error: &io::Error) -> (String, String) {
    let said = match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("{address} is in use by another program (a running lexilingo, perhaps)")
        }
        _ => format!("{address} cannot be listened on: {error}"),
    };
    (said, format!("`export {variable}={}`", free_instead(address)))
}

/// The next free port after the one that was asked for; on loopback when even the host cannot be had.
fn free_instead(address: SocketAddr) -> SocketAddr {
    let loopback = SocketAddr::from(([127, 0, 0, 1], address.port()));
    for host in [address, loopback] {
        let ports = (address.port()..).skip(1).take(100);
        let mut candidates = ports.map(|port| SocketAddr::new(host.ip(), port));
        if let Some(free) = candidates.find(|candidate| TcpListener::bind(candidate).is_ok()) {
            return free;
        }
    }
    SocketAddr::from(([127, 0, 0, 1], 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkup::Verdict;

    #[test]
    fn a_taken_port_names_its_variable_and_a_free_one() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let finding = one("LEXILINGO_BIND", taken.local_addr().unwrap());
        assert_eq!(finding.verdict, Verdict::Fail);
        let remedy = finding.remedy.unwrap();
        let address = remedy.trim_matches('`').strip_prefix("export LEXILINGO_BIND=").unwrap();
        assert!(TcpListener::bind(address).is_ok(), "{address}");
    }
}
