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
dry-run-expected-time = valid when checked ({ $now } UTC)
dry-run-expected-time-tolerated = valid when checked ({ $now } UTC); clocks can differ by 5 minutes
dry-run-expected-subject = an email address in emailAddress format
dry-run-expected-once = sent once, with a value
dry-run-expected-one = one assertion
dry-run-expected-no-others = none
dry-run-expected-not-encrypted = not encrypted
dry-run-received-signed = signed, but the signer can’t be checked
dry-run-received-signed-response = valid signature on the response
dry-run-received-signed-assertion = valid signature on the assertion
dry-run-received-other-certificate = signed with another certificate
dry-run-received-altered = altered after signing
dry-run-received-reformatted = reformatted, so it can’t be checked
dry-run-received-not-known = not known yet
dry-run-received-unsigned = not signed
dry-run-received-refused = doesn’t follow the SAML standard
dry-run-received-none = none
dry-run-received-time = issued at { $issued } UTC; valid from { $from } to { $until } UTC
dry-run-received-twice = twice
dry-run-received-several = several values
dry-run-received-empty = empty
dry-run-received-encrypted = encrypted
dry-run-received-unreadable = not a certificate

## Signature

finding-dry_run_certificate = AWS signed with a different certificate
    .detail =
        { $problem ->
            [nops_is_right] nOps has the right certificate, but this setup has one that’s old or from another application. In step 4, get AWS’s metadata again, or choose the nOps application’s certificate file.
           *[other] This setup’s certificate is old or from another application. In step 4, get AWS’s metadata again, or choose the nOps application’s certificate file.
        }
    .fix = Go to the application
finding-dry_run_nops_certificate =
    { $problem ->
        [unreadable] X.509 Certificate in nOps isn’t a certificate
        [inactive] The certificate in nOps isn’t active in AWS
        [older] nOps has an older certificate
       *[other] nOps and AWS use different certificates
    }
    .detail =
        { $problem ->
            [unreadable] nOps would reject every response. Paste the whole certificate into X.509 Certificate in nOps, and save.
            [inactive] AWS’s metadata lists this certificate, but AWS signs with another one. Paste the expected certificate into X.509 Certificate in nOps, and save.
            [older] The certificate in nOps expires earlier, so it was replaced or is from another application. Paste the expected certificate into X.509 Certificate in nOps, and save.
           *[other] The certificate in nOps is from another application, so nOps would reject this response. Paste the expected certificate into X.509 Certificate in nOps, and save.
        }
    .fix = Copy the certificate
finding-dry_run_older = This result is older than the last change
    .detail =
        AWS issued the response on { $at }. A value in this setup changed on { $changed }. { $minutes ->
            [0] { "" }
           [one] We allowed for a clock difference of 1 minute.
           *[other] We allowed for a clock difference of { $minutes } minutes.
        }
    .fix = Paste a new response
finding-dry_run_tolerated = This result might predate the last change
    .detail = AWS issued the response on { $at }. A value in this setup changed on { $changed }. We accept the result because clocks can differ by { $minutes } minutes. To be sure, copy a new response.
    .fix = Paste a new response
finding-dry_run_repeated = You checked this response before
    .detail = AWS issued it on { $at }, so it doesn’t include later changes. After a change in AWS, copy a new response.
    .fix = Paste a new response
finding-dry_run_undated = The response doesn’t say when AWS created it
    .detail = It has no IssueInstant, so we can’t tell whether it’s newer than the last change. Copy the response again with Copy XML.
    .fix = Paste a new response
finding-dry_run_of_other_values = This result is for different values
    .detail = The tester checked the response with different addresses, or with a different issuer or certificate. Send the values again, and ask for a new result.
    .fix = Paste a new result
finding-dry_run_altered = The response was altered after AWS signed it
    .detail = Copy it again with Copy XML, and paste it unchanged.
    .fix = Paste a new response
