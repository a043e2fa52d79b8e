### The command line, and the documents that only it reads.

finding-value_type =
    { $kind ->
        [text] { $key } is no text
        [flag] { $key } is neither true nor false
        [sign_in_test] { $key } is neither passed, failed nor untried
       *[mappings] { $key } is no list of rows
    }
    .detail =
        { $kind ->
            [text] Its value stands in quotation marks, an account id too. It was passed over.
            [mappings] Each row has attribute, value and format, all of them text. It was passed over.
           *[other] It was passed over.
        }
    .fix = Write it in this form

failure-provision_nobody = The file names nobody. Give each person a line with an email address.
failure-provision_journal = People from standard input leave no place for the journal. Name its file with --journal.
failure-provision_held = Another run writes this journal. Wait until it has ended.
failure-provision_application = The value under application_arn is no ARN of an application. Copy it from the application’s page, or leave the key out: then nothing is assigned.
failure-provision_other_account = The credentials belong to account { $caller }, and aws_account_id names { $named }. Use credentials of that account, or leave the key out.
failure-provision_no_instance = AWS shows these credentials no such instance of IAM Identity Center. Use those of the management account, and look at instance_arn and aws_region.
failure-provision_several_instances = AWS shows several instances of IAM Identity Center. Name one under instance_arn.
