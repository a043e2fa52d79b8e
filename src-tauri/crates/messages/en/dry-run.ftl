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
dry-run-in_response_to = Reply to a request
dry-run-encryption = Encryption
dry-run-assertion = Assertion

## Text of the cells

dry-run-expected-certificate = signed with AWS’s certificate
dry-run-expected-now = now, within 300 seconds
dry-run-expected-subject = an email address, emailAddress
dry-run-expected-once = once, not empty
dry-run-expected-one = one assertion
dry-run-expected-no-others = no others
dry-run-expected-not-encrypted = not encrypted
dry-run-received-signed = signed; signer can’t be checked
dry-run-received-signed-response = valid, on the response
dry-run-received-signed-assertion = valid, on the assertion
dry-run-received-other-certificate = signed with another certificate
dry-run-received-altered = altered after signing
dry-run-received-reformatted = reformatted; can’t be checked
dry-run-received-not-known = not known here
dry-run-received-unsigned = not signed
dry-run-received-refused = doesn’t follow the SAML standard
dry-run-received-none = nothing
dry-run-received-twice = twice
dry-run-received-several = several values
dry-run-received-empty = empty
dry-run-received-encrypted = encrypted
dry-run-received-unreadable = not a certificate

## Signature

finding-dry_run_certificate = AWS signed with a different certificate
    .detail =
        { $problem ->
            [nops_is_right] nOps has the certificate that AWS signed with. The one here is old or from another application. Get the metadata again, or choose the nOps application’s file.
           *[other] The certificate or metadata here is old or from another application. Get the metadata again, or choose the nOps application’s file.
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
            [unreadable] It’s cut off or something else, so nOps would reject every response. Paste the whole certificate into X.509 Certificate in nOps, and save.
            [inactive] AWS’s metadata lists it, but AWS signed with the expected one, which is active. Paste the expected one into X.509 Certificate in nOps, and save.
            [older] AWS signed with the expected one, which expires later. The one in nOps was replaced or is from another application. Paste the expected one into X.509 Certificate in nOps, and save.
           *[other] AWS signed with the expected one, so nOps would reject this response. The one in nOps is from another application. Paste the expected one into X.509 Certificate in nOps, and save.
        }
    .fix = Copy the certificate
finding-dry_run_older = This result is older than the last change
    .detail =
        AWS made the response at { $at }, and a value changed at { $changed }, so the result says nothing about the values now. { $minutes ->
            [0] { "" }
           *[other] We already allow { $minutes } minutes, because the two clocks can’t be compared.
        }
    .fix = Paste a new response
finding-dry_run_tolerated = This result may be older than the last change
    .detail = It is from { $at }, and a value changed at { $changed }. The two clocks can’t be compared, so we allow { $minutes } minutes. To be sure, copy a new response.
    .fix = Paste a new response
finding-dry_run_undated = The response doesn’t say when AWS made it
    .detail = Its IssueInstant is missing, so we can’t tell whether it is newer than the last change. Copy a response with Copy XML.
    .fix = Paste a new response
finding-dry_run_of_other_values = This result is for different values
    .detail = The tester used other addresses, another issuer or another certificate. Send the values again, and ask for a new result.
    .fix = Paste a new result
finding-dry_run_altered = The response was altered after AWS signed it
    .detail = Copy it again with Copy XML, and paste it unchanged.
    .fix = Paste a new response
finding-dry_run_reformatted = The response was reformatted
    .detail = The signature includes spaces and line breaks, so this copy can’t be checked. The certificate may still be right. Use the Copy XML button, and paste immediately.
    .fix = Paste a new response
finding-dry_run_no_certificate = No certificate to check the response with
    .detail = Get AWS’s metadata or the certificate in step 4, then paste the response again.
    .fix = Go to the application
finding-dry_run_assertion_only = AWS signed only the assertion
    .detail = That’s enough for nOps. We compare the status and destination, but no signature protects them.
finding-dry_run_unsigned = The response isn’t signed
    .detail = AWS signs every response. Copy it again with Copy XML.
    .fix = Paste a new response
