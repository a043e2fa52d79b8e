//! Recognizes what a column contains from its header, in the terms of common systems and in eight
//! languages.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// What a column contains, according to its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    Email(EmailRank),
    UserName,
    /// A name that is also an email address, such as Active Directory's user principal name.
    PrincipalName,
    GivenName,
    FamilyName,
    /// The second of two surnames.
    SecondFamilyName,
    /// A particle before the family name, such as Dutch `van der`.
    FamilyPrefix,
    /// A full name. A lower rank is better.
    WholeName {
        rank: u8,
        family_first: bool,
    },
    /// `Name`: a full name, or part of a name if another column contains the other part.
    Name,
    Status(StatusMeaning),
    /// A known column that doesn't contain the person's name or address, such as the manager's
    /// email address.
    Other,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EmailRank {
    Primary,
    Secondary,
    Personal,
}

/// What `true` means in a status column, or how its cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusMeaning {
    Active,
    Inactive,
    /// The cells are words, such as `Suspended`.
    Words,
    /// The cells are Active Directory's `userAccountControl`.
    AccountControl,
    /// The cells are the dates on which people leave.
    LeavingDate,
}

/// Words in a header that show that the column is about another person or thing.
const OTHER: &str = " manager managers supervisor boss vorgesetzter vorgesetzte chef responsable superieur jefe supervisora gestor superior capo leidinggevende assistant sekretariat sponsor emergency notfall urgence emergencia spouse referrer creator created createdby modified modifiedby invited inviter invitedby approver recruiter coach mentor billing delegate delegates kana yomi furigana phonetic pronunciation middle maiden nick nickname preferred prefix suffix password passwort kennwort motdepasse contrasena senha wachtwoord secret pin organization organisation org company companies department group groups role roles domain file team teams host computer device server app application location building office product license manageremail managername managerupn birth naissance ";
const OTHER_JAPANESE: [&str; 10] = [
    "フリガナ",
    "ふりがな",
    "カナ",
    "かな",
    "上司",
    "緊急",
    "パスワード",
    "部署",
    "会社",
    "管理者",
];

const EMAIL: &str = " email emails mail mails correo correos courriel courriels mel smtp posta epost emailid mailid ";
const EMAIL_PHRASES: [&str; 9] = [
    "adresse electronique",
    "direccion electronica",
    "posta elettronica",
    "correio eletronico",
    "correio electronico",
    "e mail",
    "e mails",
    "other mails",
    "proxy addresses",
];
/// Words next to `email` that show that the cells aren't addresses.
const NOT_ADDRESSES: &str = " verified verification type label sent opt optin status subscription format language signature quota size count enabled display notification notifications date last confirmed template list provider nickname forwarding password ";
const PERSONAL: &str = " personal private privat private privada prive privee personnel personnelle perso personale privato privata particular persoonlijk home maison casa thuis gmail ";
const SECONDARY: &str = " secondary second alternate alternative alt other others otro otra otros autre andere weitere zweite altra altro outro outra additional alias aliases recovery backup proxy forward previous former old new external invite target 2 3 4 5 6 7 8 9 ";

const PRINCIPAL: &str = " userprincipalname upn signinname benutzerprinzipalname windowsliveid microsoftonlineservicesid ユーザープリンシパル名 nomdutilisateurprincipal nombreprincipaldeusuario ";
const USER_NAME: &str = " username user userid loginid login loginname logonname logon userlogonname signinid accountname account samaccountname uid useraccount networkid windowslogin adlogin userlogin preferredusername benutzername benutzer benutzerkennung benutzerid anmeldename kennung nomdutilisateur identifiant utilisateur nomdecompte compte nombredeusuario usuario nombreusuario cuenta nomedeusuario nomedeutilizador utilizador conta nomeutente utente gebruikersnaam gebruiker inlognaam ユーザー名 ユーザ名 ユーザーid ユーザid ログイン名 ログインid アカウント アカウント名 サインイン名 ssousername slackusername ";
const GIVEN: &str = " firstname givenname given first forename fname vorname vornamen rufname prenom prenoms prenomusuel nombres primernombre nombredepila primeironome nomeproprio voornaam roepnaam 名 gn legalfirstname ";
const FAMILY: &str = " lastname surname familyname family last lname sn nachname familienname zuname nomdefamille nomdusage apellido apellidos primerapellido apellidopaterno apellido1 sobrenome apelido apelidos ultimonome cognome achternaam 姓 苗字 名字 legallastname surnames ";
const FAMILY_PREFIX: &str = " tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels achternaamvoorvoegsel voorvoegselachternaam namensvorsatz vorsatzwort familynameprefix lastnameprefix surnameprefix ";
const SECOND_FAMILY: &str = " segundoapellido apellidomaterno apellido2 ";
/// Column headers for full names, in order of preference.
const WHOLE: [&str; 3] = [
    " fullname vollstandigername nomcomplet nombrecompleto nomecompleto volledigenaam 氏名 フルネーム realname completename legalname formattedname nameformatted employeename workername membername ",
    " displayname anzeigename nomdaffichage nombreparamostrar nomevisualizzato nomedivisualizzazione nomedeexibicao nomeaexibir weergavenaam 表示名 従業員名 社員名 contactname personname display ",
    " cn commonname employee mitarbeiter mitarbeiterin employe empleado colaborador dipendente medewerker worker person member nameoftheuser ",
];
const NAME: &str = " name nom nombre nome naam 名前 お名前 ";

