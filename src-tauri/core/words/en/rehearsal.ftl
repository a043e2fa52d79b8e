### The rehearsal: rows, what stands in them, and what to do.

rehearsal-signature = Signature
rehearsal-status = Status
rehearsal-issuer = Issuer
rehearsal-destination = Destination
rehearsal-recipient = Recipient
rehearsal-audience = Audience
rehearsal-time = Time
rehearsal-subject = Subject
rehearsal-user_email = User.Email
rehearsal-user_first_name = User.FirstName
rehearsal-user_last_name = User.LastName
rehearsal-attributes = Other attributes
rehearsal-assertion = Assertion

rehearsal-expected-certificate = by AWS’s certificate
rehearsal-expected-now = now, within 300 seconds
rehearsal-expected-subject = an e-mail address, emailAddress
rehearsal-expected-once = once, not empty
rehearsal-expected-one = one assertion
rehearsal-expected-three = three attributes, no more
rehearsal-received-signed-response = holds, on the response
rehearsal-received-signed-assertion = holds, on the assertion
rehearsal-received-other-certificate = by another certificate
rehearsal-received-altered = altered after it was signed
rehearsal-received-reformatted = laid out anew: can’t be checked
rehearsal-received-not-known = not known here
rehearsal-received-unsigned = not signed
rehearsal-received-refused = not as SAML prescribes
rehearsal-received-none = nothing
rehearsal-received-twice = twice
rehearsal-received-empty = empty

finding-rehearsal_certificate = Signed with another certificate
    .detail = The certificate or metadata here is not the one AWS signed with: an old one, or one of another application. Fetch the metadata again, or bring the file from the nOps application.
    .fix = Go to the application
finding-rehearsal_altered = The response was altered after it was signed
    .detail = Copy it again with Copy XML, and paste it as it is.
    .fix = Paste a new response
finding-rehearsal_reformatted = The copy was laid out anew
    .detail = Blanks and line breaks are signed too, so this copy can’t be checked; that says nothing about the certificate. Use the Copy XML button and paste at once.
    .fix = Paste a new response
finding-rehearsal_no_certificate = No certificate to check with
    .detail = Bring AWS’s metadata or the certificate in step 4, then paste the response again.
    .fix = Go to the application
finding-rehearsal_unsigned = The response is not signed
    .detail = AWS signs every response. Copy it again with Copy XML.
    .fix = Paste a new response
finding-rehearsal_refused = The response is not as SAML prescribes
    .detail =
    { $reason ->
        [comment] There is a comment in it, which can hide part of a value.
        [processing_instruction] There is a processing instruction in it, which can hide part of a value.
        [no_assertion] There is no assertion in it: nobody was signed in.
        [several_assertions] There is more than one assertion in it.
        [encrypted] The assertion is encrypted; IAM Identity Center does not do that.
        [weak_algorithm] It is signed with an algorithm that forgers can beat.
        [duplicate_id] The same id stands in it twice, as in a forgery.
       *[other] Its signature is not built as AWS builds it ({ $reason }), as in a forgery. Copy it again with Copy XML.
    }
    .fix = Paste a new response
finding-rehearsal_status = AWS did not sign the person in
    .detail = The response reports a failure. Open the portal as the tester and try again.
    .fix = Paste a new response
finding-rehearsal_encrypted = The assertion is encrypted
    .detail = IAM Identity Center does not encrypt. This response came from somewhere else.
    .fix = Paste a new response
finding-rehearsal_no_assertion = There is no assertion in the response
    .detail = Nobody was signed in. Open the portal as the tester and try again.
    .fix = Paste a new response
finding-rehearsal_issuer = The response came from another application
    .detail = Its issuer is not the one from step 4. Open the nOps tile, or bring the values of the application that you opened.
    .fix = Go to the application
finding-rehearsal_destination = The ACS URL in AWS is not nOps’s
    .detail = In AWS: nOps › Actions › Edit configuration › Application ACS URL.
    .fix = Copy the ACS address
finding-rehearsal_recipient = The ACS URL in AWS is not nOps’s
    .detail = In AWS: nOps › Actions › Edit configuration › Application ACS URL.
    .fix = Copy the ACS address
finding-rehearsal_audience = The audience in AWS is not nOps’s Entity ID
    .detail = In AWS: nOps › Actions › Edit configuration › Application SAML audience.
    .fix = Copy the Entity ID
finding-rehearsal_too_late = The response is too old
    .detail = Copy a new one. If that is too old as well, this computer’s clock is fast: set it to automatic.
    .fix = Paste a new response
finding-rehearsal_too_early = The response is not valid yet
    .detail = This computer’s clock is slow: set it to automatic, then copy a new response.
    .fix = Paste a new response
finding-rehearsal_subject_empty = No name was sent for the person
    .detail = Fill row Subject of the attribute mappings, and look that the tester has an e-mail address.
    .fix = Copy the value
finding-rehearsal_literal = { $name } was sent literally
    .detail = AWS sent the text of the mapping itself. Only the form with dollar sign, braces and colon is replaced.
    .fix = Copy the value
finding-rehearsal_subject_no_address = The name sent is no e-mail address
    .detail = Row Subject maps to the user name, and this user name is none. Map it to the e-mail address.
    .know = How we know: inferred from AWS’s guides and nOps’s help page.
    .fix = Copy the value
finding-rehearsal_subject_format = Subject has another format
    .detail = Choose emailAddress in row Subject, then Save changes.
    .know = How we know: nOps’s help page; other formats may work.
    .fix = Open the application
finding-rehearsal_other_person = The response is about somebody else
    .detail = It does not carry the tester’s e-mail address. Use a private window, and sign in as the tester.
    .fix = Paste a new response
finding-rehearsal_attribute_name = { $name } is written differently
    .detail = nOps looks for the name as it is written, capitals and blanks included.
    .fix = Copy the name
finding-rehearsal_attribute_missing = { $name } was not sent
    .detail = Add the row, then Save changes. If it is there, the tester has no such value.
    .fix = Copy the name
finding-rehearsal_attribute_twice = { $name } was sent twice
    .detail = The same name twice is an error in nOps. Delete the second row, then Save changes.
    .fix = Open the application
finding-rehearsal_attribute_empty = { $name } was sent empty
    .detail = The tester has no such value in Identity Center, or the cell is empty.
    .fix = Copy the value
finding-rehearsal_no_address = { $name } is no e-mail address
    .detail = The row maps to another attribute. Map it to the e-mail address.
    .fix = Copy the value
finding-rehearsal_swapped_columns = { $name } holds an e-mail address
    .detail = Was a row mapped to the wrong attribute?
    .fix = Copy the value
finding-rehearsal_attribute_extra = { $name } is not needed
    .detail = nOps reads three attributes, and groups from Okta only. Delete the row, then Save changes.
    .know = How we know: nOps’s help pages name three attributes.
    .fix = Open the application

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
