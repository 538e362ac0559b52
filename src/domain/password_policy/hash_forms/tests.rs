//! Each form of a hash is recognised, and no ordinary password is taken for one.

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::is_hash;
use crate::domain::clock::{NoRandomness, RandomSource};
use crate::domain::password_policy::{PasswordOwner, PasswordPolicy, PasswordRefusal, generate};

/// Made by the programs themselves, or taken from their documentation.
const HASHES: [&str; 62] = [
    // crypt(3), and what has its form.
    "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m",
    "$2a$11$cUEXEc6jhJ17tgSY3eslH.adbpRmTNhFPtKKCr/wDbiQ5uOP7a1nS",
    "$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K",
    "$2x$10$eFGqAeepa91a/5.qKlE33.eUV7Vuu7SG4IFI6zqZI7RZdlHSUTJb2",
    "$wp$2y$10$Chm7AeS6Xl3o0LwsisPX7eoozNVdOAZfmLOxAJnsvUaxri6b8I.7W",
    "$1$ZDoJmD2j$DlY2/zHufkmKZ5Ak095cW.",
    "$apr1$JSZeftTV$WGIAviHQksJGsMQXemXJo0",
    "$5$fwgkJdXAb.QSgfBs$EKWKtcsW/Nkt/JJPCHUJkET5kSIrpuJuSOpMzZTLFF9",
    "$5$rounds=5000$usesomesillystri$KqJWpanXZHKq2BOB43TSaYhEWsQ1Lr5QNyPCDH/Tp.6",
    "$6$E8bybIAYyBGTQSQ3$bDteuECHFeImxNCYKqyywaR7kX4x0urSKcHN6aJNU5fNjh6cnsI4tVHJDkJ.nGalX/j.pNj9/VwR0fEL4j7C81",
    "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
    "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
    "$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$8VBBSuc0dD4kTQ1ipFQIUTCzqbkvyJ9kQkYzVmZ2.S7",
    "$3$$8846f7eaee8fb117ad06bdd830b7586c",
    "$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq",
    "$md5,rounds=904$iPPKEBnEkp3JV8uX$0L6m7rOFTVFn.SGqo2M9W1",
    "$P$BpMz/1fu96yd8sc20uSH61fEGPkh0D.",
    "$H$66.WBMhntlpVs5VA0DwY0dgMBalaec1",
    "$S$DeIZ1KTE.VzRvudZ5.xgOakipuMFrVyPmRdWTjAdYieWj27NMglI",
    "U$S$9ldmhaXHwq/6TqZgRgUYQkqY0R9KhyoVa4tGwUn4YqeLdIZGdMyi",
    "$shiro1$SHA-256$500000$1QbOtWm9kWXMWgTZn5V2vQ==$6XYKsPTTjqh2bBbCLYqwJwqEw7M1hqLNxAbkAIYWg7I=",
    "$ml$23923$c3fa2e153466f7619286024fe7d812d0a8ae836295f84b9133ccc65456519fc3$ccb903ee691ade6d5dee9b3c6931ebed6ddbb1348f1b26c21add8ba0d45f27e6",
    // The PHC string format, and passlib.
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4",
    "$argon2i$v=19$m=65536,t=4,p=1$uncuBeA8B+C8d46R0nrP2Q$rOb3VohBqqBjxHo2oaptCsEXNk5RUOnjX8167fSSh2o",
    "$argon2id$v=19$m=19456",
    "$scrypt$ln=14,r=8,p=1$U+o9Z6wVYsxZi5HSOgegFA$M6757GiRn5zmXLH5fNlWphO000I3lGg+tES5lu4BKI0",
    "$pbkdf2-sha256$29000$O0fIWatVSkmJsZZybg2BsA$reHJMZQP7weg40ZyzeB2e0en8p1.6kwopEFKb9URQnM",
    "$pbkdf2$131000$8X6vNYYwRiil9D4n5JzTOg$5Zj6ChJ9YP6hTzA8tI4RzmSU2KY",
    "$bcrypt-sha256$v=2,t=2b,r=12$p898xDhvPxQA8xiXCl0GBu$0ZBIwOHYZwNfqShTpmPtilDD8DQjhDS",
    // Django and Werkzeug.
    "pbkdf2_sha256$60000$xMlwn0OLtmtjPuo9JaOHcR$lD+r9TMXXgWJjmO3yGJlwnAGfBln7CqYINSl7XvYAe0=",
    "pbkdf2_sha1$1000$saltsalt$zwLqqMEANaZEeMffpsHCinHrhHg=",
    "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHRzYWx0$KhW5KLACpfR1HRqSPdg8ODHC9nzhpv0EHEqfwm5GJX4",
    "bcrypt$$2b$10$oTQ5.1H41jagkxk/TK2v4eR733DDDHsfw1sAzxZrnFgqsDiXjJ.yy",
    "bcrypt_sha256$$2b$12$L0sMhrbk2zXYW5Tn5Vq3ZeB2k9fzXn1yqk7e2tqEgv0uQ7zZ7o0Ce",
    "scrypt$seasalt$16384$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==",
    "md5$abc$78649e2a1f10e8d5866bffd098396cc0",
    "sha1$$6138bc5cb3a6dd0b1a9e43a4ab0c8e9fd2b6a6c1",
    "pbkdf2:sha256:600000$abcdEFGH$b6fb05d46819cd0b6f16d990a96f6a7c0b5a4e3053a171046a295977b8c154fb",
    "scrypt:32768:8:1$abcdEFGHabcdEFGH$69cb44a5f115ed3cdf22450d653cfdee01455cb1c9da804d36e09383d1ddf20992bda02d1c39ef9f4417ec26d7781c7cfa849e40b25060428e233acaab1a3cb6",
    // LDAP, Dovecot, Spring.
    "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr",
    "{SSHA512}FKSfork60J7tj6w19XGHXZCsU8Kr83K6+6UkwfjanAe6ZH6VQlH1QzUFwr0wAZXdL9am4kMzazDsJIXhm3hJl7q31tr7P2cM",
    "{CRYPT}$2b$10$F2ww/LCU07nincNtviWcb.CkLQwNx36x3017gEsj5PlGl4iLavXca",
    "{ARGON2}$argon2id$v=19$m=8192,t=2,p=1$AsA4Z4yx1lqLEcJYC4Hwfg$jqwGk2HBwEwG54II2op89WHD+mmID+mhWmcql0jFQxw",
    "{MD5}X03MO1qnZdYdgyfeuILPmQ==",
    "{x-issha, 1024}HqwPA7J8eUPfQPTYQiZ8oQmIDnEy5q5VQbnXqw==",
    "{pbkdf2@SpringSecurity_v5_8}5d923b44a6d129f3ddf3e3c8d29412723dcbde72445e8ef6bf3b508fbf17fa4ed4d6b99ca763d8dc",
    "{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
    // Databases.
    "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
    "md5a3556571e93b0d20722ba62be61e8c2d",
    "SCRAM-SHA-256$4096:B2pbwlCJwZVVVXnHRHNWKg==$VVbM4jKl6Zr8iQq4Ex7NYv0X8OlXJDnqCE5VEjxCWpk=:Yn5pRm8Z9v2LMDbuyZVYjZJjXU2e5qK6gcH8lQQdX3Q=",
    "0x01004086CEB6BF932BC4151A1AF1F13CD17301D70816A8886908",
    "S:8F2D65FB5547B71C8DA3760F10960428CD307B1C6271691FC55C1F56554A;H:DC9894A01797D91D92ECA1DA66242209",
    // Nothing but digits, and a salt beside them.
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8",
    "d7f87d268c6968c511d81a812ddb780e3aec30c9b9b7af26253ae762e3dfb5cc",
    "5F-4D-CC-3B-5A-A7-65-D6-1D-83-27-DE-B8-82-CF-99",
    "14ab5c5b6d4f4d4f0cfd0bfa5a7d8a19:aSaltOf32CharactersIsWhatItTakes",
    "aad3b435b51404eeaad3b435b51404ee:8846f7eaee8fb117ad06bdd830b7586c",
    // ASP.NET, Keycloak, GRUB.
    "AQAAAAEAACcQAAAAENN0d2FqAd499VYy6Vxchksh8A4xZis0IdyIyZiBtCeeYSzUueHO4xZ56D7O/qKlzA==",
    r#"{"type":"password","secretData":"{\"value\":\"WbZp\",\"salt\":\"kVQ==\"}","credentialData":"{\"hashIterations\":27500}"}"#,
    "grub.pbkdf2.sha512.10000.4483972AD2C52E1F590B3E2260795FDA.CA0B07FF492ECD2D0B4B5FA4B2D6CB91E2",
    // A line of a password file.
    "ada:$apr1$JSZeftTV$WGIAviHQksJGsMQXemXJo0",
];

