//! What programs that use the crate meet: every public name, and that each can grow.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, UseTree, Visibility};

/// Every public name. A name that is new here is a promise; one that goes breaks programs.
#[rustfmt::skip]
const PUBLIC: &[&str] = &[
    "ADMINISTRATORS", "ANSWER_TIMEOUT", "Acting", "Argon2Cost", "AttemptId", "AuditEvent", "AuditHead",
    "AuditRecord", "BackOffice", "BadSeparator", "BrokenLink", "Caller", "ChainFault", "ChainHash",
    "CheckStep", "Clock", "Delivery", "Directory", "Disclosure", "Done", "Dropped", "EmailAddress",
    "EmailError", "Ended", "Error", "EventActor", "EventCause", "EventListing", "ExposeSecret",
    "FailureFloor", "Fate", "Flushed", "ForeignKind", "Group", "GroupName", "GroupNameError",
    "GroupWritten", "Groups", "Identities", "Identity", "IdentityBond", "IdentityError", "IfExists",
    "ImportError", "ImportFailure", "ImportOptions", "ImportProblem", "ImportReport", "ImportStep",
    "InputFormat", "Invitation", "Invited", "Issued", "Keeping", "LinkError", "LinkLife", "LinkRevoked",
    "LinkTemplate", "LinksRevoked", "ListedEvent", "ListedLink", "Listing", "Locale", "LocaleError",
    "LockKind", "MailId", "MailQueue", "MailStep", "Mailer", "MalformedChainHash", "MalformedToken",
    "Memory", "Name", "NameError", "NewPassword", "NewUser", "NoRandomness", "NotAllowed", "NotBefore",
    "Notice", "Opened", "Options", "OutOfRange", "Outcome", "PasswordHash", "PasswordOwner",
    "PasswordPolicy", "PasswordRefusal", "PasswordSignIn", "PasswordState", "Passwords", "PlainToken",
    "Policies", "QueuedMail", "RandomSource", "ReadError", "ReadOptions", "RecordChecked", "Requested",
    "ResetId", "ResetKind", "ResetLink", "ResetPolicy", "ResetState", "Resets", "RowError", "SecretString",
    "SendError", "Sender", "Sent", "Separator", "Session", "SessionId", "SessionPolicy", "Sessions",
    "SessionsEnded", "SettingsError", "SignIn", "SignedIn", "Smtp", "SmtpSettings", "SortField", "Status",
    "StoreError", "StoreFileFault", "StoreId", "TemplateError", "Templates", "ThirdPartyError",
    "ThrottlePolicy", "Timestamp", "Tls", "TokenKind", "TransitionRefused", "Transport", "UnknownName",
    "UnknownNames", "Unwritable", "UsableLink", "User", "UserEdit", "UserFilter", "UserId", "UserOrder",
    "UserRef", "UserSession", "Users", "Written", "mod cli", "reset_token_in",
    "third_party_login::Admission", "third_party_login::AdmissionFault", "third_party_login::Beginning",
    "third_party_login::Begun", "third_party_login::Callback", "third_party_login::CallbackFault",
    "third_party_login::ClaimValue", "third_party_login::Client", "third_party_login::ClientAuth",
    "third_party_login::Clock", "third_party_login::DeviceTransaction", "third_party_login::EmailDomain",
    "third_party_login::EmailDomainFault", "third_party_login::EndpointError",
    "third_party_login::ExpectedCallback", "third_party_login::FailedStep", "third_party_login::Lifetime",
    "third_party_login::LoginRefused", "third_party_login::OAuth2", "third_party_login::Oidc",
    "third_party_login::Other", "third_party_login::Preset", "third_party_login::Protocol",
    "third_party_login::Provider", "third_party_login::ProviderDescription",
    "third_party_login::ProviderError", "third_party_login::ProviderFault",
    "third_party_login::ProviderKind", "third_party_login::ProviderName",
    "third_party_login::ProviderRule", "third_party_login::Purpose", "third_party_login::Redirect",
    "third_party_login::RedirectHost", "third_party_login::SignedInAtProvider",
    "third_party_login::SigningAlgorithm", "third_party_login::StateHash", "third_party_login::Strategy",
    "third_party_login::SystemClock", "third_party_login::ThirdParty", "third_party_login::Transaction",
    "third_party_login::TransactionError", "third_party_login::UnusableAnswer",
    "third_party_login::Vouched",
];

