//! Files that stand in a circle: each one uses, over others or directly, what the other defines.

use std::collections::{BTreeMap, BTreeSet};

use crate::modules::{Package, Site, SiteKind};
use crate::resolve::{Meaning, Resolver};

/// The files that each file uses, and where it does.
pub type Uses = BTreeMap<String, BTreeMap<String, String>>;

/// Which files use an item that another one defines. Code for tests counts for nothing; nor does a
/// `use` by which a module shows what a module in it defines.
pub fn uses(package: &Package, crates: &[String]) -> Uses {
    let resolver = Resolver::new(package, crates);
    let mut uses = Uses::new();
    for site in package.sites.iter().filter(|site| !site.test) {
        for resolved in resolver.meanings(site) {
            let Meaning::Item { module, name } = resolved.meaning else {
                continue;
            };
            let defined = &package.modules[module];
            let user = &package.modules[site.module].file;
            if defined.test || *user == defined.file || shows_its_own(package, site, module) {
                continue;
            }
            let place = format!(
                "{user}:{} uses `{}`",
                site.line,
                resolver.full_path(module, &name)
            );
            let of_user = uses.entry(user.clone()).or_default();
            of_user.entry(defined.file.clone()).or_insert(place);
        }
    }
    uses
}

/// Whether a site makes an item public that a module below its own defines.
fn shows_its_own(package: &Package, site: &Site, defined: usize) -> bool {
    let is_reexport = matches!(
        site.kind,
        SiteKind::Import { reexport: true } | SiteKind::Glob { reexport: true }
    );
    let (above, below) = (&package.modules[site.module].path, &package.modules[defined].path);
    is_reexport && below.len() > above.len() && below.starts_with(above)
}

/// The circles: sets of files that all reach each other, in order.
pub fn circles(uses: &Uses) -> Vec<Vec<String>> {
    let mut found = BTreeSet::new();
    for start in uses.keys() {
        let reached = reached_from(uses, start);
        let circle: Vec<String> = reached
            .iter()
            .filter(|file| reached_from(uses, file).contains(start))
            .cloned()
            .collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

/// Why a set of files is a circle: the uses between them.
pub fn explain(uses: &Uses, circle: &[String]) -> Vec<String> {
    let from = |file: &String| uses.get(file).into_iter().flatten();
    let inside = |(used, place): (&String, &String)| circle.contains(used).then(|| place.clone());
    circle
        .iter()
        .flat_map(|file| from(file).filter_map(inside))
        .collect()
}

fn reached_from(uses: &Uses, start: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut left = vec![start.to_owned()];
    while let Some(file) = left.pop() {
        for used in uses.get(&file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(used.clone()) {
                left.push(used.clone());
            }
        }
    }
    reached
}
