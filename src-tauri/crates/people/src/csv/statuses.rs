//! Status columns: which columns say whether a person is active, and what their cells say.

use super::headers::{StatusMeaning, contains_word, fold_text, split_words};

/// What a status cell says about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Activity {
    Active,
    Inactive,
    /// The cell doesn't say whether the person is active.
    Unknown,
}

/// The maximum length of a status, in bytes. Longer cells are descriptions.
const LONGEST_STATUS: usize = 60;

const TRUE: &str = " true yes y 1 ja oui si sim on はい wahr vrai verdadero verdadeiro vero waar ";
const FALSE: &str = " false no n 0 nein non nao nee off いいえ falsch faux falso onwaar ";
const ACTIVE: &str = " active enabled aktiv aktiviert actif active activee activo activa habilitado habilitada ativo ativa attivo attiva abilitato abilitata actief ingeschakeld 有効 在職 在籍 在籍中 在職中 利用中 アクティブ employed current working beschaftigt angestellt indienst ";
/// Words for people who are active soon or again.
const PENDING: &str = " provisioned activated staged pending invited hired leave beurlaubt ";
const INACTIVE: &str = " bot left ended exited quit closed locked laid former ex sorti sortie parti partie supprime supprimee licencie licenciee retraite retraitee baja gone ";
/// Roles that Slack lists as the status of active members.
const ROLES: &str = " member owner admin guest ";
const PASSWORD: &str = " password passwort kennwort recovery ";
/// The starts of words that mean inactive.
const INACTIVE_STEMS: &str = "inactiv inaktiv inattiv inativ desactiv deactiv deaktiv gedeactiv disattiv desativ suspen suspend sospes geschorst deprovision disab disabilit deshabil desabil uitgesch terminat terminad termine archiv delet block blockier bloque bloccat geblok gesperr leaver resign retired offboard remov revok dismiss separat expir ausgesch ausgetret gekundig gelosch beende ehemal cesad cessat licenziat dimess despedid eliminad rescindid demission demitid deslig excluid uitdienst vertrok ontslag verwijder";
/// Japanese words that mean inactive. Words aren't separated, so they can be anywhere.
const INACTIVE_JAPANESE: [&str; 8] =
    ["無効", "停止", "退職", "退社", "離職", "削除", "非アクティブ", "ブロック"];
const NEGATIONS: &str = " not no non nicht niet nao never nie nunca mai pas kein keine mehr ";
/// Negations that can be joined to a word, as in `nonactive`.
const NEGATING_PREFIXES: [&str; 7] = ["nicht", "niet", "non", "not", "un", "in", "非"];

/// Parts of headers of columns in which `yes` means inactive.
const INACTIVE_HEADERS: &[&str] = &[
    "inactiv",
    "inaktiv",
    "inattiv",
    "inativ",
    "deactiv",
    "desactiv",
    "deaktiv",
    "disattiv",
    "desativ",
    "block",
    "bloque",
    "bloccat",
    "geblok",
    "gesperrt",
    "suspen",
    "sospes",
    "disabled",
    "leaver",
    "terminat",
    "resigned",
    "retired",
    "exited",
    "ausgeschieden",
    "ausgetreten",
    "gekundigt",
    "sorti",
    "cesad",
    "cessat",
    "deslig",
    "dimess",
    "uitdienst",
    "vertrokken",
    "offboard",
    "archived",
    "deleted",
    "deprovision",
    "退職",
    "退社",
    "離職",
    "無効",
    "停止",
    "ブロック",
];
/// Parts of headers of columns in which `yes` means active.
const ACTIVE_HEADERS: &[&str] = &[
    "activ",
    "aktiv",
    "actif",
    "attiv",
    "ativo",
    "ativa",
    "actief",
    "employed",
    "inservice",
    "indienst",
    "在籍",
    "在職",
    "有効",
    "利用中",
    "アクティブ",
];
/// Parts of headers of columns that contain words about a person's status.
const STATUS_HEADERS: &[&str] = &[
    "status",
    "statut",
    "estado",
    "stato",
    "situac",
    "zustand",
    "状態",
    "ステータス",
    "状況",
    "区分",
];
/// Parts of headers of columns with the date on which a person leaves.
const LEAVING_HEADERS: &[&str] = &[
    "terminat",
    "leaving",
    "leavedate",
    "leaver",
    "lastday",
    "lastworking",
    "enddate",
    "expir",
    "exit",
    "separat",
    "sortie",
    "datededepart",
    "baja",
    "egreso",
    "cessazione",
    "dimission",
    "austritt",
    "uitdienst",
    "deslig",
    "demiss",
    "deactivat",
    "退職",
    "退社",
];
/// Words in headers of columns about something other than the person's status.
const OTHER_HEADERS: &str = " mfa fa sv tfa factor verification verified authentication enrolled enrollment enrolment license licence lizenz mailbox sync synced marital civil familienstand visa passport tax vaccination training email mail mails password passwort kennwort delivery subscription newsletter forwarding group project device archive admin billing bill payment onboarding background check veteran military citizenship immigration disability key cert certificate token access directory trial probation card ";

