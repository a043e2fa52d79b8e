### The likely causes of an error that a page showed (`setup::diagnosis`).

## Errors of nOps, AWS and the browser

# What to paste if the cause isn't certain.
shown-next =
    { $next ->
        [certificate] If that doesn’t help, copy X.509 Certificate from nOps, and paste it in step 7.
        [issuer] If that doesn’t help, copy Issuer URL (entityId) from nOps, and paste it in step 7.
        [request] If that doesn’t help, open the Shareable Link, and paste the address of the AWS page that it opens in step 8.
        [mappings] If that doesn’t help, copy the attribute mappings from AWS, and paste them in step 5.
        [response] If that doesn’t help, copy the response with Copy XML, and paste it in step 6.
       *[nothing] If that doesn’t help, paste the full text of the error page and its address.
    }

# What the explanations of most nOps errors are based on.
shown-untested = This is what the error usually means. We couldn’t test it with nOps.
finding-shown_name_id_format = AWS and nOps use different NameID formats
    .detail =
        { $cause ->
            [asked] nOps requests the expected format. In AWS, choose it in the Subject row and save. Sign-in from the access portal might still work.
           *[unknown] In AWS, set the format in the Subject row to the one that nOps requests, and save. Sign-in from the access portal might still work.
        } { shown-next }
    .know = Based on AWS’s error message. nOps’s sign-in request shows the format it needs.
    .fix = Go to the mappings
finding-shown_signature =
    { $cause ->
        [unreadable] X.509 Certificate in nOps isn’t a certificate
        [differs] nOps and AWS use different certificates
       *[unknown] nOps couldn’t verify AWS’s signature
    }
    .detail =
        { $cause ->
            [unreadable] The certificate might be cut off. Paste the whole certificate into nOps and save.
            [same] The certificate that you pasted from nOps matches AWS’s. If you’ve changed it in nOps since, copy AWS’s certificate to nOps again. Otherwise, get AWS’s metadata again in step 4: AWS might now sign with a newer certificate.
            [differs] The certificate from nOps isn’t in AWS’s metadata. Paste the expected certificate into nOps and save.
           *[unknown] The certificate in nOps might be old, cut off, or from another application. Paste the certificate into nOps again and save.
        } { shown-next }
    .know = { shown-untested }
    .fix = Copy the certificate
finding-shown_issuer =
    { $cause ->
        [other_application] The response came from another AWS application
       *[nops] The issuer in nOps doesn’t match AWS’s
    }
    .detail =
        { $cause ->
            [other_application] nOps has the issuer from step 4. Open the tile of that application, or use the values of the application that you opened, which might be in another Region or account.
           *[nops] In nOps, paste the expected issuer into Issuer URL (entityId), and save. It must match exactly.
        } { shown-next }
    .know = { shown-untested }
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
            [differs] In step 3, enter the Entity ID from nOps’s error. Then, in AWS, choose nOps › Actions › Edit configuration, correct Application SAML audience, and save.
            [same] The audience that you copied from AWS matches nOps’s Entity ID. Check that it hasn’t changed in AWS, and that you opened this application’s tile.
           *[unknown] In AWS, choose nOps › Actions › Edit configuration, correct Application SAML audience, and save.
        } { shown-next }
    .know = { shown-untested }
    .fix =
        { $cause ->
            [differs] Use nOps’s Entity ID
            [same] Open the application
           *[unknown] Copy the Entity ID
        }
finding-shown_acs =
    { $cause ->
        [swapped] The AWS ACS URL is nOps’s Entity ID
        [differs] nOps uses another ACS address
       *[unknown] The ACS URL in AWS doesn’t match nOps’s
    }
    .detail =
        { $cause ->
            [differs] AWS sends responses to the ACS address from step 3, but nOps expects another one. Copy the address from the nOps page again.
           *[unknown] In AWS, choose nOps › Actions › Edit configuration, correct Application ACS URL, and save.
        } { shown-next }
    .know = { shown-untested }
    .fix = Copy the ACS address
finding-shown_clock = The response arrived too late or too early
    .detail = Sign in again. If the error persists, turn on automatic time on this computer. nOps probably allows a difference of five minutes. { shown-next }
    .know = { shown-untested }
    .fix = Go to the dry run
