### The dry run: rows, what stands in them, and what to do.

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
dry-run-in_response_to = Answers a request
dry-run-encryption = Encryption
dry-run-assertion = Assertion

## What stands in the cells

dry-run-expected-certificate = by AWS’s certificate
dry-run-expected-now = now, within 300 seconds
dry-run-expected-subject = an email address, emailAddress
dry-run-expected-once = once, not empty
dry-run-expected-one = one assertion
dry-run-expected-no-others = no others
dry-run-expected-not-encrypted = not encrypted
dry-run-received-signed = signed, by whom can’t be checked
dry-run-received-signed-response = holds, on the response
dry-run-received-signed-assertion = holds, on the assertion
dry-run-received-other-certificate = by another certificate
dry-run-received-altered = altered after it was signed
dry-run-received-reformatted = laid out anew: can’t be checked
dry-run-received-not-known = not known here
dry-run-received-unsigned = not signed
dry-run-received-refused = not as SAML prescribes
dry-run-received-none = nothing
dry-run-received-twice = twice
dry-run-received-several = several values
dry-run-received-empty = empty
dry-run-received-encrypted = encrypted
dry-run-received-unreadable = no certificate

## Signature

finding-dry_run_certificate = Signed with another certificate
    .detail =
        { $problem ->
            [nops_is_right] nOps holds the certificate that AWS signed with; the one here is an old one, or one of another application. Fetch the metadata again, or bring the file from the nOps application.
           *[other] The certificate or metadata here is not the one AWS signed with: an old one, or one of another application. Fetch the metadata again, or bring the file from the nOps application.
        }
    .fix = Go to the application
finding-dry_run_nops_certificate =
    { $problem ->
        [unreadable] What nOps holds is no certificate
        [inactive] nOps holds a certificate that AWS does not sign with
        [older] nOps holds an older certificate
       *[other] nOps holds another certificate
    }
    .detail =
        { $problem ->
            [unreadable] It is cut off, or something else was pasted, so nOps would refuse every response. Paste the certificate into X.509 Certificate in nOps from its first line to its last, and save.
            [inactive] AWS’s metadata lists it, and AWS signed with the expected one, which is the active one. Paste that one into X.509 Certificate in nOps and save.
            [older] AWS signed with the expected one, which ends later. The one in nOps was replaced, or it is another application’s. Paste the expected one into X.509 Certificate in nOps and save.
           *[other] AWS signed with the expected one, so nOps would refuse this response. The one in nOps is another application’s. Paste the expected one into X.509 Certificate in nOps and save.
        }
    .fix = Copy the certificate
finding-dry_run_of_other_values = This result is about other values than those here
    .detail = The tester compared the response with other addresses, another issuer or another certificate. Send the values again, and have the response judged anew.
    .fix = Paste a new result
finding-dry_run_altered = The response was altered after it was signed
    .detail = Copy it again with Copy XML, and paste it as it is.
    .fix = Paste a new response
finding-dry_run_reformatted = The copy was laid out anew
    .detail = Blanks and line breaks are signed too, so this copy can’t be checked; that says nothing about the certificate. Use the Copy XML button and paste at once.
    .fix = Paste a new response
finding-dry_run_no_certificate = No certificate to check with
    .detail = Bring AWS’s metadata or the certificate in step 4, then paste the response again.
    .fix = Go to the application
finding-dry_run_assertion_only = Only the assertion is signed
    .detail = That is enough for nOps. Status and destination are compared here, but no signature vouches for them.
finding-dry_run_unsigned = The response is not signed
    .detail = AWS signs every response. Copy it again with Copy XML.
    .fix = Paste a new response
finding-dry_run_refused = The response is not as SAML prescribes
    .detail =
        { $reason ->
            [comment] There is a comment in { $named }, which can hide part of a value.
            [processing_instruction] There is a processing instruction in { $named }, which can hide part of a value.
            [several_assertions] There is more than one assertion in it.
            [several_signatures] The same element is signed twice.
            [misplaced] { $named } stands where AWS never puts it, as in a forgery.
            [duplicate_id] The id { $named } stands in it twice, as in a forgery.
            [unclear_id] { $named } has an id that can be read in two ways, as in a forgery.
            [reference] The signature covers “{ $named }” instead of the element it stands in, as in a forgery.
            [weak_algorithm] It is signed with an algorithm that forgers can beat: { $named }.
            [algorithm] It is signed in a way that AWS does not use: { $named }.
           *[shape] { $named } in its signature is not built as AWS builds it.
        } Copy it again with Copy XML.
    .fix = Paste a new response

## Around the assertion

