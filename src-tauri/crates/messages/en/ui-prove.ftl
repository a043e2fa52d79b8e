### The window's text: steps 6 to 10 and the mini window.

## Step 6: dry run

dry-run-lead = Assign one tester. Check what AWS sends before nOps receives it.
dry-run-work = <b>We check it.</b> The response is never saved.
dry-run-aws-page = Access portal
dry-run-aws-page-choose = Choose one tester
dry-run-nops-page = Nothing is sent to nOps

dry-run-who = Tester
dry-run-who-hint = User name or email address in IAM Identity Center. It can be you.
dry-run-find = Find in AWS
dry-run-take = Use this tester
dry-run-offered = Users in AWS
dry-run-later = Next, we assign the tester in AWS. You confirm first, and you can undo it.

dry-run-tester = Tester: { $name }
dry-run-assigned = Assigned to the nOps application
dry-run-unassigned = Not assigned to the nOps application yet
dry-run-assigned-unknown = Assignment not checked
dry-run-assigned-denied = Couldn’t check the assignment: AWS denied access
dry-run-assign = Assign { $name } to nOps…
dry-run-unassign = Remove assignment…
dry-run-other = Choose another tester
dry-run-assigned-said = { $name } is assigned to the nOps application
dry-run-assigned-said-hint = In AWS: nOps › Assign users and groups. Assign only the tester for now.

dry-run-assign-title = Assign { $name } to nOps?
dry-run-assign-what = <b>1</b> assignment. { $name } then sees the nOps tile in the access portal.
dry-run-assign-undo = <b>Undo</b> removes only this assignment.
dry-run-assign-do = Assign { $name }
dry-run-unassign-title = Remove { $name }’s assignment?
dry-run-unassign-what = <b>1</b> assignment. { $name } then sees the nOps tile only through an assigned group.
dry-run-unassign-do = Remove assignment
where-changed = Account <b>{ $account }</b>, { $region }.

dry-run-verdict = Result
dry-run-verdict-pass = All { $checks } checks passed
dry-run-verdict-fail =
    { $problems ->
        [one] 1 problem
       *[other] { $problems } problems
    } in { $failed } of { $checks } checks
dry-run-verdict-unchecked =
    { $unchecked ->
        [one] 1 of { $checks } checks couldn’t be done
       *[other] { $unchecked } of { $checks } checks couldn’t be done
    }
dry-run-pasted = Response pasted { $at }
dry-run-again = Paste a new response
dry-run-forget = Discard response
dry-run-copy = Copy result
dry-run-clipboard = Clear the clipboard after pasting
dry-run-clipboard-done = Clipboard cleared.
dry-run-said = Checked on the tester’s computer, as reported by the tester.
dry-run-kept = The response was discarded. Only the result is kept.
dry-run-caption = Dry run: checks with expected and received values
dry-run-check = Check
dry-run-expected = Expected
dry-run-received = Received
dry-run-result = Result
dry-run-same = the same
row-pass = Pass
row-warn = Warning
row-unchecked = Not checked
row-fail = Fail

dry-run-first = The response
dry-run-next = A new response
dry-run-another = Check another response
dry-run-click-open = Open the portal as <b>{ $name }</b>, in a private window
dry-run-click-shift = Hold <kbd>Shift</kbd> and choose the nOps tile. The page shows “You are now in administrator mode”
dry-run-click-copy = Choose <label>Copy XML</label>, and paste it here. Don’t choose <label>Send to nOps</label>
dry-run-paste = Paste the response
practice-password = In practice mode, every password is <code>practice-1</code>.
dry-run-elsewhere = Is the tester on another computer?
dry-run-elsewhere-say = The response is a credential, so check it on the tester’s computer. Send the tester the values. Only the result comes back.
dry-run-elsewhere-values = Save values…
dry-run-elsewhere-run = The tester runs: <code>nops-sso-setup dry-run --values nops-sso-setup-values.json response.xml</code>
dry-run-elsewhere-back = Paste the tester’s result in the response box.
dry-run-judge = Check response