finding-shown_no_name_id = AWS sent no NameID for the user
    .detail = In AWS, fill in the Subject row and save. If it’s already filled in, the user has no value for it in IAM Identity Center. { shown-next }
    .know = { shown-untested }
    .fix = Go to the mappings
finding-shown_no_attributes =
    { $kind ->
        [names] nOps didn’t receive an attribute that it needs
       *[all] AWS sent no attributes
    }
    .detail =
        { $kind ->
            [names] Compare the three User rows in AWS with step 5. The names must match exactly, and the user must have a value for each. { shown-next }
           *[all] Add the three missing User rows to the attribute mappings in AWS, and save. { shown-next }
        }
    .know = { shown-untested }
    .fix = Go to the mappings
finding-shown_attribute_twice = AWS sent the same attribute twice
    .detail = In the attribute mappings in AWS, delete the second row with that name, and save. { shown-next }
    .know = { shown-untested }
    .fix = Go to the mappings
finding-shown_signed_otherwise =
    { $kind ->
        [encrypted] nOps requires encryption, which AWS doesn’t offer
       *[signature] nOps requires a signature that AWS doesn’t create
    }
    .detail =
        { $kind ->
            [encrypted] Send this error to nOps support, and ask them to accept an unencrypted response. Don’t turn on Enforce in nOps until sign-in works.
           *[signature] Send this error to nOps support, and ask them to accept responses as AWS signs them. Don’t turn on Enforce in nOps until sign-in works.
        }
    .know = { shown-untested }
finding-shown_unsigned = The response wasn’t signed
    .detail = AWS signs its responses, so this one was changed or isn’t from AWS. Sign in again from the access portal. { shown-next }
    .know = { shown-untested }
    .fix = Copy the certificate
finding-shown_other_request = The response belongs to another sign-in
    .detail = An old page was resubmitted, or two sign-ins overlapped. Start the test again. { shown-next }
    .know = { shown-untested }
    .fix = Try again
finding-shown_no_assertion =
    { $kind ->
        [encrypted] The response is encrypted
       *[missing] The response has no assertion
    }
    .detail =
        { $kind ->
            [encrypted] IAM Identity Center doesn’t encrypt its responses, so this one is probably from another identity provider. Start the test again from the access portal. { shown-next }
           *[missing] IAM Identity Center always sends an unencrypted assertion, so this response might not be from AWS. Start the test again from the access portal. { shown-next }
        }
    .know = { shown-untested }
    .fix = Go to the dry run
finding-shown_status = AWS didn’t sign the user in
    .detail = AWS’s response reports an error. Sign in to the access portal as the tester, then try again. { shown-next }
    .know = { shown-untested }
    .fix = Go to the dry run
finding-shown_not_saml = nOps couldn’t read the response
    .detail =
        { $kind ->
            [encoding] The response was changed on its way to nOps: it isn’t complete base64. Turn off browser extensions, and start the test again. { shown-next }
           *[xml] Part of the response isn’t standard SAML. Check the application’s addresses in AWS: one might contain a space, for example. { shown-next }
        }
    .know = { shown-untested }
    .fix = Go to the dry run
