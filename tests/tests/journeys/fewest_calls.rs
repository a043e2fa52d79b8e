//! The number of AWS calls that are needed to find people. AWS doesn't report the number of users,
//! so the planner can't know whether lookups or a full listing need fewer calls. It makes at most
//! twice as many calls as the cheaper option.

use std::collections::BTreeMap;

use acceptance::{
    Result,
    proxy::{Fault, Proxy},
};
use changes::{ApplySummary, RunControl};
use identity_center::Credentials;
use jiff::Timestamp;
use nops_sso_practice::{Practice, Settings};
use people::{GroupChoice, People};
use session::provision::{LockedHistory, ProvisionPlan};
use setup::{FactValue, Facts, Field, Source};
use tempfile::TempDir;
use transport::Network;

/// The number of users that a new practice directory has.
const SEEDED: u32 = 14;

/// A practice server with a proxy that counts calls, and a change history.
struct CallFixture {
    proxy: Proxy,
    credentials: Credentials,
    facts: Facts,
    folder: TempDir,
    _world: Practice,
}

impl CallFixture {
    /// Starts with this many users in addition to the seeded users.
    async fn new(further_users: u32) -> Result<Self> {
        let settings = Settings { further_users, ..Settings::default() };
        let world = Practice::start(settings).await?;
        let at = world.addresses();
        let proxy = Proxy::in_front_of(&at.aws_endpoint).await?;
        let credentials = Credentials::Practice {
            endpoint: proxy.base_url(),
            access_key_id: at.access_key_id.clone(),
            secret_access_key: at.secret_access_key.clone().into(),
        };
        let mut facts = Facts::default();
        let region = FactValue::Text(at.region.clone());
        facts.record(Field::AwsRegion, region, Source::Entered, Timestamp::now());
        Ok(Self { proxy, credentials, facts, folder: TempDir::new()?, _world: world })
    }

    async fn plan(&self, people: People) -> Result<ProvisionPlan> {
        Ok(ProvisionPlan::plan(&self.credentials, &Network::default(), &self.facts, people, None)
            .await?)
    }

    async fn apply(&self, plan: ProvisionPlan) -> Result<ApplySummary> {
        let journal = LockedHistory::open(&self.folder.path().join("people.journal"))?;
        let control = RunControl::default();
        Ok(plan.apply(&journal, &Timestamp::now, |_| (), &control).await?)
    }

    /// Returns the number of calls per operation since the last time. Calls that identify the
    /// caller and the instance aren't counted.
    fn asked(&self) -> BTreeMap<String, usize> {
        let mut asked = BTreeMap::new();
        for operation in self.proxy.take_operations() {
            if !["GetCallerIdentity", "ListInstances"].contains(&operation.as_str()) {
                *asked.entry(operation).or_default() += 1;
            }
        }
        asked
    }
}

fn people(numbers: std::ops::Range<u32>) -> People {
    let mut csv = "email,given name,family name\n".to_owned();
    for number in numbers {
        csv.push_str(&format!("person{number}@example.com,Person,Number {number}\n"));
    }
    let mut people = People::default();
    people.add_csv(&csv);
    people
}

