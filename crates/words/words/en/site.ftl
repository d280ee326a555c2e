### What every public page shares, the front page, and the pages that are only text.
site-municipality = Municipality of { $name }
site-skip = Skip to the content
site-menu = Main menu
site-foot-menu = About this website
site-menu-contact = Contact
site-menu-status = Opening hours
site-menu-norms = Our promises
site-menu-privacy = Privacy
site-menu-accessibility = Accessibility
site-languages = Language
site-notice = Notice
site-wrong-page = Is something wrong on this page?
site-wrong-page-link = Let us know

home-title = What can we do for you?
home-lead = Ask your question in the way that suits you. We tell you straight away when you will hear from us.
home-ask = Send us a message
home-now = Open now
home-now-more = All hours and disruptions
home-phone = Telephone
home-counter = Service desk
home-counter-appointment = By appointment only
home-open-until = Open now until { $time }
home-opens-today = Opens again today at { $time }
home-opens-tomorrow = Opens again tomorrow at { $time }
home-opens-on = Opens again on { $day } at { $time }
home-opens-unknown = Closed for the time being
home-ways = How to reach us
home-way-form = Contact form
home-way-form-text = Day and night. You get a confirmation at once.
home-way-phone = Call { $number }
home-way-phone-text = We answer most questions straight away.
home-way-email = Send an e-mail
home-way-counter = Visit us by appointment
home-way-counter-text = Choose a day and time yourself.
home-way-counter-phone = Make an appointment by calling { $number }.
home-way-post = Write a letter
home-way-report = Report a problem in the street
home-way-report-text = A broken lamp, a loose paving stone or litter: report it day and night.
home-way-report-phone = A broken lamp, a loose paving stone or litter: call { $number }.
home-kept = We keep our word
home-kept-text = What you can expect from us is written down in black and white. Every month we show how well we did. Even when we did not do well.
home-kept-link = See our promises
home-hours = Opening hours
home-hours-phone = Telephone { $number }
home-hours-counter = Service desk, by appointment only
home-today = today

site-trouble = Error { $status }
site-trouble-bad-request-title = We do not understand this
site-trouble-bad-request-text = Something went wrong while sending. Go back and try again.
site-trouble-forbidden-title = This is not allowed here
site-trouble-forbidden-text = You may not see this page, or your message came from another website. Please start again on our website.
site-trouble-not-found-title = This page does not exist
site-trouble-not-found-text = The page may have moved, or there may be a typing error in the address.
site-trouble-too-large-title = Your message is too large
site-trouble-too-large-text = Make your message shorter and try again.
site-trouble-too-many-title = One moment, please
site-trouble-too-many-text = You have sent a lot in a short time. Wait a few minutes and try again.
site-trouble-broken-title = Something went wrong on our side
site-trouble-broken-text = It is not your fault. Try again later. Still no luck? Please call us.
site-trouble-unavailable-title = We will be right back
site-trouble-unavailable-text = The website is unavailable for a moment. Try again in a few minutes.
site-trouble-ways = Where to go from here
site-trouble-home = Go to the front page
site-trouble-contact = Send us a message
site-trouble-phone = Call { $number }

site-privacy-title = How we use your data
site-privacy-lead = We only use your data to help you. Not for advertising, and we sell nothing.
site-privacy-what = What we keep
site-privacy-what-text = Your message, your e-mail address, and your name and telephone number if you give them. We also keep what we answer and when. That is how we can show whether we keep our promises.
site-privacy-who = Who sees it
site-privacy-who-text = Only employees who handle your question. The page with our promises shows only counts, never names or messages.
site-privacy-long = How long we keep it
site-privacy-long-question =
    { $count ->
        [one] A question or tip: 1 year.
       *[other] A question or tip: { $count } years.
    }
site-privacy-long-complaint =
    { $count ->
        [one] A complaint or report: 1 year.
       *[other] A complaint or report: { $count } years.
    }
site-privacy-long-invoice =
    { $count ->
        [one] An invoice: 1 year.
       *[other] An invoice: { $count } years.
    }
site-privacy-cookies = Do we track you?
site-privacy-cookies-text = No. We do not follow you around the internet and we load nothing from other companies.
site-privacy-map = Do you point on a map at where something is? Then we keep that place with your report. The map is by { $who }. When you open the map, { $who } sees your internet address and which part of the map you look at.
site-privacy-rights = Your rights
site-privacy-rights-text = You may see what we keep about you. If it is wrong, we correct it. You may also ask us to delete it. E-mail us:
site-privacy-authority = Do you disagree with us? Then you can complain to the Dutch Data Protection Authority (Autoriteit Persoonsgegevens).

site-accessibility-title = Accessibility statement
site-accessibility-lead = Everybody must be able to use this website. Also if you do not see well, do not use a mouse or find reading hard.
site-accessibility-scope = This statement is made by the municipality of { $name } and is about { $site }.
site-accessibility-state = How things stand
site-accessibility-state-name = Status C: first measures taken
site-accessibility-state-text = We build by WCAG 2.2, level AA. With that we also follow the European standard EN 301 549. An independent bureau has not examined the website yet. That is why we do not say that everything is right.
site-accessibility-what = What we do
site-accessibility-what-text = Everything works with the keyboard, with a screen reader, on a telephone and without JavaScript. We write our own Dutch texts at language level B1.
site-accessibility-proof = How we check that
site-accessibility-proof-text = With every change a computer program checks all pages. It does so in three languages and on three screens: telephone, tablet and computer. The length of our sentences is checked as well.
site-accessibility-help = Does something not work?
site-accessibility-help-text = Tell us what does not work. We help you in another way and put it right.
site-accessibility-tell = Report a problem with this website
site-accessibility-unhappy = Are you not satisfied?
site-accessibility-unhappy-text = Do you hear nothing, or do we not put it right? Then you can make a complaint to us. Does that not help either? Then go to the National Ombudsman.
site-accessibility-on = This statement is of { $date }.
site-menu-api = For suppliers
site-api-title = Connecting programs
site-api-lead = A telephone system, case system or website can talk to our contact centre. What we promise about answers holds then too.
site-api-open = Norms, opening hours and results are open data: you need nothing for those.
site-api-description = The whole description (OpenAPI)
site-api-token = For everything else your program gets a secret from the municipality. Send it along with every request, and give it to nobody else.
site-api-examples = Examples
site-api-problems = When something does not work
