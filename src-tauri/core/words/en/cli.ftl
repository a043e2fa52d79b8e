### The command line, and the documents that only it reads.

finding-value_type =
    { $kind ->
        [text] { $key } is no text
        [flag] { $key } is neither true nor false
        [door] { $key } is neither passed, failed nor untried
       *[mappings] { $key } is no list of rows
    }
    .detail =
        { $kind ->
            [text] Its value stands in quotation marks, an account id too. It was passed over.
            [mappings] Each row has attribute, value and format, all of them text. It was passed over.
           *[other] It was passed over.
        }
    .fix = Write it in this form