finding-dry_run_reformatted = The response was reformatted
    .detail = The signature covers spaces and line breaks, so this copy can’t be checked. Copy the response again with Copy XML, and paste it unchanged.
    .fix = Paste a new response
finding-dry_run_no_certificate = AWS’s certificate is needed to check the response
    .detail = Add AWS’s metadata or certificate in step 4, then paste the response again.
    .fix = Go to the application
finding-dry_run_assertion_only = AWS signed only the assertion
    .detail = That’s probably enough for nOps. We compare the status and the destination too, but they aren’t signed.
finding-dry_run_unsigned = The response isn’t signed
    .detail = AWS signs every response. Copy this one again with Copy XML.
    .fix = Paste a new response
finding-dry_run_refused = The response doesn’t follow the SAML standard
    .detail =
        { $reason ->
            [comment] { $named } contains a comment, which can hide part of a value.
            [processing_instruction] { $named } contains a processing instruction, which can hide part of a value.
            [several_assertions] The response has several assertions.
            [several_signatures] An element is signed twice.
            [misplaced] AWS never puts { $named } in this place, so the response might be forged.
            [duplicate_id] The ID { $named } is used twice, so the response might be forged.
            [unclear_id] { $named } has an ambiguous ID, so the response might be forged.
            [reference] The signature covers “{ $named }” instead of the element that contains it, so the response might be forged.
            [weak_algorithm] The signature uses a weak algorithm: { $named }.
            [algorithm] The signature uses { $named }, which AWS doesn’t use.
           *[shape] { $named } in the signature doesn’t have the structure that AWS uses.
        } Copy the response again with Copy XML.
    .fix = Paste a new response

## Status and other values outside the assertion

finding-dry_run_status = AWS didn’t sign the user in
    .detail =
        { $told ->
            [message] AWS reports “{ $message }”. Sign in to the access portal as the tester, then copy a new response.
           *[nothing] The response reports an error. Sign in to the access portal as the tester, then copy a new response.
        }
    .fix = Paste a new response
finding-dry_run_encrypted = The assertion is encrypted
    .detail = IAM Identity Center doesn’t encrypt assertions, so this one came from somewhere else. Copy a response with Copy XML.
    .fix = Paste a new response
finding-dry_run_no_assertion = The response has no assertion
    .detail = Without an assertion, no user is signed in. Sign in to the access portal as the tester, then copy a new response.
    .fix = Paste a new response
finding-dry_run_in_response_to = This response is for another sign-in
    .detail = It works only for the sign-in that requested it. Start in the access portal, and use Copy XML there.
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
               *[other] Read the response and { $requests } requests from nOps
            }
       *[other] Checked the last of { $responses } responses to nOps
    }
    .detail =
        { $kind ->
            [exchanges] { $others ->
                    [0] Headers and cookies were ignored.
                    [one] One other request was ignored, and so were all headers and cookies.
                   *[other] { $others } other requests were ignored, and so were all headers and cookies.
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
            [twice] We decoded it twice. The response that nOps receives must be encoded only once.
           *[spaces] We restored the plus signs. If nOps receives spaces too, something between AWS and nOps changes the response.
        }
finding-recording_stopped =
    { $hop ->
        [request] AWS refused nOps’s request
        [no_response] AWS didn’t send a response
        [elsewhere] AWS sent the response to another address
       *[response] nOps refused the response
    }
    .detail =
        { $hop ->
            [request] AWS returned status { $status } for nOps’s request. Check the application and the user’s assignment in AWS.
            [no_response] The recording has nOps’s request, but no response from AWS. Check that the user is assigned, then record the whole sign-in.
            [elsewhere] In AWS, set Application ACS URL to nOps’s ACS address.
           *[response] nOps returned status { $status } for the response. If all checks below pass, compare the values in nOps with step 7.
        }
finding-recording_endpoint = nOps sends users to the wrong address
    .detail = Paste the expected address into SAML 2.0 Endpoint (HTTP) in nOps, and save.
    .fix = Use the expected address
finding-recording_fine = No problems found in this response
    .detail = The response matches your values. If nOps still shows an error, compare the values in nOps with step 7, or ask nOps support.

## Addresses

finding-dry_run_issuer =
    { $problem ->
        [not_known] The expected issuer isn’t known yet
        [none] The response has no issuer
        [account] The response came from another AWS account
        [region] The response came from another AWS Region
        [host] The response’s issuer has a different host
       *[other] The response came from another AWS application
    }
    .detail =
        { $problem ->
            [not_known] In step 4, add AWS’s metadata or one of the application’s links. Then paste the response again.
           *[other] The issuer isn’t the one from step 4. Open the tile of the application from step 4, or use the values of the application that you opened.
        }
    .fix = Go to the application

finding-dry_run_nops_issuer = The issuer in nOps doesn’t match AWS’s
    .detail =
        { $problem ->
            [portal_link] nOps has another link from this application instead of its issuer. Paste the expected issuer into Issuer URL (entityId), and save.
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
       *[other] The ACS URL in AWS doesn’t match nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip } In AWS, choose nOps › Actions › Edit configuration, correct Application ACS URL, and save.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the ACS address
        }
