use super::*;
use people::{NewPerson, UserState};

const STORE: &str = "d-1234567890";
const APPLICATION: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";

fn people(emails: &[&str], group: GroupChoice) -> People {
    let mut people = People::default();
    people.group = group;
    for email in emails {
        let person = NewPerson {
            given_name: "Ana".to_owned(),
            family_name: "Lima".to_owned(),
            email: (*email).to_owned(),
            user_name: String::new(),
        };
        people.add(person).unwrap();
    }
    people
}

fn user(id: &str, user_name: &str, email: &str) -> User {
    User {
        id: id.to_owned(),
        user_name: user_name.to_owned(),
        display_name: user_name.to_owned(),
        given_name: String::new(),
        family_name: String::new(),
        email: Some(email.to_owned()),
        state: UserState::Enabled,
        provisioned_by: None,
    }
}

fn group(id: &str, name: &str) -> Group {
    Group { id: id.to_owned(), name: name.to_owned(), description: String::new() }
}

fn member(user_id: &str) -> Membership {
    Membership { user_id: Some(user_id.to_owned()) }
}

/// Returns the steps as text, such as `group user:ana@example.com member:ana@example.com assign`.
fn steps(plan: &Plan) -> String {
    let steps = plan.steps.iter().map(|step| match step {
        PlannedStep::CreateGroup => "group".to_owned(),
        PlannedStep::CreateUser(person) => format!("user:{}", person.user_name),
        PlannedStep::AddMember { user_name, .. } => format!("member:{user_name}"),
        PlannedStep::AssignGroup => "assign".to_owned(),
        PlannedStep::RemoveMember { user_name, .. } => format!("remove:{user_name}"),
    });
    steps.collect::<Vec<_>>().join(" ")
}

#[test]
fn new_people_and_group_are_created_in_order() {
    let people = people(&["ana@example.com"], GroupChoice::default());
    let plan = plan(&people, &[], &[], &[], false, Some(APPLICATION), STORE, true);
    assert_eq!(steps(&plan), "group user:ana@example.com member:ana@example.com assign");
    assert_eq!((plan.changes(), plan.calls(), plan.seconds()), (4, 4, 1));
    assert!(plan.creates_group() && plan.assigns_group());
    assert_eq!((plan.users_to_create(), plan.members_to_add()), (1, 1));
    let person = plan.person("p1").unwrap();
    assert_eq!((person.user, person.member), (PlannedChange::Create, PlannedChange::Create));
    assert_eq!(person.remarks[0].code, "need_password");
}

#[test]
fn existing_users_and_memberships_are_kept() {
    let existing = GroupChoice::Existing { id: "g1".to_owned(), name: "Cloud cost".to_owned() };
    let people = people(&["ana@example.com", "ben@example.com"], existing);
    let users =
        [user("u1", "ana@example.com", "ana@example.com"), user("u2", "ben", "ben@example.com")];
    let groups = [group("g1", "Cloud cost")];
    let made = |assigned, members: &[Membership]| {
        plan(&people, &users, &groups, members, assigned, Some(APPLICATION), STORE, true)
    };
    let some = made(false, &[member("u1")]);
    assert_eq!(steps(&some), "member:ben assign");
    assert_eq!((some.users_to_keep(), some.excluded_count()), (2, 0));
    assert_eq!(some.person("p2").unwrap().user_id.as_deref(), Some("u2"));

    let none = made(true, &[member("u1"), member("u2")]);
    assert_eq!(steps(&none), "");
    assert_eq!((none.changes(), none.seconds()), (0, 0));
    assert_ne!(some.id, none.id);
    assert_eq!(made(false, &[member("u1")]).id, some.id);
}

#[test]
fn group_matches_by_name_or_is_recreated() {
    let gone = GroupChoice::Existing { id: "g1".to_owned(), name: "Cloud cost".to_owned() };
    let people = people(&["ana@example.com"], gone);
    let users = [user("u1", "ana@example.com", "ana@example.com")];
    let with = |groups: &[Group]| {
        let plan = plan(&people, &users, groups, &[], true, Some(APPLICATION), STORE, true);
        steps(&plan)
    };
    assert_eq!(with(&[group("g2", "Cloud cost")]), "member:ana@example.com");
    assert_eq!(with(&[group("g2", "Others")]), "group member:ana@example.com assign");
}

#[test]
fn rows_of_same_user_add_one_membership() {
    let mut people = people(&["ana@example.com"], GroupChoice::default());
    let by_user_name = NewPerson { user_name: "ana".to_owned(), ..NewPerson::default() };
    people.add(by_user_name).unwrap();
    let users = [user("u1", "ana", "ana@example.com")];
    let plan = plan(&people, &users, &[], &[], false, None, STORE, true);
    assert_eq!(steps(&plan), "group member:ana");
    assert_eq!(plan.person("p2").unwrap().member, PlannedChange::Keep);
}

#[test]
fn external_provisioning_only_assigns_group() {
    let existing = GroupChoice::Existing { id: "g1".to_owned(), name: "Cloud cost".to_owned() };
    let people = people(&["ana@example.com", "ben@example.com", "new@example.com"], existing);
    let users = [
        user("u1", "ana@example.com", "ana@example.com"),
        user("u2", "ben@example.com", "ben@example.com"),
    ];
    let plan = plan(
        &people,
        &users,
        &[group("g1", "Cloud cost")],
        &[member("u1")],
        false,
        Some(APPLICATION),
        STORE,
        false,
    );
    assert_eq!(steps(&plan), "assign");
    let found = |key| {
        let person = plan.person(key).unwrap();
        let codes: Vec<&str> = person.remarks.iter().map(|remark| remark.code).collect();
        (person.user, person.member, codes.join(" "))
    };
    assert_eq!(found("p1"), (PlannedChange::Keep, PlannedChange::Keep, String::new()));
    assert_eq!(
        found("p2"),
        (PlannedChange::Keep, PlannedChange::Skip, "member_elsewhere".to_owned())
    );
    assert_eq!(
        found("p3"),
        (PlannedChange::Skip, PlannedChange::Skip, "created_elsewhere".to_owned())
    );
}

#[test]
fn empty_group_is_not_created() {
    let empty = plan(
        &people(&[], GroupChoice::default()),
        &[],
        &[],
        &[],
        false,
        Some(APPLICATION),
        STORE,
        true,
    );
    assert_eq!(steps(&empty), "");
    let people = people(&["ana@example.com"], GroupChoice::default());
    let plan = plan(&people, &[], &[], &[], false, None, STORE, true);
    assert!(!plan.assigns_group());
}

#[test]
fn duration_depends_on_longest_queue() {
    let emails: Vec<String> = (0..100).map(|n| format!("p{n}@example.com")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    let people = people(&emails, GroupChoice::default());
    let plan = plan(&people, &[], &[], &[], false, None, STORE, true);
    assert_eq!((plan.calls(), plan.seconds()), (201, 5), "users and memberships run side by side");
}
