### What any dropped, chosen or pasted file is: the words of `saml::file`.
### `reading-<reason>` says what it is and what was expected; its `fix` says what to do.

## Reasons

reading-empty = This file is empty. A certificate or the metadata was expected.
    .fix = Download it again from IAM Identity Center.
reading-too_large = This file has { $size }. A certificate has about 1 kB, metadata a few more.
    .fix = Choose the file that IAM Identity Center gave you under “Download”.
reading-unreadable =
    { $cause ->
        [folder] This is a folder, not a file.
        [missing] This file is not there any more.
        [denied] This computer does not let us open this file.
        [special] This is no ordinary file.
       *[failed] This file could not be read.
    }
    .fix =
        { $cause ->
            [folder] Choose the certificate or the metadata file inside it.
            [denied] Copy it to a folder of your own, or paste its text here.
           *[failed] Choose the file again, or paste its text here.
        }
reading-unfinished = This download is not finished: the browser is still writing it.
    .fix = Wait until the browser is done, then choose the finished file.
reading-encoding = This file says that it is written in { $encoding }. Metadata from IAM Identity Center is UTF-8.
    .fix = Download it again, and bring the file as it came.
reading-malformed =
    { $what ->
        [character] Damaged certificate: line { $line } holds “{ $character }”, which no certificate has.
        [length] Damaged certificate: characters are missing in it{ $line ->
            [0] {""}
           *[other] , most likely in line { $line }
        }.
        [cut] This certificate stops in the middle.
        [xml] Damaged file: it is no complete XML document (line { $line }).
       *[der] Damaged certificate: what is in it is no certificate any more{ $byte ->
            [0] {""}
           *[other] ; byte { $byte } is the first that does not fit
        }.
    }
    .fix =
        { $what ->
            [cut] Copy everything from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, or bring the file.
           *[other] Download it again from IAM Identity Center, and bring the file as it came.
        }
