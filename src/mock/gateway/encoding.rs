//! Encoding: an event's JSON to the frame that goes over the wire, compressed as the bot asked.

use std::io::{self, Write};

use axum::extract::ws::Message;
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Payloads below this many bytes aren't worth compressing one by one.
const WORTH_COMPRESSING: usize = 1024;

/// How one connection's payloads are written.
pub(crate) enum Encoder {
    /// As text; `large_compressed` when the bot said in IDENTIFY that a payload may be compressed on its own.
    Each {
        /// Whether large payloads are compressed.
        large_compressed: bool,
    },
    /// As one compressed stream over the life of the connection, flushed after each payload.
    Stream(Box<ZlibEncoder<Vec<u8>>>),
}

impl Encoder {
    /// Text until the bot says otherwise.
    pub(crate) fn plain() -> Encoder {
        Encoder::Each { large_compressed: false }
    }

    /// One compressed stream.
    pub(crate) fn stream() -> Encoder {
        Encoder::Stream(Box::new(ZlibEncoder::new(Vec::new(), Compression::fast())))
    }

    /// The bot takes compressed payloads, which changes nothing if the whole stream is.
    pub(crate) fn compress_large(&mut self) {
        if let Encoder::Each { large_compressed } = self {
            *large_compressed = true;
        }
    }

    /// The frame for a payload.
    pub(crate) fn encode(&mut self, payload: String) -> io::Result<Message> {
        match self {
            Encoder::Each { large_compressed: true } if payload.len() >= WORTH_COMPRESSING => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(payload.as_bytes())?;
                Ok(Message::Binary(encoder.finish()?.into()))
            }
            Encoder::Each { .. } => Ok(Message::Text(payload.into())),
            Encoder::Stream(encoder) => {
                encoder.write_all(payload.as_bytes())?;
                encoder.flush()?;
                Ok(Message::Binary(std::mem::take(encoder.get_mut()).into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn a_stream_is_one_context_with_a_flush_after_each_payload() {
        let mut encoder = Encoder::stream();
        let mut wire = Vec::new();
        for payload in ["first", "second"] {
            let Ok(Message::Binary(bytes)) = encoder.encode(payload.to_owned()) else { panic!("not binary") };
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            wire.extend_from_slice(&bytes);
        }
        let mut text = [0; 11];
        ZlibDecoder::new(wire.as_slice()).read_exact(&mut text).unwrap();
        assert_eq!(&text, b"firstsecond");
    }

    #[test]
    fn only_large_payloads_are_compressed_alone() {
        let mut encoder = Encoder::plain();
        encoder.compress_large();
        assert_eq!(encoder.encode("{}".to_owned()).unwrap(), Message::Text("{}".into()));
        let large = "a".repeat(5000);
        let Ok(Message::Binary(bytes)) = encoder.encode(large.clone()) else { panic!("not binary") };
        let mut text = String::new();
        ZlibDecoder::new(bytes.as_ref()).read_to_string(&mut text).unwrap();
        assert_eq!(text, large);
    }
}
