//! Extracts an HTML table's rows and cells, including input values.

use html_escape::decode_html_entities;

/// Returns whether the text is HTML with a table or with the table's input fields.
pub(super) fn is_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<td", "<tr", "<table", "<input", "role=\"row\"", "role=\"cell\""]
        .iter()
        .any(|tag| lower.contains(tag))
}

/// Returns each row's cells as a browser displays them.
pub(super) fn rows(html: &str) -> Vec<Vec<String>> {
    let mut page = TableParser::default();
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        page.text(text);
        let Some((tag, after)) = split_tag(after) else {
            break;
        };
        page.tag(&HtmlTag::parse(tag));
        rest = after;
    }
    page.text(rest);
    page.end_row();
    page.rows
}

#[derive(Default)]
struct TableParser {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Option<String>,
    /// Whether the position is inside a button, a hidden element or an option that isn't selected.
    hidden: bool,
}

impl TableParser {
    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && !self.hidden
        {
            cell.push_str(&decode_html_entities(&text.replace("&nbsp;", " ")));
        }
    }

    fn tag(&mut self, tag: &HtmlTag<'_>) {
        let role = tag.attribute("role").unwrap_or_default();
        match tag.name.as_str() {
            "tr" | "/tr" | "/table" => self.end_row(),
            "td" | "th" => self.open_cell(),
            "/td" | "/th" => self.end_cell(),
            "script" | "style" | "button" => self.hidden = true,
            "option" => self.hidden = !tag.has("selected"),
            "/script" | "/style" | "/button" | "/option" | "/select" => self.hidden = false,
            "br" => self.text(" "),
            "input" | "textarea" => {
                let kind = tag.attribute("type").unwrap_or_default();
                if !["hidden", "checkbox", "radio", "button", "submit"].contains(&kind) {
                    self.text(tag.attribute("value").unwrap_or_default());
                }
            }
            _ if role == "row" => self.end_row(),
            _ if ["cell", "gridcell", "columnheader", "rowheader"].contains(&role) => {
                self.open_cell();
            }
            _ => {}
        }
    }

    fn open_cell(&mut self) {
        self.end_cell();
        self.cell = Some(String::new());
    }

    fn end_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            self.row.push(collapse_white_space(&cell));
        }
        self.hidden = false;
    }

    fn end_row(&mut self) {
        self.end_cell();
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }
}

struct HtmlTag<'a> {
    name: String,
    rest: &'a str,
}

impl<'a> HtmlTag<'a> {
    fn parse(tag: &'a str) -> Self {
        let end = tag.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tag.len());
        let (name, rest) = tag.split_at(end);
        Self { name: name.trim_end_matches('/').to_ascii_lowercase(), rest }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let lower = self.rest.to_ascii_lowercase();
        let start = lower.find(&format!(" {name}="))? + name.len() + 2;
        let value = &self.rest[start..];
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split([' ', '/']).next(),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.rest
            .to_ascii_lowercase()
            .split(|c: char| c.is_whitespace() || c == '=' || c == '/')
            .any(|word| word == name)
    }
}

/// Splits a tag from the text after it, at the first `>` that isn't in quotation marks.
fn split_tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some((&text[..at], &text[at + 1..])),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Collapses white space as a browser does. Keeps leading and trailing spaces unless they are
/// indentation, because they can be the user's mistake.
fn collapse_white_space(cell: &str) -> String {
    if cell.contains('\n') {
        cell.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        cell.to_owned()
    }
}
