//! Every command there is, as the program itself knows them: a new one is tested unasked.

use clap::Command;

/// A command that does something.
pub struct Leaf {
    /// Its words, such as `user create`.
    pub path: Vec<String>,
    pub command: Command,
}

/// Every command that does something.
pub fn leaves() -> Vec<Leaf> {
    let mut root = backoffice::cli::command();
    root.build();
    let mut leaves = Vec::new();
    gather(&root, &mut Vec::new(), &mut leaves);
    assert!(leaves.len() > 25, "the commands were not found");
    leaves
}

fn gather(command: &Command, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    if !command.has_subcommands() {
        leaves.push(Leaf {
            path: path.clone(),
            command: command.clone(),
        });
    }
    for within in command.get_subcommands() {
        path.push(within.get_name().to_owned());
        gather(within, path, leaves);
        path.pop();
    }
}

impl Leaf {
    /// The command with something for every argument it must have; nothing of it is there.
    pub fn words(&self) -> Vec<String> {
        let mut words = self.path.clone();
        for argument in self.command.get_positionals() {
            if argument.is_required_set() {
                let name = argument.get_value_names().map_or("", |names| names[0].as_str());
                words.push(
                    match name {
                        "USER" => "nobody@example.com",
                        "SHELL" => "bash",
                        "KEY" => "session.idle",
                        _ => "missing",
                    }
                    .to_owned(),
                );
            }
        }
        words
    }

    pub fn name(&self) -> String {
        self.path.join(" ")
    }
}