finding-shown_no_tile = The access portal doesn’t show the nOps tile
    .detail =
        { $kind ->
            [accounts] nOps isn’t listed under accounts: open the Applications tab. If nOps isn’t there either, assign the user directly, not through a nested group.
           *[applications] The user isn’t assigned to nOps, or is assigned only through a nested group. Assign the user directly.
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
            [format] In AWS, set the format of the Subject row as in step 5, and save. It matters only for sign-in from nOps, because nOps asks for a format.
            [assigned] AWS lists the tester’s assignment, so someone else was probably signed in. Test again in a private window. If that doesn’t help, the tester might have no primary email address, or might have been deleted and created again after the assignment. { shown-next }
            [declared] Someone else was probably signed in. Test again in a private window. If that doesn’t help, check the tester’s assignment in AWS. You confirmed it, but we couldn’t check it. { shown-next }
           *[unknown] Someone other than the tester might have been signed in. Test again in a private window. If that doesn’t help, the tester might not be assigned, or might have no primary email address. { shown-next }
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
    .know = Based on public reports of this message.
    .fix = Open Users
finding-shown_bad_input = AWS couldn’t create the response
    .detail = A mapping, the ACS URL, or the audience is malformed, or a mapping uses an unknown attribute. Correct it in AWS, then test again. { shown-next }
    .fix = Go to the mappings
finding-shown_wrong_user =
    { $kind ->
        [unnamed] The user name or password wasn’t accepted
       *[aws] AWS didn’t accept the user name or password
    }
    .detail = Check the user name, which can differ from the email address. Also check the address of the access portal.
    .fix = Open Users
finding-shown_aws_trouble = AWS couldn’t sign the user in
    .detail = Check this computer’s clock. If you use an external identity provider, also check the attributes that it sends. { shown-next }
    .fix = Open Users
finding-shown_confirm_mail = nOps is waiting for the email confirmation
    .detail = The AWS sign-in worked. Open the link in nOps’s email, then sign in again. If you can’t find the email, check the spam folder. nOps asks each person only once.
    .know = Based on nOps’s help page.
finding-shown_not_saved = nOps has no saved SSO configuration
    .detail = In nOps, open Organization Settings › SSO, and fill in the three values from step 7. Then choose Setup SSO Configuration before you leave the page.
    .know = Inferred from nOps’s SSO page. We couldn’t test this with nOps.
    .fix = Open the SSO page
finding-shown_no_route = nOps has no page at this address
    .detail = { shown-acs_in_aws } { shown-next }
    .know = Inferred from the format of nOps’s addresses.
    .fix = Copy the ACS address

# Where to look if the response might have reached an address other than the ACS.
shown-acs_in_aws =
    { $cause ->
        [same] The ACS URL that you copied from AWS is right. Start the test again.
        [differs] The ACS URL in AWS doesn’t match nOps’s. In AWS, choose nOps › Actions › Edit configuration, correct Application ACS URL, and save.
       *[unknown] The ACS URL in AWS is probably missing ?acs at the end. In AWS, choose nOps › Actions › Edit configuration, correct Application ACS URL, and save.
    }
finding-shown_setting =
    { $kind ->
        [issuer] nOps has no Issuer URL
        [no_endpoint] nOps has no SAML endpoint
        [endpoint] The SAML endpoint in nOps isn’t a URL
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
            [endpoint] Paste the sign-in URL into SAML 2.0 Endpoint (HTTP) in nOps, and save. The URL starts with https://.
            [certificate] Paste the whole certificate into X.509 Certificate in nOps, and save.
            [sign_out] If nOps shows a sign-out field, clear it and save: AWS doesn’t need it. Otherwise, send this error to nOps support.
           *[own] You can’t fill in this value yourself. Open nOps’s SSO page, compare its addresses with step 3, and save again. If the error persists, send it to nOps support.
        }
    .know = { shown-untested }
    .fix =
        { $kind ->
            [issuer] Copy the issuer
            [no_endpoint] Copy the sign-in URL
            [endpoint] Copy the sign-in URL
            [certificate] Copy the certificate
           *[own] Open the SSO page
        }
finding-shown_csrf = nOps refuses responses at this address
    .detail = Only nOps’s ACS address accepts responses from AWS. Other pages require a sign-in or a CSRF token. { shown-acs_in_aws } { shown-next }
    .know = Inferred from the error text. We couldn’t test this with nOps.
    .fix = Copy the ACS address
finding-shown_method = nOps refused the request method (405)
    .detail = Either the ACS page was reloaded or opened directly, or AWS sends responses to another page. { shown-acs_in_aws } { shown-next }
    .know = Inferred from the SAML standard: an ACS page accepts only POST requests.
    .fix = Copy the ACS address
finding-shown_binding =
    { $kind ->
        [sign_out] nOps expected a sign-out message
       *[response] nOps received no SAML response
    }
    .detail =
        { $kind ->
            [sign_out] nOps might be using a sign-out address for sign-in. Compare SAML 2.0 Endpoint (HTTP) in nOps with step 7, then test again. { shown-next }
           *[response] The ACS page was reloaded or opened directly, or the response was lost. Start the test again. { shown-next }
        }
    .know = { shown-untested }
    .fix = Try again
finding-shown_sign_out = nOps couldn’t sign the user out
    .detail = This error is about signing out, not signing in. If nOps shows a sign-out field, clear it and save: AWS doesn’t send sign-out messages to applications.
    .know = { shown-untested }
    .fix = Open the SSO page
finding-shown_relay_state = nOps expects a relay state
    .detail =
        { $test ->
            [portal] The access portal sends a relay state only if you enter one in AWS. Test sign-in from nOps, then ask nOps support what to enter as Relay state in AWS.
           *[nops] The relay state was lost because the ACS page was opened directly or from an old page. Start the test again from nOps.
        }
    .know = Based on public reports of this error.
    .fix = Try again
finding-shown_redirect_loop = The browser is redirected in a loop
    .detail = Allow cookies in the private window. If the error persists, nOps might not accept the response. { shown-acs_in_aws } { shown-next }
    .know = Inferred from the browser’s message.
    .fix = Copy the ACS address
finding-shown_replay = This response was already used
    .detail = Each response works only once. Start the test again, and don’t reload the page. { shown-next }
    .know = Inferred from the SAML standard.
    .fix = Try again
finding-shown_bad_certificate = The certificate in nOps can’t be read
    .detail = Paste the whole certificate, including its BEGIN and END lines, into X.509 Certificate in nOps, and save. If the message is from your identity provider, check the certificate there. { shown-next }
    .know = { shown-untested }
    .fix = Copy the certificate
finding-shown_rejected = nOps rejected the response without giving a reason
    .detail = Check in this order: the certificate and the issuer in nOps, the audience and the ACS URL in AWS, then this computer’s clock. { shown-next }
    .know = { shown-untested }
    .fix = Go to the dry run
finding-shown_no_nops_user = The user might not exist in nOps
    .detail = Compare the email address that AWS sends with the user’s address in nOps, and check that the user is active. If the message is from your identity provider, create or sync the user there. { shown-next }
    .know = Inferred from the error text, which doesn’t say which site it’s from.
    .fix = Open the SSO page
finding-shown_not_linked = This email address already exists in nOps
    .detail = The existing account isn’t linked to SSO. Ask nOps support to link it, or to remove it if it isn’t used.
    .know = Inferred from the error text, which doesn’t say which site it’s from.
    .fix = Open the SSO page
finding-shown_server_error =
    { $kind ->
        [busy] The page is limiting requests
       *[other] The page reports a server error
    }
    .detail =
        { $kind ->
            [busy] Wait five minutes, then start the test again. Don’t reload the page meanwhile.
           *[other] { $page ->
                [aws] AWS couldn’t process the request. Wait a minute, then test again. { shown-next }
               *[nops] nOps probably couldn’t process the response. Wait a minute, then test again. If it still fails, send nOps support the error text and the time of the test. { shown-next }
            }
        }
    .know = Inferred from the error text, which doesn’t state the cause.
    .fix = Try again
finding-shown_bad_request =
    { $kind ->
        [cookies] The browser sends too many cookies
        [size] The response is too large
       *[other] The server couldn’t process the request (400)
    }
    .detail =
        { $kind ->
            [cookies] Delete the cookies for this site, then start the test again in a private window. { shown-next }
            [size] Remove attribute mappings that nOps doesn’t need, such as groups. nOps or a proxy limits the response’s size. { shown-next }
           *[other] Delete the cookies for this site, and start the test again in a private window. Then compare the ACS URL in AWS with nOps’s. { shown-next }
        }
    .know = Inferred from the error text, which doesn’t state the cause.
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
                [nops] The AWS sign-in probably worked. Check the user and their role in nOps, then the ACS URL in AWS. { shown-next }
               *[none] Check in this order: the tester’s assignment in AWS, the tester’s role in nOps, then the ACS URL in AWS. { shown-next }
            }
        }
    .know = Inferred from the error text, which doesn’t state the cause.
    .fix = Try again
