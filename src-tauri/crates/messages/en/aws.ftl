### Errors from AWS, its access portal and nOps (crates `identity-center`, `transport` and `nops`), and failed
### changes (crate `changes`).

## AWS: `aws-<code>` of AwsError

aws-denied = These credentials don’t allow <code>{ $action }</code>. Add the permission to the role or user, then try again.
aws-denied_by =
    { $kind ->
        [identity] A policy of { $principal } in account { $account } denies <code>{ $action }</code>. Remove the denial: adding the permission won’t help.
        [resource] A policy on { $resource } doesn’t allow { $principal } to use <code>{ $action }</code>. Ask its owner to allow this action.
        [service_control] A service control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action for account { $account }.
        [resource_control] A resource control policy of your organization denies <code>{ $action }</code>. Ask the management account’s administrator to allow this action.
        [boundary] The permissions boundary of { $principal } doesn’t allow <code>{ $action }</code>. Ask the IAM administrator of account { $account } to change the boundary.
        [session] The session policy of this sign-in doesn’t allow <code>{ $action }</code>. Sign in to { $principal } in a way that doesn’t limit the session.
        [vpc_endpoint] The policy of a VPC endpoint doesn’t allow <code>{ $action }</code>. Use another network, or ask the network team to allow this action.
        [trust] The role { $resource } doesn’t let { $principal } assume it. Add { $principal } to the role’s trust policy, and <code>{ $action }</code> to the permissions of { $principal }.
        [key] The policy of the KMS key { $resource } doesn’t allow { $principal } of account { $account } to use <code>{ $action }</code>. Ask the administrator of account { $owner } to add this role to the key policy.
        [account] { $resource } belongs to account { $owner }, and these credentials are for account { $account }. Connect with credentials for account { $owner }.
       *[unknown] A policy explicitly denies <code>{ $action }</code> to { $principal }. Ask the AWS administrator which policy: adding the permission won’t help.
    }{ $policy ->
        [none] { "" }
       *[named] { " " }Policy: { $policy }
    }
aws-key =
    { $reason ->
        [denied] The policy of IAM Identity Center’s KMS key doesn’t allow your role to use it. Ask the key’s administrator to add the role, with <code>kms:Decrypt</code>.
        [not_found] IAM Identity Center’s KMS key doesn’t exist or is in another Region. Check it in IAM Identity Center › Settings.
       *[unusable] IAM Identity Center’s KMS key is disabled or about to be deleted. Ask the key’s administrator to enable it.
    }
aws-wrong_region = AWS didn’t find this in the requested Region, or the Region isn’t enabled. Choose the primary Region, shown in IAM Identity Center › Settings.
aws-expired = Your AWS sign-in has ended. Sign in again or enter new temporary keys, then try again.
aws-bad_credentials = AWS doesn’t know these keys, or they don’t belong together. Copy all the keys again from the same page.
aws-no_credentials = Couldn’t find any credentials. Choose a profile that has credentials, or enter access keys.
aws-instance_metadata = This profile gets its keys from an EC2 instance or container, and this computer isn’t one. Choose another profile.
aws-credentials_timeout = The profile didn’t return credentials within a minute. Run the profile’s command in a terminal to see what it waits for.
aws-credentials_failed = Couldn’t load credentials for this profile. Run <code>aws sts get-caller-identity</code> with it to see why.
aws-credential_process =
    { $reason ->
        [not_found] Couldn’t find the program in this profile’s <code>credential_process</code>. Write its full path in the AWS configuration file, then try again: a desktop app may search fewer folders than a terminal.
        [unreadable] This profile’s <code>credential_process</code> didn’t return AWS credentials. Run it in a terminal to see its output; it may need input.
       *[failed] This profile’s <code>credential_process</code> failed. Run it in a terminal to see why; its sign-in may have ended.
    }
