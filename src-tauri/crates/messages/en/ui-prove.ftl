### The window's text: steps 6 to 10 and the mini window.

## Step 6: dry run

dry-run-lead = Check what AWS sends before nOps receives it.
dry-run-work = <b>We check the response</b> and never save it.
dry-run-aws-page = Access portal
dry-run-aws-page-choose = Choose one tester
dry-run-nops-page = Nothing is sent to nOps

dry-run-who = Tester
dry-run-who-hint = User name or email address in AWS. It can be you.
    .practice = User name or email address in AWS. In practice mode, you can use dana.whitfield@example.com.
dry-run-find = Find in AWS
dry-run-take = Use this tester
dry-run-offered = Or choose a user
dry-run-offered-more =
    { $count ->
        [one] 1 more user. To search, type part of a name.
       *[other] { $count } more users. To search, type part of a name.
    }

dry-run-tester = Tester: { $name }
dry-run-assigned = Assigned in AWS
dry-run-unassigned = Not assigned yet
dry-run-assigned-unknown = Assignment not checked
dry-run-assigned-denied = Couldn’t check the assignment: AWS denied access
dry-run-unassign = Remove assignment…
dry-run-other = Choose another tester…
dry-run-other-title = Choose another tester
dry-run-assigned-said = { $name } is assigned to the nOps application
dry-run-assigned-said-hint = In AWS, choose nOps › Assign users and groups. For now, assign only the tester.

dry-run-assign-change = Assigning lets <b>{ $user }</b> use the application <b>{ $application }</b> in account <b>{ $account }</b>, { $region }.
dry-run-assign-where = <b>{ $user }</b>
dry-run-assign-do = Assign { $name }
dry-run-unassign-title = Remove { $name }’s assignment?
dry-run-unassign-what = This removes <b>1</b> assignment. Afterward, { $name } sees the nOps tile only as a member of an assigned group.
dry-run-unassign-do = Remove assignment
where-changed = Account <b>{ $account }</b>, { $region }.

dry-run-result = Result
dry-run-result-pass = All { $checks } checks passed
dry-run-result-warn =
    { $warnings ->
        [one] Passed, with 1 warning
       *[other] Passed, with { $warnings } warnings
    }
dry-run-result-fail = { $failed } of { $checks } checks failed
dry-run-result-unchecked =
    { $unchecked ->
        [one] 1 of { $checks } checks couldn’t be run
       *[other] { $unchecked } of { $checks } checks couldn’t be run
    }
dry-run-passed =
    { $count ->
        [one] 1 check passed
       *[other] { $count } checks passed
    }
dry-run-pasted = Response pasted at { $at }
dry-run-again = Paste a new response
dry-run-forget = Discard response
dry-run-copy = Copy result
dry-run-clipboard = Clear the clipboard after I paste
dry-run-clipboard-done = Clipboard cleared.
dry-run-said = Checked and reported by the tester.
dry-run-kept = Only the result is kept.
dry-run-caption = Checks with expected and received values
dry-run-check = Check
dry-run-expected = Expected
dry-run-received = Received
dry-run-same = the same
row-pass = Pass
row-warn = Warning
row-unchecked = Not checked
row-fail = Fail

dry-run-first = SAML response
dry-run-next = New SAML response
dry-run-another = Check another response
dry-run-click-open = In a private (Incognito) window, sign in to the access portal as <b>{ $name }</b>
dry-run-click-shift = Hold <kbd>Shift</kbd> and choose the nOps tile
dry-run-click-copy = Choose <label>Copy XML</label>, not <label>Send to nOps</label>, and paste it here
dry-run-paste = Paste the response
recording-hint = You can also drop a HAR file or a SAML-tracer export.
recording-choose = Choose a file…
practice-address = In practice mode, <b>Copy</b> copies the practice page’s address.
practice-user-name = The user name is <code>{ $name }</code>.
    .copy = Copy user name
