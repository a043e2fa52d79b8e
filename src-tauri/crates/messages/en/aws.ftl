### Errors from AWS, its access portal and nOps (crates `identity-center`, `transport` and `nops`), and failed
### changes (crate `changes`).

## AWS: `aws-<code>` of AwsError

aws-denied = These credentials don’t allow <code>{ $action }</code>. Add the permission to the role or user, then try again.
aws-denied_by =
    { $kind ->
        [identity] A policy attached to { $principal } in account { $account } denies <code>{ $action }</code>. Remove the denial: adding the permission won’t help.
        [resource] A policy on { $resource } doesn’t allow { $principal } to use <code>{ $action }</code>. Ask its owner to allow this action.
        [service_control] A service control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action for account { $account }.
        [resource_control] A resource control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action.
        [boundary] The permissions boundary of { $principal } doesn’t allow <code>{ $action }</code>. Ask the IAM administrator of account { $account } to change the boundary.
        [session] The session policy of this sign-in doesn’t allow <code>{ $action }</code>. Sign in as { $principal } in a way that doesn’t limit the session.
        [vpc_endpoint] The policy of a VPC endpoint doesn’t allow <code>{ $action }</code>. Use another network, or ask the network team to allow this action.
        [trust] The role { $resource } doesn’t let { $principal } assume it. Add { $principal } to the role’s trust policy, and <code>{ $action }</code> to the permissions of { $principal }.
        [key] The policy of the KMS key { $resource } doesn’t allow { $principal } of account { $account } to use <code>{ $action }</code>. Ask the administrator of account { $owner } to add this role to the key policy.
        [account] { $resource } belongs to account { $owner }, but these credentials are for account { $account }. Connect with credentials for account { $owner }.
       *[unknown] A policy explicitly denies <code>{ $action }</code> to { $principal }. Ask the AWS administrator to find it: adding the permission won’t help.
    }{ $policy ->
        [none] { "" }
       *[named] { " " }Policy: { $policy }
    }
aws-key =
    { $reason ->
        [denied] The policy of IAM Identity Center’s KMS key doesn’t allow your role to use it. Ask the key’s administrator to add the role, with <code>kms:Decrypt</code>.
        [not_found] IAM Identity Center’s KMS key doesn’t exist or is in another Region. Check it in IAM Identity Center › Settings.
       *[unusable] IAM Identity Center’s KMS key is disabled or pending deletion. Ask the key’s administrator to enable it.
    }
aws-wrong_region = AWS didn’t find the resource in the requested Region, or the Region isn’t enabled. Choose the primary Region, shown in IAM Identity Center › Settings.
aws-expired = Your AWS sign-in has expired. Sign in again or enter new temporary keys, then try again.
aws-bad_credentials = AWS doesn’t recognize these keys, or they don’t belong together. Copy all the keys again from the same page. If they’re right, this Region might not be enabled in the account: choose another one.
aws-no_credentials = Couldn’t find any credentials. Choose a profile that has credentials, or enter access keys.
aws-credentials_timeout = No credentials arrived within a minute. Run the profile’s command in a terminal to see what it’s waiting for.
aws-credentials_failed = Couldn’t load credentials for this profile. Run <code>aws sts get-caller-identity</code> with the profile to see why.
aws-credential_process =
    { $reason ->
        [not_found] Couldn’t find the program in this profile’s <code>credential_process</code>. Enter the program’s full path in the AWS configuration file, then try again. Desktop apps search fewer folders than a terminal.
        [unreadable] This profile’s <code>credential_process</code> didn’t return AWS credentials. Run it in a terminal to see its output; it might need input.
       *[failed] This profile’s <code>credential_process</code> failed. Run it in a terminal to see why. Your sign-in for it might have expired.
    }
