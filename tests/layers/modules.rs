//! The modules of a package, what each one names, and where.

use std::collections::BTreeMap;

/// The text of each source file, by its path below `src/`.
pub type Sources = BTreeMap<String, String>;

/// One module: a file, or a part of a file.
#[derive(Debug, Default)]
pub struct Module {
    /// The names of the modules around it and its own name. The root of the library has none.
    pub path: Vec<String>,
    /// The file that holds it.
    pub file: String,
    /// The module around it.
    pub parent: Option<usize>,
    /// The root of its crate.
    pub root: usize,
    /// Whether it is compiled for tests only.
    pub test: bool,
    /// What each name in it stands for.
    pub names: BTreeMap<String, Vec<Binding>>,
    /// The paths of the imports that end in `*`.
    pub globs: Vec<Vec<String>>,
}

/// What a name in a module stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// A module in it.
    Child(usize),
    /// A type, trait, function, constant or macro that is defined in it.
    Item {
        /// Whether a path can go on behind it: a type or a trait.
        is_type: bool,
    },
    /// Something from elsewhere, by `use` or `extern crate`.
    Import(Vec<String>),
}

/// A place in the source that names a path.
#[derive(Debug)]
pub struct Site {
    /// The module in which it stands.
    pub module: usize,
    /// The path as it is written there.
    pub path: Vec<String>,
    pub line: usize,
    pub kind: SiteKind,
    /// Whether it is compiled for tests only.
    pub test: bool,
}

/// How a path is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// By a `use`, which may make it public again, or by the text of an attribute.
    Import { reexport: bool },
    /// By a `use` that ends in `*`.
    Glob { reexport: bool },
    /// By code, an attribute or the body of a macro.
    Code,
    /// By a call of a macro.
    MacroCall,
}

/// A type that others can name: a struct, an enum, a union, a trait or a type alias that is not
/// private to its module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedType {
    pub name: String,
    pub file: String,
}

/// A package: the library (`lib.rs`) and the binary (`main.rs`).
#[derive(Debug, Default)]
pub struct Package {
    pub modules: Vec<Module>,
    pub sites: Vec<Site>,
    pub types: Vec<SharedType>,
}
