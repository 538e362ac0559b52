//! What a word means after a certain command, where the table of meanings can't know it: other
//! programs' commands, commands with flags, and what this program has no command for.

/// A command, the words that may be typed after it, and the commands that were meant, the likeliest
/// first. The empty command is the program itself. A command that isn't there is passed over.
pub(super) const PHRASES: &[(&str, &[&str], &[&str])] = &[
    (
        "user",
        &["check", "verify", "test"],
        &["user show", "user exists"],
    ),
    ("user", &["link"], &["identity link"]),
    ("user", &["unlink"], &["identity unlink"]),
    (
        "password",
        &["update", "edit", "modify"],
        &["password set", "password change"],
    ),
    (
        "",
        &["useradd", "adduser", "newuser", "mkuser", "signup", "register"],
        &["user create"],
    ),
    ("", &["usermod", "moduser"], &["user edit"]),
    ("", &["userdel", "deluser", "rmuser"], &["user delete"]),
    ("", &["groupadd", "addgroup"], &["group create"]),
    ("", &["groupdel", "delgroup"], &["group delete"]),
    (
        "",
        &["passwd", "chpasswd", "changepassword"],
        &["password change", "password set"],
    ),
    ("", &["setpassword"], &["password set"]),
    (
        "",
        &["resetpassword", "passwordreset"],
        &["reset issue", "password set"],
    ),
    (
        "",
        &["forgot", "forgotpassword", "lostpassword"],
        &["reset request EMAIL"],
    ),
    ("", &["invite"], &["user create EMAIL --invite"]),
    ("", &["find", "search", "grep"], &["user list --search TEXT"]),
    ("", &["whois", "finger"], &["user show"]),
    ("", &["ps", "w"], &["session list"]),
    ("", &["token", "introspect"], &["session verify --token-stdin"]),
    ("", &["kick"], &["session revoke --user USER"]),
    ("", &["member"], &["group add-member", "group remove-member"]),
    ("", &["members"], &["user list --group GROUP"]),
    ("", &["join", "grant", "promote"], &["group add-member"]),
    ("", &["leave", "demote"], &["group remove-member"]),
    ("", &["permission", "permissions", "acl"], &["group list"]),
    (
        "",
        &["oauth", "oauth2", "oidc", "sso", "saml", "social"],
        &["provider list", "login --with PROVIDER"],
    ),
    ("", &["queue"], &["mail queue list"]),
    ("", &["version", "ver"], &["--version"]),
    ("", &["usage", "man", "manual", "commands"], &["help"]),
    ("user", &["invite"], &["user create EMAIL --invite"]),
    (
        "user",
        &["find", "search", "grep", "query", "filter"],
        &["user list --search TEXT"],
    ),
    (
        "user",
        &["log", "history", "events", "audit", "activity"],
        &["audit list --user USER"],
    ),
    ("", &["tail"], &["audit list --follow"]),
    ("user", &["count"], &["user list --count"]),
    ("user", &["locked"], &["user list --locked"]),
    ("user", &["status", "state"], &["user show"]),
    (
        "user",
        &["password", "passwd", "passwords", "setpassword", "changepassword"],
        &["password set"],
    ),
    (
        "user",
        &["reset", "resetpassword"],
        &["reset issue", "password set"],
    ),
    ("user", &["forgot", "forgotpassword"], &["reset request EMAIL"]),
    (
        "user",
        &["logout", "kick", "signout", "logoff"],
        &["session revoke --user USER"],
    ),
    ("user", &["session", "sessions"], &["session list USER"]),
    (
        "user",
        &["identity", "identities", "provider"],
        &["identity list USER"],
    ),
    (
        "user",
        &[
            "group",
            "groups",
            "role",
            "roles",
            "join",
            "addgroup",
            "addtogroup",
            "addrole",
            "grant",
            "promote",
        ],
        &["user edit USER --add-group GROUP"],
    ),
    (
        "user",
        &["leave", "removegroup", "removefromgroup", "removerole", "demote"],
        &["user edit USER --remove-group GROUP"],
    ),
    ("user", &["email", "mail"], &["user edit USER --email EMAIL"]),
    ("user", &["whoami", "me", "id", "self"], &["whoami"]),
    (
        "group",
        &["member", "members", "user", "users"],
        &["user list --group GROUP", "group add-member"],
    ),
    ("group", &["who"], &["user list --group GROUP"]),
    ("password", &["reset"], &["reset issue", "password set"]),
    (
        "password",
        &["forgot", "recover", "lost"],
        &["reset request EMAIL"],
    ),
    (
        "password",
        &["generate", "random"],
        &["password set USER --generate-password"],
    ),
    ("password", &["invite"], &["reset issue USER --send"]),
    ("reset", &["password", "passwd", "user"], &["reset issue"]),
    ("reset", &["show", "info", "get", "status"], &["reset list"]),
    ("session", &["show", "info", "get", "who"], &["session list"]),
    ("session", &["create", "new", "start", "login"], &["login"]),
    ("identity", &["show", "info", "get"], &["identity list"]),
    ("config", &["list", "ls", "dump"], &["config show"]),
];

/// A command (`*`: every command), the words that may be typed after it, and what a person can do
/// instead: no command does it.
pub(super) const ADVICE: &[(&str, &[&str], &str)] = &[
    (
        "*",
        &["exit", "quit", "bye"],
        "each command ends by itself, so nothing has to be left; `backoffice whoami` tells who is signed in",
    ),
    (
        "",
        &[
            "2fa", "mfa", "totp", "otp", "u2f", "webauthn", "passkey", "passkeys",
        ],
        "a second factor is the task of a provider: `backoffice login --with PROVIDER` signs in with it, \
         and `backoffice provider list` shows the configured providers",
    ),
    (
        "user",
        &[
            "2fa", "mfa", "totp", "otp", "u2f", "webauthn", "passkey", "passkeys",
        ],
        "a second factor is the task of a provider: `backoffice login --with PROVIDER` signs in with it, \
         and `backoffice identity list USER` shows the linked accounts",
    ),
    (
        "provider",
        &[
            "create", "add", "new", "set", "edit", "update", "delete", "remove", "rm", "enable", "disable",
        ],
        "the sections [provider.NAME] of the configuration file are the providers: edit the file; \
         `backoffice provider list` shows them",
    ),
    (
        "config",
        &[
            "set", "edit", "add", "unset", "update", "change", "delete", "remove",
        ],
        "edit the configuration file; `backoffice config show` shows the settings in force",
    ),
    (
        "password",
        &[
            "show", "get", "list", "ls", "view", "display", "info", "print", "export",
        ],
        "only the hash of a password is stored, so it can't be shown; `backoffice password set` sets another one",
    ),
];