const ACTIVE: &str = " enabled active isactive isenabled accountenabled accountactive aktiv aktiviert actif active activee activo habilitado ativo attivo abilitato actief ingeschakeld 有効 在職 kontoaktiviert useractive activeuser benutzeraktiv ";
const INACTIVE: &str = " suspended issuspended disabled isdisabled accountdisabled deactivated isdeactivated deactivate archived isarchived inactive isinactive deleted isdeleted terminated isterminated blocked isblocked blocksignin blockcredential signinblocked accountlocked inaktiv deaktiviert gesperrt inactif desactive bloque suspendu inactivo deshabilitado suspendido inativo desativado suspenso bloqueado disattivato sospeso disabilitato disattivo inactief uitgeschakeld geblokkeerd 無効 停止 退職 blockierteanmeldung anmeldungblockieren isbot bot ";
const STATUS: &str = " status userstatus accountstatus employmentstatus employeestatus workerstatus state userstate accountstate jumpcloudstate lifecyclestatus loginstatus memberstatus membershipstatus licensestatus estado statut etat stato situacao situacion zustand benutzerstatus kontostatus statutducompte estadodelacuenta statusaccount 状態 ステータス 在籍状況 在職状況 雇用状態 活動 aktivitat activity ";

/// Headers that can also name another column, such as the state in an address.
const VAGUE_STATUS: &str =
    " licensestatus state estado etat stato situacao situacion zustand 活動 aktivitat activity ";

/// Returns whether a status header can also name another column.
pub(super) fn is_vague_status(header: &str) -> bool {
    contains_word(VAGUE_STATUS, &split_words(header).concat())
}

/// Returns the text as lowercase letters and digits, without accents and width variants.
pub(super) fn fold_text(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let base: String =
        decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&base).to_lowercase().replace('ß', "ss")
}

pub(super) fn contains_word(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// Returns what a header means. Ignores markers such as `[Required]`. Text in brackets, as in
/// `First name [givenName]`, counts only if the text outside the brackets isn't recognized.
pub(super) fn recognize_header(header: &str) -> Header {
    let header = header.trim().trim_start_matches('\u{feff}');
    if header.is_empty() || header.chars().count() > 100 {
        return Header::Unknown;
    }
    let (outside, inside) = brackets(header);
    match recognize_words(&outside) {
        Header::Unknown if !inside.is_empty() => recognize_words(&inside),
        recognize_header => recognize_header,
    }
}

/// Words in the headers of columns whose cells are never shown.
const SECRET: &str = " password passwords passwort kennwort motdepasse contrasena senha wachtwoord secret pin ssn nationalid nationalidentifier socialsecuritynumber taxid dni nif nie cpf bsn personalausweis codicefiscale パスワード マイナンバー ";

/// Returns whether the header names a secret or a national ID.
pub(super) fn is_secret(header: &str) -> bool {
    let folded = fold_text(header);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    contains_word(SECRET, &words.concat()) || words.iter().any(|word| contains_word(SECRET, word))
}

/// Splits a header into the text outside and inside brackets.
fn brackets(header: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in header.chars() {
        match c {
            '[' | '(' | '（' | '【' => depth += 1,
            ']' | ')' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 => inside.push(c),
            _ => outside.push(c),
        }
    }
    (outside, inside)
}

/// Words that mark a column as required, or as belonging to the user.
const MARKERS: &str = " required optional mandatory pflichtfeld erforderlich obligatoire obligatorio obbligatorio obrigatorio verplicht value values read only upload the your legal profile attributes attribute urn corporate corp primary work 必須 任意 business firmen dienstliche geschaftlich geschaftliche professionnel professionnelle profesional professionale profissional zakelijk lavoro trabajo trabalho travail ";

fn recognize_words(text: &str) -> Header {
    let words = split_words(text);
    let all = words.concat();
    let plain: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !contains_word(MARKERS, word)).collect();
    let letters = plain.concat();
    if letters.is_empty() {
        return if words.iter().any(|word| word == "primary") {
            Header::Unknown
        } else {
            Header::Other
        };
    }
    if contains_word(FAMILY_PREFIX, &letters) {
        return Header::FamilyPrefix;
    }
    if let Some(status) = status(&letters).or_else(|| status(&all)) {
        return Header::Status(status);
    }
    if words.iter().any(|word| contains_word(OTHER, word))
        || OTHER_JAPANESE.iter().any(|w| all.contains(w))
    {
        return Header::Other;
    }
    if let Some(name) = recognize_full_name(&plain, &letters) {
        return name;
    }
    if let Some(email) = email(&words) {
        return email;
    }
    recognize_letters(&letters)
        .or_else(|| recognize_letters(&all))
        .or_else(|| recognize_last_words(&plain))
        .unwrap_or(Header::Unknown)
}

