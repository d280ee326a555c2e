### Wêrom’t eat net bart. Der is dan neat feroare.
refusal-not-found = Dit berjocht bestiet net.
refusal-closed = Dit berjocht is ôfhannele. Iepenje it earst wer.
refusal-not-closed = Dit berjocht is noch net ôfhannele.
refusal-date-in-past = Dizze datum is al foarby. Kies hjoed of in lettere dei.
refusal-date-too-far = Dizze datum is te fier fuort. Kies in dei binnen in jier.
refusal-text-empty = Skriuw earst in tekst.
refusal-text-too-long = Dizze tekst is te lang. Meitsje him koarter.
refusal-no-address = Der is gjin e-mailadres bekend. Kies in oare manier.
refusal-promises-open = Hjir stiet noch in belofte iepen. Jou antwurd, siz wannear’t it antwurd komt, of kies in reden wêrom’t dat net mear hoecht.
refusal-same-class = Dit berjocht is al fan dy soarte.
refusal-nothing-to-acknowledge = Der is gjin ûntfangstbefêstiging mear nedich.
refusal-unknown-employee = Dizze meiwurker bestiet net of wurket hjir net mear.
refusal-answered-meanwhile = In kollega hat yntusken antwurde. Lês dat earst; jo tekst stiet der noch.
refusal-no-date-owed = By dit kontakt is gjin antwurd tasein. In datum neame kin hjir net.
refusal-nothing-promised = Hjir stiet neat iepen dat jo hjirmei neikomme.
refusal-no-such-ground = Dizze reden jildt net by dizze noarm.
refusal-date-missing = Kies in dei.
