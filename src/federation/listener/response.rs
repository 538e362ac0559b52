//! A response to a browser. Its head is written here: the library leaves connections open, and lets
//! line breaks into headers.

use crate::federation::pages::{self, Ending};
use crate::texts::Language;
use crate::texts::pages::PageError;

/// Instead of a page that can't be rendered.
const NO_PAGE: &str = "This page can't be shown. The terminal says how the sign-in ended.";

/// A response, written in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Response {
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

    /// A line of text, for a client that is not the browser on its way back.
    pub(super) fn plain(status: u16, line: &str) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            body: format!("{line}\n"),
        }
    }

    /// The bytes on the wire: nothing in the head is from outside.
    pub(super) fn bytes(&self, with_body: bool) -> Vec<u8> {
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
        let response = Response::rendered(403, page);
        assert_eq!(
            (response.status, response.content_type),
            (403, "text/plain; charset=utf-8")
        );
        assert_eq!(response.body, format!("{NO_PAGE}\n"));
    }
}