/// Splits a header into words at separators and at capital letters, as in `workEmail`. Separates
/// `email` from adjoining words.
pub(super) fn split_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in text.chars() {
        let is_new = c.is_uppercase() && before.is_lowercase()
            || c.is_ascii_digit() != before.is_ascii_digit() && before.is_alphanumeric();
        if !c.is_alphanumeric() && c != 'ー' || is_new {
            // An apostrophe is part of a word, as in `l'utilisateur`.
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() || c == 'ー' {
            word.push(c);
        }
        before = c;
    }
    words.push(word);
    let mut split = Vec::new();
    for word in words.iter().map(|word| fold_text(word)).filter(|word| !word.is_empty()) {
        let parts = ["email", "mail"].iter().find_map(|mail| {
            let (before, after) = word.split_once(mail)?;
            Some([before, mail, after].map(str::to_owned))
        });
        match parts {
            Some(parts) => split.extend(parts.into_iter().filter(|part| !part.is_empty())),
            None => split.push(word),
        }
    }
    split
}

fn status(letters: &str) -> Option<StatusMeaning> {
    let letters = letters
        .strip_prefix("user")
        .filter(|rest| contains_word(INACTIVE, rest))
        .unwrap_or(letters);
    if letters == "useraccountcontrol" {
        Some(StatusMeaning::AccountControl)
    } else if contains_word(ACTIVE, letters) {
        Some(StatusMeaning::Active)
    } else if contains_word(INACTIVE, letters) || letters.starts_with("blocksignin") {
        Some(StatusMeaning::Inactive)
    } else {
        contains_word(STATUS, letters).then_some(StatusMeaning::Words)
    }
}

fn email(words: &[String]) -> Option<Header> {
    let spaced = words.join(" ");
    let is_email = words.iter().any(|word| contains_word(EMAIL, word))
        || EMAIL_PHRASES.iter().any(|phrase| spaced.contains(phrase))
        || spaced.contains("メール") && !spaced.contains("メールマガジン")
        || matches!(spaced.as_str(), "aliases" | "aliases 0");
    if !is_email {
        return None;
    }
    let any = |list: &str| words.iter().any(|word| contains_word(list, word));
    if any(NOT_ADDRESSES) {
        return Some(Header::Other);
    }
    let in_japanese = |list: &[&str]| list.iter().any(|word| spaced.contains(word));
    Some(Header::Email(if any(PERSONAL) || in_japanese(&["個人", "自宅"]) {
        EmailRank::Personal
    } else if any(SECONDARY)
        || spaced.contains("proxy addresses")
        || in_japanese(&["予備", "別", "その他"])
    {
        EmailRank::Secondary
    } else {
        EmailRank::Primary
    }))
}

/// Recognizes a header that names both parts, such as `Last name, First name`.
fn recognize_full_name(words: &[&str], letters: &str) -> Option<Header> {
    let at = |list: &str| {
        (0..words.len()).find(|at| {
            let one = words[*at];
            let two = words.get(at + 1).map(|next| format!("{one}{next}"));
            // `名` occurs inside longer words, so it isn't matched alone.
            contains_word(list, one) && one != "名"
                || two.is_some_and(|two| contains_word(list, &two))
        })
    };
    let in_one = || {
        let given = ["firstname", "vorname", "prenom", "voornaam"];
        let family = ["lastname", "surname", "nachname", "achternaam"];
        let find = |list: &[&str]| list.iter().find_map(|word| letters.find(word));
        Some(find(&given)?.cmp(&find(&family)?))
    };
    let order = match (at(GIVEN), at(FAMILY)) {
        (Some(given), Some(family)) if given != family => Some(given.cmp(&family)),
        // For example, French `Nom et prénom` or Spanish `Apellidos y nombre`.
        (Some(given), None) => {
            let name = words.iter().position(|word| *word == "nom" || *word == "vor")?;
            (name != given && words.len() >= 2 && letters != "nomprenomusuel")
                .then(|| given.cmp(&name))
        }
        (None, Some(family)) => {
            let is_name = |word: &&str| ["nombre", "nome", "vor", "voor"].contains(word);
            let name = words.iter().position(is_name)?;
            (name != family && letters != "ultimonome").then(|| name.cmp(&family))
        }
        _ => in_one(),
    }?;
    Some(Header::WholeName { rank: 0, family_first: order == std::cmp::Ordering::Greater })
}

