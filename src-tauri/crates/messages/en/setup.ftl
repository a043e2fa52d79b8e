### Fields, steps, findings and fixes: the text for what the `setup` crate computes.

## Steps

step-start = Start
step-connect = Connect AWS
step-addresses = Get nOps addresses
step-application = Add the AWS application
step-mappings = Map attributes
step-dry_run = Dry run
step-details = Configure nOps
step-sign_in_tests = Test sign-in
step-people = Add people
step-finish = Finish

lock-application = Add the application in step 4 first
lock-issuer_and_certificate = Get the issuer and certificate in step 4 first
lock-nops_saved = Save the configuration in nOps (step 7) first
lock-setup = Open or start a setup first

waiting-nops_first_save = Waiting for nOps
waiting-application = Waiting for the application

# Open items of a step. They are listed after a colon.
open-repair_values = paste the values from both pages
open-repair_rest = paste the values that are still missing
open-differences = fix the problems that were found
open-connection = connect to AWS, or continue by hand
open-acs = paste the Assertion Consumer Service address
open-entity_id = paste the Entity ID
open-login_url = paste the Shareable Link
open-admin_signed_in = confirm that a nOps administrator stays signed in
open-admin_password = confirm that the nOps administrator’s password works
open-recovery = name a recovery administrator
open-application = add the application in AWS
open-issuer = get the issuer URL
open-certificate = get the certificate
open-submitted = confirm that you chose Submit in AWS
open-mappings = paste the attribute mappings from AWS
open-tester = choose a tester
open-dry_run = run the dry run
open-role = choose a default role
open-nops_saved = confirm that you saved in nOps
open-test_from_portal = test sign-in from the AWS access portal
open-test_from_nops = test sign-in from nOps
open-people = add people, or skip this step
open-people_changes = plan and make the changes
open-people_planned = make the planned changes
open-people_excluded = fix or remove the entries of people who can’t sign in
open-people_halted = finish or undo the interrupted changes
open-people_by_hand = confirm that everyone was added in AWS
open-people_password = choose how new people sign in for the first time
open-steps = finish the earlier steps
open-report = save the report

## Fields, labeled as in the consoles

field-aws_account_id = AWS account
field-aws_caller = Signed in as
field-organization_id = Organization
field-organization_features = Organization features
field-management_account_id = Management account
field-delegated_administrators = Delegated administrators
field-instance_arn = Identity Center instance
field-instance_kind = Instance type
field-instance_kms_key = Instance KMS key
field-instance_status = Instance status
field-identity_store_id = Identity store
field-aws_region = Region
field-aws_other_regions = Additional Regions
field-aws_unseen_regions = Regions not checked for applications
field-identity_source = Identity source
field-access_portal_url = Access portal
field-user_count = Users
field-users_named_otherwise = User names that aren’t email addresses
field-users_without_email = Users without an email address
field-portal_certificate_issuer = Issuer of the access portal’s TLS certificate
field-denied_actions = Denied actions
field-blocked_actions = Actions denied by policies
field-nops_like_applications = Possible nOps applications
field-sp_acs_url = <label>Assertion Consumer Service</label>
field-sp_entity_id = <label>Entity ID</label>
field-sp_login_url = <label>Shareable Link for IDP Login</label>
field-addresses_not_yet = nOps doesn’t show the addresses yet
field-admin_signed_in = An administrator stays signed in to nOps
field-admin_password = That administrator’s password works
field-recovery_administrator = Recovery administrator
field-aws_display_name = <label>Display name</label>
field-application_arn = Application ARN
field-application_region = Application Region
field-application_name = Application
field-application_visibility = Application visibility
field-application_status = Application status
field-application_kind = Application type
field-application_submitted = Application submitted in AWS
field-idp_link = Application link
field-idp_entity_id = <label>IAM Identity Center SAML issuer URL</label>
field-idp_sso_url = <label>IAM Identity Center sign-in URL</label>
field-idp_metadata_url = <label>IAM Identity Center SAML metadata file</label>
field-idp_metadata = Metadata file
field-idp_metadata_fetched = AWS metadata
field-idp_certificate = <label>IAM Identity Center certificate</label>
field-aws_acs_url = <label>Application ACS URL</label>
field-aws_audience = <label>Application SAML audience</label>
field-subject_mapping = Subject
field-attribute_mappings = Attribute mappings
field-tester = Tester
field-tester_user_id = Tester’s user ID
field-tester_assigned = Tester’s assignment
field-tester_password = Tester’s password
field-dry_run = Dry run
field-dry_run_unsupported = Copy XML doesn’t work
field-nops_sso_type = <label>Select SSO Type</label>
field-nops_issuer_url = <label>Issuer URL (entityId)</label>
field-nops_sso_endpoint = <label>SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)</label>
field-nops_x509 = <label>X.509 Certificate</label>
field-nops_default_role = <label>Default role</label>
field-nops_group_mapping = <label>Set nOps role based on SAML group</label>
field-nops_domain = <label>Domain</label>
field-nops_enforce = <label>Enforce SSO login for all domain users</label>
field-nops_saved = SSO configuration saved in nOps
field-test_from_portal = Sign-in from the AWS access portal
field-test_from_nops = Sign-in from nOps
field-configuration_saved = Application configuration saved in AWS
field-mappings_saved = Attribute mappings saved in AWS
field-tester_signed_in = Tester’s last sign-in
field-tester_sign_in_failed = Tester’s last failed sign-in
field-application_opened = Application opened by the tester
field-request_issuer = Issuer in nOps’s request
field-request_acs_url = ACS URL in nOps’s request
field-nops_asked_host = nOps host to check
field-nops_metadata_entity_id = Entity ID in nOps’s metadata
field-nops_metadata_acs_url = ACS URL in nOps’s metadata
field-nops_metadata_name_id_format = NameID format in nOps’s metadata
field-nops_saved_endpoint = SAML endpoint saved in nOps
field-request_name_id_format = NameID format in nOps’s request
field-confirmation_mail = Email confirmed
field-group = Group
field-people_added = Everyone on the list was added in AWS
field-people_skipped = Adding people was skipped
field-people_needed_by = Needed by
field-nops_team = nOps team members
field-nops_team_checked = nOps team checked without a list
field-new_people_password = How new people get a password
field-nops_api_client = nOps API key

mapping-column-attribute = <label>User attribute in the application</label>
mapping-column-value = <label>Maps to this string value or user attribute in IAM Identity Center</label>
mapping-column-format = <label>Format</label>

