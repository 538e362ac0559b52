//! Reads the modules of a package from its source.

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::{Attribute, Item, UseTree};

use crate::modules::{Binding, Module, Package, SharedType, Site, SiteKind, Sources};
use crate::tokens::{self, Mention};

impl Package {
    /// Reads a package from `lib.rs`, and from `main.rs` if there is one.
    pub fn read(sources: &Sources) -> Self {
        let mut package = Self::default();
        for (file, path) in [("lib.rs", vec![]), ("main.rs", vec!["main".to_owned()])] {
            if sources.contains_key(file) {
                let root = package.modules.len();
                package.modules.push(Module {
                    path,
                    file: file.to_owned(),
                    root,
                    ..Module::default()
                });
                package.read_file(sources, root);
            }
        }
        package
    }

    fn read_file(&mut self, sources: &Sources, module: usize) {
        let file = self.modules[module].file.clone();
        let parsed = syn::parse_file(&sources[&file]).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.attributes(module, &parsed.attrs, false);
        self.items(sources, module, &parsed.items);
    }

    fn items(&mut self, sources: &Sources, module: usize, items: &[Item]) {
        for item in items {
            self.item(sources, module, item);
        }
    }

    fn item(&mut self, sources: &Sources, module: usize, item: &Item) {
        let test = self.modules[module].test || tokens::is_for_tests(attributes_of(item));
        match item {
            Item::Mod(inner) => {
                self.attributes(module, &inner.attrs, test);
                self.child(sources, module, inner, test);
            }
            Item::Use(used) => {
                self.attributes(module, &used.attrs, test);
                let reexport = !matches!(used.vis, syn::Visibility::Inherited);
                let rooted = used.leading_colon.map(|_| String::new());
                self.import(module, rooted.into_iter().collect(), &used.tree, reexport, test);
            }
            Item::ExternCrate(outside) => {
                let path = vec![String::new(), outside.ident.to_string()];
                let alias = outside.rename.as_ref().map(|(_, alias)| alias);
                self.bind(
                    module,
                    alias.unwrap_or(&outside.ident),
                    Binding::Import(path.clone()),
                );
                let line = outside.ident.span().start().line;
                self.site(module, path, line, SiteKind::Import { reexport: false }, test);
            }
            Item::Enum(found) => {
                self.define(module, &found.ident, true);
                self.shared(module, &found.vis, &found.ident.to_string(), test);
                self.attributes(module, &found.attrs, test);
                self.code(module, quoted(&found.generics), test);
                // The name of a variant is no use of a type of this name.
                for variant in &found.variants {
                    let test = test || tokens::is_for_tests(&variant.attrs);
                    self.attributes(module, &variant.attrs, test);
                    self.code(module, quoted(&variant.fields), test);
                    if let Some((_, value)) = &variant.discriminant {
                        self.code(module, quoted(value), test);
                    }
                }
            }
            other => self.plain_item(module, other, test),
        }
    }

    /// An item of which each token may name something.
    fn plain_item(&mut self, module: usize, item: &Item, test: bool) {
        match item {
            Item::Struct(found) => {
                self.define(module, &found.ident, true);
                self.shared(module, &found.vis, &found.ident.to_string(), test);
            }
            Item::Union(found) => {
                self.define(module, &found.ident, true);
                self.shared(module, &found.vis, &found.ident.to_string(), test);
            }
            Item::Trait(found) => {
                self.define(module, &found.ident, true);
                self.shared(module, &found.vis, &found.ident.to_string(), test);
            }
            Item::Type(found) => {
                self.define(module, &found.ident, true);
                self.shared(module, &found.vis, &found.ident.to_string(), test);
            }
            Item::Fn(found) => self.define(module, &found.sig.ident, false),
            Item::Const(found) => self.define(module, &found.ident, false),
            Item::Static(found) => self.define(module, &found.ident, false),
            Item::Macro(called) => self.macro_item(module, called, test),
            _ => {}
        }
        self.code(module, quoted(item), test);
    }

    /// A `macro_rules!`, or a call of a macro, which may define items.
    fn macro_item(&mut self, module: usize, called: &syn::ItemMacro, test: bool) {
        if let Some(name) = &called.ident {
            self.define(module, name, false);
            return;
        }
        for found in tokens::definitions(&called.mac.tokens) {
            self.define(module, &found.name, found.is_type);
            if found.is_type && found.is_shared {
                self.share(module, &found.name.to_string(), test);
            }
        }
    }

