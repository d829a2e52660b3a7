# Errors of the program: `error-<code>` is the cause, `error-<code>-hint` what to do.

error-ambiguous-partner = Several partners in { $value } could receive this request.
error-ambiguous-partner-hint = Name the partner instead of the country.

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
error-database-too-new = A newer version of the program wrote this node's database (its form is number { $value }); nothing was touched.
error-database-too-new-hint = Use that newer program. To go back to this one, restore a backup from before the upgrade.
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
error-protection-twice = Both a passphrase and a token are named to protect the node's key.
error-protection-twice-hint = Unset LIENKET_PASSPHRASE_FILE, or every variable that begins with LIENKET_PKCS11_.
error-token-incomplete = A token is named to protect the node's key, but { $value } is not set.
error-token-incomplete-hint = Set LIENKET_PKCS11_MODULE (the file of the module), LIENKET_PKCS11_TOKEN (the token's label) and LIENKET_PKCS11_PIN_FILE (the file with its PIN) together.
error-token-pin-unreadable = The file { $value } holds no PIN: it is empty, longer than 256 bytes or no text in UTF-8.
error-token-pin-unreadable-hint = Write the token's PIN into its first line, or name the right file in LIENKET_PKCS11_PIN_FILE.
error-token-missing = The node's key is protected by a token ({ $value }), and none was named.
error-token-missing-hint = Connect the token and set LIENKET_PKCS11_MODULE, LIENKET_PKCS11_TOKEN and LIENKET_PKCS11_PIN_FILE; unset LIENKET_PASSPHRASE_FILE.
error-token-module = The token's module cannot be used: { $value }.
error-token-module-hint = Name the module of the token's maker, a shared library, by its full path in LIENKET_PKCS11_MODULE.
error-token-not-found = There is no such token, or no such key in it: { $value }.
error-token-not-found-hint = Connect the token, and check LIENKET_PKCS11_TOKEN and LIENKET_PKCS11_KEY. If the key is gone, restore it from the token's own backup: without it the node's key opens no more.
error-token-ambiguous = More than one token, or more than one key in it, is called so: { $value }.
error-token-ambiguous-hint = Disconnect or relabel the others.
error-token-pin-wrong = The token { $value } refused the PIN.
error-token-pin-wrong-hint = Write the right PIN into the file that LIENKET_PKCS11_PIN_FILE names before you try again: after a few wrong ones the token locks itself.
error-token-pin-locked = The token { $value } is locked, or would be by one more wrong PIN.
error-token-pin-locked-hint = Log in once with the right PIN by the token's own program, or have its security officer set a new one; then give the command again.
error-token-key-unfit = The key { $value } may leave its token, or is no AES-256 key.
error-token-key-unfit-hint = Name another key in LIENKET_PKCS11_KEY; where there is none of that name, “lienket init” makes it.
error-token-other = The node's key is protected by another key than that of the token given, or its file was changed: { $value }.
error-token-other-hint = Connect the token that the node was made with and name it in LIENKET_PKCS11_TOKEN, its key in LIENKET_PKCS11_KEY; or restore the last backup.
error-token-failed = The token could not do what it was asked: { $value }.
error-token-failed-hint = Check the token with its own program; it needs AES-GCM with keys of 256 bits. Then give the command again.
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
error-keys-closed-hint = Set LIENKET_PASSPHRASE_FILE to the file that holds the passphrase, or the variables of the token (LIENKET_PKCS11_…).
error-bad-card-file = { $value } is no partner card: { $other }.
error-bad-card-file-hint = Ask the agency for its card anew; it writes it with its own program.
error-fingerprint-mismatch = The twelve words are not those of the card of “{ $value }”.
error-fingerprint-mismatch-hint = Ask its officer by another channel to speak the words of his own node once more. If they still differ, the card is not his: do not accept it.
error-one-officer = “{ $value }” cannot accept a card alone.
error-one-officer-hint = Two officers accept a card: name both with --as.
error-own-card = This is the node's own card.
error-own-card-hint = Give the card that the other agency has sent.
error-tls-key-taken = The card of “{ $value }” names a key for the line that “{ $other }” names already.
error-tls-key-taken-hint = One of the two has copied the other's key. Ask both agencies over another channel whose it is; revoke the partner that copied it, or have the card made anew with new keys.
error-stale-card = The card of “{ $value }” is older than the one that is known.
error-stale-card-hint = Ask the agency for its newest card.
error-long-answer = The answer is longer than 1,000 bytes.
error-long-answer-hint = Say it in one or two sentences; what is longer goes as a message that answers this one.
error-needs-permission = Message { $value } may not be used so without its sender's permission.
error-needs-permission-hint = Ask the agency that sent it first; once its permission is here, give the same command again. Who passed it on cannot give it.
error-bad-handling-word = “{ $value }” is no word for { $other }.
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
error-bad-handling-word-hint = The help of the command lists the words. A moment is written 2027-01-31 or 2027-01-31T17:00:00+07:00, and is not over yet.

# Refusals of the exchange (codes of node::exchange).

error-unknown-partner = No partner is called “{ $value }”.
error-unknown-partner-hint = “lienket partner list” names all partners. With an agency that is not among them, exchange cards first: two officers accept the card.
error-partner-suspended = { $value } is suspended: nothing goes to it and nothing is taken from it.
error-partner-suspended-hint = “lienket audit” says who suspended it and why. When the reason is gone, an officer makes it active again; what waits then goes by itself.
error-partner-revoked = { $value } was revoked: nothing goes to it and nothing is taken from it, ever again.
error-partner-revoked-hint = An agency that was revoked needs new root keys: it makes a new node, and two officers accept that node's card.
error-no-sealing-key = The card of { $value } names no key that something can be sealed to now.
error-no-sealing-key-hint = Check this machine's date. If it is right, the card has run out: run “lienket sync”, which brings the partner's newest card, or ask it for that card.
error-record-frozen = The record of { $value } is frozen: two heads of it are signed by { $value } and cannot both be true.
error-record-frozen-hint = Nothing more is taken of this record, and both heads are kept as proof. Ask the agency by another channel what happened: mostly its node was put back from an old copy of its disk, at worst it keeps two records. Suspend it until that is known; to go on, it has to make a new node, whose card two officers accept.
error-record-forked = Two signed heads of the record cannot both be true.
error-record-forked-hint = Both are kept as proof. Nothing more is taken of this record: ask the agency that signed them by another channel, and suspend it until it is known what happened.
error-record-behind = The reader of a record may have more of it than the node that writes it, as after a restore from a backup. Until both nodes have talked over the line, nothing new goes into that record.
error-record-behind-hint = Run “lienket sync” while the partner's node answers: what was lost comes back by itself, then give the command again. A carried file cannot clear this, because it may be old.
error-bad-handling = The handling of the message is not whole.
error-bad-handling-hint = Purpose and legal basis are needed, each at most 2,000 bytes; the limit H3 needs a text, and only H3 has one; a TLP label is needed. A message that came so has to be sent anew by its sender.
error-bad-content = The content of the message is not as it may be.
error-bad-content-hint = A text has less than 1 MiB: send what is longer as a file. A message has at most 256 files, each with a plain name. If a message that came was refused so, tell its sender: it has to be sent anew.
error-bad-envelope = The message cannot be sealed or opened: its envelope is not of the right form, or was changed.
error-bad-envelope-hint = A message that came has to be sent anew. If one that was here opens no more, run “lienket doctor”: restore the last backup where something is damaged.
error-unknown-message = No message, or not just one, has a number that begins with “{ $value }”, or it is not of a kind for this.
error-unknown-message-hint = “lienket message list” shows the numbers: give at least four digits, and more where several begin alike. Only a message that this node has sent can be recalled or permitted; an answer goes to a partner who has the message that is answered.
error-no-content = The content of message { $value } is not here any more: it was destroyed, or never taken.
error-no-content-hint = It was recalled by its sender, its time was over, or it was refused. What was signed of it and its place in the record are still there; ask the sender where the content is needed again.
error-message-not-open = Message { $value } is not one that waits here to be dealt with.
error-message-not-open-hint = Only a message that came, with all its files, and was not dealt with before can be marked so; “lienket message list” shows what became of it.
error-bad-parcel = What came is no parcel of a node.
error-bad-parcel-hint = Nothing was taken. Run “lienket sync” again, or have the carried file written anew. If it stays so, both sides compare the versions of their programs.
error-not-for-us = This is addressed to another agency, or between other agencies than those that carry it.
error-not-for-us-hint = Nothing of it was taken. A carried file goes to the agency that it was written for; a message has to be sent anew to this agency.
error-not-the-sender = The parcel is another agency's than the one that sent it over the line.
error-not-the-sender-hint = Nothing was taken. A node hands over only its own parcels: tell the partner that sent it.
error-bad-card = A partner has sent a card that does not follow the one that is believed.
error-bad-card-hint = The card that is believed stays. If cards between are missing, ask the agency for its newest card as a file: two officers compare the words again and accept it. If it is another card of the same number, ask by another channel who has made it.
error-head-wrong = The head of the record of { $value } is not signed as it has to be.
error-head-wrong-hint = Nothing was taken of it. Run “lienket sync” again. If it stays so, the agency signs with keys that its card does not name: ask for its newest card.
error-watch-wrong = A head that was to be witnessed is not one of its sender’s own records, or does not follow from the one before.
error-watch-wrong-hint = It was not cosigned. Run “lienket sync” again, over the line.
error-watch-forked = Two histories of one record were shown to its witness.
error-watch-forked-hint = The witness cosigns nothing of it any more and keeps both heads as proof. The agency whose record it is has to say why; tell the one for whom it is.
error-watch-many = More than 1,024 records of one agency were to be witnessed.
error-watch-many-hint = The others are cosigned as before.
error-daily-head-wrong = The daily head of the record of { $value } has a post-quantum signature (ML-DSA-44) that does not hold.
error-daily-head-wrong-hint = Nothing was taken of it. Run “lienket sync” again. If it stays so, the agency signs with keys that its card does not name: ask for its newest card.
error-leaves-wrong = What came of the record does not lead to the head that its writer signed.
error-leaves-wrong-hint = Nothing was taken of it. The next “lienket sync” asks for the whole record anew. If it stays so over the line and by carried file, tell the partner: its record is damaged.
error-entry-wrong = What came for a place in the record is not what its writer signed there.
error-entry-wrong-hint = It was not taken, and is asked for again at the next “lienket sync”. If it stays so, tell the partner: its record is damaged, or was changed on the way.
error-entry-beyond = What came stands behind the end of the record as it is here.
error-entry-beyond-hint = It comes again at the next “lienket sync”. Of carried files, take in the earlier one first.
error-entry-lost = The agency that wrote something into a record has lost it, and it had not come here yet: nobody has it any more.
error-entry-lost-hint = Its place in the record stays, empty. Ask the partner what it was about; it can send it anew.
error-envelope-suite = The message is sealed in another version of the format than this program knows.
error-envelope-suite-hint = Use the same newer program on both sides; the message comes again by itself.
error-wrong-place = The message was signed for another place in the record than it stands at.
error-wrong-place-hint = It was refused, and its sender is told. The sender has to send it anew; if that happens again, its node was put back from an old copy, or its program is faulty.
error-signature-wrong = No key on the sender's card has made this signature.
error-signature-wrong-hint = It was refused. If the sender has new keys, its newest card is missing here: run “lienket sync” or ask for the card, then the sender sends anew.
error-key-expired = It was signed with a key whose time was not yet, or was over.
error-key-expired-hint = Both sides check the date of their machines. If it is right, the signer has to renew its keys; its new card comes with the next “lienket sync”. A message has to be sent anew.
error-key-revoked = It was signed with a key that its owner has revoked.
error-key-revoked-hint = It is not believed, whatever its date: somebody else may have that key. Ask the agency by another channel whether it sent this; what is true it sends anew with its new key.
error-not-sealed-to-us = The message is sealed to no key of the node that received it.
error-not-sealed-to-us-hint = The receiver's newest card has to reach the sender: run “lienket sync” or send the card; then the sender sends the message anew.
error-content-damaged = What is sealed in the message does not open: it was damaged, or made wrongly.
error-content-damaged-hint = It was refused, and its sender is told. The sender has to send it anew.
error-commitment-wrong = What is sealed in the message is not what its sender signed.
error-commitment-wrong-hint = It was refused, and its sender is told. Ask the sender: its program is faulty, or somebody tries to have signed something else than he sent.
error-number-used = The number of the message is another message's already.
error-number-used-hint = It was refused, and its sender is told; the message that has the number stays as it is. The sender has to send it anew, under a new number.
error-message-kind-unknown = The receiver's program does not know this kind of message.
error-message-kind-unknown-hint = The receiver installs the newer program; then the sender sends the message anew.
error-receipt-wrong = A receipt came that is for no message sent to that agency, or is not of the right form.
error-receipt-wrong-hint = It changes nothing here. Tell the partner; if this node was restored from a backup, “lienket sync” brings back what the receipt is for.
error-file-missing = The file { $value } is not here, or not whole yet.
error-file-missing-hint = Run “lienket sync”: it fetches the pieces that are missing. A file whose message was destroyed does not come back.
error-file-damaged = The file { $value } is damaged, or is not the one that was sent.
error-file-damaged-hint = Do not use what was saved of it: it is not whole. Ask the sender to send it anew; “lienket doctor” tells whether this node's disk is damaged.
error-attachment-too-large = The file { $value } is larger than a message may carry.
error-attachment-too-large-hint = Divide it into parts and send each for itself.
error-quota-used = { $value } has used up what is kept for it: today's messages and bytes, or the room for files that are not whole.
error-quota-used-hint = What is left comes by itself on the next day (UTC), or once the begun files are whole. If the partner floods this node, suspend it and ask by another channel.

# The line to a partner (codes of peer::error).

error-peer-no-endpoint = The partner's card names no address.
error-peer-no-endpoint-hint = Ask the partner for a card with an address, wait until its node dials this one, or write a carried file with “lienket sync --carry-out”.
error-peer-endpoint-bad = “{ $value }” is no address of a node.
error-peer-endpoint-bad-hint = Write HOST:PORT, for example node.example.vn:8443; an IPv6 number stands in brackets.
error-peer-unreachable = Nobody answers at { $value }.
error-peer-unreachable-hint = What is to go stays in the record and goes at the next “lienket sync”. Check this machine's network and ask the partner whether its node runs; what is urgent goes by carried file (“lienket sync --carry-out”).
error-peer-wrong-key = Who answers at { $value } has none of the keys that the partner's card names.
error-peer-wrong-key-hint = Nothing was sent there. Ask the partner by another channel: its address leads elsewhere, somebody stands in between, or it has new keys whose card is missing here.
error-peer-refused = The partner's node refuses ({ $value }).
error-peer-refused-hint = Ask its officers by another channel, naming the code in brackets. What is to go stays in the record.
error-peer-cut = The connection to the partner broke.
error-peer-cut-hint = Run “lienket sync” again: it goes on where it was, and nothing is taken twice.
error-peer-timed-out = Nothing came from the partner for too long.
error-peer-timed-out-hint = Run “lienket sync” again: it goes on where it was, and nothing is taken twice. If the line is too slow, use a carried file (“lienket sync --carry-out”).
error-peer-large = More than the { $value } bytes that may go at once.
error-peer-large-hint = One of the two programs is faulty or of another version: both sides compare their versions.
error-peer-protocol = What answers does not speak as a node does: { $value }
error-peer-protocol-hint = Check with the partner that the address and the port are its node's, and that both sides use the same version.
error-peer-listen = This machine cannot listen at { $value }.
error-peer-listen-hint = Another program may use that address, or it is not this machine's, or its port is reserved: choose another one, or end the other program.
error-peer-identity = No TLS key of the node can be made: { $value }
error-peer-identity-hint = Run “lienket doctor”: where the key file is damaged, restore the last backup.

# What a node says to another one on the line (codes of peer::refusal).

error-request-bad = The request of a node is not written as it has to be.
error-request-bad-hint = Both sides compare the versions of their programs: they do not fit each other.
error-path-unknown = The node does not know what it was asked for.
error-path-unknown-hint = Both sides compare the versions of their programs, and that the address is a node's.
error-method-wrong = The node cannot be asked in this way.
error-method-wrong-hint = Both sides compare the versions of their programs: they do not fit each other.
error-body-unwanted = Something was sent along where nothing may be.
error-body-unwanted-hint = Both sides compare the versions of their programs: they do not fit each other.
error-body-slow = What was sent came too slowly.
error-body-slow-hint = It is tried again by itself. If the line stays so slow, use a carried file (“lienket sync --carry-out”).
error-body-cut = What was sent broke off in the middle.
error-body-cut-hint = Run “lienket sync” again: nothing is taken twice.
error-length-missing = The request does not say how much is coming.
error-length-missing-hint = Something on the way (a proxy) may have changed it: nodes talk to each other directly. Else both sides compare the versions of their programs.
error-body-large = More was sent than may be sent at once.
error-body-large-hint = Both sides compare the versions of their programs: they do not fit each other.
error-node-failed = The node that was asked has failed itself.
error-node-failed-hint = Nothing is lost: it is tried again by itself. If it stays so, the officers of that node look at its disk with “lienket doctor”.

# Carried files (codes of envelope::carried).

error-carried-head = This is no carried file.
error-carried-head-hint = Name the file that the partner wrote with “lienket sync --carry-out”.
error-carried-cut = The carried file ends in the middle.
error-carried-cut-hint = What was whole in it was taken. Copy the file again and take it in once more: nothing is taken twice.
error-carried-frame = A part of the carried file is not as it has to be.
error-carried-frame-hint = What stood before it was taken. Copy the file again, or have it written anew; if it stays so, both sides compare the versions of their programs.
error-carried-changed = The carried file was changed after it was written.
error-carried-changed-hint = What was taken of it is signed and right all the same; the rest may be missing. Have the file written anew, and find out who had the medium.
error-carried-io = The carried file cannot be read or written: { $value }
error-carried-io-hint = Check the medium, the room on it and your rights, then give the command again: nothing is taken twice.
error-key-unknown = The partner's node does not know this node's TLS key.
error-key-unknown-hint = It has not accepted this agency's card, or has an older one: hand it the newest card (“lienket partner card”), and let two of its officers accept it.
error-not-countersigned = The partner has not countersigned the place of message { $value } yet.
error-not-countersigned-hint = Run “lienket sync” with the partner and try again: a court is shown only what both have signed.
error-bad-budget = A budget of { $other } for “{ $value }” cannot be.
error-bad-budget-hint = Name a purpose of 1 to 200 bytes and at most 1,000,000,000 elements.
error-match-no-room = A set of MATCH cannot be made or taken: { $value }
error-match-no-room-hint = It needs room in the node's directory, about 150 bytes an identifier while it is made. Free some; a served node tries again within a quarter of an hour, any other with the next “lienket sync”. Other messages do not wait.
error-unknown-session = No session “{ $value }” can be opened.
error-unknown-session-hint = See “session” in: match PARTNER --json. What was asked can be opened for a year, and not after the home was restored.
error-opening-too-large = “{ $value }” is larger than an opening may be.
error-opening-too-large-hint = Have fewer identifiers shown with --sample.
error-opening-unreadable = “{ $value }” is no file of match-open.
error-opening-unreadable-hint = Have it written anew with: match-open SESSION -o FILE.
error-unknown-hit = There is no hit { $value }.
error-unknown-hit-hint = See “lienket hits”.
error-bad-purpose = “{ $value }” is no purpose and no legal basis.
error-bad-purpose-hint = Say in 1 to 200 bytes what for, and on what basis.
error-unknown-identifier-kind = “{ $value }” is no kind of identifier.
error-unknown-identifier-kind-hint = Use phone, short_code, iban, account, email, domain, url, ip, wallet, imei, device, messaging or document.
error-match-answer-unasked = An answer came to nothing that was asked.
error-match-answer-unasked-hint = Nothing is to be done. If it comes again, ask the partner’s liaison officer.
error-match-body-bad = What came for matching is not written as it has to be.
error-match-body-bad-hint = Both sides compare the versions of their programs.
error-match-budget-spent = The budget for this is spent.
error-match-budget-spent-hint = Wait until the thirty days are over, or ask the partner: two of its officers can raise the budget.
error-match-differs = The two nodes bring identifiers to different canonical forms: matching would miss what both know.
error-match-differs-hint = Both sides install the same version of the program, then match again.
error-match-element-bad = The query has something in it that is no element of the group.
error-match-element-bad-hint = The sender’s program is broken or changed; ask its liaison officer.
error-match-epoch-old = The published set is older than the one that is here.
error-match-epoch-old-hint = Nothing is to be done; the newer set stays.
error-match-epoch-over = The time of the published set is over.
error-match-epoch-over-hint = Match again: a new set is published.
error-match-manifest-unknown = The query is about a set that this node has not published, or not any more.
error-match-manifest-unknown-hint = Match again: a new set is published.
error-match-nothing-new = There is nothing new since the last publication.
error-match-nothing-new-hint = Nothing is to be done.
error-match-partner-closed = Nothing is answered to a partner that was suspended or revoked.
error-match-partner-closed-hint = An officer of the answering side decides whether the partner is active again.
error-match-proof-false = The answer was not made with the key that was published.
error-match-proof-false-hint = Nothing of it was used. Ask the partner’s liaison officer: its program is broken, or somebody treats askers differently.
error-match-published-lately = The partner has published within the last day; what is new comes with the next publication.
error-match-published-lately-hint = Match again tomorrow. Publishing more often would tell when each case arrived.
error-match-purpose-closed = The partner answers nothing for this purpose.
error-match-purpose-closed-hint = Name the purpose that was agreed on, or ask the partner: two of its officers can give it a budget.
error-match-replayed = A batch came again under the same number, and is another one.
error-match-replayed-hint = Match again; a new session begins.
error-match-session-changed = A query says something else than the first one of its session.
error-match-session-changed-hint = Match again; a new session begins.
error-match-session-lost = What was asked is not known here any more, so that the answer cannot be read.
error-match-session-lost-hint = Match again; what was not learned is asked once more.
error-match-set-damaged = The published set is not the one that its manifest names.
error-match-set-damaged-hint = Match again tomorrow; if it stays so, ask the partner’s liaison officer.

# LAW: questions that have no answer, and faults of a pack.

error-same-state = { $value } cannot ask itself.
error-same-state-hint = Name two different states with --from and --to.
error-measure-unknown = “{ $value }” is no measure.
error-measure-unknown-hint = Use one of: { $other }.
error-measure-not-of-kind = A request of kind “{ $value }” does not carry { $other }.
error-measure-not-of-kind-hint = Use another kind, or leave --kind out.
error-conduct-unknown = “{ $value }” is no conduct of the law pack.
error-conduct-unknown-hint = Use one of: { $other }.
error-clause-unknown = The law pack does not know the clause “{ $value }”.
error-clause-unknown-hint = Write it like “VN Penal Code 174(2)”. What is known there: { $other }.
error-instrument-unknown = “{ $value }” is no instrument of the law pack.
error-instrument-unknown-hint = Use one of: { $other }.
error-day-unreadable = “{ $value }” is no day of the years 1900 to 2099.
error-day-unreadable-hint = Write it like 2026-07-01.
error-date-before-instruments = On { $value } no instrument of the law pack existed yet.
error-date-before-instruments-hint = Name a day from { $other } on.
error-pack-unreadable = The law pack in { $value } cannot be read: { $other }.
error-pack-unreadable-hint = Name a folder with pack.toml and instruments/, as docs/law.md describes.
error-pack-faulty = The law pack has faults: { $value }.
error-pack-faulty-hint = Look at each with “lienket law pack check DIR”.
error-pack-syntax = What stands there cannot be read: { $value }.
error-pack-syntax-hint = Write it as { $other } describes.
error-pack-unknown-word = “{ $value }” is not known there.
error-pack-unknown-word-hint = Use one of: { $other }.
error-pack-dangling = “{ $value }” does not exist in the pack; “{ $other }” refers to it.
error-pack-dangling-hint = Add it, or correct the reference.
error-pack-no-source = The fact “{ $value }” has no source that was read: “{ $other }”.
error-pack-no-source-hint = Name its source under [sources], or mark it verified = false.
error-pack-date = The date “{ $value }” contradicts “{ $other }”, or is none.
error-pack-date-hint = Read both in their sources again and correct the wrong one.
error-pack-figures = The figures of “{ $value }” contradict each other: { $other }.
error-pack-figures-hint = Read them in their source again and correct the wrong one.
error-pack-duplicate = “{ $value }” stands twice in { $other }.
error-pack-duplicate-hint = Keep one of the two rows, or give the other another article.
error-pack-too-large = “{ $value }” is larger than a pack may be ({ $other }).
error-pack-too-large-hint = Shorten it, or split it.
error-pack-missing-file = The file { $value } is missing.
error-pack-missing-file-hint = Copy it from the pack that you began with.
error-pack-unknown-file = A pack has no file { $value }.
error-pack-unknown-file-hint = Take it away. Beside instruments/*.toml there are: { $other }.
error-pack-parties = The parties of “{ $value }” do not fit its kind ({ $other }).
error-pack-parties-hint = A treaty of two states has exactly two parties; a national law or principle has its country, nothing else has one.