aws-sign_in_needed = The AWS CLI’s sign-in for this profile has expired. Run <code>{ $command }</code> in a terminal, then connect again.
aws-code_needed = A role in this profile needs an MFA code. Enter the code in step 2 of the window, or run this command in a terminal.
aws-wrong_code = AWS didn’t accept this MFA code: it’s from another device or was already used. Wait for the next code, then enter it.
aws-sign_in_denied = Access was denied in the browser. Sign in again, and allow access in the browser.
aws-sign_in_lapsed = The sign-in expired after ten minutes with no response. Sign in again.
aws-unknown_portal = AWS has no access portal { $address } in { $region }. Copy the AWS access portal URL and the Region from IAM Identity Center › Settings.
aws-no_redirect = Couldn’t start the local sign-in page. Sign in with a code instead.
aws-no_role = You no longer have this role in this account. Sign in again, and choose another role.
aws-root = These are root user credentials. Use a role or user with the permissions for this setup.
aws-plain_endpoint = The endpoint { $endpoint } doesn’t use https, so AWS keys would be readable on the network. Nothing was sent. Correct AWS_ENDPOINT_URL or endpoint_url in the AWS configuration, then connect again.
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
aws-throttled = AWS keeps limiting requests. Wait a minute, then continue.
aws-not_found = This resource no longer exists in AWS. Check again.
aws-conflict = This resource already exists in AWS under another name or email address. Look for it in IAM Identity Center.
aws-validation = AWS didn’t accept these values: “{ $message }”
aws-quota = This AWS account has reached a quota. Ask AWS to raise the quota, or remove what you don’t need.
aws-unreachable =
    { $reason ->
        [name] Couldn’t reach { $host }: DNS lookup failed. Check the network and its DNS server.
        [refused] { $host } refused the connection. Check the network, VPN, and firewall.
       *[broken] The connection to { $host } was lost. Check the network, then continue.
    }
aws-proxy = The proxy blocks { $host }. Ask the network team to allow it, or change <code>HTTPS_PROXY</code>.
aws-tls = This computer doesn’t trust the certificate of { $host }. If a proxy inspects traffic, set <code>AWS_CA_BUNDLE</code>, or <code>ca_bundle</code> in the AWS configuration, to its root certificates.
aws-certificates = Couldn’t read the certificates in { $file }. Check the path in <code>{ $setting }</code>.
aws-timeout = { $host } didn’t respond in time. Check the network, then continue.
aws-unavailable = AWS reported a problem ({ $code }). Wait a moment, then continue.
aws-unreadable = This response isn’t from AWS. A proxy or your network’s sign-in page might have sent it.
aws-other = AWS returned { $code }. Look it up in the IAM Identity Center documentation.

## The browser page after a sign-in: `sign_in-page-<what>`

sign_in-page-done = You’re signed in. Close this page and return to nOps SSO Setup.
sign_in-page-denied = Access was denied. Close this page and return to nOps SSO Setup.
sign_in-page-else = This page only receives AWS sign-ins. Return to nOps SSO Setup.

## Why a change failed, or why undo kept a resource

aws-not_done = This change wasn’t made in AWS. Plan again to make it.
aws-has_groups = Kept: the user is now in another group.
aws-has_accounts = Kept: it can now access AWS accounts.
aws-accounts_unseen = Kept: couldn’t check its access to AWS accounts.
aws-applications_unseen = Kept: couldn’t check its application assignments.
aws-has_applications = Kept: it’s now assigned to an application.
aws-has_members = Kept: the group has members that this setup didn’t add.

## Profiles of the AWS configuration files: `profile-<problem>`

profile-missing =
    { $any ->
        [no] Profile { $profile } doesn’t exist, and the AWS configuration has no others. Choose another way to connect.
       *[other] The AWS configuration has no profile { $profile }. It has: { $profiles }.
    }
profile-no_credentials = Profile { $profile } has no credentials. Run <code>aws configure sso</code> in a terminal, or choose another profile.
profile-key_missing = Profile { $profile } has no <code>{ $key }</code>. Add it to the AWS configuration.
profile-keys =
    { $error ->
        [token_missing] The keys of profile { $profile } are temporary, and their <code>aws_session_token</code> is missing. Copy all three values again.
        [token_shape] The <code>aws_session_token</code> of profile { $profile } is cut off. Copy all three values again.
        [id_shape] The <code>aws_access_key_id</code> of profile { $profile } isn’t an access key ID. Access key IDs start with AKIA or ASIA.
       *[other] The <code>aws_secret_access_key</code> of profile { $profile } isn’t a secret access key. Copy both keys again.
    }
