//! *New from this setup*: a consultant starts the next organization's setup with the same choices.

use std::fs;

use acceptance::{
    Result, ensure,
    harness::Harness,
    steps::{TESTER, dry_run, fill_nops, prepare_dry_run},
};
use nops_sso_practice::Switches;
use session::{
    action::{PeopleAction, SetupAction},
    view::GroupChoice,
};
use setup::{Field, Step};

const GROUP: &str = "Cloud cost readers";

#[tokio::test(flavor = "multi_thread")]
async fn new_setup_copies_choices_and_nothing_else() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let draft = prepare_dry_run(&rig).await?;
    dry_run(&rig, &draft).await?;
    fill_nops(&rig).await?;
    rig.enter(Field::AwsDisplayName, "nOps (SSO)").await?;
    rig.go_to_step(Step::People).await?;
    let group = GroupChoice::New { name: GROUP.to_owned() };
    rig.act(PeopleAction::ChooseGroup { group }).await?;
    let csv = "First name,Last name,Email\nLena,Fischer,lena@example.com\n".to_owned();
    rig.act(PeopleAction::AddPeople { csv }).await?;
    let first = rig.setup();
    rig.act(SetupAction::Close).await?;
    let refused = rig.act(SetupAction::CreateFrom { id: first.id.clone(), name: " ".to_owned() });
    assert_eq!(refused.await.unwrap_err().code, "name_empty");
    let name = "Another Corp".to_owned();
    rig.act(SetupAction::CreateFrom { id: first.id.clone(), name: name.clone() }).await?;

    let view = rig.setup();
    assert_eq!((view.name.as_str(), view.world), (name.as_str(), first.world));
    ensure(view.id != first.id, || "the same setup".to_owned())?;
    for field in [Field::AwsDisplayName, Field::NopsDefaultRole, Field::Group] {
        assert_eq!(rig.fact(field), first.facts.get(&field).map(|fact| fact.value.clone()));
    }
    assert_eq!(view.people.group.name(), GROUP);
    rig.act(SetupAction::Close).await?;
    let file = fs::read_to_string(rig.folder.join(format!("{}.json", view.id)))?;
    for (field, fact) in first.facts {
        let is_copied =
            [Field::AwsDisplayName, Field::NopsDefaultRole, Field::Group].contains(&field);
        let is_telling = fact.value.len() > 8;
        ensure(is_copied || !is_telling || !file.contains(&fact.value), || {
            format!("{field:?} was copied: {}", fact.value)
        })?;
    }
    for person in [TESTER, "lena@example.com", "Lena", "ops@example.net"] {
        ensure(!file.contains(person), || format!("{person} was copied"))?;
    }
    Ok(())
}
