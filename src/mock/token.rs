//! Tokens: any of the right form is good, since there is nothing here to protect.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::mock::snowflake::Id;

/// Base64 as clients write it: with or without padding, of either alphabet.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
static EITHER: [GeneralPurpose; 2] =
    [GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT), GeneralPurpose::new(&alphabet::STANDARD, LENIENT)];

/// A token without the `Bot ` that may stand before it.
pub(crate) fn bare(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token).trim()
}

/// The application id in a token of the form `base64(application id).x.y`, with or without `Bot ` before it.
pub(crate) fn application(token: &str) -> Option<Id> {
    let mut parts = bare(token).split('.');
    let (Some(first), Some(second), Some(third), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    if second.is_empty() || third.is_empty() {
        return None;
    }
    let decoded = EITHER.iter().find_map(|base64| base64.decode(first).ok())?;
    let digits = String::from_utf8(decoded).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|id| *id != Id(0))
}

/// How long the token in a webhook's address is on Discord; discord.js and discord.py take no other for one.
const ADDRESS: usize = 68;

/// The token in the address of an interaction or a webhook, which names it. There is nothing to guess here either.
pub(crate) fn of_address(kind: &str, id: Id) -> String {
    let named = format!("{kind}-{id}-");
    let rest = ADDRESS.saturating_sub(named.len());
    format!("{named}{:0>rest$x}", id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_an_address_is_as_long_as_discords() {
        for id in [1, u64::MAX] {
            assert_eq!(of_address("webhook", Id(id)).len(), 68);
        }
    }

    #[test]
    fn the_form_of_a_token_is_all_that_matters() {
        let check = |token: &str, expected: Option<u64>| assert_eq!(application(token), expected.map(Id), "{token}");
        check("MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.anything", Some(123_456_789_012_345_678));
        check("Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.AAAAAA.anything", Some(123_456_789_012_345_678));
        check("MTIzNA.a.b", Some(1234));
        check("MTIzNA==.a.b", Some(1234));
        check("MTIzNA.a", None);
        check("MTIzNA.a.b.c", None);
        check("MTIzNA..b", None);
        check("c2Ft.a.b", None);
        check("MA.a.b", None);
        check("", None);
        check("not a token", None);
    }
}
