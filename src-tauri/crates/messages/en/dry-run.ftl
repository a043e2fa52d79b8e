### The dry run: its checks, the text of its table cells, and what to do.

## Checks

dry-run-signature = Signature
dry-run-nops_certificate = Certificate in nOps
dry-run-status = Status
dry-run-issuer = Issuer
dry-run-nops_issuer = Issuer in nOps
dry-run-destination = Destination
dry-run-recipient = Recipient
dry-run-audience = Audience
dry-run-time = Time
dry-run-subject = Subject
dry-run-user_email = User.Email
dry-run-user_first_name = User.FirstName
dry-run-user_last_name = User.LastName
dry-run-attributes = Other attributes
dry-run-in_response_to = Request from nOps
dry-run-encryption = Encryption
dry-run-assertion = Assertion

## Text of the cells

dry-run-expected-certificate = signed with AWS’s certificate
dry-run-expected-time = valid when checked, at { $now } UTC
dry-run-expected-time-tolerated = valid when checked, at { $now } UTC; clocks can differ by 5 minutes
dry-run-expected-subject = an email address (emailAddress)
dry-run-expected-once = once, not empty
dry-run-expected-one = one assertion
dry-run-expected-no-others = none
dry-run-expected-not-encrypted = not encrypted
dry-run-received-signed = signed; signer can’t be checked
dry-run-received-signed-response = valid, on the response
dry-run-received-signed-assertion = valid, on the assertion
dry-run-received-other-certificate = signed with another certificate
dry-run-received-altered = altered after signing
dry-run-received-reformatted = reformatted; can’t be checked
dry-run-received-not-known = not known yet
dry-run-received-unsigned = not signed
dry-run-received-refused = doesn’t follow the SAML standard
dry-run-received-none = none
dry-run-received-time = made at { $issued } UTC; valid from { $from } to { $until } UTC
dry-run-received-twice = twice
dry-run-received-several = several values
dry-run-received-empty = empty
dry-run-received-encrypted = encrypted
dry-run-received-unreadable = not a certificate

## Signature

finding-dry_run_certificate = AWS signed with a different certificate
    .detail =
        { $problem ->
            [nops_is_right] nOps has AWS’s certificate, but the certificate here is old or from another application. Get the metadata again, or choose the nOps application’s file.
           *[other] The certificate here is old or from another application. Get the metadata again, or choose the nOps application’s file.
        }
    .fix = Go to the application
finding-dry_run_nops_certificate =
    { $problem ->
        [unreadable] The value in nOps isn’t a certificate
        [inactive] The certificate in nOps isn’t active in AWS
        [older] nOps has an older certificate
       *[other] nOps has a different certificate
    }
    .detail =
        { $problem ->
            [unreadable] Paste the whole certificate into X.509 Certificate in nOps, and save. Otherwise, nOps would reject every response.
            [inactive] Paste the expected certificate into X.509 Certificate in nOps, and save. AWS’s metadata also lists the certificate in nOps.
            [older] Paste the expected certificate into X.509 Certificate in nOps, and save. The certificate in nOps expires earlier: it was replaced or is from another application.
           *[other] Paste the expected certificate into X.509 Certificate in nOps, and save. The certificate in nOps is from another application, so nOps would reject this response.
        }
    .fix = Copy the certificate
finding-dry_run_older = This result is older than the last change
    .detail =
        AWS issued the response on { $at }, but a value changed on { $changed }. { $minutes ->
            [0] { "" }
           *[other] This already allows for a { $minutes }-minute clock difference.
        }
    .fix = Paste a new response
finding-dry_run_tolerated = This result might predate the last change
    .detail = The response is from { $at }, and a value changed on { $changed }. We allow for a { $minutes }-minute clock difference. To be sure, copy a new response.
    .fix = Paste a new response
finding-dry_run_repeated = You checked this response before
    .detail = AWS issued it on { $at }, so it can’t show a later change. After a change in AWS, copy a new response.
    .fix = Paste a new response
finding-dry_run_undated = The response doesn’t say when AWS created it
    .detail = This response has no IssueInstant, so we can’t compare it with the last change. Copy a response with Copy XML.
    .fix = Paste a new response
finding-dry_run_of_other_values = This result is for different values
    .detail = The tester used different addresses, or a different issuer or certificate. Send the values again, and ask for a new result.
    .fix = Paste a new result
finding-dry_run_altered = The response was altered after AWS signed it
    .detail = Copy it again with Copy XML, and paste it unchanged.
    .fix = Paste a new response
