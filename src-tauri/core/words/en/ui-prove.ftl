### The window's own words: steps 6 to 10 and the mini window.

## Step 6: dry run

dry-run-lead = One tester, nobody else. We read what AWS would send before nOps sees it.
dry-run-work = <b>We prove it.</b> The response is never saved.
dry-run-aws-page = Access portal
dry-run-aws-page-choose = One tester, nobody else
dry-run-nops-page = Nothing has reached nOps

dry-run-who = Tester
dry-run-who-hint = User name or email address in IAM Identity Center. You yourself will do.
dry-run-find = Find in AWS
dry-run-take = Take this tester
dry-run-later = One change in AWS follows: the assignment. It is shown before it is made, and can be undone.

dry-run-tester = Tester: { $name }
dry-run-assigned = Assigned to the nOps application
dry-run-unassigned = Not assigned to the nOps application yet
dry-run-assigned-unknown = Assigned or not: AWS did not let us see
dry-run-assign = Assign { $name } to nOps…
dry-run-unassign = Undo the assignment…
dry-run-other = Choose another
dry-run-assigned-said = { $name } is assigned to the nOps application
dry-run-assigned-said-hint = In AWS: nOps › Assign users and groups. Nobody else for now.

dry-run-assign-title = Assign { $name } to nOps?
dry-run-assign-what = <b>1</b> assignment: from then on { $name } sees the nOps tile in the access portal.
dry-run-assign-undo = <b>Undo</b> takes this assignment away again. Nothing else is touched.
dry-run-assign-do = Assign
dry-run-unassign-title = Take the assignment of { $name } away?
dry-run-unassign-what = <b>1</b> assignment is deleted. { $name } no longer sees the nOps tile, unless a group brings it.
dry-run-unassign-do = Take it away
where-changed = In account <b>{ $account }</b>, { $region }.

dry-run-verdict = Result
dry-run-verdict-pass = All { $checks } checks passed
dry-run-verdict-fail =
    { $failed ->
        [one] 1 of { $checks } checks failed
       *[other] { $failed } of { $checks } checks failed
    }
dry-run-verdict-unchecked =
    { $unchecked ->
        [one] 1 of { $checks } checks could not be judged
       *[other] { $unchecked } of { $checks } checks could not be judged
    }
dry-run-pasted = Response pasted { $at }
dry-run-again = Paste a new one
dry-run-forget = Forget the response
dry-run-copy = Copy the result
dry-run-clipboard = Empty the clipboard after pasting
dry-run-clipboard-done = The clipboard is empty.
dry-run-said = The tester judged the response elsewhere and sent the result. It counts as said.
dry-run-kept = The response went when the step was left. Only its result was kept.
dry-run-caption = Dry run: each check with what was expected and received
dry-run-check = Check
dry-run-expected = Expected
dry-run-received = Received
dry-run-result = Result
dry-run-same = the same
row-pass = Pass
row-warn = Warning
row-unchecked = Unchecked
row-fail = Fail

dry-run-first = The response
dry-run-next = A new response, after the fix
dry-run-click-open = Open the portal as <b>{ $name }</b>, in a private window
dry-run-click-shift = Hold <kbd>Shift</kbd> and choose the nOps tile: “You are now in administrator mode”
dry-run-click-copy = <label>Copy XML</label>, and paste it here. Leave <label>Send to nOps</label> alone
dry-run-paste = Paste the response
dry-run-elsewhere = The tester is at another computer?
dry-run-elsewhere-say = The response is a credential and need not travel. Send the tester the values; this program judges the response there, and only its result comes back.
dry-run-elsewhere-values = Save the values
dry-run-elsewhere-run = There: <code>nops-sso-setup dry-run --values nops-sso-setup-values.json response.xml</code>
dry-run-elsewhere-back = Paste what comes back where the response is asked for. It counts as said by the tester.
dry-run-judge = Check this response

