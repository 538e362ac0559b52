//! HTTP/1.1 as far as a provider for tests needs it: one request a connection.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;
use url::form_urlencoded;

/// A request.
#[derive(Debug)]
pub struct Request {
    pub path: String,
    /// Names in small letters.
    pub headers: BTreeMap<String, String>,
    /// What stands in the query and in the body.
    pub fields: BTreeMap<String, String>,
}

impl Request {
    /// The next request of a connection, if one comes.
    pub fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut lines = std::iter::from_fn(|| {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
        });
        let first = lines.next()?;
        let target = first.split(' ').nth(1)?.to_owned();
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        });
        let headers: BTreeMap<_, _> = headers.collect();
        let length = headers
            .get("content-length")
            .and_then(|length| length.parse().ok());
        let mut body = Vec::new();
        reader.take(length.unwrap_or(0)).read_to_end(&mut body).ok()?;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let fields = [query.as_bytes(), &body]
            .into_iter()
            .flat_map(form_urlencoded::parse);
        let fields = fields
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Some(Self {
            path: path.to_owned(),
            fields,
            headers,
        })
    }

    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// All of it as one text, and then 900 kB more.
    pub fn echo(&self) -> String {
        let encoded = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish();
        let (credentials, fields) = (self.headers.get("authorization"), &self.fields);
        format!(
            "{credentials:?} {fields:?} {encoded} {}",
            "and so on ".repeat(90_000)
        )
    }
}

/// The end of an exchange. Whoever asked may have gone; that is their business.
pub struct Reply<'a> {
    pub stream: &'a TcpStream,
    /// What the `Date` header says.
    pub date: String,
}

impl Reply<'_> {
    pub fn json(&self, status: u16, body: &Value) {
        self.send(status, "Content-Type: application/json\r\n", &body.to_string());
    }

    pub fn token(&self, token: &str) {
        self.send(200, "Content-Type: application/jwt\r\n", token);
    }

    pub fn html(&self, status: u16) {
        let page = "<!doctype html><title>Proxy</title><h1>Please try again later</h1>";
        self.send(status, "Content-Type: text/html\r\n", page);
    }

    pub fn redirect(&self, to: &str) {
        self.send(302, &format!("Location: {to}\r\n"), "");
    }

    fn send(&self, status: u16, headers: &str, body: &str) {
        let (date, length) = (&self.date, body.len());
        let _ = write!(
            &mut &*self.stream,
            "HTTP/1.1 {status} so\r\nDate: {date}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        );
    }

    /// Says nothing until the other end has gone.
    pub fn silence(&self) {
        let _ = std::io::copy(&mut &*self.stream, &mut std::io::sink());
    }

    /// Says that JSON comes, and never comes to it.
    pub fn endless(&self) {
        let mut stream = self.stream;
        let mut sent = stream.write_all(b"HTTP/1.1 200 so\r\nContent-Type: application/json\r\n\r\n");
        while sent.is_ok() {
            sent = stream.write_all(&[b' '; 8192]);
        }
    }
}
