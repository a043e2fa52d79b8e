//! Recognizes the columns of a list by their headers and their cells.

use std::borrow::Cow;

use identifiers::EmailDomain;

use super::{
    ColumnChoice, ListChoices, UsedColumn,
    cells::{self, Profile},
    headers::{self, EmailRank, Header, StatusMeaning},
    names,
    records::CsvRow,
    statuses,
};

/// The positions of the columns to read people from.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The email columns, best first.
    pub(super) emails: Vec<(usize, EmailRank)>,
    pub(super) principal_name: Option<usize>,
    pub(super) user_name: Option<usize>,
    pub(super) given_name: Option<usize>,
    /// There can be several, because Spanish surnames need two columns.
    pub(super) family_names: Vec<usize>,
    /// A particle before the family name.
    pub(super) family_prefix: Option<usize>,
    pub(super) whole_name: Option<usize>,
    pub(super) family_first: bool,
    pub(super) statuses: Vec<(usize, StatusMeaning)>,
    /// The column that says whether a member is a user or a group.
    kind: Option<usize>,
    /// The domain of the chosen addresses.
    pub(super) domain: Option<EmailDomain>,
    /// The caller chose `domain`. Otherwise, it was found in the list.
    pub(super) is_domain_chosen: bool,
    /// The number of columns.
    pub(super) width: usize,
}

/// The error for a list whose columns can't be determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnclearColumns;

/// The first rows below the header, which are used to recognize columns.
pub(super) struct SampleRows<'s, 'a> {
    pub(super) rows: &'s [Vec<Cow<'a, str>>],
}

impl SampleRows<'_, '_> {
    fn column(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.as_ref())
    }

    /// Profiles each column. Compares the other columns with the addresses in the `email` column.
    fn profiles(&self, width: usize) -> Vec<Profile> {
        let mut profiles = vec![Profile::default(); width];
        for row in self.rows {
            let address = row.iter().find_map(|cell| cells::find_address(cell));
            for (profile, cell) in profiles.iter_mut().zip(row) {
                profile.add(cell, address);
            }
        }
        profiles
    }
}

/// The maximum number of cells to check for a header. Each check takes microseconds.
const MOST_HEADERS: usize = 4_000;

/// The maximum number of status columns.
const MOST_STATUSES: usize = 2;