practice-password = In practice mode, every password is <code>practice-1</code>.
dry-run-elsewhere = Is the tester on another computer?
dry-run-elsewhere-say = The response is a credential, so check it on the tester’s computer.
dry-run-elsewhere-values = Save values…
dry-run-elsewhere-run = Send the file to the tester. The tester runs this command: <code>nops-sso-setup dry-run --values nops-sso-setup-values.json response.xml</code>
dry-run-elsewhere-back = Paste the tester’s result in the response box.
dry-run-judge = Check response

dry-run-truth = Can { $name } sign in to the portal?
dry-run-in-aws = User in AWS
dry-run-enabled = Enabled, with an email address
dry-run-enabled-no-mail = Enabled, but no email address found
dry-run-disabled = Disabled in AWS
dry-run-enabled-unknown = Not checked
dry-run-password = Does the tester have an AWS password?
dry-run-password-yes = Yes, or I just reset it
dry-run-password-no = No, or I don’t know
dry-run-open-user = Open the user’s page

dry-run-noshift = Nothing happens when you Shift-click?
dry-run-noshift-why = Try Firefox, Chrome, or Edge on Windows, or skip the dry run. Step 8 shows the same errors.
dry-run-noshift-do = Skip the dry run
dry-run-noshift-undo = Shift-click works now

## Step 7: nOps details

details-lead = Paste AWS’s values into nOps, choose a default role, and save.
    .repair = Replace the values in nOps that differ from AWS’s, then save.
details-work = <b>You do this</b> in nOps.
details-nops-page = <label>Organization Settings › SSO</label>
details-metadata = <label>IAM Identity Center metadata</label>
details-issuer = <label>IAM Identity Center SAML issuer URL</label>
details-certificate = Certificate
details-valid = Valid until
details-expired = Expired { $date }
details-unknown = Ask nOps before you save
details-unknown-match = How does nOps match people who already have an account?
details-unknown-role = Do these people keep their current nOps role, or get the default role?
details-unknown-cut = Does saving switch everyone to SSO?
details-question = Copy question for nOps support
details-skip-domain = Leave <label>Domain</label> empty and <label>Enforce SSO login for all domain users</label> off until step 10.
    .repair = Don’t change <label>Domain</label> or <label>Enforce SSO login for all domain users</label> here. They belong to step 10.
details-type = For <label>Select SSO Type</label>, choose AWS if it’s listed.
details-your = <label>Your SSO Details</label>
details-same = Same address (this is correct)
details-pem = -----BEGIN CERTIFICATE----- … SHA-256 …
details-waits = available after step 4
details-one-line = Copy as one line
details-roles = <label>User Roles/Groups</label>
details-role = <label>Default role</label>
details-role-none = Not chosen yet
details-role-advised = { $role } (recommended)
details-role-hint = New users get this role.
details-role-ask = Use { $role } for everyone?
details-role-ask-why = Everyone who signs in through AWS could change or delete the SSO configuration. Choose <code>client-member</code>, and make selected people administrators in nOps.
details-role-ask-do = Use { $role } for everyone
details-group-mapping = Leave <label>Set nOps role based on SAML group</label> off.
    .repair = If <label>Set nOps role based on SAML group</label> is on, turn it off.
details-cut = Saving might switch everyone to SSO
    .repair = Saving might change how everyone signs in
details-cut-admin = An administrator stays signed in
details-cut-password = That administrator’s password works
details-cut-recovery = Recovery administrator: { $who }
details-cut-no-recovery = No recovery administrator
details-cut-go = Go to step 3
details-cut-do =
    { $when ->
        [saved] For later changes, choose <label>Update SSO Configurations</label>.
        [repair] Then choose <label>Update SSO Configurations</label>.
       *[first] Then choose <label>Setup SSO Configuration</label>.
    }
details-said = What happened when you saved in nOps?
details-saved = nOps saved the values
details-failed = nOps showed an error
details-back = Paste what the nOps page shows
details-back-groups = nOps shows <label>Set nOps role based on SAML group</label> turned on

## Step 8: two sign-in tests

