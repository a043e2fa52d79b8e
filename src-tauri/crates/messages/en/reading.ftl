### Identifies a dropped, chosen or pasted file: the text for `saml::inspection`.
### `reading-<reason>` says what the file is and what was expected; its `fix` says what to do.

## Reasons

reading-empty = This file is empty.
    .fix = Download the certificate or metadata again from IAM Identity Center.
reading-too_large = This file is too large ({ $unit ->
        [kb] { $size } kB
        [mb] { $size } MB
       *[xml] over { $size } kB, or thousands of elements
    }). A certificate is about 1 kB. Metadata is slightly larger.
    .fix = Choose the file you downloaded from IAM Identity Center.
reading-unreadable =
    { $cause ->
        [folder] This is a folder, not a file.
        [missing] This file no longer exists.
        [denied] You don’t have permission to open this file.
        [special] This isn’t a regular file.
        [slow] The disk with this file didn’t respond for 2 seconds.
       *[failed] Couldn’t read this file.
    }
    .fix =
        { $cause ->
            [folder] Choose the certificate or metadata file in the folder.
            [denied] Copy the file to your own folder, or paste its text here.
            [slow] Copy the file to this computer, then choose the copy.
           *[failed] Choose the file again, or paste its text here.
        }
reading-extracted = Found the metadata inside other text. The rest was ignored.
reading-unfinished = The browser is still downloading this file.
    .fix = When the download finishes, choose the complete file.
reading-encoding = This file uses { $encoding }, but IAM Identity Center metadata uses UTF-8.
    .fix = Download the file again, and don’t edit it.
reading-malformed =
    { $what ->
        [character] This certificate is damaged: line { $line } contains “{ $character }”, which certificates don’t use.
        [length] This certificate is damaged: characters are missing{ $line ->
            [0] {""}
           *[other] , most likely in line { $line }
        }.
        [cut] This certificate is cut off.
        [xml] This file is damaged: the XML is incomplete (line { $line }).
        [wrapped] This text was copied from a terminal, which broke the lines after { $columns } characters.
        [ampersand] Line { $line }, column { $column } has “&”, which must be “&amp;” in XML.{ $whose ->
            [nops] {" "}This is nOps’s service provider metadata.
            [identity_center] {" "}This is IAM Identity Center’s own service provider metadata.
            [none] {""}
           *[other] {" "}This is service provider metadata.
        }
       *[der] This certificate is damaged: its content can’t be read{ $byte ->
            [0] {""}
           *[other] {" "}(from byte { $byte })
        }.
    }
    .fix =
        { $what ->
            [wrapped] Save the command’s output as a file, then choose that file.
            [ampersand] Use the original file, or replace “&” with “&amp;”.
            [cut] Copy everything from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, or choose the file.
           *[other] Download it again from IAM Identity Center, and don’t edit it.
        }
