//! TLS between nodes: 1.3 alone, X25519MLKEM768 alone, Ed25519 alone, both sides with a key.
//!
//! A certificate is only the envelope of a key. Nobody's signature on it counts and its times and
//! names are not read; the handshake proves that the other side has the key, and the card says
//! whose key it is.

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::aws_lc_rs::cipher_suite::{
    TLS13_AES_128_GCM_SHA256, TLS13_AES_256_GCM_SHA384, TLS13_CHACHA20_POLY1305_SHA256,
};
use rustls::crypto::aws_lc_rs::{default_provider, kx_group};
use rustls::crypto::{CryptoProvider, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::version::TLS13;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error,
    PeerIncompatible, ServerConfig, SignatureScheme,
};

use crate::identity::Identity;

/// What is spoken inside.
const ALPN: &[u8] = b"http/1.1";
/// What stands before the 32 bytes of an Ed25519 key in a certificate (RFC 8410).
const SPKI: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// The Ed25519 key in a certificate.
pub(crate) fn raw_key(certificate: &CertificateDer<'_>) -> Result<[u8; 32], Error> {
    let public = ParsedCertificate::try_from(certificate)?.subject_public_key_info();
    let raw = public.as_ref().strip_prefix(SPKI).and_then(|raw| raw.try_into().ok());
    raw.ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))
}

/// The key that the other side of a finished handshake has proved.
pub(crate) fn proved_key(certificates: Option<&[CertificateDer<'_>]>) -> Option<[u8; 32]> {
    certificates.and_then(<[_]>::first).and_then(|first| raw_key(first).ok())
}

/// How a server speaks: with anybody who proves a key. Whose key that is, is asked afterwards, so
/// that a stranger is told why he is refused.
pub(crate) fn server(identity: &Identity) -> Result<ServerConfig, Error> {
    let provider = Arc::new(provider());
    let anybody = Arc::new(Anybody(provider.clone()));
    let builder =
        ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13])?;
    let mut config =
        builder.with_client_cert_verifier(anybody).with_cert_resolver(identity.certified());
    config.alpn_protocols = vec![ALPN.to_vec()];
    // Without tickets every connection proves the key anew.
    config.send_tls13_tickets = 0;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    Ok(config)
}

/// How one speaks who dials: with the holder of one of these keys and nobody else.
pub(crate) fn client(identity: &Identity, pinned: &[[u8; 32]]) -> Result<ClientConfig, Error> {
    let provider = Arc::new(provider());
    let pinned = Arc::new(Pinned { provider: provider.clone(), keys: pinned.to_owned() });
    let builder =
        ClientConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13])?;
    let builder = builder.dangerous().with_custom_certificate_verifier(pinned);
    let mut config = builder.with_client_cert_resolver(identity.certified());
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.resumption = Resumption::disabled();
    // The name is no proof of anything, and who listens need not read it.
    config.enable_sni = false;
    Ok(config)
}

/// Whether a handshake failed because the other side has none of the pinned keys. Nothing else in
/// here says so.
pub(crate) fn is_wrong_key(error: &Error) -> bool {
    *error == Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)
}

fn provider() -> CryptoProvider {
    let cipher_suites =
        vec![TLS13_AES_256_GCM_SHA384, TLS13_AES_128_GCM_SHA256, TLS13_CHACHA20_POLY1305_SHA256];
    let kx_groups = vec![kx_group::X25519MLKEM768];
    CryptoProvider { cipher_suites, kx_groups, ..default_provider() }
}

/// Takes whoever proves an Ed25519 key.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ClientCertVerifier for Anybody {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        raw_key(end_entity).map(|_| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(older())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        proof(&self.0, message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

/// Takes who proves one of these keys.
#[derive(Debug)]
struct Pinned {
    provider: Arc<CryptoProvider>,
    keys: Vec<[u8; 32]>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if raw_key(end_entity).is_ok_and(|key| self.keys.contains(&key)) {
            return Ok(ServerCertVerified::assertion());
        }
        Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(older())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        proof(&self.provider, message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

/// Whether the holder of the certificate's key signed this handshake.
fn proof(
    provider: &CryptoProvider,
    message: &[u8],
    certificate: &CertificateDer<'_>,
    signed: &DigitallySignedStruct,
) -> Result<HandshakeSignatureValid, Error> {
    if signed.scheme != SignatureScheme::ED25519 {
        return Err(PeerIncompatible::NoSignatureSchemesInCommon.into());
    }
    let algorithms = &provider.signature_verification_algorithms;
    verify_tls13_signature(message, certificate, signed, algorithms)
}

fn older() -> Error {
    PeerIncompatible::Tls12NotOfferedOrEnabled.into()
}