/// Those that never get another variant or field.
#[rustfmt::skip]
const CLOSED: &[&str] = &[
    "AttemptId", "ChainHash", "Disclosure", "IdentityBond", "Keeping", "MailId", "Mailer", "Outcome", "PasswordOwner",
    "PasswordSignIn", "PasswordState", "ResetId", "SessionId", "Status", "StoreId", "Tls", "TokenKind",
    "UserId", "UserRef", "third_party_login::Beginning",
    "third_party_login::Callback", "third_party_login::ClientAuth",
    "third_party_login::ExpectedCallback", "third_party_login::Lifetime",
    "third_party_login::Other", "third_party_login::Protocol", "third_party_login::ProviderKind",
    "third_party_login::Purpose", "third_party_login::Redirect", "third_party_login::RedirectHost",
    "third_party_login::SigningAlgorithm", "third_party_login::StateHash", "third_party_login::Strategy",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn parse(path: &Path) -> syn::File {
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The items of a file, with those that a macro is called with, as the types of ids are.
fn items_of(path: &Path) -> Vec<Item> {
    let items = parse(path).items;
    let of_macros = items.iter().filter_map(|item| match item {
        Item::Macro(called) if called.ident.is_none() => called.mac.parse_body::<syn::File>().ok(),
        _ => None,
    });
    let of_macros: Vec<Item> = of_macros.flat_map(|file| file.items).collect();
    items.into_iter().chain(of_macros).collect()
}

/// The names at the ends of a `use`: as they are called outside, and inside.
fn leaves(tree: &UseTree, found: &mut Vec<(String, String)>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Name(name) => found.push((name.ident.to_string(), name.ident.to_string())),
        UseTree::Rename(renamed) => found.push((renamed.rename.to_string(), renamed.ident.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, found)),
        UseTree::Glob(_) => panic!("name what is public"),
    }
}

/// What `lib.rs` makes public: the name outside, and inside.
fn public() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&parse(&source().join("lib.rs")).items, "", &mut found);
    found.sort();
    found
}

fn collect(items: &[Item], module: &str, found: &mut Vec<(String, String)>) {
    for item in items {
        match item {
            Item::Use(used) if matches!(used.vis, Visibility::Public(_)) => {
                let mut names = Vec::new();
                leaves(&used.tree, &mut names);
                let outside = |(name, inside)| (format!("{module}{name}"), inside);
                found.extend(names.into_iter().map(outside));
            }
            Item::Mod(inner) if matches!(inner.vis, Visibility::Public(_)) => match &inner.content {
                Some((_, items)) => collect(items, &format!("{module}{}::", inner.ident), found),
                None => found.push((format!("mod {module}{}", inner.ident), String::new())),
            },
            _ => {}
        }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension() == Some("rs".as_ref()) {
            found.push(path);
        }
    }
}

/// Whether a type can grow without breaking a program: it is marked, or has no public field and is
/// no enum.
fn can_grow(item: &Item) -> Option<(String, bool)> {
    let marked = |attributes: &[syn::Attribute]| {
        attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("non_exhaustive"))
    };
    match item {
        Item::Enum(found) => Some((found.ident.to_string(), marked(&found.attrs))),
        Item::Struct(found) => {
            let open = found
                .fields
                .iter()
                .any(|field| matches!(field.vis, Visibility::Public(_)));
            Some((found.ident.to_string(), marked(&found.attrs) || !open))
        }
        _ => None,
    }
}

#[test]
fn the_public_names_are_these() {
    let names: Vec<String> = public().into_iter().map(|(outside, _)| outside).collect();
    assert_eq!(names, PUBLIC, "{names:#?}");
}

#[test]
fn every_public_type_can_grow() {
    let mut paths = Vec::new();
    files(&source(), &mut paths);
    let mut growth: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for path in paths
        .iter()
        .filter(|path| !path.starts_with(source().join("cli")))
    {
        for (name, grows) in items_of(path).iter().filter_map(can_grow) {
            growth.entry(name).or_default().push(grows);
        }
    }
    // Where several types have one name, one that can grow is enough.
    let closed: Vec<String> = public()
        .into_iter()
        .filter(|(_, inside)| growth.get(inside).is_some_and(|all| !all.contains(&true)))
        .map(|(outside, _)| outside)
        .collect();
    assert_eq!(closed, CLOSED, "{closed:#?}");
}