reading-wrong_kind =
    { $kind ->
        [key_store] This is a key store (PKCS#12 or Java), not a certificate. We didn’t open it, because it might contain a private key.
        [certificate_request] This is a certificate request, not a certificate.
        [public_key] This is a public key without a certificate.
        [ssh_key] This is an SSH public key, not a certificate.
        [revocation_list] This is a list of revoked certificates, not a certificate.
        [bundle] This certificate bundle doesn’t contain a certificate.
        [fingerprint] This is a certificate’s { $algorithm } fingerprint, not the certificate.
        [web_page] This is a web page{ $titled ->
            [yes] {" "}(“{ $title }”)
           *[no] {""}
        }. Your console session has probably expired.
        [json] This is JSON{ $titled ->
            [yes] {" "}(“{ $title }”)
           *[no] {""}
        }, not a certificate or metadata.
        [aws_configuration] This is an AWS configuration file, not a certificate or metadata.
        [sp_metadata] This is service provider metadata ({ $whose ->
            [nops] nOps
            [identity_center] IAM Identity Center itself, for signing in to AWS
            [aws_sign_in] AWS sign-in
           *[unknown] { $entity_id }
        }), not identity provider metadata.
        [response] This is a SAML response, not a certificate or metadata.
        [request] This is a SAML request, not metadata.
        [recording] This is a recorded sign-in with { $responses ->
            [0] no responses
            [one] one response
           *[other] { $responses } responses
        }, not a certificate or metadata.
        [aws_error] This is an AWS error ({ $code }), not metadata.
        [xml] This XML file (“{ $root }”) isn’t SAML metadata.
        [archive] This is an archive, not a certificate or metadata.
        [picture] This is a picture, not a certificate or metadata.
        [pdf] This is a PDF, not a certificate or metadata.
        [program] This is a program, not a certificate or metadata.
        [document] This is a word processor document, not a certificate or metadata.
        [shortcut] This is a shortcut to a file or page, not the file itself.
        [certificate] This is a certificate, not metadata.
       *[unknown] This isn’t a certificate or metadata.
    }
    .fix =
        { $kind ->
            [web_page] Sign in to AWS again, then download the file again.
            [aws_configuration] Choose one of its profiles in step 2, Connect AWS.
            [sp_metadata] On the nOps application’s page in IAM Identity Center, choose “IAM Identity Center SAML metadata file”.
            [response] Paste the response in step 6, Dry run.
            [recording] Use the recording in step 6, Dry run, or in step 8, Test sign-in.
            [document] Paste the certificate’s text here, or choose AWS’s original file.
            [archive] Extract it, then choose the certificate or metadata file.
            [shortcut] Choose the file that the shortcut opens.
            [certificate] Use this file as the certificate. To get the metadata, choose “IAM Identity Center SAML metadata file” on the application’s page.
            [aws_error] Check the metadata link. It must end in the application’s token.
           *[other] On the nOps application’s page in IAM Identity Center, choose “Download” next to “IAM Identity Center Certificate”.
        }
reading-private_key = This is a private key, so we didn’t keep it. You need the certificate.
    .fix = On the nOps application’s page in IAM Identity Center, choose “Download” next to “IAM Identity Center Certificate”.
reading-access_keys = This file contains AWS access keys, so we didn’t keep it. You need the certificate or metadata.
    .fix = Choose the file from IAM Identity Center. If other people can see the keys, rotate them in AWS.
reading-several_certificates = This file has { $count } different certificates. AWS signs with one of them.
    .fix = Choose the certificate that’s active on the application’s page.
reading-several_entities = This metadata describes { $count } identity providers. It should describe one.
    .fix = On the nOps application’s page, choose “IAM Identity Center SAML metadata file”.
reading-expired = This certificate expired on { $on }. nOps might not accept it.
    .fix = Generate a new certificate for the application in IAM Identity Center, and use it here.
reading-not_yet_valid = This certificate isn’t valid until { $from }, or this computer’s clock is wrong.
    .fix = Check this computer’s date and time.
reading-expires_soon = This certificate expires on { $on } ({ $days ->
        [0] less than a day left
        [1] 1 day left
       *[other] { $days } days left
    }).
    .fix = Plan its replacement with your AWS and nOps administrators.
reading-weak_key = This certificate has an RSA key with only { $bits } bits. IAM Identity Center uses 2048 bits.
    .fix = Generate a new certificate in IAM Identity Center, or check where this one comes from.
reading-weak_signature = This certificate’s signature uses { $algorithm }, which is weak. IAM Identity Center uses SHA-256.
    .fix = Generate a new certificate in IAM Identity Center, or check where this one comes from.
reading-key_type = This certificate has a { $key } key. IAM Identity Center uses RSA keys, so the certificate is probably from somewhere else.
    .fix = Download the right certificate from the nOps application’s page.
reading-self_signature = This certificate was altered: its signature doesn’t match its content.
    .fix = Download it again from IAM Identity Center.
reading-not_self_signed = This certificate ({ $subject }) has a different issuer ({ $issuer }). IAM Identity Center certificates are self-signed, so this one is probably from somewhere else.
    .fix = Download the right certificate from the nOps application’s page.
reading-other_use =
    { $use ->
        [authority] This is a certificate authority’s certificate.
        [web_server] This is a web server certificate.
       *[other] This certificate signs code or email.
    } IAM Identity Center certificates only sign SAML responses, so this one is probably from somewhere else.
    .fix = Download the right certificate from the nOps application’s page.
reading-dtd = This file contains a document type declaration, which metadata never needs.
    .fix = Download the metadata again from IAM Identity Center.
reading-entity_id =
    { $what ->
        [missing] This metadata has no entity ID.
        [too_long] The entity ID in this metadata has { $length } characters. At most 1024 are allowed.
        [dual_stack] The issuer in this metadata is a dual-stack address ({ $entity_id }). IAM Identity Center issuers are on amazonaws.com.
       *[two_applications] The issuer ({ $entity_id }) and the sign-in link ({ $sign_in }) belong to two different applications.
    }
    .fix = Download it again from the nOps application’s page.
reading-valid_until = This metadata expired on { $on }.
    .fix = Download it again from the nOps application’s page.
reading-protocol = This metadata is for SAML 1.1. nOps needs SAML 2.0.
    .fix = On the nOps application’s page, choose “IAM Identity Center SAML metadata file”.
reading-no_signing_certificate = This metadata has no signing certificate.
    .fix = Download it again from the nOps application’s page.
reading-no_sso_service = This metadata has no sign-in URL.
    .fix = Download it again from the nOps application’s page.
reading-binding = This metadata only supports sign-in with { $bindings }. Browser sign-in needs HTTP-Redirect or HTTP-POST.
    .fix = Download it again from the nOps application’s page.
reading-url = A sign-in link in this metadata doesn’t use https: { $url }
    .fix = Download it again from the nOps application’s page.
reading-wrong_host =
    { $look_alike ->
        [yes] The links in this file use { $host }, which looks like AWS but isn’t.
       *[no] The links in this file use { $host }. IAM Identity Center uses hosts that start with “portal.sso”.
    }
    .fix = Check where this file comes from, and download the metadata from the nOps application’s page.

## Kinds

reading-kind-certificate = Certificate
reading-kind-metadata = Identity provider metadata
reading-kind-empty = Empty file
reading-kind-private_key = Private key
reading-kind-access_keys = AWS access keys
reading-kind-key_store = Key store
reading-kind-certificate_request = Certificate request
reading-kind-public_key = Public key
reading-kind-ssh_key = SSH public key
reading-kind-revocation_list = List of revoked certificates
reading-kind-bundle = Certificate bundle
reading-kind-web_page = Web page
reading-kind-json = JSON file
reading-kind-aws_configuration = AWS configuration file
reading-kind-sp_metadata = Service provider metadata
reading-kind-response = SAML response
reading-kind-request = SAML request
reading-kind-aws_error = AWS error
reading-kind-xml = XML file
reading-kind-archive = Archive
reading-kind-picture = Picture
reading-kind-pdf = PDF
reading-kind-program = Program
reading-kind-document = Document
reading-kind-shortcut = Shortcut
reading-kind-download = Unfinished download
reading-kind-unknown = Unknown file
