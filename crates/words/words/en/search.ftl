### Searching the website.
site-search = Search
site-search-label = Search this website
site-search-often = Often viewed
site-search-count =
    { $count ->
        [0] Nothing found for “{ $question }”
        [one] 1 result for “{ $question }”
       *[other] { $count } results for “{ $question }”
    }
site-search-none = Check the spelling, or search with another word. You can also ask us.
site-search-part = Not all words occur together. This comes close.
site-search-more = Is it not here?
site-search-page = Page
site-search-way = How to reach us
site-search-norm = Our promise
site-search-also-phone = call phone telephone ring number helpdesk
site-search-also-email = mail e-mail address
site-search-also-counter = desk counter town hall city hall visit passport driving licence identity card opening hours
site-search-also-report = report nuisance street light lamp pavement litter rubbish pothole tree
site-search-also-form = message question form complaint feedback
site-search-also-status = open closed disruption outage holiday hours
