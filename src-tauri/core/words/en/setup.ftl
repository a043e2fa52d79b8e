### Fields, steps, findings and fixes: the words that follow from the facts.

## Steps

step-start = Start
step-connect = Connect AWS
step-addresses = nOps addresses
step-application = AWS application
step-mappings = Attribute mappings
step-dry_run = Dry run
step-details = nOps details
step-sign_in_tests = Test sign-in
step-people = People
step-finish = Finish

lock-application = Needs the application from step 4
lock-issuer_and_certificate = Needs issuer and certificate from step 4
lock-nops_saved = Needs nOps to have saved, step 7
lock-setup = Needs a setup: choose one, or start a new one

waiting-nops_first_save = Waiting for nOps to save once
waiting-application = Waiting for you in AWS

open-connection = no connection to AWS, and not chosen to go on by hand
open-acs = no Assertion Consumer Service yet
open-entity_id = no Entity ID yet
open-recovery = no recovery administrator named
open-application = no application in AWS
open-issuer = no issuer yet
open-certificate = no certificate yet
open-mappings = whether the four rows stand in AWS
open-tester = no tester chosen
open-dry_run = no dry run yet
open-role = no default role chosen
open-nops_saved = whether nOps has saved
open-test_from_portal = sign-in test from the AWS access portal
open-test_from_nops = sign-in test from nOps
open-people = nobody brought in yet
open-steps = earlier steps are open

## Fields, in the consoles' own words

field-aws_account_id = AWS account
field-aws_caller = Signed in as
field-organization_id = Organization
field-organization_features = Organization features
field-management_account_id = Management account
field-delegated_administrators = Delegated administrators
field-instance_arn = Identity Center instance
field-instance_kind = Kind of instance
field-instance_kms_key = KMS key of the instance
field-instance_status = Status of the instance
field-identity_store_id = Identity store
field-aws_region = Region
field-aws_other_regions = Further Regions
field-identity_source = Identity source
field-access_portal_url = Access portal
field-user_count = Users
field-users_named_otherwise = User names that are no email addresses
field-users_without_email = Users without an email address
field-portal_certificate_issuer = Certificate seen for the access portal, issued by
field-denied_actions = Refused actions
field-nops_like_applications = nOps applications
field-sp_acs_url = <label>Assertion Consumer Service</label>
field-sp_entity_id = <label>Entity ID</label>
field-sp_login_url = <label>Shareable Link for IDP Login</label>
field-addresses_not_yet = Addresses not there yet
field-admin_signed_in = An administrator stays signed in
field-admin_password = with a password that works
field-recovery_administrator = Recovery administrator
field-aws_display_name = <label>Display name</label>
field-aws_description = <label>Description</label>
field-application_arn = Application ARN
field-application_name = Application
field-application_visibility = Application visibility
field-application_status = Application status
field-application_kind = Kind of application
field-idp_link = A link of the application
field-idp_entity_id = <label>IAM Identity Center SAML issuer URL</label>
field-idp_sso_url = <label>IAM Identity Center sign-in URL</label>
field-idp_metadata_url = <label>IAM Identity Center SAML metadata file</label>
field-idp_metadata = Metadata, from a file
field-idp_metadata_fetched = AWS’s metadata
field-idp_certificate = <label>IAM Identity Center certificate</label>
field-aws_acs_url = <label>Application ACS URL</label>
field-aws_audience = <label>Application SAML audience</label>
field-subject_mapping = Subject
field-attribute_mappings = Attribute mappings
field-tester = Tester
field-tester_user_id = Tester’s user id
field-tester_assigned = Tester’s assignment
field-tester_password = Tester’s password
field-dry_run = Dry run
field-dry_run_unsupported = Copy XML is not supported here
field-nops_sso_type = <label>Select SSO Type</label>
field-nops_issuer_url = <label>Issuer URL (entityId)</label>
field-nops_sso_endpoint = <label>SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)</label>
field-nops_x509 = <label>X.509 Certificate</label>
field-nops_default_role = <label>Default role</label>
field-nops_group_mapping = <label>Set nOps role based on SAML group</label>
field-nops_domain = <label>Domain</label>
field-nops_enforce = <label>Enforce SSO login for all domain users</label>
field-nops_saved = nOps has saved
field-test_from_portal = From the AWS access portal
field-test_from_nops = From nOps
field-request_issuer = Issuer in nOps’s request
field-request_acs_url = ACS in nOps’s request
field-request_name_id_format = NameID format that nOps asks for
field-confirmation_mail = Confirmation mail
field-group = Group
field-people_needed_by = Needed by
field-nops_team = Members of the nOps team
field-new_people_password = How new people get a password
field-nops_api_client = nOps API key

mapping-column-attribute = <label>User attribute in the application</label>
mapping-column-value = <label>Maps to this string value or user attribute in IAM Identity Center</label>
mapping-column-format = <label>Format</label>

## Preflight

check-account = Account
check-account-value =
    { $role ->
        [management] { $value }, the management account
        [delegated] { $value }, administers Identity Center by delegation
        [member] { $value } is a member account; SAML applications are set up in { $management } or by its delegate
       *[unknown] { $value }
    }
check-organization = Organization
check-organization-value =
    { $features ->
        [ALL] { $value }, all features
        [CONSOLIDATED_BILLING] { $value }, consolidated billing only
       *[other] { $value }
    }
