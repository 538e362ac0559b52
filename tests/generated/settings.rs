//! `backoffice-config(5)`: every setting, made from what the code declares.

use std::fmt::Write as _;

use backoffice::cli::config::{explanations, sample};
use serde_json::{Value, json};

use super::common::Desk;
use super::manual::{DATE, add_entry, escaped, meaning, polished};

const DESCRIPTION: &str = r"The configuration file has the settings of \fBbackoffice\fR, in TOML.
The program works without it: only reset links, mail and the sign\-in with a provider need settings.
.PP
The first of these files that exists is read: the one of \fB\-\-config\fR, the one of \fBBACKOFFICE_CONFIG\fR, \fB\(ti/.config/backoffice/config.toml\fR, \fB/etc/backoffice/config.toml\fR.
Other users must not be able to write the file or its folder.
A relative path in the file is below the folder of the file.
An unknown key is refused.
.PP
\fBbackoffice config init\fR makes the file.
Every setting stands in it in a comment: to change a setting, remove the \fB#\fR in front of it.
\fBbackoffice config explain KEY\fR explains a setting, and \fBbackoffice config show \-\-origin\fR lists the settings in force, and where each comes from.
.PP
A secret never stands in the file: a setting names a file with the secret, which only its owner should be able to read.
.PP
On this page, the setting \fBpassword.min_length\fR is the line \fBmin_length\fR in the section \fB[password]\fR:
.PP
.EX
[password]
min_length = 20
.EE
.PP
In the keys that begin with \fBprovider.NAME\fR, \fBNAME\fR stands for the name of a provider, such as \fBgoogle\fR.
";

const SEE_ALSO: &str = ".SH \"SEE ALSO\"\n.BR backoffice (1),\n.BR backoffice\\-config (1),\n\
    .BR backoffice\\-providers (7),\n.BR backoffice\\-server (7)\n";

/// The page.
pub fn page() -> String {
    let mut text = format!(
        ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n.TH BACKOFFICE-CONFIG 5 {DATE} \"backoffice {}\" \"The back office\"\n\
         .nh\n.ad l\n.SH NAME\nbackoffice\\-config \\- The configuration file of backoffice\n.SH DESCRIPTION\n{DESCRIPTION}",
        env!("CARGO_PKG_VERSION")
    );
    let mut section = None;
    for setting in explanations() {
        if section != Some(setting.section.clone()) {
            let name = setting.section.as_deref().unwrap_or("the top of the file");
            let _ = writeln!(text, ".SH \"{}\"", escaped(name));
            section = Some(setting.section.clone());
        }
        add_entry(&mut text, setting.key, &meaning(&setting));
    }
    text += ".SH EXAMPLES\nThis file sets every setting to its default, or to an example where there is no default.\n.PP\n.EX\n";
    text = polished(&text);
    for line in sample().lines() {
        text += &literal(line);
        text.push('\n');
    }
    text + ".EE\n" + SEE_ALSO
}

/// A line of an example, in which nothing means anything.
fn literal(line: &str) -> String {
    escaped(line)
        .replace('`', "\\(ga")
        .replace('~', "\\(ti")
        .replace('^', "\\(ha")
}

#[test]
fn every_setting_is_on_the_page_once() {
    let page = page();
    let settings = explanations();
    for setting in &settings {
        let entry = format!("\n.TP\n\\fB{}\\fR\n", escaped(setting.key));
        assert_eq!(page.matches(&entry).count(), 1, "{}", setting.key);
    }
    assert!(settings.len() > 60, "{}", settings.len());
}

#[test]
fn the_file_on_the_page_sets_all_there_is_to_its_default() {
    // What a provider can't do without, in the example too.
    const LEAST: &str = "[provider.example]\nkind = \"oidc\"\nissuer = \"https://id.example.com\"\nclient_id = \"x\"\n\
        [provider.plain]\nkind = \"oauth2\"\nclient_id = \"x\"\nauthorization_endpoint = \"https://login.example.com\"\n\
        token_endpoint = \"https://login.example.com\"\nuserinfo_endpoint = \"https://login.example.com\"\n";
    let desk = Desk::empty();
    let sample = sample();
    let shown = |name: &str, text: &str| {
        let file = desk.file(name, text);
        let show = ["config", "show", "--json", "--origin", "--config"];
        let arguments = show.into_iter().chain([file.to_str().unwrap()]);
        let settings = desk.run(arguments).ended(0).json();
        settings.as_array().unwrap().clone()
    };
    let all = shown("sample.toml", &sample);
    let defaults = shown("least.toml", LEAST);
    assert_eq!(all.len(), defaults.len());
    let says_nothing = |value: &Value| *value == Value::Null || *value == json!([]) || *value == json!({});
    for (set, default) in all.iter().zip(&defaults) {
        let key = set["key"].as_str().unwrap();
        assert_eq!(key, default["key"]);
        let is_set = set["origin"].as_str().unwrap().contains("sample.toml");
        // What both kinds have is shown with one; a preset fills in what is shown here.
        let elsewhere = key.starts_with("provider.plain.") || key == "provider.example.preset";
        // Settings that exclude others stand there as comments.
        let name = key.rsplit('.').next().unwrap();
        let elsewhere = elsewhere || sample.contains(&format!("\n#{name} = "));
        assert!(is_set || elsewhere, "not in the file: {set}");
        // Those that are not set unless somebody sets them, and those that follow from something else.
        let has_default = default["origin"] == "default" && !says_nothing(&default["value"]);
        let follows = ["store", "provider.example.label", "provider.example.client_auth"];
        if has_default && !follows.contains(&key) {
            assert_eq!(set["value"], default["value"], "{set}");
        }
        // Of one kind alone.
        if key.ends_with("_endpoint") || key.ends_with("_field") {
            assert!(is_set, "not in the file: {set}");
        }
    }
}
