### Replacing the certificate of a finished setup: a mode of step 10, and the list of setups.

rotation = Replace the certificate
rotation-lead = Generate a new certificate in AWS, save it in nOps, then activate it in AWS.
rotation-work = <b>You do this</b> in AWS and nOps.
rotation-takes = About an hour, with a few minutes without sign-in
rotation-tasks = Progress
rotation-next = Next:

rotation-generate = Generate a new certificate in AWS
rotation-compare = Compare the certificates
rotation-copy = Paste the new certificate into nOps, without saving
rotation-plan = Plan the minutes without sign-in
rotation-save = Save in nOps
rotation-activate = Make the new certificate active in AWS
rotation-dry_run = Run a dry run
rotation-sign_in_test = Test sign-in once
rotation-delete = Delete the old certificate in AWS

rotation-state-open = Open
rotation-state-done = Done
rotation-state-problem = Needs attention
rotation-state-skipped = Not needed

## What is wrong with a task

rotation-problem-same_as_old = This is the old certificate. Download the new one from <label>Manage certificate</label>.
rotation-problem-delete_first = The other certificate in AWS is older than the one that nOps uses. Delete the inactive certificate in AWS first, then generate a new one.
rotation-problem-weak = The new certificate has a weak key or signature. Delete it in AWS first, then generate another one with RSA 2048 and SHA-256.
rotation-problem-expires_earlier = The new certificate expires before the old one. Delete it in AWS first, then generate another one with a longer validity period.
rotation-problem-other_subject = The two certificates have different names. The new one might be from another application.
rotation-problem-form_has_old = nOps’s field shows the old certificate. Paste the new one.
rotation-problem-form_has_other = nOps’s field shows another certificate. Paste the new one.
rotation-problem-form_unreadable = nOps’s field doesn’t show a complete certificate. Paste the new one again.
rotation-problem-signed_with_old = AWS signed the response with the old certificate, so the new one isn’t active yet.
rotation-problem-metadata_lists_old = AWS’s metadata lists only the old certificate, so the new one isn’t active yet.
rotation-problem-dry_run_failed = The dry run found problems.
rotation-problem-test_failed = The sign-in test failed. The nOps certificate might not be the one that you confirmed.

## Whether users can sign in

rotation-sign_in-matches = AWS signs with the certificate that nOps has
    .old = This is the old certificate.
    .new = This is the new certificate.
rotation-sign_in-broken = Users can’t sign in through SAML now
    .say = AWS signs with a certificate that nOps doesn’t have. Restore sign-in in one of these ways, the quickest first:
rotation-sign_in-test_failed = The sign-in test failed
    .say = Users might not be able to sign in through SAML. Try these in this order:
rotation-sign_in-unknown = We don’t know which certificate AWS signs with
    .say = Look at the status on <label>Manage certificate</label> in AWS, or run a dry run.

rotation-repair-activate_new = In AWS, make the new certificate active. This takes seconds.
rotation-repair-activate_old = In AWS, make the old certificate active again. This takes seconds.
rotation-repair-save_form = In nOps, choose <label>Update SSO Configurations</label>. The new certificate is already in the form.
rotation-repair-save_new = In nOps, paste the new certificate into <label>X.509 Certificate</label>, and choose <label>Update SSO Configurations</label>.
rotation-repair-save_old = In nOps, paste the old certificate into <label>X.509 Certificate</label>, and choose <label>Update SSO Configurations</label>.
rotation-repair-activate_new-did = AWS shows the new certificate as active
rotation-repair-activate_old-did = AWS shows the old certificate as active
rotation-repair-save_form-did = nOps saved the new certificate
rotation-repair-save_new-did = nOps saved the new certificate
rotation-repair-save_old-did = nOps saved the old certificate

## The certificates

