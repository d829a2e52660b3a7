//! Help for tests that run the program: a home of its own, and the program in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes when the test ends, with a node in it.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// An empty folder.
    pub(crate) fn empty() -> World {
        World { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with a node.
    pub(crate) fn with_node() -> World {
        let world = World::empty();
        let made = world.run(&["init", "--agency", "A05", "--country", "VN", "--kind", "police"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        world
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, ready to be given arguments.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lienket"));
        command.current_dir(self.folder.path()).env_clear();
        command.env("LIENKET_HOME", self.path("node")).env("LIENKET_LANG", "en");
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).output().unwrap()
    }

    /// Runs the program with `--json` and reads its answer.
    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.program().arg("--json").args(arguments).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{text}"))
    }
}

/// A file of the tests' data.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// A copy of the built-in law pack's files in a folder of a world.
pub(crate) fn pack_folder(world: &World, name: &str) -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../law/pack");
    let pack = world.path(name);
    std::fs::create_dir_all(pack.join("instruments")).unwrap();
    for folder in ["", "instruments"] {
        for entry in std::fs::read_dir(own.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, pack.join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    pack
}