finding-shown_unreachable =
    { $kind ->
        [certificate] The browser doesn’t trust the page’s certificate
       *[other] The browser couldn’t open the page
    }
    .detail =
        { $kind ->
            [certificate] Check this computer’s clock. Otherwise, a proxy probably inspects the connection: ask your network team to install its root certificate. Don’t ignore the warning.
           *[other] Check the address in the browser for typing errors, then the network, VPN, and proxy. { shown-acs_in_aws } { shown-next }
        }
    .know = Inferred from the browser’s message.
    .fix = Copy the ACS address
finding-shown_session_ended = The sign-in session has ended
    .detail = Close all nOps and access portal pages, then start the test again. { shown-next }
    .know = Inferred from the error text.
    .fix = Try again
finding-shown_user_disabled =
    { $kind ->
        [locked] The user’s account is locked
       *[disabled] The user’s account is disabled
    }
    .detail =
        { $kind ->
            [locked] Wait 15 minutes, or reset the password on the user’s page in IAM Identity Center. If your identity provider or nOps shows this message, unlock the account there.
           *[disabled] Choose Enable user access on the user’s page in IAM Identity Center. If your identity provider or nOps shows this message, enable the account there.
        }
    .know = Inferred from the error text, which doesn’t say which site it’s from.
    .fix = Open Users
