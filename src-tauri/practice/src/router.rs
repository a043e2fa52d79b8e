//! Routes: every practice host is served under `/at/HOST/`.

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing,
};
use maud::html;

use crate::{
    aws, console, mailbox, nops,
    pages::{self, Page},
    portal,
    settings::RateLimit,
    state::AppState,
    world::{
        ADDITIONAL_REGION, DEVICE_HOST, NOPS_API_HOST, NOPS_HOST, OIDC_HOST, OTHER_NOPS_HOST,
        PracticeState, REGION, console_host, dual_stack_saml_host, saml_host,
    },
};

/// Builds the router for all hosts. `rate_limit` limits IAM Identity Center calls. `None` means no
/// limit.
pub fn app(shared: AppState, rate_limit: Option<RateLimit>) -> Router {
    let mut app = Router::new()
        .route("/", routing::get(index).merge(aws::route(rate_limit)))
        // A nested router doesn't match its own root with a trailing slash, and this host has only
        // that page.
        .route(&format!("/at/{DEVICE_HOST}/"), portal::device_page())
        .merge(aws::sign_in_routes())
        .merge(aws::account_access_routes())
        .merge(pages::routes())
        .merge(mailbox::routes());
    let mut known = vec![DEVICE_HOST.to_owned()];
    for (name, routes) in hosts(&shared) {
        app = app.nest(&format!("/at/{name}"), routes);
        known.push(name);
    }
    app.fallback(async move |uri: Uri| not_found_page(&known, &uri))
        .layer(middleware::from_fn(only_loopback))
        .layer(middleware::map_response_with_state(shared.clone(), add_date_header))
        .with_state(shared)
}

/// Rejects requests for hosts that aren't loopback, because a web page could point its own host
/// name to this computer (DNS rebinding).
async fn only_loopback(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.and_then(|host| host.split(':').next()).unwrap_or_default();
    if name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost") {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

/// Adds a `Date` header with the practice clock's time to every response. AWS also sends its time
/// in this header.
async fn add_date_header(State(shared): State<AppState>, mut response: Response) -> Response {
    let date = shared.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Returns every host and its routes.
fn hosts(shared: &AppState) -> impl Iterator<Item = (String, Router<AppState>)> {
    let newest = Router::new().route("/saml/metadata/", routing::get(newest_metadata));
    let primary = shared.read(PracticeState::region);
    let console = if primary == REGION { console::routes() } else { console::routes_in(primary) };
    let mut hosts = vec![
        (console_host(primary), console),
        (saml_host(primary), portal::saml_routes().merge(newest)),
        (OIDC_HOST.to_owned(), portal::oidc_routes()),
        (NOPS_HOST.to_owned(), nops::routes()),
        (NOPS_API_HOST.to_owned(), nops::api_routes()),
        (shared.read(PracticeState::portal_host), portal::routes()),
    ];
    let mut regions = vec![primary];
    if shared.switches.has_additional_region() {
        let console = console::routes_in(ADDITIONAL_REGION);
        hosts.push((console_host(ADDITIONAL_REGION), console));
        hosts.push((saml_host(ADDITIONAL_REGION), portal::saml_routes()));
        regions.push(ADDITIONAL_REGION);
    }
    if shared.switches.has_dual_stack_links() {
        let dual_stack = regions.into_iter().map(dual_stack_saml_host);
        hosts.extend(dual_stack.map(|host| (host, portal::saml_routes())));
    }
    if shared.switches.other_nops_host {
        hosts.push((OTHER_NOPS_HOST.to_owned(), nops::sso_routes()));
    }
    hosts.into_iter()
}

/// Renders the start page, which links to all sites.
async fn index(shared: AppState) -> Page {
    let addresses = &shared.addresses;
    let places = [
        (&addresses.console, "IAM Identity Center console", "for the AWS administrator"),
        (&addresses.portal, "AWS access portal", "where people sign in and find their tiles"),
        (&addresses.nops, "nOps SSO settings", "for the nOps administrator"),
        (&addresses.mailbox, "Mailbox", "all email that practice mode has sent"),
    ];
    pages::page(
        "Practice",
        html! {
            @if let Some(port) = addresses.moved_from {
                p role="alert" {
                    strong { "The practice pages moved." }
                    " Another program uses their old port " (port) ". Close the tabs you opened "
                    "before, and open the pages again from here or from the app."
                }
            }
            p {
                "Everything here is made up and runs on this computer alone: an AWS account, its "
                "access portal and a nOps organization. Nothing that you do reaches AWS or nOps."
            }
            ul {
                @for (address, name, purpose) in places {
                    li { a href=(address) { (name) } ", " (purpose) }
                }
            }
            p { "The AWS API answers at " code { (addresses.aws_endpoint) } "." }
        },
    )
}

/// Redirects to the metadata of the newest SAML application. Prefers applications that were
/// submitted in the console.
async fn newest_metadata(shared: AppState) -> Response {
    let link = shared.read(|world| {
        let oldest_first = world.applications.iter();
        oldest_first
            .filter(|application| application.provider.is_saml())
            .max_by_key(|application| application.made_in_console)
            .map(|application| application.metadata_link())
    });
    match link.and_then(|link| shared.local(&link)) {
        Some(address) => Redirect::temporary(&address).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Renders the 404 page for an unknown host or page.
fn not_found_page(known: &[String], uri: &Uri) -> Response {
    let host =
        uri.path().strip_prefix("/at/").map(|rest| rest.split('/').next().unwrap_or_default());
    let text = match host {
        Some(host) if known.iter().any(|known| known == host) => {
            format!("{host} has no page at this address.")
        }
        Some(host) => {
            format!("Practice has no host {host}. Your browser would not find this address.")
        }
        None => "Practice has no page at this address.".to_owned(),
    };
    let page = pages::page("Nothing here", html! { p { (text) } });
    (StatusCode::NOT_FOUND, page).into_response()
}