finding-dry_run_recipient =
    { $problem ->
        [not_known] nOps’s ACS address isn’t known yet
       *[other] The ACS URL in AWS doesn’t match nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip } In AWS, choose nOps › Actions › Edit configuration, correct Application ACS URL, and save.
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
           *[other] { dry-run-address-slip } In AWS, choose nOps › Actions › Edit configuration, correct Application SAML audience, and save.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the Entity ID
        }

## Time

finding-dry_run_too_late = The response has expired
    .detail = It was valid from { $from } to { $until } UTC. This computer’s clock shows { $now } UTC. Copy a new response. If that one has expired too, this computer’s clock is fast: turn on automatic time.
    .know = nOps probably allows a clock difference of 5 minutes.
    .fix = Paste a new response
finding-dry_run_too_early = The response isn’t valid yet
    .detail = It’s valid from { $from } to { $until } UTC, but this computer’s clock shows { $now } UTC. The clock is slow: turn on automatic time, then copy a new response.
    .know = nOps probably allows a clock difference of 5 minutes.
    .fix = Paste a new response
finding-dry_run_time = Couldn’t read a time in the response
    .detail = SAML times look like 2026-11-24T10:00:00Z. Copy the response again with Copy XML.
    .fix = Paste a new response
finding-dry_run_endless = The response has no expiration time
    .detail = AWS always sends one. Copy the response again with Copy XML.
    .fix = Paste a new response

## Subject and attributes

finding-dry_run_subject =
    { $problem ->
        [empty] AWS sent no Subject for the user
        [literal] AWS sent the Subject mapping as plain text
        [no_address] The Subject isn’t an email address
        [user_name] The user name isn’t an email address
        [odd_address] The Subject is an unusual email address
       *[format] The Subject’s format isn’t emailAddress
    }
    .detail =
        { $problem ->
            [empty] In AWS, fill in the Subject row and save. If it’s already filled in, the tester has no email address in IAM Identity Center.
            [literal] AWS sends a user’s value only for an expression such as {"${user:email}"}. Correct the Subject row and save.
            [no_address] Subject is mapped to something else, such as the user name. In AWS, map it to the email address and save.
            [user_name] Subject is mapped to the user name, which isn’t an email address for this user. Use the email address instead: copy the Subject row from step 5 to AWS again, and save.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
           *[format] In AWS, choose emailAddress in the Subject row and save.
        }
    .know =
        { $problem ->
            [empty] Based on the SAML standard and nOps’s help page.
            [literal] Based on AWS’s guide to attribute mappings.
           *[other] Inferred from AWS’s guides and nOps’s help page. Other values might work too.
        }
    .fix =
        { $problem ->
            [format] Open the application
            [user_name] Use the email address
           *[other] Copy the value
        }
