//! `mail queue flush`, killed at any moment: each mail arrives with a live link, or waits.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::collections::BTreeMap;
use std::fs::{self, FileTimes};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use backoffice::reset_token_in;
use common::Desk;
use rusqlite::Connection;

/// How often a server hears or says something while it takes one mail.
const MOMENTS: usize = 9;

/// A mail server that stops answering at a moment of choice, and keeps what it took.
#[derive(Clone, Default)]
struct Peer(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// How many moments are left until it stops.
    left: Option<usize>,
    taken: Vec<Taken>,
}

/// A message and its recipient.
#[derive(Clone)]
struct Taken {
    to: String,
    text: String,
}

impl Peer {
    /// Serves on a port of its own; tells on the channel when it stopped answering.
    fn start() -> (Self, u16, Receiver<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (stopped, stops) = mpsc::channel();
        let peer = Self::default();
        let served = peer.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A connection ends in any way once its other end is killed.
                let _ = served.serve(&stream.unwrap(), &stopped);
            }
        });
        (peer, port, stops)
    }

    fn stop_after(&self, moments: Option<usize>) {
        self.0.lock().unwrap().left = moments;
    }

    fn taken(&self) -> Vec<Taken> {
        self.0.lock().unwrap().taken.clone()
    }

    /// Goes on, or waits for the other end to go.
    fn moment(&self, stream: &TcpStream, stopped: &Sender<()>) -> std::io::Result<()> {
        let stops = {
            let mut state = self.0.lock().unwrap();
            let stops = state.left == Some(0);
            state.left = state.left.and_then(|left| left.checked_sub(1));
            stops
        };
        if stops {
            stopped.send(()).unwrap();
            std::io::copy(&mut &*stream, &mut std::io::sink())?;
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }

    fn serve(&self, stream: &TcpStream, stopped: &Sender<()>) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let mut to = String::new();
        self.moment(stream, stopped)?;
        (&*stream).write_all(b"220 hello\r\n")?;
        while let Some(line) = lines.next().transpose()? {
            self.moment(stream, stopped)?;
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "RCPT" => {
                    line["RCPT TO:<".len()..line.len() - 1].clone_into(&mut to);
                    "250 fine"
                }
                "DATA" => {
                    (&*stream).write_all(b"354 go on\r\n")?;
                    let mut text = String::new();
                    loop {
                        // Without the dot there is no message.
                        let line = lines.next().ok_or(std::io::ErrorKind::UnexpectedEof)??;
                        if line == "." {
                            break;
                        }
                        text.push_str(&line);
                        text.push('\n');
                    }
                    let to = to.clone();
                    self.0.lock().unwrap().taken.push(Taken { to, text });
                    self.moment(stream, stopped)?;
                    (&*stream).write_all(b"250 taken\r\n")?;
                    self.moment(stream, stopped)?;
                    continue;
                }
                "QUIT" => return (&*stream).write_all(b"221 bye\r\n"),
                _ => "250 fine",
            };
            (&*stream).write_all(format!("{answer}\r\n").as_bytes())?;
        }
        Ok(())
    }
}

/// A desk whose mail goes to `port`, with so many users who all asked for a link.
fn desk_with_requests(port: u16, users: usize) -> Desk {
    let desk = Desk::empty();
    desk.configure(&mail_to(port));
    desk.run(["init"]).succeeded();
    let emails: Vec<String> = (0..users).map(|n| format!("user{n}@example.com")).collect();
    let csv = format!("email\n{}\n", emails.join("\n"));
    desk.pipe(&csv, ["user", "import", "-", "--input-format", "csv"])
        .ended(0);
    for email in &emails {
        desk.run(["reset", "request", email]).succeeded();
    }
    desk
}

fn mail_to(port: u16) -> String {
    format!(
        "base_url = \"https://desk.example.com\"\n[reset]\nttl = \"24h\"\n[mail]\ntransport = \"smtp\"\n\
         host = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nfrom = \"no-reply@example.com\"\ntimeout = \"1m\"\n\
         [login]\nfailure_floor = \"1ms\"\n"
    )
}

fn store(desk: &Desk) -> Connection {
    Connection::open(desk.store()).unwrap()
}

