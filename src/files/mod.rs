//! Files: who can write or read one, and how a private one is made whole under its name.

mod certificate_fault;
mod draft;
#[cfg(feature = "cli")]
mod readers;
mod trust;

pub use certificate_fault::CertificateFault;
pub(crate) use draft::{Draft, PutError};
#[cfg(feature = "cli")]
pub(crate) use readers::{Readers, readers};
pub use trust::{CertificatesError, Danger};
pub(crate) use trust::{FileTrust, read_certificates};
