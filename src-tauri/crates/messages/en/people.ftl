### People: findings, skipped lines, and changes.

## Findings about a person: `person-<code>`

person-created_elsewhere = Not in AWS yet. Add this person in your identity provider, then wait for the sync.
person-member_elsewhere = Not in the group yet. Add this person to the group in your identity provider, then wait for the sync.
person-two_users = The user name belongs to <code>{ $user_name }</code>, but the email address belongs to <code>{ $other }</code>. Remove the wrong value.
person-several_users = { $count } users have this email address. Enter the user name.
person-disabled = This user is disabled. Enable the user in IAM Identity Center.
person-no_email = Add a primary email address in IAM Identity Center. Without one, AWS shows “No access”.
person-new_no_email = User <code>{ $user_name }</code> isn’t in AWS yet. Add an email address to create the user.
person-new_no_name = Not in AWS yet. Add a first and last name to create the user.
person-incomplete =
    { $missing ->
        [names] Add the first and last name: AWS requires both, and nOps receives them.
        [email] Add the email address: AWS sends it to nOps.
       *[both] Add the first name, last name, and email address: nOps receives all three.
    }
person-email_differs = AWS has <code>{ $email }</code>, but your list has <code>{ $given }</code>. nOps receives the address from AWS.
person-signed_in = AWS logged a sign-in on { $at }.
person-other_domain = Different domain: { $domain } (most people are on { $usual }).
person-need_password =
    { $way ->
        [email_otp] AWS emails a code at the first sign-in.
        [reset] Reset the password on the user’s page.
        [console] Add this person in the console, then plan again.
       *[none] This person can’t sign in: no password yet.
    }
person-user_name_differs = The user name in AWS is <code>{ $user_name }</code>.

## Skipped lines and people: `csv-<reason>`

csv-not_a_person = This line doesn’t identify a person. Enter an email address or a user name.
csv-only_header = The list has only a header row. Below it, add a line for each person.
csv-unnamed = This person has no email address or user name. Add one of them.
csv-email_shape = This isn’t an email address. It should look like ana@example.com.
csv-user_name_too_long = The user name is longer than AWS’s limit of 128 characters.
csv-user_name_characters = Remove the spaces or invisible characters from the user name.
csv-reserved_user_name = AWS reserves this user name. Choose another one.
csv-name_too_long = The full name or the email address is longer than AWS’s limit of 1,024 characters.
csv-damaged_text = Some characters of this person are damaged. Export the list again in UTF-8, or correct them.
csv-duplicate = This person is already on the list.
csv-unclosed_quote = Add the missing closing quotation mark.
csv-columns = Can’t tell which column is which. Add a header row: email, first name, last name.
csv-extra_cells = This line has more cells than the header row. Remove the extra cells. If a cell contains a separator, put it in quotation marks.
csv-too_many = The limit is 100,000 people. This line and the ones after it were skipped. Add them as a separate list.

failure-person_unnamed = { csv-unnamed }
failure-person_email_shape = { csv-email_shape }
failure-person_user_name_too_long = { csv-user_name_too_long }
failure-person_user_name_characters = { csv-user_name_characters }
failure-person_reserved_user_name = { csv-reserved_user_name }
failure-person_name_too_long = { csv-name_too_long }
failure-person_damaged_text = { csv-damaged_text }
failure-person_duplicate = { csv-duplicate }
failure-person_unclosed_quote = { csv-unclosed_quote }
failure-person_columns = { csv-columns }
failure-person_not_a_person = { csv-not_a_person }
failure-person_only_header = { csv-only_header }
failure-person_extra_cells = { csv-extra_cells }
failure-person_too_many = { csv-too_many }
failure-csv_encoding = This file isn’t a list of people. Choose a CSV file, a workbook, a vCard, or JSON.
failure-csv_other_kind =
    { $kind ->
        [certificate] This is a certificate, not a list of people.
        [metadata] This is identity provider metadata, not a list of people.
        [sp_metadata] This is service provider metadata, not a list of people.
        [response] This is a SAML response, not a list of people.
        [request] This is a SAML request, not a list of people.
        [private_key] This is a private key, not a list of people.
        [key_store] This is a key store, not a list of people.
        [certificate_request] This is a certificate request, not a list of people.
        [public_key] This is a public key, not a list of people.
        [ssh_key] This is an SSH public key, not a list of people.
        [revocation_list] This is a list of revoked certificates, not a list of people.
        [bundle] This is a certificate bundle, not a list of people.
        [web_page] This is a web page, not a list of people.
        [json] This JSON doesn’t contain a list of people.
        [aws_error] This is an AWS error, not a list of people.
        [xml] This is an XML file, not a list of people.
        [archive] This is an archive, not a list of people.
        [picture] This is a picture, not a list of people.
        [pdf] This is a PDF, not a list of people.
        [program] This is a program, not a list of people.
        [document] This is a word processor document, not a list of people.
        [shortcut] This is a shortcut, not a list of people.
        [encoded] This is base64 or hexadecimal text, not a list of people.
       *[unknown] This isn’t a list of people.
    } Choose a CSV file, a workbook, a vCard, or JSON.