dry-run-truth = Can { $name } sign in to the portal?
dry-run-in-aws = In AWS
dry-run-enabled = Enabled, with an email address
dry-run-enabled-no-mail = Enabled, no email address found
dry-run-disabled = Disabled in AWS
dry-run-enabled-unknown = Not checked
dry-run-password = Does { $name } have an AWS password?
dry-run-password-yes = Yes, or it was just reset
dry-run-password-no = No, or not known
dry-run-password-no-hint = AWS doesn’t tell us.
dry-run-open-user = Open the user’s page

dry-run-send = Don’t choose <label>Send to nOps</label>: nOps may not know AWS yet.
dry-run-noshift = Does Shift-click do nothing?
dry-run-noshift-why = AWS tested Firefox, Chrome and Edge on Windows. Try one of these, or skip the dry run: step 8 shows the same errors later.
dry-run-noshift-do = Skip the dry run
dry-run-noshift-said = You confirmed that Shift-click doesn’t work here. The report lists the dry run as open.
dry-run-noshift-undo = Shift-click works now

## Step 7: nOps details

det-lead = Paste the AWS values into nOps, choose a default role, and save.
det-work = <b>You do this</b> in nOps. <b>We give you</b> the exact values.
det-aws-page = Source of the values
det-nops-page = <label>Organization Settings › SSO</label>
det-nothing = Nothing to do in AWS.
det-metadata = <label>IAM Identity Center metadata</label>
det-issuer = <label>IAM Identity Center SAML issuer URL</label>
det-certificate = Certificate
det-valid = Valid until
det-valid-days =
    { $date }, { $days ->
        [one] 1 day
       *[other] { $days } days
    } left
det-expired = Expired { $date }
det-unknown = Ask nOps before you save
det-unknown-match = How does nOps match people who already have an account?
det-unknown-role = Do they keep their role?
det-unknown-cut = Does saving switch everyone over immediately?
det-question = Copy question for nOps support
det-skip-domain = Leave <label>Domain</label> empty and <label>Enforce SSO login for all domain users</label> off until step 10.
det-type = For <label>Select SSO Type</label>, choose AWS if it’s listed.
det-your = <label>Your SSO Details</label>
det-same = The same address again (correct)
det-pem = -----BEGIN CERTIFICATE----- … SHA-256 …
det-waits = available after step 4
det-one-line = Copy as one line
det-roles = <label>User Roles/Groups</label>
det-role = <label>Default role</label>
det-role-none = Not chosen yet
det-role-advised = { $role } (recommended)
det-role-hint = <code>client-admin</code> can change SSO and everything else.
det-role-ask = Use { $role } for everyone?
det-role-ask-why = Everyone who signs in through AWS could change or delete SSO and see all costs. Choose <code>client-member</code>, and make only selected people administrators in nOps.
det-role-ask-do = Use { $role } for everyone
det-group-mapping = <label>Set nOps role based on SAML group</label>: off. It reads groups from Okta only.
det-cut = Saving may switch everyone over
det-cut-admin = An administrator stays signed in
det-cut-password = That administrator has a password that works
det-cut-recovery = Recovery: { $who }
det-cut-no-recovery = No recovery administrator is named
det-cut-go = Go to step 3
det-cut-do =
    { $saved ->
        [yes] Then choose <label>Update SSO Configurations</label> on the nOps page.
       *[no] Then choose <label>Setup SSO Configuration</label> on the nOps page.
    }
det-said = What did nOps show?
det-saved = It saved
det-saved-hint = We can’t see the page. The sign-in tests check it.
det-failed = It showed an error
det-failed-hint = Nothing is lost. Paste what the page shows below.
det-back = Paste what the nOps page shows
det-back-hint = We compare every character.
det-back-groups = <label>Set nOps role based on SAML group</label> is on

## Step 8: two sign-in tests

