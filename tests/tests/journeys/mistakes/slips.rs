//! One wrong link or one wrong character, tested in every field.

use super::*;

#[test]
fn wrong_link_type_is_caught_in_every_field() -> Result<()> {
    let bench = MistakeFixture::open()?;
    let sound = bench.sound();
    let fields = [
        (Field::SpAcsUrl, "nops_acs"),
        (Field::SpEntityId, "nops_entity_id"),
        (Field::AwsAcsUrl, "nops_acs"),
        (Field::AwsAudience, "nops_entity_id"),
        (Field::NopsIssuerUrl, "sign_in"),
        (Field::NopsSsoEndpoint, "sign_in"),
        (Field::IdpEntityId, "sign_in"),
    ];
    let mut missed = Vec::new();
    let mut tried = 0;
    for pasted in links()? {
        let fits = match link::identify_link(&pasted.text).link {
            Link::NopsAcs(_) => "nops_acs",
            Link::NopsEntityId(_) => "nops_entity_id",
            Link::Portal(link) if link.whole && link.kind == link::PortalLinkKind::SignIn => {
                "sign_in"
            }
            Link::Empty => continue,
            _ => "nothing",
        };
        for (field, takes) in fields {
            let mut case = sound.clone();
            case.act(&InputEvent::Enter(field, pasted.text.clone()));
            let said = case
                .findings()
                .into_iter()
                .any(|finding| finding.field == Some(field) && needs_attention(&finding));
            if takes != fits && !said {
                missed.push(format!("{:?} in {field:?}", pasted.text));
            }
            tried += 1;
        }
    }
    println!("{tried} links in fields");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    Ok(())
}

#[test]
fn one_wrong_character_is_caught_anywhere() -> Result<()> {
    let bench = MistakeFixture::open()?;
    let sound = bench.sound();
    let mut missed = Vec::new();
    let mut tried = 0;
    for (field, text) in [
        (Field::AwsAcsUrl, &bench.acs),
        (Field::AwsAudience, &bench.entity_id),
        (Field::NopsIssuerUrl, &bench.aws.issuer),
        (Field::NopsSsoEndpoint, &bench.aws.issuer),
    ] {
        for slip in single_character_variants(text) {
            let mut case = sound.clone();
            case.act(&InputEvent::Enter(field, slip.clone()));
            let kept = case.facts.text(field).unwrap_or_default();
            let said = case
                .findings()
                .into_iter()
                .any(|finding| finding.field == Some(field) && finding.severity == Severity::Error);
            if kept != text && !said {
                missed.push(format!("{slip} in {field:?}"));
            }
            tried += 1;
        }
    }
    for (row, cells) in GOOD.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            for slip in single_character_variants(cell) {
                let mut rows = GOOD.map(|row| row.map(str::to_owned));
                slip.clone_into(&mut rows[row][column]);
                let table: String =
                    rows.iter().map(|row| format!("{}\n", row.join("\t"))).collect();
                let mut case = sound.clone();
                case.act(&InputEvent::Enter(Field::AttributeMappings, table));
                let said = case.findings().into_iter().any(|finding| {
                    needs_attention(&finding) && finding.field == Some(Field::AttributeMappings)
                });
                // For formats, capitalization doesn't matter.
                let same = column == 2 && slip.eq_ignore_ascii_case(cell);
                if !(said || same) {
                    missed.push(format!("{slip:?} for {cell:?}"));
                }
                tried += 1;
            }
        }
    }
    println!("{tried} texts with one slip");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    Ok(())
}

/// Returns variants of the text: each character is removed, doubled, changed to the other case, or
/// swapped with the next character.
fn single_character_variants(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut all = Vec::new();
    for at in 0..letters.len() {
        let with = |change: &dyn Fn(&mut Vec<char>)| {
            let mut changed = letters.clone();
            change(&mut changed);
            changed.into_iter().collect::<String>()
        };
        all.push(with(&|letters| {
            letters.remove(at);
        }));
        all.push(with(&|letters| letters.insert(at, letters[at])));
        all.push(with(&|letters| {
            let letter = letters[at];
            letters[at] = if letter.is_ascii_lowercase() {
                letter.to_ascii_uppercase()
            } else {
                letter.to_ascii_lowercase()
            };
        }));
        if at + 1 < letters.len() {
            all.push(with(&|letters| letters.swap(at, at + 1)));
        }
    }
    all.retain(|slip| slip != text);
    all
}