sign-in-tests-lead = Test both ways to sign in: one can work while the other fails.
sign-in-tests-work = <b>You sign in</b> as the tester.
sign-in-tests-aws-page = Access portal
sign-in-tests-nops-page = Sign-in
sign-in-tests-the-tester = the tester
sign-in-tests-1 = From the AWS access portal
sign-in-tests-2 = From nOps
sign-in-tests-1-do = Close all private windows. Open this address in a new one, not in the window where you’re an administrator. Sign in as <b>{ $name }</b>, then choose the nOps tile.
sign-in-tests-2-do = Close all private windows. Open this link in a new one, then sign in as <b>{ $name }</b>.
sign-in-tests-passed = Passed at { $at } (you confirmed)
sign-in-tests-failed = Failed at { $at }
sign-in-tests-untried = Not tested
sign-in-tests-stale = Passed before a change
sign-in-tests-stale-why = A value changed after this test ({ $at }). Test again.
sign-in-tests-again = Test again
sign-in-tests-what = What happened?
sign-in-tests-said-passed = Signed in to nOps
sign-in-tests-said-mail = nOps asked for email confirmation
sign-in-tests-said-error = A page showed an error
sign-in-tests-said-else = Something else
sign-in-tests-error = Error message and page address
sign-in-tests-error-hint = We don’t save the message or the address.
sign-in-tests-decode = Explain error
sign-in-tests-else-hint = This test is recorded as failed. Try again, then choose what happened.
sign-in-tests-mail-open = Open the link in nOps’s email to <b>{ $name }</b>. Check the spam folder too.
sign-in-tests-mail-again = In the same private window as before, sign in to nOps again. Then update your answer above.
sign-in-tests-mailbox = Open the practice mailbox
sign-in-tests-asks = nOps’s request to AWS
sign-in-tests-asks-paste = Address of the AWS page that the Shareable Link opens
sign-in-tests-asks-hint = Open the link, but don’t sign in. Paste the address of AWS’s page here, and we’ll check the request in it.
sign-in-tests-asks-none = none
sign-in-tests-no-link = needs the Shareable Link from step 3

## Step 9: people

people-lead = Choose who can use nOps.
people-work = <b>We do this</b> after you confirm.
people-lead-applying = You can close the window. Progress is saved.
people-lead-by-hand = Choose who can use nOps, then add these people in AWS.
people-work-by-hand = <b>You do this</b> in AWS.
people-aws-page = <label>IAM Identity Center › Users, Groups</label>
people-early = <b>Finish step 8 first.</b> Until both tests pass, people might get errors.

people-group = Group
people-group-new = New group
people-group-name = Name of the new group
people-group-choose = Choose a group
people-group-default = nOps users

people-list = People
people-plan-title = What will change in AWS
people-empty = No people yet
people-add = Add a person…
people-add-list = Add from a list…
people-drop = or drop a list here
people-clear = Clear list
people-plan = Plan changes
people-plan-again = Plan again
people-apply =
    { $changes ->
        [one] Make 1 change…
       *[other] Make { $changes } changes…
    }
people-nothing = No changes needed.

people-person-title = Add a person
people-given = First name
people-family = Last name
people-email = Email address
people-user-name = User name
people-user-name-hint = Enter one only if it’s different from the email address. User names can’t be changed later.
people-person-do = Add to list
people-list-title = Add people from a list
people-list-hint = Enter one person per line: email, first name, last name, and, if it’s different, user name. With a header row, the columns can be in any order. You can also choose a file: CSV, an Excel or LibreOffice workbook, a vCard, or JSON.
people-list-text = List
people-list-file = Choose a file…
people-list-do = Add to list
people-unread =
    { $count ->
        [one] 1 line was skipped
       *[other] { $count } lines were skipped
    }
