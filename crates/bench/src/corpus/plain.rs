//! One plain mail such as people write, each from someone else.

use std::sync::Arc;

use super::{Batch, Mail, way, wire};

/// Plain mails to one address, numbered on.
pub(crate) struct Plain {
    to: Arc<str>,
    made: u64,
}

impl Plain {
    pub(crate) fn new(to: &Arc<str>) -> Plain {
        Plain { to: Arc::clone(to), made: 0 }
    }

    /// The next mails.
    pub(crate) fn next(&mut self, mails: usize) -> Batch {
        let first = self.made + 1;
        self.made += mails as u64;
        (first..=self.made).map(|number| mail(number, &self.to)).collect()
    }
}

/// A few sentences, a signature, the headers of a provider.
fn mail(number: u64, to: &str) -> Mail {
    let sender = format!("jan.{number}@example.nl");
    let id = format!("{number}.bench@example.nl");
    let way = way(number);
    let text = format!(
        "{way}From: Jan Voorbeeld <{sender}>\n\
         To: Gemeente <{to}>\n\
         Subject: Lantaarnpaal kapot in de Voorbeeldstraat ({number})\n\
         Date: Mon, 5 Oct 2026 10:14:55 +0200\n\
         Message-ID: <{id}>\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\
         \n\
         Geachte mevrouw, meneer,\n\
         \n\
         De lantaarnpaal voor ons huis in de Voorbeeldstraat doet het al een week niet meer.\n\
         's Avonds is het daardoor erg donker op de stoep, en gisteren is er iemand gevallen\n\
         die de losliggende tegel naast de paal niet zag. Kunt u ernaar laten kijken, en mij\n\
         laten weten wanneer hij het weer doet? Het gaat om de paal met nummer 0{number}.\n\
         \n\
         Ik ben overdag bereikbaar op 0517 123 456.\n\
         \n\
         Met vriendelijke groet,\n\
         Jan Voorbeeld\n\
         Voorbeeldstraat 12, Harlingen\n"
    );
    Mail { wire: wire(&text), sender, id, is_acknowledged: true }
}
