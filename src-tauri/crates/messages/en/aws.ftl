### Errors from AWS, its access portal and nOps (crates `identity-center`, `transport` and `nops`), and failed
### changes (crate `changes`).

## AWS: `aws-<code>` of AwsError

aws-denied = These credentials don’t allow <code>{ $action }</code>. Add the permission to the role or user, then try again.
aws-denied_by =
    { $kind ->
        [identity] A policy attached to { $principal } in account { $account } denies <code>{ $action }</code>. Remove this statement from the policy: adding the permission won’t help.
        [resource] A policy on { $resource } doesn’t allow { $principal } to use <code>{ $action }</code>. Ask its owner to allow this action.
        [service_control] A service control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action for account { $account }.
        [resource_control] A resource control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action.
        [boundary] The permissions boundary of { $principal } doesn’t allow <code>{ $action }</code>. Ask the IAM administrator of account { $account } to change the boundary.
        [session] The session policy of this sign-in doesn’t allow <code>{ $action }</code>. Sign in as { $principal } without a session policy.
        [vpc_endpoint] The policy of a VPC endpoint doesn’t allow <code>{ $action }</code>. Use another network, or ask the network team to allow this action.
        [trust] { $principal } isn’t allowed to assume the role { $resource }. Add { $principal } to the role’s trust policy, and give { $principal } the permission <code>{ $action }</code>.
        [key] The policy of the KMS key { $resource } doesn’t allow { $principal } of account { $account } to use <code>{ $action }</code>. Ask the administrator of account { $owner } to allow this action in the key policy.
        [account] { $resource } belongs to account { $owner }, but these credentials are for account { $account }. Connect with credentials for account { $owner }.
       *[unknown] A policy explicitly denies <code>{ $action }</code> to { $principal }. Ask the AWS administrator to find the policy: adding the permission won’t help.
    }{ $policy ->
        [none] { "" }
       *[named] { " " }Policy: { $policy }
    }
aws-key =
    { $reason ->
        [denied] The policy of IAM Identity Center’s KMS key doesn’t allow your role to use the key. Ask the key’s administrator to allow <code>kms:Decrypt</code> for your role.
        [not_found] IAM Identity Center’s KMS key doesn’t exist or is in another Region. Check it in IAM Identity Center › Settings.
       *[unusable] IAM Identity Center’s KMS key is disabled or pending deletion. Ask the key’s administrator to enable it.
    }
aws-wrong_region = AWS didn’t find the resource in the requested Region, or the Region isn’t enabled. Choose the primary Region, which is shown in IAM Identity Center › Settings.
aws-expired = Your AWS sign-in has expired. Sign in again or enter new temporary keys, then try again.
aws-bad_credentials = AWS doesn’t recognize these keys, or they don’t belong together. Copy all the keys again from the same page. If they’re right, this Region might not be enabled in the account: choose another Region.
aws-no_credentials = Couldn’t find any credentials. Choose a profile that has credentials, or enter access keys.
aws-credentials_timeout = This profile didn’t provide credentials within a minute. If it runs a command, run the command in a terminal to see what it’s waiting for.
aws-credentials_failed = Couldn’t load credentials for this profile. Run <code>aws sts get-caller-identity</code> with the profile in a terminal to see why.
aws-credential_process =
    { $reason ->
        [not_found] Couldn’t find the program in this profile’s <code>credential_process</code>. Enter the program’s full path in the AWS configuration file, then try again. Desktop apps search fewer folders than a terminal.
        [unreadable] This profile’s <code>credential_process</code> didn’t return AWS credentials. Run it in a terminal to see its output. It might be waiting for input.
       *[failed] This profile’s <code>credential_process</code> failed. Run it in a terminal to see why. For example, a sign-in that it uses might have expired.
    }
aws-sign_in_needed = The AWS CLI’s sign-in for this profile has expired. Run <code>{ $command }</code> in a terminal, then connect again.
aws-code_needed = A role in this profile requires an MFA code. Enter the code in step 2 of the window. On the command line, run the command in an interactive terminal.
aws-wrong_code = AWS didn’t accept this MFA code. It might be from another device, or it was already used. Wait for the next code, then enter it.
aws-sign_in_denied = Access was denied in the browser. Sign in again, and allow access.
aws-sign_in_lapsed = The sign-in wasn’t completed within ten minutes. Sign in again.
aws-unknown_portal = AWS found no access portal at { $address } in { $region }. Copy the AWS access portal URL and the Region from IAM Identity Center › Settings.
aws-no_redirect = Couldn’t start the local sign-in page. Sign in with a code instead.
aws-no_role = You no longer have this role in this account. Sign in again, and choose another role.
aws-root = These credentials belong to the root user. Use a role or user that has the permissions for this setup.
aws-plain_endpoint = The endpoint { $endpoint } doesn’t use HTTPS, so others on the network could read your AWS keys. Nothing was sent. Correct the AWS_ENDPOINT_URL variable or endpoint_url in the AWS configuration, then connect again.
aws-no_region = No Region is set. Enter the Region of IAM Identity Center, such as us-east-1.
aws-clock =
    { $direction ->
        [ahead] This computer’s clock is { $minutes ->
            [one] 1 minute
           *[other] { $minutes } minutes
        } ahead of AWS’s. Correct the time, then try again.
        [behind] This computer’s clock is { $minutes ->
            [one] 1 minute
           *[other] { $minutes } minutes
        } behind AWS’s. Correct the time, then try again.
       *[unknown] This computer’s clock differs too much from AWS’s. Correct the time, then try again.
    }
