//! Paginated lists.

use serde_json::{Value, json};

use super::{ApiError, CallInput, CallResult};

/// Returns one page of the items in the member `member`. A page has at most `MaxResults` items and
/// never more than `most`. If there are more items, adds a `NextToken`.
pub fn page(
    input: &CallInput,
    member: &str,
    most: usize,
    items: impl IntoIterator<Item = Value>,
) -> CallResult {
    let size = input.max_results()?.unwrap_or(most).min(most);
    let start = match input.optional_text("NextToken")? {
        None => 0,
        Some(token) => page_start(token, member)
            .ok_or_else(|| ApiError::validation("The NextToken is not one of this list."))?,
    };
    let mut rest = items.into_iter().skip(start);
    let mut output = json!({member: rest.by_ref().take(size).collect::<Vec<_>>()});
    if rest.next().is_some() {
        output["NextToken"] = json!(token(member, start + size));
    }
    Ok(output)
}

fn token(member: &str, start: usize) -> String {
    format!("{member}-{start}")
}

fn page_start(token: &str, member: &str) -> Option<usize> {
    token.strip_prefix(member)?.strip_prefix('-')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(total: usize, max_results: usize, most: usize) -> Vec<usize> {
        let mut sizes = Vec::new();
        let mut token = Value::Null;
        loop {
            let body = json!({"MaxResults": max_results, "NextToken": token});
            let input = CallInput::read(body.to_string().as_bytes()).unwrap();
            let output = page(&input, "Users", most, (0..total).map(Value::from)).unwrap();
            sizes.push(output["Users"].as_array().unwrap().len());
            match output.get("NextToken") {
                Some(next) => token = next.clone(),
                None => return sizes,
            }
        }
    }

    #[test]
    fn pages_cover_the_whole_list() {
        assert_eq!(pages(0, 10, 100), [0]);
        assert_eq!(pages(10, 10, 100), [10]);
        assert_eq!(pages(11, 5, 100), [5, 5, 1]);
        assert_eq!(pages(120, 100, 50), [50, 50, 20], "the service has a limit of its own");
    }

    #[test]
    fn token_of_another_list_is_refused() {
        let body = json!({"NextToken": token("Groups", 1)});
        let input = CallInput::read(body.to_string().as_bytes()).unwrap();
        let refusal = page(&input, "Users", 100, [json!(1)]).unwrap_err();
        assert_eq!(refusal.kind, "ValidationException");
    }
}