## Checks after connecting

check-account = Account
check-account-value =
    { $role ->
        [management] { $value }, the management account
        [delegated] { $value }, a delegated administrator for Identity Center
        [member] { $value } is a member account. For SAML applications, use the management account, { $management }, or a delegated administrator.
       *[unknown] { $value }
    }
check-organization = Organization
check-organization-value =
    { $features ->
        [ALL] { $value }, all features enabled
        [CONSOLIDATED_BILLING] { $value }, consolidated billing only
       *[other] { $value }
    }
check-instance = Identity Center
check-instance-value =
    { $status ->
        [ACTIVE] { $value }, active
       *[other] { $value }
    }
check-instance-none = Not enabled in any Region you can access
check-kind = Instance type
check-kind-value =
    { $value ->
        [organization] Organization instance: supports SAML applications
        [account] Account instance: doesn’t support SAML applications
       *[other] { $value }
    }
check-region = Region
check-region-value =
    { $others ->
        [none] { $value }, no additional Regions
        [unknown] { $value }
        [not_listed] { $value }. Couldn’t list additional Regions.
       *[other] { $value } (primary), { $others }
    }
check-identity_source = Identity source
check-identity_source-value =
    { $value ->
        [directory] Identity Center directory
        [scim] External identity provider (SCIM)
        [active_directory] Active Directory
       *[other] { $value }
    }
check-portal = Access portal
check-portal-value = { $value }
check-delegated = Delegated administrators
check-delegated-value =
    { $value ->
        [none] None
       *[other] { $value }
    }
check-application = nOps application
check-application-value =
    { $count ->
        [0]
            { $unseen ->
                [none] None yet
                [not_listed] None found. Only the primary Region was checked.
               *[other] None found. Not checked: { $unseen }.
            }
        [entered] From the value you entered
       *[other] { $value }
    }
check-unknown = Not checked: AWS denied access
check-off = Not checked: no AWS connection

## Findings

finding-addresses_swapped = The two nOps addresses are swapped
    .detail = The ACS address ends in ?acs, and the Entity ID ends in /metadata.
    .fix = Swap the addresses

finding-aws_addresses_swapped = ACS URL and audience are swapped in AWS
    .detail = On the nOps application’s page in AWS, choose Actions › Edit configuration. Paste the right value into each field, and save. Then copy the page again, and paste it here.
    .fix = Copy the right value

finding-link_empty = This field is empty on the page
    .detail =
    { $fix ->
        [copy] Fill in the field on the page, and save. Then paste the value here.
       *[again] Paste the value when the page shows it.
    }
    .fix =
    { $fix ->
        [copy] Copy the right value
       *[again] Paste the value
    }

finding-link_kind =
    { $given ->
        [nops_acs] This is nOps’s ACS address
        [nops_entity_id] This is nOps’s Entity ID
        [nops_shareable] This is nOps’s Shareable Link
        [nops_stem] The end of this nOps address is missing
        [nops_page] This link opens a different nOps page
        [aws_sign_in] This is the application’s sign-in link
        [aws_sign_out] This is the application’s sign-out link
        [aws_metadata] This is the application’s metadata link
        [aws_portal] This link opens the AWS access portal
        [aws_console] This link opens an AWS console page
        [aws_other] This is a different AWS address
        [aws_instance_issuer] This is Identity Center’s own Issuer URL
        [aws_inbound] This link is for external identity providers
        [arn] This is an ARN
        [id] This is an ID, not a link
        [other_link] We don’t recognize this link
        [certificate] This is a certificate, not a link
        [metadata] This is metadata, not a link
       *[text] This isn’t a link
    }
    .detail =
    { $wanted ->
        [nops_acs] This field takes the Assertion Consumer Service address, which ends in /?acs.
        [nops_entity_id] This field takes the Entity ID, which ends in /metadata.
        [nops_shareable] This field takes the Shareable Link for IDP Login.
        [aws_sign_in] This field takes the SAML issuer URL, which contains /saml/assertion/.
        [aws_endpoint] This field takes the sign-in URL, which contains /saml/assertion/.
        [aws_application] This field takes a link from the application’s page, the address of that page, or the application’s ARN.
        [aws_portal] This field takes the AWS access portal URL from Identity Center’s settings.
       *[aws_metadata] This field takes the metadata link, which contains /saml/metadata/.
    }
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the right link
       *[use_value] Use the right link
    }

finding-issuer_of_instance = This is Identity Center’s own Issuer URL
    .detail = It belongs to the Identity Center instance, not to the application. Copy the IAM Identity Center SAML issuer URL from the nOps application’s page.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the right link
       *[open] Open the application
    }

finding-page_without_values = Found no values in this text
    .detail = Copy one of these whole pages: the nOps application in AWS, its Edit attribute mappings page, or Organization Settings › SSO in nOps. AWS’s list of applications doesn’t show the values.

finding-link_not_used =
    { $given ->
        [cut] This link looks cut off
        [sample] This link is an example from a help page
        [nops_stem] The end of this nOps address is missing
        [nops_page] This link opens a different nOps page
        [aws_inbound] This link is for external identity providers
        [aws_other] This is a different AWS address
        [aws_instance_issuer] This is Identity Center’s own Issuer URL
        [arn] This ARN is for a different resource
       *[other_link] We don’t recognize this link
    }
    .detail =
    { $given ->
        [cut] It was ignored. Copy it with the page’s copy button.
        [sample] It was ignored. Copy the link from your own page.
        [nops_stem] It was ignored. Copy it with the page’s copy button.
        [aws_instance_issuer] It was ignored. Copy the SAML issuer URL from the nOps application’s page.
       *[other_link] It was ignored, because the setup doesn’t need it.
    }

finding-console_link_lacks =
    { $lacks ->
        [account] This console link doesn’t include the account ID
        [application] This console link doesn’t include an application
       *[news] This console link adds nothing new
    }
    .detail =
    { $lacks ->
        [account] Paste the application’s ARN or SAML issuer URL. Both contain the account ID.
        [application] Paste the SAML issuer URL or ARN from the nOps application’s page in AWS.
       *[news] Its values are already known.
    }
    .fix = Paste another link

finding-link_sample = This link is an example from a help page
    .detail = Your own link has an ID instead of { $placeholder }. Copy it from the page.
    .fix =
    { $fix ->
        [copy] Copy the right link
       *[again] Paste your own link
    }

