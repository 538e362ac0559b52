use super::*;

fn fate(asked: Asked, line: &str) -> Fate {
    let (code, words) = line.split_once(' ').unwrap();
    let code = code.parse().unwrap();
    ServerAnswer { code, words }.fate(asked)
}

#[test]
fn an_enhanced_code_fits_the_code() {
    let enhanced = |code, words| ServerAnswer { code, words }.enhanced().map(str::to_owned);
    assert_eq!(enhanced(535, "5.7.139 off"), Some("5.7.139".to_owned()));
    for words in ["4.7.1 x", "5.7", "5.7.1.2 x", "5.x.1", "", "5.7.1000 x", "5..1"] {
        assert_eq!(enhanced(550, words), None, "{words}");
    }
}

#[test]
fn only_a_refusal_of_the_recipient_or_the_message_is_final() {
    for line in [
        "550 5.1.1 no such user here",
        "550 no such user",
        "551 user not local",
        "552 5.2.2 mailbox full",
        "550 5.4.1 Recipient address rejected: Access denied",
        "553 5.1.3 bad address syntax",
    ] {
        assert_eq!(fate(Asked::Recipient, line), Fate::Refused, "{line}");
    }
    for line in [
        "450 4.1.1 no such user yet",
        "451 4.7.1 greylisted",
        "530 5.7.0 Authentication required",
        "554 5.7.1 <x>: Relay access denied",
        "550 relay not permitted",
        "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname",
        "553 5.7.1 Sender address rejected: not owned by user",
        "550 5.1.8 <x>: Sender address rejected: Domain not found",
        "550 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org",
        "550 blocked",
        "503 bad sequence",
    ] {
        assert_eq!(fate(Asked::Recipient, line), Fate::NotSent, "{line}");
    }
    assert_eq!(
        fate(Asked::Message, "550 5.7.1 message looks like spam"),
        Fate::Refused
    );
    assert_eq!(fate(Asked::Message, "552 5.3.4 too large"), Fate::Refused);
    for line in [
        "550 5.7.26 unauthenticated mail",
        "530 5.7.0 sign in",
        "451 4.3.0 later",
    ] {
        assert_eq!(fate(Asked::Message, line), Fate::NotSent, "{line}");
    }
    for asked in [
        Asked::Connection,
        Asked::Encryption,
        Asked::SignIn,
        Asked::Sender,
        Asked::Data,
    ] {
        assert_eq!(fate(asked, "550 5.1.1 no"), Fate::NotSent, "{asked:?}");
    }
}