fn recognize_letters(letters: &str) -> Option<Header> {
    Some(if contains_word(PRINCIPAL, letters) {
        Header::PrincipalName
    } else if contains_word(GIVEN, letters) {
        Header::GivenName
    } else if contains_word(FAMILY, letters) {
        Header::FamilyName
    } else if contains_word(SECOND_FAMILY, letters) {
        Header::SecondFamilyName
    } else if contains_word(USER_NAME, letters) {
        Header::UserName
    } else if contains_word(NAME, letters) {
        Header::Name
    } else {
        let rank = WHOLE.iter().position(|list| contains_word(list, letters))?;
        Header::WholeName { rank: u8::try_from(rank).unwrap_or(u8::MAX), family_first: false }
    })
}

/// Looks up the last two words, as in `name.givenName`, `User first name` or `Employee last name`.
fn recognize_last_words(words: &[&str]) -> Option<Header> {
    let [.., before, last] = words else {
        return words.last().and_then(|word| recognize_joined_words(word));
    };
    let two = format!("{before}{last}");
    recognize_letters(&two)
        // For example, `name.given`.
        .or_else(|| {
            (contains_word(NAME, before))
                .then(|| recognize_letters(&format!("{last}{before}")))
                .flatten()
        })
        .or_else(|| recognize_joined_words(last))
        .or_else(|| {
            // For example, `Employee name` or `User: Name`.
            let is_person =
                ["user", "employee", "staff", "member", "mitarbeiter", "worker", "full"];
            (contains_word(NAME, last) && is_person.contains(before))
                .then_some(Header::WholeName { rank: 1, family_first: false })
        })
}

/// Recognizes words without spaces, such as `userfirstname`.
fn recognize_joined_words(word: &str) -> Option<Header> {
    let ends = |list: &[&str]| list.iter().any(|end| word.ends_with(end));
    if ends(&["firstname", "givenname", "forename", "vorname", "prenom", "voornaam"]) {
        Some(Header::GivenName)
    } else if ends(&["lastname", "surname", "familyname", "nachname", "achternaam", "cognome"]) {
        Some(Header::FamilyName)
    } else if ends(&["fullname", "displayname"]) {
        Some(Header::WholeName { rank: 1, family_first: false })
    } else if ends(&["username", "loginname", "logonname", "anmeldename", "benutzername"]) {
        Some(Header::UserName)
    } else if ends(&["userprincipalname"]) {
        Some(Header::PrincipalName)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_recognized() {
        let check =
            |header: &str, expect: Header| assert_eq!(recognize_header(header), expect, "{header}");
        let whole = |rank| Header::WholeName { rank, family_first: false };
        check("Poczta", Header::Unknown);
        check("Imię", Header::Unknown);
        check("Nazwisko", Header::Unknown);
        check("Email Address [Required]", Header::Email(EmailRank::Primary));
        check("urn:ietf:params:scim:schemas:core:2.0:User:userName", Header::UserName);
        check("Work E-Mail", Header::Email(EmailRank::Primary));
        check("personal_email", Header::Email(EmailRank::Personal));
        check("Email verified", Header::Other);
        check("Manager Email", Header::Other);
        check("Employee first name", Header::GivenName);
        check("Nom d’utilisateur", Header::UserName);
        check("Nom complet", whole(0));
        check("Nom et prénom", Header::WholeName { rank: 0, family_first: true });
        check("Apellidos y nombre", Header::WholeName { rank: 0, family_first: true });
        check("First & last name", whole(0));
        check("ﾒｰﾙｱﾄﾞﾚｽ", Header::Email(EmailRank::Primary));
        check("Company name", Header::Other);
        check("Middle name", Header::Other);
        check("Tussenvoegsel", Header::FamilyPrefix);
        check("Last name prefix", Header::FamilyPrefix);
        check(
            "Block sign in (Yes/No) [accountEnabled] Required",
            Header::Status(StatusMeaning::Inactive),
        );
        check("Home address", Header::Unknown);
        check("Phone", Header::Unknown);
        check("", Header::Unknown);
    }
}
