//! Fields within fields.

/// The names of `fields` within the field `outer`, such as `user.email`. To be called once in a run: the
/// names are never freed.
pub fn within(outer: &str, fields: &[&str]) -> Vec<&'static str> {
    let name = |field: &&str| &*format!("{outer}.{field}").leak();
    fields.iter().map(name).collect()
}
