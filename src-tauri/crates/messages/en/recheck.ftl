### Checks of a finished setup: step 10, the list of setups, and the command line.

recheck = Check this setup again
    .why = Compares what AWS and nOps show now with this setup, and changes nothing. To check every day, run <code>nops-sso-setup watch</code>.
recheck-check = Check now
recheck-running = Checking…
recheck-at = Checked { $at }
recheck-result-fine = No problems found
recheck-result-problems = Problems found
recheck-result-unchecked = Couldn’t check everything
recheck-state-checked = Checked
recheck-state-skipped = Not checked.
recheck-state-unchecked = Couldn’t check.
recheck-last-checked = Last checked { $at }. What that check found is still listed.

recheck-subject-metadata = AWS’s metadata
recheck-subject-nops = What nOps shows
recheck-subject-application = The application in AWS
recheck-subject-people = People and their group
recheck-subject-event_history = AWS’s event history

recheck-no-credentials = There are no AWS credentials.
recheck-no-metadata-link = The setup has no link to AWS’s metadata. Enter the issuer URL in step 4.
recheck-nops-not-allowed = Choose Check nOps in step 7 or 8 to allow it.
recheck-other-account = The AWS credentials are for another account.
recheck-no-application = The application isn’t known in AWS.
recheck-no-people = Step 9 isn’t finished.
recheck-people-confirmed = You confirmed step 9 yourself, so there is nothing to compare with.
recheck-region-unknown = AWS didn’t find the application, but the setup doesn’t know its Region. Choose the application again in step 4.
recheck-never-verified = Nothing was tested before, so there is nothing to compare with.

recheck-changed =
    { $item ->
        [none] { $field }
       *[other] { $field }, { $item }
    }: { $before ->
        [none] added { $after }
       *[other]
            { $after ->
                [none] removed { $before }
               *[other] { $before } → { $after }
            }
    }
# $kind is the field and its value. $value is the value in a readable form.
recheck-value =
    { $kind ->
        [application_status-ENABLED] enabled
        [application_status-DISABLED] disabled
        [application_status-GONE] deleted
        [application_visibility-ENABLED] visible
        [application_visibility-DISABLED] hidden
        [people_added-true] yes
        [people_added-false] no
       *[other] { $value }
    }
recheck-value-certificate = certificate ending in { $end }
# $step is a step’s number.
recheck-changed-fix =
    { $field ->
        [application_name] If the new name is right, choose the application again in step 4.
        [application_status] Enable the application in AWS. If it was deleted, add it again in step 4.
        [application_visibility] Make the application visible in AWS, so that people find it in the access portal.
        [configuration_saved] Compare the application’s configuration in AWS with step 4, and run a new dry run.
        [mappings_saved] Compare the attribute mappings in AWS with step 5, and run a new dry run.
        [people_added] Step 9 shows who isn’t in the group.
        [idp_certificate] Make sure that nOps has the certificate that AWS uses. Then update step { $step } and test again.
       *[other] If the new value is right, update step { $step } and test again. Otherwise, change it back.
    }
recheck-show-step = Go to step { $step }
recheck-show-page = Open in AWS

finding-watch_group_gone = The group { $group } isn’t in AWS
    .detail = Its members can sign in to nOps only if they’re assigned another way. If it was renamed, choose it again in step 9. Otherwise, create it again.
    .fix = Open Groups
finding-watch_group_unassigned = The group { $group } isn’t assigned in AWS
    .detail = Its members can sign in to nOps only if they’re assigned another way. Assign the group to the application again.
    .fix = Open the application
finding-watch_people_without_access =
    { $count ->
        [one] 1 person on the list might have lost access
       *[other] { $count } people on the list might have lost access
    }
    .detail = They aren’t in the group { $group }, or AWS doesn’t let them sign in. Step 9 shows who and why. If they left, remove them from the list.
    .fix = Open step 9