    fn child(&mut self, sources: &Sources, module: usize, inner: &syn::ItemMod, test: bool) {
        assert!(
            !inner
                .attrs
                .iter()
                .any(|attribute| attribute.path().is_ident("path")),
            "{}: `#[path]` hides where a module is",
            self.modules[module].file
        );
        let parent = &self.modules[module];
        let name = inner.ident.to_string();
        let mut path = parent.path.clone();
        path.push(name.clone());
        let file = match inner.content {
            Some(_) => parent.file.clone(),
            None => file_of(sources, &path, &parent.file),
        };
        let child = self.modules.len();
        self.modules.push(Module {
            path,
            file,
            parent: Some(module),
            root: self.modules[module].root,
            test,
            ..Module::default()
        });
        self.bind(module, &inner.ident, Binding::Child(child));
        match &inner.content {
            Some((_, items)) => self.items(sources, child, items),
            None => self.read_file(sources, child),
        }
    }

    /// One branch of a `use`.
    fn import(&mut self, module: usize, before: Vec<String>, tree: &UseTree, reexport: bool, test: bool) {
        let line = tree.span().start().line;
        let with = |name: &syn::Ident| {
            let mut path = before.clone();
            if name != "self" || path.is_empty() {
                path.push(name.to_string());
            }
            path
        };
        match tree {
            UseTree::Path(inner) => self.import(module, with(&inner.ident), &inner.tree, reexport, test),
            UseTree::Group(group) => {
                for inner in &group.items {
                    self.import(module, before.clone(), inner, reexport, test);
                }
            }
            UseTree::Name(name) => {
                let path = with(&name.ident);
                let last = path.last().cloned().unwrap_or_default();
                self.bind_name(module, last, Binding::Import(path.clone()));
                self.site(module, path, line, SiteKind::Import { reexport }, test);
            }
            UseTree::Rename(renamed) => {
                let path = with(&renamed.ident);
                self.bind(module, &renamed.rename, Binding::Import(path.clone()));
                self.site(module, path, line, SiteKind::Import { reexport }, test);
            }
            UseTree::Glob(_) => {
                self.modules[module].globs.push(before.clone());
                self.site(module, before, line, SiteKind::Glob { reexport }, test);
            }
        }
    }

    fn attributes(&mut self, module: usize, attributes: &[Attribute], test: bool) {
        for attribute in attributes.iter().filter(|found| !found.path().is_ident("doc")) {
            self.code(module, quoted(attribute), test);
        }
    }

    fn code(&mut self, module: usize, stream: TokenStream, test: bool) {
        for mention in tokens::mentions(stream, test) {
            match mention {
                Mention::Path {
                    path,
                    line,
                    test,
                    kind,
                } => self.site(module, path, line, kind, test),
                Mention::Use { tree, rooted, test } => {
                    let before = rooted.then(String::new).into_iter().collect();
                    self.import(module, before, &tree, false, test);
                }
            }
        }
    }

    fn site(&mut self, module: usize, path: Vec<String>, line: usize, kind: SiteKind, test: bool) {
        self.sites.push(Site {
            module,
            path,
            line,
            kind,
            test,
        });
    }

    fn define(&mut self, module: usize, name: &syn::Ident, is_type: bool) {
        self.bind(module, name, Binding::Item { is_type });
    }

    fn bind(&mut self, module: usize, name: &syn::Ident, binding: Binding) {
        self.bind_name(module, name.to_string(), binding);
    }

    fn bind_name(&mut self, module: usize, name: String, binding: Binding) {
        self.modules[module].names.entry(name).or_default().push(binding);
    }

    fn shared(&mut self, module: usize, visibility: &syn::Visibility, name: &str, test: bool) {
        if !matches!(visibility, syn::Visibility::Inherited) {
            self.share(module, name, test);
        }
    }

    fn share(&mut self, module: usize, name: &str, test: bool) {
        if !test {
            let file = self.modules[module].file.clone();
            let name = name.to_owned();
            self.types.push(SharedType { name, file });
        }
    }
}

/// The file of a module that stands in no other file.
fn file_of(sources: &Sources, path: &[String], parent: &str) -> String {
    let base = path.join("/");
    let base = base.strip_prefix("main/").unwrap_or(&base);
    let places = [format!("{base}.rs"), format!("{base}/mod.rs")];
    let found = places.into_iter().find(|place| sources.contains_key(place));
    found.unwrap_or_else(|| panic!("{parent}: `mod {}` has no file", path.join("::")))
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The tokens of a piece of source.
fn quoted(piece: &impl quote::ToTokens) -> TokenStream {
    piece.to_token_stream()
}
