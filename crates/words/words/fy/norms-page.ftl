### The published norms and how well they were kept.
norms-title = Wat meie jo fan ús ferwachtsje?
norms-lead = Dit binne ús servicenoarmen. Dat binne regels foar hoe’t wy jo helpe. Neist elke noarm sjogge jo hoe faak’t wy dy neikamen.
norms-counted = Teld op { $at }.
norms-months = { $first } oant en mei { $last }
norms-dates = Taseine datum neikommen
norms-dates-kept = { $kept } fan { $all }
norms-handled = Ôfhannele, sûnder lêste datum
norms-kept-sentence =
    { $all ->
        [one] Yn { $month } diene wy ien belofte. Neikommen: { $kept }.
       *[other] Fan de { $all } beloften yn { $month } kamen wy der { $kept } nei.
    }
norms-on-this-page = Op dizze side
norms-group-website = Webside
norms-group-phone = Telefoan
norms-group-message = Kontaktformulier en e-mail
norms-group-social = Sosjale media
norms-group-counter = Baly
norms-group-post = Post
norms-group-report = Meldingen
norms-group-complaint = Klachten
norms-group-invoice = Faktueren
norms-group-improve = Hieltyd better
norms-table = Hoe faak’t wy dizze noarm neikamen
norms-period = Perioade
norms-kept = Neikommen
norms-broken = Net neikommen
norms-open = Rint noch
norms-kept-share = neikommen
norms-nothing-yet = Noch gjin mjittingen
norms-not-counted = Dizze noarm mjitte wy net yn oantallen.
norms-holds = Noarm fan { $from } ôf
norms-held = Noarm fan { $from } oant en mei { $until }
norms-same-sentence = De sin wie doe deselde.
norms-target = Doel: { $aim }
norms-target-reached = Berikt: { $reached } ({ $period }).
norms-target-met = Doel helle
norms-target-missed = Doel net helle
norms-target-unknown = Noch gjin mjittingen
norms-how = Sa telle wy
norms-how-kept = In belofte is neikommen as jo op ’e tiid antwurd krigen, of op ’e tiid hearden wannear’t it antwurd komt. Dy nije datum is wer in belofte. In ûntfangstbefêstiging telt net as antwurd.
norms-how-days = By wurkdagen telt de dei dat jo berjocht binnenkomt net mei. Sneonen, sneinen en feestdagen telle ek net mei. Persintaazjes rûnje wy nei ûnderen ôf.
norms-how-split = Soms feroarje ús noarmen. Dan jildt de noarm fan de dei dat jo berjocht binnenkaam. Berjochten fan foar de feroaring telle wy apart.
norms-how-tip = Kin it better?
norms-how-tip-link = Jou ús in tip
