//! Files: who can write one, and how a private one is made whole under its name.

mod certificate_fault;
mod draft;
mod trust;

pub use certificate_fault::CertificateFault;
pub(crate) use draft::{Draft, PutError};
pub use trust::{CertificatesError, Danger};
pub(crate) use trust::{danger, danger_around, read_certificates};