finding-link_cut = This value looks cut off
    .detail =
    { $of ->
        [portal] The part after the last slash should have 44 characters. Use the page’s copy button.
        [nops] The nOps page shortens the address. Use its copy button.
        [arn] The ARN is too short. Copy all of it.
       *[other] It ends in dots. Use the page’s copy button.
    }
    .fix =
    { $fix ->
        [copy] Copy the right link
       *[again] Paste the link again
    }

finding-link_doubled = This value was pasted twice
    .detail = The field takes only one copy.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste it once
       *[use_value] Keep one copy
    }

finding-link_several = This text contains several links
    .detail = This field takes one link. On the page, copy only the link with this label.
    .fix =
    { $fix ->
        [copy] Copy the right link
       *[again] Paste one link
    }

finding-link_wrapped = An email program rewrote this link
    .detail = The link now goes through { $host } first. It still contains the original link.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the original link
       *[use_value] Use the original link
    }

finding-link_scheme = nOps links start with https
    .detail =
    { $scheme ->
        [none] The https:// at the start is missing.
       *[other] This link starts with { $scheme }.
    }
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the right link
       *[use_value] Change it to https
    }

finding-link_host = This isn’t nOps’s usual host
    .detail = If your nOps page shows { $host }, keep it. Partners and test systems don’t use { $usual }.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the right link
       *[use_value] Use { $usual }
    }

finding-issuer_dual_stack = This host is for sign-in links, not issuers
    .detail = The sign-in link’s host can end in api.aws, but the issuer’s host ends in amazonaws.com.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste the issuer
       *[use_value] Use the issuer
    }

finding-link_not_exact = This link doesn’t exactly match AWS’s link
    .detail = Sign-in works only if every character matches.
    .fix =
    { $fix ->
        [copy] Copy the right link
        [again] Paste AWS’s link
       *[use_value] Use AWS’s spelling
    }

finding-tenants_differ = These addresses belong to two nOps organizations
    .detail = Copy all addresses from the same nOps page. The Assertion Consumer Service contains { $first }, but this address contains { $other }.
    .fix = Paste the address again

finding-copy_differs = AWS and nOps have different values
    .detail = The values must match exactly. Correct this one on its page, save, and paste the new value here.
    .fix = Copy the right value

finding-application_kind =
    { $name ->
        [none] The application
       *[other] { $name }
    } looks like { $kind ->
        [oauth] an OAuth application
       *[other] a catalog application
    }
    .detail = nOps needs a customer managed SAML application. In AWS, choose Add application › I have an application I want to set up › SAML 2.0.
    .know = Based on the application’s provider in AWS.
    .fix = Open Applications

finding-application_gone =
    { $name ->
        [none] The application is no longer in AWS
       *[other] { $name } is no longer in AWS
    }
    .detail = It might have been deleted. Add it again with the file from step 4, and repeat the later steps: its links and certificate will be new, and no one will be assigned.
    .fix = Open Applications
finding-application_hidden =
    { $name ->
        [none] The application is hidden in the access portal
       *[other] { $name } is hidden in the access portal
    }
    .detail = Users can’t see the nOps tile in the portal. Make the application visible, or use only the Shareable Link.
    .fix = Open the application
finding-application_disabled =
    { $name ->
        [none] The application is disabled in AWS
       *[other] { $name } is disabled in AWS
    }
    .detail = Users can’t sign in to nOps until you enable it.
    .fix = Open the application

finding-application_of_other_instance = This application belongs to another Identity Center instance
    .detail = Copy the ARN of the application in the instance that you’re connected to.
    .fix = Paste the right ARN

finding-link_of_other_account = This link belongs to another AWS account
    .detail = Use a link from the account that you’re connected to, or connect to the other account.
    .fix =
    { $fix ->
        [replace_application] Use this application instead
       *[other] Paste the right link
    }

finding-link_of_other_application = This value belongs to another AWS application
    .detail =
    { $name ->
        [none] It isn’t from the application in this setup.
       *[other] It isn’t from { $name }, the application in this setup.
    }
    .fix =
    { $fix ->
        [replace_application] Use this application instead
       *[other] Paste the right link
    }

finding-values_of_two_applications = These values come from two AWS applications
    .detail = Copy all of them from the nOps application’s page.
    .fix =
    { $fix ->
        [replace_application] Use this application instead
       *[other] Paste the nOps application’s value
    }

finding-link_of_other_region = This link belongs to another Region
    .detail =
    { $of ->
        [application] AWS lists the application in a different Region.
       *[instance] Identity Center isn’t enabled in that Region.
    }
    .know = Based on the Region in the link’s host.
    .fix = Paste the right link

finding-other_partition = This value belongs to another AWS partition
    .detail = An application’s ARN, Region, and links are all in the same partition.
    .fix = Enter the right value

finding-application_in_other_region = The application is in { $region }
    .detail = Manage the application and its assignments in { $region }. Manage users and groups in the primary Region, { $primary }.

finding-issuer_and_endpoint_differ = AWS’s issuer and sign-in URL differ
    .detail = In Identity Center, both are the same link.
    .fix = Use the issuer for both

finding-certificate_expired = The certificate expired on { $until }
    .detail = Generate a new one in AWS before you continue.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_not_yet_valid = The certificate isn’t valid before { $from }
    .detail = Check this computer’s clock first.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_expires_soon =
    { $days ->
        [one] The certificate expires on { $until } (1 day left)
       *[other] The certificate expires on { $until } ({ $days } days left)
    }
    .detail = Plan to replace it in AWS and in nOps.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_weak_key = The certificate has a weak key: { $key }
    .detail = AWS uses RSA 2048. Generate a new certificate in AWS.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_weak_signature = The certificate has a weak signature: { $algorithm }
    .detail = AWS uses SHA-256. Generate a new certificate in AWS.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_key_type = The certificate has an unusual key: { $key }
    .detail = Identity Center uses RSA, so this might be a different certificate.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_self_signature = The certificate was altered
    .detail = Its signature doesn’t match its content. Download it again from AWS.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_issued_by_other = The certificate isn’t self-signed
    .detail = Identity Center certificates are self-signed, so this might be a different certificate.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_other_use =
    { $use ->
        [authority] This is a certificate authority’s certificate
        [web_server] This is a web server certificate
       *[other] This certificate signs code or email
    }
    .detail = Identity Center certificates only sign SAML responses, so this might be a different certificate.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-several_certificates = AWS’s metadata has { $count } certificates
    .detail = AWS signs with one of these: SHA-256 { $fingerprints }. The application’s page shows which one is active.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }

