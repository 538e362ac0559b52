#![cfg(target_endian = "little")]

use super::*;

// As Linux 6.18 gave them, with other uids.
const TCP: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
   0: 0100007F:8E99 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1490527 1 000000005b059be6 100 0 0 10 0                   
   2: 0100007F:8E99 0100007F:D68E 01 00000000:00000000 00:00000000 00000000  1000        0 1490529 1 000000009973cfa3 21 0 0 10 -1                   
   3: 0100007F:8E99 0100007F:D698 01 00000000:00000000 00:00000000 00000000  1000        0 1490534 1 000000000f9390d3 21 0 0 10 -1                   
   4: 0100007F:D68E 0100007F:8E99 01 00000000:00000000 00:00000000 00000000  1001        0 1490528 2 00000000f4d38ee7 21 0 0 10 -1                   
   5: 0100007F:D6A6 0100007F:8E99 05 00000000:00000000 03:00001770 00000000     0        0 0 3 000000004364ddd8                                      
   6: 070200C0:D6A6 0100007F:8E99 01 00000000:00000000 00:00000000 00000000  1004        0 1490537 2 0000000068084164 21 0 0 10 -1
   7: 0100007F:8E99 0100007F:D6A6 08 00000000:00000001 00:00000000 00000000  1000        0 1490536 1 00000000d36978f4 21 4 0 10 -1                   
";
const TCP6: &str = "  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   1: 00000000000000000000000001000000:8E99 00000000000000000000000001000000:D728 01 00000000:00000000 00:00000000 00000000  1000        0 1490532 1 00000000f5ead5f5 20 0 0 10 -1
   2: 00000000000000000000000001000000:D728 00000000000000000000000001000000:8E99 01 00000000:00000000 00:00000000 00000000  1002        0 1490531 2 00000000fac8053d 20 0 0 10 -1
   3: 0000000000000000FFFF00000100007F:D698 0000000000000000FFFF00000100007F:8E99 01 00000000:00000000 00:00000000 00000000  1003        0 1490533 2 0000000068084163 21 0 0 10 -1
";
const OUR_PORT: u16 = 0x8E99;

fn found(peer: &str) -> PeerOwner {
    let tables = [Some(TCP.to_owned()), Some(TCP6.to_owned())];
    find(&tables, peer.parse().unwrap(), OUR_PORT)
}

#[test]
fn a_line_is_read_in_the_byte_order_of_the_machine() {
    let entry = TableEntry::read(TCP.lines().nth(2).unwrap()).unwrap();
    assert_eq!(
        entry,
        TableEntry {
            local: "127.0.0.1:36505".parse().unwrap(),
            remote: "127.0.0.1:54926".parse().unwrap(),
            uid: 1000,
            inode: 1_490_529,
        }
    );
    let entry = TableEntry::read(TCP6.lines().nth(2).unwrap()).unwrap();
    assert_eq!(entry.local, "[::1]:55080".parse().unwrap());
    assert_eq!(
        address("B80D01200000000067452301EFCDAB89:0050"),
        Some("[2001:db8::123:4567:89ab:cdef]:80".parse().unwrap())
    );
}

#[test]
fn what_is_no_line_is_none() {
    for line in [
        "",
        TCP.lines().next().unwrap(),
        "0: 0100007F 0100007F:8E99 01",
        "0: ä100007F:8E99 0100007F:D68E 01 0:0 0:0 0 1000 0 1490529",
        "0: 00000000000000ä00000000001000000:8E99 0100007F:D68E 01 0:0 0:0 0 1000 0 1490529",
        "0: 0100007F:8E99 0100007F:D68E 01 0:0 0:0 0 -1 0 1490529",
    ] {
        assert_eq!(TableEntry::read(line), None, "{line}");
    }
}

#[test]
fn the_clients_end_says_whose_it_is() {
    for (peer, uid) in [
        ("127.0.0.1:54926", 1001),
        ("[::1]:55080", 1002),
        ("127.0.0.1:54936", 1003),
        ("192.0.2.7:54950", 1004),
    ] {
        assert_eq!(found(peer), PeerOwner::User(Uid::from_raw(uid)), "{peer}");
    }
}

#[test]
fn a_client_that_closed_the_connection_is_no_user_not_even_root() {
    assert_eq!(found("127.0.0.1:54950"), PeerOwner::Unknown);
}

#[test]
fn a_connection_from_outside_of_this_system_has_no_user() {
    let ours: Vec<&str> = TCP.lines().take(2).collect();
    let tables = [Some(ours.join("\n")), None];
    let peer = "127.0.0.1:54926".parse().unwrap();
    assert_eq!(find(&tables, peer, OUR_PORT), PeerOwner::NotTold);
    let ours: Vec<&str> = TCP.lines().take(3).collect();
    let tables = [Some(ours.join("\n")), None];
    assert_eq!(find(&tables, peer, OUR_PORT), PeerOwner::Unknown);
}

#[test]
fn a_system_without_a_list_tells_nothing() {
    let peer = "127.0.0.1:54926".parse().unwrap();
    assert_eq!(find(&[None, None], peer, OUR_PORT), PeerOwner::NotTold);
    let elsewhere = [Some(String::new()), Some(TCP6.to_owned())];
    assert_eq!(find(&elsewhere, peer, OUR_PORT), PeerOwner::NotTold);
}

#[test]
fn a_user_outside_of_a_container_is_one_without_an_id_in_it() {
    const NOBODY: u32 = 65_534;
    let whole = "         0          0 4294967295\n";
    assert_eq!(outside_of(whole, NOBODY), None);
    let rootless = "         0       1000          1\n         1     100000      65000\n";
    assert_eq!(outside_of(rootless, NOBODY), Some(NOBODY));
    // Here the same number is a user of the container.
    let usual = "         0     100000      65536\n";
    assert_eq!(outside_of(usual, NOBODY), None);
    assert_eq!(outside_of("unreadable\n", NOBODY), None);
}