finding-dry_run_other_person = The response is for another user
    .detail = It doesn’t contain the tester’s email address. Sign in as the tester in a private window, then copy a new response.
    .fix = Paste a new response

# The problem with one of the three attributes, $name.
dry-run-attribute =
    { $problem ->
        [missing] AWS didn’t send { $name }
        [name_blank] AWS has a space in the name { $name }
        [name_case] The capitalization of { $name } is wrong in AWS
        [name] { $name } is misspelled in AWS
        [twice] AWS sent { $name } twice
        [empty] AWS sent { $name } without a value
        [several] AWS sent { $name } with several values
        [literal] AWS sent the { $name } mapping as plain text
        [no_address] { $name } isn’t an email address
        [odd_address] { $name } is an unusual email address
        [exchanged] First and last name might be swapped
       *[address] { $name } contains an email address
    }
    .detail =
        { $problem ->
            [missing] In AWS, add row { $row } of the attribute mappings from step 5, and save. If the row is already there, the tester has no value for it in IAM Identity Center.
            [name_blank] Remove the space and save. nOps needs the exact name.
            [name_case] Replace the name and save. nOps needs the exact name, including capitalization.
            [name] Replace the name and save. nOps needs the exact name.
            [twice] Delete the second row and save. Duplicate names probably cause an error in nOps.
            [empty] In AWS, fill in the value in this row and save. If it’s already filled in, the tester has no value for it in IAM Identity Center.
            [several] Map the row to one value and save. nOps probably uses only the first value.
            [literal] AWS sends a user’s value only for an expression such as {"${user:email}"}. Correct the row and save.
            [no_address] Map the row to the email address and save.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
            [exchanged] In the tester’s email address, the names are in the opposite order. If they’re swapped, exchange the values in the User.FirstName and User.LastName rows.
           *[address] In AWS, check that the row is mapped to the right attribute.
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
            [twice] Delete the duplicate rows and save. They probably cause an error in nOps.
            [groups] Delete the row, save, and use the default role. AWS sends group IDs, and nOps supports groups only from Okta.
           *[extra] nOps uses only three attributes. Delete the other rows and save.
        }
    .know = According to nOps’s help pages, nOps uses three attributes and supports groups only from Okta.
    .fix = Open the application

## What was pasted instead of a response

response-empty = Nothing was pasted.
    .fix = Paste the response.
response-too_large = This is too large for a response.
    .fix = Paste only the response.
response-dtd = This text contains a document type declaration, so it wasn’t read. SAML responses never have one.
    .fix = Paste the text from Copy XML.
response-encoding = This text isn’t UTF-8. Copy the response again with Copy XML.
    .fix = Paste the response again.
response-malformed = This isn’t well-formed XML: line { $line }, column { $column }.
    .fix = Paste the response again.
response-cut = The end of the response is missing. Copy the whole text.
    .fix = Paste the response again.
response-bare_assertion = This is only the assertion. Copy the whole response.
    .fix = Paste the response again.
response-request = This is nOps’s request to AWS, not AWS’s response.
    .fix = Paste the text from Copy XML.
response-metadata = This is metadata, not a response. Use it in step 4.
    .fix = Paste the text from Copy XML.
response-web_page = This is a web page, not a response. If the access portal session has ended, sign in again.
    .fix = Paste the text from Copy XML.
response-masked = The response was masked in this recording. Record the sign-in again without masking, or use Copy XML.
    .fix = Paste the text from Copy XML.
response-no_message = This recording has no SAML response. Turn on Preserve log in the browser, sign in again, and save the recording with its content.
    .fix = Paste the text from Copy XML.
response-unknown = This isn’t a SAML response.
    .fix = Paste the text from Copy XML.