finding-certificate_of_other_application = The certificate isn’t in AWS’s metadata
    .detail = The names match, but the fingerprints don’t. This certificate might be older or from another application.
    .fix = Choose the right file

finding-certificate_unlike_aws = This certificate doesn’t look like AWS’s
    .detail =
        { $kind ->
            [authority] It’s a certificate authority’s certificate ({ $subject }), issued by { $issuer }.
            [web_server] It’s a web server certificate ({ $subject }), issued by { $issuer }.
            [own] It’s self-signed by { $subject }, so it’s probably from another server or identity provider.
           *[issued] { $issuer } issued it to { $subject }, so it’s probably from a website or another identity provider.
        } Download the right one from the nOps application in AWS.
    .fix = Use another certificate

finding-certificate_not_from_aws = The certificate isn’t from IAM Identity Center
    .detail =
        { $kind ->
            [authority] It’s a certificate authority’s certificate ({ $subject }), issued by { $issuer }. Download the right one from the nOps application in AWS.
            [web_server] It’s a web server certificate ({ $subject }), issued by { $issuer }. Download the right one from the nOps application in AWS.
            [own] It’s self-signed by { $subject }, so it’s probably from another server or identity provider. Download the right one from the nOps application in AWS.
           *[issued] { $issuer } issued it to { $subject }, so it’s probably from a website or another identity provider. Download the right one from the nOps application in AWS.
        }
    .fix = Use another certificate

finding-nops_certificate_missing = nOps has no certificate
    .detail = The X.509 Certificate field is empty. Paste the certificate there and save.
    .fix = Copy the certificate

finding-nops_certificate_unreadable = The value in nOps isn’t a certificate
    .detail = Replace it with the certificate, and save. nOps accepts any text without checking it.
    .fix = Copy the certificate

finding-nops_certificate_differs = nOps has a different certificate
    .detail = nOps would reject every sign-in. Paste the certificate that AWS signs with, and save.
    .fix = Copy the certificate

finding-mapping_name = The attribute has a different name in AWS
    .detail = Correct the name and save. It must match exactly, including capital letters.
    .fix = Copy the name

finding-mapping_twice = { $attribute } is in the AWS table twice
    .detail = Delete row { $row } and save: duplicate names cause an error in nOps.
    .fix = Open the application

finding-mapping_extra = { $attribute } isn’t needed
    .detail = You can delete this row. nOps needs only four attributes, and it reads groups only from Okta.
    .know = Based on nOps’s help pages.
    .fix = Open the application

finding-mapping_missing = { $attribute } is missing in AWS
    .detail = Add the row and save. nOps’s help page says sign-in fails without it.
    .fix = Copy the name

finding-mapping_empty = { $attribute } has no value in AWS
    .detail = Fill in the value and save. Otherwise, AWS sends no value.
    .fix = Copy the value

finding-mapping_value = { $attribute } maps to the wrong attribute
    .detail = Correct the value in row { $row } and save. Otherwise, AWS sends a different attribute.
    .fix = Copy the value

finding-mapping_marks =
    { $missing ->
        [dollar] { $attribute } needs a dollar sign
        [braces] { $attribute } needs braces
       *[both] { $attribute } needs a dollar sign and braces
    }
    .detail = Add the missing characters to the value in row { $row } and save. Otherwise, AWS sends this text instead of the user’s value.
    .fix = Copy the value

finding-mapping_cut = The copied value is cut off
    .detail = We couldn’t check { $attribute }. Copy the table again, and include the whole value.
    .fix = Paste the table again

finding-mapping_no_values = The copied table has no values
    .detail = Copy the whole page, or use another browser: some don’t copy the text in form fields. If the fields in AWS are empty, fill them in and save.
    .fix = Paste the table again

finding-mapping_literal = AWS would send fixed text for { $attribute }
    .detail = Correct the value and save. AWS sends a user’s value only for an expression such as {"${user:email}"}.
    .fix = Copy the value

finding-mapping_format = { $attribute } has a different format
    .detail = Choose the expected format in row { $row } and save.
    .know = Based on nOps’s help page. Other formats might also work.
    .fix = Open the application

finding-subject_no_address =
    { $count ->
        [one] 1 user name isn’t an email address
       *[other] { $count } of { $users } user names aren’t email addresses
    }
    .detail = The emailAddress format needs an email address. If everyone has one, use it as Subject.
    .know = Inferred from AWS’s guides.
    .fix = Use the email address

finding-subject_empty_for_some =
    { $count ->
        [one] 1 of { $users } users has no email address
       *[other] { $count } of { $users } users have no email address
    }
    .detail = Add their addresses in AWS, or use the user name as Subject.
    .fix = Open Users

finding-tester_unassigned = The tester isn’t assigned in AWS
    .detail =
    { $tester ->
        [none] The tester
       *[other] { $tester }
    } can’t see the nOps tile. Assign the tester in step 6 or in AWS.
    .fix = Assign the tester

finding-tester_password = The tester might not have an AWS password
    .detail = If so, choose Reset password on the user’s page in AWS, or turn on Send email OTP in Settings.
    .fix = Open Users

finding-tester_sign_in_failed = The tester’s AWS sign-in failed
    .detail =
        { $credential ->
            [PASSWORD] AWS rejected the password on { $at }. Try again, or choose Reset password on the user’s page in AWS.
            [TOTP] AWS rejected the authenticator app’s code on { $at }. Try again, or check the user’s MFA devices in AWS.
            [EMAIL_OTP] AWS rejected the emailed code on { $at }. Try again with a new code.
            [UNFINISHED] AWS accepted a password or code on { $at }, but the sign-in didn’t finish. The tester might have to set up MFA or choose a new password.
           *[other] AWS rejected a sign-in on { $at }. Try again, or check the user’s page in AWS.
        }
    .know = Based on AWS’s event history.
    .fix = Open Users

finding-dry_run_failed =
    { $failed ->
        [one] 1 dry run check failed
       *[other] { $failed } dry run checks failed
    }
    .detail = Fix the problems in the table, then paste a new response.
    .fix = Paste a new response

finding-dry_run_stale = A value changed after the dry run
    .detail = Repeat the dry run with a new response.
    .fix = Paste a new response

