//! CloudTrail's event history, which records what users do in the console, the portal and the API.

use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ApiError, Call, CallInput, CallResult, Result, page, time};
use crate::{
    settings::Switches,
    world::{Actor, Event, PracticeState},
};

/// The delay before an event appears. In AWS, the delay is several minutes.
const DELAY: SignedDuration = SignedDuration::from_secs(30);
/// The delay when [`Switches::events_late`] is on.
const LONG_DELAY: SignedDuration = SignedDuration::from_hours(24);
/// The maximum page size.
const PAGE: usize = 50;
/// The name of the administrator's role session, which IAM Identity Center sets to the user name.
const ADMINISTRATOR: &str = "dana.whitfield@example.com";
const ROLE: &str = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";

/// `LookupEvents`: returns the newest events first and supports at most one attribute.
pub fn lookup_events(world: &PracticeState, call: &Call) -> CallResult {
    if call.switches.events_denied {
        return Err(ApiError::new(
            "AccessDeniedException",
            "User is not authorized to perform: cloudtrail:LookupEvents",
        ));
    }
    if call.max_results().is_ok_and(|most| most.is_some_and(|most| most > PAGE)) {
        let message = format!("MaxResults must be between 1 and {PAGE}.");
        return Err(ApiError::new("InvalidMaxResultsException", message));
    }
    let wanted = attribute(call)?;
    let (start, end) = (read_time(call, "StartTime"), read_time(call, "EndTime"));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        let message = "The start time is after the end time.";
        return Err(ApiError::new("InvalidTimeRangeException", message));
    }
    let delay = if call.switches.events_late { LONG_DELAY } else { DELAY };
    let is_shown = |event: &&Event| {
        let at = event.at.as_millisecond() as f64 / 1000.0;
        !call.switches.events_missing
            && call.now.duration_since(event.at) >= delay
            && start.is_none_or(|start| at >= start)
            && end.is_none_or(|end| at <= end)
            && wanted.as_ref().is_none_or(|wanted| wanted.matches_event(world, event))
    };
    let events = world.events.newest_first().filter(is_shown);
    page(call, "Events", PAGE, events.map(|event| event_output(world, event, &call.switches)))
}

/// The attribute to filter events by.
struct LookupAttribute {
    key: String,
    value: String,
}

impl LookupAttribute {
    fn matches_event(&self, world: &PracticeState, event: &Event) -> bool {
        match self.key.as_str() {
            "EventName" => event.name == self.value,
            "EventSource" => event.service.source() == self.value,
            "EventId" => id(event) == self.value,
            "Username" => user_name(world, event) == self.value,
            _ => false,
        }
    }
}

fn attribute(input: &CallInput) -> Result<Option<LookupAttribute>> {
    let invalid =
        |message: &str| Err(ApiError::new("InvalidLookupAttributesException", message.to_owned()));
    let attributes = input.structures("LookupAttributes")?;
    let [attribute] = attributes.as_slice() else {
        return match attributes.is_empty() {
            true => Ok(None),
            false => invalid("Only one lookup attribute is allowed."),
        };
    };
    const KEYS: [&str; 8] = [
        "EventId",
        "EventName",
        "ReadOnly",
        "Username",
        "ResourceType",
        "ResourceName",
        "EventSource",
        "AccessKeyId",
    ];
    let (key, value) = (attribute.text("AttributeKey")?, attribute.text("AttributeValue")?);
    if !KEYS.contains(&key) {
        return invalid("The attribute key is unknown.");
    }
    Ok(Some(LookupAttribute { key: key.to_owned(), value: value.to_owned() }))
}

/// Reads a time in seconds since 1970.
fn read_time(input: &CallInput, member: &str) -> Option<f64> {
    input.value(member)?.as_f64()
}

fn id(event: &Event) -> String {
    Uuid::from_u64_pair(event.number, u64::MAX).to_string()
}

fn event_output(world: &PracticeState, event: &Event, switches: &Switches) -> Value {
    let name = user_name(world, event);
    let mut output = json!({
        "EventId": id(event),
        "EventName": event.name,
        "ReadOnly": "false",
        "EventTime": time(event.at),
        "EventSource": event.service.source(),
        "Resources": [],
        "CloudTrailEvent": record(world, event, switches).to_string(),
    });
    if !switches.other_event_form {
        output["Username"] = json!(name);
    }
    output
}

/// Returns the event's record in the format of AWS's examples (IAM Identity Center User Guide:
/// understanding sign-in events).
fn record(world: &PracticeState, event: &Event, switches: &Switches) -> Value {
    let account = &world.organization.management_account;
    let mut record = json!({
        "eventVersion": "1.11",
        "userIdentity": identity(world, event),
        "eventTime": event.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "eventSource": event.service.source(),
        "eventName": event.name,
        "awsRegion": world.region(),
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "Mozilla/5.0",
        "requestParameters": null,
        "responseElements": null,
        "requestID": Uuid::from_u64_pair(event.number, 1).to_string(),
        "eventID": id(event),
        "readOnly": false,
        "eventType": "AwsServiceEvent",
        "managementEvent": true,
        "eventCategory": "Management",
        "recipientAccountId": account,
    });
    for (member, value) in event.details.as_object().into_iter().flatten() {
        record[member] = value.clone();
    }
    if switches.saved_values_hidden {
        let parameters = record["requestParameters"].as_object_mut();
        parameters.into_iter().for_each(|members| members.retain(|name, _| name == "instanceId"));
    }
    if switches.other_event_form {
        record["userIdentity"] = json!({"type": "Unknown", "accountId": account});
        for member in ["requestParameters", "additionalEventData", "serviceEventDetails"] {
            record[member] = json!({"version": 2});
        }
    }
    record
}

