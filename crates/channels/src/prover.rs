//! The look-ups by which a mail is proven: SPF, DKIM and DMARC over DNS. They come before anything
//! is stored, never take longer than a limit, and never decide whether a mail is taken.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use mail_auth::dmarc::{Policy, verify::DmarcParameters};
use mail_auth::hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts,
};
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, MessageAuthenticator, SpfResult,
};

use crate::mail::{Check, Proof};

/// The longest that all look-ups for one mail take together; then it is taken in unproven.
pub const PROOF_WAIT_MAX: Duration = Duration::from_secs(5);
/// The longest that one question to a name server takes.
const QUESTION_WAIT_MAX: Duration = Duration::from_secs(2);
/// Bytes of a mail whose signatures are checked; a larger one is taken in unproven.
const PROVEN_BYTES_MAX: usize = 20 * 1024 * 1024;

/// Proves where mail comes from.
#[derive(Clone)]
pub struct Prover {
    authenticator: MessageAuthenticator,
    host: String,
    wait: Duration,
}

/// What can be wrong with the name servers that are asked.
#[derive(Debug, thiserror::Error)]
#[error("no name servers to ask: {0}")]
pub struct NoNameServers(String);

impl Prover {
    /// Asks this name server, or the ones of this machine. `host` is our own name, for macros of
    /// SPF.
    ///
    /// # Errors
    /// When the machine names no name servers.
    pub fn new(resolver: Option<SocketAddr>, host: &str) -> Result<Prover, NoNameServers> {
        let built = match resolver {
            None => MessageAuthenticator::new_system_conf(),
            Some(address) => {
                let mut options = ResolverOpts::default();
                options.timeout = QUESTION_WAIT_MAX;
                options.attempts = 1;
                MessageAuthenticator::new(asking(address), options)
            }
        };
        let authenticator = built.map_err(|error| NoNameServers(error.to_string()))?;
        Ok(Prover { authenticator, host: host.to_owned(), wait: PROOF_WAIT_MAX })
    }

    /// The same, waiting so long for all look-ups of one mail.
    #[must_use]
    pub fn waiting(self, wait: Duration) -> Prover {
        Prover { wait, ..self }
    }

    /// What a mail's own server, signatures and domain prove. Nothing is known when the name
    /// servers are slow or away: a mail never waits longer than the limit for them.
    pub async fn prove(&self, peer: IpAddr, helo: &str, sender: &str, raw: &[u8]) -> Proof {
        if raw.len() > PROVEN_BYTES_MAX {
            return Proof::default();
        }
        let looked = tokio::time::timeout(self.wait, self.look(peer, helo, sender, raw)).await;
        looked.unwrap_or_else(|_| {
            tracing::warn!("no name server answered in time; a mail is taken in unproven");
            Proof::default()
        })
    }

    async fn look(&self, peer: IpAddr, helo: &str, sender: &str, raw: &[u8]) -> Proof {
        let Some(message) = AuthenticatedMessage::parse(raw) else { return Proof::default() };
        let dkim = self.authenticator.verify_dkim(&message).await;
        let asked = SpfParameters::verify_mail_from(peer.to_canonical(), helo, &self.host, sender);
        let spf = self.authenticator.verify_spf(asked).await;
        let domain = sender.rsplit_once('@').map_or(helo, |(_, domain)| domain);
        let asked = DmarcParameters::new(&message, &dkim, domain, &spf);
        let dmarc = self.authenticator.verify_dmarc(asked).await;
        let watches = matches!(dmarc.policy(), Policy::None | Policy::Unspecified);
        Proof {
            spf: spf_check(spf.result()),
            dkim: dkim_check(&dkim),
            dmarc: match dmarc.result() {
                DmarcResult::Pass => Check::Pass,
                DmarcResult::Fail(_) if watches => Check::Neutral,
                DmarcResult::Fail(_) => Check::Fail,
                _ => Check::Unknown,
            },
        }
    }
}

fn asking(address: SocketAddr) -> ResolverConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
        connection.port = address.port();
        connection
    });
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    server.connections = connections.into();
    ResolverConfig::from_name_servers(vec![server])
}

fn spf_check(result: SpfResult) -> Check {
    match result {
        SpfResult::Pass => Check::Pass,
        SpfResult::Fail => Check::Fail,
        SpfResult::SoftFail | SpfResult::Neutral | SpfResult::PermError => Check::Neutral,
        SpfResult::TempError | SpfResult::None => Check::Unknown,
    }
}

/// Of several signatures one that holds is enough.
fn dkim_check(outputs: &[DkimOutput<'_>]) -> Check {
    let is = |wanted: fn(&DkimResult) -> bool| outputs.iter().any(|it| wanted(it.result()));
    if is(|result| matches!(result, DkimResult::Pass)) {
        Check::Pass
    } else if is(|result| matches!(result, DkimResult::Fail(_) | DkimResult::PermError(_))) {
        Check::Fail
    } else if is(|result| matches!(result, DkimResult::Neutral(_))) {
        Check::Neutral
    } else {
        Check::Unknown
    }
}
