use super::*;

const USER: [&str; 13] = [
    "create",
    "import",
    "export",
    "list",
    "show",
    "exists",
    "edit",
    "activate",
    "deactivate",
    "delete",
    "restore",
    "purge",
    "unlock",
];

#[test]
fn a_word_of_another_program_means_what_it_means_there() {
    for (word, meant) in [
        ("add", "create"),
        ("rm", "delete"),
        ("remove", "delete"),
        ("ls", "list"),
        ("info", "show"),
        ("rename", "edit"),
        ("lock", "deactivate"),
        ("enable", "activate"),
        ("undelete", "restore"),
        ("CREATE", "create"),
        ("lists", "list"),
    ] {
        assert_eq!(nearest(word, &USER), Some(meant), "{word}");
    }
    assert_eq!(by_meaning("unblock", &USER), ["activate", "unlock"]);
}

#[test]
fn a_slip_finds_the_word() {
    for (word, meant) in [
        ("crate", "create"),
        ("lsit", "list"),
        ("exprot", "export"),
        ("deactivat", "deactivate"),
        ("deact", "deactivate"),
        ("delte", "delete"),
        ("activte", "activate"),
        ("disabel", "deactivate"),
        ("remvoe", "delete"),
    ] {
        assert_eq!(nearest(word, &USER), Some(meant), "{word}");
    }
}

#[test]
fn what_destroys_or_lets_in_is_not_proposed_for_a_word_that_looks_alike() {
    for (word, known) in [
        ("remote", &["restore", "remove-x"][..]),
        ("lock", &["unlock"]),
        ("log", &["login", "logout"]),
        ("act", &["activate"]),
        ("send", &["end"]),
        ("deletion-of", &["delete"]),
        ("set", &["reset"]),
        ("line", &["link"]),
        ("remote", &["delete", "restore"]),
        ("exit", &["edit"]),
    ] {
        assert_eq!(nearest(word, known), None, "{word}");
    }
    // Of two that are equally near, the harmless one.
    assert_eq!(nearest("unlik", &["unlink", "unlike"]), Some("unlike"));
}

#[test]
fn every_guarded_word_is_found_for_its_own_slip_only() {
    for guarded in GUARDED {
        let twice = format!("{guarded}{}", guarded.chars().last().unwrap_or_default());
        assert_eq!(by_spelling(&twice, &[guarded]), Some(guarded));
        assert_eq!(by_spelling(&format!("{guarded}xx"), &[guarded]), None);
    }
}

#[test]
fn the_form_of_a_word_does_not_matter() {
    for form in ["first_name", "first-name", "First Name", "firstName", "FIRSTNAME"] {
        assert_eq!(
            nearest(form, &["last_name", "first_name"]),
            Some("first_name"),
            "{form}"
        );
    }
    assert_eq!(
        nearest("memory", &["memory_kib", "iterations"]),
        Some("memory_kib")
    );
}

#[test]
fn far_away_and_without_end_is_nothing() {
    for word in ["", "-", "zzz", "shoe_size", &"x".repeat(1_000_000), "日本語"] {
        assert_eq!(nearest(word, &USER), None, "{}", word.len());
    }
}

#[test]
fn every_row_of_the_table_is_in_the_form_that_is_compared() {
    for (name, words) in MEANINGS {
        assert_eq!(plain(name), *name);
        for word in *words {
            assert_eq!(plain(word), *word, "{name}");
            assert_ne!(word, name);
        }
    }
}
