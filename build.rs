//! Builds every file of every language into the program. A language is a folder of
//! `src/texts/languages/`; only a build script is run again when a file is added to a folder.

#![allow(clippy::print_stdout, reason = "Cargo reads it")]
#![allow(
    clippy::disallowed_methods,
    reason = "Cargo says by the environment where to write"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const LANGUAGES: &str = "src/texts/languages";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={LANGUAGES}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(LANGUAGES);
    let mut names = Vec::new();
    list(&root, "", &mut names)?;
    names.sort();
    let mut table = "[\n".to_owned();
    for name in names {
        let path = root.join(&name);
        let path = path.to_str().ok_or("the path of this folder is not UTF-8")?;
        writeln!(table, "    ({name:?}, include_str!({path:?})),")?;
    }
    table.push_str("]\n");
    let folder = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&folder).join("languages.rs"), table)?;
    Ok(())
}

/// Every file below a folder, but for the hidden ones that editors leave, by its path below `root`.
fn list(folder: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