people-unread-line = Line { $line }
people-unread-who = Line { $line } ({ $who })
people-name-parts = First name: { $given }. Last name: { $family }.
people-name-none = none
list-columns = Columns used: { $columns }
list-column-email = email
list-column-user_name = user name
list-column-first_name = first name
list-column-last_name = last name
list-column-full_name = full name
list-column-status = status
list-column-ignore = not used
list-ask-columns = What do these columns contain?
    .why = The headers don’t show which column has the email addresses. We’ll remember your answer for lists with the same headers.
    .bare = The list has no header row.
list-ask-column = Column
list-ask-number = Column { $number }
list-ask-examples = First values
list-ask-hidden = Hidden
list-ask-choice = Content
list-ask-choice-of = Content of { $column }
list-ask-read = Read list
list-ask-discard = Discard list
list-ask-sheets = Which sheet has the people?
    .why = Several sheets in this workbook list people.
list-ask-sheet = Read { $sheet }
list-split =
    { $count ->
        [one] We split 1 full name into a first and last name. Check it below.
       *[other] We split { $count } full names into first and last names. Check them below.
    } To correct one, add the person again with the same email address.
list-inactive =
    { $count ->
        [one] 1 person was left out: the list marks this account as inactive.
       *[other] { $count } people were left out: the list marks their accounts as inactive.
    }
list-add-inactive = Add inactive people
list-unclear-status = The column { $column } has values that don’t say whether a person is active: { $values }. People with these values are included.

people-caption = People and their changes in AWS
people-col-person = Person
people-col-user-name = User name
people-col-user = User
people-col-member = In the group
people-col-remove = Remove from the list
people-remove = Remove { $name } from the list
people-open-user = Open user
people-of = , { $name }
people-page = { $from } to { $to } of { $total }
people-previous = Previous people
people-next = Next people
people-pages = Pages of the list
sign-user-unknown = not checked
sign-user-create = create
sign-user-keep = no change
sign-user-skip = left out
sign-user-done = created
sign-user-failed = failed
sign-member-unknown = not checked
sign-member-create = add
sign-member-keep = no change
sign-member-skip = left out
sign-member-done = added
sign-member-failed = failed

plan-create =
    { $count ->
        [one] <b>1</b> change
       *[other] <b>{ $count }</b> changes
    }
plan-skip = <b>{ $count }</b> left out
plan-once = Group and application
plan-group = Group { $group }
plan-assign = Assignment of { $group } to the nOps application
plan-cost =
    { $calls ->
        [one] 1 request to AWS
       *[other] { $calls } requests to AWS
    }, about { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    }

people-confirm-title =
    { $changes ->
        [one] Make 1 change in AWS?
       *[other] Make { $changes } changes in AWS?
    }
people-confirm-group = <b>1</b> group: { $group }
people-confirm-users =
    { $count ->
        [one] <b>1</b> person
       *[other] <b>{ $count }</b> people
    }{ $way ->
        [email_otp] . AWS emails a code at the first sign-in
       *[none] . AWS doesn’t send emails or set passwords
    }
people-confirm-members =
    { $count ->
        [one] <b>1</b> group membership
       *[other] <b>{ $count }</b> group memberships
    }
people-confirm-assign = <b>1</b> assignment, so that group members see the nOps tile
people-confirm-undo = <b>Undo</b> removes only what this run adds. Other people’s changes, nOps accounts, and sent emails aren’t affected.
people-confirm-do =
    { $changes ->
        [one] Make 1 change
       *[other] Make { $changes } changes
    }

people-stop = Stop after this change
people-stopped = Stopped. The changes made so far stay in AWS.
people-interrupted = We don’t know whether the last change was made. We check AWS before repeating anything.
people-reconcile = Check change in AWS
people-applied = All changes made.
people-rest = Plan remaining changes
people-undo = Undo changes…
people-undo-title = Undo changes?
people-undo-what = This undoes the changes that this setup made in AWS, including the tester’s assignment:
people-undo-assigned =
    { $count ->
        [one] Remove <b>1</b> assignment
       *[other] Remove <b>{ $count }</b> assignments
    }
