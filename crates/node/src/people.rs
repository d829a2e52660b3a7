//! Making a node, and the people who act at it.

use model::agency::AgencyKind;
use model::country::Country;

use crate::answer::{Made, UserAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::node::Node;

/// An agency's name has at most this many characters.
const MAX_NAME_CHARACTERS: usize = 200;

/// Names under which the program itself writes events.
const OWN_NAMES: [&str; 2] = ["node", "init"];

/// What `init` needs to know.
pub struct NewNode {
    /// The agency's name.
    pub agency: String,
    /// Its country.
    pub country: Country,
    /// Its kind.
    pub kind: AgencyKind,
    /// The node's public key, hexadecimal; the key itself stays on floor 5.
    pub public_key: String,
    /// Twelve words for it.
    pub fingerprint: String,
    /// The home directory as people named it.
    pub home: String,
    /// The default case's title, in the chosen language.
    pub case_title: String,
}

/// An agency's name, as it may be recorded.
pub fn agency_name(name: &str) -> Result<String, NodeError> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARACTERS;
    if fits { Ok(name.to_owned()) } else { Err(NodeError::BadTitle) }
}

impl Node {
    /// Makes the node: one officer, two supervisors, one default case.
    pub fn init(&mut self, new: NewNode) -> Result<Made, NodeError> {
        if self.state.identity.is_some() {
            return Err(NodeError::NodeExists);
        }
        let agency = agency_name(&new.agency)?;
        let year = self.year();
        let user = |name: &str, role| Event::UserAdded { name: name.to_owned(), role };
        let events = [
            Event::NodeMade {
                agency: agency.clone(),
                country: new.country,
                kind: new.kind,
                public_key: new.public_key,
                fingerprint: new.fingerprint.clone(),
            },
            user("first", UserRole::Officer),
            user("second", UserRole::Supervisor),
            user("third", UserRole::Supervisor),
            Event::CaseOpened {
                case: format!("{}-C-{year}-0001", new.country),
                title: new.case_title,
            },
        ];
        self.record("init", &events)?;
        Ok(Made {
            home: new.home,
            agency,
            country: new.country,
            fingerprint: new.fingerprint,
            users: self.everybody(),
        })
    }

    /// Lets somebody act at this node.
    pub fn add_user(
        &mut self,
        by: &str,
        name: &str,
        role: UserRole,
    ) -> Result<UserAnswer, NodeError> {
        self.allow(by, Duty::Administer)?;
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let is_ours = OWN_NAMES.contains(&name.to_lowercase().as_str());
        if name.is_empty() || is_ours || name.chars().count() > 40 || !name.chars().all(fits) {
            return Err(NodeError::BadUserName(name.to_owned()));
        }
        // Requests are given to officers and desks by name.
        if self.state.users.contains_key(name) || self.state.requests.has_desk(name) {
            return Err(NodeError::UserExists(name.to_owned()));
        }
        self.record(by, &[Event::UserAdded { name: name.to_owned(), role }])?;
        Ok(UserAnswer { name: name.to_owned(), role })
    }

    /// Everybody who may act at this node, by name.
    pub fn users(&self, by: &str) -> Result<Vec<UserAnswer>, NodeError> {
        self.allow(by, Duty::Oversee)?;
        Ok(self.everybody())
    }

    fn everybody(&self) -> Vec<UserAnswer> {
        let users = self.state.users.iter();
        users.map(|(name, role)| UserAnswer { name: name.clone(), role: *role }).collect()
    }

    /// The year of this moment, for references.
    pub(crate) fn year(&self) -> String {
        self.ports.clock.now().to_string().chars().take(4).collect()
    }
}
