//! HTML: values are escaped, and links in mails work in each mail program.

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, Output, State, escape_formatter};

use crate::domain::text::is_hostile;

/// Writes a value into an HTML template, escaped by `escaped`.
pub(super) fn set_up(env: &mut Environment<'_>, escaped: fn(&str) -> String) {
    env.set_formatter(
        move |out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value| {
            format(out, state, value, escaped)
        },
    );
    for name in ["escape", "e"] {
        env.add_filter(name, move |value: &Value| escape(value, escaped));
    }
}

fn format(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
    escaped: fn(&str) -> String,
) -> Result<(), Error> {
    if !matches!(state.auto_escape(), AutoEscape::Html) || value.is_safe() || value.is_undefined() {
        return escape_formatter(out, state, value);
    }
    Ok(out.write_str(&escaped(&value.to_string()))?)
}

fn escape(value: &Value, escaped: fn(&str) -> String) -> Value {
    if value.is_safe() {
        value.clone()
    } else {
        Value::from_safe_string(escaped(&value.to_string()))
    }
}

/// Escapes a text as the template library does, but leaves slashes as they are. A slash is safe in
/// HTML, and some mail programs don't recognise a link with `&#x2f;` in it.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Escapes a text, and replaces each character that hides the text after it, or changes its
/// direction, by a space.
pub(super) fn escaped_and_plain(text: &str) -> String {
    escaped(&text.replace(is_hostile, " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn render(name: &str, template: &str, value: &str) -> String {
        let mut env = Environment::new();
        set_up(&mut env, escaped);
        env.add_template_owned(name.to_owned(), template.to_owned())
            .unwrap();
        env.get_template(name)
            .unwrap()
            .render(context! { value })
            .unwrap()
    }

    #[test]
    fn every_character_that_can_end_a_text_or_an_attribute_is_escaped() {
        let hostile = "</p>\"'&<script>/";
        let safe = "&lt;/p&gt;&quot;&#39;&amp;&lt;script&gt;/";
        for template in [
            "{{ value }}",
            "{{ value|escape }}",
            "{{ value|e }}",
            "{{ value|e|e }}",
        ] {
            assert_eq!(render("x.html", template, hostile), safe, "{template}");
        }
        let macros = "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(value) }}";
        assert_eq!(render("x.html", macros, hostile), safe);
        assert_eq!(render("x.txt", "{{ value }}", hostile), hostile);
    }

    #[test]
    fn a_value_that_is_missing_is_still_an_error_where_it_was_one() {
        let mut env = Environment::new();
        env.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        set_up(&mut env, escaped);
        env.add_template("x.html", "{{ missing }}").unwrap();
        assert!(env.get_template("x.html").unwrap().render(context! {}).is_err());
    }
}