people-undo-members =
    { $count ->
        [one] Remove <b>1</b> person from the group
       *[other] Remove <b>{ $count }</b> people from the group
    }
people-undo-removed =
    { $count ->
        [one] Add <b>1</b> removed person to the group again
       *[other] Add <b>{ $count }</b> removed people to the group again
    }
people-undo-users =
    { $count ->
        [one] Delete <b>1</b> user
       *[other] Delete <b>{ $count }</b> users
    }
people-undo-groups =
    { $count ->
        [one] Delete <b>1</b> group
       *[other] Delete <b>{ $count }</b> groups
    }
people-undo-unassigned =
    { $count ->
        [one] Restore <b>1</b> assignment
       *[other] Restore <b>{ $count }</b> assignments
    }
people-undo-enforced = <b>Enforce is on.</b> If you undo the changes now, people in the domain can’t sign in to nOps. First, turn off <label>Enforce SSO login for all domain users</label> in nOps.
people-undo-not = Other people’s changes, nOps accounts, and sent emails aren’t affected.
people-undo-uncertain =
    { $count ->
        [one] Also undo 1 change that another program might have made
       *[other] Also undo { $count } changes that another program might have made
    }
people-undo-uncertain-why = AWS’s response was lost, so we can’t tell whether this setup made the changes marked <b>Found later</b>.
people-undo-do = Undo changes

journal-title = Change history
journal-caption = Change history
journal-count =
    { $count ->
        [one] 1 change
       *[other] { $count } changes
    }
journal-at = Time
journal-change = Change
journal-state = Status
journal-create_group = Create group { $subject }
journal-create_user = Create user { $subject }
journal-add_member = Add { $subject } to { $group }
journal-remove_member = Remove { $subject } from { $group }
journal-assign_group = Assign group { $subject } to the application
journal-assign_user = Assign { $subject } to the application
journal-unassign_group = Remove group { $subject }’s assignment
journal-unassign_user = Remove { $subject }’s assignment
journal-undo_create_group = Delete group { $subject }
journal-undo_create_user = Delete user { $subject }
journal-undo_add_member = Remove { $subject } from { $group }
journal-undo_remove_member = Add { $subject } to { $group } again
journal-undo_assign_group = Remove group { $subject }’s assignment
journal-undo_assign_user = Remove { $subject }’s assignment
journal-undo_unassign_group = Assign group { $subject } to the application again
journal-undo_unassign_user = Assign { $subject } to the application again
unknown-mark = Mark as unknown…
unknown-title = Mark this change as unknown?
unknown-what = Do this only if you can no longer check AWS, for example because you lost access to the account.
unknown-then = Undo skips this change. If it was made, undo it yourself in AWS.
unknown-do = Mark as unknown
outcome-intended = In progress
outcome-done = Done
outcome-existed = Already there
outcome-failed = Failed
outcome-interrupted = Result not known
outcome-found = Found later
outcome-unknown = Unknown
outcome-undone = Undone

people-added =
    { $count ->
        [one] Added 1 person to the list.
       *[other] Added { $count } people to the list.
    }
people-found-title =
    { $count ->
        [one] Results for this person
       *[other] Results for these { $count } people
    }
people-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
people-fine = no problems found
people-need-password =
    { $count ->
        [one]
            { $way ->
                [email_otp] gets a code by email at the first sign-in
                [reset] needs a password reset in AWS
                [console] must be added in the console first
               *[none] can’t sign in: no password yet
            }
       *[other]
            { $way ->
                [email_otp] get a code by email at the first sign-in
                [reset] need a password reset in AWS
                [console] must be added in the console first
               *[none] can’t sign in: no password yet
            }
    }
