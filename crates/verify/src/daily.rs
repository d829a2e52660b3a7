//! Daily heads: that the two sides of a record have signed its head with ML-DSA-44 too, and which
//! witnesses have cosigned it, and when. A head without such signatures is none; one of them that
//! does not hold is a problem.

use std::io::{Read, Seek};

use envelope::card::AgencyId;
use i18n::text_with;
use model::time::Timestamp;
use tlog::key::Key;
use tlog::note::{Note, Scheme};

use crate::agencies::{Agencies, Agency, Standing};
use crate::layout::reader_name;
use crate::reading::Reading;
use crate::records::signed;

/// A record's head and what it is called in words.
pub(crate) struct Daily<'a> {
    pub(crate) note: &'a Note,
    pub(crate) size: u64,
    pub(crate) record: &'a str,
}

impl Daily<'_> {
    /// Says which agencies have signed the head with ML-DSA-44 too: both sides of the record, and
    /// witnesses; `false`: a problem is told.
    pub(crate) fn tell<R: Read + Seek>(
        &self,
        reading: &mut Reading<R>,
        agencies: &Agencies,
        (writer, reader): (AgencyId, AgencyId),
    ) -> bool {
        let both = [writer, reader];
        let others = agencies.keys().copied().filter(|id| !both.contains(id));
        let all: Vec<AgencyId> = both.into_iter().chain(others).collect();
        let mut is_right = true;
        for id in all {
            let Some(agency) = agencies.get(&id) else { continue };
            let key = match both.contains(&id) {
                true => "verify-claim-daily",
                false => "verify-claim-witness",
            };
            is_right &= self.tell_one(reading, (id, agency), key);
        }
        is_right
    }

    fn tell_one<R: Read + Seek>(
        &self,
        reading: &mut Reading<R>,
        (id, agency): (AgencyId, &Agency),
        claim: &str,
    ) -> bool {
        let language = reading.language;
        let what = text_with(language, "verify-what-daily", &[("what", self.record.into())]);
        match cosigned(self.note, id, agency) {
            Ok(None) => true,
            Ok(Some((at, standing))) => {
                if !signed(reading, standing, &what, agency) {
                    return false;
                }
                let at = i18n::moment(language, at);
                let sentence = text_with(
                    language,
                    claim,
                    &[
                        ("agency", (&agency.label).into()),
                        ("record", self.record.into()),
                        ("at", (&at).into()),
                        ("size", (&self.size.to_string()).into()),
                    ],
                );
                reading.claim(sentence);
                true
            }
            Err(Wrong) => {
                let values = [("what", (&what).into()), ("agency", (&agency.label).into())];
                reading.problem(text_with(language, "verify-daily-wrong", &values));
                false
            }
        }
    }
}

/// A line of a key of the agency does not hold.
struct Wrong;

/// When an agency cosigned, and what that is worth: of several cosignatures the first one that
/// counts, and else the first one.
fn cosigned(
    note: &Note,
    id: AgencyId,
    agency: &Agency,
) -> Result<Option<(Timestamp, Standing)>, Wrong> {
    let name = reader_name(id);
    let (mut valid, mut first) = (None, None);
    for public in agency.ml_dsa_keys() {
        let key_id = Scheme::MlDsa44Cosignature.key_id(&name, public);
        if note.signature(&name, key_id).is_none() {
            continue;
        }
        let cosigned = Key::ml_dsa44(&name, public).and_then(|key| key.cosigned(note));
        let seconds = cosigned.ok().and_then(|(_, at)| i64::try_from(at).ok());
        let at = seconds.and_then(|at| Timestamp::from_seconds(at).ok()).ok_or(Wrong)?;
        let standing = agency.ml_dsa_standing(public, at);
        first = first.or(Some((at, standing)));
        if standing == Standing::Valid {
            valid = valid.or(Some((at, standing)));
        }
    }
    Ok(valid.or(first))
}