check-instance = Identity Center
check-instance-value =
    { $status ->
        [ACTIVE] { $value }, active
       *[other] { $value }
    }
check-instance-none = Off in every Region we may look at
check-kind = Kind
check-kind-value =
    { $value ->
        [organization] Organization instance: can hold SAML applications
        [account] Account instance: can’t hold SAML applications
       *[other] { $value }
    }
check-region = Region
check-region-value =
    { $others ->
        [none] { $value }, the only one
       *[other] { $value }
    }
check-identity_source = Identity source
check-identity_source-value =
    { $value ->
        [directory] Identity Center directory
        [scim] An external identity provider, by SCIM
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
        [0] None yet
       *[other] { $value }
    }
check-unknown = Not known: AWS did not let us ask
check-off = Off: no connection to AWS

## Findings

finding-addresses_swapped = The two addresses are swapped
    .detail = The ACS address ends in ?acs, the Entity ID in /metadata. Each stands in the other’s field.
    .know = How we know: public samples; nOps documents no form.
    .fix = Swap them

finding-link_empty = This field is empty on the page
    .detail = Bring the value once the page shows it.
    .fix = Bring the value

finding-link_kind =
    { $given ->
        [nops_acs] This is nOps’s ACS address
        [nops_entity_id] This is nOps’s Entity ID
        [nops_shareable] This is nOps’s Shareable Link
        [nops_stem] The end of the nOps address is lost
        [nops_page] This is another nOps page
        [aws_sign_in] This is the application’s sign-in link
        [aws_sign_out] This is the application’s sign-out link
        [aws_metadata] This is the application’s metadata link
        [aws_portal] This is the AWS access portal
        [aws_console] This is a page of the AWS console
        [aws_other] This is another address of AWS
        [aws_inbound] This is how an external provider reaches Identity Center
        [arn] This is an ARN
        [id] This is an id, not a link
        [other_link] This link is not one we know
       *[text] This is no link
    }
    .detail =
    { $wanted ->
        [nops_acs] Here belongs the Assertion Consumer Service, which ends in /?acs.
        [nops_entity_id] Here belongs the Entity ID, which ends in /metadata.
        [nops_shareable] Here belongs the Shareable Link for IDP Login.
        [aws_sign_in] Here belongs the SAML issuer URL, with /saml/assertion/ in it.
       *[aws_metadata] Here belongs the metadata link, with /saml/metadata/ in it.
    }
    .know = How we know: public samples of these links.
    .fix = Use the right one

finding-link_sample = This is the sample from a help page
    .detail = Where it reads { $placeholder }, your own link has an id. Copy it from your page.
    .fix = Bring your own link

finding-link_cut = This looks cut off
    .detail =
    { $of ->
        [portal] The part behind the last slash has 44 characters in every sample. Use the page’s copy button.
        [nops] nOps’s page shows the address shortened. Use its copy button.
        [arn] The ARN ends too early.
       *[other] It ends in dots. Use the page’s copy button.
    }
    .know = How we know: public samples of these links.
    .fix = Paste it again

finding-link_doubled = The same value twice
    .detail = It was pasted two times in a row.
    .fix = Keep one

finding-link_several = Several links in one field
    .detail = One field takes one link.
    .fix = Paste one link

finding-link_wrapped = A mail program has wrapped this link
    .detail = It leads through { $host }. The link that was meant is inside.
    .fix = Use the link inside

finding-link_scheme = nOps uses https
    .detail =
    { $scheme ->
        [none] The link’s beginning, https://, is lost.
       *[other] The link begins with { $scheme }.
    }
    .know = How we know: public samples; nOps documents no form.
    .fix = Change it to https

finding-link_host = Another host than nOps’s usual one
    .detail = Expected { $usual }, received { $host }. Partners and test systems have hosts of their own: keep it if the page shows it.
    .know = How we know: public samples; nOps documents no form.
    .fix = Use { $usual }

finding-issuer_dual_stack = The issuer never has this host
    .detail = A sign-in link may end in api.aws; the issuer stays on amazonaws.com.
    .know = How we know: public samples of Identity Center’s metadata.
    .fix = Use the issuer

finding-link_not_exact = Not written as AWS writes it
    .detail = The values are compared character by character at each sign-in.
    .know = How we know: public samples of these links.
    .fix = Use AWS’s form

finding-tenants_differ = The ids differ: two nOps organizations
    .detail = The Assertion Consumer Service carries { $first }, this one { $other }. All addresses come from the same nOps page.
    .know = How we know: public samples carry one id in all three.
    .fix = Bring it from the same page

finding-copy_differs = Not the same as on the other side
    .detail = Both sides compare it character by character at each sign-in.
    .fix = Copy the right value

finding-application_kind =
    { $kind ->
        [oauth] { $name } looks like an OAuth application, not a SAML one
       *[other] { $name } looks like a catalogue application, not a customer managed one
    }
    .detail = Add application › I have an application I want to set up › SAML 2.0. The other one can be deleted later.
    .know = How we know: the application provider in its entry.
    .fix = Open Applications

finding-application_gone = AWS lists { $name } no more
    .detail = Somebody may have deleted it. Add it anew with the file of this step: the links, the certificate and the assignments of the new one are others, so bring them again and run the dry run again.
    .fix = Open Applications
finding-application_hidden = The access portal hides { $name }
    .detail = Nobody sees its tile, so sign-in from the access portal does not work. Make it visible in its portal options, or go on with the Shareable Link alone.
    .fix = Open the application
