//! The fenced blocks of README.md.

pub const README: &str = include_str!("../../README.md");

/// A fenced block.
pub struct Block {
    pub line: usize,
    pub language: &'static str,
    pub text: String,
}

/// A command of a block of the language `console`, and what it prints.
pub struct Shown<'t> {
    pub command: &'t str,
    pub output: String,
}

pub fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (place, line) in README.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(language) => {
                is_open = true;
                blocks.push(Block {
                    line: place + 1,
                    language,
                    text: String::new(),
                });
            }
            None if is_open => {
                let block = blocks.last_mut().unwrap();
                block.text += line;
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!is_open, "a block is never closed");
    blocks
}

impl Block {
    pub fn place(&self) -> String {
        format!("README.md:{}", self.line)
    }

    /// The commands of a block of the language `console`.
    pub fn console(&self) -> Vec<Shown<'_>> {
        let mut commands: Vec<Shown> = Vec::new();
        for line in self.text.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                let output = String::new();
                commands.push(Shown { command, output });
            } else {
                let shown = commands
                    .last_mut()
                    .unwrap_or_else(|| panic!("{}: no command", self.place()));
                shown.output += line;
                shown.output.push('\n');
            }
        }
        commands
    }
}

/// Whether a text is what was shown, where `…` stands for anything on one line.
pub fn is_like(shown: &str, text: &str) -> bool {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (shown, text) = (lines(shown), lines(text));
    shown.len() == text.len() && shown.iter().zip(&text).all(|(shown, line)| is_line(shown, line))
}

fn is_line(shown: &str, line: &str) -> bool {
    match shown.split_once('…') {
        None => shown == line,
        Some((before, after)) => line
            .strip_prefix(before)
            .is_some_and(|rest| rest.ends_with(after)),
    }
}
