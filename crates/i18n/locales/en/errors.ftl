# Errors of the program: `error-<code>` is the cause, `error-<code>-hint` what to do.

error-ambiguous-partner = Several partners in { $value } could receive this request.
error-ambiguous-partner-hint = Name the partner instead of the country.
error-incomplete = The request lacks what the legal basis demands: { $value }.
error-incomplete-hint = Fill in the missing elements, then check the request again.
error-needs-approval = The request still needs { $count ->
    [one] {$count} approval
   *[other] {$count} approvals
}.
error-needs-approval-hint = Have it approved by a person who did not draft it.
error-no-partner = No partner node is known for { $value }.
error-no-partner-hint = Add the partner’s card, or print the request and send it through the central authority.
error-own-draft = { $value } drafted this request and cannot approve it.
error-own-draft-hint = Another person has to approve it.

# Refusals of the node, the store and the command line.

error-no-node = There is no node in the home directory.
error-no-node-hint = Make one with “lienket init”, or name the directory with --home.
error-node-exists = There is a node in the home directory already.
error-node-exists-hint = Use it, or name another directory with --home.
error-unknown-user = Nobody here is called “{ $value }”.
error-unknown-user-hint = “lienket user list” names everybody; a supervisor adds people with “lienket user add”.
error-user-exists = Somebody is called “{ $value }” already.
error-user-exists-hint = Choose another name.
error-bad-user-name = “{ $value }” cannot be a user's name.
error-bad-user-name-hint = Use letters, digits, dot, dash and underscore, at most 40; “node” and “init” are the program’s own names.
error-sums-too-large = What reached account { $value } adds up to more than can be counted exactly (about 9.2 × 10^18 smallest units).
error-sums-too-large-hint = Such amounts are a mistake in a file: correct its amounts or its currency and import it into a new case.
error-not-allowed = { $value } may not do that as { $other }.
error-not-allowed-hint = Somebody with the right role has to do it: name them with --as.
error-unknown-case = There is no case “{ $value }”.
error-unknown-case-hint = “lienket case list” names all cases.
error-case-closed = Case { $value } is closed.
error-case-closed-hint = Open it again with “lienket case reopen”.
error-case-open = Case { $value } is open already.
error-case-open-hint = There is nothing to do.
error-bad-title = The title or name is empty or longer than 200 characters.
error-bad-title-hint = Give a shorter one that says something.
error-unknown-record = The case holds no complaint or account “{ $value }”.
error-unknown-record-hint = Name a complaint as AGENCY/ID and an account as BANK/NUMBER, as “lienket resolve” prints them.
error-one-record = “{ $value }” was named twice.
error-one-record-hint = Name two different records after --join or --split.
error-bad-reason = The reason is empty, longer than 500 characters or holds control characters.
error-bad-reason-hint = Write after --because in one or two sentences what shows it.
error-unknown-ring = There is no ring “{ $value }” in this case.
error-unknown-ring-hint = “lienket rings” names all rings; another case is named with --case.
error-unknown-account = No transfer names the account { $value }.
error-unknown-account-hint = Write it as BANK/NUMBER; “lienket find NUMBER” shows where a number occurs.
error-bad-account = This is no account: { $value }.
error-bad-account-hint = Write account:BANK/NUMBER.
error-bad-subject = “{ $value }” names nothing that can be drawn or reported on.
error-bad-subject-hint = Write ring:ID, case:REF or, for a chart, account:BANK/NUMBER.
error-unknown-rule = There is no tracing rule “{ $value }”.
error-unknown-rule-hint = Choose poison, haircut, fifo, lifo, libr, proceeds-first or all.
error-bad-opening = “{ $value }” is no opening balance that can be counted here.
error-bad-opening-hint = Write BANK/NUMBER=AMOUNT CURRENCY, once for an account that has transfers in this case and in the currency of its books, or @FILE with one a line.
error-unknown-pattern = There is no pattern “{ $value }”.
error-unknown-pattern-hint = Choose cycle, fan_in, fan_out, scatter_gather, gather_scatter, stack or mule_chain, or give a FILE.toml that describes a pattern.
error-pattern-syntax = Line { $other } of the pattern's file is not written as TOML: { $value }
error-pattern-syntax-hint = Write one “word = value” a line, words and spans in quotes, and begin each step with [[step]].
error-pattern-key = Line { $other } of the pattern's file: “{ $value }” means nothing there.
error-pattern-key-hint = A file knows name, within, [role.NAME] and [[step]]; a step knows from, to, many, count, within, gap, part, usd_least, usd_most, border and complained; a role that a step names knows kind, country, outside, new and dormant.
error-pattern-missing = Line { $other } of the pattern's file: “{ $value }” is missing.
error-pattern-missing-hint = Give the pattern a name, and every step its from and to.
error-pattern-value = Line { $other } of the pattern's file: this cannot be used: { $value }
error-pattern-value-hint = Names have small letters, digits and underscores and are not those of known shapes; spans look like "6h" or "5d", at most 366d; part = [0.8, 1.0]; many is "from" or "to"; count is 1 to 1000; border is true or false; complained is true; countries have two letters, such as "VN"; kind is personal, business, exchange or wallet.
error-pattern-steps = The pattern's file describes no step, or more than eight.
error-pattern-steps-hint = Begin each step with [[step]] and give it from and to.
error-pattern-sides = Line { $other } of the pattern's file: step { $value } leads from a role to itself, or has several accounts on both sides.
error-pattern-sides-hint = Give the payers and the payees different names, and let one account stand on one side.
error-pattern-unconnected = Line { $other } of the pattern's file: step { $value } shares no account with a later step.
error-pattern-unconnected-hint = Use the same name where the same account is meant, or look for the two parts with two files.
error-pattern-too-large = The pattern's file { $value } is larger than 64 KiB.
error-pattern-too-large-hint = A pattern has at most eight steps: give that file with --pattern.
error-pattern-not-text = The pattern's file { $value } is no UTF-8 text.
error-pattern-not-text-hint = Save it as UTF-8 (in a text editor: “Save as”, encoding UTF-8) and give the command again.
error-bad-window = “{ $value }” is no span of time.
error-bad-window-hint = Write hours or days, for example 6h, 24h, 5d or 30d; at most a year.
error-unknown-transfer = No transfer of this case has the id “{ $value }”.
error-unknown-transfer-hint = Use the ids of the imported file; a file of ids is given as @FILE, one a line.
error-unknown-complaint = No complaint of this case has the id “{ $value }”.
error-unknown-complaint-hint = Use the id, or AGENCY/ID, of the imported file.
error-unreadable-value = “{ $value }” cannot be read as anything.
error-unreadable-value-hint = Give a phone, account, wallet, domain, e-mail, document number, id or name.
error-bad-map = Line { $other } of the column map is not understood: “{ $value }”.
error-bad-map-hint = Each line reads “field = column header”, for example “amount = Số tiền”.
error-broken-segment = What was imported from { $value } is broken: { $other }.
error-broken-segment-hint = Import a good copy of the file again, or restore the last backup; “lienket doctor” lists what is damaged.
error-system = The machine failed: { $value }
error-system-hint = Check the disk's space and rights, then give the command again: nothing half done is kept.
error-home-locked = { $value }.
error-home-locked-hint = Wait until that command has ended, or end it.
error-sqlite-too-old = { $value }.
error-sqlite-too-old-hint = Use the program as it was released: it brings its own SQLite.
error-database-too-new = { $value }.
error-database-too-new-hint = Use the newer program that wrote it.
error-key-unreadable = { $value }.
error-key-unreadable-hint = Check that the machine has memory to spare, then give the command again.
error-key-damaged = The key file { $value } is damaged.
error-key-damaged-hint = Restore the last backup: the key cannot be made again.
error-passphrase-wrong = The passphrase does not open { $value }, or that file was changed.
error-passphrase-wrong-hint = Name the file with the right passphrase in LIENKET_PASSPHRASE_FILE. If there is no node yet and the passphrase is lost, move the key file away and make the node again.
error-passphrase-missing = The node's key is protected by a passphrase, and none was given.
error-passphrase-missing-hint = Name the file with the passphrase in LIENKET_PASSPHRASE_FILE.
error-passphrase-empty = The file { $value } holds no passphrase.
error-passphrase-empty-hint = Write the passphrase into its first line; to protect no key, unset LIENKET_PASSPHRASE_FILE.
error-passphrase-too-long = The file { $value } is longer than 4,096 bytes and no passphrase file.
error-passphrase-too-long-hint = Name the file with the passphrase in LIENKET_PASSPHRASE_FILE.
error-passphrase-not-text = The file { $value } is not text in UTF-8.
error-passphrase-not-text-hint = Write the passphrase again as UTF-8 text, or name the right file in LIENKET_PASSPHRASE_FILE.
error-not-a-backup = { $value }.
error-not-a-backup-hint = Take another backup file; this one is incomplete or was changed.
error-backup-exists = { $value } exists already; a backup never replaces a file.
error-backup-exists-hint = Name a new file, or move the old one away.
error-original-damaged = The kept original of { $value } is missing or damaged; no backup was written.
error-original-damaged-hint = Import a good copy of that file again, which mends it; “lienket doctor” lists what is damaged.
error-blob-damaged = The sealed file { $value } is missing or damaged; no backup was written.
error-blob-damaged-hint = Restore an earlier backup into another folder and copy this file from its blobs folder, or ask the partner to send the file again.
error-backup-too-large = The node keeps { $value } files, more than the 1,000,000 that a backup may hold.
error-backup-too-large-hint = Stop the node and copy its directory as a whole.
error-demo-folder-used = { $value } was not made by the demo, or somebody worked in it since; nothing was removed.
error-demo-folder-used-hint = Name another folder with --dir; if nothing in this one is needed, remove it yourself.
error-home-not-empty = { $value }.
error-home-not-empty-hint = Name an empty or new directory.
error-file-failed = { $value }: { $other }
error-file-failed-hint = Check that the path is right and that you may read or write there.
error-unknown-kind = “{ $value }” is no kind of file.
error-unknown-kind-hint = Choose complaints, transfers, accounts, misp, misp-feed, stix or hosts, or leave --kind out.
error-unknown-role = “{ $value }” is no role.
error-unknown-role-hint = Choose officer, supervisor, administrator or auditor.
error-bad-output = Files of the kind of { $value } are not written by this command.
error-bad-output-hint = A chart is written as .svg or .html, a report as .html.
error-country-unknown = “{ $value }” is no country code.
error-country-unknown-hint = Use the two letters of ISO 3166-1, such as VN or SG.
error-bad-seed-file = { $value } is larger than 64 MiB.
error-bad-seed-file-hint = Give a file with one transfer id a line.
error-bad-table-output = { $value }: a table is written as .csv or .parquet.
error-bad-table-output-hint = Give a file whose name ends in .csv or .parquet.
error-map-too-large = The column map { $value } is larger than 1 MiB.
error-map-too-large-hint = A map has one line a column, “field = column header”: give that file with --map.
error-map-not-text = The column map { $value } is no UTF-8 text.
error-map-not-text-hint = Save it as UTF-8 (in a text editor: “Save as”, encoding UTF-8) and give the command again.
error-seed-file-not-text = The list { $value } is no UTF-8 text.
error-seed-file-not-text-hint = Save it as UTF-8, with one transfer id a line.

# Paths that cannot be taken (codes of store::gather).

error-folder-unreadable = The folder cannot be listed: { $value }.
error-folder-unreadable-hint = Check that you may read it, then import it again; the other files were dealt with.
error-folder-too-deep = Folders are searched { $value } levels deep; what lies in this one was not looked at.
error-folder-too-deep-hint = Import this folder by its own name.
error-too-many-files = The folder holds more than { $value } files; those behind the last one listed were not looked at.
error-too-many-files-hint = Import its folders one by one, or join small files into larger ones.
error-folder-empty = The folder holds nothing to import; hidden files and README files are passed over.
error-folder-empty-hint = Check that it is the right folder.
error-not-a-file = This is a device, a socket or, inside a folder, a pipe: it is never read.
error-not-a-file-hint = Save the data as a file and import that.
error-pipe-too-long = The pipe gives more than { $value } GiB.
error-pipe-too-long-hint = Save the data as a file and import that: files have no such limit.
error-pipe-failed = The pipe could not be copied: { $value }.
error-pipe-failed-hint = Check the disk's space, or save the data as a file and import that.

# Files that cannot be read (codes of formats::error).

error-read-failed = The file cannot be read: { $value }.
error-read-failed-hint = Check that it exists, that you may read it and that the disk is in order.
error-empty-file = The file is empty.
error-empty-file-hint = Ask the sender for it again.
error-not-a-table = This is { $value ->
      [pdf] a PDF
      [program] a program
      [jpeg] a JPEG picture
      [png] a PNG picture
      [gif] a GIF picture
      [old_office] an old or locked Office file: save it as .xlsx without a password
      [rar] a RAR archive
      [seven_zip] a 7z archive
      [bzip2] a bzip2 archive
      [xz] an xz archive
      [zstd] a zstd archive
      [parquet] a Parquet file
      [database] a database
      [web_page] a web page or XML
      [word] a Word document
      [presentation] a presentation
      [zip] a zip archive without a workbook
     *[binary] binary data
    }, not a table, list or bulletin.
error-not-a-table-hint = Export the data as CSV, XLSX, MISP or STIX and import that file.
error-encoding-unknown = The text is neither Unicode nor readable as Windows-1258 or TCVN3.
error-encoding-unknown-hint = Save the file as UTF-8 (in Excel: "CSV UTF-8") and import it again.
error-file-too-large = The file is larger than the limit of { $value } bytes for its format.
error-file-too-large-hint = Split it, or export it as CSV, which has no such limit.
error-inflates-too-much = { $value } is packed so tightly that it would fill the machine.
error-inflates-too-much-hint = Do not open the file elsewhere; ask the sender for a plain CSV.
error-gzip-truncated = The gzip file ends early, after { $value } rows.
error-gzip-truncated-hint = Nothing was taken; copy or download the file again.
error-gzip-damaged = The gzip file is damaged after { $value } rows.
error-gzip-damaged-hint = Nothing was taken; copy or download the file again.
error-record-too-long = Record { $value } is longer than 1 MiB, often because a quotation mark is not closed.
error-record-too-long-hint = Mend that record and import the file again.
error-too-many-columns = The table has { $value } columns, more than 200.
error-too-many-columns-hint = Delete the columns that are not needed.
error-missing-columns = Columns are missing: { $value }.
error-missing-columns-hint = Say with --map FILE which header stands for which column ("field = Header name").
error-column-twice = Several columns could be the same: { $value }.
error-column-twice-hint = Say with --map FILE which one is meant.
error-map-header-missing = The map names a header that the file does not have: { $value }.
error-map-header-missing-hint = Correct the map.
error-kind-unknown = This is neither a known table nor a bulletin; it begins with: { $value }.
error-kind-unknown-hint = Say what it is with --kind, and with --map where the headers are unusual.
error-kind-mismatch = The file is not what --kind says ({ $value }).
error-kind-mismatch-hint = Leave --kind out or correct it.
error-json-bad = The file is no valid JSON (line and column { $value }).
error-json-bad-hint = Ask the sender to export it again.
error-json-too-deep = The JSON is nested deeper than any bulletin.
error-json-too-deep-hint = Ask the sender for another export.
error-too-many-objects = The file holds more than { $value } objects.
error-too-many-objects-hint = Split it into several files.
error-workbook-damaged = The workbook cannot be read: { $value }.
error-workbook-damaged-hint = Open it in a spreadsheet program, save it again as .xlsx or CSV and import that.
error-keys-closed = The node's keys are not open.
error-keys-closed-hint = Set LIENKET_PASSPHRASE_FILE to the file that holds the passphrase.
error-bad-card-file = { $value } is no partner card: { $other }.
error-bad-card-file-hint = Ask the agency for its card anew; it writes it with its own program.
error-fingerprint-mismatch = The twelve words are not those of the card of “{ $value }”.
error-fingerprint-mismatch-hint = Ask its officer by another channel to speak the words of his own node once more. If they still differ, the card is not his: do not accept it.
error-one-officer = “{ $value }” cannot accept a card alone.
error-one-officer-hint = Two officers accept a card: name both with --as.
error-own-card = This is the node's own card.
error-own-card-hint = Give the card that the other agency has sent.
error-stale-card = The card of “{ $value }” is older than the one that is known.
error-stale-card-hint = Ask the agency for its newest card.
error-needs-permission = Message { $value } may not be used so without its sender's permission.
error-needs-permission-hint = Ask the sender for it; once the permission has come, the same command goes through.
error-bad-handling-word = “{ $value }” is no word for { $other }.
error-bad-handling-word-hint = The help of the command lists the words.
error-one-acts = { $value } cannot act together here.
error-one-acts-hint = Give --as once; two officers act together only where a partner's card is accepted.
error-two-act = { $value } are more than two.
error-two-act-hint = Give --as twice: the two officers who have compared the words.
error-message-text-too-large = { $value } is larger than a message's text may be (256 KiB).
error-message-text-too-large-hint = Send it as a file: --attach { $value }.
error-message-text-not-text = { $value } is no text in UTF-8.
error-message-text-not-text-hint = Save it as UTF-8, or send it as a file: --attach { $value }.
error-bundle-not-valid = The bundle would not hold before a court: { $value }
error-bundle-not-valid-hint = Nothing was written. Run “sync” with the partner, so that both have signed what there is, and try again; where that does not help, run “doctor”.