/// Finds the header, which may be below a title. Returns its position among the first rows.
pub(super) fn header(records: &[CsvRow<'_>], choices: &ListChoices) -> Option<usize> {
    let mut best = None;
    // The most filled cells in a row with an address.
    let mut widest = 0;
    let mut left = MOST_HEADERS;
    for (at, record) in records.iter().enumerate() {
        let Ok(cells) = &record.cells else { continue };
        if left == 0 {
            break;
        }
        left = left.saturating_sub(cells.len());
        if cells.iter().any(|cell| cell.contains('@')) {
            // A title may contain the address of the person who exported the list.
            let mut filled = cells.iter().filter(|cell| !cell.is_empty());
            let is_title =
                filled.next().is_some_and(|cell| cell.contains(' ') && !cell.contains('<'));
            let others = filled.count();
            if !is_title || others > 0 {
                widest = widest.max(others + 1);
            }
            continue;
        }
        let chosen = choices.columns.iter();
        let chosen =
            chosen.filter(|(_, name)| cells.iter().any(|cell| cell.as_ref() == name)).count();
        let known = cells.iter().map(|cell| headers::recognize_header(cell));
        let known = known.filter(|known| !matches!(known, Header::Other | Header::Unknown));
        let known = known.count() + chosen;
        let needed = if at == 0 { 1 } else { 2 };
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let is_single = filled == 1 && known == 1;
        // Rows above the header have fewer cells, as in `Exported by,admin@example.com`.
        let is_below_titles = best.is_none() && known >= 2 && filled > widest;
        if (widest == 0 || is_below_titles)
            && (known >= needed || is_single)
            && best.is_none_or(|(_, most)| known > most)
        {
            best = Some((at, known));
        }
    }
    best.map(|(at, _)| at).or_else(|| is_above_addresses(records).then_some(0))
}

/// Returns whether the first row is a header that isn't recognized: a column contains addresses
/// only below this row.
fn is_above_addresses(records: &[CsvRow<'_>]) -> bool {
    let mut rows = records.iter().filter_map(|record| record.cells.as_ref().ok());
    let Some(first) = rows.next() else { return false };
    let is_word =
        |cell: &Cow<'_, str>| !cell.contains(|c: char| c.is_numeric() || "@./\\".contains(c));
    let is_filled = |cell: &&Cow<'_, str>| !cell.is_empty();
    let row = rows.next();
    let email = row.and_then(|row| row.iter().position(|cell| cells::find_address(cell).is_some()));
    first.iter().filter(is_filled).count() > 1
        && first.iter().all(is_word)
        && email.and_then(|at| first.get(at)).is_some_and(|cell| !cell.is_empty())
}

impl Columns {
    /// Recognizes the columns below a header.
    pub(super) fn from_header(
        header: &[Cow<'_, str>],
        sample: &SampleRows<'_, '_>,
        choices: &ListChoices,
    ) -> Result<Self, UnclearColumns> {
        let mut meanings: Vec<Header> =
            header.iter().map(|cell| headers::recognize_header(cell)).collect();
        let profiles = sample.profiles(header.len());
        let chosen = choose(&mut meanings, header, choices);
        check_contents(&mut meanings, &profiles, &chosen);
        find_statuses(&mut meanings, header, sample, &chosen);
        resolve_names(&mut meanings, sample);
        let mut columns = Self { width: header.len(), ..Self::default() };
        let find = |wanted: Header| meanings.iter().position(|meaning| *meaning == wanted);
        columns.given_name = find(Header::GivenName);
        columns.family_names.extend(find(Header::FamilyName));
        columns.family_names.extend(find(Header::SecondFamilyName));
        columns.family_prefix = find(Header::FamilyPrefix);
        columns.user_name = find(Header::UserName);
        columns.principal_name = find(Header::PrincipalName);
        columns.find_whole_name(&meanings, &profiles);
        let statuses = meanings.iter().enumerate().filter_map(|(at, meaning)| match meaning {
            Header::Status(polarity) => Some((at, *polarity)),
            _ => None,
        });
        columns.statuses = statuses.take(MOST_STATUSES).collect();
        columns.kind = (0..header.len()).find(|at| {
            meanings[*at] == Header::Unknown && is_member_kind(&header[*at], sample.column(*at))
        });
        columns.find_emails(&meanings, &profiles, sample, choices)?;
        if !columns.has_names() {
            columns.find_names_by_content(&meanings, &profiles, sample);
        }
        columns.find_name_order(sample);
        let names_someone =
            !columns.emails.is_empty() || columns.user_name.or(columns.principal_name).is_some();
        if names_someone { Ok(columns) } else { Err(UnclearColumns) }
    }

    /// Recognizes the columns of a list without a header.
    pub(super) fn guess(
        sample: &SampleRows<'_, '_>,
        choices: &ListChoices,
    ) -> Result<Self, UnclearColumns> {
        let width = sample.rows.iter().map(Vec::len).max().unwrap_or_default();
        let profiles = sample.profiles(width);
        let mut meanings = vec![Header::Unknown; width];
        if !choices.columns.is_empty() {
            let numbers: Vec<Cow<'_, str>> = (1..=width).map(|at| at.to_string().into()).collect();
            return Self::from_header(&numbers, sample, choices);
        }
        let mut columns = Self { width, ..Self::default() };
        let email = (0..width)
            .filter(|at| profiles[*at].addresses > 0)
            .max_by_key(|at| (profiles[*at].addresses, std::cmp::Reverse(*at)))
            .or_else(|| {
                (0..width).find(|at| sample.column(*at).next().is_some_and(|c| c.contains('@')))
            });
        let Some(email) = email else {
            columns.user_name = (width == 1).then_some(0);
            return if width == 1 { Ok(columns) } else { Err(UnclearColumns) };
        };
        columns.emails.push((email, EmailRank::Primary));
        for (at, profile) in profiles.iter().enumerate() {
            let is_status = profile.filled > 1 && profile.statuses == profile.filled;
            if is_status && columns.statuses.len() < MOST_STATUSES {
                columns.statuses.push((at, StatusMeaning::Words));
                meanings[at] = Header::Other;
            } else if at == email || profile.filled == 0 || profile.is_mostly(profile.ids) {
                meanings[at] = Header::Other;
            }
        }
        let others: Vec<usize> = (0..width).filter(|at| meanings[*at] == Header::Unknown).collect();
        match others[..] {
            [] => {}
            [whole] => columns.whole_name = Some(whole),
            [one, two] if width == 3 => columns.assign_name_columns(one, two, email, sample),
            _ => {
                columns.find_names_by_content(&meanings, &profiles, sample);
                if !columns.has_names() {
                    return Err(UnclearColumns);
                }
            }
        }
        columns.find_name_order(sample);
        columns.find_domain(sample, choices);
        Ok(columns)
    }

    /// Returns whether the row is about a group, as in a list of a group's members.
    pub(super) fn is_group(&self, cells: &[Cow<'_, str>]) -> bool {
        let kind = self.kind.and_then(|at| cells.get(at));
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("group"))
    }

    /// Returns whether a column contains a person's name, address or user name.
    pub(super) fn is_about_person(&self, at: usize) -> bool {
        let columns = [self.principal_name, self.user_name, self.given_name, self.whole_name];
        columns.contains(&Some(at))
            || self.family_names.contains(&at)
            || self.emails.iter().any(|(email, _)| *email == at)
    }

    fn has_names(&self) -> bool {
        self.whole_name.is_some() || self.given_name.is_some() || !self.family_names.is_empty()
    }

    fn find_whole_name(&mut self, meanings: &[Header], profiles: &[Profile]) {
        let wholes = meanings.iter().enumerate().filter_map(|(at, meaning)| match meaning {
            Header::WholeName { rank, family_first } => Some((*rank, at, *family_first)),
            _ => None,
        });
        let usable = wholes.filter(|(_, at, _)| {
            let profile = &profiles[*at];
            !profile.is_mostly(profile.ids)
        });
        // If another column has full names, a column of one-word names is probably a nickname.
        let best = usable.min_by_key(|(rank, at, _)| {
            (profiles[*at].filled > 0 && profiles[*at].several_words == 0, *rank, *at)
        });
        if let Some((_, at, family_first)) = best {
            self.whole_name = Some(at);
            self.family_first = family_first;
        }
    }

    /// Finds the email columns. These are the columns with an email header, or the only column that
    /// contains addresses if there is no such header.
    fn find_emails(
        &mut self,
        meanings: &[Header],
        profiles: &[Profile],
        sample: &SampleRows<'_, '_>,
        choices: &ListChoices,
    ) -> Result<(), UnclearColumns> {
        let named = meanings.iter().enumerate().filter_map(|(at, meaning)| match meaning {
            Header::Email(rank) => Some((at, *rank)),
            _ => None,
        });
        self.emails = named.collect();
        let has_addresses = |at: &usize| profiles[*at].addresses > 0;
        // If no column contains addresses, keep the columns whose header says that they do.
        if self.emails.iter().any(|(at, _)| has_addresses(at)) {
            self.emails.retain(|(at, _)| has_addresses(at));
        }
        let is_primary = |(_, rank): &(usize, EmailRank)| *rank == EmailRank::Primary;
        let from_name = [self.principal_name, self.user_name].into_iter().flatten();
        let from_name: Vec<usize> =
            from_name.filter(|at| profiles[*at].is_mostly(profiles[*at].addresses)).collect();
        if !self.emails.iter().any(is_primary) && from_name.is_empty() {
            let unknown: Vec<usize> = (0..meanings.len())
                .filter(|at| matches!(meanings[*at], Header::Unknown | Header::WholeName { .. }))
                .filter(|at| profiles[*at].is_mostly(profiles[*at].addresses))
                .collect();
            let matching = |at: &&usize| {
                let domain = choices.domain.as_ref();
                domain.is_some_and(|domain| {
                    sample
                        .column(**at)
                        .filter_map(cells::find_address)
                        .any(|a| cells::is_in_domain(a, domain))
                })
            };
            match unknown[..] {
                [only] => self.emails.push((only, EmailRank::Primary)),
                [] => {}
                _ => {
                    let mut matching = unknown.iter().filter(matching);
                    match (matching.next(), matching.next()) {
                        (Some(only), None) => self.emails.push((*only, EmailRank::Primary)),
                        _ if self.emails.is_empty() => return Err(UnclearColumns),
                        _ => {}
                    }
                }
            }
        }
        if self.emails.is_empty() {
            // The user name may be the person's only address.
            self.emails.extend(from_name.first().map(|at| (*at, EmailRank::Primary)));
        }
        // If a file has no work address, use its other kind of address as the person's address.
        if !self.emails.iter().any(is_primary) && from_name.is_empty() {
            for (_, rank) in &mut self.emails {
                *rank = EmailRank::Primary;
            }
        }
        self.emails.sort_by_key(|(at, rank)| (*rank, *at));
        self.find_domain(sample, choices);
        Ok(())
    }

    fn find_domain(&mut self, sample: &SampleRows<'_, '_>, choices: &ListChoices) {
        self.is_domain_chosen = choices.domain.is_some();
        self.domain = choices.domain.clone().or_else(|| {
            let addresses = self.emails.iter().flat_map(|(at, _)| sample.column(*at));
            cells::usual_domain(addresses.flat_map(cells::find_addresses))
        });
    }

    /// Finds name columns without a name header, by comparing their words with the email addresses.
    fn find_names_by_content(
        &mut self,
        meanings: &[Header],
        profiles: &[Profile],
        sample: &SampleRows<'_, '_>,
    ) {
        let Some((email, _)) = self.emails.first().copied() else { return };
        let like: Vec<usize> = (0..meanings.len())
            .filter(|at| meanings[*at] == Header::Unknown && *at != email)
            .filter(|at| profiles[*at].addresses == 0 && profiles[*at].ids == 0)
            .filter(|at| profiles[*at].is_mostly(profiles[*at].like_address))
            .collect();
        match like[..] {
            [only] if profiles[only].is_mostly(profiles[only].several_words) => {
                self.whole_name = Some(only);
            }
            [one, two] => self.assign_name_columns(one, two, email, sample),
            _ => {}
        }
    }

    /// Decides which of two columns is the given name. This is usually the name that comes first in
    /// `ana.lima@example.com`.
    fn assign_name_columns(
        &mut self,
        one: usize,
        two: usize,
        email: usize,
        sample: &SampleRows<'_, '_>,
    ) {
        let votes = sample.rows.iter().filter_map(|row| {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.as_ref());
            is_family_first([cell(one), cell(two)], cell(email))
        });
        let is_swapped = majority(votes).unwrap_or(false);
        let (given, family) = if is_swapped { (two, one) } else { (one, two) };
        self.given_name = Some(given);
        self.family_names = vec![family];
    }

    /// Decides whether full names of two words start with the family name, by comparing them with
    /// the addresses.
    fn find_name_order(&mut self, sample: &SampleRows<'_, '_>) {
        let Some((whole, (email, _))) = self.whole_name.zip(self.emails.first().copied()) else {
            return;
        };
        let votes = sample.rows.iter().filter_map(|row| {
            let (name, email) = (row.get(whole)?, row.get(email)?);
            is_family_first(names::two_words(name)?, email)
        });
        let votes: Vec<bool> = votes.collect();
        // A single name, or a list that mixes both orders, says nothing about the other names.
        if votes.len() > 1 && votes.iter().all(|vote| *vote == votes[0]) {
            self.family_first = votes[0];
        }
    }

    /// Returns whether a full name starts with the family name, according to the address in its row
    /// or to the column.
    pub(super) fn starts_with_family(&self, name: &str, email: &str) -> bool {
        let shown = names::two_words(name).and_then(|words| is_family_first(words, email));
        shown.unwrap_or(self.family_first)
    }

    /// Returns the columns that are used, so that the user can confirm them.
    pub(super) fn used_columns(&self, header: &[Cow<'_, str>]) -> Vec<UsedColumn> {
        let mut uses: Vec<(usize, ColumnChoice)> = Vec::new();
        let primary = self.emails.iter().filter(|(_, rank)| *rank == EmailRank::Primary);
        uses.extend(primary.map(|(at, _)| (*at, ColumnChoice::Email)));
        let user_name = self.principal_name.or(self.user_name);
        uses.extend(user_name.map(|at| (at, ColumnChoice::UserName)));
        uses.extend(self.given_name.map(|at| (at, ColumnChoice::FirstName)));
        uses.extend(self.family_names.iter().map(|at| (*at, ColumnChoice::LastName)));
        let parts = self.given_name.is_some() && !self.family_names.is_empty();
        uses.extend(self.whole_name.filter(|_| !parts).map(|at| (at, ColumnChoice::FullName)));
        uses.extend(self.statuses.iter().map(|(at, _)| (*at, ColumnChoice::Status)));
        let name = |at: usize| {
            let words = header.get(at).map(|cell| cell.split_whitespace().collect::<Vec<_>>());
            words.unwrap_or_default().join(" ")
        };
        uses.into_iter()
            .map(|(at, choice)| UsedColumn { column: name(at), number: at + 1, choice })
            .collect()
    }
}

/// Returns whether the first of two names is the family name, according to an address such as
/// `ana.lima@example.com`. Returns `None` if the address doesn't show it.
fn is_family_first(names: [&str; 2], address: &str) -> Option<bool> {
    match names.map(|name| cells::position_in_address(name, address)) {
        [Some(one), Some(two)] if one != two => Some(one > two),
        // `alima` is the first letter of the given name, followed by the family name.
        [Some(1..=2), None] => Some(true),
        [None, Some(1..=2)] => Some(false),
        _ => None,
    }
}

/// Returns what more than half of the votes say, or `None` without a majority.
fn majority(votes: impl Iterator<Item = bool>) -> Option<bool> {
    let (mut all, mut yes) = (0, 0);
    for vote in votes {
        all += 1;
        yes += usize::from(vote);
    }
    (yes * 2 != all).then_some(yes * 2 > all)
}

/// Applies the caller's choices. Returns the positions of the chosen columns.
fn choose(meanings: &mut [Header], header: &[Cow<'_, str>], choices: &ListChoices) -> Vec<usize> {
    let mut chosen = Vec::new();
    for (choice, name) in &choices.columns {
        let at = header
            .iter()
            .position(|cell| headers::fold_text(cell.trim()) == headers::fold_text(name));
        let number = || name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(at) = at.or_else(number).filter(|at| *at < meanings.len()) else { continue };
        let meaning = match (choice, statuses::header_meaning(&header[at])) {
            (ColumnChoice::Status, _) if matches!(meanings[at], Header::Status(_)) => meanings[at],
            (ColumnChoice::Status, Some(meaning)) => Header::Status(meaning),
            _ => choice.to_header(),
        };
        for (other, known) in meanings.iter_mut().enumerate() {
            let same = std::mem::discriminant(known) == std::mem::discriminant(&meaning);
            if same && !chosen.contains(&other) {
                *known = Header::Other;
            }
        }
        meanings[at] = meaning;
        chosen.push(at);
    }
    chosen
}

/// Corrects meanings that contradict the cells.
fn check_contents(meanings: &mut [Header], profiles: &[Profile], chosen: &[usize]) {
    for (at, (meaning, profile)) in meanings.iter_mut().zip(profiles).enumerate() {
        if chosen.contains(&at) || profile.filled == 0 {
            continue;
        }
        let mostly = |count| profile.is_mostly(count);
        *meaning = match *meaning {
            Header::UserName if mostly(profile.addresses) => Header::PrincipalName,
            Header::UserName if mostly(profile.ids) => Header::Other,
            // In Atlassian's exports, `User name` is the full name.
            Header::UserName if mostly(profile.several_words) => {
                Header::WholeName { rank: 0, family_first: false }
            }
            Header::PrincipalName if profile.addresses == 0 && mostly(profile.ids) => Header::Other,
            Header::GivenName | Header::FamilyName | Header::SecondFamilyName
                if mostly(profile.ids) =>
            {
                Header::Other
            }
            Header::Name if mostly(profile.addresses) => Header::Email(EmailRank::Primary),
            Header::Name if mostly(profile.ids) => Header::Other,
            kept => kept,
        };
    }
    // Only one column can be the principal name, so use the first if there are several.
    let mut seen = false;
    for meaning in meanings.iter_mut().filter(|meaning| **meaning == Header::PrincipalName) {
        if std::mem::replace(&mut seen, true) {
            *meaning = Header::Other;
        }
    }
}

/// Returns whether a column says whether each member is a user or a group.
fn is_member_kind<'c>(header: &str, mut cells: impl Iterator<Item = &'c str>) -> bool {
    const KINDS: [&str; 5] = ["", "user", "group", "member", "customer"];
    headers::fold_text(header).ends_with("type")
        && cells.all(|cell| KINDS.iter().any(|kind| cell.eq_ignore_ascii_case(kind)))
}

/// Finds the status columns whose headers are recognized only in part, and drops those that contain
/// something else, such as the state of an address.
fn find_statuses(
    meanings: &mut [Header],
    header: &[Cow<'_, str>],
    sample: &SampleRows<'_, '_>,
    chosen: &[usize],
) {
    for (at, meaning) in meanings.iter_mut().enumerate() {
        let is_known = |cell: &str| statuses::is_status_word(cell) || statuses::is_yes_or_no(cell);
        if *meaning == Header::Status(StatusMeaning::Words)
            && !chosen.contains(&at)
            && headers::is_vague_status(&header[at])
            && !sample.column(at).any(is_known)
        {
            *meaning = Header::Other;
        }
        if *meaning == Header::Unknown
            && !chosen.contains(&at)
            && let Some(status) = statuses::column_meaning(&header[at], sample.column(at))
        {
            *meaning = Header::Status(status);
        }
    }
    if meanings.iter().any(|meaning| matches!(meaning, Header::Status(_))) {
        return;
    }
    let leaving = (0..meanings.len()).find(|at| {
        meanings[*at] == Header::Unknown
            && !chosen.contains(at)
            && statuses::is_leaving_date(&header[*at], sample.column(*at))
    });
    if let Some(at) = leaving {
        meanings[at] = Header::Status(StatusMeaning::LeavingDate);
    }
}

/// Decides what the header `Name` means, based on the other name columns.
fn resolve_names(meanings: &mut [Header], sample: &SampleRows<'_, '_>) {
    let find = |wanted| meanings.iter().position(|meaning| *meaning == wanted);
    let (given, family) = (find(Header::GivenName), find(Header::FamilyName));
    let Some(name) = find(Header::Name) else { return };
    let holds = |part: usize| {
        let rows = sample.rows.iter().filter_map(|row| Some((row.get(name)?, row.get(part)?)));
        let (mut both, mut holding) = (0, 0);
        for (name, part) in rows.filter(|(name, part)| !name.is_empty() && !part.is_empty()) {
            both += 1;
            holding += usize::from(name != part && name.contains(part.as_ref()));
        }
        both > 0 && holding * 2 > both
    };
    let meaning = match (given, family) {
        (Some(given), None) if !holds(given) => Header::FamilyName,
        (None, Some(family)) if !holds(family) => Header::GivenName,
        _ => Header::WholeName { rank: 1, family_first: false },
    };
    for known in meanings.iter_mut().filter(|known| **known == Header::Name) {
        *known = meaning;
    }
}
