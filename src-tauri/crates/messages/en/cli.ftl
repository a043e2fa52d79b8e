### Messages and findings that only the command line shows.

finding-value_type =
    { $kind ->
        [text] { $key } must be text
        [flag] { $key } must be true or false
        [sign_in_test] { $key } must be passed, failed, or untried
       *[mappings] { $key } must be a list of rows
    }
    .detail =
        { $kind ->
            [text] The value was ignored. Put it in quotation marks, even if it’s an account ID.
            [mappings] The value was ignored. In each row, attribute, value, and format must be text.
           *[other] The value was ignored.
        }
    .fix = Correct the value
failure-file_too_large = { $file } is too large: { $bytes } bytes (limit: { $limit }).
failure-file_unreadable =
    { $cause ->
        [folder] { $file } is a folder. Specify a file.
        [missing] { $file } doesn’t exist. Check the name.
        [denied] Couldn’t read { $file }: permission denied.
        [special] { $file } isn’t a regular file.
       *[failed] Couldn’t read { $file }.
    }
failure-explain_unknown =
    { $codes ->
        [none] No finding has the code { $code }. Copy the code from the output of check, dry-run, or inspect.
       *[some] No finding has the code { $code }. Similar codes: { $codes }.
    }
check-explain = To learn more about a finding, run: nops-sso-setup explain CODE
failure-values_unreadable = { $file } isn’t a values document: check the JSON at line { $line }, column { $column }.
failure-argument_secret =
    { $kind ->
        [private_key] An argument contains a private key. Specify a file instead.
        [saml_response] An argument contains a SAML response. Specify a file instead.
        [link_token] An argument contains a link with a key, token, or password. Remove that part of the link.
        [aws_session_token] An argument contains an AWS session token. Use AWS_SESSION_TOKEN or a profile instead.
       *[aws_secret_key] An argument contains an AWS secret access key. Use AWS_SECRET_ACCESS_KEY or a profile instead.
    }

provision-redirected = AWS requests go to { $endpoint }, not to AWS. The environment or the AWS configuration redirects them.
provision-code = Enter the MFA code from { $device }, then press Enter:
failure-provision_columns = Use --columns like this: --columns "email=Work email,first_name=Name". The possible names are email, user_name, first_name, last_name, full_name, and status.
failure-provision_no_people = The file lists no people. Add one line for each person, with an email address.
provision-kept = Kept in the group: { $user_name }. { $reason }. To remove this member, add --also-remove { $user_name }.
failure-provision_unread_rows = Some lines of the list can’t be read, so no one can be removed. The first is line { $line }. Correct these lines.
failure-provision_managed = Another system manages the group, so no one can be removed here.
failure-provision_journal = To read people from standard input, specify a journal file with --journal.
failure-provision_held = Another run is using this journal file. Wait until that run is finished.
failure-provision_application = application_arn isn’t an application ARN. Copy the ARN from the application’s page, or remove application_arn to skip the assignment.
failure-provision_other_account = The credentials are for account { $caller }, but aws_account_id is { $named }. Use credentials for { $named }, or remove aws_account_id.
failure-provision_no_instance = These credentials don’t have access to this IAM Identity Center instance. Use the management account’s credentials, and check instance_arn and aws_region.
failure-provision_several_instances = These credentials have access to several IAM Identity Center instances. Set instance_arn to the one that you want to use.

failure-watch_unreadable =
    { $problem ->
        [unknown_version] { $file } is from a newer version of nOps SSO Setup. Update this computer’s version.
       *[other] { $file } is neither a setup file nor a values document. Check the name.
    }
failure-watch_unwritable = Couldn’t save the result of { $file }. The check itself is complete.
failure-watch_junit = Couldn’t save the JUnit file { $file }. The checks themselves are complete.
failure-watch_path = The name { $file } has a line break or control character, so it can’t be used in a schedule. Rename the file first.
failure-watch_version = A newer version of nOps SSO Setup saved { $file }. It was kept, so the result of this check isn’t saved.
failure-check_stopped = The check was stopped because the setup was opened or changed.
failure-watch_practice_missing = The practice mode of this setup isn’t on this computer. Check the setup in its original folder.
recheck-not-checked = Not checked: { $subject }. { $reason }
recheck-case-setup = Setup file
recheck-case-changed = Changed values
recheck-case-problems = Problems

failure-doctor_region = Set the Region of IAM Identity Center with --region.
doctor-rule-name = Let this computer find { $host } in DNS, or use a proxy that can.
doctor-rule-firewall = In the firewall, allow HTTPS (TCP port 443) to { $host }.
doctor-rule-proxy = On the proxy, allow connections to { $host }, port 443.
doctor-rule-inspection = Exclude { $host } from TLS inspection, or set AWS_CA_BUNDLE to the proxy’s root certificates.
cli-export-role = Say who the handover is for: --role aws or --role nops.
cli-export-fingerprint = Fingerprint to compare by phone: { $words }
