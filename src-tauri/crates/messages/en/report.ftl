### The setup report.

report-title = { $organization }: nOps sign-in with AWS
report-made = Setup report, created { $at }
report-standing-unfinished =
    { $count ->
        [one] Setup not finished: 1 item left to do
       *[other] Setup not finished: { $count } items left to do
    }
report-standing-ready = Setup finished: ready to enforce
report-standing-enforced = Setup finished: Enforce is on
report-standing-not-ready = Setup finished: not ready to enforce
report-practice = Practice mode: no real AWS or nOps account was used.
report-redirected = AWS requests went to { $endpoint }, not to AWS.

report-unknown = not known
report-empty = empty
report-yes = yes
report-value-identity_source =
    { $value ->
        [directory] Identity Center directory
        [scim] External identity provider (SCIM)
        [active_directory] Active Directory
       *[other] { $value }
    }
report-value-instance_kind =
    { $value ->
        [organization] Organization instance
        [account] Account instance
       *[other] { $value }
    }
report-value-tester_assigned =
    { $value ->
        [assigned] Assigned
        [through_group] Assigned through a group
        [unassigned] Not assigned
       *[other] { $value }
    }
report-value-tester_signed_in =
    { $value ->
        [PASSWORD] With a password
        [TOTP] With an authenticator app’s code
        [WEBAUTHN] With a security key or passkey
        [EXTERNAL_IDP] Through the external identity provider
        [EMAIL_OTP] With a code sent by email
       *[other] { $value }
    }
report-no = no
report-side-aws = AWS
report-side-nops = nOps

## Summary

report-glance = Summary
report-account = AWS account
report-region = Region
report-application = Application
report-application-arn = Application ARN
report-issuer = Application (issuer)
report-certificate = Certificate valid until
report-sources = Sources of values
report-sources-count = { $observed } from AWS or nOps, { $imported } from files, { $entered } entered, { $derived } derived, { $declared } confirmed by people
report-problems = Problems
report-problems-count =
    { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }
report-enforce = Enforce SSO login for all domain users
report-enforce-open = ready to turn on: all conditions met
report-enforce-on = on (confirmed by a person): all conditions met
report-enforce-early = on (confirmed by a person): { $met } of { $total } conditions met
report-enforce-closed = not ready: { $met } of { $total } conditions met
report-ends =
    { $days ->
        [0] { $at } (expired or expires today)
        [one] { $at } (1 day left)
       *[other] { $at } ({ $days } days left)
    }
report-steps = Steps
report-steps-count = { $done } of { $total } done
report-steps-open = Steps to finish
report-step = Step
report-status = Status
report-step-ready = Ready
report-step-done = Done
report-step-skipped = Skipped
report-step-attention =
    { $count ->
        [one] Needs attention: 1 problem
       *[other] Needs attention: { $count } problems
    }

## Test results

report-proofs = Test results
report-proofs-lead = A result is valid until a value that it depends on changes. People reported the results of the sign-in tests.
report-dry-run = Dry run
report-dry-run-none = No dry run yet.
report-dry-run-counted = Dry run on { $at }: { $result }, { $passed } of { $checks } checks passed. The response wasn’t saved.
report-dry-run-said = Dry run on the tester’s computer: { $result }, as reported by the tester. Received on { $at }.
report-dry-run-kept = Dry run on { $at }: { $result }. The response wasn’t saved.
report-dry-run-all = All checks passed: { $checks }.
report-check = Check
report-result = Result
report-result-pass = passed
report-result-warn = passed, with a warning
report-result-fail = failed
report-result-unchecked = not checked
report-sign-in-tests = Sign-in tests
report-sign-in-test = Sign-in test
report-at = Reported (UTC)
report-sign-in-test-passed = passed (reported)
report-sign-in-test-stale = passed before the last change (reported)
report-sign-in-test-failed = failed (reported)
report-sign-in-test-untried = not tested
report-enforcement = Ready to enforce
report-condition = Condition
report-state = State
report-met = met
report-stale = met before the last change
report-missing = not met

## To do

report-open = To do
report-notes = Notes
report-before-enforce = Before you turn on Enforce:
report-findings-none = No problems found.
report-fix = Next: { $fix }
report-kept = A person confirmed that the page shows this value.
report-kept-short = confirmed by a person

## Certificates

report-certificates = Certificates
report-certificate-none = No certificate yet.
report-certificate-until = Valid until
report-certificate-from = Valid from
report-certificate-sha256 = SHA-256
report-certificate-same = Matches AWS’s metadata
report-certificate-same-yes = yes
report-certificate-same-no = no
report-certificate-key = Key
report-certificate-serial = Serial number
report-certificate-subject = Subject
report-certificate-source = Source
report-fingerprint = SHA-256 { $sha256 }
report-document =
    { $characters ->
        [one] document with 1 character
       *[other] document with { $characters } characters
    }

## Values

