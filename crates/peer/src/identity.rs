//! A node's TLS key, and the certificate that carries it.
//!
//! Source: RFC 8410 (Ed25519 in PKCS#8 and X.509), RFC 5280. The certificate says nothing but the
//! key: everybody's has the same name and the same times, for who somebody is and how long his key
//! counts stands in his card. The same seed makes the same certificate.

use std::fmt;
use std::sync::Arc;

use rustls::SignatureScheme;
use rustls::crypto::aws_lc_rs::sign::any_eddsa_type;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SigningKey, SingleCertAndKey};
use zeroize::Zeroizing;

use crate::error::PeerError;
use crate::tls::raw_key;

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;
/// What stands before the seed of an Ed25519 key in PKCS#8.
const PKCS8: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
/// Version 3 and the serial number 1.
const VERSION: &[u8] = b"\xa0\x03\x02\x01\x02";
const SERIAL: &[u8] = b"\x02\x01\x01";
/// The name of the algorithm, Ed25519.
const ED25519: &[u8] = b"\x30\x05\x06\x03\x2b\x65\x70";
/// CN=lienket.
const NAME: &[u8] = b"\x30\x12\x31\x10\x30\x0e\x06\x03\x55\x04\x03\x0c\x07lienket";
/// From 2000 on, and without an end, which RFC 5280 writes so.
const VALIDITY: &[u8] = b"\x30\x20\x17\x0d000101000000Z\x18\x0f99991231235959Z";

/// A TLS key with its certificate.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<SingleCertAndKey>,
    public: [u8; 32],
}

impl Identity {
    /// The key of a seed.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Identity, PeerError> {
        let failed = |error: rustls::Error| PeerError::Identity(error.to_string());
        let pkcs8 = Zeroizing::new([PKCS8, seed].concat());
        let key = any_eddsa_type(&PrivatePkcs8KeyDer::from(pkcs8.as_slice())).map_err(failed)?;
        let certificate = certificate(key.as_ref()).map_err(failed)?;
        let public = raw_key(&certificate).map_err(failed)?;
        let certified = Arc::new(SingleCertAndKey::from(CertifiedKey::new(vec![certificate], key)));
        Ok(Identity { certified, public })
    }

    /// The public key, as cards name it.
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    pub(crate) fn certified(&self) -> Arc<SingleCertAndKey> {
        self.certified.clone()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("public", &self.public).finish_non_exhaustive()
    }
}

/// The certificate of a key, signed by itself.
fn certificate(key: &dyn SigningKey) -> Result<CertificateDer<'static>, rustls::Error> {
    let none = || rustls::Error::General("it does not sign with Ed25519".to_owned());
    let public = key.public_key().ok_or_else(none)?;
    let parts = [VERSION, SERIAL, ED25519, NAME, VALIDITY, NAME, public.as_ref()].concat();
    let signed = field(SEQUENCE, &parts)?;
    let signer = key.choose_scheme(&[SignatureScheme::ED25519]).ok_or_else(none)?;
    // No bits are left over at the end of a bit string: that is its first byte.
    let signature = field(BIT_STRING, &[&[0], signer.sign(&signed)?.as_slice()].concat())?;
    Ok(field(SEQUENCE, &[&signed, ED25519, &signature].concat())?.into())
}

/// A value in DER; all of ours are shorter than 256 bytes.
fn field(tag: u8, content: &[u8]) -> Result<Vec<u8>, rustls::Error> {
    let length = u8::try_from(content.len());
    let length = length.map_err(|_| rustls::Error::General("too long".to_owned()))?;
    let head: &[u8] = if length < 0x80 { &[tag, length] } else { &[tag, 0x81, length] };
    Ok([head, content].concat())
}

#[cfg(test)]
mod tests {
    use rustls::client::ResolvesClientCert as _;
    use rustls::crypto::aws_lc_rs::default_provider;

    use super::*;

    fn certificate_of(identity: &Identity) -> CertificateDer<'static> {
        identity.certified().resolve(&[], &[]).unwrap().cert[0].clone()
    }

    #[test]
    fn a_seed_makes_the_key_that_rfc_8032_says_and_no_secret_is_shown() {
        // RFC 8032 section 7.1, test 1.
        let seed = b"\x9d\x61\xb1\x9d\xef\xfd\x5a\x60\xba\x84\x4a\xf4\x92\xec\x2c\xc4\
            \x44\x49\xc5\x69\x7b\x32\x69\x19\x70\x3b\xac\x03\x1c\xae\x7f\x60";
        let public = b"\xd7\x5a\x98\x01\x82\xb1\x0a\xb7\xd5\x4b\xfe\xd3\xc9\x64\x07\x3a\
            \x0e\xe1\x72\xf3\xda\xa6\x23\x25\xaf\x02\x1a\x68\xf7\x07\x51\x1a";
        let identity = Identity::from_seed(seed).unwrap();
        assert_eq!(identity.public(), public);
        let shown = format!("{identity:?}");
        assert!(shown.contains("215, 90, 152") && !shown.contains("157, 97, 177"), "{shown}");
    }

    #[test]
    fn a_certificate_is_signed_by_its_own_key() {
        let made = Identity::from_seed(&[7; 32]).unwrap();
        let again = Identity::from_seed(&[7; 32]).unwrap();
        assert_eq!(certificate_of(&made), certificate_of(&again));
        // Three bytes open the certificate; what is signed follows, with three bytes of its own.
        let certificate = certificate_of(&made);
        let certificate = certificate.as_ref();
        let (signed, signature) = (&certificate[3..3 + 136], certificate.last_chunk::<64>());
        assert_eq!(&certificate[3 + 136..certificate.len() - 64 - 3], ED25519);
        let algorithms = default_provider().signature_verification_algorithms;
        let known =
            algorithms.mapping.iter().find(|(scheme, _)| *scheme == SignatureScheme::ED25519);
        let algorithm = known.unwrap().1[0];
        algorithm.verify_signature(made.public(), signed, signature.unwrap()).unwrap();
        assert!(algorithm.verify_signature(made.public(), ED25519, signature.unwrap()).is_err());
    }
}
