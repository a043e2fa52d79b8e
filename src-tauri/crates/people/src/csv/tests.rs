use super::*;

/// Formats each row as `line given|family|email|user name` or `line code`.
fn rows(text: &str) -> Vec<String> {
    let reading = match recognize_columns(text, &ListChoices::default()) {
        Ok(reading) => reading,
        Err(error) => return vec![error.code().to_owned()],
    };
    reading
        .rows()
        .map(|row| match row.person {
            Ok(p) => format!(
                "{} {}|{}|{}|{}",
                row.line, p.given_name, p.family_name, p.email, p.user_name
            ),
            Err(refusal) => format!("{} {}", row.line, refusal.code()),
        })
        .collect()
}

#[test]
fn accepts_header_and_separator_variants() {
    let cases = [
        ("email\nana@example.com\n", "2 ||ana@example.com|"),
        (
            "E-Mail;First name;Surname\r\nana@example.com;Ana;Lima\r\n",
            "2 Ana|Lima|ana@example.com|",
        ),
        ("\u{feff}User name\tMail\nalima\tana@example.com", "2 ||ana@example.com|alima"),
        ("sep=;\nName;email\n\"Lima; Ana\";ana@example.com", "3 Lima;|Ana|ana@example.com|"),
        ("Name,email\n\"Lima, Ana\",ana@example.com", "2 Ana|Lima|ana@example.com|"),
        ("Name,email\nAna Maria Lima,ana@example.com", "2 Ana Maria|Lima|ana@example.com|"),
        ("Name,email\rAna Lima,ana@example.com", "2 Ana|Lima|ana@example.com|"),
        (
            "Display name,First name,Last name,email\nX,Ana,Lima,ana@example.com",
            "2 Ana|Lima|ana@example.com|",
        ),
        ("ana@example.com", "1 ||ana@example.com|"),
        ("alima", "1 |||alima"),
        ("Ana Lima,ana@example.com", "1 Ana|Lima|ana@example.com|"),
        ("ana@example.com, Ana, Lima", "1 Ana|Lima|ana@example.com|"),
        (
            "Seán (Jack);O’Neil-D'Arcy Jr.;ana@example.com",
            "1 Seán (Jack)|O’Neil-D'Arcy Jr.|ana@example.com|",
        ),
        (
            "Voornaam;Tussenvoegsel;Achternaam;E-mail\nAna;van der;Berg;ana@example.com",
            "2 Ana|van der Berg|ana@example.com|",
        ),
        ("email,department\nana@example.com,Ops", "2 ||ana@example.com|"),
        (
            "email,name\nana@example.com,\"Ana \"\"Nia\"\" Lima\"",
            "2 Ana \"Nia\"|Lima|ana@example.com|",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(rows(text), [expected], "{text:?}");
    }
}

#[test]
fn passwords_and_national_ids_are_dropped() {
    for text in [
        "Email,Password,SSN\nana@example.com,Example1!,078-05-1120",
        "User name,Password,Console sign-in URL\nalima,Example1!,https://example.com",
        "Name,Passwort,Steuer-ID,Email\nAna Lima,Example1!,12 345 678 901,ana@example.com",
        "ana@example.com,Example1!",
        "ana@example.com;Example1!;078-05-1120",
        "Ana;ana@example.com;12 345 678 901",
    ] {
        let rows = rows(text);
        assert_eq!(rows.len(), 1, "{text}");
        for secret in ["Example1!", "078-05-1120", "12 345 678 901"] {
            assert!(!rows[0].contains(secret), "{rows:?}");
        }
    }
}

#[test]
fn accepts_mail_program_addresses() {
    let cases = [
        ("Ana Lima <ana@example.com>", "1 Ana|Lima|ana@example.com|"),
        ("Lima, Ana <ana@example.com>", "1 Ana|Lima|ana@example.com|"),
        ("\"Lima, Ana\" <ana@example.com>;", "1 Ana|Lima|ana@example.com|"),
        ("<ana@example.com>", "1 ||ana@example.com|"),
        ("\"ana@example.com\"", "1 ||ana@example.com|"),
        ("'ana@example.com',", "1 ||ana@example.com|"),
        ("mailto:ana@example.com", "1 ||ana@example.com|"),
        ("email,team\nAna Lima <ana@example.com>,Ops", "2 Ana|Lima|ana@example.com|"),
    ];
    for (text, expected) in cases {
        assert_eq!(rows(text), [expected], "{text:?}");
    }
    assert_eq!(
        rows("Lima, Ana <ana@example.com>\nben@example.com\n"),
        ["1 Ana|Lima|ana@example.com|", "2 ||ben@example.com|"],
    );
}

#[test]
fn non_person_lines_are_rejected() {
    let cases = [
        ("/home/dana/people.csv", "1 not_a_person"),
        ("C:\\Users\\dana\\people.csv", "1 not_a_person"),
        ("people.xlsx", "1 not_a_person"),
        ("https://example.com/people", "1 not_a_person"),
        ("Please add the whole team", "1 not_a_person"),
        ("Hello, please add Ana", "1 columns"),
        ("email;first name;last name", "1 only_header"),
        ("sep=;\nEmail\n\n", "2 only_header"),
    ];
    for (text, expected) in cases {
        assert_eq!(rows(text), [expected], "{text:?}");
    }
    for user_name in ["alima", "ana.lima", "ana-lima_2", "zoë"] {
        assert_eq!(rows(user_name), [format!("1 |||{user_name}")]);
    }
    assert_eq!(rows("user name\nDOMAIN\\ana"), ["2 |||DOMAIN\\ana"], "the header allows it");
}

#[test]
fn lines_over_directory_limit_are_rejected() {
    let most = "a\n".repeat(MOST_LINES);
    let all = |text: &str| -> Vec<ListRow> {
        let reading = recognize_columns(text, &ListChoices::default()).unwrap();
        reading.rows().collect()
    };
    assert!(all(&most).iter().all(|row| row.person.is_ok()));
    let rows = all(&(most + "b\nc\n"));
    assert_eq!(rows.len(), MOST_LINES + 1);
    assert_eq!(rows[MOST_LINES].person, Err(PersonError::TooMany));
    assert_eq!(decode(&vec![b'a'; MAX_BYTES + 1]), Err(ListError::TooLarge));
}

#[test]
fn malformed_line_does_not_affect_others() {
    let text = "email,name\n\"ana@example.com,Ana\nben@example.com,Ben Roy\n,,\ncleo@example.com,Cleo,extra\n";
    assert_eq!(rows(text), ["2 unclosed_quote", "3 Ben|Roy|ben@example.com|", "5 extra_cells"]);
}

#[test]
fn unusable_columns_are_reported() {
    assert_eq!(rows("first name,last name\nAna,Lima"), ["csv_columns"]);
    assert_eq!(rows("ana@example.com,Ana,Lima,Ops"), ["1 columns"]);
    for cell in ["a,", "\"a\","] {
        let cells = |count| rows(&format!("email\n{}\n", cell.repeat(count)));
        assert_eq!(cells(records::MOST_CELLS - 1), ["2 extra_cells"]);
        assert_eq!(cells(100 * records::MOST_CELLS), ["2 columns"]);
    }
    assert!(rows("").is_empty());
    assert!(rows("\n\n").is_empty());
}

#[test]
fn header_below_titles_is_found() {
    let people = ["5 Ana|Lima|ana@example.com|"];
    for titles in [
        "Report,Users\nExported by,admin@example.com\nDate,2026-11-30\n",
        "Tenant,example.com\nGenerated by,admin@example.com\n\n",
        "Report,,\nExported by,admin@example.com,\n\n",
    ] {
        let list = format!("{titles}First Name,Last Name,Work Email\nAna,Lima,ana@example.com\n");
        assert_eq!(rows(&list), people, "{list}");
    }
    let repeated = "ana@example.com,Ana,Lima\nEmail,First name,Last name\nben@example.com,Ben,Roy";
    assert!(rows(repeated).contains(&"1 Ana|Lima|ana@example.com|".to_owned()), "no title");
}

#[test]
fn rows_between_people_are_skipped() {
    let people = ["2 Ana|Lima|ana@example.com|", "4 Ben|Roy|ben@example.com|"];
    for between in ["Email,First name,Last name,Team", "Total,1,,", ",,,Sales", "Summe: 1,,,"] {
        let list = format!(
            "Email,First name,Last name,Team\nana@example.com,Ana,Lima,\n{between}\n\
             ben@example.com,Ben,Roy,\n"
        );
        assert_eq!(rows(&list), people, "{list}");
    }
    let list = "Email,First name,Last name\n,Cleo,\n";
    assert_eq!(rows(list), ["2 Cleo|||"], "a person without an address");
    let members = "Group Email,Member Email,Member Name,Member Type\n\
                   g@example.com,ana@example.com,Ana Lima,USER\n\
                   g@example.com,ops@example.com,Ops team,GROUP\n";
    assert_eq!(rows(members), ["2 Ana|Lima|ana@example.com|", "3 not_a_person"]);
}

#[test]
fn addresses_show_which_name_is_first() {
    for (list, expected) in [
        ("Name,Email\nLima Ana,ana.lima@example.com", "2 Ana|Lima|ana@example.com|"),
        ("Name,Email\nLima Ana,alima@example.com", "2 Ana|Lima|ana@example.com|"),
        ("Name,Email\nAna Lima,alima@example.com", "2 Ana|Lima|ana@example.com|"),
        ("Name,Email\nAna Lima,x17@example.com", "2 Ana|Lima|ana@example.com|"),
        (
            "Name,Email\nDr. Ana Lima,ana.lima@example.com\nRoy Ben,ben.roy@example.com",
            "2 Ana|Lima|ana@example.com|",
        ),
        ("Nom et prénom,Email\nLima Ana,x17@example.com", "2 Ana|Lima|ana@example.com|"),
    ] {
        let read = rows(list);
        let names = |row: &str| row.split('|').take(2).collect::<Vec<_>>().join("|");
        assert_eq!(names(&read[0]), names(expected), "{list}");
    }
    assert_eq!(
        rows("1. ana@example.com\n2) Ben Roy <ben@example.com>"),
        ["1 ||ana@example.com|", "2 Ben|Roy|ben@example.com|"]
    );
}

#[test]
fn wrapped_cells_are_unwrapped() {
    let ana = ["2 Ana|Lima|ana@example.com|"];
    for row in [
        "=\"ana@example.com\",=\"Ana\",=\"Lima\"",
        "\"=\"\"ana@example.com\"\"\",\"=\"\"Ana\"\"\",Lima",
        "“ana@example.com”,“Ana”,“Lima”",
    ] {
        assert_eq!(rows(&format!("Email,First name,Last name\n{row}\n")), ana, "{row}");
    }
}

#[test]
fn lines_in_quotation_marks_are_read() {
    let people = ["Ana|Lima|ana@example.com|", "Ben|Roy|ben@example.com|"];
    let lines = "\"ana@example.com,Ana,Lima\"\n\"ben@example.com,Ben,Roy\"\n";
    assert_eq!(rows(lines), [format!("1 {}", people[0]), format!("2 {}", people[1])]);
    let with_header = rows(&format!("\"Email,First name,Last name\"\n{lines}"));
    assert_eq!(with_header, [format!("2 {}", people[0]), format!("3 {}", people[1])]);
}

#[test]
fn lines_with_several_people_are_split() {
    let (ana, ben) = ("1 Ana|Lima|ana@example.com|", "1 Ben|Roy|ben@example.com|");
    let (only_ana, only_ben) = ("1 ||ana@example.com|", "1 ||ben@example.com|");
    let cases: &[(&str, &[&str])] = &[
        ("Ana Lima <ana@example.com>; Ben Roy <ben@example.com>", &[ana, ben]),
        ("Ana Lima <ana@example.com>, Ben Roy <ben@example.com>", &[ana, ben]),
        ("Ana Lima <ana@example.com>; Roy, Ben <ben@example.com>;", &[ana, ben]),
        ("\"Lima, Ana\" <ana@example.com>, \"Roy, Ben\" <ben@example.com>", &[ana, ben]),
        ("To: Ana Lima <ana@example.com>, Ben Roy <ben@example.com>", &[ana, ben]),
        ("Ana Lima <ana@example.com>, ben@example.com", &[ana, only_ben]),
        ("ana@example.com, Ben Roy <ben@example.com>", &[only_ana, ben]),
        ("ana@example.com; ben@example.com", &[only_ana, only_ben]),
        ("ana@example.com, ben@example.com,", &[only_ana, only_ben]),
        ("ana@example.com ben@example.com", &[only_ana, only_ben]),
        (
            "Cleo Diaz; Ana Lima <ana@example.com>; Ben Roy <ben@example.com>",
            &["1 Cleo|Diaz||", ana, ben],
        ),
        (
            "Group,Members\nOps,\"ana@example.com, ben@example.com\"",
            &["2 ||ana@example.com|", "2 ||ben@example.com|"],
        ),
        (
            "Name,Members\nOps,\"ana@example.com, ben@example.com\"",
            &["2 ||ana@example.com|", "2 ||ben@example.com|"],
        ),
        (
            "Name,Email\nAna Lima,ana@example.com; ben@example.com",
            &["2 Ana|Lima|ana@example.com|", "2 ||ben@example.com|"],
        ),
        (
            "Name,Email\nAna Lima,ana@example.com; alima@example.com",
            &["2 Ana|Lima|ana@example.com|"],
        ),
        ("Email,Team\nana@example.com; ana@example.net,Ops", &["2 ||ana@example.com|"]),
        (
            "Email\nana@example.com; ben@example.com",
            &["2 ||ana@example.com|", "2 ||ben@example.com|"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(rows(text), *expected, "{text:?}");
    }
}
