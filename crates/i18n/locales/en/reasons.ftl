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
