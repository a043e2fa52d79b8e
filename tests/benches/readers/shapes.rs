//! The inputs of the benchmark: generated garbage, and files that fuzzers have found.

use acceptance::corpus::mutation::Mutation;

/// The pieces that garbage is built from.
const PIECES: [&str; 94] = [
    "A",
    " ",
    "\0",
    "-",
    "=",
    "0",
    ",",
    ";",
    "\"",
    "'",
    "\n",
    "\t",
    "@",
    "&",
    "<",
    ">",
    "[",
    "{\"a\":",
    "\\n",
    "%25",
    "\u{200b}",
    "\u{2014}",
    "<a>",
    "<a/>",
    "<td>",
    "<td>&",
    "<input value=\"a\">",
    "a@b.co\n",
    "a@b.co,",
    "https://a/ ",
    "${user:email}\t",
    "-----BEGIN CERTIFICATE-----\n",
    "-----BEGIN X-----MIIB-----END X-----",
    "0\u{1}",
    ".",
    "a.",
    "a@",
    "a@b.",
    "xn--a-",
    "\u{fc}@\u{fc}.de ",
    "=3D",
    "&amp;",
    "&#x41;",
    "&#0;",
    "&a;",
    "\"\"",
    "\"a\",",
    "a,b,c\n",
    "a;",
    "a\tb\n",
    " \n",
    "\r",
    "\u{feff}",
    "\u{301}",
    "\u{202e}",
    "</",
    "<a ",
    "<!--",
    "<!--a-->",
    "<![CDATA[",
    "<?a",
    "<!DOCTYPE a>",
    "<tr>",
    "<tr><td>",
    "<table>",
    "<td>a</td><td>${user:email}</td><tr>",
    "<a xmlns:b=\"c\">",
    "<a b=\"c\"/>",
    "<a xmlns=\"d\" xmlns:b=\"c\" b:d=\"\"/>",
    "SAMLRequest=",
    "SAMLResponse=",
    "https://a.awsapps.com/start#/",
    "http://",
    "%2",
    "[\"a\",",
    "PRIVATE KEY",
    "-----BEGIN PRIVATE KEY-----\n",
    "AKIAIOSFODNN7EXAMPLE,",
    "IQoJ",
    "nops-sso-dry-run ",
    "Subject\t",
    "invalid_response ",
    "a@b.co <a@b.co>; ",
    "not_match, ",
    "\\u003c",
    "&lt;",
    "%3C",
    "^%^",
    "PHNhbWxwOlJlc3BvbnNlIHhtbG5z",
    "SAMLResponse=[redacted]&",
    "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">",
    "<samlp:Response/>",
    "BEGIN:VCARD\n",
    "[{\"email\":\"a@b.co\"},",
];

/// How the pieces are arranged.
#[derive(Clone, Copy, PartialEq)]
pub enum InputShape {
    /// Many copies of one piece.
    Alone(usize),
    /// A normal file, followed by many copies of one piece.
    Below(usize),
    /// Many copies of one piece, followed by a normal file.
    Above(usize),
    /// Many copies of one piece, each followed by a different number.
    Numbered(usize),
    /// Many copies of the normal file.
    Repeated,
    /// Random bytes.
    Random,
    /// Nested elements that each declare namespaces, at the maximum depth and length.
    Namespaces,
    /// Tags with the maximum number of attributes.
    Attributes,
    /// UTF-16 text in either byte order. The flag selects the byte order.
    Utf16(bool),
    /// Many copies of one of the files that fuzzers found.
    Found(usize),
}

impl InputShape {
    /// Returns all shapes. `found` contains the files that fuzzers found for this reader.
    pub fn all(found: &[Vec<u8>]) -> Vec<Self> {
        let of = |shape: fn(usize) -> Self| (0..PIECES.len()).map(shape);
        let mut all: Vec<Self> = of(Self::Alone).collect();
        all.extend(of(Self::Below));
        all.extend(of(Self::Above));
        all.extend(of(Self::Numbered));
        all.extend([Self::Repeated, Self::Random, Self::Namespaces, Self::Attributes]);
        all.extend([Self::Utf16(false), Self::Utf16(true)]);
        all.extend((0..found.len()).map(Self::Found));
        all
    }

    pub fn bytes(self, normal: &str, found: &[Vec<u8>], size: usize) -> Vec<u8> {
        let many = |piece: &str| piece.repeat(size / piece.len().max(1));
        let piece = |at: usize| PIECES[at];
        match self {
            Self::Alone(at) => many(piece(at)).into_bytes(),
            Self::Below(at) => (normal.to_owned() + &many(piece(at))).into_bytes(),
            Self::Above(at) => (many(piece(at)) + normal).into_bytes(),
            Self::Numbered(at) => {
                let mut text = String::with_capacity(size);
                let mut number = 0_u32;
                while text.len() + piece(at).len() + 10 < size {
                    text.push_str(&number.to_string());
                    text.push_str(piece(at));
                    number += 1;
                }
                text.into_bytes()
            }
            Self::Repeated => many(normal).into_bytes(),
            Self::Random => {
                let mut source = Mutation::seeded(size as u64);
                (0..size).map(|_| u8::try_from(source.below(256)).unwrap_or_default()).collect()
            }
            Self::Namespaces => {
                let open =
                    |depth| format!("<n{depth}:a xmlns:n{depth}=\"u{depth}\" xmlns=\"d{depth}\">");
                let close = |depth| format!("</n{depth}:a>");
                let nested: String = (0..40).map(open).chain((0..40).rev().map(close)).collect();
                let inside = nested.repeat((size / nested.len()).max(1));
                format!("<a>{inside}</a>").into_bytes()
            }
            Self::Attributes => {
                let attributes: String =
                    (0..200).map(|number| format!(" a{number}=\"\"")).collect();
                let tag = format!("<a{attributes}/>");
                format!("<a>{}</a>", tag.repeat((size / tag.len()).max(1))).into_bytes()
            }
            Self::Utf16(big) => {
                let text = normal.repeat(size / (2 * normal.len()).max(1));
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
                units.flat_map(bytes).collect()
            }
            Self::Found(at) => {
                let one = &found[at];
                one.repeat((size / one.len().max(1)).max(1))
            }
        }
    }

    pub fn name(self) -> String {
        let piece = |at: usize| format!("{:?}", PIECES[at]);
        match self {
            Self::Alone(at) => piece(at),
            Self::Below(at) => format!("normal, then {}", piece(at)),
            Self::Above(at) => format!("{}, then normal", piece(at)),
            Self::Numbered(at) => format!("numbered {}", piece(at)),
            Self::Repeated => "normal, repeated".to_owned(),
            Self::Random => "random bytes".to_owned(),
            Self::Namespaces => "nested namespaces".to_owned(),
            Self::Attributes => "long tags".to_owned(),
            Self::Utf16(_) => "normal, repeated in UTF-16".to_owned(),
            Self::Found(at) => format!("found by the fuzzer, number {at}"),
        }
    }
}