aws-wrong_code = AWS didn’t accept this MFA code: it’s from another device or already used. Wait for the next code, then enter it.
aws-sign_in_denied = Access was denied in the browser. Sign in again, and allow access in the browser.
aws-sign_in_lapsed = The sign-in expired after ten minutes with no response. Sign in again.
aws-unknown_portal = AWS has no access portal { $address } in { $region }. Copy the AWS access portal URL and the Region from IAM Identity Center › Settings.
aws-no_redirect = Couldn’t start the local sign-in page. Sign in with a code instead.
aws-no_role = You no longer have this role in this account. Sign in again, and choose another role.
aws-root = These are root user credentials. Use a role or user with the permissions for this setup.
aws-plain_endpoint = The endpoint { $endpoint } doesn’t use https, so AWS keys would be readable on the network. Nothing was sent. Correct AWS_ENDPOINT_URL or endpoint_url in the AWS configuration, then connect again.
aws-no_region = No Region is set. Enter the Region of IAM Identity Center, such as us-east-1.
aws-clock = This computer’s clock differs too much from AWS’s. Set it, then try again.
aws-throttled = AWS keeps limiting requests. Wait a minute, then continue.
aws-not_found = This no longer exists in AWS. Check again to see what’s there.
aws-conflict = AWS says this already exists under another name or address. Look for it in IAM Identity Center.
aws-validation = AWS doesn’t accept these values: “{ $message }”
aws-quota = This AWS account has reached a quota. Ask AWS to raise it, or remove what isn’t needed.
aws-unreachable =
    { $reason ->
        [name] Couldn’t reach { $host }: DNS lookup failed. Check the network and its DNS server.
        [refused] { $host } refused the connection. Check the network, the VPN and the firewall.
       *[broken] The connection to { $host } was lost. Check the network, then continue.
    }
aws-proxy = The proxy blocks { $host }. Ask to allow this host, or change <code>HTTPS_PROXY</code>.
aws-tls = This computer doesn’t trust the certificate of { $host }. If a proxy inspects traffic, set <code>AWS_CA_BUNDLE</code> to its root certificates.
aws-certificates = Couldn’t read the certificates in { $file }. Check the path in <code>AWS_CA_BUNDLE</code>.
aws-configuration = Couldn’t read the AWS configuration files. Run <code>aws configure list</code> to find the wrong line.
aws-timeout = { $host } didn’t respond in time. Check the network, then continue.
aws-unavailable = AWS has a problem ({ $code }). Wait a moment, then continue.
aws-unreadable = This answer isn’t from AWS. A proxy or your network’s sign-in page may have sent it.
aws-other = AWS returned { $code }. Look it up in the IAM Identity Center documentation.

## The browser page after a sign-in: `sign_in-page-<what>`

sign_in-page-done = You’re signed in. Close this page and return to nOps SSO Setup.
sign_in-page-denied = Access was denied. Close this page and return to nOps SSO Setup.
sign_in-page-else = This page waits for an AWS sign-in, and this wasn’t one. Return to nOps SSO Setup.

## Why a change failed, or why undo kept a resource

aws-not_done = This change isn’t in AWS. Plan again to make it.
aws-has_groups = Kept: the user is now in another group.
aws-has_accounts = Kept: it can now access AWS accounts.
aws-accounts_unseen = Kept: its access to AWS accounts isn’t visible.
aws-applications_unseen = Kept: its assignments to applications aren’t visible.
aws-has_applications = Kept: it’s now assigned to an application.
aws-has_members = Kept: the group has members that this setup didn’t add.

## Profiles of the AWS configuration files: `profile-<problem>`

profile-no_credentials = has no credentials
profile-mfa = needs an MFA code
profile-source_missing = its source_profile doesn’t exist
profile-session_missing = its sso_session doesn’t exist
profile-instance_metadata = works only on an EC2 instance or in a container

## Fetching a page: `reach-<code>`

reach-host_not_allowed = { $host } isn’t a known host, so it wasn’t contacted. Copy the link again.
reach-unreachable = Couldn’t reach { $host }. Check the network and the proxy.
reach-timeout = { $host } didn’t respond within 10 seconds. Try again.
reach-redirected = { $host } redirects to another page, which we don’t follow. Your network may require a sign-in.
reach-too_large = { $host } sent more than 1 MB: this isn’t the expected answer.
reach-tls = { aws-tls }
reach-proxy = { aws-proxy }
reach-certificates = { aws-certificates }
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
nops-unseen-unexpected = nOps’s answer isn’t in a known format.
nops-shape = This isn’t a nOps API key: it’s empty or has characters that keys don’t use, such as spaces. Copy it again.
nops-refused = nOps doesn’t know this key. Copy it again, or create a new one.
nops-web_page = nOps returned a web page, as it does for unknown keys. Copy the key again, or create a new one.
nops-not_allowed = nOps denied access: this key may lack a permission. Use one that can read reports.
nops-too_many = nOps is limiting requests. Wait a minute, then check again.
nops-unavailable = nOps has a problem (status { $status }). Check again later.
nops-unexpected = Couldn’t read nOps’s answer. The key may be right; you can continue without it.
nops-host_not_allowed = { reach-host_not_allowed }
nops-unreachable = { reach-unreachable }
nops-timeout = { reach-timeout }
nops-redirected = { reach-redirected }
nops-too_large = { reach-too_large }
nops-tls = { reach-tls }
nops-proxy = { reach-proxy }
nops-certificates = { reach-certificates }
nops-no_client = { reach-no_client }
