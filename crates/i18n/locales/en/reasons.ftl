# Why a row of a file was refused or warned about: the cause, then what to do.

reason-account-bad = “{ $value }” is not an account number: letters and digits only, at most 128. Copy the number from the bank’s statement, without text beside it.
reason-account-empty = The account number is missing. Enter the number of the account, or leave the row out.
reason-amount-ambiguous = The amount “{ $value }” could be read in two ways. Write it with a decimal point and without thousands separators, such as 1234.567.
reason-amount-empty = The amount is missing. Enter what was paid.
reason-amount-negative = The amount “{ $value }” is below zero. Write it without a sign; payer and payee say which way the money went.
reason-amount-too-fine = The amount “{ $value }” has more decimals than its currency. Check the amount and the currency.
reason-amount-too-large = The amount “{ $value }” is too large to be right. Check the number of digits and the currency.
reason-amount-unreadable = “{ $value }” is not an amount. Write digits with a decimal point, such as 1234.56.
reason-bank-bad = “{ $value }” is not a bank’s code: letters, digits, dot and dash, at most 40. Use the code by which the bank is known in payments.
reason-bank-empty = The bank is missing. Enter the code of the bank, the exchange or the chain that holds the account.
reason-country-unknown = “{ $value }” is not a country code in use. Write the two letters of ISO 3166, such as VN or TH.
reason-currency-unknown = “{ $value }” is not a known currency or token. Write the code of ISO 4217, such as VND, or of the token, such as USDT.
reason-time-milliseconds = The time “{ $value }” looks like milliseconds. Give whole seconds since 1970, or a time such as 2025-01-03T12:40:58+07:00.
reason-time-no-offset = The time “{ $value }” does not say which time zone it is in. Add the offset, such as +07:00, or Z for UTC.
reason-time-out-of-range = The time “{ $value }” lies outside the years 1970 to 2099. Check the date.
reason-time-unreadable = “{ $value }” is not a time. Write it as 2025-01-03T12:40:58+07:00, or as seconds since 1970.
reason-value-empty = The value is missing. Enter it, or leave the whole field out.

# Identifiers of all kinds.
reason-value-control-character = “{ $value }” contains control characters. Type the value again instead of copying it.
reason-value-not-canonical = “{ $value }” is not in canonical form. Give it as the program writes it.
reason-value-too-long = The value is longer than 2,048 characters: “{ $value }”. Give the identifier alone, without text beside it.
reason-kind-missing = “{ $value }” names no kind: write phone:+84912345678, email:name@example.com and so on.
reason-kind-unknown = “{ $value }” is not a kind of identifier. Use phone, iban, account, email, domain, url, ip, wallet, imei, device, messaging or document.

# Telephone numbers and short codes.
reason-phone-bad-character = “{ $value }” contains characters that no telephone number has. Write digits, with + and the country code in front.
reason-phone-impossible = “{ $value }” has a length that no telephone number of its country has. Check the number of digits and the country.
reason-phone-no-country = “{ $value }” has no country code, and the country is not known. Write it with + and the country code, such as +84.
reason-short-code-no-country = “{ $value }” is a short code, and its country is not known. Write the country in front, such as VN/113.
reason-short-code-shape = “{ $value }” is not a short code: 3 to 6 digits, or 1900 and 1800 numbers in Viet Nam. Check the number.