finding-shown_mfa = AWS didn’t accept the MFA code
    .detail = Wait for the next code and enter it. If AWS doesn’t accept that one either, turn on automatic time on the device. If the device is lost, delete it under MFA devices on the user’s page.
    .fix = Open Users
finding-shown_callback = AWS doesn’t accept the return address
    .detail = In AWS, choose nOps › Actions › Edit configuration, and compare Application ACS URL with nOps’s ACS address. Then start the test again. { shown-next }
    .know = Based on public reports of this message.
    .fix = Copy the ACS address
finding-shown_region =
    { $kind ->
        [code] The code wasn’t accepted
       *[region] The request went to the wrong AWS Region
    }
    .detail =
        { $kind ->
            [code] A sign-in code from AWS works in only one Region and expires. Compare the Region in step 2 with the one in IAM Identity Center › Settings, then start again. If the code is from an authenticator app, enter the next one.
           *[region] Enter the Region of IAM Identity Center and its access portal URL in step 2. Both are in IAM Identity Center › Settings.
        }
    .know = Based on AWS’s error message.
    .fix = Open Settings
finding-shown_cli =
    { $kind ->
        [role] AWS denied access to this profile’s role
        [keys] AWS doesn’t recognize these access keys
        [secret] The secret access key is wrong
        [mfa] The AWS profile has no MFA device
        [sts_region] AWS STS is turned off in this Region
        [credentials] The AWS CLI found no credentials
        [profile] The AWS CLI didn’t find this profile
        [region] The AWS CLI needs a Region
        [file] The AWS CLI can’t read its configuration
        [tls] This computer doesn’t trust AWS’s certificate
        [endpoint] The AWS CLI can’t reach AWS
        [clock] This computer’s clock is wrong
        [throttled] AWS is limiting requests
        [key] AWS denied a KMS key
       *[session] The AWS sign-in on this computer has expired
    }
    .detail =
        { $kind ->
            [role] Compare sso_account_id and sso_role_name in the AWS configuration with the Accounts tab of the access portal. If they match, assign the permission set to the user.
            [keys] Copy all the keys again, and enter them in step 2. If that doesn’t help, they might have been deleted or deactivated.
            [secret] Copy both keys again, and enter them in step 2.
            [mfa] Add mfa_serial with the ARN of your MFA device to the profile in the AWS configuration. Then connect again in step 2.
            [sts_region] Turn the Region on in AWS under IAM › Account settings › Security Token Service (STS), or use another Region.
            [credentials] In step 2, choose a profile or sign in with the browser.
            [profile] Choose a profile in step 2, which lists the profiles in this computer’s AWS configuration.
            [region] Enter the Region of IAM Identity Center in step 2.
            [file] Step 2 lists the lines that the AWS CLI rejects. Correct them.
            [tls] Set ca_bundle in the AWS configuration, or AWS_CA_BUNDLE, to your company’s root certificates. A proxy probably inspects the connection.
            [endpoint] Check the Region in the address, then the network, VPN, and proxy.
            [clock] Set the date, time, and time zone to automatic, then try again.
            [throttled] Wait a minute, then try again.
            [key] Ask the administrator of IAM Identity Center’s KMS key to allow kms:Decrypt for your role.
           *[session] Run aws sso login with this profile in a terminal, or copy new keys. Then connect again in step 2.
        }
    .know = Based on public reports of this message.
    .fix = Go to the connection