dry-run-truth = Can the portal be reached as { $name }?
dry-run-in-aws = In AWS
dry-run-enabled = Enabled, with an email address
dry-run-enabled-no-mail = Enabled. No email address known
dry-run-disabled = Disabled in AWS
dry-run-enabled-unknown = Not known: AWS was not asked
dry-run-password = Has { $name } signed in to the access portal before?
dry-run-password-yes = Yes
dry-run-password-no = No, or not known
dry-run-password-no-hint = AWS does not say whether a password is set. Reset it on the user’s page, or switch on Send email OTP.
dry-run-open-user = Open the user’s page

dry-run-send = <label>Send to nOps</label> would hand the response over. Before step 7 nOps knows nothing of AWS and may refuse it.
dry-run-noshift = Shift and click does nothing?
dry-run-noshift-why = AWS says that some browsers and systems don’t support it, and has tried it on Windows with Firefox, Chrome and Edge. Try one of these, or go on without: the sign-in tests of step 8 then show the same errors, only later and in nOps’s words.
dry-run-noshift-do = Leave the dry run open
dry-run-noshift-said = You say that it is not supported here. The dry run stays open, in the report too.
dry-run-noshift-undo = It works after all

## Step 7: nOps details

det-lead = Give nOps the values from AWS and a role to start with, then save there.
det-work = <b>You do this</b> in nOps. <b>We hand you</b> the exact values.
det-aws-page = Where these come from
det-nops-page = <label>Organization Settings › SSO</label>
det-nothing = Nothing to do in AWS in this step.
det-metadata = <label>IAM Identity Center metadata</label>
det-issuer = <label>IAM Identity Center SAML issuer URL</label>
det-certificate = Certificate
det-valid = Valid until
det-valid-days =
    { $date }, { $days ->
        [one] 1 day
       *[other] { $days } days
    } left
det-expired = Ended { $date }
det-unknown = What nobody outside nOps knows
det-unknown-match = How people who have a nOps account already are matched
det-unknown-role = Whether they keep their role
det-unknown-cut = Whether saving moves everyone at once
det-question = Copy the question for nOps support
det-skip-domain = <label>Domain</label>, <label>Enforce SSO login for all domain users</label>: leave empty and off until step 10.
det-type = <label>Select SSO Type</label>: choose AWS if it is listed.
det-your = <label>Your SSO Details</label>
det-same = The same address again, on purpose
det-pem = -----BEGIN CERTIFICATE----- … SHA-256 …
det-waits = waits for step 4
det-one-line = Copy as one line
det-roles = <label>User Roles/Groups</label>
det-role = <label>Default role</label>
det-role-none = Not chosen yet
det-role-advised = { $role } (advised)
det-role-hint = <code>client-admin</code> could change SSO and everything else.
det-role-ask = { $role } for everyone?
det-role-ask-why = Everyone who comes in through AWS would be an administrator in nOps, and could change SSO, delete it, and see every cost. Choose <code>client-member</code> as the default, and make single people administrators in nOps.
det-role-ask-do = Everyone gets { $role }
det-group-mapping = <label>Set nOps role based on SAML group</label>: off. It reads groups from Okta only.
det-cut = This may be the moment when everyone moves over
det-cut-admin = An administrator stays signed in
det-cut-password = with a password that works
det-cut-recovery = Recovery: { $who }
det-cut-no-recovery = No recovery administrator is named
det-cut-go = Step 3 has them
det-cut-do = Then press <label>Setup SSO Configuration</label> on the nOps page.
det-said = What did nOps say?
det-saved = It saved
det-saved-hint = We can’t see the page: declared, until the sign-in tests say more.
det-failed = It showed an error
det-failed-hint = Nothing is lost. Compare what the page shows, below.
det-back = Paste back what the page shows
det-back-hint = Compared character by character.
det-back-optional = optional
det-back-groups = <label>Set nOps role based on SAML group</label> is on

## Step 8: two sign-in tests