fn counts<const N: usize>(expected: [(&str, usize); N]) -> BTreeMap<String, usize> {
    expected.map(|(operation, count)| (operation.to_owned(), count)).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn few_people_are_looked_up() -> Result<()> {
    let fixture = CallFixture::new(5_000).await?;
    // The list contains the last person in the directory and two new people.
    let list = people(4_999..5_002);
    let provision = fixture.plan(list.clone()).await?;
    let plan = &provision.plan;
    assert_eq!((plan.users_to_keep(), plan.users_to_create()), (1, 2));
    assert!(!provision.whole);
    // Six pages need as many calls as three lookups. Listing everyone would need 51 calls.
    let looked =
        counts([("ListUsers", 6), ("GetUserId", 5), ("DescribeUser", 1), ("GetGroupId", 1)]);
    assert_eq!(fixture.asked(), looked);

    // Apply makes each planned change with one call: the group, two users and three memberships.
    let calls = plan.calls() as usize;
    assert!(fixture.apply(provision).await?.is_complete());
    let made = fixture.asked();
    assert_eq!(made.values().sum::<usize>(), calls, "{made:?}");

    // Everyone exists now, so nothing has to change.
    let again = fixture.plan(list).await?;
    assert_eq!((again.plan.changes(), again.plan.users_to_keep()), (0, 3));
    assert!(fixture.apply(again).await?.is_complete());
    let looked = counts([
        ("ListUsers", 6),
        ("GetUserId", 3),
        ("DescribeUser", 3),
        ("GetGroupId", 1),
        ("DescribeGroup", 1),
        ("ListGroupMemberships", 1),
    ]);
    assert_eq!(fixture.asked(), looked, "a second run makes no writes");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_on_first_pages_need_no_lookup() -> Result<()> {
    let fixture = CallFixture::new(5_000).await?;
    let provision = fixture.plan(people(0..3)).await?;
    assert_eq!(provision.plan.users_to_keep(), 3);
    assert_eq!(fixture.asked(), counts([("ListUsers", 1), ("GetGroupId", 1)]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_people_are_listed() -> Result<()> {
    let fixture = CallFixture::new(0).await?;
    let provision = fixture.plan(people(0..2_000)).await?;
    assert_eq!(provision.plan.users_to_create(), 2_000);
    assert_eq!(provision.plan.calls(), 4_001, "one call per change");
    assert_eq!(fixture.asked(), counts([("ListUsers", 1), ("GetGroupId", 1)]));

    let fixture = CallFixture::new(2_000).await?;
    let provision = fixture.plan(people(0..2_000)).await?;
    assert_eq!(provision.plan.users_to_keep(), 2_000);
    let pages = (2_000 + SEEDED as usize).div_ceil(100);
    assert_eq!(fixture.asked(), counts([("ListUsers", pages), ("GetGroupId", 1)]));
    Ok(())
}

/// If a group has more members than the list has people, people who aren't on the group's first
/// pages are looked up one by one.
#[tokio::test(flavor = "multi_thread")]
async fn memberships_are_listed_or_looked_up() -> Result<()> {
    let fixture = CallFixture::new(150).await?;
    let everybody = fixture.plan(people(0..150)).await?;
    fixture.apply(everybody).await?;
    fixture.asked();
    let memberships = async |people: People| -> Result<_> {
        let provision = fixture.plan(people).await?;
        let asked = fixture.asked();
        let of = |operation: &str| asked.get(operation).copied().unwrap_or_default();
        let cost = (of("ListGroupMemberships"), of("IsMemberInGroups"));
        Ok((provision.plan.changes(), cost))
    };
    // AWS lists members in the order they joined the group.
    assert_eq!(memberships(people(149..150)).await?, (0, (1, 1)));
    assert_eq!(memberships(people(0..1)).await?, (0, (1, 0)));
    assert_eq!(memberships(people(0..150)).await?, (0, (2, 0)));
    Ok(())
}

/// A case-sensitive lookup doesn't find a user, and AWS reports a conflict later.
#[tokio::test(flavor = "multi_thread")]
async fn user_missed_by_lookup_is_not_lost() -> Result<()> {
    let fixture = CallFixture::new(2_000).await?;
    fixture.proxy.inject_fault("GetUserId", Fault::refused("ResourceNotFoundException"));
    let mut list = People::default();
    list.add_csv("email,given name,family name\nPERSON1999@example.com,Person,Number 1999\n");
    let provision = fixture.plan(list.clone()).await?;
    assert!(!provision.whole);
    assert_eq!(provision.plan.users_to_create(), 1);
    let applied = fixture.apply(provision).await?;
    assert_eq!((applied.existed, applied.failed, applied.remaining), (1, 0, 0));
    fixture.proxy.clear();
    let again = fixture.plan(list).await?;
    assert_eq!((again.plan.changes(), again.plan.users_to_keep()), (0, 1));
    Ok(())
}

/// A group is found by name, and the number of groups doesn't matter.
#[tokio::test(flavor = "multi_thread")]
async fn group_is_looked_up_by_name() -> Result<()> {
    let fixture = CallFixture::new(0).await?;
    let mut list = people(0..1);
    list.group = GroupChoice::New { name: "FinOps".to_owned() };
    let provision = fixture.plan(list).await?;
    assert!(!provision.plan.creates_group());
    let asked = fixture.asked();
    assert!(!asked.contains_key("ListGroups"), "{asked:?}");
    Ok(())
}