finding-shown_denied =
    { $kind ->
        [missing] AWS denied an action: a permission is missing
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
        [user] AWS doesn’t recognize your identity provider’s user
        [signature] AWS couldn’t verify your identity provider’s signature
        [acs] Your identity provider uses the wrong ACS URL
        [sync] AWS rejected a user from your identity provider
        [metadata] AWS couldn’t read your identity provider’s metadata
       *[account] Your identity provider uses the wrong AWS application
    }
    .detail =
        { $kind ->
            [user] Your identity provider probably sends a NameID that isn’t a user name in IAM Identity Center. Compare the two, then check that the user was synced.
            [signature] Your identity provider’s certificate in IAM Identity Center is old or wrong. Choose Settings › Identity source › Actions › Manage authentication, and upload the provider’s metadata again.
            [acs] Copy the ACS URL from IAM Identity Center to your identity provider. It’s under Settings › Identity source › Actions › Manage authentication.
            [sync] This error is about syncing users (SCIM). Give the user a first name, a last name, a user name, a display name, and no more than one email address. Then sync again.
            [metadata] An address in the metadata is incomplete. Check entityID and every Location: each must start with https:// and a host name. Then upload the metadata again under Settings › Identity source.
           *[account] The response went to the sign-in page for a single AWS account. In your identity provider, use the application for AWS IAM Identity Center, with its ACS URL.
        }
    .know = Based on public reports of this message.

## Errors of external identity providers, before AWS

shown-before_aws = This error is from your identity provider, before AWS is involved. The values in AWS and nOps aren’t the cause.
shown-entra_code =
    { $number ->
        [none] { shown-before_aws }
       *[known] { shown-before_aws } Error code: AADSTS{ $number }.
    }