sign-in-tests-lead = Two ways into nOps. Proving one proves nothing about the other.
sign-in-tests-work = <b>You try</b>, as the tester. <b>We decode</b> what you saw.
sign-in-tests-aws-page = Access portal
sign-in-tests-nops-page = Sign-in
sign-in-tests-the-tester = the tester
sign-in-tests-1 = From the AWS access portal
sign-in-tests-2 = From nOps
sign-in-tests-1-do = Open the portal in a private window as <b>{ $name }</b> and choose the nOps tile. Then say what happened.
sign-in-tests-2-do = Open it in a private window, sign in at AWS as <b>{ $name }</b>, then say what happened.
sign-in-tests-passed = Passed { $at }, as you say
sign-in-tests-failed = Failed { $at }
sign-in-tests-untried = Not tried yet
sign-in-tests-stale = Passed before the change
sign-in-tests-stale-why = Something this rests on is younger than { $at }. Try it again.
sign-in-tests-arrived = Arrived in nOps as { $name }.
sign-in-tests-say-else = Say something else…
sign-in-tests-what = What happened?
sign-in-tests-said-passed = Arrived in nOps
sign-in-tests-said-error = An error
sign-in-tests-said-else = Something else
sign-in-tests-error = Paste the error, and the address of its page
sign-in-tests-error-hint = The address holds what nOps asked AWS for. Neither is saved.
sign-in-tests-decode = Decode
sign-in-tests-else-hint = Written down as failed. Without the text we can’t decode it.
sign-in-tests-forget = Forget what I said
sign-in-tests-private = <b>Use a private window for each try.</b> A session that is still open makes either sign-in look better than it is.
sign-in-tests-old = <b>A change makes proof old.</b> After a new value in AWS or nOps the dry run and both sign-in tests are to be tried again.
sign-in-tests-mail = Confirmation mail
sign-in-tests-mail-said = { $name } confirmed the mail from nOps
sign-in-tests-mail-hint = Once per person, at the first sign-in. Not there? Look in spam.
sign-in-tests-mailbox = Open the practice mailbox
sign-in-tests-asks = What nOps asks AWS for
sign-in-tests-asks-paste = Address of the AWS page that the Shareable Link leads to
sign-in-tests-asks-hint = Open the link and stop at AWS’s page. Its address holds nOps’s request: a difference shows before the sign-in from nOps is tried.
sign-in-tests-asks-none = none in particular
sign-in-tests-no-link = waits for step 3: the Shareable Link

## Step 9: people

ppl-lead = Who may use nOps through AWS. You see every change before it is made.
ppl-work = <b>We do this</b>, after you have confirmed.
ppl-lead-applying = We are making the changes you confirmed. You can close the window: what was begun is written down and looked up again.
ppl-work-applying = <b>We do this.</b> At most 20 requests a second, AWS’s limit
ppl-lead-by-hand = Who may use nOps through AWS. Without access to AWS we keep the list; you make the changes there.
ppl-work-by-hand = <b>You do this</b> in AWS. We read the list and say what stands out.
ppl-aws-page = <label>IAM Identity Center › Users, Groups</label>
ppl-nops-page = What nOps will see
ppl-early = <b>Wiser after step 8.</b> Until both sign-in tests have passed, everyone listed here would find out with you.

ppl-group = Group
ppl-group-new = New group
ppl-group-name = Name of the new group
ppl-group-choose = Choose a group
ppl-group-default = nOps users

ppl-list = People
ppl-plan-title = What will change in AWS
ppl-empty = Nobody is listed yet
ppl-empty-why = Add people one by one, or all at once from a CSV file. Who is in AWS already is recognised.
ppl-add = Add a person…
ppl-add-csv = Add from CSV…
ppl-drop = or drop a CSV file anywhere
ppl-clear = Take everyone off the list
ppl-plan = Plan the changes
ppl-plan-again = Plan anew
ppl-apply =
    { $changes ->
        [one] Make 1 change…
       *[other] Make { $changes } changes…
    }
ppl-nothing = Everything is as planned already. No change is needed.

ppl-person-title = Add a person
ppl-given = Given name
ppl-family = Family name
ppl-email = Email address
ppl-user-name = User name
ppl-user-name-hint = Only where it is not the email address. It can’t be changed later.
ppl-person-do = Add to the list
ppl-csv-title = Add people from CSV
ppl-csv-hint = One person a line: email address, given name, family name; a user name where it differs. A first line with column names is understood, in any order.
ppl-csv-text = CSV text
ppl-csv-file = Choose a file…
ppl-csv-do = Add to the list
ppl-unread =
    { $count ->
        [one] 1 line could not be read
       *[other] { $count } lines could not be read
    }