finding-application_disabled = { $name } is disabled
    .detail = Nobody can sign in through it before it is enabled.
    .fix = Open the application

finding-link_of_other_account = The link belongs to another AWS account
    .detail = You are connected to one account, and the link names another.
    .know = How we know: the account stands in the link’s last part, in every public sample.
    .fix = Bring the right link

finding-link_of_other_application = The link belongs to another application
    .detail = It does not name { $name }.
    .know = How we know: the link’s last part names the application, in every public sample.
    .fix = Bring the right link

finding-values_of_two_applications = These values come from two applications
    .detail = All of them have to come from the nOps application’s page.
    .fix = Bring it from the nOps application

finding-link_of_other_region = The link names another Region
    .detail = Identity Center’s primary Region and the link’s differ.
    .know = How we know: the Region stands in the link’s host.
    .fix = Bring the right link

finding-issuer_and_endpoint_differ = Issuer and sign-in URL differ
    .detail = At Identity Center both are the same link.
    .know = How we know: public samples of Identity Center’s metadata.
    .fix = Use the issuer for both

finding-certificate_expired = The certificate ended on { $until }
    .detail = nOps may still accept it. Generate a new one in AWS before you go on.
    .fix = Open the application

finding-certificate_not_yet_valid = The certificate is valid from { $from }
    .detail = Or this computer’s clock is wrong: look at it first.
    .fix = Open the application

finding-certificate_expires_soon = The certificate ends on { $until }: { $days } days left
    .detail = Plan the change now, at AWS and at nOps.
    .fix = Open the application

finding-certificate_weak_key = Weak certificate key: { $key }
    .detail = AWS uses RSA 2048. Generate a new certificate.
    .fix = Open the application

finding-certificate_weak_signature = Weak certificate signature: { $algorithm }
    .detail = AWS uses SHA-256. Generate a new certificate.
    .fix = Open the application

finding-certificate_key_type = An unusual key: { $key }
    .detail = Identity Center signs with RSA. This certificate may belong to something else.
    .know = How we know: public samples.
    .fix = Open the application

finding-certificate_self_signature = The certificate was altered
    .detail = Its own signature does not hold. Download it again.
    .fix = Open the application

finding-certificate_issued_by_other = The certificate was issued by somebody else
    .detail = Identity Center’s certificates are their own issuers. This one may belong to something else.
    .know = How we know: public samples.
    .fix = Open the application

finding-certificate_other_use =
    { $use ->
        [authority] The certificate is for issuing others
        [web_server] The certificate is for a web server
       *[other] The certificate is for signing programs or mail
    }
    .detail = Identity Center’s certificates are for its responses only. This one may belong to something else.
    .know = How we know: public samples have no such extensions.
    .fix = Open the application

finding-several_certificates = AWS’s metadata holds { $count } certificates
    .detail = One of them signs: { $fingerprints }. The application’s page says which one is active.
    .fix = Open the application

finding-certificate_of_other_application = Certificate isn’t the one in AWS’s metadata
    .detail = Both certificates carry the same name, but their fingerprints differ. This one may belong to another application, or be an older one.
    .fix = Bring the right file

finding-certificate_not_from_aws = Certificate isn’t from IAM Identity Center
    .detail =
        { $kind ->
            [own] It is self-signed by { $subject }. It’s probably the certificate of another server or identity provider. Download the certificate from the nOps application in IAM Identity Center.
           *[issued] It belongs to { $subject } and was issued by { $issuer }. It’s probably the certificate of a website or another identity provider. Download the certificate from the nOps application in IAM Identity Center.
        }
    .fix = Use another certificate

finding-nops_certificate_missing = nOps has no certificate
    .detail = X.509 Certificate is empty on the page.
    .fix = Copy the certificate

finding-nops_certificate_unreadable = What nOps holds is no certificate
    .detail = nOps accepts any text there and says nothing. Replace it.
    .fix = Copy the certificate

finding-nops_certificate_differs = nOps holds another certificate
    .detail = AWS signs with the expected one; nOps would refuse every sign-in.
    .fix = Copy the certificate

finding-mapping_name = Row { $row }: the name differs
    .detail = nOps looks for the name as it is written, capitals and blanks included.
    .fix = Copy the name

finding-mapping_twice = { $attribute } stands there twice
    .detail = The same name twice is an error in nOps. Delete row { $row }, then Save changes.
    .fix = Open the application

finding-mapping_extra = Row { $row }: { $attribute } is not needed
    .detail = Four rows, no more. nOps reads groups from Okta only.
    .know = How we know: nOps’s help pages name four attributes.
    .fix = Open the application

finding-mapping_missing = { $attribute } is missing
    .detail = nOps’s help page says that sign-in fails without it. Add the row, then Save changes.
    .fix = Copy the name

finding-mapping_empty = { $attribute } maps to nothing
    .detail = AWS would send nothing. Fill the cell, then Save changes.
    .fix = Copy the value

finding-mapping_value = { $attribute } maps to another attribute
    .detail = Row { $row } would send something else than nOps expects there.
    .fix = Copy the value

finding-mapping_literal = { $attribute } would be sent literally
    .detail = Only the form with dollar sign, braces and colon is replaced; anything else AWS sends as it stands.
    .fix = Copy the value

