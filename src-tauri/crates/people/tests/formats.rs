//! Reads lists in formats other than CSV, and unusual CSV files.

#![expect(clippy::unwrap_used, reason = "a file that can't be made or read fails the test")]

use std::io::{Cursor, Write};

use people::{ListChoices, People, csv, csv::ListError};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Returns each person as `given|family|email`, followed by the rejected lines.
fn read(bytes: &[u8]) -> Vec<String> {
    let mut people = People::default();
    let text = csv::decode(bytes).unwrap();
    people.add_list(&text, &ListChoices::default()).unwrap();
    let rows = people.rows().iter();
    let rows = rows.map(|row| format!("{}|{}|{}", row.given_name, row.family_name, row.email));
    rows.chain(
        people.skipped_rows().iter().map(|row| format!("{} {}", row.line, row.reason.code())),
    )
    .collect()
}

const ANA_AND_BEN: [&str; 2] = ["Ana|Lima|ana@example.com", "Ben|Lee|ben@example.com"];

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Creates a workbook from sheets. Each sheet has a name and rows of cells.
fn build_xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let numbered = |each: fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(at, (name, _))| each(at + 1, name)).collect()
    };
    let workbook = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{}</sheets></workbook>",
        numbered(|at, name| format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>"))
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        numbered(|at, _| format!(
            "<Relationship Id=\"r{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        ))
    );
    let pages: Vec<(String, String)> = sheets
        .iter()
        .enumerate()
        .map(|(at, (_, rows))| (format!("xl/worksheets/sheet{}.xml", at + 1), build_sheet(rows)))
        .collect();
    let root = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let mut files = vec![
        ("_rels/.rels", root),
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", &relations),
    ];
    files.extend(pages.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    archive(&files)
}

fn build_sheet(rows: &[&[&str]]) -> String {
    let cell = |(at, text): (usize, &&str), row: usize| {
        let column = char::from(b'A' + u8::try_from(at).unwrap());
        format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let rows: String = rows
        .iter()
        .zip(1..)
        .map(|(cells, row)| {
            let cells: String = cells.iter().enumerate().map(|each| cell(each, row)).collect();
            format!("<row r=\"{row}\">{cells}</row>")
        })
        .collect();
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn build_ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"People\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ])
}

const PEOPLE: &[&[&str]] = &[
    &["Employee directory"],
    &[],
    &["Email", "Name", "Status"],
    &["ana@example.com", "Lima, Ana", "Active"],
    &["gone@example.com", "Person, Gone", "Terminated"],
    &["ben@example.com", "Lee, Ben", "Active"],
];

#[test]
fn the_sheet_with_people_is_read() {
    let notes: &[&[&str]] = &[&["Prepared for the audit"], &["Version", "3"]];
    assert_eq!(read(&build_xlsx(&[("Notes", notes), ("People", PEOPLE)])), ANA_AND_BEN);
    let two = build_xlsx(&[("Berlin", PEOPLE), ("Notes", notes), ("Lisbon", PEOPLE)]);
    let expected = ListError::Sheets { sheets: vec!["Berlin".to_owned(), "Lisbon".to_owned()] };
    assert_eq!(csv::decode(&two), Err(expected));
    assert!(csv::decode_sheet(&two, Some("Lisbon")).unwrap().contains("ana@example.com"));
}

#[test]
fn opendocument_sheets_are_read() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|text| cell(text)).collect();
        format!(
            "<table:table-row>{cells}<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
        )
    };
    let people = row(&["Email", "Name"])
        + &row(&["ana@example.com", "Ana Lima"])
        + &row(&["ben@example.com", "Ben Lee"]);
    let rest = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    assert_eq!(read(&build_ods(&(people.clone() + rest))), ANA_AND_BEN);
    let repeated = cell("x").replacen(' ', " table:number-columns-repeated=\"16000\" ", 1);
    let bomb = format!(
        "<table:table-row table:number-rows-repeated=\"1000000\">{repeated}</table:table-row>"
    );
    assert_eq!(csv::decode(&build_ods(&(people + &bomb))), Err(ListError::TooLarge));
}