aws-throttled = AWS is still limiting requests. Wait a minute, then try again.
aws-not_found = This resource no longer exists in AWS. Check again.
aws-conflict = This resource already exists in AWS under another name or email address. Look for it in IAM Identity Center.
aws-validation = AWS didn’t accept the values in this request: “{ $message }”
aws-quota = This AWS account has reached a quota. Ask AWS Support to raise it, or delete resources that you don’t need.
aws-unreachable =
    { $reason ->
        [name] Couldn’t reach { $host }: DNS lookup failed. Check the network and its DNS server.
        [refused] { $host } refused the connection. Check the network, VPN, and firewall.
       *[broken] The connection to { $host } was lost. Check the network, then try again.
    }
aws-proxy = The proxy blocks { $host }. Ask the network team to allow it, or change <code>HTTPS_PROXY</code>.
aws-tls = This computer doesn’t trust the certificate of { $host }. If a proxy inspects traffic, set <code>AWS_CA_BUNDLE</code>, or <code>ca_bundle</code> in the AWS configuration, to its root certificates.
aws-token_file = Couldn’t read the web identity token in { $file }. Check the path in <code>web_identity_token_file</code> or <code>AWS_WEB_IDENTITY_TOKEN_FILE</code>.
aws-certificates = Couldn’t read the certificates in { $file }. Check the path in <code>{ $setting }</code>.
aws-timeout = { $host } didn’t respond in time. Check the network, then try again.
aws-unavailable = AWS reported a problem ({ $code }). Wait a moment, then try again.
aws-unreadable = This response isn’t from AWS. A proxy or your network’s sign-in page might have sent it. Check the network, then try again.
aws-other = AWS returned the error { $code }. Look it up in the IAM Identity Center documentation.

## The browser page after a sign-in: `sign_in-page-<what>`

sign_in-page-done = You’re signed in. Close this page and return to nOps SSO Setup.
sign_in-page-denied = Access was denied. Close this page and return to nOps SSO Setup.
sign_in-page-else = This page is only for AWS sign-in. Close it and return to nOps SSO Setup.

## Why a change failed, or why undo kept a resource

aws-not_done = This change wasn’t made in AWS. Plan again to make it.
aws-has_groups = Kept: the user is now in another group.
aws-has_accounts = Kept: it now has access to AWS accounts.
aws-accounts_unseen = Kept: couldn’t check its access to AWS accounts.
aws-applications_unseen = Kept: couldn’t check its application assignments.
aws-has_applications = Kept: it’s now assigned to an application.
aws-has_members = Kept: the group has members that this setup didn’t add.

## Profiles of the AWS configuration files: `profile-<problem>`

profile-missing =
    { $any ->
        [no] Profile { $profile } doesn’t exist, and the AWS configuration has no other profiles. Choose another way to connect.
       *[other] Profile { $profile } doesn’t exist. The AWS configuration has these profiles: { $profiles }.
    }
profile-no_credentials = Profile { $profile } has no credentials. Run <code>aws configure sso</code> in a terminal, or choose another profile.
profile-key_missing = Profile { $profile } has no <code>{ $key }</code>. Add it to the AWS configuration.
profile-keys =
    { $error ->
        [token_missing] The keys of profile { $profile } are temporary, but their <code>aws_session_token</code> is missing. Copy all three values again.
        [token_shape] The <code>aws_session_token</code> of profile { $profile } is cut off. Copy all three values again.
        [id_shape] The <code>aws_access_key_id</code> of profile { $profile } isn’t an access key ID. Access key IDs start with AKIA or ASIA.
       *[other] The <code>aws_secret_access_key</code> of profile { $profile } isn’t a secret access key. Copy both keys again.
    }