finding-mapping_format = { $attribute } has another format
    .detail = Choose the expected one in row { $row }, then Save changes.
    .know = How we know: nOps’s help page; other formats may work.
    .fix = Open the application

finding-subject_no_address =
    { $count ->
        [one] 1 of { $users } user names is no email address
       *[other] { $count } of { $users } user names are no email addresses
    }
    .detail = With the format emailAddress, Subject has to be one. The email address is for everyone who has one.
    .know = How we know: inferred from AWS’s guides.
    .fix = Use the email address

finding-subject_empty_for_some =
    { $count ->
        [one] 1 of { $users } people has no email address
       *[other] { $count } of { $users } people have no email address
    }
    .detail = AWS would have nothing to send as Subject. Step 9 says who.
    .fix = Go to People

finding-tester_unassigned = The tester is not assigned
    .detail = { $tester } would see no tile. Assign the tester here, or in AWS.
    .fix = Assign the tester

finding-tester_password = The tester has no password yet
    .detail = Open the user’s page in AWS and choose Reset password, or switch on Send email OTP in Settings.
    .fix = Open Users

finding-dry_run_failed =
    { $failed ->
        [one] 1 check failed
       *[other] { $failed } checks failed
    }
    .detail = Mend what the table says, then paste a new response.
    .fix = Paste a new response

finding-dry_run_stale = Dry run from before the last change
    .detail = Something it rests on has changed since. Run the dry run again.
    .fix = Paste a new response

finding-dry_run_open = No dry run yet
    .detail = Copy XML is not supported on this computer. The sign-in tests of step 8 show the same errors, only later. Enforce stays locked.

finding-sso_type = nOps is set to another type
    .detail = Choose AWS in Select SSO Type, then look at the addresses again: they may change.
    .know = How we know: inferred from the page’s labels.
    .fix = Open the SSO page

finding-role_admin = Everybody new would be an administrator
    .detail = { $role } can change SSO and everything else. Give it to single people later.
    .fix = Use the member role

finding-group_mapping = nOps would read roles from groups
    .detail = It does so for Okta only, and Identity Center sends group ids. Switch it off and use the default role.
    .fix = Open the SSO page

finding-nops_not_saved = nOps showed an error when saving
    .detail = Look at the three values again, then press Setup SSO Configuration once more.
    .fix = Open the SSO page

finding-recovery_no_address = This is no email address
    .detail = Name the recovery administrator by the address that signs in to nOps with a password.
    .fix = Name another

finding-recovery_in_domain = The recovery administrator is of { $domain } too
    .detail = Enforce would shut this address out with all others of the domain. Name one of another domain.
    .fix = Name another

finding-enforce_early = Enforce is on before the sign-in is proven
    .detail = Switch it off on the page until the gate is open: it denies everyone of the domain who does not come through AWS.
    .fix = Open the SSO page

finding-sign_in_test_failed =
    { $test ->
        [portal] Sign-in from the AWS access portal did not work
       *[nops] Sign-in from nOps did not work
    }
    .detail = Paste what the page showed, mend it, and try the sign-in again.
    .fix = Say what happened

finding-sign_in_test_stale =
    { $test ->
        [portal] Sign-in from the AWS access portal passed before the last change
       *[nops] Sign-in from nOps passed before the last change
    }
    .detail = Something it rests on has changed since. Try it once more.
    .fix = Say what happened

finding-mail_not_confirmed = The confirmation mail is open
    .detail = nOps asks each person once, at the first sign-in. Find the mail, click it, and sign in again.

finding-keychain_keeps = The keychain still has the old AWS keys or nOps key
    .detail = { $reason } To remove them yourself, delete the entries named nops-sso-setup.
    .fix = Read
finding-access_ends_soon = Access to AWS ends within ten minutes
    .detail = Renew it before: in the browser, with a new code, or with <code>aws sso login</code>. Nothing is lost: changes that are under way stop at a whole one, and go on afterwards.
    .fix = Sign in again
finding-member_account = This account can’t set up SAML applications
    .detail = They are set up in the management account, or by a delegated administrator. Ask whoever holds one of them, or go on by hand.
finding-maybe_member_account = This is not the management account
    .detail = AWS did not let us see whether it administers Identity Center by delegation. If it does, all is well.
    .know = How we know: the list of delegates was refused.
finding-identity_center_off = Identity Center is off
    .detail = AWS lists no instance in any Region we may look at. Enable IAM Identity Center in the management account first.
    .fix = Open Identity Center
finding-account_instance = This may be an account instance
    .detail = AWS allows SAML applications only on the organization instance. Where Add application offers no SAML 2.0, connect to the management account.
    .know = How we know: another account than the management account owns it.
finding-kms_key = A KMS key of your own protects Identity Center
    .detail = Whoever signs in here needs kms:Decrypt on it: { $key }. The policy to copy has it.
    .fix = Copy the policy
finding-instance_not_active = The instance is not active
    .detail = Wait until AWS has finished, then look again.
    .fix = Look again
finding-organization_features = The organization has billing features only
    .detail = Identity Center for an organization needs all features.
finding-actions_denied =
    { $count ->
        [one] AWS refused 1 question
       *[other] AWS refused { $count } questions
    }
    .detail = You can go on; the checks that need them are off. The policy with exactly these actions can be copied.
    .fix = Copy the policy
