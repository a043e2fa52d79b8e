//! Every recorded view in the window's engine: it is whole, fits, and can be used by everyone.

use acceptance::{
    Result,
    gallery::{Browser, Gallery, THEMES, views},
    must,
};
use serde_json::{Value, json};

/// A wide window, and one beside a browser.
const WIDTHS: [u32; 2] = [1280, 800];

/// What is left of 1280 at 400 %.
const ZOOMED: u32 = 320;

/// Faults that a look at the page finds: words that are missing, a page wider than the window, and text
/// that is cut off without a mark.
const FAULTS: &str = include_str!("gallery/faults.js");

/// Runs axe-core, which the gallery brings, with all rules or those named.
const AUDIT: &str = "const [rules, done] = arguments; \
    window.audit(rules).then(done, (problem) => done([`axe stopped: ${problem}`]))";

#[test]
fn every_view_fits_at_every_width() -> Result<()> {
    on_every_view(|browser, view| {
        browser.show(view, "light")?;
        let mut faults = Vec::new();
        for width in WIDTHS {
            browser.resize(width)?;
            let seen = lines(&browser.ask(FAULTS)?)?;
            faults.extend(seen.into_iter().map(|fault| format!("{width} px: {fault}")));
        }
        browser.resize(WIDTHS[0])?;
        browser.show_within(view, "light", ZOOMED)?;
        let seen = lines(&browser.ask(FAULTS)?)?;
        faults.extend(
            seen.into_iter()
                .map(|fault| format!("{ZOOMED} px: {fault}")),
        );
        Ok(faults)
    })
}

/// All rules of WCAG 2.2 AA and of good practice in the light theme; in the dark one, contrast.
#[test]
fn axe_finds_nothing_in_either_theme() -> Result<()> {
    on_every_view(|browser, view| {
        let mut faults = Vec::new();
        for (theme, rules) in THEMES
            .into_iter()
            .zip([json!(null), json!(["color-contrast"])])
        {
            browser.show(view, theme)?;
            let seen = lines(&browser.await_answer(AUDIT, &[rules])?)?;
            faults.extend(seen.into_iter().map(|fault| format!("{theme}: {fault}")));
        }
        Ok(faults)
    })
}

/// Both tests run side by side in the same program, so each has one browser.
fn on_every_view(look: impl Fn(&mut Browser, &str) -> Result<Vec<String>>) -> Result<()> {
    let gallery = Gallery::serve()?;
    let mut browser = gallery.browser(WIDTHS[0], 840)?;
    let views = views()?;
    must(views.len() > 50, || format!("only {} views", views.len()))?;
    let mut faults = Vec::new();
    for view in &views {
        let seen = look(&mut browser, view).map_err(|problem| format!("{view}: {problem}"))?;
        faults.extend(seen.into_iter().map(|fault| format!("{view}, {fault}")));
    }
    must(faults.is_empty(), || {
        format!("{} faults\n{}", faults.len(), faults.join("\n"))
    })
}

fn lines(answer: &Value) -> Result<Vec<String>> {
    Ok(serde_json::from_value(answer.clone())?)
}
