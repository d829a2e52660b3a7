//! Keys under the key of a token: SoftHSM2 itself, a folder of tokens for each test.
//!
//! SoftHSM2 reads where its tokens are from the environment, once a process. Each test is therefore
//! run again in a process of its own, with its own `SOFTHSM2_CONF`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::Attribute;
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::{AuthPin, Ulong};
use model::time::Timestamp;
use node::port::Keys as _;
use store::error::StoreError;
use store::keys::{self, KeyRing};
use store::protection::{Form, Named, Protection};

const CONFIGURATION: &str = "SOFTHSM2_CONF";
/// Where distributions put the module.
const MODULES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// A folder with homes in it, the token "agency" with the PIN 1234, and the token "other".
struct Desk {
    folder: PathBuf,
}

/// Runs the test of this name in a process of its own.
fn desk(test: &str, act: fn(&Desk)) {
    if let Some(configuration) = std::env::var_os(CONFIGURATION) {
        return act(&Desk { folder: Path::new(&configuration).parent().unwrap().to_owned() });
    }
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    fs::create_dir_all(folder.path().join("tokens")).unwrap();
    let tokens = folder.path().join("tokens");
    fs::write(&configuration, format!("directories.tokendir = {}\n", tokens.display())).unwrap();
    for label in ["agency", "other"] {
        softhsm(&configuration, &format!("--init-token --free --label {label} --so-pin 5678"));
    }
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", test, "--nocapture"]).env(CONFIGURATION, &configuration);
    let output = again.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{output:?}");
}

/// SoftHSM2's own command; the PIN of every token is 1234.
fn softhsm(configuration: &Path, arguments: &str) {
    let mut command = Command::new("softhsm2-util");
    command.args(arguments.split(' ')).args(["--pin", "1234"]).env(CONFIGURATION, configuration);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments}: {output:?}");
}

impl Desk {
    fn softhsm(&self, arguments: &str) {
        softhsm(&self.folder.join("softhsm2.conf"), arguments);
    }

    /// Does something in the token "agency" beside the node.
    fn inside<T>(&self, act: impl FnOnce(&Session) -> T) -> T {
        let module = Pkcs11::new(module()).unwrap();
        module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
        let is_agency = |slot: &Slot| module.get_token_info(*slot).unwrap().label() == "agency";
        let slot = module.get_slots_with_token().unwrap().into_iter().find(is_agency).unwrap();
        let session = module.open_rw_session(slot).unwrap();
        session.login(UserType::User, Some(&AuthPin::new("1234".into()))).unwrap();
        let done = act(&session);
        drop(session);
        module.finalize().unwrap();
        done
    }

    fn home(&self, name: &str) -> PathBuf {
        let home = self.folder.join(name);
        fs::create_dir_all(home.join("keys")).unwrap();
        home
    }

    fn named(&self, token: &str, pin: &str) -> Named {
        let pin_file = self.folder.join("pin");
        fs::write(&pin_file, format!("{pin}\n")).unwrap();
        Named {
            module: Some(module()),
            token: Some(token.to_owned()),
            pin_file: Some(pin_file),
            ..Named::default()
        }
    }

    fn token(&self, token: &str, pin: &str) -> Protection {
        self.named(token, pin).read().unwrap()
    }
}

fn module() -> PathBuf {
    MODULES.iter().map(PathBuf::from).find(|path| path.exists()).unwrap()
}

fn day(day: i64) -> Timestamp {
    Timestamp::from_microseconds(1_790_000_000_000_000 + day * 86_400_000_000).unwrap()
}

fn make(home: &Path, protection: &Protection) -> KeyRing {
    KeyRing::create(home, protection, day(0)).unwrap()
}

/// The code and the value of the error, or what opened.
fn opened(home: &Path, protection: &Protection) -> String {
    told(KeyRing::open(home, protection))
}

fn told<T>(result: Result<T, StoreError>) -> String {
    match result {
        Ok(_) => "opened".to_owned(),
        Err(error) => format!("{} {}", error.code(), error.value()),
    }
}

fn key_file(home: &Path) -> PathBuf {
    home.join("keys").join("node.key")
}

