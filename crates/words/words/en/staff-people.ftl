people-erased = Erased
people-erased-on = The personal data of this contact was erased on { $day }. What happened when is still here; who it was is not.
people-erase = Erase personal data
people-erase-lead = Everything about the resident goes: name, addresses, messages, letters, attachments and notes. The number, the dates and the promises stay. This can not be undone.
people-erase-sure = Yes, erase everything of this resident in this contact
people-done-erased = The personal data has been erased.
people-event-erased = Personal data erased, on request
people-event-destroyed = Personal data erased with the destruction list of { $list }
people-destroy-title = Destruction
people-destroy-lead = What had been kept longer than allowed on { $day }. After you approve, the personal data is erased. Numbers, dates and promises stay.
people-destroy-list = List of { $month }
people-destroy-none = Nothing is past its term.
people-destroy-more = There may be more past its term. A list has at most { $most } contacts. The rest comes on the list of next month.
people-destroy-approved = This list was approved.
people-destroy-sure = Yes, I have checked the list. Erasing can not be undone.
people-destroy-approve = Approve the list and erase
people-destroy-earlier = Earlier lists
people-kept = Keep longer
people-kept-until = until { $day }
people-kept-off = No longer
people-kept-off-of = Keep { $number } no longer
people-keep-number = Number of the contact
people-keep-until = Keep until
people-keep-why = Why, for example: an objection is pending
people-keep-do = Keep longer
people-contacts =
    { $count ->
        [one] 1 contact
       *[other] { $count } contacts
    }
people-certificate = Certificate of destruction
people-certificate-list = The personal data in the contacts on the list of { $month } has been destroyed as stated below.
people-certificate-single = The personal data in contact { $number } has been destroyed as stated below.
people-certificate-house = Municipality
people-certificate-who = Approved by
people-certificate-when = Approved on
people-certificate-state = Carried out
people-certificate-removed = Erased
people-certificate-fact = Place in the chain of facts, and the check value there
people-certificate-stays = Numbers, dates, promises and facts without personal data are kept. The check value shows that nothing in them was changed.
people-destroyed-all = Everything is erased
people-destroyed-but =
    { $count ->
        [one] Erased, except 1 contact that is open again or kept longer
       *[other] Erased, except { $count } contacts that are open again or kept longer
    }
people-destroyed-before =
    { $count ->
        [one] 1 contact had been erased on request
       *[other] { $count } contacts had been erased on request
    }
people-destroyed-left =
    { $count ->
        [one] 1 contact is still to be erased
       *[other] { $count } contacts are still to be erased
    }
people-removed-messages =
    { $count ->
        [one] 1 message or note
       *[other] { $count } messages and notes
    }
people-removed-letters =
    { $count ->
        [one] 1 letter
       *[other] { $count } letters
    }
people-removed-files =
    { $count ->
        [one] 1 attachment
       *[other] { $count } attachments
    }
people-person-title = A person asks
people-person-lead = Does somebody ask what we keep about them? Search by their e-mail address or telephone number, give them what we have, and erase what can go. First make sure that it is really them.
people-person-who = E-mail address or telephone number
people-person-search = Search
people-person-called = Telephone calls from this number
people-person-calls =
    { $count ->
        [one] One telephone call from this number is known.
       *[other] { $count } telephone calls from this number are known.
    } We forget who called after 28 days.
people-person-none = We keep nothing about this.
people-person-check = An address or number can be shared. Check that each contact is of this person.
people-person-more = There may be more. We show and give at most { $most } contacts at a time. First erase what can go, then search again.
people-person-file = Everything as a file
people-person-read = Everything to read or print
people-person-choose = What do you want to erase?
people-person-open = open
people-person-why = Why does the rest stay? This is noted with those contacts.
people-person-sure = Yes, erase what I have chosen. This can not be undone.
people-person-print = What we keep about you
people-person-about = About { $who }.
people-may-keep = You may still keep this: { $ground }
people-not-erased = Not erased at the request of the person: { $why }
people-not-done = Not everything went well. Please look at: { $numbers }
people-from-you = From you
people-from-us = From us
people-of-another = This contact is of somebody else. This person took part in it. Look yourself at what you give or remove of it.
people-blocked-before = decided at an earlier contact that is erased
