## Access: password, second step, sessions, accounts

staff-access = Signing in and security
staff-step = Second step when signing in
staff-step-lead = With a second step nobody comes in who only knows your password. You need an app that makes codes, like FreeOTP, Google Authenticator or Microsoft Authenticator.
staff-step-begin = Turn on the second step
staff-step-scan = Take a picture of this code with the app.
staff-step-type = Does that not work? Type these letters and digits into the app:
staff-step-code = Code of six digits
staff-step-on = Turn on
staff-step-not-now = Not now
staff-step-is-on = The second step is on.
staff-step-off = Turn off the second step
staff-codes-left = { $count ->
    [0] You have no emergency codes left. Make new ones.
    [one] You have one emergency code left.
   *[other] You have { $count } emergency codes left.
}
staff-codes-renew = Make new emergency codes
staff-codes-new = Your emergency codes
staff-codes-keep = Keep these codes in a safe place, not on your telephone. You see them only once. With each code you can sign in once when you do not have the app.
staff-sessions = Where you are signed in
staff-session-here = Here
staff-session-time = Since { $since }, until { $until } at the latest
staff-session-end = Sign out
staff-sessions-end = Sign out everywhere but here
staff-device-unknown = Unknown device
staff-password = Change password
staff-password-now = Your current password
staff-password-new = New password
staff-password-help = At least 12 characters. A sentence is easier to remember than single characters.
staff-password-change = Change password
staff-password-keep = Keep password
staff-password-changed = Your password has been changed. On other devices you are signed out.
staff-sign-in-step-lead = Open the app on your telephone and type the code of six digits.
staff-sign-in-step-lost = Telephone lost? Type an emergency code, or ask the administrator for help.
staff-sign-in-again = Sign in again
staff-employees = Employees
staff-employees-lead = Who works here and what they may do. Everybody chooses their own password.
staff-employee-new = New employee
staff-employee-make = Make account
staff-employee-kept = Kept.
staff-roles = Roles
staff-role-employee = Employee: answers residents
staff-role-complaints = Complaints coordinator: answers complaints
staff-role-finance = Finance: answers questions about invoices
staff-role-editor = Editor: writes texts and letters
staff-role-lead = Team lead: teams, quality and lists
staff-role-auditor = Auditor: sees who did what
staff-role-administrator = Administrator: accounts and roles
staff-account-closed = Closed
staff-account-seen = Last signed in on { $at }.
staff-account-not-seen = Not signed in yet.
staff-account-step = With a second step.
staff-account-no-step = Without a second step.
staff-account-lift-step = Turn off the second step
staff-account-close = Close account
staff-link = Link
staff-link-make = Link to choose a password
staff-link-for = Link for { $who }
staff-link-lead = Give this link to your colleague yourself, and to nobody else. It works once and for seven days. You see it only now.
staff-welcome = Welcome
staff-welcome-name = Welcome, { $who }
staff-welcome-lead = Choose a password. Then sign in with the name { $login }.
staff-link-note = A new link voids the old one. Who uses it chooses a new password and has no second step after that.
staff-account-close-sure = Your colleague is signed out at once. The work stays.
