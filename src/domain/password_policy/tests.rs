//! What is refused and what is taken; and the two experiments.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::PasswordRefusal::{
    CommonWords, ControlCharacter, Dates, Hash, KeyboardWalk, OwnWords, ProductName, Repeats, Run, TooLong,
    TooShort,
};
use super::*;

const NOBODY: PasswordOwner<'_> = PasswordOwner {
    email: "",
    first_name: "",
    last_name: "",
};
const ADA: PasswordOwner<'_> = PasswordOwner {
    email: "ada.byron@analytical.example",
    first_name: "Ada",
    last_name: "Lovelace",
};

fn check(password: &str) -> Result<(), PasswordRefusal> {
    PasswordPolicy::default().check(password, ADA)
}

#[test]
fn length_is_counted_in_code_points_of_the_composed_form() {
    let policy = PasswordPolicy::new(15, 64).unwrap();
    let decomposed = "ma\u{301} z\u{301}va\u{301} ke\u{301}k";
    assert_eq!(policy.check(decomposed, NOBODY), Err(TooShort { min: 15 }));
    assert_eq!(policy.check(&"é".repeat(14), NOBODY), Err(TooShort { min: 15 }));
    assert_eq!(policy.check("žluťoučký kůň úpěl", NOBODY), Ok(()));
    assert_eq!(policy.check(&"xq7".repeat(22), NOBODY), Err(TooLong { max: 64 }));
}

#[test]
fn each_rule_has_its_refusal() {
    for (password, refusal) in [
        ("aaaaaaaaaaaaaaa", Repeats),
        ("abcabcabcabcabc", Repeats),
        ("ééééééééééééééé", Repeats),
        ("kxv7kxv7kxv7kxv7", Repeats),
        (
            "\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}\u{200B}",
            Repeats,
        ),
        ("123456789012345", Run),
        ("abcdefghijklmnop", Run),
        ("ponmlkjihgfedcba", Run),
        ("абвгдежзийклмно", Run),
        ("1qaz2wsx3edc4rfv", KeyboardWalk),
        ("1q@z2w$x-1q@z2w$x", KeyboardWalk),
        ("1q2w3e4r5t6y7u8i", KeyboardWalk),
        ("a1s2d3f4g5h6j7k8", KeyboardWalk),
        ("qwertyuiop[]asdfghjkl", KeyboardWalk),
        ("azertyuiopqsdfghjklm", KeyboardWalk),
        ("12051987-31.12.2024", Dates),
        ("1987198819901991", Dates),
        ("passwordpassword", CommonWords),
        ("letmeinletmein1", CommonWords),
        ("iloveyoumonkey1", CommonWords),
        ("welcome2024welcome!", CommonWords),
        ("Password123456!", CommonWords),
        ("sunshineprincess", CommonWords),
        ("adminadminadmin1", Repeats),
        ("Summer2024!Summer", CommonWords),
        ("P@ssw0rdP@ssw0rd", CommonWords),
        ("p-a-s-s-w-o-r-d-1", CommonWords),
        ("ppaasssswwoorrdd", CommonWords),
        ("drowssapnogard12", CommonWords),
        ("ada.byron@analytical", OwnWords),
        ("L0velace Byron 1815", OwnWords),
        ("ecalevoL-ecalevol", OwnWords),
        ("back office 2024", ProductName),
        ("Spryker-Backoffice", ProductName),
        ("tab\tin a long passphrase", ControlCharacter),
    ] {
        assert_eq!(check(password), Err(refusal), "{password}");
    }
}

#[test]
fn every_refusal_has_a_sentence_and_a_word() {
    for refusal in [
        TooShort { min: 15 },
        TooLong { max: 256 },
        ControlCharacter,
        Repeats,
        Run,
        KeyboardWalk,
        Dates,
        CommonWords,
        OwnWords,
        ProductName,
        Hash,
        PasswordRefusal::Breached,
    ] {
        let sentence = refusal.to_string();
        assert!(sentence.starts_with("the password ") && !sentence.ends_with('.'));
        assert!(
            refusal
                .rule()
                .bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_lowercase())
        );
    }
}

#[test]
fn passphrases_of_any_script_are_taken() {
    for password in [
        "bill note Mr we97",
        "color increase example eight21",
        "tree fire part player42",
        "gun real trial serve20",
        "start behind old travel60",
        "gravel umpire lichen sonnet",
        "gravelumpirelichensonnet",
        "Жук под старой лестницей поёт",
        "窓辺の猫は月曜日に梨を三つ数えた",
        "ظرف فخار فوق غيمة زرقاء",
        "x7Kq-p2Vm_w9Zt+r4Ls",
    ] {
        assert_eq!(check(password), Ok(()), "{password}");
    }
}