rotation-certificates = Certificates
rotation-old = Old certificate
rotation-new = New certificate
rotation-new-none = Not generated yet
rotation-until = Valid until { $date }
rotation-listed = In AWS’s metadata
rotation-not-listed = Not in AWS’s metadata
rotation-copy-old = Copy old certificate
rotation-fingerprints = Compare the last characters. Two certificates of one application have the same name, so only the fingerprint tells them apart.

## AWS’s side

rotation-aws-page = <label>Manage certificate</label>
rotation-generate-1 = Open the nOps application, and choose the tab <label>Configuration</label>.
rotation-generate-2 = Under <label>IAM Identity Center metadata</label>, choose <label>Manage certificate</label>.
rotation-generate-3 = Choose <label>Generate new certificate</label>. Keep <label>SHA-256</label> and <label>2048-bit RSA</label>, and enter the validity period in months, for example 60.
rotation-generate-4 = Don’t make it active yet. Sign-in works as before.
rotation-watching = We check AWS’s metadata every 10 seconds until it lists the new certificate.
rotation-watching-delete = We check AWS’s metadata every 10 seconds until the old certificate is gone.
rotation-check = Check now
rotation-download = AWS’s metadata doesn’t list the new certificate?
rotation-download-say = Download the new certificate from <label>Manage certificate</label>, and drop the file on this window or paste its text.
rotation-compare-1 = On <label>Manage certificate</label>, check that AWS shows two certificates with these expiration dates.
rotation-compare-did = These are the certificates that AWS shows
rotation-activate-1 = On <label>Manage certificate</label>, select the new certificate. It expires on { $date }.
rotation-activate-2 = Choose <label>Actions › Set as active</label>, then <label>Make active</label>.
rotation-activate-did = AWS shows the new certificate as active
rotation-delete-1 = On <label>Manage certificate</label>, select the inactive certificate. It expires on { $date }.
rotation-delete-2 = Choose <label>Actions › Delete</label>. AWS can’t restore it.
rotation-delete-did = AWS shows only the new certificate
rotation-aws-wait = Nothing to do in AWS now
rotation-aws-keep = Keep <label>Manage certificate</label> open. You need it right after you save in nOps.

## nOps’s side

rotation-nops-page = <label>Organization Settings › SSO</label>
rotation-copy-1 = Open nOps as an administrator, and stay signed in.
rotation-copy-2 = Replace the text in <label>X.509 Certificate</label> with the new certificate.
rotation-copy-3 = Don’t choose <label>Update SSO Configurations</label> yet. Leave the page open.
rotation-copy-did = nOps’s field shows the new certificate
rotation-copy-check = Paste what nOps’s field shows
rotation-plan-gap = Users can’t sign in through SAML between saving in nOps and activating in AWS. Expect a few minutes. Open nOps sessions continue.
rotation-plan-enforce = Enforce is on, so users in the domain can’t sign in with a password either.
rotation-plan-time = Suggested time: { $at }, on this computer’s clock. Plan an hour.
rotation-plan-use = Plan this time
rotation-plan-planned = Planned for { $at }, on this computer’s clock.
rotation-plan-other = Remove time
rotation-plan-now = Start as soon as you can. Plan an hour.
rotation-admin = A nOps administrator is signed in now and stays signed in
rotation-recovery = { $who } can sign in to nOps with a password now
rotation-recovery-unnamed = A recovery administrator outside the domain can sign in to nOps with a password now
rotation-save-cut = From now on, users can’t sign in until AWS uses the new certificate
rotation-save-1 = Check that <label>X.509 Certificate</label> shows the new certificate: the last characters before “-----END CERTIFICATE-----” are <code>{ $ending }</code>. If the page was reloaded, paste it again.
rotation-save-2 = Choose <label>Update SSO Configurations</label>.
rotation-save-3 = Then go directly to AWS, and make the new certificate active.
rotation-save-restores = Saving restores sign-in
rotation-save-now-1 = Paste the new certificate into <label>X.509 Certificate</label>.
rotation-save-now-2 = Choose <label>Update SSO Configurations</label>.
rotation-save-did = nOps saved the new certificate
rotation-nops-wait = Nothing to do in nOps now

