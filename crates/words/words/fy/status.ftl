### Wannear’t jo ús berikke, en de feed mei steuringen.
site-status-title = Wannear kinne jo ús berikke?
site-status-lead = Hjir sjogge jo wat no iepen is en wat it efkes net docht. Dêrûnder steane de tiden fan de kommende dagen.
site-status-now = No
site-status-always = Dei en nacht iepen
site-status-book = Meitsje in ôfspraak
site-status-none = Der binne no gjin steuringen.
site-status-feed = Folgje ús steuringen fia RSS
site-status-days = De kommende sân dagen
site-status-day = Dei
site-status-closed = sletten
site-status-special = Bysûndere dagen
site-status-special-none = De kommende moannen binne der gjin dagen mei oare tiden.
site-feed-title = Steuringen by gemeente { $name }
site-feed-about = Wat it by ús efkes net docht, en wat oplost is.
site-feed-solved = Oplost: { $ways }.