finding-group_empty = Nobody is in group { $group }
    .detail = Assigned to the application, it would let nobody in. List people here, or add them to the group where it is kept; then look again.
    .fix = Open Groups
finding-nested_members =
    { $count ->
        [one] 1 member of the group is no user
       *[other] { $count } members of the group are no users
    }
    .detail = An assignment reaches the users of a group, and nobody in a group inside it. Put these people into the group themselves.
    .know = How we know: AWS names users as members, and these it names otherwise.
finding-directory_not_listed = The directory is large, so only the people of the list were looked up
    .detail = That takes the fewest requests. A user whose name or email address differs from the list’s in capital letters alone may not have been seen: AWS then refuses to make another, and the one that is there is taken. Other members of the group were not looked at.
finding-people_come_from_elsewhere =
    { $source ->
        [active_directory] People come from Active Directory
       *[scim] People come from an external identity provider
    }
    .detail = Add people and groups there, and choose an existing group in step 9. Users made here could not sign in.
    .know = How we know: ids that the provisioning leaves on users.
finding-network_inspected = AWS is seen through an inspecting proxy
    .detail = The network shows a certificate of its own for AWS’s access portal. It can read and change what passes, the application’s metadata too. Compare the certificate with one downloaded from the console.
    .know = How we know: by who issued the certificate. Those of AWS’s portals were issued by Amazon.

finding-unknown_key = Unknown key { $key }
    .detail = The values document has no such key; it was passed over.
finding-secret_pasted = That is a private key
    .detail = It was not read or kept. Nobody needs it here: bring the certificate.
    .fix = Bring the certificate
finding-too_long = That is too long for this field
    .detail = It was not kept. Paste the value alone.
    .fix = Paste it again
finding-unreadable_value =
    { $field ->
        [aws_account_id] An AWS account has 12 digits
        [aws_region] A Region looks like us-east-1
        [application_arn] This is no application’s ARN
        [attribute_mappings] No table was found in this
       *[other] This could not be read
    }
    .detail = It was not kept; what was there before stays.
    .fix = Paste it again
finding-tidied =
    { $count ->
        [one] Removed 1 character around the value
       *[other] Removed { $count } characters around the value
    }
    .detail = White space, quotation marks or characters that can’t be seen.
finding-connection_failed = AWS could not be asked
    .detail = { $reason }
    .fix = Ask again
finding-sign_in_failed = Nobody was signed in
    .detail = { $reason }
finding-metadata_unreachable = AWS’s metadata could not be fetched
    .detail = { $reason } Drop the metadata file, or the certificate, instead.
    .fix = Ask again
finding-tester_not_found = Nobody with this name in Identity Center
    .detail = { $who } is neither a user name nor a primary email address there.
    .fix = Choose another
finding-tester_no_email = The tester has no email address
    .detail = The portal would answer “No access”. Give the user a primary email address, or choose another tester.
    .fix = Open Users
finding-tester_disabled = The tester is disabled
    .detail = Enable the user in AWS, or choose another tester.
    .fix = Open Users
finding-assignment_refused = AWS refused the assignment
    .detail = { $reason } Assign the tester on the application’s page instead.
    .fix = Open the application
finding-nops_key_refused = nOps did not accept the key
    .detail = { $reason }
    .fix = Open the API key page
finding-accounts_unseen = AWS did not let us see who may use AWS accounts
    .detail = They may do so by users and groups that this setup made, so those stay. The policy has the action that is missing: sso:ListAccountAssignmentsForPrincipal. With it, take back again.
    .fix = Copy the policy
finding-people_unsettled = Couldn’t check all interrupted changes
    .detail =
        { $count ->
            [one] 1 change stays open:
           *[other] { $count } changes stay open:
        } { $reason } You can go on with other changes. If AWS can’t be asked anymore, mark the change as unknown in the list.
    .fix = Check again
finding-people_job_failed = AWS stopped the changes
    .detail = { $reason } What was done is in the journal; nothing is lost.
    .fix = Ask again

fix-use_value = Use the right value
fix-swap = Swap them
fix-copy = Copy the right value
fix-open = Open the page
fix-go = Go there
fix-again = Bring it again
fix-look = Look again
fix-keep = This is what the page shows: keep it

finding-expected = Expected
finding-received = Received
finding-given = Given
severity-error = Error
severity-warning = Warning
severity-info = Note

## The gate

gate-dry_run-met = Dry run passed { $at }, after the last change
gate-dry_run-declared = A tester elsewhere sent a passing result { $at }, after the last change
gate-dry_run-stale = Dry run passed { $at }, before the last change
gate-dry_run-missing = A passing dry run
gate-sign_in_tests-declared = Both sign-in tests passed after that
gate-sign_in_tests-stale = Both sign-in tests passed before the last change
gate-sign_in_tests-missing = { $passed } of 2 sign-in tests passed
gate-recovery-declared = Recovery administrator outside the domain: { $name }
gate-recovery-missing = A recovery administrator outside the domain
gate-domain-met =
    { $people ->
        [one] The domain { $domain } matches the one person
       *[other] The domain { $domain } matches all { $people } people
    }
gate-domain-missing =
    { $domain ->
        [none] The domain for Enforce
       *[other] The domain { $domain } does not match { $others } of { $people } people
    }
gate-team-declared = All { $members } members of the nOps team come in, or are of another domain
gate-team-missing =
    { $locked_out ->
        [one] 1 of { $members } members of the nOps team would be locked out
       *[other] { $locked_out } of { $members } members of the nOps team would be locked out
    }