#[test]
fn zip_bombs_and_damaged_workbooks_are_rejected() {
    let bomb = archive(&[("xl/workbook.xml", &"a".repeat(40 << 20))]);
    assert_eq!(csv::decode(&bomb), Err(ListError::TooLarge));
    let damaged = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook";
    assert_eq!(csv::decode(damaged), Err(ListError::Workbook));
    let other = |kind| Err(ListError::OtherKind { kind });
    assert_eq!(csv::decode(b"PK\x03\x04 not an archive"), other("archive"));
    assert_eq!(csv::decode(&archive(&[("word/document.xml", "<a/>")])), other("document"));
    let mut cut = build_xlsx(&[("People", PEOPLE)]);
    cut.truncate(cut.len() / 2);
    assert_eq!(csv::decode(&cut), Err(ListError::Workbook));
}

#[test]
fn contacts_and_json_are_read() {
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lima;Ana;;;\r\nFN:Ana Lima\r\nEMAIL;TYPE=HOME:ana@gmail.com\r\nitem1.EMAIL;TYPE=INTERNET,WORK:ana@exam\r\n ple.com\r\nTEL:+15550100\r\nEND:VCARD\r\nbegin:vcard\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Le=65;Ben\r\nEMAIL:ben@example.com\r\nend:vcard\r\n";
    assert_eq!(read(cards.as_bytes()), ANA_AND_BEN);
    let users = r#"{"Users":[
        {"UserName":"ana@example.com","UserId":"0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10","Name":{"FamilyName":"Lima","GivenName":"Ana"},"DisplayName":"Ana Lima","Emails":[{"Value":"a@example.net","Type":"home"},{"Value":"ana@example.com","Type":"work","Primary":true}],"IdentityStoreId":"d-1234567890"},
        {"UserName":"ben@example.com","UserId":"0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d11","Name":{"FamilyName":"Lee","GivenName":"Ben"},"Emails":[{"Value":"ben@example.com","Primary":true}],"IdentityStoreId":"d-1234567890"}]}"#;
    assert_eq!(read(users.as_bytes()), ANA_AND_BEN);
    let okta = r#"[{"id":"00u1a2b3c4d5e6f7g8h9","status":"ACTIVE","profile":{"firstName":"Ana","lastName":"Lima","login":"ana@example.com","email":"ana@example.com"}},
        {"id":"00u1a2b3c4d5e6f7g8h8","status":"DEPROVISIONED","profile":{"firstName":"Gone","lastName":"Person","login":"gone@example.com","email":"gone@example.com"}},
        {"id":"00u1a2b3c4d5e6f7g8h7","status":"ACTIVE","profile":{"firstName":"Ben","lastName":"Lee","login":"ben@example.com","email":"ben@example.com"}}]"#;
    assert_eq!(read(okta.as_bytes()), ANA_AND_BEN);
}

#[test]
fn line_breaks_in_cells_are_read() {
    for text in [
        "email,given name,family name,address\nana@example.com,Ana,Lima,\"1 Example Street\nSpringfield\"\nben@example.com,\"Ben\",\"Lee\n\",\n",
        "\"E-mail\naddress\",\"First\nname\",\"Last\nname\"\nana@example.com,Ana,Lima\nben@example.com,Ben,Lee\n",
        "Name,Title,Work Email\r\n\"Lima, Ana\",\"Head of\r\nPlatform\",ana@example.com\r\n\"Lee, Ben\",Engineer,ben@example.com\r\n",
    ] {
        assert_eq!(read(text.as_bytes()), ANA_AND_BEN, "{text}");
    }
    // An unclosed quotation mark affects only its line.
    let text = "email,name\nana@example.com,Ana Lima\n\"x@example.com,X\n\"ben@example.com\",\"Ben Lee\"\n";
    let expected = [&ANA_AND_BEN[..], &["3 unclosed_quote"]].concat();
    assert_eq!(read(text.as_bytes()), expected);
}

#[test]
fn titles_rules_and_footers_are_not_people() {
    for text in [
        ",,,\n,Email,First Name,Last Name\n,ana@example.com,Ana,Lima\n,ben@example.com,Ben,Lee\n",
        "Directory\nExported by boss@example.com\n\nEmail,Name\nana@example.com,Ana Lima\nben@example.com,Ben Lee\n",
        "\u{feff}sep=;\n\nE-Mail;Vorname;Nachname\nana@example.com;Ana;Lima\nben@example.com;Ben;Lee\n",
        "| Email | Name |\n|:---|---:|\n| ana@example.com | Ana Lima |\n| ben@example.com | Ben Lee |\n",
    ] {
        assert_eq!(read(text.as_bytes()), ANA_AND_BEN, "{text}");
    }
    let footer = "Email,Name\nana@example.com,Ana Lima\nben@example.com,Ben Lee\n\nTotal: 2,\n";
    assert_eq!(read(footer.as_bytes()), ANA_AND_BEN);
    let footer = footer.replace("Total: 2", "End of list");
    let expected = [&ANA_AND_BEN[..], &["5 not_a_person"]].concat();
    assert_eq!(read(footer.as_bytes()), expected);
}