sign-in-tests-lead = There are two ways to sign in. Test both: one can work while the other fails.
sign-in-tests-work = <b>You sign in</b> as the tester. <b>We explain</b> errors.
sign-in-tests-aws-page = Access portal
sign-in-tests-nops-page = Sign-in
sign-in-tests-the-tester = the tester
sign-in-tests-1 = From the AWS access portal
sign-in-tests-2 = From nOps
sign-in-tests-1-do = Open the portal in a private window as <b>{ $name }</b> and choose the nOps tile.
sign-in-tests-2-do = Open the link in a private window and sign in to AWS as <b>{ $name }</b>.
sign-in-tests-passed = Passed { $at }, you confirmed
sign-in-tests-failed = Failed { $at }
sign-in-tests-untried = Not tested
sign-in-tests-stale = Passed before a change
sign-in-tests-stale-why = A value changed after this test ({ $at }). Test again.
sign-in-tests-what = What happened?
sign-in-tests-said-passed = Signed in to nOps
sign-in-tests-said-mail = Asked to confirm an email
sign-in-tests-said-error = An error
sign-in-tests-said-else = Something else
sign-in-tests-error = Error message and page address
sign-in-tests-error-hint = The address helps us find the cause. Neither is saved.
sign-in-tests-decode = Explain error
sign-in-tests-else-hint = Recorded as failed. We need the error text to explain it.
sign-in-tests-private = <b>Use a private window for each test.</b> An open session can hide a problem.
sign-in-tests-old = <b>Test again after every change:</b> the dry run and both sign-in tests.
sign-in-tests-mail-hint = Open the link in nOps’s email to <b>{ $name }</b>, then sign in again. nOps asks each person once. Check the spam folder too.
sign-in-tests-mailbox = Open the practice mailbox
sign-in-tests-asks = nOps’s request to AWS
sign-in-tests-asks-paste = Address of the AWS page that the Shareable Link opens
sign-in-tests-asks-hint = Open the link, stop at AWS’s page, and paste its address: we find differences before you test.
sign-in-tests-asks-none = none
sign-in-tests-no-link = needs the Shareable Link from step 3

## Step 9: people

ppl-lead = Choose who can use nOps. You review every change before it happens.
ppl-work = <b>We do this</b> after you confirm.
ppl-lead-applying = Making the changes. You can close the window; progress is saved and checked when you return.
ppl-work-applying = <b>We do this.</b> At most 20 requests a second, AWS’s limit
ppl-lead-by-hand = Choose who can use nOps. We keep the list; you make the changes.
ppl-work-by-hand = <b>You do this</b> in AWS.
ppl-aws-page = <label>IAM Identity Center › Users, Groups</label>
ppl-nops-page = Accounts
ppl-early = <b>Better after step 8.</b> Until both sign-in tests pass, people may get errors.

ppl-group = Group
ppl-group-new = New group
ppl-group-name = Name of the new group
ppl-group-choose = Choose a group
ppl-group-default = nOps users

ppl-list = People
ppl-plan-title = What will change in AWS
ppl-empty = No people yet
ppl-empty-why = Add one person, or many from a CSV file.
ppl-empty-known = We recognize people who are already in AWS.
ppl-add = Add a person…
ppl-add-csv = Add from CSV…
ppl-drop = or drop a CSV file anywhere
ppl-clear = Clear list
ppl-plan = Plan changes
ppl-plan-again = Plan again
ppl-apply =
    { $changes ->
        [one] Make 1 change…
       *[other] Make { $changes } changes…
    }
ppl-nothing = No changes needed.

ppl-person-title = Add a person
ppl-given = First name
ppl-family = Last name
ppl-email = Email address
ppl-user-name = User name
ppl-user-name-hint = Only if it differs from the email address. It can’t be changed later.
ppl-person-do = Add to list
ppl-csv-title = Add people from CSV
ppl-csv-hint = One person per line: email, first name, last name, and a user name if it differs. With a header row, any column order works.
ppl-csv-text = CSV text
ppl-csv-file = Choose a file…
ppl-csv-do = Add to list
ppl-unread =
    { $count ->
        [one] 1 line was skipped
       *[other] { $count } lines were skipped
    }
ppl-unread-line = Line { $line }

ppl-caption = People and the changes for each in AWS
ppl-col-person = Person
ppl-col-user-name = User name
ppl-col-user = User
ppl-col-member = In the group
ppl-col-remove = Remove from the list
ppl-remove = Remove { $name } from the list
ppl-open-user = Open the user’s page in AWS
ppl-of = , { $name }
ppl-page = { $from } to { $to } of { $total }
ppl-previous = Previous people
ppl-next = Next people
ppl-pages = Pages of the list
sign-user-unknown = not checked
sign-user-create = create
sign-user-keep = keep
sign-user-skip = left out
sign-user-done = created
sign-user-failed = failed
sign-member-unknown = not checked
sign-member-create = add
sign-member-keep = keep
sign-member-skip = left out
sign-member-done = added
sign-member-failed = failed

