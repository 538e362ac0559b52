//! fish, which tells a script what Tab would offer.

use crate::{Home, asked};

const SOME: &str = r#"
source "$COMPLETIONS/backoffice.fish"
for line in 'backoffice us' 'backoffice user dea' 'backoffice user create --first' 'backoffice user list --status p' 'backoffice user list --format j'
    complete -C $line | string split -f 1 \t | string join ' '
end
"#;

#[test]
fn tab_in_fish_completes_commands_flags_and_values() {
    let home = Home::new();
    let run = home.shell("fish", &["--no-config", "-c"], SOME);
    let expected = "user\ndeactivate\n--first-name\npending\njson jsonl\n--- stderr\n--- exit 0";
    assert_eq!(run.to_string(), expected);
    home.is_as_it_was();
}

const EVERY_LINE: &str = r#"
source "$COMPLETIONS/backoffice.fish"
while read -d \n line
    set offered (complete -C "$line" | string split -f 1 \t)
    echo $offered
end <lines
"#;

#[test]
fn tab_in_fish_offers_every_option_of_every_command_and_its_values() {
    let home = Home::new();
    let run = home.shell("fish", &["--no-config", "-c"], EVERY_LINE);
    assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{run:?}");
    asked::check(run.stdout.lines());
    home.is_as_it_was();
}
