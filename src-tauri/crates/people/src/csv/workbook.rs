//! Reads Excel and LibreOffice workbooks.

use std::io::{Cursor, Read, sink};

use calamine::{Data, DataRef, Ods, Range, Reader, Sheet, SheetType, SheetVisible, Xls, Xlsx};
use zip::ZipArchive;

use super::{
    ListChoices, ListError, MOST_LINES, recognize_columns, records::MOST_CELLS,
    table_text::TableText,
};

/// The maximum unpacked size of a workbook, in bytes.
const MOST_UNPACKED: u64 = 32 << 20;

/// The maximum number of cells in a sheet, including empty cells between filled cells.
const MOST_SHEET_CELLS: u64 = 2_000_000;

/// Returns whether this is a workbook, based on the names of its parts. A password-protected
/// workbook counts too.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if bytes.starts_with(b"PK\x03\x04") {
        return has(b"xl/") || has(b"opendocument.spreadsheet") || has(b"content.xml");
    }
    let is_other = || has(b"W\0o\0r\0d\0D\0o\0c") || has(b"P\0o\0w\0e\0r\0P\0o\0i\0n\0t");
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") && !is_other()
}

/// Returns the sheet with people as text.
///
/// # Errors
/// Returns an error if several sheets have people, or if the workbook is damaged, protected or too
/// large.
pub(super) fn text(bytes: &[u8], sheet: Option<&str>) -> Result<String, ListError> {
    let sheets = if bytes.starts_with(b"PK") { zipped(bytes) } else { legacy(bytes) }?;
    let mut sheets: Vec<(String, String)> =
        sheets.into_iter().filter(|(_, text)| text.len() > 1).collect();
    if let Some(sheet) = sheet {
        let at = sheets.iter().position(|(name, _)| name == sheet);
        return at.map(|at| sheets.swap_remove(at).1).ok_or_else(|| several_sheets_error(&sheets));
    }
    let with_people: Vec<usize> =
        (0..sheets.len()).filter(|at| has_people(&sheets[*at].1)).collect();
    match with_people[..] {
        [] if sheets.is_empty() => Ok(String::new()),
        [] => Ok(sheets.swap_remove(0).1),
        [only] => Ok(sheets.swap_remove(only).1),
        _ => {
            sheets = with_people.into_iter().map(|at| sheets[at].clone()).collect();
            Err(several_sheets_error(&sheets))
        }
    }
}

fn several_sheets_error(sheets: &[(String, String)]) -> ListError {
    ListError::Sheets { sheets: sheets.iter().map(|(name, _)| name.clone()).collect() }
}

fn has_people(text: &str) -> bool {
    recognize_columns(text, &ListChoices::default()).is_ok_and(|reading| {
        !reading.columns.is_empty() && reading.rows().any(|row| row.person.is_ok())
    })
}

fn damaged_error<T>(_: T) -> ListError {
    ListError::Workbook
}

/// Reads `.xlsx` and `.ods` files. First measures the unpacked size, because an archive can declare
/// a smaller size than it has.
fn zipped(bytes: &[u8]) -> Result<Vec<(String, String)>, ListError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged_error)?;
    let mut left = MOST_UNPACKED;
    let mut content = None;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).map_err(damaged_error)?;
        let is_content = file.name().is_ok_and(|name| name == "content.xml");
        if file.size() > left {
            return Err(ListError::TooLarge);
        }
        let mut limited = (&mut file).take(left + 1);
        let read = if is_content {
            let mut xml = Vec::new();
            let read = limited.read_to_end(&mut xml).map_err(damaged_error)? as u64;
            content = Some(xml);
            read
        } else {
            std::io::copy(&mut limited, &mut sink()).map_err(damaged_error)?
        };
        left = left.checked_sub(read).ok_or(ListError::TooLarge)?;
    }
    if let Some(content) = content {
        if cells_of(&content) > MOST_SHEET_CELLS {
            return Err(ListError::TooLarge);
        }
        return read_sheets(Ods::new(Cursor::new(bytes)).map_err(damaged_error)?);
    }
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged_error)?;
    let mut sheets = Vec::new();
    for name in visible_sheet_names(workbook.sheets_metadata()) {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged_error)?;
        let mut table = TableText::new();
        let (mut row, mut line): (usize, Vec<String>) = (0, Vec::new());
        // The reader returns only nonempty cells, in order.
        while let Some(cell) = cells.next_cell().map_err(damaged_error)? {
            let (cell_row, column) = cell.get_position();
            let (cell_row, column) = (cell_row as usize, column as usize);
            if cell_row != row {
                table.add(row, line.iter().map(String::as_str))?;
                line.clear();
                row = cell_row.max(row + 1);
            }
            if row > MOST_LINES + 1_000 {
                break;
            }
            if column < MOST_CELLS && !matches!(cell.get_value(), DataRef::Empty) {
                line.resize(line.len().max(column + 1), String::new());
                line[column] = format_cell(&cell.get_value().clone().into());
            }
        }
        table.add(row, line.iter().map(String::as_str))?;
        sheets.push((name, table.into_text()));
    }
    Ok(sheets)
}