/// The time of the killed process is over.
fn end_leases(desk: &Desk) {
    let ended = store(desk).execute("UPDATE mail_queue SET leased_until = 0", []);
    ended.unwrap();
}

/// Whether the link in a message is alive.
fn is_alive(store: &Connection, text: &str) -> bool {
    let hash = reset_token_in(&text.replace("=\n", "").replace("=3D", "="))
        .unwrap()
        .hash();
    let sql = "SELECT ended IS NULL FROM resets WHERE token_hash = ?1";
    store.query_row(sql, [&hash.0[..]], |row| row.get(0)).unwrap()
}

fn kill(rounds: usize) {
    let (peer, port, stops) = Peer::start();
    let desk = desk_with_requests(port, rounds + 1);
    for round in 0..rounds {
        // Now at a moment of the dialogue, now whenever it happens to be.
        let by_moment = round % 3 != 2;
        peer.stop_after(by_moment.then_some(round % MOMENTS));
        let mut flush = desk
            .command(["mail", "queue", "flush", "--quiet"])
            .spawn()
            .unwrap();
        let patience = if by_moment {
            Duration::from_mins(1)
        } else {
            Duration::from_micros(500) * u32::try_from(round).unwrap()
        };
        let stopped = stops.recv_timeout(patience);
        assert!(!by_moment || stopped.is_ok(), "round {round}");
        flush.kill().unwrap();
        flush.wait().unwrap();
        end_leases(&desk);
    }
    peer.stop_after(None);
    desk.run(["mail", "queue", "flush", "--quiet"]).ended(0);

    let (store, mut alive) = (store(&desk), BTreeMap::new());
    for Taken { to, text } in peer.taken() {
        *alive.entry(to).or_insert(0) += usize::from(is_alive(&store, &text));
    }
    assert_eq!(alive.len(), rounds + 1);
    assert!(alive.values().all(|links| *links == 1), "{alive:?}");
    let count = |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        count("SELECT count(*) FROM resets WHERE ended IS NULL"),
        i64::try_from(rounds).unwrap() + 1
    );
    assert_eq!(count("SELECT count(*) FROM mail_queue"), 0);
    let dropped = "SELECT count(*) FROM audit_events WHERE action = 'mail_dropped'";
    assert_eq!(count(dropped), 0);
}

#[test]
fn each_mail_arrives_with_a_live_link_whenever_a_run_was_killed() {
    kill(30);
}

#[test]
#[ignore = "a minute; run by hand"]
fn each_mail_arrives_with_a_live_link_after_two_hundred_kills() {
    kill(200);
}

#[test]
fn what_a_killed_run_left_in_a_folder_holds_a_dead_link_and_goes_after_a_day() {
    let (peer, port, stops) = Peer::start();
    let desk = desk_with_requests(port, 1);
    // The message is written, and the run that made its link is killed.
    peer.stop_after(Some(MOMENTS - 2));
    let mut flush = desk.command(["mail", "queue", "flush"]).spawn().unwrap();
    stops.recv_timeout(Duration::from_mins(1)).unwrap();
    flush.kill().unwrap();
    flush.wait().unwrap();
    end_leases(&desk);
    let left = peer.taken().remove(0).text;
    assert!(is_alive(&store(&desk), &left));
    let name = ".config/backoffice/outbox/.backoffice-abcdefghijkl.new";
    let draft = desk.file(name, &left);
    let made = fs::metadata(&draft).unwrap().modified().unwrap();

    desk.configure(common::letters::MAIL);
    let flush = || desk.run(["mail", "queue", "flush", "--quiet"]).ended(0);
    flush();
    assert!(!is_alive(&store(&desk), &left));
    assert!(draft.exists());

    let two_days_ago = FileTimes::new().set_modified(made - Duration::from_hours(48));
    fs::File::options()
        .append(true)
        .open(&draft)
        .unwrap()
        .set_times(two_days_ago)
        .unwrap();
    desk.run(["password", "set", "user0@example.com", "--generate-password"])
        .succeeded();
    desk.run(["user", "activate", "user0@example.com", "--notify"])
        .succeeded();
    flush();
    assert!(!draft.exists());
    let folder = desk.path().join(".config/backoffice/outbox");
    let files = fs::read_dir(folder).unwrap().count();
    assert_eq!(files, desk.letters().len());
}