## Test, end, and the way back

rotation-dry-run-first = Paste the response that AWS sends now
rotation-done = The certificate is replaced
rotation-done-say = AWS signs with the new certificate, and a sign-in test passed. It’s valid until { $date }. Save the report again, and replace the calendar reminder.
rotation-done-both = <b>Ready to enforce</b> needs both sign-in tests with the new certificate. Repeat the other one in step 8.
rotation-finish = Back to step 10
rotation-leave = Continue later

rotation-back = Go back to the old certificate
rotation-back-start = No changes to undo were found.
rotation-back-cancel = Stop replacing the certificate
rotation-back-order = Do these in this order:
rotation-back-activate_old = In AWS, on <label>Manage certificate</label>, choose <label>Actions › Set as active</label> for the old certificate, then <label>Make active</label>.
rotation-back-save_old = In nOps, paste the old certificate into <label>X.509 Certificate</label>, and choose <label>Update SSO Configurations</label>.
rotation-back-leave_form = In nOps, reload the page without saving.
rotation-back-delete_new = In AWS, delete the new certificate: <label>Actions › Delete</label>. You can also keep it for later.
rotation-back-activate_old-did = AWS shows the old certificate as active
rotation-back-save_old-did = nOps saved the old certificate
rotation-back-leave_form-did = nOps shows the old certificate again
rotation-back-delete_new-did = AWS shows only the old certificate
rotation-back-old_deleted = There’s no way back: AWS can’t restore the old certificate. Save the new certificate in nOps.
rotation-back-old_expired = The old certificate has expired, so going back might not restore sign-in.
rotation-retract = I haven’t done this

## Where the rotation starts

rotation-start = Replace certificate…
rotation-continue = Continue replacing the certificate
rotation-under-way = Replacing the certificate. Next: { $task }
    .planned = Replacing the certificate, planned for { $at }. Next: { $task }
rotation-reason-second_certificate = AWS has two certificates
rotation-reason-replaced = AWS replaced the certificate that nOps has
rotation-reason-expired = The certificate expired on { $on }
rotation-reason-expires_soon =
    { $days ->
        [one] The certificate expires on { $on } (1 day left)
       *[other] The certificate expires on { $on } ({ $days } days left)
    }

field-old_certificate = Replaced certificate
field-new_certificate = New certificate
field-compared_certificate = Compared certificate
field-nops_form_certificate = Certificate in nOps’s form
field-nops_certificate = Certificate saved in nOps
field-active_certificate = Certificate that AWS signs with
field-gap_admin_signed_in = Administrator signed in before the certificate was replaced
field-gap_recovery_ready = Recovery administrator ready before the certificate was replaced
field-gap_planned_at = Time planned for replacing the certificate
field-old_certificate_deleted = Old certificate deleted in AWS
field-rotation_finished = New certificate in use
certificate-new_certificate = New certificate from your file

failure-rotation_no_certificate = There’s no certificate to replace. Finish step 4 first.
failure-rotation_nops_not_saved = nOps hasn’t saved a certificate yet. Finish step 7 first.
failure-rotation_not_confirmed = This can’t be confirmed now. Do the next task first.

finding-nops_certificate_replaced = AWS’s metadata doesn’t list the certificate that nOps uses
    .detail = nOps rejects every sign-in until it has the certificate that AWS signs with.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

fix-rotate = Replace the certificate

## The report

report-rotation = Certificate replacement
report-rotation-task = Task
report-rotation-how = How we know
report-rotation-old = Old certificate: SHA-256 { $sha256 }, valid until { $until }
report-rotation-new = New certificate: SHA-256 { $sha256 }, valid until { $until }
report-rotation-finished = Finished { $at }
report-rotation-under_way = Not finished