#[test]
fn addresses_are_found_in_cells() {
    let people = "Email,Other emails,First name,Last name\n\
        \"ana@example.com; ana@example.net\",\"['x@example.net']\",Ana,Lima\n\
        smtp:ben@example.com,,Ben,Lee\n";
    assert_eq!(read(people.as_bytes()), ANA_AND_BEN);
    let guests = "userPrincipalName,displayName,mail\n\
        ana_example.com#EXT#@contoso.onmicrosoft.com,Ana Lima,ana@example.com\n\
        ben@example.com,Ben Lee,\n\
        cai_example.org#EXT#@contoso.onmicrosoft.com,Cai Ng,\n";
    let expected = [&ANA_AND_BEN[..], &["4 unnamed"]].concat();
    assert_eq!(read(guests.as_bytes()), expected);
    let upn = "userPrincipalName,displayName\nana_example.com#EXT#@contoso.onmicrosoft.com,Ana Lima\nben@example.com,Ben Lee\n";
    assert_eq!(read(upn.as_bytes()), ["Ben|Lee|ben@example.com", "2 unnamed"]);
}

#[test]
fn chosen_columns_and_domains_take_precedence() {
    use people::csv::ColumnChoice::{Email, FirstName, LastName};
    let text = "A,B,C,D\nx@example.net,ana@example.com,Lima,Ana\n";
    let named = |choices: &[(csv::ColumnChoice, &str)]| ListChoices {
        columns: choices.iter().map(|(choice, name)| (*choice, (*name).to_owned())).collect(),
        ..ListChoices::default()
    };
    let read = |text: &str, choices: &ListChoices| -> Vec<String> {
        let mut people = People::default();
        people.add_list(text, choices).unwrap();
        let rows = people.rows().iter();
        rows.map(|row| format!("{} {} {}", row.given_name, row.family_name, row.email)).collect()
    };
    let by_name = named(&[(Email, "b"), (FirstName, "D"), (LastName, "C")]);
    assert_eq!(read(text, &by_name), ["Ana Lima ana@example.com"]);
    let by_number = named(&[(Email, "2"), (FirstName, "4"), (LastName, "3")]);
    assert_eq!(read(text, &by_number), ["Ana Lima ana@example.com"]);
    let unsure = People::default().add_list(text, &ListChoices::default());
    assert_eq!(unsure, Err(ListError::Columns { columns: "A, B, C, D".to_owned() }));
    let domain = ListChoices { domain: "example.com".parse().ok(), ..ListChoices::default() };
    let two = "Name,Work email,Alias email\nAna Lima,ana@example.net,ana@example.com\n";
    assert_eq!(read(two, &domain), ["Ana Lima ana@example.com"]);
    assert_eq!(read(two, &ListChoices::default()), ["Ana Lima ana@example.net"]);
}

#[test]
fn user_name_replaces_a_missing_email() {
    for header in ["User name", "userPrincipalName"] {
        let list = format!(
            "{header},First name,Last name,Email\npraman,Priya,Raman,\n\
             ana@example.com,Ana,Lima,\nben,Ben,Lee,ben@example.com\n"
        );
        let mut people = People::default();
        people.add_list(&list, &ListChoices::default()).unwrap();
        assert_eq!(people.skipped_rows().len(), 0, "{header}: {:?}", people.skipped_rows());
        let rows = people.rows().iter();
        let rows: Vec<_> = rows.map(|row| (row.user_name.as_str(), row.email.as_str())).collect();
        let ana = rows[1];
        assert_eq!([rows[0], rows[2]], [("praman", ""), ("ben", "ben@example.com")], "{header}");
        assert!([ana.0, ana.1].contains(&"ana@example.com"), "{header}: {ana:?}");
    }
}
