//! A machine on which a refusal takes longer than was measured.

use super::*;

/// A refusal on a busy machine: so much time goes by.
fn refuse_slowly(desk: &TestDesk, email: &str, millis: u64) {
    desk.clock.work_takes(Duration::from_millis(millis));
    let _ = refused_after(desk, email, OTHER_PASSWORD);
    desk.clock.work_takes(Duration::ZERO);
}

fn every_refusal_is_after(desk: &TestDesk, floor: Duration) {
    for email in [EMAIL, "b@example.com", "nobody@example.com"] {
        assert_eq!(refused_after(desk, email, OTHER_PASSWORD), floor, "{email}");
    }
}

#[test]
fn a_refusal_that_is_late_moves_the_floor_for_a_day() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    assert_eq!(refused_after(&desk, "b@example.com", OTHER_PASSWORD), FLOOR);
    refuse_slowly(&desk, "b@example.com", 900);
    every_refusal_is_after(&desk, FLOOR * 3);
    desk.clock.pass(Duration::from_hours(24));
    every_refusal_is_after(&desk, FLOOR);
}

#[test]
fn while_the_machine_stays_busy_the_floor_stays_where_it_is() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    refuse_slowly(&desk, "b@example.com", 900);
    for _ in 0..3 {
        desk.clock.pass(Duration::from_hours(23));
        refuse_slowly(&desk, "b@example.com", 600);
    }
    every_refusal_is_after(&desk, FLOOR * 3);
}

#[test]
fn a_late_refusal_of_an_unknown_address_moves_the_floor_too() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    refuse_slowly(&desk, "nobody@example.com", 900);
    every_refusal_is_after(&desk, FLOOR * 3);
}

#[test]
fn the_time_that_it_takes_to_measure_is_no_reason_to_move_the_floor() {
    let desk = TestDesk::new();
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    desk.office
        .write(|tx| Ok(tx.store.set_hash_users(&[(HashCost::new(BCRYPT_COST), 1)])?))
        .unwrap();
    desk.clock.hashes_take(Duration::from_millis(200));
    assert!(refused_after(&desk, "b@example.com", OTHER_PASSWORD) > FLOOR);
    every_refusal_is_after(&desk, FLOOR);
}

#[test]
fn a_late_refusal_is_forgotten_with_the_last_hash_of_its_cost() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    for email in ["b@example.com", "c@example.com"] {
        desk.office.users().create(new_user(email, hash())).unwrap();
    }
    refuse_slowly(&desk, "b@example.com", 900);
    for (email, floors) in [("b@example.com", 3), ("c@example.com", 1)] {
        let signed_in = desk.office.sign_in(&SignIn::new(email, &PASSWORD.into()));
        signed_in.unwrap();
        every_refusal_is_after(&desk, FLOOR * floors);
    }
}

#[test]
fn where_all_hashes_cost_the_same_a_late_refusal_moves_nothing() {
    let desk = TestDesk::new();
    refuse_slowly(&desk, EMAIL, 3000);
    assert_eq!(refused_after(&desk, EMAIL, OTHER_PASSWORD), FLOOR);
}