source-observed = observed
source-imported = from { $file }
source-imported-plain = from a file
source-entered = entered
source-derived = derived from { $from }
source-declared = declared

## What went wrong with a request

failure-no_setup = No setup is open. Open one first.
failure-setup_not_found = This setup is no longer here. Look at the list again.
failure-setup_held = Another window holds this setup. Close it there first.
failure-name_empty = Give the setup a name.
failure-not_kept_field = This can’t be kept as declared.
failure-changes_running =
    { $job ->
        [apply] Changes are being made in AWS for { $setup }.
        [undo] Changes for { $setup } are being undone in AWS.
        [reconcile] Interrupted changes of { $setup } are being checked in AWS.
       *[other] An assignment for { $setup } is being changed in AWS.
    } Wait until this ends, or stop it. Then try again.
failure-not_open = This change isn’t open anymore. Look at the list again.
failure-busy = Something else is running. Wait for it, or cancel it.
failure-nothing_to_copy = There is nothing to copy yet.
failure-no_document = This file can’t be made yet: a value is missing.
failure-no_page = The address of this page isn’t known yet.
failure-no_connection = No connection to AWS. Connect in step 2, or go on by hand.
failure-no_application = The application isn’t known yet: step 4.
failure-no_tester = Choose a tester first.
failure-no_pause = Nothing runs that could wait.
failure-no_plan = Look at the plan again: it has changed.
failure-practice = The practice mode did not start: { $reason }
failure-downloads = The Downloads folder can’t be read. Choose the file instead.
failure-clipboard = The clipboard could not be used: { $reason }
failure-browser = No browser opened. Copy this address and open it yourself: { $url }
failure-start_display = nOps SSO Setup needs a desktop to show its window. Start it from a desktop session, or use the command line: nops-sso-setup --help
failure-start_folder =
    { $problem ->
        [disk_full] The disk is full, so nOps SSO Setup can’t save anything. Free up space on the disk with { $folder }, then start again.
        [disk_refused] nOps SSO Setup can’t write to { $folder }. Change the folder’s permissions, or set NOPS_SSO_SETUP_DIR to another folder, then start again.
       *[disk_failed] nOps SSO Setup can’t create the folder { $folder }. Make sure that no file has this name and the disk works, or set NOPS_SSO_SETUP_DIR to another folder, then start again.
    }
failure-start_window = The window couldn’t be opened: { $reason }. Install or update this computer’s web view (WebKitGTK or WebView2), then start again.
failure-start_page = The window opened, but its page didn’t load. Reinstall this computer’s web view (WebKitGTK or WebView2), then start again.
failure-address_not_opened = This address wasn’t opened because it isn’t a plain https link: { $url }. Check the link you pasted.
failure-not_saved = { $file } could not be saved: { $reason }
failure-window = The window could not be changed: { $reason }
failure-wizard_gone = The wizard stopped working. Close the window and open it again; everything up to the last save is there.
failure-portal_address = An AWS access portal URL looks like https://d-1234567890.awsapps.com/start. Copy it from IAM Identity Center › Settings.
failure-not_signed_in = Nobody is signed in through the browser, or not any more. Sign in again.
failure-mfa_code = This profile wants the six digits that its MFA device shows now. Enter them, then connect.
failure-region_unknown = Name the Region of Identity Center, such as us-east-1.
failure-key_shape = An access key id has 20 letters and digits and begins with AKIA or ASIA.
failure-setup_exists = A setup with this id is here already.
failure-setup_damaged = The setup’s file could not be read. It stays where it is; start a new setup.
failure-disk_full = The disk is full. Make room; the last change is tried again with the next one.
failure-disk_refused = The folder of the setups may not be written. Give this user the right to write there.
failure-disk_failed = The disk did not take the setup. Look at the disk; the last change is tried again with the next one.
failure-no_people = Add people first.
failure-secret = That is a private key. It was not kept, and nobody needs it here. Bring what the field asks for.
failure-team_empty = No email address was found in this text. Copy the list of team members with their addresses.
failure-nothing_to_undo = There is nothing to take back.
failure-keychain_locked = The keychain is locked. Unlock it, then try again.
failure-keychain_failed = The keychain reported an error. Open this computer’s password manager to check it, then try again.
failure-keychain_silent = The keychain doesn’t answer. Restart this computer’s password manager, then try again.
failure-keychain_missing = This computer has no keychain.
failure-keychain_gone = The access keys aren’t in the keychain anymore, or were kept for one session only. Enter them again.

message-drawing_error =
    nOps SSO Setup { $version } could not show step { $number }.
    Error: { $error }
    Findings: { $codes }
message-support_question =
    Hello nOps support,

    we set up SAML sign-in with AWS IAM Identity Center for { $organization } (Entity ID { $entity_id }). Before we save it we would like to know:

    1. How are people matched who have a nOps account already: by NameID, or by User.Email?
    2. Do they keep their present role, or do they get the default role?
    3. Does Setup SSO Configuration move everyone at once, and does password sign-in go on working until Enforce is switched on?
message-verdict =
    { $verdict ->
        [pass] The dry run of nOps’s sign-in for { $organization } passed, { $at }.
        [unchecked] The dry run of nOps’s sign-in for { $organization } could not be judged in full, { $at }.
       *[fail] The dry run of nOps’s sign-in for { $organization } failed, { $at }.
    }
