## Help with writing an answer. The program points, the employee decides.

plain-check = Check the language
plain-title = What could be easier
plain-nothing = Nothing found. Short sentences and everyday words: that reads well.
plain-language = This seems to be { $lang }. The resident wrote in another language.
plain-stiff = “{ $said }” is officialese. Plainer is: { $instead }.
plain-long = This sentence has { $words } words. Make it two: “{ $begin }”
plain-two-forms = You write both “u” and “je”. Choose one.
plain-unfilled = { $place } has not been filled in.