finding-dry_run_reformatted = The response was reformatted
    .detail = The signature covers spaces and line breaks, so this copy can’t be checked. Copy the response again with Copy XML, and paste it immediately.
    .fix = Paste a new response
finding-dry_run_no_certificate = No certificate to check the response with
    .detail = Get AWS’s metadata or the certificate in step 4, then paste the response again.
    .fix = Go to the application
finding-dry_run_assertion_only = AWS signed only the assertion
    .detail = That’s enough for nOps. We compare the status and destination, but they aren’t signed.
finding-dry_run_unsigned = The response isn’t signed
    .detail = AWS signs every response. Copy it again with Copy XML.
    .fix = Paste a new response
finding-dry_run_refused = The response doesn’t follow the SAML standard
    .detail =
        { $reason ->
            [comment] { $named } contains a comment, which can hide part of a value.
            [processing_instruction] { $named } contains a processing instruction, which can hide part of a value.
            [several_assertions] It has several assertions.
            [several_signatures] The same element is signed twice.
            [misplaced] AWS never puts { $named } here. The response might be forged.
            [duplicate_id] It uses the ID { $named } twice, so it might be forged.
            [unclear_id] { $named } has an ambiguous ID. The response might be forged.
            [reference] The signature covers “{ $named }”, not its own element. The response might be forged.
            [weak_algorithm] Its signature uses a weak algorithm: { $named }.
            [algorithm] Its signature uses { $named }, which AWS doesn’t use.
           *[shape] AWS builds { $named } in the signature differently.
        } Copy the response again with Copy XML.
    .fix = Paste a new response

## Status and other values outside the assertion

finding-dry_run_status = AWS didn’t sign the user in
    .detail =
        { $told ->
            [message] AWS says “{ $message }”. Open the portal as the tester and try again.
           *[nothing] The response reports an error. Open the portal as the tester and try again.
        }
    .fix = Paste a new response
finding-dry_run_encrypted = The assertion is encrypted
    .detail = IAM Identity Center doesn’t encrypt assertions, so this came from somewhere else.
    .fix = Paste a new response
finding-dry_run_no_assertion = The response has no assertion
    .detail = It doesn’t sign in a user. Open the portal as the tester and try again.
    .fix = Paste a new response
finding-dry_run_in_response_to = The response came from another kind of sign-in
    .detail = This response only works for the sign-in that requested it. Start in the access portal, and use Copy XML there.
    .fix = Paste a new response

## Recordings of a sign-in

finding-recording_read =
    { $responses ->
        [0] { $requests ->
                [one] Read nOps’s request
               *[other] Read { $requests } requests from nOps
            }
        [one] { $requests ->
                [0] Read the response
                [one] Read the response and nOps’s request
               *[other] Read the response and { $requests } requests
            }
       *[other] Checked the last of { $responses } responses to nOps
    }
    .detail =
        { $kind ->
            [exchanges] { $others ->
                    [0] Headers and cookies were ignored.
                    [one] One other request was ignored, like all headers and cookies.
                   *[other] { $others } other requests were ignored, like all headers and cookies.
                }
           *[text] The rest of the text was ignored.
        } Only the result is kept.{ $masked ->
            [yes] { " " }Some values in this recording are masked.
           *[no] { "" }
        }
finding-recording_repaired =
    { $how ->
        [twice] The response was encoded twice
       *[spaces] The response had spaces instead of plus signs
    }
    .detail =
        { $how ->
            [twice] We decoded it twice. nOps receives it encoded once.
           *[spaces] We restored the plus signs. If nOps receives it with spaces, something between AWS and nOps changes it.
        }
finding-recording_stopped =
    { $hop ->
        [request] AWS refused nOps’s request
        [no_response] AWS didn’t send a response
        [elsewhere] The response was sent to another address
       *[response] nOps refused the response
    }
    .detail =
        { $hop ->
            [request] AWS returned status { $status } for nOps’s request. Check the application and its assignment in AWS.
            [no_response] The recording has nOps’s request, but no response from AWS. Check that the user is assigned, then record the whole sign-in.
            [elsewhere] Set Application ACS URL in AWS to nOps’s ACS address.
           *[response] nOps returned status { $status } for the response. If no check below fails, compare the values in nOps.
        }
finding-recording_endpoint = nOps sends users to another address
    .detail = Paste the expected address into SAML 2.0 Endpoint (HTTP) in nOps, and save.
    .fix = Use the expected address