message-people_request =
    Hello,

    we make AWS IAM Identity Center the sign-in to nOps for { $organization }. People and groups come to AWS from your side ({ $source ->
        [active_directory] Active Directory
        [scim] the identity provider that provisions AWS
       *[other] the system that keeps our people
    }), so we ask you:

    1. Make the group “{ $group }” there, or use it if it is there, and let it be provisioned to AWS IAM Identity Center.
    2. Put these people into it directly: whoever is only in a group inside it does not get in. Each needs an email address.
    3. { $by ->
        [none] Tell us when it is done.
       *[other] Please be done by { $by }, and tell us.
    }

    { $count ->
        [0] The people follow.
        [one] 1 person:
       *[other] { $count } people:
    }
message-lockout =
    Hello nOps support,

    nobody of { $organization } can sign in to nOps any more. SAML sign-in with AWS IAM Identity Center is set up (Entity ID { $entity_id }), the domain is { $domain }, and the recovery administrator { $recovery } is locked out too. Switch off Enforce SSO login for all domain users, and leave the SSO configuration as it is: we mend it on our side.

## What a page showed

# What to paste when a cause stays open.
shown-next =
    { $next ->
        [certificate] If it stays: paste what nOps holds under X.509 Certificate in step 7.
        [issuer] If it stays: paste what nOps holds under Issuer URL (entityId) in step 7.
        [request] If it stays: paste the address of the AWS page that the Shareable Link leads to; nOps’s request is in it.
        [mappings] If it stays: paste the attribute mappings of AWS’s page in step 5.
        [response] If it stays: paste what Copy XML gives in step 6; the table names the difference.
       *[nothing] If it stays: paste the whole page, with its address.
    }
finding-shown_name_id_format = AWS refused: the names have different formats
    .detail =
        { $cause ->
            [asked] nOps asks for the expected NameID format, and row Subject has the other. Only this sign-in asks for one, so the tile can pass all the same. Change the format in row Subject.
           *[unknown] nOps asks for another NameID format than row Subject has. Only this sign-in asks for one, so the tile can pass all the same. Change the format in row Subject.
        } { shown-next }
    .know = How we know: AWS’s own words; which format nOps asks for stands in its request.
    .fix = Go to the mappings