#[test]
fn a_policy_has_lengths_from_8_to_4096_and_the_shorter_one_first() {
    let made = |min, max| {
        let policy = PasswordPolicy::new(min, max);
        policy.map(|policy| (policy.min_length(), policy.max_length()))
    };
    for lengths in [(8, 8), (8, 4096), (4096, 4096), (15, 256)] {
        assert_eq!(made(lengths.0, lengths.1), Ok(lengths));
    }
    for ((min, max), error) in [
        ((7, 256), "`min_length` must be a whole number from 8 to 4096"),
        ((4097, 4097), "`min_length` must be a whole number from 8 to 4096"),
        ((15, 4097), "`max_length` must be a whole number from 8 to 4096"),
        ((8, 7), "`max_length` must be a whole number from 8 to 4096"),
        ((9, 8), "`min_length` is above `max_length`"),
    ] {
        assert_eq!(made(min, max).unwrap_err().to_string(), error, "{min} {max}");
    }
    let usual = PasswordPolicy::default();
    assert_eq!(made(usual.min_length(), usual.max_length()), Ok((15, 256)));
}

#[test]
fn a_shorter_minimum_asks_for_less() {
    let policy = PasswordPolicy::new(8, 256).unwrap();
    assert_eq!(policy.check("kx7vqm2w", NOBODY), Ok(()));
    assert_eq!(policy.check("password1", NOBODY), Err(CommonWords));
    assert_eq!(policy.check("12345678", NOBODY), Err(Run));
}

#[test]
fn the_words_of_another_user_have_no_low_price() {
    let theirs = "Wojciechowska Brzeszczyk";
    let owner = PasswordOwner {
        last_name: "Wojciechowska-Brzeszczyk",
        ..NOBODY
    };
    assert_eq!(PasswordPolicy::default().check(theirs, NOBODY), Ok(()));
    assert_eq!(PasswordPolicy::default().check(theirs, owner), Err(OwnWords));
}

