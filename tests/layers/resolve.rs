//! What the paths of a package stand for.

use std::collections::BTreeSet;

use crate::modules::{Binding, Module, Package, Site, SiteKind};

/// What a path stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// An item that a module of the package defines.
    Item { module: usize, name: String },
    /// A module of the package.
    Module(usize),
    /// Something from another crate, by its whole path there.
    Outside(Vec<String>),
}

/// A meaning of a path, and the names of the package that lead to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resolved {
    pub meaning: Meaning,
    /// The whole path of each `use` in another module that the path goes through.
    pub through: Vec<String>,
}

/// The standard library, and the crates that are parts of it.
const STANDARD: [&str; 3] = ["std", "core", "alloc"];

/// Resolves the paths of a package.
pub struct Resolver<'p> {
    package: &'p Package,
    /// The crates it can use.
    crates: &'p [String],
}

/// The questions that a search is inside of, so that imports in a circle end.
type Visited = BTreeSet<(usize, Vec<String>)>;

impl<'p> Resolver<'p> {
    pub fn new(package: &'p Package, crates: &'p [String]) -> Self {
        Self { package, crates }
    }

    /// What the path at a site stands for. A name can stand for a module and a function at once.
    pub fn meanings(&self, site: &Site) -> Vec<Resolved> {
        let mut found = self.resolve(site.module, &site.path, &mut Visited::new());
        if found.is_empty() && site.kind == SiteKind::MacroCall && site.path.len() == 1 {
            found.push(outside(&["std".to_owned(), site.path[0].clone()]));
        }
        if site.kind == SiteKind::MacroCall {
            mark_macros(&mut found);
        }
        // A name alone is no use of a crate of this name, but a variable.
        if site.kind == SiteKind::Code && site.path.len() == 1 {
            let is_crate = |meaning: &Meaning| matches!(meaning, Meaning::Outside(path) if path.len() == 1);
            found.retain(|resolved| !is_crate(&resolved.meaning));
        }
        // A path in code that ends at a module names nothing in it.
        if matches!(site.kind, SiteKind::Code | SiteKind::MacroCall) {
            found.retain(|resolved| !matches!(resolved.meaning, Meaning::Module(_)));
        }
        found.sort();
        found.dedup();
        found
    }

    /// The whole path of an item, or of a module if `name` is empty.
    pub fn full_path(&self, module: usize, name: &str) -> String {
        let mut path = self.package.modules[module].path.clone();
        if !name.is_empty() {
            path.push(name.to_owned());
        }
        path.join("::")
    }

    /// What `path` stands for in `module`.
    fn resolve(&self, module: usize, path: &[String], visited: &mut Visited) -> Vec<Resolved> {
        if !visited.insert((module, path.to_vec())) {
            return Vec::new();
        }
        let found = self.resolve_first(module, path, visited);
        visited.remove(&(module, path.to_vec()));
        found
    }

