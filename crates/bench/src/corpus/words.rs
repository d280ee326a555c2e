//! What residents write about, in our own invented words.

/// A subject and what is said about it.
pub(super) const QUESTIONS: [(&str, &str); 8] = [
    (
        "Container niet geleegd",
        "Vanochtend is de groene container in onze straat overgeslagen. Hij stond op tijd aan de\n\
         weg, met het handvat naar de stoep. Bij de buren aan de overkant is wel geleegd. Komt er\n\
         nog een wagen langs, of moet ik wachten tot over twee weken?\n",
    ),
    (
        "Vraag over een dakkapel",
        "Wij willen aan de achterkant van ons huis een dakkapel laten plaatsen, zo'n drie meter\n\
         breed. De aannemer zegt dat het zonder vergunning mag, een kennis zegt van niet. Waar\n\
         kan ik nagaan hoe het zit? En maakt het uit dat het huis uit 1912 komt?\n",
    ),
    (
        "Parkeren bij de haven",
        "Op zaterdag is er bij de haven geen plek meer te vinden voor wie er woont. Mijn moeder\n\
         is slecht ter been en moet nu vanaf de rondweg lopen. Bestaat er zoiets als een plaats\n\
         op kenteken, en hoe vraag ik die voor haar aan?\n",
    ),
    (
        "Boom hangt over de weg",
        "Na de storm van vorige week hangt er een zware tak van de kastanje boven het fietspad.\n\
         Kinderen fietsen er elke ochtend onderdoor naar school. Ik heb er lint omheen gedaan,\n\
         maar dat is natuurlijk geen oplossing. Kan er snel iemand komen kijken?\n",
    ),
    (
        "Verhuizing doorgeven",
        "Per 1 december ga ik samenwonen in Midlum. Ik lees dat verhuizen via de site kan, maar\n\
         mijn vriend heeft geen DigiD. Mag ik het ook voor hem doen, of moet hij zelf langskomen?\n\
         En klopt het dat dat op zijn vroegst vier weken van tevoren kan?\n",
    ),
    (
        "Aanslag hondenbelasting",
        "Ik kreeg een aanslag voor twee honden, terwijl de oudste in mei is overleden. Dat heb ik\n\
         toen aan de balie gemeld. Wilt u nakijken of die melding is aangekomen, en mij een\n\
         nieuwe aanslag sturen? Het kenmerk staat hieronder.\n",
    ),
    (
        "Geluid van de werkzaamheden",
        "Sinds maandag wordt er om zes uur 's ochtends al gezaagd en geladen aan de kade. Ik werk\n\
         in de avonddienst en doe geen oog dicht. Tot wanneer duurt dit nog, en vanaf hoe laat\n\
         mag er eigenlijk worden gewerkt? Graag hoor ik bij wie ik terechtkan.\n",
    ),
    (
        "Subsidie voor een buurtfeest",
        "Met de bewoners van drie straten willen we in het voorjaar een feest houden, omdat de\n\
         wijk vijftig jaar bestaat. Geeft de gemeente daar een bijdrage voor? We verwachten\n\
         tachtig mensen en hebben al een begroting gemaakt die ik kan opsturen.\n",
    ),
];

/// What is asked again later.
pub(super) const ASKED_AGAIN: &str = "\
Ik heb nog een aanvulling: het is intussen erger geworden, en de buren hebben er ook last van.
Weet u al wanneer ik iets van u hoor?
";

/// What an absence assistant says.
pub(super) const ABSENT: &str = "\
Ik ben tot en met vrijdag niet aanwezig en lees mijn mail niet. Uw bericht wordt niet doorgestuurd.
";
