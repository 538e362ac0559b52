//! The examples of a manual page.

use std::fs;
use std::path::Path;

/// What stands between `.EX` and `.EE` on a page of the folder `man`, as it is shown.
pub fn examples(page: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("man").join(page);
    let text = fs::read_to_string(path).unwrap();
    let blocks = text.split("\n.EX\n").skip(1);
    blocks
        .map(|block| shown(block.split_once("\n.EE").unwrap().0) + "\n")
        .collect()
}

fn shown(text: &str) -> String {
    let mut shown = text.to_owned();
    for (written, character) in [("\\-", "-"), ("\\*(Aq", "'"), ("\\(ti", "~")] {
        shown = shown.replace(written, character);
    }
    assert!(
        !shown.contains('\\'),
        "an escape that this test doesn't know: {shown}"
    );
    shown
}