report-values = Values
report-label = Label
report-value = Value
report-source = Source
report-since = Since (UTC)
report-mappings = Attribute mappings for nOps
report-mappings-fit = The mappings in AWS match.
report-mappings-differ = The mappings in AWS are different. See To do.
report-mappings-unseen = The mappings in AWS haven’t been checked yet.

## What people confirmed

report-declared = Values that people confirmed
report-declared-lead = nOps SSO Setup didn’t check these values.
report-declared-none = None.

## Change history

report-journal = Change history
report-journal-none = nOps SSO Setup made no changes in AWS.
report-when = Time (UTC)
report-who = Signed in to AWS as { $who }.
report-what = Change
report-outcome = Result
report-change-create_group = Create group { $subject }
report-change-create_user = Create user { $subject }
report-change-add_member = Add { $subject } to the group
report-change-assign_group = Assign group { $subject } to the application
report-change-assign_user = Assign { $subject } to the application
report-change-unassign_group = Remove group { $subject }’s assignment
report-change-unassign_user = Remove { $subject }’s assignment
report-change-undo_create_group = Delete group { $subject }
report-change-undo_create_user = Delete user { $subject }
report-change-undo_add_member = Remove { $subject } from the group
report-change-undo_assign_group = Remove group { $subject }’s assignment
report-change-undo_assign_user = Remove { $subject }’s assignment
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
        [one] Remove 1 person’s assignment
       *[other] Remove { $count } people’s assignments
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
        [one] Remove 1 person from the group
       *[other] Remove { $count } people from the group
    }
report-changes-undo_assign_user =
    { $count ->
        [one] Remove 1 person’s assignment
       *[other] Remove { $count } people’s assignments
    }
report-outcome-intended = not done yet
report-outcome-done = done
report-outcome-existed = already existed
report-outcome-failed = failed
report-outcome-interrupted = interrupted (result not known)
report-outcome-found = found later (made by this setup or another program)
report-outcome-unknown = marked as unknown
report-outcome-undone = undone

## People

report-people = People
report-people-group = Group
report-people-total = On the list
report-people-fine = No problems found
report-people-need_password =
    { $way ->
        [email_otp] First sign-in with an emailed code
       *[none] Without a password
    }
report-people-other_domain = In another domain
report-people-refused = AWS would refuse their sign-in
report-persons = People by name
report-person-name = Name
report-person-user_name = User name
report-person-email = Email address
report-person-user = User
report-person-member = In the group
report-person-found = Findings
report-person-fine = none
report-sign-unknown = not checked
report-sign-create = to be added
report-sign-keep = already there
report-sign-skip = skipped
report-sign-done = added
report-sign-failed = failed

## Lockouts

report-locked = If someone is locked out
report-locked-one = One person: check the assignment, email address, and password in AWS.
report-locked-everyone = Everyone in the domain: { $who } signs in to nOps with a password and turns off Enforce SSO login for all domain users in Organization Settings › SSO.
report-locked-everyone-unnamed = Everyone in the domain: an administrator in another domain signs in to nOps with a password and turns off Enforce SSO login for all domain users in Organization Settings › SSO. Name this administrator in step 3.
report-locked-recovery = The recovery administrator, too: ask nOps support to turn off Enforce SSO login for all domain users.
report-locked-never = Don’t delete the SSO configuration: nOps can’t restore it.

report-foot-masked = This report contains no secrets and no SAML response. Names are left out, and email addresses are masked, except the recovery administrator’s.
report-foot-named = This report contains names, but no secrets and no SAML response. Store it where personal data is allowed.

## The calendar file

calendar-title = Replace the AWS certificate for nOps: { $organization }
calendar-why = After { $until }, nOps might reject every sign-in through AWS. Replace the certificate before this date, and plan an hour for it. Between steps 2 and 3, users can’t sign in.
calendar-before = Before you start, sign in to nOps as an administrator, and stay signed in until both sign-in tests pass.
calendar-generate = 1. In AWS, open the application { $application } and choose <label>Manage certificate</label>, then <label>Generate new certificate</label>. Download the new certificate.
calendar-paste = 2. In nOps, open <label>Organization Settings › SSO</label>, paste the new certificate into <label>X.509 Certificate</label>, and choose <label>Update SSO Configurations</label>.
calendar-activate = 3. In AWS, choose <label>Set as active</label> for the new certificate.
calendar-test = 4. Test sign-in from the AWS access portal and from nOps.
calendar-delete = 5. In AWS, delete the old certificate.
calendar-go-back = If sign-in fails, don’t delete the old certificate. Set it as active again, and paste it into nOps.
calendar-again = In step 10 of nOps SSO Setup, Replace certificate… guides you through these steps. Afterward, save a new calendar reminder. It replaces this event.
calendar-report =
    { $file ->
        [none] To save a report, open { $organization } in nOps SSO Setup and choose Save report in step 10.
       *[saved] Report: { $file }
    }
