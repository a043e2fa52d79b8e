//! People lists whose columns or sheet aren't clear. The wizard asks the user once.

use std::io::{Cursor, Write as _};

use acceptance::{Result, harness::Harness};
use nops_sso_practice::Switches;
use people::csv::ColumnChoice;
use session::{
    action::{ColumnAnswer, ConnectionAction, PeopleAction},
    view::ListQuestion,
};
use setup::Step;
use zip::{ZipWriter, write::SimpleFileOptions};

/// Either address could be the person's address.
const UNCLEAR: &str = "Ref,Box 1,Box 2,First name,Last name\n\
                       1,ana@example.net,ana@example.org,Ana,Lima\n\
                       2,ben@example.net,ben@example.org,Ben,Roy\n";
const LATER: &str = "Ref,Box 1,Box 2,First name,Last name\n\
                     3,cleo@example.net,cleo@example.org,Cleo,Park\n";
const CLEAR: &str = "Email,First name,Last name\ndora@example.com,Dora,Silva\n";

async fn by_hand() -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(ConnectionAction::ByHand).await?;
    rig.go_to_step(Step::People).await?;
    Ok(rig)
}

async fn add(rig: &Harness, csv: &str) -> Result<()> {
    Ok(rig.act(PeopleAction::AddPeople { csv: csv.to_owned() }).await?)
}

async fn choose(rig: &Harness, answers: &[(u32, ColumnChoice)]) -> Result<Option<String>> {
    let columns =
        answers.iter().map(|(number, choice)| ColumnAnswer { number: *number, choice: *choice });
    let done = rig.act(PeopleAction::ChooseColumns { columns: columns.collect() }).await;
    Ok(done.err().map(|failure| failure.code))
}

async fn emails(rig: &Harness) -> Result<Vec<String>> {
    let page = rig.wizard.people(0, 10).await?;
    Ok(page.rows.into_iter().map(|person| person.email).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn unclear_columns_are_asked_once() -> Result<()> {
    let rig = by_hand().await?;
    add(&rig, CLEAR).await?;
    assert_eq!(rig.setup().people.question, None);
    add(&rig, UNCLEAR).await?;
    let Some(ListQuestion::Columns { columns }) = rig.setup().people.question else {
        return Err(format!("{:?}", rig.setup().people).into());
    };
    let shown: Vec<_> =
        columns.iter().map(|column| (column.header.as_str(), column.choice)).collect();
    let expected = [
        ("Ref", ColumnChoice::Ignore),
        ("Box 1", ColumnChoice::Ignore),
        ("Box 2", ColumnChoice::Ignore),
        ("First name", ColumnChoice::FirstName),
        ("Last name", ColumnChoice::LastName),
    ];
    assert_eq!(shown, expected);
    assert_eq!(columns[1].examples, ["ana@example.net", "ben@example.net"]);
    assert_eq!(emails(&rig).await?, ["dora@example.com"], "nothing is added before the answer");

    let names = [(4, ColumnChoice::FirstName), (5, ColumnChoice::LastName)];
    assert_eq!(choose(&rig, &names).await?.as_deref(), Some("columns_name_no_one"));
    assert!(rig.setup().people.question.is_some());
    let all = [names[0], names[1], (3, ColumnChoice::Email)];
    assert_eq!(choose(&rig, &all).await?, None);
    assert_eq!(rig.setup().people.question, None);
    assert_eq!(emails(&rig).await?, ["dora@example.com", "ana@example.org", "ben@example.org"]);
    assert_eq!(choose(&rig, &all).await?.as_deref(), Some("no_list"));

    let rig = rig.restart().await?;
    rig.go_to_step(Step::People).await?;
    add(&rig, LATER).await?;
    assert_eq!(rig.setup().people.question, None, "the answer is remembered");
    assert_eq!(emails(&rig).await?.last().map(String::as_str), Some("cleo@example.org"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unclear_list_can_be_discarded_or_replaced() -> Result<()> {
    let rig = by_hand().await?;
    add(&rig, "1,alima,Lisbon\n2,broy,Berlin\n").await?;
    assert!(rig.setup().people.question.is_some(), "a list without a header");
    rig.act(PeopleAction::DiscardList).await?;
    assert_eq!((rig.setup().people.question, emails(&rig).await?.len()), (None, 0));

    add(&rig, UNCLEAR).await?;
    add(&rig, CLEAR).await?;
    assert_eq!(rig.setup().people.question, None);
    assert_eq!(emails(&rig).await?, ["dora@example.com"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sheet_is_chosen_if_several_have_people() -> Result<()> {
    let rig = by_hand().await?;
    let lisbon = CLEAR.replace("dora", "eva");
    rig.import("people.ods", workbook(&[("Berlin", CLEAR), ("Lisbon", &lisbon)])?).await?;
    let sheets = vec!["Berlin".to_owned(), "Lisbon".to_owned()];
    assert_eq!(rig.setup().people.question, Some(ListQuestion::Sheets { sheets }));
    let unknown = rig.act(PeopleAction::ChooseSheet { sheet: "Oslo".to_owned() }).await;
    assert_eq!(unknown.err().map(|failure| failure.code).as_deref(), Some("csv_sheets"));
    rig.act(PeopleAction::ChooseSheet { sheet: "Lisbon".to_owned() }).await?;
    assert_eq!(
        (rig.setup().people.question, emails(&rig).await?),
        (None, vec!["eva@example.com".to_owned()])
    );

    rig.import("people.ods", workbook(&[("People", UNCLEAR)])?).await?;
    assert_eq!(choose(&rig, &[(2, ColumnChoice::Email)]).await?, None);
    assert_eq!(emails(&rig).await?, ["eva@example.com", "ana@example.net", "ben@example.net"]);
    Ok(())
}

/// Creates an OpenDocument workbook from sheets in CSV.
fn workbook(sheets: &[(&str, &str)]) -> Result<Vec<u8>> {
    let row = |line: &str| {
        let cell = |text| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let cells: String = line.split(',').map(cell).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let tables = sheets.iter().map(|(name, csv)| {
        let rows: String = csv.lines().map(row).collect();
        format!("<table:table table:name=\"{name}\">{rows}</table:table>")
    });
    let office = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{office}:office:1.0\" \
         xmlns:table=\"{office}:table:1.0\" xmlns:text=\"{office}:text:1.0\"><office:body>\
         <office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>",
        tables.collect::<String>()
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &content),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