profile-contradiction =
    { $other ->
        [sso_session] Profile { $profile } and its <code>sso_session</code> have different values for <code>{ $key }</code>. Remove the profile’s value.
       *[other] Profile { $profile } has both <code>{ $key }</code> and <code>{ $other }</code>. Remove one of them.
    }
profile-source_missing = The <code>source_profile</code> { $source } of profile { $profile } doesn’t exist. Correct its name.
profile-source_loop = The <code>source_profile</code> { $source } of profile { $profile } starts a loop without keys. Choose a source profile with keys.
profile-credential_source = AWS doesn’t recognize the <code>credential_source</code> { $source } of profile { $profile }. Use Environment or a source profile.
profile-session_missing = The <code>sso_session</code> { $session } of profile { $profile } doesn’t exist. Add a section <code>[sso-session { $session }]</code> to the config file.
profile-role_missing = Profile { $profile } has a sign-in but lacks an account or a role. Use <b>Browser sign-in</b> here, or run <code>aws configure sso</code>.
profile-several_codes = Profile { $profile } assumes two roles that each need an MFA code, and a code works only once. Choose another profile.
profile-instance_metadata = Profile { $profile } gets its keys from an EC2 instance or container, and this computer isn’t one. Choose another profile.

## What to know before connecting with a profile: `profile_hint-<hint>`

profile_hint-keys_unused = A sign-in and access keys are set for the same profile. The sign-in is used, as in the AWS CLI.
profile_hint-command_unused = Access keys and a <code>credential_process</code> are set for the same profile. The keys are used, as in the AWS CLI.
profile_hint-device_unused = An <code>mfa_serial</code> is set without a <code>role_arn</code>, so no MFA code is used. If AWS denies access, add <code>mfa_serial</code> to the profile with the role.
profile_hint-sign_in_ended = You aren’t signed in with this profile. Run <code>{ $command }</code> in a terminal, then connect.
profile_hint-portal_unknown = <code>sso_start_url</code> isn’t an AWS access portal: { $address }. Copy the access portal URL from IAM Identity Center › Settings.
profile_hint-keys_expired = These temporary keys expired at { $at }. Get new ones, then connect.
profile_hint-fips_partly = FIPS endpoints are turned on (<code>use_fips_endpoint</code>). They’re used where available. IAM Identity Center has none in this Region.
profile_hint-dual_stack_unused = Dual-stack endpoints are turned on (<code>use_dualstack_endpoint</code>). Standard endpoints are used instead, because some services have no others.
profile_hint-region_unknown = This profile’s region, { $region }, isn’t an AWS Region. Enter one, such as us-east-1.

## The AWS configuration files, line by line: `configuration-<reason>`

configuration-missing = { $variable } is set to { $file }, which doesn’t exist.
configuration-unreadable = Couldn’t open { $file }. Check its permissions.
configuration-not_text = { $file } isn’t a text file, so nothing in it is used.
configuration-no_section = { $file }, line { $line } is before the first section, so it isn’t used.
configuration-no_equals = { $file }, line { $line } has no <code>=</code>, so it isn’t used. Put each value on one line.
configuration-broken_value = { $file }, line { $line } continues <code>{ $key }</code> from the line above, so both are used as one value. The AWS CLI rejects this file: put the value on one line.
configuration-no_key = { $file }, line { $line } has no name before the <code>=</code>, so it isn’t used.
configuration-header = { $file }, line { $line } isn’t a complete section header, so the lines below it aren’t used. Change it to <code>[profile name]</code>.
configuration-indented = { $file }, line { $line } is indented. The AWS CLI adds it to the line above; here, it’s a separate value.
configuration-duplicate_key = { $file }, line { $line } repeats <code>{ $key }</code> from line { $first }. The later value is used. The AWS CLI rejects this file.
configuration-duplicate_section = { $file }, line { $line } repeats section { $name } from line { $first }. Both are used. The AWS CLI rejects this file.
configuration-section_name = { $file }, line { $line }: the name in <code>[{ $name }]</code> has spaces, so the section isn’t used. Put the name in quotation marks.
configuration-prefix_missing = { $file }, line { $line }: <code>[{ $name }]</code> isn’t used because <code>profile</code> is missing. Change it to <code>[profile { $name }]</code>.
configuration-prefix_in_credentials = { $file }, line { $line }: names in this file don’t take the <code>profile</code> prefix. Remove it from { $name }.
configuration-section_in_credentials = { $file }, line { $line }: <code>[{ $name }]</code> works only in the config file. Move it there.