ppl-unread-line = Line { $line }

ppl-caption = People, with what happens to each in AWS
ppl-col-person = Person
ppl-col-user-name = User name
ppl-col-user = User
ppl-col-member = In the group
ppl-col-remove = Take off the list
ppl-remove = Take { $name } off the list
ppl-open-user = Open the user’s page in AWS
ppl-of = , { $name }
ppl-page = { $from } to { $to } of { $total }
ppl-previous = Previous people
ppl-next = Next people
ppl-pages = Pages of the list
sign-user-unknown = not looked up
sign-user-create = create
sign-user-keep = keep
sign-user-skip = left out
sign-user-done = created
sign-user-failed = failed
sign-member-unknown = not looked up
sign-member-create = add
sign-member-keep = keep
sign-member-skip = left out
sign-member-done = added
sign-member-failed = failed

plan-create = <b>{ $count }</b> create
plan-keep = <b>{ $count }</b> keep
plan-skip = <b>{ $count }</b> left out
plan-once = Once for all
plan-group = Group { $group }
plan-assign = Assign { $group } to the nOps application
plan-tester = The tester’s own assignment, from step 6
plan-cost =
    { $calls ->
        [one] 1 request to AWS
       *[other] { $calls } requests to AWS
    }, about { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    }

ppl-confirm-title =
    { $changes ->
        [one] Make 1 change in AWS?
       *[other] Make { $changes } changes in AWS?
    }
ppl-confirm-group = <b>1</b> group: { $group }
ppl-confirm-users =
    { $count ->
        [one] <b>1</b> person, who gets no mail and no password from AWS
       *[other] <b>{ $count }</b> people, who get no mail and no password from AWS
    }
ppl-confirm-members =
    { $count ->
        [one] <b>1</b> membership
       *[other] <b>{ $count }</b> memberships
    }
ppl-confirm-assign = <b>1</b> assignment: from then on the group sees the nOps tile
ppl-confirm-undo = <b>Undo</b> deletes the group, people, memberships and the assignment that this run made. It does not reach what others made, nor accounts and mails that nOps makes at a first sign-in.
ppl-confirm-do =
    { $changes ->
        [one] Make 1 change
       *[other] Make { $changes } changes
    }

ppl-stop = Stop after this change
ppl-stop-hint = What is made stays made until you undo it.
ppl-stopped = Stopped. What was made stays made.
ppl-interrupted = A change was begun and its outcome is not known. Nothing is repeated before AWS has been asked.
ppl-reconcile = Look in AWS what became of it
ppl-applied = All planned changes were made.
ppl-rest = Plan the rest
ppl-undo = Undo what was made…
ppl-undo-title = Take back what was made?
ppl-undo-what = Deletes exactly the group, people, memberships and assignments that this setup made, the tester’s too, in reverse order.
ppl-undo-not = It does not reach what others made, nor accounts and mails that nOps made at a first sign-in.
ppl-undo-uncertain =
    { $count ->
        [one] Also undo 1 item found after a lost answer
       *[other] Also undo { $count } items found after a lost answer
    }
ppl-undo-uncertain-why = This setup made them, or somebody else did at the same time. AWS doesn’t tell which. They are marked <label>Found later</label> in the list.
ppl-undo-do = Take it back