finding-recording_fine = No problems found in this response
    .detail = The response matches your values. If nOps still shows an error, compare the values in nOps, or ask nOps support.

## Addresses

finding-dry_run_issuer =
    { $problem ->
        [not_known] The expected issuer isn’t known yet
        [none] The response has no issuer
        [account] The response came from another AWS account
        [region] The response came from another Region
        [host] The response’s issuer has a different host
       *[other] The response came from another AWS application
    }
    .detail =
        { $problem ->
            [not_known] In step 4, get AWS’s metadata or one of the application’s links. Then paste the response again.
           *[other] Its issuer isn’t the one from step 4. Open the nOps tile, or use the values of the application you opened.
        }
    .fix = Go to the application

finding-dry_run_nops_issuer = nOps has a different issuer
    .detail =
        { $problem ->
            [portal_link] nOps has a different link of this application. Paste the expected issuer into Issuer URL (entityId), and save.
           *[other] { dry-run-address-slip } nOps would reject this response. Paste the expected issuer into Issuer URL (entityId), and save.
        }
    .fix = Copy the issuer

# How the received address differs.
dry-run-address-slip =
    { $problem ->
        [none] AWS sent no address.
        [swapped] It’s nOps’s other address.
        [blank] It contains a space or an invisible character.
        [case] Its capitalization differs.
        [slash_added] It has an extra slash at the end.
        [slash_lost] The slash at the end is missing.
        [scheme] It doesn’t start with https.
        [cut] The end is missing.
        [added] It has extra text at the end.
        [organization] It belongs to another nOps organization.
        [host] It has a different host.
        [sample] It’s an example from a help page.
       *[other] It’s a different address.
    }

finding-dry_run_destination =
    { $problem ->
        [not_known] nOps’s ACS address isn’t known yet
       *[other] The ACS URL in AWS isn’t nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip } Correct it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the ACS address
        }
finding-dry_run_recipient =
    { $problem ->
        [not_known] nOps’s ACS address isn’t known yet
       *[other] The ACS URL in AWS isn’t nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip } Correct it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the ACS address
        }
finding-dry_run_audience =
    { $problem ->
        [not_known] nOps’s Entity ID isn’t known yet
       *[other] The audience in AWS isn’t nOps’s Entity ID
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip } Correct it in AWS: nOps › Actions › Edit configuration › Application SAML audience.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the Entity ID
        }

## Time

finding-dry_run_too_late = The response has expired
    .detail = It was valid from { $from } to { $until } UTC; this computer’s clock shows { $now }. Copy a new response. If the new response has also expired, the clock is fast: turn on automatic time.
    .know = The SAML library that nOps probably uses allows 5 minutes.
    .fix = Paste a new response
finding-dry_run_too_early = The response isn’t valid yet
    .detail = It’s valid from { $from } to { $until } UTC. This computer’s clock shows { $now } and is slow: turn on automatic time, then copy a new response.
    .know = The SAML library that nOps probably uses allows 5 minutes.
    .fix = Paste a new response
finding-dry_run_time = Couldn’t read a time in the response
    .detail = Copy it again with Copy XML. SAML times look like 2026-11-24T10:00:00Z.
    .fix = Paste a new response
finding-dry_run_endless = The response has no expiration time
    .detail = Copy it again with Copy XML: AWS always sends one.
    .fix = Paste a new response

## Subject and attributes

finding-dry_run_subject =
    { $problem ->
        [empty] AWS sent no Subject for the user
        [literal] AWS sent Subject as plain text
        [no_address] The Subject isn’t an email address
        [user_name] The user name isn’t an email address
        [odd_address] The Subject is an unusual email address
       *[format] The Subject has a different format
    }
    .detail =
        { $problem ->
            [empty] Fill in the Subject row and save. If it’s already filled in, the tester has no email address in IAM Identity Center.
            [literal] AWS only replaces values with a dollar sign, braces, and a colon. Correct the Subject row and save.
            [no_address] Map the Subject row to the email address and save. The row maps to something else for this user, such as the user name.
            [user_name] Use the email address instead: copy the Subject row from step 5 again and save. The row maps to the user name, which isn’t an email address for this user.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
           *[format] Choose emailAddress in the Subject row and save.
        }
    .know =
        { $problem ->
            [empty] Based on SAML and nOps’s help page.
            [literal] Based on AWS’s guide to attribute mappings.
           *[other] Inferred from AWS’s guides and nOps’s help page. Other values might work.
        }
    .fix =
        { $problem ->
            [format] Open the application
            [user_name] Use the email address
           *[other] Copy the value
        }
