//! A node whose key lies under a token (SoftHSM2), as its users meet it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::World;

const INIT: [&str; 7] = ["init", "--agency", "A05", "--country", "VN", "--kind", "police"];
/// Where distributions put the module.
const MODULES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// A world with the token "agency", whose PIN is 1234, and files with this PIN and a wrong one.
fn world() -> World {
    let world = World::empty();
    std::fs::create_dir(world.path("tokens")).unwrap();
    let tokens = format!("directories.tokendir = {}\n", world.path("tokens").display());
    let configuration = world.write("softhsm2.conf", tokens.as_bytes());
    let mut make = Command::new("softhsm2-util");
    make.args("--init-token --free --label agency --so-pin 5678 --pin 1234".split(' '));
    let output = make.env("SOFTHSM2_CONF", configuration).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    world.write("right", b"1234\n");
    world.write("wrong", b"4321\n");
    world
}

/// The program with the token, its PIN in this file.
fn program(world: &World, pin: &str) -> Command {
    let mut program = world.program();
    let module = MODULES.iter().find(|path| Path::new(path).exists()).unwrap();
    program.env("SOFTHSM2_CONF", world.path("softhsm2.conf")).arg("--json");
    program.env("LIENKET_PKCS11_MODULE", module).env("LIENKET_PKCS11_TOKEN", "agency");
    program.env("LIENKET_PKCS11_PIN_FILE", pin);
    program
}

fn answer(program: &mut Command, arguments: &[&str]) -> Value {
    let output = program.args(arguments).output().unwrap();
    for secret in ["1234", "4321"] {
        assert!(!String::from_utf8_lossy(&output.stderr).contains(secret), "a PIN is never told");
    }
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What `doctor` says of the key.
fn key(health: &Value) -> (bool, bool, String) {
    let mut checks = health["checks"].as_array().unwrap().iter();
    let check = checks.find(|check| check["name"] == "key").unwrap();
    let detail = check["detail"].as_str().unwrap().to_owned();
    assert!(!detail.contains('⟦'), "{detail}");
    (check["ok"].as_bool().unwrap(), check["warning"].as_bool().unwrap(), detail)
}

#[test]
fn a_node_lives_with_its_token() {
    let world = world();
    let run = |pin: &str, arguments: &[&str]| answer(&mut program(&world, pin), arguments);
    assert_eq!(run("right", &INIT)["agency"], "A05");
    let text = || std::fs::read_to_string(world.path("node/keys/node.key")).unwrap();
    let address = " pkcs11:token=agency;object=lienket";
    let made = text();
    assert!(made.lines().nth(1).unwrap().ends_with(address), "{made}");
    let (ok, warning, detail) = key(&run("right", &["doctor"]));
    assert!(ok && !warning && detail.contains("token"), "{detail}");
    let (ok, warning, detail) = key(&world.json(&["doctor"]));
    assert!(ok && warning && detail.contains(address.trim()), "{detail}");
    assert_eq!(world.json(&["partner", "card", "-o", "a.card"])["error"]["code"], "token_missing");
    let rotated = run("right", &["partner", "rotate"]);
    assert_eq!(rotated["error"], Value::Null, "{rotated}");
    assert_ne!(text(), made);
    assert!(text().lines().nth(1).unwrap().ends_with(address));
    let (ok, _, detail) = key(&run("wrong", &["doctor"]));
    assert!(!ok && detail.contains("PIN"), "{detail}");
    assert!(key(&run("right", &["doctor"])).0, "one wrong PIN locks nothing");
}

#[test]
fn an_init_that_its_token_refuses_leaves_no_home() {
    let world = world();
    let check = |variable: &str, value: Option<&str>, code: &str| {
        let mut program = program(&world, "right");
        match value {
            Some(value) => program.env(variable, value),
            None => program.env_remove(variable),
        };
        assert_eq!(answer(&mut program, &INIT)["error"]["code"], code);
        assert!(!world.path("node").exists(), "{code}");
    };
    check("LIENKET_PKCS11_PIN_FILE", Some("wrong"), "token_pin_wrong");
    check("LIENKET_PKCS11_PIN_FILE", None, "token_incomplete");
    check("LIENKET_PKCS11_TOKEN", Some("other"), "token_not_found");
    check("LIENKET_PKCS11_MODULE", Some("right"), "token_module");
    check("LIENKET_PASSPHRASE_FILE", Some("right"), "protection_twice");
}

#[test]
fn a_backup_opens_with_the_token_alone() {
    let world = world();
    let run = |arguments: &[&str]| answer(&mut program(&world, "right"), arguments);
    run(&INIT);
    run(&["backup", "node.lkbackup"]);
    let restored = run(&["--home", "copy", "restore", "node.lkbackup"]);
    assert_eq!(restored["error"], Value::Null, "{restored}");
    let (ok, warning, detail) = key(&run(&["--home", "copy", "doctor"]));
    assert!(ok && !warning, "{detail}");
    let elsewhere = world.json(&["--home", "copy", "partner", "card", "-o", "a.card"]);
    assert_eq!(elsewhere["error"]["code"], "token_missing");
}
