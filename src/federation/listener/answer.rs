//! What is sent back. The head is written here: the library leaves connections open, and lets
//! line breaks into headers.

use std::io::Write;
use std::mem::{self, ManuallyDrop};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tiny_http::{Method, Request};

use crate::federation::pages::{self, Ending};
use crate::texts::Language;
use crate::texts::pages::PageError;

/// So many bytes of a body are read and thrown away. The library allocates what a body claims to
/// be, so a greater claim is left alone, unanswered.
const MOST_BODY: usize = 64 * 1024;

/// So many answers may be on their way to strays.
const MOST_STRAYS: usize = 64;

/// Instead of a page that can't be rendered.
const NO_PAGE: &str = "This page can't be shown. The terminal says how the sign-in ended.";

/// An answer, written in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Answer {
    /// The page of an ending.
    pub(super) fn page(ending: &Ending, language: &Language) -> Self {
        Self::rendered(ending.status(), pages::render(ending, language))
    }

    fn rendered(status: u16, page: Result<String, PageError>) -> Self {
        match page {
            Ok(body) => Self {
                status,
                content_type: "text/html; charset=utf-8",
                body,
            },
            Err(_) => Self::plain(status, NO_PAGE),
        }
    }

    /// A line for whoever is no browser on its way back.
    pub(super) fn plain(status: u16, line: &str) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            body: format!("{line}\n"),
        }
    }

    /// The bytes on the wire: nothing in the head is from outside.
    fn bytes(&self, with_body: bool) -> Vec<u8> {
        let allow = if self.status == 405 { "Allow: GET\r\n" } else { "" };
        let mut bytes = format!(
            "HTTP/1.1 {} {}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             {allow}\
             Connection: close\r\n\
             Cache-Control: no-store\r\n\
             Content-Security-Policy: {}\r\n\
             Referrer-Policy: no-referrer\r\n\
             X-Content-Type-Options: nosniff\r\n\
             \r\n",
            self.status,
            reason(self.status),
            self.content_type,
            self.body.len(),
            pages::security_policy(),
        )
        .into_bytes();
        if with_body {
            bytes.extend_from_slice(self.body.as_bytes());
        }
        bytes
    }
}

/// An answer on its way.
pub(super) struct Sent(Receiver<()>);

impl Sent {
    /// Nothing is sent.
    fn never() -> Self {
        Self(mpsc::channel().1)
    }

    /// Waits until the system has it, or the time is up: then false.
    pub(super) fn wait(&self, most: Duration) -> bool {
        self.0.recv_timeout(most) != Err(RecvTimeoutError::Timeout)
    }
}

/// The answers to whoever isn't the browser that is waited for.
#[derive(Debug, Default)]
pub(super) struct Strays {
    /// As many clones as there are answers on their way.
    on_their_way: Arc<()>,
}

impl Strays {
    /// Sends an answer, unless too many clients read none.
    pub(super) fn answer(&self, request: Request, answer: Answer) -> Sent {
        if Arc::strong_count(&self.on_their_way) > MOST_STRAYS {
            mem::forget(request);
            return Sent::never();
        }
        let on_its_way = Arc::clone(&self.on_their_way);
        send_and(request, answer, move || drop(on_its_way))
    }
}

/// Sends an answer. Whether it arrives is the client's affair.
pub(super) fn send(request: Request, answer: Answer) -> Sent {
    send_and(request, answer, || ())
}

/// Sends an answer from a thread of its own: a client that reads nothing, or that sends less than
/// it claims, holds up nobody else.
fn send_and(request: Request, answer: Answer, then: impl FnOnce() + Send + 'static) -> Sent {
    let is_endless = request.body_length().is_some_and(|length| length > MOST_BODY);
    // Never dropped by this thread: the library would write and read until the client is done.
    let request = ManuallyDrop::new(request);
    if is_endless {
        return Sent::never();
    }
    let (done, sent) = mpsc::channel();
    let send = move || {
        let request = ManuallyDrop::into_inner(request);
        let bytes = answer.bytes(*request.method() != Method::Head);
        let mut writer = request.into_writer();
        let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
        drop(writer);
        then();
        let _ = done.send(());
    };
    let _ = thread::Builder::new()
        .name("callback answer".to_owned())
        .spawn(send);
    Sent(sent)
}

/// The phrase that goes with a status (RFC 9110 §15).
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        414 => "URI Too Long",
        502 => "Bad Gateway",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::pages::Pages;

    #[test]
    fn a_page_that_cannot_be_rendered_is_a_line_of_text_with_the_same_status() {
        let page = Pages::built_in().render("nowhere.html", &pages::language("de"), &());
        let answer = Answer::rendered(403, page);
        assert_eq!(
            (answer.status, answer.content_type),
            (403, "text/plain; charset=utf-8")
        );
        assert_eq!(answer.body, format!("{NO_PAGE}\n"));
    }
}