finding-dry_run_open = No dry run yet
    .detail = If Copy XML doesn’t work, continue with step 8, which shows the same errors. Ready to enforce still requires a passing dry run.

finding-sso_type = nOps has a different SSO type
    .detail = Choose AWS in Select SSO Type, then check the addresses again: they might change.
    .know = Inferred from the page’s labels.
    .fix = Open the SSO page

finding-role_partner = This role is for the partner portal
    .detail = { $role } works only in nOps’s partner portal. Choose the client role in nOps.
    .know = Based on the roles in nOps’s help pages.
    .fix = Use the client role

finding-role_admin = New nOps users would become administrators
    .detail =
        { $saved ->
            [yes] { $role } can change everything, including SSO. Choose the member role in nOps and save. Then choose it in step 7.
           *[no] { $role } can change everything, including SSO. Give this role to individual people later.
        }
    .fix =
        { $saved ->
            [yes] Open the SSO page
           *[no] Use the member role
        }

finding-group_mapping = nOps is set to read roles from groups
    .detail = Turn this setting off and use the default role. nOps reads groups only from Okta.
    .fix = Open the SSO page

finding-nops_not_saved = nOps showed an error when saving
    .detail = Check the issuer URL, endpoint, and certificate. Then choose Setup SSO Configuration or Update SSO Configurations again.
    .fix = Open the SSO page

finding-recovery_no_address = The recovery administrator needs an email address
    .detail = Enter the email address that this administrator uses to sign in to nOps with a password.
    .fix = Enter the email address

finding-recovery_in_domain = The recovery administrator is also in { $domain }
    .detail = Enforce would also lock out this administrator. Choose someone in another domain.
    .fix = Choose someone else
finding-recovery_below_domain = The recovery administrator uses a subdomain of { $domain }
    .detail = Choose someone in another domain. nOps doesn’t document whether Enforce covers subdomains.
    .fix = Choose someone else
finding-team_below_domain =
    { $count ->
        [one] 1 team member uses a subdomain of { $domain }
       *[other] { $count } team members use subdomains of { $domain }
    }
    .detail = Before you enforce, ask nOps whether Enforce covers subdomains. If it does, these members can sign in only through AWS.
    .fix = Ask nOps about subdomains

finding-enforce_early = nOps enforces SSO before all conditions are met
    .detail = Enforce locks out users who can’t sign in through AWS. Turn it off in nOps until step 10 shows Ready to enforce.
    .fix = Open the SSO page

finding-sign_in_test_failed =
    { $test ->
        [portal] Sign-in from the AWS access portal failed
       *[nops] Sign-in from nOps failed
    }
    .detail = To find the cause, paste the error message from the page. Fix it, and test again.
    .fix = Report the result

finding-sign_in_test_stale =
    { $test ->
        [portal] A value changed after the access portal test
       *[nops] A value changed after the nOps test
    }
    .detail = Test again.
    .fix = Report the result

finding-mail_not_confirmed = nOps is waiting for an email confirmation
    .detail = Open the link in nOps’s email, then sign in again. nOps asks each person once, at the first sign-in.

finding-keychain_keeps = The keychain still has your old keys
    .detail = { $reason } To remove the AWS or nOps keys yourself, delete the entries named nops-sso-setup.
    .fix = Delete the keychain entries
finding-access_ends_soon = Your AWS access expires within ten minutes
    .detail = Renew it now: in the browser, with a new MFA code, or with <code>aws sso login</code>. If it expires during changes, they stop after the current change and continue when you sign in again.
    .fix = Sign in again
finding-member_account = This account can’t set up SAML applications
    .detail = Use the management account or a delegated administrator, or continue without AWS access.
finding-maybe_member_account = This isn’t the management account
    .detail = You can continue if this account is a delegated administrator for Identity Center. We couldn’t check this.
    .know = AWS denied access to the list of delegated administrators.
finding-identity_center_off = Identity Center isn’t enabled
    .detail = AWS lists no instance in any Region that you can access. Enable IAM Identity Center in the management account.
    .fix = Open Identity Center
finding-account_instance = This might be an account instance
    .detail = If Add application doesn’t offer SAML 2.0, connect to the management account: only organization instances support it.
    .know = An account other than the management account owns this instance.
finding-kms_key = Identity Center uses a customer managed KMS key
    .detail = You need the kms:Decrypt permission for { $key }. Copy the policy, which includes it.
    .fix = Copy the policy
finding-instance_not_active = The Identity Center instance isn’t active
    .detail = Wait until its status is ACTIVE, then check again.
    .fix = Check again
finding-regions_unseen = Some Regions weren’t checked for applications
    .detail = AWS didn’t list the applications in { $regions }. Your organization might restrict these Regions. If the nOps application is in one of them, paste its link.
    .fix = Check again
finding-organization_features = The organization has only consolidated billing
    .detail = Enable all features in AWS Organizations: Identity Center needs them.
finding-actions_denied =
    { $count ->
        [one] AWS denied 1 action
       *[other] AWS denied { $count } actions
    }
    .detail = You can continue without the checks that need these actions. To run them, copy the policy and add it to your role or user.
    .fix = Copy the policy
finding-actions_blocked =
    { $kind ->
        [service_control] A service control policy denies AWS actions
        [resource_control] A resource control policy denies AWS actions
        [boundary] A permissions boundary denies AWS actions
        [session] A session policy denies AWS actions
        [vpc_endpoint] A VPC endpoint policy denies AWS actions
        [key] Identity Center’s KMS key can’t be used
        [account] These AWS credentials are for another account
       *[other] An AWS policy denies actions
    }
    .detail = { $reason } You can also continue without AWS access.
finding-group_empty = Group { $group } has no members
    .detail = Add people in step 9 or in the system that manages the group. Then check again.
    .fix = Open Groups
finding-nested_members =
    { $count ->
        [one] 1 group member isn’t a user
       *[other] { $count } group members aren’t users
    }
    .detail = If they’re nested groups, add their members directly: an assignment doesn’t include members of nested groups.
    .know = AWS doesn’t list these members as users.
finding-directory_not_listed = Only people on your list were looked up
    .detail = The directory is large, so we didn’t read all of it. We might miss an existing user whose name or email differs only in capitalization. If AWS rejects the duplicate, we use the existing user. Other group members weren’t checked.
