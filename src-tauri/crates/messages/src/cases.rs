//! The cases of a message: the variants of the variable that selects its text.

use fluent_bundle::FluentMessage;
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement, VariantKey};

/// Returns the first variable that selects text in the message by name, and all names, in the
/// order of the text.
pub(super) fn selecting_variable<'m>(
    message: &FluentMessage<'m>,
) -> Option<(&'m str, Vec<&'m str>)> {
    let attributes = message.attributes().map(|attribute| attribute.value());
    let patterns = message.value().into_iter().chain(attributes);
    let mut selects = patterns.flat_map(|pattern| pattern.elements.iter().filter_map(select));
    let (variable, mut names) = selects.find(|(_, names)| !is_plural(names))?;
    for (other, more) in selects {
        names.extend(more.into_iter().filter(|_| other == variable));
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    Some((variable, names))
}

/// Returns the variable that selects this part of the text, and the names that it can have.
fn select<'m>(element: &'m PatternElement<&'m str>) -> Option<(&'m str, Vec<&'m str>)> {
    let PatternElement::Placeable { expression: Expression::Select { selector, variants } } =
        element
    else {
        return None;
    };
    let InlineExpression::VariableReference { id } = selector else {
        return None;
    };
    let names = variants.iter().filter_map(|variant| match variant.key {
        VariantKey::Identifier { name } => Some(name),
        VariantKey::NumberLiteral { .. } => None,
    });
    Some((id.name, names.collect()))
}

/// Returns whether the variants are those of a count, such as `[0]`, `[one]` and `[other]`.
fn is_plural(names: &[&str]) -> bool {
    names.iter().all(|name| ["one", "other"].contains(name))
}
