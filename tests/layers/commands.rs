//! The rooms below all callers say what is wrong; the command line says what to do. So they name no
//! command and no flag.

use crate::rooms::room_of;
use crate::sources;

const BELOW_ALL_CALLERS: [&str; 8] = [
    "domain",
    "files",
    "texts",
    "store",
    "hashing",
    "mail",
    "federation",
    "ops",
];

/// What is shown by `provider show` alone.
const FOR_THE_COMMAND_LINE: &str = "domain/provider/registration.rs";

/// The lines of a file that name a command or a flag of the command line. Comments and the tests
/// at the end of a file may.
fn named_commands(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    let shown = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    shown
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter(|(_, line)| line.contains("`backoffice ") || line.contains("`--"))
        .map(|(place, _)| format!("{path}:{}: a command or a flag is named", place + 1))
        .collect()
}

fn is_below(path: &str) -> bool {
    let module = path.trim_end_matches(".rs").replace('/', "::");
    let room = room_of(&module).map(|(room, _)| room);
    room.is_some_and(|room| BELOW_ALL_CALLERS.contains(&room)) && path != FOR_THE_COMMAND_LINE
}

#[test]
fn no_room_below_all_callers_names_a_command_or_a_flag() {
    let named: Vec<String> = sources()
        .iter()
        .filter(|(path, _)| is_below(path))
        .flat_map(|(path, text)| named_commands(path, text))
        .collect();
    assert_eq!(named, [""; 0]);
}

#[test]
fn the_name_of_a_command_is_found() {
    let advice = "    \"take it out; `backoffice group create NAME` makes one\"";
    assert_eq!(named_commands("domain/group.rs", advice).len(), 1);
    assert_eq!(named_commands("domain/group.rs", "// `backoffice init`").len(), 0);
    assert!(is_below("domain/group.rs"));
    assert!(is_below("domain/provider/mod.rs"));
    assert!(!is_below("cli/mod.rs"));
}
