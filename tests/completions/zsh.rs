//! zsh, at a terminal that a second zsh makes, for there is no other way to see what zsh completes.

use crate::{Home, asked};

/// What a person has in `~/.zshrc`, a note of each word that is offered, and a key that prints the line
/// and the words. Calls of `compadd` with `-O`, `-A` or `-D` only ask which words match.
const SETUP: &str = r#"
PROMPT=
unsetopt auto_list beep
fpath=($COMPLETIONS $fpath)
autoload -Uz compinit
compinit -u -D
bindkey -e
typeset -ga offered
compadd() {
    if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
        local -a matching
        builtin compadd -A matching "$@"
        offered+=("${matching[@]}")
    fi
    builtin compadd "$@"
}
probe() { zle -I; print -r -- "<${BUFFER}><${(j: :)offered}>"; BUFFER=; offered=() }
zle -N probe
bindkey '^O' probe
print "made: ${_comps[backoffice]}"
"#;

const START: &str = r#"
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w -n inner $'source ~/setup\n'
zpty -r -m inner seen '*made: _backoffice*' || exit 1
# The line after Tab, and the words that were offered.
press() {
    zpty -w -n inner "$1"$'\t\C-o'
    zpty -r -m inner seen '*<backoffice*><*>*'
    case ${seen%%<backoffice*} in
        *'not found'*|*_arguments*|*_backoffice:*|*error*|*'bad '*) print -r -- "wrong after: $1: $seen" ;;
    esac
}
"#;

const SOME: &str = r#"
for line in 'backoffice us' 'backoffice user dea' 'backoffice user create --first' 'backoffice user list --status p'; do
    press $line
    print -r -- "${${seen#*<}%%>*}"
done
zpty -d inner
"#;

const EVERY_LINE: &str = r#"
while IFS= read -r line; do
    press $line
    [[ $seen == *"<$line"* ]] || print -r -- "another line after: $line: $seen"
    print -r -- "${${seen##*><}%>*}"
done <lines
zpty -d inner
"#;

/// Runs zsh; what never comes would be awaited for ever.
fn zsh(home: &Home, script: &str) -> crate::common::Run {
    home.desk.file("setup", SETUP);
    home.shell(
        "timeout",
        &["300", "zsh", "-f", "-c"],
        &format!("{START}{script}"),
    )
}

#[test]
fn tab_in_zsh_completes_commands_flags_and_values() {
    let home = Home::new();
    let expected = "\
backoffice user\x20
backoffice user deactivate\x20
backoffice user create --first-name=
backoffice user list --status pending\x20
--- stderr
--- exit 0";
    assert_eq!(zsh(&home, SOME).to_string(), expected);
    home.is_as_it_was();
}

#[test]
fn tab_in_zsh_offers_every_option_of_every_command_and_its_values() {
    let home = Home::new();
    let run = zsh(&home, EVERY_LINE);
    assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{run:?}");
    asked::check(run.stdout.lines());
    home.is_as_it_was();
}