failure-csv_columns = Can’t tell which column has the email addresses: { $columns }. Name the columns in the first row: email, first name, last name. On the command line, use --columns.
failure-columns_name_no_one = Choose the column with the email addresses or user names.
failure-no_list = This list was already read or discarded. Add it again.
failure-csv_workbook = Couldn’t read this workbook. If it has a password, remove the password. Otherwise, save the sheet as CSV, then add that file.
failure-csv_sheets = Several sheets list people: { $sheets }. Save one sheet as its own file, then add that file. On the command line, use --sheet.
failure-csv_too_large = This list is larger than 8 MB. Split it into smaller files.
failure-team_too_many = This list has more than 100,000 email addresses or domains. Paste only the members of the nOps team.

failure-list_has_unread_rows = Some lines of the list can’t be read, so no one can be removed. Correct these lines, then compare again.
failure-list_has_no_people = The list has no current people, so no one can be removed. Check that you chose the right list.

## People who left

former = People who left
    .what = Compare the group { $group } with a current list, for example from your HR system. People who aren’t on the list, or whom it marks as inactive, left.
former-start = Compare with a list…
former-list = Add current list…
former-list-title = Current list of people
former-list-do = Compare
former-end = Close comparison
former-again = Compare again
former-finish = Find out who left, and remove them from the group.
former-finish-go = Go to step 9
former-counts = { $people ->
        [one] 1 person
       *[other] { $people } people
    } on the list, { $members ->
        [one] 1 member
       *[other] { $members } members
    } in the group
former-none = Everyone in the group is on the list.
former-nested =
    { $count ->
        [one] 1 member isn’t a user, so it wasn’t compared.
       *[other] { $count } members aren’t users, so they weren’t compared.
    }
former-most = Most members aren’t on the list. Make sure that the list is complete.
former-no-group = The group { $group } isn’t in AWS.
former-needs-aws = Only AWS knows who is in the group. Connect AWS in step 2, or add people in step 9 first.
former-by-hand = Remove these people in AWS by hand: open the group, select them, and choose <label>Remove users from group</label>.
former-managed = Another system manages the group. Remove these people there.
former-caption = Members of the group who aren’t on the list
former-remove = Remove
former-remove-who = Remove { $name }
former-person = Person
former-why = Why
former-reason-not_listed = Not on the list
former-reason-inactive = Inactive on the list
former-protected-tester = Your tester
former-protected-recovery_administrator = Your recovery administrator
former-protected-current_user = You
former-protected-same_name = The list has this name with another address
former-more = Only the first { $shown } of { $count } are shown. Remove them first, then compare again.
former-do =
    { $count ->
        [one] Remove 1 person…
       *[other] Remove { $count } people…
    }
former-confirm-title =
    { $count ->
        [one] Remove 1 person from { $group }?
       *[other] Remove { $count } people from { $group }?
    }
former-confirm-do =
    { $count ->
        [one] Remove 1 person
       *[other] Remove { $count } people
    }
former-confirm-what = They can no longer start nOps from AWS, unless they’re assigned another way. They’re also removed from the list in step 9. Their AWS users stay.
former-confirm-named = This also removes <b>{ $names }</b>, whom you chose although they might need access.
former-session = An open nOps session continues after someone is removed from the group.
former-removed =
    { $count ->
        [one] 1 person removed from the group
       *[other] { $count } people removed from the group
    }
former-accounts = Close these nOps accounts by hand, in nOps:
former-account-known = In the nOps team
former-account-unknown = Check whether this person has a nOps account
former-account-none = Not in the nOps team that you pasted
former-undo =
    { $count ->
        [one] Add 1 removed person again…
       *[other] Add { $count } removed people again…
    }
former-undo-title = Add removed people again?
former-undo-what =
    { $count ->
        [one] 1 person gets back into the group and can start nOps again.
       *[other] { $count } people get back into the group and can start nOps again.
    } The list in step 9 doesn’t change.
former-undo-do = Add again

## The change history

failure-journal_damaged = Couldn’t read line { $line } of the change history. The file was left as is. Start a new setup: it finds what already exists in AWS.
failure-journal_version = A newer version ({ $version }) of nOps SSO Setup saved the change history. Open this setup with that version.
failure-journal_foreign = Another program wrote to this setup’s change history. Nothing was overwritten, and no further changes were made in AWS. To see both programs’ changes, close the setup, then continue it.
failure-journal_busy = Other changes are still running. Wait until they finish, or stop them.
failure-journal_disk_full = The disk is full, so no further changes were made in AWS. Free up space, then plan the remaining changes.
failure-journal_refused = Can’t save the change history, so no further changes were made in AWS. Give your user account write permission for { $path }.
failure-journal_failed = Couldn’t save the change history, so no further changes were made in AWS. Check the disk, then plan the remaining changes.

journal-outcome-intended = { outcome-intended }
journal-outcome-done = { outcome-done }
journal-outcome-existed = { outcome-existed }
journal-outcome-failed = { outcome-failed }
journal-outcome-interrupted = { outcome-interrupted }
journal-outcome-undone = { outcome-undone }
journal-outcome-found = { outcome-found }
journal-outcome-unknown = { outcome-unknown }