finding-people_come_from_elsewhere =
    { $source ->
        [active_directory] Your users come from Active Directory
       *[scim] Your users come from an external identity provider
    }
    .detail = Add people and groups there, then choose an existing group in step 9. Users created here couldn’t sign in.
    .know = Based on the identity source in step 2.
finding-network_inspected = A proxy might inspect your connection to AWS
    .detail = Such a proxy can read and change traffic, including the metadata. Compare the certificate with the one that you download from the AWS console.
    .know = Amazon usually issues the access portal’s TLS certificate. This one has a different issuer.

finding-unknown_key = Unknown key { $key }
    .detail = It was ignored, because values documents don’t have this key.
finding-secret_pasted =
    { $kind ->
        [aws_secret_key] This text contains an AWS secret access key
        [aws_session_token] This text contains an AWS session token
        [saml_response] This is a SAML response
        [link_token] This link contains a key, token, or password
       *[private_key] This is a private key
    }
    .detail =
        { $kind ->
            [private_key] We didn’t keep it. The setup needs only the certificate.
            [saml_response] We didn’t keep it. Paste responses only in step 6.
            [link_token] We didn’t keep it. Paste the link without that part.
           *[other] We didn’t keep it. Enter access keys only in step 2. If other people can see this text, rotate the key in AWS.
        }
    .fix = Paste the right value
finding-too_long = This text is too long for the field
    .detail = It wasn’t saved. Paste only the value.
    .fix = Paste the value again
finding-unreadable_value =
    { $field ->
        [aws_account_id] An AWS account ID has 12 digits
        [aws_region] A Region looks like us-east-1
        [application_arn] This isn’t an application ARN
        [attribute_mappings] Couldn’t find a table in this text
       *[other] Couldn’t read this value
    }
    .detail =
    { $field ->
        [attribute_mappings] Nothing was saved. In AWS, open nOps, and choose Actions › Edit attribute mappings. Copy that whole page.
       *[other] It wasn’t saved, and the previous value didn’t change.
    }
    .fix = Paste the value again
finding-metadata_extracted = Found the metadata inside other text
    .detail = The rest of the text was ignored.
finding-metadata_valid_until = This metadata expired on { $on }
    .detail = Download it again from the nOps application’s page. Its certificate or links might have changed.
    .fix = Open the application
finding-metadata_protocol = This metadata is for SAML 1.1
    .detail = nOps needs SAML 2.0. Download the IAM Identity Center SAML metadata file from the nOps application’s page.
    .fix = Open the application
finding-metadata_entity_id_length = The entity ID in this metadata is too long
    .detail = It has { $length } characters. SAML allows at most 1024. Download the metadata again from the nOps application’s page.
    .fix = Open the application
finding-metadata_several_certificates = This metadata has { $count } signing certificates
    .detail = AWS signs with one of them. In nOps, use the one that’s active on the application’s page in AWS.
    .fix =
        { $fix ->
            [rotate] Replace the certificate
           *[other] Open the application
        }
finding-cleanups =
    { $count ->
        [one] Removed 1 extra character around the value
       *[other] Removed { $count } extra characters around the value
    }
finding-connection_failed = Couldn’t get data from AWS
    .detail = { $reason }
    .fix = Try again
finding-sign_in_failed = Couldn’t sign in to AWS
    .detail = { $reason }
finding-sign_in_no_account = No AWS account is available with this sign-in
    .detail = Ask your administrator for a permission set. If you get access through account access manager, run <code>aws login</code> in a terminal, then connect with that profile.
finding-metadata_unreachable = Couldn’t get the metadata from AWS
    .detail = { $reason } You can also drop the metadata file or the certificate here.
    .fix = Try again
finding-tester_not_found = Couldn’t find this user in Identity Center
    .detail = No user has the user name or primary email address { $who }.
    .fix = Choose another tester
finding-tester_not_user_name = This isn’t an AWS user name
    .detail = User names and email addresses have no spaces. Copy { $who }’s user name from the user’s page in AWS.
    .fix = Enter the user name
finding-tester_no_email = The tester has no email address
    .detail = AWS would show “No access”. Add a primary email address in AWS, or choose another tester.
    .fix = Open Users
finding-tester_disabled = The tester is disabled in AWS
    .detail = Enable the user in AWS, or choose another tester.
    .fix = Open Users
finding-assignment_refused = AWS refused the assignment
    .detail = { $reason } Assign the tester on the application’s page in AWS instead.
    .fix = Open the application
finding-nops_key_refused = nOps didn’t accept the API key
    .detail = { $reason }
    .fix = Open the API key page
finding-accounts_unseen = Couldn’t check access to AWS accounts
    .detail = Users and groups from this setup weren’t deleted, because they might have access to AWS accounts. Add the policy and undo again, or check their access in AWS and delete them there.
    .fix = Copy the policy
finding-people_unsettled = Couldn’t check all interrupted changes
    .detail =
        { $count ->
            [one] 1 change wasn’t checked:
           *[other] { $count } changes weren’t checked:
        } { $reason } You can continue with other changes. If you’ve lost access to AWS, mark the change as unknown in the list.
    .fix = Check again
finding-people_job_failed = The changes in AWS stopped
    .detail = { $reason } The change history shows what was done.
    .fix = Try again

fix-use_value = Use the right value
fix-swap = Swap the values
fix-replace_application = Use this application instead
fix-copy = Copy the right value
fix-open = Open the page
fix-go = Go to step { $number }
fix-again = Paste the value again
fix-again-file = Choose the file again
fix-look = Check again
fix-keep = Keep this value: the page shows it
fix-keep-undo = Check this value again
fix-recheck =
    { $field ->
        [attribute_mappings] Fixed it? Show where to paste the table
       *[other] Fixed it? Show where to paste the value
    }

finding-expected = Expected
finding-received = Received
finding-given = Entered
severity-error = Error
severity-warning = Warning
severity-info = Note

## Ready to enforce

condition-dry_run-met = Dry run passed on { $at }
condition-dry_run-declared = The tester reported a passing dry run on { $at }
condition-dry_run-stale = Dry run passed on { $at }, before the last change
condition-dry_run-missing = A passing dry run
condition-sign_in_tests-declared = Both sign-in tests passed, as reported
condition-sign_in_tests-stale = Both sign-in tests passed before the last change
condition-sign_in_tests-missing = { $passed } of 2 sign-in tests passed
condition-contradictions-met = Nothing from AWS or nOps contradicts these results
condition-contradictions-missing =
    { $count ->
        [one] 1 open error contradicts these results
       *[other] { $count } open errors contradict these results
    }