finding-dry_run_status = AWS did not sign the person in
    .detail =
        { $told ->
            [message] AWS says “{ $message }”. Open the portal as the tester and try again.
           *[nothing] The response reports a failure. Open the portal as the tester and try again.
        }
    .fix = Paste a new response
finding-dry_run_encrypted = The assertion is encrypted
    .detail = IAM Identity Center does not encrypt. This response came from somewhere else.
    .fix = Paste a new response
finding-dry_run_no_assertion = There is no assertion in the response
    .detail = Nobody was signed in. Open the portal as the tester and try again.
    .fix = Paste a new response
finding-dry_run_in_response_to = This response answers a request
    .detail = It is good for the one sign-in that asked for it. In a dry run the sign-in begins in the access portal: use Copy XML there.
    .fix = Paste a new response

## Addresses

finding-dry_run_issuer =
    { $problem ->
        [not_known] The issuer to expect is not known here
        [none] The response names no issuer
        [account] The response came from an application in another account
        [region] The response came from another Region
        [host] The issuer has another host than expected
       *[other] The response came from another application
    }
    .detail =
        { $problem ->
            [not_known] Bring AWS’s metadata or one of the application’s links in step 4, then paste the response again.
           *[other] Its issuer is not the one from step 4. Open the nOps tile, or bring the values of the application that you opened.
        }
    .fix = Go to the application

finding-dry_run_nops_issuer = nOps holds another issuer
    .detail =
        { $problem ->
            [portal_link] It is another link of the same application. Both fields of Your SSO Details take the expected one: paste it into Issuer URL (entityId), and save.
           *[other] { dry-run-address-slip }. nOps would refuse this response. Paste the expected one into Issuer URL (entityId), and save.
        }
    .fix = Copy the issuer

# In which way the received address differs.
dry-run-address-slip =
    { $problem ->
        [none] Nothing was sent
        [swapped] It is nOps’s other address
        [blank] A blank or a mark that can’t be seen is in it
        [case] Capital and small letters differ
        [slash_added] One slash too many at the end
        [slash_lost] The slash at the end is missing
        [scheme] It begins with another scheme: nOps uses https
        [cut] The end is missing
        [added] Something follows the end
        [organization] It belongs to another nOps organization
        [host] It has another host
        [sample] It is the sample from a help page
       *[other] It is another address
    }

finding-dry_run_destination =
    { $problem ->
        [not_known] nOps’s ACS address is not known here
       *[other] The ACS URL in AWS is not nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Bring it in step 3, then paste the response again.
           *[other] { dry-run-address-slip }. In AWS: nOps › Actions › Edit configuration › Application ACS URL.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the ACS address
        }
finding-dry_run_recipient =
    { $problem ->
        [not_known] nOps’s ACS address is not known here
       *[other] The ACS URL in AWS is not nOps’s
    }
    .detail =
        { $problem ->
            [not_known] Bring it in step 3, then paste the response again.
           *[other] { dry-run-address-slip }. In AWS: nOps › Actions › Edit configuration › Application ACS URL.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the ACS address
        }
finding-dry_run_audience =
    { $problem ->
        [not_known] nOps’s Entity ID is not known here
       *[other] The audience in AWS is not nOps’s Entity ID
    }
    .detail =
        { $problem ->
            [not_known] Bring it in step 3, then paste the response again.
           *[other] { dry-run-address-slip }. In AWS: nOps › Actions › Edit configuration › Application SAML audience.
        }
    .fix =
        { $problem ->
            [not_known] Go to the nOps addresses
           *[other] Copy the Entity ID
        }

## Time

finding-dry_run_too_late = The response is too old
    .detail = It held from { $from } to { $until } UTC, and this computer’s clock says { $now }. Copy a new one. If that is too old as well, the clock is fast: set it to automatic.
    .know = How we know: the software nOps very likely uses allows 300 seconds.
    .fix = Paste a new response
finding-dry_run_too_early = The response is not valid yet
    .detail = It holds from { $from } to { $until } UTC, and this computer’s clock says { $now }. The clock is slow: set it to automatic, then copy a new response.
    .know = How we know: the software nOps very likely uses allows 300 seconds.
    .fix = Paste a new response
finding-dry_run_time = A time in the response can’t be read
    .detail = SAML wants times such as 2026-11-24T10:00:00Z. Copy the response again with Copy XML.
    .fix = Paste a new response
finding-dry_run_endless = The response does not say until when it holds
    .detail = AWS always says it. Copy the response again with Copy XML.
    .fix = Paste a new response

## Subject and attributes