/// As people and password managers make them; many hold the marks that hashes have.
const PASSWORDS: [&str; 32] = [
    "umbrella tundra monocle quartz",
    "correct-horse-battery-staple",
    "correct$horse$battery$staple",
    "$correct$horse$batterystapleforever",
    "$ave$ome$money$for$the$journey",
    "{curly} braces are fine by me",
    "{shared-flat}with-seven-people",
    "sha.la.la.la.la.la.la.la.la",
    "sha-la-la.something-in-the-air",
    "md5:is:broken:since:many:years",
    "md5isbrokensincemanyyearsago",
    "crypt.of.the.vampires.at.night",
    "crypt$of$the$vampires$at$night",
    "SCRAM before somebody sees us",
    "0x0100 is two hundred fifty-six",
    "*twinkle twinkle little star*",
    "a:b:c:d:e:f:g:h:i:j:k:l:m:n",
    "AQAAAAEAACcQ is no whole hash",
    "31415926535897932384626433832795",
    "cafe babe dead beef feed face",
    "deadbeefcafebabefeedface",
    "Gm7x!Qp2$Lw9#Zt4&Vb6*Nc8",
    "$2 for the bus, $5 for the tea",
    "$1$ 2$ 3$ coins in the fountain",
    "xk7-q2m-vv9-p3z-8hd-w4n-6tr",
    "V2hhdCBhIG5pY2UgZGF5IHRoaXMgaXM=",
    "{\"a\": \"json lover's passphrase\"}",
    "Жук под старой лестницей поёт",
    "彼女は海辺で貝殻を売っています毎日",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "https://example.com/reset#token",
    "00:1A:2B:3C:4D:5E-00:1A:2B:3C:4D:5F",
];

