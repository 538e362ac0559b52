//! `backoffice-providers(7)`.

use serde_json::Value;

use crate::common::Desk;
use crate::examples::examples;

const PAGE: &str = "backoffice-providers.7";
const TEXT: &str = include_str!("../../man/backoffice-providers.7");

/// The sections of configuration on the page.
fn sections() -> Vec<String> {
    let mut examples = examples(PAGE);
    examples.retain(|example| example.starts_with('['));
    examples
}

#[test]
fn every_section_of_the_page_is_a_provider_of_its_preset() {
    let mut names = Vec::new();
    for section in sections() {
        let desk = Desk::empty();
        desk.configure(&section);
        let name = desk
            .run(["provider", "list", "-o", "ids"])
            .ended(0)
            .stdout
            .trim()
            .to_owned();
        let shown = desk.run(["provider", "show", &name, "--json"]).ended(0).json();
        assert_eq!(shown["preset"], name.as_str());
        // Where a redirect URI is to be registered, the page says which.
        for uri in shown["register"]["redirect_uris"].as_array().unwrap() {
            let uri = uri.as_str().unwrap();
            let port = uri.trim_end_matches("/callback").rsplit(':').next().unwrap();
            assert!(TEXT.contains(uri) || TEXT.contains(port), "{name}: {uri}");
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["entra", "github", "google", "keycloak", "okta"]);
}

#[test]
fn the_page_has_every_preset() {
    let explained = Desk::empty().run(["config", "explain", "provider.NAME.preset", "--json"]);
    let rule = explained.ended(0).json()["rule"].as_str().unwrap().to_owned();
    let presets: Vec<&str> = rule.split('"').skip(1).step_by(2).collect();
    assert!(presets.len() >= 5, "{rule}");
    let sections = sections().concat();
    for preset in presets {
        assert!(sections.contains(&format!("preset = \"{preset}\"\n")), "{preset}");
    }
}

#[test]
fn the_first_steps_lead_to_a_provider_that_is_shown() {
    let desk = Desk::empty();
    let mut steps = examples(PAGE)
        .into_iter()
        .filter(|example| !example.starts_with('['));
    let lines = |text: String| format!("backoffice() {{ \"$BACKOFFICE\" \"$@\"; }}\n{text}");
    let made = desk.shell(&lines(steps.next().unwrap())).ended(0);
    assert!(
        made.stderr.contains("/.config/backoffice/config.toml"),
        "{made:?}"
    );
    let file = desk.path().join(".config/backoffice/config.toml");
    let mut configuration = std::fs::read_to_string(&file).unwrap();
    configuration.push_str(&sections()[0]);
    std::fs::write(&file, configuration).unwrap();
    desk.shell(&lines(steps.next().unwrap())).ended(0);
    let secret = desk.path().join(".config/backoffice/google-secret");
    std::fs::write(secret, "GOCSPX-1\n").unwrap();
    let shown = desk.shell(&lines(steps.next().unwrap())).ended(0);
    assert!(shown.stdout.contains("redirect URI"), "{shown:?}");
    // The secret is private, and is found beside the file.
    let settings = desk.run(["config", "show", "--json"]).ended(0).json();
    let settings = settings.as_array().unwrap();
    let is_secret = |setting: &&Value| setting["key"] == "provider.google.client_secret_file";
    let secret = settings.iter().find(is_secret).unwrap();
    assert!(
        secret.to_string().contains(".config/backoffice/google-secret"),
        "{secret}"
    );
}

#[test]
fn every_command_of_the_page_is_one() {
    for line in examples(PAGE).concat().lines() {
        let Some(words) = line.strip_prefix("backoffice ") else {
            continue;
        };
        let run = Desk::empty().run(words.split(' ').chain(["--help"]));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{line}: {run:?}");
    }
}