condition-recovery-declared = Recovery administrator outside { $domain }: { $name }
condition-recovery-missing = A recovery administrator outside the domain
condition-domain-met =
    { $people ->
        [one] The only person is in domain { $domain }
       *[other] All { $people } people (including the tester) are in domain { $domain }
    }
condition-domain-missing =
    { $domain ->
        [none] No domain entered for Enforce yet
       *[other]
            { $people ->
                [0] No people to compare with domain { $domain }
                [one] The only person isn’t in domain { $domain }
               *[other]
                    { $others ->
                        [one] 1 of { $people } people (including the tester) isn’t in domain { $domain }
                       *[other] { $others } of { $people } people (including the tester) aren’t in domain { $domain }
                    }
            }
    }
condition-people-met =
    { $listed ->
        [one] The only person on the list was added
       *[other] All { $listed } people on the list were added
    }
condition-people-declared =
    { $listed ->
        [one] The only person on the list was added in AWS
       *[other] All { $listed } people on the list were added in AWS
    }
condition-people-missing = People added: { $added } of { $listed } on the list
condition-team-declared =
    { $members ->
        [0] Enforce won’t lock out anyone on the nOps team
        [one] The only nOps team member can sign in through AWS or is outside the domain
       *[other] All { $members } nOps team members can sign in through AWS or are outside the domain
    }
condition-team-missing =
    { $members ->
        [0] The nOps team hasn’t been compared with the people who sign in through AWS
       *[other]
            { $locked_out ->
                [0] nOps team: enter the domain to see who would be locked out
                [one] 1 of { $members } nOps team members would be locked out
               *[other] { $locked_out } of { $members } nOps team members would be locked out
            }
    }
source-observed = read automatically
source-imported = from { $file }
source-imported-plain = from a file
source-entered = entered
source-derived = derived from { $from }
source-declared = you confirmed

## Why an action failed

failure-no_setup = No setup is open. Open one first.
failure-setup_not_found = This setup is no longer on this computer. Check the list of setups again.
failure-setup_held = This setup is open in another window. Close it there first.
failure-name_empty = Enter a name.
failure-names_no_application = This value doesn’t identify an AWS application. Paste the application’s link or ARN.
failure-not_kept_field = This value is no longer available. Check the field again.
failure-changes_running =
    { $job ->
        [apply] Changes for { $setup } are being made in AWS.
        [undo] Changes for { $setup } are being undone in AWS.
        [reconcile] Interrupted changes for { $setup } are being checked in AWS.
       *[other] An assignment for { $setup } is being changed in AWS.
    } Wait until this is finished, or stop it. Then try again.
failure-not_open = This change already has a result. Check the change history again.
failure-busy = Another task is running. Wait until it’s finished, or stop it.
failure-nothing_to_copy = There’s nothing to copy yet.
failure-no_document = Can’t create this file yet: a value is missing.
failure-no_page = This page’s address isn’t known yet. Open the page yourself.
failure-connection_unconfirmed = This setup’s profile was chosen on another computer. In step 2, connect with it or choose another way to connect.
failure-no_connection = There’s no connection to AWS. Connect in step 2, or continue without AWS access.
failure-no_nops_address = The nOps addresses have changed. Check nOps again.
failure-no_application = The application isn’t known yet. Add it in step 4.
failure-no_tester = Choose a tester first.
failure-no_pause = There’s nothing to pause.
failure-no_plan = The plan has changed. Review it again.
failure-practice_port = Couldn’t start practice mode: this computer refused a local connection. Allow nOps SSO Setup to listen on 127.0.0.1, then try again.
failure-practice_state = Couldn’t read the saved practice data, so it wasn’t changed. Start a new practice setup.
failure-downloads = Couldn’t read the Downloads folder. Choose the file instead.
failure-nothing_to_paste = The clipboard has no readable text or file. Copy the value again.
failure-clipboard =
    { $problem ->
        [occupied] Another program is using the clipboard. Try again.
       *[failed] Couldn’t use the clipboard. Try again.
    }
failure-browser = Couldn’t open a browser. Open this address yourself: { $url }
failure-start_display = The window needs a desktop session. Start nOps SSO Setup from a desktop. To list its commands, run: nops-sso-setup --help
failure-start_folder =
    { $problem ->
        [disk_full] The disk is full, so nOps SSO Setup can’t save anything. Free up space on the disk that has { $folder }, then start again.
        [disk_refused] nOps SSO Setup can’t write to { $folder }. Change the folder’s permissions, or set NOPS_SSO_SETUP_DIR to another folder, then start again.
       *[disk_failed] nOps SSO Setup can’t create the folder { $folder }. Check that the disk works and that no file has this name, or set NOPS_SSO_SETUP_DIR to another folder. Then start again.
    }
failure-start_window = Couldn’t open the window. Install or update this computer’s web view (WebKitGTK or WebView2), then start again.
failure-start_page = The window opened, but its page didn’t load. Reinstall this computer’s web view (WebKitGTK or WebView2), then start again.
failure-address_not_opened = { $url } wasn’t opened, because it isn’t an ordinary https link. Check the link that you pasted.
failure-not_saved =
    { $problem ->
        [disk_full] Couldn’t save { $file }: the disk is full. Free up space, or choose another folder.
        [disk_refused] Couldn’t save { $file }: you don’t have permission to write to this folder. Choose another folder.
       *[disk_failed] Couldn’t save { $file }. Choose another folder.
    }
failure-not_opened =
    { $problem ->
        [missing] { $file } was moved or deleted. Save it again.
       *[failed] Couldn’t open { $file }. Open it yourself: it’s in { $folder }.
    }
