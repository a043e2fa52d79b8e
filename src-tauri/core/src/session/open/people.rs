//! Step 9: who is on the list, and what is done about it.

use super::Open;
use crate::{
    people::{NewPerson, sheet},
    session::{
        Action, Failure,
        view::{GroupRow, PeoplePage, PeopleStage, PeopleView, PersonRow, PersonSign, UnreadLine},
    },
    setup::{Field, Source, Value},
};

impl Open {
    pub(super) fn act_on_people(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::ChooseGroup { group } => {
                let name = group.name().trim().to_owned();
                if name.is_empty() {
                    return Err(Failure::new("name_empty"));
                }
                self.held.setup.people.group = group;
                self.learn([(Field::Group, Value::Text(name), Source::Entered)]);
                Ok(())
            }
            Action::AddPerson {
                given_name,
                family_name,
                email,
                user_name,
            } => {
                let person = NewPerson {
                    given_name,
                    family_name,
                    email,
                    user_name: user_name.unwrap_or_default(),
                };
                self.held
                    .setup
                    .people
                    .add(person)
                    .map_err(|refusal| Failure::new(&format!("person_{}", refusal.code())))?;
                self.save();
                Ok(())
            }
            Action::AddPeople { csv } => {
                self.held.setup.people.add_sheet(&csv);
                self.save();
                Ok(())
            }
            Action::RemovePerson { key } => {
                self.held.setup.people.remove(&key);
                self.save();
                Ok(())
            }
            Action::ClearPeople => {
                self.held.setup.people.clear();
                self.save();
                Ok(())
            }
            _ => Err(Failure::new("people_by_hand")),
        }
    }

    /// Adds everyone a dropped CSV file names.
    pub(super) fn add_sheet(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let text = sheet::decode(bytes).map_err(|_| Failure::new("csv_encoding"))?;
        self.held.setup.people.add_sheet(&text);
        self.save();
        Ok(())
    }

    /// The rows asked for.
    pub(in crate::session) fn people_page(&self, offset: u32, limit: u32) -> PeoplePage {
        let people = &self.held.setup.people;
        PeoplePage {
            revision: people.revision(),
            total: count(people.rows().len()),
            rows: people
                .rows()
                .iter()
                .skip(offset as usize)
                .take(limit as usize)
                .map(|person| PersonRow {
                    key: person.key.clone(),
                    name: person.name(),
                    user_name: person.user_name.clone(),
                    email: person.email.clone(),
                    user: PersonSign::Unknown,
                    member: PersonSign::Unknown,
                    remarks: Vec::new(),
                    user_id: None,
                })
                .collect(),
        }
    }

    /// The people as counts.
    pub(in crate::session) fn people_view(&self) -> PeopleView {
        let people = &self.held.setup.people;
        PeopleView {
            stage: if people.rows().is_empty() {
                PeopleStage::Empty
            } else {
                PeopleStage::Listed
            },
            group: people.group.clone(),
            groups: self
                .crowd
                .groups
                .iter()
                .map(|group| GroupRow {
                    id: group.id.clone(),
                    name: group.name.clone(),
                })
                .collect(),
            can_create: self.aws.connection.is_some(),
            revision: people.revision(),
            total: count(people.rows().len()),
            plan: None,
            fine: 0,
            need_password: 0,
            other_domain: 0,
            refused: 0,
            unread: people
                .unread()
                .iter()
                .map(|unread| UnreadLine {
                    line: unread.line,
                    reason: unread.reason.code().to_owned(),
                })
                .collect(),
            journal: Vec::new(),
            can_undo: false,
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