#[test]
fn keys_are_made_opened_and_renewed() {
    desk("keys_are_made_opened_and_renewed", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        let made = make(&home, &token);
        assert_eq!(keys::form(&home).unwrap(), Form::Token);
        let text = fs::read_to_string(key_file(&home)).unwrap();
        let lines: Vec<&str> = text.lines().take(2).collect();
        let named = "pkcs11-aes256gcm-xchacha20poly1305 pkcs11:token=agency;object=lienket";
        assert_eq!(lines, ["lienket-keys-3", named]);
        let again = KeyRing::open(&home, &token).unwrap();
        assert_eq!(again.public(), made.public());
        assert_eq!(again.sign_card(b"card"), made.sign_card(b"card"));
        again.renew(&home, &token, day(10), false).unwrap();
        assert_eq!(keys::form(&home).unwrap(), Form::Token);
        let renewed = KeyRing::open(&home, &token).unwrap();
        assert_eq!(renewed.public(), again.public());
        assert_ne!(renewed.public(), made.public());
        let second = make(&desk.home("second"), &token);
        assert_ne!(second.public().root, made.public().root, "one token's key serves two nodes");
    });
}

#[test]
fn a_file_in_other_form_keeps_it_when_keys_are_renewed() {
    desk("a_file_in_other_form_keeps_it_when_keys_are_renewed", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        let plain = make(&home, &Protection::Plain);
        plain.renew(&home, &token, day(10), false).unwrap();
        assert_eq!(keys::form(&home).unwrap(), Form::Plain);
        let home = desk.home("wrapped");
        let wrapped = make(&home, &token);
        let before = fs::read(key_file(&home)).unwrap();
        let refused = told(wrapped.renew(&home, &Protection::Plain, day(10), false));
        assert_eq!(refused, "token_missing pkcs11:token=agency;object=lienket");
        assert_eq!(fs::read(key_file(&home)).unwrap(), before);
    });
}

#[test]
fn several_may_open_keys_at_once() {
    desk("several_may_open_keys_at_once", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        let made = make(&home, &token);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..8 {
                        let opened = KeyRing::open(&home, &token).unwrap();
                        assert_eq!(opened.public(), made.public());
                    }
                });
            }
        });
    });
}

#[test]
fn a_wrong_pin_is_offered_once() {
    desk("a_wrong_pin_is_offered_once", |desk| {
        let home = desk.home("home");
        let (right, wrong) = (desk.token("agency", "1234"), desk.token("agency", "4321"));
        make(&home, &right);
        assert_eq!(opened(&home, &wrong), "token_pin_wrong agency");
        // Were the token asked again, it would take what has become its PIN meanwhile.
        let [from, to] = ["1234", "4321"].map(|pin| AuthPin::new(pin.into()));
        desk.inside(|session| session.set_pin(&from, &to).unwrap());
        assert_eq!(opened(&home, &wrong), "token_pin_wrong agency");
        assert_eq!(opened(&home, &right), "token_pin_wrong agency");
        assert_eq!(opened(&home, &wrong), "opened", "another one was refused since");
    });
}

#[test]
fn without_its_token_nothing_opens() {
    desk("without_its_token_nothing_opens", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        let ring = make(&home, &token);
        let address = "pkcs11:token=agency;object=lienket";
        assert_eq!(opened(&home, &Protection::Plain), format!("token_missing {address}"));
        let other = desk.token("other", "1234");
        assert_eq!(opened(&home, &other), format!("token_other {address}"));
        let mut key = desk.named("agency", "1234");
        key.key = Some("second".to_owned());
        assert_eq!(opened(&home, &key.read().unwrap()), format!("token_other {address}"));
        let missing = desk.token("nowhere", "1234");
        assert_eq!(told(missing.prepare()), "token_not_found pkcs11:token=nowhere;object=lienket");
        let mut module = desk.named("agency", "1234");
        module.module = Some(desk.folder.join("pin"));
        assert!(opened(&home, &module.read().unwrap()).starts_with("token_module "));
        desk.inside(|session| {
            for object in session.find_objects(&[]).unwrap() {
                session.destroy_object(object).unwrap();
            }
        });
        assert_eq!(opened(&home, &token), format!("token_not_found {address}"));
        let renewed = told(ring.renew(&home, &token, day(10), false));
        assert_eq!(renewed, format!("token_not_found {address}"), "no new key takes its place");
    });
}