## The environment variables of the AWS CLI: `environment-<code>`

environment-profile = { $variable } selects profile { $profile }.
environment-profile_missing =
    { $any ->
        [no] { $variable } is set to profile { $profile }, but there are no profiles.
       *[other] { $variable } is set to profile { $profile }, which doesn’t exist. Profiles: { $profiles }.
    }
environment-profile_quoted = { $variable } contains quotation marks or spaces around the name: “{ $profile }”. Remove them. Profiles: { $profiles }.
environment-region = { $variable } sets the Region { $region }.
environment-region_unknown = { $variable } isn’t used: { $region } isn’t an AWS Region.
environment-keys = AWS_ACCESS_KEY_ID is set, but the profile that you choose here is used.
environment-file = { $variable } is set to { $file }.

## Fetching a page: `reach-<code>`

reach-host_not_allowed = { $host } isn’t a known host, so it wasn’t contacted. Copy the link again.
reach-unreachable = Couldn’t reach { $host }. Check the network and the proxy.
reach-timeout = { $host } didn’t respond within 10 seconds. Try again.
reach-redirected = { $host } redirects to another page, and we don’t follow redirects. Your network might require a sign-in.
reach-too_large = { $host } sent more than 1 MB, so this isn’t the expected response.
reach-tls = { aws-tls }
reach-proxy = { aws-proxy }
reach-certificates = Couldn’t read the certificates in { $file }. Check the path in <code>AWS_CA_BUNDLE</code>, or <code>ca_bundle</code> in the AWS configuration.
reach-no_client = This computer can’t make HTTPS connections. Check its trusted certificates.

## The application’s metadata: `metadata-<code>`

metadata-no_address = The metadata link isn’t a valid address.
metadata-refused = The access portal has no metadata at this link.
metadata-host_not_allowed = { reach-host_not_allowed }
metadata-unreachable = { reach-unreachable }
metadata-timeout = { reach-timeout }
metadata-redirected = { reach-redirected }
metadata-too_large = { reach-too_large }
metadata-tls = { reach-tls }
metadata-proxy = { reach-proxy }
metadata-certificates = { reach-certificates }
metadata-no_client = { reach-no_client }

## Checking a nOps API key: `nops-<code>`

nops-unseen-refused = nOps returned status { $status }.
nops-unseen-web_page = nOps returned a web page, such as its sign-in page.
nops-unseen-other_redirect = nOps redirected to a page other than the AWS sign-in.
nops-unseen-unexpected = nOps returned a response in an unexpected format.
nops-shape = This isn’t a nOps API key: it’s empty or has characters that keys don’t use, such as spaces. Copy it again.
nops-refused = nOps doesn’t recognize this key. Copy it again, or create a new one.
nops-web_page = nOps returned a web page, as it does for unknown keys. Copy the key again, or create a new one.
nops-not_allowed = nOps denied access: this key might lack a permission. Use a key that can read reports.
nops-too_many = nOps is limiting requests. Wait a minute, then check again.
nops-unavailable = nOps reported a problem (status { $status }). Check again later.
nops-unexpected = Couldn’t read nOps’s response. The key might be right; you can continue without it.
nops-host_not_allowed = { reach-host_not_allowed }
nops-unreachable = { reach-unreachable }
nops-timeout = { reach-timeout }
nops-redirected = { reach-redirected }
nops-too_large = { reach-too_large }
nops-tls = { reach-tls }
nops-proxy = { reach-proxy }
nops-certificates = { reach-certificates }
nops-no_client = { reach-no_client }
