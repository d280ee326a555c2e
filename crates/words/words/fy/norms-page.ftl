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
norms-counter-first-free = Earste frije tiid, no
norms-counter-ahead = { $count ->
    [0] Foar alles is der hjoed noch in tiid frij.
    [one] Foar alles binnen 1 wurkdei.
   *[other] Foar alles binnen { $count } wurkdagen.
  }
norms-counter-none-free = Net foar alles is der no in frije tiid.
norms-counter-aim = { $count ->
    [one] Wy wolle dat it binnen 1 wurkdei kin.
   *[other] Wy wolle dat it binnen { $count } wurkdagen kin.
  }
norms-counter-on-time = Op ’e tiid oan bar, { $month }
norms-counter-share = { $share } wie oan bar binnen { $minutes } minuten nei de ôfpraten tiid.
norms-how-link = Hoe’t wy krekt telle, en hoefolle beloften efter elk getal steane
counting-title = Sa telle wy
counting-lead = Op ús side mei noarmen stiet hoe faak wy ús beloften neikomme. Hjir lêze jo hoe’t dy getallen makke binne.
counting-back = Werom nei de noarmen
counting-which = Hokker beloften telle
counting-which-text = Elke kear dat jo ús wat freegje, ûntsteane der beloften. Bygelyks dat jo binnen 2 wurkdagen wat hearre. Elke belofte telt krekt ien kear. Ek in belofte dy’t wy ferjitte, telt mei.
counting-month-text = In belofte telt yn de moanne fan har lêste dei. Hat in noarm gjin lêste dei, dan telt de moanne dêr’t de belofte yn dien is.
counting-meaning = Wat de wurden betsjutte
counting-not-applicable = Ferfallen
counting-kept-text = Wy diene op ’e tiid wat wy beloofden.
counting-broken-text = Wy diene it te let, of noch hielendal net. Ek as it letter noch bart, bliuwt dit sa.
counting-open-text = De lêste dei is noch net foarby.
counting-not-applicable-text = By neier ynsjoch wie der neat belove. Bygelyks om’t it reklame wie, om’t ien deselde fraach twa kear stjoerde, of om’t ien de fraach ynluts.
counting-moved-text = Neame wy jo in datum en ferskowe wy dy letter? Dan is de earste datum net holden, ek net as wy it op ’e tiid sizze.
counting-numbers = Hoefolle beloften efter elk getal steane
counting-measured = { $count ->
    [one] 1 kear dien sûnder lêste dei.
   *[other] { $count } kear dien sûnder lêste dei.
  }
counting-dates = Datums dy’t wy neamden: { $kept } fan { $all } holden.
counting-check = Dit is nei te rekkenjen
counting-check-text = Alles wat der mei in fraach bart, lizze wy fêst yn in keten. Gjinien kin dêr ûngemurken wat yn feroarje. In kontroleur telt mei dizze opdracht alles opnij út dy keten, en sjocht elk ferskil mei dizze side:
