# Reports: headings, columns, sentences that explain.

report-kind = Analytical report on the flow of money
report-case = Case
report-agency = Made by
report-made-at = Made at
report-handling = Handling
report-contents = Contents
report-key-figures = Key figures
report-chart = Flow of money
report-chart-caption = Money runs from left to right. The full figures of every arrow are in the list of transfers from which the chart was drawn.
report-chart-wide = Scroll sideways to see all of the chart.
report-chart-part = Part { $number } of { $count } of the chart, enlarged. Parts follow from left to right, then downwards, and overlap a little.
report-money = Where the money rests
report-money-intro = No tracing rule is right everywhere. The sums below were computed from the same transfers under each rule, so that the rule of the state concerned can be chosen and the weight of that choice can be seen.
report-money-by-country = By country and rule, in US dollars
report-money-by-account = By account and rule: in the account’s own currency, and below in US dollars
report-rules = What each rule means
report-accounts = Accounts and evidence
report-accounts-caption = Accounts of the ring, by role, with the evidence for each
report-shares = Shares in the profit
report-shares-caption = Share of each account in what the ring paid out; the interval spans all tracing rules but poison
report-complaints = Complaints
report-complaints-caption = Complaints on which the trace starts
report-hookups = Hook-ups with other rings
report-hookups-caption = Rings that move money through the same account
report-sources = Sources
report-sources-caption = Files on which this report rests, with the SHA-256 of each
report-notes = Assumptions and weak spots
report-check = How to check this report

report-column-account = Account
report-column-holder = Holder
report-column-country = Country
report-column-role = Role
report-column-score = Score
report-column-evidence = Evidence
report-column-range = Range
report-column-range-note = all rules but poison
report-column-total = Total
report-column-share = Share, lowest to highest
report-column-complaint = Complaint
report-column-reported = Reported
report-column-victim = Victim
report-column-paid-to = Paid to
report-column-amount = Amount
report-column-transfer = Transfer found
report-column-ring = Ring
report-column-other-ring = Other ring
report-column-via = Through
report-column-file = File
report-column-kind = Holds
report-column-rows = Rows
report-column-digest = SHA-256

report-country-unknown = Not known
report-no-transfer = none
report-nothing = None.
report-since = since { $at }
report-truncated = The trace under this rule stopped at a limit; more may rest elsewhere.
report-more-rows = { $count ->
    [one] {$count} more row is
   *[other] {$count} more rows are
} not printed; the program’s own tables hold all of them.
report-more-evidence = and { $count } more
report-range = { $low } to { $high }
report-poison-note = whole balance

report-note-opening = What lay in an account before the first transfer in the files is not known. What it pays beyond the balance known from the files is taken as other money, not as stolen; a statement of the opening balance can change the sums under every rule.
report-note-order = Transfers of the same second are taken in the order of the file.
report-note-currency = A trace follows each transfer’s own two amounts. US dollars serve for comparison alone.
report-note-rates = Rates to US dollars are those of { $date } ({ $source }); no claim should be put in dollars from them.
report-note-no-rates = No rates were given; sums in different currencies are not added up.
report-note-score = The score adds up evidence and says how firmly an account belongs to the ring. It is not a probability of guilt, and the holder of an account may have been deceived or robbed of it.
report-note-role = Roles are read from the flow of money. Who stands behind an account has to be proved by other means.

report-check-digest = Compute the SHA-256 of each file in your hands and compare it with the list of sources: “sha256sum FILE” on Linux, “certutil -hashfile FILE SHA256” on Windows. If a single character of a file was changed, the digest differs.
report-check-import = Import the same files into a node of your own and compute the trace again: “lienket import FILES”, then “lienket trace --complaints all --rule all”. The same files give the same sums to the last unit, on every machine.
report-check-sample = Take single accounts from the evidence and follow the transfers named there through the bank’s statement by hand.
report-made-with = Made with Lienket from the sources listed in it. It informs; it does not replace a request for legal assistance.
report-money-not-shown = Not listed: { $crumbs ->
     [one] 1 account
    *[other] { $crumbs } accounts
    } with less than 1 US dollar under every rule, and { $poisoned } that poison alone reaches.