fn legacy(bytes: &[u8]) -> Result<Vec<(String, String)>, ListError> {
    read_sheets(Xls::new(Cursor::new(bytes)).map_err(damaged_error)?)
}

fn read_sheets<'b, W: Reader<Cursor<&'b [u8]>>>(
    mut workbook: W,
) -> Result<Vec<(String, String)>, ListError> {
    let names = visible_sheet_names(workbook.sheets_metadata());
    let mut sheets = Vec::new();
    for name in names {
        let range: Range<Data> = workbook.worksheet_range(&name).map_err(damaged_error)?;
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let mut table = TableText::new();
        for (at, row) in range.rows().enumerate().take(MOST_LINES + 1_000) {
            let cells: Vec<String> = row.iter().take(MOST_CELLS).map(format_cell).collect();
            table.add(first + at, cells.iter().map(String::as_str))?;
        }
        sheets.push((name, table.into_text()));
    }
    Ok(sheets)
}

fn visible_sheet_names(sheets: &[Sheet]) -> Vec<String> {
    let shown = sheets.iter().filter(|sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    });
    shown.map(|sheet| sheet.name.clone()).collect()
}

fn format_cell(value: &Data) -> String {
    match value {
        Data::Error(_) => String::new(),
        Data::DateTime(date) => date.to_string(),
        value => value.to_string(),
    }
}

/// Returns the number of cells in the sheets of an OpenDocument file. This prevents excessive work,
/// because a few bytes can repeat a row a million times. Empty cells at the end of a row or a sheet
/// don't count.
fn cells_of(content: &[u8]) -> u64 {
    let xml = String::from_utf8_lossy(content);
    let (mut total, mut rows, mut width): (u64, u64, u64) = (0, 0, 0);
    let (mut pending_rows, mut row_width, mut row_filled, mut repeats) = (0, 0, 0, 1);
    for tag in xml.split('<') {
        let count = |name: &str| {
            let value = tag.split_once(name).and_then(|(_, rest)| rest.split('"').next());
            value.and_then(|value| value.parse::<u64>().ok()).unwrap_or(1)
        };
        if tag.starts_with("table:table ") {
            total = u64::saturating_add(total, rows.saturating_mul(width));
            (rows, width, pending_rows) = (0, 0, 0);
        } else if tag.starts_with("table:table-row") {
            (row_width, row_filled) = (0, 0);
            repeats = count("number-rows-repeated=\"");
        } else if tag.starts_with("table:table-cell") || tag.starts_with("table:covered-table-cell")
        {
            row_width = u64::saturating_add(row_width, count("number-columns-repeated=\""));
            if tag.contains("value-type=") {
                row_filled = row_width;
            }
        } else if tag.starts_with("/table:table-row") {
            pending_rows = u64::saturating_add(pending_rows, repeats);
            if row_filled > 0 {
                rows = rows.saturating_add(pending_rows);
                width = width.max(row_filled);
                pending_rows = 0;
            }
        }
    }
    total.saturating_add(rows.saturating_mul(width))
}
