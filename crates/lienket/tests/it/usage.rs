//! `--json` prints one document whatever is asked, and wrong usage is said in the chosen language.

use serde_json::Value;

use crate::common::World;

/// Runs the program with `--json`: its exit status and its one document.
fn json(arguments: &[&str]) -> (i32, Value) {
    let world = World::empty();
    let output = world.program().arg("--json").args(arguments).output().unwrap();
    let document = serde_json::from_slice(&output.stdout);
    let document = document.unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    (output.status.code().unwrap(), document)
}

#[test]
fn texts_are_one_document() {
    for arguments in [
        ["--help", "--version"].as_slice(),
        &["--version"],
        &["help", "trace"],
        &["completions", "bash"],
    ] {
        let (status, document) = json(arguments);
        assert_eq!(status, 0, "{arguments:?}");
        let text = document["text"].as_str().unwrap();
        assert!(text.contains("lienket"), "{arguments:?}: {text}");
    }
    let (status, document) = json(&["manual", "-o", "pages"]);
    assert_eq!((status, document["path"].as_str()), (0, Some("pages")));
}

#[test]
fn wrong_usage_is_one_document() {
    for arguments in [
        [].as_slice(),
        &["case"],
        &["imprt"],
        &["import", "--foo"],
        &["trace"],
        &["--lang", "fr", "audit"],
        &["init", "--agency", "A", "--country", "VN", "--kind", "army"],
    ] {
        let (status, document) = json(arguments);
        let error = &document["error"];
        assert_eq!((status, error["code"].as_str()), (2, Some("usage")), "{arguments:?}");
        let message = error["message"].as_str().unwrap();
        assert!(!message.contains('⟦') && !message.contains("usage-other"), "{message}");
    }
}

/// What a wrong command prints on standard error.
fn check(arguments: &[&str], expected: &str) {
    let output = World::empty().run(arguments);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

#[test]
fn a_trace_without_seeds_names_both_ways_to_give_them() {
    check(
        &["trace"],
        "Error: Something is missing: <--complaints <all|ID>...|--transfer <ID|@FILE>...>.\n  \
         Usage: lienket trace [OPTIONS] <--complaints <all|ID>...|--transfer <ID|@FILE>...>\n  \
         See “lienket help”.\n",
    );
}

#[test]
fn wrong_usage_is_said_in_vietnamese() {
    check(
        &["--lang", "vi", "init", "--kind", "army"],
        "Lỗi: Giá trị “army” không hợp lệ đối với “--kind <KIND>”. \
         Các giá trị hợp lệ: police, central-authority, fiu, contact-point, organisation.\n  \
         Xem “lienket help”.\n",
    );
    check(
        &["--lang", "vi", "find"],
        "Lỗi: Còn thiếu: <VALUE>.\n  Cách dùng: lienket find [TÙY CHỌN] <VALUE>\n  \
         Xem “lienket help”.\n",
    );
}

#[test]
fn every_page_of_the_manual_lists_the_global_options_under_its_own_headings() {
    let world = World::empty();
    assert!(world.run(&["--lang", "vi", "manual", "-o", "pages"]).status.success());
    for page in std::fs::read_dir(world.path("pages")).unwrap() {
        let path = page.unwrap().path();
        let page = std::fs::read_to_string(&path).unwrap();
        let wanted = [".SH TÊN", ".SH CÚ PHÁP", ".SH TÙY CHỌN", "\\-\\-json", "\\-\\-home"];
        for word in wanted {
            assert!(page.contains(word), "{}: {word}\n{page}", path.display());
        }
        assert!(!page.contains(".SH NAME") && !page.contains("[default"), "{page}");
    }
}
