//! `cargo xtask test`: all tests, after seeing to the system packages that they need.

use std::process::{Command, ExitCode};

/// A program that tests or the build call, and the Debian package that brings it.
const NEEDED: &[(&str, &str)] = &[
    ("cc", "gcc"),
    ("xmllint", "libxml2-utils"),
    ("python3", "python3"),
    ("softhsm2-util", "softhsm2"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("test") => test(arguments.get(1..).unwrap_or_default()),
        _ => {
            say("usage: cargo xtask test [arguments of cargo test]");
            ExitCode::from(2)
        }
    }
}

fn test(extra: &[String]) -> ExitCode {
    let missing: Vec<&str> = NEEDED
        .iter()
        .filter(|(program, _)| !is_there(program))
        .map(|(_, package)| *package)
        .collect();
    if !missing.is_empty() && !install(&missing) {
        say(&format!("The tests need: {}", missing.join(" ")));
        say(&format!("On Debian: sudo apt-get install {}", missing.join(" ")));
        return ExitCode::FAILURE;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["test", "--workspace", "--locked"]).args(extra).status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("cargo cannot be started: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Installs packages where we are root on a system with apt; says whether that worked.
fn install(packages: &[&str]) -> bool {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !is_root || !is_there("apt-get") {
        return false;
    }
    say(&format!("Installing {}", packages.join(" ")));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        command.status().is_ok_and(|status| status.success())
    };
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend_from_slice(packages);
    apt(&["update", "-qq"]) && apt(&install)
}

#[expect(clippy::print_stderr, reason = "this is a command for people")]
fn say(text: &str) {
    eprintln!("{text}");
}