profile-environment_keys =
    { $error ->
        [id_missing] The environment doesn’t have both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Set both, or remove both.
        [secret_missing] The environment has AWS_ACCESS_KEY_ID, but not AWS_SECRET_ACCESS_KEY. Set both, or remove both.
        [token_missing] The keys in the environment are temporary, but AWS_SESSION_TOKEN is missing. Set all three variables.
        [token_shape] AWS_SESSION_TOKEN is cut off. Copy it again.
        [id_shape] AWS_ACCESS_KEY_ID contains characters that aren’t allowed. Copy it again.
       *[other] AWS_SECRET_ACCESS_KEY contains characters that aren’t allowed. Copy it again.
    }
profile-contradiction =
    { $other ->
        [sso_session] Profile { $profile } and its <code>sso_session</code> have different values for <code>{ $key }</code>. Remove the profile’s value.
       *[other] Profile { $profile } has both <code>{ $key }</code> and <code>{ $other }</code>. Remove one of them.
    }
profile-source_missing = The <code>source_profile</code> { $source } of profile { $profile } doesn’t exist. Correct the name.
profile-source_loop = The <code>source_profile</code> { $source } of profile { $profile } leads to a loop of profiles without keys. Choose a source profile that has keys.
profile-credential_source = AWS doesn’t recognize the <code>credential_source</code> { $source } of profile { $profile }. Use Environment or a source profile.
profile-session_missing = The <code>sso_session</code> { $session } of profile { $profile } doesn’t exist. Add a section <code>[sso-session { $session }]</code> to the config file.
profile-role_arn = The <code>role_arn</code> { $arn } of profile { $profile } isn’t a role’s ARN. Copy the ARN from IAM › Roles. It contains <code>:role/</code>.
profile-account = The <code>sso_account_id</code> { $account } of profile { $profile } isn’t an account ID. Enter its 12 digits without dashes.
profile-role_missing = Profile { $profile } has a sign-in, but its account or role is missing. Use <b>Browser sign-in</b> here, or run <code>aws configure sso</code>.
profile-several_codes = Profile { $profile } assumes two roles that each need an MFA code, and a code works only once. Choose another profile.
profile-instance_metadata = Profile { $profile } gets its keys from an EC2 instance or container, but this computer isn’t one. Choose another profile.

## What to know before connecting with a profile: `profile_hint-<hint>`

profile_hint-keys_unused = This profile has both a sign-in and access keys. The sign-in is used, as in the AWS CLI.
profile_hint-command_unused = This profile has both access keys and a <code>credential_process</code>. The keys are used, as in the AWS CLI.
profile_hint-device_unused = This profile has an <code>mfa_serial</code> but no <code>role_arn</code>, so no MFA code is used. If AWS denies access, add <code>mfa_serial</code> to the profile that has the role.
profile_hint-sign_in_ended = You aren’t signed in with this profile. Run <code>{ $command }</code> in a terminal, then connect.
profile_hint-portal_unknown = <code>sso_start_url</code> isn’t an AWS access portal: { $address }. Copy the access portal URL from IAM Identity Center › Settings.
profile_hint-portal_region = The access portal { $address } isn’t in { $region }, the <code>sso_region</code>. Copy both from IAM Identity Center › Settings.
profile_hint-keys_expired = These temporary keys expired at { $at }. Get new ones, then connect.
profile_hint-fips_partly = FIPS endpoints are turned on (<code>use_fips_endpoint</code>) and used where available. IAM Identity Center has none in this Region.
profile_hint-dual_stack_unused = Dual-stack endpoints are turned on (<code>use_dualstack_endpoint</code>). Standard endpoints are used instead, because some services have no dual-stack endpoints.
profile_hint-region_unknown = This profile’s Region, { $region }, isn’t an AWS Region. Enter an AWS Region, such as us-east-1.

## The AWS configuration files, line by line: `configuration-<reason>`

configuration-missing = { $variable } is set to { $file }, which doesn’t exist. Correct or remove the variable.
configuration-unreadable = Couldn’t read { $file }. Check its permissions, and that it’s a text file of a usual size.
configuration-not_text = { $file } isn’t a text file, so it isn’t used.
configuration-no_section = Line { $line } of { $file } is above the first section, so it isn’t used.
configuration-no_equals = Line { $line } of { $file } has no <code>=</code>, so it isn’t used. Put each value on one line.
configuration-broken_value = Line { $line } of { $file } continues <code>{ $key }</code> from the line above, so both lines are used as one value. The AWS CLI rejects this file. Put the value on one line.
configuration-no_key = Line { $line } of { $file } has no name before the <code>=</code>, so it isn’t used.
configuration-header = Line { $line } of { $file } is an incomplete section header, so the lines below it aren’t used. Change it to <code>[profile name]</code>.
configuration-indented = Line { $line } of { $file } is indented. The AWS CLI adds it to the value above, but here it’s a separate value.
configuration-duplicate_key = Line { $line } of { $file } repeats <code>{ $key }</code> from line { $first }. The later value is used. The AWS CLI rejects this file.
configuration-duplicate_section = Line { $line } of { $file } repeats section { $name } from line { $first }. Both sections are used. The AWS CLI rejects this file.
configuration-section_name = Line { $line } of { $file } has a section name with spaces, <code>[{ $name }]</code>, so the section isn’t used. Put the name in quotation marks.
configuration-prefix_missing = On line { $line } of { $file }, the section <code>[{ $name }]</code> lacks the prefix <code>profile</code>, so it isn’t used. Change it to <code>[profile { $name }]</code>.
configuration-prefix_case = On line { $line } of { $file }, profile { $name } isn’t used, because <code>profile</code> must be in lowercase. Change it to <code>[profile { $name }]</code>.
configuration-prefix_in_credentials = On line { $line } of { $file }, remove the <code>profile</code> prefix from { $name }. Section names in this file don’t have it.
configuration-section_in_credentials = On line { $line } of { $file }, the section <code>[{ $name }]</code> isn’t used: it works only in the config file. Move it there.