journal-title = Journal
journal-caption = Journal of the changes
journal-at = Time
journal-change = Change
journal-undo = Undo
journal-state = State
journal-create_group = Create group { $subject }
journal-create_user = Create user { $subject }
journal-add_member = Add { $subject } to { $group }
journal-assign_group = Assign { $subject } to the application
journal-assign_user = Assign { $subject } to the application
journal-unassign_group = Take the assignment of { $subject } away
journal-unassign_user = Take the assignment of { $subject } away
journal-undo_create_group = Delete group { $subject }
journal-undo_create_user = Delete user { $subject }
journal-undo_add_member = Take { $subject } out of { $group }
journal-undo_assign_group = Take the assignment of { $subject } away
journal-undo_assign_user = Take the assignment of { $subject } away
journal-undo_unassign_group = Assign { $subject } to the application again
journal-undo_unassign_user = Assign { $subject } to the application again
undo-create_group = delete the group
undo-create_user = delete the user
undo-add_member = take out again
undo-assign_group = take the assignment away
undo-assign_user = take the assignment away
undo-unassign_group = assign again
undo-unassign_user = assign again
undo-found = asks you first
unknown-mark = Mark as unknown…
unknown-title = Mark this change as unknown?
unknown-what = Do this only when AWS can’t be asked anymore, for example after you lost access to the account.
unknown-then = The change is closed without a result. Undo leaves it alone. If it was made, remove it in AWS yourself.
unknown-do = Mark as unknown
undo-nothing = nothing to undo
outcome-intended = Being made
outcome-done = Made
outcome-existed = Already there
outcome-failed = Failed
outcome-interrupted = No outcome
outcome-found = Found later
outcome-unknown = Unknown
outcome-undone = Taken back

ppl-found-title =
    { $count ->
        [one] What we found about this person
       *[other] What we found about these { $count } people
    }
ppl-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
ppl-fine = nothing found against it
ppl-need-password = need a password first: the new ones
ppl-other-domain = of another domain
ppl-refused = AWS would refuse
ppl-you = Yourself
ppl-you-assigned = you come in as { $name }
ppl-you-listed = { $name } is on the list
ppl-you-missing = { $name } is neither on the list nor in the group: you would not see nOps
ppl-not-looked = <b>Not looked up yet.</b> The plan asks AWS who is there already, and changes nothing.
ppl-in = How do new people get in?
ppl-in-why = AWS sends <b>no mail and sets no password</b> for users made through its interface. Choose one:
ppl-in-otp = <label>Send email OTP</label> at the first sign-in
ppl-in-otp-hint = One switch for everyone: Settings › Authentication
ppl-in-reset = Reset each password
ppl-in-reset-hint = On each user’s page
ppl-in-console = Add them in the console
ppl-in-console-hint = Sends the invitation. We then only add them to the group
ppl-in-open-otp = Open the switch in AWS
ppl-in-open-users = Open the users in AWS
ppl-in-legend = Your choice
ppl-already = Who has a nOps account already?
ppl-already-why = We can’t see it. How nOps matches them, and whether they keep their role, only nOps knows. New accounts get <code>{ $role }</code>.
ppl-already-role = the default role
ppl-nothing-yet = Nothing yet. nOps hears of a person <b>at that person’s first sign-in</b>.
ppl-tile-last = <b>The tile appears with the last change.</b> Until then only the tester sees nOps in the access portal.
ppl-elsewhere = AWS sends no invitation here: people sign in at their provider.
ask-title = Ask whoever keeps the people
ask-why =
    { $count ->
        [0] A message that asks for the group <b>{ $group }</b> and its people. List the people here, and it names them.
        [one] A message that asks for the group <b>{ $group }</b> with 1 person in it.
       *[other] A message that asks for the group <b>{ $group }</b> with { $count } people in it.
    }
ask-by-hint = As it shall read, such as Friday, 4 December. Empty for no day.
ask-copy = Copy the message
ppl-hand-title = In AWS, by hand
ppl-hand-users = <label>Users › Add user</label>: sends the invitation. User name and email address as listed here
ppl-hand-group = <label>Groups › Create group</label> <code>{ $group }</code>, with everyone listed
ppl-hand-assign = <label>Applications › nOps › Assign users and groups</label>: this group

## Step 10: finish

fin-lead = What is proven, what is only said, and what is open. All of it is in the report.
fin-work = <b>You decide</b> on Enforce. It is not needed for signing in.
fin-aws-page = From now on
fin-nops-page = <label>Organization Settings › SSO</label>
fin-tell = Tell your people
fin-portal-waits = waits for step 2: the access portal
fin-cert = Certificate ends { $date }
fin-cert-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
fin-cert-why = Replace it before that day. This app does not run by itself: the date belongs in your calendar.
fin-cert-none = No certificate yet
fin-cert-none-why = Step 4 brings it, and with it the date on which it ends.
fin-look = Look again later
fin-look-why = Asks AWS again; every step is judged anew by what it says now.
fin-look-do = Look now

