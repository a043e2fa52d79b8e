### The likely causes of an error that a page showed (`setup::diagnosis`).

## Errors of nOps, AWS and the browser

# What to paste if the cause isn't certain.
shown-next =
    { $next ->
        [certificate] If that doesn’t help, paste nOps’s X.509 Certificate in step 7.
        [issuer] If that doesn’t help, paste nOps’s Issuer URL (entityId) in step 7.
        [request] If that doesn’t help, paste the address of the AWS page that the Shareable Link opens.
        [mappings] If that doesn’t help, paste the attribute mappings from AWS in step 5.
        [response] If that doesn’t help, paste the Copy XML response in step 6.
       *[nothing] If that doesn’t help, paste the whole page and its address.
    }
finding-shown_name_id_format = AWS and nOps use different NameID formats
    .detail =
        { $cause ->
            [asked] In the Subject row in AWS, choose the expected format, which nOps requests. Sign-in from the access portal can still work.
           *[unknown] In the Subject row in AWS, choose the format that nOps requests. Sign-in from the access portal can still work.
        } { shown-next }
    .know = Based on AWS’s error message. nOps’s request shows which format it needs.
    .fix = Go to the mappings
finding-shown_signature =
    { $cause ->
        [unreadable] The value in nOps isn’t a certificate
        [same] nOps couldn’t verify AWS’s signature
       *[unknown] nOps and AWS use different certificates
    }
    .detail =
        { $cause ->
            [unreadable] It might be cut off. Paste the whole certificate into nOps and save.
            [same] The certificate that you pasted from nOps matches AWS’s. If you changed it in nOps since then, copy AWS’s certificate to nOps again. Otherwise, get the metadata again in step 4: AWS might sign with a newer certificate.
            [differs] The certificate from nOps isn’t in AWS’s metadata. Paste the expected certificate into nOps and save.
           *[unknown] Paste the certificate into nOps again and save. The current certificate might be old, cut off, or from another application.
        } { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Copy the certificate
finding-shown_issuer =
    { $cause ->
        [other_application] The response came from another AWS application
       *[nops] nOps has a different issuer
    }
    .detail =
        { $cause ->
            [other_application] nOps has the issuer from step 4. Open this application’s nOps tile, or use the values of the application, Region, or account you opened.
           *[nops] Paste the expected issuer into Issuer URL (entityId) and save. It must match exactly.
        } { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix =
        { $cause ->
            [other_application] Go to the application
           *[nops] Copy the issuer
        }
finding-shown_audience =
    { $cause ->
        [differs] nOps’s Entity ID isn’t the one you entered
        [same] nOps rejected the audience
       *[unknown] The audience in AWS isn’t nOps’s Entity ID
    }
    .detail =
        { $cause ->
            [differs] Here, enter the Entity ID from nOps’s error, then update AWS: nOps › Actions › Edit configuration › Application SAML audience.
            [same] The audience in AWS was nOps’s Entity ID. Check that it still is, and that you opened this application’s tile.
           *[unknown] Change it in AWS: nOps › Actions › Edit configuration › Application SAML audience.
        } { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix =
        { $cause ->
            [differs] Use nOps’s Entity ID
            [same] Open page
           *[unknown] Copy the Entity ID
        }
finding-shown_acs =
    { $cause ->
        [swapped] The AWS ACS URL is nOps’s Entity ID
        [differs] nOps uses a different ACS address
       *[unknown] The ACS URL in AWS isn’t nOps’s
    }
    .detail =
        { $cause ->
            [differs] Copy the address from the nOps page again: AWS sends responses to the one from step 3.
           *[unknown] Change it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
        } { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Copy the ACS address
finding-shown_clock = The response arrived too late or too early
    .detail = Sign in again. If that fails, turn on automatic time on this computer: nOps allows a difference of five minutes. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the dry run
finding-shown_no_name_id = AWS sent no NameID for the user
    .detail = The Subject row is empty, or the user has no value for it. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the mappings
finding-shown_no_attributes =
    { $kind ->
        [names] nOps doesn’t find an attribute it needs
       *[all] AWS sent no attributes
    }
    .detail =
        { $kind ->
            [names] Compare the three User rows in AWS with step 5. The names must match exactly, and the user needs a value for each. { shown-next }
           *[all] Add the three missing User rows and save. { shown-next }
        }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the mappings
finding-shown_attribute_twice = AWS sent the same attribute twice
    .detail = Delete the second row with that name and save. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the mappings
finding-shown_signed_otherwise =
    { $kind ->
        [encrypted] nOps requires encryption, which AWS doesn’t offer
       *[signature] nOps requires a different signature than AWS creates
    }
    .detail =
        { $kind ->
            [encrypted] Send this error to nOps support: nOps expects an encrypted response, and AWS has no setting for it. Enforce stays locked.
           *[signature] Send this error to nOps support: nOps expects a signature on another part, and AWS has no setting for it. Enforce stays locked.
        }
    .know = Based on the SAML library that nOps probably uses.
finding-shown_unsigned = The response wasn’t signed
    .detail = Sign in again from the portal. AWS signs its responses, so this one was changed or came from somewhere else. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Copy the certificate
finding-shown_other_request = The response belongs to another sign-in
    .detail = Start the test again: an old page was resubmitted, or two sign-ins overlapped. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Try again
finding-shown_no_assertion =
    { $kind ->
        [encrypted] The response is encrypted
       *[missing] The response has no assertion
    }
    .detail =
        { $kind ->
            [encrypted] IAM Identity Center doesn’t encrypt its responses. This response is probably from another identity provider. { shown-next }
           *[missing] IAM Identity Center always sends one, unencrypted. This response might be from somewhere else. { shown-next }
        }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the dry run
finding-shown_status = AWS didn’t sign the user in
    .detail = The response reports an error. Sign in to the access portal as the tester, then try again. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the dry run
finding-shown_not_saml = nOps couldn’t read the response
    .detail =
        { $kind ->
            [encoding] The response was changed on its way: it isn’t complete base64. Start the test again without browser extensions. { shown-next }
           *[xml] Part of the response isn’t standard SAML. For example, an address in AWS might contain spaces. { shown-next }
        }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the dry run
finding-shown_no_tile = The access portal shows no nOps tile
    .detail =
        { $kind ->
            [accounts] Accounts aren’t needed for nOps: open the Applications tab. If nOps isn’t there, assign the user directly, not through a nested group.
           *[applications] The user isn’t assigned to nOps, or only through a nested group. Assign the user directly.
        }
    .fix = Go to the dry run
finding-shown_no_access =
    { $cause ->
        [disabled] No access: the application is disabled in AWS
        [unassigned] No access: the tester isn’t assigned in AWS
        [format] AWS and nOps use different NameID formats
        [assigned] No access: check who was signed in
        [declared] No access: check who was signed in
       *[unknown] AWS denied access
    }
    .detail =
        { $cause ->
            [disabled] Enable it on the application’s page in AWS, then test again.
            [unassigned] Assign the tester in step 6, then try again.
            [format] Choose the expected format in the Subject row and save. Only sign-in from nOps requires one.
            [assigned] AWS lists the tester’s assignment, so someone else was probably signed in: use a private window. Otherwise, the user might have no primary email address, or might have been recreated after the assignment. { shown-next }
            [declared] Most likely, someone else was signed in: use a private window. Otherwise, the tester might not be assigned: you confirmed the assignment, but AWS didn’t. { shown-next }
           *[unknown] Someone other than the tester might have been signed in: use a private window. Otherwise, the tester might not be assigned, or might have no primary email address. { shown-next }
        }
    .fix =
        { $cause ->
            [disabled] Go to the application
            [format] Go to the mappings
            [assigned] Open the user’s page
           *[unknown] Go to the dry run
        }
finding-shown_no_email = The user has no primary email address
    .detail = Open the user’s page in IAM Identity Center, set a primary email address, and test again. AWS denies access without one.
    .know = Based on public reports of AWS’s messages.
    .fix = Open Users
finding-shown_bad_input = AWS couldn’t create the response
    .detail = A mapping, the ACS URL, or the audience is malformed, or a mapping has an unknown attribute. { shown-next }
    .fix = Go to the mappings
finding-shown_wrong_user =
    { $kind ->
        [unnamed] The user name or password wasn’t accepted
       *[aws] AWS didn’t accept the user name or password
    }
    .detail = Check the user name (it can differ from the email address) and the portal’s address.
    .fix = Open Users
finding-shown_aws_trouble = AWS couldn’t sign the user in
    .detail = Check this computer’s clock, then what your external identity source sends, if any. { shown-next }
    .fix = Open Users
finding-shown_confirm_mail = nOps is waiting for the email confirmation
    .detail = AWS’s part worked. Open the link in nOps’s email (check spam), then sign in again. nOps asks each person once.
    .know = Based on nOps’s help page.
finding-shown_not_saved = nOps has no saved SSO configuration
    .detail = In nOps, open Organization Settings › SSO and fill in the three values from step 7. Choose Setup SSO Configuration before leaving the page.
    .know = Inferred from nOps’s page and python3-saml.
    .fix = Open the SSO page
finding-shown_no_route = nOps has no page at this address
    .detail = { shown-acs_in_aws } { shown-next }
    .know = Inferred from nOps’s addresses.
    .fix = Copy the ACS address

# Where to look if the response might have reached an address other than the ACS.
shown-acs_in_aws =
    { $cause ->
        [same] The ACS URL that you copied from AWS is right, so start the test again.
        [differs] The ACS URL in AWS isn’t nOps’s. Change it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
       *[unknown] The ACS URL in AWS has probably lost its ?acs. Change it in AWS: nOps › Actions › Edit configuration › Application ACS URL.
    }
finding-shown_setting =
    { $kind ->
        [issuer] nOps has no Issuer URL
        [no_endpoint] nOps has no SAML endpoint
        [endpoint] The SAML endpoint in nOps isn’t an address
        [certificate] nOps has no X.509 certificate
        [sign_out] The sign-out address in nOps is wrong
        [own_acs] nOps’s own ACS address is missing or wrong
        [own_entity_id] nOps’s own Entity ID is missing
       *[own] nOps’s own SAML settings are incomplete
    }
    .detail =
        { $kind ->
            [issuer] Paste the issuer into Issuer URL (entityId) in nOps, and save.
            [no_endpoint] Paste the sign-in URL into SAML 2.0 Endpoint (HTTP) in nOps, and save.
            [endpoint] Paste the sign-in URL into SAML 2.0 Endpoint (HTTP) in nOps, and save. It starts with https://.
            [certificate] Paste the whole certificate into X.509 Certificate in nOps, and save.
            [sign_out] Clear nOps’s sign-out field, if there is one, and save: AWS doesn’t need it. Otherwise, send this error to nOps support.
           *[own] You can’t fill in this value. Open the SSO page, compare its addresses with step 3, and save again. If the error persists, send it to nOps support.
        }
    .know = Based on the SAML library that nOps probably uses.
    .fix =
        { $kind ->
            [issuer] Copy the issuer
            [no_endpoint] Copy the sign-in URL
            [endpoint] Copy the sign-in URL
            [certificate] Copy the certificate
           *[own] Open the SSO page
        }
finding-shown_csrf = nOps refuses responses at this address
    .detail = Only nOps’s ACS address accepts responses from AWS; other pages expect a sign-in or a CSRF token. { shown-acs_in_aws } { shown-next }
    .know = Inferred from Django’s CSRF page.
    .fix = Copy the ACS address
finding-shown_method = nOps refused the request method (405)
    .detail = Either the ACS page was reloaded or opened directly, or AWS sends responses to another page. { shown-acs_in_aws } { shown-next }
    .know = Inferred from how SAML pages work.
    .fix = Copy the ACS address
finding-shown_binding =
    { $kind ->
        [sign_out] nOps expected a sign-out message
       *[response] nOps received no SAML response
    }
    .detail =
        { $kind ->
            [sign_out] nOps uses a sign-out address for sign-in. Compare the endpoint in nOps with step 7, then test again. { shown-next }
           *[response] The ACS page was reloaded or opened directly, or the response was lost. Start the test again. { shown-next }
        }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Try again
finding-shown_sign_out = nOps couldn’t sign the user out
    .detail = This error is about signing out: AWS sends no sign-out messages to applications. Clear nOps’s sign-out field, if there is one, and save.
    .know = Based on the SAML library that nOps probably uses.
    .fix = Open the SSO page
finding-shown_relay_state = nOps expects a relay state
    .detail =
        { $test ->
            [portal] The access portal sends none unless you enter one. Test sign-in from nOps, then ask nOps support for the Relay state to enter in AWS.
           *[nops] The relay state was lost: the ACS page was opened directly or from an old page. Start the test again from nOps.
        }
    .know = Based on public reports of this error.
    .fix = Try again
finding-shown_redirect_loop = The browser is redirected in a loop
    .detail = Allow cookies in the private window, and start the test again. If it still fails, nOps doesn’t accept the response. { shown-acs_in_aws } { shown-next }
    .know = Inferred from the browser’s message.
    .fix = Copy the ACS address
finding-shown_replay = This response was already used
    .detail = Don’t reload the page. Start the test again: each response works once. { shown-next }
    .know = Inferred from how SAML works.
    .fix = Try again
finding-shown_bad_certificate = The certificate in nOps can’t be read
    .detail = Paste the whole certificate into X.509 Certificate in nOps, with its BEGIN and END lines, and save. If the message is from your identity provider, check the certificate there. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Copy the certificate
finding-shown_rejected = nOps rejected the response without giving a reason
    .detail = Check in this order: the certificate and the issuer in nOps, the audience and ACS URL in AWS, then the clock. { shown-next }
    .know = Based on the SAML library that nOps probably uses.
    .fix = Go to the dry run
finding-shown_no_nops_user = The user might not exist in nOps
    .detail = Compare the email address that AWS sends with the user in nOps, and check that the user is active. If the message is from your identity provider, create or sync the user there. { shown-next }
    .know = Inferred from the text, which doesn’t identify the page.
    .fix = Open the SSO page
finding-shown_not_linked = nOps already has this email address
    .detail = The existing account isn’t linked to SSO. Ask nOps support to link it, or to remove it if it isn’t used.
    .know = Inferred from the text, which doesn’t identify the page.
    .fix = Open the SSO page
finding-shown_server_error = The page reports a server error
    .detail =
        { $page ->
            [aws] AWS couldn’t process the request. Wait a minute, then test again. { shown-next }
           *[nops] nOps probably couldn’t process the response. Wait a minute, then test again. If it still fails, send nOps support the test time and the error text. { shown-next }
        }
    .know = Inferred from the text. Server errors don’t state their cause.
    .fix = Try again
finding-shown_bad_request =
    { $kind ->
        [cookies] The browser sends too many cookies
        [size] The response is too large
       *[other] The page couldn’t read the request (400)
    }
    .detail =
        { $kind ->
            [cookies] Delete the cookies of this site, then start the test again in a private window. { shown-next }
            [size] Remove attribute mappings that nOps doesn’t need, such as groups. nOps or a proxy limits the response’s size. { shown-next }
           *[other] Delete the cookies of this site, and start the test again in a private window. Then compare the ACS URL in AWS with nOps’s. { shown-next }
        }
    .know = Inferred from the text, which doesn’t state the cause.
    .fix = Try again
finding-shown_forbidden =
    { $kind ->
        [firewall] A firewall blocked the request
       *[other] { $page ->
            [aws] AWS denied access to this page
            [nops] nOps denied access to this page
           *[none] The page denied access (403)
        }
    }
    .detail =
        { $kind ->
            [firewall] The site’s firewall blocked this browser or network. Test from another network, without a VPN. If it still fails, send the page’s Ray ID or request ID to nOps support.
           *[other] { $page ->
                [aws] Check that the tester is assigned to nOps and has a primary email address. { shown-next }
                [nops] AWS’s part probably worked. Check the user and role in nOps, then the ACS URL in AWS. { shown-next }
               *[none] Check in this order: the tester’s assignment in AWS, the tester’s role in nOps, then the ACS URL in AWS. { shown-next }
            }
        }
    .know = Inferred from the text, which doesn’t state the cause.
    .fix = Try again
finding-shown_unreachable = The browser couldn’t open the page
    .detail = Check the address in the browser for typing errors, then the network, VPN, and proxy. { shown-acs_in_aws } { shown-next }
    .know = Inferred from the browser’s message.
    .fix = Copy the ACS address
finding-shown_session_ended = The sign-in session has ended
    .detail = Close all pages of nOps and the access portal, then start the test again. { shown-next }
    .know = Inferred from the text.
    .fix = Try again
finding-shown_user_disabled =
    { $kind ->
        [locked] The user’s account is locked
       *[disabled] The user’s account is disabled
    }
    .detail =
        { $kind ->
            [locked] Wait 15 minutes or reset the password on the user’s page in IAM Identity Center. If your identity provider or nOps shows this message, unlock the account there.
           *[disabled] Choose Enable user access on the user’s page in IAM Identity Center. If your identity provider or nOps shows this message, enable the account there.
        }
    .know = Inferred from the text, which doesn’t identify the page.
    .fix = Open Users
finding-shown_mfa = AWS didn’t accept the MFA code
    .detail = Enter the next code, and turn on automatic time on the device. If the device is lost, delete it on the user’s page under MFA devices.
    .fix = Open Users
finding-shown_callback = AWS doesn’t accept the return address
    .detail = Compare the Application ACS URL with nOps’s: nOps › Actions › Edit configuration. Then start the test again. { shown-next }
    .know = Based on public reports of this message.
    .fix = Copy the ACS address
finding-shown_region =
    { $kind ->
        [code] The code wasn’t accepted
       *[region] The request went to another AWS Region
    }
    .detail =
        { $kind ->
            [code] A sign-in code from AWS is for one Region and expires. Compare the Region in step 2 with Settings, then start again. If the code is from an authenticator app, enter the next one.
           *[region] Enter the Region of IAM Identity Center in step 2, with its access portal URL. Settings shows both.
        }
    .know = Based on AWS’s message.
    .fix = Open Settings
finding-shown_cli =
    { $kind ->
        [role] AWS denied this profile’s role
        [keys] AWS doesn’t recognize these access keys
        [credentials] The AWS CLI found no credentials
        [profile] The AWS CLI didn’t find this profile
        [region] The AWS CLI needs a Region
       *[session] The AWS sign-in on this computer expired
    }
    .detail =
        { $kind ->
            [role] Compare sso_account_id and sso_role_name in the AWS configuration with the Accounts tab of the access portal. If they match, assign the permission set to the user.
            [keys] Copy all the keys again in step 2. They might have been deleted or deactivated.
            [credentials] Choose a profile or sign in with the browser in step 2.
            [profile] Choose a profile in step 2. It lists the profiles in the AWS configuration.
            [region] Enter the Region of IAM Identity Center in step 2.
           *[session] Run aws sso login with this profile in a terminal, then connect again in step 2.
        }
    .know = Based on public reports of the AWS CLI’s messages.
    .fix = Go to the connection
finding-shown_denied =
    { $kind ->
        [missing] AWS denied an action: permission missing
        [service_control] A service control policy denies an AWS action
        [resource_control] A resource control policy denies an AWS action
        [boundary] A permissions boundary denies an AWS action
        [session] A session policy denies an AWS action
        [vpc_endpoint] A VPC endpoint policy denies an AWS action
        [key] A KMS key policy denies an AWS action
        [account] These AWS credentials are for another account
        [trust] The AWS role can’t be assumed
       *[other] An AWS policy denies an action
    }
    .detail = { $reason }
    .fix = Copy the policy
finding-shown_external_response =
    { $kind ->
        [user] AWS doesn’t recognize the user it received
        [signature] AWS couldn’t verify your identity provider’s signature
        [acs] Your identity provider sends responses to another address
        [sync] AWS rejected a user from your identity provider
        [metadata] AWS couldn’t read your identity provider’s metadata
       *[account] Your identity provider uses another AWS application
    }
    .detail =
        { $kind ->
            [user] Most likely, your identity provider sends a NameID that isn’t a user name in IAM Identity Center. Compare both, then check that the user was synced.
            [signature] Its certificate in IAM Identity Center is old or wrong. Upload the identity provider’s metadata again: Settings › Identity source › Actions › Manage authentication.
            [acs] In your identity provider, enter AWS’s ACS URL: Settings › Identity source › Actions › Manage authentication.
            [sync] This error is about syncing users (SCIM). Give the user a first name, last name, user name, and display name, and only one email address. Then sync again.
            [metadata] An address in the metadata isn’t complete. Check entityID and every Location: each starts with https:// and a host. Then upload the metadata again: Settings › Identity source.
           *[account] The response went to the sign-in for one AWS account. In your identity provider, use the application for AWS IAM Identity Center, with its ACS URL.
        }
    .know = Based on public reports of AWS’s messages.

## Errors of external identity providers, before AWS

shown-before_aws = This page is from your identity provider, before AWS, so the values in AWS and nOps aren’t the cause.
shown-entra_code =
    { $number ->
        [none] { shown-before_aws }
       *[known] { shown-before_aws } (AADSTS{ $number })
    }
finding-shown_entra =
    { $kind ->
        [direct] nOps sends users to Entra ID, not AWS
        [not_assigned] Entra ID: the user isn’t assigned to AWS
        [no_application] Entra ID doesn’t recognize the AWS application
        [application_disabled] Entra ID: the AWS application is disabled
        [reply_url] Entra ID: the reply URL isn’t AWS’s
        [request] Entra ID couldn’t read the SAML request
        [method] Entra ID: the requested authentication method differs
        [name_id] Entra ID can’t send the requested NameID
        [no_user] Entra ID doesn’t recognize this user
        [password] Entra ID didn’t accept the password
        [password_expired] Entra ID: the password has expired
        [locked] Entra ID locked this account
        [user_disabled] Entra ID: the account is disabled
        [mfa] Entra ID asks for multifactor authentication
        [policy] Entra ID: Conditional Access blocked the sign-in
        [signing_key] Entra ID’s signing certificate is missing or expired
        [consent] Entra ID: the application isn’t approved
        [tenant] Entra ID: this is another tenant
        [tenant_restrictions] Entra ID: this network blocks the tenant
        [session] Entra ID: the sign-in session has ended
       *[other] Entra ID stopped the sign-in
    }
    .detail =
        { $kind ->
            [direct] Entra names nOps as the application. Paste AWS’s sign-in URL into SAML 2.0 Endpoint (HTTP) in nOps, and save. (AADSTS{ $number })
            [not_assigned] In the Microsoft Entra admin center, assign the user or group: Enterprise applications › the AWS application › Users and groups. { shown-entra_code }
            [no_application] Compare Identifier (Entity ID) with AWS’s issuer URL: Enterprise applications › the AWS application › Single sign-on. You might also be in another tenant. { shown-entra_code }
            [application_disabled] Turn on Enabled for users to sign in: Enterprise applications › the AWS application › Properties. { shown-entra_code }
            [reply_url] Copy AWS’s ACS URL into Reply URL: Enterprise applications › the AWS application › Single sign-on › Basic SAML Configuration. { shown-entra_code }
            [request] Start at the access portal’s address, not at a copied sign-in address. If it still fails, compare Basic SAML Configuration with AWS’s metadata. { shown-entra_code }
            [method] Sign in with a password, or ask the Entra administrator to accept other methods. { shown-entra_code }
            [name_id] Set the NameID format to email address: Enterprise applications › the AWS application › Single sign-on › Attributes & Claims. { shown-entra_code }
            [no_user] Sign in with an account of this tenant. Otherwise, ask the Entra administrator to invite this account as a guest. { shown-entra_code }
            [password] Check the user name and password. { shown-entra_code }
            [password_expired] Set a new password on Microsoft’s page, then test again. { shown-entra_code }
            [locked] Wait, or ask the Entra administrator to unlock the account. { shown-entra_code }
            [user_disabled] Ask the Entra administrator to enable the account. { shown-entra_code }
            [mfa] Complete the second factor on Microsoft’s page, or set it up first at aka.ms/mfasetup. { shown-entra_code }
            [policy] Use an approved device or network, or ask the Entra administrator which Conditional Access policy applies. { shown-entra_code }
            [signing_key] Create and activate a certificate: Enterprise applications › the AWS application › Single sign-on › SAML Certificates. Then upload the metadata to AWS. { shown-entra_code }
            [consent] Check that the identifier is AWS’s issuer URL, then ask the Entra administrator to grant consent to the AWS application. { shown-entra_code }
            [tenant] Sign in with an account of the tenant that AWS uses. { shown-entra_code }
            [tenant_restrictions] Tenant restrictions of this network or device allow only other tenants. Ask the network administrator to allow this one, or test from another network. { shown-entra_code }
            [session] Start the test again. { shown-entra_code }
           *[other] Ask the Entra administrator. { $number ->
                [none] The sign-in log shows the cause.
               *[known] Microsoft explains the number at login.microsoftonline.com/error?code={ $number }.
            } { shown-entra_code }
        }
    .fix =
        { $kind ->
            [direct] Copy the sign-in URL
           *[other] Try again
        }
finding-shown_okta =
    { $kind ->
        [not_assigned] Okta: the user isn’t assigned to AWS
        [nonsuccess] Okta’s own identity provider refused the sign-in
        [policy] An Okta policy blocked the sign-in
        [saml] Okta couldn’t read the SAML message
        [locked] Okta locked this account
        [password] Okta didn’t accept the sign-in
        [password_expired] Okta: the password has expired
        [session] Okta: the sign-in session has ended
        [mfa] Okta didn’t accept the second factor
        [not_found] Okta doesn’t recognize the AWS application
       *[other] Okta stopped the sign-in
    }
    .detail =
        { $kind ->
            [not_assigned] In the Okta Admin Console, assign the user or group: Applications › AWS IAM Identity Center › Assignments. { shown-before_aws }
            [nonsuccess] Okta received an error from its own identity provider. In Security › Identity Providers, check that account matching finds the user. { shown-before_aws }
            [policy] Check the sign-on policy: Applications › AWS IAM Identity Center › Sign On. The System Log shows the rule. { shown-before_aws }
            [saml] Compare the ACS URL and the issuer URL in Applications › AWS IAM Identity Center › Sign On with AWS’s. { shown-before_aws }
            [locked] Ask the Okta administrator to unlock the account. { shown-before_aws }
            [password] Check the user name and password. { shown-before_aws }
            [password_expired] Set a new password on Okta’s page, then test again. { shown-before_aws }
            [session] Start the test again. { shown-before_aws }
            [mfa] Enter the next code, or ask the Okta administrator to reset the factor. { shown-before_aws }
            [not_found] The application might be inactive, or the address in AWS might belong to another Okta organization. Check the IdP sign-in URL in AWS. { shown-before_aws }
           *[other] Ask the Okta administrator: the System Log shows the cause. { shown-before_aws }
        }
    .know = Based on Okta’s knowledge base.
finding-shown_google =
    { $kind ->
        [for_user] Google: this user can’t use the AWS application
        [not_enabled] Google: the AWS application is off
        [not_configured] Google doesn’t recognize the AWS application
        [idp_id] Google doesn’t recognize the identity provider ID
        [acs] Google: the ACS URL isn’t AWS’s
        [name_id] Google can’t create the NameID
        [duplicate] Google already has an application with this ID
        [denied] Google denied access to the AWS application
        [certificate] Google can’t read the certificate
        [request] Google couldn’t read the SAML request
       *[other] Google stopped the sign-in
    }
    .detail =
        { $kind ->
            [for_user] Sign in with the right Google account. Otherwise, compare the application’s Entity ID with AWS’s issuer URL, and check User access. { shown-before_aws }
            [not_enabled] In the Google Admin console, turn it on for the user’s organizational unit. Choose Apps › Web and mobile apps › the AWS application › User access. { shown-before_aws }
            [not_configured] Compare Entity ID with AWS’s issuer URL: Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [idp_id] Upload Google’s metadata to AWS again: IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [acs] Copy AWS’s ACS URL: Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [name_id] Map Name ID to the primary email: Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [duplicate] In the Google Admin console, use the existing application, or delete it first: Apps › Web and mobile apps. { shown-before_aws }
            [denied] Sign in with a Google account of the organization. Then check User access. { shown-before_aws }
            [certificate] Download Google’s metadata again, and upload it to AWS: IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [request] Start again from the access portal. If it still fails, upload Google’s metadata to AWS again. { shown-before_aws }
           *[other] Ask the Google administrator. { shown-before_aws }
        }
finding-shown_identity_provider =
    { $kind ->
        [not_assigned] Your identity provider: the user isn’t assigned
        [loop] { $provider } stopped a redirect loop
        [no_application] Your identity provider doesn’t recognize the AWS application
        [unsigned] Your identity provider requires signed requests
       *[other] Your identity provider stopped the sign-in
    }
    .detail =
        { $kind ->
            [not_assigned] Assign the user to the AWS application in your identity provider. If the page is from nOps, ask its administrator for access.
            [loop] Delete the cookies of this provider and AWS, and test again. If the test still fails, the provider’s AWS application has the wrong ACS URL.
            [no_application] In { $provider }, the client ID or entity ID of the AWS application must be AWS’s issuer URL: IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [unsigned] AWS doesn’t sign its requests. In { $provider }, turn off Client signature required for the AWS application. { shown-before_aws }
           *[other] { $number ->
                [none] The text names { $provider ->
                    [none] an identity provider
                   *[known] { $provider }
                }. Its administrator can find the cause in the log.
               *[known] { $provider } reports { $number }. Its administrator can find the cause in the log.
            } This page comes before AWS, so the values in AWS and nOps probably aren’t the cause.
        }
    .know = Inferred from the provider’s name in the text.

finding-shown_unknown =
    { $page ->
        [aws] We don’t recognize this AWS message
        [nops] We don’t recognize this nOps message
        [empty] No readable error text was pasted
       *[none] We don’t recognize this text
    }
    .detail =
        { $page ->
            [aws] It seems to be from AWS or your identity provider, before nOps.
            [nops] It seems to be from nOps, so AWS’s part worked.
            [empty] Paste the error as text: the whole page and its address.
           *[none] It might be from nOps, AWS, or your identity provider. Paste the page’s address too: it shows which one.
        }{ $assigned ->
            [yes] {" "}AWS lists the tester’s assignment.
           *[unknown] {""}
        }{ $certificate ->
            [same] {" "}nOps has AWS’s certificate.
           *[other] {""}
        } { $next ->
            [disabled] The application is disabled in AWS, so users can’t sign in. Enable it, then test again.
            [gone] AWS no longer lists the application. Check step 4, then test again.
            [dry_run_failed] The dry run in step 6 found a difference. Fix it first, then test again.
            [unassigned] The tester isn’t assigned in AWS. Assign the tester in step 6, then test again.
            [certificate] The certificate in nOps differs from AWS’s. Paste the right one into nOps and save.
            [nops_works] Sign-in from nOps works, so compare the ACS URL in AWS and the Subject row with nOps’s request.
            [portal_works] Sign-in from the access portal works, so compare nOps’s endpoint and the NameID format that it requests.
            [passed] The dry run passed, so AWS’s values are right. Check the user’s session, email, and role in nOps, then ask nOps support.
           *[dry_run] Next, do the dry run in step 6: its table shows what differs.
        }
    .fix =
        { $next ->
            [disabled] Go to the application
            [gone] Go to the application
            [dry_run_failed] Go to the dry run
            [unassigned] Go to the dry run
            [dry_run] Go to the dry run
            [certificate] Copy the certificate
           *[other] Paste more
        }
