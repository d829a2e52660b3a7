//! The same by others: the crate `voprf`, and Python packages.

use std::process::Command;

use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::key::Key;
use psi::suite::Mode;
use rand_core_06::OsRng;
use voprf::{BlindedElement, EvaluationElement, Ristretto255, VoprfClient, VoprfServer};

use crate::features::cpu_seconds;
use crate::say;

/// Batches that are measured.
const TIMES: usize = 4;

/// A proven query of one batch, through bytes as it would travel, by the crate `voprf` and by us,
/// in turn.
pub(super) fn voprf(ids: usize) -> Result<(), String> {
    let ids: Vec<String> = (0..ids).map(|number| format!("phone:+849{number:08}")).collect();
    let (mut ours, mut theirs) = (0.0, 0.0);
    for _ in 0..TIMES {
        let start = cpu_seconds()?;
        let outputs = by_us(&ids)?;
        let middle = cpu_seconds()?;
        let others = by_voprf(&ids)?;
        ours += middle - start;
        theirs += cpu_seconds()? - middle;
        if outputs != others {
            return Err("outputs differ".to_owned());
        }
    }
    let each = |seconds: f64| seconds * 1e6 / (TIMES * ids.len()) as f64;
    say(&format!(
        "proven query of {} ids, us an id of both parties: ours {:.1}, voprf 0.5 {:.1}, ratio {:.2}",
        ids.len(),
        each(ours),
        each(theirs),
        theirs / ours,
    ));
    Ok(())
}

fn by_us(ids: &[String]) -> Result<Vec<[u8; 64]>, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let key = Key::derive(Mode::Voprf, &[1; 32], b"bench").map_err(|error| text(&error))?;
    let asking = Asking::blind(Mode::Voprf, ids, ids.len(), (&Seed([2; 32]), 0), 1);
    let asking = asking.map_err(|error| text(&error))?;
    let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
    let asked = Element::parse_all(&sent, 1).map_err(|error| text(&error))?;
    let answer = key.answer(&asked, &[3; 64], 1).map_err(|error| text(&error))?;
    let outputs = asking.finish(ids, key.public(), &answer, 1).map_err(|error| text(&error))?;
    Ok(outputs.iter().map(|output| *output.danger_bytes()).collect())
}

fn by_voprf(ids: &[String]) -> Result<Vec<[u8; 64]>, String> {
    let text = |error: voprf::Error| format!("voprf: {error:?}");
    let server = VoprfServer::<Ristretto255>::new_from_seed(&[1; 32], b"bench").map_err(text)?;
    let (mut clients, mut sent) = (Vec::new(), Vec::new());
    for id in ids {
        let blinded =
            VoprfClient::<Ristretto255>::blind(id.as_bytes(), &mut OsRng).map_err(text)?;
        clients.push(blinded.state);
        sent.push(blinded.message.serialize());
    }
    let asked = sent.iter().map(|bytes| BlindedElement::deserialize(bytes));
    let asked: Vec<_> = asked.collect::<Result<_, _>>().map_err(text)?;
    let answer = server.batch_blind_evaluate(&mut OsRng, &asked).map_err(text)?;
    let raised: Vec<_> = answer.messages.iter().map(EvaluationElement::serialize).collect();
    let raised = raised.iter().map(|bytes| EvaluationElement::deserialize(bytes));
    let raised: Vec<_> = raised.collect::<Result<_, _>>().map_err(text)?;
    let inputs: Vec<&[u8]> = ids.iter().map(String::as_bytes).collect();
    let public = server.get_public_key();
    let outputs = VoprfClient::batch_finalize(&inputs, &clients, &raised, &answer.proof, public);
    let outputs = outputs.map_err(text)?.map(|output| output.map(Into::into).map_err(text));
    outputs.collect()
}

/// The Python packages, over lists made alike.
pub(super) fn peers(ids: usize) -> Result<(), String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/psi.py");
    let ids = ids.to_string();
    let spu = ["spu", "--proto", "ECDH", "--curve"];
    let rivals =
        [vec!["openmined"], [&spu[..], &["25519"]].concat(), [&spu[..], &["ELL2"]].concat()];
    for rival in rivals {
        let status = Command::new("python3").arg(script).args(rival).args(["--n", &ids]).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(format!("{script}: {status}")),
            Err(error) => return Err(format!("python3: {error}")),
        }
    }
    Ok(())
}
