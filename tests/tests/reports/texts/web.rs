//! Texts of web frameworks, proxies and browsers.

use super::Report;

pub const REPORTS: &[Report] = &[
    // Django, proxies and browsers.
    (
        "Django, in French",
        "Interdit (403) La vérification CSRF a échoué. La requête a été interrompue.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Spring Security",
        "Invalid CSRF Token 'null' was found on the request parameter '_csrf' or header 'X-CSRF-TOKEN'.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Django REST framework",
        "{\"detail\":\"Method \\\"GET\\\" not allowed.\"}",
        "shown_method/",
        "reloaded or opened directly",
    ),
    (
        "Django REST framework",
        "{\"detail\":\"Authentication credentials were not provided.\"}",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Django",
        "Not Found\nThe requested resource was not found on this server.",
        "shown_no_route/",
        "has probably lost its ?acs",
    ),
    (
        "nginx",
        "400 Bad Request\nRequest Header Or Cookie Too Large",
        "shown_bad_request/cookies",
        "Delete the cookies",
    ),
    (
        "nginx",
        "413 Request Entity Too Large",
        "shown_bad_request/size",
        "limits the response’s size",
    ),
    ("nginx", "503 Service Temporarily Unavailable", "shown_server_error/", "Wait a minute"),
    (
        "Firefox",
        "Hmm. We’re having trouble finding that site.\nWe can’t connect to the server at app.nops.io.",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "Safari",
        "Safari Can’t Open the Page\nSafari can’t find the server “app.nops.io”.",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "Firefox, in French",
        "La page n’est pas redirigée correctement",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "Chrome, in German",
        "Diese Seite funktioniert nicht\napp.nops.io hat Sie zu oft weitergeleitet.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
];
