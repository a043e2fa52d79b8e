//! Other files that could be in a Downloads folder: pages, error responses, archives, pictures and
//! incomplete downloads.

use saml::inspection::{ExpectedKind, InputKind, InspectionReason};

use super::{ExpectedResult, Sample, cert_factory::CertificateFactory};

pub(super) fn samples(workshop: &CertificateFactory) -> Vec<Sample> {
    let wrong = |what: &str, bytes: &[u8], kind: InputKind| {
        Sample::new(
            what,
            bytes,
            ExpectedResult::Refusal(kind, InspectionReason::WrongKind),
            workshop.now,
        )
    };
    let refused = |what: &str, bytes: &[u8], kind: InputKind, reason: InspectionReason| {
        Sample::new(what, bytes, ExpectedResult::Refusal(kind, reason), workshop.now)
    };
    let pem = workshop.own.pem.as_bytes();
    let mut tar = vec![0; 1024];
    tar[..8].copy_from_slice(b"cert.pem");
    tar[257..262].copy_from_slice(b"ustar");
    let mut word = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0".to_vec();
    word.extend([0; 12]);
    word.extend(b"\x13\0\0\0[Content_Types].xml ... word/document.xml");
    let zeros = vec![0; 1157];
    let page = |title: &str| {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=utf-8><title>{title}</title></head><body><h1>Hello</h1></body></html>"
        )
    };
    let mut all = vec![
        wrong("a sign-in page", page("Sign in to AWS").as_bytes(), InputKind::WebPage),
        wrong("a page named as a certificate", page("Sign in").as_bytes(), InputKind::WebPage).named("certificate.pem"),
        wrong("a page named as metadata", page("Amazon Web Services Sign-In").as_bytes(), InputKind::WebPage).named("metadata.xml"),
        wrong("an XHTML page", b"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>403</title></head></html>", InputKind::WebPage),
        wrong("a page behind a comment", b"<!-- saved from url=(0014)about:internet -->\n<html><body>Access denied</body></html>", InputKind::WebPage),
        wrong("a page without a head", b"<body><h1>403 Forbidden</h1></body>", InputKind::WebPage),
        wrong("a page in capitals", b"<HTML><HEAD><TITLE>Sign In</TITLE></HEAD></HTML>", InputKind::WebPage),
        wrong("a page saved as MHTML", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://us-east-1.console.aws.amazon.com/singlesignon/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", InputKind::WebPage),
        wrong("a page with a script first", b"<script>window.location='/login'</script>", InputKind::WebPage),
        wrong("a page of AWS WAF", b"<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n", InputKind::WebPage),
        wrong("an error of AWS in JSON", br#"{"__type":"ForbiddenException","message":"No access"}"#, InputKind::Json),
        wrong("an error of a gateway in JSON", br#"{"message":"Missing Authentication Token"}"#, InputKind::Json),
        wrong("an error of nOps in JSON", br#"{"error":{"code":"invalid_credentials","message":"Bad key","request_id":"1"}}"#, InputKind::Json),
        wrong("a list in JSON", b"[1, 2, 3]", InputKind::Json),
        wrong("an error of AWS in XML", b"<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>expired</Message></Error></ErrorResponse>", InputKind::AwsError),
        wrong("an error of S3", b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", InputKind::AwsError),
        wrong("a zip file", b"PK\x03\x04\x14\0\0\0\x08\0certificate.pem", InputKind::Archive),
        wrong("an empty zip file", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0", InputKind::Archive),
        wrong("a gzip file", b"\x1F\x8B\x08\0\0\0\0\0\0\x03", InputKind::Archive),
        wrong("a tar file", &tar, InputKind::Archive),
        wrong("a 7z file", b"7z\xBC\xAF\x27\x1C\0\x04", InputKind::Archive),
        wrong("a rar file", b"Rar!\x1A\x07\x01\0", InputKind::Archive),
        wrong("an xz file", b"\xFD7zXZ\0\0\x04", InputKind::Archive),
        wrong("a bzip2 file", b"BZh91AY&SY", InputKind::Archive),
        wrong("a zstd file", b"\x28\xB5\x2F\xFD\x04\0", InputKind::Archive),
        wrong("a cabinet", b"MSCF\0\0\0\0\x2C\0", InputKind::Archive),
        wrong("a Word document", &word, InputKind::Document),
        wrong("an older Word document", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0", InputKind::Document),
        wrong("a rich text", &[b"{\\rtf1\\ansi\\deff0 ".as_slice(), pem, b"}"].concat(), InputKind::Document),
        wrong("a PNG", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", InputKind::Picture),
        wrong("a JPEG", b"\xFF\xD8\xFF\xE0\0\x10JFIF", InputKind::Picture),
        wrong("a GIF", b"GIF89a\x01\0\x01\0", InputKind::Picture),
        wrong("a WebP", b"RIFF\x24\0\0\0WEBPVP8 ", InputKind::Picture),
        wrong("a HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", InputKind::Picture),
        wrong("a BMP", b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", InputKind::Picture),
        wrong("a TIFF", b"II*\0\x08\0\0\0", InputKind::Picture),
        wrong("a PDF", b"%PDF-1.7\n", InputKind::Pdf),
        wrong("a program of Linux", b"\x7FELF\x02\x01\x01\0", InputKind::Program),
        wrong("a program of Windows", b"MZ\x90\0\x03\0\0\0", InputKind::Program),
        wrong("a program of macOS", b"\xCF\xFA\xED\xFE\x07\0\0\x01", InputKind::Program),
        wrong("a shortcut of Windows", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xC0\0", InputKind::Shortcut).named("certificate.pem.lnk"),
        wrong("a link to a page", b"[InternetShortcut]\r\nURL=https://portal.sso.us-east-1.amazonaws.com/saml/metadata/X\r\n", InputKind::Shortcut).named("metadata.url"),
        wrong("a link of macOS", b"<?xml version=\"1.0\"?><!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"x\"><plist><dict/></plist>", InputKind::Shortcut).named("metadata.webloc"),
        wrong("a starter of Linux", b"[Desktop Entry]\nType=Link\nURL=https://example.com\n", InputKind::Shortcut).named("metadata.desktop"),
        wrong("prose", b"Please find the certificate attached.", InputKind::Unknown),
        wrong("one letter", b"x", InputKind::Unknown),
        wrong("an email address", b"ana@example.com", InputKind::Unknown),
        wrong("a link", b"https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTIz", InputKind::Unknown),
        wrong("a fingerprint", workshop.own.sha256.as_bytes(), InputKind::Fingerprint),
        wrong("random bytes", &(0..=255).rev().cycle().take(2000).collect::<Vec<u8>>(), InputKind::Unknown),
        wrong("base64 of something else", b"SGVsbG8sIHRoaXMgaXMganVzdCBhIHRleHQgaW4gYmFzZTY0Lg==", InputKind::Unknown),
        refused("nothing", b"", InputKind::Empty, InspectionReason::Empty),
        refused("blanks", b" \r\n\t \n", InputKind::Empty, InspectionReason::Empty),
        refused("a byte order mark alone", b"\xEF\xBB\xBF", InputKind::Empty, InspectionReason::Empty),
        refused("a mark of UTF-16 alone", b"\xFF\xFE", InputKind::Empty, InspectionReason::Empty),
        refused("zero-width characters alone", "\u{200b}\u{feff}".as_bytes(), InputKind::Empty, InspectionReason::Empty),
        refused("a download of Chrome", &pem[..400], InputKind::Download, InspectionReason::Unfinished).named("certificate.pem.crdownload"),
        refused("a download of Firefox", b"", InputKind::Download, InspectionReason::Unfinished).named("metadata.xml.part"),
        refused("a download that only reserved its place", &zeros, InputKind::Download, InspectionReason::Unfinished).named("certificate.pem"),
        refused("more than a megabyte of zeros", &vec![0; 2 << 20], InputKind::Unknown, InspectionReason::TooLarge),
        refused("more than a megabyte of text", &b"certificate ".repeat(200_000), InputKind::Unknown, InspectionReason::TooLarge),
        refused("more than a megabyte of certificates", &pem.repeat(1_000), InputKind::Unknown, InspectionReason::TooLarge),
    ];
    all.push(Sample {
        expect: ExpectedKind::Metadata,
        ..wrong("a certificate where metadata belongs", pem, InputKind::Certificate)
    });
    all
}
