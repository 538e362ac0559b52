//! What a stream of tokens names: paths in code, in attributes and in the bodies of macros.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Attribute, UseTree};

use crate::modules::SiteKind;

/// Something that is named.
pub enum Mention {
    /// A path. One name alone counts if it looks like a type, or is called.
    Path {
        path: Vec<String>,
        line: usize,
        /// Whether it is compiled for tests only.
        test: bool,
        kind: SiteKind,
    },
    /// A `use` inside a function.
    Use {
        tree: UseTree,
        /// Whether it begins with `::`.
        rooted: bool,
        test: bool,
    },
}

/// An item that is defined in the tokens that a macro is called with.
pub struct Definition {
    pub name: Ident,
    pub is_type: bool,
    /// Whether it is more than private.
    pub is_shared: bool,
}

/// What the tokens name. `test`: they are compiled for tests only.
pub fn mentions(stream: TokenStream, test: bool) -> Vec<Mention> {
    let mut found = Vec::new();
    Walk {
        found: &mut found,
        test,
    }
    .stream(stream);
    found
}

/// Whether an item with these attributes is compiled for tests only.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && is_test_condition(list.tokens.clone()),
        _ => false,
    })
}

/// `test`, or `all(…)` with `test` in it.
fn is_test_condition(condition: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => name == "test",
        [TokenTree::Ident(name), TokenTree::Group(inner)] if name == "all" => {
            let inner: Vec<TokenTree> = inner.stream().into_iter().collect();
            let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ',');
            inner
                .split(is_comma)
                .any(|part| is_test_condition(part.iter().cloned().collect()))
        }
        _ => false,
    }
}

/// The items that are defined in the tokens that a macro is called with.
pub fn definitions(stream: &TokenStream) -> Vec<Definition> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut found = Vec::new();
    for (place, pair) in tokens.windows(2).enumerate() {
        let [TokenTree::Ident(keyword), TokenTree::Ident(name)] = pair else {
            continue;
        };
        let is_type = ["struct", "enum", "union", "trait", "type"]
            .iter()
            .any(|kind| keyword == kind);
        if is_type || ["fn", "const", "static"].iter().any(|kind| keyword == kind) {
            found.push(Definition {
                name: name.clone(),
                is_type,
                is_shared: ends_in_visibility(&tokens[..place]),
            });
        }
    }
    found
}

/// Whether tokens end in `pub` or `pub(…)`.
fn ends_in_visibility(tokens: &[TokenTree]) -> bool {
    let is_pub = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "pub");
    match tokens {
        [.., word, TokenTree::Group(_)] if is_pub(word) => true,
        [.., word] => is_pub(word),
        [] => false,
    }
}

struct Walk<'w> {
    found: &'w mut Vec<Mention>,
    test: bool,
}