plan-create =
    { $count ->
        [one] <b>1</b> change
       *[other] <b>{ $count }</b> changes
    }
plan-skip = <b>{ $count }</b> left out
plan-once = Shared
plan-group = Group { $group }
plan-assign = Assign { $group } to the nOps application
plan-tester = The tester’s assignment from step 6
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
        [one] <b>1</b> person
       *[other] <b>{ $count }</b> people
    }{ $way ->
        [email_otp] , with a code by email at the first sign-in
       *[none] . AWS doesn’t send emails or set passwords
    }
ppl-confirm-members =
    { $count ->
        [one] <b>1</b> membership
       *[other] <b>{ $count }</b> memberships
    }
ppl-confirm-assign = <b>1</b> assignment. The group then sees the nOps tile
ppl-confirm-undo = <b>Undo</b> deletes the group, people, memberships and assignment from this run. It doesn’t undo changes by others, or nOps accounts and emails from the first sign-in.
ppl-confirm-do =
    { $changes ->
        [one] Make 1 change
       *[other] Make { $changes } changes
    }

ppl-stop = Stop after this change
ppl-stop-hint = Completed changes stay until you undo them.
ppl-stopped = Stopped. Completed changes stay.
ppl-interrupted = The result of a change isn’t known. We check AWS before repeating anything.
ppl-reconcile = Check change in AWS
ppl-applied = All changes made.
ppl-rest = Plan remaining changes
ppl-undo = Undo changes…
ppl-undo-title = Undo changes?
ppl-undo-what = This undoes this setup’s changes in AWS in reverse order, including the tester’s assignment:
ppl-undo-assigned =
    { $count ->
        [one] Remove <b>1</b> assignment
       *[other] Remove <b>{ $count }</b> assignments
    }
ppl-undo-members =
    { $count ->
        [one] Remove <b>1</b> person from the group
       *[other] Remove <b>{ $count }</b> people from the group
    }
ppl-undo-users =
    { $count ->
        [one] Delete <b>1</b> user
       *[other] Delete <b>{ $count }</b> users
    }
ppl-undo-groups =
    { $count ->
        [one] Delete <b>1</b> group
       *[other] Delete <b>{ $count }</b> groups
    }
ppl-undo-unassigned =
    { $count ->
        [one] Make <b>1</b> assignment again
       *[other] Make <b>{ $count }</b> assignments again
    }
ppl-undo-not = It doesn’t undo changes by others, or nOps accounts and emails from the first sign-in.
ppl-undo-uncertain =
    { $count ->
        [one] Also undo 1 item found after a lost answer
       *[other] Also undo { $count } items found after a lost answer
    }
ppl-undo-uncertain-why = This setup or another program made them. AWS doesn’t tell which. They’re marked <b>Found later</b>.
ppl-undo-do = Undo changes

journal-title = Change history
journal-caption = Change history
journal-at = Time
journal-change = Change
journal-undo = Undo
journal-state = Status
journal-create_group = Create group { $subject }
journal-create_user = Create user { $subject }
journal-add_member = Add { $subject } to { $group }
journal-assign_group = Assign group { $subject } to the application
journal-assign_user = Assign { $subject } to the application
journal-unassign_group = Remove group { $subject }’s assignment
journal-unassign_user = Remove { $subject }’s assignment
journal-undo_create_group = Delete group { $subject }
journal-undo_create_user = Delete user { $subject }
journal-undo_add_member = Remove { $subject } from { $group }
journal-undo_assign_group = Remove group { $subject }’s assignment
journal-undo_assign_user = Remove { $subject }’s assignment
journal-undo_unassign_group = Assign group { $subject } to the application again
journal-undo_unassign_user = Assign { $subject } to the application again
undo-create_group = delete the group
undo-create_user = delete the user
undo-add_member = remove from the group
undo-assign_group = remove the assignment
undo-assign_user = remove the assignment
undo-unassign_group = assign again
undo-unassign_user = assign again
undo-found = asks you first
unknown-mark = Mark as unknown…
unknown-title = Mark this change as unknown?
unknown-what = Do this only if AWS can’t be checked anymore, for example after you lost access to the account.
unknown-then = The change is closed without a result, and Undo skips it. If it was made, remove it in AWS.
unknown-do = Mark as unknown
undo-nothing = nothing to undo
outcome-intended = In progress
outcome-done = Done
outcome-existed = Already there
outcome-failed = Failed
outcome-interrupted = Result not known
outcome-found = Found later
outcome-unknown = Unknown
outcome-undone = Undone