finding-dry_run_other_person = The response is for another user
    .detail = It doesn’t contain the tester’s email address. Sign in as the tester in a private window.
    .fix = Paste a new response

# The problem with one of the three attributes, $name.
dry-run-attribute =
    { $problem ->
        [missing] AWS didn’t send { $name }
        [name_blank] The name { $name } contains a space
        [name_case] The capitalization of { $name } differs
        [name] The spelling of { $name } differs
        [twice] AWS sent { $name } twice
        [empty] AWS sent { $name } without a value
        [several] { $name } has several values
        [literal] AWS sent { $name } as plain text
        [no_address] { $name } isn’t an email address
        [odd_address] { $name } is an unusual email address
        [exchanged] First and last name might be swapped
       *[address] { $name } contains an email address
    }
    .detail =
        { $problem ->
            [missing] Add row { $row } of the attribute mappings and save. If the row exists, the tester lacks this value in IAM Identity Center.
            [name_blank] Remove the space and save: nOps needs the exact name.
            [name_case] Replace the name and save: nOps needs it exactly, including capitalization.
            [name] Replace the name and save: nOps needs it exactly.
            [twice] Delete the second row and save: duplicate names cause an error in nOps.
            [empty] The cell is empty, or the tester lacks this value in IAM Identity Center.
            [several] Map the row to one value and save. nOps very likely uses the first.
            [literal] AWS only replaces values with a dollar sign, braces, and a colon. Correct the row and save.
            [no_address] Map the row to the email address and save.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
            [exchanged] The tester’s email address has the names in the opposite order. If they’re swapped, exchange the values in the User.FirstName and User.LastName rows.
           *[address] Check that the row maps to the right attribute.
        }
    .fix =
        { $problem ->
            [missing] Copy the name
            [name_blank] Copy the name
            [name_case] Copy the name
            [name] Copy the name
            [twice] Open the application
           *[other] Copy the value
        }
finding-dry_run_user_email = { dry-run-attribute }
    .detail = { dry-run-attribute.detail }
    .fix = { dry-run-attribute.fix }
finding-dry_run_user_first_name = { dry-run-attribute }
    .detail = { dry-run-attribute.detail }
    .fix = { dry-run-attribute.fix }
finding-dry_run_user_last_name = { dry-run-attribute }
    .detail = { dry-run-attribute.detail }
    .fix = { dry-run-attribute.fix }

finding-dry_run_attributes =
    { $problem ->
        [twice] AWS sent an attribute twice: { $names }
        [groups] AWS sends groups: { $names }
       *[extra]
            { $count ->
                [one] nOps doesn’t need { $names }
               *[other] nOps doesn’t need these { $count } attributes: { $names }
            }
    }
    .detail =
        { $problem ->
            [twice] Delete the duplicate rows and save: they cause an error in nOps.
            [groups] Delete the row, save, and use the default role: AWS sends group IDs, and nOps reads groups only from Okta.
           *[extra] nOps reads three attributes. Delete the others and save.
        }
    .know = nOps’s help pages list three attributes and support groups only from Okta.
    .fix = Open the application

## What was pasted instead of a response

response-empty = Nothing was pasted.
    .fix = Paste the response
response-too_large = This is too large for a response.
    .fix = Paste only the response
response-dtd = This text contains a document type declaration, so it wasn’t read. Responses never have one.
    .fix = Paste the Copy XML text
response-encoding = This text isn’t UTF-8. Paste the Copy XML text.
    .fix = Paste the response again
response-malformed = This isn’t well-formed XML: line { $line }, column { $column }.
    .fix = Paste the response again
response-cut = The end is missing. Copy the whole text.
    .fix = Paste the response again
response-bare_assertion = This is only the assertion. Copy the whole response.
    .fix = Paste the response again
response-request = This is nOps’s request to AWS. Paste AWS’s response.
    .fix = Paste the Copy XML text
response-metadata = This is metadata. Use it in step 4.
    .fix = Paste the Copy XML text
response-web_page = This is a web page. If the portal session has ended, sign in again.
    .fix = Paste the Copy XML text
response-masked = The response was masked in this recording. Record the sign-in again without masking, or use Copy XML.
    .fix = Paste the Copy XML text
response-no_message = This recording has no SAML response. Turn on Preserve log, sign in again, and save the recording with its content.
    .fix = Paste the Copy XML text
response-unknown = This isn’t a SAML response.
    .fix = Paste the Copy XML text