/// Returns what a status cell says.
pub(super) fn activity(meaning: StatusMeaning, cell: &str) -> Activity {
    let cell = cell.trim();
    if cell.is_empty() {
        return Activity::Active;
    }
    if cell.len() > LONGEST_STATUS {
        return Activity::Unknown;
    }
    if meaning == StatusMeaning::AccountControl {
        // `ADS_UF_ACCOUNTDISABLE` is bit 2.
        return match cell.parse::<u32>() {
            Ok(flags) if flags & 2 == 0 => Activity::Active,
            Ok(_) => Activity::Inactive,
            Err(_) => Activity::Unknown,
        };
    }
    if meaning == StatusMeaning::LeavingDate {
        return Activity::Unknown;
    }
    let cell = fold_text(cell);
    match (meaning, contains_word(TRUE, &cell), contains_word(FALSE, &cell)) {
        (StatusMeaning::Active, true, _) | (StatusMeaning::Inactive, _, true) => Activity::Active,
        (StatusMeaning::Active, _, true) | (StatusMeaning::Inactive, true, _) => Activity::Inactive,
        _ => match (meaning, cell.as_str()) {
            // Codes of HR systems.
            (StatusMeaning::Words, "a") => Activity::Active,
            (StatusMeaning::Words, "t" | "i") => Activity::Inactive,
            _ => activity_of_words(&cell),
        },
    }
}

fn activity_of_words(cell: &str) -> Activity {
    let words: Vec<&str> =
        cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = words.concat();
    // In Okta, an account with an expired password or a lockout can be used again.
    if words.iter().any(|word| contains_word(PASSWORD, word)) {
        return Activity::Active;
    }
    if joined == "lockedout" {
        return Activity::Unknown;
    }
    let is_negated = words.len() > 1 && words.iter().any(|word| contains_word(NEGATIONS, word));
    let is_inactive = words.iter().any(|word| is_inactive_word(word) || is_negated_word(word))
        || is_inactive_word(&joined);
    let is_any_of = |list: &str| words.iter().any(|word| contains_word(list, word));
    let is_pending = is_any_of(PENDING);
    let is_active = is_pending || is_any_of(ACTIVE) || contains_word(ACTIVE, &joined);
    match (is_active, is_inactive) {
        // For example, `Pending termination`.
        (true, true) => Activity::Unknown,
        // For example, `Not invited`.
        (true, false) if is_negated && is_pending => Activity::Unknown,
        (true, false) if is_negated => Activity::Inactive,
        (false, true) if is_negated => Activity::Active,
        (true, false) => Activity::Active,
        (false, true) => Activity::Inactive,
        (false, false) if is_any_of(ROLES) => Activity::Active,
        (false, false) => Activity::Unknown,
    }
}

fn is_inactive_word(word: &str) -> bool {
    contains_word(INACTIVE, word)
        || INACTIVE_STEMS.split(' ').any(|stem| word.starts_with(stem))
        || INACTIVE_JAPANESE.iter().any(|part| word.contains(part))
}

/// Returns whether this is a word such as `nonactive`.
fn is_negated_word(word: &str) -> bool {
    NEGATING_PREFIXES
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| contains_word(ACTIVE, rest)))
}

/// Returns whether a cell is a word for a status, such as `Suspended`.
pub(super) fn is_status_word(cell: &str) -> bool {
    cell.chars().nth(1).is_some()
        && cell.len() <= LONGEST_STATUS
        && activity_of_words(&fold_text(cell)) != Activity::Unknown
}

/// Returns whether a cell is `yes`, `no`, or another word for one of them.
pub(super) fn is_yes_or_no(cell: &str) -> bool {
    if cell.len() > LONGEST_STATUS {
        return false;
    }
    let cell = fold_text(cell.trim());
    [TRUE, FALSE].iter().any(|list| contains_word(list, &cell))
}

/// Returns what a column contains if it's a status column. Its header must contain part of a status
/// word, and its cells must confirm it.
pub(super) fn column_meaning<'c>(
    header: &str,
    cells: impl Iterator<Item = &'c str>,
) -> Option<StatusMeaning> {
    let meaning = header_meaning(header)?;
    let (mut filled, mut words, mut answers) = (0_usize, 0_usize, 0_usize);
    for cell in cells.filter(|cell| !cell.is_empty()) {
        filled += 1;
        match is_yes_or_no(cell) {
            true => answers += 1,
            false => words += usize::from(is_status_word(cell) || is_code(meaning, cell)),
        }
    }
    let is_status = match meaning {
        StatusMeaning::Words => words > 0,
        _ => (words + answers) * 2 > filled,
    };
    is_status.then_some(meaning)
}

fn is_code(meaning: StatusMeaning, cell: &str) -> bool {
    meaning == StatusMeaning::Words && ["A", "T", "I"].contains(&cell)
}

