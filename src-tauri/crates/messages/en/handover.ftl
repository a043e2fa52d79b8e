### Two people share a setup: one hands values over in a file, and the other compares and takes them.

## Who does what

handover-role-aws = AWS administrator
    .detail = Connects AWS, adds the application, maps attributes, runs the dry run, and adds people.
handover-role-nops = nOps administrator
    .detail = Gets nOps’s addresses, configures nOps, and turns on Enforce.

waiting-aws_administrator = Waiting for the AWS administrator
waiting-nops_administrator = Waiting for the nOps administrator
status-handed_over = Your colleague confirmed this

handover-waiting = Still needed: { $open }.
handover-waiting-start = Your colleague needs to finish an earlier step first.
handover-waiting-how = Drop your colleague’s file here when you get it.
handover-both = Do both parts myself
handover-other-side =
    { $role ->
        [aws] The AWS administrator does this in AWS
       *[nops] The nOps administrator does this in nOps
    }

source-handed_over =
    { $role ->
        [aws] from the AWS administrator
       *[nops] from the nOps administrator
    }{ $name ->
        [none] {""}
       *[other] {" "}({ $name })
    }: { $source ->
        [observed] read automatically
        [imported] from a file
        [derived] derived
        [declared] confirmed
       *[entered] entered
    }, { $at }

## Saving a file

handover-open = Hand over…
handover-title = Hand over to a colleague
    .say = Saves one file with the values your colleague needs. It contains no passwords, keys, or SAML responses. After you save it, your colleague’s steps show as waiting.
handover-to = Who is the file for?
handover-for =
    { $role ->
        [aws] The file is for the <b>AWS administrator</b>, because you’re the nOps administrator.
       *[nops] The file is for the <b>nOps administrator</b>, because you’re the AWS administrator.
    }
handover-people = Include email addresses
    .detail = Adds the tester, the recovery administrator, and the nOps team. <b>Ready to enforce</b> needs them. The list of people in step 9 is never included.
handover-sender = Your name (optional)
handover-save = Save file…
handover-saved = Send this file to your colleague
    .say = Then compare these words by phone. If they match, the file wasn’t changed on the way.
handover-saved-next =
    { $role ->
        [aws] When your colleague sends a file back, drop it on this window. Until then, the AWS administrator’s steps show as waiting.
       *[nops] When your colleague sends a file back, drop it on this window. Until then, the nOps administrator’s steps show as waiting.
    }
handover-fingerprint = Fingerprint

## Opening a file

handover-file-open = Open a colleague’s file…
handover-refused = Couldn’t open the file
handover-received =
    { $role ->
        [aws] Values from the AWS administrator
       *[nops] Values from the nOps administrator
    }
handover-received-lead = Nothing has changed yet. Compare the values, then take them.
handover-received-file = { $file }, saved { $at }
handover-compare-words = Ask your colleague by phone for the six words. If they differ, don’t take the values.
handover-other-organization = These addresses belong to another nOps organization
    .detail = The nOps addresses in this file have a different ID than yours. Ask your colleague which organization is right before you take them.
handover-values = Values that differ
    .caption = Your values and your colleague’s values
handover-value = Value
handover-mine = Yours
handover-theirs = Your colleague’s
handover-no-value = None yet
handover-passed = Passed
handover-failed = Failed
handover-detail-entity_id = Entity ID
handover-detail-sign_in_url = Sign-in URL
handover-detail-certificate = Certificate
    .end = SHA-256 …{ $end }, valid until { $until }
handover-detail-tested_at = Tested
handover-detail-checks = Checks
    .passed = { $passed } of { $checks } passed
handover-detail-values = Values
    .current = The result is about these values
    .changed = A value changed after this test
handover-detail-format = Only the formatting of the two documents differs.
handover-new = New
handover-updated = Newer
handover-replaces_derived = Replaces a derived value
handover-conflict = Different
handover-keep = Keep mine
handover-take-theirs = Take theirs
handover-choose-for = { $field }: which value is right?
handover-unchanged =
    { $count ->
        [0] No other values.
        [one] 1 more value is the same as yours, or older.
       *[other] { $count } more values are the same as yours, or older.
    }
handover-nothing-new = This file has nothing new
    .detail = Your setup already has these values, or newer ones.
handover-undecided =
    { $count ->
        [one] Choose which value is right: 1 left.
       *[other] Choose which value is right: { $count } left.
    }
handover-take =
    { $count ->
        [0] Keep my values
        [one] Take 1 value
       *[other] Take { $count } values
    }
handover-discard = Close without taking
handover-close = Close

failure-handover_open = Decide about your colleague’s file first: take its values, or close it.
failure-no_handover = The file is no longer open. Open it again.
failure-handover_undecided = Choose which value is right for each value that differs.
failure-handover_single = Open one file from a colleague at a time.
failure-not_a_handover = { $file } isn’t a file from <b>Hand over</b>. To use other files, open a setup first.
failure-handover_unreadable =
    { $cause ->
        [missing] The file is no longer there. Save it again, then open it.
        [folder] This is a folder. Open the file in it.
        [denied] This computer doesn’t let you read the file. Copy it to another folder, then open it.
       *[other] Couldn’t read the file. Copy it to this computer, then open it.
    }
failure-handover_too_large = This file is too large to be from <b>Hand over</b>. Ask your colleague to save it again.
failure-handover_damaged = This file is incomplete or damaged. Nothing was changed. Ask your colleague to send it again.
failure-handover_changed = This file was changed after it was saved. Nothing was taken from it. Ask your colleague to send it again, and compare the fingerprint by phone.
failure-handover_version = This file comes from another version of nOps SSO Setup (file version { $version }). Install the same version on both computers, then save the file again.
failure-handover_secret =
    This file contains { $kind ->
        [private_key] a private key
        [aws_secret_key] an AWS secret access key
        [aws_session_token] an AWS session token
        [saml_response] a SAML response
       *[link_token] a link with a token or password
    }, so nothing was taken from it. Delete the file, and ask your colleague to remove this value.
failure-handover_other_setup = This file belongs to another setup, { $organization }, and you have { $open } open. Close this setup, then open the file from the list of setups.
failure-handover_other_world =
    { $world ->
        [practice] This file is from practice mode, but your setup is real. Nothing was changed.
       *[real] This file is from a real setup, but yours is in practice mode. Nothing was changed.
    }
failure-handover_other_role =
    { $role ->
        [aws] This file is for the AWS administrator, but you’re the nOps administrator. Send it to your colleague.
       *[nops] This file is for the nOps administrator, but you’re the AWS administrator. Send it to your colleague.
    }