/// A seeded generator: the same numbers in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// An entry of a list of common passwords, as such lists hold them.
fn entry(random: &mut Seeded, words: &[&str]) -> String {
    const FAMOUS: [&str; 12] = [
        "123456",
        "123456789",
        "qwerty",
        "111111",
        "1q2w3e4r",
        "abc123",
        "qwerty123",
        "iloveyou",
        "1qaz2wsx",
        "987654321",
        "zxcvbnm",
        "159753",
    ];
    const TAILS: [&str; 10] = ["1", "12", "123", "7", "69", "2000", "1987", "01", "007", "99"];
    match random.below(6) {
        0 => random.of(&FAMOUS).to_owned(),
        1 | 2 => format!("{}{}", random.of(words), random.of(&TAILS)),
        _ => random.of(words).to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Two or three entries joined, repeated and decorated as people do it.
fn bad_password(random: &mut Seeded, words: &[&str]) -> String {
    let separator = random.of(&["", "", "", "-", "_", ".", " "]);
    let (one, two, three) = (entry(random, words), entry(random, words), entry(random, words));
    let mut password = match random.below(8) {
        0 => [one.as_str(), &one].join(separator),
        1 => [one.as_str(), &one, &one].join(separator),
        2 => [one.as_str(), &two, &three].join(separator),
        3 => [capitalised(&one), capitalised(&two)].join(separator),
        4 => [one.replace('a', "@").replace('o', "0").replace('s', "$"), two].join(separator),
        5 => [one.to_uppercase(), two].join(separator),
        6 => format!("{one}{}", one.chars().rev().collect::<String>()),
        _ => [one.as_str(), &two].join(separator),
    };
    match random.below(5) {
        0 => password.push('!'),
        1 => password.push_str("123"),
        2 => write!(password, "{}", 1960 + random.below(66)).unwrap(),
        3 => write!(password, "{}!", random.below(100)).unwrap(),
        _ => {}
    }
    password
}

#[test]
fn none_of_3000_made_from_common_passwords_is_taken() {
    let words: Vec<&str> = [
        include_str!("popular.txt"),
        include_str!("popular.txt"),
        include_str!("common.txt"),
        include_str!("names.txt"),
        include_str!("walks.txt"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .collect();
    let mut random = Seeded(2024);
    let mut taken = Vec::new();
    let mut tried = 0;
    while tried < 3000 {
        let password = bad_password(&mut random, &words);
        if password.chars().count() < 15 {
            continue;
        }
        tried += 1;
        if PasswordPolicy::default().check(&password, NOBODY).is_ok() {
            taken.push(password);
        }
    }
    assert_eq!(taken, Vec::<String>::new(), "{} of {tried}", taken.len());
}

#[test]
fn all_of_1000_passphrases_of_four_uncommon_words_are_taken() {
    let words: Vec<&str> = UNCOMMON.split_whitespace().collect();
    let mut random = Seeded(1815);
    for number in 0..1000 {
        let mut four: Vec<&str> = Vec::new();
        while four.len() < 4 {
            let word = random.of(&words);
            if !four.contains(&word) {
                four.push(word);
            }
        }
        let password = four.join(["", " ", "-"][number % 3]);
        assert_eq!(check(&password), Ok(()), "{password}");
    }
}

#[test]
fn random_strings_of_twenty_letters_and_digits_are_taken() {
    let mut random = Seeded(42);
    let alphabet: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
    for _ in 0..1000 {
        let password: String = (0..20).map(|_| alphabet[random.below(alphabet.len())]).collect();
        assert_eq!(check(&password), Ok(()), "{password}");
    }
}

#[test]
fn the_lists_are_sorted_and_hold_no_word_twice() {
    for list in [
        include_str!("popular.txt"),
        include_str!("common.txt"),
        include_str!("names.txt"),
        include_str!("english.txt"),
        include_str!("walks.txt"),
    ] {
        let words: Vec<&str> = list.lines().collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        assert!(words.iter().all(|word| word.chars().count() >= 2));
        assert!(words.iter().all(|word| text::fold(word) == *word));
    }
}

proptest! {
    #[test]
    fn no_text_panics(password in "\\PC{0,300}", email in "\\PC{0,40}", name in "\\PC{0,20}") {
        let owner = PasswordOwner { email: &email, first_name: &name, last_name: &name };
        let _ = PasswordPolicy::default().check(&password, owner);
        let _ = take_apart(&password, owner);
    }

    #[test]
    fn no_pattern_panics(password in "[a-c0-3@!é -]{0,120}", name in "[a-c]{0,5}") {
        let owner = PasswordOwner { email: "", first_name: &name, last_name: "" };
        let _ = take_apart(&password, owner);
    }
}

/// Words that stand in no list of common passwords, or hardly.
const UNCOMMON: &str = "
    abacus acorn adobe aerial alcove almanac ambush amulet anvil apron arbor armoire ashen atlas attic auburn awning axle
    badger baffle balsam banister banyan barley barnacle basalt basin bassoon beacon bellows beryl bevel birch bistro
    blizzard bobbin bodkin bonnet borax bracken bramble brazen brisket broth buckram bugle bunion burlap buttress cairn
    caliper calypso candor canopy canteen caraway cargo carob casket catkin cavern celery chalice chisel chowder cinder
    cistern citadel clavicle cleat clover cobble cockle comet conifer copious coral cornice cossack cranny crayon crevice
    crochet crouton cruet culvert cupola curator cutlass cymbal dapple dahlia decanter deltoid derrick dimple dinghy
    domino dowel drizzle dromedary drowsy dulcimer easel ebony eclair effigy eland elixir embark ember enamel epaulet
    ermine estuary ether fallow fathom fennel ferret fescue fiddle filbert finial flagon flannel fleece flotsam flounder
    fluted foible foliage forage foundry freckle fresco frigate fritter furrow gable galosh gannet garland garnish gasket
    gazebo gerbil gherkin gimlet girder glacier glaze gnarled goblet gondola gopher gourd granary gravel grotto grouse
    gruel gusset hammock hamper harrow hassock hatchet hazel heather heirloom hemlock herring hickory hinge hobble hollow
    hominy hovel hubcap hummus husk iceberg igloo impala ingot inkwell iris isthmus ivory jaunt jersey jetty jigsaw
    jostle jovial juniper kayak kelp kernel kettle kiln kindle kipper knapsack knoll lacquer ladle lagoon lantern lapel
    lariat lattice laurel lavish ledger lentil lichen limpet linen lintel lobster locket loom lozenge lumber lupine lyre
    macaw magnet mallard mallet mammoth mandolin mantis marble marrow meadow medley merino mildew millet minnow mitten
    molar mollusk mongoose morsel mosaic mulch muslin mustard nectar nettle niche nimble nougat nozzle nutmeg oaken
    oatmeal oblong obsidian ocelot octagon offal olive onyx orchard oregano osprey otter oxbow oyster paddock palette
    pamphlet papaya parasol parsnip pebble pecan pelican pendant pergola pewter pickle piccolo pigment pillar pinafore
    pivot plankton plaster plover plumage poncho poplar porridge poultice prawn pretzel primrose privet prune pulley
    pumice quagmire quail quarry quartz quiche quill quince quiver radish raffia rafter ramekin rampart rapier raven
    ravine reef relish rhubarb rickshaw ripple rivet rosin rucksack rudder ruffle rummage rustic saddle saffron sandal
    sapling sardine satchel sauna savory scaffold scallop scythe sediment seltzer sequin shale shawl sherbet shingle
    shoal shovel shrub sickle sieve silo siphon sketch skillet slalom sleet sliver sluice smelt snorkel sonnet sorrel
    spatula spindle spruce squid stencil stirrup stoat sturgeon sundial swivel syrup tadpole talon tandem tankard tapir
    tarmac tartan tassel teapot tendril thatch thicket thimble thistle throstle timber tinsel toboggan topaz torrent
    trellis trinket trowel truffle tundra turbine turnip turret twine udder umber umpire upholster urchin valance vellum
    velour veranda vermouth vesper viaduct vinegar viola walnut walrus warble wattle weasel wharf whisk wicker willow
    windmill winch wisteria wombat wrangle yeoman yoke zephyr zither";