/// Returns whether a column contains the dates on which people leave.
pub(super) fn is_leaving_date<'c>(header: &str, mut cells: impl Iterator<Item = &'c str>) -> bool {
    let is_date = |cell: &str| {
        cell.chars().filter(char::is_ascii_digit).count() >= 4
            && cell.chars().filter(|c| c.is_alphabetic()).count() <= 4
    };
    let header = letters_of(header);
    header.is_some_and(|header| LEAVING_HEADERS.iter().any(|part| header.contains(part)))
        && cells.all(|cell| cell.is_empty() || is_date(cell))
}

/// Returns what a column contains if its header contains part of a status word.
pub(super) fn header_meaning(header: &str) -> Option<StatusMeaning> {
    let header = letters_of(header)?;
    let has = |parts: &[&str]| parts.iter().any(|part| header.contains(part));
    if has(INACTIVE_HEADERS) {
        Some(StatusMeaning::Inactive)
    } else if has(STATUS_HEADERS) {
        Some(StatusMeaning::Words)
    } else {
        has(ACTIVE_HEADERS).then_some(StatusMeaning::Active)
    }
}

/// Returns the letters of a header. Returns `None` if the header is about something other than the
/// person's status.
fn letters_of(header: &str) -> Option<String> {
    let words = split_words(header);
    let is_other = words.iter().any(|word| contains_word(OTHER_HEADERS, word));
    (!is_other).then(|| words.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unlisted_status_headers_are_recognized() {
        let words = ["Active", "Terminated"];
        let answers = ["Yes", "No"];
        let codes = ["A", "T"];
        let cases = [
            ("Position Status", words, Some(StatusMeaning::Words)),
            ("Employee Status Description", words, Some(StatusMeaning::Words)),
            ("HR Status", codes, Some(StatusMeaning::Words)),
            ("Statut du contrat", ["Actif", "Terminé"], Some(StatusMeaning::Words)),
            ("Mitarbeiterstatus", ["aktiv", "ausgetreten"], Some(StatusMeaning::Words)),
            ("アカウントの状態", ["有効", "無効"], Some(StatusMeaning::Words)),
            ("在籍区分", ["在籍", "退職"], Some(StatusMeaning::Words)),
            ("Anmeldung blockiert", ["Ja", "Nein"], Some(StatusMeaning::Inactive)),
            ("サインインのブロック", ["はい", "いいえ"], Some(StatusMeaning::Inactive)),
            ("退職フラグ", ["1", "0"], Some(StatusMeaning::Inactive)),
            ("Leaver?", answers, Some(StatusMeaning::Inactive)),
            ("Compte actif", ["Oui", "Non"], Some(StatusMeaning::Active)),
            ("Cuenta activa", ["Sí", "No"], Some(StatusMeaning::Active)),
            ("Conta ativa", ["Sim", "Não"], Some(StatusMeaning::Active)),
            ("In dienst", ["Ja", "Nee"], Some(StatusMeaning::Active)),
            ("Employed", answers, Some(StatusMeaning::Active)),
            ("MFA status", ["Enabled", "Disabled"], None),
            ("Marital status", ["Single", "Married"], None),
            ("Active project", ["Apollo", "Gemini"], None),
            ("Remote", answers, None),
            ("access_key_1_active", answers, None),
        ];
        for (header, cells, expected) in cases {
            assert_eq!(column_meaning(header, cells.into_iter()), expected, "{header}");
        }
    }

    #[test]
    fn status_cells_are_understood() {
        let inactive = [
            "Separated",
            "Ended",
            "Not active",
            "Non-active",
            "Left",
            "Exited",
            "Laid off",
            "No longer employed",
            "Ex-employee",
            "Quit",
            "Closed",
            "Expired",
            "Locked",
            "nicht aktiv",
            "Ehemalig",
            "Ausgetreten",
            "Beendet",
            "Terminé",
            "Licencié",
            "Démissionnaire",
            "Retraité",
            "Despedido",
            "Eliminado",
            "Terminado",
            "Rescindido",
            "Non attivo",
            "Bloccato",
            "Niet actief",
            "Vertrokken",
            "Ontslagen",
            "Verwijderd",
            "退社",
            "離職",
            "非アクティブ",
            "Suspended",
            "uit dienst",
            "T",
        ];
        let active = [
            "Active",
            "On leave",
            "Never expired",
            "not terminated",
            "aktiv",
            "PASSWORD_EXPIRED",
            "Primary Owner",
            "A",
            "",
        ];
        let unknown =
            ["Pending termination", "Not invited", "LOCKED_OUT", "Contract", "L", "Yes", "1"];
        let cases = [
            (&inactive[..], Activity::Inactive),
            (&active[..], Activity::Active),
            (&unknown[..], Activity::Unknown),
        ];
        for (cells, expected) in cases {
            for cell in cells {
                assert_eq!(activity(StatusMeaning::Words, cell), expected, "{cell}");
            }
        }
    }
}
