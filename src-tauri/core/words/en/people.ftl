### People: what was found about them, why a line was not taken, and what was changed for them.

## Remarks: `person-<code>`

person-created_elsewhere = Not in the directory. People come from your identity provider: add this person there, and wait for the sync.
person-member_elsewhere = Not in the group. Groups come from your identity provider: add this person to it there, and wait for the sync.
person-two_users = The user name belongs to <code>{ $user_name }</code>, the email address to <code>{ $other }</code>. Keep the one that is meant.
person-several_users = { $count } users have this email address. Give the user name instead.
person-disabled = The user is disabled. Enable it in IAM Identity Center.
person-no_email = The user has no primary email address, and AWS will say “No access”. Add one in IAM Identity Center.
person-new_no_email = No user <code>{ $user_name }</code> is there, and without an email address none can be created. Add the address.
person-new_no_name = Not in the directory yet. Given name and family name are needed to create the user.
person-email_differs = AWS has <code>{ $email }</code>, the list has <code>{ $given }</code>. nOps gets the one from AWS.
person-other_domain = Of { $domain }, where most are of { $usual }.
person-need_password = AWS sends no mail and sets no password for this person. Switch on “Send email OTP”, or reset the password on the user’s page.
person-user_name_differs = The user name in AWS is <code>{ $user_name }</code>.

## Lines and persons not taken: `csv-<reason>`

csv-nobody = Neither an email address nor a user name. Add one of them.
csv-email_shape = The email address is not one. It looks like ana@example.com.
csv-user_name_too_long = The user name has more than 128 characters, the most that AWS takes.
csv-user_name_characters = The user name holds spaces or characters that can’t be seen. Take them out.
csv-reserved_user_name = AWS keeps this user name for itself. Choose another one.
csv-name_too_long = Given and family name together, or the email address, have more than 1,024 characters, the most that AWS takes.
csv-duplicate = This person is on the list already.
csv-unclosed_quote = A quotation mark is opened and not closed. Close it.
csv-columns = The columns can’t be told apart. Name them in the first line: email, given name, family name.
csv-too_many = A directory holds 100,000 people unless AWS has raised it. From this line on nothing was read: bring the rest as a list of its own.

failure-person_nobody = { csv-nobody }
failure-person_email_shape = { csv-email_shape }
failure-person_user_name_too_long = { csv-user_name_too_long }
failure-person_user_name_characters = { csv-user_name_characters }
failure-person_reserved_user_name = { csv-reserved_user_name }
failure-person_name_too_long = { csv-name_too_long }
failure-person_duplicate = { csv-duplicate }
failure-person_unclosed_quote = { csv-unclosed_quote }
failure-person_columns = { csv-columns }
failure-person_too_many = { csv-too_many }
failure-csv_encoding = This file’s characters can’t be read. Save it as CSV in UTF-8, then bring it again.
failure-csv_too_large = This list has more than 8 MB. Bring it in parts.

## The journal

failure-journal_damaged = Line { $line } of the journal of changes can’t be read. It stays as it is; start a new setup, which finds in AWS what was made.
failure-journal_version = The journal of changes was written by a newer version ({ $version }). Open this setup with that version.
failure-journal_foreign = Another program wrote to the change history of this setup. Nothing was overwritten, and nothing more was changed in AWS. Close the setup and continue it: both programs’ changes are shown then.
failure-journal_busy = Changes are being made already. Wait for them, or stop them.
failure-journal_disk_full = The disk is full, so nothing more was changed in AWS. Make room, then plan the rest.
failure-journal_refused = The journal of changes may not be written, so nothing more was changed in AWS. Give this user the right to write { $path }.
failure-journal_failed = The disk did not take the journal of changes, so nothing more was changed in AWS. Look at the disk, then plan the rest.

journal-outcome-intended = { outcome-intended }
journal-outcome-done = { outcome-done }
journal-outcome-existed = { outcome-existed }
journal-outcome-failed = { outcome-failed }
journal-outcome-interrupted = { outcome-interrupted }
journal-outcome-undone = { outcome-undone }
journal-outcome-found = { outcome-found }
journal-outcome-unknown = { outcome-unknown }

## Where step 9 stands: `stage-<stage>`