finding-dry_run_subject =
    { $problem ->
        [empty] No name was sent for the person
        [literal] Subject was sent literally
        [no_address] The name sent is no email address
        [user_name] The user name sent is no email address
        [odd_address] The name sent is an unusual email address
       *[format] Subject has another format
    }
    .detail =
        { $problem ->
            [empty] Fill row Subject of the attribute mappings, then Save changes. If it is filled, the tester has no email address in IAM Identity Center.
            [literal] AWS sent the text of the mapping itself. Only the form with dollar sign, braces and colon is replaced.
            [no_address] Row Subject maps to something that is no email address for this person, such as the user name. Map it to the email address, then Save changes.
            [user_name] Step 5 has Subject map to the user name, and what AWS sent for it is no email address. Use the email address instead, copy row Subject from step 5 again, then Save changes.
            [odd_address] Look whether the tester’s email address in IAM Identity Center is written as it should be.
           *[format] Choose emailAddress in row Subject, then Save changes.
        }
    .know =
        { $problem ->
            [empty] How we know: SAML and nOps’s help page.
            [literal] How we know: AWS’s guide on attribute mappings.
           *[other] How we know: inferred from AWS’s guides and nOps’s help page; others may work.
        }
    .fix =
        { $problem ->
            [format] Open the application
            [user_name] Use the email address
           *[other] Copy the value
        }
finding-dry_run_other_person = The response is about somebody else
    .detail = It does not carry the tester’s email address. Use a private window, and sign in as the tester.
    .fix = Paste a new response

# What is wrong with one of the three attributes, $name.
dry-run-attribute =
    { $problem ->
        [missing] { $name } was not sent
        [name_blank] { $name } has a blank in its name
        [name_case] { $name } is written with other capitals
        [name] { $name } is written differently
        [twice] { $name } was sent twice
        [empty] { $name } was sent empty
        [several] { $name } has several values
        [literal] { $name } was sent literally
        [no_address] { $name } is no email address
        [odd_address] { $name } is an unusual email address
        [exchanged] Are first and last name exchanged?
       *[address] { $name } holds an email address
    }
    .detail =
        { $problem ->
            [missing] Add row { $row } of the attribute mappings, then Save changes. If it is there, the tester has no such value in IAM Identity Center.
            [name_blank] nOps looks for the name as it is written. Take the blank out, then Save changes.
            [name_case] nOps looks for the name as it is written, capitals included. Replace it, then Save changes.
            [name] nOps looks for the name as it is written. Replace it, then Save changes.
            [twice] The same name twice is an error in nOps. Delete the second row, then Save changes.
            [empty] The tester has no such value in IAM Identity Center, or the cell is empty.
            [several] nOps very likely takes the first. Map the row to one value, then Save changes.
            [literal] AWS sent the text of the mapping itself. Only the form with dollar sign, braces and colon is replaced.
            [no_address] The row maps to another attribute. Map it to the email address, then Save changes.
            [odd_address] Look whether the tester’s email address in IAM Identity Center is written as it should be.
            [exchanged] The tester’s email address has them the other way round. If so, exchange the values of the rows User.FirstName and User.LastName.
           *[address] Look whether the row maps to the right attribute.
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
        [twice] An attribute was sent twice: { $names }
        [groups] Groups are sent: { $names }
       *[extra]
            { $count ->
                [one] { $names } is not needed
               *[other] { $count } attributes are not needed: { $names }
            }
    }
    .detail =
        { $problem ->
            [twice] The same name twice is an error in nOps. Delete the rows, then Save changes.
            [groups] AWS sends ids, and nOps reads groups from Okta only: use the default role. Delete the row, then Save changes.
           *[extra] nOps reads three attributes. Delete the others, then Save changes.
        }
    .know = How we know: nOps’s help pages name three attributes and support groups from Okta only.
    .fix = Open the application

## What was pasted instead of a response

response-empty = Nothing was pasted.
    .fix = Paste the response
response-too_large = This is larger than any response.
    .fix = Paste the response alone
response-dtd = There is a document type declaration in it, which no response has. It was not read.
    .fix = Paste what Copy XML gave
response-encoding = It is not written in UTF-8. Paste what Copy XML gave.
    .fix = Paste it again
response-malformed = This is no well-formed XML: line { $line }, column { $column }.
    .fix = Paste it again
response-cut = The end is missing. Copy the whole text.
    .fix = Paste it again
response-bare_assertion = This is the assertion without the response around it. Copy the whole text.
    .fix = Paste it again
response-request = This is a request, which nOps sends to AWS. The response comes back from AWS.
    .fix = Paste what Copy XML gave
response-metadata = This is metadata. It belongs in step 4.
    .fix = Paste what Copy XML gave
response-web_page = This is a web page. The portal’s session may have ended: sign in again.
    .fix = Paste what Copy XML gave
response-unknown = This is no SAML response.
    .fix = Paste what Copy XML gave