    fn resolve_first(&self, module: usize, path: &[String], visited: &mut Visited) -> Vec<Resolved> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        let here: &Module = &self.package.modules[module];
        match first.as_str() {
            "" => self.other_crate(rest, visited),
            "crate" => self.inside(here.root, rest, module, visited),
            "self" => self.climb(module, rest, module, visited),
            "super" => self.climb(module, path, module, visited),
            _ => {
                let found = self.named(module, path, module, visited);
                if found.is_empty() {
                    return self.other_crate(path, visited);
                }
                found
            }
        }
    }

    /// What a path that may go on with `super::super::…` stands for.
    fn climb(&self, module: usize, path: &[String], asked: usize, visited: &mut Visited) -> Vec<Resolved> {
        match (
            path.first().map(String::as_str),
            self.package.modules[module].parent,
        ) {
            (Some("super"), Some(parent)) => self.climb(parent, &path[1..], asked, visited),
            _ => self.inside(module, path, asked, visited),
        }
    }

    /// What `path` stands for below `module`, asked for by another module.
    fn inside(&self, module: usize, path: &[String], asked: usize, visited: &mut Visited) -> Vec<Resolved> {
        let Some(name) = path.first() else {
            return vec![plain(Meaning::Module(module))];
        };
        let found = self.named(module, path, asked, visited);
        if found.is_empty() {
            // A macro may have made it: it belongs to the module in any case.
            let name = name.clone();
            return vec![plain(Meaning::Item { module, name })];
        }
        found
    }

    /// What `path` stands for by the names of `module`.
    fn named(&self, module: usize, path: &[String], asked: usize, visited: &mut Visited) -> Vec<Resolved> {
        let (name, rest) = (&path[0], &path[1..]);
        let here = &self.package.modules[module];
        let mut found = Vec::new();
        for binding in here.names.get(name).into_iter().flatten() {
            match binding {
                Binding::Child(child) => found.extend(self.inside(*child, rest, asked, visited)),
                Binding::Item { is_type } if *is_type || rest.is_empty() => {
                    let name = name.clone();
                    found.push(plain(Meaning::Item { module, name }));
                }
                Binding::Item { .. } => {}
                Binding::Import(import) => {
                    let import = [import.as_slice(), rest].concat();
                    let through = (module != asked).then(|| self.full_path(module, name));
                    // The first name of `use bcrypt::bcrypt` is the crate, and not what the import makes.
                    let targets = if import[0] == *name {
                        self.other_crate(&import, visited)
                    } else {
                        self.resolve(module, &import, visited)
                    };
                    for mut resolved in targets {
                        resolved.through.extend(through.clone());
                        found.push(resolved);
                    }
                }
            }
        }
        if found.is_empty() {
            found = self.by_globs(module, path, asked, visited);
        }
        found
    }

    /// What `path` stands for by the imports of `module` that end in `*`.
    fn by_globs(&self, module: usize, path: &[String], asked: usize, visited: &mut Visited) -> Vec<Resolved> {
        let mut found = Vec::new();
        for glob in &self.package.modules[module].globs {
            for source in self.resolve(module, glob, visited) {
                let Meaning::Module(source) = source.meaning else {
                    continue;
                };
                if !visited.insert((source, path.to_vec())) {
                    continue;
                }
                let through = (module != asked).then(|| self.full_path(module, &path[0]));
                for mut resolved in self.named(source, path, asked, visited) {
                    resolved.through.extend(through.clone());
                    found.push(resolved);
                }
                visited.remove(&(source, path.to_vec()));
            }
        }
        found
    }

    /// A path that begins with the name of a crate.
    fn other_crate(&self, path: &[String], visited: &mut Visited) -> Vec<Resolved> {
        let Some(first) = path.first() else {
            return Vec::new();
        };
        if STANDARD.contains(&first.as_str()) {
            let rest = path[1..].iter().cloned();
            let path: Vec<String> = std::iter::once("std".to_owned()).chain(rest).collect();
            return vec![outside(&path)];
        }
        // The binary calls the library by its name.
        if first == "backoffice" && self.package.modules[0].file == "lib.rs" {
            return self.inside(0, &path[1..], usize::MAX, visited);
        }
        if self.crates.contains(first) {
            return vec![outside(path)];
        }
        Vec::new()
    }
}

fn plain(meaning: Meaning) -> Resolved {
    Resolved {
        meaning,
        through: Vec::new(),
    }
}

/// `std::env!` is another thing than the module `std::env`.
fn mark_macros(found: &mut [Resolved]) {
    for resolved in found {
        if let Meaning::Outside(path) = &mut resolved.meaning
            && path[0] == "std"
            && let Some(name) = path.last_mut()
        {
            name.push('!');
        }
    }
}

fn outside(path: &[String]) -> Resolved {
    plain(Meaning::Outside(path.to_vec()))
}