finding-dry_run_refused = The response doesn’t follow the SAML standard
    .detail =
        { $reason ->
            [comment] { $named } contains a comment, which can hide part of a value.
            [processing_instruction] { $named } contains a processing instruction, which can hide part of a value.
            [several_assertions] It has more than one assertion.
            [several_signatures] The same element is signed twice.
            [misplaced] AWS never puts { $named } in this place. It may be a forgery.
            [duplicate_id] It uses the ID { $named } twice. It may be a forgery.
            [unclear_id] { $named } has an ambiguous ID. It may be a forgery.
            [reference] The signature covers “{ $named }” instead of its own element. It may be a forgery.
            [weak_algorithm] Its signature uses a weak algorithm: { $named }.
            [algorithm] Its signature uses an algorithm that AWS doesn’t use: { $named }.
           *[shape] AWS builds { $named } in the signature differently.
        } Copy it again with Copy XML.
    .fix = Paste a new response

## Around the assertion

finding-dry_run_status = AWS didn’t sign the user in
    .detail =
        { $told ->
            [message] AWS says “{ $message }”. Open the portal as the tester and try again.
           *[nothing] The response reports an error. Open the portal as the tester and try again.
        }
    .fix = Paste a new response
finding-dry_run_encrypted = The assertion is encrypted
    .detail = IAM Identity Center doesn’t encrypt assertions. This response came from somewhere else.
    .fix = Paste a new response
finding-dry_run_no_assertion = The response has no assertion
    .detail = It doesn’t sign in a user. Open the portal as the tester and try again.
    .fix = Paste a new response
finding-dry_run_in_response_to = The response came from another kind of sign-in
    .detail = It only works for the sign-in that requested it. For a dry run, start in the access portal and use Copy XML there.
    .fix = Paste a new response

## Addresses

finding-dry_run_issuer =
    { $problem ->
        [not_known] The expected issuer isn’t known yet
        [none] The response has no issuer
        [account] The response came from another AWS account
        [region] The response came from another Region
        [host] The issuer in the response has another host
       *[other] The response came from another AWS application
    }
    .detail =
        { $problem ->
            [not_known] Get AWS’s metadata or one of the application’s links in step 4, then paste the response again.
           *[other] Its issuer isn’t the one from step 4. Open the nOps tile, or use the values of the application you opened.
        }
    .fix = Go to the application

finding-dry_run_nops_issuer = nOps has a different issuer
    .detail =
        { $problem ->
            [portal_link] It’s another link of the same application. Both link fields in Your SSO Details take the expected one. Paste it into Issuer URL (entityId), and save.
           *[other] { dry-run-address-slip }. nOps would reject this response. Paste the expected one into Issuer URL (entityId), and save.
        }
    .fix = Copy the issuer

# How the received address differs.
dry-run-address-slip =
    { $problem ->
        [none] Nothing was sent
        [swapped] It’s nOps’s other address
        [blank] It contains a space or an invisible character
        [case] Capital and small letters differ
        [slash_added] It has an extra slash at the end
        [slash_lost] The slash at the end is missing
        [scheme] nOps uses https, but this address doesn’t
        [cut] The end is missing
        [added] It has extra text at the end
        [organization] It belongs to another nOps organization
        [host] It has another host
        [sample] It’s an example from a help page
       *[other] It’s a different address
    }

finding-dry_run_destination =
    { $problem ->
        [not_known] nOps’s ACS address isn’t known yet
       *[other] The ACS URL in AWS isn’t nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Paste it in step 3, then paste the response again.
           *[other] { dry-run-address-slip }. Change it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
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
           *[other] { dry-run-address-slip }. Change it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
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
           *[other] { dry-run-address-slip }. Change it in AWS: nOps › Actions › Edit configuration › Application SAML audience.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the Entity ID
        }

## Time

finding-dry_run_too_late = The response has expired
    .detail = It was valid from { $from } to { $until } UTC. This computer’s clock shows { $now }. Copy a new response. If that one has expired, too, the clock is fast: set it to automatic.
    .know = The SAML library that nOps very likely uses allows 300 seconds.
    .fix = Paste a new response
finding-dry_run_too_early = The response isn’t valid yet
    .detail = It’s valid from { $from } to { $until } UTC. This computer’s clock shows { $now }, so it’s slow: set it to automatic, then copy a new response.
    .know = The SAML library that nOps very likely uses allows 300 seconds.
    .fix = Paste a new response