finding-shown_signature =
    { $cause ->
        [unreadable] What nOps holds is no certificate
        [same] nOps could not verify the signature
       *[unknown] nOps holds another certificate than AWS signs with
    }
    .detail =
        { $cause ->
            [unreadable] What was pasted from nOps is cut off, or something else. Paste the certificate into nOps from its first line to its last, and save.
            [same] What was pasted from nOps is AWS’s certificate. It may not have been saved there, or AWS signs with a newer one: save in nOps again, and fetch the metadata again in step 4.
            [differs] What was pasted from nOps is another one than AWS’s metadata has. Paste the expected one into nOps and save.
           *[unknown] It may be an old one, one of another application, or one that was cut. Paste the certificate into nOps again and save.
        } { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Copy the certificate
finding-shown_issuer =
    { $cause ->
        [other_application] The answer came from another application
       *[nops] The issuer in nOps is another link
    }
    .detail =
        { $cause ->
            [other_application] nOps holds the issuer of step 4, and AWS sent another: another application, Region or account. Open the nOps tile of this application, or bring the values of the one that was opened.
           *[nops] nOps compares it letter by letter. Paste the expected one into Issuer URL (entityId) and save.
        } { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix =
        { $cause ->
            [other_application] Go to the application
           *[nops] Copy the issuer
        }
finding-shown_audience =
    { $cause ->
        [brought] nOps’s Entity ID is another one than was brought
       *[unknown] The audience in AWS is not nOps’s Entity ID
    }
    .detail =
        { $cause ->
            [brought] nOps names its own in the error. Use it here, then put it into AWS: nOps › Actions › Edit configuration › Application SAML audience.
           *[unknown] In AWS: nOps › Actions › Edit configuration › Application SAML audience.
        } { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix =
        { $cause ->
            [brought] Use nOps’s
           *[unknown] Copy the Entity ID
        }
finding-shown_acs =
    { $cause ->
        [swapped] The ACS URL in AWS is nOps’s Entity ID
        [brought] The ACS address that was brought is not where nOps listens
       *[unknown] The ACS URL in AWS is not nOps’s
    }
    .detail =
        { $cause ->
            [brought] AWS sends to the address of step 3, and nOps listens elsewhere. Bring the address from nOps’s page again.
           *[unknown] In AWS: nOps › Actions › Edit configuration › Application ACS URL.
        } { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Copy the ACS address
finding-shown_clock = The answer came too late or too early
    .detail = Sign in again. If it stays, set this computer’s clock to automatic: more than five minutes’ difference are refused. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the dry run
finding-shown_no_name_id = AWS sent no name for the person
    .detail = Row Subject is empty, or the user has no value for it. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the mappings
finding-shown_no_attributes = AWS sent no attributes
    .detail = The three User rows are missing. Add them, then Save changes. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the mappings
finding-shown_attribute_twice = The same attribute was sent twice
    .detail = Delete the second row of that name, then Save changes. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the mappings
finding-shown_signed_otherwise = nOps wants another part of the answer signed
    .detail = AWS has no setting for the part that it signs, so nothing on your side mends this. Write to nOps support and send them this error. Enforce stays locked.
    .know = How we know: the error text of the software nOps very likely uses.
finding-shown_unsigned = The response was not signed
    .detail = It did not come from AWS as it is. Sign in once more from the portal. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Copy the certificate
finding-shown_other_request = The answer belongs to another sign-in
    .detail = An old page was sent again, or two sign-ins ran side by side. Close the window, open a new private one, and try this sign-in from its beginning. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Try again
finding-shown_no_assertion = Nobody was signed in by the answer
    .detail = There is no assertion in it that nOps can read. IAM Identity Center sends one and does not encrypt it, so the answer may have come from somewhere else. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the dry run
finding-shown_status = AWS did not sign the person in
    .detail = The answer itself reports a failure. Sign in to the access portal as the tester first, then try again. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the dry run
finding-shown_not_saml = nOps could not read the answer
    .detail = Something in it is not as SAML prescribes, such as blanks in an address that was typed into AWS. { shown-next }
    .know = How we know: the error text of the software nOps very likely uses.
    .fix = Go to the dry run
finding-shown_no_tile = The portal shows no application
    .detail = The user is not assigned to nOps, or only through a group inside a group.
    .fix = Go to the dry run
finding-shown_no_access =
    { $cause ->
        [unassigned] No access: the tester is not assigned
        [format] AWS refused: nOps asks for another NameID format
        [assigned] No access, although the tester is assigned
       *[unknown] AWS refused: no access
    }
    .detail =
        { $cause ->
            [unassigned] Assign the tester in step 6, then try again.
            [format] Choose the expected format in row Subject, then Save changes. Only this sign-in asks for one.
            [assigned] The user may have no primary email address, or was made anew since the assignment. Look at the user’s page. { shown-next }
           *[unknown] Not assigned directly or by a group, no primary email address, or a user that was made anew since. Assign the tester in step 6, and look at the user’s page. { shown-next }
        }
    .fix =
        { $cause ->
            [format] Go to the mappings
            [assigned] Open the user’s page
           *[unknown] Go to the dry run
        }
finding-shown_bad_input = AWS could not make the response
    .detail = A mapping, the ACS URL or the audience is malformed, such as a mapping to an attribute that does not exist. { shown-next }
    .fix = Go to the mappings
finding-shown_wrong_user = User name, password or portal are not right
    .detail = Look at the user name (it need not be the email address), the portal’s address, and use a private window.
    .fix = Open Users
finding-shown_aws_trouble = AWS could not sign the person in
    .detail = Look at this computer’s clock first. With an external identity source, look at what it sends. { shown-next }
    .fix = Open Users
finding-shown_confirm_mail = nOps waits for the confirmation mail
    .detail = AWS’s part worked. Find nOps’s mail (look in spam), click it, and sign in again. It is asked once per person.
    .know = How we know: nOps’s help page.
finding-shown_not_saved = nOps has no saved SSO setup yet
    .detail = In nOps: Organization Settings › SSO › fill in the three values of step 7 › Setup SSO Configuration. A page that was only filled in is lost when it is left.
    .know = How we know: inferred from nOps’s page and python3-saml.
    .fix = Open nOps’s SSO page
finding-shown_no_route = nOps has no page at this address
    .detail = The ACS URL in AWS has probably lost its end, ?acs. In AWS: nOps › Actions › Edit configuration › Application ACS URL. { shown-next }
    .know = How we know: inferred from nOps’s addresses.
    .fix = Copy the ACS address
finding-shown_unknown = We don’t know this text
    .detail =
        { $next ->
            [response] Paste the whole page, with its address. If it stays unknown, use the dry run in step 6: the table names the difference.
           *[nothing] Paste the whole page, with its address. The dry run passed, so the values are right: look at the person’s session, mail and role in nOps.
        }
    .fix = Paste more

finding-request_address =
    { $which ->
        [entity_id] nOps names another Entity ID in its request
       *[acs] nOps names another ACS address in its request
    }
    .detail = What nOps asks AWS with is what nOps compares with. Use it here, then put it into AWS.
    .know = How we know: nOps’s own request.
    .fix = Use nOps’s
finding-request_format = nOps asks for another NameID format
    .detail =
        { $seen ->
            [yes] Row Subject has the other one, so AWS would refuse the sign-in from nOps, while the tile passes. Choose the expected one in row Subject, then Save changes.
           *[no] Choose the expected one in row Subject of the attribute mappings, not the one of step 5; AWS would refuse the sign-in from nOps otherwise, while the tile passes.
        }
    .know = How we know: nOps’s own request, and AWS’s page on “No access”.
    .fix = Open the application
finding-request_unreadable =
    { $reason ->
        [other_message] This holds another SAML message than a request
       *[damaged] The request in this address can’t be read
    }
    .detail = Copy the whole address of the AWS page that the Shareable Link leads to.
    .fix = Paste it again
failure-setup_unreadable = This is no setup file of this program: { $detail }

damaged-empty = The file is empty. It stays where it is; start a new setup.
damaged-too_large = The file is larger than any setup. It stays where it is.
damaged-unreadable = The file could not be read. It stays where it is; look at its rights.
damaged-not_json = The file stops early or was changed by hand. It stays where it is; start a new setup.
damaged-not_a_setup = The file is no setup of this program. It stays where it is.
damaged-unknown_version = A newer version of this program wrote the file. It stays where it is; open it with that version.