people-other-domain = in another domain
people-refused = can’t sign in: AWS would deny access
people-you = You
people-you-assigned = { $name } is in the group or is the tester
people-you-listed = { $name } is on the list
people-you-missing = { $name } isn’t on the list or in the group, so you wouldn’t see the nOps tile
people-not-looked = <b>These people aren’t checked yet.</b> Planning doesn’t change anything in AWS.
people-in = New users have no password yet. How will they sign in?
people-in-otp = I turned on <label>Send email OTP</label> in AWS
people-in-otp-hint = AWS emails a code at the first sign-in.
people-in-reset = I’ll reset their passwords in AWS
people-in-console = I’ll add them in the AWS console instead
people-in-console-hint = AWS emails an invitation.
people-in-open-otp = Open Settings in AWS
people-in-open-users = Open Users in AWS
people-already = Existing accounts
people-already-why =
    Ask nOps whether existing accounts keep their role. New accounts get { $role ->
        [none] the default role
       *[other] <code>{ $role }</code>
    }.
people-elsewhere = AWS doesn’t send invitations. People sign in with your identity provider.
ask-title = Message to your directory administrator
ask-why =
    { $count ->
        [0] The message asks for the group <b>{ $group }</b>.
        [one] The message asks for the group <b>{ $group }</b> with 1 person.
       *[other] The message asks for the group <b>{ $group }</b> with { $count } people.
    }
ask-by-hint = Optional. For example, Friday, December 4.
ask-copy = Copy message
people-hand-done =
    { $count ->
        [0] Everyone who needs nOps is in AWS, and the group is assigned
        [one] The person on the list is in AWS, and the group is assigned
       *[other] All { $count } people on the list are in AWS, and the group is assigned
    }
people-skip = Skip this step: there’s no one to add now
people-hand-title = Add people in AWS by hand
people-hand-users =
    { $count ->
        [0] Choose <label>Users › Add user</label> for each person who needs nOps, and enter the name and email address. AWS emails an invitation
       *[other] Choose <label>Users › Add user</label>, and enter each person’s name and email address. AWS emails an invitation
    }
people-hand-group =
    { $count ->
        [0] Choose <label>Groups › Create group</label>, name the group <code>{ $group }</code>, and add these people
       *[other] Choose <label>Groups › Create group</label>, name the group <code>{ $group }</code>, and add everyone on the list
    }
people-hand-assign = Choose <label>Applications › nOps › Assign users and groups</label>, and assign this group

## Step 10: finish

finish-lead = Save the report for your records.
finish-aws-page = After setup
finish-nops-page = <label>Organization Settings › SSO</label>
finish-tell = Share this address with your users
finish-cert = Certificate expires { $date }
finish-cert-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
finish-cert-why = To add a reminder to your calendar, choose <b>Save calendar reminder…</b>
finish-cert-none = No certificate yet
finish-cert-none-why = You get the certificate in step 4.

enforcement-closed = Enforce (optional): { $met } of { $total } conditions met
enforcement-open = Ready to enforce: all { $total } conditions met
enforcement-early = Enforce is on (you confirmed): { $met } of { $total } conditions met
enforcement-on = Enforce is on (you confirmed): all { $total } conditions met
enforcement-met = Met:
enforcement-stale = Outdated:
enforcement-missing = Missing:
enforcement-go = Go to step { $number }
enforcement-go-field = Go to { $field }
enforcement-cut = After this, users in this domain can’t sign in with a password
enforcement-do = In nOps, fill in <label>Domain</label>, turn on <label>Enforce SSO login for all domain users</label>, then choose <label>Update SSO Configurations</label>.
finish-domain-hint = After you turn on Enforce, everyone with an email address in this domain must sign in through AWS.
enforcement-enforce-on = nOps shows <label>Enforce SSO login for all domain users</label> turned on
enforcement-enforce-on-hint = Selecting this doesn’t change anything in nOps.

team-none = Who would be locked out?
team-title =
    { $count ->
        [one] The nOps team: 1 member
       *[other] The nOps team: { $count } members
    }
team-text = Members of the nOps team
team-hint = Copy the nOps page that lists your users, and paste it here. Only email addresses are kept.
    .practice = In practice mode, use the <label>Users</label> tab next to <label>SSO</label>. Only email addresses are kept.
