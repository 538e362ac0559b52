//! What is certain of a message that is on its way, and what is not.

use super::*;

/// A server that answers as [`obliging`] does until it has a whole message; then `end` has the
/// connection.
fn ends_with(end: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let reader = BufReader::new(stream.try_clone().unwrap());
        stream.write_all(obliging("").as_bytes()).unwrap();
        let mut in_data = false;
        for line in reader.lines().map_while(Result::ok) {
            if in_data && line == "." {
                return end(stream);
            }
            if !in_data {
                stream.write_all(obliging(&line).as_bytes()).unwrap();
            }
            in_data = in_data || line == "DATA";
        }
    });
    port
}

#[test]
fn after_the_final_dot_only_an_answer_is_certain() {
    let hasty = |port| {
        let mut settings = settings("127.0.0.1", port);
        settings.timeout = Duration::from_secs(1);
        settings.answer_timeout = Duration::from_millis(300);
        send(&smtp(settings), "ada@example.com").unwrap_err()
    };
    let closed = hasty(ends_with(drop));
    assert_eq!(closed.fate, Fate::Uncertain);
    assert!(closed.detail.contains("closed the connection"), "{closed}");

    let (stop, stopped) = mpsc::channel::<()>();
    let silent = hasty(ends_with(move |_stream| stopped.recv().unwrap_or(())));
    assert_eq!(silent.fate, Fate::Uncertain);
    assert!(silent.detail.contains("no answer within 0.3 seconds"), "{silent}");
    drop(stop);

    let (stop, stopped) = mpsc::channel::<()>();
    let dribbling = hasty(ends_with(move |mut stream| {
        while stopped.recv_timeout(Duration::from_millis(50)).is_err() && stream.write_all(b"2").is_ok() {}
    }));
    assert_eq!(dribbling.fate, Fate::Uncertain);
    drop(stop);

    let strange = hasty(ends_with(|mut stream| stream.write_all(b"hello\r\n").unwrap()));
    assert_eq!(strange.fate, Fate::Uncertain);
    let other = hasty(ends_with(|mut stream| {
        stream.write_all(b"354 go on\r\n").unwrap();
    }));
    assert_eq!(other.fate, Fate::Uncertain);
    let refused = hasty(ends_with(|mut stream| {
        stream.write_all(b"421 later\r\n").unwrap();
    }));
    assert_eq!(refused.fate, Fate::NotSent);
}

#[test]
fn before_the_final_dot_nothing_was_sent() {
    let (port, _heard) = server(|line| match line {
        "DATA" => String::new(),
        _ => obliging(line),
    });
    let mut settings = settings("127.0.0.1", port);
    settings.timeout = Duration::from_millis(300);
    let error = send(&smtp(settings), "ada@example.com").unwrap_err();
    assert_eq!((error.step, error.fate), (MailStep::Accept, Fate::NotSent));
}
