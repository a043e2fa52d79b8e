### Checks of a finished setup: step 10, the list of setups, and the command line.

watch = Check this setup again
    .why = Compares what AWS and nOps show now with this setup, and changes nothing. To check every day, run <code>nops-sso-setup watch</code>.
watch-check = Check now
watch-running = Checking…
watch-at = Checked { $at }
watch-result-fine = No problems found
watch-result-problems = Problems found
watch-result-unchecked = Couldn’t check everything
watch-state-checked = Checked
watch-state-skipped = Not checked.
watch-state-unchecked = Couldn’t check.

watch-subject-metadata = AWS’s metadata
watch-subject-nops = What nOps shows
watch-subject-application = The application in AWS
watch-subject-people = People and their group
watch-subject-event_history = AWS’s event history

watch-no-credentials = There are no AWS credentials.
watch-no-metadata-link = The setup has no link to AWS’s metadata. Enter the issuer URL in step 4.
watch-nops-not-allowed = Choose Check nOps in step 7 or 8 to allow it.
watch-other-account = The AWS credentials are for another account.
watch-no-application = The application isn’t known in AWS.
watch-no-people = Step 9 isn’t finished.
watch-never-verified = Nothing was tested before, so there is nothing to compare with.

watch-changed =
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