impl Walk<'_> {
    fn stream(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut place = 0;
        while place < tokens.len() {
            place += self.step(&tokens, place).max(1);
        }
    }

    /// Reads on at `place`. Returns how many tokens were read.
    fn step(&mut self, tokens: &[TokenTree], place: usize) -> usize {
        match &tokens[place] {
            TokenTree::Punct(mark) if mark.as_char() == '#' => self.attribute(tokens, place),
            TokenTree::Group(group) => {
                self.stream(group.stream());
                1
            }
            TokenTree::Ident(word) if word == "use" && !is_mark(tokens, place + 1, '<') => {
                self.local_use(tokens, place)
            }
            // `pub(in some::module)` names a module around this one.
            TokenTree::Ident(word) if word == "pub" => {
                let is_restricted = matches!(tokens.get(place + 1), Some(TokenTree::Group(group))
                    if group.delimiter() == Delimiter::Parenthesis && is_restriction(group.stream()));
                1 + usize::from(is_restricted)
            }
            TokenTree::Ident(_) => self.path(tokens, place),
            _ => 1,
        }
    }

    /// An attribute; if it says that what follows is compiled for tests only, that too.
    fn attribute(&mut self, tokens: &[TokenTree], place: usize) -> usize {
        let inner = usize::from(is_mark(tokens, place + 1, '!'));
        let Some(content) = tokens
            .get(place + 1 + inner)
            .and_then(|tree| group(tree, Delimiter::Bracket))
        else {
            return 1;
        };
        let length = 2 + inner;
        let content: Vec<TokenTree> = content.into_iter().collect();
        let name = content.first().map(ToString::to_string).unwrap_or_default();
        if name == "doc" {
            return length;
        }
        self.stream(content.iter().cloned().collect());
        self.paths_in_texts(&content);
        let condition = content
            .get(1)
            .and_then(|tree| group(tree, Delimiter::Parenthesis));
        if name == "cfg" && condition.is_some_and(is_test_condition) {
            let end = end_of_item(tokens, place + length);
            let after = tokens[place + length..end].iter().cloned().collect();
            self.found.extend(mentions(after, true));
            return end - place;
        }
        length
    }

    /// Attributes name paths in texts too: `#[serde(with = "crate::domain::moment")]`.
    fn paths_in_texts(&mut self, tokens: &[TokenTree]) {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.paths_in_texts(&inner);
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let text = text.trim_matches('"');
                    if let (true, Ok(path)) = (text.contains("::"), syn::parse_str::<syn::Path>(text)) {
                        let names = path.segments.iter().map(|segment| segment.ident.to_string());
                        // It can name a module, which code alone cannot.
                        let kind = SiteKind::Import { reexport: false };
                        self.named(names.collect(), literal.span().start().line, kind);
                    }
                }
                _ => {}
            }
        }
    }

    fn local_use(&mut self, tokens: &[TokenTree], place: usize) -> usize {
        let is_end = |tree: &TokenTree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ';');
        let length = tokens[place..].iter().position(is_end).unwrap_or(1);
        let rooted = is_mark(tokens, place + 1, ':');
        let start = place + 1 + if rooted { 2 } else { 0 };
        let tree: TokenStream = tokens[start.min(place + length)..place + length]
            .iter()
            .cloned()
            .collect();
        match <UseTree as syn::parse::Parse>::parse.parse2(tree) {
            Ok(tree) => {
                let test = self.test;
                self.found.push(Mention::Use { tree, rooted, test });
                length
            }
            // The body of a macro: its parts are read as paths.
            Err(_) => 1,
        }
    }

    /// A path, or a name that is none: a field, a method, a lifetime.
    fn path(&mut self, tokens: &[TokenTree], place: usize) -> usize {
        let mut path = Vec::new();
        let before = &tokens[..place];
        if let [.., TokenTree::Punct(one), TokenTree::Punct(two)] = before
            && (one.as_char(), two.as_char()) == (':', ':')
        {
            // Behind `<T as Trait>::` or `Vec::<u8>::` stands what belongs to a type.
            let is_rooted = !matches!(before, [.., TokenTree::Punct(mark), _, _] if mark.as_char() == '>');
            if !is_rooted {
                return 1;
            }
            path.push(String::new());
        }
        let mut next = place;
        while let Some(TokenTree::Ident(name)) = tokens.get(next) {
            path.push(name.to_string());
            next += 1;
            let goes_on = is_mark(tokens, next, ':') && is_mark(tokens, next + 1, ':');
            if !goes_on || !matches!(tokens.get(next + 2), Some(TokenTree::Ident(_))) {
                break;
            }
            next += 2;
        }
        let line = tokens[place].span().start().line;
        let call = is_mark(tokens, next, '!') && matches!(tokens.get(next + 1), Some(TokenTree::Group(_)));
        if path.len() > 1 || call || is_a_use(tokens, place) {
            let kind = if call { SiteKind::MacroCall } else { SiteKind::Code };
            self.named(path, line, kind);
        }
        next - place
    }

    fn named(&mut self, path: Vec<String>, line: usize, kind: SiteKind) {
        let test = self.test;
        self.found.push(Mention::Path {
            path,
            line,
            test,
            kind,
        });
    }
}

/// Whether a name alone may stand for an item: it looks like a type or a constant, or is called.
fn is_a_use(tokens: &[TokenTree], place: usize) -> bool {
    let TokenTree::Ident(name) = &tokens[place] else {
        return false;
    };
    let is_called = match tokens.get(place + 1) {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
        Some(TokenTree::Punct(mark)) => mark.as_char() == ':' && mark.spacing() == Spacing::Joint,
        _ => false,
    };
    // `map(parse)`: a function that is handed on.
    let is_handed_on = tokens.len() == 1;
    let is_free = match &tokens[..place] {
        [.., TokenTree::Punct(one), TokenTree::Punct(two)] if two.as_char() == '.' => one.as_char() == '.',
        [.., TokenTree::Punct(mark)] => !['.', '\''].contains(&mark.as_char()),
        [.., TokenTree::Ident(word)] => word != "fn",
        _ => true,
    };
    let is_capital = name.to_string().starts_with(|letter: char| letter.is_uppercase());
    is_free && (is_capital || is_called || is_handed_on)
}

fn is_mark(tokens: &[TokenTree], place: usize, mark: char) -> bool {
    matches!(tokens.get(place), Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

/// Whether the brackets behind `pub` say who may see it.
fn is_restriction(stream: TokenStream) -> bool {
    let first = stream.into_iter().next();
    let words = ["crate", "self", "super", "in"];
    matches!(first, Some(TokenTree::Ident(word)) if words.iter().any(|known| word == known))
}

/// Where the item, field or variant ends that begins at `start`.
fn end_of_item(tokens: &[TokenTree], start: usize) -> usize {
    let mut is_item = false;
    for (place, tree) in tokens.iter().enumerate().skip(start) {
        match tree {
            TokenTree::Ident(word) => {
                let keywords = [
                    "fn", "const", "static", "use", "let", "type", "struct", "impl", "mod",
                ];
                is_item |= keywords.iter().any(|known| word == known);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return place + 1,
            TokenTree::Punct(mark) if mark.as_char() == ';' => return place + 1,
            TokenTree::Punct(mark) if mark.as_char() == ',' && !is_item => return place + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Whether a token tree is a group with this delimiter.
fn group(tree: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}