fn identity(world: &PracticeState, event: &Event) -> Value {
    let account = &world.organization.management_account;
    let (name, partition) = (user_name(world, event), world.instance.partition.name());
    match &event.actor {
        Actor::Administrator => json!({
            "type": "AssumedRole",
            "principalId": format!("AROAPRACTICE000000000:{name}"),
            "arn": format!("arn:{partition}:sts::{account}:assumed-role/{ROLE}/{name}"),
            "accountId": account,
        }),
        Actor::User(id) => json!({
            "type": "IdentityCenterUser",
            "accountId": account,
            "onBehalfOf": {
                "userId": id,
                "identityStoreArn": format!(
                    "arn:{partition}:identitystore::{account}:identitystore/{}",
                    world.instance.identity_store_id,
                ),
            },
            "credentialId": Uuid::from_u64_pair(event.number, 2).to_string(),
        }),
    }
}

fn user_name(world: &PracticeState, event: &Event) -> String {
    match &event.actor {
        Actor::Administrator => ADMINISTRATOR.to_owned(),
        Actor::User(id) => world.user(id).map(|user| user.user_name.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{super::operation::tests::call_with_switches, *};
    use crate::world::Service;

    const TARGET: &str = "CloudTrail_20131101.LookupEvents";

    /// Returns a state with a sign-in followed by a change, both logged `ago` before 01:00 on
    /// 1970-01-01.
    fn state_with_events(ago: SignedDuration) -> PracticeState {
        let mut world = PracticeState::seeded(1);
        let user = Actor::User(world.users[0].id.clone());
        let at = Timestamp::constant(3600, 0) - ago;
        let details = json!({"serviceEventDetails": {"UserAuthentication": "Success"}});
        world.events.add(at, Service::SignIn, "UserAuthentication", user, details);
        let parameters = json!({"requestParameters": {"instanceId": "ins-1", "status": "ENABLED"}});
        let name = "UpdateApplicationInstanceStatus";
        world.events.add(at, Service::IdentityCenter, name, Actor::Administrator, parameters);
        world
    }

    fn names(output: &Value) -> Vec<&str> {
        let events = output["Events"].as_array().into_iter().flatten();
        events.filter_map(|event| event["EventName"].as_str()).collect()
    }

    fn look_up_events(ago: i64, switches: &Switches, input: &Value) -> CallResult {
        call_with_switches(
            &mut state_with_events(SignedDuration::from_secs(ago)),
            switches,
            TARGET,
            input,
        )
    }

    #[test]
    fn events_appear_after_a_delay() {
        let none = Switches::default();
        assert!(names(&look_up_events(29, &none, &json!({})).unwrap()).is_empty());
        let shown = look_up_events(30, &none, &json!({})).unwrap();
        assert_eq!(names(&shown), ["UpdateApplicationInstanceStatus", "UserAuthentication"]);
        let late = Switches { events_late: true, ..Switches::default() };
        assert!(names(&look_up_events(60, &late, &json!({})).unwrap()).is_empty());
    }

    #[test]
    fn lookup_filters_by_attribute_and_time_range() {
        let by = |key: &str, value: &str| json!({"LookupAttributes": [{"AttributeKey": key, "AttributeValue": value}]});
        let look = |input: &Value| look_up_events(60, &Switches::default(), input);
        let found = look(&by("EventName", "UserAuthentication")).unwrap();
        assert_eq!(names(&found), ["UserAuthentication"]);
        let found = look(&by("EventSource", "sso.amazonaws.com")).unwrap();
        assert_eq!(names(&found), ["UpdateApplicationInstanceStatus"]);
        assert!(names(&look(&json!({"StartTime": 3550})).unwrap()).is_empty());
        assert!(names(&look(&json!({"EndTime": 3500})).unwrap()).is_empty());
        assert_eq!(names(&look(&json!({"StartTime": 3540.0})).unwrap()).len(), 2);
        for (input, kind) in [
            (by("Color", "red"), "InvalidLookupAttributesException"),
            (json!({"MaxResults": 51}), "InvalidMaxResultsException"),
            (json!({"StartTime": 2, "EndTime": 1}), "InvalidTimeRangeException"),
        ] {
            assert_eq!(look(&input).unwrap_err().kind, kind);
        }
    }

    #[test]
    fn switches_hide_events_or_their_values() {
        let records = |switches: Switches| -> Vec<Value> {
            let shown = look_up_events(60, &switches, &json!({})).unwrap();
            let events = shown["Events"].as_array().unwrap();
            events
                .iter()
                .map(|event| {
                    serde_json::from_str(event["CloudTrailEvent"].as_str().unwrap()).unwrap()
                })
                .collect()
        };
        let plain = records(Switches::default());
        assert_eq!(plain[0]["requestParameters"]["status"], "ENABLED");
        assert!(plain[1]["userIdentity"]["onBehalfOf"]["userId"].is_string());
        let hidden = records(Switches { saved_values_hidden: true, ..Switches::default() });
        assert_eq!(hidden[0]["requestParameters"], json!({"instanceId": "ins-1"}));
        let other = records(Switches { other_event_form: true, ..Switches::default() });
        assert!(other[1]["userIdentity"]["onBehalfOf"].is_null());
        let missing = Switches { events_missing: true, ..Switches::default() };
        assert!(names(&look_up_events(60, &missing, &json!({})).unwrap()).is_empty());
        let denied = Switches { events_denied: true, ..Switches::default() };
        assert_eq!(
            look_up_events(60, &denied, &json!({})).unwrap_err().kind,
            "AccessDeniedException"
        );
    }
}
