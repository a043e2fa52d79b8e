### The setup report.

report-title = { $organization }: sign-in to nOps through AWS
report-made = Setup report, made { $at }
report-practice = Practice: nothing in this report is about a real account.
report-redirected = AWS was asked at another address than its own: { $endpoint }

report-unknown = not known
report-empty = seen empty
report-yes = yes
report-no = no
report-side-aws = AWS
report-side-nops = nOps

## At a glance

report-glance = At a glance
report-account = AWS account
report-region = Region
report-application = Application
report-application-arn = Application ARN
report-certificate = Certificate
report-findings = Findings
report-findings-count =
    { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
report-enforce = Enforce SSO login for all domain users
report-gate-open = can be switched on: all conditions are met
report-gate-closed = stays off: { $met } of { $total } conditions are met
report-ends =
    { $days ->
        [0] ended or ends today, { $at }
        [one] until { $at }, 1 day left
       *[other] until { $at }, { $days } days left
    }
report-steps = Steps
report-step = Step
report-status = Status
report-rests = Basis
report-rests-declared = partly only said
report-step-ready = Ready
report-step-done = Done
report-step-attention =
    { $count ->
        [one] Needs attention: 1 finding
       *[other] Needs attention: { $count } findings
    }

## What speaks for it

report-proofs = What speaks for it
report-proofs-lead = A proof holds only while nothing under it changes. A sign-in test’s result is what a person said.
report-dry-run = Dry run
report-dry-run-none = No dry run was done.
report-dry-run-counted = Dry run of { $at }: { $verdict }, { $passed } of { $checks } checks passed. The response itself was not kept.
report-dry-run-said = Dry run by a tester elsewhere, result received { $at }: { $verdict }, as the tester says. It was not seen here.
report-dry-run-kept = Dry run of { $at }: { $verdict }. The response itself was not kept.
report-check = Check
report-verdict = Result
report-verdict-pass = passed
report-verdict-warn = passed, with a warning
report-verdict-fail = failed
report-verdict-unchecked = not checked
report-sign-in-tests = Test sign-in
report-sign-in-test = Sign-in test
report-result = Result
report-at = Said
report-sign-in-test-passed = passed, as declared
report-sign-in-test-stale = passed before the last change, as declared
report-sign-in-test-failed = did not open, as declared
report-sign-in-test-untried = not tried
report-gate = The gate to Enforce
report-condition = Condition
report-state = State
report-met = met
report-met-declared = met, as declared
report-stale = older than the last change
report-missing = missing

## Still open

report-open = Still open
report-findings-none = Nothing was found that is open.
report-fix = What to do: { $fix }
report-kept = Kept: a person answered that the page shows it so.
report-kept-short = kept

## Certificates

report-certificates = Certificates
report-certificate-none = No certificate is known yet.
report-certificate-until = Valid until
report-certificate-from = Valid from
report-certificate-sha256 = SHA-256
report-certificate-same = Same as in AWS’s metadata
report-certificate-same-yes = the same
report-certificate-same-no = another one
report-certificate-same-unknown = there is no metadata to compare with
report-certificate-key = Key
report-certificate-serial = Serial number
report-certificate-subject = Subject
report-certificate-source = Source
report-fingerprint = SHA-256 { $sha256 }
report-document =
    { $characters ->
        [one] 1 character
       *[other] { $characters } characters
    }

## Values

report-values = Values, as they are known
report-label = Label
report-value = Value
report-source = Source
report-since = Since
report-mappings = Attribute mappings that nOps needs
report-mappings-fit = AWS’s page was seen to hold exactly these.
report-mappings-differ = AWS’s page was seen to hold something else: see Still open.
report-mappings-unseen = Nobody has looked yet whether AWS’s page holds them.

## What rests on what people said

report-declared = What only rests on what people said
report-declared-lead = Nothing here was seen by this app.
report-declared-none = Nothing.

## Journal

report-journal = Who did what, and when
report-journal-none = This app changed nothing in AWS.
report-when = Time
report-who = Signed in as
report-what = Change
report-outcome = Outcome
report-change-create_group = Create group { $subject }
report-change-create_user = Create user { $subject }
report-change-add_member = Add { $subject } to the group
report-change-assign_group = Assign group { $subject } to the application
report-change-assign_user = Assign { $subject } to the application
report-change-unassign_group = Take away the assignment of group { $subject }
report-change-unassign_user = Take away the assignment of { $subject }
report-change-undo_create_group = Delete group { $subject }
report-change-undo_create_user = Delete user { $subject }
report-change-undo_add_member = Take { $subject } out of the group
report-change-undo_assign_group = Take back the assignment of group { $subject }
report-change-undo_assign_user = Take back the assignment of { $subject }
report-change-undo_unassign_group = Assign group { $subject } to the application again
report-change-undo_unassign_user = Assign { $subject } to the application again
report-changes-create_user =
    { $count ->
        [one] Create 1 user
       *[other] Create { $count } users
    }
report-changes-add_member =
    { $count ->
        [one] Add 1 person to the group
       *[other] Add { $count } people to the group
    }
report-changes-assign_user =
    { $count ->
        [one] Assign 1 person to the application
       *[other] Assign { $count } people to the application
    }
report-changes-unassign_user =
    { $count ->
        [one] Take away the assignment of 1 person
       *[other] Take away the assignments of { $count } people
    }
report-changes-undo_unassign_user =
    { $count ->
        [one] Assign 1 person to the application again
       *[other] Assign { $count } people to the application again
    }
report-changes-undo_create_user =
    { $count ->
        [one] Delete 1 user
       *[other] Delete { $count } users
    }
report-changes-undo_add_member =
    { $count ->
        [one] Take 1 person out of the group
       *[other] Take { $count } people out of the group
    }
report-changes-undo_assign_user =
    { $count ->
        [one] Take back the assignment of 1 person
       *[other] Take back the assignments of { $count } people
    }
report-outcome-intended = not made yet
report-outcome-done = made
report-outcome-existed = was there already
report-outcome-failed = failed
report-outcome-interrupted = interrupted: the outcome is not known
report-outcome-found = found after a lost answer: made by this setup, or by others meanwhile
report-outcome-unknown = closed by you: the outcome is not known
report-outcome-undone = taken back

## People

report-people = People
report-people-group = Group
report-people-total = Listed
report-people-fine = Nothing found against them
report-people-need_password = Need a password first
report-people-other_domain = Of another domain than most
report-people-refused = AWS would refuse their sign-in
report-persons = By name
report-person-name = Name
report-person-user_name = User name
report-person-email = Email address
report-person-user = User
report-person-member = In the group
report-person-found = Found
report-person-fine = nothing
report-sign-unknown = not looked up
report-sign-create = to be made
report-sign-keep = is there
report-sign-skip = left out
report-sign-done = made
report-sign-failed = failed

## When somebody is locked out

report-locked = If somebody is locked out
report-locked-one = One person: look at the assignment, the email address and the password in AWS.
report-locked-everyone = Everyone of the domain: { $who } signs in to nOps with a password and switches Enforce SSO login for all domain users off, at Organization Settings › SSO.
report-locked-everyone-unnamed = Everyone of the domain: an administrator outside it signs in to nOps with a password and switches Enforce SSO login for all domain users off, at Organization Settings › SSO. Nobody is named yet.
report-locked-recovery = The recovery administrator too: write to nOps support, name the organization, and ask them to switch Enforce off.
report-locked-never = Never delete the SSO configuration to get out: nOps can’t bring it back.

report-foot-masked = No secret and no SAML response is in this report. Names are left out, and email addresses are masked.
report-foot-named = No secret and no SAML response is in this report. It names people: keep it where their data may be kept.