finding-dry_run_time = Couldn’t read a time in the response
    .detail = SAML uses times such as 2026-11-24T10:00:00Z. Copy the response again with Copy XML.
    .fix = Paste a new response
finding-dry_run_endless = The response has no expiration time
    .detail = AWS always sends one. Copy the response again with Copy XML.
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
            [empty] Fill in row Subject of the attribute mappings and save the changes. If it’s filled in, the tester has no email address in IAM Identity Center.
            [literal] AWS sent the text of the mapping itself. It only replaces values with a dollar sign, braces and a colon.
            [no_address] Row Subject maps to something that isn’t an email address for this user, such as the user name. Map it to the email address and save the changes.
            [user_name] In step 5, Subject maps to the user name, and AWS sent one that isn’t an email address. Use the email address instead, copy row Subject from step 5 again and save the changes.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
           *[format] Choose emailAddress in row Subject and save the changes.
        }
    .know =
        { $problem ->
            [empty] Based on SAML and nOps’s help page.
            [literal] Based on AWS’s guide to attribute mappings.
           *[other] Inferred from AWS’s guides and nOps’s help page; others may work.
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

# What is wrong with one of the three attributes, $name.
dry-run-attribute =
    { $problem ->
        [missing] AWS didn’t send { $name }
        [name_blank] The name { $name } contains a space
        [name_case] The capitals in { $name } differ
        [name] The spelling of { $name } differs
        [twice] AWS sent { $name } twice
        [empty] AWS sent { $name } without a value
        [several] { $name } has several values
        [literal] AWS sent { $name } as plain text
        [no_address] { $name } isn’t an email address
        [odd_address] { $name } is an unusual email address
        [exchanged] First and last name may be swapped
       *[address] { $name } contains an email address
    }
    .detail =
        { $problem ->
            [missing] Add row { $row } of the attribute mappings and save the changes. If the row exists, the tester has no such value in IAM Identity Center.
            [name_blank] nOps needs exactly the expected name. Remove the space and save the changes.
            [name_case] nOps needs exactly the expected name, including capitals. Replace it and save the changes.
            [name] nOps needs exactly the expected name. Replace it and save the changes.
            [twice] Duplicate names cause an error in nOps. Delete the second row and save the changes.
            [empty] The tester has no such value in IAM Identity Center, or the cell is empty.
            [several] nOps very likely uses the first. Map the row to one value and save the changes.
            [literal] AWS sent the text of the mapping itself. It only replaces values with a dollar sign, braces and a colon.
            [no_address] The row maps to a different attribute. Map it to the email address and save the changes.
            [odd_address] Check the spelling of the tester’s email address in IAM Identity Center.
            [exchanged] The tester’s email address has them in the opposite order. If they’re swapped, exchange the values of rows User.FirstName and User.LastName.
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
               *[other] nOps doesn’t need { $count } attributes: { $names }
            }
    }
    .detail =
        { $problem ->
            [twice] Duplicate names cause an error in nOps. Delete the rows and save the changes.
            [groups] AWS sends group IDs, and nOps reads groups only from Okta. Use the default role, delete the row and save the changes.
           *[extra] nOps reads three attributes. Delete the others and save the changes.
        }
    .know = nOps’s help pages list three attributes and support groups only from Okta.
    .fix = Open the application

## What was pasted instead of a response

response-empty = Nothing was pasted.
    .fix = Paste the response
response-too_large = This is too large for a response.
    .fix = Paste only the response
response-dtd = This contains a document type declaration, which no response has. It wasn’t read.
    .fix = Paste the Copy XML text
response-encoding = This text isn’t UTF-8. Paste the Copy XML text.
    .fix = Paste it again
response-malformed = This isn’t well-formed XML: line { $line }, column { $column }.
    .fix = Paste it again
response-cut = The end is missing. Copy the whole text.
    .fix = Paste it again
response-bare_assertion = This is only the assertion. Copy the whole response.
    .fix = Paste it again
response-request = This is a request from nOps to AWS. Paste the response that AWS sends.
    .fix = Paste the Copy XML text
response-metadata = This is metadata. Use it in step 4.
    .fix = Paste the Copy XML text
response-web_page = This is a web page. The portal session may have ended: sign in again.
    .fix = Paste the Copy XML text
response-unknown = This isn’t a SAML response.
    .fix = Paste the Copy XML text