reading-wrong_kind =
    { $kind ->
        [key_store] This is a key store (PKCS#12 or Java). It may hold a private key, so it was not opened. A certificate was expected.
        [certificate_request] This is a certificate request, not a certificate.
        [public_key] This is a public key without its certificate.
        [ssh_key] This is an SSH public key, not a certificate.
        [revocation_list] This is a list of revoked certificates, not a certificate.
        [bundle] This bundle holds no certificate.
        [web_page] This is a web page{ $titled ->
            [yes] {" "}(“{ $title }”)
           *[no] {""}
        }. The console session had most likely ended when it was saved.
        [json] This is an answer in JSON{ $titled ->
            [yes] {" "}(“{ $title }”)
           *[no] {""}
        }, not a certificate or metadata.
        [sp_metadata] This describes a service provider ({ $whose ->
            [nops] nOps
            [identity_center] IAM Identity Center itself, for signing people in to AWS
            [aws_sign_in] AWS sign-in
           *[unknown] { $entity_id }
        }). The metadata of the identity provider was expected.
        [response] This is a SAML response. It belongs to the dry run.
        [request] This is a SAML request. The metadata was expected.
        [aws_error] This is an error that AWS answered ({ $code }), not the metadata.
        [xml] This XML file (“{ $root }”) is not SAML metadata.
        [archive] This is an archive.
        [picture] This is a picture.
        [pdf] This is a PDF.
        [program] This is a program.
        [document] This is a document of a word processor.
        [shortcut] This is a shortcut to a file or page, not the file.
        [certificate] This is a certificate. The metadata was expected.
       *[unknown] This is neither a certificate nor metadata.
    }
    .fix =
        { $kind ->
            [web_page] Sign in to AWS again, then download the certificate or the metadata file once more.
            [sp_metadata] On the page of the nOps application in IAM Identity Center, choose “IAM Identity Center SAML metadata file”.
            [response] Bring it in step 6, Dry run.
            [document] Copy the certificate out of it and paste it here, or bring the file as it came from AWS.
            [archive] Unpack it, then choose the certificate or the metadata file inside it.
            [shortcut] Open it, and bring the file it leads to.
            [certificate] Bring it as the certificate, or choose “IAM Identity Center SAML metadata file” on the application's page.
            [aws_error] Check the metadata link: it ends in the application's token.
           *[other] On the page of the nOps application in IAM Identity Center, choose “Download” beside “IAM Identity Center Certificate”.
        }
reading-private_key = That is a private key. It was not kept, and nobody needs it here.
    .fix = Choose the certificate instead: “Download” beside “IAM Identity Center Certificate”.
reading-several_certificates = { $count } different certificates in one file. AWS signs with one of them.
    .fix = Choose the one that the application's page calls active.
reading-several_entities = { $count } identity providers in one metadata file. One was expected.
    .fix = Choose “IAM Identity Center SAML metadata file” on the page of the nOps application.
reading-expired = This certificate expired on { $on }. nOps may still accept it, but do not build on that.
    .fix = In IAM Identity Center, generate a new certificate for the application and bring that one.
reading-not_yet_valid = This certificate is valid from { $from }: it is not in force yet, or the clock of this computer is wrong.
    .fix = Check the date and time of this computer.
reading-expires_soon = Valid, { $days ->
        [0] less than a day left
        [1] 1 day left
       *[other] { $days } days left
    } (until { $on }).
    .fix = Plan the change of certificate now, with both administrators.
reading-weak_key = This certificate has an RSA key of { $bits } bits. IAM Identity Center makes keys of 2048 bits.
    .fix = Generate a new certificate in IAM Identity Center, or check where this one comes from.
reading-weak_signature = This certificate is signed with { $algorithm }, which can be forged. IAM Identity Center uses SHA-256.
    .fix = Generate a new certificate in IAM Identity Center, or check where this one comes from.
reading-key_type = This certificate has a key of the kind { $key }. IAM Identity Center signs with RSA, so it is most likely another certificate.
    .fix = Download the certificate from the page of the nOps application.
reading-self_signature = This certificate was changed after it was made: its own signature does not hold.
    .fix = Download it again from IAM Identity Center.
reading-not_self_signed = This certificate ({ $subject }) was issued by somebody else ({ $issuer }). Those of IAM Identity Center are their own issuers, so it is most likely another certificate.
    .fix = Download the certificate from the page of the nOps application.
reading-other_use =
    { $use ->
        [authority] This certificate is for issuing other certificates.
        [web_server] This certificate is for a web server.
       *[other] This certificate is for signing programs or mail.
    } Those of IAM Identity Center are for nothing but its responses, so it is most likely another certificate.
    .fix = Download the certificate from the page of the nOps application.
reading-dtd = This file has a document type declaration. Metadata never needs one, and attacks do.
    .fix = Download the metadata again from IAM Identity Center.
reading-entity_id =
    { $what ->
        [missing] This metadata has no entity ID.
        [dual_stack] The issuer in this metadata is a dual-stack address ({ $entity_id }). AWS keeps the issuer on amazonaws.com.
       *[two_applications] The issuer ({ $entity_id }) and the sign-in link ({ $sign_in }) belong to two different applications.
    }
    .fix = Download the metadata again from the page of the nOps application.
reading-no_signing_certificate = This metadata holds no signing certificate.
    .fix = Download the metadata again from the page of the nOps application.
reading-no_sso_service = This metadata names no sign-in service.
    .fix = Download the metadata again from the page of the nOps application.
reading-binding = This metadata offers sign-in only by { $bindings }. A browser needs HTTP-Redirect or HTTP-POST.
    .fix = Download the metadata again from the page of the nOps application.
reading-url = A sign-in link in this metadata is not an https link: { $url }
    .fix = Download the metadata again from the page of the nOps application.
reading-wrong_host =
    { $look_alike ->
        [yes] The links lie on { $host }, which looks like AWS and is not.
       *[no] The links lie on { $host }. Those of IAM Identity Center start with portal.sso.
    }
    .fix = Check where this file comes from, and download the metadata from the page of the nOps application.

## Kinds

reading-kind-certificate = Certificate
reading-kind-metadata = Metadata of the identity provider
reading-kind-empty = Empty file
reading-kind-private_key = Private key
reading-kind-key_store = Key store
reading-kind-certificate_request = Certificate request
reading-kind-public_key = Public key
reading-kind-ssh_key = SSH public key
reading-kind-revocation_list = List of revoked certificates
reading-kind-bundle = Bundle of certificates
reading-kind-web_page = Web page
reading-kind-json = JSON file
reading-kind-sp_metadata = Metadata of a service provider
reading-kind-response = SAML response
reading-kind-request = SAML request
reading-kind-aws_error = Error of AWS
reading-kind-xml = XML file
reading-kind-archive = Archive
reading-kind-picture = Picture
reading-kind-pdf = PDF
reading-kind-program = Program
reading-kind-document = Document
reading-kind-shortcut = Shortcut
reading-kind-download = Unfinished download
reading-kind-unknown = Unknown file

## What was put right