ppl-found-title =
    { $count ->
        [one] Results for this person
       *[other] Results for these { $count } people
    }
ppl-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
ppl-fine = no problems found
ppl-need-password =
    { $count ->
        [one]
            { $way ->
                [email_otp] gets a code by email at the first sign-in
                [reset] needs a password reset in AWS
                [console] has to be added in the console first
               *[none] needs a password first
            }
       *[other]
            { $way ->
                [email_otp] get a code by email at the first sign-in
                [reset] need a password reset in AWS
                [console] have to be added in the console first
               *[none] need a password first
            }
    }
ppl-other-domain = in another domain
ppl-refused = AWS would refuse
ppl-you = You
ppl-you-assigned = you sign in as { $name }
ppl-you-listed = { $name } is on the list
ppl-you-missing = { $name } isn’t on the list or in the group, so you wouldn’t see nOps
ppl-not-looked = <b>Not checked yet.</b> Planning checks who is already in AWS. It changes nothing.
ppl-in = How will new people sign in the first time?
ppl-in-why = AWS <b>doesn’t email new users or set a password</b> when they’re added through its API.
ppl-in-otp = <label>Send email OTP</label> at the first sign-in
ppl-in-otp-hint = One setting for everyone: Settings › Authentication
ppl-in-reset = Reset each password
ppl-in-reset-hint = On each user’s page
ppl-in-console = Add them in the console
ppl-in-console-hint = AWS emails an invitation. We only add them to the group
ppl-in-open-otp = Open the setting in AWS
ppl-in-open-users = Open the users in AWS
ppl-in-legend = Choose one
ppl-already = Who already has a nOps account?
ppl-already-why =
    We can’t see this. Ask nOps how it matches accounts, and whether people keep their role. New accounts get { $role ->
        [none] the default role
       *[other] <code>{ $role }</code>
    }.
ppl-tile-last = <b>The last change makes the tile visible.</b> Until then, only the tester sees it.
ppl-elsewhere = AWS sends no invitation. People sign in with their own identity provider.
ask-title = Ask the owner of your directory
ask-why =
    { $count ->
        [0] The message asks for the group <b>{ $group }</b>. Add people to the list to name them.
        [one] The message asks for the group <b>{ $group }</b> with 1 person.
       *[other] The message asks for the group <b>{ $group }</b> with { $count } people.
    }
ask-by-hint = For example: Friday, December 4. Optional.
ask-copy = Copy message
ppl-hand-done =
    { $count ->
        [0] Everyone who needs nOps is in AWS, and the group is assigned
        [one] The person on the list is in AWS, and the group is assigned
       *[other] All { $count } people on the list are in AWS, and the group is assigned
    }
ppl-skip = Skip this step: no one to add now
ppl-skip-why = Assignments in AWS stay. You can add people later.
ppl-hand-title = In AWS, by hand
ppl-hand-users = <label>Users › Add user</label> sends the invitation. Use the user name and email address from this list
ppl-hand-group = <label>Groups › Create group</label> <code>{ $group }</code>, with everyone listed
ppl-hand-assign = <label>Applications › nOps › Assign users and groups</label>: this group

## Step 10: finish

