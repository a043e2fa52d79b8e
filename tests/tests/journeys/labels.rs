//! Practice mode's pages have all labels that the instructions name.

use std::{collections::BTreeSet, fs};

use acceptance::{Result, ensure, person::ScriptedPerson, tree};
use nops_sso_practice::{Practice, Settings};

const TESTER: &str = "samuel.okafor@example.com";

/// The elements that contain labels, as opposed to body text.
const LABELED: [&str; 12] =
    ["a", "button", "dt", "h1", "h2", "h3", "label", "legend", "option", "strong", "summary", "th"];

#[tokio::test(flavor = "multi_thread")]
async fn instructions_name_labels_of_one_site() -> Result<()> {
    let practice = Practice::start(Settings::default()).await?;
    let addresses = practice.addresses();
    let person = ScriptedPerson::new(&addresses.aws_endpoint, &addresses.portal);
    let places = tokio::task::spawn_blocking(move || places(&person).map_err(|e| e.to_string()));
    let places = places.await??;
    let mut count = 0;
    for (message, named) in instructions()? {
        let lacks = |place: &BTreeSet<String>| -> Vec<_> {
            named.iter().filter(|label| !place.contains(*label)).cloned().collect()
        };
        let least = places.iter().map(lacks).min_by_key(Vec::len).unwrap_or_default();
        ensure(least.is_empty(), || format!("no page has {least:?}, which this names: {message}"))?;
        count += named.len();
    }
    ensure(count > 60, || format!("only {count} labels were read"))
}

/// Returns the labels of the console, the access portal and nOps after an application has been set
/// up.
fn places(person: &ScriptedPerson) -> Result<[BTreeSet<String>; 3]> {
    let nops = "https://app.nops.io/v3/settings?tab=SSO";
    let sp = person.enable_sso()?.ok_or("nOps shows no addresses")?;
    let mut of_nops = labels(&person.open(nops)?.body);
    let draft = person.draft()?;
    let console = |page: &str| person.console(page);
    let mut of_console = labels(&person.open(&console("applications/configure"))?.body);
    let id = person.submit_typed(&draft, "nOps", &sp.acs, &sp.entity_id)?;
    let application = ["", "/edit", "/mappings", "/assign", "/certificates"];
    let pages = application.map(|page| format!("applications/{id}{page}"));
    let more =
        ["home", "applications", "applications/add", "users", "users/add", "groups", "settings"];
    for page in pages.iter().map(String::as_str).chain(more) {
        of_console.extend(labels(&person.open(&console(page))?.body));
    }
    of_console.extend(labels(&group_with_a_member(person)?));
    // A second certificate has other actions.
    let certificates = console(&format!("applications/{id}/certificates"));
    of_console.extend(labels(&person.send(&certificates, &[("do", "generate")])?.body));
    of_console.extend(labels(&person.open(&format!("{certificates}/activate"))?.body));
    person.set_up_sso(&draft.issuer, &draft.issuer, "certificate", "client-member")?;
    of_nops.extend(labels(&person.open(nops)?.body));

    person.assign(&id, &user_id(person)?)?;
    let mut of_portal = labels(&person.sign_in(TESTER)?.body);
    of_portal.extend(labels(&person.administrator_mode(&id)?.body));
    Ok([of_console, of_portal, of_nops])
}

/// Returns the page of a group that the tester is in.
fn group_with_a_member(person: &ScriptedPerson) -> Result<String> {
    let added = person.send(&person.console("groups/add"), &[("display_name", "nOps users")])?;
    let id = added.body.split("/groups/").nth(1).unwrap_or_default();
    let id: String = id.chars().take_while(|c| !"\"/".contains(*c)).collect();
    let members = person.console(&format!("groups/{id}/members"));
    Ok(person.send(&members, &[("user", &user_id(person)?)])?.body)
}

/// Returns the tester's user ID, taken from the link to the tester's page in the console.
fn user_id(person: &ScriptedPerson) -> Result<String> {
    let users = person.open(&person.console("users"))?.body;
    let before = users.split(TESTER).next().unwrap_or_default();
    let link = before.rsplit("users/").next().unwrap_or_default();
    Ok(link.trim_end_matches(['"', '>']).to_owned())
}

/// Returns every message that names labels, and the labels. `A › B` names two labels.
fn instructions() -> Result<Vec<(String, Vec<String>)>> {
    let mut instructions = Vec::new();
    for file in tree::tracked_files()?.iter().filter(|file| file.ends_with(".ftl")) {
        for line in fs::read_to_string(tree::root().join(file))?.lines() {
            let marked = line.split("<label>").skip(1).filter(|_| !line.starts_with('#'));
            let named: Vec<String> = marked
                .flat_map(|rest| rest.split("</label>").next().unwrap_or_default().split(" › "))
                .flat_map(|label| label.split(", "))
                .map(str::to_owned)
                .collect();
            if !named.is_empty() {
                instructions.push((line.to_owned(), named));
            }
        }
    }
    Ok(instructions)
}

fn labels(page: &str) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for name in LABELED {
        for (at, open) in page.match_indices(&format!("<{name}")) {
            let rest = &page[at + open.len()..];
            if rest.starts_with(['>', ' ']) {
                let inside = rest.split(&format!("</{name}>")).next().unwrap_or_default();
                let text = inside.split_once('>').map(|(_, text)| text).unwrap_or_default();
                labels.insert(text_of(text));
            }
        }
    }
    labels
}

/// Returns the text that is between the tags.
fn text_of(html: &str) -> String {
    let parts = html.split('<').enumerate().map(|(number, part)| match part.split_once('>') {
        Some((_tag, text)) if number > 0 => text,
        _ => part,
    });
    parts.collect::<String>().trim().replace("&amp;", "&")
}

#[test]
fn labels_are_read_only_from_label_elements() {
    let page =
        "<p>Text</p><a href=\"/\">Add</a><label><input name=\"x\"> Tick</label><th>Maps</th>";
    let read: Vec<_> = labels(page).into_iter().collect();
    assert_eq!(read, ["Add", "Maps", "Tick"]);
}