#[test]
fn each_form_of_a_hash_is_recognised_and_refused() {
    let policy = PasswordPolicy::new(8, 4096).unwrap();
    for hash in HASHES {
        let around = [
            hash.to_owned(),
            format!(" {hash}\n"),
            format!("\"{hash}\""),
            format!("'{hash}'"),
            hash.replace('/', "\\/"),
        ];
        for text in around {
            assert!(is_hash(&text), "{text}");
        }
        let refused = policy.check(hash, PasswordOwner::default());
        assert_eq!(refused, Err(PasswordRefusal::Hash), "{hash}");
    }
}

/// What the libraries of other systems made: the file from which imports are tested too.
#[test]
fn each_hash_that_can_be_imported_is_recognised() {
    let lines = include_str!("../../../../tests/data/hashes.jsonl").lines();
    let mut count = 0;
    for line in lines {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let hash = row["hash"]
            .as_str()
            .map_or_else(|| row["hash"].to_string(), str::to_owned);
        assert!(is_hash(&hash), "{line}");
        assert!(!is_hash(row["password"].as_str().unwrap()), "{line}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn an_aspnet_hash_is_recognised_by_its_bytes() {
    use base64::Engine as _;
    let encoded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut version_2 = vec![0; 49];
    assert!(is_hash(&encoded(&version_2)));
    version_2.push(7);
    assert!(!is_hash(&encoded(&version_2)));
    let mut version_3 = vec![7; 61];
    version_3[..5].copy_from_slice(&[1, 0, 0, 0, 2]);
    assert!(is_hash(&encoded(&version_3)));
    version_3[4] = 3;
    assert!(!is_hash(&encoded(&version_3)));
}

#[test]
fn no_ordinary_password_is_taken_for_a_hash() {
    for password in PASSWORDS {
        assert!(!is_hash(password), "{password}");
    }
    assert!(!is_hash(""));
    assert!(!is_hash(&"$2y$10$".repeat(1000)));
}

/// The same bytes for the same seed.
struct Fixed(u64);

impl RandomSource for Fixed {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        let mut state = self.0;
        for byte in buffer {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = state.to_be_bytes()[0];
        }
        Ok(())
    }
}

/// Words as a passphrase has them, also in capital letters and with a number behind.
fn words() -> impl Strategy<Value = Vec<String>> {
    let list: Vec<&str> = include_str!("../english.txt").split_whitespace().collect();
    let word = (prop::sample::select(list), 0..3_u8, 0..100_u8).prop_map(|(word, how, number)| match how {
        0 => word.to_owned(),
        1 => word.to_uppercase(),
        _ => format!("{word}{number}"),
    });
    prop::collection::vec(word, 3..8)
}

proptest! {
    #[test]
    fn no_passphrase_is_taken_for_a_hash(words in words(), separator in "[ .$:_,;/|*{}-]", first in "[$*:{]?") {
        let passphrase = format!("{first}{}", words.join(&separator));
        prop_assert!(!is_hash(&passphrase), "{}", passphrase);
    }

    #[test]
    fn no_password_of_a_password_manager_is_taken_for_a_hash(
        password in prop_oneof!["[!-~]{15,64}", "[a-zA-Z0-9]{15,31}", "[a-z]{20,60}", "[0-9]{20,64}", "\\PC{15,64}"],
    ) {
        prop_assert!(!is_hash(&password), "{}", password);
    }

    #[test]
    fn no_password_of_ours_is_taken_for_a_hash(seed in any::<u64>()) {
        let password = generate(&Fixed(seed)).unwrap();
        prop_assert!(!is_hash(password.expose_secret()));
    }

    #[test]
    fn a_hash_of_any_salt_and_digest_is_recognised(
        salt in "[./A-Za-z0-9]{22}", digest in "[./A-Za-z0-9]{43}", hex in "[0-9a-f]{63}[a-f]", name in "[a-z0-9-]{2,12}",
    ) {
        for hash in [
            format!("$2y$12${salt}{}", &digest[..31]),
            format!("$argon2id$v=19$m=65536,t=3,p=4${salt}${digest}"),
            format!("$6${}${digest}{digest}", &salt[..16]),
            format!("$5${}${digest}", &salt[..16]),
            format!("$1${}${}", &salt[..8], &digest[..22]),
            format!("$y$j9T${salt}${digest}"),
            format!("$P$B{}{salt}", &digest[..8]),
            format!("$S$D{}{digest}", &salt[..8]),
            format!("${name}$1000${salt}$a1{digest}"),
            format!("pbkdf2_sha256$870000${salt}${digest}="),
            format!("pbkdf2:sha256:1000000${}${hex}", &salt[..16]),
            format!("{{SSHA256}}{digest}{salt}"),
            format!("SCRAM-SHA-256$4096:{salt}==${digest}=:{digest}="),
            hex.clone(),
            hex.to_uppercase(),
            format!("{hex}:{name}"),
            format!("*{}", hex[24..].to_uppercase()),
            format!("md5{}", &hex[32..]),
        ] {
            prop_assert!(is_hash(&hash), "{}", hash);
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>(), mark in "[$:{}*\\\\.\"0x]{0,6}") {
        let _ = is_hash(&format!("{mark}{text}"));
        let _ = is_hash(&format!("{text}{mark}{text}"));
    }
}
