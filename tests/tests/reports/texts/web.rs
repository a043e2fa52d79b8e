//! Texts of web frameworks, proxies and browsers.

use super::Report;

pub const REPORTS: &[Report] = &[
    // Amazon CloudFront.
    (
        "guess: CloudFront, origin",
        "504 ERROR\nThe request could not be satisfied.\nCloudFront attempted to establish a connection with the origin, but either the attempt failed or the origin closed the connection.",
        "shown_server_error/",
        "",
    ),
    (
        "guess: CloudFront, firewall",
        "403 ERROR\nThe request could not be satisfied.\nRequest blocked.",
        "shown_forbidden/firewall",
        "",
    ),
    // Django, proxies and browsers.
    (
        "guess: Django, in French",
        "Interdit (403) La vérification CSRF a échoué. La requête a été interrompue.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "spring-attic/authserver#12",
        "Invalid CSRF Token 'null' was found on the request parameter '_csrf' or header 'X-CSRF-TOKEN'.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "django-rest-framework-jwt#321",
        "{\"detail\":\"Method \\\"GET\\\" not allowed.\"}",
        "shown_method/",
        "reloaded or opened directly",
    ),
    (
        "jumpserver#8070",
        "{\"detail\":\"Authentication credentials were not provided.\"}",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "Django-2-by-Example#47",
        "Not Found\nThe requested resource was not found on this server.",
        "shown_no_route/",
        "is probably missing ?acs",
    ),
    (
        "ITfoxtec.Identity.Saml2#245",
        "400 Bad Request\nRequest Header Or Cookie Too Large",
        "shown_bad_request/cookies",
        "Delete the cookies",
    ),
    (
        "keycloak#26330",
        "413 Request Entity Too Large",
        "shown_bad_request/size",
        "limits the response’s size",
    ),
    (
        "nginx-proxy#2513",
        "503 Service Temporarily Unavailable",
        "shown_server_error/",
        "Wait a minute",
    ),
    (
        "web-bugs#214978",
        "Server Not Found\nFirefox can’t connect to the server at app.nops.io",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "WebClipChangeAppLogo#6",
        "Safari浏览器打不开该网页，因为找不到服务器",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "gogs_ynh_old#1",
        "La page n’est pas redirigée correctement",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "guess: Chrome, in German",
        "Diese Seite funktioniert nicht\napp.nops.io hat Sie zu oft weitergeleitet.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "azure-docs#80562",
        "An error occurred while processing your request.",
        "shown_server_error/",
        "probably couldn’t process the response",
    ),
    (
        "Sustainsys/Saml2#943",
        "Server Error\nAn error occurred while processing your request",
        "shown_server_error/",
        "probably couldn’t process the response",
    ),
    (
        "telnyx-node#134",
        "Error 1020 Ray ID: 6b993ced1a281004 • 2021-12-06 23:19:14 UTC\nAccess denied",
        "shown_forbidden/firewall",
        "The site’s firewall blocked",
    ),
    (
        "guess: Chrome, in Spanish",
        "Esta página no funciona\napp.nops.io te ha redirigido demasiadas veces.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "guess: Chrome, in French",
        "Cette page ne fonctionne pas\napp.nops.io vous a redirigé à de trop nombreuses reprises.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "guess: Chrome, in Italian",
        "La pagina non funziona\napp.nops.io ti ha reindirizzato troppe volte.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "guess: Chrome, in Portuguese",
        "Esta página não está funcionando\napp.nops.io redirecionou você muitas vezes.",
        "shown_redirect_loop/",
        "Allow cookies",
    ),
    (
        "guess: Chrome, certificate, in German",
        "Dies ist keine sichere Verbindung\nHacker könnten versuchen, Ihre Daten von app.nops.io zu stehlen.\nNET::ERR_CERT_AUTHORITY_INVALID",
        "shown_unreachable/certificate",
        "ask your network team",
    ),
    (
        "guess: Chrome, certificate",
        "Your connection is not private\nNET::ERR_CERT_DATE_INVALID",
        "shown_unreachable/certificate",
        "Check this computer’s clock",
    ),
    (
        "guess: Firefox, certificate",
        "Warning: Potential Security Risk Ahead\nError code: SEC_ERROR_UNKNOWN_ISSUER",
        "shown_unreachable/certificate",
        "root certificate",
    ),
    (
        "guess: Chrome, refused",
        "This site can’t be reached\napp.nops.io refused to connect.\nERR_CONNECTION_REFUSED",
        "shown_unreachable/",
        "network, VPN, and proxy",
    ),
    (
        "guess: nginx, limit",
        "<h1>429 Too Many Requests</h1>",
        "shown_server_error/busy",
        "Wait five minutes",
    ),
    (
        "guess: Django, in German",
        "Verboten (403) CSRF-Verifizierung fehlgeschlagen. Anfrage abgebrochen.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    (
        "guess: Django, in Spanish",
        "Prohibido (403) Verificación CSRF fallida. Petición abortada.",
        "shown_csrf/",
        "Only nOps’s ACS address accepts responses",
    ),
    ("guess: Tomcat", "HTTP Status 404 – Not Found", "shown_no_route/", "is probably missing ?acs"),
];