failure-window = Couldn’t change the window. Close and reopen it.
failure-wizard_gone = nOps SSO Setup stopped working. Close and reopen the window. Everything up to the last save is kept.
failure-portal_address = An AWS access portal URL looks like https://d-1234567890.awsapps.com/start. Copy it from IAM Identity Center › Settings.
failure-not_signed_in = You aren’t signed in to AWS through the browser. Sign in again.
failure-mfa_code = This profile needs an MFA code. Enter the six digits from your device, then connect.
failure-region_unknown = Enter the Region of Identity Center, such as us-east-1.
failure-key_id_missing = The access key ID is missing. It starts with AKIA or ASIA.
failure-key_id_shape = This isn’t an access key ID. Access key IDs have 20 letters and digits, and start with AKIA or ASIA.
failure-key_secret_missing = The secret access key is missing. Copy it from the same page as the access key ID.
failure-key_secret_shape = The secret access key contains characters that aren’t allowed. Copy it again.
failure-key_token_missing = Keys that start with ASIA are temporary and need their session token. Paste all three values.
failure-key_token_shape = The session token is cut off. Copy it again.
failure-setup_exists = A setup with this ID already exists.
failure-setup_damaged = Couldn’t read the setup file. It was left as is. Start a new setup.
failure-disk_full = The disk is full. Free up some space. Your last change will be saved with your next one.
failure-disk_refused = Can’t write to the setups folder. Give your user account write permission.
failure-disk_failed = Couldn’t save the setup. Check the disk. Your last change will be saved with your next one.
failure-disk_slow = The disk didn’t respond for 2 seconds. If the setups folder is on a network drive, check the connection. Your last change will be saved with your next one.
failure-secret =
    { $kind ->
        [aws_secret_key] This text contains an AWS secret access key. We didn’t keep it. Use a list without keys.
        [aws_session_token] This text contains an AWS session token. We didn’t keep it. Use a list without keys.
        [saml_response] This is a SAML response. We didn’t keep it. Paste responses only in step 6.
        [link_token] This link contains a key, token, or password. We didn’t keep it. Enter the link without that part.
       *[private_key] This is a private key. We didn’t keep it. Enter what the field asks for.
    }
failure-text_too_long = This text is too long to read. Paste only what’s asked for.
failure-reading_too_slow = This text took more than 2 seconds to read, so reading was stopped. Paste only what’s asked for, or download the file again.
failure-reading_failed = Couldn’t read this text. Paste only what’s asked for, or download the file again.
failure-team_empty = This text has no email addresses. Copy the team members with their addresses.
failure-nothing_to_undo = There’s nothing to undo.
failure-keychain_locked = The keychain is locked. Unlock it, then try again.
failure-keychain_failed = The keychain reported an error. Check this computer’s password manager, then try again.
failure-keychain_silent = The keychain isn’t responding. Restart this computer’s password manager, then try again.
failure-keychain_missing = This computer has no keychain.
failure-keychain_gone = The access keys are no longer in the keychain, or were kept for only one session. Enter them again.

message-drawing_error =
    nOps SSO Setup { $version } couldn’t show step { $number }.
    Error: { $error }
    Findings: { $codes }
message-support_question =
    Hello nOps support,

    We’re setting up SAML sign-in with AWS IAM Identity Center for { $organization } (Entity ID { $entity_id }). Before we save, we’d like to know:

    1. How do you match existing nOps users: by NameID or by User.Email?
    2. Do they keep their role, or get the default role?
    3. Does choosing Setup SSO Configuration switch everyone to SSO immediately? Does password sign-in still work until Enforce is on?
message-dry-run =
    { $result ->
        [pass] The dry run of nOps sign-in for { $organization } passed on { $at }.
        [unchecked] The dry run of nOps sign-in for { $organization } on { $at } is incomplete: some checks couldn’t be run.
       *[fail] The dry run of nOps sign-in for { $organization } failed on { $at }.
    }
message-people_request =
    Hello,

    We’re setting up nOps sign-in with AWS IAM Identity Center for { $organization }. You manage our users and groups ({ $source ->
        [active_directory] Active Directory
        [scim] the identity provider that provisions users to AWS
       *[other] the system that stores our users
    }), so we need your help:

    1. Create the group “{ $group }” there, or use the existing one, and provision it to AWS IAM Identity Center.
    2. Add these people to the group directly, not through nested groups. Each person needs an email address.
    3. { $by ->
        [none] Let us know when it’s done.
       *[other] Finish by { $by }, and let us know.
    }

    { $count ->
        [0] The list of people follows.
        [one] 1 person:
       *[other] { $count } people:
    }
message-lockout =
    Hello nOps support,

    Users of { $organization } can’t sign in to nOps anymore. SAML sign-in with AWS IAM Identity Center is set up (Entity ID { $entity_id }), the domain is { $domain }, and the recovery administrator { $recovery } is also locked out. Please turn off Enforce SSO login for all domain users, and don’t change the SSO configuration: we’ll fix it on our side.

finding-request_address =
    { $which ->
        [entity_id] nOps’s request has a different Entity ID
       *[acs] nOps’s request has a different ACS address
    }
    .detail = nOps checks responses against this value. Use it here, then update AWS.
    .know = Based on nOps’s own request.
    .fix = Use nOps’s value
finding-metadata_address =
    { $which ->
        [entity_id] nOps’s metadata has a different Entity ID
       *[acs] nOps’s metadata has a different ACS address
    }
    .detail = nOps checks responses against this value. Use it here, then update AWS.
    .know = Based on nOps’s own metadata.
    .fix = Use nOps’s value
finding-request_format = nOps requests a different NameID format
    .detail =
        { $seen ->
            [yes] Choose the expected format in the Subject row and save. Otherwise, AWS refuses sign-in from nOps, even if it works from the access portal.
           *[no] Choose the expected format in the Subject row, not the one from step 5. Otherwise, AWS refuses sign-in from nOps, even if it works from the access portal.
        }
    .know = Based on nOps’s own request and AWS’s page about “No access”.
    .fix = Open the application
finding-request_unreadable =
    { $reason ->
        [other_message] This address contains a different SAML message
       *[damaged] Couldn’t read nOps’s request in this address
    }
    .detail = Copy the whole address of the AWS page that the Shareable Link opens.
    .fix = Paste the address again
failure-setup_unreadable =
    { $problem ->
        [empty] { damaged-empty }
        [too_large] { damaged-too_large }
        [not_json] { damaged-not_json } ({ $detail })
        [unknown_version] { damaged-unknown_version } ({ $detail })
       *[not_a_setup] { damaged-not_a_setup }
    }

damaged-empty = The file is empty and was left as is. Start a new setup.
damaged-too_large = The file is too large for a setup. It was left as is.
damaged-unreadable = Couldn’t read the file. It was left as is. Check its permissions.
damaged-not_json = The file is incomplete, or another program edited it. It was left as is. Start a new setup.
damaged-not_a_setup = nOps SSO Setup didn’t create this file. It was left as is.
damaged-unknown_version = A newer version of nOps SSO Setup saved this file. It was left as is. Open it with that version.
