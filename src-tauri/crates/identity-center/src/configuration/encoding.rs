//! Decodes a configuration file. Editors save these files in more encodings than the AWS CLI reads.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes UTF-8, UTF-16 and Windows-1252 (which includes Latin-1), with or without a byte order
/// mark. Returns `None` if the bytes aren't text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => (guess_encoding(bytes), bytes),
    };
    let text = encoding.decode_without_bom_handling(bytes).0;
    // Text never contains this character, but UTF-32 and binary files do.
    (!text.contains('\0')).then(|| text.into_owned())
}

fn guess_encoding(bytes: &[u8]) -> &'static Encoding {
    // The first character is a bracket or a comment sign, so it's ASCII.
    match bytes {
        [0, first, ..] if *first != 0 => UTF_16BE,
        [first, 0, ..] if *first != 0 => UTF_16LE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_encodings_are_read() {
        let text = "# für\n[default]\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe", little.as_slice()].concat(),
            [b"\xfe\xff", big.as_slice()].concat(),
            little,
            big,
            b"# f\xfcr\n[default]\n".to_vec(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
        assert_eq!(decode(b"").as_deref(), Some(""));
    }

    #[test]
    fn binary_files_are_not_text() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"\xff\xfe\0\0[\0\0\0"] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