# Accounts, IBAN and payment codes.
reason-bank-account-bank = “{ $value }” contains no bank code. Write BANK/NUMBER or CC/BANK/NUMBER.
reason-bank-account-country = “{ $value }” begins with an unknown country. Write the two letters of ISO 3166, such as VN.
reason-bank-account-no-bank = “{ $value }” names no bank. Write BANK/NUMBER or CC/BANK/NUMBER.
reason-bank-account-number = “{ $value }” contains a number that banks of its country do not give. Check the number against the statement.
reason-iban-checksum = The check digits of the IBAN “{ $value }” do not match. Compare it with the original; a digit is wrong or out of place.
reason-iban-country = The IBAN “{ $value }” begins with a country that does not issue IBANs. Give it as an account, BANK/NUMBER.
reason-iban-shape = “{ $value }” is not an IBAN: two letters, two digits, then the account. Give other numbers as an account.
reason-iban-structure = The IBAN “{ $value }” does not have the length or structure of its country. Check the number of characters.
reason-qr-checksum = The checksum of the payment code “{ $value }” does not match. Scan it again.
reason-qr-nobody-named = The payment code “{ $value }” names nobody in a scheme known here. Read the payee off it and enter the account.
reason-qr-not-payment = “{ $value }” is not a payment code. Enter what it holds under its own kind.
reason-qr-structure = The payment code “{ $value }” is damaged: a field has the wrong length. Scan it again.
reason-qr-too-long = The payment code is longer than 1,024 characters: “{ $value }”. Scan it again.

# Internet addresses.
reason-domain-bad-character = “{ $value }” contains characters that no host name has. Copy the domain alone.
reason-domain-bad-label = The domain “{ $value }” has a part that is empty, too long, or begins or ends with a hyphen. Check the spelling.
reason-domain-is-email = “{ $value }” is an e-mail address. Enter it as e-mail.
reason-domain-no-dot = “{ $value }” is a single word, not a domain. Write it with its ending, such as example.com.
reason-domain-numeric-top = “{ $value }” ends in a number and is not an IP address. Check the spelling.
reason-domain-too-long = The domain is longer than 253 characters: “{ $value }”. Copy the domain alone.
reason-email-bad-domain = “{ $value }” has no domain after the @. Check the spelling.
reason-email-bad-local-part = “{ $value }” has a part before the @ that no address has. Check the spelling.
reason-email-no-at = “{ $value }” has no @, or more than one. Write one e-mail address in a field.
reason-ip-names-nobody = “{ $value }” is an address that stands for no machine. Leave it out.
reason-ip-unreadable = “{ $value }” is not an IP address. Write it as 203.0.113.7 or 2001:db8::7.
reason-url-bad-host = “{ $value }” names no host that could be reached from outside. Check the part after http://.
reason-url-bad-scheme = “{ $value }” does not begin with http or https. Enter the domain or the address of the service instead.
reason-url-no-scheme = “{ $value }” does not say http or https. Write the whole address, or enter it as a domain.
reason-url-unreadable = “{ $value }” is not a web address. Copy it again from the browser.