## The environment variables of the AWS CLI: `environment-<code>`

environment-profile = { $variable } selects profile { $profile }.
environment-profile_missing =
    { $any ->
        [no] { $variable } is set to profile { $profile }, but the AWS configuration has no profiles.
       *[other] { $variable } is set to profile { $profile }, which doesn’t exist. The AWS configuration has these profiles: { $profiles }.
    }
environment-profile_quoted = The profile name in { $variable } has quotation marks or spaces around it: “{ $profile }”. Remove them. The AWS configuration has these profiles: { $profiles }.
environment-region = { $variable } sets the Region { $region }.
environment-region_unknown = { $variable } isn’t used: { $region } isn’t an AWS Region.
environment-keys = AWS_ACCESS_KEY_ID is set. The profile that you choose here is used instead.
environment-file = { $variable } is set to { $file }.

## Fetching a page: `reach-<code>`

reach-host_not_allowed = We don’t recognize the host { $host }, so we didn’t contact it. Copy the link again.
reach-name = Couldn’t find { $host }. Check the network and its name server (DNS).
reach-unreachable = Couldn’t reach { $host }. Check the network and the proxy.
reach-timeout = { $host } didn’t respond within 10 seconds. Try again.
reach-redirected = { $host } redirects to another page, which we didn’t open. Your network might require a sign-in.
reach-too_large = { $host } sent more than 1 MB, so this isn’t the expected response.
reach-tls = { aws-tls }
reach-proxy = { aws-proxy }
reach-certificates = Couldn’t read the certificates in { $file }. Check the path in <code>SSL_CERT_FILE</code>, <code>AWS_CA_BUNDLE</code>, or <code>ca_bundle</code> in the AWS configuration.
reach-no_client = This computer can’t make HTTPS connections. Check its trusted certificates.

## The application’s metadata: `metadata-<code>`

metadata-no_address = The metadata link isn’t a complete URL. Copy it again.
metadata-refused = The access portal has no metadata at this link. Check that the link is for this application.
metadata-host_not_allowed = { reach-host_not_allowed }
metadata-unreachable = { reach-unreachable }
metadata-timeout = { reach-timeout }
metadata-redirected = { reach-redirected }
metadata-too_large = { reach-too_large }
metadata-name = { reach-name }
metadata-tls = { reach-tls }
metadata-proxy = { reach-proxy }
metadata-certificates = { reach-certificates }
metadata-no_client = { reach-no_client }

## Checking a nOps API key: `nops-<code>`

nops-unseen-refused = nOps returned status { $status }.
nops-unseen-web_page = nOps returned a web page, possibly its sign-in page.
nops-unseen-other_redirect = nOps redirected to a page other than the AWS sign-in.
nops-unseen-unexpected = nOps returned a response in an unexpected format.
nops-shape = This isn’t a nOps API key: it’s empty, or it contains spaces or other characters that keys don’t have. Copy it again.
nops-refused = nOps doesn’t recognize this key. Copy it again, or create a new one.
nops-web_page = nOps returned a web page, which can mean that it doesn’t recognize the key. Copy the key again, or create a new one.
nops-not_allowed = nOps denied access. The key might be wrong, or might not be allowed to read reports. Copy it again, or use another key.
nops-too_many = nOps is limiting requests. Wait a minute, then check again.
nops-unavailable = nOps reported a problem (status { $status }). Check again later.
nops-unexpected = Couldn’t read nOps’s response, so we don’t know whether the key is right. You can continue without it.
nops-host_not_allowed = { reach-host_not_allowed }
nops-name = { reach-name }
nops-unreachable = { reach-unreachable }
nops-timeout = { reach-timeout }
nops-redirected = { reach-redirected }
nops-too_large = { reach-too_large }
nops-tls = { reach-tls }
nops-proxy = { reach-proxy }
nops-certificates = { reach-certificates }
nops-no_client = { reach-no_client }
