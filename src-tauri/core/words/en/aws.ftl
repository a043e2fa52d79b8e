### What AWS, its portal and nOps answer when they don't do what was asked: `identity_center`, `reach`,
### `nops`, and the changes of `change` that failed.

## AWS: `aws-<code>` of AwsError

aws-denied = These credentials may not do this: <code>{ $action }</code> is missing. Add it to the role or user, then look again.
aws-expired = The AWS sign-in has ended. Sign in again, or bring new temporary keys, then look again.
aws-bad_credentials = AWS does not know these keys, or they do not belong together. Copy all of them again from one place.
aws-no_credentials = No credentials were found. Choose a profile that has some, or enter access keys.
aws-instance_metadata = This profile takes its keys from an EC2 instance or a container, and this computer is neither. Choose another profile.
aws-credentials_timeout = The credentials did not come within a minute. Run the profile’s command in a terminal to see what it waits for.
aws-credentials_failed = The profile’s credentials could not be had. Run <code>aws sts get-caller-identity</code> with this profile to see why.
aws-credential_process =
    { $reason ->
        [not_found] The program of this profile’s <code>credential_process</code> was not found. What the desktop starts may look in fewer folders than a terminal does: write the program’s whole path in the AWS configuration file, then try again.
        [unreadable] The command of this profile’s <code>credential_process</code> wrote something that is no AWS credentials. Run it in a terminal to see what it writes; it may be asking for something.
       *[failed] The command of this profile’s <code>credential_process</code> ended with an error. Run it in a terminal to see which; a sign-in that it needs may have ended.
    }
aws-wrong_code = AWS does not take this MFA code: it is not of the profile’s device, or was used already. Wait for the next one and enter it.
aws-sign_in_denied = The sign-in was denied in the browser. Sign in again, and allow access there.
aws-sign_in_lapsed = Nobody answered in the browser while the sign-in was good, which is ten minutes. Sign in again.
aws-unknown_portal = AWS knows no access portal { $address } in { $region }. Copy the AWS access portal URL and the Region from IAM Identity Center › Settings.
aws-no_redirect = This computer opens no page for the browser to lead back to. Sign in with a code instead.
aws-no_role = Whoever signed in has no such role in this account any more. Sign in again, and choose another role.
aws-root = These are root credentials. Use a role or user with the permissions of this setup.
aws-plain_endpoint = The endpoint { $endpoint } doesn’t use https, so AWS keys would be readable on the network. Nothing was sent. Correct AWS_ENDPOINT_URL or endpoint_url in the AWS configuration, then connect again.
aws-no_region = No Region is named. Name the Region of IAM Identity Center, such as us-east-1.
aws-clock = This computer’s clock differs too much from AWS’s. Set it, then look again.
aws-throttled = AWS asked us to slow down, again and again. Wait a minute, then go on.
aws-not_found = AWS has no such thing any more. Look again to see what is there.
aws-conflict = AWS says that it is there already, under another name or address. Look for it in IAM Identity Center.
aws-validation = AWS does not take these values. It says: “{ $message }”
aws-quota = A quota of this AWS account is used up. Ask AWS to raise it, or remove what is not needed.
aws-unreachable =
    { $reason ->
        [name] The name { $host } has no address here. Check the network and its name server.
        [refused] { $host } does not take the connection. Check the network, the VPN and the firewall.
       *[broken] The connection to { $host } broke. Check the network, then go on.
    }
aws-proxy = The proxy does not let us reach { $host }. Ask for this host to be allowed, or change <code>HTTPS_PROXY</code>.
aws-tls = The certificate shown for { $host } is not trusted on this computer. Behind an inspecting proxy, name its root certificates in <code>AWS_CA_BUNDLE</code>.
aws-certificates = The file with certificates can’t be read: { $file }. Check what <code>AWS_CA_BUNDLE</code> names.
aws-configuration = The AWS configuration files can’t be read. Run <code>aws configure list</code> to see which line is wrong.
aws-timeout = { $host } did not answer in time. Check the network, then go on.
aws-unavailable = AWS has trouble of its own ({ $code }). Wait a little, then go on.
aws-unreadable = What answered is not what AWS answers. A proxy or a sign-in page of the network may stand between.
aws-other = AWS answered { $code }. Look it up in the documentation of IAM Identity Center.

## The page to which the browser leads back after a sign-in: `sign_in-page-<what>`

sign_in-page-done = You are signed in. Close this page and go back to nOps SSO Setup.
sign_in-page-denied = Access was denied. Close this page and go back to nOps SSO Setup.
sign_in-page-else = This page waits for a sign-in at AWS, and this was none.

## Why a change failed, beside AWS’s own reasons

aws-not_done = AWS was asked and it was not made. Plan again to make it.
aws-has_groups = Stays: the user is in another group by now.
aws-has_accounts = Stays: it may use AWS accounts by now.
aws-accounts_unseen = Stays: AWS does not let us see whether it may use AWS accounts by now.
aws-has_applications = Stays: it is assigned to an application by now.
aws-has_members = Stays: the group has members that this setup did not add.

## Profiles of the AWS configuration files: `profile-<problem>`

profile-no_credentials = names no way to credentials
profile-mfa = asks for an MFA code
profile-source_missing = its source_profile is not there
profile-session_missing = its sso_session is not there
profile-instance_metadata = works only on an EC2 instance or in a container

## Fetching a page: `reach-<code>`

reach-not_asked = { $host } is none of the hosts that are asked. Copy the link again.
reach-unreachable = { $host } can’t be reached. Check the network and the proxy.
reach-timeout = { $host } did not answer within 10 seconds. Try again.
reach-redirected = { $host } sends us elsewhere, and we don’t follow. A sign-in page of the network may stand between.
reach-too_large = { $host } answers with more than 1 MB, which is not what was asked for.
reach-tls = { aws-tls }
reach-proxy = { aws-proxy }
reach-certificates = { aws-certificates }
reach-no_client = This computer can’t make HTTPS connections. Check its trusted certificates.

## The application’s metadata: `metadata-<code>`

metadata-no_address = The link to the metadata can’t be read as an address.
metadata-refused = The access portal has no metadata under this link.
metadata-not_asked = { reach-not_asked }
metadata-unreachable = { reach-unreachable }
metadata-timeout = { reach-timeout }
metadata-redirected = { reach-redirected }
metadata-too_large = { reach-too_large }
metadata-tls = { reach-tls }
metadata-proxy = { reach-proxy }
metadata-certificates = { reach-certificates }
metadata-no_client = { reach-no_client }

## Checking a nOps API key: `nops-<code>`

nops-shape = This is no nOps API key: it is empty, or holds spaces or letters that no key has. Copy it again.
nops-refused = nOps does not know this key. Copy it again, or make a new one.
nops-web_page = nOps answered with a web page, as it does for a key that it does not know. Copy the key again, or make a new one.
nops-not_allowed = nOps refused what we asked with this key: it may lack a permission. Use a key that may read reports.
nops-too_many = nOps was asked too often. Wait a minute, then check again.
nops-unavailable = nOps has trouble of its own (status { $status }). Check again later.
nops-unexpected = nOps answered something that we can’t read. The key may be good; nothing here depends on it.
nops-not_asked = { reach-not_asked }
nops-unreachable = { reach-unreachable }
nops-timeout = { reach-timeout }
nops-redirected = { reach-redirected }
nops-too_large = { reach-too_large }
nops-tls = { reach-tls }
nops-proxy = { reach-proxy }
nops-certificates = { reach-certificates }
nops-no_client = { reach-no_client }
