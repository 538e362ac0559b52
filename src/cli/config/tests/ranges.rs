//! The ranges of numbers and durations.

use super::*;

#[test]
fn lengths_and_costs_have_bounds() {
    for (content, taken) in [
        ("min_length = 8", true),
        ("min_length = 7", false),
        ("min_length = 257", false),
        ("min_length = 256", true),
        ("max_length = 14", false),
        ("max_length = 4096", true),
        ("max_length = 4097", false),
        ("min_length = '20'", false),
        ("min_length = 20.0", false),
        ("min_length = -20", false),
        ("min_length = 99999999999999999999", false),
        ("min_length = 0x14", true),
        ("argon2 = {}", true),
        ("argon2 = { memory_kib = 9216, iterations = 4 }", true),
        ("argon2 = { memory_kib = 9215, iterations = 4 }", false),
        ("argon2 = { memory_kib = 8191, iterations = 16 }", false),
        ("argon2 = { iterations = 1 }", false),
        ("argon2 = { memory_kib = 47104, iterations = 1 }", true),
        ("argon2 = { memory_kib = 1048577 }", false),
        ("argon2 = { iterations = 17 }", false),
        ("argon2 = { parallelism = 0 }", false),
        ("argon2 = { parallelism = 16 }", true),
        ("breached_file = ''", false),
        ("breached_file = \"a\\u0000b\"", false),
    ] {
        assert_eq!(is_taken(&format!("[password]\n{content}")), taken, "{content}");
    }
}

#[test]
fn durations_and_attempts_have_bounds() {
    for (content, taken) in [
        ("[login]\nfailure_floor = '10s'", true),
        ("[login]\nfailure_floor = '10001ms'", false),
        ("[login]\nfailure_floor = '0s'", false),
        ("[login]\nfailure_floor = 500", false),
        ("[login]\npassword = 'nobody'", true),
        ("[login]\npassword = 'Everyone'", false),
        ("[login]\npassword = []", false),
        ("[login]\npassword = ['a', 5]", false),
        ("[session]\nidle = '8h'", true),
        ("[session]\nidle = '8h1s'", false),
        ("[session]\nabsolute = '29m'", false),
        ("[session]\nabsolute = '366d'", false),
        ("[throttle]\nlock_after = 101", false),
        ("[throttle]\nlock_after = 0", false),
        ("[throttle]\nlock_after = 4", false),
        ("[throttle]\nfree_attempts = 0", false),
        ("[throttle]\nfree_attempts = 100", true),
        ("[throttle]\nbase_delay = '16m'", false),
        ("[throttle]\nmax_delay = '29s'", false),
    ] {
        assert_eq!(is_taken(content), taken, "{content}");
    }
}
