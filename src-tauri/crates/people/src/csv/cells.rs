//! What the cells of a column contain.

use std::{borrow::Cow, collections::HashMap};

use identifiers::{EmailAddress, EmailDomain, is_local_part};

use super::{
    headers::{contains_word, fold_text},
    statuses,
};

/// What the cells in the first rows of a column contain, as counts.
#[derive(Clone, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    pub(super) addresses: usize,
    pub(super) ids: usize,
    /// Cells that contain a space or a comma, as in a full name.
    pub(super) several_words: usize,
    pub(super) statuses: usize,
    /// Cells that share a word with the email address in the same row.
    pub(super) like_address: usize,
}

/// The maximum length of a name, in bytes. Longer cells are descriptions.
const LONGEST_NAME: usize = 200;

impl Profile {
    pub(super) fn add(&mut self, cell: &str, address: Option<&str>) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.addresses += usize::from(find_address(cell).is_some());
        if cell.len() > LONGEST_NAME {
            return;
        }
        self.ids += usize::from(is_id(cell));
        self.several_words += usize::from(cell.contains([' ', ',', '\u{3000}']));
        self.statuses +=
            usize::from(statuses::is_status_word(cell) || statuses::is_yes_or_no(cell));
        self.like_address += usize::from(
            address.is_some_and(|address| position_in_address(cell, address).is_some()),
        );
    }

    pub(super) fn is_mostly(&self, count: usize) -> bool {
        count > 0 && count * 10 >= self.filled * 6
    }
}

/// Returns the position of a word of the name in the part of the address before the `@`.
pub(super) fn position_in_address(name: &str, address: &str) -> Option<usize> {
    let local = fold_text(address.split('@').next().unwrap_or_default());
    let name = fold_text(name);
    let mut words =
        name.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
    words.find_map(|word| local.find(word))
}

/// Returns the addresses in a cell such as `ana@example.com`, `Ana <ana@example.com>`,
/// `smtp:ana@example.com` or `['ana@example.com', 'ana@example.org']`.
pub(super) fn find_addresses(cell: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c.is_whitespace() || "<>()[]{},;|\"'".contains(c);
    let words = if cell.contains('@') { cell.split(between) } else { "".split(between) };
    words.map(bare_email).filter(|word| looks_like_address(word))
}

pub(super) fn find_address(cell: &str) -> Option<&str> {
    find_addresses(cell).next()
}

/// Quickly checks whether a word looks like an address, without parsing the domain.
fn looks_like_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        is_local_part(local) && domain.contains('.') && !domain.contains('@')
    })
}

/// Removes the quotation marks or the scheme around an address.
pub(super) fn bare_email(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'', '\u{200b}', '\u{feff}']);
    let scheme = text.get(..5).filter(|start| start.eq_ignore_ascii_case("smtp:"));
    let scheme = scheme.or_else(|| text.get(..7).filter(|s| s.eq_ignore_ascii_case("mailto:")));
    let text = scheme.map_or(text, |scheme| &text[scheme.len()..]);
    text.split_once('?').map_or(text, |(address, _)| address)
}

/// Returns whether this is the name of a guest account in Entra ID:
/// `ana_example.com#EXT#@contoso.onmicrosoft.com`.
pub(super) fn is_guest_name(cell: &str) -> bool {
    cell.to_ascii_lowercase().contains("#ext#")
}

/// Returns whether a cell is a number, a GUID, another ID, a distinguished name, a phone number or
/// a date.
pub(super) fn is_id(cell: &str) -> bool {
    // IDs such as `auth0|…` and `557058:…` start with the provider.
    if let Some((provider, id)) = cell.rsplit_once(['|', ':']).filter(|(_, id)| id.len() >= 16)
        && !provider.contains(' ')
    {
        return is_id(id) || cell.contains("://");
    }
    let count = |is: fn(&char) -> bool| cell.chars().filter(is).count();
    let (digits, letters) = (count(char::is_ascii_digit), count(|c| c.is_alphabetic()));
    let (lower, total) = (count(|c| c.is_lowercase()), cell.chars().count());
    let alphanumeric = digits + letters == total;
    let is_hexadecimal =
        digits > 0 && cell.chars().all(|c| c.is_ascii_hexdigit() || "-{}".contains(c));
    let is_name = cell.get(..3).is_some_and(|start| {
        ["CN=", "OU=", "UID", "DC="].iter().any(|name| start.eq_ignore_ascii_case(name))
    });
    (letters == 0 && digits >= 3)
        || (is_hexadecimal && total >= 16)
        || (alphanumeric && digits >= 2 && total >= 15)
        || (alphanumeric && digits >= 2 && lower == 0 && total >= 8)
        || (is_name && cell.contains('='))
        || cell.starts_with("S-1-5-")
        || cell.contains("://")
}

/// Returns whether this is an employee number, such as `E1001` or `EMP-00123`.
pub(super) fn is_employee_number(cell: &str) -> bool {
    let digits = cell.trim_start_matches(|c: char| c.is_alphabetic() || c == '-' || c == '_');
    let start = cell.len() - digits.len();
    start <= 5 && digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Public mail services. Their domains are never the company's domain.
const PUBLIC_MAIL: &str = " gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de proton.me protonmail.com orange.fr free.fr laposte.net wanadoo.fr libero.it virgilio.it terra.com.br uol.com.br bol.com.br hotmail.fr hotmail.es hotmail.de hotmail.co.uk yahoo.co.jp yahoo.fr yahoo.de yahoo.es yahoo.co.uk yahoo.com.br ziggo.nl kpnmail.nl docomo.ne.jp qq.com 163.com ";

pub(super) fn is_public_mail(domain: &str) -> bool {
    contains_word(PUBLIC_MAIL, &domain.to_lowercase())
}

/// Returns the most frequent domain that isn't a public mail service.
pub(super) fn usual_domain<'a>(addresses: impl Iterator<Item = &'a str>) -> Option<EmailDomain> {
    let mut counts: HashMap<Cow<'a, str>, usize> = HashMap::new();
    for address in addresses {
        if let Some((_, domain)) = address.rsplit_once('@')
            && !is_public_mail(domain)
        {
            *counts.entry(domain.to_lowercase().into()).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    best.and_then(|(domain, _)| domain.parse().ok())
}

pub(super) fn is_in_domain(address: &str, domain: &EmailDomain) -> bool {
    address.rsplit_once('@').is_some_and(|(_, other)| other.eq_ignore_ascii_case(domain.as_str()))
        || (!address.is_ascii() || address.contains("xn--"))
            && address.parse::<EmailAddress>().is_ok_and(|address| address.domain() == domain)
}