# Wallets, devices, messaging, documents.
reason-wallet-checksum = The checksum of the wallet “{ $value }” does not match. Copy the address again; do not type it.
reason-wallet-network = The wallet “{ $value }” belongs to a test network or to another chain. Check the network.
reason-wallet-unknown = “{ $value }” has the form of no wallet address that can be checked. Check the address and its network.
reason-imei-blank = “{ $value }” is a number that many handsets show when none is set. Leave it out.
reason-imei-checksum = The check digit of the IMEI “{ $value }” does not match. Compare it with the handset (*#06#).
reason-imei-shape = “{ $value }” is not an IMEI: 14, 15 or 16 digits. Read it off the handset (*#06#).
reason-device-blank = “{ $value }” is the id of every device that gives none. Leave it out.
reason-device-shape = “{ $value }” is not a device id: 8 to 64 hexadecimal digits, or a UUID. Copy it again from the service’s answer.
reason-messaging-bad-handle = “{ $value }” contains a name that its service does not give. Check the spelling.
reason-messaging-no-handle = “{ $value }” names a service but nobody on it. Write telegram/name.
reason-messaging-no-service = “{ $value }” names no messaging service known here. Write the service in front, such as telegram/name.
reason-document-checksum = The check digit of the document number “{ $value }” does not match. Compare it with the document.
reason-document-impossible = The document number “{ $value }” contains a place, date or digit that no document has. Compare it with the document.
reason-document-no-country = “{ $value }” does not say which country issued it. Write it as VN/cccd/NUMBER.
reason-document-other-country = The documents of the country of “{ $value }” are not known here. Put the number into the remarks.
reason-document-shape = “{ $value }” has the form of no document of its country. Check the kind and the number of digits.

# Rows and cells.
reason-wrong-field-count = The row has more or fewer fields than the header. Look for a missing or surplus separator, or text with a separator that is not in quotes.
reason-row-empty = Every field of the row is empty. Nothing has to be done.
reason-field-too-long = A field is too long: “{ $value }”. Look for a quotation mark that is never closed.
reason-text-not-utf8 = The row is not written in UTF-8 like the rest of the file: “{ $value }”. Save the whole file as UTF-8.
reason-id-empty = The row has no number of its own. Enter the complaint’s or the transfer’s number.
reason-id-control-character = The number “{ $value }” contains control or unreadable characters. Type it again.
reason-id-too-long = The number is longer than 128 characters: “{ $value }”. Check that the columns are not shifted.
reason-formula-in-cell = The cell holds a formula, not a value: “{ $value }”. Replace formulas by their values before saving.
reason-error-in-cell = The cell holds an error of the spreadsheet: “{ $value }”. Mend it in the spreadsheet and save again.
reason-date-in-cell = The spreadsheet turned the value into a date: “{ $value }”. Format the column as text and enter the value again.
reason-number-lost-digits = The spreadsheet rounded the number “{ $value }”, and digits are lost. Format the column as text and take the number from the original.
reason-amount-zero = The amount is nought. Check whether it is missing.
reason-transfer-to-self = Payer and payee are the same account: “{ $value }”. Check both columns.
reason-date-without-time = “{ $value }” gives a day without a time of day. The order of transfers within the day is then unsure; give the time where it is known.
reason-control-characters = Control characters were taken out of “{ $value }”. Check the name.
reason-text-cut = The text was too long and was cut: “{ $value }”. Check whether a shorter one says the same.
reason-account-kind-unknown = “{ $value }” is not a known sort of account; it was taken as unknown. Use personal, business, exchange or wallet.

# Feeds, workbooks and column maps.
reason-type-not-kept = Values of the type “{ $value }” identify nobody and were left out. Nothing has to be done.
reason-pattern-not-read = The pattern “{ $value }” is more than a plain comparison and was left out. Enter its values by hand if they matter.
reason-object-revoked = Its author has withdrawn the object “{ $value }”; it was left out. Nothing has to be done.
reason-object-unreadable = An object was expected and something else stands there: “{ $value }”. Ask the source for the file again.
reason-sheet-not-read = The sheet “{ $value }” was not read; one sheet of a workbook is imported. Save it as a file of its own if it is needed.
reason-line-unreadable = The line names no host: “{ $value }”. Write one host in a line.
reason-map-line-bad = The line of the column map is not understood: “{ $value }”. Write “field = column header”.
reason-map-field-unknown = The column map names a field that does not exist: “{ $value }”. See the list of fields in the help.
reason-map-field-twice = The column map names the field “{ $value }” twice. Keep one line.
reason-map-timezone-bad = The time zone “{ $value }” in the column map is not an offset. Write it as +07:00.
reason-map-dates-bad = The order of dates “{ $value }” in the column map is not known. Use one of the orders that the help names.
reason-same-id-other-content = A record with the id “{ $value }” is held already, with other content. Compare both sources; the first stays.
reason-too-many-rows = The file has more records than one file may bring; “{ $value }” and those behind it were left out. Split the file.
reason-wrong-kind = “{ $value }” is a record of another kind than the file. Give --kind, or split the file.
reason-transfer-in-future = “{ $value }” has not come yet by this machine's clock. Check the year and the time zone of the file, and the clock.
reason-rate-far-off = The two amounts “{ $value }” differ more than twentyfold at the known rate. Check both amounts and both currencies: a slip of three digits is usual here.
reason-truth-not-imported = This file is the truth of an exercise with { $value } rows: it is only counted, never imported.