gatebox-closed =
    { $missing ->
        [one] Enforce SSO login stays off: 1 of { $total } is missing
       *[other] Enforce SSO login stays off: { $missing } of { $total } are missing
    }
gatebox-open = Enforce can be switched on: { $total } of { $total } are met
gatebox-met = Met:
gatebox-stale = Older than the last change:
gatebox-missing = Missing:
gatebox-go = Go to step { $number }
gatebox-note = Domain and Enforce together deny everyone of the domain who does not come through AWS.
gatebox-cut = From then on nobody of the domain gets in by password
gatebox-do = In nOps: fill in <label>Domain</label>, switch on <label>Enforce SSO login for all domain users</label>, then press <label>Update SSO Configurations</label>.
gatebox-as-shown = Domain and Enforce, as the page shows them
gatebox-enforce-on = <label>Enforce SSO login for all domain users</label> is on

team-none = Whom would Enforce lock out?
team-title =
    { $count ->
        [one] The nOps team: 1 member
       *[other] The nOps team: { $count } members
    }
team-text = Members of the nOps team
team-hint = In nOps, copy the list of team members and paste it here: a table, CSV, or the page as it is. Only email addresses are kept, on this computer.
team-compare = Compare with the people
team-come-in = come in through AWS
team-outside = of another domain: Enforce is not about them
team-differ = come in with another address
team-locked-out = would be locked out
team-locked-out-why = Nobody with these addresses comes through AWS. <b>Add them in step 9,</b> or paste the list without those who shall not get in.
team-differ-why = nOps may not find their accounts. Make the addresses the same on both sides.
team-pair = { $nops } in nOps, { $aws } from AWS
team-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
team-forget = Forget this list
fin-out = If someone is locked out
fin-out-one = <b>One person:</b> look at the assignment, the email address and the password in AWS.
fin-out-one-do = Decode the error
fin-out-all = <b>Everyone of the domain:</b> { $who } signs in to nOps with a password and switches <label>Enforce SSO login for all domain users</label> off
fin-out-all-nobody = <b>Everyone of the domain:</b> an administrator outside it switches <label>Enforce SSO login for all domain users</label> off. Nobody is named yet.
fin-out-all-go = Name one in step 3
fin-out-recovery = <b>The recovery administrator too:</b> write to nOps support.
fin-out-copy = Copy the message
fin-out-save = Save the report first
fin-out-never = <b>Never delete the SSO configuration</b> to get out: nOps can’t bring it back.

fin-report = Report
fin-report-note = No secret, no response
fin-report-people = With people’s names and addresses
fin-save-html = Save as HTML…
fin-save-markdown = Markdown…
fin-save-json = JSON…
fin-save-values = Values document…
paper-title = { $name }: sign-in to nOps through AWS
paper-saved = As of { $at }
paper-for = What speaks for it
paper-open = Still open
paper-nothing-open = Nothing was found that is open.
paper-unknown = not known
paper-account = Account
paper-application = Application
paper-certificate = Certificate
paper-certificate-until = until { $date }
paper-group = Group
paper-tenant = <label>Entity ID</label>
paper-issuer = Issuer
paper-role = <label>Default role</label>
paper-enforce = Enforce
paper-on = on
paper-off = off
paper-recovery = Recovery

## Words before what a mark says, for whoever can't see it

mark-said = Said:
mark-open = Open:
mark-warn = Warning:

## mini window

strip-title = { $side }: { $step }
strip-order = Step { $number }, in the order of the page
strip-count = { $taken } of { $total } copied.
strip-space = <kbd>Space</kbd> copies the next
strip-copy-next = Copy the next
strip-back = Main window
strip-not-on-top = This desktop (Wayland) lets no program keep a window on top. Put the strip beside the browser.
strip-none = Nothing to copy in this step
strip-none-why = The strip holds the values of the step on show.
strip-waits = not there yet
strip-mapping_attribute = Row { $row }, attribute
strip-mapping_value = Row { $row }, maps to; format { $format }
