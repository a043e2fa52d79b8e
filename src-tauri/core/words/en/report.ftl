report-title = Setup report
