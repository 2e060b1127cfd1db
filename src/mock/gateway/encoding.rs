//! Encoding: an event's JSON to the frame that goes over the wire, compressed as the bot asked.

use std::io::{self, Write};

use axum::extract::ws::{Message, Utf8Bytes};
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Payloads below this many bytes aren't worth compressing one by one.
const WORTH_COMPRESSING: usize = 1024;
/// How hard zstd tries: little, as one's own machine is near.
const ZSTD_LEVEL: i32 = 1;
/// The same for a stream of zlib, which may hold its content as it is.
const ZLIB_LEVEL: Compression = Compression::none();

/// More bytes than a stream adds to a payload that it holds as it is.
const FLUSH: usize = 64;

/// How one connection's payloads are written.
pub(crate) enum Encoder {
    /// As text; `large_compressed` when the bot said in IDENTIFY that a payload may be compressed on its own.
    Each {
        /// Whether large payloads are compressed.
        large_compressed: bool,
    },
    /// As one zlib stream over the life of the connection, flushed after each payload.
    Zlib(Box<ZlibEncoder<Vec<u8>>>),
    /// As one zstd frame over the life of the connection, flushed after each payload.
    Zstd(zstd::Encoder<'static, Vec<u8>>),
}

impl Encoder {
    /// Text until the bot says otherwise.
    pub(crate) fn plain() -> Encoder {
        Encoder::Each { large_compressed: false }
    }

    /// One zlib stream.
    pub(crate) fn zlib() -> Encoder {
        Encoder::Zlib(Box::new(ZlibEncoder::new(Vec::new(), ZLIB_LEVEL)))
    }

    /// One zstd frame.
    pub(crate) fn zstd() -> io::Result<Encoder> {
        zstd::Encoder::new(Vec::new(), ZSTD_LEVEL).map(Encoder::Zstd)
    }

    /// The bot takes compressed payloads, which changes nothing if the whole stream is.
    pub(crate) fn compress_large(&mut self) {
        if let Encoder::Each { large_compressed } = self {
            *large_compressed = true;
        }
    }

    /// The frame for a payload.
    pub(crate) fn encode(&mut self, payload: Utf8Bytes) -> io::Result<Message> {
        match self {
            Encoder::Each { large_compressed: true } if payload.len() >= WORTH_COMPRESSING => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(payload.as_bytes())?;
                Ok(Message::Binary(encoder.finish()?.into()))
            }
            Encoder::Each { .. } => Ok(Message::Text(payload)),
            Encoder::Zlib(encoder) => {
                encoder.get_mut().reserve(payload.len() + FLUSH);
                encoder.write_all(payload.as_bytes())?;
                encoder.flush()?;
                Ok(Message::Binary(std::mem::take(encoder.get_mut()).into()))
            }
            Encoder::Zstd(encoder) => {
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

    /// Two payloads in one stream, as what `decoder` makes of the wire and as frames.
    fn check_stream<D: Read>(mut encoder: Encoder, decoder: impl Fn(Vec<u8>) -> D) -> Vec<Vec<u8>> {
        let mut wire = Vec::new();
        let mut frames = Vec::new();
        let mut read = 0;
        for payload in ["first", "second"] {
            let Ok(Message::Binary(bytes)) = encoder.encode(payload.into()) else { panic!("not binary") };
            wire.extend_from_slice(&bytes);
            frames.push(bytes.to_vec());
            // What was flushed can be read before there is more.
            read += payload.len();
            let mut text = vec![0; read];
            decoder(wire.clone()).read_exact(&mut text).unwrap();
            assert!(text.ends_with(payload.as_bytes()));
        }
        frames
    }

    #[test]
    fn a_stream_is_one_context_with_a_flush_after_each_payload() {
        let frames = check_stream(Encoder::zlib(), |wire| ZlibDecoder::new(io::Cursor::new(wire)));
        assert!(frames.iter().all(|frame| frame.ends_with(&[0, 0, 0xff, 0xff])));
        let zstd = |wire| zstd::Decoder::new(io::Cursor::new(wire)).unwrap();
        let frames = check_stream(Encoder::zstd().unwrap(), zstd);
        let begins = |frame: &Vec<u8>| frame.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
        assert_eq!(frames.iter().filter(|frame| begins(frame)).count(), 1, "one frame");
    }

    #[test]
    fn only_large_payloads_are_compressed_alone() {
        let mut encoder = Encoder::plain();
        encoder.compress_large();
        assert_eq!(encoder.encode("{}".into()).unwrap(), Message::Text("{}".into()));
        let large = "a".repeat(5000);
        let Ok(Message::Binary(bytes)) = encoder.encode(large.clone().into()) else { panic!("not binary") };
        let mut text = String::new();
        ZlibDecoder::new(bytes.as_ref()).read_to_string(&mut text).unwrap();
        assert_eq!(text, large);
    }
}