#[test]
fn another_machines_token_of_the_same_name_opens_nothing() {
    desk("another_machines_token_of_the_same_name_opens_nothing", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        make(&home, &token);
        desk.softhsm("--delete-token --token agency");
        desk.softhsm("--init-token --free --label agency --so-pin 5678");
        let address = "pkcs11:token=agency;object=lienket";
        assert_eq!(opened(&home, &token), format!("token_not_found {address}"), "no key in it yet");
        token.prepare().unwrap();
        assert_eq!(opened(&home, &token), format!("token_other {address}"));
        let kept = KeyRing::open_or_create(&home, &token, day(1));
        assert_eq!(told(kept), format!("token_other {address}"), "whole keys are never put aside");
        desk.softhsm("--init-token --free --label agency --so-pin 5678");
        assert_eq!(opened(&home, &token), format!("token_ambiguous {address}"));
    });
}

#[test]
fn a_changed_file_opens_nothing() {
    desk("a_changed_file_opens_nothing", |desk| {
        let (home, token) = (desk.home("home"), desk.token("agency", "1234"));
        make(&home, &token);
        let text = fs::read_to_string(key_file(&home)).unwrap();
        let check = |changed: String, expected: &str| {
            fs::write(key_file(&home), &changed).unwrap();
            let found = opened(&home, &token);
            assert_eq!(found.split(' ').next().unwrap(), expected, "{changed}");
        };
        let (head, body) = text.trim_end().rsplit_once('\n').unwrap();
        let flipped = |at: usize| {
            let mut body = body.as_bytes().to_vec();
            body[at] = if body[at] == b'0' { b'1' } else { b'0' };
            format!("{head}\n{}\n", String::from_utf8(body).unwrap())
        };
        let wrapped = 2 * (12 + 32 + 16);
        check(flipped(0), "token_other");
        check(flipped(wrapped - 1), "token_other");
        check(flipped(wrapped), "key_damaged");
        check(flipped(body.len() - 1), "key_damaged");
        check(format!("{head}\n{}\n", &body[..wrapped]), "key_damaged");
        check(format!("{head}\n{}\n", &body[..wrapped - 2]), "key_damaged");
        check(format!("{head}\n"), "key_damaged");
        check(text.replace("agency", "%zz"), "key_damaged");
        check(text.replace("agency", "other"), "token_other");
        check(text.replace(" pkcs11:", "pkcs11:"), "key_damaged");
        check(text.clone(), "opened");
    });
}

#[test]
fn a_key_that_could_leave_its_token_is_refused() {
    desk("a_key_that_could_leave_its_token_is_refused", |desk| {
        let make_key = |label: &str, length: u8, is_extractable: bool| {
            let template = [
                Attribute::Label(label.into()),
                Attribute::ValueLen(Ulong::new(length.into())),
                Attribute::Token(true),
                Attribute::Sensitive(true),
                Attribute::Extractable(is_extractable),
                Attribute::Encrypt(true),
                Attribute::Decrypt(true),
            ];
            desk.inside(|session| session.generate_key(&Mechanism::AesKeyGen, &template).unwrap());
        };
        let check = |label: &str, expected: &str| {
            let mut named = desk.named("agency", "1234");
            named.key = Some(label.to_owned());
            let home = desk.home(label);
            let made = told(KeyRing::create(&home, &named.read().unwrap(), day(0)));
            assert_eq!(made.split(' ').next().unwrap(), expected, "{label}");
            assert_eq!(key_file(&home).exists(), expected == "opened");
        };
        make_key("ceremony", 32, false);
        make_key("leaves", 32, true);
        make_key("short", 16, false);
        check("ceremony", "opened");
        check("leaves", "token_key_unfit");
        check("short", "token_key_unfit");
        make_key("twice", 32, false);
        make_key("twice", 32, false);
        check("twice", "token_ambiguous");
    });
}