team-compare = Compare lists
team-checked = I compared the nOps team myself
team-checked-hint = Everyone who needs access signs in through AWS, or is in another domain.
team-come-in =
    { $count ->
        [one] signs in through AWS
       *[other] sign in through AWS
    }
team-outside = in another domain, so not affected by Enforce
team-differ =
    { $count ->
        [one] signs in with a different address
       *[other] sign in with a different address
    }
team-locked-out = would be locked out
team-domain-unknown =
    { $count ->
        [one] doesn’t sign in through AWS. Enter the domain to see whether Enforce locks this person out.
       *[other] don’t sign in through AWS. Enter the domain to see whom Enforce locks out.
    }
team-locked-out-said =
    { $count ->
        [0] No one would be locked out.
        [one] 1 person would be locked out.
       *[other] { $count } people would be locked out.
    }
team-locked-out-why = These people don’t sign in through AWS. <b>Add them in step 9.</b> If some of them should lose access, paste the list without them.
team-differ-why = nOps might not find these people’s accounts. Use the same address in AWS and nOps.
team-pair = { $nops } in nOps, { $aws } in AWS
team-more =
    { $count ->
        [one] and 1 more
       *[other] and { $count } more
    }
team-forget = Remove list
finish-out = If someone is locked out
finish-out-one = <b>One person:</b> check the assignment, email address, and password in AWS.
finish-out-one-do = Explain an error
finish-out-all = <b>Everyone in the domain:</b> { $who } signs in to nOps with a password and turns off <label>Enforce SSO login for all domain users</label>.
finish-out-all-unnamed = <b>Everyone in the domain:</b> an administrator outside the domain turns off <label>Enforce SSO login for all domain users</label>.
finish-out-all-go = Name a recovery administrator
finish-out-recovery = <b>The recovery administrator too:</b> contact nOps support.
finish-out-copy = Copy message to nOps support
finish-out-never = <b>Don’t delete the SSO configuration</b>: nOps can’t restore it.

finish-proved = You confirmed both sign-in tests
finish-proved-say = The dry run passed too. Save the report to finish.
finish-done = You’re done
finish-done-say = Keep the report, and add a calendar reminder for the certificate.
finish-report = Report
finish-preview = Report preview
finish-preview-people = This preview shows full email addresses. The saved report shortens them unless you include people’s names and addresses.
finish-report-people = Include people’s names and addresses
finish-save-html = Save report…
finish-report-again = Enforce (below) is optional. If you turn it on later, save the report again.
finish-report-outdated =
    { $enforce ->
        [on] The saved report doesn’t say that Enforce is on.
       *[off] The saved report says that Enforce is on.
    }
finish-report-update = Save report again…
finish-save-markdown = Markdown…
finish-save-json = JSON…
finish-save-values = Values document…
finish-save-calendar = Save calendar reminder…
paper-title = { $name }: nOps sign-in with AWS
paper-saved = As of { $at }
paper-for = Conditions for Enforce
paper-open = Problems
paper-nothing-open = No problems found.
paper-unknown = not known
paper-account = Account
paper-application = Application
paper-certificate = Certificate
paper-certificate-until = valid until { $date }
paper-group = Group
paper-tenant = <label>Entity ID</label>
paper-issuer = Issuer
paper-role = <label>Default role</label>
paper-enforce = Enforce
paper-on = on
paper-off = off
paper-recovery = Recovery administrator

## Hidden text before a status icon, for screen readers

mark-said = Met:
mark-open = Open:
mark-warn = Warning:

## Mini window

strip-title = { $side }: { $step }
strip-count = { $taken } of { $total } copied.
strip-space = Press <kbd>Space</kbd> to copy the next value.
strip-copy-next = Copy next value
strip-back = Main window
strip-not-on-top = Wayland doesn’t let apps stay on top. Put the mini window next to your browser.
strip-also = and { $place }
strip-none = Nothing to copy in this step
strip-waits = not known yet
strip-mapping_attribute = Row { $row }, attribute
strip-mapping_value = Row { $row }, value (format: { $format })