fin-lead = The report shows what works, what you confirmed, and what’s open.
fin-work = <b>You decide</b> about Enforce. Sign-in works without it.
fin-aws-page = From now on
fin-nops-page = <label>Organization Settings › SSO</label>
fin-tell = Tell your people
fin-portal-waits = not known. Enter it in step 2
fin-cert = Certificate expires { $date }
fin-cert-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
fin-cert-why = Replace it before this date. Add a reminder to your calendar.
fin-cert-none = No certificate yet
fin-cert-none-why = Step 4 gets it, with its expiry date.
fin-look = Check again later
fin-look-why = Checks AWS and updates every step.
fin-look-do = Check now

gatebox-closed = Not ready to enforce: { $met } of { $total } conditions met
gatebox-open = Ready to enforce: all { $total } conditions met
gatebox-early = Enforce is on: { $met } of { $total } conditions met
gatebox-on = Enforce is on: all { $total } conditions met
gatebox-met = Met:
gatebox-stale = Before the last change:
gatebox-missing = Missing:
gatebox-go = Go to step { $number }
gatebox-go-field = Go to { $field }
gatebox-note = Enforce makes everyone in the domain sign in through AWS.
gatebox-cut = After this, users in this domain can’t sign in with a password
gatebox-do = In nOps, fill in <label>Domain</label>, turn on <label>Enforce SSO login for all domain users</label>, then choose <label>Update SSO Configurations</label>.
gatebox-enforce-on = <label>Enforce SSO login for all domain users</label> is on

team-none = Who would be locked out?
team-title =
    { $count ->
        [one] The nOps team: 1 member
       *[other] The nOps team: { $count } members
    }
team-text = Members of the nOps team
team-hint = Copy the team list in nOps and paste it here: a table, CSV, or the whole page. Only email addresses are kept, on this computer.
team-compare = Compare lists
team-come-in =
    { $count ->
        [one] signs in through AWS
       *[other] sign in through AWS
    }
team-outside = in another domain: not affected by Enforce
team-differ =
    { $count ->
        [one] signs in with another address
       *[other] sign in with another address
    }
team-locked-out = would be locked out
team-locked-out-why = These addresses don’t sign in through AWS. <b>Add them in step 9,</b> or paste the list without people who should lose access.
team-differ-why = nOps may not find their accounts. Use the same address on both sides.
team-pair = { $nops } in nOps, { $aws } from AWS
team-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
team-forget = Remove list
fin-out = If someone is locked out
fin-out-one = <b>One person:</b> check the assignment, the email address and the password in AWS.
fin-out-one-do = Explain an error
fin-out-all = <b>Everyone in the domain:</b> { $who } signs in to nOps with a password and turns off <label>Enforce SSO login for all domain users</label>
fin-out-all-unnamed = <b>Everyone in the domain:</b> an administrator outside the domain turns off <label>Enforce SSO login for all domain users</label>. You haven’t named one yet.
fin-out-all-go = Name one in step 3
fin-out-recovery = <b>The recovery administrator too:</b> write to nOps support.
fin-out-copy = Copy message
fin-out-never = <b>Don’t delete the SSO configuration</b>: nOps can’t restore it.

fin-done = You’re done
fin-done-say = Keep the report, and add a reminder for the certificate.
fin-report = Report
fin-report-note = No secrets, no response
fin-report-people = Include people’s names and addresses
fin-save-html = Save report…
fin-save-markdown = Markdown…
fin-save-json = JSON…
fin-save-values = Values document…
paper-title = { $name }: nOps sign-in with AWS
paper-saved = As of { $at }
paper-for = Conditions for Enforce
paper-open = Problems
paper-nothing-open = No problems found.
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

## Hidden text before a status icon, for screen readers

mark-said = Met:
mark-open = Open:
mark-warn = Warning:

## Mini window

strip-title = { $side }: { $step }
strip-order = Step { $number }, in the page’s order
strip-count = { $taken } of { $total } copied.
strip-space = <kbd>Space</kbd> copies the next
strip-copy-next = Copy next
strip-back = Main window
strip-not-on-top = Wayland doesn’t let apps stay on top. Put the mini window beside the browser.
strip-also = and again into { $place }
strip-none = Nothing to copy in this step
strip-none-why = It shows the current step’s values.
strip-waits = not known yet
strip-mapping_attribute = Row { $row }, attribute
strip-mapping_value = Row { $row }, maps to; format { $format }
