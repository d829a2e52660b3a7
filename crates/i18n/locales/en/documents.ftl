# Requests on paper: PDF and DOCX.

# Decree 30/2020/ND-CP, Annex I, in English.
document-nation = SOCIALIST REPUBLIC OF VIET NAM
document-motto = Independence - Freedom - Happiness
document-number = No.: { $number }
document-dated = { $place }, { $day } { $month } { $year }
document-month-1 = January
document-month-2 = February
document-month-3 = March
document-month-4 = April
document-month-5 = May
document-month-6 = June
document-month-7 = July
document-month-8 = August
document-month-9 = September
document-month-10 = October
document-month-11 = November
document-month-12 = December
document-subject = Re: { $title }
document-urgent = URGENT
document-very-urgent = VERY URGENT
document-immediate = IMMEDIATE
document-to = To: { $addressee }, { $country }
document-copies = Copies to:
document-copies-above = The addressee
document-copies-kept = Files: records office
document-copies-unit = Files: records office, { $unit }

document-title-information = Request for information
document-title-spontaneous-information = Spontaneous information
document-title-preservation = Request for the expedited preservation of stored data
document-title-disclosure = Request for the disclosure of data
document-title-freeze = Request to stop a payment or freeze property
document-title-mla = Request for mutual legal assistance in criminal matters
document-title-extradition = Request for extradition
document-title-provisional-arrest = Request for provisional arrest with a view to extradition
document-title-joint-investigation = Request for a joint investigation
document-file-title = { $number } – { $title }

document-intro = { $issuer } requests { $addressee } ({ $country }) to consider and carry out the request below.
document-intro-spontaneous = { $issuer } gives { $addressee } ({ $country }) the information below of its own motion.
document-section-bases = Legal basis
document-section-gap = Gap in the legal basis
document-section-elements = Contents of the request
document-section-information = Information
document-section-undertakings = Undertakings of the requesting agency
document-section-handling = Limits of use
document-section-attachments = Attachments
document-section-record = Verification
document-basis = { $instrument }
document-basis-article = { $article } of { $instrument }
document-basis-unverified = [not verified, to be checked against the official text]
document-by = Under { $articles }
document-empty = (not stated)
document-file-name = File
document-file-size = Bytes
document-file-sha256 = SHA-256
document-draft = DRAFT
document-record-digest = SHA-256 of this request in the requesting agency's record:
    { $digest }
document-record-none = This request has not been entered in the requesting agency's record.
document-approved = { $name }, { $office }: approved on { $at }
document-not-approved = { $name }, { $office }: not yet approved
document-not-approved-by-anyone = { $office }: not yet approved
document-code-alt = QR code of the letter's number and the SHA-256 of the request

# Warnings and refusals.
warning-document-no-glyph = { $count } characters are in no font and were printed by number: { $value }. Hand in a font file that has them and print again.
warning-document-invisible = { $count } characters cannot be seen or turn text round and were printed by number: { $value }. Look at where the text came from.
error-document-too-long = A text is too long to be printed: { $value } ({ $other } bytes).
error-document-too-long-hint = Put the long part into an attached file and refer to it.
error-document-too-many = A list is too long to be printed: { $value } ({ $other }).
error-document-too-many-hint = Put the list into an attached file and refer to it.
error-document-bad-day = “{ $value }” is no day of the calendar.
error-document-bad-day-hint = Write a day as 2026-11-26, from 1970 to 2099.
error-document-bad-font = Font file number { $value } cannot be read.
error-document-bad-font-hint = Use an undamaged TTF, OTF or TTC file.
error-document-typesetter = The letter could not be typeset: { $value }.
error-document-typesetter-hint = This is a fault of the program: print it as DOCX and tell its developers.
