### When you can reach us, and the feed of disruptions.
site-status-title = When can you reach us?
site-status-lead = Here you see what is open now and what is out of order. Below that are the hours of the coming days.
site-status-now = Now
site-status-always = Open day and night
site-status-book = Make an appointment
site-status-none = There are no disruptions now.
site-status-feed = Follow our disruptions through RSS
site-status-days = The next seven days
site-status-day = Day
site-status-closed = closed
site-status-special = Special days
site-status-special-none = There are no days with other hours in the coming months.
site-feed-title = Disruptions at the municipality of { $name }
site-feed-about = What is out of order here, and what was solved.
site-feed-solved = Solved: { $ways }.