finding-shown_entra =
    { $kind ->
        [direct] nOps sends users to Entra ID, not AWS
        [not_assigned] Entra ID: the user isn’t assigned to AWS
        [no_application] Entra ID doesn’t recognize the AWS application
        [application_disabled] Entra ID: the AWS application is disabled
        [reply_url] Entra ID has the wrong reply URL
        [request] Entra ID couldn’t read the SAML request
        [method] Entra ID: the authentication method doesn’t match
        [name_id] Entra ID can’t send the requested NameID
        [no_user] Entra ID doesn’t recognize this user
        [password] Entra ID didn’t accept the password
        [password_expired] Entra ID: the password has expired
        [locked] Entra ID locked this account
        [user_disabled] Entra ID: the account is disabled
        [mfa] Entra ID requires multifactor authentication
        [policy] Entra ID: Conditional Access blocked the sign-in
        [signing_key] Entra ID’s signing certificate is missing or expired
        [consent] Entra ID: the AWS application needs consent
        [tenant] Entra ID couldn’t find the right tenant
        [tenant_restrictions] Entra ID: this network blocks the tenant
        [session] Entra ID: the sign-in session has ended
       *[other] Entra ID stopped the sign-in
    }
    .detail =
        { $kind ->
            [direct] Entra ID’s error names nOps as the application. Paste AWS’s sign-in URL into SAML 2.0 Endpoint (HTTP) in nOps, and save. Error code: AADSTS{ $number }.
            [not_assigned] In the Microsoft Entra admin center, assign the user or group under Enterprise applications › the AWS application › Users and groups. { shown-entra_code }
            [no_application] Compare Identifier (Entity ID) with AWS’s issuer URL under Enterprise applications › the AWS application › Single sign-on. You might also be signed in to another tenant. { shown-entra_code }
            [application_disabled] Turn on Enabled for users to sign in under Enterprise applications › the AWS application › Properties. { shown-entra_code }
            [reply_url] Copy AWS’s ACS URL into Reply URL under Enterprise applications › the AWS application › Single sign-on › Basic SAML Configuration. { shown-entra_code }
            [request] Start at the access portal, not at a copied sign-in address. If it still fails, compare Basic SAML Configuration with AWS’s metadata. { shown-entra_code }
            [method] Sign in with a password, or ask the Entra administrator to allow other methods. { shown-entra_code }
            [name_id] Set the NameID format to email address under Enterprise applications › the AWS application › Single sign-on › Attributes & Claims. { shown-entra_code }
            [no_user] Sign in with an account in this tenant, or ask the Entra administrator to invite this account as a guest. { shown-entra_code }
            [password] Check the user name and password. { shown-entra_code }
            [password_expired] Set a new password on Microsoft’s page, then test again. { shown-entra_code }
            [locked] Wait, or ask the Entra administrator to unlock the account. { shown-entra_code }
            [user_disabled] Ask the Entra administrator to enable the account. { shown-entra_code }
            [mfa] Complete the second factor on Microsoft’s page, or set it up first at aka.ms/mfasetup. { shown-entra_code }
            [policy] Use an approved device or network, or ask the Entra administrator which Conditional Access policy applies. { shown-entra_code }
            [signing_key] Create and activate a certificate under Enterprise applications › the AWS application › Single sign-on › SAML Certificates. Then upload Entra ID’s metadata to AWS. { shown-entra_code }
            [consent] Check that the identifier is AWS’s issuer URL, then ask the Entra administrator to grant consent to the AWS application. { shown-entra_code }
            [tenant] Sign in with an account in the tenant that AWS uses. { shown-entra_code }
            [tenant_restrictions] Tenant restrictions on this network or device block this tenant. Ask the network administrator to allow it, or test from another network. { shown-entra_code }
            [session] Start the test again. { shown-entra_code }
           *[other] { $number ->
                [none] Ask the Entra administrator to find the cause in the sign-in log.
               *[known] Look up the error code at login.microsoftonline.com/error?code={ $number }, or ask the Entra administrator.
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
            [not_assigned] In the Okta Admin Console, assign the user or group under Applications › AWS IAM Identity Center › Assignments. { shown-before_aws }
            [nonsuccess] Okta received an error from its own identity provider. In Security › Identity Providers, check that account matching finds the user. { shown-before_aws }
            [policy] Check the sign-on policy under Applications › AWS IAM Identity Center › Sign On. Okta’s System Log shows which rule applied. { shown-before_aws }
            [saml] Under Applications › AWS IAM Identity Center › Sign On, compare the ACS URL and the issuer URL with AWS’s. { shown-before_aws }
            [locked] Ask the Okta administrator to unlock the account. { shown-before_aws }
            [password] Check the user name and password. { shown-before_aws }
            [password_expired] Set a new password on Okta’s page, then test again. { shown-before_aws }
            [session] Start the test again. { shown-before_aws }
            [mfa] Enter the next code, or ask the Okta administrator to reset the second factor. { shown-before_aws }
            [not_found] The application might be inactive, or the address in AWS might belong to another Okta organization. Check the IdP sign-in URL in AWS. { shown-before_aws }
           *[other] Ask the Okta administrator to find the cause in the System Log. { shown-before_aws }
        }
    .know = Based on Okta’s knowledge base.
finding-shown_google =
    { $kind ->
        [for_user] Google: this user can’t use the AWS application
        [not_enabled] Google: the AWS application is turned off
        [not_configured] Google doesn’t recognize the AWS application
        [idp_id] Google doesn’t recognize the identity provider ID
        [acs] Google has the wrong ACS URL for AWS
        [name_id] Google can’t create the NameID
        [duplicate] Google already has an application with this ID
        [denied] Google denied access to the AWS application
        [certificate] Google can’t read the certificate
        [request] Google couldn’t read the SAML request
       *[other] Google stopped the sign-in
    }
    .detail =
        { $kind ->
            [for_user] Make sure that you’re signed in with the right Google account. Then compare the application’s Entity ID with AWS’s issuer URL, and check User access. { shown-before_aws }
            [not_enabled] In the Google Admin console, choose Apps › Web and mobile apps › the AWS application › User access. Turn the application on for the user’s organizational unit. { shown-before_aws }
            [not_configured] Compare Entity ID with AWS’s issuer URL under Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [idp_id] Upload Google’s metadata to AWS again: IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [acs] Copy AWS’s ACS URL to Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [name_id] Map Name ID to the primary email under Apps › Web and mobile apps › the AWS application › Service provider details. { shown-before_aws }
            [duplicate] In the Google Admin console, choose Apps › Web and mobile apps, and use the existing application or delete it first. { shown-before_aws }
            [denied] Sign in with a Google account from your organization. If it’s denied too, check the application’s User access. { shown-before_aws }
            [certificate] Download Google’s metadata again, and upload it to AWS: IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [request] Start the test again from the access portal. If it still fails, upload Google’s metadata to AWS again. { shown-before_aws }
           *[other] Ask your Google administrator. { shown-before_aws }
        }
finding-shown_identity_provider =
    { $kind ->
        [not_assigned] Identity provider: the user isn’t assigned to AWS
        [loop] { $provider } stopped a redirect loop
        [no_application] Your identity provider doesn’t recognize the AWS application
        [unsigned] Your identity provider requires signed requests
       *[other] Your identity provider stopped the sign-in
    }
    .detail =
        { $kind ->
            [not_assigned] Assign the user to the AWS application in your identity provider. If the page is from nOps, ask a nOps administrator for access.
            [loop] Delete the cookies for this provider and AWS, then test again. If the test still fails, check the ACS URL in the provider’s AWS application.
            [no_application] In { $provider }, the client ID or entity ID of the AWS application must be AWS’s issuer URL, which is under IAM Identity Center › Settings › Identity source. { shown-before_aws }
            [unsigned] AWS doesn’t sign its requests. In { $provider }, turn off Client signature required for the AWS application. { shown-before_aws }
           *[other] { $number ->
                [none] The text names { $provider ->
                    [none] an identity provider
                   *[known] { $provider }
                }. Ask its administrator to find the cause in the log.
               *[known] { $provider } reports { $number }. Ask its administrator to find the cause in the log.
            } The error occurs before AWS is involved, so the values in AWS and nOps probably aren’t the cause.
        }
    .know = Inferred from the provider’s name in the text.

finding-shown_unknown =
    { $page ->
        [aws] We don’t recognize this AWS message
        [nops] We don’t recognize this nOps message
        [empty] The pasted error can’t be read
       *[none] We don’t recognize this error message
    }
    .detail =
        { $page ->
            [aws] It seems to be from AWS or your identity provider, before nOps is involved.
            [nops] It seems to be from nOps, so the AWS sign-in probably worked.
            [empty] Paste the full text of the error page and its address, up to 64 kB.
           *[none] It might be from nOps, AWS, or your identity provider. Paste the page’s address too, which shows where the message comes from.
        }{ $assigned ->
            [yes] {" "}AWS lists the tester’s assignment.
           *[unknown] {""}
        }{ $certificate ->
            [same] {" "}nOps has AWS’s certificate.
           *[other] {""}
        } { $next ->
            [disabled] The application is disabled in AWS, so users can’t sign in. Enable it, then test again.
            [gone] AWS no longer lists the application. Check step 4, then test again.
            [dry_run_failed] The dry run in step 6 found a problem. Fix it first, then test again.
            [unassigned] The tester isn’t assigned in AWS. Assign the tester in step 6, then test again.
            [certificate] The certificate in nOps differs from AWS’s. Paste the right one into nOps and save.
            [nops_works] Sign-in from nOps works. Compare the ACS URL and the Subject row in AWS with nOps’s request.
            [portal_works] Sign-in from the access portal works. Check the SAML endpoint in nOps and the NameID format that nOps requests.
            [passed] The dry run passed, so AWS sends the expected values. Check the user’s session, email address, and role in nOps, then ask nOps support.
           *[dry_run] Next, do the dry run in step 6. It shows which values differ.
        }
    .fix =
        { $next ->
            [disabled] Go to the application
            [gone] Go to the application
            [dry_run_failed] Go to the dry run
            [unassigned] Go to the dry run
            [dry_run] Go to the dry run
            [certificate] Copy the certificate
           *[other] Paste more text
        }
