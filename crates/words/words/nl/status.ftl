### Wanneer u ons bereikt, en de feed met storingen.
site-status-title = Wanneer bereikt u ons?
site-status-lead = Hier ziet u wat nu open is en wat het even niet doet. Daaronder staan de tijden van de komende dagen.
site-status-now = Nu
site-status-always = Dag en nacht open
site-status-book = Maak een afspraak
site-status-none = Er zijn nu geen storingen.
site-status-feed = Volg onze storingen via RSS
site-status-days = De komende zeven dagen
site-status-day = Dag
site-status-closed = gesloten
site-status-special = Bijzondere dagen
site-status-special-none = De komende maanden zijn er geen dagen met andere tijden.
site-feed-title = Storingen bij gemeente { $name }
site-feed-about = Wat het bij ons even niet doet, en wat is opgelost.
site-feed-solved = Opgelost: { $ways }.
